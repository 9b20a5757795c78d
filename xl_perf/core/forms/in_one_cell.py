"""Several labels in one cell, with room behind each: 联系人：____电话：____日期：____. They are printed, not read."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.forms.sheet_cells import Cell

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{2,12}(?:[(（][^()（）]{1,8}[)）])?)\s*[:：]")
_IS_ROOM: Final = re.compile(r"[\s_＿年月日]*").fullmatch
_FEWEST: Final = 2
_MOST_NAMED: Final = 3


def several_in_one_cell(sheet: "FormWords", taken: Collection[Cell | None]) -> Iterator[str]:
    """A sentence on such cells, but those that are ``taken``: what is filled in there nobody reads."""
    named = []
    for row, cells in enumerate(sheet.grid.rows):
        for column, typed in enumerate(cells):
            at = (row, column)
            if isinstance(typed, str) and at not in taken and not sheet.is_covered(at):
                labels = _labels_with_room(typed)
                named += [f"{a1(*at)}（{'、'.join(labels)}）"] if len(labels) >= _FEWEST else []
    if named:
        more = f"等 {len(named)} 格" if len(named) > _MOST_NAMED else ""
        shown = "、".join(named[:_MOST_NAMED])
        yield f"{shown}{more}有几项写在一格里，照样印着，填了也不读：要读的请拆开，标签和内容各占一格"


def _labels_with_room(text: str) -> list[str]:
    """The labels of a text behind which nothing stands up to the next one."""
    if not (":" in text or "：" in text):
        return []
    found = list(_LABEL.finditer(text))
    ends = [*(one.start() for one in found), len(text)]
    return [one[1] for one, (_, end) in zip(found, pairwise(ends), strict=True) if _IS_ROOM(text[one.end() : end])]
