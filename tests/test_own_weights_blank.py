"""A column of weights that the 样表 has and nobody fills in: errors only where 对照 says that it must be filled in."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import own_lists
from tests.guides import correct
from xl_perf.core.checking.check import check
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.model.findings import Severity
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_ROWS = (own_lists.FIRST, own_lists.SECOND)


def _found(
    folder: Path, weights: Sequence[int | None], *, is_required: bool = False
) -> list[tuple[Severity | None, str]]:
    """What is said of weights on a list."""
    blank = own_lists.write(folder / "空白表.xlsx", heads=["权重"])
    guide = folder / "样表.xlsx"
    learn_form(str(blank), str(guide))
    correct(guide, {}, "")
    if is_required:
        book = load_workbook(guide)
        table = book[GUIDE_SHEET]
        row = next(cells for cells in table.iter_rows() if cells[0].value == "权重")
        row[HEADINGS.index("必填")].value = "是"
        book.save(guide)
    rows = [(*cells, weight) for cells, weight in zip(_ROWS, weights, strict=True)]
    department = read(own_lists.write(folder / "局.xlsx", rows, heads=["权重"]))
    assert all(project.kind.learned for project in department.projects)
    found = check(department, fitting(department))
    return [(one.severity, one.message) for one in found if one.code == "I517"]


def test_a_blank_column_is_said_once_for_each_project(tmp_path: Path) -> None:
    assert _found(tmp_path, (None, None)) == [(Severity.HINT, "权重一栏都没有填，合计不核对")] * 2


def test_it_is_an_error_where_the_form_says_so(tmp_path: Path) -> None:
    assert _found(tmp_path, (None, None), is_required=True) == [(Severity.ERROR, "没有填权重")] * 2


@pytest.mark.parametrize("weight", [90, 100])
def test_weights_that_are_filled_in_are_added_up(tmp_path: Path, weight: int) -> None:
    """One project has them, the other none."""
    assert _found(tmp_path, (weight, None)) == [(Severity.HINT, "权重一栏都没有填，合计不核对")]


def test_a_wrong_sum_is_an_error(tmp_path: Path) -> None:
    found = _found(tmp_path, (30, None))
    assert [severity for severity, _ in found] == [Severity.ERROR, Severity.HINT]


def test_a_gap_among_weights_is_an_error(tmp_path: Path) -> None:
    """Of one project with two indicators, one without."""
    rows = [(*own_lists.FIRST, 90), (*[None] * 7, "产出指标", "质量指标", "合格率", "≥95%", None)]
    blank = own_lists.write(tmp_path / "空白表.xlsx", heads=["权重"])
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    department = read(own_lists.write(tmp_path / "局.xlsx", rows, heads=["权重"]))
    found = [one for one in check(department, fitting(department)) if one.code == "I517"]
    assert [(one.severity, one.message) for one in found] == [(Severity.ERROR, "没有填权重")]
