"""未读入: the inputs that could not be read, each with the reason and the next step."""

from xl_perf.core.errors import BookError
from xl_perf.sheets.lists import FIRST_ROW, Column
from xl_perf.sheets.looks import ERROR_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.stream import StreamedWorkbook, text
from xl_perf.written.styles import Styles

NAME = "未读入"
_COLUMNS = (Column("文件", 50), Column("原因", 46), Column("处理办法", 46))


class UnreadSheet:
    """Writes 未读入, row by row; the head comes last."""

    def __init__(self, workbook: StreamedWorkbook, styles: Styles) -> None:
        self._sheet = workbook.list_sheet(NAME, FIRST_ROW)
        self._styles = styles
        plain = styles("cell")
        self._sheet.columns([plain, styles("cell", bg_color=ERROR_FILL), plain])

    def add(self, file: str, error: BookError) -> None:
        """One input that could not be read, named like the books on the other sheets."""
        texts = (file, error.message.removeprefix(f"{error.path}："), error.remedy)
        widths = (column.width for column in _COLUMNS)
        self._sheet.add([text(one) for one in texts], row_height(zip(texts, widths, strict=True)))

    @property
    def count(self) -> int:
        """How many there are."""
        return self._sheet.next - FIRST_ROW + self._sheet.left_out

    def finish(self) -> None:
        """Title, header row, page."""
        said = f"以下 {self.count} 个文件没有读入，不在汇总数内。"
        write_list_head(self._sheet, self._styles, "未读入的文件", said, _COLUMNS)
        self._sheet.set_tab_color("#C00000")
        self._sheet.finish()
