"""The findings workbook of ``check --report``: 总览 per book, the worst first, 项目 per project, 明细 per finding."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.checking.counting import Left
from xl_perf.core.errors import BookError
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import Incomplete, Totals, add_up
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.files.own_files import REPORT
from xl_perf.sheets.findings_columns import FILLS, said_counts
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, GOOD_FILL, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.delivery_sheet import write_delivery
from xl_perf.written.findings_sheet import FindingsSheet
from xl_perf.written.links import FormulaLinks, relative
from xl_perf.written.list_head import write_list_head
from xl_perf.written.stream import BLANK, StreamedSheet, StreamedWorkbook, amount, text, whole
from xl_perf.written.styles import Styles
from xl_perf.written.summary import project_names

OVERVIEW: Final = "总览"
PROJECTS: Final = "项目"
DETAILS: Final = "明细"
_BOOKS: Final = (
    Column("文件", 40),
    Column("部门", 28),
    Column("年度", 8),
    Column("项目", 8),
    Column("预算数\n（万元）", 14),
    *(Column(severity.label, 8) for severity in Severity),
    Column("已接受", 8),
    Column("结果", 40),
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

    ``target`` is the file that `output.replacing` gives; links are relative to its folder.
    """

    def __init__(self, target: Path) -> None:
        self._folder = target.parent
        self._workbook = StreamedWorkbook(target, REPORT, "校验报告")
        self._styles = styles = Styles(self._workbook)
        self._overview = overview = self._workbook.list_sheet(OVERVIEW, FIRST_ROW)
        self._sheet = sheet = self._workbook.list_sheet(PROJECTS, FIRST_ROW)
        self._findings = FindingsSheet(self._workbook, styles, with_files=True, name=DETAILS)
        overview.columns([None for _ in _BOOKS])
        sheet.columns([None for _ in _COLUMNS])
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
        self._missing = Totals()
        self.delivery: Delivery | None = None
        """The departments that were to deliver, where there is a list of them."""
        self.profiles_note = ""
        """Which profiles the findings were found by; it stands at the top."""

    def add(
        self,
        path: str,
        department: str | None,
        year: int | None,
        lines: Sequence[ProjectLine],
        findings: Sequence[Finding],
        missing: Sequence[Incomplete] = (),
        left: Left | None = None,
    ) -> None:
        """One book that was checked: a row for the book, one for each project, and its findings.

        ``missing`` is what its totals lack; ``left`` says why it is in no total at all.
        """
        self._books += 1
        if left is None:
            self._add_missing(missing)
        links = FormulaLinks(relative(path, self._folder))
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
            self._verdict(counts, accepted) if left is None else self._fair + text(f"没有计入合计：{left.reason}"),
        ]
        reason = "" if left is None else left.reason
        texts = [(links.file, 40), (department or "", 28), (reason, 36)]
        self._overview.hold((int(left is not None), -errors, -warnings, -hints), contents, row_height(texts))
        for line in lines:
            self._add_project(links, line)
        self._findings.add(links, findings, project_names(lines))

    def _add_project(self, links: FormulaLinks, line: ProjectLine) -> None:
        plain, name = self._plain, line.name or ""
        link = links.cell(_FILE, line.sheet, line.cell("name"), line.sheet)
        state = self._bad if line.errors else self._fair if line.warnings else self._good
        contents = [
            plain + text(links.file),
            plain + text(line.department),
            self._centred + whole(line.year),
            self._linked + link if link else plain + text(line.sheet),
            plain + text(name),
            *self._counted([line.errors, line.warnings, line.hints], self._centred),
            self._counted_accepted(line.accepted, self._centred),
            state + text(line.state),
        ]
        texts = ((name, 40), (links.file, 36), (line.department or "", 28), (line.sheet, 14))
        self._sheet.add(contents, row_height(texts))

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

    def _add_missing(self, missing: Sequence[Incomplete]) -> None:
        self._missing = self._missing._replace(incomplete=(*self._missing.incomplete, *missing))

    def add_error(self, error: BookError, missing: Sequence[Incomplete] = ()) -> None:
        """A book that could not be read: its row says why and what to do."""
        self._failed += 1
        self._add_missing(missing)
        file = relative(error.path, self._folder)
        said = f"未读入：{error.message.removeprefix(f'{error.path}：')}。{error.remedy}。"
        blank = [self._plain + BLANK] * (len(_BOOKS) - 2)
        contents = [self._plain + text(file), *blank, self._bad + text(said)]
        self._overview.hold(_UNREAD, contents, row_height([(said, 40), (file, 40)]))

    def _finish(self, sheet: StreamedSheet, title: str, said: str, columns: Sequence[Column], note: str = "") -> None:
        write_list_head(sheet, self._styles, title, said, columns, note=note)
        if sheet.next > FIRST_ROW:
            sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(columns) - 1)
        sheet.finish()

    def close(self) -> None:
        """Writes the file."""
        subject = f"{self._books} 本工作簿"
        counts = said_counts(self._findings.counts, self._findings.accepted)
        failed = f"，{self._failed} 个文件没有读入" if self._failed else ""
        said = "    ".join(filter(None, (subject + failed, counts, self.profiles_note)))
        note = self._missing.note and f"{self._missing.note}。"
        self._overview.settle()
        self._finish(self._overview, "校验报告", said, _BOOKS, note)
        self._finish(self._sheet, "各项目的校验情况", subject, _COLUMNS)
        self._findings.finish(subject)
        if self.delivery:
            write_delivery(self._workbook, self._styles, self.delivery)
        self._workbook.close()

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self.close()
        else:
            self._workbook.discard()
