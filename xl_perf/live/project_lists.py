"""Lists of projects in the open book: what of a list follows by itself is kept in order, whatever rows people put in.

Beside each row stands the number of its project (`sheets.list_sheet`), and 首页 has a row for each number.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.grid import CellLine, Grid
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.list_frame import ListFrame
from xl_perf.core.forms.target_lists import read_list
from xl_perf.core.workbook.sheets import LIST_SHEET, MODEL_SHEET
from xl_perf.live import cover
from xl_perf.live.protection import unlocked
from xl_perf.live.reading import read_sheet
from xl_perf.sheets.list_formulas import RowFormulas

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_OWN: Final = re.compile(rf"{LIST_SHEET}\d*")
_NUMBERED: Final = re.compile(r"=IF\(TRIM\(")
_PLACE: Final = re.compile(r"MATCH\(\d+,")


class LiveList(NamedTuple):
    """A list of projects on a sheet; ``numbers`` is the column with their numbers, from 0."""

    sheet: "Sheet"
    grid: Grid
    cells: CellLine
    frame: ListFrame
    numbers: int


def list_on(grid: Grid, kinds: Kinds) -> ListFrame | None:
    """The list of an office's own kind on a sheet; None where there is none."""
    lists = forms_on(grid, kinds)[0].lists
    return next((one for one in lists if one.kind.own_sheet is not None), None)


def is_own_list(sheet: str) -> bool:
    """A sheet that we name so."""
    return _OWN.fullmatch(sheet) is not None


def lists_in(host: "Host") -> Iterator[LiveList]:
    """The lists of the book, which stand on sheets of ours."""
    for name in host.sheet_names:
        if is_own_list(name):
            sheet = host.book.sheets[name]
            grid = read_sheet(sheet, host.kinds)
            frame = list_on(grid, host.kinds)
            if frame is not None and frame.kind.own_sheet is not None:
                yield LiveList(sheet, grid, CellLine(grid.rows), frame, frame.kind.own_sheet.width)


def has_list_only(host: "Host") -> str:
    """The sheet with the list of a book in which there is no form to be copied; empty for any other book."""
    names = host.sheet_names
    return "" if MODEL_SHEET in names else next((name for name in names if is_own_list(name)), "")


def mend(host: "Host") -> str:
    """Numbers the rows that people put in, and lists all projects on 首页; says so in Chinese. Raises `Locked`."""
    said = []
    for live in lists_in(host):
        rows = list(_without_number(live))
        if rows:
            with unlocked(live.sheet):
                for row, like in rows:
                    source = live.sheet.range((like + 1, live.numbers + 1), (like + 1, live.numbers + 2))
                    source.copy(live.sheet.range((row + 1, live.numbers + 1), (row + 1, live.numbers + 2)))
        number = _list_all(host, live)
        if number:
            said.append(f"首页列入了“{live.sheet.name}”上的 {number} 个项目。")
    return "\n".join(said)


def _without_number(live: LiveList) -> Iterator[tuple[int, int]]:
    """The rows that have lost what numbers them, each with one that has not, from the top."""
    last = len(live.grid.rows) - 1
    column = live.sheet.range((1, live.numbers + 1), (last + 1, live.numbers + 1)).formula
    formulas = [str(cell[0] if isinstance(cell, list | tuple) else cell) for cell in column]
    numbered = [row for row, formula in enumerate(formulas) if _NUMBERED.match(formula)]
    if not numbered:
        return
    names = live.frame.columns["name"]
    for row in live.frame.rows:
        line: Any = live.grid.rows[row] if row <= last else ()
        says = names.start < len(line) and not is_blank(line[names.start])
        is_inside = numbered[0] < row <= numbered[-1]
        if row <= last and not formulas[row] and (is_inside or (says and _is_right_above(row, numbered[0], live))):
            yield row, max((one for one in numbered if one < row), default=numbered[0])


def _is_right_above(row: int, first: int, live: LiveList) -> bool:
    """A row that somebody put in between the header and the first one."""
    own = live.frame.kind.own_sheet
    assert own is not None
    top = max((one for one in live.frame.headers if one < first), default=first) + own.body[0] - own.header
    return min(top, first) <= row < first


def _list_all(host: "Host", live: LiveList) -> int:
    """Puts rows into the list on 首页 for projects that have none there; gives how many."""
    found = cover.read_list(host)
    if found is None:
        return 0
    own = [at for at, row in enumerate(found.rows) if row.sheet == live.sheet.name and _PLACE.search(row.formulas.name)]
    lacking = len(read_list(live.grid, live.cells, live.frame)) - len(own)
    if not own or lacking <= 0:
        return 0
    end = own[-1]
    with unlocked(found.sheet):
        # Above the last row: the sums and colours of the list then cover the new rows.
        last = found.first + end
        found.sheet.range(f"{last + 1}:{last + lacking}").insert("down")
        lines = [
            [_PLACE.sub(f"MATCH({len(own) + more},", formula) for formula in found.rows[end].formulas]
            for more in range(lacking + 1)
        ]
        first_column, width = 2, len(RowFormulas._fields)
        cells = found.sheet.range((last + 1, first_column), (last + lacking + 1, first_column + width - 1))
        cells.formula = lines
        cover.finish(found, len(found.rows) + lacking)
    return lacking
