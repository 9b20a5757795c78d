"""The bridge is found for this interpreter, leaves no trace, and says plainly where it is missing."""

import builtins
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from xl_perf.engines.libreoffice import bridge, uno_import

if TYPE_CHECKING:
    import xlwings


@pytest.fixture
def fresh() -> Iterator[None]:
    """As in a process that has not asked yet."""
    before = sys.modules.pop("uno", None)
    path = list(sys.path)
    uno_import.load.cache_clear()
    yield
    uno_import.load.cache_clear()
    sys.path[:] = path
    sys.modules.pop("uno", None)
    if before is not None:
        sys.modules["uno"] = before


def test_python_keeps_its_own_import(office_app: object) -> None:
    assert uno_import.load().__name__ == "uno"
    assert builtins.__import__.__module__ == "builtins"
    with pytest.raises(ModuleNotFoundError, match="No module named 'nothing_of_that_name'"):
        __import__("nothing_of_that_name")


def test_own_packages_come_first(office_app: object) -> None:
    uno_import.load()
    places = [index for index, place in enumerate(sys.path) if place.endswith("dist-packages")]
    own = next(index for index, place in enumerate(sys.path) if place.endswith("site-packages"))
    assert all(own < place for place in places)


@pytest.mark.usefixtures("fresh")
def test_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uno_import, "_places", lambda: iter(()))
    monkeypatch.setattr(uno_import, "import_module", missing)
    with pytest.raises(uno_import.NoBridge, match="python3-uno"):
        uno_import.load()


@pytest.mark.usefixtures("fresh")
def test_for_another_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "uno.py").write_text("import pyuno_for_another_python\n")
    monkeypatch.setattr(uno_import, "_places", lambda: iter([str(tmp_path)]))
    monkeypatch.setattr(uno_import, "import_module", missing)
    path = list(sys.path)
    with pytest.raises(uno_import.NoBridge, match=rf"不能用于 Python {sys.version_info[0]}\.{sys.version_info[1]}"):
        uno_import.load()
    assert sys.path == path


def missing(name: str) -> ModuleType:
    raise ImportError(name)


def test_nobody_answers(office_app: object) -> None:
    with pytest.raises(bridge.NoOffice, match="xl-perf office"):
        bridge.context("nobody-listens-here", timeout=0)


SCRIPT = """
import sys
from xl_perf.engines.libreoffice import connect
app = connect(sys.argv[1], timeout=10, headless=True)
app.books.add().sheets[0]["A1"].value = 1
print(len(app.books))
app.books.active.close()
"""


def test_connecting_twice_gives_the_same_application(office_app: "xlwings.App") -> None:
    from xl_perf.engines.libreoffice import connect, office

    assert connect(office_app.impl.pipe).impl is office_app.impl
    name = office.free_pipe()
    with office.running(name, headless=True) as app:
        assert app.impl is not office_app.impl
    assert app.impl not in list(office_app.impl.engine.apps)
    with pytest.raises(bridge.NoOffice):
        connect(name, timeout=0)


def test_a_process_that_leaves_objects_behind_ends_well(office_app: object) -> None:
    from xl_perf.engines.libreoffice import office

    name = office.free_pipe()
    with office.running(name, headless=True):
        done = subprocess.run([sys.executable, "-c", SCRIPT, name], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
