"""实施期 left, 年度 right in one table of indicators: the year's is read, the other is carried, and both is said."""

import shutil
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.service.checking import read

__all__ = ["run"]

_LEVELS = ("数量指标", "质量指标", "时效指标", "成本指标")


def _form(*, year_first: bool = False) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    goals = ("年度目标", "实施期总目标") if year_first else ("实施期总目标", "年度目标")
    cells = {
        "A1": "转移支付项目绩效目标申报表",
        "A2": "单位：万元",
        "A3": "项目名称",
        "A4": "主管部门",
        "A5": "资金情况",
        "B5": "年度金额：",
        "B6": "其中：财政拨款",
        "A7": "总体目标",
        "B7": goals[0],
        "E7": goals[1],
        "A9": "绩效指标",
        **dict(zip("BCDEFG", ("二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"), strict=True)),
    }
    for column in "BCDEFG":
        cells[f"{column}9"] = cells.pop(column)
    for at, level in enumerate(_LEVELS, 10):
        cells |= {f"B{at}": level, f"E{at}": level}
    for cell, text in cells.items():
        sheet[cell] = text
    for area in ("A1:G1", "A2:G2", "B3:G3", "B4:G4", "A5:A6", "C5:G5", "C6:G6", "A7:A8"):
        sheet.merge_cells(area)
    for area in ("B7:D7", "E7:G7", "B8:D8", "E8:G8", "A9:A13"):
        sheet.merge_cells(area)
    return book


def _filled(path: Path, *, year_first: bool) -> Path:
    book = _form(year_first=year_first)
    sheet = book.worksheets[0]
    said: dict[str, str | int] = {"B3": "农田", "B4": "农业局", "C5": 100, "C6": 100, "B8": "左边。", "E8": "右边。"}
    for at in range(10, 14):
        said |= {f"C{at}": f"左{at}", f"D{at}": f"≥{at}个", f"F{at}": f"右{at}", f"G{at}": f"≥{at + 10}个"}
    for cell, value in said.items():
        sheet[cell] = value
    book.save(path)
    return path


@pytest.mark.parametrize("year_first", [False, True])
def test_the_other_half_is_carried_and_said(run: Runner, tmp_path: Path, year_first: bool) -> None:
    blank, guide = tmp_path / "空白.xlsx", tmp_path / "样表.xlsx"
    _form(year_first=year_first).save(blank)
    _, said, _ = run("form", "learn", blank, "-o", guide)
    assert "指标表分左右两半" in said
    assert "带着不核对 2 栏：实施期三级指标、实施期指标值" in said
    table = load_workbook(guide)[GUIDE_SHEET]
    rows = {row[0]: row[1:3] for row in table.iter_rows(min_row=11, max_col=3, values_only=True) if row[0]}
    of_year, of_whole = ("C", "F") if year_first else ("F", "C")
    assert rows["三级指标"] == (f"{of_year}9", f"{of_year}10")
    assert rows["实施期三级指标"] == (f"{of_whole}9", None)
    book = _filled(tmp_path / "部门.xlsx", year_first=year_first)
    status, said, _ = run("form", "check", guide, book)
    assert status == 0
    assert "指标表分左右两半" in said
    project = read(book).projects[0]
    assert [one.level3.text for one in project.indicators] == [
        f"{'左' if year_first else '右'}{at}" for at in range(10, 14)
    ]

    (tmp_path / "新").mkdir()
    shutil.copy(guide, tmp_path / "新" / "样表.xlsx")
    out = tmp_path / "新" / "新.xlsx"
    status, said, _ = run("new", out, "--from", book)
    assert status == 0
    assert "没有收进来" not in said
    written = load_workbook(out)["01"]
    shown = [[cell.value for cell in row[1:7]] for row in written.iter_rows(max_col=7)]
    for at, level in enumerate(_LEVELS, 10):
        assert [level, f"左{at}", f"≥{at}个", level, f"右{at}", f"≥{at + 10}个"] in shown

    run("publish", out, "-o", tmp_path / "文本.docx")
    rows_of_text = [
        [cell.text for cell in row.cells]
        for one in docx.Document(str(tmp_path / "文本.docx")).tables
        for row in one.rows
    ]
    assert any(row[-6:] == ["数量指标", "左10", "≥10个", "数量指标", "右10", "≥20个"] for row in rows_of_text)


def test_what_stands_beside_no_indicator_of_the_year_is_said(run: Runner, tmp_path: Path) -> None:
    _form().save(tmp_path / "空白.xlsx")
    run("form", "learn", tmp_path / "空白.xlsx", "-o", tmp_path / "样表.xlsx")
    path = _filled(tmp_path / "部门.xlsx", year_first=False)
    book = load_workbook(path)
    book.worksheets[0]["F12"] = book.worksheets[0]["G12"] = None
    book.save(path)
    (tmp_path / "新").mkdir()
    shutil.copy(tmp_path / "样表.xlsx", tmp_path / "新" / "样表.xlsx")
    _, said, _ = run("new", tmp_path / "新" / "新.xlsx", "--from", path)
    assert "C12、D12没有收进来：左12｜≥12个" in said
