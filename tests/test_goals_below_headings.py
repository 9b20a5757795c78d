"""长期目标 beside 年度目标 over the whole width of a form, their texts below: learned, read, written, asked for."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.guides import correct, learned_from
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import check, read
from xl_perf.service.guides import check_form

__all__ = ["run"]

_LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "满意度指标"),
)
HEADINGS = {
    "long first": {"A6": "长期目标", "C6": "年度目标"},
    "year first": {"A6": "年度目标", "C6": "长期目标"},
    "year alone": {"A6": "年度绩效目标"},
}


def form(headings: dict[str, str]) -> Workbook:
    """A bureau's blank form, whose goals stand in row 7, below their headings."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    cells = {
        "A1": "项目绩效目标申报表",
        "A2": "单位：万元",
        "A3": "项目名称",
        "C3": "项目编码",
        "A4": "主管部门",
        "C4": "预算单位",
        "A5": "资金总额",
        "C5": "其中：财政资金",
        **headings,
        **dict(zip(("A8", "B8", "C8", "D8"), ("一级指标", "二级指标", "三级指标", "指标值"), strict=True)),
    }
    for at, (level1, level2) in enumerate(_LEVELS, 9):
        cells |= {f"A{at}": level1, f"B{at}": level2}
    for cell, text in cells.items():
        sheet[cell] = text
    areas = ["A1:D1", "A2:D2", *(["A6:B6", "C6:D6", "A7:B7", "C7:D7"] if len(headings) > 1 else ["A6:D6", "A7:D7"])]
    for area in areas:
        sheet.merge_cells(area)
    return book


def filled(headings: dict[str, str], folder: Path) -> Path:
    """The form with one project in it."""
    book = form(headings)
    sheet = book.worksheets[0]
    said: dict[str, str | float] = {
        "B3": "耕地轮作",
        "D3": "1300002023001",
        "B4": "县农业农村局",
        "D4": "县种子站",
        "B5": 200.25,
        "D5": 200.25,
    }
    said |= {"A7": "轮作覆盖全县。"} | ({"C7": "完成三分之一。"} if len(headings) > 1 else {})
    for at in range(9, 9 + len(_LEVELS)):
        said |= {f"C{at}": f"第{at}项", f"D{at}": "≥90个" if at == 9 else "≥90%"}
    for cell, value in said.items():
        sheet[cell] = value
    path = folder / "部门.xlsx"
    book.save(path)
    return path


@pytest.fixture(params=HEADINGS, name="headings")
def _headings(request: pytest.FixtureRequest) -> dict[str, str]:
    return HEADINGS[str(request.param)]


@pytest.fixture(name="guide")
def _guide(headings: dict[str, str], tmp_path: Path) -> Path:
    form(headings).save(tmp_path / "空白.xlsx")
    return learned_from(tmp_path / "空白.xlsx", tmp_path)


def test_the_cells_below_are_the_goals(run: Runner, guide: Path, headings: dict[str, str], tmp_path: Path) -> None:
    sheet = load_workbook(guide).worksheets[0]
    places = ("A7", "C7") if len(headings) > 1 else ("A7",)
    assert [sheet[cell].value for cell in places] == ["{目标1}", "{目标2}"][: len(places)]
    assert guide_at(guide, guide.name).faults == ()
    book = filled(headings, tmp_path)
    department = check_form(str(guide), [str(book)]).tried[0].department
    assert department is not None
    goals = ["轮作覆盖全县。", "完成三分之一。"][: len(places)]
    assert [goal.text for goal in department.projects[0].goals] == goals
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    status, said, _ = run("new", out, "--form", guide, "--from", book)
    assert status == 0
    assert "没有收进来" not in said
    written = load_workbook(out)["01"]
    assert [written[cell].value for cell in places] == goals
    assert [finding.code for finding in check(read(out))] == []


def test_the_shipped_kinds_read_them_as_well(headings: dict[str, str], tmp_path: Path) -> None:
    project = read(filled(headings, tmp_path)).projects[0]
    assert project.goals[0].text == "轮作覆盖全县。"


def test_a_blank_goal_is_found(guide: Path, headings: dict[str, str], tmp_path: Path) -> None:
    """Nothing below the headings: no goal; and what the form itself prints as a second level is right."""
    path = filled(headings, tmp_path)
    book = load_workbook(path)
    for cell in ("A7", "C7"):
        if cell == "A7" or len(headings) > 1:
            book.worksheets[0][cell] = None
    book.save(path)
    assert guide.parent == path.parent
    assert [finding.code for finding in check(read(path))] == ["F205"]


def test_the_head_of_the_form_names_department_and_unit(run: Runner, guide: Path, tmp_path: Path) -> None:
    """预算单位 beside 主管部门 is the project's 实施单位; the department of the forms is that of 首页."""
    out = tmp_path / "新" / "新.xlsx"
    out.parent.mkdir()
    run("new", out, "--form", guide, "--from", filled(HEADINGS["long first"], tmp_path))
    department = read(out)
    assert department.cover.department.value == "县农业农村局"
    assert {name: entry.text for name, entry in department.projects[0].entries()}["实施单位"] == "县种子站"


def test_goals_without_a_cell_are_asked_for(guide: Path) -> None:
    """An officer who took them out of the form and of 对照 is told; a mark, or 不读 for the label, mends it."""
    book = load_workbook(guide)
    for row in book.worksheets[0]["A7:D7"]:
        for cell in row:
            if str(cell.value or "").startswith("{目标"):
                cell.value = None
    table = book[GUIDE_SHEET]
    goals = [
        at for at, row in enumerate(table.iter_rows(), 1) if any(str(cell.value).startswith("目标") for cell in row)
    ]
    assert goals
    for row in reversed(goals):
        table.delete_rows(row)
    book.save(guide)
    faults = [fault.said for fault in guide_at(guide, guide.name).faults]
    assert any("绩效目标没有填写处" in said for said in faults), faults
    other = guide.with_name("样表不读.xlsx")
    shutil.copy(guide, other)
    correct(guide, {}, marks={"A7": "{目标1}"})
    assert guide_at(guide, guide.name).faults == ()
    labels = [one for one in ("年度目标", "年度绩效目标") if one in {str(row[0].value) for row in table.iter_rows()}]
    correct(other, dict.fromkeys(labels, "不读"))
    assert guide_at(other, other.name).faults == ()


def test_one_above_the_other_both_are_goals(run: Runner, tmp_path: Path) -> None:
    """年度目标 below 总体目标 was in no row of 对照, and its text in no project."""
    headings = {"A6": "总体目标", "A7": "年度目标"}

    def stacked(book: Workbook) -> Workbook:
        sheet = book.worksheets[0]
        for area in ("A6:D6", "A7:D7", "A6:B6", "C6:D6", "A7:B7", "C7:D7"):
            if area in sheet.merged_cells:
                sheet.unmerge_cells(area)
        for row in (6, 7):
            sheet.merge_cells(f"B{row}:D{row}")
        return book

    stacked(form(headings)).save(tmp_path / "空白.xlsx")
    guide = learned_from(tmp_path / "空白.xlsx", tmp_path)
    assert guide_at(guide, guide.name).faults == ()
    sheet = load_workbook(guide).worksheets[0]
    assert [sheet["B6"].value, sheet["B7"].value] == ["{目标1}", "{目标2}"]
    book = stacked(form(headings))
    said: dict[str, str | float] = {"B3": "耕地轮作", "B5": 1, "D5": 1, "B6": "三年覆盖全县。", "B7": "本年完成一半。"}
    for cell, text in said.items():
        book.worksheets[0][cell] = text
    book.worksheets[0]["C9"], book.worksheets[0]["D9"] = "面积", "≥90亩"
    book.save(tmp_path / "部门.xlsx")
    goals = ["三年覆盖全县。", "本年完成一半。"]
    assert [goal.text for goal in read(tmp_path / "部门.xlsx").projects[0].goals] == goals
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    run("new", out, "--form", guide, "--from", tmp_path / "部门.xlsx")
    assert [goal.text for goal in read(out).projects[0].goals] == goals
