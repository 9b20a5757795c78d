"""From VBA through WScript.Shell.Run and cmd to the program, with names that mean something to cmd."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tools.windows.wine import Wine, decoded

PRESS = Path(__file__).parent / "inside" / "press.py"
BOOKS = (
    "部门.xlsm", "预 算 & (表) [1].xlsm", "'甲', ;乙^!.xlsm", "100%.xlsm", "~`@#$+{}.xlsm", "预算%TEMP%.xlsm",
    "%PATH%" * 30 + ".xlsm", "预算=2023.xlsm",
)  # fmt: skip
PROBE = """
import json, os, sys
from pathlib import Path
with Path(r"{answers}").open("a", encoding="utf-8") as file:
    file.write(json.dumps([os.environ["XL_PERF_BOOK"], *sys.argv[1:]]) + chr(10))
"""


@pytest.fixture
def probe(windows: Wine, folder: Path) -> Path:
    """A program made like xl-perf.exe, pip's launcher with a script, which writes down what it was given."""
    content = windows.program.read_bytes()
    with zipfile.ZipFile(windows.program) as archive:
        launcher = content[: min(one.header_offset for one in archive.infolist())]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__main__.py", PROBE.format(answers=r"C:\users\张 三\部门 预算\answers.txt"))
    program = folder / "xl-perf.exe"
    program.write_bytes(launcher + packed.getvalue())
    return program


def test_what_is_handed_over_arrives(windows: Wine, folder: Path, probe: Path) -> None:
    done = windows.run(windows.python, PRESS, probe_path(probe), "button validate", *BOOKS)
    assert json.loads(done.stdout) == [[0, ""]] * len(BOOKS), decoded(done.stderr)
    given = [json.loads(line) for line in (folder / "answers.txt").read_text("utf-8").splitlines()]
    app = r"--app=C:\Program Files\Microsoft Office\root\Office16\Microsoft Excel"
    assert given == [[book, "button", "validate", "--from_xl=1", app, "--hwnd=66666"] for book in BOOKS]


def test_the_program_itself(windows: Wine) -> None:
    """Without an Excel behind the handle: ASCII for VBA and the status that tells it of a failure."""
    done = windows.run(windows.python, PRESS, r"C:\Python\Scripts\xl-perf.exe", "button validate", "部门 & 1.xlsm")
    ((status, said),) = json.loads(done.stdout)
    assert status == 2
    assert said.startswith("xl-perf button: no workbook to work on, details in ")


def test_the_interpreter_where_there_is_no_program(windows: Wine) -> None:
    """Nothing beside the workbook is imported, whatever the current folder is."""
    (windows.home / "xl_perf.py").write_text("raise SystemExit(3)", "ascii")
    try:
        done = windows.run(windows.python, PRESS, r"C:\Python\python.exe", "-P -m xl_perf button validate", "甲.xlsm")
    finally:
        (windows.home / "xl_perf.py").unlink()
    ((status, said),) = json.loads(done.stdout)
    assert (status, said.partition(",")[0]) == (2, "xl-perf button: no workbook to work on")


def probe_path(program: Path) -> str:
    return rf"C:\users\张 三\部门 预算\{program.name}"
