"""What a case folder holds: format 1."""

from typing import Final

from comity.actors import CASE_COLUMNS
from comity.claims import CLAIM_COLUMNS, QUOTE_COLUMNS
from comity.events import EVENT_COLUMNS
from comity.pledges import PLEDGE_COLUMNS

FORMAT: Final = 1  # the newest that this version reads
SETTINGS_FILE: Final = "case.toml"
SOURCES_FILE: Final = "sources.toml"
SERIES_COLUMNS: Final = (
    "a",
    "b",
    "month",
    "total",
    "size",
    "days",
    "friendly_days",
    "hostile_days",
    "missing_days",
    "source",
)
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "actors.csv": tuple(CASE_COLUMNS),
    "events.csv": tuple(EVENT_COLUMNS),
    "pledges.csv": tuple(PLEDGE_COLUMNS),
    "claims.csv": tuple(CLAIM_COLUMNS),
    "quotes.csv": tuple(QUOTE_COLUMNS),
    "series.csv": SERIES_COLUMNS,
}
FILES: Final = (SETTINGS_FILE, *TABLES, SOURCES_FILE)
DRAFTS_FOLDER: Final = "drafts"  # what coders proposed, a file a document
LOG_FILE: Final = "review.jsonl"  # who decided what on drafts, and when
DATA_FOLDER: Final = "data"
OWN_FOLDERS: Final = (DATA_FOLDER, "runs", "attached", DRAFTS_FOLDER)  # made as needed; never part of a copy
