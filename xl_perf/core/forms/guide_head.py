"""What stands above the table of 对照: the form's name, the year from which it holds, the shipped kind it follows."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.forms.guide_faults import Fault
from xl_perf.core.forms.guide_parts import BASE, GUIDE_SHEET, NAME, YEAR
from xl_perf.core.forms.kind import Family
from xl_perf.core.forms.kinds import BY_NAME, KINDS

_NO_NAME: Final = re.compile(r"[/\\:*?\[\]<>|\n：？]")
"""What stands in no name of a form: other programs take it for something else."""


def faults_in_head(head: Mapping[str, str]) -> Iterator[Fault]:
    """What of it cannot be used."""
    name, base, year = (head.get(one, "") for one in (NAME, BASE, YEAR))
    if name in BY_NAME:
        yield Fault(f"表名“{name}”与自带的表样同名：请换一个表名", GUIDE_SHEET)
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
