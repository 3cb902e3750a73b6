"""What kind of block each line of a text is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from comity.documents.document import Block

_TWO_SENTENCES: Final = re.compile(r"[a-z0-9”\"’)][.!?][”\"’]? [A-Z“\"]")
MOST_HEADINGS: Final = 4  # one below the other: label, title, subtitle, author
SHORT: Final = 120  # characters; a longer line is no heading
ENDS: Final = (".", "!", "?", ":", ";", ")", "”", "’", '"', "'", "…")
_REFERENCES: Final = re.compile(
    r"(references?|reference (material|list)s?|bibliography|works cited|literature( cited)?|sources|"
    r"(end|foot)?notes|further reading)\W*",
    re.IGNORECASE,
)
_CITATION: Final = re.compile(
    r"(\(\d{4}[a-z]?\)[,.:]|\b\d{4}[.,] [“\"‘'*]|\bpp?\. ?\d|\bvol\. ?\d|\bdoi\b|\bretrieved from\b)",
    re.IGNORECASE,
)
_LAST_LINK: Final = re.compile(r"(?:https?://|www\.)\S+\W*$")
_QUOTED_TITLE: Final = re.compile(r"[“\"‘][^“”\"‘’]{4,}[,.][”\"’]|[”\"’],")
_A_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST_ENTRY: Final = 600  # characters of an entry of a bibliography
_NUMBERED: Final = re.compile(r"^\s*(\[\d+\]|\d{1,3}[.)])\s+")
_LINK: Final = re.compile(r"https?://|www\.")
_ROLE: Final = (
    r"(professor|fellow|researcher|research(er)? \w+|director|lecturer|analyst|scholar|scientist|"
    r"correspondent|"
    r"columnist|journalist|intern|associate|chair|historian|economist|student|editor|advis[eo]r|expert)"
)
_BIOGRAPHY: Final = re.compile(
    rf"^(Dr\.?\s|Prof(essor|\.)?\s)?([A-Z][\w’'\-]+\.?\s+){{1,4}}(is|was|serves as|works as)\s+"
    rf"(currently\s)?(an?\s|the\s)?([\w\-]+\s){{0,6}}{_ROLE}\b|^About the authors?\b|"
    r"^This (interview|article) was (conducted|written|translated)\b"
)
_LIFE: Final = re.compile(
    r"^(He|She|They)\s+(\w+\s){0,2}(studied|received|holds|earned|teaches|was|is|has|joined|graduated)\b|"
    r"^(His|Her) (research|work|books?|publications?)\b"
)
_NOTICE: Final = re.compile(
    r"^(\W*\d+\W*|page \d+.*|publication type:.*|the views expressed\b.*|(copyright|©|all rights).*|"
    r"(tags?|topics?|share|download|print|subscribe|advertisement)\b.{0,40})$",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"\(([^()]{2,60}(/|via )[^()]{2,60}|(photo|image|credit|source):? [^()]+)\)\s*$", re.I
)
_CAPTION_MARK: Final = re.compile(
    r"^(photo|image|figure|fig\.|caption|table|map|picture)\s*\d*\s*[:.]\s*", re.I
)
_INTERVIEWS: Final = re.compile(
    r"\b((?:[A-Z][\w’'\-]+\s){1,3})(?:interviews|speaks with|talks to|talks with|spoke with|interviewed)\s+"
    r"((?:[A-Z][\w’'\-]+\s?){1,3})"
)
_QUESTIONS: Final = 2  # questions that stand alone make a text an interview
_TURN: Final = re.compile(
    r"^\s*(Q|A|Question|Answer|[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){0,2}|[A-Z]{2,4})\s*:\s"
)


def find_blocks(text: str) -> tuple[Block, ...]:
    """Divide a text into its non-empty lines and say what each is."""
    lines = [Block(0, one.start(), one.end(), "body") for one in re.finditer(r"\S[^\n]*", text)]
    lines = [replace(one, end=one.start + len(text[one.start : one.end].rstrip())) for one in lines]
    kinds = _kinds([text[one.start : one.end] for one in lines])
    blocks = [replace(one, number=i + 1, kind=kinds[i]) for i, one in enumerate(lines)]
    return tuple(_with_holders(text, blocks))


def looks_like_heading(words: str) -> bool:
    """Whether a line is short, ends like no sentence, and is written like a heading."""
    if (
        len(words) > SHORT
        or words.endswith((".", ";", ",", ":"))
        or _TWO_SENTENCES.search(words)
        or _LINK.search(words)
    ):
        return False
    parts = [one for one in re.findall(r"[^\W\d_][\w’'\-]*", words) if len(one) > 3]
    capital = sum(one[0].isupper() for one in parts)
    return len(words.split()) <= 8 or capital >= 0.6 * len(parts)


def _kinds(lines: Sequence[str]) -> list[str]:
    kinds: list[str] = []
    seen: set[str] = set()
    section = ""
    for i, line in enumerate(lines):
        bare = _bare(line)
        if _REFERENCES.fullmatch(line.strip("#*_ ")):
            section = "reference"
            kind = "notice"
        elif _NOTICE.match(line):
            kind = "notice"
        elif len(bare) > 40 and bare in seen:
            kind = "repeat"
        elif _BIOGRAPHY.match(line) and (2 * i > len(lines) or section):
            kind, section = "biography", "biography"
        elif section == "biography" and (_LIFE.match(line) or _LINK.search(line) or looks_like_heading(line)):
            kind = "biography"
        elif section == "reference":
            kind = _in_references(line)
            section = section if kind == "reference" else ""
        elif _is_citation(line):
            kind = "reference"
        elif _CREDIT.search(line) or _CAPTION_MARK.match(line):
            kind = "caption"
        elif line.endswith("?") and line.count(". ") <= 1 and (len(line) > 60 or i > 0):
            kind = "question"
        elif not line.endswith(ENDS) and looks_like_heading(line):
            kind = "title"
        else:
            kind = "body"
        seen.add(bare)
        kinds.append(kind)
    return _with_text_below(kinds)


def _with_text_below(kinds: list[str]) -> list[str]:
    """A heading has text below it: the last lines, and long runs of short lines, are no headings."""
    sure = list(kinds)
    run = 0
    for i in reversed(range(len(kinds))):
        run = run + 1 if kinds[i] == "title" else 0
        last = all(one in ("title", "notice") for one in kinds[i:])
        if kinds[i] == "title" and (last or run > MOST_HEADINGS):
            sure[i : i + run] = ["body"] * run
    return sure


def _in_references(line: str) -> str:
    """Within the list of references: an entry, or the first line after it."""
    entry = (
        _is_citation(line)
        or _NUMBERED.match(line)
        or _LINK.search(line)
        or re.search(r"\b(19|20)\d\d\b", line)
    )
    cited = _LINK.search(line) and (_NUMBERED.match(line) or _is_citation(line))
    prose = len(line) > 300 and not cited and line.count(". ") >= 3
    return "reference" if (entry or len(line) < 200) and not prose else "body"


def _is_citation(line: str) -> bool:
    """Whether a line is an entry of a bibliography; a sentence with a link in it is none."""
    marks = len(_CITATION.findall(line))
    link = _LAST_LINK.search(line)
    if len(line) >= LONGEST_ENTRY or marks >= 2 or link is None:
        return marks >= 2 and len(line) < LONGEST_ENTRY
    before = line[: link.start()].rstrip("<([ ")
    listed = bool(marks or _NUMBERED.match(line) or _QUOTED_TITLE.search(before))
    # "…, 12 May 2014, https://…" lists a link; "… is kept at https://…" speaks of it.
    led = before.endswith((",", ";", ":"))
    if led:
        return listed or bool(_A_YEAR.search(before))
    return listed and before.endswith((".", "”", '"', "*"))


def _bare(line: str) -> str:
    return re.sub(r"\s+", " ", _CAPTION_MARK.sub("", line)).strip().casefold()


def _with_holders(text: str, blocks: list[Block]) -> list[Block]:
    """In an interview, give each block its speaker: the asker's questions, the other's answers."""
    questions = [one for one in blocks if one.kind == "question"]
    named = _INTERVIEWS.search(text)
    asker, answerer = (named.group(1).strip(), named.group(2).strip()) if named else ("", "")
    turn = ""
    held = []
    for block in blocks:
        marked = _TURN.match(text[block.start : block.end])
        if marked and marked.group(1) in ("Q", "Question"):
            turn = asker or "interviewer"
        elif marked and marked.group(1) in ("A", "Answer"):
            turn = answerer or "interviewee"
        elif len(questions) >= _QUESTIONS and block.kind == "question":
            turn = asker or "interviewer"
        elif len(questions) >= _QUESTIONS and block.kind == "body":
            after = questions[0].start < block.start
            turn = (answerer or "interviewee") if after else (asker or "interviewer")
        held.append(replace(block, holder=turn if block.kind in ("question", "body") else ""))
    return held if len(questions) >= _QUESTIONS or named else blocks
