"""Files made wrong on purpose: made-up rows of every reader, mutated, packed and cut, from a seed."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.actors import Registry
from comity.events import BrokenReaderError, EventStore, load_ontology
from comity.events.counts import FileCounts
from comity.events.importing import check_format
from comity.events.readers import (
    Aside,
    Desk,
    Kept,
    LineStream,
    Mapped,
    Reader,
    Refused,
    choose_reader,
    outcomes_of,
)
from comity.events.table import EVENT_COLUMNS
from comity.provenance import ComityError

from .readers.made_up import ENTITIES, MAP, RELATIONS, TEXTS

STORED_EVERY = 25  # files between two that go through the whole store
COMITY_ROW = dict.fromkeys(EVENT_COLUMNS, "") | {
    "id": "e1", "date_start": "2020-05-01", "date_end": "2020-05-01", "precision": "day", "sender": "JPN",
    "receiver": "RUS", "event_type": "CONSULT", "event_kind": "talk", "sign": "1", "confidence": "high",
    "reciprocal": "no", "basis": "stated", "summary": "made up",
}  # fmt: skip
NASTY = (
    "", " ", "\t", "0", "-1", "NaN", "inf", "1e999", "None", "null", "'", '"', '""', ";", "|", ",", "\\",
    "=1+1", "../../etc/passwd", "2020-02-30", "99999999", "00000000", "२०२०", "Ж", "\u202e", "\ufeff", "\x0b",
    "\x1b[31m", "\x85", "\u2028", "\x00", "é" * 300, "x" * 5000, "1" * 400, "(", ")", "Police (", "((((",
    "%s%n", "{}", "10", "223", "---", "JPNGOVGOVGOVGOVGOV", "🤝", "\r", "a\rb", "<b>", "'); DROP TABLE--",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One file to be read, and the reader that is told to read it."""

    reader: Reader
    content: bytes


class Fuzzer:
    """Makes the same files from the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._random = random.Random(seed)
        for name, text in (("entity2id.txt", ENTITIES), ("relation2id.txt", RELATIONS), ("map.toml", MAP)):
            (folder / name).write_text(text, encoding="utf-8")
        comity_rows = (",".join(EVENT_COLUMNS), ",".join(COMITY_ROW.values()))
        self._seeds = {name: rows or comity_rows for name, rows in TEXTS.items()}
        self._readers = {name: self._reader(name) for name in self._seeds}

    def _reader(self, name: str) -> Reader:
        path = self.folder / "seed.txt"
        path.write_text("\n".join(self._seeds[name]), encoding="utf-8")
        if name.startswith("csv-"):
            return choose_reader("csv", [path], column_map=self.folder / "map.toml")
        return choose_reader(name, [path])

    def case(self) -> Case:
        """Make one file."""
        draw = self._random
        name = draw.choice(list(self._seeds))
        rows = list(self._seeds[name])
        header, body = rows[:1], rows[1:]
        rows = header + [draw.choice(body) for _ in range(draw.randint(0, 12))]
        for _ in range(draw.choice((0, 1, 1, 2, 3, 6))):
            rows = draw.choice((self._field, self._field, self._row, self._splice, self._lines))(rows)
        ending = draw.choice((*8 * ("\n",), "\r\n", "\r\n", "\r"))
        content = ending.join(rows).encode("utf-8", "surrogatepass")
        for _ in range(draw.choice((0, 0, 0, 1, 2))):
            content = draw.choice((self._flip, self._cut, self._insert, self._repeat))(content)
        return Case(self._readers[name], self._packed(content))

    def _field(self, rows: list[str]) -> list[str]:
        draw = self._random
        place = (
            draw.randrange(len(rows))
            if draw.random() < 0.1
            else max(len(rows) - 1, 0) and draw.randrange(1, len(rows))
        )
        separator = "\t" if "\t" in rows[place] else ","
        fields = rows[place].split(separator)
        at = draw.randrange(len(fields))
        other = draw.choice(fields)
        fields[at] = draw.choice(
            (draw.choice(NASTY), draw.choice(NASTY), other, fields[at] * 2, fields[at][:-1])
        )
        return [*rows[:place], separator.join(fields), *rows[place + 1 :]]

    def _row(self, rows: list[str]) -> list[str]:
        draw = self._random
        place = draw.randrange(len(rows))
        row = rows[place]
        cut, spaced = row[: len(row) // 2], row.replace("\t", " ", 1)
        changed = draw.choice((f"{row}\t", f"{row},", spaced, cut, "", rows[0], row * 2, "x" * 70_000))
        return [*rows[:place], changed, *rows[place + 1 :]]

    def _splice(self, rows: list[str]) -> list[str]:
        other = self._seeds[self._random.choice(list(self._seeds))]
        place = self._random.randrange(len(rows) + 1)
        return [*rows[:place], self._random.choice(other), *rows[place:]]

    def _lines(self, rows: list[str]) -> list[str]:
        draw = self._random
        return draw.choice(
            (
                rows * 3,
                rows[::-1],
                rows[1:] or rows,
                ["", *rows],
                [*rows, "", ""],
                ["\ufeff" + rows[0], *rows[1:]],
            )
        )

    def _flip(self, content: bytes) -> bytes:
        changed = bytearray(content or b"\n")
        for _ in range(self._random.randint(1, 4)):
            changed[self._random.randrange(len(changed))] = self._random.randrange(256)
        return bytes(changed)

    def _cut(self, content: bytes) -> bytes:
        return content[: self._random.randrange(len(content) + 1)]

    def _insert(self, content: bytes) -> bytes:
        place = self._random.randrange(len(content) + 1)
        what = self._random.choice(
            (b"\0", b"\xe9", b"\xff\xfe", b"\r", b"\n", b'"', b"\xed\xa0\x80", b"\x1f\x8b")
        )
        return content[:place] + what + content[place:]

    def _repeat(self, content: bytes) -> bytes:
        start = self._random.randrange(len(content) + 1)
        return content + content[start : start + 4000] * self._random.randint(1, 20)

    def _packed(self, content: bytes) -> bytes:
        draw = self._random
        pack: Callable[[bytes], bytes] = draw.choice((*5 * (bytes,), _gzip, self._zip))
        content = pack(content)
        if pack is not bytes and draw.random() < 0.3:
            content = draw.choice((self._flip, self._cut, _gzip, self._zip))(content)
        return content

    def _zip(self, content: bytes) -> bytes:
        draw = self._random
        packed = io.BytesIO()
        name = draw.choice(
            ("a.txt", "a.txt", "a.txt", "../a.txt", "/a.txt", "a\\b.txt", "C:a.txt", "folder/a.txt")
        )
        with zipfile.ZipFile(packed, "w", draw.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
            archive.writestr(zipfile.ZipInfo(name), content)
            if draw.random() < 0.1:
                archive.writestr(zipfile.ZipInfo("b.txt"), content)
        return packed.getvalue()


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def try_file(case: Case, path: Path, registry: Registry, *, stored: bool = False) -> str:
    """Read one file and check what comes of it; gives `refused` with the error's name, or `read`.

    Raises
    ------
    AssertionError : totals that do not add up, or a row in the store that its file does not hold
    """
    path.write_bytes(case.content)
    try:
        if stored:
            report = EventStore(path.parent / "data").import_files(case.reader, [path], registry)
            assert (
                report.accepted + sum(report.set_aside.values()) + sum(report.refused.values()) == report.rows
            )
        else:
            check_format(case.reader, path)
            _check(case.reader, path, registry)
    except BrokenReaderError as error:
        raise AssertionError(str(error)) from error
    except ComityError as error:
        return type(error).__name__
    return "read"


def _check(reader: Reader, path: Path, registry: Registry) -> None:
    ontology = load_ontology()
    stream = LineStream(path, lenient=reader.lenient)
    lines: dict[int, str] = {}

    def noted():
        for number, line in stream:
            lines[number] = line
            yield number, line

    counts, last = FileCounts(), 0
    desk, series = Desk(registry, ontology), reader.series(path.name)
    for outcome in outcomes_of(reader, noted(), desk, series, name=path.name):  # accounts for every line
        assert outcome.line > last, "one outcome a row, in order"
        last = outcome.line
        counts.rows += 1
        if isinstance(outcome, Refused):
            counts.refuse(outcome)
        elif isinstance(outcome, Aside):
            counts.set_aside[outcome.reason] += 1
        else:
            pairs = (outcome,) if isinstance(outcome, Kept) else outcome.pairs
            assert pairs
            counts.count(max(pair.side for pair in pairs), pairs[0].day, pairs[0].day)
            for pair in pairs:
                _check_pair(pair, reader, lines[outcome.line], registry)
    report = counts.report(path.name, stream.sha256, "imported")
    assert report.accepted + sum(report.set_aside.values()) + sum(report.refused.values()) == report.rows
    assert counts.rows <= len(lines)


def _check_pair(pair: Kept, reader: Reader, line: str, registry: Registry) -> None:
    """Hold a kept row against its line: nothing may be in the store that the file does not say."""
    assert pair.sender is None or pair.sender in registry
    assert pair.receiver is None or pair.receiver in registry
    assert not (pair.sender and pair.sender == pair.receiver)
    assert -10 <= pair.weight <= 10
    assert pair.sign in (-1, 0, 1)
    assert pair.kind in ("talk", "institutions", "deeds")
    assert 0 < pair.share <= 1
    assert 0 <= pair.id < 2**64
    assert (
        date(1900, 1, 1).toordinal()
        <= pair.day + date(1970, 1, 1).toordinal()
        <= date(2101, 1, 1).toordinal()
    )
    if isinstance(reader, Mapped) or reader.id.startswith(("tkg", "comity")):
        return  # several lines a row, ids for names, or names in other words
    assert pair.cameo_code in line
    for name in (pair.sender_name, pair.receiver_name):
        assert name.split(" [")[0].casefold() in line.casefold()
