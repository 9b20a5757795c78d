"""What stands above the table of 对照: the form's name, the year from which it holds, the shipped kind it follows."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.guide_faults import GUIDE_SHEET, Fault
from xl_perf.core.forms.kind import Family
from xl_perf.core.forms.kinds import BY_NAME, KINDS

NAME, YEAR, BASE, SHEET = "表名", "适用年度", "依据的表样", "表所在的工作表"
HEAD: Final = (NAME, YEAR, BASE, SHEET)
"""Each with its value beside it."""
_MOST_ROWS: Final = 20
_NO_NAME: Final = re.compile(r"[/\\:*?\[\]<>|\n：？]")
"""What stands in no name of a form: other programs take it for something else."""


def head_of(table: Grid | None) -> Mapping[str, str]:
    """The values by their names; none without 对照."""
    found: dict[str, str] = {}
    for cells in table.rows[:_MOST_ROWS] if table is not None else ():
        name = text_of(cells[0]).strip() if cells else ""
        if name in HEAD:
            found.setdefault(name, text_of(cells[1]).strip() if len(cells) > 1 else "")
    return found


def faults_in_head(head: Mapping[str, str]) -> Iterator[Fault]:
    """What of it cannot be used."""
    name, base, year = (head.get(one, "") for one in (NAME, BASE, YEAR))
    if _NO_NAME.search(name):
        yield Fault(f"表名“{name}”里有 / : * ? [ ] 这样的符号：请换成文字、数字", GUIDE_SHEET)
    if base and base_of(head) not in BY_NAME:
        known = "、".join(kind.name for kind in KINDS if kind.is_read and kind.family is Family.TARGETS)
        yield Fault(f"依据的表样“{base}”没有这一种；可用的有 {known}", GUIDE_SHEET)
    if year and year_of(head) is None:
        yield Fault(f"适用年度“{year}”看不懂：请写 2025 这样的年份，或空着", GUIDE_SHEET)


def base_of(head: Mapping[str, str]) -> str:
    """The name of a shipped kind, without its title behind it."""
    return head.get(BASE, "").partition("（")[0].strip()


def year_of(head: Mapping[str, str]) -> int | None:
    """The year, 2025 of 2025年; None for a blank and for what is none."""
    digits = "".join(one for one in folded(head.get(YEAR, "")) if one.isdigit())
    return int(digits) if len(digits) == 4 else None
