"""备注 in an office's list, its heading merged beside 绩效指标 over 三级指标: named at learn, carried, published."""

import shutil
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from xl_perf.service.checking import check, read

__all__ = ["run"]

_PROJECTS = (("水利局本级", "防汛", 1000000, 800000, 200000), ("水文站", "监测", 333333.33, 333333.33, None))


def _list(path: Path, *, filled: bool, remark: str, merged: bool) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["2025年部门预算项目绩效目标表"])
    sheet.append(["单位：元"])
    sheet.append(
        ["序号", "单位名称", "项目名称", "预算金额", None, None, "年度目标", "绩效指标", None, None, None, remark]
    )
    sheet.append([None, None, None, "合计", "财政拨款", "其他资金", None, "一级指标", "二级指标", "三级指标", "指标值"])
    if filled:
        for at, own in enumerate(_PROJECTS, 1):
            sheet.append([at, *own, f"完成{own[1]}。", "产出指标", "数量指标", "里程", "≥3公里", f"随{own[1]}"])
            sheet.append([None] * 7 + ["效益指标", "社会效益指标", "出行", "≥90%"])
    for area in (
        "A1:L1",
        "A2:L2",
        "D3:F3",
        "H3:K3",
        *(f"{column}3:{column}4" for column in ("ABCGL" if merged else "ABCG")),
    ):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("remark", ["备注", "评分标准", "数据来源"])
def test_the_column_is_named_carried_and_published(run: Runner, tmp_path: Path, remark: str) -> None:
    guide = tmp_path / "样表.xlsx"
    _, said, _ = run(
        "form", "learn", _list(tmp_path / "空白.xlsx", filled=False, remark=remark, merged=True), "-o", guide
    )
    assert f"带着不核对 1 栏：{remark}" in said
    path = _list(tmp_path / "部门.xlsx", filled=True, remark=remark, merged=True)
    assert run("form", "check", guide, path)[0] == 0
    department = read(path)
    assert str(sum(one.budget.value or 0 for one in department.projects)) == "133.333333"
    assert "S116" not in {finding.code for finding in check(department)}
    (tmp_path / "新").mkdir()
    shutil.copy(guide, tmp_path / "新" / "样表.xlsx")
    out = tmp_path / "新" / "新.xlsx"
    _, said, _ = run("new", out, "--from", path)
    assert "没有收进来" not in said
    sheet = load_workbook(out)["项目清单"]
    assert [sheet[f"L{row}"].value for row in (5, 7)] == ["随防汛", "随监测"]
    run("publish", out, "-o", tmp_path / "文本.docx")
    tables = docx.Document(str(tmp_path / "文本.docx")).tables
    shown = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert {remark, "随防汛", "随监测"} <= shown


def test_a_column_of_money_there_is_asked_for(run: Runner, tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    blank = _list(tmp_path / "空白.xlsx", filled=False, remark="上级补助金额", merged=True)
    _, said, _ = run("form", "learn", blank, "-o", guide)
    assert "上级补助金额" in said
    assert "带着不核对" not in said
