"""A profile's TOML text into typed settings; what is wrong is said with the name of the key.

A profile that names another one as its ``base`` says only what differs: tables are merged key by key, everything else
replaces what the base says.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xl_perf.core.checking.rules import BY_CODE
from xl_perf.core.model.findings import Severity
from xl_perf.core.profile import Branch, Misspelling, Profile, ProfileError, RuleSetting, Weights, Words

_TOP: Final = {
    "base": str,
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
    "misspelling": list,
    "weights": dict,
}
_OPTIONAL: Final = frozenset({"base", "rules", "misspelling", "weights"})
_TYPE_NAMES: Final = {str: "文字", int: "整数", list: "列表", dict: "表"}
_MORE: Final = "misspelling"
"""Of a base's list of misspellings nothing is lost: one's own come on top."""

Bases = Callable[[str], str]
"""Gives the TOML text of a profile that comes with the program, by its name."""


_ONLY_SOME: Final = (
    '只写几项时，请加一行 base = "hebei-2023"，没有写的便照它；全部自己写时，请对照自带的 hebei-2023.toml 补上'
)


class _Reader:
    """Takes typed values out of a parsed TOML table, or says which key is wrong."""

    def __init__(self, table: Any, source: str, prefix: str = "") -> None:
        self.source, self.prefix = source, prefix
        if not isinstance(table, dict):
            raise self.fail("", "应为表")
        self.table: Mapping[str, Any] = table

    def fail(self, key: str, reason: str, remedy: str = "请对照自带的 hebei-2023.toml 修改") -> ProfileError:
        where = f"{self.prefix}{key}".rstrip(".")
        return ProfileError(f"口径文件“{self.source}”的 {where} {reason}", remedy)

    def only(self, known: Mapping[str, type], optional: frozenset[str] = frozenset()) -> None:
        """No unknown key, none missing, every type right."""
        for key, value in self.table.items():
            if key not in known:
                raise self.fail(key, "不是可用的设置项", _offer(key, known))
            if not isinstance(value, known[key]) or isinstance(value, bool):
                is_bare = known[key] is str and isinstance(value, int | float) and not isinstance(value, bool)
                raise self.fail(key, f'应加引号，如 "{value}"' if is_bare else f"应为{_TYPE_NAMES[known[key]]}")
        for key in known:
            if key not in self.table and key not in optional:
                raise self.fail(key, "没有写") if self.prefix else self.fail(key, "没有写", _ONLY_SOME)

    def decimal(self, key: str, typed: Any, lowest: int = 0, highest: int | None = None) -> Decimal:
        """A number, written as text so that nothing is rounded."""
        try:
            number = Decimal(typed if isinstance(typed, str) else "?")
        except InvalidOperation:
            raise self.fail(key, f'应为加引号的数字，如 "80"，现在是 {typed}') from None
        if not number.is_finite() or number < lowest or (highest is not None and number > highest):
            wanted = f"不小于 {lowest}" if highest is None else f" {lowest} 到 {highest}"
            raise self.fail(key, f"应为{wanted} 的数字，现在是 {typed}")
        return number

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them blank."""
        values = self.table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.fail(key, "应为文字的列表，不能有空的")
        return tuple(values)


def _offer(key: str, known: Mapping[str, type]) -> str:
    """What may have been meant: an installed program's own profiles are hard to find."""
    from difflib import get_close_matches

    near = get_close_matches(key, known, 1)
    return f"相近的是 {near[0]}，请核对" if near else f"这里可用的有：{'、'.join(known)}"


def parse_profile(text: str, source: str, bases: Bases | None = None) -> Profile:
    """The settings in a profile's TOML text. Raises `ProfileError` that names ``source`` and the wrong key.

    ``bases`` is asked for the profile that ``base`` names; without it there can be no base.
    """
    return _profile(_Reader(_whole(_parsed(text, source), source, bases), source))


def _whole(table: dict[str, Any], source: str, bases: Bases | None) -> dict[str, Any]:
    """The table laid over its base, and that over its own."""
    if not table:
        remedy = '请至少写一行：base = "hebei-2023"；不需要时删去这个文件'
        raise ProfileError(f"口径文件“{source}”里没有任何设置", remedy)
    if "base" not in table:
        return table
    reader = _Reader(table, source)
    reader.only(_TOP, frozenset(_TOP))
    if bases is None:
        raise reader.fail("base", "不能用在这里")
    name = table["base"]
    try:
        text = bases(name)
    except ProfileError as error:
        raise reader.fail("base", f"不能用：{error.message}", error.remedy) from None
    base = _whole(_parsed(text, name), name, bases)
    return _merged(base, {"name": source, **table})


def _parsed(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(
            f"口径文件“{source}”{_where(error)}不是有效的 TOML", "请检查引号、方括号和等号是否齐全，文字要加引号"
        ) from None


def _where(error: tomllib.TOMLDecodeError) -> str:
    """The place, which Python 3.11 gives only in its English message: a line and column, or the end."""
    match = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
    return f"第 {match[1]} 行第 {match[2]} 列" if match else "在末尾处"


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        under = base.get(key)
        if isinstance(under, dict) and isinstance(value, dict):
            merged[key] = _merged(under, value)
        else:
            merged[key] = [*value, *under] if key == _MORE and under and isinstance(value, list) else value
    return merged


def _profile(reader: _Reader) -> Profile:
    reader.only(_TOP, _OPTIONAL)
    table, source = reader.table, reader.source
    months, pace = table["checkpoints"], table["pace"]
    # bool is an int: a month is neither.
    if not months or any(type(m) is not int or not 1 <= m <= 12 for m in months) or months != sorted(set(months)):
        raise reader.fail("checkpoints", "应为由小到大的月份")
    if len(pace) != len(months):
        raise reader.fail("pace", "应与 checkpoints 个数相同")
    for key in ("text_limit_name", "text_limit"):
        if table[key] < 1:
            raise reader.fail(key, "应为大于 0 的整数")
    try:
        re.compile(table["code_format"])
    except re.error as error:
        where = "" if error.pos is None else f"（从第 {error.pos + 1} 个字符起）"
        raise reader.fail("code_format", f"不是有效的正则表达式{where}") from None
    branches = tuple(_branch(branch, source) for branch in table["branch"])
    cost = _Reader(table["cost"], source, "cost.")
    cost.only({"second": list})
    return Profile(
        table["name"],
        table["title"],
        tuple(months),
        table["code_format"],
        reader.decimal("yuan_from", table["yuan_from"]),
        reader.decimal("minimum_satisfaction", table["minimum_satisfaction"], highest=100),
        tuple(reader.decimal("pace", share, highest=100) for share in pace),
        table["text_limit_name"],
        table["text_limit"],
        _words(table["words"], source),
        branches,
        cost.texts("second"),
        {code: _rule_setting(code, setting, source) for code, setting in table.get("rules", {}).items()},
        tuple(_misspellings(table.get("misspelling", []), source)),
        _weights(table["weights"], source, branches) if "weights" in table else None,
    )


def _words(table: Any, source: str) -> Words:
    reader = _Reader(table, source, "words.")
    names = [one.name for one in fields(Words)]
    reader.only(dict.fromkeys(names, list), frozenset(names))
    return Words(*(reader.texts(name) for name in names))


def _branch(table: Any, source: str) -> Branch:
    reader = _Reader(table, source, "branch.")
    reader.only({"name": str, "label": str, "second": list, "required": list}, frozenset({"required"}))
    branch = Branch(table["name"], table["label"], reader.texts("second"), reader.texts("required"))
    if not set(branch.required) <= set(branch.second):
        raise reader.fail("required", "应是 second 中的二级指标")
    return branch


def _misspellings(tables: list[Any], source: str) -> Iterator[Misspelling]:
    for table in tables:
        reader = _Reader(table, source, "misspelling.")
        reader.only({"wrong": str, "right": str, "unless": list}, frozenset({"unless"}))
        one = Misspelling(table["wrong"], table["right"], reader.texts("unless"))
        if not one.wrong.strip() or one.wrong == one.right:
            raise reader.fail("wrong", "应是与 right 不同的词")
        if any(one.wrong not in word for word in one.unless):
            raise reader.fail("unless", f"应是含有“{one.wrong}”的词")
        yield one


def _weights(table: Any, source: str, branches: tuple[Branch, ...]) -> Weights:
    reader = _Reader(table, source, "weights.")
    reader.only({"total": str, "shares": dict}, frozenset({"shares"}))
    total = reader.decimal("total", table["total"])
    shares = {name: reader.decimal(f"shares.{name}", share) for name, share in table.get("shares", {}).items()}
    if shares and set(shares) != {branch.name for branch in branches}:
        raise reader.fail("shares", "应写明每个一级指标（branch 的 name）的权重")
    if shares and sum(shares.values()) != total:
        raise reader.fail("shares", "加起来应等于 total")
    return Weights(total, shares)


def _rule_setting(code: str, table: Any, source: str) -> RuleSetting:
    reader = _Reader(table, source, f"rules.{code}.")
    if code not in BY_CODE:
        raise reader.fail("", "不是规则编号，全部规则见 xl-perf rules")
    reader.only({"severity": str, "off": str}, frozenset({"severity", "off"}))
    severity = reader.table.get("severity")
    if severity is not None and severity not in set(Severity):
        raise reader.fail("severity", "应为 error、warning 或 hint")
    off = reader.table.get("off")
    if off is not None and not off.strip():
        raise reader.fail("off", "应写明停用的理由")
    return RuleSetting(None if severity is None else Severity(severity), off)
