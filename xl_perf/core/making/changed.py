"""What becomes of forms that are made anew from others: sheets are numbered, rows that nobody filled in stay out."""

from collections.abc import Iterable, Iterator
from typing import Final

from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_MOST: Final = 6
"""Sheets that are named one by one."""


def changes(made: Iterable[tuple[Project, str]], profile: Profile) -> Iterator[str]:
    """Chinese sentences without a full stop, one on each kind of change; ``made`` are the projects as they were read,
    each with the name of its new sheet. None on what came from a text, which has neither sheets nor rows.
    """
    pairs = [(project, name) for project, name in made if project.sheet]
    renamed = [*dict.fromkeys(f"“{project.sheet}”→{name}" for project, name in pairs if project.sheet != name)]
    if renamed:
        more = f"等 {len(renamed)} 张" if len(renamed) > _MOST else ""
        yield f"工作表按顺序重新编号：{'，'.join(renamed[:_MOST])}{more}"
    # A new form has a blank row under every first level; one without any indicator has all rows of a blank form.
    spare = sum(max(len(one.unfilled) - len(profile.branches), 0) for one, _ in pairs if one.indicators)
    if spare:
        yield f"原表中没有填写的指标行没有照搬（少 {spare} 行），每个一级指标下留有一行空的"
