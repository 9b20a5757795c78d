"""几个项目的人数相同。

为什么：同一批人可能在几个项目里重复享受，也可能是照抄忘了改。
怎样认：不同项目（名称不同）的数量指标，单位是人、名、位或人次而数相同，不论符号。每个人数报一次，在最先出现的地方报。
怎样改：核对人数；确实相同的不用改。
依据：人数的单位见口径文件 words.people。
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, bare_name
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per head-count, on the value that has it first."""
    places: dict[Decimal, dict[str, Entry[Target]]] = defaultdict(dict)
    for project, indicator in seen.indicators.by_level2["数量"]:
        target = indicator.target.value
        if target is None or target.kind != "number" or target.unit not in profile.words.people:
            continue
        if target.low:
            places[target.low].setdefault(bare_name(project.title), indicator.target)
    for number, shared in places.items():
        if len(shared) > 1:
            first, *others = shared.values()
            where = "、".join(f"{entry.sheet}!{entry.cell}" for entry in others)
            message = f"人数 {plain(number)} 与 {where} 的相同（{len(shared)}个项目）"
            yield at(first, "X604", "指标值", message, "请核对是不是同一批人；确实相同的不用改")


RULE = Rule("X604", Severity.HINT, check, __doc__)
