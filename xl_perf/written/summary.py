"""The consolidated workbook of one department: 部门汇总 and 校验结果, with links into the workbook that was read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.figures.missing import by_place
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import Totals
from xl_perf.core.model.findings import Finding
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import SUMMARY_SHEET
from xl_perf.core.workbook.typed import Earlier
from xl_perf.files.own_files import SUMMARY
from xl_perf.written.findings_sheet import FindingsSheet
from xl_perf.written.former_sheet import write_former
from xl_perf.written.links import FormulaLinks, external, relative
from xl_perf.written.people_columns import PeopleColumns
from xl_perf.written.stream import StreamedWorkbook
from xl_perf.written.styles import Styles
from xl_perf.written.summary_sheet import Head, write_summary_sheet
from xl_perf.written.unread_sheet import NotReadSheet

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
    earlier: Earlier | None = None,
    skipped: Sequence[tuple[str, str]] = (),
) -> None:
    """Writes the workbook to ``target``, which `output.replacing` gives.

    What people typed into an ``earlier`` one is carried over. ``path`` is the workbook that was read; the links are
    relative to the folder of ``target``. ``skipped`` are files that were passed over, as pairs of path and reason:
    未读入 lists them. Amounts in 万元. ``profiles_note`` tells by which profile the findings were
    found; it stands above them. Raises OSError or XlsxWriter's error where the disk refuses.
    """
    file = relative(path, target.parent)

    def link(line: ProjectLine, key: str) -> str | None:
        return external(file, line.sheet, line.cell(key))

    title = f"{department or Path(path).stem} {SUMMARY_SHEET}"
    earlier = earlier or Earlier()
    with StreamedWorkbook(target, SUMMARY, title, typed=earlier.holds_any) as workbook:
        styles = Styles(workbook)
        sheet = workbook.add_worksheet(SUMMARY_SHEET)
        missing = totals and missing_note(totals) + doubts_note(totals)
        head = Head(department, year, date=earlier.date)
        earlier.carried += bool(earlier.date)
        people = PeopleColumns(SUMMARY_SHEET, earlier)
        made = write_summary_sheet(
            workbook, sheet, styles, lines, profile, head, link=link, missing=missing or "", people=people
        )
        width = len(made.columns)
        workbook.mark(sheet, made.labels, range(width, width + len(people.columns)))
        results = FindingsSheet(workbook, styles, with_files=False, earlier=earlier)
        results.add(FormulaLinks(file), findings, project_names(lines))
        subject = f"填报单位：{department or ''}", f"文件：{Path(path).name}", profiles_note
        results.finish("    ".join(filter(None, subject)))
        if skipped:
            not_read = NotReadSheet(workbook, styles, earlier)
            not_read.add_skipped((relative(one, target.parent), reason) for one, reason in skipped)
            not_read.finish()
        write_former(workbook, styles, earlier)


def doubts_note(totals: Totals) -> str:
    """What may stand in the totals of one book twice, with the places, or was changed since; empty where nothing is."""
    said = "、".join(one.said for one in totals.doubled[:_MOST_SHEETS])
    more = f" 等 {len(totals.doubled)} 个" if len(totals.doubled) > _MOST_SHEETS else ""
    where = f"：{said}{more}" if totals.doubled else ""
    return f"{'；'.join(totals.doubts)}{where}。" if totals.doubts else ""


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
