"""Deciding on drafts: accepted ones enter their table, and every decision stands in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.cases.case import Case, open_case
from comity.cases.draft import DraftRow
from comity.cases.layout import TABLES
from comity.cases.pending import Pending, carry_out, finish_pending
from comity.cases.problem import Problem
from comity.cases.refusals import DecidedMeanwhileError, RefusedDraftError
from comity.cases.review_log import Decision, Log, read_log
from comity.cases.reviewed import Reviewed, review_of
from comity.cases.row_check import Standing, problems_of
from comity.cases.table_edit import table_rows
from comity.cases.wording import has_control
from comity.cases.writing import writing
from comity.provenance import NothingFoundError, UsageError


class Review:
    """The drafts of one case, and the decisions on them.

    Every decision is written at once: to the log, and if need be to the table. Two reviewers may be
    at work; each decision waits for the other's.

    Raises
    ------
    UnreadableFileError : drafts or the log cannot be read
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.finished: tuple[Decision, ...] = ()  # that an earlier, cut-off review had begun
        if not case.read_only:
            with writing(case.path):
                self.finished = finish_pending(case.path)
        self._read()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know of the log: lines cut short, decisions finished late."""
        late = tuple(
            f"finished what was cut off: {one.action} {one.draft}, by {one.by}" for one in self.finished
        )
        return late + self._log.remarks

    @property
    def drafts(self) -> tuple[Reviewed, ...]:
        """Every draft, in the order of the documents and their texts."""
        return tuple(self._reviewed.values())

    def find(self, name: str) -> tuple[Reviewed, ...]:
        """Find a draft by its id or the beginning of it; with ``+`` after it, all tellings of the same.

        Raises
        ------
        NothingFoundError : there is none
        UsageError : several ids begin like that
        """
        if name.endswith("+"):
            key = {(one.draft.key or one.draft.id) for one in self.find(name.rstrip("+"))}
            return tuple(one for one in self.drafts if (one.draft.key or one.draft.id) in key)
        if name in self._reviewed:
            return (self._reviewed[name],)
        near = [one for id, one in self._reviewed.items() if id.startswith(name)] if name else []
        if len(near) > 1:
            listed = ", ".join(one.draft.id for one in near[:5])
            raise UsageError(f"several drafts begin with {name!r}", allowed=f"{listed}.")
        if not near:
            raise NothingFoundError(
                f"no draft {name[:60]!r}",
                where=f"case {self.case.id}",
                remedy="'comity review --list' lists them.",
            )
        return (near[0],)

    def tellings(self, reviewed: Reviewed) -> tuple[Reviewed, ...]:
        """Give the other drafts that tell the same, in any document."""
        key = reviewed.draft.key or reviewed.draft.id
        alike = (one for one in self.drafts if (one.draft.key or one.draft.id) == key)
        return tuple(one for one in alike if one.draft.id != reviewed.draft.id)

    def problems(self, reviewed: Reviewed) -> list[Problem]:
        """List the rules of the format that the draft breaks, warnings too."""
        name = reviewed.draft.table
        if name not in self._shown:
            self._shown[name] = self._table(name)
        return self._problems(reviewed.draft, self._shown[name])

    def accept(
        self, names: Iterable[str], *, by: str, when: str, expecting: Mapping[str, int] | None = None
    ) -> list[Reviewed]:
        """Enter drafts into their tables, all or none; those accepted before stay as they are.

        Parameters
        ----------
        names : ids or beginnings of ids; with ``+`` after it, all tellings of the same
        by, when : who decides, and the day or moment
        expecting : by id, the last decision that the reviewer has seen

        Raises
        ------
        RefusedDraftError : one breaks a rule of the case format
        DecidedMeanwhileError : somebody decided after what was expected
        """
        with self._deciding():
            chosen = [one for one in self._chosen(names, expecting) if one.status != "accepted"]
            taken, refused = self._sound(chosen)
            if refused:
                raise refused[0]
            return self._enter(taken, by=by, when=when)

    def accept_all_of(
        self, document: str, *, by: str, when: str
    ) -> tuple[list[Reviewed], list[RefusedDraftError]]:
        """Enter every open draft of a document that breaks no rule; the log says that it was so.

        Drafts with a side that is no organ of a state stay open: they ask for a person.

        Returns
        -------
        the drafts accepted, and why others stay open

        Raises
        ------
        NothingFoundError : there are no drafts of that document
        """
        with self._deciding():
            own = [one for one in self.drafts if one.draft.document == document]
            if not own:
                known = ", ".join(dict.fromkeys(one.draft.document for one in self.drafts)) or "no document"
                raise NothingFoundError(
                    f"no drafts of document {document[:60]!r}", allowed=f"There are some of {known}."
                )
            taken, refused = self._sound([one for one in own if one.status == "open"], unseen=True)
            return self._enter(taken, by=by, when=when, how=f"all of {document}"), refused

    def reject(
        self, names: Iterable[str], *, by: str, when: str, expecting: Mapping[str, int] | None = None
    ) -> list[Reviewed]:
        """Set drafts aside; an accepted one has to be undone first.

        Raises
        ------
        UsageError : one is accepted
        DecidedMeanwhileError : somebody decided after what was expected
        """
        with self._deciding():
            chosen = [one for one in self._chosen(names, expecting) if one.status != "rejected"]
            _none_accepted(chosen)
            return self._decide([(one, "reject", {}, 0) for one in chosen], by=by, when=when)

    def edit(
        self,
        name: str,
        fields: Mapping[str, str],
        *,
        by: str,
        when: str,
        expecting: Mapping[str, int] | None = None,
    ) -> Reviewed:
        """Change columns of a draft that is not accepted; the draft as proposed stays in its file.

        Raises
        ------
        UsageError : no such column, or one that says where the row stands; or the draft is accepted
        RefusedDraftError : a value breaks a rule that the draft did not break before
        """
        with self._deciding():
            found = self._chosen([name], expecting)
            if len(found) > 1:
                raise UsageError(
                    f"{name!r} is the key of several drafts", allowed="Edit one draft at a time."
                )
            one = found[0]
            _none_accepted([one])
            _check_columns(one.draft, fields)
            changed = {name: value for name, value in fields.items() if one.draft.fields[name] != value}
            if not changed:
                return one
            edited = one.draft.with_fields(**changed)
            table = self._table(edited.table)
            before = {(p.rule, p.message) for p in self._problems(one.draft, table)}
            faults = [
                p
                for p in self._problems(edited, table)
                if p.severity == "error" and (p.rule, p.message) not in before
            ]
            if faults:
                raise RefusedDraftError(one.draft.id, faults, purpose="changed so")
            return self._decide([(one, "edit", changed, 0)], by=by, when=when)[0]

    def undo(self, names: Iterable[str] = (), *, by: str, when: str) -> list[Reviewed]:
        """Take back the last decision on each draft named; without a name, this reviewer's last one.

        An accepted row leaves its table; the log keeps it as it was when it left.

        Raises
        ------
        NothingFoundError : there is no decision to take back
        """
        with self._deciding():
            chosen = self._chosen(names, None) if names else self._last_of(by)
            idle = [one.draft.id for one in chosen if not one.decisions]
            if idle:
                raise NothingFoundError(
                    f"nothing is decided on {', '.join(idle)}", where=f"case {self.case.id}"
                )
            decisions: list[tuple[Reviewed, str, dict[str, str], int]] = []
            remove: dict[str, list[str]] = {}
            tables = self._tables(chosen)
            for one in chosen:
                gone: dict[str, str] = {}
                if one.decisions[-1].action == "accept":
                    remove.setdefault(one.draft.table, []).append(one.draft.id)
                    row = tables[one.draft.table].by_id.get(one.draft.id)
                    gone = _filled(row.fields) if row else {}
                decisions.append((one, "undo", gone, one.last))
            return self._decide(decisions, by=by, when=when, remove=remove)

    # how it is done

    def _deciding(self) -> "_Deciding":
        self.case.require_writable("review drafts in it")
        return _Deciding(self)

    def _read(self) -> None:
        self._log: Log = read_log(self.case.path)
        self._shown: dict[str, Standing] = {}  # tables, as they were when the drafts were read
        self._reviewed = review_of(self.case.path, self._log)

    def _chosen(self, names: Iterable[str], expecting: Mapping[str, int] | None) -> list[Reviewed]:
        found = list({one.draft.id: one for name in names for one in self.find(name)}.values())
        for one in found:
            if expecting is not None and expecting.get(one.draft.id, one.last) != one.last:
                raise DecidedMeanwhileError(one)
        return found

    def _last_of(self, by: str) -> list[Reviewed]:
        own = [one for one in self.drafts if one.by == by]
        if not own:
            raise NothingFoundError(
                f"{by} has decided nothing that could be taken back",
                where=f"case {self.case.id}",
                remedy="Name the drafts: comity review --undo ID.",
            )
        return [max(own, key=lambda one: one.last)]

    def _sound(
        self, chosen: Sequence[Reviewed], *, unseen: bool = False
    ) -> tuple[list[Reviewed], list[RefusedDraftError]]:
        """Part the drafts that their tables take from those that break a rule there."""
        tables = self._tables(chosen)
        taken: list[Reviewed] = []
        refused: list[RefusedDraftError] = []
        for one in chosen:
            row, table = one.draft.row(), tables[one.draft.table]
            faults = [found for found in self._problems(one.draft, table) if found.severity == "error"]
            if unseen and one.draft.nonstate:
                faults.append(
                    Problem(row.file, 0, "value", "a side is no organ of a state: accept it by its id")
                )
            if faults:
                refused.append(RefusedDraftError(one.draft.id, faults))
            else:
                table.add(row)
                taken.append(one)
        return taken, refused

    def _enter(self, taken: Sequence[Reviewed], *, by: str, when: str, how: str = "") -> list[Reviewed]:
        add: dict[str, list[dict[str, str]]] = {}
        for one in taken:
            add.setdefault(one.draft.table, []).append(one.draft.row().fields)
        decisions = [(one, "accept", _filled(one.draft.fields), 0) for one in taken]
        return self._decide(decisions, by=by, when=when, add=add, how=how)

    def _decide(
        self,
        decisions: Sequence[tuple[Reviewed, str, dict[str, str], int]],
        *,
        by: str,
        when: str,
        add: dict[str, list[dict[str, str]]] | None = None,
        remove: dict[str, list[str]] | None = None,
        how: str = "",
    ) -> list[Reviewed]:
        if not decisions:
            return []
        who = " ".join("".join(" " if has_control(sign) else sign for sign in by).split())
        if not who:
            raise UsageError("no reviewer is named", remedy="Add --by NAME.")
        number = len(self._log.decisions)
        made = tuple(
            Decision(number + i, when, who, action, one.draft.id, fields, undoes, how)
            for i, (one, action, fields, undoes) in enumerate(decisions, 1)
        )
        carry_out(self.case.path, Pending(made, add or {}, remove or {}))
        self._read()
        return [self._reviewed[one.draft.id] for one, *_ in decisions]

    def _tables(self, chosen: Iterable[Reviewed]) -> dict[str, Standing]:
        return {name: self._table(name) for name in sorted({one.draft.table for one in chosen})}

    def _table(self, name: str) -> Standing:
        return Standing(table_rows(self.case.path, name))

    def _problems(self, draft: DraftRow, table: Standing) -> list[Problem]:
        return problems_of(draft.row(), table, self.case.surroundings)


@dataclass
class _Deciding:
    """Holds the lock, and sees what others have decided meanwhile."""

    review: Review

    def __enter__(self) -> None:
        self._lock = writing(self.review.case.path)
        self._lock.__enter__()
        try:
            finish_pending(self.review.case.path)
            self.review.case = open_case(self.review.case.path)
            self.review._read()
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise

    def __exit__(self, *caught: object) -> None:
        self._lock.__exit__(None, None, None)


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _none_accepted(chosen: Iterable[Reviewed]) -> None:
    for one in chosen:
        if one.status == "accepted":
            raise UsageError(
                f"draft {one.draft.id} is accepted, and stands in {one.draft.table}",
                remedy=f"Take it back first: comity review --undo {one.draft.id}.",
            )


def _check_columns(draft: DraftRow, fields: Mapping[str, str]) -> None:
    free = [name for name in TABLES[draft.table] if name not in draft.fixed]
    for name in fields:
        if name not in free:
            raise UsageError(
                f"{name[:40]!r} cannot be edited", allowed=f"Of a {draft.kind}: {', '.join(free)}."
            )
