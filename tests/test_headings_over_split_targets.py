"""目标值 over 符号 | 数值 | 单位 in a header of two rows: one column in three parts, no half of another table."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run

__all__ = ["run"]

_ROWS = (
    ("区级预算项目绩效目标管理表",),
    (None, None, None, None, None, None, "单位：元"),
    ("项目名称",),
    ("项目资金", None, "年度资金总额"),
    (None, None, "财政拨款"),
    ("年度目标",),
    ("一级指标", "二级指标", "三级指标", "目标值", None, None, "权重"),
    (None, None, None, "符号", "数值", "单位"),
    ("产出", "数量"),
    (None, "质量"),
    ("效果", "社会效益"),
    ("满意度", "服务对象满意度"),
)


@pytest.mark.parametrize("is_merged", [True, False])
def test_the_heading_over_the_parts_is_no_column_of_another_half(run: Runner, tmp_path: Path, is_merged: bool) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for at, cells in enumerate(_ROWS, 1):
        for column, text in enumerate(cells, 1):
            sheet.cell(at, column, text)
    areas = ["A1:G1", "A4:B5", "C3:G3", "C6:G6", *(["D7:F7"] if is_merged else [])]
    for area in (*areas, "A7:A8", "B7:B8", "C7:C8", "G7:G8", "A9:A10"):
        sheet.merge_cells(area)
    book.save(tmp_path / "空白表.xlsx")
    _, out, err = run("form", "learn", "空白表.xlsx", "-o", "样表.xlsx")
    assert "左右两半" not in out + err
    assert "实施期" not in out + err
    status, out, err = run("form", "check", "样表.xlsx")
    assert status == 0, out + err
    assert "左右两半" not in out + err
    learned = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    assert [learned[f"{column}9"].value for column in "DEF"] == ["{计算符号}", "{指标值}", "{计量单位}"]
