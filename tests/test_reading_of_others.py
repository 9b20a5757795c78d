"""Workbooks that once went wrong in silence: each is read rightly, or a finding names the trouble at its cell."""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.departments import read
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.profiles import load

FOLDER = Path(__file__).parent / "fixtures" / "reading"
NAMES = ("社区养老服务站运转经费", "公园绿地养护项目", "图书流动车购置")
RIGHT = (Decimal("120.5"), Decimal("38.26"), Decimal("9.9"))
NONE = (None, None, None)


class Expected(NamedTuple):
    """Budgets in 万元 by project; findings as ``rule sheet!cell``; whether the total says that something is missing."""

    budgets: tuple[Decimal | None, ...] = RIGHT
    findings: tuple[str, ...] = ()
    lacks: bool = False


def _contradicted(*cells: str) -> tuple[str, ...]:
    return tuple(f"B308 {sheet}!{cell}" for sheet in ("01", "02", "03") for cell in cells)


CASES = {
    "unit-in-title-yuan.xlsx": Expected(NONE, _contradicted("C3", "E3"), lacks=True),
    "unit-in-part-label-yuan.xlsx": Expected(NONE, _contradicted("C3", "E3"), lacks=True),
    "unit-note-yuan.xlsx": Expected((Decimal("0.5"),) * 3, tuple(f"B307 {one}!H1" for one in ("01", "02", "03"))),
    "format-shows-wan-by-dividing.xlsx": Expected(findings=("B307 03!B3",)),
    "labels-with-bitian.xlsx": Expected(),
    "labels-numbered.xlsx": Expected(),
    "labels-bom.xlsx": Expected(),
    "labels-traditional.xlsx": Expected(),
    "forms-as-picture-textbox-inline.xlsx": Expected(RIGHT[:2], ("S108 03!A1", "S108 05!A1", "S109"), lacks=True),
    "all-sheets-utf16.xlsx": Expected(),
    "superscript-in-amount.xlsx": Expected((None, *RIGHT[1:]), ("B301 01!C3", "B301 01!E3"), lacks=True),
    "xls-codepage936.xls": Expected(),
    "xls-format-id-50.xls": Expected(),
    "ods-whitespace-gnumeric.ods": Expected(),
    "velvetsweatshop.xlsx": Expected(),
    "zero-width-only-purpose.xlsx": Expected(findings=("F204 01!B4",)),
    "zero-width-level1.xlsx": Expected(),
    "zero-width-amount.xlsx": Expected(),
    "kangxi-labels.xlsx": Expected(),
    "hidden-under-merge-name.xlsx": Expected(findings=("F201 01!E2",)),
    "hidden-under-merge-percent.xlsx": Expected(findings=("P401 01!D6",)),
    "hidden-under-merge-level1.xlsx": Expected(),
    "indicator-named-shenhe.xlsx": Expected(findings=("I512 01!G12",)),
    "text-amount-in-template.xlsx": Expected(findings=("B309 01!C3",)),
    "target-turned-into-date.xlsx": Expected(findings=("I519 01!F10",)),
}


@pytest.mark.parametrize(("name", "expected"), CASES.items(), ids=list(CASES))
def test_case(name: str, expected: Expected) -> None:
    """Names, budgets, every finding with its cell, and whether the total says that it is not whole."""
    department = read(FOLDER / name)
    assert tuple(one.budget.value for one in department.projects) == expected.budgets
    if name != "hidden-under-merge-name.xlsx":
        assert [one.name.value for one in department.projects] == list(NAMES[: len(expected.budgets)])
    found = [f"{one.code} {one.sheet}!{one.cell}" if one.cell else one.code for one in check(department, load())]
    assert sorted(found) == sorted(expected.findings)
    total = totals_of_department(department)
    assert total.budget == sum(one or 0 for one in expected.budgets)
    assert bool(total.note) is expected.lacks


def test_what_a_merge_hides_is_no_name() -> None:
    """A person sees a blank there."""
    project = read(FOLDER / "hidden-under-merge-name.xlsx").projects[0]
    assert project.name.value is None


def test_the_rows_below_an_indicator_named_like_a_footer_are_read() -> None:
    """审核通过率 is no 审核人."""
    project = read(FOLDER / "indicator-named-shenhe.xlsx").projects[0]
    assert len(project.indicators) == 7
    assert "审核通过率" in [one.level3.value for one in project.indicators]
