"""Amounts of a form whose label is missing, unknown or another one: read rightly, or named where they stand."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.national import MONEY, printed
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting

Money = Sequence[Sequence[Scalar]]


def book(*rows: list[list[Scalar]]) -> Department:
    return read_department(Book("本", [Grid(f"{number:02}", cells) for number, cells in enumerate(rows, 1)]))


def said(department: Department) -> list[tuple[str, str | None]]:
    """The errors and warnings about labels and amounts, with their cells."""
    found = check(department, fitting(department))
    return [(one.code, one.cell) for one in found if one.code[0] in "BS" and one.severity != "hint"]


def figures(department: Department) -> dict[str, Any]:
    return dict(totals_of_department(department).amounts)


def reasons(department: Department) -> list[str]:
    return [one.reason for one in totals_of_department(department).incomplete]


@pytest.mark.parametrize(
    ("money", "cell", "text"),
    [
        ((("年度资金总额：", "", 120), ("", "", 120), ("上年结转",), ("其他资金",)), "D6", "120"),
        ((("年度资金总额：", "", 386.5), ("其中：财政拨款", "", 300), ("", "", 86.5)), "D7", "86.5"),
        ((("年度资金总额：", "", 90), ("其中：财政拨款", "", 90), ("", "", 10), ("其他资金", "", 0)), "D7", "10"),
        ((("年度资金总额：", "", 90), ("其中：财政拨款", "", 90), (), ("", "", 30)), "D8", "30"),
    ],
)
def test_an_amount_that_lost_its_label_is_named_at_its_cell(money: Money, cell: str, text: str) -> None:
    """Once, and what the totals of the sources lack is said beside them."""
    department = book(printed(money))
    assert said(department) == [("S102", cell)]
    assert reasons(department) == [f"没有标签的 {text} 不知道是哪种资金"]


def test_an_amount_behind_an_unknown_label_is_named_at_its_cell() -> None:
    department = book(printed((*MONEY[:2], ("彩票公益金", "", 10))))
    assert said(department) == [("S102", "D7")]
    assert reasons(department) == ["“彩票公益金”后面的 10 不知道是哪种资金"]


def test_where_the_sources_add_up_an_unknown_label_is_part_of_one() -> None:
    department = book(printed((*MONEY[:2], ("其中：省级补助", "", 60), *MONEY[2:])))
    assert said(department) == [("B310", "D7")]
    assert reasons(department) == []


def test_zero_behind_an_unknown_label_says_nothing() -> None:
    assert said(book(printed((*MONEY, ("彩票公益金", "", 0))))) == []


def test_amounts_that_may_be_the_budget_are_named_where_its_label_is_missing() -> None:
    department = book(printed((("拟投入经费", "", 100), *MONEY[1:])))
    (finding,) = [one for one in check(department, fitting(department)) if one.code == "S102"]
    assert "D5 的 100（“拟投入经费”）没有计入合计" in finding.message
    assert reasons(department) == ["没有标签“预算数”"]


ONE_CELL = (
    "年度资金总额：100万元（其中：财政拨款90万元，其他资金10万元）",
    "年度资金总额：100.00万元\n其中：财政拨款 90.00万元\n其他资金 10.00万元",
    "年度资金总额：1,000,000元，其中：财政拨款900,000元；其他资金100,000元。",
)


@pytest.mark.parametrize("text", ONE_CELL)
def test_all_amounts_in_one_cell_are_read(text: str) -> None:
    department = book(printed(((text,),)))
    assert figures(department) == {"budget": 100, "fiscal": 90, "other": 10}
    assert not {code for code, _ in said(department)} - {"B306"}


def test_an_unknown_label_in_such_a_cell_is_named() -> None:
    department = book(printed((("年度资金总额：100万元（其中：财政拨款90万元，彩票公益金10万元）",),)))
    assert said(department) == [("S102", "B5")]
    assert reasons(department) == ["“彩票公益金”后面的 10万元 不知道是哪种资金"]
