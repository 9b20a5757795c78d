"""A rate that a sheet stores with more digits than it shows."""

from decimal import Decimal

import pytest

from xl_perf.core.checking.rules.e912_execution import _tolerance


@pytest.mark.parametrize(("printed", "places"), [("97.5600", 2), ("97.56", 2), ("86", 0), ("100", 0), ("86.2", 1)])
def test_zeros_at_the_end_say_nothing(printed: str, places: int) -> None:
    assert float(_tolerance(Decimal(printed))) == pytest.approx(0.5 * 10**-places)
