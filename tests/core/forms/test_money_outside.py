"""Money in words beside a form; what it is and what it is not stands in the cases of S115."""

from decimal import Decimal

import pytest

from tests import builders
from xl_perf.core.cells.grid import Grid
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
