"""Lines around cells."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from xl_perf.engines.libreoffice.bridge import struct
from xl_perf.engines.libreoffice.font import color_number
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.protection import check_unprotected

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.cell_range import Range

_THIN: Final = 26
"""Hundredths of a millimetre: 0.75 points, as LibreOffice reads Excel's thin lines."""
_SIDES: Final = {
    "edge_top": "Top",
    "edge_bottom": "Bottom",
    "edge_left": "Left",
    "edge_right": "Right",
    "inside_horizontal": "Horizontal",
    "inside_vertical": "Vertical",
}


class Borders(Member):
    """Those of some cells: thin lines, all the same."""

    def __init__(self, cells: "Range") -> None:
        self._cells = cells

    def set(self, which: Sequence[str], *, line_style: Any = None, weight: Any = None, color: Any = None) -> None:
        """Draws thin lines on these sides, or takes lines away where ``line_style`` is None.

        Raises NotImplementedError for others than thin continuous ones.
        """
        if line_style is None:
            self._draw(which, struct("com.sun.star.table.BorderLine2"))
        elif line_style == "continuous" and weight == "thin":
            self._draw(which, struct("com.sun.star.table.BorderLine2", Color=color_number(color), LineWidth=_THIN))
        else:
            raise NotImplementedError("LibreOffice: Borders.set of other than thin continuous lines")

    def _draw(self, which: Sequence[str], line: Any) -> None:
        check_unprotected(self._cells.sheet, "no borders")
        border = struct("com.sun.star.table.TableBorder2")
        for side in which:
            if side in _SIDES:  # no diagonals
                setattr(border, f"{_SIDES[side]}Line", line)
                setattr(border, f"Is{_SIDES[side]}LineValid", True)
        self._cells.api.setPropertyValue("TableBorder2", border)
