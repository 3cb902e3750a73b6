"""Walking through drafts in a terminal: the paragraph with the passage marked, the coding, one key."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from comity.cases import DecidedMeanwhileError
from comity.provenance import ComityError
from comity.workbench.output import plain, print_line

if TYPE_CHECKING:
    from comity.cases import Review, Reviewed

KEYS: Final = "a accept, e edit, r reject, s skip, u undo, q quit"
MARGIN: Final = 600  # characters of a paragraph shown on each side of a passage
MARK: Final = ("\x1b[7m", "\x1b[0m")  # reverse video
PLAIN_MARK: Final = ("»", "«")  # without colour


class Walk:
    """One reviewer's way through the open drafts.

    Every decision is kept at once, so that stopping anywhere loses nothing. Text of documents and
    drafts is shown without control characters.
    """

    def __init__(
        self,
        review: "Review",
        *,
        by: str,
        when: Callable[[], str],
        colour: bool,
        ask: Callable[[str], str] = input,
    ) -> None:
        self.review, self.by, self.when, self.ask = review, by, when, ask
        self.mark = MARK if colour else PLAIN_MARK

    def go(self, says: Callable[["Reviewed"], str]) -> None:
        """Ask about every open draft, from the first to the last, until the reviewer quits."""
        self.says = says
        waiting = [one.draft.id for one in self.review.drafts if one.status == "open"]
        place: int | None = 0
        while place is not None:
            if place >= len(waiting):
                place = self._end(waiting)
                continue
            (one,) = self.review.find(waiting[place])
            if one.status != "open":  # decided elsewhere, or by its key
                place += 1
                continue
            self._show(one, place + 1, len(waiting))
            place = self._answer(one, waiting, place)

    def _end(self, waiting: list[str]) -> int | None:
        """Say that all were shown; the last decision can still be taken back."""
        print_line("No open draft is left to show.")
        while True:
            try:
                key = self.ask("u undo, q quit > ").strip().lower()[:1]
            except EOFError:
                return None
            if key == "q":
                return None
            if key == "u":
                try:
                    return self._undo(waiting, len(waiting))
                except ComityError as error:
                    print_line(str(error))

    def _answer(self, one: "Reviewed", waiting: list[str], place: int) -> int | None:
        """Ask until there is a decision: which draft comes next, or nothing to stop."""
        while True:
            try:
                key = self.ask(f"{KEYS} > ").strip().lower()[:1]
            except EOFError:
                return None
            if key == "q":
                return None
            if key == "s":
                return place + 1
            try:
                if key in ("a", "r"):
                    decide = self.review.accept if key == "a" else self.review.reject
                    seen = {one.draft.id: one.last}
                    decide([one.draft.id], by=self.by, when=self.when(), expecting=seen)
                    return place + 1
                if key == "u":
                    return self._undo(waiting, place)
                if key == "e":
                    self._edit(one)
                    return place
            except DecidedMeanwhileError as error:
                print_line(str(error))
                return place
            except ComityError as error:
                print_line(str(error))
                continue
            print_line(f"One of: {KEYS}.")

    def _undo(self, waiting: list[str], place: int) -> int:
        """Take the reviewer's last decision back, and show its draft again."""
        (undone,) = self.review.undo(by=self.by, when=self.when())
        print_line(f"taken back: {undone.draft.id}")
        if undone.draft.id not in waiting:
            waiting.insert(place, undone.draft.id)
        return waiting.index(undone.draft.id)

    def _edit(self, one: "Reviewed") -> None:
        columns = [name for name in one.draft.fields if name not in one.draft.fixed]
        print_line(f"Columns: {', '.join(columns)}.")
        changed: dict[str, str] = {}
        while line := self._line("column=value, an empty line ends > "):
            name, sign, value = line.partition("=")
            if sign and name.strip() in columns:
                changed[name.strip()] = value.strip()
            else:
                print_line(f"No such column: {line!r}.")
        if changed:
            seen = {one.draft.id: one.last}
            self.review.edit(one.draft.id, changed, by=self.by, when=self.when(), expecting=seen)

    def _line(self, prompt: str) -> str:
        try:
            return self.ask(prompt).strip()
        except EOFError:
            return ""

    def _show(self, one: "Reviewed", number: int, of: int) -> None:
        draft = one.draft
        print_line()
        print_line(
            f"[{number} of {of}] {draft.id}: {draft.kind}, document {draft.document} ¶"
            f"{draft.fields['paragraph']}, by {draft.coder} {draft.version}, found {draft.verification}"
        )
        print(self._paragraph(one))
        print_line(self.says(one))
        for name, value in draft.fields.items():
            if value and name not in draft.fixed:
                print_line(f"  {name}: {value}")
        for remark in draft.notes:
            print_line(f"  note: {remark}")
        for told in self._told_again(one):
            print_line(f"  {told}")
        for found in self.review.problems(one):
            print_line(f"  {found.severity}: {found.message} [{found.rule}]")

    def _told_again(self, one: "Reviewed") -> list[str]:
        key, others = one.draft.key, self.review.tellings(one)
        told = [
            f"told again ({other.status}) in {other.draft.document} ¶{other.draft.fields['paragraph']}:"
            f" {self.says(other)} ({other.draft.id})"
            for other in others
        ]
        elsewhere = key and key != one.draft.id and not others
        return [*told, f"told already in the table, under {key}"] if elsewhere else told

    def _paragraph(self, one: "Reviewed") -> str:
        """Print the paragraph with the passage marked; without the text, say where it stands."""
        passage = one.draft.row().passage()
        text = self.review.case.text_of(one.draft.document)
        words = self.review.case.passage_words(passage)
        if passage is None or text is None or words is None:
            return f"  (the text of {plain(one.draft.document)} is not attached, or has changed)"
        start = text.rfind("\n", 0, passage.char_start) + 1
        end = text.find("\n", passage.char_end)
        before = text[start : passage.char_start]
        after = text[passage.char_end : end if end >= 0 else len(text)]
        left = ("… " if len(before) > MARGIN else "") + before[-MARGIN:]
        right = after[:MARGIN] + (" …" if len(after) > MARGIN else "")
        return f"{plain(left)}{self.mark[0]}{plain(words)}{self.mark[1]}{plain(right)}"
