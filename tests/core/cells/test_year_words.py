"""What other years are called, and what only looks like it."""

import re

import pytest

from xl_perf.core.cells.year_words import OF_OTHER_YEARS


@pytest.mark.parametrize("label", ["上年预算数", "去年安排", "前年预算", "往年预算数", "上一年预算", "决算数"])
def test_other_years(label: str) -> None:
    """Amounts that are none of this year's budget."""
    assert re.search(OF_OTHER_YEARS, label)


@pytest.mark.parametrize(
    "label", ["上年结转", "上年转入资金", "以前年度资金", "当前年度预算", "60岁以上年满", "本年预算", "预算数"]
)
def test_this_year(label: str) -> None:
    """This year's money, what is carried over into it among it."""
    assert re.search(OF_OTHER_YEARS, label) is None
