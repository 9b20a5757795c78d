"""What totals lack: which sheets of a book, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.chosen_otherwise import choice_of
from xl_perf.core.forms.list_frame import ROW_TOTAL
from xl_perf.core.forms.printed_labels import Printed, printed_label
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project

_READ: Final = frozenset({Status.FILLED, Status.BLANK, Status.PLACEHOLDER})


class Incomplete(NamedTuple):
    """What a total lacks the money of: a project's sheet, or (``sheet`` None) a file; and why, in Chinese."""

    path: str
    sheet: str | None
    reason: str


def missing_from(department: Department) -> tuple[Incomplete, ...]:
    """The sheets of a book whose money is missing from its totals."""
    on_sheet = Counter(project.sheet for project in department.projects)
    found = [
        Incomplete(department.path, project.sheet, _of(project, reason) if on_sheet[project.sheet] > 1 else reason)
        for project in department.projects
        if project.unlabelled
        or project.repeated
        or project.kind.learned is not None
        or not (_is_filled(project.budget) and all(map(_is_read, project.sources)))
        for reason in _reasons(project)
    ]
    found += [
        Incomplete(department.path, table.sheet, f"“{table.title}”还读不出")
        for table in department.tables
        if table.holds_projects
    ]
    found += [
        Incomplete(department.path, sheet.sheet, sheet.reason) for sheet in department.unread if sheet.lacks_money
    ]
    return tuple(found)


def _of(project: Project, reason: str) -> str:
    """A reason with the project's name: there are several on its sheet."""
    return f"“{project.name.text or '没有名称的项目'}”{reason}"


def by_place(missing: Iterable[Incomplete]) -> dict[tuple[str, str | None], str]:
    """What is missing, by path and sheet: every place once, with all its reasons."""
    reasons: dict[tuple[str, str | None], list[str]] = {}
    for one in missing:
        reasons.setdefault((one.path, one.sheet), []).append(one.reason)
    return {place: "，".join(said) for place, said in reasons.items()}


def _is_filled(entry: Entry[Decimal]) -> bool:
    return entry.value is not None


def _is_read(entry: Entry[Decimal]) -> bool:
    return entry.status in _READ


def _reasons(project: Project) -> Iterator[str]:
    budget = project.budget
    if budget.value is None:
        yield _reason(project.budget_name, budget, project)
    for field, entry in zip(project.kind.sources, project.sources, strict=True):
        if entry.status not in _READ and (field.required or entry.status is not Status.ABSENT):
            yield _reason(field.name, entry, project)
    yield from (f"{project.kind.field(key).name}写了不止一处" for key in sources_said_twice(project))
    yield from (f"没有标签“{label}”" for label, _ in sources_left_out(project))
    if rest_is_unsaid(project):
        yield "没有写其余的资金来源"
    if budget.status is not Status.ABSENT:
        in_budget = "，预算数含了它，只有资金来源的合计不含" if _are_in_budget(project) else ""
        for name, amount in project.unlabelled:
            said = f"“{''.join(name.split())}”后面的" if name else "没有标签的"
            unread = "读不出，也" if amount.value is None else ""
            choice = choice_of(project.kind, name)
            why = f"样表上是“{choice}”" if choice else f"{unread}不知道是哪种资金"
            yield f"{said} {amount.text} {why}{in_budget}"


def _are_in_budget(project: Project) -> bool:
    """What has no place in any source is just what the sources lack of the budget."""
    amounts = [amount.value for _, amount in project.unlabelled]
    if None in amounts or not all(map(_is_read, project.sources)):
        return False
    own = [one.value for one in project.sources] + amounts
    return reduce(EXACT.add, [value for value in own if value is not None], Decimal(0)) == project.budget.value


def sources_said_twice(project: Project) -> list[str]:
    """Keys of the sources that have two labels with amounts, of which nobody knows how they belong together."""
    own = {field.key for field in project.kind.sources}
    return list(dict.fromkeys(label.key for label in project.repeated if label.key in own))


def sources_left_out(project: Project) -> Iterator[Printed]:
    """Sources that an office's own form prints and this one has no label for, where the others leave some unsaid."""
    own, budget = project.kind.learned, project.budget.value
    if own is None or budget is None or project.unlabelled or project.repeated:
        return
    sources = list(zip(project.kind.sources, project.sources, strict=True))
    if any(not (one.is_empty or one.value is not None) for _, one in sources if one.status is not Status.ABSENT):
        return
    printed = {word.key for word in own.words}
    lacking = [field.key for field, one in sources if one.status is Status.ABSENT and field.key in printed]
    if reduce(EXACT.add, [one.value for _, one in sources if one.value is not None], Decimal(0)) < budget:
        yield from (printed_label(project.kind, key) for key in lacking if key not in project.missing)


def rest_is_unsaid(project: Project) -> bool:
    """The form has a label for one source alone, which is only a part of the budget."""
    shown = [
        (field, source)
        for field, source in zip(project.kind.sources, project.sources, strict=True)
        if field.required or source.status is not Status.ABSENT
    ]
    budget = project.budget.value
    if len(shown) != 1 or budget is None or project.unlabelled or project.repeated:
        return False
    only = shown[0][1].value
    return only is not None and 0 < only < budget


def _reason(name: str, entry: Entry[Decimal], project: Project) -> str:
    if entry.status is Status.ABSENT:
        lacks_budget = project.budget.status is Status.ABSENT
        if lacks_budget and AMOUNT_COLUMN in project.missing:
            name = printed_label(project.kind, AMOUNT_COLUMN).label
        elif lacks_budget and ROW_TOTAL in project.missing:
            name = "合计"
        return f"没有标签“{name}”"
    if entry.status is Status.CONTRADICTED:
        place = entry.row, entry.column
        said = next((one.said for one in project.conflicts if (one.amount.row, one.amount.column) == place), "")
        return f"{name}不能确定（{said}）" if said else f"{name}写了两个"
    return f"没有填{name}" if entry.is_empty else f"{name}读不出"
