"""A letter to a department whose workbooks are sent back: facts only, each finding with its place and remedy.

The same letter gives the same bytes.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import docx
from docx.oxml.xmlchemy import BaseOxmlElement

from xl_perf.text.typography import (
    BODY,
    CELL,
    FORM_NAME,
    LABEL,
    SMALL,
    TEXT_WIDTH,
    TINY,
    set_page,
    set_styles,
)
from xl_perf.text.word_file import finish_as
from xl_perf.text.word_table import Cell, word_table
from xl_perf.text.wordml import node, paragraph, run

_WIDTHS: Final = (28.0, 92.0, 62.0, 140.0, TEXT_WIDTH - 322.0)
_HEAD: Final = ("序号", "位置", "项目栏", "问题", "怎样改")


class ToMend(NamedTuple):
    """A line of the table: where, which field, what is wrong, how to mend it; in Chinese."""

    place: str
    field: str
    message: str
    remedy: str


class Book(NamedTuple):
    """A workbook that is sent back: a sentence on what it is, and what is to be mended in it.

    ``notes`` are further sentences below the table.
    """

    said: str
    to_mend: Sequence[ToMend]
    notes: Sequence[str] = ()


class Letter(NamedTuple):
    """What a letter says. ``to`` is the department; ``date`` as it is printed, such as 2024年3月5日."""

    title: str
    to: str
    opening: str
    books: Sequence[Book]
    reason: str
    closing: str
    date: str


def write_letter(target: Path, letter: Letter) -> None:
    """Writes the letter (.docx). Raises OSError where the target cannot be written."""
    document = docx.Document()
    set_styles(document)
    body = document.element.body
    set_page(document.sections[0])

    def place(style: str, text: str, *, with_next: bool = False) -> None:
        """With the next one on a page, where that is asked for."""
        made = paragraph(style, run(text))
        if with_next:
            made[0].append(node("keepNext"))
        body.insert(len(body) - 1, made)

    place(FORM_NAME, letter.title)
    body.insert(len(body) - 1, _set(f"{letter.to}：", "left"))
    place(BODY, letter.opening)
    if letter.reason:
        place(BODY, f"退回理由：{letter.reason}")
    for book in letter.books:
        place(BODY, book.said, with_next=bool(book.to_mend))
        if book.to_mend:
            rows = [[Cell(1, label, LABEL) for label in _HEAD]]
            rows += [_row(number, one) for number, one in enumerate(book.to_mend, 1)]
            body.insert(len(body) - 1, word_table(_WIDTHS, rows, 1).drawn())
            place(TINY, "")
        for note in book.notes:
            place(BODY, note)
    place(BODY, letter.closing, with_next=True)  # the date never stands alone
    body.insert(len(body) - 1, _set(letter.date, "right"))
    finish_as(document, letter.title, "", letter.to, target)


def _set(text: str, side: str) -> BaseOxmlElement:
    """A paragraph at one side, its first line not indented."""
    made = paragraph(BODY, run(text))
    made[0].extend([node("ind", firstLineChars=0, firstLine=0), node("jc", val=side)])
    return made


def _row(number: int, one: ToMend) -> list[Cell]:
    texts = (one.place, one.field, one.message, one.remedy)
    return [Cell(1, str(number), SMALL), *(Cell(1, text, CELL) for text in texts)]
