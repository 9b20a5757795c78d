"""Reads 监督记录: what was found while the money was spent, what was decided, and what came of it."""

from collections.abc import Collection, Sequence
from typing import Final

from xl_perf.core.cells.entries import target_entry, text_entry
from xl_perf.core.cells.grid import Grid, Scalar
from xl_perf.core.cells.labels import Vocabulary
from xl_perf.core.model.progress import SupervisionRecord
from xl_perf.core.workbook.sheets import SheetField
from xl_perf.core.workbook.work_lists import Head, head_of, left_out, rows_of

SUPERVISION_FIELDS: Final = (
    SheetField("number", "序号", ("编号",)),
    SheetField("date", "日期", ("监督日期", "检查日期", "监督时间", "检查时间", "时间", "发现日期", "发现时间")),
    SheetField("type", "类型", ("监督类型", "监督事项", "类别", "监督方式", "检查类型", "监督内容")),
    SheetField("project", "项目", ("项目名称", "涉及项目", "监督对象", "被监督项目", "对应项目")),
    SheetField(
        "found", "发现的问题", ("发现问题", "存在的问题", "存在问题", "问题", "问题描述", "主要问题", "监督发现的问题")
    ),
    SheetField(
        "decision",
        "处理决定",
        ("处理意见", "处置意见", "处理措施", "整改要求", "整改措施", "整改意见", "处理建议", "整改建议"),
    ),
    SheetField("responsible", "责任人", ("整改责任人", "负责人", "责任科室", "责任单位", "责任部门", "整改责任单位")),
    SheetField("due", "整改期限", ("整改时限", "完成时限", "完成期限", "整改完成时限", "期限")),
    SheetField("result", "整改结果", ("整改情况", "整改完成情况", "处理结果", "落实情况", "整改落实情况")),
    SheetField("evidence", "佐证", ("佐证材料", "依据材料", "证明材料", "附件")),
    SheetField("source", "来源", ("问题来源",)),
)
_LABELS: Final = Vocabulary(SUPERVISION_FIELDS)
_FURTHER: Final = frozenset({"date", "type", "responsible", "due"})


def supervision_head(rows: Sequence[Sequence[Scalar]]) -> Head | None:
    """The headings of 监督记录: what was found, what was decided, and when or by whom; None without such a list."""
    return head_of(rows, _LABELS, _suffices)


def _suffices(keys: Collection[str]) -> bool:
    return "found" in keys and ("decision" in keys or "result" in keys) and not _FURTHER.isdisjoint(keys)


def read_supervision(grid: Grid) -> tuple[list[SupervisionRecord], list[str]] | None:
    """The rows of the list, and the headings of columns that are not read; None for a sheet without such a list."""
    head = supervision_head(grid.rows)
    if head is None:
        return None
    rows = list(rows_of(grid, head, _LABELS, {"number", "source"}))
    records = [
        SupervisionRecord(
            number=row.read("number", text_entry),
            date=row.read("date", target_entry),
            type=row.read("type", text_entry),
            project=row.read("project", text_entry),
            found=row.read("found", text_entry),
            decision=row.read("decision", text_entry),
            responsible=row.read("responsible", text_entry),
            due=row.read("due", target_entry),
            result=row.read("result", text_entry),
            evidence=row.read("evidence", text_entry),
            source=row.read("source", text_entry),
        )
        for row in rows
    ]
    return records, left_out(grid, head, rows)
