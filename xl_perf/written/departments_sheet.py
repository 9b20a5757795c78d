"""汇总 of a combined summary: one row per department, live subtotals over 明细, the total on top.

The subtotals add up by a number that each department has, not by its name: SUMIF takes names such as ``*`` or
``>5`` for patterns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xl_perf.core.cells.grid import column_letters
from xl_perf.core.figures.totals import ZERO, Totals, add_up
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import TOTAL_LABEL
from xl_perf.sheets.cells import absolute_span
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, WARNING_FILL
from xl_perf.sheets.texts import quoted, row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.projects_sheet import BUDGET, FISCAL, KEY, MONEY_LABELS, OTHER, DetailsSheet
from xl_perf.written.projects_sheet import NAME as DETAILS
from xl_perf.written.stream import BLANK, ROW, StreamedWorkbook, formula, formula_of_rows, text, whole
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import bars_chart, insert_charts, spending_chart

NAME = "汇总"
DEPARTMENT, FOLDER = "部门", "文件夹"
"""What a row of it may be of."""
NOT_WHOLE = "不全"
"""Stands beside 合计 where something is missing from it."""
MOST_BARS = 30
"""So many departments fit one chart."""
_NAME_WIDTH, _YEAR_WIDTH, _PROFILE_WIDTH = 34, 10, 24
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
        Column("工作簿", 8),
        Column("项目", 8),
        *(Column(label, 14) for label in MONEY_LABELS),
        *(Column(f"{month}月底\n（万元）", 14) for month in months),
        *(Column(severity.label, 7) for severity in Severity),
        *([Column("口径", _PROFILE_WIDTH)] if with_profiles else []),
    ]


class OverviewSheet:
    """Writes 汇总, at the end, when everything is known; it is the first sheet all the same."""

    def __init__(self, workbook: StreamedWorkbook, styles: Styles, group: str = DEPARTMENT) -> None:
        self._workbook, self._styles, self._with_profiles = workbook, styles, False
        self._group = group
        self._sheet = sheet = workbook.list_sheet(NAME, FIRST_ROW)
        self._plain, self._centred = sheet.style(styles("cell")), sheet.style(styles("cell", align="center"))
        self._amount = sheet.style(styles("cell", num_format=AMOUNT))
        self._sum = sheet.style(styles("total", align="center"))
        self._total = sheet.style(styles("total", num_format=AMOUNT))
        self._not_whole = sheet.style(styles("total", align="center", bg_color=WARNING_FILL))
        self._not_whole_amount = sheet.style(styles("cell", num_format=AMOUNT, bg_color=WARNING_FILL))
        self._fills = {
            Severity.ERROR: sheet.style(styles("cell", align="center", bg_color=ERROR_FILL)),
            Severity.WARNING: sheet.style(styles("cell", align="center", bg_color=WARNING_FILL)),
        }

    def write(
        self, departments: Sequence[DepartmentRow], details: DetailsSheet, subject: str, missing: str = ""
    ) -> None:
        """The whole sheet: the total, the departments, what stands above them, the charts below.

        ``missing`` says what is missing from the total (`Totals.note`).
        """
        total = add_up(department.totals for department in departments)
        months = total.months((*details.months, *details.more))
        self._with_profiles = len({name for department in departments for name in department.profiles}) > 1
        columns = columns_of(months, self._group, with_profiles=self._with_profiles)
        self._sheet.columns([None for _ in columns])
        self._write_total(departments, total, months, missing)
        sums = self._sums(details, months)
        for department in departments:
            self._write_department(department, sums, months)
        note = missing and f"{missing}，见“未读入”；预算数为黄底的{self._group}不全。"
        head = write_list_head(self._sheet, self._styles, "预算绩效汇总", subject, columns, "单位：万元", note)
        self._sheet.freeze_panes(FIRST_ROW + 1, _YEAR)
        self._add_charts(len(departments), months, columns, head)
        self._sheet.finish()

    def _write_total(
        self, departments: Sequence[DepartmentRow], total: Totals, months: Sequence[int], missing: str
    ) -> None:
        sheet, row = self._sheet, self._sheet.row
        books = sum(department.books for department in departments)
        amounts = _amounts(total, months)
        found = [sum(department.counts[severity] for department in departments) for severity in Severity]
        figures: list[Decimal | int] = [books, total.projects, *amounts, *found]
        last = row + max(1, len(departments))
        whole_or_not = self._not_whole + text(NOT_WHOLE) if missing else self._sum + BLANK
        contents = [self._sum + BLANK, self._sum + text(TOTAL_LABEL), whole_or_not]
        for at, figure in enumerate(figures, _BOOKS):
            letters = column_letters(at)
            style = self._total if _BUDGET <= at < _BUDGET + len(amounts) else self._sum
            contents.append(style + formula(f"SUM({letters}{row + 1}:{letters}{last})", figure))
        contents += [self._sum + BLANK] if self._with_profiles else []
        sheet.add(contents, 26)

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
            *[look + form % str(result).encode() for look, form, result in zip(looks, sums, results, strict=True)],
            *[(self._fills.get(one, centred) if counts[one] else centred) + whole(counts[one]) for one in Severity],
        ]
        texts = [(department.name, _NAME_WIDTH), (department.year, _YEAR_WIDTH)]
        if self._with_profiles:
            contents.append(self._plain + text(department.profile))
            texts.append((department.profile, _PROFILE_WIDTH))
        self._sheet.add(contents, row_height(texts))

    def _add_charts(self, departments: int, months: Sequence[int], columns: Sequence[Column], head: float) -> None:
        """The plan over all departments, and, where they are few, their budgets."""
        first = _BUDGET + len(MONEY_LABELS)
        headings, planned = ((row, first, row, first + len(months) - 1) for row in (HEADER_ROW, FIRST_ROW))
        charts: list[tuple[Any, int]] = [(spending_chart(self._workbook, NAME, headings, planned), 0)] if months else []
        if 0 < departments <= MOST_BARS:
            rows = FIRST_ROW + 1, FIRST_ROW + departments
            names, budgets = ((rows[0], column, rows[1], column) for column in (_DEPARTMENT, _BUDGET))
            charts.append(
                (bars_chart(self._workbook, NAME, f"各{self._group}预算数", self._group, names, budgets), departments)
            )
        widths = [column.width for column in columns]
        if charts:
            insert_charts(self._sheet, self._sheet.next + 1, widths, charts, head + self._sheet.height + 15, head)


def _amounts(totals: Totals, months: Sequence[int]) -> list[Decimal]:
    planned = dict(totals.planned)
    return [*totals.amounts.values(), *(planned.get(month, ZERO) for month in months)]


def _column_range(details: DetailsSheet, column: int) -> str:
    first, last = details.rows
    return f"{quoted(DETAILS)}!{absolute_span((first, column, last, column))}"
