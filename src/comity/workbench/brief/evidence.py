"""The rows behind a brief, each with the place in a document where it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from comity.claims import Claim, Quote
from comity.events import Event
from comity.pledges import Statement
from comity.provenance import Passage, PassageMismatchError
from comity.workbench.brief.desk import LONGEST_TEXT, Desk
from comity.workbench.brief.model import Act, Evidence, Words
from comity.workbench.brief.words import AUX, BASES, clip, when

_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARGIN: Final = 320  # characters of the paragraph shown on each side of a passage


def evidence_of(desk: Desk, acts: Sequence[Act], rows: Iterable[str]) -> tuple[Evidence, ...]:
    """Look up every record of the acts, then the other rows that the brief points at."""
    numbers = {row: act.number for act in acts for row in act.rows}
    wanted = set(rows) | set(numbers)
    found: dict[str, Evidence] = {}
    for event in desk.case.events.coded:
        if event.id in wanted:
            found[event.id] = _event(desk, event, numbers.get(event.id, 0))
    in_order = sorted(found.values(), key=lambda one: (one.act, one.row))
    for statement in desk.case.ledger.statements:
        if statement.id in wanted:
            in_order.append(_statement(desk, statement))
    in_order += [_claim(desk, one) for one in desk.case.claims.claims if one.id in wanted]
    in_order += [_quote(desk, one) for one in desk.case.claims.quotes if one.id in wanted]
    return tuple(in_order)


def data_evidence(desk: Desk, lines: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """Turn rows of event data into evidence, one entry a row."""
    found: dict[str, Evidence] = {}
    for one in lines:
        edition = _data_set(desk, str(one["source"]))
        parties = (
            f"{desk.name(one['sender'])} → {desk.name(one['receiver']) if one['receiver'] else 'nobody'}"
        )
        agents = ", ".join((*one["sender_agents"], *one["receiver_agents"]))
        code = f", CAMEO {one['cameo_code']}" if one.get("cameo_code") else ""
        line = f"line {one['line']}" if one.get("line") else ""
        found.setdefault(
            one["id"],
            Evidence(
                row=one["id"],
                what="data row",
                says=clip(f"{one['date_start']}: {parties}. {one['summary']}", LONGEST_TEXT),
                source=str(one["source"]),
                citation=edition,
                place=" ".join(part for part in (str(one.get("document") or ""), line) if part),
                details=f"{one['event_type'].lower()}{code}, {one['weight']:+.1f} points"
                + (f"; {clip(agents, 120)}" if agents else ""),
            ),
        )
    return tuple(found.values())


def _data_set(desk: Desk, source: str) -> str:
    if source in desk.case.sources:
        return desk.citation(source)
    from comity.events import READERS  # only rows of event data come here

    return next((f"{reader.title}." for reader in READERS if reader.id == source), source)


def _event(desk: Desk, event: Event, number: int) -> Evidence:
    details = [
        f"{event.event_type.lower()}{', ' + event.mode.lower() if event.mode else ''}",
        f"dated {when(event.dating)}",
        BASES[event.dating.basis],
        AUX.get(event.aux, ""),
        f"coded with {event.confidence} confidence" if event.confidence != "high" else "",
    ]
    says = clip(event.summary, LONGEST_TEXT)
    return _entry(desk, event.id, "act", says, event.source, event.passage, details, number)


def _statement(desk: Desk, one: Statement) -> Evidence:
    says = clip(f"{one.object}: {one.stage}{'; ' + one.note if one.note else ''}", LONGEST_TEXT)
    details = [f"said {when(one.said)}", one.modality if one.modality != "asserted" else ""]
    return _entry(desk, one.id, "pledge", says, one.source, one.passage, details)


def _claim(desk: Desk, claim: Claim) -> Evidence:
    reported = f"reported by {desk.name(claim.reported_by)}" if claim.reported_by else ""
    hedged = claim.modality if claim.modality != "asserted" else ""
    details = [claim.kind, f"held by {desk.names(claim.holder)}", reported, hedged]
    says = clip(claim.paraphrase, LONGEST_TEXT)
    return _entry(desk, claim.id, "claim", says, claim.source, claim.passage, details)


def _quote(desk: Desk, quote: Quote) -> Evidence:
    speaker = f"said by {desk.names(quote.speaker)}" if quote.speaker else ""
    details = [quote.mode, speaker, when(quote.dating), quote.venue, quote.note]
    says = clip(quote.paraphrase, LONGEST_TEXT)
    return _entry(desk, quote.id, "quotation", says, quote.source, quote.passage, details)


def _entry(
    desk: Desk,
    row: str,
    what: str,
    says: str,
    source: str,
    passage: Passage | None,
    details: Iterable[str],
    act: int = 0,
) -> Evidence:
    draft = row in desk.case.draft_ids
    unreviewed = "a draft that nobody has reviewed" if draft else ""
    place = ""
    if passage:
        place = f"Paragraph {passage.paragraph}, characters {passage.char_start} to {passage.char_end}."
    return Evidence(
        row=row,
        what=what,
        says=says,
        source=source,
        citation=desk.citation(source),
        place=place,
        details=clip("; ".join(part for part in (unreviewed, *details) if part), LONGEST_TEXT),
        words=_words(desk, passage) if passage else None,
        act=act,
        draft=draft,
        short=desk.short(source) if source in desk.case.sources else "",
    )


def _words(desk: Desk, passage: Passage) -> Words | None:
    text = desk.text_of(passage.document)
    if text is None:
        return None
    try:
        words = passage.words(text)
    except PassageMismatchError:
        return None
    start = text.rfind("\n", 0, passage.char_start) + 1
    end = text.find("\n", passage.char_end)
    before = text[start : passage.char_start]
    after = text[passage.char_end : end if end >= 0 else len(text)]
    return Words(
        _harmless(("…" if len(before) > _MARGIN else "") + before[-_MARGIN:]),
        _harmless(clip(words, 4 * _MARGIN)),
        _harmless(after[:_MARGIN] + ("…" if len(after) > _MARGIN else "")),
    )


def _harmless(text: str) -> str:
    """Show the signs that would steer a terminal, or turn the order of what follows."""
    return _STEERING.sub("�", text)
