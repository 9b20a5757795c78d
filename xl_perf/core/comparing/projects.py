"""The projects of a department on both sides: which belong together, and what differs in each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property, reduce
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import together
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.delivered import ListedProject, listed
from xl_perf.core.comparing.matching import Matching
from xl_perf.core.comparing.records import (
    Change,
    MatchedBy,
    Nature,
    Pair,
    ProjectChange,
    ProjectDifference,
    ProjectPlace,
    Value,
    pairs_of,
)
from xl_perf.core.comparing.tables import indicators_compared, plans_compared, texts_compared
from xl_perf.core.comparing.values import compared, only_one, said, same, value_of
from xl_perf.core.figures.totals import Totals, totals_of
from xl_perf.core.forms.kind import Family, Field, FormKind, Money
from xl_perf.core.forms.learned import source_of
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import MONEY_LABELS

_LEAST: Final = 0.5
"""Share of what only it says that a project without a code has in common with itself under another name."""
_LEAST_OF_OTHER_CODES: Final = 0.8
"""The same where both sides have a code, and these differ."""
_FEW: Final = 2
"""Less in common tells nothing."""


class Placed:
    """A project of a department with its book: ``department`` as its book names it."""

    def __init__(self, project: Project, path: str, department: str | None) -> None:
        self.project, self.path, self.department = project, path, department

    @cached_property
    def listed(self) -> ListedProject:
        """As it is compared by code and name."""
        return listed(self.project)

    @cached_property
    def totals(self) -> Totals:
        """Its part in the totals."""
        return totals_of(self.project)

    @cached_property
    def features(self) -> frozenset[str]:
        """What it says beside its name: purpose, goals, indicators, budget."""
        project = self.project
        found = [("purpose", project.purpose.text), *(("goal", goal.text) for goal in project.goals)]
        found += [("indicator", f"{one.level3.text}\n{one.target.text}") for one in project.indicators]
        if project.budget.value:
            found.append(("budget", plain(project.budget.value)))
        return frozenset(f"{what}:{folded(text)}" for what, text in found if text.strip())

    @cached_property
    def content(self) -> tuple[tuple[str, str | None], ...]:
        """All that it says."""
        return tuple((label, said(entry)) for label, entry in self.project.entries())

    @cached_property
    def place(self) -> ProjectPlace:
        """Where it stands."""
        project = self.project
        cell = project.name.cell or project.heading.cell
        title = project.kind.title if project.kind.family is Family.DEPARTMENT else project.title
        names = project.code.text or None, project.name.value, title
        return ProjectPlace(self.path, self.department, project.sheet, cell, *names, project.kind.title)


class Likeness:
    """How much of what two projects say is the same, from 0 to 1. What several of one side say tells nothing."""

    def __init__(self, old: Sequence[Placed], new: Sequence[Placed]) -> None:
        self._common = {
            feature
            for side in (old, new)
            for feature, number in Counter(one for placed in side for one in placed.features).items()
            if number > 1
        }

    def own(self, placed: Placed) -> frozenset[str]:
        """What only this project of its side says."""
        return placed.features - self._common

    def __call__(self, old: Placed, new: Placed) -> float:
        of_old, of_new = self.own(old), self.own(new)
        both = len(of_old & of_new)
        return both / max(len(of_old), len(of_new)) if both >= _FEW else 0.0

    @staticmethod
    def least(old: Placed, new: Placed) -> float:
        """What makes two projects one."""
        codes = old.listed.code_key, new.listed.code_key
        return _LEAST_OF_OTHER_CODES if all(codes) and codes[0] != codes[1] else _LEAST


def paired(old: Sequence[Placed], new: Sequence[Placed]) -> tuple[list[tuple[Placed, Placed, MatchedBy]], Matching]:
    """The projects that belong together, in the order of the new side, and what is left of both.

    By code and name; by code, unless its name or that of its match stands elsewhere on the other side (so somebody has
    numbered anew); by name; by code all the same; by all that they say, then by what they have in common.
    """
    matching = Matching(old, new)
    likeness = Likeness(old, new)
    by: dict[MatchedBy, list[tuple[int, int]]] = {one: [] for one in MatchedBy}
    by[MatchedBy.CODE] += matching.alike(_code_and_name, likeness)
    names = [{side[at].listed.name_key for at in left} - {""} for side, left in _left(old, new, matching)]
    by[MatchedBy.CODE] += matching.only(
        _code, lambda one, other: one.listed.name_key not in names[1] and other.listed.name_key not in names[0]
    )
    by[MatchedBy.NAME] += matching.alike(_name, likeness)
    by[MatchedBy.CODE] += matching.alike(_code, likeness)
    by[MatchedBy.CONTENT] += matching.alike(lambda one: one.content, likeness)
    by[MatchedBy.CONTENT] += matching.best(likeness, likeness.least, likeness.own)
    how = {pair: what for what, pairs in by.items() for pair in pairs}
    in_order = sorted(how, key=lambda pair: pair[1])
    return [(old[at], new[match], how[at, match]) for at, match in in_order], matching


def _left(
    old: Sequence[Placed], new: Sequence[Placed], matching: Matching
) -> tuple[tuple[Sequence[Placed], list[int]], tuple[Sequence[Placed], list[int]]]:
    return (old, matching.old_left), (new, matching.new_left)


def _code(one: Placed) -> str:
    return one.listed.code_key


def _name(one: Placed) -> str:
    return one.listed.name_key


def _code_and_name(one: Placed) -> tuple[str, str] | None:
    code, name = _code(one), _name(one)
    return (code, name) if code and name else None


# --- one project ---------------------------------------------------------------------------------------------------


def compared_project(old: Placed, new: Placed, by: MatchedBy | None) -> ProjectDifference | None:
    """What differs in a project that both sides have; None where nothing does."""
    changes = tuple(_changes(old, new))
    if not changes:
        return None
    is_renamed = by is not None and not same(old.project.name, new.project.name)
    change = ProjectChange.RENAMED if is_renamed else ProjectChange.CHANGED
    return ProjectDifference(change, old.place, new.place, pairs_of(old.totals, new.totals), changes, by)


def only_on_one_side(placed: Placed, *, is_new: bool) -> ProjectDifference:
    """A project that was added, or removed: its amounts are its changes."""
    old, new = (None, placed.place) if is_new else (placed.place, None)
    amounts = pairs_of(Totals(), placed.totals) if is_new else pairs_of(placed.totals, Totals())
    changes = tuple(_amounts_alone(placed, is_new=is_new))
    return ProjectDifference(ProjectChange.ADDED if is_new else ProjectChange.REMOVED, old, new, amounts, changes)


def _amounts_alone(placed: Placed, *, is_new: bool) -> Iterator[Change]:
    project = placed.project
    for field in project.kind.money:
        entry = project.value(field.key)
        if not entry.text:
            continue
        value = value_of(entry, placed.path)
        amount = entry.value or _NO_AMOUNT
        pair = Pair(new=amount) if is_new else Pair(old=amount)
        note = "" if entry.value is not None or entry.is_empty else "读不出，差额里按 0 计"
        change = only_one(field.key, _label_in(project.kind, field), value, is_new=is_new, difference=pair.difference)
        yield change._replace(note=note)


_NO_AMOUNT: Final = Pair().old


def _changes(old: Placed, new: Placed) -> Iterator[Change]:
    paths = old.path, new.path
    a, b = old.project, new.project
    if a.kind.name != b.kind.name:
        of_old, of_new = (Value(one.project.kind.title, one.path, one.project.sheet) for one in (old, new))
        yield Change("form", "表样", Nature.CHANGED, of_old, of_new)
    heads = (
        []
        if _shows_name(a) and _shows_name(b)
        else [compared("heading", "标题", (a.heading, paths[0], ""), (b.heading, paths[1], ""))]
    )
    fields = {field.key: (one.kind, field) for one in (a, b) for field in one.kind.fields}
    parted = _parted_otherwise(a.kind, b.kind)
    for key, (kind, field) in fields.items():
        source = source_of(key)
        if source in parted and key != source and source in fields:
            continue
        sides = [_all_of(one, source) if source in parted else one.value(key) for one in (a, b)]
        label = label_of(field) if source in parted else _label_in(kind, field)
        old_side, new_side = (sides[0], paths[0], ""), (sides[1], paths[1], "")
        heads.append(compared(key, label, old_side, new_side, is_money=field.money is not None))
    yield from filter(None, heads)
    yield from plans_compared(a, b, paths)
    yield from texts_compared("goal", "目标", a.goals, b.goals, paths)
    labels = {column.key: column.label for one in (a, b) for column in one.kind.columns}
    yield from indicators_compared(a.indicators, b.indicators, paths, labels)


def _shows_name(project: Project) -> bool:
    """Its title repeats the name: that is compared itself. Where programs that calculate nothing have saved a title by
    formula, as the template has it, there is none to be read.
    """
    is_there = project.heading.status not in {Status.BLANK, Status.ABSENT}
    return not is_there or same(project.heading, project.name)


def label_of(field: Field) -> str:
    """What a field is called, whatever its form: the budget and the treasury's money have names of their own there."""
    if field.money in {Money.BUDGET, Money.FISCAL}:
        return MONEY_LABELS.get(field.key, field.name)
    return field.name


def _label_in(kind: FormKind, field: Field) -> str:
    """The same in a form; one of several amounts of a source is called as that form calls it."""
    is_parted = field.key in {source_of(one.key) for one in kind.fields if one.key != source_of(one.key)}
    return field.label if is_parted else label_of(field)


def _all_of(project: Project, key: str) -> Entry[Decimal]:
    """All of an amount, in 万元: an office's own form may have several of one source."""
    fields = zip(project.kind.fields, project.values, strict=True)
    amounts = [entry for field, entry in fields if source_of(field.key) == key]
    return reduce(together, amounts) if amounts else absent(project.sheet)


def _parted_otherwise(one: FormKind, other: FormKind) -> set[str]:
    """The sources of which one form has other amounts than the other: all of it together is compared."""
    keys = [frozenset(field.key for field in kind.fields) for kind in (one, other)]
    return {source_of(key) for key in keys[0] ^ keys[1] if key != source_of(key)}
