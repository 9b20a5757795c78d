"""An office's own form with two rows of headings over its amounts, for tests: blank, or filled in."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar

FILLED: Mapping[str, Scalar] = {
    "B2": "修路",
    "D2": "路局",
    "B6": 180,
    "C6": 100,
    "D6": 20,
    "E6": 30,
    "F6": 10,
    "G6": 20,
    "B7": "修好。",
    "C9": "里程",
    "D9": "≥5公里",
    "C10": "满意度",
    "D10": "≥90%",
}


def write(path: Path, merges: tuple[str, ...], cells: Mapping[str, Scalar] = {}) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for texts in (
        ["某县项目支出绩效目标申报表"],
        ["项目名称", None, "实施单位"],
        ["（2025年度）", *[None] * 5, "单位：万元"],
        ["项目资金", "年度资金总额", "财政资金", None, None, "其他资金"],
        [None, None, "一般公共预算", "政府性基金", "上级转移支付", "单位资金", "银行贷款"],
        [None],
        ["年度目标"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标"],
        ["满意度指标", "服务对象满意度指标"],
    ):
        sheet.append(texts)
    for cell, typed in cells.items():
        sheet[cell].value = typed
    for area in ("A1:G1", "A4:A6", "B7:G7", *merges):
        sheet.merge_cells(area)
    book.save(path)
    return path
