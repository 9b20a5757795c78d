"""Files with random changes among sound ones: see `tests.fuzz.batch` for what must hold. The seeds are fixed."""

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import batch
from tests.fuzz.batch import Batch, Subject, subjects
from tests.thorough import so_many

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> list[Subject]:
    return subjects(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize("seed", range(so_many(4, 8)))
def test_whatever_a_file_holds(sound: list[Subject], seed: int, tmp_path: Path) -> None:
    """Every second time with marked copies."""
    changed = Batch(tmp_path, sound, Random(seed), size=90)
    failures = [str(one) for one in changed.failures(marked=seed % 2 == 1)]
    assert not failures, "\n".join(failures)


def test_a_change_without_a_word_would_be_noticed(
    sound: list[Subject], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another sound workbook instead of the changed one has other totals, and nothing is wrong with it."""
    monkeypatch.setattr(batch, "mutant", lambda *_: (sound[2].data, "another workbook"))
    one = Batch(tmp_path, sound[:3], Random(1), size=4)
    failures = list(one.failures(marked=False))
    assert {failure.name for failure in failures} == {
        name for name, of in one.of.items() if of != f"sound-{sound[2].name}"
    }
    assert failures
    assert all("without a word" in failure.what for failure in failures)
