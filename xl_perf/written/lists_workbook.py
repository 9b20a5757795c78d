"""A workbook of plain lists, a sheet each: 收件汇总 and 退回清单 of an inbox."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.files.own_files import INBOX
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, GOOD_FILL, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.stream import BLANK, StreamedWorkbook, amount, text, whole
from xl_perf.written.styles import Styles

FILLS: Final = {"bad": ERROR_FILL, "fair": WARNING_FILL, "good": GOOD_FILL}
"""What a row's state may be shown by."""
Cell = str | int | Decimal | None
"""A text, a whole number, an amount in 万元."""


class Row(NamedTuple):
    """The cells of a row; ``fill`` (a key of `FILLS`) colours the one in column ``at``."""

    cells: Sequence[Cell]
    fill: str = ""
    at: int = 0


class List(NamedTuple):
    """A sheet: what stands above its rows, in red too (``note``), and the rows. ``is_urgent``: its tab is red.

    ``total`` is a last row in bold, which stays where it is when people sort and filter.
    """

    name: str
    said: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    is_urgent: bool = False
    total: Row | None = None


def write_lists(path: Path, title: str, lists: Sequence[List]) -> None:
    """Writes the workbook. The same lists give the same bytes. Texts are never taken for formulas."""
    with StreamedWorkbook(path, INBOX, title) as workbook:
        styles = Styles(workbook)
        for one in lists:
            _write(workbook, styles, one)


def _write(workbook: StreamedWorkbook, styles: Styles, one: List) -> None:
    sheet = workbook.list_sheet(one.name, FIRST_ROW)
    sheet.columns([None] * len(one.columns))
    looks = {
        (kind, fill): sheet.style(styles(base, **how, **more))
        for kind, how in _LOOKS.items()
        for fill, (base, more) in _FILLED.items()
    }
    total = [] if one.total is None else [one.total._replace(fill=_TOTAL)]
    for row in (*one.rows, *total):
        contents = [
            looks[_kind(cell), row.fill if row.fill == _TOTAL or at == row.at else ""] + _content(cell)
            for at, cell in enumerate(row.cells)
        ]
        widths = [column.width for column in one.columns]
        height = row_height(
            [(cell, width) for cell, width in zip(row.cells, widths, strict=True) if isinstance(cell, str)]
        )
        sheet.add(contents, height)
    write_list_head(sheet, styles, one.name, one.said, one.columns, note=one.note)
    if one.rows:
        sheet.autofilter(HEADER_ROW, 0, FIRST_ROW + len(one.rows) - 1, len(one.columns) - 1)
    if one.is_urgent:
        sheet.set_tab_color("#C00000")
    sheet.finish()


_TOTAL: Final = "total"
_FILLED: Final[Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "": ("cell", {}),
    _TOTAL: ("total", {"text_wrap": True}),
    **{name: ("cell", {"bg_color": color}) for name, color in FILLS.items()},
}
_LOOKS: Final = {
    "text": {},
    "whole": {"align": "center"},
    "amount": {"num_format": AMOUNT},
}


def _kind(cell: Cell) -> str:
    return "amount" if isinstance(cell, Decimal) else "whole" if isinstance(cell, int) else "text"


def _content(cell: Cell) -> bytes:
    if isinstance(cell, Decimal):
        return amount(cell)
    return whole(cell) if isinstance(cell, int) else text(cell) if cell else BLANK
