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
_LEVEL_OF_GOVERNMENT: Final = re.compile(r"中央|上级|本级|省|市|县|区级|地方|乡|镇")


class Named(NamedTuple):
    """The label of an amount: its cell, its text as it is typed, and whether it is a source (not the budget).

    ``is_source`` is None where nobody knows.
    """

    cell: Cell
    typed: str
    is_source: bool | None


def parts_of(labels: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Each label of an amount that is part of another, and the label of that; ``labels`` in reading order.

    A label is part of the one above it in its column that is numbered a level higher; what names a level of government
    behind 其中 right below a source, and such labels after that, are part of the source.
    """
    for at, label in enumerate(labels):
        above = [one for one in labels[:at] if one.cell[1] == label.cell[1] and one.cell[0] < label.cell[0]]
        whole = _numbered_above(label, above) or _of_which(label, above)
        if whole is not None and whole.is_source is not False:
            yield label, whole


def _numbered_above(label: Named, above: Sequence[Named]) -> Named | None:
    own = _depth(label.typed)
    if own is None:
        return None
    depths = ((one, _depth(one.typed)) for one in reversed(above))
    return next((one for one, depth in depths if depth is not None and depth < own), None)


def _of_which(label: Named, above: Sequence[Named]) -> Named | None:
    """The source of which 其中 names a part; of the lines after it those that name levels of government."""
    if _depth(label.typed) is not None or not _LEVEL_OF_GOVERNMENT.search(label.typed):
        return None
    began = _is_of_which(label)
    for one in reversed(above):
        if began:
            return None if not one.is_source or _is_of_which_budget(above, one) else one
        if not _LEVEL_OF_GOVERNMENT.search(one.typed):
            return None
        began = _is_of_which(one)
    return None


def _is_of_which_budget(above: Sequence[Named], one: Named) -> bool:
    """The source is itself named after 其中, or follows such a one: then 其中 may be another part of the budget."""
    return any(_is_of_which(other) for other in above if other.cell[0] <= one.cell[0])


def is_plainly_part(label: Named) -> bool:
    """A number or 其中 before it says so."""
    return _depth(label.typed) is not None or _is_of_which(label)


def _is_of_which(label: Named) -> bool:
    return _OF_WHICH.match(folded(label.typed).strip()) is not None


def _depth(typed: str) -> int | None:
    seen = typed.strip().replace("（", "(").replace("）", ")")
    return next((at for at, pattern in enumerate(_DEPTHS) if pattern.match(seen)), None)
