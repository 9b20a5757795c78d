"""Labels of sources that people word otherwise than the form of their office does, and sources that they add to it."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.own_sources import BUDGET, FUND, STATE, filled
from xl_perf.core.cells.entries import amount_entry, together
from xl_perf.core.cells.entry import Status, absent
from xl_perf.core.checking.check import check
from xl_perf.core.figures.missing import missing_from
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting

__all__ = ["run"]


def found_in(department: Department) -> list[Finding]:
    return list(check(department, fitting(department)))


@pytest.mark.parametrize(
    ("fund", "state"),
    [
        ("政府性基金拨款", "国有资本经营预算拨款"),
        ("政府性基金", "国有资本经营预算拨款"),
        ("政府性基金预算拨款", "国有资本经营预算"),
        ("政府性基金预算", "国有资本经营预算"),
    ],
)
def test_a_known_wording_stands_for_the_row_of_the_form(fund: str, state: str, tmp_path: Path, run: Runner) -> None:
    department = filled(tmp_path, {"C6": fund, "C7": state})
    (project,) = department.projects
    assert project.fiscal.value == Decimal(110)
    assert [
        str(project.value(f"more:fiscal:{label}").cell) for label in ("政府性基金预算拨款", "国有资本经营预算拨款")
    ] == [
        FUND,
        STATE,
    ]
    run("new", tmp_path / "新.xlsx", "--from", tmp_path / "局.xlsx")
    made = load_workbook(tmp_path / "新.xlsx")["01"]
    assert [made[f"D{row}"].value for row in range(4, 9)] == [130, 80, 20, 10, 20]


def test_rows_that_change_places_keep_their_amounts(tmp_path: Path) -> None:
    """The first row of a source is called as no form does: another of its rows is not taken for it."""
    (project,) = filled(tmp_path, {"C5": "年初盘子", "C6": "政府性基金"}).projects
    assert project.value("more:fiscal:政府性基金预算拨款").cell == FUND
    assert [(name, amount.cell) for name, amount in project.unlabelled] == [("年初盘子", "D5")]


@pytest.mark.parametrize("label", ["政府性基金", "其中：一般公共预算", "社会捐赠"])
def test_a_source_more_than_the_form_has_is_named(label: str, tmp_path: Path) -> None:
    """Whether the budget was raised as well or not; it is in no total."""
    department = filled(tmp_path, {BUDGET: 150}, row=(label, 20))
    (project,) = department.projects
    assert project.fiscal.value == Decimal(110)
    (said,) = [one for one in found_in(department) if one.code == "S102"]
    assert said.cell == "D9"
    assert label in said.message
    assert [one for one in missing_from(department) if label in one.reason]


@pytest.mark.parametrize("label", ["政府性基金", "社会捐赠"])
def test_a_source_more_beside_sources_that_add_up_is_named(label: str, tmp_path: Path) -> None:
    (project,) = filled(tmp_path, {BUDGET: 130}, row=(label, 20)).projects
    assert [(name, amount.cell) for name, amount in project.beside] == [(label, "D9")]


def test_what_makes_all_of_a_source_is_part_of_it(tmp_path: Path) -> None:
    (project,) = filled(tmp_path, row=("其中：财政拨款", 110)).projects
    assert not project.beside
    assert not project.unlabelled


def test_a_label_behind_of_which_may_be_numbered(tmp_path: Path) -> None:
    (project,) = filled(tmp_path, {"C5": "其中：1.财政拨款"}).projects
    assert project.value("fiscal").cell == "D5"


def test_the_remedy_names_the_labels_of_the_form(tmp_path: Path) -> None:
    """Not those of another form, which would be reported again: those that are missing, if any are."""
    (said,) = [one for one in found_in(filled(tmp_path, {"C8": "其他资金"})) if one.code == "S102"]
    assert "“单位资金”" in said.remedy
    assert "一般公共预算" not in said.remedy
    assert "其中：财政拨款" not in said.remedy


def test_amounts_put_together() -> None:
    """A missing one takes nothing away, one that cannot be read stays."""
    one, none = amount_entry(5, "s", 0, 0), amount_entry(None, "s", 1, 0)
    unread = amount_entry("约30", "s", 2, 0)
    for other in (none, absent("s")):
        assert together(one, other) is together(other, one) is one
    assert together(absent("s"), none) is together(none, absent("s")) is none
    for other in (one, none, absent("s")):
        assert together(unread, other) is together(other, unread) is unread
    assert unread.status is Status.UNREADABLE
