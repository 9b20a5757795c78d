"""The findings workbook of ``check --report``: 总览 per book, the worst first, 项目 per project, 明细 per finding."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.counting import Left
from xl_perf.core.errors import BookError
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import Totals, add_up
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.core.workbook.typed import Earlier
from xl_perf.files.own_files import REPORT
from xl_perf.sheets.findings_columns import FILLS, said_counts
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, GOOD_FILL, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.delivery_sheet import write_delivery
from xl_perf.written.findings_sheet import FindingsSheet, findings_told_from
from xl_perf.written.former_sheet import write_former
from xl_perf.written.links import FormulaLinks, relative, told_from
from xl_perf.written.list_head import write_list_head
from xl_perf.written.people_columns import HANDLED, PeopleColumns
from xl_perf.written.stream import BLANK, StreamedSheet, StreamedWorkbook, amount, text, whole
from xl_perf.written.styles import Styles
from xl_perf.written.summary import project_names
from xl_perf.written.unread_sheet import NotReadSheet

OVERVIEW: Final = "总览"
PROJECTS: Final = "项目"
DETAILS: Final = "明细"
_FILE_WIDTH, _DEPARTMENT_WIDTH, _RESULT_WIDTH = 32, 24, 32
_BOOKS: Final = (
    Column("文件", _FILE_WIDTH),
    Column("部门", _DEPARTMENT_WIDTH),
    Column("年度", 7),
    Column("项目", 7),
    Column("预算数\n（万元）", 14),
    *(Column(severity.label, 7) for severity in Severity),
    Column("已接受", 7),
    Column("结果", _RESULT_WIDTH),
)
_COLUMNS: Final = (
    Column("文件", 36),
    Column("部门", 28),
    Column("年度", 8),
    Column("工作表", 14),
    Column("项目", 40),
    *(Column(severity.label, 8) for severity in Severity),
    Column("已接受", 8),
    Column("结果", 24),
)
_UNREAD: Final = (-1, 0, 0, 0)
"""What could not be read stands above the worst book."""
_FILE: Final = 0


class Report:
    """Writes the workbook while books go by; a context manager that writes nothing after an exception.

    ``target`` is the file that `output.replacing` gives; links are relative to its folder. What people typed into an
    ``earlier`` report is carried over.
    """

    def __init__(self, target: Path, earlier: Earlier | None = None) -> None:
        self._folder = target.parent
        self._earlier = earlier = earlier or Earlier()
        self._workbook = StreamedWorkbook(target, REPORT, "校验报告", typed=earlier.holds_any)
        self._styles = styles = Styles(self._workbook)
        self._overview = overview = self._workbook.list_sheet(OVERVIEW, FIRST_ROW)
        self._sheet = sheet = self._workbook.list_sheet(PROJECTS, FIRST_ROW)
        self._findings = FindingsSheet(self._workbook, styles, with_files=True, name=DETAILS, earlier=earlier)
        overview.columns([None for _ in _BOOKS])
        sheet.columns([None for _ in _COLUMNS])
        self._of_books = PeopleColumns(OVERVIEW, earlier, HANDLED)
        self._of_books.join(overview, styles)
        self._of_projects = PeopleColumns(PROJECTS, earlier)
        self._of_projects.join(sheet, styles)
        self._money = sheet.style(styles("cell", num_format=AMOUNT))
        self._plain, self._centred = sheet.style(styles("cell")), sheet.style(styles("cell", align="center"))
        self._linked = sheet.style(styles("link"))
        self._fills = {
            severity: sheet.style(styles("cell", align="center", bg_color=fill)) for severity, fill in FILLS.items()
        }
        self._good, self._fair, self._bad = (
            sheet.style(styles("cell", bg_color=fill)) for fill in (GOOD_FILL, WARNING_FILL, ERROR_FILL)
        )
        self._books = self._failed = 0
        self._totals = Totals()
        self._left: list[Totals] = []
        self.skipped: Sequence[tuple[str, str]] = ()
        """Files that were passed over, as pairs of path and reason; they are listed in 未读入."""
        self.delivery: Delivery | None = None
        """The departments that were to deliver, where there is a list of them."""
        self.profiles_note = ""
        """Which profiles the findings were found by; it stands at the top."""
        self.lost = ""
        """The projects of former drafts that stand nowhere else (`lost_note`); it stands there, too."""

    def add(
        self,
        path: str,
        department: str | None,
        year: int | None,
        lines: Sequence[ProjectLine],
        findings: Sequence[Finding],
        totals: Totals | None = None,
        left: Left | None = None,
    ) -> None:
        """One book that was checked: a row for the book, one for each project, and its findings.

        ``totals`` are those of the lines where they are known; ``left`` says why the book is in no total at all.
        """
        self._books += 1
        totals = totals or add_up(line.totals for line in lines)
        if left is None:
            self._totals = self._totals.plus(totals)
        else:
            self._left.append(totals)
        links = FormulaLinks(relative(path, self._folder))
        reason = "" if left is None else f"没有计入合计：{told_from(left.reason, self._folder)}"
        counts, accepted = count(findings), count_accepted(findings)
        errors, warnings, hints = (counts[severity] for severity in Severity)
        contents = [
            self._plain + text(links.file),
            self._plain + text(department),
            self._centred + whole(year),
            self._centred + whole(len(lines)),
            self._money + amount(add_up(line.totals for line in lines).budget),
            *self._counted([errors, warnings, hints], self._centred),
            self._counted_accepted(accepted, self._centred),
            self._verdict(counts, accepted) if left is None else self._fair + text(reason),
        ]
        texts = [(links.file, _FILE_WIDTH), (department or "", _DEPARTMENT_WIDTH), (reason, _RESULT_WIDTH)]
        key = (int(left is not None), -errors, -warnings, -hints)
        self._add_book(key, links.file, contents, row_height(texts))
        for line in lines:
            self._add_project(links, line, is_left=left is not None)
        self._findings.add(links, findings_told_from(findings, self._folder), project_names(lines))

    def _add_book(self, key: tuple[int, ...], file: str, contents: Sequence[bytes], height: float) -> None:
        typed = self._of_books.take((file,))
        cells = (*contents, *self._of_books.cells(typed))
        self._overview.hold(key, cells, self._of_books.height(typed, height))

    def _add_project(self, links: FormulaLinks, line: ProjectLine, *, is_left: bool) -> None:
        cell, name = self._plain, line.name or ""
        link = links.cell(_FILE, line.sheet, line.cell("name"), line.sheet)
        state = self._bad if line.errors else self._fair if line.warnings or is_left else self._good
        result = line.state
        if is_left:
            result = f"没有计入合计，{result}" if line.errors or line.warnings else "没有计入合计"
        contents = [
            cell + text(links.file),
            cell + text(line.department),
            self._centred + whole(line.year),
            self._linked + link if link else cell + text(line.sheet),
            cell + text(name),
            *self._counted([line.errors, line.warnings, line.hints], self._centred),
            self._counted_accepted(line.accepted, self._centred),
            state + text(result),
        ]
        typed = self._of_projects.take((links.file, line.sheet))
        contents += self._of_projects.cells(typed)
        texts = ((name, 40), (links.file, 36), (line.department or "", 28), (line.sheet, 14))
        self._sheet.add(contents, self._of_projects.height(typed, row_height(texts)))

    def _counted(self, numbers: Sequence[int], none: bytes) -> list[bytes]:
        """The three counts; what there is none of stays without colour."""
        pairs = zip(self._fills.values(), numbers, strict=True)
        return [(fill if number else none) + whole(number) for fill, number in pairs]

    def _counted_accepted(self, number: int, style: bytes) -> bytes:
        return style + (whole(number) if number else BLANK)

    def _verdict(self, counts: dict[Severity, int], accepted: int) -> bytes:
        if counts[Severity.ERROR]:
            return self._bad + text("有错误，请改正后再报")
        if counts[Severity.WARNING]:
            return self._fair + text("有警告，请改正或说明理由")
        return self._good + text(f"通过，接受{accepted}个警告" if accepted else "通过")

    def add_error(self, error: BookError, missing: Sequence[Incomplete] = ()) -> None:
        """A book that could not be read: its row says why and what to do."""
        self._failed += 1
        for one in missing:
            self._totals = self._totals.lacking(one)
        file = relative(error.path, self._folder)
        said = f"未读入：{error.message.removeprefix(f'{error.path}：')}。{error.remedy}。"
        blank = [self._plain + BLANK] * (len(_BOOKS) - 2)
        contents = [self._plain + text(file), *blank, self._bad + text(said)]
        self._add_book(_UNREAD, file, contents, row_height([(said, _RESULT_WIDTH), (file, _FILE_WIDTH)]))

    def _finish(self, sheet: StreamedSheet, title: str, said: str, columns: Sequence[Column], note: str = "") -> None:
        write_list_head(sheet, self._styles, title, said, columns, note=note)
        if sheet.next > FIRST_ROW:
            sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(columns) - 1)
        sheet.finish()

    def _sums(self) -> Iterator[str]:
        """The totals of the books that count, as the terminal says them."""
        if self._books:
            amounts = " / ".join(plain(amount) for amount in self._totals.amounts.values())
            yield f"预算数 / 财政资金 / 其他资金合计：{amounts} 万元"
        if self._totals.remarks:
            yield f"其中：{'；'.join(self._totals.remarks)}。"

    def _not_in_sums(self) -> Iterator[str]:
        """What the totals do not hold."""
        if self._left:
            yield f"没有计入合计 {len(self._left)} 本，共 {plain(add_up(self._left).budget)} 万元。"
        if self.lost:
            yield f"{self.lost}。"
        if self._totals.incomplete:
            yield f"{self._totals.note}。"

    def close(self) -> None:
        """Writes the file."""
        subject = f"{self._books} 本工作簿"
        counts = said_counts(self._findings.counts, self._findings.accepted)
        failed = f"，{self._failed} 个文件没有读入" if self._failed else ""
        said = "\n".join(("    ".join(filter(None, (subject + failed, counts, self.profiles_note))), *self._sums()))
        note = "\n".join(self._not_in_sums())
        self._overview.settle()
        self._finish(self._overview, "校验报告", said, (*_BOOKS, *self._of_books.columns), note)
        self._finish(self._sheet, "各项目的校验情况", subject, (*_COLUMNS, *self._of_projects.columns))
        self._findings.finish(subject)
        if self.skipped:
            not_read = NotReadSheet(self._workbook, self._styles, self._earlier)
            not_read.add_skipped((relative(path, self._folder), reason) for path, reason in self.skipped)
            not_read.finish()
        if self.delivery:
            write_delivery(self._workbook, self._styles, self._folder, self.delivery, self._earlier)
        write_former(self._workbook, self._styles, self._earlier)
        self._workbook.close()

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self.close()
        else:
            self._workbook.discard()
