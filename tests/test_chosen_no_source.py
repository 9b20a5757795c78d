"""Labels of an office's own form that an officer chose to be no source: 其中项 and 不读."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.own_sources import BUDGET, FUND, STATE, write
from tests.test_own_labels_left_out import TWICE
from tests.test_own_labels_left_out import guide as two_halves
from tests.test_own_labels_left_out import write as write_two_halves
from xl_perf.core.checking.check import check
from xl_perf.core.figures.missing import missing_from
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_ASKED = {"S102", "B303", "B310", "B311"}


def of_money(department: Department) -> list[Finding]:
    return [one for one in check(department, fitting(department)) if one.code in _ASKED]


def chosen(folder: Path, choice: str, cells: Mapping[str, float | None]) -> Department:
    """A filled form of four sources, of which an officer chose that 政府性基金 is none."""
    blank = write(folder / "空白表.xlsx")
    guide = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    book = load_workbook(guide)
    for row in book["对照"].iter_rows(min_row=11):
        if row[0].value == "政府性基金预算拨款":
            row[4].value = choice
    book.save(guide)
    return read(write(folder / "局.xlsx", cells))


@pytest.mark.parametrize("choice", ["其中项", "不读"])
def test_a_choice_that_the_sources_lack_is_told_as_one(choice: str, tmp_path: Path) -> None:
    """20 lie behind it, and the sources add up to 20 less than the budget."""
    department = chosen(tmp_path, choice, {FUND: 20})
    (found,) = of_money(department)
    assert (found.code, found.cell) == ("S102", FUND)
    assert f"在样表上是“{choice}”，没有计入任何一项来源；各项来源加起来比年度资金总额正好少这个数" in found.message
    assert "样表上没有" not in found.message + found.remedy
    (lacks,) = missing_from(department)
    assert f"后面的 20 样表上是“{choice}”，预算数含了它，只有资金来源的合计不含" in lacks.reason


@pytest.mark.parametrize("choice", ["其中项", "不读"])
def test_a_choice_that_explains_nothing_hides_no_difference(choice: str, tmp_path: Path) -> None:
    department = chosen(tmp_path, choice, {FUND: 20, STATE: 25})
    found = {one.code: one for one in of_money(department)}
    assert found["B303"].difference == "5"
    assert "S102" not in found
    assert missing_from(department) == ()


@pytest.mark.parametrize(("typed", "codes"), [(3_123_456.78, []), (3_200_000, ["B303"]), (None, []), ("=1+1", [])])
def test_parts_that_stand_in_both_halves(typed: float | str | None, codes: list[str], tmp_path: Path) -> None:
    """上级补助 of the whole time and of the year: neither is a source without a label, whatever the budget reads."""
    two_halves(tmp_path, TWICE)
    path = write_two_halves(tmp_path / "局.xlsx", filled=True)
    book = load_workbook(path)
    book.worksheets[0]["E3"].value = typed
    book.save(path)
    department = read(path)
    assert [one.code for one in of_money(department)] == codes
    assert not any("补助" in one.reason or "安排" in one.reason for one in missing_from(department))


def test_a_row_put_in_is_in_the_budget(tmp_path: Path) -> None:
    """The budget holds what only the sources lack; one that it does not hold lacks in both, as far as anybody knows."""
    write(tmp_path / "空白表.xlsx")
    learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx"))
    (tmp_path / "空白表.xlsx").unlink()
    said = "“专项债券”后面的 50 不知道是哪种资金"
    (lacks,) = missing_from(read(write(tmp_path / "局.xlsx", {BUDGET: 180}, row=("专项债券", 50))))
    assert lacks.reason == f"{said}，预算数含了它，只有资金来源的合计不含"
    (lacks,) = missing_from(read(write(tmp_path / "局.xlsx", {BUDGET: 170}, row=("专项债券", 50))))
    assert lacks.reason == said


@pytest.mark.parametrize("left_out", [3, 4])
def test_sources_that_nobody_counts_are_no_difference(left_out: int, tmp_path: Path) -> None:
    """An office that reads one source alone, or none: what stands behind the others is nobody's fault."""
    blank = write(tmp_path / "空白表.xlsx")
    guide = Path(learn_form(str(blank), str(tmp_path / "样表.xlsx")).written.path)
    blank.unlink()
    book = load_workbook(guide)
    sources = ["政府性基金预算拨款", "国有资本经营预算拨款", "单位资金", "其中:一般公共预算拨款"]
    for row in book["对照"].iter_rows(min_row=11):
        if row[0].value in sources[:left_out]:
            row[4].value = "不读"
    book.save(guide)
    department = read(write(tmp_path / "局.xlsx", {FUND: 50, STATE: None, "D8": None}))
    assert not {one.code for one in of_money(department)} & {"S102", "B303"}
    assert department.projects[0].budget.value == 130
