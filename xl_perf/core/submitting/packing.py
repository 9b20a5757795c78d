"""A department's workbook as it is sent: what is carried into the new one, what is not, whether it says the same."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.accepting import WHOLE_BOOK
from xl_perf.core.figures.report_pairs import evaluations_of, monitoring_of, months_of
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.kind import Family, FormKind
from xl_perf.core.making import draft
from xl_perf.core.making.converting import fitted, left_behind
from xl_perf.core.making.told import kind_said
from xl_perf.core.model.department import Department, MoneyText
from xl_perf.core.model.findings import Accepted, Finding, Severity, fingerprint, one_line
from xl_perf.core.model.progress import Report
from xl_perf.core.model.project import Project, said_budget
from xl_perf.core.submitting.content import Said, said_by, said_in, said_of_goals, said_on_cover
from xl_perf.core.workbook.sheets import DELETED_SHEET, LOG_SHEET, MANIFEST_SHEET, MODEL_SHEET, OTHER_SHEETS, form_sheet

NOT_CARRIED: Final = "没有带上"
_CARRIED: Final = {"connection": "数据连接", "macros": "宏", "object": "嵌入的对象", "control": "ActiveX 控件"}
_DDE: Final = "DDE "
"""Begins the name of a link to another program (`saved.carried`)."""
_MOST_FILES: Final = 10
_REPORTS: Final = frozenset({Family.MONITORING, Family.EVALUATION})
_MONEY_TEXT: Final = "S115"
"""The rule on texts outside the forms that state amounts."""


def sheet_names(department: Department) -> list[str]:
    """The sheets that its projects have in a workbook of ours: ``01``, ``02`` …"""
    return [form_sheet(number) for number in range(1, len(department.projects) + 1)]


def to_send(department: Department, kind: FormKind) -> Department:
    """The department as it is written: every project in a kind that can be, name and year on 首页.

    Nothing is carried that no form holds: other tables, unread sheets. Projects of kinds that are not written become
    ``kind``.
    """
    made = fitted(department, kind)
    cover = made.cover
    if cover.department.value is None and cover.department.is_empty | (cover.department.status is Status.ABSENT):
        cover = replace(cover, department=draft.text(department.name))
    if cover.year.value is None and cover.year.is_empty | (cover.year.status is Status.ABSENT):
        cover = replace(cover, year=draft.department(year=department.year).cover.year)
    return replace(
        made, cover=cover, own_targets=(), blank_forms=(), tables=(), unread=(), money_texts=(), list_totals=()
    )


# --- what does not come along --------------------------------------------------------------------------------------


def not_carried(department: Department, hidden: Iterable[str], kind: FormKind) -> Iterator[str]:
    """Chinese sentences on what of its sheets does not come along, or not as it was; ``hidden`` are sheets' names."""
    concealed = set(hidden)
    reports = _carried_reports(department)
    lists = {task.content.sheet for task in department.tasks} | {one.found.sheet for one in department.supervision}
    told: set[str] = {*reports, *lists}
    for table in department.tables:
        if table.sheet in reports and table.family in _REPORTS:
            continue
        told.add(table.sheet)
        yield f"{_sheet(table.sheet, concealed)}的{kind_said(table)}{NOT_CARRIED}"
    for own in department.own_targets:
        told.add(own.sheet)
        yield f"{_sheet(own.sheet, concealed)}的部门整体绩效目标表（{said_budget([own])}，不在合计里）{NOT_CARRIED}"
    for unread in department.unread:
        if unread.sheet in lists and not unread.lacks_money:
            yield f"{_sheet(unread.sheet, concealed)}的{unread.reason.removesuffix('没有读')}{NOT_CARRIED}"
            continue
        told.add(unread.sheet)
        cells = f"（有内容的单元格 {unread.cells} 个）" if unread.cells else ""
        yield f"{_sheet(unread.sheet, concealed)}{NOT_CARRIED}：{unread.reason}{cells}"
    told |= {one.sheet for one in department.projects} | {one.sheet for one in department.blank_forms}
    for sheet in department.sheets:
        is_own = sheet in OTHER_SHEETS - {LOG_SHEET} or sheet == MODEL_SHEET
        if sheet not in told and not (is_own and department.kind):
            yield f"{_sheet(sheet, concealed)}{_what(sheet)}{NOT_CARRIED}"
    yield from _carried(department)
    yield from _changed_looks(department, concealed)
    for sentence in left_behind(department, kind):
        yield sentence.replace("没有收进来", NOT_CARRIED)


def _carried_reports(department: Department) -> set[str]:
    """The sheets of which every report is written: monitoring of a known month, self-evaluations of projects."""
    written = [one for month in months_of(department) for one in monitoring_of(department, month)]
    carried: list[Report] = [*written, *evaluations_of(department)]
    others = {one.sheet for one in (*department.monitoring, *department.evaluations) if one not in carried}
    return {one.sheet for one in carried} - others


def _carried(department: Department) -> Iterator[str]:
    """Links lead to folders that nobody else need know: only the files are named."""
    for what, names in department.carried:
        if what in _CARRIED:
            yield f"{_CARRIED[what]}{NOT_CARRIED}"
            continue
        files = [re.split(r"[\\/]", name)[-1] for name in names if not name.startswith(_DDE)]
        if files or not names:
            named = "、".join(files[:_MOST_FILES]) + ("等" if len(files) > _MOST_FILES else "")
            yield f"到别的工作簿的链接{f'（{named}）' if named else ''}{NOT_CARRIED}，公式已成为当时的数"
        if len(files) < len(names):
            yield f"到别的程序的链接（DDE）{NOT_CARRIED}，公式已成为当时的数"


def _sheet(name: str, hidden: set[str]) -> str:
    return f"{'隐藏的' if name in hidden else ''}工作表“{name}”"


def _what(sheet: str) -> str:
    if sheet == LOG_SHEET:
        return "（按钮改动的记录）"
    return "（按钮删除的项目表）" if sheet.startswith(DELETED_SHEET) else ""


def _changed_looks(department: Department, hidden: set[str]) -> Iterator[str]:
    """Forms that come along, and look otherwise than before."""
    for project in department.projects:
        form = f"工作表“{project.sheet}”的“{project.title}”"
        if project.sheet in hidden or project.hidden:
            yield f"{form}原在隐藏的工作表上，打包后可见"
        elif project.concealed:
            yield f"{form}原有 {len(project.concealed)} 处在隐藏的行或列里，打包后可见"
        if not project.kind.is_written:
            yield f"{form}原是{project.kind.title}，打包后成一张项目绩效目标表"
        if project.unit is not None and project.unit.unit != _unit_when_packed(project):
            yield f"{form}的金额原以{project.unit.unit}计，打包后以{_unit_when_packed(project)}计"


def _unit_when_packed(project: Project) -> str:
    """What its amounts count in then: an office's own form keeps its unit."""
    own = project.kind.own_sheet if project.kind.is_written else None
    places = () if own is None else own.fields
    return next((place.unit for place in places if place.key == project.kind.money[0].key), "万元")


# --- whether it says the same --------------------------------------------------------------------------------------


class Difference(NamedTuple):
    """What the packed workbook says otherwise: where it stood, what it is called, both texts."""

    place: str
    label: str
    before: str
    after: str

    @property
    def said(self) -> str:
        """For people."""
        return f"{self.place} {self.label or '表旁的金额'}：原为“{self.before or '空'}”，打包后为“{self.after or '空'}”"


def differences(before: Department, after: Department) -> list[Difference]:
    """Everything that a person sees in the forms, on 首页 and 整体绩效目标, and in the totals, and that differs.

    ``before`` is what was to be written (`to_send`), ``after`` what was read back.
    """
    found = list(_of_entries("首页", said_on_cover(before), said_on_cover(after)))
    found += _of_entries("整体绩效目标", said_of_goals(before), said_of_goals(after))
    for old, new in zip_longest(before.projects, after.projects):
        if old is None or new is None:
            one = old or new
            found.append(Difference(one.sheet, "项目", *((one.title, "") if new is None else ("", one.title))))
        else:
            found += _of_entries(old.sheet, said_in(old), said_in(new))
    return found or list(_of_totals(before, after))


def _of_entries(sheet: str, before: Iterable[Said], after: Iterable[Said]) -> Iterator[Difference]:
    old = [(label, entry, said_by(entry)) for label, entry in before if said_by(entry)]
    new = [(label, entry, said_by(entry)) for label, entry in after if said_by(entry)]
    for mine, its in zip_longest(old, new):
        if mine is None or its is None or (mine[0], mine[2]) != (its[0], its[2]):
            label, entry, _ = mine or its
            place = f"{entry.sheet or sheet}!{entry.cell}" if mine is not None and entry.sheet else sheet
            yield Difference(place, label, "" if mine is None else mine[2], "" if its is None else its[2])
            return  # what follows is only shifted


def _of_totals(before: Department, after: Department) -> Iterator[Difference]:
    """Sums of the same entries differ only where a unit or a missing label was understood in another way."""
    old, new = totals_of_department(before), totals_of_department(after)
    figures, forms = old.figures, {project.sheet for project in before.projects}
    for key in sorted({*new.figures, *figures}):
        if figures.get(key) != new.figures.get(key):
            shown = [plain(one.figures[key]) if key in one.figures else "" for one in (old, new)]
            yield Difference("合计", key, *shown)
            return
    if old.projects != new.projects:
        yield Difference("合计", "项目数", str(old.projects), str(new.projects))
    elif [one for one in old.incomplete if one.sheet in forms] and not new.incomplete:
        first = next(one for one in old.incomplete if one.sheet in forms)
        yield Difference(first.sheet or "合计", "不计入合计的金额", first.reason, "计入")


# --- findings ------------------------------------------------------------------------------------------------------


def findings_of_packed(department: Department, before: Sequence[Finding], packed: Sequence[Finding]) -> list[Finding]:
    """The findings on the packed workbook, with the acceptance of the same ones before.

    What was an error before and is none there, such as a sheet that could not be read, goes on counting: it stands
    first, as one on the whole book. ``department`` is as it was read before.
    """
    place = _new_places(department)
    waiting: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for one in before:
        waiting[one.code, place(one), one_line(one.field)].append(one)
    made = []
    for one in packed:
        same = _same(one, waiting[one.code, one.sheet or "", one_line(one.field)])
        is_accepted = same is not None and one.severity is Severity.WARNING
        made.append(one._replace(accepted=same.accepted) if same is not None and is_accepted else one)
    made = list(_with_money_texts_accepted(before, made))
    lost = [one for left in waiting.values() for one in left if one.severity is Severity.ERROR]
    return [*(_as_before(one) for one in lost), *made]


def _with_money_texts_accepted(before: Sequence[Finding], packed: Sequence[Finding]) -> Iterator[Finding]:
    """The texts that did not come along stood in cells; now they are said of the whole book, by these places."""
    known = {one.place: one.accepted for one in before if one.code == _MONEY_TEXT}
    for one in packed:
        place = next((place for place in known if (one.found or "").startswith(f"{place} ")), None)
        is_meant = one.code == _MONEY_TEXT and one.sheet is None and place is not None
        yield one._replace(accepted=known[place]) if is_meant and place is not None else one


def money_texts_left(department: Department) -> tuple[MoneyText, ...]:
    """Those of a workbook as the packed one tells them: by their places and amounts."""
    return tuple(MoneyText("", one.said, MANIFEST_SHEET, 0, 0, packed_from=one.place) for one in department.money_texts)


def _same(finding: Finding, candidates: list[Finding]) -> Finding | None:
    """The finding before that says the same; of only one candidate the place says enough. It is taken out."""
    told = fingerprint(finding.found, finding.message), one_line(finding.found)
    for at, one in enumerate(candidates):
        if (fingerprint(one.found, one.message), one_line(one.found)) == told:
            return candidates.pop(at)
    if candidates:
        return candidates.pop(0)._replace(accepted=None)
    return None


def _new_places(department: Department) -> Callable[[Finding], str]:
    """Which sheet a finding's will be."""
    names = dict(zip(map(id, department.projects), sheet_names(department), strict=True))
    of_sheet: dict[str, list[Project]] = defaultdict(list)
    for project in department.projects:
        of_sheet[project.sheet].append(project)

    def place(finding: Finding) -> str:
        here = of_sheet.get(finding.sheet or "")
        if not here:
            return finding.sheet or ""
        row = -1 if finding.row is None else finding.row
        return names[id(next((one for one in here if one.area[0] <= row <= one.area[2]), here[0]))]

    return place


def _as_before(finding: Finding) -> Finding:
    where = "" if finding.place == WHOLE_BOOK else f" {finding.place}"
    return finding._replace(sheet=None, row=None, column=None, message=f"打包前的工作簿{where}：{finding.message}")


def accepted_rows(findings: Iterable[Finding]) -> tuple[Accepted, ...]:
    """The accepted warnings as `core.checking.accepting` reads them from 校验结果."""
    return tuple(
        Accepted(
            one.code,
            one.sheet or "",
            one.cell or "",
            one_line(one.field),
            one_line(one.found),
            one_line(one.message),
            one.accepted,
        )
        for one in findings
        if one.accepted
    )
