"""A reader by the rules, loaded once, and small documents of our own making."""

from datetime import date

import pytest
from tests.conftest import missing

from comity.documents import Candidate, MissingPartError, RulesCoder, make_document, read

WRITTEN = (date(2023, 6, 1), date(2023, 6, 30))


@pytest.fixture(scope="session")
def coder() -> RulesCoder:
    """Load the parser, or skip where it is not installed."""
    made = RulesCoder()
    try:
        made.nlp  # noqa: B018
    except MissingPartError as error:
        missing("read", str(error))
    return made


class Reading:
    """Reads a text and gives back what was found in it."""

    def __init__(self, coder: RulesCoder) -> None:
        self.coder = coder

    def all(self, text: str, kind: str = "event") -> list[Candidate]:
        document = make_document(text, written=WRITTEN)
        return [one for one in read(document, self.coder).candidates if one.draft.kind == kind]

    def told(self, text: str) -> list[str]:
        """Write each event as "A+B > C TYPE aux"; a joint act as "A+B TYPE"."""
        lines = []
        for one in self.all(text):
            row = one.draft
            parties = "+".join(sorted(row.senders))
            if not row.reciprocal:
                parties += " > " + "+".join(sorted(row.receivers))
            lines.append(f"{parties} {row.event_type} {row.aux}".strip())
        return lines


@pytest.fixture(scope="session")
def reading(coder: RulesCoder) -> Reading:
    """Give the reader of texts."""
    return Reading(coder)
