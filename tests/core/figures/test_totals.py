"""Sums are exact, whatever the order; a summary of two is the summary of both."""

from decimal import Decimal
from fractions import Fraction
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import form, national_form, project, project_in
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.figures.missing import missing_from
from xl_perf.core.figures.summary import summarise
from xl_perf.core.figures.totals import Totals, add_up, planned_amount, planned_amounts, totals_of
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.submission.frozen import totals_of_json, totals_to_json

AMOUNTS = st.decimals(min_value=0, max_value=10**8, places=6)
PERCENTS = st.lists(st.integers(0, 100), min_size=4, max_size=4).map(sorted)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project with amounts to the 分, some of them blank."""
    fiscal, other = draw(st.none() | AMOUNTS), draw(st.none() | AMOUNTS)
    texts = [None if amount is None else f"{amount}万元" for amount in (draw(AMOUNTS), fiscal, other)]
    return draft.project(
        name=draw(st.text(min_size=1, max_size=5)),
        budget=texts[0],
        fiscal=texts[1],
        other=texts[2],
        percents=[f"{share}%" for share in draw(PERCENTS)],
    )


def test_reference_totals() -> None:
    """The eight amounts of the official text, and their plans at the four checkpoints."""
    amounts = [161.93, 71.75, 50.0, 78.32, 78.83, 100.0, 94.93, 500.0]
    plans = [(25, 50, 75, 100)] * 8
    plans[1], plans[2] = (0, 50, 50, 100), (0, 0, 0, 100)
    total = add_up(
        totals_of(draft.project(budget=amount, fiscal=amount, percents=plan))
        for amount, plan in zip(amounts, plans, strict=True)
    )
    assert (total.projects, *total.amounts.values()) == (
        8,
        Decimal("1135.76"),
        Decimal("1135.76"),
        Decimal(0),
    )
    planned = [total.planned_at(month) for month in (3, 6, 10, 12)]
    assert planned == [Decimal("253.5025"), Decimal("542.88"), Decimal("796.3825"), Decimal("1135.76")]


def test_no_float_arithmetic() -> None:
    """Ten times 0.1 is 1, which doubles miss."""
    tenth = totals_of(draft.project(budget=0.1))
    assert add_up([tenth] * 10).budget == 1
    assert sum([0.1] * 10) != 1


@given(st.lists(projects(), max_size=8).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_totals_do_not_depend_on_the_order(pair: tuple[list[Project], list[Project]]) -> None:
    """Any order gives the same totals."""
    one, other = pair
    assert add_up(map(totals_of, one)) == add_up(map(totals_of, other))


@given(st.lists(projects(), max_size=8))
def test_adding_up_is_adding_one_after_the_other(some: list[Project]) -> None:
    """To the last digit, and written with the same digits."""
    parts = list(map(totals_of, some))
    assert repr(add_up(parts)) == repr(reduce(Totals.plus, parts, Totals()))


@given(projects())
def test_what_is_planned_counts_in_the_totals(project: Project) -> None:
    """A blank month counts as 0; every other is so many per cent of the budget, exactly."""
    assert totals_of(project).planned == tuple((month, amount or 0) for month, amount in planned_amounts(project))
    for point, (month, amount) in zip(project.plan, planned_amounts(project), strict=True):
        total, percent = project.budget.value, point.percent.value
        assert month == point.month
        assert (amount is None) is (total is None or percent is None)
        if amount is not None and total is not None and percent is not None:
            assert Fraction(amount) == Fraction(total) * Fraction(percent) / 100


def test_thirty_digits_stay_exact() -> None:
    """Amounts of as many digits as an amount may have, of very different size."""
    large, small = "9" * 30, "0." + "0" * 27 + "1"
    total = add_up(totals_of(draft.project(budget=one, percents=[33, 66, 99, 100])) for one in (large, small))
    assert total.budget == Decimal(f"{large}.{'0' * 27}1")
    assert Fraction(total.planned_at(3)) == (Fraction(large) + Fraction(small)) * 33 / 100


@given(st.lists(projects(), max_size=5), st.lists(projects(), max_size=5))
def test_summary_of_both_is_the_summary_of_each_with_the_other(one: list[Project], other: list[Project]) -> None:
    """summarise(a + b) = summarise(a) + summarise(b), and so are the totals."""
    first = draft.department(name="甲", projects=one)
    second = draft.department(name="乙", projects=other)
    both = summarise([first, second])
    assert both == summarise([first]) + summarise([second])
    assert both.totals == summarise([first]).totals.plus(summarise([second]).totals)
    assert both.totals == add_up(both.by_department.values())


def test_planned_amount_is_exact_and_blank_stays_blank() -> None:
    """25 % of 161.93 is 40.4825; a blank percentage or budget plans nothing."""
    project = draft.project(budget=161.93, percents=[0.25, None, "过半", 1])
    assert [planned_amount(project, month) for month in (3, 6, 10, 12)] == [
        Decimal("40.4825"),
        None,
        None,
        Decimal("161.93"),
    ]
    assert planned_amount(draft.project(percents=[0.25, 0.5, 0.75, 1]), 3) is None
    assert planned_amount(project, 9) is None
    assert planned_amounts(project) == tuple((month, planned_amount(project, month)) for month in (3, 6, 10, 12))


def test_months_of_both_are_kept() -> None:
    """Adding totals of other checkpoints loses none of them."""
    total = Totals(planned=((3, Decimal(1)),)).plus(Totals(planned=((3, Decimal(2)), (9, Decimal(4)))))
    assert total.planned == ((3, Decimal(3)), (9, Decimal(4)))
    assert total.planned_at(6) == 0


def test_frame() -> None:
    """One row per project; amounts stay Decimal, blanks stay blank."""
    department = draft.department(
        name="甲",
        year=2023,
        projects=[
            draft.project(name="一", budget=161.93, fiscal="161.93万元", percents=[0.25, 0.5, 0.75, 1]),
            draft.project(name="=二", code="————"),
        ],
    )
    frame = summarise([department]).to_frame()
    assert list(frame["项目名称"]) == ["一", "=二"]
    assert list(frame["预算数"]) == [Decimal("161.93"), None]
    assert list(frame["其他资金"]) == [None, None]
    assert list(frame["3月底(%)"]) == [Decimal(25), None]
    assert frame["3月底(万元)"].iloc[0] == Decimal("40.4825")
    assert list(frame["部门"]) == ["甲", "甲"]
    assert list(frame["项目编码"]) == [None, "————"]


def test_without_findings_nothing_is_said_about_errors() -> None:
    """No check is not the same as no error."""
    department = draft.department(name="甲", projects=[draft.project(name="一", budget=1)])
    unchecked, clean = summarise([department]), summarise([department], [[]])
    assert [line.state for line in (*unchecked.lines, *clean.lines)] == ["未校验", "通过"]
    assert unchecked.to_frame()[["错误", "警告", "提示"]].to_numpy().tolist() == [[None, None, None]]
    assert clean.to_frame()[["错误", "警告", "提示"]].to_numpy().tolist() == [[0, 0, 0]]


def test_how_the_amounts_are_made_up_is_said() -> None:
    """Carried-over money within 其他资金, money without sources, and how many projects plan their spending."""
    rows = [row.copy() for row in national_form()]
    rows.insert(5, ["", "  上年结转", 20.0, "", "", ""])
    rows[3][2] = 120.0
    bare = [row for row in national_form(name="乙") if str(row[1]).strip() not in {"其中：财政拨款", "其他资金"}]
    carried, undivided = project_in(rows), project_in(bare)
    totals = add_up(map(totals_of, (project(), carried, undivided)))
    assert (totals.planning, totals.undivided) == (1, Decimal(100))
    assert totals.within_other == {"上年结转": Decimal(20)}
    assert totals.remarks == [
        "其他资金含上年结转 20 万元",
        "100 万元没有写资金来源，财政资金和其他资金都不含",
        "3 个项目中 1 个有支出计划",
    ]
    assert totals_of(project()).plus(totals_of(carried)).plus(totals_of(undivided)) == totals
    assert add_up([totals_of(project())]).remarks == []


def test_percentages_that_cannot_be_read_are_said_beside_the_totals() -> None:
    """The sums of the spending plan lack them; an early blank or placeholder is 0."""
    read, blank = project(), project(percents=["", "————", "75%", "100%"])
    unread = project_in(form(percents=["1/4", "一半", "75%", "100%"]))
    totals = add_up(map(totals_of, (read, unread, blank)))
    assert totals.remarks == ["支出计划的合计不含 1 个项目（01）：计划没有填、读不出，或填的不是百分比"]
    assert reduce(Totals.plus, map(totals_of, (read, unread, blank))) == totals
    assert totals_of_json(totals_to_json(totals), "本").remarks == totals.remarks
    assert add_up(map(totals_of, (read, blank))).remarks == []
    many = add_up(totals_of(unread)._replace(unplanned=(f"{number:02}",)) for number in range(1, 8))
    said = "支出计划的合计不含 7 个项目（01、02、03、04、05 等）：计划没有填、读不出，或填的不是百分比"
    assert many.remarks[-1] == said


def test_plans_without_an_end_are_said_beside_the_totals() -> None:
    """A plan adds up to its budget in the end: a blank there is no 0, and the totals lack the project."""
    blank = project_in(form(percents=["", "", "", ""]))
    ended = project_in(form(percents=["", "", "", "100%"]))
    said = "支出计划的合计不含 1 个项目（01）：计划没有填、读不出，或填的不是百分比"
    assert add_up(map(totals_of, (blank, ended))).remarks == [said]
    assert totals_of(project_in(form(percents=["25%", "50%", "75%", "————"]))).remarks == [said]
    assert totals_of(project_in(form(budget="0", fiscal="0", percents=["", "", "", ""]))).remarks == []


def test_months_to_be_shown() -> None:
    """What is planned for, and no month that no form has; the checkpoints where there are no forms yet."""
    assert Totals().months((3, 12)) == (3, 12)
    assert totals_of(project_in(national_form())).months((3, 12)) == ()
    assert Totals(1, planned=((9, Decimal(1)),)).months((3, 12)) == (9,)


def test_a_month_that_only_some_plan_for_is_said() -> None:
    """Quarters beside 10月底: the sum of a month is not that of all projects."""
    quarters = totals_of(project(percents=(20, 40, 90, 100), months=(3, 6, 9, 12)))
    usual = totals_of(project(percents=(20, 40, 90, 100)))
    expected = "9月底的计划只含 1 个项目、10月底的计划只含 2 个项目：别的支出计划没有这个月"
    for both in (add_up([quarters, usual, usual]), quarters.plus(usual).plus(usual)):
        assert both.months(()) == (3, 6, 9, 10, 12)
        assert expected in both.remarks
    assert not [one for one in add_up([usual, usual]).remarks if "月底" in one]


def test_what_is_missing_names_the_project_where_several_stand_on_a_sheet() -> None:
    rows = [*form(name="甲", budget=None), list[Scalar](), *form(name="乙", budget=None)]
    book = read_department(Book("书", [Grid("全部", rows), Grid("单张", form(name="丙", budget=None))]))
    reasons = [(one.sheet, one.reason) for one in missing_from(book)]
    assert reasons == [("全部", "“甲”没有填预算数"), ("全部", "“乙”没有填预算数"), ("单张", "没有填预算数")]
