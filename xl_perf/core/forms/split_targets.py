"""Target values in three columns, as budget systems print them: an operator, a number, and its unit (≥ | 12 | 台).

They stand in the header of the indicator table, or in a second row of it below 指标值. Together they are one target.
"""

import re
from collections.abc import Collection, Mapping, Sequence
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
        if is_blank(value):
            return (value, column) if at_measure is None else (cells[at_measure], at_measure)
        shown = text_of(value).strip()
        # The unit may stand beside the number again: ≤ | 100% | %.
        if re.fullmatch(_NUMBER, numeric(shown.removesuffix(measure))) is None:
            return value, column
        sign = operator if numeric(operator) in OPERATORS else ""
        unit = "" if is_placeholder(measure) or shown.endswith(measure) else measure
        return (PartOfCell(f"{sign}{shown}{unit}"), column) if sign or unit else (value, column)


def _first(cells: Sequence[Scalar], columns: range | None) -> int | None:
    """The first of the columns in which something stands."""
    return next((at for at in columns or () if at < len(cells) and not is_blank(cells[at])), None)


def _shown(cells: Sequence[Scalar], columns: range | None) -> str:
    at = _first(cells, columns)
    return "" if at is None else text_of(cells[at]).strip()


# --- writing -------------------------------------------------------------------------------------------------------


def split_entry(target: Entry[Any], key: str, parts: Collection[str]) -> Entry[Any]:
    """What of a target belongs into a column of a form with ``parts``: ``operator``, ``measure`` or both.

    A target that would not be read back as it is stands whole in the column of the value.
    """
    return target._replace(typed=_parts(target.text, frozenset(parts)).get(key) or None)


@lru_cache(maxsize=4096)
def _parts(text: str, parts: frozenset[str]) -> Mapping[str, str]:
    found = _WHOLE.fullmatch(text.strip())
    if found is None:
        return {"target": text}
    made = {key: found[key].strip() for key in parts}
    made["target"] = text.strip().removeprefix(found["operator"] if "operator" in parts else "")
    made["target"] = made["target"].removesuffix(found["measure"] if "measure" in parts else "").strip()
    cells = [made.get("operator"), made["target"], made.get("measure")]
    joined, _ = Split(range(1), range(2, 3)).joined(cells, cells[1], 1)
    return made if text_of(joined) == text.strip() else {"target": text}


_SIGNS: Final = "|".join(re.escape(sign) for sign in sorted(OPERATORS, key=len, reverse=True))
_WHOLE: Final = re.compile(rf"(?P<operator>(?:{_SIGNS})?)(?P<number>{_NUMBER})(?P<measure>\D*)")
