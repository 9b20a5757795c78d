"""How planned amounts show: a share of an amount to 1 分 may be finer than 1 分, and is shown whole all the same."""

from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import Area, a1
from xl_perf.sheets.looks import PLANNED_AMOUNT

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xl_perf.written.styles import Styles

_NOISE: Final = "0.00000000004"
"""万元. What a float of less than 100,000 万元 may be off; the finest part of a planned amount is larger."""


def show_whole(sheet: "Worksheet", styles: "Styles", area: Area) -> None:
    """Cells with a part finer than 1 分 show ten decimals, as the published text does; others keep their format."""
    first = a1(area[0], area[1])
    rule = {
        "type": "formula",
        "criteria": f"=IF(ISNUMBER({first}),ABS({first}-ROUND({first},6))>{_NOISE},FALSE)",
        "format": styles.mark("planned", num_format=PLANNED_AMOUNT),
    }
    sheet.conditional_format(*area, rule)
