"""What 监控汇总 and 自评汇总 have in common: total above the charts, a row per project, notes below.

They look like 部门汇总. Every total is a formula over the rows that count: those without a remark under 说明.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.checking.report_errors import Errors
from xl_perf.core.figures.report_lines import GroupBy, Place
from xl_perf.core.workbook.sheets import TOTAL_LABEL
from xl_perf.sheets.cells import Content, absolute_span, number
from xl_perf.sheets.lists import (
    CHART_ROW_HEIGHT,
    CHART_ROWS,
    CHARTS_ROW,
    LIST_HEADER_ROW,
    LIST_ROW,
    SUMMARY_ZOOM,
    TOP_TOTAL_ROW,
    Column,
    columns_in_sight,
)
from xl_perf.sheets.looks import AMOUNT, SHARE, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_headings
from xl_perf.written.put import put
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import insert_charts

Link = Callable[[Place], str | None]
"""The address to which a row's number leads, as XlsxWriter takes it; None for no link.

A name with a link would not be wrapped by LibreOffice, and be cut off on paper.
"""
NO_ERRORS: Final = Errors(0, ())
_TOTAL_HEIGHT: Final = 24
_POINTS: Final = "0.00"
_LOOKS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("initial", "budget", "outturn", "planned", "gap_amount"), AMOUNT),
    **dict.fromkeys(("rate", "plan", "time"), SHARE),
    **dict.fromkeys(("gap", "total", "audit"), _POINTS),
}
_TEXTS: Final = frozenset({"group", "department", "code", "name", "reasons", "missing"})


class Rows:
    """Writes one roll-up: its columns by their keys, and its rows."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, columns: Sequence[Column], lines: int, link: Link | None
    ) -> None:
        self.sheet, self.styles, self.columns, self.link = sheet, styles, columns, link
        self.at = {column.key: at for at, column in enumerate(columns)}
        self.first, self.last = LIST_ROW, LIST_ROW + max(lines, 1) - 1

    def area(self, key: str) -> Area:
        """The cells of a column, of all rows."""
        return self.first, self.at[key], self.last, self.at[key]

    def cell(self, row: int, key: str) -> str:
        """A cell's name."""
        return a1(row, self.at[key])

    def counted(self, key: str) -> str:
        """The sum of a column over the rows that count, as a formula without =."""
        flags = f"(LEN({absolute_span(self.area('missing'))})=0)*1"
        return f"SUMPRODUCT({flags},{absolute_span(self.area(key))})"

    def counted_of(self, keys: Sequence[str], by: GroupBy, name: str) -> str:
        """The sum of the products of some columns, over the rows of one department (or folder) that count.

        ``name`` is the cell with its name, on another sheet. A formula without =.
        """
        group = "group" if by is GroupBy.FOLDER else "department"
        flags = f"(LEN({self._span('missing')})=0)*({self._span(group)}={name})"
        return f"SUMPRODUCT({','.join([flags, *map(self._span, keys)])})"

    def _span(self, key: str) -> str:
        """The cells of a column, as another sheet names them."""
        return f"'{self.sheet.name}'!{absolute_span(self.area(key))}"

    def row(self, row: int, place: Place, contents: Mapping[str, Content], name: str = "cell") -> None:
        """A row; one that does not count has its remark, and is yellow."""
        fill = {"bg_color": WARNING_FILL} if contents.get("missing") else {}
        texts = [(str(contents.get(c.key) or ""), c.width) for c in self.columns if c.key in _TEXTS]
        self.sheet.set_row(row, row_height(texts, _TOTAL_HEIGHT))
        for at, column in enumerate(self.columns):
            content = contents.get(column.key)
            url = self.link(place) if self.link is not None and column.key == "number" else None
            linked = url is not None and self.sheet.write_url(row, at, url, None, "") == 0
            look = {"align": "left"} if column.key in _TEXTS else {"align": "center"}
            if column.key in _LOOKS or column.key.startswith("score:"):
                look = {"num_format": _LOOKS.get(column.key, _POINTS), "align": "right"}
            elif column.key in _TEXTS:
                look["num_format"] = "@"
            put(self.sheet, (row, at, row, at), content, self.styles("link" if linked else name, **look, **fill))

    def total(self, contents: Mapping[str, Content], label: str = TOTAL_LABEL) -> None:
        """合计, above the charts."""
        row, name = TOP_TOTAL_ROW, self.at["name"]
        self.sheet.set_row(row, _TOTAL_HEIGHT)
        put(self.sheet, (row, 0, row, name), label, self.styles("total", align="center"))
        for at, column in enumerate(self.columns[name + 1 :], name + 1):
            look = {
                "num_format": _LOOKS.get(column.key, "General"),
                "align": "right" if column.key in _LOOKS else "center",
            }
            put(self.sheet, (row, at, row, at), contents.get(column.key), self.styles("total", **look))

    def finish(self, charts: Sequence[object]) -> None:
        """Charts, headings of the list, filter."""
        for row in range(CHARTS_ROW, CHARTS_ROW + CHART_ROWS):
            self.sheet.set_row(row, CHART_ROW_HEIGHT)
        insert_charts(self.sheet, [column.width for column in self.columns], charts)
        write_headings(self.sheet, self.styles, LIST_HEADER_ROW, self.columns)
        self.sheet.autofilter(LIST_HEADER_ROW, 0, self.last, len(self.columns) - 1)
        self.sheet.freeze_panes(TOP_TOTAL_ROW + 1, self.at["name"] + 1)
        self.sheet.set_zoom(SUMMARY_ZOOM)

    def notes(self, row: int, notes: Sequence[str]) -> None:
        """Lines below everything, no longer than a screen is wide."""
        widths = [column.width for column in self.columns]
        in_sight = columns_in_sight(widths)
        width = sum(widths[:in_sight])
        for at, text in enumerate(notes, row):
            put(self.sheet, (at, 0, at, in_sight - 1), text, self.styles("note"))
            self.sheet.set_row(at, row_height([(text, width)], 20))


def subject_of(places: Sequence[Place]) -> tuple[str, bool]:
    """What stands below the title, and whether there are several departments."""
    names = list(dict.fromkeys(place.department or place.path for place in places))
    many = len(names) > 1
    return (f"{len(names)} 个部门" if many else f"填报单位：{names[0] if names else ''}"), many


def year_of(places: Sequence[Place]) -> str:
    """The year that all of them have, as it stands in a title; empty for several."""
    years = {place.year for place in places if place.year is not None}
    return f"{years.pop()}年" if len(years) == 1 else ""


def who(place: Place, at: int, by: GroupBy = GroupBy.DEPARTMENT) -> dict[str, Content]:
    """What the first columns say of a row."""
    return {
        "group": by.of(place),
        "department": place.department or place.path,
        "number": at + 1,
        "code": place.code,
        "name": place.name,
    }


def first_columns(by: GroupBy, *, many: bool, parted: bool) -> list[Column]:
    """Folder (where subtotals are of folders), department (of many), number, code, name."""
    return [
        *([Column(by.label, 24, "group")] if parted and by is GroupBy.FOLDER else []),
        *([Column("部门", 20, "department")] if many else []),
        Column("序号", 5, "number"),
        Column("项目编码", 13, "code"),
        Column("项目名称", 25, "name"),
    ]


def errors_in(errors: Errors, at: int) -> dict[str, Content]:
    """How many errors stand in the table of a row."""
    return {"errors": (errors.lines[at] or None) if at < len(errors.lines) else None}


def amount(value: Decimal | None) -> float | None:
    """An amount as a cell holds it."""
    return None if value is None else number(value)


def rate_formula(budget: str, part: str) -> str:
    """The part in % of the budget, blank of nothing."""
    return f'=IF(N({budget})=0,"",ROUND({part}/{budget},4))'


def gap_formula(rate: str, plan: str) -> str:
    """The difference of two printed rates in percentage points."""
    return f'=IF({rate}="","",ROUND(({rate}-{plan})*100,2))'
