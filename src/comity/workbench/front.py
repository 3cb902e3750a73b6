"""The front door of the command line: which commands there are, and what becomes of an error."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import comity

# No typing, dataclasses or other rooms up here: `comity --help` answers before they are loaded.
EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOTHING = 3
EXIT_INTERRUPTED = 130

EXIT_CODES = """\
exit codes:
  0    done
  1    failed: a file, a store or a case is not as it should be
  2    usage: the question is not well formed
  3    nothing found, or refused for lack of evidence
  130  stopped with Ctrl-C; nothing is left half-written"""


# Each verb: the module that carries it out, and its line in the help.
COMMANDS = {
    "actor": ("actor", "say who a name is on a day, and for whom it stands"),
    "attach": ("attach", "bring in a document's text, so that passages show in place"),
    "brief": ("brief", "write the brief on two actors"),
    "cases": ("cases", "list the cases at hand"),
    "check": ("check", "report every broken rule in a case folder"),
    "cite": ("cite", "list the software, data and documents behind a run"),
    "claims": ("claims", "show who holds what, and where they disagree"),
    "eras": ("eras", "show the eras given and the breaks that the data propose"),
    "events": ("events", "list the event rows of a case"),
    "factor": ("factor", "share the change of a tie out among third parties"),
    "fit": ("fit", "fit what moves actors to act on each other, on a plain table of events"),
    "gap": ("gap", "measure how differently two actors stand towards third parties, and who moved"),
    "get": ("get", "fetch a public data set from its publisher, or list those there are"),
    "import": ("import_", "bring event data into a case, list or remove what is there"),
    "new": ("new", "make a case folder of your own"),
    "panel": ("panel", "ask whether gaps and alignments with a third party move ties later"),
    "pledges": ("pledges", "show what was promised and how it stands on a day"),
    "programme": ("programme", "show a programme's versions, goals and activities"),
    "prune": ("prune", "delete the older editions that an import has replaced"),
    "statistics": ("statistics", "work out the model's statistics of any rows"),
    "read": ("read", "read documents: who did what to whom, what was promised, who said what"),
    "review": ("review", "decide on drafts: accept, edit or reject what was read, beside the text"),
    "score-reading": ("score_reading", "score a reader of documents against gold annotation"),
    "tie": ("tie", "measure how one actor stands towards another"),
}


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """Build the parser; only `command`, if given, gets its arguments (and its imports)."""
    parser = argparse.ArgumentParser(
        prog="comity",
        description="How two actors stand, what they promised, who says so: every number opens its source.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"comity {comity.__version__}")
    verbs = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, summary) in COMMANDS.items():
        verb = verbs.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == command:
            importlib.import_module(f"comity.workbench.commands.{module}").add_arguments(verb)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in words if not word.startswith("-")), None)
    try:
        return _run(build_parser(command).parse_args(words))
    except KeyboardInterrupt:
        print("comity: stopped; nothing is left half-written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        print(f"comity: {error.strerror or error}{place}.", file=sys.stderr)
        return EXIT_FAILED


def _run(arguments: argparse.Namespace) -> int:
    from comity.provenance import ComityError, NothingFoundError, UsageError

    try:
        module = importlib.import_module(f"comity.workbench.commands.{COMMANDS[arguments.command][0]}")
        code: int = module.run(arguments)
        sys.stdout.flush()
        return code
    except ComityError as error:
        print(f"comity: {_one_screen(str(error))}", file=sys.stderr)
        if isinstance(error, UsageError):
            return EXIT_USAGE
        return EXIT_NOTHING if isinstance(error, NothingFoundError) else EXIT_FAILED


def _one_screen(message: str, limit: int = 2_000) -> str:
    """Keep hostile text from moving the cursor or flooding the screen."""
    printable = "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in message)
    return printable if len(printable) <= limit else printable[:limit] + " …"
