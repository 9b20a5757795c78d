"""样表 of forms as offices keep them: texts with lines to sign, a place still to be named, several in a folder."""

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.command_line import Runner, run
from xl_perf.core.forms.guide_parts import GUIDE_SHEET

__all__ = ["run"]

_ROWS = (
    ("项目名称", "", "", "实施单位", ""),
    ("项目资金", "年度资金总额", "", "", ""),
    ("", "财政拨款", "", "", ""),
    ("年度绩效目标", "", "", "", ""),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
    ("", "产出指标", "数量指标", "", ""),
    ("", "效益指标", "社会效益指标", "", ""),
    ("", "满意度指标", "服务对象满意度指标", "", ""),
)
_TO_SIGN = "填表人：            联系电话：            填报日期：   年  月  日"


def _document(path: Path, name: str = "") -> Path:
    document = docx.Document()
    document.add_paragraph("××市项目支出绩效目标申报表")
    document.add_paragraph("（2025年度）    单位：万元")
    table = document.add_table(len(_ROWS), 5)
    for row, cells in enumerate(_ROWS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    if name:
        for (row, column), text in {
            (0, 1): name,
            (1, 2): "10",
            (2, 2): "10",
            (3, 1): "完成任务。",
            (5, 3): "次数",
            (5, 4): "≥12次",
        }.items():
            table.cell(row, column).text = text
    document.add_paragraph(_TO_SIGN)
    document.save(str(path))
    return path


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["项目支出绩效目标申报表"])
    sheet.append(["单位：万元"])
    for cells in _ROWS:
        sheet.append([text or None for text in cells])
    book.save(path)
    return path


def test_lines_to_sign_below_a_text_are_printed(run: Runner, tmp_path: Path) -> None:
    """They are learned, and written with the form; a blank one is no content that found no place."""
    guide = tmp_path / "样表.xlsx"
    run("form", "learn", _document(tmp_path / "空白表.docx"), "-o", guide)
    sheet = openpyxl.load_workbook(guide).worksheets[0]
    assert _TO_SIGN in [cell.value for cells in sheet.iter_rows() for cell in cells]
    status, out, err = run("new", tmp_path / "新.xlsx", "--from", _document(tmp_path / "填好.docx", "河长制"))
    assert status == 0, err
    assert "填表人" not in out + err
    book = openpyxl.load_workbook(tmp_path / "新.xlsx")
    assert _TO_SIGN in [cell.value for cells in book["01"].iter_rows() for cell in cells]


def test_a_title_with_a_place_to_be_named_is_noticed(run: Runner, tmp_path: Path) -> None:
    """When the form is learned and when it is checked: each project would be blamed for it."""
    guide = tmp_path / "样表.xlsx"
    _, learned, _ = run("form", "learn", _document(tmp_path / "空白表.docx"), "-o", guide)
    assert "标题里留着占位文字“××”" in learned
    _, checked, _ = run("form", "check", guide)
    assert "标题里留着占位文字“××”" in checked


def test_what_goes_is_named_when_a_filled_form_is_learned(run: Runner, tmp_path: Path) -> None:
    """Cell by cell, with the text."""
    _, out, _ = run("form", "learn", _document(tmp_path / "填好.docx", "河长制"), "-o", tmp_path / "样表.xlsx")
    assert "B3“河长制”" in out
    assert "指标表里 2 格" in out


@pytest.mark.parametrize("names", [("样表-甲.xlsx", "样表-乙.xlsx"), ("样表.xlsx", "样表-省.xlsx")])
def test_copies_of_learned_forms_have_names_of_their_own(names: tuple[str, str], run: Runner, tmp_path: Path) -> None:
    """A 样表 whose name nobody chose is called as its file: several lie in one folder."""
    guide = tmp_path / "样表.xlsx"
    run("form", "learn", _workbook(tmp_path / "空白表.xlsx"), "-o", guide)
    assert openpyxl.load_workbook(guide)[GUIDE_SHEET]["B5"].value == "样表"
    folder = tmp_path / "文件夹"
    folder.mkdir()
    for name in names:
        shutil.copy(guide, folder / name)
    book = openpyxl.load_workbook(_workbook(folder / "填好.xlsx"))
    sheet = book.worksheets[0]
    filled: dict[str, str | int] = {"B3": "河长制", "C4": 10, "C5": 10, "B6": "完成任务。", "D8": "次数", "E8": "≥12次"}
    for cell, typed in filled.items():
        sheet[cell] = typed
    book.save(folder / "填好.xlsx")
    _, out, err = run("check", folder / "填好.xlsx")
    assert "表名" not in out + err
    assert "10 / 10" in out
