"""What B307 and B310 say of amounts: an example that was converted, a remedy for what stands among the sources."""

from tests.builders import Rows, national_form
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting


def findings(rows: Rows, code: str) -> list[Finding]:
    department = read_department(Book("书", [Grid("表", rows)]))
    return [one for one in check(department, fitting(department)) if one.code == code]


def in_yuan(*amounts: object) -> Rows:
    rows = [*national_form()]
    rows[3] = ["项目资金（元）", *rows[3][1:]]
    for at, amount in enumerate(amounts, 3):
        rows[at] = [*rows[at][:2], amount, *rows[at][3:]]  # type: ignore[list-item]
    return rows


def test_the_example_is_an_amount_that_was_converted() -> None:
    """An amount that names its own unit was not: it would read “100万元 读作 100 万元”."""
    (plain,) = findings(in_yuan(1000000.0, 800000.0, 200000.0), "B307")
    assert plain.message.endswith("预算数 1000000 读作 100 万元")
    (named,) = findings(in_yuan("100万元", 800000.0, 200000.0), "B307")
    assert named.message.endswith("财政拨款 800000 读作 80 万元")


def test_a_further_line_among_the_sources_is_no_second_budget() -> None:
    """It may be one more source, or a part of one; a line that speaks of a budget is told as ever."""
    for name, remedy in (("企业捐助", "是一种资金来源的"), ("追加预算数", "请只留一个预算数")):
        rows = [*national_form()]
        rows.insert(5, ["", name, 5.0, "", "", ""])
        (found,) = findings(rows, "B310")
        assert found.remedy.startswith(remedy), found


def test_a_small_budget_in_yuan_may_be_meant_for_wan() -> None:
    """It is counted as it is written, and warned of."""
    (small,) = findings(in_yuan(320.56, 300.56, 20.0), "B307")
    assert small.severity is Severity.WARNING
    assert "像是按万元填的" in small.message
    (plain,) = findings(in_yuan(1000000.0, 800000.0, 200000.0), "B307")
    assert plain.severity is Severity.HINT
