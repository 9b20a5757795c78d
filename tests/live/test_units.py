"""Units in the open book: what a label, a line or a number format says counts there as it does in the saved file."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk, above_copy
from tests.live.programs import office
from xl_perf.core.reading import read_department
from xl_perf.live import cover, importing, projects, summary, validation
from xl_perf.saved.workbook import read_book

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reading"
Typed = Callable[[Worksheet], None]


def label_in_yuan(sheet: Worksheet) -> None:
    for cell, label, amount in (("B3", "预算数（元）", 717500), ("D3", "其中：财政资金（元）", 717500)):
        sheet[cell] = label
        sheet[cell].offset(0, 1).value = amount
        sheet[cell].offset(0, 1).number_format = "General"


def line_in_thousands(sheet: Worksheet) -> None:
    label_in_yuan(sheet)
    sheet["B3"], sheet["D3"], sheet["I1"] = "预算数", "其中：财政资金", "单位：千元"
    sheet["C3"], sheet["E3"] = 717.5, 717.5


def format_names_yuan(sheet: Worksheet) -> None:
    for cell in ("C3", "E3"):
        sheet[cell], sheet[cell].number_format = 717500, '#,##0.00"元"'


def format_divides(sheet: Worksheet) -> None:
    for cell in ("C3", "E3"):
        sheet[cell], sheet[cell].number_format = 717500, '0!.0000"万元"'


def format_contradicts_the_label(sheet: Worksheet) -> None:
    sheet["B3"], sheet["C3"] = "预算数（元）", 717500
    sheet["C3"].number_format = '0.00"万元"'


def format_is_a_percentage(sheet: Worksheet) -> None:
    sheet["C3"], sheet["E3"], sheet["G3"] = 0.25, 0.25, 0
    for cell in ("C3", "E3", "G3"):
        sheet[cell].number_format = "0%"


TYPED = [
    label_in_yuan,
    line_in_thousands,
    format_names_yuan,
    format_divides,
    format_contradicts_the_label,
    format_is_a_percentage,
]


def somebody_elses(folder: Path, typed: Typed) -> Path:
    """A form of the example in a plain workbook."""
    source = load_workbook(EXAMPLE)["02"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in source.iter_rows(max_col=7):
        for cell in row:
            if cell.value is not None and not str(cell.value).startswith("=IF"):
                sheet.cell(cell.row, cell.column, cell.value).data_type = cell.data_type
                sheet.cell(cell.row, cell.column).number_format = cell.number_format
    for area in source.merged_cells.ranges:
        if area.max_col <= 7:
            sheet.merge_cells(area.coord)
    typed(sheet)
    book.save(folder / "来件.xlsx")
    return folder / "来件.xlsx"


@office
@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed.__name__)
def test_live_as_saved(typed: Typed, opened: Open, tmp_path: Path) -> None:
    path = somebody_elses(tmp_path, typed)
    live, saved = opened(path).read(), read_department(read_book(path))
    assert live.projects == saved.projects
    (project,) = live.projects
    if typed in (format_contradicts_the_label, format_is_a_percentage):
        assert [conflict.name for conflict in project.conflicts] == ["预算数", "财政资金"]
    else:
        assert project.budget.value == project.fiscal.value == Decimal("71.75")


@pytest.mark.parametrize(
    "name",
    [
        "format-shows-wan-by-dividing",
        "unit-in-part-label-yuan",
        "unit-in-title-yuan",
        "unit-note-yuan",
        "superscript-in-amount",
        "target-turned-into-date",
        "hidden-under-merge-name",
        "hidden-under-merge-percent",
        "hidden-under-merge-level1",
    ],
)
def test_workbooks_of_offices(name: str, opened: Open) -> None:
    path = FIXTURES / f"{name}.xlsx"
    live, saved = opened(path).read(), read_department(read_book(path))
    assert live.projects == saved.projects
    assert (live.unread, live.tables, live.blank_forms) == (saved.unread, saved.tables, saved.blank_forms)


# --- what nobody sees


@office
@pytest.mark.parametrize(("hidden_rows", "hidden_columns"), [((3,), ()), ((), ("E",)), ((11, 12, 14), ("F",))])
def test_hidden_lines(
    hidden_rows: tuple[int, ...], hidden_columns: tuple[str, ...], opened: Open, tmp_path: Path
) -> None:
    """The same as in the saved file; a merged cell is seen as long as a part of it is."""

    def hide(sheet: Worksheet) -> None:
        for row in hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in hidden_columns:
            sheet.column_dimensions[column].hidden = True

    path = somebody_elses(tmp_path, hide)
    live, saved = opened(path).read(), read_department(read_book(path))
    assert live.projects == saved.projects
    assert live.projects[0].concealed


def test_validation_names_a_hidden_column(example: Desk) -> None:
    own = example.book.sheets["01"]
    own.api.Unprotect("")
    own.range("G:G").column_width = 0
    validation.validate(example.host)
    found = example["校验结果", "A1:J60"].value
    assert any("S104" in map(str, row) and any("隐藏" in str(cell) for cell in row) for row in found)


# --- 汇总


def in_yuan(desk: Desk, sheet: str = "01") -> None:
    """A form of the department's own workbook whose labels somebody has changed."""
    own = desk.book.sheets[sheet]
    own.api.Unprotect("")
    for label, text, cell, amount in (("B3", "预算数（元）", "C3", 1619300), ("D3", "财政资金（元）", "E3", 1619300)):
        own[label].value = text
        own[cell].number_format = "General"
        own[cell].value = amount
    own["F3"].value = "其他资金（元）"
    own["G3"].number_format = "General"


@office
def test_the_summary_converts(example: Desk) -> None:
    in_yuan(example)
    assert summary.consolidate(example.host) == "已汇总 8 个项目，预算数合计 1135.76 万元。"
    cell = example["部门汇总", "D17"]
    assert (cell.value, cell.note) == (161.93, None)
    assert "ROUND('01'!C3*0.0001,6)" in cell.formula
    assert example["部门汇总", "D25:E25"].value == [1135.76, 1135.76]
    assert "ROUND" not in example["部门汇总", "D18"].formula


def test_what_is_typed_later_is_converted_too(example: Desk) -> None:
    """Also where the cell was blank when the summary was made."""
    in_yuan(example)
    summary.consolidate(example.host)
    assert example["部门汇总", "F17"].value is None
    example["01", "C3"].value = 1719300
    example["01", "G3"].value = 100000
    assert example["部门汇总", "D17:F17"].value == [171.93, 161.93, 10.0]


def test_what_nobody_can_know_stays_out_with_a_note(example: Desk) -> None:
    example.book.sheets["01"].api.Unprotect("")
    example["01", "B3"].value = "预算数（元）"  # the cell still shows 万元
    said = summary.consolidate(example.host)
    assert said.splitlines()[0] == "已汇总 8 个项目，预算数合计 973.83 万元。"
    assert said.splitlines()[1].startswith("合计不含 1 张表里读不出的金额：01")
    cell = example["部门汇总", "D17"]
    assert cell.value is None
    assert cell.note is not None
    assert cell.note.text == "【汇总】\n01!C3 的单位不能确定，这里没有计入。"
    assert example["部门汇总", "D25"].value == 973.83
    validation.validate(example.host)
    assert ["B308", "01", "C3"] in example["校验结果", "B4:D9"].value


@office
def test_the_list_on_the_cover_converts(example: Desk) -> None:
    in_yuan(example, "08")
    example.go("08")
    projects.copy(example.host)
    found = cover.read_list(example.host)
    assert found is not None
    row = found.row_of("09")
    assert row is not None
    assert example["首页", f"E{row + 1}"].value == 161.93


def test_taken_in_they_count_in_wan(example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = somebody_elses(tmp_path, label_in_yuan)
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(path)])
    said = above_copy(importing.import_projects(example.host))
    first, renumbered, converted = said.splitlines()
    assert (first, renumbered) == ("已导入 1 个项目：工作表 09。", "工作表按顺序重新编号：“Sheet”→09。")
    assert converted == "“村干部考核奖和离任村干部补贴”的金额原以元为单位，已换算成万元。"
    assert example["09", "C3"].value == 71.75
