"""校验全部 and 校验本表: read, check, list, mark."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.core.checking import check as checking
from xl_perf.core.figures.summary import titles_by_place
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import findings, low_rows, marks
from xl_perf.live.host import NotHere
from xl_perf.live.reading import profile_of
from xl_perf.live.typed_percents import read_corrected
from xl_perf.sheets.lists import FIRST_ROW

if TYPE_CHECKING:
    from xl_perf.core.model.department import Department
    from xl_perf.live.host import Host


_NAMED: Final = 5
_LISTED: Final = 12
"""Findings that an answer lists where the workbook cannot be changed."""


def validate(host: "Host") -> str:
    """Checks the whole book, fills 校验结果, marks cells; gives the outcome as one text."""
    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    found = checking.check(department, profile_of(host.book, department))
    if host.is_read_only:
        return _said_only(department, found, None)
    low_rows.raise_rows(host, book)
    outcome = show(host, department, found)
    host.book.sheets[FINDINGS_SHEET].activate()
    host.show_from(FIRST_ROW)
    return _joined(outcome, corrected)


def _joined(*said: str) -> str:
    return "\n".join(filter(None, said))


def validate_sheet(host: "Host") -> str:
    """The same for the form in front; what is listed and marked elsewhere in the book stays as it is."""
    name = host.active.name
    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    forms = {*(project.sheet for project in department.projects), *(blank.sheet for blank in department.blank_forms)}
    if name not in forms:
        raise NotHere(f"工作表“{name}”不是填写过的项目表", "请先转到一张项目表，再按“校验本表”")
    found = [one for one in checking.check(department, profile_of(host.book, department)) if one.sheet == name]
    if host.is_read_only:
        return _said_only(department, found, name)
    low_rows.raise_rows(host, book, [name])
    return _joined(show(host, department, found, name), corrected)


def show(host: "Host", department: "Department", found: Sequence[Finding], only: str | None = None) -> str:
    """Lists and marks what was found in the book, or with ``only`` on one of its sheets; gives the outcome as one text.

    What is in front and selected stays so. Raises `Locked` where 校验结果 has a password of somebody's own.
    """
    projects = titles_by_place((one.sheet, one.area[0], one.area[2], one.title) for one in department.projects)
    planned = findings.fill(host, found, projects, only)
    locked, was_stopped, without_note = marks.mark(host, found, only)
    hidden = [f"“校验结果”里有 {planned.hidden}"] if planned.hidden else []
    outcome = f"{_outcome(found, only)}{'逐条列在“校验结果”。' if found else ''}"
    lines = [outcome, *hidden, *(f"注意：{note}。" for note in department.notes)]
    if planned.dropped:
        lines.append(f"有 {planned.dropped} 条接受理由所说的问题已经不存在，不再列出。")
    if was_stopped:
        lines.append("已按 Esc 停止：问题已全部列出，单元格没有全部标记。要标记完，请再按一次。")
    if locked:
        lines.append(
            f"工作表 {'、'.join(locked)} 设有密码保护，问题已列出，单元格没有标记。要标记请先在“审阅”中撤消保护。"
        )
    if without_note:
        lines.append(f"{_some(without_note)} 已有别人可以答复的批注，只标了颜色，没有另加说明：问题见“校验结果”。")
    return "\n".join(lines)


def _some(cells: Sequence[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _NAMED else ""
    return f"{'、'.join(cells[:_NAMED])}{more}"


def _said_only(department: "Department", found: Sequence[Finding], only: str | None) -> str:
    """For a book that cannot be changed: the gravest findings are listed in the answer itself."""
    lines = [_outcome(found, only), *(f"注意：{note}。" for note in department.notes)]
    still_open = [one for one in found if one.accepted is None]
    graded = sorted(((one.severity or Severity.HINT, one) for one in still_open), key=lambda pair: pair[0].rank)
    lines += [f"{severity.label} {one.code} {_place(one)}：{one.message}。" for severity, one in graded[:_LISTED]]
    if len(graded) > _LISTED:
        lines.append(f"……等共 {len(graded)} 条。要看全部，请另存一份再校验，或用命令 xl-perf check。")
    lines.append("这本工作簿是只读的，所以没有写入“校验结果”，也没有标记单元格。")
    return "\n".join(lines)


def _place(finding: Finding) -> str:
    return (
        "整本工作簿" if finding.sheet is None else f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    )


def _outcome(found: Sequence[Finding], only: str | None) -> str:
    where = f"工作表“{only}”" if only else "整本工作簿"
    if not found:
        return f"{where}没有发现问题。"
    counts = count(found)
    counted = [f"{severity.label} {counts[severity]} 条" for severity in Severity if counts[severity]]
    if accepted := count_accepted(found):
        counted.append(f"已接受 {accepted} 条")
    return f"{where}校验完成：{'，'.join(counted)}。"
