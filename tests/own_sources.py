"""An office's own form with four sources, for tests: blank, its 样表, and filled in with some cells otherwise."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.model.department import Department
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

BUDGET, FUND, STATE = "D4", "D6", "D7"
"""Cells of the budget and of two sources."""
_FILLED: dict[str, Scalar] = {
    "B2": "修路",
    BUDGET: 130,
    "D5": 80,
    FUND: 20,
    STATE: 10,
    "D8": 20,
    "B9": "修好村道。",
    "C11": "里程",
    "D11": "≥5公里",
    "C12": "村民满意度",
    "D12": "≥90%",
}


def write(path: Path, cells: Mapping[str, Scalar] = {}, *, row: tuple[str, Scalar] | None = None) -> Path:
    """A form; without ``cells`` a blank one. ``row`` is a label and an amount below the last source."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "目标表"
    for texts in (
        ["某市项目支出绩效目标申报表"],
        ["项目名称", None, "实施单位"],
        ["（2025年度）", None, None, "单位：万元"],
        ["项目资金", None, "年度资金总额："],
        [None, None, "其中：一般公共预算拨款"],
        [None, None, "政府性基金预算拨款"],
        [None, None, "国有资本经营预算拨款"],
        [None, None, "单位资金"],
        ["年度目标"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标"],
        ["满意度指标", "服务对象满意度指标"],
    ):
        sheet.append(texts)
    for cell, typed in ({**_FILLED, **cells} if cells or row else {}).items():
        sheet[cell].value = typed
    last = 8
    if row is not None:
        last = 9
        sheet.insert_rows(9)
        sheet["C9"].value, sheet["D9"].value = row
    for area in ("A1:D1", f"A4:B{last}", f"B{last + 1}:D{last + 1}"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def guide(folder: Path) -> Path:
    """The 样表 in a folder."""
    blank = write(folder / "空白表.xlsx")
    found = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    return found


def filled(folder: Path, cells: Mapping[str, Scalar] = {}, *, row: tuple[str, Scalar] | None = None) -> Department:
    """What a filled form beside its 样表 says."""
    guide(folder)
    return read(write(folder / "局.xlsx", cells or {BUDGET: _FILLED[BUDGET]}, row=row))
