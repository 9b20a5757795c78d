"""What the VBA says to people: in cells with names of ASCII letters, because the VBA itself is ASCII."""

from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.actions import IMPORT_NAME
from xl_perf.sheets.cells import absolute_span
from xl_perf.sheets.looks import TEXT
from xl_perf.sheets.texts import quoted
from xl_perf.written.styles import Styles

IMPORT_ROWS: Final = 1000
"""More files than a dialog gives back: Excel limits their names to 32,767 characters together."""
_INSTALL: Final = "请先装好 xl-perf，再在命令行运行一次：xl-perf excel install"
MESSAGES: Final = {
    "xlp_working": "xl-perf 正在处理，请稍候……",
    "xlp_busy": "上一个操作还没有完成，请等它结束后再按。",
    "xlp_missing": f"没有找到 xl-perf 程序，按钮不能工作。{_INSTALL}。装好之前，可以保存后用命令行校验，见“说明”。",
    "xlp_no_book": "没有打开的工作簿。请先打开要处理的工作簿；如果在“受保护的视图”中，请先点“启用编辑”。",
    "xlp_name": '在 macOS 上，文件名和文件夹名中不能有 = $ ` " | \\ 这些符号，按钮不能工作。请改名后再试。',
    "xlp_settings": "这本工作簿自带 xlwings 设置或程序，为安全起见不予执行。"
    "请删去名为 xlwings.conf 或以 .py 结尾的工作表，以及同一文件夹中的 xlwings.conf，再试。",
    "xlp_failed": "操作没有完成，工作簿可能只改了一部分，请检查后再保存。原因：",
    "xlp_filter": "工作簿 (*.xlsx;*.xlsm;*.xlsb;*.xls;*.et;*.ods),*.xlsx;*.xlsm;*.xlsb;*.xls;*.et;*.ods",
}
"""By their defined names. The last one is the filter of the dialog that asks for files."""


def write_messages(workbook: Workbook, sheet: Worksheet, styles: Styles, column: int) -> None:
    """Writes the texts into a column, one below the other, and defines their names."""
    sheet.write_string(0, column, "按钮的提示", styles("header"))
    for row, (name, text) in enumerate(MESSAGES.items(), 1):
        sheet.write_string(row, column, text, styles("plain"))
        workbook.define_name(name, f"={quoted(str(sheet.name))}!{absolute_span((row, column, row, column))}")


def write_import_cells(workbook: Workbook, sheet: Worksheet, styles: Styles, column: int) -> None:
    """Leaves room for the names of files to import: unlocked cells, so that it also works on the protected sheet."""
    sheet.write_string(0, column, "要导入的文件", styles("header"))
    blank = styles("plain", num_format=TEXT, locked=False)
    for row in range(1, IMPORT_ROWS + 1):
        sheet.write_blank(row, column, None, blank)
    workbook.define_name(IMPORT_NAME, f"={quoted(str(sheet.name))}!{absolute_span((1, column, IMPORT_ROWS, column))}")
