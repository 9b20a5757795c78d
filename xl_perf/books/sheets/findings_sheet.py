"""校验结果: one row per finding; errors, warnings, hints in that order within a book, hints filtered out at first.

The list is streamed: it may be of one book or of thousands. The sheet's columns are data, for whoever else writes
one (a department workbook has the same sheet).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from xl_perf.books.sheets.links import MOST_LINKS, FormulaLinks, external
from xl_perf.books.sheets.list_head import FIRST_ROW, HEADER_ROW, Column, write_list_head
from xl_perf.books.sheets.stream import BLANK, StreamedWorkbook, text
from xl_perf.books.sheets.styles import ERROR_FILL, HINT_FILL, WARNING_FILL, Styles
from xl_perf.books.sheets.texts import HIGHEST, LINE_HEIGHT, lines_needed
from xl_perf.core import form
from xl_perf.core.findings import Finding, Severity

FILLS: Final = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL, Severity.HINT: HINT_FILL}
SHOWN_AT_FIRST: Final = (Severity.ERROR, Severity.WARNING)
COLUMNS: Final = (
    Column("级别", 7, "severity"),
    Column("规则", 7, "code"),
    Column("文件", 22, "file"),
    Column("工作表", 11, "sheet"),
    Column("单元格", 8, "cell"),
    Column("项目", 20, "project"),
    Column("字段", 14, "field"),
    Column("发现", 20, "found"),
    Column("应为", 20, "expected"),
    Column("差额", 11, "difference"),
    Column("说明", 36, "message"),
    Column("处理办法", 32, "remedy"),
    Column("接受理由", 18, "reason"),
    Column("接受人", 9, "by"),
)
"""The last two: why a warning stands, and who answers for it (`core.accepting` reads them back)."""

_FILE: Final = 2
_CELL_OF_ONE_BOOK: Final = 3


def columns_of(with_files: bool) -> tuple[Column, ...]:
    """The columns for one book, or for many."""
    return COLUMNS if with_files else tuple(column for column in COLUMNS if column.key != "file")


class FindingsSheet:
    """Writes 校验结果 row by row, and its head at the end. The cells' links lead to the books that were read.

    With one book they are hyperlinks, with many they are HYPERLINK formulas (`links.FormulaLinks`).
    """

    def __init__(
        self, workbook: StreamedWorkbook, styles: Styles, *, with_files: bool, name: str = form.FINDINGS_SHEET
    ) -> None:
        self.counts = dict.fromkeys(Severity, 0)
        self.accepted = 0
        self._columns = columns_of(with_files)
        self._sheet = sheet = workbook.list_sheet(name, FIRST_ROW)
        self._styles, self._with_files = styles, with_files
        plain, typed = styles("cell"), styles("cell", num_format="@")
        of_key = {
            "severity": None,
            "code": styles("cell", align="center"),
            "sheet": typed,
            "cell": None,
            "found": typed,
            "expected": typed,
            "difference": styles("cell", num_format="@", align="right"),
        }
        sheet.columns([of_key.get(column.key, plain) for column in self._columns])
        self._links = 0
        self._unlinked = sheet.style(styles("cell", align="center"))
        self._linked = sheet.style(styles("link", align="center"))
        self._severities = {
            severity: sheet.style(styles("cell", align="center", bg_color=fill)) + text(severity.label)
            for severity, fill in FILLS.items()
        }

    def add(self, links: FormulaLinks, findings: Sequence[Finding], projects: Mapping[str, str | None]) -> None:
        """The findings of one book; ``projects`` are the projects' names by sheet."""
        for severity in Severity:
            for finding in findings:
                if finding.severity is severity:
                    if finding.accepted is None:
                        self.counts[severity] += 1
                    else:
                        self.accepted += 1
                    self._add(links, finding, severity, projects.get(finding.sheet or "") or "")

    def _add(self, links: FormulaLinks, finding: Finding, severity: Severity, project: str) -> None:
        file = [text(links.file)] if self._with_files else []
        contents = [
            self._severities[severity],
            text(finding.code),
            *file,
            text(finding.sheet or "整本"),
            self._place(links, finding),
            text(project),
            text(finding.field),
            text(finding.found),
            text(finding.expected),
            text(finding.difference),
            text(finding.message),
            text(finding.remedy),
            *map(text, finding.accepted or ("", "")),
        ]
        height = _height(finding, project, links.file if self._with_files else "")
        self._sheet.add(contents, height, severity not in SHOWN_AT_FIRST)

    def _place(self, links: FormulaLinks, finding: Finding) -> str:
        """The cell's name, with a link to it where there can be one."""
        if not finding.sheet:
            return self._unlinked + BLANK
        cell = finding.cell
        shown = cell or "表"
        if self._with_files:
            link = links.cell(_FILE, self._sheet.row, finding.sheet, cell, shown)
            return self._linked + link if link else self._unlinked + text(shown)
        address = external(links.file, finding.sheet, cell)
        if address is None or self._links >= MOST_LINKS:
            return self._unlinked + text(shown)
        self._links += 1
        self._sheet.link(self._sheet.next, _CELL_OF_ONE_BOOK, address)
        return self._linked + text(shown)

    def finish(self, subject: str) -> None:
        """Title, counts, header row, filter and page; ``subject`` says whose findings they are."""
        sheet = self._sheet
        write_list_head(sheet, self._styles, form.FINDINGS_SHEET, f"{subject}    {self._said()}", self._columns)
        if sheet.next > FIRST_ROW:
            sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(self._columns) - 1)
            if self.counts[Severity.HINT]:
                sheet.filter_column_list(0, [severity.label for severity in SHOWN_AT_FIRST])
        sheet.finish()

    def _said(self) -> str:
        """How many of each, and where the hints are."""
        if not any(self.counts.values()) and not self.accepted:
            return "没有发现问题。"
        counts = said_counts(self.counts, self.accepted)
        hidden = "（提示已筛选隐藏，点“级别”的筛选箭头可以显示）" if self.counts[Severity.HINT] else ""
        return f"{counts} {hidden}"


def said_counts(counts: Mapping[Severity, int], accepted: int) -> str:
    """How many of each are open, and how many warnings were accepted."""
    said = "，".join(f"{severity.label} {counts[severity]}" for severity in Severity)
    return f"{said}，已接受 {accepted}" if accepted else said


_WIDTH: Final = {column.key: column.width for column in COLUMNS}
_FILE_WIDTH, _SHEET_WIDTH, _PROJECT_WIDTH = _WIDTH["file"], _WIDTH["sheet"], _WIDTH["project"]
_FIELD_WIDTH, _FOUND_WIDTH, _EXPECTED_WIDTH = _WIDTH["field"], _WIDTH["found"], _WIDTH["expected"]
_MESSAGE_WIDTH, _REMEDY_WIDTH = _WIDTH["message"], _WIDTH["remedy"]


def _height(finding: Finding, project: str, file: str) -> float:
    """The row's height in points for its wrapped texts; part of the innermost loop."""
    lines = max(
        lines_needed(finding.message, _MESSAGE_WIDTH),
        lines_needed(finding.remedy, _REMEDY_WIDTH),
        lines_needed(finding.found, _FOUND_WIDTH),
        lines_needed(finding.expected, _EXPECTED_WIDTH),
        lines_needed(project, _PROJECT_WIDTH),
        lines_needed(finding.accepted.reason, _WIDTH["reason"]) if finding.accepted else 1,
        lines_needed(finding.field, _FIELD_WIDTH),
        lines_needed(file, _FILE_WIDTH),
        lines_needed(finding.sheet, _SHEET_WIDTH),
    )
    return min(HIGHEST, max(20.0, lines * LINE_HEIGHT + 5))
