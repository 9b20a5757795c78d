"""Sheets with random changes, by Hypothesis: no total is another one without a word. See `tests.fuzz.grids`."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import grids
from tests.fuzz.grids import judged

pytestmark = pytest.mark.slow


@settings(max_examples=1200, derandomize=True)
@given(chance=st.randoms(use_true_random=False))
def test_no_total_changes_without_a_word(chance: Random) -> None:
    failure = judged(chance)
    assert failure is None, failure


def test_silence_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were nothing said, cases with an amount that went would fail."""
    monkeypatch.setattr(grids.Said, "more_than", lambda *_: [])
    monkeypatch.setattr(grids.Said, "lacks", lambda *_: False)
    assert any(judged(Random(seed)) for seed in range(30))
