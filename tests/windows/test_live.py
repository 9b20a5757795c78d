"""The tests of the live workbook, inside: xlwings' own engine for Windows over COM, on the stand-in for Excel."""

import re
from pathlib import Path

from tools.windows.wine import Wine, decoded, windows_path

ROOT = Path(__file__).resolve().parents[2]
RUN = Path(__file__).parent / "inside" / "run_tests.py"


def test_the_buttons_over_com(windows: Wine) -> None:
    """All that are not slow. What Excel does where its documentation is silent only Excel can show."""
    environment = {"PYTHONPATH": windows_path(ROOT), "XL_PERF_ENGINE": "windows", "PYTHONDONTWRITEBYTECODE": "1"}
    command = (windows.python, RUN, "tests/live", "-m", "not slow", "-q", "-p", "no:cacheprovider", "--tb=short")
    done = windows.run(*command, cwd=ROOT, env=environment, timeout=480)
    said = decoded(done.stdout)
    assert done.returncode == 0, said[-6000:] + decoded(done.stderr)[-2000:]
    passed = re.search(r"(\d+) passed", said)
    assert passed is not None
    assert int(passed[1]) > 150
    print(said.splitlines()[-1])
