"""The two charts of 部门汇总: planned spending against the checkpoints, and budgets by project."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.books.cells import span
from xl_perf.books.layout import quoted
from xl_perf.books.rollup_rows import HEADER_ROW, Rollup
from xl_perf.books.styles import ACCENT, FONT, HEAD_FONT, INK, LINE
from xl_perf.core.grid import Area

_GAP: Final = 16
_HEIGHT: Final = 320
_TALLEST: Final = 900
_PER_BAR: Final = 26
_REFERENCE: Final = "#C55A11"
_SMALL: Final = {"name": FONT, "size": 9, "color": INK}
_GRID: Final = {"visible": True, "line": {"color": "#E3E8EE", "width": 0.75}}


def add_charts(
    workbook: Workbook, sheet: Worksheet, made: Rollup, months: Sequence[int], widths: Sequence[float]
) -> None:
    """Both charts side by side below the list, as wide as the list."""
    projects = made.last - made.first + 1
    height = min(_TALLEST, max(_HEIGHT, 110 + _PER_BAR * projects))
    room = sum(int(width * 7 + 5) for width in widths) - _GAP
    left = room * 45 // 100
    row = made.reference + 3
    for chart, width, offset in (
        (_spending(workbook, str(sheet.name), made, months), left, 0),
        (_budgets(workbook, str(sheet.name), made), room - left, left + _GAP),
    ):
        chart.set_size({"width": width, "height": _HEIGHT if offset == 0 else height})
        chart.set_chartarea({"border": {"color": LINE, "width": 0.75}})
        sheet.insert_chart(row, 0, chart, {"x_offset": offset, "object_position": 3})


def _range(sheet: str, area: Area) -> str:
    """An absolute reference: ``='部门汇总'!$C$4:$C$11``."""
    return f"={quoted(sheet)}!{span(area)}"


def _title(text: str) -> dict[str, Any]:
    return {"name": text, "name_font": {"name": HEAD_FONT, "size": 12, "bold": False, "color": ACCENT}}


def _axis(text: str, **more: Any) -> dict[str, Any]:
    return {"name": text, "name_font": {**_SMALL, "bold": False}, "num_font": _SMALL, **more}


def _spending(workbook: Workbook, name: str, made: Rollup, months: Sequence[int]) -> Any:
    """累计计划支出 as columns, 参考进度 as a line."""
    first, last = made.columns[f"planned:{months[0]}"], made.columns[f"planned:{months[-1]}"]
    headings = _range(name, (HEADER_ROW, first, HEADER_ROW, last))
    chart: Any = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "累计计划支出",
            "categories": headings,
            "values": _range(name, (made.total, first, made.total, last)),
            "fill": {"color": "#9DC3E6"},
            "gap": 80,
            "data_labels": {"value": True, "num_format": "#,##0.00##", "position": "inside_base", "font": _SMALL},
        }
    )
    pace: Any = workbook.add_chart({"type": "line"})
    pace.add_series(
        {
            "name": "参考进度",
            "categories": headings,
            "values": _range(name, (made.reference, first, made.reference, last)),
            "line": {"color": _REFERENCE, "width": 1.75, "dash_type": "dash"},
            "marker": {
                "type": "circle",
                "size": 6,
                "fill": {"color": "#FFFFFF"},
                "border": {"color": _REFERENCE, "width": 1.5},
            },
        }
    )
    chart.combine(pace)
    chart.set_title(_title("累计计划支出与参考进度"))
    chart.set_x_axis(_axis("检查点"))
    chart.set_y_axis(_axis("万元", num_format="#,##0", min=0, major_gridlines=_GRID))
    chart.set_legend({"position": "top", "font": _SMALL})
    return chart


def _budgets(workbook: Workbook, name: str, made: Rollup) -> Any:
    """预算数 by project as bars, the first project on top."""
    names, budget = made.columns["name"], made.columns["budget"]
    chart: Any = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "预算数",
            "categories": _range(name, (made.first, names, made.last, names)),
            "values": _range(name, (made.first, budget, made.last, budget)),
            "fill": {"color": "#5B8DB8"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "#,##0.00##", "font": _SMALL},
        }
    )
    chart.set_title(_title("各项目预算数"))
    # The y axis of a bar chart has the names. Reversed, it moves the amounts to the top unless they cross at max.
    chart.set_y_axis(_axis("项目", reverse=True, crossing="max"))
    chart.set_x_axis(_axis("万元", num_format="#,##0", min=0, major_gridlines=_GRID))
    chart.set_legend({"none": True})
    return chart
