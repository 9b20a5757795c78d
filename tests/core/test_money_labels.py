"""Amounts of a form whose label is missing, unknown or another one: read rightly, or named where they stand."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.builders import form
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


@pytest.mark.parametrize(
    "typed", ["约30", "30左右", "三十", "三十万元", "约三十万", "20-30", "近30万元", "不超过30", "30多万", "３０余万元"]
)
@pytest.mark.parametrize("label", ["", "彩票公益金"])
def test_an_amount_without_a_label_that_cannot_be_read_is_named_at_its_cell(typed: str, label: str) -> None:
    """The budget counts; what the sources lack is said beside them."""
    department = book(printed((*MONEY[:2], (label, "", typed), ("其他资金", "", 0))))
    assert said(department) == [("S102", "D7")]
    place = f"“{label}”后面的" if label else "没有标签的"
    assert reasons(department) == [f"{place} {department.projects[0].unlabelled[0][1].text} 读不出，也不知道是哪种资金"]
    (finding,) = [one for one in check(department, fitting(department)) if one.code == "S102"]
    assert "读不出是多少，也不知道是哪种资金，没有计入任何一项来源" in finding.message


@pytest.mark.parametrize("typed", ["无", "——", "见附件", "三", "一般公共预算", "第三季度", "2023年", "待定", "已落实"])
def test_other_words_without_a_label_are_no_amounts(typed: str) -> None:
    assert reasons(book(printed((*MONEY[:2], ("", "", typed), ("其他资金", "", 10))))) == []


def test_an_amount_that_cannot_be_read_may_be_the_budget() -> None:
    department = book(printed((("拟投入经费", "", "约100"), *MONEY[1:])))
    (finding,) = [one for one in check(department, fitting(department)) if one.code == "S102"]
    assert "D5 的 约100（“拟投入经费”）没有计入合计" in finding.message


@pytest.mark.parametrize("column", [1, 2, 4])
@pytest.mark.parametrize("typed", [30.0, "30万元", "约30", "三十"])
def test_an_amount_without_a_label_is_not_what_the_money_is_for(typed: Scalar, column: int) -> None:
    """It stands between the amounts and the text."""
    rows = form()
    rows.insert(3, ["" if at != column else typed for at in range(7)])
    department = book(rows)
    assert department.projects[0].purpose.text == "资金主要用于村级道路日常养护。"
    assert said(department) == [("S102", f"{'ABCDE'[column]}4")]
    rows[4] = [""] * 7
    assert book(rows).projects[0].purpose.typed == typed


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


def test_an_amount_for_the_whole_time_is_none_for_the_year() -> None:
    """It is named where the year's is missing."""
    department = book(printed((("实施期资金总额：", "", 300), *MONEY[1:])))
    (finding,) = [one for one in check(department, fitting(department)) if one.code == "S102"]
    assert finding.message == (
        "表中没有标签“年度资金总额”，读不出它的内容；D5 的 300（“实施期资金总额”）、D6 的 90（“其中：财政拨款”）、"
        "D7 的 10（“其他资金”）是实施期的，不当作年度的，没有计入合计"
    )
    assert finding.remedy == "请在原来的位置补上“年度资金总额”；表里的总额就是这一年的，请改用这个标签"
    assert figures(department)["budget"] == 0


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


BELOW_HEADINGS = (("资金情况（万元）", "年度资金总额", "财政拨款", "其他资金"), ("", "", "", ""), ("合计", 100, 90, 10))
OF_ROWS = (("来源（万元）", "实施期金额", "年度金额"), ("财政拨款", 400, 90), ("其他资金", 40, 10), ("合计", 440, 100))


@pytest.mark.parametrize(
    ("money", "other", "cells"),
    [(BELOW_HEADINGS, ("合计", 120, 110, 10), ["B8", "B8"]), (OF_ROWS, ("合计", 460, 120), ["B9"])],
)
def test_of_two_rows_of_totals_with_different_amounts_neither_counts(
    money: Money, other: Sequence[Scalar], cells: list[str]
) -> None:
    department = book(printed((*money, other)))
    assert [cell for code, cell in said(department) if code == "S103"] == cells
    assert figures(department)["budget"] == 0
    assert "年度资金总额写了两个" in reasons(department)[0]
    same = book(printed((*money, money[-1])))
    assert (figures(same)["budget"], reasons(same)) == (100, [])


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


@pytest.mark.parametrize("other", ["上年预算数", "2022年执行数", "调整后预算数"])
@pytest.mark.parametrize("is_left", [True, False])
@pytest.mark.parametrize("typed", ["", "待定"])
def test_the_column_of_another_year_never_serves_for_this_year_s(other: str, is_left: bool, typed: str) -> None:
    """This year's amounts are still to come: last year's 80 are no budget."""

    def pair(of_other: Scalar, own: Scalar) -> list[Scalar]:
        return [of_other, own] if is_left else [own, of_other]

    money = [
        ["资金来源", "", *pair(other, "本年预算数")],
        ["年度资金总额", "", *pair(80.0, typed)],
        ["其中：财政拨款", "", *pair(75.0, typed)],
        ["其他资金", "", *pair(5.0, typed)],
    ]
    department = book(printed(money=money))
    assert figures(department)["budget"] == figures(department)["fiscal"] == 0
    assert "B301" in {code for code, _ in said(department)}
    assert reasons(department)


@pytest.mark.parametrize("name", ["调整后预算数", "预算数（调整后）", "批复预算"])
def test_another_budget_below_the_purpose_is_named(name: str) -> None:
    rows = form(budget=60, fiscal=60, other=None)
    rows.insert(4, ["", name, 80, "", "", "", ""])
    assert said(book(rows)) == [("B310", "C5")]
    rows[4][2] = 60
    assert said(book(rows)) == []
