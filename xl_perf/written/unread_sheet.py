"""未读入: what is not in the summary, each with the reason and the next step.

Inputs that could not be read, sheets whose money is missing from the total, what is no project at all, and files that
were passed over.
"""

from collections.abc import Iterable
from decimal import Decimal

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.counting import Left
from xl_perf.core.errors import BookError
from xl_perf.core.figures.missing import Incomplete, by_place
from xl_perf.core.model.department import OtherTable, UnreadSheet
from xl_perf.core.workbook.typed import Earlier
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import ERROR_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.people_columns import HANDLED, PeopleColumns
from xl_perf.written.stream import StreamedWorkbook, text
from xl_perf.written.styles import Styles

NAME = "未读入"
_COLUMNS = (Column("文件", 40), Column("工作表", 18), Column("原因", 46), Column("合计", 9), Column("处理办法", 44))
_MEND = "请在表里改好后重新汇总"
_OTHER_KIND = "不用处理；若应算作项目，请改用项目绩效目标表"
_NO_FORM = "其中若有项目，请改成官方表样，或做一份样表"
_NOT_COUNTED, _NO_MATTER = "不含", ""


class NotReadSheet:
    """Writes 未读入, row by row; the head comes last. Files are named like the books on the other sheets."""

    def __init__(self, workbook: StreamedWorkbook, styles: Styles, earlier: Earlier) -> None:
        self._sheet = sheet = workbook.list_sheet(NAME, FIRST_ROW)
        self._styles = styles
        plain, typed = styles("cell"), styles("cell", num_format="@")
        sheet.columns([plain, typed, None, None, plain])
        self._people = PeopleColumns(NAME, earlier, HANDLED)
        self._people.join(sheet, styles)
        self._missing = [sheet.style(styles("cell", bg_color=ERROR_FILL, **more)) for more in ({}, {"align": "center"})]
        self._other = [sheet.style(styles("cell", **more)) for more in ({}, {"align": "center"})]
        self.files = self.sheets = self.others = self.books = self.skipped = 0
        """How many files, sheets whose money is missing, tables and sheets that have no money of a project, books that
        do not count, and files that were passed over."""

    def add_file(self, file: str, error: BookError, *, missing: bool) -> None:
        """One input that could not be read; ``missing`` says that its money is missing from the total."""
        self.files += 1
        self._add(file, "", error.message.removeprefix(f"{error.path}："), error.remedy, missing=missing)

    def add_left(self, file: str, left: Left, budget: Decimal) -> None:
        """A book that was read and does not count: a copy, a former version, another year."""
        self.books += 1
        reason = f"{left.reason}，{plain(budget)} 万元没有计入"
        self._add(file, "", reason, left.remedy, missing=False, mark=_NOT_COUNTED)

    def add_skipped(self, files: Iterable[tuple[str, str]]) -> None:
        """Files that were passed over, with the reasons; they have no money, as far as anybody knows."""
        for file, reason in files:
            self.skipped += 1
            self._add(file, "", f"略过：{reason}", "", missing=False)

    def add_book(
        self, file: str, missing: Iterable[Incomplete], tables: Iterable[OtherTable], unread: Iterable[UnreadSheet]
    ) -> None:
        """Of one book: what is missing from its totals, then its tables that are no projects, and its other sheets."""
        for (_, sheet), reasons in by_place(missing).items():
            self.sheets += 1
            self._add(file, sheet or "", reasons, _MEND, missing=True)
        others = [
            (table.sheet, f"“{table.title}”不算项目", _OTHER_KIND) for table in tables if not table.holds_projects
        ]
        others += [(one.sheet, one.reason, _NO_FORM) for one in unread if not one.lacks_money]
        for sheet, reason, remedy in others:
            self.others += 1
            self._add(file, sheet, reason, remedy, missing=False)

    def _add(self, file: str, sheet: str, reason: str, remedy: str, *, missing: bool, mark: str = _NO_MATTER) -> None:
        reason_look, mark_look = self._missing if missing else self._other
        mark = _NOT_COUNTED if missing else mark
        contents = [text(file), text(sheet), reason_look + text(reason), mark_look + text(mark), text(remedy)]
        widths = [column.width for column in _COLUMNS]
        typed = self._people.take((file, sheet))
        height = row_height(zip((file, sheet, reason, mark, remedy), widths, strict=True))
        self._sheet.add((*contents, *self._people.cells(typed)), self._people.height(typed, height))

    def finish(self) -> None:
        """Title, header row, filter and page; the tab is red where something is missing from the total."""
        counts = ((self.files, "个文件没有读入"), (self.sheets, "张表读不出金额"))
        missing = "、".join(f"{number} {what}" for number, what in counts if number)
        said = [f"{missing}，不在汇总数内"] if missing else []
        if self.books:
            said.append(f"{self.books} 本是重复、前一稿或别的年度的，没有计入")
        if self.others:
            said.append(f"另有 {self.others} 张工作表不是项目" if said else f"{self.others} 张工作表不是项目")
        if self.skipped:
            said.append(f"略过 {self.skipped} 个文件")
        columns = (*_COLUMNS, *self._people.columns)
        write_list_head(self._sheet, self._styles, "没有读入的文件和表", f"{'；'.join(said)}。", columns)
        if self._sheet.next > FIRST_ROW:
            self._sheet.autofilter(HEADER_ROW, 0, self._sheet.next - 1, len(columns) - 1)
        if missing:
            self._sheet.set_tab_color("#C00000")
        self._sheet.finish()
