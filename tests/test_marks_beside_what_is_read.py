"""A 样表 whose marks stand in another column than the one that is read once each of them is filled in."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.guide_faults import Fault
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]

SOURCES = ("D7", "D8", "D9")
AMOUNTS = ((240, 40, 200), (200, 40, 160), (30, None, 30), (10, None, 10))


def write(path: Path, *, is_filled: bool = False) -> Path:
    """The form with 小计 | 上级补助 | 本年预算 over 合计 and three sources."""
    book = Workbook()
    sheet = book.worksheets[0]
    names = ("合计", "一般公共预算", "政府性基金", "其他资金")
    amounts = AMOUNTS if is_filled else ((None,) * 3,) * len(names)
    sums: list[list[Scalar]] = [[None, name, None, *own] for name, own in zip(names, amounts, strict=True)]
    rows: list[list[Scalar]] = [
        ["部门预算项目绩效目标表"],
        ["2025年", None, None, None, None, "单位：万元"],
        ["项目名称", "水库加固" if is_filled else None, None, "主管部门"],
        ["项目单位", None, None, "项目属性"],
        ["项目资金", "资金来源", None, "小计", "上级补助", "本年预算"],
        *sums,
        ["绩效目标", "完成加固。" if is_filled else None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", None, "指标值"],
        [None, "产出指标", "数量指标", *(("加固水库", None, "=3座") if is_filled else ())],
        [None, "满意度指标", "服务对象满意度指标", *(("满意度", None, "≥90%") if is_filled else ())],
    ]
    for at, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(at, column).value = typed  # type: ignore[assignment]
    areas = ["A1:F1", "A5:A9", "B10:F10", "A11:A13", *(f"D{row}:E{row}" for row in (11, 12, 13))]
    areas += [*(f"B{row}:C{row}" for row in range(3, 10)), "E3:F3", "E4:F4"]
    for area in areas:
        sheet.merge_cells(area)
    book.save(path)
    return path


def learned(folder: Path) -> Path:
    """The 样表 of that form with the sources marked below 小计."""
    learn_form(str(write(folder / "空白表.xlsx")), str(folder / "样表.xlsx"))
    (folder / "空白表.xlsx").unlink()
    assert all(load_workbook(folder / "样表.xlsx").worksheets[0][cell].value for cell in (*SOURCES, "E6", "F6"))
    return folder / "样表.xlsx"


def faults(guide: Path) -> dict[str, Fault]:
    return {one.cell: one for one in guide_at(guide, "样表.xlsx").faults}


def test_each_mark_beside_what_is_read_is_named_with_both_cells(tmp_path: Path) -> None:
    found = faults(learned(tmp_path))
    assert set(found) == {*SOURCES, "E6"}
    for row in (7, 8, 9):
        said = found[f"D{row}"].said
        assert f"标在 D{row}（“小计”下面）" in said
        assert f"读的是 F{row}（“本年预算”下面）：请把标记移到 F{row}" in said
    assert "上级资金标在 E6" in found["E6"].said
    assert "读不到它" in found["E6"].said
    assert "把“上级补助”选为“不读”" in found["E6"].said


@pytest.mark.parametrize("is_chosen", [False, True])
def test_what_the_faults_say_to_do_makes_the_guide_work(run: Runner, tmp_path: Path, *, is_chosen: bool) -> None:
    guide = learned(tmp_path)
    correct(guide, {"上级补助": "不读", **({"本年预算": "本年金额（栏目）"} if is_chosen else {})})
    book = load_workbook(guide)
    form = book.worksheets[0]
    for row in (7, 8, 9):
        form[f"F{row}"].value, form[f"D{row}"].value = form[f"D{row}"].value, None
    book.save(guide)
    status, out, err = run("form", "check", guide)
    assert status == 0, out + err

    filled = write(tmp_path / "一局.xlsx", is_filled=True)
    assert "合计：200 / 190 / 10 万元" in run("check", filled, "--summary")[1]
    assert run("new", tmp_path / "新建.xlsx", "--form", guide, "--from", filled, "--year", "2025")[0] == 0
    sheet = load_workbook(tmp_path / "新建.xlsx")["01"]
    assert [sheet[f"F{row}"].value for row in (6, 7, 8, 9)] == [200, 160, 30, 10]
    assert "合计：200 / 190 / 10 万元" in run("check", tmp_path / "新建.xlsx", "--summary")[1]
