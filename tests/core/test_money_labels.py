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
    assert reasons(department) == ["没有标签“年度资金总额”"]


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


SOURCES = {
    "一般公共预算": ("100", "0"),
    "政府性基金预算资金": ("100", "0"),
    "国有资本经营预算资金": ("100", "0"),
    "本级财政资金": ("100", "0"),
    "其中：政府性基金": ("100", "0"),
    "事业收入": ("90", "10"),
    "上级财政资金": ("90", "10"),
    "上级补助": ("90", "10"),
    "市县财政资金": ("90", "10"),
    "地方配套": ("90", "10"),
    "债券资金": ("90", "10"),
    "银行贷款": ("90", "10"),
    "单位自筹": ("90", "10"),
}


@pytest.mark.parametrize(("label", "amounts"), SOURCES.items())
def test_a_source_counts_as_money_of_the_treasury_or_as_other_money(label: str, amounts: tuple[str, str]) -> None:
    department = book(printed((*MONEY[:2], (label, "", 10))))
    assert said(department) == []
    assert tuple(str(figures(department)[key]) for key in ("fiscal", "other")) == amounts
    assert reasons(department) == []


def test_what_the_treasurys_money_is_made_of_counts_once() -> None:
    parts = (("一般公共预算", "", 60), ("政府性基金预算", "", 30), ("国有资本经营预算", "", 0))
    department = book(printed((*MONEY[:2], *parts, MONEY[2])))
    assert (said(department), reasons(department)) == ([], [])
    assert figures(department) == {"budget": 100, "fiscal": 90, "other": 10}


def test_without_a_label_for_all_of_it_its_parts_are_added_up() -> None:
    money = (("合计", "", 100), ("一般公共预算", "", 70), ("政府性基金预算", "", 20), ("单位自筹", "", 10))
    department = book(printed(money, part="资金来源（万元）"))
    assert (said(department), reasons(department)) == ([], [])
    assert figures(department) == {"budget": 100, "fiscal": 90, "other": 10}


def test_two_amounts_of_a_source_that_do_not_add_up_are_named_once() -> None:
    department = book(printed((*MONEY[:2], ("一般公共预算", "", 70), MONEY[2], ("上年结转", "", 5))))
    assert said(department) == [("S103", "B7")]
    assert reasons(department) == ["财政拨款写了不止一处"]


def test_of_two_different_budgets_neither_counts() -> None:
    department = book(printed((MONEY[0], ("年度预算金额", "", 120), *MONEY[1:])))
    assert said(department) == [("S103", "B6")]
    assert figures(department)["budget"] == 0
    assert reasons(department) == ["年度资金总额写了两个"]
    same = book(printed((MONEY[0], MONEY[0], *MONEY[1:])))
    assert (said(same), figures(same)["budget"]) == ([("S103", "B6")], 100)


def test_one_source_that_is_less_than_the_budget_leaves_the_rest_unsaid() -> None:
    department = book(printed(MONEY[:2]))
    assert said(department) == []
    assert reasons(department) == ["没有写其余的资金来源"]
    assert said(book(printed((MONEY[0], ("其中：财政拨款", "", 110))))) == [("B303", "D5")]


def test_the_years_amounts_stand_below_their_heading() -> None:
    money = (
        ("资金来源", "上年预算数", "本年预算数"),
        ("年度资金总额", 80, 100),
        ("其中：财政拨款", 75, 90),
        ("其他资金", 5, 10),
    )
    department = book(printed(money))
    assert (said(department), reasons(department)) == ([], [])
    assert figures(department) == {"budget": 100, "fiscal": 90, "other": 10}


BUDGETS = ("当年预算", "当年预算安排", "年度预算金额", "2022年度预算金额", "资金额度", "申请金额", "本年预算", "合计")


@pytest.mark.parametrize("label", BUDGETS)
def test_labels_of_the_budget(label: str) -> None:
    department = book(printed((), head=[("项目名称", "道路养护"), (f"{label}（万元）", 100)]))
    assert figures(department)["budget"] == 100
    assert said(department) == []


def test_a_second_budget_counts_where_the_first_is_blank() -> None:
    department = book(printed((("年度资金总额：",), ("年度预算金额", "", 100), *MONEY[1:])))
    assert (said(department), figures(department)["budget"]) == ([], 100)


def test_what_is_more_than_its_source_is_no_part_of_it() -> None:
    department = book(printed((*MONEY[:2], ("政府性基金预算", "", 95), MONEY[2])))
    assert said(department) == [("S103", "B7")]
    assert reasons(department) == ["财政拨款写了不止一处"]


def test_a_further_amount_that_cannot_be_read_is_named() -> None:
    department = book(printed((*MONEY[:2], ("政府性基金预算", "", "约20"), MONEY[2])))
    assert said(department) == [("S103", "B7")]
