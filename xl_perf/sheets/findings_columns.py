"""The columns of 校验结果 as data: for the sheet of one book or of many, and for that of the open book."""

from collections.abc import Mapping
from typing import Final

from xl_perf.core.model.findings import Finding, Severity
from xl_perf.sheets.lists import Column
from xl_perf.sheets.looks import ERROR_FILL, HINT_FILL, WARNING_FILL
from xl_perf.sheets.texts import HIGHEST, LINE_HEIGHT, lines_in

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


def columns_of(with_files: bool) -> tuple[Column, ...]:
    """The columns for one book, or for many."""
    return COLUMNS if with_files else tuple(column for column in COLUMNS if column.key != "file")


def said_counts(counts: Mapping[Severity, int], accepted: int) -> str:
    """How many of each are open, and how many warnings were accepted."""
    said = "，".join(f"{severity.label} {counts[severity]}" for severity in Severity)
    return f"{said}，已接受 {accepted}" if accepted else said


_LINES: Final = {column.key: lines_in(column.width) for column in (*COLUMNS, *ACCEPTANCE)}
_FILE, _SHEET, _PROJECT, _FIELD = _LINES["file"], _LINES["sheet"], _LINES["project"], _LINES["field"]
_FOUND, _EXPECTED, _MESSAGE, _REMEDY = _LINES["found"], _LINES["expected"], _LINES["message"], _LINES["remedy"]


def row_height_of(finding: Finding, project: str, file: str) -> float:
    """The row's height in points for its wrapped texts; part of the innermost loop."""
    lines = max(
        _MESSAGE[finding.message],
        _REMEDY[finding.remedy],
        _FOUND[finding.found],
        _EXPECTED[finding.expected],
        _PROJECT[project],
        _LINES["reason"][finding.accepted.reason] if finding.accepted else 1,
        _FIELD[finding.field],
        _FILE[file],
        _SHEET[finding.sheet],
    )
    return min(HIGHEST, max(20.0, lines * LINE_HEIGHT + 5))
