"""A programme step by step: versions, areas, goals, activities, and what is due for review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.pledges.activities import Activity, activities_of
from comity.pledges.goals import Slots, slots_of
from comity.pledges.known import Word, words_by
from comity.pledges.pledge import trace_of
from comity.pledges.record import Statement
from comity.pledges.review import Review, review_of
from comity.pledges.spans import span_in_words
from comity.pledges.steps import Step, is_draft, steps_of
from comity.pledges.versions import Version, versions_of
from comity.provenance import Trace, html_table


@dataclass(frozen=True)
class Programme:
    """What was known of a programme by one day."""

    name: str
    as_of: date
    statements: tuple[Statement, ...]
    versions: tuple[Version, ...]
    drafts: tuple[Version, ...]
    goals: tuple[Slots, ...]
    activities: tuple[Activity, ...]
    chain: tuple[Step, ...]
    review: Review
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @classmethod
    def at(cls, name: str, statements: Sequence[Statement], *, as_of: date) -> "Programme":
        """Take what was known by a day out of all statements of a ledger."""
        words = words_by(tuple(sorted(statements, key=lambda one: one.id)), as_of)
        own = tuple(word for word in words if word.statement.programme == name)
        rows = tuple(word.statement for word in own)
        versions = versions_of(word for word in own if not is_draft(word))
        drafts = versions_of(word for word in own if is_draft(word))
        before, after = _neighbours(name, words)
        return cls(
            name,
            as_of,
            rows,
            versions,
            drafts,
            slots_of(own),
            activities_of(own),
            steps_of(name, words, as_of=as_of),
            review_of(name, own, versions, after, as_of=as_of),
            before,
            after,
        )

    @property
    def review_due(self) -> bool:
        """Whether a review or a successor is due by this day."""
        return self.review.due

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas of the latest version."""
        return self.versions[-1].areas if self.versions else ()

    def by_area_and_year(self) -> dict[str, dict[str, list[Activity]]]:
        """Sort the activities by area, then by year in words."""
        found: dict[str, dict[str, list[Activity]]] = {}
        for activity in sorted(self.activities, key=lambda one: (one.area, one.year or 9999, one.statement)):
            years = found.setdefault(activity.area or "area not named", {})
            years.setdefault(activity.year_in_words, []).append(activity)
        return found

    def trace(self) -> Trace:
        """Name the statements, their passages and their documents."""
        return trace_of(self.statements)

    def in_words(self) -> list[str]:
        """Write the programme out, a line for each thing that is known or missing."""
        lines = [f"{self.name}, as known on {self.as_of}"]
        if self.predecessors:
            lines.append(f"follows {', '.join(self.predecessors)}")
        if self.successors:
            lines.append(f"replaced by {', '.join(self.successors)}")
        lines.append("Steps")
        lines.extend(f"  {step.in_words}" for step in self.chain)
        lines.append("Versions")
        lines.extend(f"  {line}" for version in self.versions for line in version.in_words())
        for slots in self.goals:
            lines.append(slots.title)
            lines.extend(f"  {line}" for line in slots.in_words())
        lines.append("Activities")
        for area, years in self.by_area_and_year().items():
            for year, done in years.items():
                lines.append(f"  {area}, {year}: {'; '.join(one.what for one in done)}")
        if not self.activities:
            lines.append("  none named by these sources")
        lines.append(f"Review: {self.review.in_words}")
        return lines

    def to_dict(self) -> dict[str, object]:
        """Give the programme as plain values."""
        trace = self.trace()
        return {
            "name": self.name,
            "as_of": str(self.as_of),
            "predecessors": list(self.predecessors),
            "successors": list(self.successors),
            "chain": [step.to_dict() for step in self.chain],
            "versions": [version.to_dict() for version in self.versions],
            "drafts": [version.to_dict() for version in self.drafts],
            "areas": list(self.areas),
            "goals": [slots.to_dict() for slots in self.goals],
            "activities": [activity.to_dict() for activity in self.activities],
            "review_due": self.review_due,
            "review": self.review.to_dict(),
            "statements": list(trace.rows),
            "sources": list(trace.sources),
        }

    def _repr_html_(self) -> str:
        steps = html_table(
            ("step", "when", "what"),
            ((step.name, step.when_in_words, step.what) for step in self.chain),
            caption=f"{self.name}, as known on {self.as_of}",
        )
        versions = html_table(
            ("version", "date", "areas", "added", "removed"),
            (
                (
                    one.label,
                    span_in_words(one.dating),
                    ", ".join(one.areas),
                    ", ".join(one.added),
                    ", ".join(one.removed),
                )
                for one in self.versions
            ),
        )
        goals = "".join(
            html_table((slots.title,), ((line,) for line in slots.in_words())) for slots in self.goals
        )
        activities = html_table(
            ("area", "year", "activity"),
            ((one.area, one.year_in_words, one.what) for one in self.activities),
        )
        return steps + versions + goals + activities


def _neighbours(name: str, words: Sequence[Word]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the programmes that this one replaces, and those that replace it."""
    programme_of = {word.statement.id: word.statement.programme for word in words}
    before: set[str] = set()
    after: set[str] = set()
    for word in words:
        here = word.statement.programme
        for relation in word.statement.relations:
            link, _, target = relation.partition(":")
            there = programme_of.get(target, "")
            if not here or not there or here == there or name not in (here, there):
                continue
            if link == "replaces":
                (before if here == name else after).add(there if here == name else here)
            elif link == "replaced_by":
                (after if here == name else before).add(there if here == name else here)
    return tuple(sorted(before)), tuple(sorted(after))
