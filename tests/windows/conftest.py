"""A Chinese Windows under Wine with the program installed: `make test-windows` sets it up and says where it is.

Without that the tests here are not collected; they would take minutes to set up what they need.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.windows.wine import Wine

WHERE = "XL_PERF_WINDOWS"
collect_ignore_glob = [] if os.environ.get(WHERE) else ["test_*.py"]


@pytest.fixture(scope="session")
def windows() -> Iterator[Wine]:
    """The machine; what was started there has ended when the tests are over."""
    wine = Wine(Path(os.environ[WHERE]).absolute())
    wine.start()
    yield wine
    wine.end()


@pytest.fixture
def folder(windows: Wine) -> Iterator[Path]:
    """An empty folder below the user's own, with a space and Chinese in its name."""
    made = windows.home / "部门 预算"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    yield made
    shutil.rmtree(made, ignore_errors=True)
