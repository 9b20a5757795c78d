"""Finds the project forms among the tables of a text: each becomes a grid that `core.forms.reader` reads.

A form may be split over several tables or share one with others; its heading may stand in a paragraph before it, and
what states the unit of its amounts before or behind it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from xl_perf.core.forms.footers import is_signing
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.titles import heading_of, is_attachment, is_year_line
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.files.guard import too_large
from xl_perf.text.blocks import Block, Note, Paragraph, Table
from xl_perf.text.flattened import passage_of
from xl_perf.text.form_grid import LONGEST_HEADING, Form, FormTables, Numbered, begins_form, keys_of
from xl_perf.text.sections import part_of, section_of

MOST_PARAGRAPHS: Final = 500_000
MOST_TABLES: Final = 20_000
"""A performance text has some hundred paragraphs, and a table for every project."""
_HEADING_REACH: Final = 8
"""How many paragraphs above a table its title may stand."""
_UNIT_REACH: Final = 4
"""How many paragraphs above a table without a title, or behind one, what states its unit may stand."""
_LONGEST_NAME: Final = 40
_MOST_NAMED: Final = 5
UNNEST: Final = "请在 Word 里把套着的表改成外面那张表的行和格，不要表中套表"
_LINE_TO_FILL: Final = re.compile(r"\s*[^:：。]{2,16}[:：](?:[\s_＿]|\Z)").match
_OF_ABOVE: Final = re.compile(r"以上|上述|上表|表[中内]|本表|[备附]?注\d*[:：]|说明[:：]")
"""A line behind a table that speaks of that table, and not of the next one."""


class Split(NamedTuple):
    """A text taken apart.

    ``paragraphs`` are those that are no headings of forms; ``breaks`` are the numbers of those before which a form
    stands, ``above`` of short lines above a form without title, which are no running text.

    ``nested`` are the numbers of tables with labels of forms that stand in cells of others with such labels.
    """

    forms: tuple[Form, ...]
    paragraphs: tuple[Numbered, ...]
    notes: tuple[Note, ...]
    breaks: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()
    nested: tuple[int, ...] = ()

    @property
    def nested_said(self) -> str:
        """That parts of a form stand in tables of their own, in Chinese; empty where none do."""
        if not self.nested:
            return ""
        named = "、".join(f"表{number}" for number in self.nested[:_MOST_NAMED])
        more = f"等 {len(self.nested)} 张" if len(self.nested) > _MOST_NAMED else ""
        return f"{named}{more}套在别的表格的格子里，套着的表读不全"


def split(blocks: Iterable[Block], *, is_signed: bool = False) -> Split:
    """Takes a text apart. Tables that continue the form above share its grid. Raises Refused beyond the limit.

    With ``is_signed`` the lines above a form's table, and those directly below it in which people sign, belong to it:
    they are printed with it.
    """
    splitter = _Splitter(is_signed=is_signed)
    for block in blocks:
        splitter.take(block)
    return splitter.finish()


class _Splitter:
    """Goes through the blocks; ``between`` are the paragraphs since the last table."""

    def __init__(self, *, is_signed: bool) -> None:
        self.is_signed = is_signed
        self.sheets: list[FormTables] = []
        self.rest: list[Numbered] = []
        self.between: list[Numbered] = []
        self.notes: list[Note] = []
        self.breaks: set[int] = set()
        self.above: set[int] = set()
        self.is_broken = False
        self.is_within_form = False
        """The last table that is not nested has labels of forms."""
        self.nested: list[int] = []
        self.paragraphs = self.tables = 0

    def take(self, block: Block) -> None:
        if self.paragraphs > MOST_PARAGRAPHS or self.tables > MOST_TABLES:
            raise too_large(f"文档超过 {MOST_PARAGRAPHS} 段或 {MOST_TABLES} 个表格，没有读取")
        if isinstance(block, Note):
            self.notes.append(block)
        elif isinstance(block, Paragraph):
            self.paragraphs += 1
            if block.text.strip():
                self.between.append((self.paragraphs, block))
        elif not any(cell.text.strip() for row in block.rows for cell in row):
            self.is_within_form &= block.is_nested
        else:
            self.tables += 1
            keys = keys_of(block)
            self.nested += [self.tables] if block.is_nested and keys and self.is_within_form else []
            self.is_within_form = self.is_within_form if block.is_nested else bool(keys)
            self._table(block)

    def finish(self) -> Split:
        self._take_units(lambda _: True)
        self._release()
        return Split(
            tuple(sheet.form() for sheet in self.sheets),
            tuple(self.rest),
            tuple(self.notes),
            frozenset(self.breaks),
            frozenset(self.above),
            tuple(self.nested),
        )

    def _table(self, table: Table) -> None:
        if not (self.sheets and self.sheets[-1].is_continued_by(table, [one for _, one in self.between])):
            self._take_units(_OF_ABOVE.search)
            heading = (_printed_above if self.is_signed else _heading)(self.between, table)
            self.between = [one for one in self.between if one not in heading]
            if begins_form(table) and not any(label_key(one.unnumbered) == "title" for _, one in heading):
                self.above.update(number for number, one in self.between[-1:] if may_be_name(one))
            self.sheets.append(FormTables(heading))
        self._release()
        self.sheets[-1].add(self.tables, table)
        self.is_broken |= self.sheets[-1].is_form

    def _take_units(self, is_of_above: Callable[[str], object]) -> None:
        """Lines close behind a form that state the unit of its amounts."""
        if self.sheets and self.sheets[-1].is_form:
            near = [one for one in self.between[:_UNIT_REACH] if label_key(one[1].unnumbered) in STATEMENTS]
            units = [one for one in near if is_of_above(one[1].text)]
            self.sheets[-1].footing += units
            self.between = [one for one in self.between if one not in units]
            while self.is_signed and self.between and is_signing(self.between[0][1].text):
                self.sheets[-1].footing.append(self.between.pop(0))
            self.sheets[-1].footing.sort(key=itemgetter(0))

    def _release(self) -> None:
        """The paragraphs since the last table are no part of a form."""
        if self.is_broken and self.between:
            self.breaks.add(self.between[0][0])
            self.is_broken = False
        self.rest += self.between
        self.between = []


def _heading(paragraphs: Sequence[Numbered], table: Table) -> list[Numbered]:
    """The title line above a table, with the line before it where the title names no project; its year and unit.

    Where the title stands in the table's first row, the line above the table.
    """
    title = _title_lines(paragraphs, table)
    behind = paragraphs[paragraphs.index(title[-1]) + 1 :] if title else ()
    years = [one for one in behind if is_year_line(one[1].unnumbered)]
    near = [one for one in paragraphs if one in behind or one in paragraphs[-_UNIT_REACH:]]
    units = [one for one in near if one not in title and label_key(one[1].unnumbered) in STATEMENTS]
    return [*title, *sorted([*years, *units])]


def _printed_above(paragraphs: Sequence[Numbered], table: Table) -> list[Numbered]:
    """All lines of a form above its table: its title and what stands between (填报单位：), 附件3 above it."""
    heading = _heading(paragraphs, table)
    first = paragraphs.index(heading[0]) if heading else len(paragraphs)
    if not heading:
        near = [at for at in range(max(first - _UNIT_REACH, 0), first) if _is_printed_line(paragraphs[at][1])]
        first = min(near, default=first)
    while first and (is_attachment(paragraphs[first - 1][1].text) or _is_printed_line(paragraphs[first - 1][1])):
        first -= 1
    lines = paragraphs[first:]
    return heading if any(len(one.text.strip()) > LONGEST_HEADING for _, one in lines) else [*lines]


def _is_printed_line(paragraph: Paragraph) -> bool:
    """A short line with something to fill in: 填报单位：    单位：万元."""
    return len(paragraph.text.strip()) <= LONGEST_HEADING and _LINE_TO_FILL(paragraph.text) is not None


def _title_lines(paragraphs: Sequence[Numbered], table: Table) -> list[Numbered]:
    first = next((cell.text for row in table.rows for cell in row if cell.text.strip()), "")
    if label_key(first) == "title" and not heading_of(first):
        return [one for one in paragraphs[-1:] if _may_be_heading(one[1])]
    for at in range(len(paragraphs) - 1, max(len(paragraphs) - _HEADING_REACH, 0) - 1, -1):
        text = paragraphs[at][1].unnumbered
        if label_key(text) == "title":
            above = paragraphs[at - 1 : at] if at and not heading_of(text) else []
            return [*(one for one in above if _may_be_heading(one[1])), paragraphs[at]]
        if section_of(text) or passage_of([0], [text]):
            break
    return []


def _may_be_heading(paragraph: Paragraph) -> bool:
    text = paragraph.unnumbered.strip()
    return paragraph.style.startswith("heading") or (
        len(text) <= LONGEST_HEADING and text[-1] not in "。；：:;" and text[0] not in "（(" and text[1:2] != "、"
    )


def may_be_name(paragraph: Paragraph) -> bool:
    """A short line that may name the project of the form below, and begins no part of the text."""
    text = paragraph.text.strip()
    is_other = "：" in text or ":" in text or part_of(text) or section_of(text)
    return len(text) <= _LONGEST_NAME and _may_be_heading(paragraph) and not is_other
