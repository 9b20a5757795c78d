"""A form on a sheet of the open book: where its rows are, and how to take rows in and out without breaking it."""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.cells.grid import Area, Book, Grid, Scalar, a1
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.finding import forms_on, frames_in
from xl_perf.core.forms.footers import is_footer
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.indicators import ends_table
from xl_perf.core.forms.unit_of_amount import with_format
from xl_perf.core.forms.units import AmountUnit
from xl_perf.core.workbook.sheets import MODEL_SHEET
from xl_perf.live.host import NotHere
from xl_perf.live.reading import read_sheet
from xl_perf.sheets import form_heights
from xl_perf.sheets.form_names import panel_of
from xl_perf.sheets.last_year import is_of_last_year

if TYPE_CHECKING:
    from xlwings import Range, Sheet

    from xl_perf.live.host import Host

BY_HAND = (
    "请直接填写：新项目接着写在最后一个项目下面的空行；给项目加一个指标，在它中间插入一行，只填指标；"
    "不要的行，清空或者删除（先在“审阅”中撤消保护）"
)
"""What to do in a list of projects instead of pressing a button."""
_NO_FORM = "请先转到一张项目表，再按这个按钮"


class LiveBranch(NamedTuple):
    """The rows under one first level; both ends belong to it, counted from 0."""

    label: str
    first: int
    last: int


class LiveForm(NamedTuple):
    """A form of a sheet."""

    sheet: "Sheet"
    grid: Grid
    frame: Frame

    @property
    def is_whole(self) -> bool:
        """It has an indicator table with every column that its kind demands."""
        return is_whole(self.frame)

    @property
    def left(self) -> int:
        """The first column of the first level; of a table without first levels its first column."""
        return self.frame.columns["level1"].start if self.has_first_levels else self.inner

    @property
    def inner(self) -> int:
        """The first column right of the first level."""
        return self.frame.columns["level1"].stop if self.has_first_levels else self.table[0].start

    @property
    def has_first_levels(self) -> bool:
        """Its table has a column for them."""
        return bool(self.frame.columns["level1"])

    @property
    def right(self) -> int:
        """The last column of the indicator table."""
        return max(columns.stop for columns in self.frame.columns.values()) - 1

    @property
    def table(self) -> "list[range]":
        """The columns of the indicator table right of the first level, left to right."""
        return table_of(self.frame)

    @property
    def goals(self) -> "Sequence[Slot]":
        """The rows of goals: with their numbers, else as the kind has them."""
        kind = self.frame.kind
        found = self.frame.goals or (() if kind.numbers_goals else self.frame.unnamed_goals)
        if kind.own_sheet is None or not kind.own_sheet.goals:
            return found
        first = kind.own_sheet.goals[0].area[0]  # above it stand headings of the part: 年度目标
        return [slot for slot in found if slot.blank[0] >= first]

    @property
    def has_goals_beside(self) -> bool:
        """Several goals stand in one row: 长期目标 beside 年度目标."""
        rows = [slot.rows[0] for slot in self.goals]
        return len(set(rows)) < len(rows)

    def cell_of(self, key: str) -> str | None:
        """The name of the cell in which a field's value belongs; None where the form has none."""
        slot = self.frame.slot(key)
        return None if slot is None else a1(*slot.blank)

    def unit_at(self, key: str, row: int, column: int) -> AmountUnit:
        """What a number counts in that stands in a cell as one of the amounts."""
        unit = self.frame.units[key]
        code = self.grid.formats.get((row, column))
        return unit if code is None else with_format(unit, code, self.grid.rows[row][column])

    def note(self, row: int) -> "Range":
        """The cell right of the form in which a form of ours says something about the row."""
        kind = self.frame.kind
        left = 0 if kind.own_sheet else self.frame.area[1]
        return self.sheet.range((row + 1, left + panel_of(kind) + 1))

    def branches(self) -> list[LiveBranch]:
        """The groups of the indicator table, top to bottom; one call for the last one's merged label."""
        if not self.has_first_levels:
            return self._whole_table()
        starts = [
            row for row in self.frame.rows if not _nothing(self.cell(row, self.left)) and not self._is_footer(row)
        ]
        if not starts:
            return []
        merged = self.sheet.range((starts[-1] + 1, self.left + 1)).merge_area.shape[0]
        filled = [row for row in self.frame.rows if row >= starts[-1] and self._has_indicator(row)]
        end = max([starts[-1] + merged - 1, *filled])
        ends = [*(self._last_row(first, following - 1) for first, following in pairwise(starts)), end]
        return [
            LiveBranch(text_of(self.cell(first, self.left)), first, last)
            for first, last in zip(starts, ends, strict=True)
        ]

    def _last_row(self, first: int, end: int) -> int:
        """The last row of a group: above the header of a further table, and what stands over that."""
        rows = (row for row in self.frame.rows if first < row <= end)
        together = takewhile(
            lambda found: found[0] == found[1] and not self._has_left(found[1]), enumerate(rows, first + 1)
        )
        return max((row for row, _ in together), default=first)

    def _has_left(self, row: int) -> bool:
        """Something stands left of the table in a row."""
        return any(not is_blank(self.cell(row, column)) for column in range(self.frame.area[1], self.left))

    def _whole_table(self) -> list[LiveBranch]:
        """All rows of a table without first levels: those that say something, and as many as the 样表 has."""
        rows = list(takewhile(lambda row: not self._is_below(row), self.frame.rows))
        if not rows:
            return []
        own = self.frame.kind.own_sheet
        printed = 1 if own is None else own.tables[0].rows
        filled = [row for row in rows if self._has_indicator(row)]
        return [LiveBranch("", rows[0], max([*filled, min(rows[0] + printed - 1, rows[-1])]))]

    def _is_below(self, row: int) -> bool:
        """Another part of the form begins in a row: its name stands left of the table, or a footer."""
        texts = (text_of(self.cell(row, column)).strip() for column in range(self.frame.area[1], self.left))
        return self._is_footer(row) or any(text and ends_table(text, ()) for text in texts)

    def row_texts(self, row: int) -> list[Scalar]:
        """What stands in a row of the indicator table, right of the first level."""
        return [self.cell(row, column) for column in range(self.inner, self.right + 1)]

    def second_level(self, row: int) -> Scalar:
        """What stands in a row as the second level."""
        columns = self.frame.columns["level2"]
        return self.cell(row, columns.start) if columns else None

    def has_more(self, row: int) -> bool:
        """A row says more than its first and second level."""
        first, others = self.frame.columns["level2"].stop or self.inner, range(self.inner, self.right + 1)
        return any(not is_blank(self.cell(row, column)) for column in others if column >= first)

    def cells(self, first: int, last: int) -> "Range":
        """The cells of rows of the indicator table, right of the first level."""
        return self.sheet.range((first + 1, self.inner + 1), (last + 1, self.right + 1))

    def labels(self, first: int, last: int) -> "Range":
        """The cells of the first level in rows of the indicator table."""
        return self.sheet.range((first + 1, self.left + 1), (last + 1, self.inner))

    def merge_labels(self, first: int, last: int) -> None:
        """One label of the first level covers these rows; there is none in a table without first levels."""
        if not self.has_first_levels:
            return
        labels = self.labels(first, last)
        if self.inner - self.left > 1:
            labels.unmerge()  # LibreOffice makes no merged cells part of larger ones
        if len(labels) > 1:
            labels.merge()

    def cell(self, row: int, column: int) -> Scalar:
        """What stood in a cell when the form was read."""
        cells: Sequence[Scalar] = self.grid.rows[row] if row < len(self.grid.rows) else ()
        return cells[column] if column < len(cells) else None

    def _is_footer(self, row: int) -> bool:
        """A line below the form begins in the first level's column, or left of it."""
        return any(is_footer(text_of(self.cell(row, column))) for column in range(self.frame.area[1], self.left + 1))

    def _has_indicator(self, row: int) -> bool:
        return not self._is_footer(row) and any(not is_blank(value) for value in self.row_texts(row))


def is_whole(frame: Frame) -> bool:
    """A form with an indicator table that has every column its kind demands."""
    return frame.table is not None and frame.is_whole


def table_of(frame: Frame) -> list[range]:
    """The columns of the indicator table right of the first level, left to right."""
    inner = (columns for key, columns in frame.columns.items() if columns and key != "level1")
    return sorted(inner, key=lambda columns: columns.start)


def _nothing(typed: Scalar) -> bool:
    """A single blank is a label too: it parts a group without a first level from the one above."""
    return typed is None or typed == ""


def form_of(host: "Host", sheet: "Sheet") -> LiveForm | None:
    """The first whole form on a sheet; None where there is none."""
    grid = read_sheet(sheet, host.kinds)
    forms = (LiveForm(sheet, grid, frame) for frame in frames_in(grid, host.kinds))
    return next((live for live in forms if live.is_whole), None)


def forms_of(host: "Host", book: Book) -> dict[tuple[str, Area], LiveForm]:
    """The forms of a book that has been read already, by their sheets and areas."""
    return {
        (grid.sheet, frame.area): LiveForm(host.book.sheets[grid.sheet], grid, frame)
        for grid in book.grids
        for frame in frames_in(grid, host.kinds)
    }


def active_form(host: "Host", *, model: bool = False) -> LiveForm:
    """The form in front. Raises `NotHere` for other sheets, and for the blank form that is there to be copied."""
    sheet = host.active
    found = form_of(host, sheet)
    if found is None:
        _refuse_list(host, sheet)
        raise NotHere(f"工作表“{sheet.name}”上没有项目绩效目标表", _NO_FORM)
    if not model and sheet.name == MODEL_SHEET:
        raise NotHere(f"“{MODEL_SHEET}”是留着复制的，不是项目表", _NO_FORM)
    return found


def _refuse_list(host: "Host", sheet: "Sheet") -> None:
    """Raises `NotHere` on a list of projects, where people type rows by hand."""
    if any(one.kind.own_sheet is not None for one in forms_on(read_sheet(sheet, host.kinds), host.kinds)[0].lists):
        raise NotHere(f"“{sheet.name}”是一行一个指标的清单，这个按钮用不上", BY_HAND)


# --- rows ----------------------------------------------------------------------------------------------------------


def insert_row(live: LiveForm, branch: LiveBranch, at: int, *, is_last: bool) -> None:
    """A blank row ``at`` (from ``branch.first`` to ``branch.last`` + 1), merged and styled like its neighbours.

    Rows go in between two rows of the branch, so that merged labels, validations, and the ranges of formulas grow;
    at an end the content of the neighbour changes places. The sheet must be unlocked. ``is_last``: of the table.
    """
    first, last = branch.first, branch.last
    if first == last:
        _double(live, first, at, is_last=is_last)
        return
    between = min(max(at, first + 1), last)
    _insert(live, between, like=between - 1)
    if at == first:
        _change_places(live, first, first + 1)
    elif at == last + 1:
        _change_places(live, last + 1, last)
    else:
        _merge(live, at)


def _double(live: LiveForm, row: int, at: int, *, is_last: bool) -> None:
    """A branch of one row gets its second. Below it, unless it ends the table: ranges of the whole table would end
    above the new row.
    """
    new = row if is_last and row > live.frame.rows[0] else row + 1
    live.sheet.range(f"{new + 1}:{new + 1}").insert("down")
    old = row + 1 if new == row else row
    live.cells(old, old).copy(live.cells(new, new))
    if new == row and live.has_first_levels:
        label = live.labels(old, old)
        label.copy(live.labels(new, new))
        label.clear_contents()
    if new == row:
        _move_note(live, old, new)
    live.cells(row + 1, row + 1).clear_contents()
    live.merge_labels(row, row + 1)
    if at == row:
        _change_places(live, row, row + 1)


def _insert(live: LiveForm, at: int, like: int) -> None:
    """A whole row is inserted: it takes the look of the row above, but not its merged cells."""
    live.sheet.range(f"{at + 1}:{at + 1}").insert("down")
    height = live.sheet.range((like + 1, 1)).row_height
    live.sheet.range((at + 1, 1)).row_height = height or form_heights.INDICATOR


def _merge(live: LiveForm, row: int) -> None:
    """Merges the cells of a row that belong to one column of the table."""
    for columns in live.table:
        if len(columns) > 1:
            live.sheet.range((row + 1, columns.start + 1), (row + 1, columns.stop)).merge()


def _change_places(live: LiveForm, full: int, blank: int) -> None:
    """The content of a row goes to a blank one that is not merged yet: into merged cells LibreOffice copies nothing."""
    live.cells(full, full).copy(live.cells(blank, blank))
    live.cells(full, full).clear_contents()
    _move_note(live, full, blank)


def _move_note(live: LiveForm, old: int, new: int) -> None:
    """Last year's target stays beside its indicator."""
    note = live.note(old)
    if is_of_last_year(note.value):
        note.copy(live.note(new))
        note.clear_contents()


def delete_row(live: LiveForm, branch: LiveBranch, row: int) -> None:
    """Takes a row of the branch away; what its first and second level say for the rows below stays said."""
    sheet, following = live.sheet, row + 1
    second = live.second_level(row)
    inherited = following <= branch.last and is_blank(live.second_level(following)) and live.has_more(following)
    label, merged = None, 1
    if row == branch.first and live.has_first_levels:
        head = live.labels(row, row)[0]
        label, merged = head.value, head.merge_area.shape[0]
    sheet.range(f"{row + 1}:{row + 1}").delete("up")
    if label is not None:
        live.labels(row, row)[0].value = label
        # LibreOffice forgets a merge whose first row is deleted; Excel keeps it.
        live.merge_labels(row, row + max(merged - 2, 0))
    if inherited and not is_blank(second):
        sheet.range((row + 1, live.frame.columns["level2"].start + 1)).value = second
