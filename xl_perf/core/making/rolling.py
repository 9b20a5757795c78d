"""Last year's department rolled forward: years in deadlines and titles move on, amounts stay or go."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.entries import target_entry
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.targets import Target
from xl_perf.core.figures.report_pairs import evaluations_of, paired
from xl_perf.core.figures.rounding import rounded, share
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.carried_cells import BETWEEN
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.learned import lasting
from xl_perf.core.forms.money_labels import counts_no_money
from xl_perf.core.forms.own_columns import OwnColumn
from xl_perf.core.forms.split_targets import SplitCells
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation
from xl_perf.core.model.project import CarriedCell, Indicator, LastResult, LastYear, Project

_YEAR: Final = re.compile(r"(?<!\d)(?:[1１][9９]|[2２][0０1１])\d{2}(?!\d)")


class Amounts(StrEnum):
    """What becomes of last year's amounts: kept, cleared, or cleared and shown beside the form for comparison.

    Where they are kept in a new year, they are shown too: people change the form's own.
    """

    KEEP = "keep"
    CLEAR = "clear"
    LAST_YEAR = "last-year"


class Rolled(NamedTuple):
    """The department as it starts the new year, and Chinese sentences on what a person should look at."""

    department: Department
    notes: tuple[str, ...]


def roll(department: Department, year: int | None, amounts: Amounts = Amounts.KEEP) -> Rolled:
    """Moves a department on to ``year`` (None: it stays in its own).

    Years move on in deadlines, and in headings, project names and other target values that name the old year and no
    other. Texts that still name it are not changed but told. Amounts are the budget, target values in money (a cost
    indicator's ``=161.93万元``) and 控制数; percentages stay. Where the department does not say its year, no text is
    changed. Figures of a year before that the projects hold stay in the same year, which is a correction.

    Monitoring, self-evaluations, tasks and records of supervision belong to their year: a new one begins without them.
    What the self-evaluations say of the projects is shown with last year's figures.
    """
    old = department.year
    shift = year - old if year is not None and old is not None else 0
    projects = department.projects
    is_signed = any(line.is_signature for project in projects for line in project.own_lines)
    if amounts is Amounts.LAST_YEAR or (amounts is Amounts.KEEP and shift):
        evaluated = dict(enumerate(one for project, one in paired(department, evaluations_of(department)) if project))
        projects = tuple(
            replace(project, last_year=_last_year(project, evaluated[at])) for at, project in enumerate(projects)
        )
    elif shift:
        projects = tuple(replace(project, last_year=None) for project in projects)
    if shift and old is not None:
        projects = tuple(_moved(project, old, shift) for project in projects)
    if amounts is not Amounts.KEEP:
        projects = tuple(map(_cleared, projects))
        department = replace(department, cover=replace(department.cover, ceiling=draft.department().cover.ceiling))
    costs = _cleared_costs(department) if amounts is not Amounts.KEEP else ()
    carried = _cleared_carried(department) if amounts is not Amounts.KEEP else ()
    left = _reports_of(department) if year is not None and year != old else ()
    department = replace(department, projects=projects)
    if left:
        department = replace(department, monitoring=(), evaluations=(), tasks=(), supervision=())
    notes = tuple(_notes(department, old, year)) if shift and old is not None else ()
    has_amounts = any(entry.value is not None for project in projects for _, entry in project.amounts)
    has_amounts = has_amounts or any(map(_carried_amounts, projects))
    if shift and amounts is Amounts.KEEP and has_amounts:
        notes = (f"各表的金额仍是 {old} 年的，请逐张核对，改成 {year} 年的；要清空后重填，请加 --amounts clear", *notes)
    if year is not None and old is None and projects:
        notes = ("没有读出原来的年度，时限和标题里的年份没有改动",)
    if shift and is_signed:
        notes = (*notes, "上年的填表人、联系电话和填报日期没有带来，请重填")
    if costs:
        notes = (*notes, f"以金额表示的指标值也清空了，请重填：{'、'.join(costs)}")
    if carried:
        notes = (*notes, f"样表上不读的格子里的数也清空了：{'、'.join(carried)}")
    if left:
        shown = "；自评的结果注在各表右边" if any(_has_results(project) for project in projects) else ""
        notes = (*notes, f"上年的{'、'.join(left)}没有带来{shown}")
    return Rolled(department, notes)


def last_budget(project: Project) -> Decimal | None:
    """Its budget of last year in 万元, which stands beside the form; None where that does not say."""
    if project.last_year is None:
        return None
    entry = dict(project.last_year.amounts).get(project.kind.amount_places[0][0])
    return None if entry is None else entry.value


# --- years ---------------------------------------------------------------------------------------------------------


def _moved(project: Project, old: int, shift: int) -> Project:
    return replace(
        project,
        heading=_text_moved(project.heading, old, shift),
        sign_off=None,
        own_lines=tuple(line for line in project.own_lines if not line.is_signature),
        values=tuple(
            _text_moved(entry, old, shift) if field.value is Value.TEXT else entry
            for field, entry in zip(project.kind.fields, project.values, strict=True)
        ),
        indicators=tuple(one._replace(target=_target_moved(one.target, old, shift)) for one in project.indicators),
    )


def _text_moved(entry: Entry[str], old: int, shift: int) -> Entry[str]:
    text = entry.value
    if text is None or {int(year) for year in _YEAR.findall(text)} != {old}:
        return entry
    moved = _YEAR.sub(str(old + shift), text)
    return entry._replace(value=moved, typed=moved)


def _target_moved(entry: Entry[Target], old: int, shift: int) -> Entry[Target]:
    text, target = entry.text, entry.value
    years = [int(year) for year in _YEAR.findall(text)]
    is_deadline = target is not None and target.deadline is not None
    if not years or not (is_deadline or (set(years) == {old} and f"{old}年" in text)):
        return entry

    def moved(said: str) -> str:
        return _YEAR.sub(lambda match: str(int(match[0]) + shift), said)

    typed = entry.typed.changed(moved) if isinstance(entry.typed, SplitCells) else moved(text)
    return target_entry(typed, entry.sheet, entry.row, entry.column)


def _notes(department: Department, old: int, year: int | None) -> Iterator[str]:
    """Where the old year still stands."""
    texts: list[tuple[str, Entry[Any]]] = [("总体绩效目标", department.overall_goal)]
    texts += [("分项绩效目标和保障措施", entry) for entry in department.goal_texts()]
    for project in department.projects:
        own = (*project.entries(), *((one.label, one.entry) for one in project.carried))
        texts += [(f"项目“{project.title}”的{label}", entry) for label, entry in own]
    filled = ((label, entry.text) for label, entry in texts if entry.status is not Status.BLANK)  # else it is printed
    places = dict.fromkeys(label for label, text in filled if old in map(int, _YEAR.findall(text)))
    if places:
        yield f"已由 {old} 年转到 {year} 年；下列文字里还写着 {old} 年，没有改动，请核对：{'、'.join(places)}"


# --- amounts -------------------------------------------------------------------------------------------------------


def _last_year(project: Project, evaluation: Evaluation | None) -> LastYear:
    """What the project says, before anything of it is changed, and what its self-evaluation does."""
    amounts = ((field.name, project.value(field.key)) for field in project.kind.amounts)
    told = tuple((name, entry) for name, entry in amounts if entry.text and not entry.is_empty)
    before = LastYear(told, tuple(one.target for one in project.indicators))
    if evaluation is None:
        return before
    outturn, budget = evaluation.whole.outturn, evaluation.whole.budget.value
    spent = None if outturn.value is None or budget is None else share(outturn.value, budget)
    return before._replace(
        results=tuple(_results(project, evaluation)),
        outturn=outturn,
        outturn_rate=None if spent is None else rounded(spent),
    )


def _results(project: Project, evaluation: Evaluation) -> Iterator[LastResult]:
    """Of each indicator of the project, found by what identifies it; equal ones in their order."""
    rows: dict[tuple[str, str, str], list[EvaluatedIndicator]] = {}
    for one in evaluation.indicators:
        rows.setdefault(one.key, []).append(one)
    for indicator in project.indicators:
        same = rows.get(indicator.key)
        row = same.pop(0) if same else None
        yield LastResult() if row is None else LastResult(row.actual, row.score, row.weight)


def _has_results(project: Project) -> bool:
    return project.last_year is not None and bool(project.last_year.results)


def _reports_of(department: Department) -> tuple[str, ...]:
    """What the department has reported in its year, as the sheets are called."""
    there = {
        "监控": department.monitoring,
        "自评": department.evaluations,
        "任务分解": department.tasks,
        "监督记录": department.supervision,
    }
    return tuple(name for name, found in there.items() if found)


def _cleared(project: Project) -> Project:
    nothing = draft.project().budget
    places = {project.kind.place[field.key] for field in project.kind.amounts}
    return replace(
        project,
        values=tuple(nothing if at in places else entry for at, entry in enumerate(project.values)),
        indicators=tuple(
            one._replace(target=draft.indicator({}).target) if _is_amount(one) else one for one in project.indicators
        ),
        own_columns=tuple(_cleared_column(project, *column) for column in project.own_columns),
        carried=tuple(one for one in project.carried if not _is_carried_amount(one)),
        unit=None,
        conflicts=(),
    )


def _is_carried_amount(cell: CarriedCell) -> bool:
    """A number, or what is one to people, that is not called a telephone, a code, a share or the like."""
    return is_meant_for_amount(cell.entry.typed) and not any(map(counts_no_money, cell.label.split(BETWEEN)))


def _is_column_of_amounts(project: Project, heading: str) -> bool:
    """Of an office's own list a column of amounts beside that of the budget that it does not read."""
    own = project.kind.learned
    return own is not None and lasting(heading) in map(lasting, own.printed)


def _cleared_column(project: Project, heading: str, entries: tuple[Entry[str], ...]) -> OwnColumn:
    if not _is_column_of_amounts(project, heading):
        return heading, entries
    return heading, tuple(draft.text(None) if is_meant_for_amount(one.typed) else one for one in entries)


def _cleared_carried(department: Department) -> tuple[str, ...]:
    """The projects with such numbers, each with how many, in Chinese."""
    numbers = [(project.title, _carried_amounts(project)) for project in department.projects]
    return tuple(f"“{title}”{number} 个" for title, number in numbers if number)


def _carried_amounts(project: Project) -> int:
    columns = (entries for heading, entries in project.own_columns if _is_column_of_amounts(project, heading))
    in_columns = sum(is_meant_for_amount(one.typed) for entries in columns for one in entries)
    return in_columns + sum(map(_is_carried_amount, project.carried))


def _cleared_costs(department: Department) -> tuple[str, ...]:
    """The projects with target values in money, each with their number, in Chinese."""
    numbers = [(project.title, sum(map(_is_amount, project.indicators))) for project in department.projects]
    return tuple(f"“{title}”{number} 个" for title, number in numbers if number)


def _is_amount(indicator: Indicator) -> bool:
    target = indicator.target.value
    return target is not None and target.amount is not None
