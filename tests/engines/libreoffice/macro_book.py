"""A small workbook with our macros and one button."""

import io
from pathlib import Path

import xlsxwriter

from xl_perf.written.macros import add_macros

MESSAGES = ("xlp_working", "xlp_failed", "xlp_busy", "xlp_missing")


def macro_book(folder: Path, sub: str = "XlPerf.ValidateAll") -> Path:
    """Written into the folder: a button on 首页, the messages of the VBA on 字典."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        cover, lists = book.add_worksheet("首页"), book.add_worksheet("字典")
        cover.insert_button("B3", {"macro": sub, "caption": "校验全部", "width": 160, "height": 60})
        for row, name in enumerate(MESSAGES):
            lists.write_string(row, 0, f"消息 {name}")
            book.define_name(name, f"=字典!$A${row + 1}")
        book.set_vba_name("ThisWorkbook")
        cover.set_vba_name("Sheet1")
        lists.set_vba_name("Sheet2")
    path = folder / "有按钮.xlsm"
    path.write_bytes(add_macros(packed.getvalue()))
    return path
