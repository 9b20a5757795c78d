"""Money in words beside a form; what it is and what it is not stands in the cases of S115."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests import builders, own_lists, own_sources
from xl_perf.core.cells.grid import Grid, Scalar
from xl_perf.core.forms.money_outside import money_outside


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("另：追加动物防疫补贴 500 万元", ["500 万元"]),
        ("单位：1000元", []),
        ("（金额单位为10000元）", []),
        ("单位：另有1000元", ["0.1 万元"]),
    ],
)
def test_a_text_below_a_form(text: str, amounts: list[str]) -> None:
    rows = builders.form()
    grid = Grid("01", [*rows, [None], [text]])
    projects = builders.projects_in(rows)
    found = list(money_outside(grid, projects, lambda: {Decimal(10)}))
    assert [one.said for one in found] == amounts


_SAID_AGAIN = [
    (["预算数", 50], ["预算数 50"]),
    (["预算数：50"], ["预算数：50"]),
    (["财政资金：50万元"], ["财政资金：50万元"]),
    (["预算数", 100], []),
    (["预算数：100万元"], []),
    (["2021年预算数", 50], []),
    (["预算数", "见上"], []),
    (["预算数", None], []),
]


@pytest.mark.parametrize(("below", "said"), _SAID_AGAIN)
def test_a_known_label_below_a_form(below: list[Scalar], said: list[str]) -> None:
    """It is no label of the form, which has its amounts already."""
    rows: builders.Rows = [*builders.form(), [None], below]
    projects = builders.projects_in(rows)
    found = list(money_outside(Grid("01", rows), projects, lambda: {Decimal(100)}, 2023))
    assert [one.text for one in found] == said


def test_a_known_label_above_its_amount() -> None:
    rows: builders.Rows = [*builders.national_form(), [None], ["资金总额", "财政拨款"], [50, 40]]
    projects = builders.projects_in(rows)
    found = list(money_outside(Grid("01", rows), projects, lambda: {Decimal(100)}))
    assert [one.text for one in found] == ["资金总额 50", "财政拨款 40"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"A16": "年度资金总额", "C16": 50}, ["年度资金总额 50"]),
        ({"A16": "单位资金：50"}, ["单位资金：50"]),
        ({"F12": "年度资金总额", "G12": 50}, ["年度资金总额 50"]),
        ({"A16": "年度资金总额", "C16": 130}, []),
    ],
)
def test_a_known_label_outside_an_own_form(tmp_path: Path, cells: Mapping[str, Scalar], said: list[str]) -> None:
    department = own_sources.filled(tmp_path, cells)
    assert department.projects[0].budget.value == 130
    assert [one.text for one in department.money_texts] == said


@pytest.mark.parametrize(
    ("row", "said"),
    [(("预算数", None, None, None, None, None, None, 50), ["预算数 50"]), (("预算数：50万元",), ["预算数：50万元"])],
)
def test_a_known_label_below_an_own_list(tmp_path: Path, row: own_lists.Row, said: list[str]) -> None:
    rows = (own_lists.FIRST, own_lists.SECOND, own_lists.TOTAL, own_lists.FOOTER, (), row)
    assert [one.text for one in own_lists.filled(tmp_path, rows).money_texts] == said
