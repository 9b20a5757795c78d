"""Tables above the indicators that are not read, right of the label of a part: 实施内容 | 开始时间 | 完成时间."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.values import is_blank, to_amount
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.sheet_cells import Cell, SheetCells

_HEADING: Final = re.compile(
    r"[^:：\d。，]{0,6}(?:时间|日期|内容|名称|事项|阶段|步骤|数量|单价|金额|标准|依据|措施|进度|责任人|负责人|单位|备注|说明)"
)
_SENTENCE: Final = re.compile("[。；，]")
_FEWEST: Final = 2
_FEWEST_COLUMNS: Final = 3
_LONGEST: Final = 16
"""Characters of a label."""


class HeadTable(NamedTuple):
    """The label of its part, its headings, and the cells below them, which somebody may have filled in."""

    label: Cell
    headings: tuple[Cell, ...]
    body: tuple[Cell, ...]


def head_tables(sheet: SheetCells, areas: Collection[Area], header: int | None) -> Iterator[HeadTable]:
    """The tables right of labels that are merged over their rows; ``header`` is the row of the indicators' headings."""
    for top, left, bottom, right in areas:
        if bottom == top or (header is not None and bottom >= header):
            continue
        first = [(top, column) for column in range(right + 1, sheet.cells.width)]
        headings = tuple(at for at in first if not (is_blank(sheet.typed(at)) or sheet.is_covered(at)))
        typed = [sheet.typed(at) for at in headings]
        if len(headings) < _FEWEST or not all(isinstance(one, str) and _is_heading(one) for one in typed):
            continue
        rows = range(top + 1, bottom + 1)
        body = tuple((row, column) for row in rows for column in range(right + 1, sheet.cells.width))
        if all(sheet.merged.get((row, column), (row,))[0] == row for row, column in body):
            yield HeadTable((top, left), headings, body)


def heads_rows(sheet: SheetCells, at: Cell) -> bool:
    """A label is merged over rows in each of which stand a further label and what was filled in beside it."""
    top, _, bottom, right = sheet.merged.get(at, (*at, *at))
    firsts = [(row, right + 1) for row in range(top, bottom + 1)]
    return bottom > top and all(_is_label_with_value(sheet, first) for first in firsts)


def headings_over_amounts(sheet: SheetCells, header: int | None) -> set[Cell]:
    """The cells of rows that head columns of amounts or shares: 小计 | 一般公共预算 | 政府性基金, 1月 | 2月 | 3月.

    Below each stands one or nothing. A label that is merged over its row and the next one is none of them.
    """
    found: set[Cell] = set()
    for row in range(len(sheet.grid.rows) if header is None else header):
        cells = [at for column in range(sheet.cells.width) if _is_text(sheet, at := (row, column))]
        cells = [at for at in cells if sheet.merged.get(at, (*at, *at))[2] == row]
        below = [sheet.typed((row + 1, column)) for _, column in cells]
        are_amounts = [not is_blank(one) and to_amount(one) is not None for one in below]
        is_over = all(is_blank(one) or is_amount for one, is_amount in zip(below, are_amounts, strict=True))
        if len(cells) >= _FEWEST_COLUMNS and is_over and sum(are_amounts) >= _FEWEST:
            found |= set(cells)
    return found


def _is_text(sheet: SheetCells, at: Cell) -> bool:
    typed = sheet.typed(at)
    return isinstance(typed, str) and not is_blank(typed) and not sheet.is_covered(at) and to_amount(typed) is None


def _is_label_with_value(sheet: SheetCells, at: Cell) -> bool:
    typed, beside = sheet.typed(at), sheet.beside(at)
    is_short = isinstance(typed, str) and 0 < len(typed) <= _LONGEST and _SENTENCE.search(typed) is None
    return is_short and not sheet.is_covered(at) and beside is not None and not is_blank(sheet.typed(beside))


def _is_heading(text: str) -> bool:
    return label_key(text) is None and _HEADING.fullmatch(text.strip()) is not None
