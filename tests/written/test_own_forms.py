"""Forms on an office's own sheet: what is written is read again, whatever the layout."""

import subprocess
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from xlsxwriter.workbook import Workbook

from tests.office import Office
from tests.own_guides import learned
from tests.thorough import every
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.layout import blank_layout, project_layout
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.making import draft
from xl_perf.core.making.merging import merge
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.profiles import for_form
from xl_perf.saved.workbook import read_book
from xl_perf.sheets.looks import INPUT_FILL
from xl_perf.sheets.own_texts import with_year, year_pattern
from xl_perf.written.cover_sheet import year_content
from xl_perf.written.form_sheet import write_form
from xl_perf.written.styles import Styles
from xl_perf.written.template import write_department

FORMS = Path(__file__).parents[1] / "fixtures" / "forms"
NOT_WRITTEN = {
    "c17-yunnan-05-2": "清单上没有金额一栏，另一张表上的金额还不能一起写出",
}
OF_PROJECTS = ("c01", "c07", "c08", "c10", "c13", "c16", "c17", "c18", "c19", "c21", "n")
ALL = sorted(path for path in FORMS.glob("*.xlsx") if path.stem.startswith(OF_PROJECTS))
LAYOUTS = FORMS.parent / "layouts"
OTHERS = [
    LAYOUTS / f"{stem}.xlsx"
    for stem in (
        "l15-ningxia-2019-stacked",
        "l37-two-side-by-side",
        "l39-three-in-a-grid",
        "l40-page-break-continued",
        "l76-no-levels",
    )
]
"""Forms with others below or beside them, one that goes on on a second page, and one without levels."""
_CASES = [path for path in ALL if path.stem not in NOT_WRITTEN]
WRITTEN = [*(path for path in _CASES if path.stem.startswith("c")), *OTHERS]
"""With half of those that differ from one form in one thing."""
WRITTEN += [path for path in _CASES if path.stem.startswith("n")][:: every(2)]


def profile_of(kind: FormKind) -> Profile:
    """The profile of an office whose own form is the first."""
    assert kind.learned is not None
    shipped = for_form(kind.learned.base)
    return replace(shipped, kinds=(kind, *shipped.kinds), forms=(kind.name,))


def written(kind: FormKind, department: Department, path: Path) -> Department:
    """The department as it is read from the workbook that is written of it."""
    write_department(path, department, profile_of(kind), kind=kind)
    return read_department(read_book(path, path.name), (kind,))


def said(project: Project) -> list[tuple[str, object]]:
    """All that a project says, as it is understood; else as it is typed. Its heading is the office's."""
    entries = ((name, entry.value if entry.value is not None else entry.text) for name, entry in project.entries())
    return [(name, value) for name, value in entries if name != "标题" and value not in {None, ""}]


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_projects_survive_being_written(path: Path, tmp_path: Path) -> None:
    """Every project of the case says the same in the office's own form that we write."""
    kind = learned(path)
    before = read_department(read_book(path, path.name), (kind,))
    after = written(kind, merge([before]), tmp_path / "out.xlsx")
    assert [said(one) for one in after.projects] == [said(one) for one in before.projects]
    assert before.projects
    assert not after.unread


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_a_blank_form_prints_what_the_office_prints(path: Path, tmp_path: Path) -> None:
    """Texts and merged cells stand where they stood, and it is no project."""
    kind = learned(path)
    sheet = kind.learned.sheet if kind.learned else None
    assert sheet is not None
    layout = blank_layout(profile_of(kind), kind)
    printed = {box.area[:2]: box.text for box in layout.boxes if box.role is not Role.INPUT and box.text.strip()}
    if all(table.groups for table in sheet.tables):
        wanted = {
            (row, column): text
            for row, cells in enumerate(sheet.texts)
            for column, text in enumerate(cells)
            if text.strip() and (row, column) not in {box.area[:2] for box in layout.boxes if box.role is Role.INPUT}
        }
        assert printed == wanted
    assert {area for area in sheet.merges if area[2] < sheet.tables[0].first} <= {box.area for box in layout.boxes}
    assert not written(kind, merge([]), tmp_path / "blank.xlsx").projects


@pytest.mark.parametrize("stem", NOT_WRITTEN)
def test_what_cannot_be_written_says_why(stem: str) -> None:
    kind = learned(FORMS / f"{stem}.xlsx")
    assert kind.learned is not None
    assert kind.learned.sheet is not None
    assert kind.learned.sheet.problem == NOT_WRITTEN[stem]
    assert not kind.is_written


def test_rows_grow_with_goals_and_indicators(tmp_path: Path) -> None:
    """More goals and indicators than the office prints: rows go in, labels over them grow, what is below moves down."""
    path = FORMS / "c10-shaanxi-2020.xlsx"
    kind = learned(path)
    project = read_department(read_book(path, path.name), (kind,)).projects[0]
    more = replace(project, goals=(project.goals[0],) * 4, indicators=project.indicators * 3)
    layout = project_layout(more, profile_of(kind))
    goals = [layout.area("goal", at) for at in range(4)]
    assert goals == [(row, 1, row, 4) for row in range(8, 12)]
    areas = {box.text: box.area for box in layout.boxes}
    assert areas["总体目标"] == (7, 0, 11, 0)
    assert areas["绩\n效\n指\n标"] == (12, 0, layout.last_row, 0)
    note = next(area for text, area in areas.items() if text.startswith("备注"))
    assert note == (layout.last_row + 1, 0, layout.last_row + 1, 4)
    again = written(kind, replace(merge([]), projects=(more,)), tmp_path / "more.xlsx").projects[0]
    assert [goal.text for goal in again.goals] == [goal.text for goal in more.goals]
    assert [one.level3.text for one in again.indicators] == [one.level3.text for one in more.indicators]


def test_amounts_count_in_the_unit_of_the_form(tmp_path: Path) -> None:
    """Where the form prints 元, its cells hold 元; 首页 and the totals have 万元."""
    path = FORMS / "n01-unit-line-yuan.xlsx"
    kind = learned(path)
    before = read_department(read_book(path, path.name), (kind,))
    out = tmp_path / "yuan.xlsx"
    after = written(kind, merge([before]), out)
    assert after.projects[0].budget.value == before.projects[0].budget.value == Decimal("8.5")
    assert after.projects[0].budget.typed == 85000
    grids = {grid.sheet: grid for grid in read_book(out, "").grids}
    assert any(8.5 in cells for cells in grids["首页"].rows)
    assert not any(85000 in cells for name in ("首页", "部门汇总") for cells in grids[name].rows)
    assert any(8.5 in cells for cells in grids["部门汇总"].rows)


def test_amounts_of_one_form_may_count_in_several_units(tmp_path: Path) -> None:
    """总额（万元） beside 其他资金（元）: each cell holds its own, and the form compares them in 万元."""
    book = load_workbook(FORMS / "c13-transfer-2020.xlsx")
    form = book.worksheets[0]
    form["A6"], form["B6"], form["B7"], form["B8"] = (
        *("资金情况", "年度资金总额（万元）：", "其中：财政拨款（万元）", "其他资金（元）"),
    )
    form["D8"] = 300000
    path = tmp_path / "several.xlsx"
    book.save(path)
    kind = learned(path)
    before = read_department(read_book(path, path.name), (kind,))
    out = tmp_path / "out.xlsx"
    after = written(kind, merge([before]), out)
    for one in (before.projects[0], after.projects[0]):
        amounts = [one.value(key).value for key in ("budget", "fiscal", "other")]
        assert amounts == [Decimal(5230), Decimal(5200), Decimal(30)]
    assert after.projects[0].value("other").typed == 300000
    formulas = [str(cell.value) for cells in load_workbook(out)["01"].iter_rows(min_col=7) for cell in cells]
    compared = next(one for one in formulas if "预算不平" in one)
    assert compared.count("$D$8*0.0001") == 2  # in COUNT and in the difference
    assert "预算不平" not in [cell for cells in read_book(out, "").grids[2].rows for cell in cells]


def test_an_amount_in_a_text_is_written_into_it(tmp_path: Path) -> None:
    """一般公共预算安排77300万元: the label and the unit stand around the amount, and 首页 has the number."""
    path = FORMS / "c16-guangdong-2021.xlsx"
    kind = learned(path, filled=True)
    out = tmp_path / "text.xlsx"
    after = written(kind, merge([read_department(read_book(path, path.name), (kind,))]), out)
    assert after.projects[0].budget.value == Decimal(77300)
    grids = {grid.sheet: grid for grid in read_book(out, "").grids}
    assert any("一般公共预算安排77300万元" in cells for cells in grids["01"].rows)
    assert any(77300 in cells for cells in grids["首页"].rows)


# --- how it looks ----------------------------------------------------------------------------------------------------

LOOKS = ("c01-central-2023", "c10-shaanxi-2020", "c16-guangdong-2021")
_DPI = 80
_REACH = 4
"""Pixels that the strokes of a character are broad."""
_NEAR = 12
"""Of 255: how far a colour may be off where lines are smoothed."""


@pytest.mark.office
def test_a_blank_form_looks_like_that_of_the_office(soffice: Office, tmp_path: Path) -> None:
    """Printed by LibreOffice, the office's blank form and ours differ in cells to fill in and nowhere else."""
    made = []
    for stem in LOOKS:
        office, ours = tmp_path / f"{stem}-office.xlsx", tmp_path / f"{stem}-ours.xlsx"
        styled(FORMS / f"{stem}.xlsx", office)
        kind = learned(FORMS / f"{stem}.xlsx", str(office))
        blank(office, kind)
        workbook = Workbook(str(ours))
        sheet = workbook.add_worksheet("01")
        profile = profile_of(kind)
        write_form(workbook, sheet, Styles(workbook), blank_layout(profile, kind), None, profile)
        workbook.close()
        made += [office, ours]
    pdfs = soffice.convert_all(made, "pdf", tmp_path / "pdf")
    for office, ours in zip(pdfs[::2], pdfs[1::2], strict=True):
        wanted, got = picture(office), picture(ours)
        assert wanted[:2] == got[:2]
        off = [at for at, (one, other) in enumerate(zip(pixels(wanted), pixels(got), strict=True)) if far(one, other)]
        filled = [at for at in off if near_input(got, at)]
        assert len(filled) > 10_000, "inputs have a fill of ours"
        assert len(off) == len(filled), f"{office.stem}: {len(off) - len(filled)} pixels beside inputs are different"


def styled(source: Path, target: Path) -> None:
    """The form with the fonts, lines, colours and page of an office."""
    book: Any = load_workbook(source)
    sheet = next(one for one in book if one.max_column > 3)
    for other in [one for one in book if one is not sheet]:
        book.remove(other)
    thin, thick = Side("thin", color="FF000000"), Side("medium", color=Color(theme=4, tint=-0.25))
    last_row, last_column = sheet.max_row, sheet.max_column
    for cell in (cell for cells in sheet.iter_rows() for cell in cells):
        cell.font = Font(name="宋体", size=10, color=Color(theme=1))
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if cell.row > 2:
            sides = {"left": cell.column == 1, "right": cell.column == last_column, "bottom": cell.row == last_row}
            lines: Any = {side: thick if ends else thin for side, ends in sides.items()}
            cell.border = Border(top=thin, **lines)
        if cell.row > 2 and cell.column == 1 and isinstance(cell, Cell) and cell.value:
            cell.fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.8))
            cell.font = Font(name="黑体", size=10, bold=True, color="FF1F3864")
    for row in range(1, last_row + 1):
        sheet.row_dimensions[row].height = 33
    for column, width in enumerate((13.7109375, 12.7109375, 16.7109375, 22.7109375, 15.7109375, 13.7109375)):
        sheet.column_dimensions["ABCDEF"[column]].width = width
    sheet["A1"].font = Font(name="黑体", size=18, bold=True)
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.right.text, sheet.oddFooter.center.text = "附件2", "第 &P 页，共 &N 页"
    sheet.print_title_rows = "1:2"
    book.save(target)


def blank(path: Path, kind: FormKind) -> None:
    """Empties the office's form; second levels merged over rows stand in each of them, as ours do."""
    assert kind.learned is not None
    own = kind.learned.sheet
    assert own is not None
    book: Any = load_workbook(path)
    sheet = book.worksheets[0]
    seconds = next((place.area[1] for place in own.columns if place.key == "level2"), -1)
    for area in [
        one for one in sheet.merged_cells.ranges if one.min_col == seconds + 1 and one.min_row > own.tables[0].first
    ]:
        sheet.unmerge_cells(area.coord)
        cells = [sheet.cell(row, area.min_col) for row in range(area.min_row, area.max_row + 1)]
        for cell in cells[1:]:
            first = sheet.cell(area.min_row, area.min_col)
            cell.value, cell.font, cell.border = first.value, copy(first.font), copy(first.border)
            cell.alignment = copy(first.alignment)
    texts = dict(own_texts(own))
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if isinstance(cell, Cell)):
        in_seconds = cell.column == seconds + 1 and cell.row > own.tables[0].first
        if not in_seconds:
            cell.value = texts.get((cell.row - 1, cell.column - 1))
    book.save(path)


def own_texts(own: OwnSheet) -> Iterator[tuple[tuple[int, int], str]]:
    for row, cells in enumerate(own.texts):
        yield from (((row, column), text) for column, text in enumerate(cells) if text)


Picture = tuple[int, int, bytes]


def picture(pdf: Path) -> Picture:
    """Width, height and pixels of the first page."""
    command = ["pdftoppm", "-r", str(_DPI), "-f", "1", "-l", "1", str(pdf)]
    _, size, _, data = subprocess.run(command, capture_output=True, check=True).stdout.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, data


def pixels(found: Picture) -> list[bytes]:
    data = found[2]
    return [data[at : at + 3] for at in range(0, len(data), 3)]


def far(one: bytes, other: bytes) -> bool:
    return any(abs(a - b) > _NEAR for a, b in zip(one, other, strict=True))


def near_input(found: Picture, at: int) -> bool:
    """A pixel in a cell to fill in, of a text that stands there, or at its edge."""
    wanted = bytes.fromhex(INPUT_FILL.lstrip("#"))
    width, _, data = found
    return any(
        not far(data[3 * place : 3 * place + 3], wanted)
        for down in range(-_REACH, _REACH + 1)
        for place in range(at + down * width - _REACH, at + down * width + _REACH + 1)
    )


def test_the_year_of_a_form_and_no_other_is_moved() -> None:
    """中期目标（2025年—2027年） is printed as it is; a year in words gives way to that of the book."""
    kind = learned(FORMS / "c01-central-2023.xlsx")
    layout = blank_layout(profile_of(kind), kind)
    title = Box(Role.TITLE, "title", (0, 0, 0, 3), "二〇二五年项目绩效目标表")
    year = Box(Role.YEAR, "year_line", (1, 0, 1, 3), "（二〇二五年度）")
    digits = Box(Role.YEAR, "year_line", (1, 0, 1, 3), "（2025年度）")
    span = Box(Role.LABEL, "2:0", (2, 0, 2, 0), "中期目标（2025年—2027年）")
    label = Box(Role.LABEL, "3:0", (3, 0, 3, 0), "2025年金额")
    own = replace(layout, boxes=(title, digits, span, label))
    assert [year_pattern(own, box) for box in (title, year, digits)] == [
        "{}年项目绩效目标表",
        "（{}年度）",
        "（{}年度）",
    ]
    assert [year_pattern(own, box) for box in (span, label)] == [None, "{}年金额"]
    assert year_pattern(own, label._replace(text="2025—2027年")) is None
    assert year_pattern(own, label._replace(text="2024年执行数")) == "{-1}年执行数", "they go together"
    assert year_pattern(own, label._replace(text="预算法（2018年修正）")) is None
    assert with_year("{-1}年执行数", "2026") == "2025年执行数"
    assert with_year("{-1}年执行数", None) == "    年执行数"
    assert year_content(draft.department(year=2026).cover, "{-1}年执行数").result == "2025年执行数"
