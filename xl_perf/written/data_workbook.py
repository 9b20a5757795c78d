"""Tables as a workbook for other tools: a sheet for each, headings in its first row, streamed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import LAST_ROW
from xl_perf.core.figures.tables import Column, Table, Type
from xl_perf.files.own_files import EXPORT
from xl_perf.sheets.looks import AMOUNT
from xl_perf.sheets.texts import display_width
from xl_perf.written.page import landscape_page
from xl_perf.written.stream import StreamedSheet, StreamedWorkbook, amount, text, whole
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format

_HEIGHT: Final = 18.0
_HEADER: Final = 24.0
_PADDING: Final = 4
"""Beside a heading: there is an arrow of the filter."""
_WIDTHS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("文件", "代替的文件", "项目名称", "规则内容", "原因", "金额缺少", "合计缺少"), 36),
    **dict.fromkeys(("部门", "表样", "三级指标", "依据", "资金用途"), 24),
    **dict.fromkeys(("说明", "怎样改", "目标", "指标说明", "怎样处理"), 48),
    **dict.fromkeys(("项目编码", "指标值", "实际", "应为", "接受理由", "口径", "栏目", "栏", "表"), 18),
    "SHA256": 66,
}
_FIRST_WIDTHS: Final = {"说明": 100.0}
"""Of the table that explains the others: nothing stands right of its last column."""
_SHORT: Final = frozenset({"计入合计", "规则", "级别", "单元格", "符号", "状态", "类型", "单位", "可以为空"})
_NARROW: Final = 8.0
_AMOUNT: Final = 15.0
_CONTENT: Final[Mapping[Type, Callable[[Any], bytes]]] = {
    Type.TEXT: text,
    Type.INTEGER: whole,
    Type.DECIMAL: amount,
}


class _Workbook(StreamedWorkbook):
    """People fill nothing in here, so that its rows need not be known again."""

    def _write_marks(self) -> None:
        """No hidden sheet beside the tables."""


class DataWorkbook:
    """Writes tables to sheets; a context manager that writes nothing after an exception.

    A table with more rows than a sheet has goes on on a further one: 绩效指标 (2). ``first`` stands before the others;
    it is the table that explains them.
    """

    def __init__(self, path: Path, tables: Sequence[Table], first: Table) -> None:
        self._workbook = _Workbook(path, EXPORT, "预算绩效数据")
        self._styles = Styles(self._workbook)
        self._sheets: dict[str, list[StreamedSheet]] = {}
        for table in (first, *tables):
            self._sheets[table.key] = [self._begin(table, table.name)]
        self._tables = (first, *tables)

    def _begin(self, table: Table, name: str) -> StreamedSheet:
        sheet = self._workbook.list_sheet(name, 1)
        sheet.is_marked = False
        sheet.columns([self._style(column) for column in table.columns])
        return sheet

    def _style(self, column: Column) -> "Format":
        """A number that is no amount stands in the middle, as do short texts: away from what stands beside it."""
        if column.type is Type.DECIMAL:
            return self._styles("cell", text_wrap=False, num_format=AMOUNT)
        centre = {"align": "center"} if column.type is Type.INTEGER or column.name in _SHORT else {}
        look = "0" if column.type is Type.INTEGER else "@"
        return self._styles("cell", text_wrap=False, num_format=look, **centre)

    def append(self, table: Table, frame: "pd.DataFrame") -> None:
        """Further rows of a table."""
        for row in _rows(table, frame):
            sheet = self._sheets[table.key][-1]
            if sheet.next >= LAST_ROW - 1:
                number = len(self._sheets[table.key]) + 1
                sheet = self._begin(table, f"{table.name} ({number})")
                self._sheets[table.key].append(sheet)
            sheet.add(row, _HEIGHT)

    def __enter__(self) -> "DataWorkbook":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._workbook.discard()
            return
        for table in self._tables:
            for sheet in self._sheets[table.key]:
                self._finish(table, sheet)
        self._workbook.close()

    def _finish(self, table: Table, sheet: StreamedSheet) -> None:
        """Headings, filter, widths, page."""
        sheet.set_row(0, _HEADER)
        style = self._styles("header", text_wrap=False)
        widths = {**_WIDTHS, **_FIRST_WIDTHS} if table is self._tables[0] else _WIDTHS
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _width(column, widths))
            sheet.write_string(0, at, column.name, style)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(sheet.next - 1, 1), len(table.columns) - 1)
        landscape_page(sheet, 0, 0, len(table.columns))
        sheet.finish()


def _width(column: Column, widths: Mapping[str, float]) -> float:
    least = display_width(column.name) + _PADDING
    return max(least, widths.get(column.name, _AMOUNT if column.type is Type.DECIMAL else _NARROW))


def _rows(table: Table, frame: "pd.DataFrame") -> Iterator[list[bytes]]:
    columns = []
    for column in table.columns:
        values = frame[column.name]
        content = _CONTENT[column.type]
        found = values.astype(object).where(values.notna(), None)
        columns.append(list(map(content, found)))
    return map(list, zip(*columns, strict=True))
