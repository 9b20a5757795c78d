"""Units of money: what they are in 万元, and where texts name them."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.characters import folded, simplified

WAN: Final = Decimal(1)
"""万元 in 万元. Readers know it by identity: nothing is to be converted."""
UNITS: Final = {
    "": WAN,
    "万元": WAN,
    "万": WAN,
    "万元整": WAN,
    "元": Decimal("0.0001"),
    "元整": Decimal("0.0001"),
    "百元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "十万元": Decimal(10),
    "百万元": Decimal(100),
    "百万": Decimal(100),
    "千万元": Decimal(1000),
    "千万": Decimal(1000),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
"""One of each in 万元. The blank stands for a number without a unit where 万元 is the form's own."""
OF_FORMS: Final = ("亿元", "千万元", "百万元", "十万元", "万元", "千元", "百元", "元")
"""Units that a label or a line names for all amounts of a form."""
_UNIT: Final = f"(?:人民币)?({'|'.join(OF_FORMS)})"
_IN_BRACKETS: Final = re.compile(rf"(?:(?:金额|货币|计量|资金)*单位(?:[:为]|均为)?)?{_UNIT}(?:人民币)?")
_STATED: Final = re.compile(
    rf"单位(?:均?为|[:是]){_UNIT}(?![/每])|(?:均?以|按|用){_UNIT}为(?:计量|金额|货币|记账)?单位"
)
_ALONE: Final = re.compile(rf"[(\[]?(?:(?:金额|货币|计量|资金)*单位)?[:]?{_UNIT}[)\]]?")
_LONGEST_STATEMENT: Final = 400
"""Characters; a note on how to fill the form in may be as long."""


def unit_in_brackets(inside: str) -> str | None:
    """The unit that a bracket behind a label or title names: ``元`` for （元） and （单位：元）; None if it is none."""
    match = _IN_BRACKETS.fullmatch(inside)
    return match[1] if match else None


@lru_cache(maxsize=2048)
def stated_units(text: str) -> tuple[str, ...]:
    """The units that a line or sentence states for what is around it: 单位：元, 以上金额单位为千元, 以万元为单位."""
    if "位" not in text:
        return ()
    seen = simplified(folded(text[:_LONGEST_STATEMENT]))
    alone = _ALONE.fullmatch(seen)
    if alone is not None:
        return (alone[1],)
    return tuple(dict.fromkeys(first or second for first, second in _STATED.findall(seen)))
