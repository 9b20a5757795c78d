"""How high the rows of an office's own form are in the text: as on its 样表, lower where they fit on a page only so.

In order: rows of which the office says nothing become lower, then those whose height it has set, then the margins
around the texts. Type becomes smaller last.
"""

from collections.abc import Mapping, Sequence
from statistics import median
from types import MappingProxyType
from typing import Final, NamedTuple

from xl_perf.core.forms.box import Role
from xl_perf.core.forms.layout import Layout
from xl_perf.text.pages import TALL_PART
from xl_perf.text.typography import (
    BY_ID,
    CELL,
    FIGURE,
    LABEL,
    LEAST,
    LEAST_LABEL,
    LEAST_TEXT,
    SMALL,
    SMALL_LABEL,
    SMALL_TEXT,
)
from xl_perf.text.word_table import MARGIN, ROW
from xl_perf.written.own_look import OwnLook
from xl_perf.written.own_page import printed_scale

_SIZE: Final = 11.0
"""Points of type where an office's sheet does not say."""
_STEPS: Final = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
"""Parts of a height that the office has set; a row is never lower than its texts need."""
_TIGHT: Final = 0.5
"""Points above and below a text where there is little room."""


class Heights(NamedTuple):
    """Of a row of which the office says nothing, in points, and what part of those that it has set rows have."""

    unset: float
    part: float = 1


class Setting(NamedTuple):
    """How cells are set: in other styles, with a margin above and below their texts; heights to try, highest first."""

    heights: Sequence[Heights]
    margin: float = MARGIN
    styles: Mapping[str, str] = MappingProxyType({})

    def style(self, usual: str) -> str:
        """The style in place of the usual one."""
        return self.styles.get(usual, usual)


def _down(*unset: float) -> tuple[Heights, ...]:
    return (*map(Heights, unset), *(Heights(unset[-1], part) for part in _STEPS))


USUAL: Final = Setting(_down(ROW, 28, 26, 24, 22, 20, 19))
_CLOSE: Final = Setting(_down(18, 17, 16, 15.5), _TIGHT)
_SMALL: Final = Setting(
    _down(15, 14, 13.5), _TIGHT, MappingProxyType({CELL: SMALL_TEXT, LABEL: SMALL_LABEL, FIGURE: SMALL})
)


_LEAST: Final = Setting(
    _down(12.5, 11.5), _TIGHT, MappingProxyType({CELL: LEAST_TEXT, LABEL: LEAST_LABEL, FIGURE: LEAST})
)
_ROUNDED: Final = 0.5
"""Points by which type may be smaller than the office prints it."""


def settings(look: OwnLook | None, layout: Layout) -> tuple[Setting, ...]:
    """Those to try, best first. The smallest type only where the office prints so many rows, in the heights of its own,
    on one page and with type as small.
    """
    usual = USUAL, _CLOSE, _SMALL
    if look is None:
        return usual
    scale = printed_scale(look, layout, [look.heights.get(source, look.height) for source in layout.rows])
    sizes = [look.of(box.look or box.area).get("font_size", _SIZE) for box in layout.boxes if box.role is Role.INPUT]
    is_small = scale is not None and bool(sizes) and median(sizes) * scale <= BY_ID[LEAST].size + _ROUNDED
    return (*usual, _LEAST) if is_small else usual


def set_heights(look: OwnLook | None, layout: Layout, page: float) -> list[float | None]:
    """The height that the office has set for each row of a form, None where it has not; at most half a page."""
    found = {} if look is None else look.heights
    most = page * TALL_PART
    return [None if source not in found else min(found[source], most) for source in layout.rows]


def least_heights(own: Sequence[float | None], heights: Heights) -> list[float]:
    """What rows have at least."""
    return [heights.unset if one is None else one * heights.part for one in own]
