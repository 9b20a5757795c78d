"""Labels of amounts that head a column and have no value of their own: 实施期金额 | 年度金额, 上年预算数."""

import re
from typing import Final

from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.year_words import OF_OTHER_YEARS
from xl_perf.core.forms.label_cells import LabelCells
from xl_perf.core.forms.money_labels import MoneyLabels

_COLUMN_OF: Final = {"budget": "annual_column", "whole_budget": "whole_column"}
_OTHER_COLUMN: Final = re.compile(rf"{OF_OTHER_YEARS}|调[增减整]|20\d\d年").search
"""Headings of amounts that are not the budget, or no longer."""
_PAIR: Final = 2


def column_headed(label: Label, known: MoneyLabels, label_cells: LabelCells) -> Label | None:
    """The label as the heading of a column of amounts; None where it is the label of one amount."""
    key = _COLUMN_OF.get(label.key)
    if key is None or label_cells.has_amount(label):
        return None
    pair = [one for one in known.in_row(label.row) if one.key in _COLUMN_OF]
    is_pair = len(pair) == _PAIR and label_cells.is_beside(*pair)
    is_heading = (
        (is_pair and known.stand_below(label.row, pair[0].column))
        or known.have_amount_below(label.row, label.column)
        or _is_beside_other_column(label, known, label_cells)
    )
    return label._replace(key=key) if is_heading else None


def _is_beside_other_column(label: Label, known: MoneyLabels, label_cells: LabelCells) -> bool:
    """上年预算数 stands in its row, above amounts too: then its own column holds this year's, filled in or not."""
    width, line = label_cells.cells.width, label_cells.cells.line
    cells = enumerate(line[label.row * width : (label.row + 1) * width])
    others = [at for at, typed in cells if at != label.column and isinstance(typed, str) and _OTHER_COLUMN(typed)]
    below = known.columns_below(label.row, label.column) if others else ()
    return len(below) >= _PAIR and max(others) > max(below)
