"""Calls to the host are what a click costs: per sheet a constant number, however many cells; linear in sheets."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import builders, departments
from tests.engines.libreoffice.counting import Counted
from tests.live.conftest import new_book
from tests.live.programs import only_libreoffice
from xl_perf.core.making import draft
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.live import cover, edits, findings, importing, marks, projects, reading, rows, summary, undoing, validation
from xl_perf.live.host import Host
from xl_perf.live.reading import read_book, read_sheet

if TYPE_CHECKING:
    import xlwings

Work = Callable[[Host], object]
pytestmark = only_libreoffice

Counting = Callable[[int, int], "Counter"]


class Counter:
    """An open book whose calls over the pipe are counted."""

    def __init__(self, book: "xlwings.Book", calls: list[str]) -> None:
        self.book, self.host = book, Host(book)
        self._calls = calls

    def of(self, work: Callable[[], object]) -> list[str]:
        """The calls that the work costs; what is asked once only has been asked before."""
        work()
        return self.once(lambda _: work())

    def once(self, work: Work) -> list[str]:
        """The calls that the work costs when it is done once."""
        del self._calls[:]
        work(self.host)
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
    for number in (2, 4, 8):
        counter = counting(number, 3)
        calls = counter.of(lambda book=counter.book: read_book(book))  # type: ignore[misc]
        # One for each form, 首页, 整体绩效目标, 空白表, 部门汇总, 校验结果, 字典.
        assert calls.count("getDataArray") == number + 6
        costs[number] = len(calls)
    assert costs[8] - costs[4] == 2 * (costs[4] - costs[2])


def test_findings_cost_the_same_however_many(counting: Counting) -> None:
    counter = counting(1, 3)
    found = [
        Finding("F202", "说明", "改法", "01", row, 1, "字段", "=78人", severity=Severity.WARNING) for row in range(400)
    ]
    few = counter.of(lambda: findings.fill(counter.host, found[:3], {}))
    many = counter.of(lambda: findings.fill(counter.host, found, {}))
    assert len(many) == len(few)
    assert many.count("setDataArray") + many.count("setFormulaArray") <= 2


def test_marks_are_taken_off_for_few_calls_each(counting: Counting) -> None:
    counter = counting(1, 40)

    def cleared(number: int) -> list[str]:
        found = [
            Finding("F202", "说明", "改法", "01", 13 + at, 4, "字段", "", severity=Severity.WARNING)
            for at in range(number)
        ]
        marks.mark(counter.host, found)
        return counter.once(marks.clear_marks)

    cleared(1)
    few, many = cleared(2), cleared(32)
    assert few.count("isProtected") == many.count("isProtected")
    assert many.count("getAnnotation") == 0
    assert len(many) - len(few) <= 30 * 20


def in_front(sheet: str, work: Work) -> Work:
    """The work with the cursor in the indicators of a sheet, where it begins."""

    def done(host: Host) -> object:
        host.book.sheets[sheet].activate()
        host.book.sheets[sheet].range("C14").select()
        return work(host)

    return done


BUTTONS: dict[str, Work] = {
    "校验全部": validation.validate,
    "校验本表": in_front("02", validation.validate_sheet),
    "清除标记": marks.clear_marks,
    "汇总": summary.consolidate,
    "规范化": edits.normalise,
    "新增项目": projects.add,
    "撤销新增": undoing.undo,
    "复制项目": in_front("02", projects.copy),
    "撤销复制": undoing.undo,
    "增加指标行": in_front("02", rows.add_indicator_row),
    "撤销增加行": undoing.undo,
    "删除项目": in_front("02", projects.delete),
    "撤销删除": undoing.undo,
}
"""As they are pressed, one after the other."""


AROUND = 8
"""Rows around the list of 部门汇总 that 汇总 writes anew: title, both 合计, 参考进度."""


@pytest.mark.slow
def test_every_button_is_linear_in_projects(counting: Counting) -> None:
    costs: dict[str, list[int]] = {button: [] for button in BUTTONS}
    for number in (3, 4, 5):
        counter = counting(number, 3)
        for button, work in BUTTONS.items():
            counter.book.app.impl.alerts.answers[:] = ["yes"]
            calls = counter.once(work)
            assert button != "汇总" or calls.count("setFormulaArray") <= 1 + AROUND
            costs[button].append(len(calls))
    assert [button for button, (few, more, most) in costs.items() if most - more != more - few] == []


@pytest.mark.slow
def test_blank_forms_cost_little_to_check(counting: Counting) -> None:
    """A workbook that was just handed out: reading, a mark for each form; pressed again, a look at the mark."""
    counter, costs = counting(1, 3), []
    for _ in range(2):
        for _ in range(3):
            projects.add(counter.host)
        presses = validation.validate, validation.validate, marks.clear_marks
        costs.append([len(counter.once(press)) for press in presses])
    first, again, cleared = ((more - few) / 3 for few, more in zip(*costs, strict=True))
    assert first <= 60
    assert again <= 60
    assert cleared <= 40


def test_a_list_in_order_costs_the_same_to_look_at(counting: Counting) -> None:
    """It is looked at before every button."""
    costs = []
    for number in (2, 6):
        counter = counting(number, 3)
        costs.append(len(counter.of(lambda host=counter.host: cover.refresh(host))))  # type: ignore[misc]
    assert costs[0] == costs[1]
    assert costs[0] < 150


def test_a_form_costs_the_same_to_take_in_however_many_there_are(counting: Counting) -> None:
    costs = []
    for number in (2, 6):
        counter = counting(number, 3)
        project = reading.department_of(counter.host).projects[0]
        model, profile = projects.model_sheet(counter.host), reading.profile_of(counter.book)
        add = partial(importing.add_form, model=model, project=project, profile=profile)
        costs.append(len(counter.of(lambda add=add, host=counter.host: add(host))))  # type: ignore[misc]
    assert costs[0] == costs[1]
