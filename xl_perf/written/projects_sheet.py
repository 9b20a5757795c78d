"""明细 of a combined summary: every project with its department and source file, streamed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.workbook.typed import Earlier
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, FINE_PERCENT, GOOD_FILL, PERCENT, WARNING_FILL
from xl_perf.sheets.texts import HIGHEST, LINE_HEIGHT, lines_in
from xl_perf.written.links import FormulaLinks
from xl_perf.written.list_head import write_list_head
from xl_perf.written.people_columns import PeopleColumns
from xl_perf.written.planned_amounts import show_whole
from xl_perf.written.stream import BLANK, StreamedWorkbook, amount, text, whole
from xl_perf.written.styles import Styles

NAME: Final = "明细"
MONEY_LABELS: Final = ("预算数", "财政资金", "其他资金")
_HEIGHT: Final = 21.0
_MOST_SHARES: Final = 1024
_WIDTHS: Final = 18, 24, 12, 23, 28, 13
"""Of the columns whose texts decide how high a row is; whole codes of projects have up to 22 characters."""
_DEPARTMENT_WIDTH, _FILE_WIDTH, _SHEET_WIDTH, _CODE_WIDTH, _NAME_WIDTH, _STATE_WIDTH = _WIDTHS
_DEPARTMENT, _FILE, _SHEET, _CODE, _NAME, _STATE = map(lines_in, _WIDTHS)
_HEAD: Final = (
    Column("部门\n序号", 6),
    Column("部门", _DEPARTMENT_WIDTH),
    Column("年度", 7),
    Column("文件", _FILE_WIDTH),
    Column("工作表", _SHEET_WIDTH),
    Column("项目编码", _CODE_WIDTH),
    Column("项目名称", _NAME_WIDTH),
    *(Column(label, 13) for label in MONEY_LABELS),
)
KEY, FILE, BUDGET, FISCAL, OTHER = 0, 3, 7, 8, 9
_PLAN: Final = len(_HEAD)


class DetailsSheet:
    """Writes 明细. Months that the profile does not name get columns of their own at the right end."""

    def __init__(
        self, workbook: StreamedWorkbook, styles: Styles, months: Sequence[int], earlier: Earlier | None = None
    ) -> None:
        self.months, self.more = tuple(months), list[int]()
        self._sheet = sheet = workbook.list_sheet(NAME, FIRST_ROW)
        self._styles = styles
        plain, typed, money = styles("cell"), styles("cell", num_format="@"), styles("cell", num_format=AMOUNT)
        centred = styles("cell", align="center")
        sheet.columns([centred, plain, centred, plain, None, typed, typed, money, money, money])
        sheet.columns([*(None for _ in months), *(money for _ in months), centred, None])
        self._people = PeopleColumns(NAME, earlier or Earlier())
        self._people.join(sheet, styles)
        self._linked, self._typed = sheet.style(styles("link", num_format="@")), sheet.style(typed)
        percent, fine = (sheet.style(styles("cell", num_format=one)) for one in (PERCENT, FINE_PERCENT))
        self._shares = _Shares(percent, fine)
        self._good, self._warning, self._error = (
            sheet.style(styles("cell", align="center", bg_color=fill)) for fill in (GOOD_FILL, WARNING_FILL, ERROR_FILL)
        )

    def add(self, key: int, department: str, links: FormulaLinks, lines: Iterable[ProjectLine]) -> None:
        """The projects of one book; ``key`` is the number of its department."""
        number, name, file = whole(key), text(department), text(links.file)
        lines_of_book = max(_FILE[links.file], _DEPARTMENT[department])
        for line in lines:
            percents, planned = dict(line.percents), dict(line.planned)
            contents = [
                number,
                name,
                whole(line.year),
                file,
                self._place(links, line),
                text(line.code),
                text(line.name),
                *map(amount, line.amounts.values()),
                *map(self._shares.__getitem__, map(percents.get, self.months)),
                *map(amount, map(planned.get, self.months)),
                whole(line.indicators),
                self._state(line),
            ]
            typed = self._people.take((links.file, line.sheet))
            contents += self._people.cells(typed)
            if percents.keys() - self.months:
                self._take_up(percents)
            for month in self.more:
                contents += self._shares[percents.get(month)], amount(planned.get(month))
            own = _SHEET[line.sheet], _CODE[line.code], _NAME[line.name], _STATE[line.state]
            self._sheet.add(contents, self._people.height(typed, _height(max(lines_of_book, *own))))

    def _take_up(self, months: Iterable[int]) -> None:
        """Gives months that have no column yet theirs."""
        for month in months:
            if month not in self.months and month not in self.more:
                self.more.append(month)
                self._sheet.columns([None, self._styles("cell", num_format=AMOUNT)])

    def _place(self, links: FormulaLinks, line: ProjectLine) -> bytes:
        link = links.cell(FILE, line.sheet, line.cell("name"), line.sheet)
        return self._linked + link if link else self._typed + text(line.sheet)

    def _state(self, line: ProjectLine) -> bytes:
        style = self._error if line.errors else self._warning if line.warnings else self._good
        return style + text(line.state)

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row of the list (from 0); one row where there is no project."""
        return FIRST_ROW, max(FIRST_ROW, self._sheet.next - 1)

    def planned_column(self, month: int) -> int:
        """The column of what is planned by the end of a month."""
        if month in self.months:
            return _PLAN + len(self.months) + self.months.index(month)
        return _PLAN + 2 * len(self.months) + 2 + len(self._people.columns) + 2 * self.more.index(month) + 1

    def finish(self, subject: str) -> None:
        """Title, header row, filter and page."""
        columns = [
            *_HEAD,
            *map(_percent_column, self.months),
            *map(_amount_column, self.months),
            Column("指标数", 7),
            Column("状态", _STATE_WIDTH),
            *self._people.columns,
        ]
        for month in self.more:
            columns += _percent_column(month), _amount_column(month)
        write_list_head(self._sheet, self._styles, "项目明细", subject, columns, "单位：万元")
        self._sheet.autofilter(HEADER_ROW, 0, self.rows[1], len(columns) - 1)
        for month in (*self.months, *self.more):
            column = self.planned_column(month)
            show_whole(self._sheet, self._styles, (FIRST_ROW, column, self.rows[1], column))
        self._sheet.finish()


def _percent_column(month: int) -> Column:
    return Column(f"{month}月底\n（%）", 8)


def _amount_column(month: int) -> Column:
    return Column(f"{month}月底\n（万元）", 13)


def _height(lines: int) -> float:
    """The height in points of a row with so many lines."""
    return min(HIGHEST, max(_HEIGHT, lines * LINE_HEIGHT + 6))


class _Shares(dict[Decimal | None, bytes]):
    """Percentages as fractions with a % format, by the percentage; a summary has few different ones."""

    def __init__(self, percent: bytes, fine: bytes) -> None:
        super().__init__({None: percent + BLANK})
        self._percent, self._fine = percent, fine

    def __missing__(self, percent: Decimal | None) -> bytes:
        assert percent is not None
        style = self._percent if percent == int(percent) else self._fine
        content = style + amount(percent.scaleb(-2))
        if len(self) < _MOST_SHARES:
            self[percent] = content
        return content
