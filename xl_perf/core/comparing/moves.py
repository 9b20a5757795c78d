"""Projects that one department lost and another got, where that is certain; the others were removed and added."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from xl_perf.core.comparing.departments import Compared
from xl_perf.core.comparing.matching import Matching
from xl_perf.core.comparing.projects import Likeness, Placed, compared_project, only_on_one_side
from xl_perf.core.comparing.records import (
    DepartmentDifference,
    MatchedBy,
    ProjectChange,
    ProjectDifference,
    pairs_of,
)

_ALIKE: Final = 0.5
"""Share of what only they say that projects of one code have in common, where the name differs."""
_ALIKE_BY_NAME: Final = 0.8
"""The same for projects of one name without a code that says so."""


def with_moves(compared: Sequence[Compared]) -> list[DepartmentDifference]:
    """The departments with the projects that came, moved to another one, or went.

    A project moved where no other has its code on either side and name or content are the same too; or its name, and
    nearly all of its content, while no code speaks against it. One of the same name alone is another project.
    """
    removed = [(at, one) for at, part in enumerate(compared) for one in part.removed]
    added = [(at, one) for at, part in enumerate(compared) for one in part.added]
    matching = Matching(removed, added)
    likeness = Likeness([one for _, one in removed], [one for _, one in added])

    def same_by_code(old: tuple[int, Placed], new: tuple[int, Placed]) -> bool:
        is_named_alike = old[1].listed.name_key == new[1].listed.name_key
        return old[0] != new[0] and (is_named_alike or likeness(old[1], new[1]) >= _ALIKE)

    def same_by_name(old: tuple[int, Placed], new: tuple[int, Placed]) -> bool:
        codes = {old[1].listed.code_key, new[1].listed.code_key} - {""}
        return old[0] != new[0] and len(codes) <= 1 and likeness(old[1], new[1]) >= _ALIKE_BY_NAME

    by_code = matching.only(lambda one: one[1].listed.code_key, same_by_code)
    by_name = matching.only(lambda one: one[1].listed.name_key, same_by_name)
    matches = matching.of_new
    how = dict.fromkeys(by_code, MatchedBy.CODE) | dict.fromkeys(by_name, MatchedBy.NAME)
    away = Counter(removed[at][0] for at in matches.values())
    further: list[list[ProjectDifference]] = [[] for _ in compared]
    for at, (department, placed) in enumerate(added):
        if at in matches:
            further[department].append(_moved(removed[matches[at]][1], placed, how[matches[at], at]))
        else:
            further[department].append(only_on_one_side(placed, is_new=True))
    for at in matching.old_left:
        department, placed = removed[at]
        further[department].append(only_on_one_side(placed, is_new=False))
    return [
        replace(part.difference, projects=_ordered(part.difference, more), moved_away=away[at])
        for at, (part, more) in enumerate(zip(compared, further, strict=True))
    ]


def _moved(old: Placed, new: Placed, by: MatchedBy) -> ProjectDifference:
    found = compared_project(old, new, by)
    changes = () if found is None else found.changes
    return ProjectDifference(ProjectChange.MOVED, old.place, new.place, pairs_of(old.totals, new.totals), changes, by)


def _ordered(department: DepartmentDifference, further: Sequence[ProjectDifference]) -> tuple[ProjectDifference, ...]:
    """New ones first, then those from elsewhere, changed ones in the order of the new books, those that went."""
    rank = {ProjectChange.ADDED: 0, ProjectChange.MOVED: 1, ProjectChange.REMOVED: 3}
    return tuple(sorted((*department.projects, *further), key=lambda one: rank.get(one.change, 2)))
