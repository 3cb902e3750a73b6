"""What authors hold (cause, sign, era), what people said, and where they disagree."""

from comity.claims.book import ClaimBook
from comity.claims.disputes import Agreement, Conflict
from comity.claims.groups import COLUMNS, Group
from comity.claims.lines import Line, Variant
from comity.claims.record import CLAIM_KINDS, DIRECTIONS, MODALITIES, NATURES, QUOTE_MODES, Claim, Quote
from comity.claims.table import (
    CLAIM_COLUMNS,
    QUOTE_COLUMNS,
    claim_of,
    quote_of,
    read_claims_csv,
    read_quotes_csv,
)

__all__ = [
    "CLAIM_COLUMNS",
    "CLAIM_KINDS",
    "COLUMNS",
    "DIRECTIONS",
    "MODALITIES",
    "NATURES",
    "QUOTE_COLUMNS",
    "QUOTE_MODES",
    "Agreement",
    "Claim",
    "ClaimBook",
    "Conflict",
    "Group",
    "Line",
    "Quote",
    "Variant",
    "claim_of",
    "quote_of",
    "read_claims_csv",
    "read_quotes_csv",
]
