"""The comments part of a sheet (ECMA-376 Part 1, 18.7): a new one, or one that keeps what it has and gets more."""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from html import unescape
from itertools import takewhile
from typing import Final
from xml.sax.saxutils import escape

from xl_perf.files.ooxml_package import MAIN
from xl_perf.sheets.texts import valid
from xl_perf.written.notes.xml_edit import ByteRange, Editor, spans

AUTHOR: Final = "xl-perf"
_PARTED: Final = "\n————————\n"
_NEW: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{main}"><authors/><commentList/></comments>'
)

_NOTE: Final = re.compile(
    rf"(?:\A|{_PARTED})(?:[A-Z]+[0-9]+（那里已有批注会话）：\n)?【(?:错误|警告|提示) [A-Z][0-9]{{3}}】"
)
"""How our notes begin: the whole comment, or behind a person's own."""
MENDED: Final = "上次标注的问题已经没有了。"

Notes = Mapping[str, str]
"""Texts by the cell's name, such as ``C3``."""


def with_notes(part: bytes | None, notes: Notes, main: str = MAIN) -> tuple[bytes, set[str]]:
    """The part with the notes, and the cells that had no comment before.

    A cell's own comment stays as it is and is followed by the note. ``main`` is the sheet's namespace.
    """
    part = _NEW.format(main=main).encode() if part is None else part
    found = spans(part)
    prefix = found[0].prefix
    edit = Editor(part)
    authors = next(span for span in found if span.local == "authors")
    number = sum(span.local == "author" for span in found)
    edit.append_in(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>")
    there = {span.attributes.get("ref", ""): span for span in found if span.local == "comment"}
    for cell, comment in there.items():
        if cell in notes:
            inside = _inside(found, comment)
            _extend(edit, inside, f"{_PARTED if _said(part, inside) else ''}{notes[cell]}")
    fresh = [cell for cell in notes if cell not in there]
    comments = "".join(
        f'<{prefix}comment ref="{cell}" authorId="{number}"><{prefix}text>{_run(prefix, notes[cell])}'
        f"</{prefix}text></{prefix}comment>"
        for cell in fresh
    )
    edit.append_in(next(span for span in found if span.local == "commentList"), comments)
    return edit.result(), set(fresh)


def without_notes(part: bytes, again: Collection[str]) -> bytes:
    """The part without the notes of an earlier marking, whose cells say that they are mended.

    ``again`` are the cells that get a note now: of these nothing is left but a person's own comment.
    """
    found = spans(part)
    edit = Editor(part)
    for comment in found:
        if comment.local != "comment":
            continue
        inside = _inside(found, comment)
        note = _NOTE.search(_said(part, inside))
        if note is not None:
            text = next(span for span in inside if span.local == "text")
            own = note.string[: note.start()]
            left = own or ("" if comment.attributes.get("ref") in again else MENDED)
            edit.replace(text.inner, text.inner_end, _run(text.prefix, left))
    return edit.result()


def _inside(found: list[ByteRange], comment: ByteRange) -> list[ByteRange]:
    """What stands in a comment; ``found`` is in the order of start tags, and may hold many thousand comments."""
    first = bisect_right(found, comment.start, key=lambda span: span.start)
    behind = (found[at] for at in range(first, len(found)))
    return list(takewhile(lambda span: span.start < comment.end, behind))


def _said(part: bytes, inside: list[ByteRange]) -> str:
    """What a comment says, of whatever runs it consists."""
    texts = (part[span.inner : span.inner_end].decode() for span in inside if span.local == "t")
    return unescape("".join(texts)).replace("\r\n", "\n").replace("_x000D_\n", "\n")


def threads(part: bytes) -> set[str]:
    """The cells whose comment is a conversation: Excel shows that instead of what stands in this part.

    Its author is called ``tc=`` and the id of the first comment of the conversation (CT_ThreadedComment, [MS-XLSX]
    2.6.205, in a part of its own).
    """
    found = spans(part)
    authors = [part[span.inner : span.inner_end] for span in found if span.local == "author"]
    numbers = {str(number) for number, name in enumerate(authors) if name.strip().startswith(b"tc=")}
    return {
        span.attributes.get("ref", "")
        for span in found
        if span.local == "comment" and span.attributes.get("authorId") in numbers
    }


def _run(prefix: str, text: str) -> str:
    return f'<{prefix}r><{prefix}t xml:space="preserve">{escape(valid(text))}</{prefix}t></{prefix}r>'


def _extend(edit: Editor, inside: list[ByteRange], note: str) -> None:
    """Puts the note behind the comment's own runs; a plain text, which may not stand beside runs, becomes one."""
    text = next(span for span in inside if span.local == "text")
    for span in inside:
        if span.local == "t" and span.depth == text.depth + 1:
            edit.insert(span.start, f"<{text.prefix}r>")
            edit.insert(span.end, f"</{text.prefix}r>")
    phonetic = [span.start for span in inside if span.local in {"rPh", "phoneticPr"} and span.depth == text.depth + 1]
    run = _run(text.prefix, note)
    if phonetic:
        edit.insert(min(phonetic), run)
    else:
        edit.append_in(text, run)
