"""The open book gives the same model as the saved file."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import departments
from tests.live.conftest import EXAMPLE, Open, new_book
from tests.live.desk import Desk
from tests.live.programs import office
from tests.service.test_regions import CITY, said, with_profile
from xl_perf.core.cells.entry import Status
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.live.host import Host
from xl_perf.live.reading import department_of, profile_of, read_book
from xl_perf.saved.workbook import read_book as read_file

if TYPE_CHECKING:
    import xlwings

pytestmark = office


def same(live: Department, saved: Department) -> None:
    assert live.cover == saved.cover
    assert live.projects == saved.projects
    assert live.blank_forms == saved.blank_forms
    assert live.sub_goals == saved.sub_goals
    assert live.safeguards == saved.safeguards
    assert live.stored_totals == saved.stored_totals
    assert live.year == saved.year
    assert (live.kind, live.template_version) == (saved.kind, saved.template_version)


def test_the_example(example: Desk) -> None:
    live, saved = example.read(), departments.read(EXAMPLE)
    assert len(live.projects) == 8
    same(live, saved)
    assert live.listed == saved.listed


def test_the_blank_template(blank: Desk, tmp_path: Path) -> None:
    same(blank.read(), departments.read(tmp_path / "新.xlsx"))


def test_texts_in_amounts_and_another_plan(opened: Open, tmp_path: Path) -> None:
    """Texts stay texts, and blanks are where they are in the file: merged cells count as on paper."""
    project = departments.whole(budget="约50万", fiscal="", percents=["25%", "", "一半", "100%"], code="")
    path = new_book(draft.department(name="甲", year=2023, projects=[project]), tmp_path)
    live = opened(path).read()
    same(live, departments.read(path))
    assert live.projects[0].budget.status is Status.UNREADABLE
    assert live.projects[0].percent(6).cell == "C6"


def test_error_values(example: Desk) -> None:
    example["01", "C3"].value = "=1/0"
    entry = example.read().projects[0].budget
    assert (entry.status, entry.cell, entry.text) == (Status.ERROR, "C3", "#DIV/0!")


def test_somebody_elses_book(opened: Open, tmp_path: Path) -> None:
    """A form on any sheet, in whatever book: no kind, no version, no model form."""
    from openpyxl import Workbook, load_workbook

    source = load_workbook(EXAMPLE)["02"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "支出"
    for row in source.iter_rows(max_col=7):
        for cell in row:
            if cell.value is not None and not str(cell.value).startswith("=IF"):
                sheet.cell(cell.row + 3, cell.column + 1, cell.value).data_type = cell.data_type
    path = tmp_path / "来件.xlsx"
    book.save(path)
    desk = opened(path)
    live, saved = desk.read(), read_department(read_file(path))
    assert live.kind == ""
    assert live.projects == saved.projects
    assert live.projects[0].budget.cell == "D6"


@pytest.mark.parametrize("name", ["说明", "字典"])
def test_a_form_on_a_sheet_that_is_called_as_one_of_ours(opened: Open, tmp_path: Path, name: str) -> None:
    """In somebody else's book a form may stand on any sheet."""
    from openpyxl import load_workbook

    book = load_workbook(EXAMPLE)
    for other in [sheet for sheet in book.sheetnames if sheet != "02"]:
        del book[other]
    book["02"].title = name
    path = tmp_path / "来件.xlsx"
    book.save(path)
    assert [project.sheet for project in opened(path).read().projects] == [name]


def test_the_books_own_profile(blank: Desk) -> None:
    assert profile_of(blank.book).name == "hebei-2023"


def test_profile_that_is_not_known(blank: Desk) -> None:
    from xl_perf.core.profile import ProfileError

    lists = blank.book.sheets["字典"]
    lists.api.Unprotect("")
    place = next(cell for cell in lists.used_range if cell.value == "口径")
    lists.range((place.row, place.column + 1)).value = "mars-2030"
    with pytest.raises(ProfileError, match="mars-2030"):
        profile_of(blank.book)


def test_deleted_forms_are_no_projects(example: Desk) -> None:
    example.book.sheets["03"].name = "已删除03"
    example.book.sheets["已删除03"].visible = False
    live = read_department(read_book(example.book))
    assert [project.sheet for project in live.projects] == ["01", "02", "04", "05", "06", "07", "08"]


def test_the_kinds_of_the_profile_beside_the_book(office_app: "xlwings.App", tmp_path: Path) -> None:
    """A region's open book is read as the saved one is; one that names no profile goes by its kind."""
    book = office_app.books.open(str(with_profile(tmp_path, CITY)))
    try:
        department = department_of(Host(book))
        (project,) = department.projects
        assert said(project) == CITY.wanted
        assert profile_of(book, department).name == "口径"
        (tmp_path / "口径.toml").unlink()
        assert profile_of(book, department).name == "hebei-2023"
    finally:
        book.close()
