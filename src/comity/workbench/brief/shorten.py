"""Shorter and shorter forms of a brief, for a page that must stay small."""

from collections.abc import Iterator, Sequence
from typing import Final

from comity.workbench.brief.model import Act, Brief
from comity.workbench.brief.words import clip, many

LEAST_ACTS: Final = (200, 100, 50, 25)
_SHORT: Final = 160  # characters of a text once acts have to go
_FEW: Final = 10  # entries of a list then


def shorter(brief: Brief) -> Iterator[tuple[Brief, str]]:
    """Yield the brief, then forms that leave out more and more, each with a remark that says what."""
    yield brief, ""
    bare = brief._replace(evidence=tuple(one._replace(words=None) for one in brief.evidence))
    yield bare, _remark("the passages")
    acts = brief.chronology.acts
    yield (
        _with(bare, [act for act in acts if act.reach != "around"]),
        _remark("passages and acts of third parties"),
    )
    between = [act for act in acts if act.reach == "pair"]
    yield _with(bare, between), _remark("passages and all acts but those between the two")
    brief_views = bare.views._replace(
        views=(),
        predictions=bare.views.predictions[:_FEW],
        advice=bare.views.advice[:_FEW],
        agreements=bare.views.agreements[:_FEW],
        lines=bare.views.lines[:_FEW],
        conflicts=bare.views.conflicts[:_FEW],
    )
    cut = bare._replace(
        views=brief_views,
        pledges=bare.pledges._replace(pledges=bare.pledges.pledges[: 2 * _FEW]),
        evidence=tuple(one._replace(says=clip(one.says, _SHORT)) for one in bare.evidence),
    )
    for least in LEAST_ACTS:
        kept = [act._replace(summary=clip(act.summary, _SHORT)) for act in between[-least:]]
        what = f"passages, long lists, and all but the last {many(len(kept), 'act')} between the two"
        yield _with(cut, kept), _remark(what)


def _with(brief: Brief, acts: Sequence[Act]) -> Brief:
    chronology = brief.chronology._replace(acts=tuple(acts), apart=brief.chronology.apart[: len(acts)])
    rows = {row for act in (*chronology.acts, *chronology.apart) for row in act.rows}
    evidence = tuple(one for one in brief.evidence if one.what != "act" or one.row in rows)
    there = {one.row for one in evidence}
    counts = tuple(one._replace(acts=tuple(id for id in one.acts if id in there)) for one in brief.counts)
    return brief._replace(chronology=chronology, evidence=evidence, counts=counts)


def _remark(what: str) -> str:
    return f"To keep this file under one megabyte it leaves out {what}; --format json has them all."
