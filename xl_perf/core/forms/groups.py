"""The rows of the indicator table: which first and second levels a form prints, and where there is room for more."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Branch, Profile

TWICE: Final = frozenset({"数量", "质量"})
"""Second levels for which a blank form has two rows, because most projects need them."""
FEWEST_ROWS: Final = 2
"""Of a first level in a blank form: its label needs the height, and most projects the room."""


class Row(NamedTuple):
    """A row of the indicator table: the second level's label, and the number of the indicator in the project."""

    second: str
    indicator: int | None = None


class Group(NamedTuple):
    """Rows under one merged first level. ``branch`` is its plain name, ``label`` what the form prints."""

    branch: str
    label: str
    rows: tuple[Row, ...]


def blank_group(branch: Branch, profile: Profile) -> Group:
    """A first level of the profile with its second levels prefilled, ready to fill in."""
    seconds = [second for second in branch.second for _ in range(2 if second in TWICE else 1)]
    rows = [Row(profile.label_of(second)) for second in seconds]
    rows += [Row("")] * (FEWEST_ROWS - len(rows))
    return Group(branch.name, branch.label, tuple(rows))


def groups_of(project: Project, profile: Profile, *, spare: bool = True) -> list[Group]:
    """The project's indicators in their order, by first level; branches that it lacks keep their place.

    Every branch of the profile gets a spare row, but for one that may be missing and stands under another: 成本 under
    产出. A project without indicators gets a blank form's rows. Without ``spare``, as in print, only first levels that
    the project has are there; all, in a row each, where it has none.
    """
    if not project.indicators:
        made = [blank_group(branch, profile) for branch in profile.branches]
        return made if spare else [group._replace(rows=(Row(""),)) for group in made]
    groups = [_group(list(rows)) for _, rows in groupby(_numbered(project.indicators), key=lambda row: row[0])]
    order = {branch.name: place for place, branch in enumerate(profile.branches)}
    lacking = [branch for branch in profile.branches if all(group.branch != branch.name for group in groups)]
    for branch in lacking if spare else ():
        if not (branch.optional and _stands_elsewhere(branch, project)):
            later = (at for at, group in enumerate(groups) if order.get(group.branch, -1) > order[branch.name])
            groups.insert(next(later, len(groups)), Group(branch.name, branch.label, ()))
    last = {group.branch: at for at, group in enumerate(groups)}
    return [
        group._replace(rows=(*group.rows, Row("")))
        if (group.branch in order and last[group.branch] == at and spare) or not group.rows
        else group
        for at, group in enumerate(groups)
    ]


def _stands_elsewhere(branch: Branch, project: Project) -> bool:
    """The project has second levels of the branch under another first level, or one that is called like it."""
    return any(one.level2.value in {branch.name, *branch.second} for one in project.indicators)


def _numbered(indicators: Iterable[Indicator]) -> Iterator[tuple[int, int, Indicator]]:
    """Indicators with the number of their group. A blank second level below a filled one begins a new group:
    readers would take the one above for it."""
    group, before = 0, None
    for number, indicator in enumerate(indicators):
        if before is not None and (
            indicator.level1.text != before.level1.text or (before.level2.text and not indicator.level2.text)
        ):
            group += 1
        yield group, number, indicator
        before = indicator


def _group(rows: list[tuple[int, int, Indicator]]) -> Group:
    level1 = rows[0][2].level1
    return Group(
        level1.value or "", level1.text, tuple(Row(indicator.level2.text, number) for _, number, indicator in rows)
    )
