"""An office's own list of projects, for tests: blank, its 样表, and filled in with some rows otherwise."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.model.department import Department
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

Row = Sequence[Scalar]
HEADS = [
    *("序号", "预算单位", "项目名称", "预算数", "一般公共预算", "单位资金"),
    *("年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值"),
]
FIRST: Row = (1, "一中", "食堂", 150, 100, 50, "建好。", "产出指标", "数量指标", "面积", "≥5平方米")
SECOND: Row = (2, "一中", "安防", 23, 13, 10, "装好。", "产出指标", "数量指标", "监控", "≥9路")
TOTAL: Row = ("合计", None, None, 173, 113, 60)
FOOTER: Row = ("填表人：",)


def write(path: Path, rows: Sequence[Row] = (), *, heads: Sequence[str] = ()) -> Path:
    """A list of these rows; without any a blank one. ``heads`` are columns right of it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "目标情况表"
    sheet.append(["某区部门预算项目绩效目标情况表"])
    sheet.append(["（2025年度）", *[None] * 9, "单位：万元"])
    sheet.append([*HEADS, *heads])
    for cells in rows or ([], [], ["合计"], FOOTER):
        sheet.append(list(cells))
    sheet.merge_cells("A1:K1")
    book.save(path)
    return path


def filled(folder: Path, rows: Sequence[Row], *, heads: Sequence[str] = ()) -> Department:
    """What a filled list beside its 样表 says."""
    blank = write(folder / "空白表.xlsx")
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    return read(write(folder / "局.xlsx", rows, heads=heads))
