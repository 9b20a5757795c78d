"""Lists of an office's own: what they print is asked of every project, as of a form of one project."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.own_lists import FIRST, FOOTER, SECOND, Row, filled, write
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form


def said(department: Department) -> set[tuple[str, str | None]]:
    """Code and cell of the findings on the goals and indicators of the second project."""
    found = check(department, fitting(department))
    return {(one.code, one.cell) for one in found if one.code in {"F205", "I501", "I503"}}


def without(*columns: int) -> Row:
    """The second project without what stands in some columns."""
    return [None if at in columns else typed for at, typed in enumerate(SECOND)]


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        (SECOND, set()),
        (without(6), {("F205", "G5")}),
        (without(7), {("I503", "H5")}),
        (without(8), {("I503", "I5")}),
        (without(7, 8), {("I503", "H5")}),
        ((*SECOND[:7], "满意度指标", "服务对象满意度指标", "满意度", "≥90%"), {("I501", "H5")}),
        (without(7, 8, 9, 10), {("I501", "H5")}),
    ],
)
def test_what_a_project_lacks_is_said(row: Row, findings: set[tuple[str, str | None]], tmp_path: Path) -> None:
    assert said(filled(tmp_path, [FIRST, row, FOOTER])) == findings


def test_a_list_without_goals_asks_for_none(tmp_path: Path) -> None:
    """What the 样表 does not print, no rule asks for."""
    for name, rows in (("空白表.xlsx", ()), ("局.xlsx", (FIRST, SECOND))):
        book = load_workbook(write(tmp_path / name, rows))
        book.worksheets[0].unmerge_cells("A1:K1")
        book.worksheets[0].delete_cols(7)
        book.save(tmp_path / name)
    learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx"))
    department = read(tmp_path / "局.xlsx")
    assert [project.name.text for project in department.projects] == ["食堂", "安防"]
    assert said(department) == set()
