"""A form on a sheet of the open book: where its rows are, and how to take rows in and out without breaking it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.finding import frames_in
from xl_perf.core.forms.footers import is_footer
from xl_perf.core.forms.frame import Frame
from xl_perf.core.workbook.sheets import MODEL_SHEET
from xl_perf.live.host import NotHere
from xl_perf.live.reading import read_sheet
from xl_perf.sheets import form_heights

if TYPE_CHECKING:
    from xlwings import Range, Sheet

    from xl_perf.live.host import Host

_NO_FORM = "请先转到一张项目表，再按这个按钮"


class LiveBranch(NamedTuple):
    """The rows under one first level; both ends belong to it, counted from 0."""

    label: str
    first: int
    last: int


class LiveForm(NamedTuple):
    """The first form of a sheet."""

    sheet: "Sheet"
    grid: Grid
    frame: Frame

    @property
    def left(self) -> int:
        """The column of the first level."""
        return self.frame.columns["level1"].start

    @property
    def right(self) -> int:
        """The last column of the indicator table."""
        return max(span.stop for span in self.frame.columns.values()) - 1

    @property
    def table(self) -> "list[range]":
        """The columns of the indicator table right of the first level, left to right."""
        return [span for key, span in self.frame.columns.items() if span and key != "level1"]

    def branches(self) -> list[LiveBranch]:
        """The groups of the indicator table, top to bottom; one call for the last one's merged label."""
        starts = [
            row for row in self.frame.rows if not _nothing(self._cell(row, self.left)) and not self._is_footer(row)
        ]
        if not starts:
            return []
        merged = self.sheet.range((starts[-1] + 1, self.left + 1)).merge_area.shape[0]
        filled = [row for row in self.frame.rows if row >= starts[-1] and self._has_indicator(row)]
        end = max([starts[-1] + merged - 1, *filled])
        ends = [*(start - 1 for start in starts[1:]), end]
        return [
            LiveBranch(text_of(self._cell(first, self.left)), first, last)
            for first, last in zip(starts, ends, strict=True)
        ]

    def row_texts(self, row: int) -> list[Scalar]:
        """What stands in a row of the indicator table, right of the first level."""
        return [self._cell(row, column) for column in range(self.left + 1, self.right + 1)]

    def cells(self, first: int, last: int) -> "Range":
        """The cells of rows of the indicator table, right of the first level."""
        return self.sheet.range((first + 1, self.left + 2), (last + 1, self.right + 1))

    def _cell(self, row: int, column: int) -> Scalar:
        cells: Sequence[Scalar] = self.grid.rows[row] if row < len(self.grid.rows) else ()
        return cells[column] if column < len(cells) else None

    def _is_footer(self, row: int) -> bool:
        return is_footer(text_of(self._cell(row, self.left)))

    def _has_indicator(self, row: int) -> bool:
        return not self._is_footer(row) and any(not is_blank(value) for value in self.row_texts(row))


def _nothing(typed: Scalar) -> bool:
    """A single blank is a label too: it parts a group without a first level from the one above."""
    return typed is None or typed == ""


def form_of(sheet: "Sheet") -> LiveForm | None:
    """The first form on a sheet with an indicator table; None where there is none."""
    grid = read_sheet(sheet)
    frame = _first(grid)
    return None if frame is None else LiveForm(sheet, grid, frame)


def forms_of(host: "Host", book: Book) -> dict[str, LiveForm]:
    """The first form of each sheet of a book that has been read already, by sheet."""
    found = {}
    for grid in book.grids:
        frame = _first(grid)
        if frame is not None:
            found[grid.sheet] = LiveForm(host.book.sheets[grid.sheet], grid, frame)
    return found


def _first(grid: Grid) -> Frame | None:
    return next((frame for frame in frames_in(grid) if frame.table is not None and frame.is_whole), None)


def active_form(host: "Host", *, model: bool = False) -> LiveForm:
    """The form in front. Raises `NotHere` for other sheets, and for the blank form that is there to be copied."""
    sheet = host.active
    found = form_of(sheet)
    if found is None:
        raise NotHere(f"工作表“{sheet.name}”上没有项目绩效目标表", _NO_FORM)
    if not model and sheet.name == MODEL_SHEET:
        raise NotHere(f"“{MODEL_SHEET}”是留着复制的，不是项目表", _NO_FORM)
    return found


# --- rows ----------------------------------------------------------------------------------------------------------


def insert_row(live: LiveForm, block: LiveBranch, at: int, *, is_last_block: bool) -> None:
    """A blank row ``at`` (from ``block.first`` to ``block.last`` + 1), merged and styled like its neighbours.

    Rows go in between two rows of the block, so that merged labels, validations, and the ranges of formulas grow;
    at an end the content of the neighbour changes places. Reference: the sheet must be unlocked.
    """
    first, last = block.first, block.last
    if first == last:
        _double(live, block, at, is_last_block)
        return
    between = min(max(at, first + 1), last)
    _insert(live, between, like=between - 1)
    if at == first:
        _change_places(live, first, first + 1)
    elif at == last + 1:
        _change_places(live, last + 1, last)
    else:
        _merge(live, at)


def _double(live: LiveForm, block: LiveBranch, at: int, is_last_block: bool) -> None:
    """A block of one row gets its second. Below it, unless it ends the table: ranges of the whole table would end
    above the new row.
    """
    row = block.first
    new = row if is_last_block and row > live.frame.rows[0] else row + 1
    live.sheet.range(f"{new + 1}:{new + 1}").insert("down")
    old = row + 1 if new == row else row
    live.cells(old, old).copy(live.cells(new, new))
    label = live.sheet.range((old + 1, live.left + 1))
    if new == row:
        label.copy(live.sheet.range((new + 1, live.left + 1)))
        label.clear_contents()
    live.cells(row + 1, row + 1).clear_contents()
    live.sheet.range((row + 1, live.left + 1), (row + 2, live.left + 1)).merge()
    if at == row:
        _change_places(live, row, row + 1)


def _insert(live: LiveForm, at: int, like: int) -> None:
    """A whole row is inserted: it takes the look of the row above, but not its merged cells."""
    live.sheet.range(f"{at + 1}:{at + 1}").insert("down")
    height = live.sheet.range((like + 1, 1)).row_height
    live.sheet.range((at + 1, 1)).row_height = height or form_heights.INDICATOR


def _merge(live: LiveForm, row: int) -> None:
    """Merges the cells of a row that belong to one column of the table."""
    for span in live.table:
        if len(span) > 1:
            live.sheet.range((row + 1, span.start + 1), (row + 1, span.stop)).merge()


def _change_places(live: LiveForm, full: int, blank: int) -> None:
    """The content of a row goes to a blank one that is not merged yet: into merged cells LibreOffice copies nothing."""
    live.cells(full, full).copy(live.cells(blank, blank))
    live.cells(full, full).clear_contents()


def delete_row(live: LiveForm, block: LiveBranch, row: int) -> None:
    """Takes a row of the block away; what its first and second level say for the rows below stays said."""
    sheet, following = live.sheet, row + 1
    second = live.row_texts(row)[0]
    inherited = (
        following <= block.last
        and is_blank(live.row_texts(following)[0])
        and any(not is_blank(value) for value in live.row_texts(following)[1:])
    )
    head = sheet.range((block.first + 1, live.left + 1))
    label, merged = (head.value, head.merge_area.shape[0]) if row == block.first else (None, 1)
    sheet.range(f"{row + 1}:{row + 1}").delete("up")
    if label is not None:
        head = sheet.range((row + 1, live.left + 1))
        head.value = label
        if merged > 2:  # LibreOffice forgets a merge whose first row is deleted; Excel keeps it
            head.resize(merged - 1, 1).merge()
    if inherited and not is_blank(second):
        sheet.range((row + 1, live.left + 2)).value = second
