"""汇总 of a combined summary: one row per department, live subtotals over 明细, the total on top.

The subtotals add up by a number that each department has, not by its name: SUMIF takes names such as ``*`` or
``>5`` for patterns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xl_perf.books.cells import span
from xl_perf.books.details_sheet import BUDGET, FISCAL, KEY, MONEY_LABELS, OTHER, DetailsSheet
from xl_perf.books.details_sheet import NAME as DETAILS
from xl_perf.books.layout import number, quoted, row_height
from xl_perf.books.list_head import FIRST_ROW, HEADER_ROW, Column, write_list_head
from xl_perf.books.rollup_charts import Chart, bars_chart, insert_charts, spending_chart
from xl_perf.books.stream import LETTERS, StreamedSheet, formula_cell, number_cell, text_cell
from xl_perf.books.styles import AMOUNT, ERROR_FILL, WARNING_FILL, Styles
from xl_perf.core import form
from xl_perf.core.findings import Severity
from xl_perf.core.totals import Totals, add_up

NAME = "汇总"
MOST_BARS = 30
"""So many departments fit one chart."""
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

    @property
    def year(self) -> str:
        """The year or years of its books."""
        return "、".join(str(year) for year in sorted(self.years))


def columns_of(months: Sequence[int]) -> list[Column]:
    """The columns of 汇总."""
    return [
        Column("序号", 6),
        Column("部门", 34),
        Column("年度", 10),
        Column("工作簿", 8),
        Column("项目", 8),
        *(Column(label, 14) for label in MONEY_LABELS),
        *(Column(f"{month}月底\n（万元）", 14) for month in months),
        *(Column(severity.label, 7) for severity in Severity),
    ]


class OverviewSheet:
    """Writes 汇总, at the end, when everything is known."""

    def __init__(self, sheet: StreamedSheet, styles: Styles) -> None:
        self._sheet, self._styles = sheet, styles
        style = sheet.style_number
        self._plain, self._centred = style(styles("cell")), style(styles("cell", align="center"))
        self._amount = style(styles("cell", num_format=AMOUNT))
        self._sum, self._total = style(styles("total", align="center")), style(styles("total", num_format=AMOUNT))
        self._fills = {
            Severity.ERROR: style(styles("cell", align="center", bg_color=ERROR_FILL)),
            Severity.WARNING: style(styles("cell", align="center", bg_color=WARNING_FILL)),
        }

    def write(self, departments: Sequence[DepartmentRow], details: DetailsSheet, subject: str) -> None:
        """The whole sheet."""
        months = sorted({*details.months, *details.more})
        sources = [BUDGET, FISCAL, OTHER, *(details.planned_column(month) for month in months)]
        columns = columns_of(months)
        self._write_total(departments, months, len(columns))
        for department in departments:
            self._write_department(department, details, sources, months)
        write_list_head(self._sheet, self._styles, "预算绩效汇总", subject, columns, "单位：万元")
        self._sheet.freeze_panes(FIRST_ROW + 1, 2)
        self._sheet.repeat_rows(0, HEADER_ROW)
        self._add_charts(departments, months, columns)
        self._sheet.finish()

    def _write_total(self, departments: Sequence[DepartmentRow], months: Sequence[int], columns: int) -> None:
        sheet, row = self._sheet, self._sheet.row
        total = add_up(department.totals for department in departments)
        last = max(row + 1, row + len(departments))
        counted = [sum(department.books for department in departments), total.projects]
        amounts = _amounts(total, months)
        found = [sum(department.counts[severity] for department in departments) for severity in Severity]

        def summed(column: int, style: int, value: float) -> str:
            return formula_cell(column, row, style, f"SUM({LETTERS[column]}{row + 1}:{LETTERS[column]}{last})", value)

        cells = [
            text_cell(_NUMBER, row, self._sum, ""),
            text_cell(_DEPARTMENT, row, self._sum, form.TOTAL_LABEL),
            text_cell(_YEAR, row, self._sum, ""),
        ]
        cells += (summed(_BOOKS + at, self._sum, value) for at, value in enumerate(counted))
        cells += (summed(_BUDGET + at, self._total, number(amount)) for at, amount in enumerate(amounts))
        cells += (summed(columns - 3 + at, self._sum, value) for at, value in enumerate(found))
        sheet.add("".join(cells), 26)

    def _write_department(
        self, department: DepartmentRow, details: DetailsSheet, sources: Sequence[int], months: Sequence[int]
    ) -> None:
        row = self._sheet.row
        keys = _column_range(details, KEY)
        key = f"${LETTERS[_NUMBER]}{row}"
        projects = f"COUNTIF({keys},{key})"
        cells = [
            number_cell(_NUMBER, row, self._centred, department.number),
            text_cell(_DEPARTMENT, row, self._plain, department.name),
            text_cell(_YEAR, row, self._centred, department.year),
            number_cell(_BOOKS, row, self._centred, department.books),
            formula_cell(_PROJECTS, row, self._centred, projects, department.totals.projects),
        ]
        for at, (source, amount) in enumerate(zip(sources, _amounts(department.totals, months), strict=True), _BUDGET):
            formula = f"SUMIF({keys},{key},{_column_range(details, source)})"
            cells.append(formula_cell(at, row, self._amount, formula, number(amount)))
        first = _BUDGET + len(sources)
        for at, (severity, count) in enumerate(department.counts.items(), first):
            cells.append(number_cell(at, row, self._fills.get(severity, self._centred) if count else self._centred, count))
        self._sheet.add("".join(cells), row_height([(department.name, 34), (department.year, 10)]))

    def _add_charts(
        self, departments: Sequence[DepartmentRow], months: Sequence[int], columns: Sequence[Column]
    ) -> None:
        """The plan over all departments, and, where they are few, their budgets."""
        book, first = self._sheet.book, _BUDGET + len(MONEY_LABELS)
        last = first + len(months) - 1
        plan = (HEADER_ROW, first, HEADER_ROW, last), (FIRST_ROW, first, FIRST_ROW, last)
        charts: list[tuple[Chart, int]] = [(spending_chart(book, NAME, *plan), 0)]
        if 0 < len(departments) <= MOST_BARS:
            rows = FIRST_ROW + 1, FIRST_ROW + len(departments)
            names, budgets = ((rows[0], column, rows[1], column) for column in (_DEPARTMENT, _BUDGET))
            charts.append((bars_chart(book, NAME, "各部门预算数", "部门", names, budgets), len(departments)))
        insert_charts(self._sheet, self._sheet.next + 1, [column.width for column in columns], charts)


def _amounts(totals: Totals, months: Sequence[int]) -> list[Decimal]:
    return [totals.budget, totals.fiscal, totals.other, *(totals.planned_at(month) for month in months)]


def _column_range(details: DetailsSheet, column: int) -> str:
    first, last = details.rows
    return f"{quoted(DETAILS)}!{span((first, column, last, column))}"
