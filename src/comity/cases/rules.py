"""The rules of the case format; docs/reference/case-rules.md explains them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's severity and what it asks for."""

    severity: str  # "error" or "warning"
    asks: str


def _errors(**asks: str) -> dict[str, Rule]:
    return {code.replace("_", "-"): Rule("error", text) for code, text in asks.items()}


def _warnings(**asks: str) -> dict[str, Rule]:
    return {code.replace("_", "-"): Rule("warning", text) for code, text in asks.items()}


RULES: Final[dict[str, Rule]] = {
    # files
    **_errors(
        missing_file="Every file of the layout is there.",
        unreadable_file="A file is text in UTF-8, not empty, not binary, and at most 64 MB.",
        outside_folder="No file, link or path leads out of the case folder.",
        header="The first line of a table is exactly its list of columns.",
        not_a_table="A table is CSV to its last line; every quotation mark is closed.",
        fields="A row has as many fields as there are columns.",
        toml="case.toml and sources.toml are TOML.",
        imported_data="The imported rows under data/ are what the imports wrote, byte for byte.",
    ),
    # case.toml and sources.toml
    **_errors(
        format="The format is a whole number that this version of comity knows.",
        setting="A setting has its name, form and place; the required ones are there.",
        overlapping_eras="No day lies in two eras with display = true.",
    ),
    # every row
    **_errors(
        missing_value="A required field is filled.",
        duplicate_id="An id is used once.",
        date="A day is written YYYY-MM-DD and stands in the calendar.",
        interval="An interval does not end before it starts.",
        precision="The precision is 'unknown' where both ends are open, and only there.",
        number="A number is plain: digits, a decimal point, no separators.",
        unknown_value="A field with a fixed list of values holds one of them.",
        unknown_actor="Every actor stands in the registry or in actors.csv.",
        control_character="A field holds no control characters.",
        value="Whatever else a record asks for.",
    ),
    **_warnings(active_text="No text looks like a formula or like markup."),
    # places in documents
    **_errors(
        unknown_document="Every document stands in sources.toml.",
        offset="A passage lies inside its document.",
        hash="A hash is 64 hexadecimal digits.",
        passage="An attached text holds the coded words at their place.",
    ),
    # events, pledges, claims, quotations
    **_errors(
        sign="The sign of an event agrees with its type.",
        self_dyad="No actor acts upon itself.",
        reciprocal="A reciprocal event has all parties as senders, two at least, and no receiver.",
        event_key="Records of one event share a pair of parties; those that happened share type and sign.",
        unit="A quantity has a known unit; a currency stands with money only.",
        relation="A relation names a pledge of this case.",
        unknown_era="A claim's era stands in case.toml.",
        unknown_event="A claim's first_of names an event of this case.",
        tie="A tie joins two different actors.",
        said="The quoted words lie inside the passage.",
    ),
}
