"""The columns of 校验结果 as data: for the sheet of one book or of many, and for that of the open book."""

from collections.abc import Iterable, Mapping
from typing import Final

from xl_perf.core.model.findings import Finding, Severity
from xl_perf.sheets.lists import Column
from xl_perf.sheets.looks import ERROR_FILL, HINT_FILL, WARNING_FILL
from xl_perf.sheets.texts import HIGHEST, LINE_HEIGHT, Remembered, lines_in

ZOOM: Final = 80
"""Per cent: all columns of one book's list on a screen of 1366 by 768 pixels, also where fonts turn out broader."""
FILLS: Final = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL, Severity.HINT: HINT_FILL}
SHOWN_AT_FIRST: Final = (Severity.ERROR, Severity.WARNING)
COLUMNS: Final = (
    Column("级别", 7, "severity"),
    Column("规则", 7, "code"),
    Column("文件", 22, "file"),
    Column("工作表", 11, "sheet"),
    Column("单元格", 8, "cell"),
    Column("项目", 20, "project"),
    Column("字段", 14, "field"),
    Column("发现", 20, "found"),
    Column("应为", 20, "expected"),
    Column("差额", 11, "difference"),
    Column("说明", 36, "message"),
    Column("处理办法", 32, "remedy"),
)

ACCEPTANCE: Final = (Column("接受理由", 22, "reason"), Column("接受人", 10, "accepted_by"))
"""处理: why a warning stands, and who answers for it."""

_OF_ONE_BOOK: Final = {
    "severity": 6,
    "code": 6,
    "sheet": 9,
    "cell": 7,
    "project": 12,
    "field": 9,
    "found": 13,
    "expected": 13,
    "difference": 10,
    "message": 27,
    "remedy": 24,
    "reason": 14,
    "accepted_by": 8,
}
"""Widths on the one screen that people read it on beside their forms."""


def columns_of(with_files: bool) -> tuple[Column, ...]:
    """The columns for one book, or for many, without those for acceptance."""
    return COLUMNS if with_files else _narrow(COLUMNS)


def all_columns(with_files: bool) -> tuple[Column, ...]:
    """The same, and those for acceptance."""
    return (*COLUMNS, *ACCEPTANCE) if with_files else _narrow((*COLUMNS, *ACCEPTANCE))


def _narrow(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(one._replace(width=_OF_ONE_BOOK[one.key]) for one in columns if one.key in _OF_ONE_BOOK)


def said_counts(counts: Mapping[Severity, int], accepted: int) -> str:
    """How many of each are open, and how many warnings were accepted."""
    said = "，".join(f"{severity.label} {counts[severity]}" for severity in Severity)
    return f"{said}，已接受 {accepted}" if accepted else said


_Lines = Mapping[str, Remembered[int]]


def _lines(columns: Iterable[Column]) -> _Lines:
    return {column.key: lines_in(column.width) for column in columns}


_OF_MANY: Final = _lines(all_columns(with_files=True))
_OF_ONE: Final = _lines(all_columns(with_files=False))


def row_height_of(finding: Finding, project: str, file: str) -> float:
    """The row's height in points for its wrapped texts; no file on one book's list. Part of the innermost loop."""
    of = _OF_MANY if file else _OF_ONE
    lines = max(
        of["message"][finding.message],
        of["remedy"][finding.remedy],
        of["found"][finding.found],
        of["expected"][finding.expected],
        of["project"][project],
        of["reason"][finding.accepted.reason] if finding.accepted else 1,
        of["field"][finding.field],
        of["file"][file] if file else 1,
        of["sheet"][finding.sheet],
    )
    return min(HIGHEST, max(20.0, lines * LINE_HEIGHT + 5))
