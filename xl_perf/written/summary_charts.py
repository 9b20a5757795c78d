"""The charts of the summaries: planned spending against the checkpoints, and budgets one by one."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area
from xl_perf.sheets.cells import absolute_span
from xl_perf.sheets.lists import CHART_ROW_HEIGHT, CHART_ROWS, CHARTS_ROW, pixels_of
from xl_perf.sheets.looks import ACCENT, FONT, HEAD_FONT, INK, LINE
from xl_perf.sheets.texts import quoted

_LEFT_SHARE: Final = 45
"""Per cent of the width that the first of two charts takes."""
_GAP: Final = 16
_BELOW: Final = 4
"""Pixels below the top of its row."""
_PER_POINT: Final = 4 / 3
_HEIGHT: Final = int(CHART_ROWS * CHART_ROW_HEIGHT * _PER_POINT) - 2 * _BELOW
_WIDEST: Final = 1000
"""Pixels that are seen at once on a small screen, also where columns turn out broader for want of a font."""
_REFERENCE: Final = "#C55A11"
_SMALL: Final = {"name": FONT, "size": 9, "color": INK}
_GRID: Final = {"visible": True, "line": {"color": "#E3E8EE", "width": 0.75}}
_LABEL_FORMAT: Final = "[<100000]#,##0.00;#,##0"
_BAR_FORMAT: Final = f'[=0]"";{_LABEL_FORMAT}'
"""A bar that is not needed says nothing."""
MOST_BARS: Final = 7
"""So many have a bar of their own in the chart of budgets one by one; the rest have one together."""


def column_under_right(widths: Sequence[float]) -> int:
    """The first column that begins under the right one of two charts."""
    left = _rooms(widths)[0] + _GAP
    return next(at for at in range(1, len(widths)) if sum(map(pixels_of, widths[:at])) > left)


def _rooms(widths: Sequence[float]) -> tuple[int, int]:
    """The widths of two charts side by side, in pixels at 100 %."""
    room = min(_WIDEST, sum(map(pixels_of, widths))) - _GAP
    left = room * _LEFT_SHARE // 100
    return left, room - left


def insert_charts(sheet: Worksheet, widths: Sequence[float], charts: Sequence[Any]) -> None:
    """One chart, or two side by side, into the rows between the total and the list; ``widths`` are the columns'.

    They are no wider than the list, nor than a screen.
    """
    left, right = _rooms(widths)
    places = ((left, 0), (right, left + _GAP)) if len(charts) > 1 else ((left + _GAP + right, 0),)
    for chart, (width, offset) in zip(charts, places, strict=True):
        chart.set_size({"width": width, "height": _HEIGHT})
        chart.set_chartarea({"border": {"color": LINE, "width": 0.75}, "fill": {"color": "#FFFFFF"}})
        # They move with the rows above, and keep their size.
        sheet.insert_chart(CHARTS_ROW, 0, chart, {"x_offset": offset, "y_offset": _BELOW, "object_position": 2})


def spending_chart(workbook: Workbook, sheet: str, headings: Area, planned: Area, pace: Area | None = None) -> Any:
    """累计计划支出 as columns (万元), 参考进度 as a line. The areas are cells of ``sheet``."""
    chart: Any = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "累计计划支出",
            "categories": _range(sheet, headings),
            "values": _range(sheet, planned),
            "fill": {"color": "#9DC3E6"},
            "gap": 30,
            "data_labels": {"value": True, "num_format": _LABEL_FORMAT, "position": "inside_base", "font": _SMALL},
        }
    )
    if pace:
        chart.combine(_pace_line(workbook, sheet, headings, pace))
    chart.set_title(_title("累计计划支出与参考进度（万元）" if pace else "累计计划支出（万元）"))
    chart.set_x_axis(_axis())
    chart.set_y_axis(_axis(num_format="#,##0", min=0, major_gridlines=_GRID))
    chart.set_legend({"position": "right", "font": _SMALL} if pace else {"none": True})
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


def bars_chart(
    workbook: Workbook, sheet: str, title: str, names: Area, amounts: Area, what: str = "预算数", unit: str = "（万元）"
) -> Any:
    """预算数 (万元) of a few as bars with their names, the first on top. The areas are cells of ``sheet``."""
    chart: Any = workbook.add_chart({"type": "bar"})
    labels = {"value": True, "num_format": _BAR_FORMAT, "font": _SMALL}
    budgets = {"categories": _range(sheet, names), "values": _range(sheet, amounts)}
    chart.add_series({"name": what, **budgets, "fill": {"color": "#5B8DB8"}, "gap": 40, "data_labels": labels})
    chart.set_title(_title(f"{title}{unit}"))
    # The y axis of a bar chart has the names. Reversed, it moves the amounts to the top unless they cross at max.
    chart.set_y_axis(_axis(reverse=True, crossing="max", interval_unit=1, num_font={**_SMALL, "size": 8}))
    # Room for names on the left, and for the figure of the longest bar on the right.
    chart.set_plotarea({"layout": {"x": 0.29, "y": 0.19, "width": 0.57, "height": 0.77}})
    bare = {"label_position": "none", "major_tick_mark": "none", "line": {"none": True}}  # every bar says its own
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}, **bare})
    chart.set_legend({"none": True})
    return chart


def lines_chart(workbook: Workbook, sheet: str, title: str, headings: Area, series: Sequence[Area]) -> Any:
    """Amounts (万元) by period as lines, the first as it was planned: dashed. A blank cell is a gap, no 0.

    The name of a series is the cell above its first: where a sheet goes into another book, LibreOffice keeps no
    other name.
    """
    chart: Any = workbook.add_chart({"type": "line"})
    for number, values in enumerate(series):
        above = values[0] - 1, values[1], values[0] - 1, values[1]
        colour = "#5B8DB8" if number else _REFERENCE
        mark = {"type": "circle", "size": 6, "fill": {"color": "#FFFFFF"}, "border": {"color": colour, "width": 1.5}}
        labels = {
            "value": True,
            "num_format": _LABEL_FORMAT,
            "font": _SMALL,
            "position": "below" if number else "above",
        }
        chart.add_series(
            {
                "name": _range(sheet, above),
                "categories": _range(sheet, headings),
                "values": _range(sheet, values),
                "line": {
                    "color": colour,
                    "width": 2.25 if number else 1.75,
                    **({} if number else {"dash_type": "dash"}),
                },
                "marker": mark,
                "data_labels": labels,
            }
        )
    chart.set_title(_title(title))
    chart.set_x_axis(_axis())
    chart.set_y_axis(_axis(num_format="#,##0", min=0, major_gridlines=_GRID))
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.show_blanks_as("gap")
    return chart


def counts_chart(workbook: Workbook, sheet: str, title: str, names: Area, counts: Area) -> Any:
    """A few numbers as upright bars with their names."""
    chart: Any = workbook.add_chart({"type": "column"})
    labels = {"value": True, "num_format": "0.##;;", "font": _SMALL}
    figures = {"categories": _range(sheet, names), "values": _range(sheet, counts)}
    chart.add_series({"name": title, **figures, "fill": {"color": "#5B8DB8"}, "gap": 60, "data_labels": labels})
    chart.set_title(_title(title))
    chart.set_x_axis(_axis(num_font={**_SMALL, "size": 8}))
    chart.set_y_axis(_axis(num_format="0", min=0, major_gridlines=_GRID))
    chart.set_legend({"none": True})
    return chart


def _range(sheet: str, area: Area) -> str:
    """An absolute reference: ``='部门汇总'!$C$4:$C$11``."""
    return f"={quoted(sheet)}!{absolute_span(area)}"


def _title(text: str) -> dict[str, Any]:
    return {"name": text, "name_font": {"name": HEAD_FONT, "size": 11, "bold": False, "color": ACCENT}}


def _axis(text: str = "", **more: Any) -> dict[str, Any]:
    named = {"name": text, "name_font": {**_SMALL, "bold": False}} if text else {}
    return {**named, "num_font": _SMALL, **more}
