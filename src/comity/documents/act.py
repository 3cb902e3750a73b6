"""One act as a sentence tells it: who did what to whom, and whether it took place."""

from dataclasses import dataclass
from typing import Final

from comity.documents.parties import Party, Token

SIGNS: Final = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"), 1),
    **dict.fromkeys(("REQUEST", "STATEMENT"), 0),
    **dict.fromkeys(
        ("ACCUSE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"), -1
    ),
}
DOMESTIC: Final = (
    "PROTEST",
    "COERCE",
    "CONCEDE",
    "ASSAULT",
    "REJECT",
)  # often between the sides of one state
WARS: Final = ("ASSAULT", "COERCE")  # told again they are the same, as visits and gifts are not
COURSES: Final = ("SUPPORT", "COOPERATE")  # the same where a noun takes them up
POSSIBLE: Final = "possible"  # only wished, feared, due or thinkable: told apart from "if", and not coded


@dataclass(frozen=True)
class Act:
    """One act as a sentence tells it."""

    token: Token
    event_type: str
    mode: str
    senders: tuple[Party, ...]
    receivers: tuple[Party, ...]
    reciprocal: bool = False
    aux: str = ""
    noun: bool = False
    tokens: tuple[int, ...] = ()  # what the act was read from
    about: tuple[Party, ...] = ()
    pointed: bool = False  # the sender is a pronoun

    @property
    def sign(self) -> int:
        """Of the tie from sender to receiver."""
        sign = SIGNS.get(self.event_type, 0)
        alone = not self.reciprocal and not self.receivers
        if self.aux == "negation":  # what was not agreed on parts; what was not given or done moves nothing
            return -sign if self.event_type in ("AGREE", "SUPPORT") else 0
        return 0 if alone and self.event_type == "AGREE" else sign


def of_one_state(party: Party, senders: list[Party]) -> bool:
    """Whether it is another side within the same state: rebels and their government."""
    return all(one.side != party.side for one in senders if one.actor == party.actor)


def one_each(parties: list[Party]) -> list[Party]:
    """The parties, each actor once."""
    seen: dict[str, Party] = {}
    for one in parties:
        seen.setdefault(one.actor, one)
    return list(seen.values())
