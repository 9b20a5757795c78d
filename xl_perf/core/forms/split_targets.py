"""Target values in three columns, as budget systems print them: an operator, a number, and its unit (≥ | 12 | 台).

They stand in the header of the indicator table, or in a second row of it below 指标值. Together they are one target.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import numeric
from xl_perf.core.cells.entry import Entry, PartOfCell
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.targets import OPERATORS
from xl_perf.core.cells.values import is_blank, is_placeholder, text_of
from xl_perf.core.forms.kind import Column, Known, Value

SPLIT: Final = (
    Column(
        "operator",
        "计算符号",
        Value.TEXT,
        1,
        ("符号", "性质", "指标性质", "运算符号", "指标符号", "比较符号", "运算符", "指标值符号"),
        required=False,
    ),
    Column(
        "measure",
        "计量单位",
        Value.TEXT,
        1,
        ("度量单位", "单位", "指标单位", "指标值单位", "指标计量单位"),
        required=False,
    ),
)
NUMBER: Final = ("值", "数值")
"""Headings of the number between the two."""
CONTENT: Final = Known("content", "指标内容", ("绩效指标内容", "指标名称", "绩效指标名称"))
"""A heading that stands for 三级指标 in some forms, for 绩效指标描述 in others."""
_NUMBER: Final = r"[-+]?[\d.,]+(?:[-~—–至到][\d.,]+)?"


_NUMBER_AND_UNIT: Final = rf"{_NUMBER}[^\d\s<>=≤≥]{{0,8}}"
"""Where the form has no column for the unit."""


class SplitCells(PartOfCell):
    """A whole target, and what stood in the cells of operator, value and unit that it was read from."""

    operator: str
    number: Scalar
    measure: str

    @classmethod
    def of(cls, text: str, operator: str, number: Scalar, measure: str) -> "SplitCells":
        """The target ``text`` with its cells."""
        made = cls(text)
        made.operator, made.number, made.measure = operator, number, measure
        return made

    @property
    def is_part_unsaid(self) -> bool:
        """The operator's cell holds a word that the target does not say: 定性 before 2025年底前."""
        return bool(self.operator) and numeric(self.operator) not in OPERATORS

    @property
    def without_operator(self) -> str:
        """What people see in the cells of value and unit."""
        return f"{text_of(self.number)}{self.measure}"

    def changed(self, change: Callable[[str], str]) -> "SplitCells":
        """With another text: years that move on."""
        number = change(self.number) if isinstance(self.number, str) else self.number
        return SplitCells.of(change(self), self.operator, number, self.measure)


class Split(NamedTuple):
    """The columns of operator and unit beside the target's; None or empty for one that a form does not have."""

    operator: range | None
    measure: range | None

    @property
    def is_split(self) -> bool:
        """There is one of them at least."""
        return bool(self.operator or self.measure)

    def joined(self, cells: Sequence[Scalar], value: Scalar, column: int) -> tuple[Scalar, int]:
        """The whole target of a row, ``≥12台``, and the column where its value stands.

        A text in the unit's column is the target where there is no value. ``cells`` are those of the row.
        """
        operator, at_measure = _shown(cells, self.operator), _first(cells, self.measure)
        measure = "" if at_measure is None else text_of(cells[at_measure]).strip()
        if is_blank(value) and at_measure is None:
            return value, column
        at = column
        shown = text_of(value).strip()
        sign = unit = ""
        if is_blank(value) and at_measure is not None:
            shown, at = measure, at_measure
        # The unit may stand beside the number again: ≤ | 100% | %.
        elif re.fullmatch(_NUMBER if measure else _NUMBER_AND_UNIT, numeric(shown.removesuffix(measure))) is not None:
            sign = operator if numeric(operator) in OPERATORS else ""
            unit = "" if is_placeholder(measure) or shown.endswith(measure) else measure
        others = (operator, measure if at == column else "")
        if not (sign or unit) and all(is_placeholder(one) or not one for one in others):
            return cells[at] if at != column else value, at
        return SplitCells.of(f"{sign}{shown}{unit}", operator, value, measure), at


def _first(cells: Sequence[Scalar], columns: range | None) -> int | None:
    """The first of the columns in which something stands."""
    return next((at for at in columns or () if at < len(cells) and not is_blank(cells[at])), None)


def _shown(cells: Sequence[Scalar], columns: range | None) -> str:
    at = _first(cells, columns)
    return "" if at is None else text_of(cells[at]).strip()


# --- writing -------------------------------------------------------------------------------------------------------


def split_entry(target: Entry[Any], key: str, parts: Collection[str]) -> Entry[Any]:
    """What of a target belongs into a column of a form with ``parts``: ``operator``, ``measure`` or both.

    What was read from such columns goes back as it was. Another target that would not be read back as it is stands
    whole in the column of the value.
    """
    own = target.typed
    if isinstance(own, SplitCells):
        said = {"operator": own.operator, "measure": own.measure}
        if all(key in parts for key, text in said.items() if text):
            return target._replace(typed=said[key] or None if key in said else own.number)
    return target._replace(typed=_parts(target.text, frozenset(parts)).get(key) or None)


@lru_cache(maxsize=4096)
def _parts(text: str, parts: frozenset[str]) -> Mapping[str, str]:
    own = text.strip()
    whole = own if own[:1] not in _FULL_WIDTH else f"{numeric(own[:1])}{own[1:]}"
    found = _WHOLE.fullmatch(whole)
    if found is None:
        return {"target": text}
    made = {key: found[key].strip() for key in parts}
    made["target"] = whole.removeprefix(found["operator"] if "operator" in parts else "")
    made["target"] = made["target"].removesuffix(found["measure"] if "measure" in parts else "").strip()
    cells = [made.get("operator"), made["target"], made.get("measure")]
    joined, _ = Split(range(1), range(2, 3)).joined(cells, cells[1], 1)
    return made if text_of(joined) == whole else {"target": text}


_FULL_WIDTH: Final = frozenset("＝＜＞")
_SIGNS: Final = "|".join(re.escape(sign) for sign in sorted(OPERATORS, key=len, reverse=True))
_WHOLE: Final = re.compile(rf"(?P<operator>(?:{_SIGNS})?)(?P<number>{_NUMBER})(?P<measure>\D*)")
