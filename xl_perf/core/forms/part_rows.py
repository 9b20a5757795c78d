"""Rows of a list that may be no projects of their own: 其中：一中, 1.1 below 1, 减：已下达, a kind over its projects.

What such a row has may be in another row's amount already, or is to be taken off. Nobody can know: it is not counted,
and named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import accumulate, takewhile
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.unit_rows import ListRow, read_row

MAY_BE_PART: Final = "写在“其中”后面，像是上面一个项目里的一部分"
MAY_BE_DEDUCTED: Final = "名称以“减”“扣除”开头，像是要减去的数"
MAY_BE_KIND: Final = "没有目标和指标，与下面项目的金额相等，像是一类项目的小计"
MAY_BE_BELOW: Final = "序号写成另一个项目的下一级，像是它的一部分"
MAY_BE_ABOVE: Final = "序号是它下一级的几个项目加起来正好是它，像是小计"
REMEDIES: Final[Mapping[str, str]] = {
    MAY_BE_PART: "是一部分的，请删去这一行的金额；是另一个项目的，请去掉名称前面的“其中”",
    MAY_BE_DEDUCTED: "清单里只写各项目的金额：请在那个项目里减去，删去这一行；是一个项目的，请改名称",
    MAY_BE_KIND: "是小计的，请在名称后面写上“小计”；是项目的，请写上目标和指标",
    MAY_BE_BELOW: "是另一个项目的，请改序号；是一部分的，请删去这一行的金额",
    MAY_BE_ABOVE: "是小计的，请在名称后面写上“小计”；是另一个项目的，请改序号",
}
"""What to do about each."""
_IS_PART: Final = re.compile(r"[(]?其中[:(\d一-十、.]|[(]?其中\Z|其中").match
_IS_DEDUCTED: Final = re.compile(r"(?:减|扣除|扣减)[:(]|减去").match
_CHILD: Final = re.compile(r"(\d{1,3}(?:[.．]\d{1,3})*)[.．\-—－](\d{1,3})").fullmatch
_FEWEST: Final = 2


def part_rows(
    rows: Sequence[int], columns: Mapping[str, range], line: Sequence[Scalar], width: int
) -> Mapping[int, str]:
    """Why a row may be no project of its own, in Chinese; ``line`` are the cells of a sheet of so many columns."""
    read = [read_row(row, line[row * width : (row + 1) * width], columns) for row in rows]
    own = [one for one in read if one.amount and one.name]
    return {**dict(_of_kinds(own)), **dict(_numbered(own)), **dict(_named(own))}


def _named(own: Sequence[ListRow]) -> Iterator[tuple[int, str]]:
    for at, one in enumerate(own):
        name = folded(bare(one.name).text)
        if at and (_IS_PART(name) or _IS_PART(folded(one.first))):
            yield one.row, MAY_BE_PART
            yield from ((other.row, MAY_BE_PART) for other in _going_on(own, at))
        elif _IS_DEDUCTED(name):
            yield one.row, MAY_BE_DEDUCTED


def _going_on(own: Sequence[ListRow], at: int) -> Sequence[ListRow]:
    """What stands right below 其中：农村 30 without a number: with 县城 58.36 it makes the project's 88.36."""
    whole, below = own[at - 1].amount, list(takewhile(lambda one: not one.is_numbered, own[at + 1 :]))
    sums = accumulate([one.amount or Decimal(0) for one in below], EXACT.add, initial=own[at].amount or Decimal(0))
    return next((below[:number] for number, amount in enumerate(sums) if amount == whole), ())


def _numbered(own: Sequence[ListRow]) -> Iterator[tuple[int, str]]:
    """1.1 and 1.2 below 1: parts of it, or the projects that it adds up."""
    serials = {one.first: one for one in reversed(own)}
    below: dict[str, list[ListRow]] = defaultdict(list)
    for one in own:
        if (found := _CHILD(one.first)) is not None and found[1] in serials:
            below[found[1]].append(one)
    for serial, parts in below.items():
        whole = serials[serial]
        amounts = {(one.first, one.name): one.amount or Decimal(0) for one in parts}  # once where filled down
        if len(amounts) >= _FEWEST and reduce(EXACT.add, amounts.values(), Decimal(0)) == whole.amount:
            yield whole.row, MAY_BE_ABOVE
        else:
            yield from ((one.row, MAY_BE_BELOW) for one in parts)


def _of_kinds(own: Sequence[ListRow]) -> Iterator[tuple[int, str]]:
    """基建类 without a number, goals and indicators, as much as the projects right below it."""
    for at, one in enumerate(own):
        if one.is_project or one.is_numbered:
            continue
        following: list[Decimal] = []
        for other in own[at + 1 :]:
            if not other.is_project:
                break
            following.append(other.amount or Decimal(0))
        if one.amount in set(accumulate(following, EXACT.add)):
            yield one.row, MAY_BE_KIND
