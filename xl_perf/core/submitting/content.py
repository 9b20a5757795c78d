"""What a person sees in the forms of a department's workbook, cell by cell: what digests are made of.

Only what was read counts: how a program stores it (fonts, shared strings, white space, 25 or 25.0) does not, so that
re-saving in Excel, WPS or LibreOffice changes nothing.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.report_entries import said_of_the_year
from xl_perf.core.forms.sign_off import LABELS
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import COVER_FIELDS, COVER_SHEET, FINDINGS_SHEET, GOALS_SHEET

Said = tuple[str, Entry[Any]]
"""A value with the label that people know it by."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True)
class SheetContent:
    """What stands on a sheet: a form, 首页, 整体绩效目标, or the warnings accepted on 校验结果.

    ``name`` and ``budget`` (万元, empty where it is not known) are a project's. ``values`` are the labels and texts in
    reading order, blanks left out, and what else there is to see, such as that the sheet is hidden. ``cells`` are the
    texts by the cells in which they stand, each with its label. ``hidden`` is what nobody sees: 第 11 行, 工作表.
    """

    sheet: str
    name: str
    budget: str
    values: tuple[tuple[str, str], ...]
    cells: dict[str, tuple[str, str]]
    hidden: tuple[str, ...] = ()


def seen(text: str) -> str:
    """The text as it is compared: one line, no characters that nobody sees.

    White space differs between programs: a line break is LF, CR LF or a paragraph of its own.
    """
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return " ".join("".join(one for one in line if unicodedata.category(one) not in _UNSEEN).split())


def said_by(entry: Entry[Any]) -> str:
    """What an entry says: an amount (万元) or percentage as it was understood, everything else as it was typed."""
    if isinstance(entry.value, Decimal):
        return plain(entry.value)
    if entry.status is Status.CONTRADICTED:
        return f"{seen(entry.text)}（单位前后不一）"
    return "" if entry.status is Status.ABSENT else seen(entry.text)


def contents_of(department: Department) -> list[SheetContent]:
    """What is seen in the workbook, sheet by sheet: 首页, 整体绩效目标, the forms in their order, 监控,
    自评, 任务分解, 监督记录, 校验结果.

    Sheets that say nothing are left out, but for forms.
    """
    own = (_sheet(COVER_SHEET, said_on_cover(department)), _sheet(GOALS_SHEET, said_of_goals(department)))
    forms = [_form(project) for project in (*department.projects, *department.own_targets)]
    reports = [_sheet(sheet, said) for sheet, said in _said_of_the_year(department).items()]
    accepted = SheetContent(FINDINGS_SHEET, "", "", tuple(_accepted(department)), {})
    return [*(one for one in own if one.values), *forms, *reports, *[accepted] * bool(accepted.values)]


def _sheet(
    sheet: str, said: Iterable[Said], name: str = "", budget: str = "", more: Iterable[str] = ()
) -> SheetContent:
    values: list[tuple[str, str]] = []
    cells: dict[str, tuple[str, str]] = {}
    for label, entry in said:
        text = said_by(entry)
        if not text:
            continue
        values.append((label, text))
        if entry.sheet == sheet and entry.cell:
            before = cells.get(entry.cell)
            cells[entry.cell] = (label, text) if before is None else (before[0], _with(before[1], text))
    return SheetContent(sheet, name, budget, (*values, *(("", one) for one in more)), cells)


def _with(before: str, text: str) -> str:
    """A cell that holds several values, or stands for several rows: each of its texts once."""
    return before if text in before.split("\x1f") else f"{before}\x1f{text}"


def _form(project: Project) -> SheetContent:
    budget = project.budget.value
    hidden = [f"隐藏 {entry.cell}" for _, entry in project.concealed]
    more = [project.kind.name, *["隐藏"] * project.hidden, *hidden]
    name = seen(project.title)
    made = _sheet(project.sheet, said_in(project), name, "" if budget is None else plain(budget), more)
    return replace(made, hidden=("工作表",) if project.hidden else project.hidden_lines)


def said_in(project: Project) -> Iterator[Said]:
    """All that its form says, what stands beside its own values as well.

    Of the cell with the title only the heading counts: 项目绩效目标表 below it is printed. One that repeats the name
    does not: it may be a formula, and programs that calculate nothing save no result of it.
    """
    for label, entry in project.entries():
        own = entry._replace(typed=str(entry.value or "")) if entry is project.heading else entry
        if entry is not project.heading or said_by(own) != said_by(project.name):
            yield label, own
    yield from ((one.label, one.entry) for one in project.carried)
    if project.sign_off is not None:
        yield from zip(LABELS, project.sign_off, strict=True)
    if project.void is not None:
        yield "作废", project.void
    for said in (project.beside, project.unlabelled, project.whole):
        yield from said


def said_on_cover(department: Department) -> Iterator[Said]:
    """What stands on 首页."""
    cover = department.cover
    entries = (cover.department, cover.year, cover.contact, cover.phone, cover.ceiling)
    return zip((field.label for field in COVER_FIELDS), entries, strict=True)


def said_of_goals(department: Department) -> Iterator[Said]:
    """What stands on 整体绩效目标."""
    yield "总体绩效目标", department.overall_goal
    for sub in department.sub_goals:
        yield "分项绩效目标", sub.title
        yield "绩效目标", sub.goal
        for one in sub.indicators:
            yield "绩效指标", one.name
            yield "指标值", one.target
        yield "对应项目", sub.projects
    for safeguard in department.safeguards:
        yield "工作保障措施", safeguard.title
        yield "具体内容", safeguard.text


def _said_of_the_year(department: Department) -> dict[str, list[Said]]:
    """What the reports and lists of the year say, by their sheets."""
    found: dict[str, list[Said]] = defaultdict(list)
    for one in said_of_the_year(department):
        if one.entry.status is not Status.ABSENT:
            found[one.entry.sheet].append((one.label, one.entry))
    return found


def _accepted(department: Department) -> Iterator[tuple[str, str]]:
    for one in department.accepted:
        place = f"{one.sheet}!{one.cell}" if one.cell else one.sheet
        yield f"{one.code} {place}".strip(), seen(f"{one.acceptance.reason} {one.acceptance.by}")
