"""A button's process has xlwings, and nothing that xlwings takes only where it finds it."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from xl_perf.engines import xlwings_import

SCRIPT = """
import sys
from xl_perf.engines import xlwings_import
xlwings = xlwings_import.load()
assert xlwings is xlwings_import.load() is sys.modules["xlwings"]
print(*sorted(name for name in xlwings_import.DRAGGED_ALONG if name in sys.modules))
import numpy, pandas
print(pandas.DataFrame({"a": [1]}).shape, xlwings.main.pd)
"""


def run(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_nothing_is_dragged_along_and_nothing_stays_hidden() -> None:
    assert find_spec("pandas") is not None  # else there would be nothing to keep out
    assert run(SCRIPT) == ["", "(1, 1) None"]


def test_what_is_loaded_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import pandas, sys\nfrom xl_perf.engines import xlwings_import\nxlwings = xlwings_import.load()\n"
    assert run(f"{script}print(sys.modules['pandas'] is pandas, xlwings.main.pd is pandas)") == ["True True"]


def test_a_failing_import_hides_nothing_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        assert sys.modules["polars"] is None
        raise ImportError(name)

    monkeypatch.delitem(sys.modules, "xlwings", raising=False)
    monkeypatch.delitem(sys.modules, "polars", raising=False)
    monkeypatch.setattr(xlwings_import, "import_module", fail)
    with pytest.raises(ImportError, match="xlwings"):
        xlwings_import.load()
    assert "polars" not in sys.modules
