"""Edits to the usual form: offered where the meaning stays, and nowhere else."""

from decimal import Decimal

import pytest

from tests import departments
from xl_perf.core.cells.entries import amount_entry, code_entry, target_entry
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.making import draft
from xl_perf.core.making.normalising import amount_edits, code_edits, plan_edits, proposals, target_edits
from xl_perf.core.model.findings import Edit, Finding

PLACE = ("01", 2, 2)


@pytest.mark.parametrize(
    ("typed", "new"),
    [
        ("161.93万元", 161.93),
        (" 161.93 万元", 161.93),
        ("１６１．９３万元", 161.93),
        ("1,619,300元", 161.93),
        ("0.0161亿元", 161.0),
        ("50", 50.0),
    ],
)
def test_amounts(typed: str, new: float) -> None:
    assert list(amount_edits(amount_entry(typed, *PLACE))) == [Edit("01", 2, 2, typed, new)]


@pytest.mark.parametrize("typed", [161.93, 0, "", None, "————", "约50万", "50-60", "123456789012345678.9"])
def test_amounts_left_alone(typed: Scalar) -> None:
    assert not list(amount_edits(amount_entry(typed, *PLACE)))


def plan(*typed: Scalar) -> list[tuple[Scalar, Scalar]]:
    return [(edit.old, edit.new) for edit in plan_edits(draft.plan(typed))]


def test_plans() -> None:
    assert plan("25％", "50%", 0.75, 1) == [("25％", 0.25), ("50%", 0.5)]
    assert plan(25, 50, 75, 100) == [(25, 0.25), (50, 0.5), (75, 0.75), (100, 1.0)]
    assert plan("25%", None, None, "100%") == [("25%", 0.25), ("100%", 1.0)]


def test_plans_left_alone() -> None:
    assert plan(0.25, 0.5, 0.75, 1) == []
    assert plan(0, 0, 0, 1) == []
    assert plan("50%", "120%", "一半", "100%") == []  # over 100: as shares they would read otherwise
    assert plan(None, "————", None, None) == []


@pytest.mark.parametrize(
    ("typed", "new"),
    [
        ("＝78人", "=78人"),
        (">=90％", "≥90%"),
        ("≦１００万元", "≤100万元"),
        (" =78人 ", "=78人"),
        ("２０２３年12月底前", "2023年12月底前"),
        ("==100%", "=100%"),
    ],
)
def test_targets(typed: str, new: str) -> None:
    assert list(target_edits(target_entry(typed, *PLACE))) == [Edit("01", 2, 2, typed, new)]


@pytest.mark.parametrize("typed", ["=78人", "≥90%", "成效明显", "是", 0.9, None, "不少于5次", "（见附件）", "78，5"])
def test_targets_left_alone(typed: Scalar) -> None:
    assert not list(target_edits(target_entry(typed, *PLACE)))


def test_codes() -> None:
    assert list(code_edits(code_entry(" １３0200Ａ 1", *PLACE))) == [Edit("01", 2, 2, " １３0200Ａ 1", "130200A1")]
    assert not list(code_edits(code_entry("130200001", *PLACE)))
    assert not list(code_edits(code_entry("————", *PLACE)))
    assert not list(code_edits(code_entry(130200001.0, *PLACE)))


def test_edits_of_rules_go_first_and_each_cell_gets_one() -> None:
    project = departments.whole(budget="10万元")
    department = draft.department(projects=[project])
    amount = project.budget
    edit = Edit(amount.sheet, amount.row, amount.column, "10万元", 10.5)
    finding = Finding("B306", "说明", "改法", edit=edit)
    assert edit in proposals(department, [finding])
    assert len([one for one in proposals(department, [finding]) if one.row == amount.row]) == 1


def test_what_is_usual_needs_no_edit() -> None:
    project = departments.whole(budget=10.0, fiscal=10.0, percents=[0.25, 0.5, 0.75, 1.0])
    assert proposals(draft.department(projects=[project])) == []
    assert project.budget.value == Decimal(10)
