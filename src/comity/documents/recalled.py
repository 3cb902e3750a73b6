"""What the text told before: who is meant where a sentence does not name both sides."""

from dataclasses import dataclass, field, replace

from comity.documents.act import DOMESTIC, Act, of_one_state, one_each
from comity.documents.doubt import Doubt
from comity.documents.parties import Party, Token


@dataclass
class Recalled(Doubt):
    """Finds the other side in what was told before."""

    before: list[Act] = field(default_factory=list)  # of this paragraph
    topic: tuple[Party, ...] = ()  # the pair that the document is about

    def _other_of_pair(self, senders: list[Party]) -> list[Party]:
        """With whom the relations are that were spoken of last."""
        pair = self.sentence.memory.pair
        states = [one.stands_for for one in pair or () if one.stands_for]
        names = {one.actor for one in senders}
        return [Party(one) for one in states if one not in names] if names & set(states) else []

    def _pair_before(self) -> list[Party]:
        """The two who met or worked together last, in this paragraph."""
        for act in reversed(self.before):
            parties = one_each([*act.senders, *act.receivers])
            if act.event_type in ("CONSULT", "COOPERATE", "AGREE", "SUPPORT") and len(parties) == 2:
                return [replace(one, token=-1) for one in parties]
        return []

    def _other_of_topic(self, senders: list[Party]) -> list[Party]:
        """With whom one of the two that the document is about works, where it is not said."""
        names = {one.actor for one in senders}
        topic = {one.actor for one in self.topic}
        if len(topic) != 2 or not names < topic:
            return []
        return [one for one in self.topic if one.actor not in names]

    def _as_before(self, event_type: str, senders: list[Party]) -> list[Party]:
        """Who got the aid, or met the sanctions, that the paragraph told of last."""
        names = {one.actor for one in senders}
        counts: dict[str, int] = {}
        for act in self.before:
            if act.event_type in (event_type, "AGREE") and names & {one.actor for one in act.senders}:
                for one in act.receivers:
                    counts[one.actor] = counts.get(one.actor, 0) + 1
        return [Party(max(counts, key=lambda one: counts[one]))] if counts else []

    def _wrongdoer(self, senders: list[Party]) -> list[Party]:
        """ "Sanctions after A's attack" are sanctions on A."""
        names = {one.actor for one in senders}
        for noun in self.sentence.tokens:
            entry = self._noun_entry(noun) if noun.pos_ == "NOUN" else None
            if entry is not None and entry.event_type in ("ASSAULT", "COERCE"):
                found = [one for one in self._noun_senders(noun, entry) if one.actor not in names]
                if found:
                    return found
        return []

    # the act

    def _act(
        self, token: Token, event_type: str, mode: str, senders: list[Party], receivers: list[Party],
        *, joint: bool, object: Token | None, noun: bool = False,
    ) -> Act | None:  # fmt: skip
        states = {one.actor for one in senders}
        within = not joint and event_type != "CONSULT"
        receivers = [
            one for one in receivers if one.actor not in states or (within and of_one_state(one, senders))
        ]
        used = {token.i, *(one.token for one in (*senders, *receivers) if one.token >= 0)}
        if object is not None:
            used.add(object.i)
        if not event_type or not senders:
            return None
        if joint and not receivers:
            if len(states) < 2:
                return None
            return Act(token, event_type, mode, tuple(one_each(senders)), (), True, "", noun, tuple(used))
        if not receivers and event_type in DOMESTIC and len(states) == 1:
            other = "nonstate" if senders[0].side == "state" else "state"
            receivers = (
                [Party(senders[0].actor, "", other)] if self._at_home(token, senders[0], event_type) else []
            )
        if not receivers and event_type not in ("RETREAT",):
            return None
        if noun and joint and receivers and event_type in ("COOPERATE", "SUPPORT", "CONSULT") and mode == "":
            both = one_each([*senders, *receivers])
            if len({p.actor for p in both}) >= 2:
                return Act(token, event_type, mode, tuple(both), (), True, "", noun, tuple(used))
        return Act(
            token,
            event_type,
            mode,
            tuple(one_each(senders)),
            tuple(one_each(receivers)),
            False,
            "",
            noun,
            tuple(used),
        )

    def _at_home(self, token: Token, sender: Party, event_type: str) -> bool:
        """Whether the other side of an act is to be looked for in the sender's own state."""
        if event_type == "PROTEST":
            return sender.side == "nonstate"
        if sender.side == "nonstate":
            return event_type in ("CONCEDE", "REJECT", "ASSAULT")
        objects = list(self._objects(token)) if token.pos_ == "VERB" else []
        for one in objects:
            entry = self.lexicon.agents.get(one.lemma_.lower())
            noun = self._noun_entry(one)
            if (entry and entry[0] == "nonstate") or (noun and noun.noun_class in ("control", "people")):
                return True
        return False
