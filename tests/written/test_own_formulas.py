"""Formulas that an office prints on its form are formulas on the forms made of it, never words."""

from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.guides import correct
from tests.office import Office
from xl_perf.core.forms.learned_json import as_text, of_text
from xl_perf.core.forms.own_formulas import is_taken_over, moved, result_of
from xl_perf.saved.guides import kind_of_guide
from xl_perf.service.guides import learn_form

__all__ = ["run"]
FILLED: dict[str, object] = {"B3": "路灯维修", "C6": 150, "C7": 100, "C8": 50, "B9": "维修320盏。"}
ROWS = [
    ("县级项目支出绩效目标表",),
    ("单位：万元",),
    ("项目名称",),
    ("项目资金", "来源", "金额", "比重", "差额"),
    ("", "说明", "逐行填"),
    ("", "年度资金总额"),
    ("", "财政拨款"),
    ("", "其他资金"),
    ("年度绩效目标",),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标"),
    ("", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]
FORMULAS: dict[str, object] = {
    "D6": "=D7+D8",
    "D7": "=C7*2",
    "D8": "=C8*2",
    "E6": "=C6-SUM(C7:C8)",
    "E7": "=VLOOKUP(C7,C1:D9,2)",
}


def form(path: Path, filled: dict[str, object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for number, row in enumerate(ROWS, 1):
        for column, typed in enumerate(row, 1):
            if typed:
                sheet.cell(number, column, typed)
    for area in ("A1:E1", "A2:E2", "B3:E3", "A4:A8", "B9:E9"):
        sheet.merge_cells(area)
    for cell, content in (FORMULAS | filled).items():
        sheet[cell].value = content
    book.save(path)
    return path


INDICATORS: dict[str, object] = {
    **{f"C{row}": f"指标{row}" for row in range(11, 15)},
    **{f"D{row}": "100%" for row in range(11, 15)},
}


def guide(folder: Path) -> Path:
    blank = form(folder / "空白.xlsx", {})
    made = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    correct(made, {"差额": "不读", "逐行填": "不读"})
    return made


def test_they_are_formulas_on_the_new_form(tmp_path: Path, run: Runner) -> None:
    guide(tmp_path)
    filled = form(tmp_path / "填好.xlsx", {**FILLED, **INDICATORS})
    assert run("form", "check", tmp_path / "样表.xlsx")[0] == 0
    out = tmp_path / "部门.xlsx"
    status, said, more = run("new", out, "--from", filled, "--form", tmp_path / "样表.xlsx")
    assert status == 0
    assert "E7" in said + more, "what is not taken over is said"
    sheet, stored = load_workbook(out)["01"], load_workbook(out, data_only=True)["01"]
    assert [sheet[cell].value for cell in FORMULAS] == ["=D7+D8", "=C7*2", "=C8*2", "=C6-SUM(C7:C8)", None]
    assert [stored[cell].value for cell in ("D6", "D7", "D8", "E6")] == [300, 200, 100, 0]
    blank = load_workbook(out)["空白表"]
    assert blank["D6"].value == "=D7+D8"
    assert not any("SUM" in str(one) and not str(one).startswith("=") for cells in sheet.values for one in cells)


def test_the_text_has_what_comes_of_them(tmp_path: Path, run: Runner) -> None:
    guide(tmp_path)
    out, text = tmp_path / "部门.xlsx", tmp_path / "文本.docx"
    run("new", out, "--from", form(tmp_path / "填好.xlsx", {**FILLED, **INDICATORS}), "--form", tmp_path / "样表.xlsx")
    assert run("publish", out, "-o", text)[0] == 0
    rows = [[cell.text for cell in row.cells] for table in Document(str(text)).tables for row in table.rows]
    (total,) = [row for row in rows if "年度资金总额" in row]
    assert total[2:5] == ["150.00", "300", "0"]
    assert not any("SUM" in cell or "D7" in cell or "VLOOKUP" in cell for row in rows for cell in row)


@pytest.mark.office
def test_stored_results_are_no_words_either(soffice: Office, tmp_path: Path, run: Runner) -> None:
    """A 样表 that a program has calculated has numbers in these cells: they are formulas all the same."""
    saved = soffice.convert(guide(tmp_path), "xlsx", tmp_path / "存过")
    kind = kind_of_guide(saved)
    assert kind.own_sheet is not None
    found = {(row, column): formula for row, column, formula in kind.own_sheet.formulas}
    assert found[5, 3] == "D7+D8"
    assert kind.own_sheet.texts[5][3] == ""


def test_a_workbook_carries_them(tmp_path: Path) -> None:
    kind = kind_of_guide(guide(tmp_path))
    assert kind.learned is not None
    again = of_text(as_text(kind.learned))
    assert again is not None
    assert again.sheet is not None
    assert again.sheet.formulas == kind.learned.sheet.formulas if kind.learned.sheet else ()


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("=SUM(B2:B3)", "SUM(B2:B6)"),
        ("SUM($B$2,B4)", "SUM($B$2,B7)"),
        ("B3*2", ""),
        ("B9+B2", ""),
        ("SUM(表2!B2:B3)", ""),
        ("合计+B2", ""),
        ("IF(B2>1,1,2)", ""),
        ("ROUND(B2/B4,2)", "ROUND(B2/B7,2)"),
    ],
)
def test_references_go_with_their_rows(formula: str, wanted: str) -> None:
    """Row 3 stands four times on the form, row 9 nowhere."""
    places = {0: [0], 1: [1], 2: [2, 3, 4, 5], 3: [6]}
    assert moved(formula, places) == wanted


def test_what_comes_of_them() -> None:
    cells = {(0, 0): Decimal("0.1"), (1, 0): Decimal("0.2"), (2, 0): None}
    assert result_of("SUM(A1:A3)*2-(A1+1)", lambda cell: cells.get(cell, Decimal(0))) == Decimal("-0.5")
    assert result_of("A3+1", lambda cell: cells.get(cell, Decimal(0))) is None
    assert result_of("A1/A9", lambda cell: cells.get(cell, Decimal(0))) is None
    assert not is_taken_over("SUM(" * 30 + "1" + ")" * 30)
