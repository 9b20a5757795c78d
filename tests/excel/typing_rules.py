"""What Excel makes of a text that is typed or written into a cell."""

from itertools import pairwise
from typing import Any

from tests.excel.errors import CellError
from tests.excel.formulas import tokens


def as_typed(value: Any) -> str:
    """What the formula bar shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, CellError):
        return value.text
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def understood(given: str) -> Any:
    """A text as Excel takes it where the format is General."""
    plain = given.strip()
    try:
        if plain.isascii() and plain.lower().strip("+-") not in ("nan", "inf", "infinity") and "_" not in plain:
            return float(plain.replace(",", "")) if not plain.endswith("%") else float(plain[:-1]) / 100
    except ValueError:
        pass
    return plain.upper() == "TRUE" if plain.upper() in ("TRUE", "FALSE") else given


def is_formula(text: str) -> bool:
    """Whether Excel's parser takes it: a rough look, which refuses what people type after an equals sign."""
    try:
        kinds = [(kind, sign) for kind, sign in tokens(text[1:])]
    except CellError:
        return False
    operands = ("number", "text", "reference", "name", "error")
    return not any(one[0] in operands and other[0] in operands for one, other in pairwise(kinds))
