"""Blocks of amounts with the same labels: 上年度资金 and 本年度资金, each with 资金总额, 财政拨款 and 其他资金.

What a block is about stands left of it, or above it. Only one of them is the year's.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, to_amount
from xl_perf.core.forms.amount_columns import HEADS_AMOUNTS, names_year
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.sheet_cells import Cell

_FEWEST: Final = 2
_WHOLES: Final = frozenset({"budget", "whole_budget", "row_total"})
_ROWS_ABOVE: Final = 2
"""How far above the first label the headings may stand."""


class AmountBlocks(NamedTuple):
    """The headings of the blocks in reading order, and what each label in a block reads, by its cell.

    With ``are_beside`` the blocks stand beside each other, below their headings; else below each other, right of them.
    """

    heads: tuple[Cell, ...]
    labels: Mapping[Cell, str]
    are_beside: bool

    def head_of(self, cell: Cell) -> Cell:
        """The heading of the block in which a cell of one stands."""
        line = 1 if self.are_beside else 0
        return max((one for one in self.heads if one[line] <= cell[line]), default=self.heads[0])

    def of(self, head: Cell) -> dict[str, Cell]:
        """The labels of the block of a heading."""
        return {text: at for at, text in sorted(self.labels.items(), reverse=True) if self.head_of(at) == head}


def blocks_of_amounts(
    typed: Callable[[Cell], Scalar], labels: Collection[Cell], end_of: Callable[[Cell], int]
) -> AmountBlocks | None:
    """The blocks in which labels of amounts stand; None where no label stands in two of them.

    ``typed`` gives what stands in a cell, ``end_of`` its last column. Two headings or more
    speak of years or stages of a budget, or each block has all of the labels.
    """
    texts = {at: bare(str(typed(at))).text for at in labels}
    number = Counter(texts.values())
    again = sorted(at for at, text in texts.items() if number[text] >= _FEWEST and names_year(text) is None)
    if not again:
        return None
    (top, left), (bottom, right) = (
        (choose(at[0] for at in again), choose(at[1] for at in again)) for choose in (min, max)
    )
    down = ([(row, column) for row in range(top, bottom + 1)] for column in range(left - 1, -1, -1))
    across = (
        [(row, column) for column in range(left, right + 1)]
        for row in range(top - 1, max(top - 1 - _ROWS_ABOVE, -1), -1)
    )
    for are_beside, lines in ((False, down), (True, across)):
        for line in lines:
            heads = tuple(at for at in line if _is_text(typed(at)) and at not in again)
            if len(heads) >= _FEWEST and heads[0][are_beside] <= again[0][are_beside]:
                found = AmountBlocks(heads, texts, are_beside)
                if _are_blocks(found, typed, again) and not any(_has_room(at, typed, end_of, again) for at in heads):
                    return found
    return None


def _are_blocks(found: AmountBlocks, typed: Callable[[Cell], Scalar], again: Collection[Cell]) -> bool:
    """No label stands in one of them twice; their headings speak of amounts, or the blocks are alike."""
    places = [(found.labels[at], found.head_of(at)) for at in again]
    if len({*places}) < len(places):
        return False
    named = [bare(str(typed(at))).text for at in found.heads]
    return sum(HEADS_AMOUNTS(one) is not None for one in named) >= _FEWEST or _are_alike(found, named, again)


def _are_alike(found: AmountBlocks, named: Collection[str], again: Collection[Cell]) -> bool:
    """市本级 and 区县, each right above or left of 合计, 财政拨款, 其他资金; sources with the same parts are none."""
    if any(label_key(one) not in {None, *_WHOLES} for one in named):
        return False
    blocks = {head: [at for at in again if found.head_of(at) == head] for head in found.heads}
    texts = [{found.labels[at] for at in own} for own in blocks.values()]
    if len(texts[0]) < _FEWEST or any(one != texts[0] for one in texts):
        return False
    step = 1 if found.are_beside else 0
    return all(min(own)[0] - head[0] == step for head, own in blocks.items())


def _has_room(
    at: Cell, typed: Callable[[Cell], Scalar], end_of: Callable[[Cell], int], labels: Collection[Cell]
) -> bool:
    """年度资金总额 with its own amount right of it heads nothing; merged it is as broad as the ``labels`` below it.

    So does 本年资金 over 其中：财政拨款, where no total stands among the labels.
    """
    last = end_of(at)
    keys = {label_key(str(typed(one))) for one in labels}
    below = [one for one in labels if one[1] == at[1] and one[0] > at[0]]
    parts = [one for one in below if one[0] == at[0] + 1 and str(typed(one)).strip().startswith("其中")]
    is_total = label_key(str(typed(at))) in _WHOLES or (bool(parts) and not keys & _WHOLES)
    is_alike = last == at[1] or (bool(below) and all(end_of(one) == last for one in below))
    return is_total and is_alike and not _is_text(typed((at[0], last + 1)))


def _is_text(typed: Scalar) -> bool:
    """An amount stored as text, as in a Word table, is none."""
    return isinstance(typed, str) and not is_blank(typed) and to_amount(typed) is None
