"""What officers put into their forms beside labels and amounts: a line for the department, formulas, names."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.builders import national_form
from tests.command_line import Runner, run
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.forms.department_line import department_line
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]


def rows_of(title: str, line: str, name: str = "", unit_money: object = None) -> list[Sequence[object]]:
    """A form whose department stands in a line of its own."""
    return [
        (title,),
        (line, None, None, None, "单位：元"),
        ("项目名称", name or None),
        ("项目资金", "年度资金总额", "1234567.89" if name else None, "其中：财政拨款", "1234567.89" if name else None),
        (None, "单位资金", unit_money),
        ("年度目标", "办好。" if name else None),
        ("一级指标", "二级指标", "三级指标", "指标值", "备注"),
        ("产出指标", "数量指标", *(("场次", "≥12场") if name else ())),
        ("满意度指标", "服务对象满意度指标", *(("群众满意度", "≥90%") if name else ())),
    ]


def write(path: Path, *sheets: list[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"{number:02}")
        for row, cells in enumerate(rows, 1):
            for column, typed in enumerate(cells, 1):
                sheet.cell(row, column).value = typed
        for area in ("A1:E1", "A2:D2", "B3:E3", "B6:E6", "A4:A5"):
            sheet.merge_cells(area)
    book.save(path)
    return path


BLANK = rows_of("2025年度项目支出绩效目标申报表", "填报单位：")


def learned(source: Path, folder: Path) -> Path:
    return Path(learn_form(str(source), str(folder / "样表.xlsx")).written.path)


@pytest.mark.parametrize("line", ["填报单位：", "填报单位：某县水务局"])
def test_the_department_is_filled_in_behind_its_label(tmp_path: Path, run: Runner, line: str) -> None:
    """In the cell of 填报单位：, whether somebody had filled it in or not; `new` writes it there."""
    learned(write(tmp_path / "空白表.xlsx", rows_of("2025年度项目支出绩效目标申报表", line)), tmp_path)
    (tmp_path / "空白表.xlsx").unlink()
    sheet = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    assert (sheet["A2"].value, sheet["E2"].value) == ("填报单位：{主管部门及代码}", "单位：元")
    write(tmp_path / "农业局.xlsx", rows_of("2025年度项目支出绩效目标申报表", "填报单位：某县农业局", "灌溉"))
    _, out, _ = run("check", tmp_path / "农业局.xlsx")
    assert "某县农业局" in out.splitlines()[0]
    run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "农业局.xlsx")
    assert load_workbook(tmp_path / "来源.xlsx")["01"]["A2"].value == "填报单位：某县农业局"


@pytest.mark.parametrize(
    ("cells", "merges", "expected"),
    [
        (["填报单位：", None], (), None),
        (["填报单位：", None], ((0, 0, 0, 1),), (0, 0)),
        (["报送科室：环卫科"], (), (0, 0)),
        (["填报单位：（盖章）", "某局"], ((0, 0, 0, 1),), None),
        (["填报单位：某局    填报日期：2024年1月"], (), None),
        (["金额单位：元"], (), None),
    ],
)
def test_which_line_names_the_department(
    cells: list[str | None], merges: tuple[tuple[int, int, int, int], ...], expected: tuple[int, int] | None
) -> None:
    """Blank only where nothing can be filled in beside it."""
    assert department_line(Grid("表", [cells], merges), 0) == expected


def test_the_year_of_the_title_is_proposed(tmp_path: Path) -> None:
    guide = guide_at(learned(write(tmp_path / "空白表.xlsx", BLANK), tmp_path), "样表.xlsx")
    assert guide.form.year == 2025


def test_two_sheets_with_the_same_form_are_one_form(tmp_path: Path) -> None:
    """Also where one project has an amount more than the other."""
    title = "2025年度项目支出绩效目标申报表"
    source = write(
        tmp_path / "局.xlsx", rows_of(title, "填报单位：某局", "甲", 5), rows_of(title, "填报单位：某局", "乙")
    )
    assert not [one for one in learn_form(str(source), str(tmp_path / "样表.xlsx")).notes if "另有一种表" in one]


@pytest.mark.parametrize(
    ("cell", "formula"), [("C4", '="{预算"&"数}"'), ("B4", '="年度资金"&"总额"'), ("E8", '=IF(A1="","{备注}","")')]
)
def test_a_formula_without_its_text_is_said(tmp_path: Path, cell: str, formula: str) -> None:
    """Nobody can tell what label or mark it shows; nothing that follows from that is said beside it."""
    guide = learned(write(tmp_path / "空白表.xlsx", BLANK), tmp_path)
    book = load_workbook(guide)
    book.worksheets[0][cell].value = formula
    book.save(guide)
    (fault,) = guide_at(guide, "样表.xlsx").faults
    assert fault.where.endswith(f"!{cell}")
    assert "是公式，没有保存计算结果" in fault.said


@pytest.mark.parametrize(
    ("cell", "typed", "said"),
    [
        ("B5", "表/名:*?[2025]", "请换成文字、数字"),
        ("B6", "明年", "适用年度“明年”看不懂"),
        ("B7", "国家的表", "依据的表样“国家的表”没有这一种；可用的有 project_targets、national_targets、target_list"),
    ],
)
def test_what_stands_above_the_table_is_looked_at(tmp_path: Path, cell: str, typed: str, said: str) -> None:
    guide = learned(write(tmp_path / "空白表.xlsx", BLANK), tmp_path)
    book = load_workbook(guide)
    book["对照"][cell].value = typed
    book.save(guide)
    (fault,) = guide_at(guide, "样表.xlsx").faults
    assert said in fault.said


def test_one_of_several_units_is_the_department_only_in_plain_words() -> None:
    """Of two units none is the department; a line above the forms names it, else the note says what was taken."""
    forms = [[*national_form(f"{unit}的项目")] for unit in ("研究所", "中心")]
    for rows, unit in zip(forms, ("研究所", "中心"), strict=True):
        rows[2] = ["实施单位", unit, "", "", "", ""]
    grids = [Grid(f"{at}", rows) for at, rows in enumerate(forms)]
    found = read_department(Book("书", grids))
    assert found.named_in_forms == "研究所"
    assert found.notes == ("表上没有写主管部门，实施单位有 2 个（研究所、中心），部门名称按“研究所”",)
    lined = [grid._replace(rows=[["填报单位：某市科技局"], *grid.rows]) for grid in grids]
    found = read_department(Book("书", lined))
    assert (found.named_in_forms, found.notes) == ("某市科技局", ())


def test_the_title_that_a_form_prints_is_no_text_of_last_year(tmp_path: Path, run: Runner) -> None:
    """In the new book it names the new year by itself."""
    learned(write(tmp_path / "空白表.xlsx", BLANK), tmp_path)
    write(tmp_path / "农业局.xlsx", rows_of("2025年度项目支出绩效目标申报表", "填报单位：某县农业局", "灌溉"))
    _, out, err = run("new", tmp_path / "26.xlsx", "--from", tmp_path / "农业局.xlsx", "--year", "2026")
    assert "还写着 2025 年" not in out + err


def test_a_label_that_nobody_knows_is_not_written_over(tmp_path: Path) -> None:
    """Right of the blank cell of an amount: it is the next label, whatever stands behind that."""
    rows = [*BLANK]
    rows[3] = ("项目资金", "年度资金总额", None, "同名项目上年预算额", 21000000)
    guide = learned(write(tmp_path / "空白表.xlsx", rows), tmp_path)
    sheet = load_workbook(guide).worksheets[0]
    assert (sheet["C4"].value, sheet["D4"].value) == ("{预算数}", "同名项目上年预算额")
