"""Columns of an office's own table that no kind has (评分标准, 备注, 指标方向): carried, printed, never checked."""

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.guides import blank_form, learned_from
from tests.test_forms_of_offices import FORMS
from xl_perf.core.cells.labels import bare
from xl_perf.core.making.converting import in_kind, left_behind
from xl_perf.profiles import load
from xl_perf.service.checking import read

__all__ = ["run"]

LAYOUTS = FORMS.parent / "layouts"
_OWN = {
    "l08-split-second-header-direction": ("指标方向性", "反向指标"),
    "l50-unit-in-next-cell": ("绩效内容", "专题展览数"),
    "l26-list-sichuan-merged": ("指标方向性", "正向指标"),
    "l63-list-two-headers-special-fund": ("评(扣)分标准", "未完成扣分"),
}


def emptied(blank: Path, heading: str) -> Path:
    """The blank form without what the shipped kinds do not read in that column."""
    book = load_workbook(blank)
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    head = next(cell for cell in cells if bare(str(cell.value)).text == heading)
    for cell in cells:
        if cell.column == head.column and cell.row > head.row:
            cell.value = None
    book.save(blank)
    return blank


@pytest.fixture(name="book", params=_OWN)
def _book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A filled workbook of an office, its 样表 beside it."""
    source = LAYOUTS / f"{request.param}.xlsx"
    blank = emptied(blank_form(source, tmp_path / "空白.xlsx"), _OWN[request.param][0])
    learned_from(blank, tmp_path)
    blank.unlink()
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    return path


def texts(path: Path) -> dict[str, list[str]]:
    """What the own columns say, by heading, over all projects."""
    found: dict[str, list[str]] = {}
    for project in read(path).projects:
        for heading, entries in project.own_columns:
            assert len(entries) == len(project.indicators)
            found.setdefault(heading, []).extend(entry.text for entry in entries)
    return found


def test_they_come_along(run: Runner, book: Path, tmp_path: Path) -> None:
    """Into a new workbook of the same form, and into the text."""
    heading, said = _OWN[book.stem]
    before = texts(book)
    assert said in before[heading]
    (tmp_path / "新").mkdir()
    (tmp_path / "新" / "样表.xlsx").write_bytes((tmp_path / "样表.xlsx").read_bytes())
    out = tmp_path / "新" / "新.xlsx"
    status, printed, _ = run("new", out, "--from", book)
    assert status == 0
    assert not any(one in line for one in (heading, said) for line in printed.splitlines() if "没有收进来" in line)
    assert texts(out) == before
    run("publish", out, "-o", tmp_path / "文本.docx")
    cells = {
        cell.text for table in Document(str(tmp_path / "文本.docx")).tables for row in table.rows for cell in row.cells
    }
    assert set(before[heading]) <= cells | {""}


def test_a_form_without_them_says_what_it_leaves(book: Path) -> None:
    heading, _ = _OWN[book.stem]
    department = read(book)
    projects = tuple(in_kind(project, load().first_kind) for project in department.projects)
    said = list(left_behind(replace(department, projects=projects), load().first_kind))
    number = sum(bool(text) for text in texts(book)[heading])
    assert any(heading in line for line in said) is bool(number)


def test_what_no_column_holds_is_named_by_the_text(run: Runner, tmp_path: Path) -> None:
    """Last year's amounts beside the year's stand in the text as well; publishing says which cells do not."""
    source = LAYOUTS / "l67-last-and-this-year.xlsx"
    learned_from(blank_form(source, tmp_path / "空白.xlsx"), tmp_path)
    book = tmp_path / "部门.xlsx"
    workbook = load_workbook(source)
    workbook["表"]["J7"].value = "另行追加"
    workbook.save(book)
    _, printed, _ = run("publish", book, "-o", tmp_path / "文本.docx")
    assert "部门.xlsx 有内容没有印进文本（在表样上找不到它们的填写处）：表!J7。" in printed
    tables = Document(str(tmp_path / "文本.docx")).tables
    assert "80" in {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert load_workbook(book)["表"]["E6"].value == 80
