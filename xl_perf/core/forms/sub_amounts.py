"""Amounts that are part of the one above them, by how their labels are numbered: 1.中央补助 below 一、财政拨款.

Such a part is counted with the whole. Where both were taken for sources, the money would count twice.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded

Cell = tuple[int, int]
_NUMERALS: Final = "一二三四五六七八九十"
_DEPTHS: Final = (
    re.compile(rf"[{_NUMERALS}]{{1,3}}[、.．]"),
    re.compile(rf"[(][{_NUMERALS}]{{1,3}}[)]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[(]\d{1,2}[)]|\d{1,2}[)]"),
    re.compile("[\u2460-\u2473]"),
)
"""How official texts number their levels, the highest first (GB/T 9704-2012, 7.3.3), and what people write below."""
_OF_WHICH: Final = re.compile(r"其中[:：]?")
_TOTAL: Final = re.compile(r".*[合小]计\Z").match
_MADE_OF: Final = {
    "other": frozenset({"special_account", "unit_money", "business_income", "bonds", "loans"}),
    "unit_money": frozenset({"business_income", "loans"}),
}
"""Keys of what 其他资金 is made of, and what 单位资金 or 自筹资金 is."""
_LEVEL_OF_GOVERNMENT: Final = re.compile(r"中央|上级|本级|省|市|县|区级|地方|乡|镇")

_OF_FUND: Final = re.compile("一般公共预算|政府性基金|国有资本|社会保险基金").search


class Named(NamedTuple):
    """The label of an amount: its cell, its text as it is typed, and whether it is a source (not the budget).

    ``is_source`` is None where nobody knows; ``key`` is that of the field, where one is known.
    """

    cell: Cell
    typed: str
    is_source: bool | None
    key: str = ""


def parts_of(labels: Sequence[Named], *, of_any_kind: bool = False) -> Iterator[tuple[Named, Named]]:
    """Each label of an amount that is part of another, and the label of that; ``labels`` in reading order.

    A label is part of the one above it in its column that is numbered a level higher. What stands behind 其中 right
    below a source is part of that, and so are the labels after it, and those below 财政拨款小计, that name a level of
    government or what such a source is made of: 单位自筹 and 银行贷款 below 其他资金. A source of another kind may be
    one of the budget's: 其中：上年结转 below 财政拨款 is part of that with ``of_any_kind`` alone.
    """
    for at, label in enumerate(labels):
        above = [one for one in labels[:at] if one.cell[1] == label.cell[1] and one.cell[0] < label.cell[0]]
        whole = _numbered_above(label, above) or _of_which(label, above, of_any_kind=of_any_kind)
        if whole is not None and whole.is_source is not False:
            yield label, whole


def _numbered_above(label: Named, above: Sequence[Named]) -> Named | None:
    own = _depth(label.typed)
    if own is None:
        return None
    depths = ((one, _depth(one.typed)) for one in reversed(above))
    return next((one for one, depth in depths if depth is not None and depth < own), None)


def _of_which(label: Named, above: Sequence[Named], *, of_any_kind: bool) -> Named | None:
    """The source of which 其中, or a total above, names parts: one right above, or above other parts of it."""
    if _depth(label.typed) is not None:
        return None
    first = label if _is_of_which(label) else None
    between = [] if first else [label]
    for one in reversed(above):
        if first or (one.is_source and _TOTAL(folded(one.typed).strip())):
            is_whole = one.is_source and not _is_of_which_budget(above, one, first)
            between += [first] if first and first.key and not of_any_kind else []
            return one if is_whole and all(_goes_on(other, one) for other in between) else None
        first = one if _is_of_which(one) else None
        between += [] if first else [one]
    return None


def _goes_on(label: Named, whole: Named) -> bool:
    """Without 其中 before it a label may still name a part of that source; 政府性基金 is none of 一般公共预算."""
    if _OF_FUND(label.typed) and _OF_FUND(whole.typed):
        return False
    if whole.key == "other" or label.key in _MADE_OF.get(whole.key, ()):
        return label.key in _MADE_OF[whole.key]
    return _LEVEL_OF_GOVERNMENT.search(label.typed) is not None or (bool(label.key) and label.key == whole.key)


def _is_of_which_budget(above: Sequence[Named], one: Named, first: Named | None) -> bool:
    """The source is itself named after 其中, or follows such a one: then 其中 may be another part of the budget.

    ``first`` is what stands behind 其中: right below a source that is made of such money it begins anew.
    """
    if _is_of_which(one):
        return first is None or not _is_deeper(first, one)
    is_new = first is None or (first.cell[0] == one.cell[0] + 1 and _goes_on(first, one))
    return not is_new and any(_is_of_which(other) for other in above if other.cell[0] <= one.cell[0])


def _is_deeper(label: Named, whole: Named) -> bool:
    """Right below 其中：财政拨款, and indented further, as parts of that are."""
    own, its = (len(one.typed) - len(one.typed.lstrip()) for one in (label, whole))
    return label.cell[0] == whole.cell[0] + 1 and own > its and _goes_on(label, whole)


def is_plainly_part(label: Named, whole: Named) -> bool:
    """A number before it says so, or 其中 before what such a source is made of."""
    return _depth(label.typed) is not None or (_is_of_which(label) and _goes_on(label, whole))


def _is_of_which(label: Named) -> bool:
    return _OF_WHICH.match(folded(label.typed).strip()) is not None


def _depth(typed: str) -> int | None:
    seen = typed.strip().replace("（", "(").replace("）", ")")
    return next((at for at, pattern in enumerate(_DEPTHS) if pattern.match(seen)), None)
