"""Labels that are printed, not read: several in one cell (联系人：____电话：____), and those in brackets altogether."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.likeness import speaks_of_money
from xl_perf.core.forms.sheet_cells import Cell

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{2,12}(?:[(（][^()（）]{1,8}[)）])?)\s*[:：]")
_IS_ROOM: Final = re.compile(r"[\s_＿年月日]*").fullmatch
_BRACKETS: Final = re.compile(r"[(（]([^()（）]{2,24})[)）]").fullmatch
_FEWEST: Final = 2
_MOST_NAMED: Final = 3


def several_in_one_cell(sheet: "FormWords", taken: Collection[Cell | None]) -> Iterator[str]:
    """A sentence on such cells, but those that are ``taken``: what is filled in there is carried, and nobody reads it.

    Below a list it is not carried: it is about all projects.
    """
    named, below = list[str](), list[str]()
    for row, cells in enumerate(sheet.grid.rows):
        for column, typed in enumerate(cells):
            at = (row, column)
            if isinstance(typed, str) and at not in taken and not sheet.is_covered(at):
                labels = _labels_with_room(typed)
                own = below if sheet.is_list and sheet.header is not None and row > sheet.header else named
                own += [f"{a1(*at)}（{'、'.join(labels)}）"] if len(labels) >= _FEWEST else []
    for cells_of, what in ((named, "填的照样带着，不读"), (below, "填了也不读")):
        if cells_of:
            more = f"等 {len(cells_of)} 格" if len(cells_of) > _MOST_NAMED else ""
            shown = "、".join(cells_of[:_MOST_NAMED])
            yield f"{shown}{more}有几项写在一格里，照样印着，{what}：要读的请拆开，标签和内容各占一格"


def all_in_brackets(sheet: "FormWords", taken: Collection[Cell | None]) -> Iterator[str]:
    """A sentence on labels of amounts that stand in brackets altogether: （其中：上级转移支付）. They are not read."""
    named = []
    for row, cells in enumerate(sheet.grid.rows[: sheet.header]):
        for column, typed in enumerate(cells):
            text, at = typed.strip() if isinstance(typed, str) else "", (row, column)
            found = _BRACKETS(text)
            if found is None or at in taken or at in sheet.words or at in sheet.statements or sheet.is_covered(at):
                continue
            room = [sheet.beside(at), (row + 1, column)]
            has_room = any(one is not None and is_blank(sheet.typed(one)) for one in room)
            if has_room and (speaks_of_money(found[1]) or found[1].startswith("其中")):
                named.append(f"{a1(*at)}“{text}”")
    if named:
        shown, more = "、".join(named[:_MOST_NAMED]), f"等 {len(named)} 格" if len(named) > _MOST_NAMED else ""
        yield f"{shown}{more}整个写在括号里，照样印着，填了也不读：要读的请去掉括号"


def _labels_with_room(text: str) -> list[str]:
    """The labels of a text behind which nothing stands up to the next one."""
    if not (":" in text or "：" in text):
        return []
    found = list(_LABEL.finditer(text))
    ends = [*(one.start() for one in found), len(text)]
    return [one[1] for one, (_, end) in zip(found, pairwise(ends), strict=True) if _IS_ROOM(text[one.end() : end])]
