"""Lists on an office's own sheet: what is written is read again, whatever the layout, and looks as the office's."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from xlsxwriter.workbook import Workbook

from tests.office import Office
from tests.own_guides import learned
from tests.written.test_own_forms import far, near_input, picture, pixels, profile_of, said, written
from xl_perf.core.cells.values import text_of
from xl_perf.core.errors import FormError
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.making import draft
from xl_perf.core.making.converting import left_behind, writable
from xl_perf.core.making.merging import merge
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import COVER_SHEET, LIST_SHEET, MODEL_SHEET, SUMMARY_SHEET
from xl_perf.saved.workbook import read_book
from xl_perf.written.own_list_sheet import write_list_sheet
from xl_perf.written.styles import Styles
from xl_perf.written.template import write_department

LAYOUTS = Path(__file__).parents[1] / "fixtures" / "layouts"
LISTS = ("l26", "l27", "l28", "l29", "l32", "l33", "l53", "l63", "l64", "l82")
AMOUNTS_ELSEWHERE = ("l30", "l31", "l54")
ALL = [path for stem in LISTS for path in LAYOUTS.glob(f"{stem}-*.xlsx")]


def layout(stem: str) -> Path:
    return next(LAYOUTS.glob(f"{stem}-*.xlsx"))


def department_in(path: Path, kind: FormKind) -> Department:
    return read_department(read_book(path, path.name), (kind,))


def rows_of(path: Path, sheet: str) -> list[list[str]]:
    grid = next(one for one in read_book(path, "").grids if one.sheet == sheet)
    return [[text_of(typed) for typed in cells] for cells in grid.rows]


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_projects_survive_being_written(path: Path, tmp_path: Path) -> None:
    """Learn, write, read: every project says the same, on one sheet; nothing is left unread."""
    kind = learned(path)
    before = department_in(path, kind)
    after = written(kind, merge([before]), tmp_path / "out.xlsx")
    assert [said(one) for one in after.projects] == [said(one) for one in before.projects]
    assert len(before.projects) == (1 if path.stem.startswith("l64") else len(before.projects)) > 0
    assert {one.sheet for one in after.projects} == {LIST_SHEET}
    assert not [*after.unread, *after.tables, *after.money_texts]
    assert not [one for project in after.projects for one in project.beside], "the projects' numbers are no amounts"


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_a_blank_list_prints_what_the_office_prints(path: Path, tmp_path: Path) -> None:
    """Title, unit and header with their merges stand where they stood; the rows below are blank, and no project."""
    kind = learned(path)
    own = kind.own_sheet
    assert own is not None
    out = tmp_path / "blank.xlsx"
    blank = written(kind, merge([]), out)
    assert not blank.projects
    assert [one.sheet for one in blank.blank_forms] == [LIST_SHEET]
    sheet: Any = load_workbook(out)[LIST_SHEET]
    first = own.body[0]
    printed = {
        (row, at): text
        for row in range(first)
        for at, text in enumerate(own.texts[row])
        if text.strip() and "合计" not in own.texts[row] and not re.search(r"20\d\d", text)  # the year is that of 首页
    }
    assert {at: str(sheet.cell(at[0] + 1, at[1] + 1).value) for at in printed} == printed
    merges = {(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in sheet.merged_cells.ranges}
    assert {area for area in own.merges if area[2] < first} == merges
    assert sheet.protection.sheet
    name = next(place.area[1] for place in own.fields if place.key == "name")
    assert all(not sheet.cell(row, name + 1).protection.locked for row in range(first + 1, first + 13))


@pytest.mark.parametrize("stem", AMOUNTS_ELSEWHERE)
def test_a_list_without_its_amounts_says_why_it_is_not_written(stem: str) -> None:
    kind = learned(layout(stem))
    assert kind.own_sheet is not None
    assert kind.own_sheet.problem == "清单上没有金额一栏，另一张表上的金额还不能一起写出"
    assert not kind.is_written


def test_nothing_refers_to_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    """There is no form to be copied, and no sheet speaks of one; the sheets' formulas name sheets of the book."""
    kind = learned(layout("l26"))
    out = tmp_path / "list.xlsx"
    written(kind, merge([department_in(layout("l26"), kind)]), out)
    book = load_workbook(out)
    assert MODEL_SHEET not in book.sheetnames
    texts = [str(cell.value) for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value]
    shown = [text for sheet in book for text in _texts(sheet) if sheet.title not in {"字典", "表样"}]
    assert not [text for text in shown if MODEL_SHEET in text or "'01'" in text or "INDIRECT" in text]
    assert any(f"'{LIST_SHEET}'!" in text for text in texts)


def _texts(sheet: Any) -> list[str]:
    return [str(cell.value) for cells in sheet.iter_rows() for cell in cells if cell.value is not None]


def test_amounts_count_in_the_unit_of_the_list(tmp_path: Path) -> None:
    """A list that prints 元 holds 元; 首页 and 部门汇总 have 万元."""
    kind = learned(layout("l33"))
    out = tmp_path / "yuan.xlsx"
    written(kind, merge([department_in(layout("l33"), kind)]), out)
    assert any("980000" in cells for cells in rows_of(out, LIST_SHEET))
    assert any("98" in cells for cells in rows_of(out, COVER_SHEET))
    assert any("112.5" in cells for cells in rows_of(out, COVER_SHEET))
    assert any("98" in cells and "90" in cells and "8" in cells for cells in rows_of(out, SUMMARY_SHEET))


HEADINGS = (
    *("序号", "单位名称", "项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标"),
    *("指标性质", "指标值", "度量单位", "权重", "备注"),
)


def office_list(path: Path, *, rows: int = 14) -> Path:
    """A blank list with a sum and a line for signatures below it, as an office styles and prints it."""
    book = Book()
    sheet: Any = book.active
    sheet["A1"], sheet["A2"], sheet["M2"] = "部门预算项目绩效目标表（2024年度）", "填报部门：", "单位：万元"
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(3, column).value = heading
    last = 3 + rows
    sheet[f"A{last + 1}"], sheet[f"A{last + 2}"] = "合计", "填表人：          审核人："
    for merged in ("A1:M1", "A2:L2", f"A{last + 2}:M{last + 2}"):
        sheet.merge_cells(merged)
    thin, thick = Side("thin", color="FF000000"), Side("medium", color="FF000000")
    for cell in (cell for cells in sheet.iter_rows(1, last + 2, 1, len(HEADINGS)) for cell in cells):
        cell.font = Font(name="宋体", size=10)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if 2 < cell.row < last + 2:
            cell.border = Border(top=thin, left=thin, right=thin, bottom=thick if cell.row == last + 1 else thin)
        if cell.row == 3:
            cell.fill, cell.font = PatternFill("solid", fgColor="FFD9E2F3"), Font(name="黑体", size=10, bold=True)
    sheet["A1"].font = Font(name="黑体", size=18, bold=True)
    for row in range(1, last + 3):
        sheet.row_dimensions[row].height = 27
    for column, width in enumerate((5, 13, 18, 10, 24, 10, 13, 16, 8, 9, 8, 7, 9)):
        sheet.column_dimensions["ABCDEFGHIJKLM"[column]].width = width + 0.7109375
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页"
    book.save(path)
    return path


def test_what_stands_below_moves_down(tmp_path: Path) -> None:
    """More indicators than the office prints rows: 合计 adds up below them, and the line for signatures follows."""
    kind = learned(office_list(tmp_path / "office.xlsx", rows=3), filled=True)
    source = department_in(layout("l26"), learned(layout("l26")))
    made = writable(
        replace(merge([source]), projects=tuple(replace(one, kind=_unwritten(one)) for one in source.projects)), kind
    )
    out = tmp_path / "out.xlsx"
    after = written(kind, made, out)
    assert [one.budget.value for one in after.projects] == [one.budget.value for one in source.projects]
    assert [len(one.indicators) for one in after.projects] == [6, 4]
    rows = rows_of(out, LIST_SHEET)
    total = next(at for at, cells in enumerate(rows) if cells[0] == "合计")
    assert rows[total][3] == "304.8"
    assert rows[total + 1][0].startswith("填表人")
    assert total > 3 + 10
    assert [cells[0] for cells in rows[3:13] if cells[0]] == ["1", "2"]
    sheet: Any = load_workbook(out)[LIST_SHEET]
    assert "SUMIF(" in str(sheet.cell(total + 1, 4).value)


def _unwritten(project: Project) -> FormKind:
    return replace(project.kind, sheet_widths=())


def _one(**fields: Any) -> Project:
    kind = fields.pop("kind")
    row = {"level1": "产出指标", "level2": "数量指标", "level3": "甲", "target": "≥3个"}
    return draft.project(kind=kind, goals=["目标。"], indicators=[row], **fields)


@pytest.mark.parametrize(
    ("names", "why"),
    [(("甲", ""), "第 2 个项目没有名称"), (("甲", "甲"), "两个项目都叫“甲”"), (("甲", "乙"), "")],
)
def test_a_project_that_would_become_part_of_another_is_refused(
    names: tuple[str, str], why: str, tmp_path: Path
) -> None:
    kind = learned(layout("l64"))
    projects = tuple(_one(kind=kind, name=name, budget=3) for name in names)
    department = replace(merge([]), projects=projects)
    if not why:
        assert len(written(kind, department, tmp_path / "out.xlsx").projects) == len(names)
        return
    with pytest.raises(FormError, match=why):
        write_department(tmp_path / "out.xlsx", department, profile_of(kind), kind=kind)


def test_levels_that_are_blank_stay_blank(tmp_path: Path) -> None:
    """A second level that is missing below a filled one is not that one, merged or not."""
    rows = [
        {"level1": "产出指标", "level2": "数量指标", "level3": "甲", "target": "≥3个"},
        {"level1": "产出指标", "level3": "乙", "target": "≥3个"},
        {"level1": "效益指标", "level2": "社会效益指标", "level3": "丙", "target": "≥3个"},
    ]
    for stem in ("l26", "l64"):
        kind = learned(layout(stem))
        goals = ["目标一。", "目标二。", "目标三。", "目标四。"]
        project = draft.project(kind=kind, name="甲", budget=3, goals=goals, indicators=rows)
        after = written(kind, replace(merge([]), projects=(project,)), tmp_path / f"{stem}.xlsx").projects[0]
        assert [one.level2.value for one in after.indicators] == ["数量", None, "社会效益"]
        assert [one.level1.value for one in after.indicators] == ["产出", "产出", "效果"]
        assert [one.text for one in after.goals] == goals


def test_what_has_no_column_is_named() -> None:
    """Fields, weights, bases and goals of the source for which the list has no column."""
    kind = learned(layout("l64"))
    source = learned(layout("l33"))
    project = _one(kind=source, name="甲", budget=3, fiscal=2, other=1, unit_name="某局")
    weighted = project.indicators[0]._replace(weight=draft.indicator({"weight": "30"}).weight)
    project = replace(project, kind=_unwritten(project), indicators=(weighted,))
    told = list(left_behind(replace(merge([]), projects=(project,)), kind))
    assert told == [
        "“甲”有内容在表样上没有填写处，没有收进来：单位名称 某局、财政拨款 2、其他资金 1、权重 1 处",
    ]


# --- how it looks ----------------------------------------------------------------------------------------------------


@pytest.mark.office
def test_a_blank_list_looks_like_that_of_the_office(soffice: Office, tmp_path: Path) -> None:
    """Printed by LibreOffice, the office's blank list and ours differ in cells to fill in and nowhere else."""
    office, ours = office_list(tmp_path / "office.xlsx"), tmp_path / "ours.xlsx"
    kind = learned(office, str(office), filled=True)
    workbook = Workbook(str(ours))
    sheet = workbook.add_worksheet(LIST_SHEET)
    write_list_sheet(workbook, sheet, Styles(workbook), kind, [], profile_of(kind))
    workbook.close()
    wanted, got = map(picture, soffice.convert_all([office, ours], "pdf", tmp_path / "pdf"))
    assert wanted[:2] == got[:2]
    off = [at for at, (one, other) in enumerate(zip(pixels(wanted), pixels(got), strict=True)) if far(one, other)]
    filled = [at for at in off if near_input(got, at)]
    assert len(filled) > 10_000, "inputs have a fill of ours"
    assert len(off) == len(filled), f"{len(off) - len(filled)} pixels beside inputs are different"


def test_a_header_may_say_total(tmp_path: Path) -> None:
    """合计 | 财政 | 其他 below 预算数 are headings: no formula stands in them, and the amounts are read below."""
    book = load_workbook(layout("l33"))
    sheet: Any = book.worksheets[0]
    assert sheet["C3"].value == "总额"
    sheet["C3"] = "合计"
    path = tmp_path / "合计.xlsx"
    book.save(path)
    kind = learned(path)
    before = department_in(path, kind)
    out = tmp_path / "out.xlsx"
    after = written(kind, merge([before]), out)
    assert [cell.value for cell in load_workbook(out)[LIST_SHEET]["C3:E3"][0]] == ["合计", "财政拨款", "其他资金"]
    assert [said(one) for one in after.projects] == [said(one) for one in before.projects]
