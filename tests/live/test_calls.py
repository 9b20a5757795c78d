"""Calls to the host are what a click costs: per sheet a constant number, however many cells; linear in sheets."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import builders, departments
from tests.engines.libreoffice.counting import Counted
from tests.live.conftest import new_book
from xl_perf.core.making import draft
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.live import findings, summary
from xl_perf.live.host import Host
from xl_perf.live.reading import read_book, read_sheet

if TYPE_CHECKING:
    import xlwings

Counting = Callable[[int, int], "Counter"]


class Counter:
    """An open book whose calls over the pipe are counted."""

    def __init__(self, book: "xlwings.Book", calls: list[str]) -> None:
        self.book, self.host = book, Host(book)
        self._calls = calls

    def of(self, work: Callable[[], object]) -> list[str]:
        """The calls that the work costs; what is asked once only has been asked before."""
        work()
        del self._calls[:]
        work()
        return list(self._calls)


@pytest.fixture
def counting(office_app: "xlwings.App", tmp_path: Path) -> "Iterator[Counting]":
    import xlwings

    from xl_perf.engines.libreoffice.app import App

    def opened(projects: int, indicators: int) -> Counter:
        rows = [builders.indicator(level3=f"第{number}项") for number in range(indicators)]
        made = [departments.whole(name=f"项目{number}", indicators=rows) for number in range(projects)]
        path = tmp_path / f"{projects}-{indicators}.xlsx"
        new_book(draft.department(name="甲", year=2023, projects=made), tmp_path).rename(path)
        context = Counted(office_app.impl.context)
        app = xlwings.App(impl=App(office_app.impl.engine, context, headless=True))
        apps.connected(app.impl)  # xlwings brings sheets to the front in the active application only
        books.append(app.books.open(str(path)))
        return Counter(books[-1], context.calls)

    books: list[xlwings.Book] = []
    apps = office_app.impl.engine.apps
    yield opened
    for book in books:
        book.close()
        apps.gone(book.app.impl)


def test_a_sheet_is_read_in_one_call_however_long(counting: Counting) -> None:
    short, long = counting(1, 3), counting(1, 120)
    costs = []
    for counter in (short, long):
        sheet = counter.book.sheets["01"]
        calls = counter.of(lambda sheet=sheet: read_sheet(sheet))  # type: ignore[misc]
        assert calls.count("getDataArray") == 1
        assert "getDrawPage" not in calls  # pictures matter where there is no form
        assert calls.count("getPropertyState") == 1 + 2  # of the sheet, and of the amounts that are filled in
        costs.append(len(calls))
    assert costs[0] == costs[1]


@pytest.mark.slow
def test_reading_is_linear_in_projects(counting: Counting) -> None:
    costs = {}
    for projects in (10, 20, 40):
        counter = counting(projects, 3)
        calls = counter.of(lambda book=counter.book: read_book(book))  # type: ignore[misc]
        # One for each form, 首页, 整体绩效目标, 空白表, 部门汇总, 校验结果, 字典.
        assert calls.count("getDataArray") == projects + 6
        costs[projects] = len(calls)
    assert costs[40] - costs[20] == 2 * (costs[20] - costs[10])


def test_findings_cost_the_same_however_many(counting: Counting) -> None:
    counter = counting(1, 3)
    found = [
        Finding("F202", "说明", "改法", "01", row, 1, "字段", "=78人", severity=Severity.WARNING) for row in range(400)
    ]
    few = counter.of(lambda: findings.fill(counter.host, found[:3], {}))
    many = counter.of(lambda: findings.fill(counter.host, found, {}))
    assert len(many) == len(few)
    assert many.count("setDataArray") + many.count("setFormulaArray") <= 2


@pytest.mark.slow
def test_the_summary_is_written_in_one_block(counting: Counting) -> None:
    costs = {}
    for projects in (10, 20, 40):
        counter = counting(projects, 3)
        calls = counter.of(lambda host=counter.host: summary.consolidate(host))  # type: ignore[misc]
        assert calls.count("setFormulaArray") == 1
        costs[projects] = len(calls)
    assert costs[40] - costs[20] == 2 * (costs[20] - costs[10])
