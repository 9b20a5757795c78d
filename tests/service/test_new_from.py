"""new --from a workbook: last year's figures and amounts, what is said of them, titles that follow their name."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.office import Office
from xl_perf.core.making.rolling import Amounts
from xl_perf.saved.workbook import read_book
from xl_perf.service.making import new_workbook
from xl_perf.sheets.form_content import is_of_last_year

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "example-2023.xlsx"
SAID = "有项目的预算数与上年相同"


@pytest.mark.parametrize(
    ("year", "amounts", "is_said"),
    [(2024, Amounts.KEEP, True), (2024, Amounts.CLEAR, False), (2023, Amounts.KEEP, False)],
)
def test_that_amounts_are_last_years_is_said(tmp_path: Path, year: int, amounts: Amounts, is_said: bool) -> None:
    out = tmp_path / "新.xlsx"
    made = new_workbook(str(out), [str(EXAMPLE)], None, year, None, amounts)
    assert any("各表的金额仍是 2023 年的" in note for note in made.notes) is is_said
    cover = next(grid for grid in read_book(out, out.name).grids if grid.sheet == "首页")
    assert any(SAID in str(typed) for cells in cover.rows for typed in cells) is is_said


def beside(path: Path) -> list[str]:
    """What stands beside the forms for comparison."""
    grids = read_book(path, path.name).grids
    return [f"{grid.sheet} {one}" for grid in grids for cells in grid.rows for one in cells if is_of_last_year(one)]


def test_a_correction_keeps_last_years_figures(tmp_path: Path) -> None:
    """The same year once more: what stands beside the forms stays; of another year it is what the source says."""
    first, again, later = (str(tmp_path / f"{name}.xlsx") for name in ("24", "24改", "25"))
    new_workbook(first, [str(EXAMPLE)], None, 2024, None)
    new_workbook(again, [first], None, None, None)
    assert len(beside(Path(first))) > 8
    assert beside(Path(again)) == beside(Path(first))
    new_workbook(str(tmp_path / "24年.xlsx"), [first], None, 2024, None)
    assert beside(tmp_path / "24年.xlsx") == beside(Path(first))
    book = openpyxl.load_workbook(first)
    book["01"]["C3"] = 170
    book.save(tmp_path / "24填.xlsx")
    new_workbook(later, [str(tmp_path / "24填.xlsx")], None, 2025, None)
    assert next(one for one in beside(Path(later)) if one.startswith("01")).splitlines()[1] == "预算数 170万元"


def test_it_is_said_as_long_as_it_is_so(tmp_path: Path, soffice: Office) -> None:
    out = tmp_path / "新.xlsx"
    new_workbook(str(out), [str(EXAMPLE)], None, 2024, None)
    assert SAID in said_on_cover(soffice, out, tmp_path)
    book = openpyxl.load_workbook(out)
    for sheet in book.sheetnames:
        if sheet.isdecimal():
            form = book[sheet]
            for cell in ("C3", "E3", "G3"):
                if isinstance(form[cell].value, int | float):
                    form[cell].value = round(form[cell].value + 1.11, 6)
    book.save(tmp_path / "改.xlsx")
    said = said_on_cover(soffice, tmp_path / "改.xlsx", tmp_path)
    assert SAID not in said
    assert "项目已填好" in said


def said_on_cover(soffice: Office, path: Path, folder: Path) -> str:
    """What the cover says next, calculated anew."""
    made = soffice.convert(Path(shutil.copy(path, folder / "a.xlsx")), "xlsx", folder / "lo")
    return str(openpyxl.load_workbook(made, data_only=True)["首页"]["C1"].value)


def test_a_title_that_shows_the_name_follows_it(tmp_path: Path) -> None:
    """A typed one that says what the formula gives becomes the formula; another stays as it was typed."""
    out = tmp_path / "新.xlsx"
    new_workbook(str(out), [str(EXAMPLE)], None, None, None)
    book = openpyxl.load_workbook(out)
    assert book["07"]["A1"].value == '=IF(E2="","",E2&CHAR(10))&"项目绩效目标表"'
    assert book["08"]["A1"].value == "电代煤\n项目绩效目标表"
