"""监督记录: what was found while the money was spent, what was decided, and what came of it; A4 landscape."""

from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import SupervisionRecord
from xl_perf.core.report_settings import SUPERVISION_TYPES
from xl_perf.core.workbook.sheets import SUPERVISION_SHEET
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import TEXT
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

SUPERVISION_COLUMNS: Final = (
    Column("序号", 5, "number"),
    Column("日期", 11, "date"),
    Column("类型", 12, "type"),
    Column("项目", 20, "project"),
    Column("发现的问题", 32, "found"),
    Column("处理决定", 26, "decision"),
    Column("责任人", 9, "responsible"),
    Column("整改期限", 11, "due"),
    Column("整改结果", 22, "result"),
    Column("佐证", 14, "evidence"),
    Column("来源", 10, "source"),
)
_SPARE: Final = 15
"""Blank rows to go on with."""
_LEFT: Final = frozenset({"project", "found", "decision", "result", "evidence"})
_LEAST: Final = 26.0


def write_supervision_sheet(sheet: Worksheet, styles: Styles, department: Department) -> None:
    """What was recorded, and blank rows to go on with; kinds are chosen from a list."""
    year = f"{department.year}年" if department.year else ""
    title = f"{year}绩效{SUPERVISION_SHEET}"
    write_list_head(sheet, styles, title, f"填报单位：{department.name or ''}", SUPERVISION_COLUMNS)
    rows: list[SupervisionRecord | None] = [*department.supervision, *[None] * _SPARE]
    for at, record in enumerate(rows, FIRST_ROW):
        texts = ["" if record is None else getattr(record, column.key).text for column in SUPERVISION_COLUMNS]
        widths = [column.width for column in SUPERVISION_COLUMNS]
        sheet.set_row(at, row_height(zip(texts, widths, strict=True), _LEAST))
        for place, (column, text) in enumerate(zip(SUPERVISION_COLUMNS, texts, strict=True)):
            look = {"num_format": TEXT, "align": "left" if column.key in _LEFT else "center"}
            put(sheet, (at, place, at, place), text or None, styles("input", **look))
    last = FIRST_ROW + len(rows) - 1
    kinds = [column.key for column in SUPERVISION_COLUMNS].index("type")
    sheet.data_validation(FIRST_ROW, kinds, last, kinds, {"validate": "list", "source": list(SUPERVISION_TYPES)})
    sheet.autofilter(HEADER_ROW, 0, last, len(SUPERVISION_COLUMNS) - 1)
