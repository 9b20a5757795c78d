"""校验结果: one row per finding; errors, warnings, hints in that order, hints filtered out at first.

The list is streamed: it may be of one book or of thousands.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.named_files import NamingFiles
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.core.workbook.typed import Earlier
from xl_perf.sheets.findings_columns import ACCEPTANCE, FILLS, SHOWN_AT_FIRST, all_columns, row_height_of, said_counts
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW
from xl_perf.written.links import MOST_LINKS, FormulaLinks, external, told_from
from xl_perf.written.list_head import write_list_head
from xl_perf.written.people_columns import HANDLED, PeopleColumns
from xl_perf.written.stream import BLANK, StreamedWorkbook, amount, text
from xl_perf.written.styles import Styles

_FIGURE: Final = re.compile(r"-?\d+(?:\.\d+)?")
_ACCEPTANCE: Final = tuple(column.label for column in ACCEPTANCE)
_REMARKS: Final = "这里的接受理由、接受人只是备注；要接受警告，请填在部门工作簿的“校验结果”里。"
_FILE: Final = 2
_CELL_OF_ONE_BOOK: Final = 3


class FindingsSheet:
    """Writes 校验结果 row by row, and its head at the end. The cells' links lead to the books that were read.

    With one book they are hyperlinks, with many they are HYPERLINK formulas (`links.FormulaLinks`).
    """

    def __init__(
        self,
        workbook: StreamedWorkbook,
        styles: Styles,
        *,
        with_files: bool,
        name: str = FINDINGS_SHEET,
        earlier: Earlier | None = None,
    ) -> None:
        self.counts = dict.fromkeys(Severity, 0)
        self.accepted = 0
        self._people = PeopleColumns(name, earlier or Earlier(), HANDLED)
        own = all_columns(with_files)
        self._columns = (*own, *self._people.columns)
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
            "difference": styles("cell", align="right"),
        }
        sheet.columns([of_key.get(column.key, plain) for column in own])
        self._people.join(sheet, styles)
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
        file = (links.file,) if self._with_files else ()
        before = finding.code, *file, finding.sheet or "整本"
        behind = (
            project,
            finding.field,
            finding.found,
            finding.expected,
        )
        place = (finding.cell or "表") if finding.sheet else None
        typed = self._people.take((*before, place), *(() if finding.accepted else _ACCEPTANCE))
        accepted = finding.accepted or tuple(str(typed.get(label, "")) for label in _ACCEPTANCE)
        own = (
            *(self._severities[severity], *map(text, before), self._place(links, finding), *map(text, behind)),
            *(_difference(finding.difference), text(finding.message), text(finding.remedy)),
        )
        contents = (*own, *map(text, accepted), *self._people.cells(typed))
        ours = (*own, *map(text, finding.accepted or ())) if typed else ()
        height = self._people.height(typed, row_height_of(finding, project, links.file if self._with_files else ""))
        hidden = severity not in SHOWN_AT_FIRST
        if self._with_files:
            self._sheet.hold((severity.rank,), contents, height, hidden, ours)
        else:
            self._sheet.add(contents, height, hidden, ours)

    def _place(self, links: FormulaLinks, finding: Finding) -> bytes:
        """The cell's name, with a link to it where there can be one."""
        if not finding.sheet:
            return self._unlinked + BLANK
        cell = finding.cell
        shown = cell or "表"
        if self._with_files:
            link = links.cell(_FILE, finding.sheet, cell, shown)
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
        sheet.settle()
        write_list_head(sheet, self._styles, FINDINGS_SHEET, f"{subject}    {self._said()}", self._columns)
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
        remarks = f"\n{_REMARKS}" if self._with_files and self.counts[Severity.WARNING] else ""
        return f"{counts} {hidden}{remarks}"


def findings_told_from(findings: Sequence[Finding], folder: Path) -> list[Finding]:
    """The findings with other books named as seen from a folder, as their own book is."""
    return [
        one._replace(message=told_from(one.message, folder)) if isinstance(one.message, NamingFiles) else one
        for one in findings
    ]


def _difference(said: str | None) -> bytes:
    """A difference in 万元 is a number, so that people can sort and add it up; others (5字, 25%) are text."""
    return amount(Decimal(said)) if said and _FIGURE.fullmatch(said) else text(said)
