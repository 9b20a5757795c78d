"""The problem that 下一个问题 showed last, kept on 记录 beside its lines: each press is a process of its own.

Without it a cell that the cursor came to after the problem was mended could not be told from one that was shown.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import LOG_SHEET
from xl_perf.live import log_sheet
from xl_perf.live.protection import Locked, unlocked

if TYPE_CHECKING:
    from xlwings import Range

    from xl_perf.live.host import Host

_COLUMN: Final = len(log_sheet.HEADINGS) + 2
"""Of the first row of 记录, from 1. No line reaches there."""
_SEVERITIES: Final = {severity.label: severity for severity in Severity}


class Shown(NamedTuple):
    """A problem by its severity then, and its cell: row and column from 0."""

    severity: Severity
    sheet: str
    row: int
    column: int


def read(host: "Host") -> Shown | None:
    """None where nothing was shown yet, or something about the whole book."""
    place = _place(host)
    said = "" if place is None else str(place.value or "")
    severity, _, rest = said.partition(" ")
    cell, _, sheet = rest.partition(" ")
    with suppress(KeyError, ValueError):
        return Shown(_SEVERITIES[severity], sheet, *cell_place(cell))
    return None


def remember(host: "Host", shown: Shown | None) -> None:
    """Keeps it for the next press, which is no change that somebody would save or undo.

    A workbook that cannot be changed, or has no 记录, remembers nothing.
    """
    place = None if host.is_read_only else _place(host)
    said = "" if shown is None else f"{shown.severity.label} {a1(shown.row, shown.column)} {shown.sheet}"
    if place is None or str(place.value or "") == said:
        return
    with suppress(Locked), host.unnoticed(), unlocked(place.sheet):
        place.value = said or None


def _place(host: "Host") -> "Range | None":
    sheet = host.sheet(LOG_SHEET)
    return None if sheet is None else sheet.range((1, _COLUMN))
