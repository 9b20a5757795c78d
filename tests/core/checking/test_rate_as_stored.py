"""A rate that a sheet stores with more digits than it shows."""

from decimal import Decimal

import pytest

from xl_perf.core.figures.rounding import tolerance_of


@pytest.mark.parametrize(("printed", "places"), [("97.5600", 2), ("97.56", 2), ("86", 0), ("100", 0), ("86.2", 1)])
def test_zeros_at_the_end_say_nothing(printed: str, places: int) -> None:
    assert float(tolerance_of(Decimal(printed))) == pytest.approx(0.5 * 10**-places)
