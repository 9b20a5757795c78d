"""Which of several versions counts: a choice goes before dates, a changed version replaces nothing."""

from dataclasses import replace
from decimal import Decimal

from xl_perf.core.checking.counting import decide
from xl_perf.core.checking.delivered import Delivered, ListedProject, Standing

PROJECT = ListedProject("01", "130201", "B2", "道路", "E2", budget=Decimal(10))


def book(path: str, modified: str, version: int | None = None, standing: int = Standing.USUAL) -> Delivered:
    return Delivered(path, "甲局", "甲局", 2023, path.encode(), modified, (PROJECT,), version, standing)


def counting(*books: Delivered) -> list[str]:
    return [one.path for one, outcome in zip(books, decide(books), strict=True) if outcome.left is None]


def reasons(*books: Delivered) -> list[str]:
    return [outcome.left.reason for outcome in decide(books) if outcome.left]


def test_a_changed_one_never_replaces_another() -> None:
    books = book("一", "2023-01-01"), book("二", "2023-02-01", standing=Standing.CHANGED)
    assert counting(*books) == ["一"]
    assert reasons(*books) == ["内容与自己的报送清单不符，没有替换 一"]


def test_changed_ones_alone_follow_each_other_by_date() -> None:
    books = (book(one, when, standing=Standing.CHANGED) for one, when in (("一", "2023-01-01"), ("二", "2023-02-01")))
    assert counting(*books) == ["二"]


def test_the_manifest_s_number_goes_before_the_date_where_all_have_one() -> None:
    books = book("一", "2023-03-01", 1), book("二", "2023-01-01", 2)
    assert counting(*books) == ["二"]
    assert counting(*books, book("三", "2023-02-01")) == ["一"]
    _, outcome = reversed(decide(books))
    assert "（第 1 版，后一稿是第 2 版）" in outcome.findings[0].message


def test_a_choice_goes_before_everything() -> None:
    chosen = book("一", "2023-01-01", 1, Standing.USUAL + 1)
    later = book("二", "2023-03-01", 2)
    assert counting(chosen, later) == ["一"]
    assert reasons(chosen, later) == ["已经选定或批复过一稿，现在计入的是 一"]
    assert counting(chosen, replace(later, standing=Standing.USUAL + 2)) == ["二"]
