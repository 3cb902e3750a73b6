"""``comity factor``: the change of a tie shared out among third parties."""

import argparse
import hashlib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_json, print_line, print_table

if TYPE_CHECKING:
    from comity.factors import Account, Coefficients, Factor

OUTCOMES: Final = ("rate", "rate:cooperation", "rate:conflict", "type")
KINDS: Final = ("talk", "institutions", "deeds")
SHOWN: Final = 15
MANY: Final = 20  # one in twenty is told apart by luck
OWN_IN_WORDS: Final = (
    "by its own: the part with coefficients of its own, its acts remembered and not explained; 'only as"
    " others do': they do not bear the part out, which stands on how other third parties are answered."
)
EXPLAINED: Final = {
    "own_history": "acts between the two",
    "third_parties": "third parties, listed below",
    "eras": "coefficients that differ between eras",
    "covariates": "numbers from outside",
    "rounding": "what the model's memory cuts off",
    "system": "what all other pairs did: more elsewhere leaves less here",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("one", metavar="A", help="one of the two")
    parser.add_argument("other", metavar="B", help="the other; both directions are looked at")
    for name in ("before", "after"):
        parser.add_argument(
            f"--{name}", required=True, metavar="START..END", help=f"the period {name}, both days included"
        )
    parser.add_argument(
        "--third",
        action="append",
        default=[],
        metavar="K",
        help="list this third party first, in the text alone, with its part by coefficients of its own; may"
        " be repeated (default: all, in the text the largest)",
    )
    parser.add_argument(
        "--outcome",
        choices=OUTCOMES,
        default="rate",
        help="which pairs act (rate is rate:cooperation, the default), or the type of an act",
    )
    parser.add_argument("--kind", choices=KINDS, help="only acts of this kind (default: all)")
    parser.add_argument(
        "--model", metavar="FILE", help="coefficients that comity fit saved (default: see the background)"
    )
    parser.add_argument(
        "--by-era", action="store_true", help="fit the coefficients apart in each era of the case"
    )
    parser.add_argument(
        "--account",
        choices=("instant", "long-run"),
        default="instant",
        help="through which terms it moved (default), or what would be missing had a third party not changed",
    )
    parser.add_argument(
        "--runs", type=int, default=20, metavar="N", help="worlds of a long-run account (default: 20)"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the draws (default: 1)")
    add_case(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Work the account out; exit with 3 if it is refused."""
    from comity.cases import open_case
    from comity.factors import Period, attribute
    from comity.provenance import UsageError
    from comity.workbench.kernels import announce_compilation
    from comity.workbench.progress import showing_progress
    from comity.workbench.runs import record_run, tell_refusals

    if arguments.seed < 0:
        raise UsageError("a seed below 0", where="--seed")
    before = Period.parse(arguments.before, where="--before")
    after = Period.parse(arguments.after, where="--after")
    case = open_case(arguments.case)
    pair = tuple(case.registry.resolve(name, at=before.start).id for name in (arguments.one, arguments.other))
    third = tuple(case.registry.resolve(name, at=before.start).id for name in arguments.third)
    model, digest = _model(arguments.model)
    starts = tuple(era.start for era in case.eras if era.start and era.display) if arguments.by_era else ()
    configuration = {
        "pair": pair,
        "before": before,
        "after": after,
        "third": third,
        "outcome": arguments.outcome,
        "kind": arguments.kind,
        "model": digest,
        "eras": starts,
        "account": arguments.account,
        "runs": arguments.runs if arguments.account == "long-run" else None,
    }
    run_id = record_run(case, "factor", configuration, seed=arguments.seed).id
    announce_compilation("sampled")
    with showing_progress() as told:
        answer = attribute(
            case.events,
            (pair[0], pair[1]),
            before=before,
            after=after,
            third=third,
            outcome=arguments.outcome,
            kind=arguments.kind,
            coefficients=model,
            starts=starts,
            account=arguments.account,
            runs=arguments.runs,
            seed=arguments.seed,
            told=told,
        )
    if arguments.json:
        print_json({**answer.to_dict(), "run": run_id})
    else:
        _show(answer, len(set(third)))
        note(f"run {run_id}")
    tell_refusals(case)
    return 0 if answer.refused is None else 3


def _model(path: str | None) -> "tuple[Coefficients | None, str | None]":
    from comity.factors import Coefficients
    from comity.model import Fit
    from comity.provenance import read_text

    if path is None:
        return None, None
    text = read_text(Path(path))
    fit = Fit.from_json(text)
    source = f"the model file {Path(path).name}: {fit.n_events:,} acts, {fit.date_start} to {fit.date_end}"
    return Coefficients.of_fit(fit, source=source), hashlib.sha256(text.encode()).hexdigest()


def _show(answer: "Account", asked: int) -> None:
    a, b = answer.pair
    acts = f"{answer.acts_of} acts only; " if answer.acts_of else ""
    print_line(f"{a} and {b}: {answer.before} against {answer.after}; {acts}{answer.account} account")
    print_line(f"measured: {answer.value_in_words}, on the mean of each period's mornings")
    print_line(f"acts between the two: {answer.n_acts[0]} before, {answer.n_acts[1]} after")
    if answer.refused is not None or answer.total is None or answer.totals is None:
        print_line(f"refused: {answer.refused}")
        return
    print_line(f"coefficients from {answer.coefficients_from}")
    times = f"{math.exp(answer.total):.2f} times"
    ways = f"{a} towards {b} {answer.totals[0]:+.3f}, {b} towards {a} {answer.totals[1]:+.3f}"
    print_line(f"change: {answer.total:+.3f}, that is {times} what it was ({ways})")
    print_line()
    if answer.overlap is None:
        _show_parts(answer)
        _show_third_parties(answer, asked or SHOWN)
    else:
        _show_long_run(answer)
    for remark in answer.notes:
        print_line(f"mind: {remark}.")
    print_line(str(answer.to_dict()["caution"]))


def _signed(value: float | None) -> str:
    """Write a number with its sign; what rounds to nothing has none."""
    shown = f"{value or 0.0:+.3f}"
    return "0.000" if shown in ("+0.000", "-0.000") else shown


def _show_parts(answer: "Account") -> None:
    third = sum(one.value for one in answer.third_parties)
    values = {name: getattr(answer, name) for name in EXPLAINED if name != "third_parties"}
    values["third_parties"] = third
    rows: list[dict[str, object]] = [
        {"part": name.replace("_", " "), "value": _signed(values[name]), "what it is": words}
        for name, words in EXPLAINED.items()
    ]
    rows.append({"part": "change", "value": _signed(answer.total), "what it is": "their sum"})
    print_table(rows, ("part", "value", "what it is"))


def _show_third_parties(answer: "Account", number: int) -> None:
    rows: list[dict[str, object]] = [
        {
            "third party": one.actor,
            "part": _signed(one.value),
            "95 % interval": "–" if one.low is None else f"{one.low:+.3f} to {one.high:+.3f}",
            "which says": one.verdict,
            "could have shown": "–" if one.smallest_detectable is None else f"{one.smallest_detectable:.3f}",
            **_own(one, answer),
            "triads": _signed(one.triads),
            "degrees": _signed(one.degrees),
            "acts": one.n_events,
        }
        for one in answer.third_parties[:number]
    ]
    if not rows:
        return
    print_table(rows, tuple(rows[0]))
    if any(one.own_interval for one in answer.third_parties):
        print_line(OWN_IN_WORDS)
    left = answer.third_parties[number:]
    if left:
        more = "1 more third party" if len(left) == 1 else f"{len(left)} more third parties together"
        print_line(f"{more}: {_signed(sum(one.value for one in left))}")
    print_line(
        "cannot tell: the interval holds 0; could have shown: the smallest part found four times in five."
        " triads: ties of the third party with both; degrees: its share of how busy either is."
    )
    of = len(answer.third_parties)
    if of > MANY:
        print_line(f"Of {of} third parties up to about {of / 20:.0f} are told apart by luck alone.")
    print_line("The rows behind each part: --json, events; comity events --id ID shows one.")


def _own(one: "Factor", answer: "Account") -> dict[str, object]:
    """Give the column of own coefficients, if any third party has them."""
    if not any(each.own_interval for each in answer.third_parties):
        return {}
    if one.own is None or one.own_interval is None:
        return {"by its own": "–"}
    low, high = one.own_interval
    return {"by its own": f"{_signed(one.own.value)} ({low:+.3f} to {high:+.3f})"}


def _show_long_run(answer: "Account") -> None:
    third = sum(one.value for one in answer.third_parties)
    rows: list[dict[str, object]] = [
        {"part": "the third parties below", "value": _signed(third), "what it is": "one by one"},
        {"part": "overlap", "value": _signed(answer.overlap), "what it is": "what they have in common"},
        {
            "part": "without their change",
            "value": _signed(answer.own_history),
            "what it is": "the two's own momentum, chance, everybody else",
        },
        {"part": "change", "value": _signed(answer.total), "what it is": "their sum"},
    ]
    print_table(rows, tuple(rows[0]))
    rows = []
    for one in answer.third_parties:
        values = one.to_dict()
        rows.append(
            {
                "third party": one.actor,
                "part": _signed(one.value),
                "95 % interval": f"{one.low:+.3f} to {one.high:+.3f}",
                "which says": one.verdict,
                "could have shown": f"{one.smallest_detectable:.3f}",
                **_own(one, answer),
                "Monte Carlo error": f"{values['monte_carlo_error']:.3f}",
                "instant part": _signed(values["instant"]["value"]),
                "acts": one.n_events,
            }
        )
    print_table(rows, tuple(rows[0]))
    if any(one.own_interval for one in answer.third_parties):
        print_line(OWN_IN_WORDS)
    more = answer.more
    print_line(
        f"{more['runs']} worlds; as it was, they change by {more['simulated_total']:+.3f}, the data by"
        f" {answer.total:+.3f}. Interval: over worlds that differ in their coefficients and their chance."
    )
