"""Projects that may stand in a total twice: what makes them one, and how much it is."""

from decimal import Decimal

import pytest

from xl_perf.core.checking.delivered import Delivered, ListedProject
from xl_perf.core.checking.doubles import doubled


def book(path: str, *projects: ListedProject, department: str = "甲局") -> Delivered:
    return Delivered(path, department, department, 2024, path.encode(), "", projects)


def project(code: str, name: str | None, budget: str | None) -> ListedProject:
    amount = None if budget is None else Decimal(budget)
    return ListedProject("01", code or None, "B2", name, "E2", budget=amount)


@pytest.mark.parametrize(
    ("other", "amount"),
    [
        (project("11", "甲", "10"), "10"),
        (project("11", "甲", "8"), "8"),
        (project("11", "乙", "10"), "10"),
        (project("11", "乙", "8"), None),  # a mistyped code
        (project("12", "甲", "12"), "10"),  # the name within the department
        (project("", "乙", "10"), None),
        (project("11", "甲", None), None),  # no money is doubled
    ],
)
def test_two_projects(other: ListedProject, amount: str | None) -> None:
    """Within a book and across two, the same."""
    own = project("11", "甲", "10")
    for books in ([book("a", own, other)], [book("a", own), book("b", other)]):
        found = doubled(books, range(len(books)), []).get(0, ())
        assert [one.amount for one in found] == ([] if amount is None else [Decimal(amount)])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_what_lacks_a_name_contradicts_nothing(order: tuple[int, ...]) -> None:
    """In whatever order they come; a group's money is all of its amounts but the largest, and is counted once."""
    three = project("11", "甲", "10"), project("11", None, "7"), project("11", "甲", "9")
    (found,) = doubled([book("a", *(three[at] for at in order))], [0], [])[0]
    assert found.amount == 16


def test_what_does_not_count_is_not_doubled() -> None:
    own = project("11", "甲", "10")
    assert doubled([book("a", own), book("b", own)], [1], []) == {}


def test_many_mistyped_codes_take_no_time() -> None:
    """A code that everybody typed for projects that have nothing else in common."""
    books = [book(str(at), project("1", f"项目{at}", str(at + 1)), department=f"{at}局") for at in range(3000)]
    assert doubled(books, range(len(books)), []) == {}
