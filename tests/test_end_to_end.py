"""From the template to the summary, in LibreOffice, with the buttons that staff press.

The eight projects of tools/example-2023.toml are typed in as a person would, through the engine; what the buttons then
do is compared with what the command line does with the saved file.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import xl_perf
from tests.live.desk import Desk
from tests.live.programs import LibreOffice
from tests.typing_in import type_in
from tools.build_example import example
from xl_perf import buttons, profiles
from xl_perf.core.cells.grid import a1
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET, SUMMARY_SHEET, TOTAL_LABEL
from xl_perf.engines.libreoffice import office
from xl_perf.live.host import Host

if TYPE_CHECKING:
    import xlwings

TEMPLATE = Path(__file__).parents[1] / "workbooks" / "template.xlsm"
HEBEI = profiles.load("hebei-2023")
SHEETS = [f"{number:02}" for number in range(1, 9)]


@pytest.fixture(scope="module")
def desk(office_app: "xlwings.App", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of the template with the eight projects typed in, and no ninth form."""
    path = tmp_path_factory.mktemp("desk") / "部门.xlsm"
    shutil.copy(TEMPLATE, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(buttons.PIPE, office_app.impl.pipe)
        book = office.open_with_buttons(office_app, path)
        desk = Desk(Host(book), LibreOffice(office_app))
        for number in range(2, 10):
            assert f"“{number:02}”" in desk.press("add_project")
        desk.press("undo", answers=("1", "yes"))
        assert [name for name in book.sheet_names if name.isdigit()] == SHEETS
        type_in(book, example(), HEBEI)
        yield desk
        book.close()


def saved(desk: Desk, path: Path) -> Department:
    """The book, saved and read again by the command line's reader."""
    desk.book.save(path)
    return xl_perf.read(path)


def projects(department: Department) -> list[object]:
    """What the projects say, without where they say it."""
    return [draft.project_content(project) for project in department.projects]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_saved_book_says_what_was_typed(desk: Desk, suffix: str, tmp_path: Path) -> None:
    department = saved(desk, tmp_path / f"部门{suffix}")
    assert projects(department) == projects(example())
    assert (department.name, department.year) == ("高新区三女河办事处", 2023)
    typed = [indicator.target.typed for project in department.projects for indicator in project.indicators]
    assert typed.count("=78人") == 2
    live = desk.read()
    assert draft.department_content(live) == draft.department_content(department)


def test_summary_adds_up(desk: Desk, tmp_path: Path) -> None:
    assert "8" in desk.press("consolidate")
    sheet = desk.book.sheets[SUMMARY_SHEET]
    rows = sheet["A17:N25"].value
    assert [row[0] for row in rows] == [*map(float, range(1, 9)), TOTAL_LABEL]
    total = rows[-1]
    assert [round(total[at], 9) for at in (3, 4, 5)] == [1135.76, 1135.76, 0]
    assert [round(total[at], 9) for at in range(10, 14)] == [253.5025, 542.88, 796.3825, 1135.76]
    assert sheet["D17"].formula == "=IF(ISREF('01'!$A:$B),IF('01'!C3=\"\",\"\",'01'!C3),\"\")"
    assert sheet["D25"].formula == "=SUM(D17:D24)"
    assert "$F$5:$G$12" in {cells.address for chart in sheet.charts for cells in chart.impl.source}
    assert round(sum(sheet["G5:G12"].value), 9) == 1135.76
    assert sheet.charts.count == 2
    assert sheet.api.ProtectContents
    totals = xl_perf.summarise([saved(desk, tmp_path / "部门.xlsx")]).totals
    assert totals.budget == totals.planned_at(12) == Decimal("1135.76")


def test_findings_are_those_of_the_command_line(desk: Desk, tmp_path: Path) -> None:
    desk.press("consolidate")  # else 部门汇总 is out of date, which is a finding too
    outcome = desk.press("validate")
    found = xl_perf.check(saved(desk, tmp_path / "部门.xlsx"))
    assert Counter(one.code for one in found) >= Counter({"F202": 8, "F207": 3, "I506": 1, "I507": 1})
    assert not [one for one in found if one.severity is Severity.ERROR]
    assert f"警告 {sum(one.severity is Severity.WARNING for one in found)} 条" in outcome
    listed = desk.book.sheets[FINDINGS_SHEET]["A4"].expand("down").resize(column_size=4).value
    assert sorted(map(tuple, listed)) == sorted(
        (one.severity.label if one.severity else "", one.code, one.sheet or "整本", one.cell) for one in found
    )


def looks(book: "xlwings.Book") -> dict[tuple[str, str], object]:
    """The fills and notes of the forms' cells; cells of one format in one call."""
    seen: dict[tuple[str, str], object] = {}
    for name in SHEETS:
        sheet = book.sheets[name]
        alike = sheet.api.uno.getCellRangeByPosition(0, 0, 6, 21).getCellFormatRanges()
        for one in map(alike.getByIndex, range(alike.getCount())):
            area, fill = one.getRangeAddress(), one.CellBackColor
            for row in range(area.StartRow, area.EndRow + 1):
                seen |= {(name, a1(row, column)): fill for column in range(area.StartColumn, area.EndColumn + 1)}
        seen |= {(name, f"note of {note.location.address}"): note.text for note in sheet.notes}
    return seen


@pytest.mark.slow
def test_marks_come_and_go(desk: Desk) -> None:
    desk.press("clear_marks")
    before = looks(desk.book)
    assert not [place for _, place in before if place.startswith("note")]
    desk.press("validate")
    marked = looks(desk.book)
    changed = {place for place, seen in marked.items() if before.get(place) != seen}
    found = [one for one in xl_perf.check(desk.read()) if one.sheet in SHEETS]
    cells = {(str(one.sheet), str(one.cell)) for one in found}
    assert {place for place in changed if not place[1].startswith("note")} == cells
    for one in found:
        note = desk.book.sheets[str(one.sheet)][str(one.cell)].note
        assert note is not None
        assert f"{one.code}：{one.message}" in note.text
    assert all(desk.book.sheets[name].api.ProtectContents for name in SHEETS)
    desk.press("clear_marks")
    assert looks(desk.book) == before


def test_what_is_normalised_is_taken_back(desk: Desk) -> None:
    cell = desk.book.sheets["01"]["C3"]
    cell.value = "１６１.９３万元"
    try:
        desk.press("normalise", answers=("yes",))
        assert cell.value == 161.93
        desk.press("undo", answers=("1",))
        assert cell.value == "１６１.９３万元"
    finally:
        cell.value = 161.93
