"""实施期目标 beside 年度目标 on an office's own form: each text comes back under the heading under which it stood."""

from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.guides import learned_from
from xl_perf.service.checking import check, read

__all__ = ["run"]

_LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
_MERGED = {
    "wide": (["A6:C6", "D6:F6", "A7:C7", "D7:F7"], ["A6", "D6"], ["A7", "D7"]),
    "rows below": (
        ["A6:C6", "D6:F6", "A7:C7", "D7:F7", "A8:C8", "D8:F8"],
        ["A6", "D6"],
        ["A7", "D7", "A8", "D8"],
    ),
    "beside the part": (["A6:A7", "B6:C6", "D6:F6", "B7:C7", "D7:F7"], ["B6", "D6"], ["B7", "D7"]),
    "right of the headings": (["A6:A7", "C6:F6", "C7:F7"], ["B6", "B7"], ["C6", "C7"]),
    "in one row": (["E6:F6"], ["B6", "D6"], ["C6", "E6"]),
}
"""What is merged; the cells of the headings, and those of the texts."""
_HEADINGS = [
    ("实施期目标", "年度目标"),
    ("实施期总目标", "年度绩效目标"),
    ("长期目标", "年度目标"),
    ("年度目标", "中期目标"),
    ("三年目标", "年度目标"),
    ("总体目标", "年度目标"),
    ("年度总体目标", "实施期绩效目标"),
]


def _form(headings: tuple[str, str], how: str) -> Workbook:
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    merged, heads, places = _MERGED[how]
    row = max(int(cell[1:]) for cell in places) + 1
    cells = {
        "A1": "项目绩效目标申报表",
        "A2": "单位：万元",
        "A3": "项目名称",
        "C3": "项目编码",
        "A4": "主管部门",
        "C4": "预算单位",
        "A5": "资金总额",
        "C5": "其中：财政资金",
        **({"A6": "绩效目标"} if "A6" not in heads else {}),
        **dict(zip(heads, headings, strict=True)),
        **dict(
            zip(
                (f"A{row}", f"B{row}", f"C{row}", f"D{row}"),
                ("一级指标", "二级指标", "三级指标", "指标值"),
                strict=True,
            )
        ),
    }
    for at, (level1, level2) in enumerate(_LEVELS, row + 1):
        cells |= {f"A{at}": level1, f"B{at}": level2}
    for cell, text in cells.items():
        sheet[cell] = text
    for area in ["A1:F1", "A2:F2", *merged, *(f"D{at}:F{at}" for at in range(row, row + 1 + len(_LEVELS)))]:
        sheet.merge_cells(area)
    return book


def _filled(headings: tuple[str, str], how: str, goals: dict[str, str], path: Path) -> Path:
    book = _form(headings, how)
    sheet = book.worksheets[0]
    said: dict[str, str | float] = {"B3": "轮作", "D3": "1300002023001", "B4": "县局", "D4": "站", "B5": 200, "D5": 200}
    row = max(int(cell[1:]) for cell in _MERGED[how][2]) + 1
    for at in range(row + 1, row + 1 + len(_LEVELS)):
        said |= {f"C{at}": f"第{at}项", f"D{at}": "≥90%"}
    for cell, value in {**said, **goals}.items():
        sheet[cell] = value
    book.save(path)
    return path


def _come_back(run: Runner, tmp_path: Path, headings: tuple[str, str], how: str, goals: dict[str, str]) -> None:
    _form(headings, how).save(tmp_path / "空白.xlsx")
    guide = learned_from(tmp_path / "空白.xlsx", tmp_path)
    book = _filled(headings, how, goals, tmp_path / "部门.xlsx")
    assert "S116" not in [finding.code for finding in check(read(book))]
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    status, said, _ = run("new", out, "--form", guide, "--from", book)
    assert status == 0
    assert "没有收进来" not in said
    sheet = load_workbook(out)["01"]
    assert {cell: sheet[cell].value for cell in _MERGED[how][2]} == dict.fromkeys(_MERGED[how][2]) | goals
    again = tmp_path / "新" / "再.xlsx"
    run("new", again, "--form", guide, "--from", out)
    sheet = load_workbook(again)["01"]
    assert {cell: sheet[cell].value for cell in _MERGED[how][2]} == dict.fromkeys(_MERGED[how][2]) | goals


@pytest.mark.parametrize("how", _MERGED)
@pytest.mark.parametrize("which", ["all", "left", "right", "with their headings"])
def test_goals_come_back_where_they_stood(run: Runner, tmp_path: Path, how: str, which: str) -> None:
    headings, places = _HEADINGS[0], _MERGED[how][2]
    goals = {cell: f"第{at}句，建成。" for at, cell in enumerate(places)}
    if which == "with their headings":
        goals = {cell: f"{headings[at % 2]}：{text}" for at, (cell, text) in enumerate(goals.items())}
    elif which != "all":
        goals = {cell: goals[cell] for cell in places[which == "right" :: 2]}
    _come_back(run, tmp_path, headings, how, goals)


@pytest.mark.parametrize("headings", _HEADINGS[1:], ids="|".join)
@pytest.mark.parametrize("which", [0, 1])
def test_whatever_the_headings_read(run: Runner, tmp_path: Path, headings: tuple[str, str], which: int) -> None:
    places = _MERGED["beside the part"][2]
    _come_back(run, tmp_path, headings, "beside the part", {places[which]: "建成三分之一。"})


def test_the_text_has_them_where_they_stood(run: Runner, tmp_path: Path) -> None:
    how = "beside the part"
    _form(_HEADINGS[0], how).save(tmp_path / "空白.xlsx")
    learned_from(tmp_path / "空白.xlsx", tmp_path)
    _filled(_HEADINGS[0], how, {"D7": "今年建成。"}, tmp_path / "部门.xlsx")
    run("publish", tmp_path / "部门.xlsx", "-o", tmp_path / "文本.docx")
    tables = docx.Document(str(tmp_path / "文本.docx")).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    at = next(at for at, row in enumerate(rows) if "今年建成。" in row)
    assert rows[at].index("今年建成。") == rows[at - 1].index("年度目标")
