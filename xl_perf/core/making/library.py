"""What a new workbook's 指标库 offers: the department's own indicators of before, its own list, the shipped one."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.values import NUMBER
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Indicator
from xl_perf.core.workbook.library import OWN_KIND, LibraryRow

UNKNOWN: Final = "XX"
"""Stands for a number that every project has its own of; the rules report it until it is replaced."""
Key = tuple[str, str, str]


def key_of(level1: str, level2: str, level3: str) -> Key:
    """What tells indicators apart, however their levels and names are written."""
    return branch_key(level1), branch_key(level2), folded(level3)


def offered(
    departments: Sequence[Department], lists: Sequence[Sequence[LibraryRow]], shipped: Sequence[LibraryRow]
) -> list[LibraryRow]:
    """All rows, the department's own indicators first; of the same indicator one of its own, and one of a list.

    ``lists`` are the 指标库 of the workbooks that it is made from: where there is one, what somebody deleted from it
    does not come back, so the shipped list stays out.
    """
    own = _own(departments)
    met = {(one.kind, *key_of(*one[1:4])) for one in own}
    rows = list(own)
    for row in (row for one in lists for row in one) if lists else shipped:
        key = row.kind, *key_of(*row[1:4])
        if key not in met:
            met.add(key)
            rows.append(row)
    return rows


def moved(rows: Iterable[LibraryRow], old: int | None, year: int | None) -> list[LibraryRow]:
    """The rows of a list in another year: targets that name the old year name that one."""
    if old is None or year is None:
        return list(rows)
    return [row._replace(target=row.target.replace(f"{old}年", f"{year}年")) for row in rows]


def _own(departments: Iterable[Department]) -> list[LibraryRow]:
    """The indicators of the departments' projects, each once, with where it stood.

    Amounts are those of one project in one year: `UNKNOWN` stands for them.
    """
    found: dict[Key, tuple[Indicator, list[tuple[str, str]]]] = {}
    for department in departments:
        year = f"{department.year}年" if department.year else ""
        for project in department.projects:
            for one in project.indicators:
                if one.level3.text:
                    key = key_of(one.level1.text, one.level2.text, one.level3.text)
                    found.setdefault(key, (one, []))[1].append((year, project.title))
    return [_row(indicator, list(dict.fromkeys(places))) for indicator, places in found.values()]


def _row(one: Indicator, places: Sequence[tuple[str, str]]) -> LibraryRow:
    target = one.target.value
    is_amount = target is not None and target.amount is not None
    value = re.sub(NUMBER, UNKNOWN, one.target.text) if is_amount else one.target.text
    year, title = places[0]
    source = f"{year} {title if len(places) == 1 else f'{len(places)} 个项目'}".strip()
    texts = one.level1.text, one.level2.text, one.level3.text, one.description.text, value, one.basis.text
    return LibraryRow(OWN_KIND, *texts, source)
