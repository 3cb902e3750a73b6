"""What authors hold (cause, sign, era), what people said, and where they disagree."""

from comity.claims.record import CLAIM_KINDS, DIRECTIONS, MODALITIES, QUOTE_MODES, Claim, Quote
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
    "DIRECTIONS",
    "MODALITIES",
    "QUOTE_COLUMNS",
    "QUOTE_MODES",
    "Claim",
    "Quote",
    "claim_of",
    "quote_of",
    "read_claims_csv",
    "read_quotes_csv",
]
