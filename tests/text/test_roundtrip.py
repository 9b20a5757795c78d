"""Out and in again: the same department, also after LibreOffice saved the text; no cell lost on the way."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import example as also
from hypothesis import strategies as st

from tests.departments import whole
from tests.office import Office
from tests.text.departments import departments, example
from tests.text.documents import TEXTS_OF_FORM, parts, row, save, tbl
from tests.text.long_forms import LEVELS, book
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.labels import label_key
from xl_perf.core.making import draft
from xl_perf.core.making.draft import department_content
from xl_perf.core.model.department import Department
from xl_perf.profiles import load
from xl_perf.service import checking, making
from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead
from xl_perf.text.word_out import write_text

ONCE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def through_word(department: Department, folder: Path) -> TextRead:
    path = folder / "文本.docx"
    write_text(path, department, load())
    return read_text(path, path.name)


def test_example(tmp_path: Path) -> None:
    read_ = through_word(example(), tmp_path)
    assert department_content(read_.department) == department_content(example())
    assert read_.unplaced == ()


def test_example_through_a_new_workbook(tmp_path: Path) -> None:
    write_text(tmp_path / "文本.docx", example(), load())
    made = making.new_workbook(str(tmp_path / "新.xlsx"), [str(tmp_path / "文本.docx")], None, None, load())
    assert made.notes == ()
    assert department_content(checking.read(tmp_path / "新.xlsx")) == department_content(example())


@pytest.mark.parametrize("to", ["docx:MS Word 2007 XML", "doc:MS Word 97", "odt:writer8"], ids=["docx", "doc", "odt"])
def test_example_saved_by_libreoffice(to: str, soffice: Office, tmp_path: Path) -> None:
    write_text(tmp_path / "文本.docx", example(), load())
    saved = soffice.convert(tmp_path / "文本.docx", to, tmp_path / "再存")
    read_ = read_text(saved, saved.name)
    assert department_content(read_.department) == department_content(example())
    assert read_.unplaced == ()


@pytest.mark.parametrize("profile", LEVELS)
def test_labels_that_stand_again_on_the_next_page(profile: str, tmp_path: Path) -> None:
    made = book(profile).department
    write_text(tmp_path / "文本.docx", made, load(profile))
    read_ = read_text(tmp_path / "文本.docx", "文本.docx")
    assert department_content(read_.department) == department_content(made)
    assert read_.unplaced == ()


def test_what_is_said_of_the_totals_is_no_content(tmp_path: Path) -> None:
    """Projects that may be doubled, amounts below zero, other money: each is a sentence of ours."""
    one = whole(name="甲", budget="-3", fiscal="-3", other="-1")
    made = draft.department(name="甲局", year=2023, projects=[one, one, whole(name="乙", budget="-2", fiscal=None)])
    path = tmp_path / "文本.docx"
    write_text(path, made, load())
    assert "可能重复，重复的共 -3 万元" in "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert read_text(path, path.name).unplaced == ()


@pytest.mark.slow
@ONCE
@given(departments())
def test_any_department(tmp_path: Path, department: Department) -> None:
    read_ = through_word(department, tmp_path)
    assert department_content(read_.department) == department_content(department)
    assert read_.unplaced == ()


@ONCE
@given(departments())
def test_the_same_bytes(department: Department) -> None:
    first, second = BytesIO(), BytesIO()
    write_text(first, department, load())
    write_text(second, department, load())
    assert first.getvalue() == second.getvalue()


CELLS = st.one_of(st.just(""), st.sampled_from(TEXTS_OF_FORM), st.text("甲乙丙 1=%", min_size=1, max_size=5))


@ONCE
@also([[["二级指标", "项目名称", "", "一级指标"], ["", "目标1", "130211"]]])
@given(st.lists(st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9), min_size=1, max_size=3))
def test_every_cell_is_in_the_workbook_or_in_the_list(tmp_path: Path, tables: list[list[list[str]]]) -> None:
    """Labels aside: those the workbook prints itself. A table of another kind is named as a whole."""
    number = iter(range(10_000))
    marked = [[[_marked(cell, number) for cell in cells] for cells in rows] for rows in tables]
    body = "".join(tbl(*(row(*cells) for cells in rows)) for rows in marked)
    path = save(tmp_path / "表.docx", parts(body))
    read_ = read_text(path, path.name)
    if read_.department.tables:
        return
    kept = {entry.text for project in read_.department.projects for _, entry in project.entries()}
    listed = "｜".join(one.text for one in read_.unplaced)
    for cell in (cell for rows in marked for cells in rows for cell in cells):
        text = cell.strip()
        is_label = label_key(text) is not None or is_branch(text)
        assert not text or is_label or text in kept or text in listed


def _marked(cell: str, number: Iterator[int]) -> str:
    """The cell with a number of its own, unless it is a label or blank."""
    if not cell.strip() or label_key(cell) is not None or is_branch(cell):
        return cell
    return f"{cell}№{next(number)}号"
