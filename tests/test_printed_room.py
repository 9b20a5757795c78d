"""Boxes to tick, lines to write on and 年 月 日 of an office's form: blank copies print them, contents replace them."""

import json
from pathlib import Path

import docx
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from xl_perf.core.forms.sheet_json import as_lists, of_lists
from xl_perf.service.checking import check, read

__all__ = ["run"]

_PRINTED = {
    "B4": "□ 新增项目   □ 延续项目",
    "A5": "项目类型：□ 一次性  □ 经常性",
    "C5": "起止时间：    年  月至    年  月",
    "A6": "资金总额：____万元",
    "A7": "一、财政拨款：____万元",
    "A8": "二、其他资金：______万元",
    "D4": "________",
    "A9": "项目联系人：________",
}
_FILLED = {
    "B4": "☑ 新增项目   □ 延续项目",
    "A5": "项目类型：□ 一次性  ☑ 经常性",
    "C5": "起止时间：2025年1月至2026年3月",
    "A6": "资金总额：__120__万元",
    "A7": "一、财政拨款：100万元",
    "A8": "二、其他资金：20万元",
    "D4": "重点",
    "A9": "项目联系人：__李四__",
}
_WRITTEN = {**_FILLED, "A6": "资金总额：120万元", "A9": "项目联系人：李四"}


def _form(path: Path, *, filled: bool = False, printed: dict[str, str] | None = None) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    cells = {
        "A1": "项目支出绩效目标申报表",
        "A2": "（2025年度）",
        "A3": "项目名称",
        "C3": "主管部门",
        "A4": "项目属性",
        "C4": "项目级别",
        **(_FILLED if filled else _PRINTED),
        **(printed or {}),
        "A10": "年度目标",
        "A11": "一级指标",
        "B11": "二级指标",
        "C11": "三级指标",
        "D11": "指标值",
        "A12": "产出指标",
        "B12": "数量指标",
        "A13": "效益指标",
        "B13": "社会效益指标",
    }
    if filled:
        cells |= {"B3": "道路", "D3": "交通局", "B10": "修好。"}
        cells |= {"C12": "里程", "D12": "≥3公里", "C13": "出行", "D13": "≥90%"}
    for cell, text in cells.items():
        sheet[cell] = text
    for area in ("A1:D1", "A2:D2", "A5:B5", "C5:D5", "A6:D6", "A7:D7", "A8:D8", "A9:D9", "B10:D10"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def _learned(run: Runner, tmp_path: Path) -> Path:
    guide = tmp_path / "样表.xlsx"
    _, said, _ = run("form", "learn", _form(tmp_path / "空白.xlsx"), "-o", guide)
    assert "清空了" not in said
    assert run("form", "check", guide)[0] == 0
    return guide


def test_blank_copies_print_every_character(run: Runner, tmp_path: Path) -> None:
    guide = _learned(run, tmp_path)
    out = tmp_path / "新" / "新.xlsx"
    out.parent.mkdir()
    assert run("new", out, "--form", guide, "--from", _form(tmp_path / "部门.xlsx", filled=True))[0] == 0
    book = load_workbook(out)
    assert {cell: book["空白表"][cell].value for cell in _PRINTED} == _PRINTED
    assert {cell: book["01"][cell].value for cell in _WRITTEN} == _WRITTEN
    states = load_workbook(out, data_only=True)
    shown = {str(cell.value) for row in states["空白表"].iter_rows() for cell in row if cell.value is not None}
    assert "未填写" in shown  # nobody has ticked anything
    assert [one.name.text for one in read(out).projects] == ["道路"]


def test_what_is_printed_is_no_content(run: Runner, tmp_path: Path) -> None:
    """A project whose boxes nobody ticked and whose lines are blank: its texts are blank, and stay printed."""
    guide = _learned(run, tmp_path)
    path = _form(
        tmp_path / "部门.xlsx", filled=True, printed={cell: _PRINTED[cell] for cell in ("B4", "A5", "C5", "D4", "A9")}
    )
    department = read(path)
    texts = {name: entry.text for name, entry in department.projects[0].entries()}
    assert not {text for text in texts.values() if "□" in text or "_" in text or text.startswith("年")}
    assert "S116" not in {finding.code for finding in check(department)}
    out = tmp_path / "新" / "新.xlsx"
    out.parent.mkdir()
    run("new", out, "--form", guide, "--from", path)
    sheet = load_workbook(out)["01"]
    assert {cell: sheet[cell].value for cell in ("B4", "A5", "C5", "D4", "A9")} == {
        cell: _PRINTED[cell] for cell in ("B4", "A5", "C5", "D4", "A9")
    }
    run("publish", out, "-o", tmp_path / "文本.docx")
    tables = docx.Document(str(tmp_path / "文本.docx")).tables
    shown = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert {_PRINTED["B4"], _PRINTED["A5"], _PRINTED["C5"], _PRINTED["A9"]} <= shown


def test_boxes_that_somebody_ticked_are_learned_without_ticks(run: Runner, tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    run("form", "learn", _form(tmp_path / "部门.xlsx", filled=True), "-o", guide)
    sheet = load_workbook(guide).worksheets[0]
    assert sheet["B4"].value == "{文字}□ 新增项目   □ 延续项目"
    assert "☑" not in "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_a_workbook_carries_what_is_printed_there(run: Runner, tmp_path: Path) -> None:
    """Rooms of places stand in the form that goes with a workbook; one that an earlier version wrote has none."""
    _learned(run, tmp_path)
    (project,) = read(_form(tmp_path / "部门.xlsx", filled=True)).projects
    sheet = project.kind.own_sheet
    assert sheet is not None
    said = json.loads(json.dumps(as_lists(sheet)))
    assert {one.room for one in of_lists(said).fields} == {one.room for one in sheet.fields}
    assert "□ 新增项目   □ 延续项目" in {one.room for one in sheet.fields}
    said["fields"] = [one[:5] for one in said["fields"]]
    assert {one.room for one in of_lists(said).fields} == {""}
