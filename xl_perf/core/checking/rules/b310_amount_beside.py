"""金额一行里还有没有读的数。

为什么：预算数旁边又写了调整后预算数、核定数、批复数、追加数，合计里只有预算数，可能不是要报的数。
怎样认：金额各行、紧接在下面添加的行里，还有没有读的金额，报出它左边最近的文字；指标表下面写着预算、追加、批复等字样的数也算。
取消合并后向右复制的同一个数、占比、序号、年份、人数、写明是上年的数等不算，表右边的 0 和与预算数相同的数也不算。
预算数读不出的由 B301 报，金额的标签没有的由 S102 报，标签出现两次的由 S103 报。每张表最多报 5 处。
单位自己的样表印着的栏（增减额、测算依据）不算：表就要这样填；标记标在别的一栏的除外。
怎样改：只留一个预算数，改的写进预算数，别的删去；写错格的写到这一项自己的格里；各项资金中间多出的一行，是资金来源的写进表上有的一项，是明细的写明理由；
确实要留的，写明理由后接受这条警告。
依据：项目绩效目标表第 3 部分。
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.values import plain, to_amount
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, year_in
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import MONEY, lasting
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_MOST: Final = 5
"""Findings of one form."""
_REMEDY: Final = "请只留一个预算数：改的写进预算数，别的删去；确实要留的，请说明理由"
_OF_SOURCE: Final = "是一种资金来源的，请写进表上有的一项；是某一项的明细，已算在里面的，请说明理由"
_IS_BUDGET: Final = re.compile(r"预算|追加|调[增减整]|核[定增减]|批复|审[定减]|下达").search


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount, at most five per form; the last says how many there are."""
    for project in seen.projects:
        budget = project.budget.value
        if not project.beside or budget is None or any(one.key in project.missing for one in project.kind.money):
            continue
        more = len(project.beside) - _MOST
        for number, (name, amount) in enumerate(project.beside[:_MOST], 1):
            said = f"{_said(project, name, amount)}没有读，合计里是预算数 {plain(budget)} 万元"
            if more > 0 and number == _MOST:
                said += f"；这张表里这样的数还有 {more} 个"
            yield at(amount, "B310", "预算数", said, _remedy(project, name, amount))


def _remedy(project: Project, name: str, amount: Entry[Decimal]) -> str:
    """What is of another year, stands in the row of a source, or was added to the form, is no second budget."""
    own = project.kind.learned
    year, called = year_in(name), lasting(name)
    if own is not None and year and any(one.key == AMOUNT_COLUMN and lasting(one.label) == called for one in own.words):
        return f"样表上没有 {year} 年的：不要报的请删去；各单位都要报的，请在样表上添上"
    if _IS_BUDGET(folded(name)) and label_key(name) not in project.kind.place:
        return _REMEDY
    sources = zip(project.kind.sources, project.sources, strict=True)
    beside = [(field.name, one) for field, one in sources if one.cell and one.row == amount.row]
    if beside and amount.row != project.budget.row:
        source, its = beside[0]
        if its.is_empty:
            return f"是{source}的，请写在 {its.cell}；不是的，请删去"
        read = f"{source}只读 {its.cell} 的 {its.text}"
        return f"{read}：要加上这个数的，请加好写在 {its.cell}；是它的明细的，请说明理由"
    if project.kind.learned is not None and project.kind.shape is Shape.LIST:
        return "样表上没有标这一栏：是一种资金来源的，请写进标了的一栏，或先在样表上标上；不要的请删去"
    return _among_sources(project, name, amount)


def _among_sources(project: Project, name: str, amount: Entry[Decimal]) -> str:
    """Of a line of its own among the sources that is called no budget, or of what is called a source: it may be one
    more source, or part of one.
    """
    rows = [own.row for _, own in project.amounts if own.status is not Status.ABSENT]
    is_among = bool(name) and amount.row not in rows and min(rows) < amount.row <= max(rows) + 1
    is_source = label_key(name) in MONEY - {"budget"}
    if not (is_among or is_source) or _IS_BUDGET(folded(name)):
        return _REMEDY
    return _OF_SOURCE if project.kind.learned is None else f"{_OF_SOURCE}；各单位都有的，请在样表上添这一项"


def _said(project: Project, name: str, amount: Entry[Decimal]) -> str:
    """What stands there, behind what: “调整后预算数”150; an amount among words says it all."""
    text = "".join(amount.text.split())
    if to_amount(amount.typed) is None or not name:
        return f"“{text}”"
    behind = "后面的 " if label_key(name) in project.kind.place else ""
    return f"“{''.join(name.split())}”{behind}{text} "


RULE = Rule("B310", Severity.WARNING, check, __doc__)
