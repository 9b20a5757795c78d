"""What all tests share: an environment that does not depend on the person, Hypothesis settings, LibreOffice."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import hypothesis
import pytest

from tests import exceljs as javascript
from tests import laid_out
from tests import validator as ooxml
from tests.office import NOT_HERE, Office, find_soffice
from tests.thorough import so_many
from xl_perf.desktop import opening
from xl_perf.saved import children
from xl_perf.text import office as converter
from xl_perf.text import pdf

if TYPE_CHECKING:
    import xlwings

T = TypeVar("T")
TESTS = Path(__file__).parent
SLOW = [hypothesis.HealthCheck.too_slow]  # a busy machine is no fault of the code
hypothesis.settings.register_profile("dev", deadline=None, suppress_health_check=SLOW)
# The same examples in every run: a red build can be looked at again.
hypothesis.settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=so_many(20, 200),
    print_blob=True,
    suppress_health_check=SLOW,
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Where programs look for a person's settings, and what changes how they print.
PERSONAL_FOLDERS = (
    *("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
    *("USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
PERSONAL_TASTE = ("CLICOLOR_FORCE", "COLORTERM", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "TTY_COMPATIBLE")

# numpy's threads would keep every process of tests from being forked, here and in the processes of pools.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session", autouse=True)
def threads_of_pytest() -> Iterator[None]:
    """Reading forks where LibreOffice's library is not loaded: the thread by which pytest is distributed is harmless.

    Else each of thousands of readings would start a Python, as on other systems (`tests/saved/test_guarded.py`).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(children, "has_threads_of_libraries", lambda: "pyuno" in sys.modules)
        yield


@pytest.fixture(scope="session", autouse=True)
def impersonal_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test depends on, or writes to, the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in PERSONAL_FOLDERS:
            patch.setenv(name, str(home))
        for name in PERSONAL_TASTE:
            patch.delenv(name, raising=False)
        patch.setenv(opening.NOTHING, "1")
        yield


@pytest.fixture(scope="session")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages of texts are kept, of all processes of tests together."""
    base = tmp_path_factory.getbasetemp()
    store = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "layouts"
    store.mkdir(exist_ok=True)
    return store


@pytest.fixture(autouse=True)
def laid_out_once(request: pytest.FixtureRequest, layouts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text is laid out once, but where its pages are what is tested."""
    if "text" not in request.path.relative_to(TESTS).parts:
        monkeypatch.setattr(pdf, "convert", laid_out.kept_in(layouts, converter.convert))


def needed(found: T | None, missing: str) -> T:
    """What tests need of other programs; without it they are skipped, or fail where XL_PERF_REQUIRE says office."""
    if found is None:
        if "office" in os.environ.get("XL_PERF_REQUIRE", ""):
            pytest.fail(f"{missing}，而 XL_PERF_REQUIRE 要求它", pytrace=False)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice."""
    program = needed(find_soffice(), f"{NOT_HERE}（soffice、pdfinfo、pdftoppm）")
    return Office(program, tmp_path_factory.mktemp("soffice"))


@pytest.fixture(scope="session")
def validator() -> ooxml.Validator:
    """The Open XML SDK's validator."""
    return needed(ooxml.find_validator(), f"{ooxml.NOT_HERE}（node、npm）")


@pytest.fixture(scope="session")
def exceljs() -> javascript.ExcelJs:
    """A writer of workbooks in JavaScript."""
    return needed(javascript.find_exceljs(), f"{javascript.NOT_HERE}（node、npm）")


@pytest.fixture(scope="session")
def office_app(soffice: Office) -> "Iterator[xlwings.App]":
    """A running LibreOffice without a window, through the engine: one for all tests. Close the books that you open.

    Message boxes are kept in ``office_app.impl.alerts.kept``; ``.answers`` holds what questions are answered with.
    """
    from xl_perf.engines.libreoffice import office, uno_import

    try:
        uno_import.load()
    except uno_import.NoBridge as error:
        needed(None, f"{NOT_HERE}（{error}）")
    with office.running(office.free_pipe(), headless=True) as app:
        yield app


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    for missing in (NOT_HERE, ooxml.NOT_HERE, javascript.NOT_HERE):
        count = sum(missing in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(
                f"{missing}：跳过 {count} 个测试（XL_PERF_REQUIRE=office 时算失败）", yellow=True
            )


def pytest_unconfigure(config: pytest.Config) -> None:
    """With XL_PERF_COUNTS (make test) the very last line holds the plain counts, of all processes together."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    is_alone = not hasattr(config, "workerinput")  # pytest-xdist's workers count a part each
    if is_alone and os.environ.get("XL_PERF_COUNTS") and isinstance(reporter, pytest.TerminalReporter):
        passed, failed, errors, skipped = (
            len(reporter.getreports(kind)) for kind in ("passed", "failed", "error", "skipped")
        )
        print(f"{passed} passed, {failed + errors} failed, {skipped} skipped")
