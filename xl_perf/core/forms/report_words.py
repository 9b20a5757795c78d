"""What the cells of monitoring and self-evaluation tables say: labels of a kind, each in the part where it counts.

The same word labels different things in different parts (得分 of the money and of an indicator; 其他 as a reason and
as a source), so each part has its own. A heading counts without the months that it names: 1-7月执行数 is 执行数.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.labels import LONGEST_LABEL, Worded, bare
from xl_perf.core.forms.kind import FormKind, Holds
from xl_perf.core.forms.split_targets import NUMBER

_JOIN: Final = r"[-~—–―－至到]+"
_MONTHS: Final = (
    rf"(?:(?:19|20)\d\d年度?)?(?:1月?份?{_JOIN}(1[0-2]|[1-9]|[NnXx×_ ]*)月(?:份|底|末)*"
    r"|截至(1[0-2]|[1-9])月(?:份|底|末)*|(上半年)|前?([一二三123])个?季度)(?:末|底)?(?:累计)?"
)
_PERIOD: Final = re.compile(_MONTHS)
_OF_SHEET: Final = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)")
_QUARTERS: Final = {"一": 3, "二": 6, "三": 9, "1": 3, "2": 6, "3": 9}
_OF_WHICH: Final = re.compile(r"其中:?")
_WITH_VALUE: Final = re.compile(r"([^:：]{2,16})[:：](?=\s*\S)")
_CELLS_IN_TEXT: Final = re.compile(r"\s{2,}|\n|[\t;；]|\s(?=[^\s:：]{2,12}[:：])")
NO_KEYS: Final[tuple[str, ...]] = ()


def month_in(text: str) -> int | None:
    """The month until which a heading or a line counts: 7 of 1-7月执行数, （2024年1—7月）, 截至7月底; None for none."""
    found = _PERIOD.search(folded(text)) if "月" in text or "季" in text or "年" in text else None
    if found is None:
        return None
    until, since, half, quarter = found.groups()
    if half:
        return 6
    if quarter:
        return _QUARTERS[quarter]
    number = until or since or ""
    return int(number) if number.isdecimal() else None


def month_of_sheet(name: str) -> int | None:
    """The month in a sheet's name: 监控-6月."""
    found = _OF_SHEET.search(name)
    return month_in(name) or (int(found[1]) if found else None)


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """A heading as it is compared: without months, and without what stands in brackets behind it."""
    seen = bare(text).text
    without = _PERIOD.sub("", seen, count=1)
    return seen if without == seen or not without else bare(without).text


class InCell(NamedTuple):
    """A label with its value in the same cell: 填报人：某甲."""

    key: str
    value: str


class ReportWords:
    """The labels of one kind of report."""

    def __init__(self, kind: FormKind) -> None:
        parts = {part.key: part for part in kind.parts}
        fields = [one for one in kind.fields if one.money is None]
        goals = [one for one in fields if parts[one.part].holds in {Holds.GOALS, Holds.OUTCOMES}]
        self.fields: Final = _words(one for one in fields if one not in goals)
        self.goals: Final = _words(goals)
        self.sources: Final = _words(kind.money)
        self.fund_columns: Final = _words(kind.fund_columns)
        self.amounts: Final = frozenset(one.key for one in kind.fund_columns if one.value.name == "AMOUNT")
        inside = [one for one in kind.columns if not one.is_outside]
        self.columns: Final = _words(inside)
        self.outside: Final = _words(one for one in kind.columns if one.is_outside)
        self.split: Final = _words(kind.target_parts)
        self.parts: Final = _words(one for one in kind.parts if one.label)
        self.groups: Final[dict[str, dict[str, str]]] = {}
        for group in dict.fromkeys(one.group for one in kind.columns if one.group):
            self.groups[bare(group).text] = _words(one for one in kind.columns if one.group == group)
        self.in_group: Final = frozenset(one.key for one in kind.columns if one.group)

    def field(self, text: str) -> str | None:
        """The key of the field that a text labels."""
        return self.fields.get(heading(text)) if len(text) <= LONGEST_LABEL else None

    def goal(self, text: str) -> str | None:
        """The key of the text on the goal, or on what was done for it, that a text labels."""
        return self.goals.get(heading(text)) if len(text) <= LONGEST_LABEL else None

    def part(self, text: str) -> str | None:
        """The key of the part that a text labels."""
        return self.parts.get(heading(text)) if len(text) <= LONGEST_LABEL else None

    def source(self, text: str) -> str | None:
        """The key of the source of money that a text labels, also behind 其中："""
        if len(text) > LONGEST_LABEL:
            return None
        seen = heading(text)
        return self.sources.get(seen) or self.sources.get(_OF_WHICH.sub("", seen, count=1))

    def fund_column(self, text: str) -> str | None:
        """The key of the column of money that a text heads."""
        return self.fund_columns.get(heading(text)) if len(text) <= LONGEST_LABEL else None

    def column(self, text: str) -> str | None:
        """The key of the column of the indicators that a text heads alone; a column of a group has no such heading."""
        if len(text) > LONGEST_LABEL:
            return None
        key = self.columns.get(heading(text)) or self.split.get(heading(text))
        return None if key in self.in_group else key

    def group(self, text: str) -> Mapping[str, str] | None:
        """The columns of the group that a text heads."""
        return self.groups.get(heading(text)) if len(text) <= LONGEST_LABEL else None

    def below(self, text: str, group: Mapping[str, str] | None, *, is_target: bool) -> tuple[str, ...]:
        """The keys of what a text in the second row of the header heads; several for 有可能/完全不可能."""
        if len(text) > LONGEST_LABEL:
            return NO_KEYS
        seen = heading(text)
        if is_target and seen in NUMBER:
            return ("target",)
        own = group or {}
        key = own.get(seen) or self.split.get(seen) or (None if group else self.columns.get(seen))
        if key is not None:
            return (key,)
        several = [own.get(one) for one in re.split(r"[/、或]", seen)]
        return tuple(filter(None, several)) if len(several) > 1 and all(several) else NO_KEYS

    def in_cell(self, text: str) -> list[InCell]:
        """The fields of which a cell holds label and value."""
        if not (":" in text or "：" in text):
            return []
        found: list[InCell] = []
        for piece in _CELLS_IN_TEXT.split(text):
            label = _WITH_VALUE.match(piece.strip()) if piece else None
            if label is not None and (key := self.field(label[1])) is not None:
                found.append(InCell(key, piece.strip()[label.end() :].strip()))
        return found

    def is_label(self, text: str) -> bool:
        """It labels something outside the table of indicators."""
        return bool(self.field(text) or self.goal(text) or self.part(text) or self.source(text) or self.group(text))


def _words(labelled: Iterable[Worded]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in labelled:
        for wording in (one.label, *one.aliases):
            found.setdefault(heading(wording), one.key)
    return found


@lru_cache(maxsize=32)
def words_of(kind: FormKind) -> ReportWords:
    """The labels of a kind of report; made once for it."""
    return ReportWords(kind)
