"""Numerals, and the pages worked out beforehand."""

import pytest

from xl_perf.text.numerals import chinese_number
from xl_perf.text.pages import Pages, lines_of
from xl_perf.text.typography import BODY, BY_ID, HEADING_1, HEADING_2

TEXT = BY_ID[BODY]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100"), (0, "0")],
)
def test_chinese_numbers(number: int, shown: str) -> None:
    assert chinese_number(number) == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("字" * 25, 1),
        ("字" * 26, 2),
        ("a" * 50, 1),
        ("字" * 25 + "\n" + "字" * 27, 2),
        ("字" * 52, 2),
        ("字" * 53, 3),
        ("字" * 24 + "（字", 2),
        ("字" * 25 + "。", 2),
        ("字" * 25 + "字。" + "字" * 25, 2),
        ("字" * 23 + "12345字", 2),
        ("字" * 19 + "1字2字3字", 1),
        ("字" * 20 + "1字2字3字", 2),
    ],
)
def test_lines_of_the_body(text: str, lines: int) -> None:
    """27 characters a line, less two in the first of a paragraph."""
    assert lines_of(text, 16, 442.2, first=2) == lines


def test_22_lines_a_page() -> None:
    pages = Pages()
    assert [pages.paragraph(TEXT, "一行") for _ in range(45)] == [1] * 22 + [2] * 22 + [3]


def test_a_heading_is_not_left_alone_at_the_foot() -> None:
    pages = Pages()
    for _ in range(21):
        pages.paragraph(TEXT, "一行")
    assert pages.paragraph(BY_ID[HEADING_2], "标题") == 2


def test_a_first_heading_begins_a_page() -> None:
    pages = Pages()
    assert [pages.paragraph(BY_ID[HEADING_1], "甲"), pages.paragraph(BY_ID[HEADING_1], "乙")] == [1, 2]


@pytest.mark.parametrize(
    ("heights", "page"), [([270, 300], 1), ([300, 300, 300], 2), ([30, 1300, 10], 3), ([600] * 3, 4)]
)
def test_rows(heights: list[float], page: int) -> None:
    pages = Pages()
    pages.paragraph(TEXT, "")
    pages.rows([30, *heights], header=1)
    assert pages.number == page


def test_rows_that_begin_a_page() -> None:
    """The header stands on every page, and is not left alone."""
    pages = Pages()
    for _ in range(21):
        pages.paragraph(TEXT, "一行")
    assert pages.rows([30, 300, 300, 300, 300], header=1) == [3]
    assert pages.number == 3
