"""Whether somebody filled in a form that nobody described."""

from collections.abc import Collection, Iterable, Mapping

from xl_perf.core.cells.grid import NoValue, Scalar
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.filled_texts import is_blank_label, is_hint
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import MONEY
from xl_perf.core.forms.sheet_cells import Cell, SheetCells


def is_filled(
    sheet: SheetCells, head: Mapping[Cell, str], known: Collection[Cell], columns: Iterable[int], rows: range
) -> bool:
    """Something stands right of the label of a field, or in a column of the table of indicators.

    ``head`` are the labels of fields above that table by their cells, ``known`` the cells of all labels; ``columns``
    and ``rows`` are of the table's body. Where no label of a field is known, numbers tell.
    """
    if any(_is_content(sheet.typed((row, column)), is_amount=False) for column in columns for row in rows):
        return True
    if not head:
        return any(isinstance(one, int | float) and not isinstance(one, bool) for one in sheet.cells.line)
    beside = {at: cell for at in head if (cell := sheet.beside(at)) is not None and cell not in known}
    return any(_is_content(sheet.typed(cell), is_amount=head[at] in MONEY) for at, cell in beside.items())


def _is_content(typed: Scalar, *, is_amount: bool) -> bool:
    """Somebody filled it in: no label, no line to be signed, where an amount belongs nothing but one."""
    if not isinstance(typed, str):
        return not is_blank(typed) and not (is_amount and isinstance(typed, NoValue))
    if is_blank(typed) or label_key(typed) is not None or is_blank_label(typed) or is_hint(typed):
        return False
    return is_meant_for_amount(typed) if is_amount else True
