"""The charts of the summaries: planned spending against the checkpoints, and budgets one by one."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area
from xl_perf.sheets.cells import absolute_span
from xl_perf.sheets.looks import ACCENT, FONT, HEAD_FONT, INK, LINE
from xl_perf.sheets.texts import quoted
from xl_perf.written.page import PAGE_HEIGHT, PAGE_WIDTH

_GAP: Final = 16
_BELOW: Final = 4
"""Pixels below the top of its row: a chart's border would also show at the end of the page before."""
_HEIGHT: Final = 330
_TALLEST: Final = 760
_PER_BAR: Final = 26
_LEFT_SHARE: Final = 45
"""Per cent of the width that the first of two charts takes."""
_WIDER: Final = (1.0, 1.08, 1.16)
"""Columns are as wide as the digits of whatever font is there; the wider, the more goes on a page as wide as they."""
_MOST_ON_A_PAGE: Final = 1.45
"""Pages of list and charts that are printed on one: type of 10.5 points is then 7 high."""
_MOST_LABELS: Final = 40
_REFERENCE: Final = "#C55A11"
_SMALL: Final = {"name": FONT, "size": 9, "color": INK}
_GRID: Final = {"visible": True, "line": {"color": "#E3E8EE", "width": 0.75}}
_LABEL_FORMAT: Final = "#,##0.00??"


def insert_charts(
    sheet: Worksheet,
    row: int,
    widths: Sequence[float],
    charts: Sequence[tuple[Any, int]],
    above: float,
    head: float,
    *,
    grows: bool = False,
) -> None:
    """One chart, or two side by side, as wide as the list above; each with the number of its bars (0: columns).

    Columns alone take the place that they have beside bars.

    ``above`` is the height in points of everything above ``row``, ``head`` that of the rows which every page
    repeats: charts that would lie across the end of a page go on the same one, made smaller, where a little is enough
    and the list does not grow (``grows``), else start a new one.
    """
    room = sum(int(width * 7 + 5) for width in widths)
    left = (room - _GAP) * _LEFT_SHARE // 100
    places = ((left, 0), (room - _GAP - left, left + _GAP))
    if len(charts) == 1 and charts[0][1]:
        places = ((room, 0),) * 2
    heights = [min(_TALLEST, max(_HEIGHT, 110 + _PER_BAR * bars)) for _, bars in charts]
    below = (max(heights) + _BELOW) * 0.75
    if any(_is_cut(room * 0.75 * wider, above, head, below) for wider in _WIDER):
        if not grows and above + below <= _MOST_ON_A_PAGE * PAGE_HEIGHT:
            sheet.fit_to_pages(1, 1)
        else:
            sheet.set_h_pagebreaks([row])
    for (chart, _), height, (width, offset) in zip(charts, heights, places, strict=False):
        chart.set_size({"width": width, "height": height})
        chart.set_chartarea({"border": {"color": LINE, "width": 0.75}})
        # They move with the rows above, which come and go, and keep their size.
        sheet.insert_chart(row, 0, chart, {"x_offset": offset, "y_offset": _BELOW, "object_position": 2})


def _is_cut(width: float, above: float, head: float, height: float) -> bool:
    """Whether charts of that height in points may lie across the end of a page."""
    page = PAGE_HEIGHT * max(1.0, width / PAGE_WIDTH)
    left = page - above
    while left < 0:
        left += page - head
    return left < height


def spending_chart(workbook: Workbook, sheet: str, headings: Area, planned: Area, pace: Area | None = None) -> Any:
    """累计计划支出 as columns (万元), 参考进度 as a line. The areas are cells of ``sheet``."""
    chart: Any = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "累计计划支出",
            "categories": _range(sheet, headings),
            "values": _range(sheet, planned),
            "fill": {"color": "#9DC3E6"},
            "gap": 80,
            "data_labels": {"value": True, "num_format": _LABEL_FORMAT, "position": "inside_base", "font": _SMALL},
        }
    )
    if pace:
        chart.combine(_pace_line(workbook, sheet, headings, pace))
    chart.set_title(_title("累计计划支出与参考进度" if pace else "累计计划支出"))
    chart.set_x_axis(_axis("检查点"))
    chart.set_y_axis(_axis("万元", num_format="#,##0", min=0, major_gridlines=_GRID))
    chart.set_legend({"position": "top", "font": _SMALL} if pace else {"none": True})
    return chart


def _pace_line(workbook: Workbook, sheet: str, headings: Area, pace: Area) -> Any:
    line: Any = workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "参考进度",
            "categories": _range(sheet, headings),
            "values": _range(sheet, pace),
            "line": {"color": _REFERENCE, "width": 1.75, "dash_type": "dash"},
            "marker": {
                "type": "circle",
                "size": 6,
                "fill": {"color": "#FFFFFF"},
                "border": {"color": _REFERENCE, "width": 1.5},
            },
        }
    )
    return line


def bars_chart(workbook: Workbook, sheet: str, title: str, of_what: str, names: Area, amounts: Area) -> Any:
    """预算数 (万元) as bars, the first name on top. The areas are cells of ``sheet``."""
    chart: Any = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "预算数",
            "categories": _range(sheet, names),
            "values": _range(sheet, amounts),
            "fill": {"color": "#5B8DB8"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": _LABEL_FORMAT, "font": _SMALL},
        }
    )
    chart.set_title(_title(title))
    # The y axis of a bar chart has the names. Reversed, it moves the amounts to the top unless they cross at max.
    every = {"interval_unit": 1} if names[2] - names[0] < _MOST_LABELS else {}
    chart.set_y_axis(_axis(of_what, reverse=True, crossing="max", **every))
    chart.set_x_axis(_axis("万元", num_format="#,##0", min=0, major_gridlines=_GRID))
    chart.set_legend({"none": True})
    return chart


def _range(sheet: str, area: Area) -> str:
    """An absolute reference: ``='部门汇总'!$C$4:$C$11``."""
    return f"={quoted(sheet)}!{absolute_span(area)}"


def _title(text: str) -> dict[str, Any]:
    return {"name": text, "name_font": {"name": HEAD_FONT, "size": 12, "bold": False, "color": ACCENT}}


def _axis(text: str, **more: Any) -> dict[str, Any]:
    return {"name": text, "name_font": {**_SMALL, "bold": False}, "num_font": _SMALL, **more}
