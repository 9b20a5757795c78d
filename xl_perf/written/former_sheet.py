"""以前填写的: what people typed into an earlier output, and what has no row in this one."""

from typing import Final

from xl_perf.core.workbook.typed import FORMER_LABELS, FORMER_SHEET, Earlier
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.stream import StreamedWorkbook, text
from xl_perf.written.styles import Styles

_WIDTHS: Final = 14, 56, 14, 56
_SAID: Final = "以前在汇总或报告里填写的，这一次没有对应的行了；又有了的话会放回那一行。用不着的行可以删掉。"


def write_former(workbook: StreamedWorkbook, styles: Styles, earlier: Earlier) -> None:
    """The last sheet, which is there only where something is left. Everything else has been written by then."""
    left = earlier.left()
    if not left:
        return
    sheet = workbook.list_sheet(FORMER_SHEET, FIRST_ROW)
    cell = styles("cell", num_format="@")
    sheet.columns([cell, cell, cell, styles("input")])
    columns = [Column(label, width) for label, width in zip(FORMER_LABELS, _WIDTHS, strict=True)]
    for one in left:
        texts = one.sheet, one.row, one.label, str(one.content)
        sheet.add(map(text, texts), row_height(zip(texts, _WIDTHS, strict=True)))
    write_list_head(sheet, styles, FORMER_SHEET, _SAID, columns)
    sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(columns) - 1)
    sheet.finish()
