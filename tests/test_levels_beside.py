"""实施期 left of 年度 with its own levels: further rows print them too, and another than the year's is named."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run

__all__ = ["run"]

LEVELS = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "经济效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]
HEADS = ["绩效指标", *["一级指标", "二级指标", "三级指标", "指标值"] * 2]
NUMBERS = (3, 2, 2, 1)
"""How many indicators each second level has."""
MERGED = ("A1:I1", "A2:I2", "B3:I3", "A4:A5", "B4:E4", "F4:I4", "B5:E5", "F5:I5", "D6:F6", "H6:I6", "D7:F7", "H7:I7")


def _form(path: Path, other: dict[str, str] | None = None, *, filled: bool) -> Path:
    """The form; ``other`` are texts of the half for the whole time that are not those of the year's."""
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (
        ["项目支出绩效目标申报表"],
        ["（2025年度）  金额单位：万元"],
        ["项目名称", "修路" if filled else None],
        ["总体目标", "实施期目标", None, None, None, "年度目标"],
        [None, *(["三年修好。", None, None, None, "今年修好。"] if filled else [None])],
        ["年度资金总额", None, None, 100 if filled else None, None, None, "其中：财政拨款", 100 if filled else None],
        ["其他资金", None, None, 0 if filled else None],
        HEADS,
    ):
        sheet.append(cells)
    for number, levels in zip(NUMBERS if filled else (1, 1, 1, 1), LEVELS, strict=True):
        for at in range(number):
            said = [f"{levels[1]}{at}", f"≥{at + 1}个"] if filled else [None, None]
            whole = [f"期{said[0]}", said[1]] if filled else said
            sheet.append([None, *levels, *whole, *levels, *said])
    for cell, text in (other or {}).items():
        sheet[cell] = text
    for area in (*MERGED, f"A8:A{sheet.max_row}"):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.fixture
def folder(run: Runner, tmp_path: Path) -> Path:
    """A folder with the 样表."""
    blank = _form(tmp_path / "空白.xlsx", filled=False)
    run("form", "learn", blank, "-o", tmp_path / "样表.xlsx")
    blank.unlink()
    return tmp_path


def test_further_rows_have_their_levels_in_both_halves(run: Runner, folder: Path) -> None:
    """In every row, and merged alike."""
    (folder / "源").mkdir()
    source = _form(folder / "源" / "局.xlsx", filled=True)
    status, said, _ = run("new", folder / "书.xlsx", "--from", source)
    assert status == 0
    assert "没有收进来" not in said
    sheet = load_workbook(folder / "书.xlsx")["01"]
    rows = [[cell.value for cell in row[1:9]] for row in sheet.iter_rows(min_row=9) if row[7].value and row[8].value]
    assert len(rows) == sum(NUMBERS)
    assert [row[1] for row in rows] == [row[5] for row in rows]
    assert [row[1] for row in rows] == [
        second for number, (_, second) in zip(NUMBERS, LEVELS, strict=True) for _ in range(number)
    ]
    assert all(row[2] == f"期{row[6]}" for row in rows)
    areas = {str(area) for area in sheet.merged_cells.ranges}
    of_year = {area for area in areas if area[0] == "F" and int(area[1:].partition(":")[0]) > 8}
    assert of_year
    assert {area.replace("F", "B") for area in of_year} <= areas


def test_another_level_than_that_of_the_year_is_named(run: Runner, folder: Path) -> None:
    """Books print the levels of the year's indicators in both halves."""
    (folder / "源").mkdir()
    source = _form(folder / "源" / "局.xlsx", {"C10": "时效指标"}, filled=True)
    _, said, _ = run("new", folder / "书.xlsx", "--from", source)
    assert [line for line in said.splitlines() if "没有收进来" in line] == [f"{source} Sheet!C10没有收进来：时效指标"]
