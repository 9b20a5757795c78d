"""A profile's TOML text into typed settings; what is wrong is said with the name of the key.

A profile that names another one as its ``base`` says only what differs: tables are merged key by key, everything else
replaces what the base says.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from xl_perf.core.checking.rules import BY_CODE
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.model.findings import Severity
from xl_perf.core.profile import Branch, Misspelling, Profile, ProfileError, RuleSetting, Weights, Words
from xl_perf.profiles import patterns
from xl_perf.profiles.forms import forms_of, kinds_of
from xl_perf.profiles.reports import evaluate_of, monitor_of, tasks_of
from xl_perf.profiles.table import Table

_TOP: Final = {
    "base": str,
    "name": str,
    "title": str,
    "forms": list,
    "checkpoints": list,
    "code_format": str,
    "yuan_from": str,
    "minimum_satisfaction": str,
    "pace": list,
    "text_limit_name": int,
    "text_limit": int,
    "words": dict,
    "form": dict,
    "branch": list,
    "cost": dict,
    "rules": dict,
    "misspelling": list,
    "weights": dict,
    "own_year": bool,
    "by_form": dict,
    "monitor": dict,
    "evaluate": dict,
    "tasks": dict,
}
_OPTIONAL: Final = frozenset(
    {
        *("base", "forms", "form", "rules", "misspelling", "weights", "own_year", "by_form"),
        *("monitor", "evaluate", "tasks"),
    }
)
_BY_FORM: Final = "by_form"
"""What holds instead where nobody asked for the profile: it was chosen because a book has its kind of form."""
_MORE: Final = "misspelling"
"""Of a base's list of misspellings nothing is lost: one's own come on top."""

Bases = Callable[[str], str]
"""Gives the TOML text of a profile that comes with the program, by its name."""


def parse_profile(text: str, source: str, bases: Bases | None = None, *, by_form: bool = False) -> Profile:
    """The settings in a profile's TOML text. Raises `ProfileError` that names ``source`` and the wrong key.

    ``bases`` is asked for the profile that ``base`` names; without it there can be no base. ``by_form``: as it holds
    where it is chosen because a book has its kind of form.
    """
    table = _whole(_parsed(text, source), source, bases)
    instead = Table(table.pop(_BY_FORM, {}), source, f"{_BY_FORM}.")
    instead.only(_TOP, frozenset(_TOP))
    return _profile(Table({**table, **instead.table} if by_form else table, source))


def _whole(table: dict[str, Any], source: str, bases: Bases | None) -> dict[str, Any]:
    """The table laid over its base, and that over its own."""
    if not table:
        remedy = '请至少写一行：base = "hebei-2023"；不需要时删去这个文件'
        raise ProfileError(f"口径文件“{source}”里没有任何设置", remedy)
    if "base" not in table:
        return table
    reader = Table(table, source)
    reader.only(_TOP, frozenset(_TOP))
    if bases is None:
        raise reader.fail("base", "不能用在这里")
    name = table["base"]
    try:
        text = bases(name)
    except ProfileError as error:
        raise reader.fail("base", f"不能用：{error.message}", error.remedy) from None
    base = _whole(_parsed(text, name), name, bases)
    base.pop(_BY_FORM, None)
    return _merged(base, {"name": source, **table})


def _parsed(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(
            f"口径文件“{source}”{_where(error)}不是有效的 TOML", "请检查引号、方括号和等号是否齐全，文字要加引号"
        ) from None
    except (ValueError, RecursionError):  # numbers of thousands of digits, brackets a thousand deep
        raise ProfileError(
            f"口径文件“{source}”里有太长的数字，或套得太深的括号", "请照自带的口径核对，删去不需要的内容"
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


def _profile(reader: Table) -> Profile:
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
        is_bounded = patterns.is_bounded(table["code_format"])
    except re.error as error:
        where = "" if error.pos is None else f"（从第 {error.pos + 1} 个字符起）"
        raise reader.fail("code_format", f"不是有效的正则表达式{where}") from None
    except (RecursionError, OverflowError):
        raise reader.fail("code_format", "太复杂，不能用") from None
    if not is_bounded:
        remedy = "请不要在可以重复的括号里再写可以重复的部分，重复的部分也不要太多，如 [A-Z0-9]{10,24}"
        raise reader.fail("code_format", "要试的可能太多，校验会停不下来", remedy)
    branches = tuple(_branch(branch, source) for branch in table["branch"])
    cost = Table(table["cost"], source, "cost.")
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
        forms_of(reader) if "forms" in table else (DEFAULT.name,),
        kinds_of(table.get("form", {}), source, branches),
        {code: _rule_setting(code, setting, source) for code, setting in table.get("rules", {}).items()},
        tuple(_misspellings(table.get("misspelling", []), source)),
        _weights(table["weights"], source, branches) if "weights" in table else None,
        own_year=table.get("own_year", False),
        monitor=monitor_of(table.get("monitor", {}), source),
        evaluate=evaluate_of(table.get("evaluate", {}), source),
        tasks=tasks_of(table.get("tasks", {}), source),
    )


def _words(table: Any, source: str) -> Words:
    reader = Table(table, source, "words.")
    names = [one.name for one in fields(Words)]
    reader.only(dict.fromkeys(names, list), frozenset(names))
    return Words(*(reader.texts(name) for name in names))


def _branch(table: Any, source: str) -> Branch:
    reader = Table(table, source, "branch.")
    known = {"name": str, "label": str, "second": list, "required": list, "optional": bool, "also": list}
    reader.only(known, frozenset({"required", "optional", "also"}))
    second, required = reader.texts("second"), reader.texts("required")
    optional, also = table.get("optional", False), reader.texts("also")
    branch = Branch(table["name"], table["label"], second, required, optional, also)
    if not set(branch.required) <= set(branch.second):
        raise reader.fail("required", "应是 second 中的二级指标")
    return branch


def _misspellings(tables: list[Any], source: str) -> Iterator[Misspelling]:
    for table in tables:
        reader = Table(table, source, "misspelling.")
        reader.only({"wrong": str, "right": str, "unless": list}, frozenset({"unless"}))
        one = Misspelling(table["wrong"], table["right"], reader.texts("unless"))
        if not one.wrong.strip() or one.wrong == one.right:
            raise reader.fail("wrong", "应是与 right 不同的词")
        if any(one.wrong not in word for word in one.unless):
            raise reader.fail("unless", f"应是含有“{one.wrong}”的词")
        yield one


def _weights(table: Any, source: str, branches: tuple[Branch, ...]) -> Weights:
    reader = Table(table, source, "weights.")
    reader.only({"total": object, "shares": dict, "optional": bool}, frozenset({"shares", "optional"}))
    typed = table["total"] if isinstance(table["total"], list) else [table["total"]]
    totals = [reader.decimal("total", one) for one in typed]
    if not totals:
        raise reader.fail("total", '应为加引号的数字，如 "90"，或几个都对的数字')
    shares = {name: reader.decimal(f"shares.{name}", share) for name, share in table.get("shares", {}).items()}
    if shares and set(shares) != {branch.name for branch in branches}:
        raise reader.fail("shares", "应写明每个一级指标（branch 的 name）的权重")
    if shares and [sum(shares.values())] != totals:
        raise reader.fail("shares", "加起来应等于 total")
    return Weights(totals[0], shares, tuple(totals[1:]), table.get("optional", False))


def _rule_setting(code: str, table: Any, source: str) -> RuleSetting:
    reader = Table(table, source, f"rules.{code}.")
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
