"""The sample of a reviewer: the same for the same seed, whatever else differs."""

import os
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from xl_perf.core.figures.sample import sample

KEYS = [f"项目{number}" for number in range(20)]
KEYSETS = st.sets(st.text(max_size=4), max_size=12)


def test_one_seed_draws_these() -> None:
    """Kept: a later version must draw the same."""
    assert sample(KEYS, 3, "2023") == ["项目0", "项目12", "项目15"]
    assert sample(KEYS, 3, "2024") != ["项目0", "项目12", "项目15"]


@given(KEYSETS, st.integers(0, 14), st.text(max_size=4))
def test_order_and_repetition_do_not_matter(keys: set[str], number: int, seed: str) -> None:
    usual = sample(sorted(keys), number, seed)
    assert sample(sorted(keys, reverse=True) * 2, number, seed) == usual
    assert len(usual) == min(number, len(keys))
    assert {*usual} <= keys


@given(KEYSETS, st.integers(1, 14), st.text(max_size=4))
def test_a_smaller_sample_begins_a_larger_one(keys: set[str], number: int, seed: str) -> None:
    assert sample(keys, number, seed)[:-1] == sample(keys, number - 1, seed)[: len(sample(keys, number, seed)) - 1]


@given(KEYSETS, st.text(max_size=4), st.integers(0, 14), st.text(max_size=4))
def test_a_further_key_takes_one_place_at_most(keys: set[str], more: str, number: int, seed: str) -> None:
    assert len({*sample(keys, number, seed)} - {*sample({*keys, more}, number, seed)}) <= 1


def test_hash_seeds_do_not_matter() -> None:
    """Sets of texts come in another order in every process."""
    program = "from xl_perf.core.figures.sample import sample; print(sample({f'k{n}' for n in range(50)}, 5, 's'))"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert said == {f"{sample([f'k{n}' for n in range(50)], 5, 's')}\n"}
