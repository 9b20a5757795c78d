"""What differs by region and year: the indicator tree, checkpoints, words, thresholds, severities.

A profile is a TOML file; `parse_profile` turns its text into typed settings and names the key that is wrong.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

from xl_perf.core.errors import XlPerfError
from xl_perf.core.findings import Severity


class ProfileError(XlPerfError):
    """A profile that cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class Branch:
    """A first level of the indicator tree: its plain name, its label, its second levels (plain names)."""

    name: str
    label: str
    second: tuple[str, ...]
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleSetting:
    """What a profile says of one rule: another severity, or off with a reason."""

    severity: Severity | None = None
    off: str | None = None


@dataclass(frozen=True)
class Words:
    """Word lists. In an indicator's name ``rate`` says that a rate is meant, ``growth`` that it may pass 100 %."""

    weak_basis: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """The settings of one region and year. Amounts in 万元, percentages in %."""

    name: str
    title: str
    checkpoints: tuple[int, ...]
    code_format: str
    yuan_from: Decimal
    minimum_satisfaction: Decimal
    pace: tuple[Decimal, ...]
    text_limit_name: int
    text_limit: int
    words: Words
    branches: tuple[Branch, ...]
    cost_second: tuple[str, ...]
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)

    @cached_property
    def second_of(self) -> dict[str, tuple[str, ...]]:
        """The second levels of each first level."""
        return {branch.name: branch.second for branch in self.branches}

    @cached_property
    def rate_words(self) -> re.Pattern[str]:
        """Matches the name of an indicator for which a rate is meant."""
        return re.compile("|".join(map(re.escape, self.words.rate)) or r"(?!)")

    @cached_property
    def growth_words(self) -> re.Pattern[str]:
        """Matches the name of an indicator whose rate may pass 100 % or be negative."""
        return re.compile("|".join(map(re.escape, self.words.growth)) or r"(?!)")

    def label_of(self, second: str) -> str:
        """A second level as the form prints it."""
        return f"{second}指标"


_TOP: Final = {
    "name": str,
    "title": str,
    "checkpoints": list,
    "code_format": str,
    "yuan_from": str,
    "minimum_satisfaction": str,
    "pace": list,
    "text_limit_name": int,
    "text_limit": int,
    "words": dict,
    "branch": list,
    "cost": dict,
    "rules": dict,
}
_OPTIONAL: Final = frozenset({"rules"})
_TYPE_NAMES: Final = {str: "文字", int: "整数", list: "列表", dict: "表"}


class _Reader:
    """Takes typed values out of a parsed TOML table, or says which key is wrong."""

    def __init__(self, table: Mapping[str, Any], source: str, prefix: str = "") -> None:
        self.table, self.source, self.prefix = table, source, prefix

    def fail(self, key: str, reason: str) -> ProfileError:
        return ProfileError(
            f"口径文件“{self.source}”的 {self.prefix}{key} {reason}", "请对照自带的 hebei-2023.toml 修改"
        )

    def only(self, known: Mapping[str, type], optional: frozenset[str] = frozenset()) -> None:
        """No unknown key, none missing, every type right."""
        for key, value in self.table.items():
            if key not in known:
                raise self.fail(key, "不是可用的设置项")
            if not isinstance(value, known[key]) or isinstance(value, bool):
                raise self.fail(key, f"应为{_TYPE_NAMES[known[key]]}")
        for key in known:
            if key not in self.table and key not in optional:
                raise self.fail(key, "没有写")

    def decimal(self, key: str, typed: Any) -> Decimal:
        try:
            return Decimal(str(typed))
        except InvalidOperation:
            raise self.fail(key, f"应为数字，现在是“{typed}”") from None

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.fail(key, "应为文字的列表")
        return tuple(values)


def _where(error: tomllib.TOMLDecodeError) -> str:
    """The place, which Python 3.11 gives only in its English message: a line and column, or the end."""
    match = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
    return f"第 {match[1]} 行第 {match[2]} 列" if match else "在末尾处"


def parse_profile(text: str, source: str) -> Profile:
    """The settings in a profile's TOML text. Raises `ProfileError` that names `source` and the wrong key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(
            f"口径文件“{source}”{_where(error)}不是有效的 TOML", "请检查引号、方括号和等号是否齐全，文字要加引号"
        ) from None
    reader = _Reader(table, source)
    reader.only(_TOP, _OPTIONAL)
    months = table["checkpoints"]
    if not months or not all(isinstance(m, int) and 1 <= m <= 12 for m in months) or months != sorted(set(months)):
        raise reader.fail("checkpoints", "应为由小到大的月份")
    if len(table["pace"]) != len(months):
        raise reader.fail("pace", "应与 checkpoints 个数相同")
    try:
        re.compile(table["code_format"])
    except re.error as error:
        raise reader.fail("code_format", f"不是有效的正则表达式（{error}）") from None
    cost = _Reader(table["cost"], source, "cost.")
    cost.only({"second": list})
    return Profile(
        table["name"],
        table["title"],
        tuple(months),
        table["code_format"],
        reader.decimal("yuan_from", table["yuan_from"]),
        reader.decimal("minimum_satisfaction", table["minimum_satisfaction"]),
        tuple(reader.decimal("pace", share) for share in table["pace"]),
        table["text_limit_name"],
        table["text_limit"],
        _words(table["words"], source),
        tuple(_branch(branch, source) for branch in table["branch"]),
        cost.texts("second"),
        {code: _rule_setting(code, setting, source) for code, setting in table.get("rules", {}).items()},
    )


def _words(table: Mapping[str, Any], source: str) -> Words:
    reader = _Reader(table, source, "words.")
    names = [one.name for one in fields(Words)]
    reader.only(dict.fromkeys(names, list), frozenset(names))
    return Words(*(reader.texts(name) for name in names))


def _branch(table: Any, source: str) -> Branch:
    reader = _Reader(table if isinstance(table, dict) else {}, source, "branch.")
    reader.only({"name": str, "label": str, "second": list, "required": list}, frozenset({"required"}))
    branch = Branch(reader.table["name"], reader.table["label"], reader.texts("second"), reader.texts("required"))
    strange = [second for second in branch.required if second not in branch.second]
    if strange:
        raise reader.fail("required", f"含有 second 中没有的“{strange[0]}”")
    return branch


def _rule_setting(code: str, table: Any, source: str) -> RuleSetting:
    reader = _Reader(table if isinstance(table, dict) else {}, source, f"rules.{code}.")
    reader.only({"severity": str, "off": str}, frozenset({"severity", "off"}))
    severity = reader.table.get("severity")
    if severity is not None and severity not in set(Severity):
        raise reader.fail("severity", "应为 error、warning 或 hint")
    off = reader.table.get("off")
    if off is not None and not off.strip():
        raise reader.fail("off", "应写明停用的理由")
    return RuleSetting(None if severity is None else Severity(severity), off)
