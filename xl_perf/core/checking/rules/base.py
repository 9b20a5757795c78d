"""What a rule is, and what several rules ask of a project."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import named_unit
from xl_perf.core.cells.entry import EMPTY, FLAWED, Entry, PartOfCell, Status
from xl_perf.core.checking.seen import Plan, Seen
from xl_perf.core.figures.totals import EXACT, ZERO
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile

COUNTED: Final = ("数量", "质量")
_BROKEN: Final = FLAWED | {Status.UNREADABLE, Status.CONTRADICTED}
_READ: Final = EMPTY | {Status.FILLED}
_LEAD_IN: Final = frozenset({"资金主要用于", "资金用途", "主要用于"})
_WAN: Final = frozenset({"", "万", "万元", "万元整"})
_YEAR: Final = re.compile(r"(?:19|20|21)\d{2}年度?")

Check = Callable[[Seen, Profile], Iterator[Finding]]


class Rule(NamedTuple):
    """One rule. ``page`` is its documentation in Chinese: the first line says what is reported."""

    code: str
    severity: Severity
    check: Check
    page: str | None

    @property
    def title(self) -> str:
        """The first line of the page, without the full stop."""
        return (self.page or self.code).strip().splitlines()[0].rstrip("。")


def among_several(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """Of a rule that one book alone cannot break: `counting.decide` finds it among several."""
    return iter(())


def in_form(project: Project, code: str, field: str, message: str, remedy: str) -> Finding:
    """A finding on the form as a whole: on its top-left cell."""
    top, left, _, _ = project.area
    return Finding(code, message, remedy, project.sheet, top, left, field)


def in_table(project: Project, code: str, message: str, remedy: str) -> Finding:
    """A finding on the indicator table as a whole: on the first cell of its header."""
    row, column = project.table or project.area[:2]
    return Finding(code, message, remedy, project.sheet, row, column, "绩效指标")


def is_payment(indicator: Indicator, profile: Profile) -> bool:
    """An indicator of paying out money under 数量 or 质量 (I515): counts of people or things are none."""
    if indicator.level2.value not in COUNTED or not profile.payment_words.match(indicator.level3.text):
        return False
    target = indicator.target.value
    return target is None or target.low is None or target.is_rate or "元" in target.unit


@lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """A project's name as it is compared: without white space, a year in front, 项目 at the end."""
    bare = folded(name)
    year = _YEAR.match(bare)
    return (bare[year.end() :] if year else bare).removesuffix("项目")


def has_placeholder(entry: Entry[object], profile: Profile) -> bool:
    """Something is still to be filled in there: F209 says so."""
    return isinstance(entry.typed, str) and profile.placeholders.search(entry.typed) is not None


def has_no_purpose(project: Project) -> bool:
    """What the money is for is not written, or only the words that lead to it: F204 says so."""
    purpose = project.purpose
    return purpose.is_empty or (purpose.value or "").rstrip("。.…：:") in _LEAD_IN


def names_other_unit(typed: str) -> bool:
    """An amount's own text names another unit than 万元."""
    return named_unit(typed) not in _WAN


def bare_share(indicator: Indicator, profile: Profile) -> Decimal | None:
    """A number of at most 1 without operator and unit where a rate is meant: 90 % as Excel stored it (I505)."""
    target = indicator.target.value
    if target is None or target.kind != "number" or target.operator or target.unit or target.low is None:
        return None
    if not 0 < target.low <= 1:
        return None
    is_rate = indicator.level1.value == "满意度" or profile.rate_words.search(
        f"{indicator.level3.text} {indicator.description.text}"
    )
    return target.low if is_rate else None


def split_share(indicator: Indicator, profile: Profile) -> Decimal | None:
    """A number of at most 1 beside a unit % in a cell of its own: 95 % as its cell shows it may be stored as 0.95."""
    target = indicator.target.value
    if target is None or target.low is None or not isinstance(indicator.target.typed, PartOfCell):
        return None
    names = f"{indicator.level3.text} {indicator.description.text}"
    is_meant = target.operator in {"≤", "<"} or profile.growth_words.search(names) is not None
    is_rate = indicator.level1.value != "满意度" and profile.rate_words.search(names) is not None
    return target.low if is_rate and not is_meant and 0 < target.low <= 1 else None


def is_strange(indicator: Indicator, profile: Profile) -> bool:
    """The first level is written but not in the profile's tree: I503 reports it, so no branch is called missing."""
    level1 = indicator.level1
    return level1.status is Status.FILLED and level1.value not in profile.second_of


def sound_plans(seen: Seen, profile: Profile) -> list[Plan]:
    """The plans at the profile's checkpoints in which P401–P404 find nothing."""
    return [plan for plan in seen.plans(profile.checkpoints) if plan.is_sound]


def unsound_plans(seen: Seen, profile: Profile) -> list[Plan]:
    """The plans at the profile's checkpoints in which one of P401–P404 has something to say."""
    return [plan for plan in seen.plans(profile.checkpoints) if not plan.is_sound]


def budget_adds_up(project: Project) -> bool:
    """The budget is known and is the sum of its sources, if any (blank counts as 0): else B301 or B303 spoke."""
    total = project.budget
    if total.value is None or any(source.status in _BROKEN for source in project.sources):
        return False
    return total.value >= 0 and (total.value == sum_of_sources(project) or has_no_sources(project))


def has_no_sources(project: Project) -> bool:
    """The form does not say where the money comes from, and need not."""
    return all(
        source.status is Status.ABSENT and not field.required
        for field, source in zip(project.kind.sources, project.sources, strict=True)
    )


def sources_are_known(project: Project) -> bool:
    """Every source was read, is blank, or is one that a form need not have."""
    return all(
        source.status in _READ or (source.status is Status.ABSENT and not field.required)
        for field, source in zip(project.kind.sources, project.sources, strict=True)
    )


def sum_of_sources(project: Project) -> Decimal:
    """What the sources add up to, in 万元; blank counts as 0."""
    return reduce(EXACT.add, [source.value or ZERO for source in project.sources], ZERO)
