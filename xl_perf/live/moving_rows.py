"""While a button moves rows of a form about, marks and the list on 校验结果 keep up with the cells.

A finding whose row is deleted stays listed without a link, for somebody may have typed beside it, and undoing brings
the row back. Where that happens, or a text of the list names a cell that has moved, the list says 已过时.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import findings, last_shown, marks
from xl_perf.live.protection import unlocked
from xl_perf.sheets.lists import FIRST_ROW

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_AT: Final = {column.key: number for number, column in enumerate(findings.COLUMNS)}
_NAMED: Final = re.compile(r"(?<![A-Za-z0-9!])[A-Z]{1,3}(\d+)(?![A-Za-z0-9])|第 (\d+) 行")
"""Cells and rows of its own sheet that a text names."""
_CELL: Final = re.compile(r"[A-Z]{1,3}[1-9]\d*")
_LAST_COLUMN: Final = 16_383
_TEXTS: Final = ("found", "expected", "message", "remedy")


class Shift(NamedTuple):
    """Rows that go in at ``row`` (from 0), or with a negative ``number`` go out there.

    Columns left of ``labels`` stay at ``row``: a merged label has its text in its first row. ``brings_back``: what went
    out there before comes back.
    """

    row: int
    number: int
    labels: int = 0
    brings_back: bool = False

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Where the content of a cell is afterwards; None where it is gone."""
        if row < self.row or (row == self.row and column < self.labels):
            return row, column
        return None if row < self.row - self.number else (row + self.number, column)


@contextmanager
def moving(host: "Host", sheet: "Sheet", changed: Collection[int], shift: Shift) -> Iterator[None]:
    """The block moves rows of a sheet, which can be written on meanwhile; marks in the ``changed`` rows go.

    Raises `Locked`, before anything is moved, where the sheet or 校验结果 has a password of somebody's own.
    """
    with _listed_moving(host, sheet.name, shift), unlocked(sheet), marks.moving(host, sheet, changed):
        yield
    _move_shown(host, sheet.name, shift)


@contextmanager
def _listed_moving(host: "Host", name: str, shift: Shift) -> Iterator[None]:
    listing = host.sheet(FINDINGS_SHEET)
    rows = [] if listing is None else findings.typed_rows(listing)
    moved = moved_cells(rows, name, shift)
    outdated = is_outdated(rows, name, shift)
    if listing is None or not (moved or outdated):
        yield
        return
    with unlocked(listing):
        yield
        for at, cell in moved.items():
            listing.range((FIRST_ROW + at + 1, _AT["cell"] + 1)).value = str(findings.link(name, cell))
        if outdated:
            findings.say_outdated(listing)


def _move_shown(host: "Host", name: str, shift: Shift) -> None:
    """下一个问题 goes on from where the problem is now; one that is gone, from the end of the row above."""
    shown = last_shown.read(host)
    if shown is not None and shown.sheet == name:
        row, column = shift.place(shown.row, shown.column) or (max(shift.row - 1, 0), _LAST_COLUMN)
        last_shown.remember(host, shown._replace(row=row, column=column))


def moved_cells(rows: Sequence[Sequence[object]], name: str, shift: Shift) -> dict[int, str]:
    """The cells of the list, by its rows from 0, that have other names afterwards."""
    moved: dict[int, str] = {}
    for at, row in enumerate(rows):
        said = str(row[_AT["cell"]] or "")
        cell = findings.without_gone(said)
        if str(row[_AT["sheet"]]) != name or not _CELL.fullmatch(cell):
            continue
        place = cell_place(cell)
        if cell != said:
            comes_back = shift.brings_back and place[0] == shift.row
            after = cell if comes_back else said
        else:
            new = shift.place(*place)
            after = findings.gone(cell) if new is None else a1(*new)
        if after != said:
            moved[at] = after
    return moved


def is_outdated(rows: Sequence[Sequence[object]], name: str, shift: Shift) -> bool:
    """A finding loses its cell, or a text names a row that moves: texts stay as they were written."""
    if any(cell != findings.without_gone(cell) for cell in moved_cells(rows, name, shift).values()):
        return True
    for row in rows:
        texts = " ".join(str(row[_AT[key]] or "") for key in _TEXTS)
        if str(row[_AT["sheet"]]) == name:
            numbers = [int(found[1] or found[2]) for found in _NAMED.finditer(texts)]
        else:
            numbers = [int(found) for found in re.findall(rf"(?<!\w){re.escape(name)}![A-Z]{{1,3}}(\d+)", texts)]
        if any(number > shift.row for number in numbers):
            return True
    return False
