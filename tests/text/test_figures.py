"""Figures in tables: whole on one line, as exact as they are, below each other."""

import time
from decimal import Decimal

import pytest

from xl_perf.text.figures import (
    SMALLEST,
    Type,
    decimals_of,
    fitted,
    longest_number,
    narrowed,
    width_of,
    with_decimals,
)


@pytest.mark.parametrize(
    ("numbers", "decimals"),
    [
        ((), 2),
        (("50",), 2),
        (("161.9",), 2),
        (("161.93", "0.125", "7"), 3),
        (("40.4825", "1"), 4),
        (("1.2300", "1E+3"), 2),
        (("0." + "1" * 40,), 40),
    ],
)
def test_as_many_decimals_as_one_of_a_column_needs(numbers: tuple[str, ...], decimals: int) -> None:
    assert decimals_of(map(Decimal, numbers)) == decimals


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        ("50", 2, "50.00"),
        ("161.93", 4, "161.9300"),
        ("-0", 2, "0.00"),
        ("-3.5", 2, "-3.50"),
        ("1E+3", 2, "1000.00"),
        ("123456789012345678901234567890.123456789", 9, "123456789012345678901234567890.123456789"),
    ],
)
def test_nothing_is_rounded(number: str, decimals: int, shown: str) -> None:
    assert with_decimals(Decimal(number), decimals) == shown
    assert Decimal(with_decimals(Decimal(number), decimals)) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("完成1135.76万元的支付", "1135.76"),
        ("≥90%", "≥90%"),
        ("=161.93万元", "=161.93"),
        ("2023年12月底前", "2023"),
        ("至12,345.67元，共3次", "12,345.67"),
        ("GX2023-0012", "GX2023"),
        ("成效明显abc", ""),
    ],
)
def test_the_number_of_a_text(text: str, number: str) -> None:
    assert longest_number(text) == number


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("成效明显，群众满意", Type(10.5)),
        ("≥90%", Type(10.5)),
        ("=161.93万元", Type(10)),  # the unit beside the number
        ("=1234567.8901万元", Type(6.5)),  # the unit below it
        ("2023年12月31日前完成", Type(10.5)),
    ],
)
def test_a_number_fits_into_its_cell(text: str, type_: Type) -> None:
    assert fitted(text, 10.5, 64) == type_


def test_a_number_too_long_for_any_size_is_set_narrower() -> None:
    made = fitted("1" * 60, 10.5, 64)
    assert made.size == SMALLEST
    assert width_of("1" * 60, made.size) * made.scale / 100 <= 64 - 5


@pytest.mark.parametrize("text", ["a" * 32767, "=" * 32767, "1" * 32767, "≥1." * 10000])
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    fitted(text, 10.5, 64)
    assert time.process_time() - began < 1


def test_figures_are_narrowed_before_they_are_made_smaller() -> None:
    assert narrowed(["1.5"], 9, 100) == 100
    assert 50 < narrowed(["1293.76710127"], 9, 60) < 90
