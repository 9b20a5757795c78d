"""Which of several versions count where books of sections and of a whole department come one after another."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from xl_perf.core.checking.counting import Outcome, decide
from xl_perf.core.checking.delivered import Delivered, ListedProject, Standing


def project(said: str) -> ListedProject:
    """``甲 10``: the name, which is the code too, and the amount; ``甲@``: without a code."""
    name, _, amount = said.partition(" ")
    bare = name.removesuffix("@")
    return ListedProject("01", "" if bare != name else bare, "B2", bare, "E2", budget=Decimal(amount or 10), year=2024)


def book(path: str, day: int, *projects: str, standing: int = Standing.USUAL) -> Delivered:
    its = tuple(map(project, projects))
    return Delivered(path, "甲局", "甲局", 2024, path.encode(), f"2024-01-{day:02}", its, None, standing)


def outcomes(*books: Delivered) -> dict[str, Outcome]:
    return {one.path: outcome for one, outcome in zip(books, decide(books), strict=True)}


def counting(*books: Delivered) -> set[str]:
    return {path for path, outcome in outcomes(*books).items() if outcome.left is None}


SECTIONS = book("一", 1, "甲一", "甲二"), book("二", 2, "乙一", "乙二")
WHOLE = book("全", 3, "甲一", "甲二", "乙一", "乙二 12")


@pytest.mark.parametrize("order", [1, -1])
def test_a_section_that_a_whole_book_linked_counts(order: int) -> None:
    books = (*SECTIONS, WHOLE, book("一改", 5, "甲一 20", "甲二"))[::order]
    found = outcomes(*books)
    assert {path for path, one in found.items() if one.left is None} == {"二", "一改"}
    assert {path for path, one in found.items() if one.apart} == {"二"}
    assert {path: one.left.instead for path, one in found.items() if one.left} == {"一": "一改", "全": "一改"}
    assert not any(one.left.lost for one in found.values() if one.left)  # 乙一 and 乙二 count
    (said,) = found["二"].findings
    assert said.message == (
        "与计入的 一改 没有相同的项目，没有计入的 全 把两本连在一起，按分开报的都计入了合计；"
        "1 个项目的金额与 全 里的不同，计入的是这本的；如果是几稿，合计多算了 20 万元"
    )


def test_a_whole_book_comes_back_as_two() -> None:
    whole = book("丙", 1, "丙一", "丙二", "丙三", "丙四")
    parts = book("丙a", 5, "丙一", "丙二"), book("丙b", 6, "丙三", "丙四")
    assert counting(whole, *parts) == {"丙a", "丙b"}
    # Saved at the same time they are no drafts of each other.
    found = outcomes(whole, parts[0], book("丙b", 5, "丙三", "丙四"))
    assert [(one.left is None, one.undecided, one.apart) for one in found.values()] == [
        (False, False, False),
        (True, False, False),
        (True, False, True),
    ]


def test_one_common_project_keeps_a_draft_out() -> None:
    """By code, by name where the code is another one, and by code where the name has changed."""
    latest = book("三", 3, "丙", "丁", "戊")
    assert counting(book("一", 1, "甲", "丁"), book("二", 2, "甲", "丁", "丙"), latest) == {"三"}
    assert counting(book("一", 1, "甲@", "丁@"), book("二", 2, "甲@", "丁", "丙"), latest) == {"三"}
    mistyped = book("一", 1, "甲"), book("二", 2, "甲", "丁")  # 甲 and 丁 are no one project
    assert counting(*mistyped, book("三", 3, "丁 7")) == {"一", "三"}


def test_drafts_of_one_time_that_share_a_project_are_undecided() -> None:
    found = outcomes(
        book("一", 2, "甲", "乙"), book("二", 2, "甲", "乙 7"), book("三", 2, "甲", "丙"), book("四", 1, "甲")
    )
    assert [path for path, one in found.items() if one.undecided] == ["一", "二", "三"]
    assert found["四"].left is not None
    assert found["一"].findings[0].message.startswith("与 二、三 是同一部门")


def test_a_choice_still_goes_before_the_date() -> None:
    chosen = book("全", 1, "甲一", "乙一", standing=Standing.USUAL + 1)
    assert counting(chosen, book("一", 2, "甲一"), book("二", 3, "乙一")) == {"全"}


def test_one_of_two_projects_of_one_name_is_missing_in_all_later_ones() -> None:
    """Two later drafts with one of them each are no two."""
    first = ListedProject("01", "11", "B2", "办公", "E2", budget=Decimal(10))
    other = first._replace(code="12", budget=Decimal(7))
    drafts = [
        Delivered(str(at), "甲局", "甲局", 2024, bytes([at]), f"2024-01-0{at}", its)
        for at, its in enumerate([(first, other), (first,), (first._replace(sheet="02"),)], 1)
    ]
    outcome = decide(drafts)[0]
    assert outcome.left is not None
    assert outcome.left.lost == (other,)


def test_many_drafts_take_no_time() -> None:
    """Sections and whole books by turns, of one department: each is looked at once."""
    books = [
        book(f"{at}", at % 28, *(f"{at % 50}-{number}" for number in range(2 if at % 2 else 4))) for at in range(1200)
    ]
    start = time.perf_counter()
    assert counting(*books)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("units", [("", "养护站"), ("养护站", "")])
def test_who_carries_it_out_may_be_said_later(units: tuple[str, str]) -> None:
    """A draft that says it is one of the same projects, though no code tells."""
    bare = project("甲@ 10"), project("乙@ 10")
    first, last = (
        tuple(one._replace(unit=unit, budget=Decimal(10 + at)) for one in bare) for at, unit in enumerate(units)
    )
    drafts = book("一", 1), book("二", 2)
    assert counting(*(replace(draft, projects=its) for draft, its in zip(drafts, (first, last), strict=True))) == {"二"}
    # Of two that both say it, and differently, both count.
    other = tuple(one._replace(unit="水利站") for one in last)
    its = tuple(one._replace(unit="养护站") for one in first)
    assert counting(replace(drafts[0], projects=its), replace(drafts[1], projects=other)) == {"一", "二"}
