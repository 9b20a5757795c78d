"""What of a filled form is no form: texts behind labels in their own cells, and who signed it.

What cannot be told from what the form prints is named, cell by cell.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.grid import Area, Grid, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.filled_texts import FIRST_LABEL, TICKED, emptied, is_blank_label, is_note, is_printed
from xl_perf.core.forms.footers import is_footer, is_signing, is_total_row
from xl_perf.core.forms.form_words import FormWords
from xl_perf.core.forms.in_text import IN_TEXT
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import MONEY
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.titles import is_title, is_year_line

_MOST_NAMED: Final = 8
_LONGEST_NAMED: Final = 12
_OF_LONG_TEXTS: Final = re.compile(r"\s*\S{0,10}(?:目标|概况|概述|内容|依据|必要性|可行性|意义|简介|说明)\s*").fullmatch
"""Labels of what is said in sentences."""


def without_values(grid: Grid, sheet: FormWords) -> tuple[Grid, dict[Cell, str]]:
    """A filled form without what stands behind labels in their own cells, and what such cells print.

    Amounts of known labels stay: their numbers are where their marks are to be.
    """
    if not sheet.is_filled:
        return grid, {}
    amounts = {(one.row, one.column) for one in sheet.labels if one.key.removeprefix(IN_TEXT) in MONEY}
    costs, made = sheet.cost_rows(), {}
    for row, cells in enumerate(grid.rows):
        is_head = sheet.header is None or row < sheet.header
        for column, typed in enumerate(cells):
            at = (row, column)
            if not isinstance(typed, str) or at in amounts or at in sheet.statements or row in costs:
                continue
            is_line = is_head and (not sheet.is_list or at in sheet.words)  # a list has no place for other lines
            found = emptied(typed) if is_line or is_footer(typed) or is_signing(typed) else None
            if found is not None and is_head and not sheet.is_list and _is_long_text(sheet, at):
                found = ""
            if found is not None and not sheet.is_covered(at):
                made[at] = found
    if not made:
        return grid, {}
    rows = [list(cells) for cells in grid.rows]
    for (row, column), text in made.items():
        rows[row][column] = text
    return grid._replace(rows=rows), made


def _is_long_text(sheet: FormWords, at: Cell) -> bool:
    """A text beside 项目总目标 or 项目概况 with a colon within: all of it is content, but for known labels."""
    label = FIRST_LABEL(text_of(sheet.typed(at)))
    left = next((column for column in range(at[1] - 1, -1, -1) if not is_blank(sheet.typed((at[0], column)))), None)
    if left is None or at in sheet.words or label is None or label_key(label[0]) is not None:
        return False
    beside = text_of(sheet.typed((at[0], left)))
    is_label = _OF_LONG_TEXTS(beside) is not None and sheet.beside((at[0], left)) == at
    return is_label and not any(mark in beside for mark in ":：")


def signed_in(grid: Grid, sheet: FormWords) -> Iterator[Cell]:
    """Cells right of a label such as 经办人：, below the table, in which somebody wrote a name or a date."""
    for row in range(0 if sheet.header is None else sheet.header + 1, len(grid.rows)):
        is_behind = False
        for column, typed in enumerate(grid.rows[row]):
            if not isinstance(typed, str):
                if is_behind and not is_blank(typed):
                    yield row, column
                continue
            if is_blank(typed):
                continue
            if is_signing(typed) and typed.rstrip()[-1:] in ":：)）_＿ ":
                is_behind = True
            elif is_footer(typed) or is_printed(typed) or sheet.is_covered((row, column)):
                continue
            elif is_behind and bare(typed).text == typed.strip() and not typed.rstrip().endswith((":", "：")):
                yield row, column
            else:
                is_behind = False


def left_standing(
    sheet: FormWords, taken: Collection[Cell | None], ends: tuple[int | None, int | None]
) -> Iterator[str]:
    """A sentence on the texts of a filled form that may be contents, and stay in the 样表; none where there are none.

    ``ends`` are the row and the column in which other forms begin.
    """
    if not sheet.is_filled:
        return
    named = [f"{a1(*at)}“{text_of(sheet.typed(at))[:_LONGEST_NAMED]}”" for at in _doubtful(sheet, taken, ends)]
    if named:
        more = f"等 {len(named)} 格" if len(named) > _MOST_NAMED else ""
        cells = "、".join(named[:_MOST_NAMED])
        yield f"{cells}{more}看不出是表上印的还是填的内容，样表里还留着：是内容的请在样表里清空，否则会印进每一个项目"


def _doubtful(sheet: FormWords, taken: Collection[Cell | None], ends: tuple[int | None, int | None]) -> Iterator[Cell]:
    labels = {(one.row, one.column) for one in sheet.labels} | {*sheet.words, *sheet.doubts, *sheet.statements}
    labels |= {at for table in sheet.head_tables for at in table.headings}
    heads = {sheet.header, None if sheet.header is None else sheet.header + 1}
    bottom, right = ends
    notes = False
    for row in range(len(sheet.grid.rows) if bottom is None else bottom):
        typed_in_row = [one for one in sheet.row(row) if not is_blank(one)]
        notes = bool(typed_in_row) and (notes or is_note(text_of(typed_in_row[0])))
        for column in range(sheet.cells.width if right is None else right):
            at, typed = (row, column), sheet.typed((row, column))
            if not isinstance(typed, str) or is_blank(typed) or at in taken or sheet.is_covered(at):
                continue
            if not TICKED.isdisjoint(typed):
                yield at
            if at in labels or not TICKED.isdisjoint(typed):
                continue
            if notes or row in heads or at == sheet.line or sheet.is_copy(at) or is_printed(typed):
                continue
            if is_branch(typed) or is_total_row(typed) or is_title(typed) or is_year_line(typed) or is_footer(typed):
                continue
            if sheet.title is not None and row <= sheet.title.row:
                continue
            if text_of(typed) == sheet.first_line() or is_blank_label(typed):
                continue
            if sheet.header is not None and row > sheet.header and label_key(typed) is not None:
                continue  # the header again, over the indicators of the year
            yield at


class FilledIn:
    """Finds it on a sheet; ``area`` is the form's."""

    def __init__(self, sheet: FormWords, area: Area) -> None:
        self.sheet, self.area = sheet, area

    def cells(self, places: Sequence[Cell], rows: Sequence[int], columns: Mapping[str, range]) -> Iterator[Cell]:
        """The cells that hold what somebody filled in: no labels, and none of the levels that the form prints.

        Of a blank form there are none but those with a hint: nothing is lost that it prints.
        """
        return (cell for cell in self._cells(places, rows, columns) if not self.sheet.is_print(cell))

    def _cells(self, places: Sequence[Cell], rows: Sequence[int], columns: Mapping[str, range]) -> Iterator[Cell]:
        for cell in places:
            if self._is_filled_in(cell) and cell not in {*self.sheet.words, *self.sheet.doubts}:
                yield cell
                row, column = cell
                while self.sheet.is_copy((row, column + 1)):
                    column += 1
                    yield row, column
        for at in self.sheet.doubts:
            own = self.sheet.words.get(at)
            beside = None if own is None or own.is_in_text else self.sheet.beside(at)
            is_label = beside in self.sheet.words or beside in self.sheet.doubts
            if beside is not None and self._is_filled_in(beside) and not is_label:
                yield beside
        for table in self.sheet.head_tables:
            yield from (at for at in table.body if not (is_blank(self.sheet.typed(at)) or self.sheet.is_covered(at)))
        yield from self._of_costs()
        yield from self._of_table(rows, columns)
        if self.sheet.is_filled:
            yield from self._numbers_and_others()
            yield from signed_in(self.sheet.grid, self.sheet)

    def _is_filled_in(self, cell: Cell) -> bool:
        """Something stands there, and is no 小计 over the amounts below it."""
        typed = self.sheet.typed(cell)
        return not is_blank(typed) and not (isinstance(typed, str) and is_total_row(typed))

    def _numbers_and_others(self) -> Iterator[Cell]:
        """Of a form that somebody filled in: every number, and what stands on the sheet below and beside the form."""
        sheet = self.sheet
        top, left, bottom, right = self.area
        known = {(one.row, one.column) for one in sheet.labels}
        for row in (row for row in range(len(sheet.grid.rows)) if not counts_columns(sheet.row(row))):
            for column in range(sheet.cells.width):
                at, typed = (row, column), sheet.typed((row, column))
                is_outside = row > bottom or (row >= top and not left <= column <= right)
                is_footing = isinstance(typed, str) and (is_footer(typed) or is_signing(typed))
                if is_blank(typed) or sheet.is_covered(at) or row == sheet.header or at in known:
                    continue
                if (is_outside and not is_footing) or (at not in sheet.words and to_amount(typed) is not None):
                    yield at

    def _of_table(self, rows: Sequence[int], columns: Mapping[str, range]) -> Iterator[Cell]:
        """What stands in the table's body, in columns that are not read as well; its levels and totals are printed."""
        own = [column for span in columns.values() for column in span]
        levels = {column for key in ("level1", "level2") for column in columns.get(key) or ()}
        contents = {column for key in ("level3", "target") for column in columns.get(key) or ()} - levels
        for row in rows:
            if is_footer(next((text_of(one) for one in self.sheet.row(row) if not is_blank(one)), "")):
                return
            for column in range(min(own, default=0), self.sheet.cells.width if own else 0):
                typed = self.sheet.typed((row, column))
                is_printed = isinstance(typed, str) and (is_branch(typed) or is_total_row(typed))
                is_printed = is_printed and (column not in contents or not self.sheet.is_filled)
                is_printed = is_printed or (column in levels and not self.sheet.is_list)
                if not (is_blank(typed) or is_printed):
                    yield row, column

    def _of_costs(self) -> Iterator[Cell]:
        for row in self.sheet.cost_rows()[1:]:
            for column in range(self.sheet.cells.width):
                at = (row, column)
                if not is_blank(self.sheet.typed(at)) and at not in self.sheet.words and not self.sheet.is_covered(at):
                    yield at
