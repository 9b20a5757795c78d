"""Lists whose indicators stand side by side: 数量指标 | 指标值 | 质量指标 | 指标值. They cannot be read."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.labels import LONGEST_LABEL, bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.labels import label_key

_MOST_LEVELS: Final = 3
"""So many second levels in one row are headings."""
_MOST_PAIRS: Final = 2
_SHOWN: Final = 3
_NUMBER: Final = re.compile(r"[\d一二三四五六七八九十]+$")
_MEASURED: Final = frozenset({"level3", "content", "indicators_part"})
ONE_A_ROW: Final = "请改成一行一个指标（一级指标、二级指标、三级指标、指标值各一栏），一个项目占几行"


class Across(NamedTuple):
    """The row of the headings, where it begins, what stands side by side, and whether a list's header holds it."""

    row: int
    column: int
    names: tuple[str, ...]
    is_of_list: bool

    @property
    def said(self) -> str:
        """What cannot be read, in Chinese, without full stop."""
        return f"{self._where}，各占一栏，这样的表还不能读"

    @property
    def half_read(self) -> str:
        """What is left where the first indicator and its target are read, in Chinese, without full stop."""
        return f"{self._where}，只读了第一组，其余的指标没有读"

    @property
    def _where(self) -> str:
        return f"第 {self.row + 1} 行把{'、'.join(self.names[:_SHOWN])}等横着排"


def indicators_across(cells: CellLine) -> Across | None:
    """The first row whose headings are indicators side by side; None where first levels have a column."""
    above: list[str] = []
    for row in range(len(cells.line) // cells.width if cells.width else 0):
        typed = cells.line[row * cells.width : (row + 1) * cells.width]
        keys = [_key(one) for one in typed]
        if "level1" in (*keys, *above):
            return None
        if names := _names(typed, keys):
            texts = [text_of(one) for one in typed]
            return Across(row, texts.index(names[0]), names, "name" in (*keys, *above))
        above = [key for key in keys if key]
    return None


def _names(typed: Sequence[Scalar], keys: Sequence[str]) -> tuple[str, ...]:
    """The headings of what is measured: several second levels, or several pairs of an indicator and its target."""
    levels = tuple(dict.fromkeys(text_of(one) for one, key in zip(typed, keys, strict=True) if key == _LEVEL))
    if len(levels) >= _MOST_LEVELS:
        return levels
    measured = tuple(text_of(one) for one, key in zip(typed, keys, strict=True) if key in {*_MEASURED, _LEVEL})
    are_pairs = min(len(measured), keys.count("target")) >= _MOST_PAIRS
    return tuple(dict.fromkeys(measured)) if are_pairs else ()


_LEVEL: Final = "level"
"""The key of a heading that names a level: 数量指标."""


def _key(typed: Scalar) -> str:
    """What a heading means, be it numbered: 三级指标1; empty for one that is not known."""
    if not isinstance(typed, str) or not 0 < len(typed) <= LONGEST_LABEL:
        return ""
    if is_branch(typed):
        return _LEVEL
    return label_key(typed) or label_key(_NUMBER.sub("", bare(typed).text)) or ""
