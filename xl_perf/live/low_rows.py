"""Rows that are too low for what stands in them are made higher; no row is made lower, and other people's books stay.

Merged cells never fit themselves. Reading a row's height costs a call: only rows with long texts are asked.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.finding import frames_in
from xl_perf.core.forms.frame import Frame
from xl_perf.core.workbook.sheets import COVER_SHEET, GOALS_SHEET, MODEL_SHEET, OTHER_SHEETS
from xl_perf.live.cover import rows_of_list
from xl_perf.live.forms import form_of, forms_of, is_whole
from xl_perf.live.heights import fit, texts_of
from xl_perf.live.merged import area_at
from xl_perf.live.protection import Locked, unlocked
from xl_perf.live.reading import book_of, is_own, read_sheet
from xl_perf.sheets import cover_heights, form_heights, goals_heights
from xl_perf.sheets.texts import HIGHEST

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_ENOUGH: Final = 1.0
"""Points by which a row may be lower than what its text needs: programs round heights."""
Needed = Mapping[int, float]
"""The heights that rows need, from 0."""


def raise_rows(host: "Host", book: Book, only: Collection[str] | None = None) -> None:
    """Of the forms, 整体绩效目标 and 首页, or of some sheets; those with somebody's own password are left."""
    if not is_own(host.book):
        return
    forms = {grid.sheet: [frame for frame in frames_in(grid, host.kinds) if is_whole(frame)] for grid in book.grids}
    printed = {text for grid in book.grids if grid.sheet == MODEL_SHEET for text in _texts_on(grid, forms[MODEL_SHEET])}
    for grid in book.grids:
        if only is not None and grid.sheet not in only:
            continue
        for frame in forms[grid.sheet]:
            needed = needed_by(frame, grid, printed if grid.sheet != MODEL_SHEET else ())
            if needed:
                _raise(host.book.sheets[grid.sheet], needed)
        if grid.sheet == GOALS_SHEET:
            raise_goals(host.book.sheets[grid.sheet], grid)
        elif grid.sheet == COVER_SHEET:
            _raise(host.book.sheets[grid.sheet], _needed_on_cover(grid))


def raise_in_front(host: "Host") -> None:
    """Of the form in front, of 整体绩效目标 or 首页: alone of the whole book, so that no press has to wait for it."""
    if not is_own(host.book):
        return
    sheet = host.active
    name = sheet.name
    if name == GOALS_SHEET:
        raise_goals(sheet, read_sheet(sheet, host.kinds))
    elif name == COVER_SHEET:
        _raise(sheet, _needed_on_cover(read_sheet(sheet)))
    elif name not in OTHER_SHEETS:
        live = form_of(host, sheet)
        if live is not None:
            _raise(sheet, needed_by(live.frame, live.grid))


def fit_all(host: "Host") -> str:
    """Fits every form as 调整行高 does, and raises rows elsewhere; says what could not be reached."""
    book = book_of(host)
    forms = [live for live in forms_of(host, book).values() if live.is_whole and not live.grid.hidden]
    locked: list[str] = []
    for live in forms:
        try:
            with unlocked(live.sheet):
                fit(live)
        except Locked:
            locked.append(live.sheet.name)
    raise_rows(host, book)
    said = f"已调整 {len(forms) - len(locked)} 张项目表的行高。"
    if locked:
        said += f"\n工作表 {'、'.join(locked)} 设有密码保护，没有调整。要调整请先在“审阅”中撤消保护，再按一次。"
    return said


def needed_by(frame: Frame, grid: Grid, printed: Collection[tuple[Area, str]] = ()) -> Needed:
    """What the texts of a form need, in columns as broad as the template's; rows where one line does are left out.

    ``printed`` are texts with their cells that stand so on 空白表: they have their room in every copy of it.
    """
    widths, is_own = frame.kind.sheet_widths, frame.kind.own_sheet is not None
    of_text = form_heights.of_own_text if is_own else form_heights.of_text
    enough = of_text("", 1) if is_own else form_heights.INDICATOR
    needed: dict[int, float] = {}
    for area, text in texts_of(frame, grid):
        if (area, text) in printed:
            continue
        row, left, _, right = area
        height = of_text(text, sum(widths[left : right + 1]) - form_heights.INDENT)
        if height > enough:
            needed[row] = max(height, needed.get(row, 0))
    return needed


def _texts_on(grid: Grid, frames: Iterable[Frame]) -> Iterable[tuple[Area, str]]:
    return (one for frame in frames for one in texts_of(frame, grid))


def raise_goals(sheet: "Sheet", grid: Grid) -> None:
    """The rows of 整体绩效目标; what a merged text lacks is shared by its rows."""
    areas: list[tuple[Area, float]] = []
    for row, column, text in _long_texts(grid.rows):
        top, left, bottom, right = area_at(sheet, row, column)
        areas.append(((top, left, bottom, right), goals_heights.of_text(text, left, right)))
    rows = {row: _height(sheet, row) for (top, _, bottom, _), _ in areas for row in range(top, bottom + 1)}
    if rows:
        least = [rows.get(row, 0.0) for row in range(max(rows) + 1)]
        lacking = [(area, height) for area, height in areas if sum(least[area[0] : area[2] + 1]) < height - _ENOUGH]
        spread = form_heights.spread(least, lacking)
        _raise(sheet, {row: spread[row] for row in rows if spread[row] > rows[row]})


def _long_texts(rows: Iterable[Iterable[Scalar]]) -> Iterable[tuple[int, int, str]]:
    """Texts that need more than one line in their own column."""
    last = len(goals_heights.WIDTHS) - 1
    for row, cells in enumerate(rows):
        for column, typed in enumerate(cells):
            text = typed if column <= last and isinstance(typed, str) else ""
            if goals_heights.of_text(text, column, column) > goals_heights.LEAST:
                yield row, column, text


def _needed_on_cover(grid: Grid) -> Needed:
    first, last = cover_heights.SHEET, cover_heights.NAME
    heights = {
        row: cover_heights.of_project(*map(text_of, cells[first : last + 1]))
        for row, cells in rows_of_list(grid)
        if len(cells) > last
    }
    return {row: height for row, height in heights.items() if height > cover_heights.LEAST}


def _raise(sheet: "Sheet", needed: Needed) -> None:
    low = {row: height for row, height in needed.items() if _height(sheet, row) < min(height, HIGHEST) - _ENOUGH}
    if low:
        with suppress(Locked), unlocked(sheet):
            for row, height in low.items():
                sheet.range((row + 1, 1)).row_height = min(height, HIGHEST)


def _height(sheet: "Sheet", row: int) -> float:
    return sheet.range((row + 1, 1)).row_height or 0.0
