"""The consolidated workbook of one department: 部门汇总 and 校验结果, with links into the workbook that was read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import Totals, by_place
from xl_perf.core.model.findings import Finding
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import SUMMARY_SHEET
from xl_perf.files.own_files import SUMMARY
from xl_perf.written.findings_sheet import FindingsSheet
from xl_perf.written.links import FormulaLinks, external, relative
from xl_perf.written.stream import StreamedWorkbook
from xl_perf.written.styles import Styles
from xl_perf.written.summary_sheet import Head, write_summary_sheet

_MOST_SHEETS: Final = 10
"""Sheets that are named one by one below 合计."""


def write_summary(
    target: Path,
    path: str,
    department: str | None,
    year: int | None,
    lines: Sequence[ProjectLine],
    findings: Sequence[Finding],
    profile: Profile,
    profiles_note: str = "",
    totals: Totals | None = None,
) -> None:
    """Writes the workbook to ``target``, which `output.replacing` gives.

    ``path`` is the workbook that was read; the links are relative to the folder of ``target``. Amounts in 万元.
    ``profiles_note`` tells by which profile the findings were found; it stands above them. Raises OSError or
    XlsxWriter's error where the disk refuses.
    """
    file = relative(path, target.parent)

    def link(line: ProjectLine, key: str) -> str | None:
        return external(file, line.sheet, line.cell(key))

    with StreamedWorkbook(target, SUMMARY, f"{department or Path(path).stem} {SUMMARY_SHEET}") as workbook:
        styles = Styles(workbook)
        sheet = workbook.add_worksheet(SUMMARY_SHEET)
        missing = totals and missing_note(totals)
        head = Head(department, year)
        write_summary_sheet(workbook, sheet, styles, lines, profile, head, link=link, missing=missing or "")
        results = FindingsSheet(workbook, styles, with_files=False)
        results.add(FormulaLinks(file), findings, project_names(lines))
        subject = f"填报单位：{department or ''}", f"文件：{Path(path).name}", profiles_note
        results.finish("    ".join(filter(None, subject)))


def missing_note(totals: Totals) -> str:
    """What is missing from the totals of one book, with its sheets; empty where nothing is."""
    if not totals.incomplete:
        return ""
    sheets = [f"{sheet}（{reasons}）" for (_, sheet), reasons in by_place(totals.incomplete).items()]
    more = f"，另有 {len(sheets) - _MOST_SHEETS} 张" if len(sheets) > _MOST_SHEETS else ""
    return f"{totals.note}：{'、'.join(sheets[:_MOST_SHEETS])}{more}。"


def project_names(lines: Sequence[ProjectLine]) -> dict[str, str | None]:
    """Names of projects by sheet; none for a sheet with several forms."""
    names: dict[str, str | None] = {}
    for line in lines:
        names[line.sheet] = None if line.sheet in names else line.name
    return names
