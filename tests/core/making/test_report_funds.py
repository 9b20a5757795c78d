"""The rows of the money stay apart in what is written, and nothing is added up that nobody can know."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.builders import Rows, cover, form, monitoring_form
from tests.command_line import ROOT
from xl_perf import read
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.checking.check import check
from xl_perf.core.forms.box import Role
from xl_perf.core.making.report_layout import report_layout
from xl_perf.core.making.report_results import changed_rates
from xl_perf.core.making.reports import draft_of, evaluation_draft
from xl_perf.core.making.told import told_of
from xl_perf.core.making.whole_reports import monitoring_drafts
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.profiles import load

PROFILE = load("hebei-2023")


def with_sources(month: int, *sources: tuple[str, float, float], whole: Any = 100.0) -> Rows:
    """A monitoring table with these sources: label, budget, outturn."""
    rows = monitoring_form(month)
    rows[5][3] = whole
    own: Rows = [["", label, "", budget, "", outturn, *[""] * 10] for label, budget, outturn in sources]
    return [*rows[:6], *own, *rows[8:]]


def book(*tables: tuple[int, Rows]) -> Department:
    sheets = [Grid("首页", cover()), Grid("01", form())]
    return read_department(Book("本", [*sheets, *(Grid(f"监控-{month}月", rows) for month, rows in tables)]))


TWO = (("一般公共预算", 60.0, 14.0), ("政府性基金", 40.0, 10.0))


def test_two_rows_of_one_source_have_cells_of_their_own() -> None:
    department = book((3, with_sources(3, *TWO)))
    draft = draft_of(department.monitoring[0])
    assert [fund.key for fund in draft.funds] == ["budget", "fiscal", "fiscal#2"]
    boxes = report_layout(draft, 0, PROFILE.monitor, PROFILE.evaluate).boxes
    budgets = [box.content for box in boxes if box.key == "initial_budget" and box.role is Role.INPUT]
    assert budgets == [100, 60, 40]
    assert len({(box.key, box.item, box.role) for box in boxes if isinstance(box.item, str)}) == sum(
        isinstance(box.item, str) for box in boxes
    )


def test_the_outturn_of_the_period_before_is_that_of_the_same_row() -> None:
    june = with_sources(6, ("一般公共预算", 60.0, 28.0), ("政府性基金", 40.0, 12.0))
    department = book((3, with_sources(3, *TWO)), (6, june))
    (draft,) = monitoring_drafts(department, 6, PROFILE)
    assert [fund.aside.get("last_outturn") for fund in draft.funds] == [24, 14, 10]
    assert not [one for one in check(department, PROFILE) if one.code == "M804"]


def test_a_self_evaluation_takes_over_what_all_rows_of_a_source_come_to() -> None:
    department = book((3, with_sources(3, *TWO)))
    draft = evaluation_draft(department.projects[0], 2023, "", department.monitoring[0], PROFILE)
    assert {fund.key: fund.values["outturn"] for fund in draft.funds if fund.values["outturn"] is not None} == {
        "budget": Decimal(24),
        "fiscal": Decimal(24),
    }


def test_a_blank_whole_is_not_made_of_rows_of_which_one_may_hold_the_other() -> None:
    department = book((3, with_sources(3, ("财政资金", 100.0, 24.0), ("其中：一般公共预算", 100.0, 24.0), whole="")))
    layout = report_layout(draft_of(department.monitoring[0]), 0, PROFILE.monitor, PROFILE.evaluate)
    (whole,) = (box for box in layout.boxes if box.key == "initial_budget" and box.item == "budget")
    assert (whole.content, whole.formula) == (None, "")


def test_what_our_own_tables_show_beside_the_money_is_not_unread() -> None:
    """The example's monitoring has 上期执行数, 计划进度 and lights right of its money."""
    department = read(ROOT / "docs" / "examples" / "example-2023-06.xlsx")
    assert [one.unread for one in department.monitoring] == [()] * 8
    assert not [one for one in check(department, PROFILE) if one.code == "M819"]


def test_tables_of_one_kind_on_a_sheet_are_one_line() -> None:
    """Where they are not taken over."""
    department = replace(read(ROOT / "docs" / "examples" / "example-2023-06.xlsx"), monitoring=())
    told = told_of(department, str, "", with_amounts=False)
    assert told.notes == (
        "监控-6月的 8 张“项目支出绩效目标执行监控表”（绩效运行监控表）不是项目绩效目标表，没有收进来",
    )


def test_the_next_period_asks_anew_what_can_be_reached() -> None:
    """Reasons are carried over to be looked over; 确定能 of June is no answer for September."""
    june = monitoring_form()
    june[11][12] = "天气原因"
    (september,) = monitoring_drafts(book((6, june)), 9, PROFILE)
    assert [row.values.get("certain") for row in september.rows] == [None] * len(september.rows)
    assert september.rows[0].values["explanation"] == "天气原因"


def test_a_rate_that_was_typed_and_comes_out_otherwise_is_told() -> None:
    """48 of 100 are 48 %; what is printed with fewer digits is the same."""
    june = monitoring_form()
    june[5][6], june[6][6] = "45%", "48%"
    assert changed_rates(book((6, june)).monitoring) == ["“村级道路养护”执行率 45% 改为 48.00%"]
