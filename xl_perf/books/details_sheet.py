"""明细 of a combined summary: every project with its department and source file, streamed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from xl_perf.books.layout import HIGHEST, LINE_HEIGHT, fraction, lines_needed, number
from xl_perf.books.links import formula_place
from xl_perf.books.list_head import FIRST_ROW, HEADER_ROW, Column, write_list_head
from xl_perf.books.stream import LETTERS, StreamedWorkbook, number_cell, text_cell, text_formula_cell
from xl_perf.books.styles import AMOUNT, ERROR_FILL, FINE_PERCENT, GOOD_FILL, PERCENT, WARNING_FILL, Styles
from xl_perf.core.summary import ProjectLine

NAME: Final = "明细"
MONEY_LABELS: Final = ("预算数", "财政资金", "其他资金")
_HEIGHT: Final = 21.0
_NAME_ROOM, _FILE_ROOM, _DEPARTMENT_ROOM = 27, 23, 17


_HEAD: Final = (
    Column("部门\n序号", 6),
    Column("部门", 18),
    Column("年度", 7),
    Column("文件", 24),
    Column("工作表", 10),
    Column("项目编码", 15),
    Column("项目名称", 28),
    *(Column(label, 12) for label in MONEY_LABELS),
)
KEY, FILE, BUDGET, FISCAL, OTHER = 0, 3, 7, 8, 9
PLAN: Final = len(_HEAD)


class DetailsSheet:
    """Writes 明细. Months that the profile does not name get columns of their own at the right end."""

    def __init__(self, workbook: StreamedWorkbook, styles: Styles, months: Sequence[int]) -> None:
        self.months = list(months)
        self.more: list[int] = []
        self._columns = PLAN + 2 * len(months) + 2
        self._sheet = workbook.list_sheet(NAME, FIRST_ROW, self._columns)
        self._styles = styles
        style = self._sheet.style_number
        self._plain, self._text = style(styles("cell")), style(styles("cell", num_format="@"))
        self._centred = style(styles("cell", align="center"))
        self._linked = style(styles("link", num_format="@"))
        self._amount = style(styles("cell", num_format=AMOUNT))
        self._percent, self._fine = (style(styles("cell", num_format=one)) for one in (PERCENT, FINE_PERCENT))
        self._good, self._warning, self._error = (
            style(styles("cell", align="center", bg_color=fill)) for fill in (GOOD_FILL, WARNING_FILL, ERROR_FILL)
        )

    def add(self, key: int, department: str, file: str, line: ProjectLine) -> None:
        """One project; ``key`` is the number of its department."""
        sheet, row = self._sheet, self._sheet.row
        plain, text, amount, name = self._plain, self._text, self._amount, line.name or ""
        cells = [
            number_cell(0, row, self._centred, key),
            text_cell(1, row, plain, department),
            number_cell(2, row, self._centred, line.year),
            text_cell(3, row, plain, file),
            self._place(row, file, line),
            text_cell(5, row, text, line.code),
            text_cell(6, row, text, name),
            number_cell(7, row, amount, _double(line.budget)),
            number_cell(8, row, amount, _double(line.fiscal)),
            number_cell(9, row, amount, _double(line.other)),
        ]
        percents, planned = dict(line.percents), dict(line.planned)
        cells += (self._share(PLAN + at, row, percents.get(month)) for at, month in enumerate(self.months))
        at = PLAN + len(self.months)
        cells += (number_cell(at + k, row, amount, _double(planned.get(month))) for k, month in enumerate(self.months))
        state = self._error if line.errors else self._warning if line.warnings else self._good
        cells.append(number_cell(self._columns - 2, row, self._centred, line.indicators))
        cells.append(text_cell(self._columns - 1, row, state, line.state))
        if len(percents) > len(self.months) or any(month not in self.months for month in percents):
            self.more += (month for month in percents if month not in self.months and month not in self.more)
        for at, month in enumerate(self.more):
            cells.append(self._share(self._columns + 2 * at, row, percents.get(month)))
            cells.append(number_cell(self._columns + 2 * at + 1, row, amount, _double(planned.get(month))))
        sheet.add("".join(cells), _height(name, file, department))

    def planned_column(self, month: int) -> int:
        """The column of what is planned by the end of a month."""
        if month in self.months:
            return PLAN + len(self.months) + self.months.index(month)
        return self._columns + 2 * self.more.index(month) + 1

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row of the list (from 0); one row where there is no project."""
        return FIRST_ROW, max(FIRST_ROW, self._sheet.next - 1)

    def _share(self, column: int, row: int, percent: Decimal | None) -> str:
        if percent is None:
            return number_cell(column, row, self._percent, None)
        whole = percent == percent.to_integral_value()
        return number_cell(column, row, self._percent if whole else self._fine, fraction(percent))

    def _place(self, row: int, file: str, line: ProjectLine) -> str:
        place = formula_place(file, line.sheet, dict(line.cells).get("name"))
        if place is None or len(line.sheet) > 31:
            return text_cell(4, row, self._text, line.sheet)
        shown = line.sheet.replace('"', '""')
        return text_formula_cell(4, row, self._linked, f'HYPERLINK({LETTERS[FILE]}{row}&"{place}","{shown}")', line.sheet)

    def finish(self, subject: str) -> None:
        """Title, header row, filter and page."""
        sheet, months = self._sheet, self.months
        columns = [
            *_HEAD,
            *(Column(f"{month}月底\n（%）", 8) for month in months),
            *(Column(f"{month}月底\n（万元）", 12) for month in months),
            Column("指标数", 7),
            Column("状态", 13),
        ]
        for month in self.more:
            columns += Column(f"{month}月底\n（%）", 8), Column(f"{month}月底\n（万元）", 12)
        write_list_head(sheet, self._styles, "项目明细", subject, columns, "单位：万元")
        sheet.columns = len(columns)
        sheet.autofilter(HEADER_ROW, 0, self.rows[1], len(columns) - 1)
        sheet.finish()


def _double(amount: Decimal | None) -> float | None:
    return None if amount is None else number(amount)


def _height(name: str, file: str, department: str) -> float:
    """The row's height in points. In the innermost loop: texts that fit one line cost nothing."""
    lines = 1
    for text, room in ((name, _NAME_ROOM), (file, _FILE_ROOM), (department, _DEPARTMENT_ROOM)):
        if len(text) * 2 > room:
            lines = max(lines, lines_needed(text, room + 1))
    return min(HIGHEST, max(_HEIGHT, lines * LINE_HEIGHT + 6))
