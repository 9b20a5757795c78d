"""校验全部 and 校验本表: read, check, list, mark."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from xl_perf.core.checking import check as checking
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import cover, findings, marks
from xl_perf.live.host import NotHere
from xl_perf.live.protection import Locked
from xl_perf.live.reading import department_of, profile_of

if TYPE_CHECKING:
    from xl_perf.core.model.department import Department
    from xl_perf.live.host import Host


def validate(host: "Host") -> str:
    """Checks the whole book, fills 校验结果, marks cells; gives the outcome as one text."""
    department = department_of(host)
    found = checking.check(department, profile_of(host.book, department))
    outcome = _publish(host, department, found, None)
    host.book.sheets[FINDINGS_SHEET].activate()
    return outcome


def validate_sheet(host: "Host") -> str:
    """The same for the form in front; what is listed and marked elsewhere in the book stays as it is."""
    name = host.active.name
    department = department_of(host)
    forms = {*(project.sheet for project in department.projects), *(blank.sheet for blank in department.blank_forms)}
    if name not in forms:
        raise NotHere(f"工作表“{name}”不是填写过的项目表", "请先转到一张项目表，再按“校验本表”")
    found = [one for one in checking.check(department, profile_of(host.book, department)) if one.sheet == name]
    return _publish(host, department, found, name)


def _publish(host: "Host", department: "Department", found: Sequence[Finding], only: str | None) -> str:
    projects = {project.sheet: project.title for project in department.projects}
    planned = findings.fill(host, found, projects, only)
    locked = marks.mark(host, found, only)
    with suppress(Locked):  # 首页 with somebody's own password: its names stay old
        cover.refresh(host)
    lines = [_outcome(found, only), *(f"注意：{note}。" for note in department.notes)]
    if planned.dropped:
        lines.append(f"有 {planned.dropped} 条接受理由所说的问题已经不存在，不再列出。")
    if locked:
        lines.append(
            f"工作表 {'、'.join(locked)} 设有密码保护，问题已列出，单元格没有标记。要标记请先在“审阅”中撤消保护。"
        )
    return "\n".join(lines)


def _outcome(found: Sequence[Finding], only: str | None) -> str:
    where = f"工作表“{only}”" if only else "整本工作簿"
    if not found:
        return f"{where}没有发现问题。"
    counts = count(found)
    counted = [f"{severity.label} {counts[severity]} 条" for severity in Severity if counts[severity]]
    if accepted := count_accepted(found):
        counted.append(f"已接受 {accepted} 条")
    return f"{where}校验完成：{'，'.join(counted)}。逐条列在“校验结果”。"
