"""校验结果: one row per finding; errors, warnings, hints in that order within a book, hints filtered out at first.

The list is streamed: it may be of one book or of thousands. The sheet's columns are data, for whoever else writes
one (a department workbook has the same sheet).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from xl_perf.books.layout import HIGHEST, LINE_HEIGHT, lines_needed
from xl_perf.books.links import MOST_LINKS, external, formula_place
from xl_perf.books.list_head import FIRST_ROW, HEADER_ROW, Column, write_list_head
from xl_perf.books.stream import LETTERS, StreamedWorkbook, text_cell, text_formula_cell
from xl_perf.books.styles import ERROR_FILL, HINT_FILL, WARNING_FILL, Styles
from xl_perf.core import form
from xl_perf.core.findings import Finding, Severity

FILLS: Final = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL, Severity.HINT: HINT_FILL}
SHOWN_AT_FIRST: Final = (Severity.ERROR, Severity.WARNING)
_RANKED: Final = tuple(Severity)


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
)


def columns_of(with_files: bool) -> tuple[Column, ...]:
    """The columns for one book, or for many."""
    return COLUMNS if with_files else tuple(column for column in COLUMNS if column.key != "file")


class FindingsSheet:
    """Writes 校验结果 row by row, and its head at the end. The cells' links lead to the books that were read.

    With one book they are hyperlinks. With many they are HYPERLINK formulas, which cost no memory and know no limit
    of 65,530 per sheet; their address is put together from the file in the same row.
    """

    def __init__(
        self, workbook: StreamedWorkbook, styles: Styles, *, with_files: bool, name: str = form.FINDINGS_SHEET
    ) -> None:
        self.columns = columns_of(with_files)
        self.counts = dict.fromkeys(Severity, 0)
        self._sheet = workbook.list_sheet(name, FIRST_ROW, len(self.columns))
        self._styles, self._with_files = styles, with_files
        self._at = {column.key: number for number, column in enumerate(self.columns)}
        self._links = 0
        number = self._sheet.style_number
        self._plain, self._text = number(styles("cell")), number(styles("cell", num_format="@"))
        self._centred = number(styles("cell", align="center"))
        self._right = number(styles("cell", num_format="@", align="right"))
        self._linked = number(styles("link", align="center"))
        self._fills = {
            severity: number(styles("cell", align="center", bg_color=fill)) for severity, fill in FILLS.items()
        }

    def add(self, file: str, findings: Sequence[Finding], projects: Mapping[str, str | None]) -> None:
        """The findings of one book. ``file`` as links name it; ``projects`` are the names by sheet."""
        for severity in _RANKED:
            of_this = [finding for finding in findings if finding.severity is severity]
            self.counts[severity] += len(of_this)
            for finding in of_this:
                self._add(file, finding, severity, projects.get(finding.sheet or "") or "")

    def _add(self, file: str, finding: Finding, severity: Severity, project: str) -> None:
        sheet = self._sheet
        row, column = sheet.row, 2
        plain, text = self._plain, self._text
        cells = [
            text_cell(0, row, self._fills[severity], severity.label),
            text_cell(1, row, self._centred, finding.code),
        ]
        if self._with_files:
            cells.append(text_cell(2, row, plain, file))
            column = 3
        cells += (
            text_cell(column, row, text, finding.sheet or "整本"),
            self._place(column + 1, row, file, finding),
            text_cell(column + 2, row, plain, project),
            text_cell(column + 3, row, plain, finding.field),
            text_cell(column + 4, row, text, finding.found),
            text_cell(column + 5, row, text, finding.expected),
            text_cell(column + 6, row, self._right, finding.difference),
            text_cell(column + 7, row, plain, finding.message),
            text_cell(column + 8, row, plain, finding.remedy),
        )
        height = _height(finding, project, file if self._with_files else "")
        sheet.add("".join(cells), height, severity not in SHOWN_AT_FIRST)

    def _place(self, column: int, row: int, file: str, finding: Finding) -> str:
        """The cell's name, with a link to it where there can be one."""
        cell = finding.cell
        shown = cell or ("表" if finding.sheet else "")
        if not finding.sheet:
            return text_cell(column, row, self._centred, shown)
        if self._with_files:
            place = formula_place(file, finding.sheet, cell)
            if place is not None:
                formula = f'HYPERLINK({LETTERS[self._at["file"]]}{row}&"{place}","{shown}")'
                return text_formula_cell(column, row, self._linked, formula, shown)
        elif self._links < MOST_LINKS:
            address = external(file, finding.sheet, cell)
            if address is not None:
                self._links += 1
                self._sheet.link(row - 1, column, address)
                return text_cell(column, row, self._linked, shown)
        return text_cell(column, row, self._centred, shown)

    def finish(self, subject: str) -> None:
        """Title, counts, header row, filter and page; ``subject`` says whose findings they are."""
        sheet = self._sheet
        write_list_head(sheet, self._styles, form.FINDINGS_SHEET, f"{subject}    {self._said()}", self.columns)
        if sheet.next > FIRST_ROW:
            sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(self.columns) - 1)
            if self.counts[Severity.HINT]:
                sheet.filter_column_list(0, [severity.label for severity in SHOWN_AT_FIRST])
        sheet.finish()

    def _said(self) -> str:
        """How many of each, and where the hints are."""
        if not any(self.counts.values()):
            return "没有发现问题。"
        counts = "，".join(f"{severity.label} {self.counts[severity]}" for severity in Severity)
        hidden = "（提示已筛选隐藏，点“级别”的筛选箭头可以显示）" if self.counts[Severity.HINT] else ""
        return f"{counts} {hidden}"


_ROOMS: Final = {column.key: int(column.width) - 1 for column in COLUMNS}


def _height(finding: Finding, project: str, file: str) -> float:
    """The row's height in points for its wrapped texts. In the innermost loop: texts that fit one line cost nothing."""
    lines = 1
    for text, room in (
        (finding.message, _ROOMS["message"]),
        (finding.remedy, _ROOMS["remedy"]),
        (finding.found, _ROOMS["found"]),
        (finding.expected, _ROOMS["expected"]),
        (project, _ROOMS["project"]),
        (finding.field, _ROOMS["field"]),
        (file, _ROOMS["file"]),
        (finding.sheet, _ROOMS["sheet"]),
    ):
        if text and len(text) * 2 > room:
            lines = max(lines, lines_needed(text, room + 1))
    return min(HIGHEST, max(20.0, lines * LINE_HEIGHT + 5))
