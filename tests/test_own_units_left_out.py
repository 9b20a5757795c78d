"""Filled forms that do not say what their amounts count in, though the 样表 of their office prints it."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import own_lists, own_sources
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

FORM, LIST = ("D3", own_sources.write), ("K2", own_lists.write)


def without_unit(
    folder: Path, unit: str, budget: float, *, is_list: bool = False, typed: str | None = None
) -> Department:
    """A form, or a list, of which the 样表 says 单位：千元 and the filled one nothing, or what is ``typed``."""
    cell, write = LIST if is_list else FORM
    blank = write(folder / "空白表.xlsx")
    _put(blank, {cell: f"单位：{unit}"})
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    if is_list:
        first = (*own_lists.FIRST[:3], budget, budget, None, *own_lists.FIRST[6:])
        filled = own_lists.write(folder / "局.xlsx", [first])
    else:
        amounts = {own_sources.BUDGET: budget, "D5": budget, "D6": None, "D7": None, "D8": None}
        filled = own_sources.write(folder / "局.xlsx", amounts)
    _put(filled, {cell: typed})
    return read(filled)


def _put(path: Path, cells: dict[str, str | None]) -> None:
    book = load_workbook(path)
    for cell, text in cells.items():
        book.worksheets[0][cell].value = text
    book.save(path)


@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(
    ("unit", "budget", "in_wan"),
    [("元", 3456789.12, "345.678912"), ("千元", 3210.5, "321.05"), ("百元", 500, "5"), ("万元", 130, "130")],
)
def test_the_unit_of_the_form_counts_and_is_said(
    unit: str, budget: float, in_wan: str, is_list: bool, tmp_path: Path
) -> None:
    department = without_unit(tmp_path, unit, budget, is_list=is_list)
    assert department.projects[0].budget.value == Decimal(in_wan)
    messages = [one.message for one in check(department, fitting(department)) if one.code == "B306"]
    assert messages == [f"表里没有写金额单位，按样表的{unit}计入"]


@pytest.mark.parametrize(("unit", "budget"), [("元", 345.68), ("万元", 3456789), ("千元", 3456789), ("亿元", 3)])
def test_numbers_that_may_be_of_another_unit_are_not_counted(unit: str, budget: float, tmp_path: Path) -> None:
    department = without_unit(tmp_path, unit, budget)
    assert department.projects[0].budget.value is None
    assert "B308" in {one.code for one in check(department, fitting(department))}


def test_of_several_units_nobody_knows_which(tmp_path: Path) -> None:
    blank = own_sources.write(tmp_path / "空白表.xlsx")
    _put(
        blank,
        {"D3": None, "C4": "年度资金总额（万元）", "C5": "一般公共预算拨款（元）", "C6": "政府性基金预算拨款（元）"},
    )
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    filled = own_sources.write(tmp_path / "局.xlsx", {own_sources.BUDGET: 130})
    _put(filled, {"D3": None, "C4": "年度资金总额", "C5": "一般公共预算拨款"})
    department = read(filled)
    assert department.projects[0].budget.value is None
    assert "B308" in {one.code for one in check(department, fitting(department))}


@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(
    ("printed", "typed", "budget", "in_wan"),
    [("万元", "元", 1234567, "123.4567"), ("元", "万元", 123, "123"), ("千元", "元", 1234567, "123.4567")],
)
def test_another_unit_than_the_form_prints_is_a_warning(
    printed: str, typed: str, budget: float, in_wan: str, is_list: bool, tmp_path: Path
) -> None:
    """What the filled form says counts."""
    department = without_unit(tmp_path, printed, budget, is_list=is_list, typed=f"单位：{typed}")
    assert department.projects[0].budget.value == Decimal(in_wan)
    findings = check(department, fitting(department))
    assert "S116" not in {one.code for one in findings}, "the unit was read"
    (found,) = [one for one in findings if one.code == "B307"]
    assert (found.severity, f"样表印的是“{printed}”" in found.message) == (Severity.WARNING, True)


@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(("printed", "typed", "budget"), [("万元", "元", 1234.56), ("元", "万元", 1200000)])
def test_amounts_that_look_like_those_in_the_printed_unit(
    printed: str, typed: str, budget: float, is_list: bool, tmp_path: Path
) -> None:
    """Somebody may have changed the unit alone: nobody knows, and it stays out of the total."""
    department = without_unit(tmp_path, printed, budget, is_list=is_list, typed=f"单位：{typed}")
    assert department.projects[0].budget.value is None
    said = [one.message for one in check(department, fitting(department)) if one.code == "B308"]
    assert any(f"写的是“{typed}”，样表印的是“{printed}”" in one for one in said)


def test_a_unit_put_into_one_label_alone(tmp_path: Path) -> None:
    """The line beside the form goes on saying 万元, as the 样表 does, and the amount looks like one of that."""
    blank = own_sources.write(tmp_path / "空白表.xlsx")
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    filled = own_sources.write(tmp_path / "局.xlsx", {own_sources.BUDGET: 130})
    _put(filled, {"C4": "年度资金总额（元）："})
    department = read(filled)
    assert department.projects[0].budget.value is None
    said = [one.message for one in check(department, fitting(department)) if one.code == "B308"]
    assert any("标签写的是“元”，样表印的是“万元”" in one for one in said)
