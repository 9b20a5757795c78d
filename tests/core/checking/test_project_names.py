"""What a project's name says beside the project: which draft it is."""

from decimal import Decimal

import pytest

from xl_perf.core.checking.counting import decide
from xl_perf.core.checking.delivered import Delivered, ListedProject
from xl_perf.core.checking.doubles import doubled
from xl_perf.core.checking.project_names import compared_name


@pytest.mark.parametrize(
    "name",
    [
        "乙一（调整）",
        "乙一(修改稿)",
        "乙一【新】",
        "【新】乙一",
        "乙一—修订",
        "乙一 —— 修订稿",
        "乙一-定稿",
        "调整后乙一",
        "调整后的乙一",
        "修改稿：乙一".replace("：", "—"),
        "乙一（第二次调整）",
        "乙一（第2稿）",
        "乙一（调整后）（定稿）",
        "2024年度乙一",
        "2024年乙一（调整）",
        "乙一（2024年度）",
        "〔2024年度〕乙一",
        " 乙一（最终稿2）",
    ],
)
def test_remarks_on_the_draft(name: str) -> None:
    assert compared_name(name, 2024) == "乙一"


@pytest.mark.parametrize(
    "name",
    [
        "乙一一期",
        "乙一（二期）",
        "乙一（一）",
        "乙一（东片）",
        "2023年度乙一",
        "乙一（2023年度）",
        "乙一（第二版）",
        "乙一（V2）",
        "乙一设备更新",
        "乙一（更新）",
        "乙一-新",
        "新-能源推广",
        "技术改造",
        "乙一结构调整",
        "（调整）",
        "（追加）乙一",
        "乙一（本级）",
    ],
)
def test_what_tells_projects_apart_stays(name: str) -> None:
    assert compared_name(name, 2024) != "乙一"
    assert compared_name(name, 2024) == name.replace("（", "(").replace("）", ")")


def test_without_a_year_the_name_keeps_its_own() -> None:
    assert compared_name("2024年度乙一") == "2024年度乙一"


def book(path: str, day: int, *named: tuple[str, str]) -> Delivered:
    its = tuple(
        ListedProject("01", "————", "B2", name, "E2", budget=Decimal(amount), year=2024) for name, amount in named
    )
    return Delivered(path, "乙局", "乙局", 2024, path.encode(), f"2024-01-{day:02}", its)


def test_a_draft_with_renamed_projects_is_a_draft() -> None:
    books = [
        book("乙", 1, ("乙一", "10"), ("乙二", "20")),
        book("乙改", 5, ("乙一（调整）", "110"), ("乙二（调整）", "21")),
    ]
    first, second = decide(books)
    assert first.left is not None
    assert (first.left.instead, first.left.lost, second.left) == ("乙改", (), None)


def test_phases_are_no_drafts() -> None:
    books = [book("一", 1, ("道路（一期）", "10")), book("二", 5, ("道路（二期）", "20"))]
    assert [one.left for one in decide(books)] == [None, None]
    assert doubled(books, [0, 1], []) == {}


def test_renamed_projects_that_both_count_are_said() -> None:
    """One of many is no draft, but may be counted twice."""
    more = [(f"别的{number}", "1") for number in range(4)]
    books = [book("一", 1, ("道路", "10"), *more[:2]), book("二", 5, ("道路—修订", "12"), *more[2:])]
    assert [one.left for one in decide(books)] == [None, None]
    (found,) = doubled(books, [0, 1], [])[0]
    assert (found.amount, found.rules, found.paths) == (Decimal(10), ("X602",), ("一", "二"))
