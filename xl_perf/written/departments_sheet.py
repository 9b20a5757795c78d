"""汇总 of a combined summary: the total and two charts, then a row per department with live subtotals over 明细.

The subtotals add up by a number that each department has, not by its name: SUMIF takes names such as ``*`` or
``>5`` for patterns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xl_perf.core.cells.grid import a1, column_letters
from xl_perf.core.figures.totals import ZERO, Totals, add_up
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.row_marks import CellTexts
from xl_perf.core.workbook.sheets import FINDINGS_SHEET, TOTAL_LABEL
from xl_perf.core.workbook.typed import Earlier
from xl_perf.sheets.cells import absolute_span, number
from xl_perf.sheets.lists import (
    HEADER_ROW,
    LIST_HEADER_ROW,
    LIST_ROW,
    SUMMARY_ZOOM,
    TOP_TOTAL_ROW,
    Column,
)
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, WARNING_FILL
from xl_perf.sheets.texts import quoted, row_height
from xl_perf.written.largest import write_largest
from xl_perf.written.list_head import write_headings, write_list_head
from xl_perf.written.people_columns import REMARKS, PeopleColumns
from xl_perf.written.planned_amounts import show_whole
from xl_perf.written.projects_sheet import BUDGET, FISCAL, KEY, MONEY_LABELS, OTHER, DetailsSheet
from xl_perf.written.projects_sheet import NAME as DETAILS
from xl_perf.written.put import put
from xl_perf.written.stream import BLANK, ROW, StreamedWorkbook, formula_of_rows, text, whole
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import bars_chart, column_under_right, insert_charts, spending_chart

NAME = "汇总"
DEPARTMENT, FOLDER = "部门", "文件夹"
"""What a row of it may be of."""
NOT_WHOLE = "不全"
"""Stands beside 合计 where something is missing from it."""
_NAME_WIDTH, _YEAR_WIDTH, _PROFILE_WIDTH = 28, 8, 24
_TOTAL_HEIGHT = 24
_NUMBER, _DEPARTMENT, _YEAR, _BOOKS, _PROJECTS, _BUDGET = range(6)


@dataclass(slots=True)
class DepartmentRow:
    """What is kept of a department while books go by. Amounts in 万元."""

    number: int
    name: str
    years: set[int] = field(default_factory=set)
    books: int = 0
    totals: Totals = field(default_factory=Totals)
    counts: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    profiles: dict[str, int] = field(default_factory=dict)
    """How many of its books were checked by which profile."""

    @property
    def profile(self) -> str:
        """The profile of its books; of several, each with the number of books."""
        if len(self.profiles) < 2:
            return "".join(self.profiles)
        return "、".join(f"{name}（{number} 本）" for name, number in self.profiles.items())

    @property
    def year(self) -> str:
        """The year or years of its books."""
        return "、".join(str(year) for year in sorted(self.years))


def columns_of(months: Sequence[int], group: str = DEPARTMENT, *, with_profiles: bool = False) -> list[Column]:
    """The columns of 汇总, a row for each ``group``; profiles are named where there are several."""
    return [
        Column("序号", 6),
        Column(group, _NAME_WIDTH),
        Column("年度", _YEAR_WIDTH),
        Column("工作簿", 7),
        Column("项目", 7),
        *(Column(label, 14) for label in MONEY_LABELS),
        *(Column(f"{month}月底\n（万元）", 14) for month in months),
        *(Column(severity.label, 6) for severity in Severity),
        *([Column("口径", _PROFILE_WIDTH)] if with_profiles else []),
    ]


class OverviewSheet:
    """Writes 汇总, at the end, when everything is known; it is the first sheet all the same."""

    def __init__(self, workbook: StreamedWorkbook, styles: Styles, group: str, earlier: Earlier) -> None:
        self._workbook, self._styles, self._with_profiles = workbook, styles, False
        self._group = group
        self._people = PeopleColumns(NAME, earlier, REMARKS)
        self._sheet = sheet = workbook.list_sheet(NAME, LIST_ROW)
        sheet.texts = CellTexts(rounded=True)
        self._plain, self._centred = sheet.style(styles("cell")), sheet.style(styles("cell", align="center"))
        self._amount = sheet.style(styles("cell", num_format=AMOUNT))
        self._not_whole_amount = sheet.style(styles("cell", num_format=AMOUNT, bg_color=WARNING_FILL))
        self._fills = {
            Severity.ERROR: sheet.style(styles("cell", align="center", bg_color=ERROR_FILL)),
            Severity.WARNING: sheet.style(styles("cell", align="center", bg_color=WARNING_FILL)),
        }

    def write(
        self,
        departments: Sequence[DepartmentRow],
        details: DetailsSheet,
        subject: str,
        missing: str = "",
        doubts: Sequence[str] = (),
    ) -> None:
        """The whole sheet: the departments, and above them the total and the charts.

        ``missing`` says what is missing from the total (`Totals.note`), ``doubts`` what may be too much or too little.
        """
        total = add_up(department.totals for department in departments)
        months = total.months((*details.months, *details.more))
        self._with_profiles = len({name for department in departments for name in department.profiles}) > 1
        own = columns_of(months, self._group, with_profiles=self._with_profiles)
        self._sheet.columns([None for _ in own])
        self._people.join(self._sheet, self._styles)
        columns = [*own, *self._people.columns]
        sums = self._sums(details, months)
        for department in departments:
            self._write_department(department, sums, months)
        note = missing and f"{missing}，见“未读入”；预算数为黄底的{self._group}不全。"
        note += "".join(f"{doubt}，见“{FINDINGS_SHEET}”。" for doubt in doubts)
        write_list_head(self._sheet, self._styles, "预算绩效汇总", subject, columns, "单位：万元", note)
        self._write_total(departments, total, months, missing)
        self._add_charts(departments, months, [column.width for column in columns])
        write_headings(self._sheet, self._styles, LIST_HEADER_ROW, columns)
        if months:
            first = _BUDGET + len(MONEY_LABELS)
            show_whole(self._sheet, self._styles, (TOP_TOTAL_ROW, first, self._sheet.next - 1, first + len(months) - 1))
        if departments:
            self._sheet.autofilter(LIST_HEADER_ROW, 0, self._sheet.next - 1, len(columns) - 1)
        self._sheet.freeze_panes(TOP_TOTAL_ROW + 1, _YEAR)
        self._sheet.set_zoom(SUMMARY_ZOOM)
        self._sheet.finish()

    def _write_total(
        self, departments: Sequence[DepartmentRow], total: Totals, months: Sequence[int], missing: str
    ) -> None:
        sheet, styles, row = self._sheet, self._styles, TOP_TOTAL_ROW
        books = sum(department.books for department in departments)
        amounts = _amounts(total, months)
        found = [sum(department.counts[severity] for department in departments) for severity in Severity]
        figures = [books, total.projects, *map(number, amounts), *found]
        centred, money = styles("total", align="center"), styles("total", num_format=AMOUNT, shrink=True)
        whole_or_not = styles("total", align="center", bg_color=WARNING_FILL) if missing else centred
        sheet.set_row(row, _TOTAL_HEIGHT)
        for at, content in enumerate((None, TOTAL_LABEL, NOT_WHOLE if missing else None)):
            put(sheet, (row, at, row, at), content, whole_or_not if at == _YEAR else centred)
        last = LIST_ROW + max(1, len(departments)) - 1
        for at, figure in enumerate(figures, _BOOKS):
            style = money if _BUDGET <= at < _BUDGET + len(amounts) else centred
            sheet.write_formula(row, at, f"=SUM({a1(LIST_ROW, at)}:{a1(last, at)})", style, figure)
        for at in range(_BOOKS + len(figures), sheet.width):
            sheet.write_blank(row, at, None, centred)

    def _sums(self, details: DetailsSheet, months: Sequence[int]) -> list[bytes]:
        """The formulas of a department's row, alike for all: its projects, and what stands in the columns of 明细.

        They have no style yet.
        """
        keys, key = _column_range(details, KEY), f"{column_letters(_NUMBER)}{ROW}"
        columns = [BUDGET, FISCAL, OTHER, *(details.planned_column(month) for month in months)]
        sources = [_column_range(details, column) for column in columns]
        return [
            formula_of_rows(f"COUNTIF({keys},{key})"),
            *(formula_of_rows(f"SUMIF({keys},{key},{source})") for source in sources),
        ]

    def _write_department(self, department: DepartmentRow, sums: Sequence[bytes], months: Sequence[int]) -> None:
        centred, counts = self._centred, department.counts
        budget = self._not_whole_amount if department.totals.incomplete else self._amount
        looks = [centred, budget, *[self._amount] * (len(sums) - 2)]
        results = [department.totals.projects, *_amounts(department.totals, months)]
        contents = [
            centred + whole(department.number),
            self._plain + text(department.name),
            centred + (whole(*department.years) if len(department.years) == 1 else text(department.year)),
            centred + whole(department.books),
            *[look + form % str(result).encode() for look, form, result in zip(looks, sums, results, strict=True)][
                : len(sums) if department.totals.planned else 1 + len(MONEY_LABELS)
            ],
            *[self._amount + BLANK] * (0 if department.totals.planned else len(sums) - 1 - len(MONEY_LABELS)),
            *[(self._fills.get(one, centred) if counts[one] else centred) + whole(counts[one]) for one in Severity],
        ]
        texts = [(department.name, _NAME_WIDTH), (department.year, _YEAR_WIDTH)]
        if self._with_profiles:
            contents.append(self._plain + text(department.profile))
            texts.append((department.profile, _PROFILE_WIDTH))
        typed = self._people.take((department.name,))
        contents += self._people.cells(typed)
        self._sheet.add(contents, self._people.height(typed, row_height(texts)))

    def _add_charts(self, departments: Sequence[DepartmentRow], months: Sequence[int], widths: Sequence[float]) -> None:
        """The plan over all departments, and the budgets of those with the largest."""
        first = _BUDGET + len(MONEY_LABELS)
        headings, planned = ((row, first, row, first + len(months) - 1) for row in (HEADER_ROW, TOP_TOTAL_ROW))
        charts: list[Any] = [spending_chart(self._workbook, NAME, headings, planned)] if months else []
        if departments:
            rows = LIST_ROW, LIST_ROW + len(departments) - 1
            names, budgets = ((rows[0], at, rows[1], at) for at in (_DEPARTMENT, _BUDGET))
            listed = [(one.name, one.totals.budget) for one in departments]
            column = column_under_right(widths)
            largest = write_largest(self._sheet, self._styles, column, names, budgets, listed)
            charts.append(bars_chart(self._workbook, NAME, f"各{self._group}预算数", *largest))
        insert_charts(self._sheet, widths, charts)


def _amounts(totals: Totals, months: Sequence[int]) -> list[Decimal]:
    planned = dict(totals.planned)
    return [*totals.amounts.values(), *(planned.get(month, ZERO) for month in months)]


def _column_range(details: DetailsSheet, column: int) -> str:
    first, last = details.rows
    return f"{quoted(DETAILS)}!{absolute_span((first, column, last, column))}"
