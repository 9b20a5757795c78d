"""A table of a profile's TOML: typed values taken out of it, or a sentence on the key that is wrong."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xl_perf.core.profile import ProfileError

_TYPE_NAMES: Final = {str: "文字", int: "整数", list: "列表", dict: "表", bool: " true 或 false"}
_ONLY_SOME: Final = (
    '只写几项时，请加一行 base = "hebei-2023"，没有写的便照它；全部自己写时，请对照自带的 hebei-2023.toml 补上'
)


class Table:
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
            if not isinstance(value, known[key]) or (isinstance(value, bool) and known[key] is not bool):
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
