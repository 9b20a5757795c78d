"""The first levels in the tables of indicators on an office's own sheet, with the rows that each takes.

They are those that the 样表 prints, and those that a project has.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.groups import Group, Row
from xl_perf.core.forms.own_sheet import OwnSheet, PrintedTable
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Branch, Profile

Tables = Sequence[Sequence[Group]]
"""The rows of each table of indicators, by their first levels."""


def own_tables(sheet: OwnSheet) -> list[list[Group]]:
    """The first levels that each table prints, with as many rows as it has; one without label where it prints none."""
    return [_printed_groups(table) for table in sheet.tables]


def _printed_groups(table: PrintedTable) -> list[Group]:
    groups = [
        Group(branch_key(label), label, tuple(Row(second) for second in seconds)) for label, seconds in table.groups
    ]
    return groups or [Group("", "", (Row(""),) * table.rows)]


def by_table(sheet: OwnSheet, project: Project, groups: Sequence[Group], *, spare: bool) -> list[list[Group]]:
    """The groups of a project in the tables of the sheet: each where it was read, if the project has as many tables.

    Else, in their order, where they are printed: a first level that the table has had already, or that only a later
    one prints, begins the next table; what stands once is for the table of the year where the others are for longer.
    With ``spare`` every table keeps the first levels that it prints; none is without a row.
    """
    if len(sheet.tables) == 1:
        return [list(groups)]
    as_many = len(project.other_tables) + 1 == len(sheet.tables)
    made = _as_read(project, groups) if as_many else _as_printed(sheet, groups)
    return [
        _with_printed(groups, table) if spare else groups or [one._replace(rows=one.rows[:1]) for one in own]
        for groups, table, own in zip(made, sheet.tables, own_tables(sheet), strict=True)
    ]


def _as_read(project: Project, groups: Sequence[Group]) -> list[list[Group]]:
    made: list[list[Group]] = [[] for _ in range(len(project.other_tables) + 1)]
    at = 0
    for group in groups:
        parts: dict[int, list[Row]] = {}
        for row in group.rows:
            if row.indicator is not None:
                one = project.indicators[row.indicator]
                at = bisect_left(project.other_tables, max(one.level3.row, one.target.row))
            parts.setdefault(at, []).append(row)
        for number, rows in parts.items():
            made[number].append(group._replace(rows=tuple(rows)))
    return made


def _as_printed(sheet: OwnSheet, groups: Sequence[Group]) -> list[list[Group]]:
    printed = [[branch_key(label) for label, _ in table.groups] for table in sheet.tables]
    made: list[list[Group]] = [[] for _ in sheet.tables]
    at = 0
    for group in groups:
        later = (number for number in range(at, len(made)) if _goes_on(printed[number], made[number], group))
        at = next(later, at)
        made[at].append(group)
    yearly = next((at for at, table in enumerate(sheet.tables) if "年度" in "".join(sheet.texts[table.header])), 0)
    if yearly and not any(made[1:]) and set(printed[0]) <= set(printed[yearly]):
        made[0], made[yearly] = made[yearly], made[0]
    return made


def _goes_on(printed: Sequence[str], groups: Sequence[Group], group: Group) -> bool:
    """A first level that a table prints goes on with it, unless a later one stands there already."""
    places = [printed.index(one.branch) for one in groups if one.branch in printed]
    return group.branch in printed and printed.index(group.branch) >= max(places, default=0)


def _with_printed(groups: Sequence[Group], table: PrintedTable) -> list[Group]:
    """The groups with those that the table prints and the project lacks, a row each, in their places."""
    own = _printed_groups(table)
    if not groups:
        return own
    order = {group.branch: place for place, group in enumerate(own)}
    made = list(groups)
    for group in own:
        if all(one.branch != group.branch for one in made):
            later = (at for at, one in enumerate(made) if order.get(one.branch, -1) > order[group.branch])
            made.insert(next(later, len(made)), group._replace(rows=group.rows[:1]))
    return made


def with_room(sheet: OwnSheet, groups: Sequence[Group], *, spare: bool) -> list[Group]:
    """The groups of a project on a table that prints no levels; with ``spare`` it has as many rows as the sheet."""
    rows = sheet.tables[0].rows
    if not groups:
        return [Group("", "", (Row(""),) * rows)]
    if not spare:
        return list(groups)
    room = rows - sum(len(group.rows) for group in groups)
    return [*groups, Group("", "", (Row(""),) * max(room, 1))]


def with_seconds(sheet: OwnSheet, project: Project, *, spare: bool) -> list[Group]:
    """The rows of a project on a table that prints second levels only: its indicators in their order.

    With ``spare`` each second level that it lacks keeps its place, and a blank row is left at the end.
    """
    seconds = (second for table in sheet.tables for group in table.groups for second in group.seconds)
    printed = list(dict.fromkeys(filter(None, seconds)))
    order = {branch_key(second): place for place, second in enumerate(printed)}
    rows = [Row(one.level2.text, number) for number, one in enumerate(project.indicators)]
    has = {one.level2.value for one in project.indicators}
    for second in printed if spare or not rows else ():
        if (key := branch_key(second)) not in has:
            later = (at for at, row in enumerate(rows) if order.get(branch_key(row.second), -1) > order[key])
            rows.insert(next(later, len(rows)), Row(second))
    return [Group("", "", (*rows, Row("")) if spare else tuple(rows))]


def with_branches(sheet: OwnSheet, profile: Profile) -> Profile:
    """The profile with the first levels that the sheet prints; as it is where it prints none."""
    known = {branch.name: branch for branch in profile.branches}
    own: dict[str, Branch] = {}
    printed = [group for table in sheet.tables for group in table.groups if group.label]
    for label, seconds in printed:
        name = branch_key(label)
        second = tuple(dict.fromkeys(branch_key(one) for one in seconds if one))
        if name in known:
            second = second or known[name].second
            own.setdefault(name, replace(known[name], label=label, second=second))
        else:
            own.setdefault(name, Branch(name, label, second, optional=True))
    return replace(profile, branches=tuple(own.values())) if own else profile


def with_printed_label(sheet: OwnSheet, group: Group) -> Group:
    """A first level as the sheet prints it, with its line breaks, where it reads alike."""
    labels = (label for table in sheet.tables for label, _ in table.groups)
    printed = next((label for label in labels if "".join(label.split()) == "".join(group.label.split())), "")
    return group._replace(label=printed) if printed and group.label.strip() else group
