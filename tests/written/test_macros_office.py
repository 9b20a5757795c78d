"""The VBA in LibreOffice: every Sub starts the command of the environment, and every button is bound to its Sub."""

import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from xl_perf.core.actions import ACTIONS
from xl_perf.engines.libreoffice import office

TEMPLATE = Path(__file__).resolve().parents[2] / "workbooks" / "template.xlsm"
SCRIPT = "vnd.sun.star.script:VBAProject.XlPerf.{}?language=Basic&location=document"
PROBE = """Rem Attribute VBA_ModuleType=VBAModule
Option VBASupport 1
Public Function Outcome() As String
On Error GoTo Failed
Application.StatusBar = False
Outcome = "done"
Exit Function
Failed:
Outcome = Err.Description
End Function
"""
"""Asks LibreOffice's VBA for the document, as every button does."""
PATIENCE = 60.0  # seconds; the commands do not take one


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program in a folder with a blank in its name; it notes in a file beside it what it was called with."""
    folder = tmp_path_factory.mktemp("我的 程序")
    script = folder / "xl-perf"
    script.write_text('#!/bin/sh\necho "$@" >>"${0%/*}/calls"\n', "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


@pytest.fixture(scope="module")
def opened(soffice: Office, program: Path) -> Iterator[Any]:
    """The template as `xl-perf office` opens it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "command", lambda: f'"{program}"')
        with office.running(office.free_pipe(), headless=True) as app:
            opened = office.open_with_buttons(app, Path(shutil.copy(TEMPLATE, program.parent / "部门.xlsm")))
            yield opened
            opened.close()


@pytest.fixture(scope="module")
def book(opened: Any) -> Any:
    """The same as UNO's document."""
    return opened.api


def press(book: Any, sub: str) -> None:
    book.getScriptProvider().getScript(SCRIPT.format(sub)).invoke((), (), ())


def calls(program: Path, number: int) -> list[str]:
    """What the program was called with; waits for so many calls. Shell does not wait, so their order is nobody's."""
    noted, end = program.parent / "calls", time.monotonic() + PATIENCE
    lines: list[str] = []
    while len(lines) < number and time.monotonic() < end:
        time.sleep(0.1)
        lines = noted.read_text("utf-8").splitlines() if noted.exists() else []
    return sorted(lines)


def test_every_sub_starts_the_command(book: Any, program: Path) -> None:
    for action in ACTIONS:
        press(book, action.sub)
    assert calls(program, len(ACTIONS)) == sorted(f"button {action.name}" for action in ACTIONS)


def test_every_button_is_bound_to_its_sub(book: Any) -> None:
    bound: dict[tuple[str, str], list[str]] = {}
    for sheet in book.getSheets():
        forms = sheet.getDrawPage().getForms()
        for form in (forms.getByIndex(at) for at in range(forms.getCount())):
            for at in range(form.getCount()):
                events = [event.ScriptCode for event in form.getScriptEvents(at)]
                bound[sheet.getName(), form.getByIndex(at).Label] = events
    expected: dict[tuple[str, str], list[str]] = {}
    for action in ACTIONS:
        sheets = ["首页"] * action.on_cover + ["01", "空白表"] * action.on_form + ["指标库"] * action.on_library
        expected |= {(sheet, action.caption): [SCRIPT.format(action.sub)] for sheet in sheets}
    assert bound == expected


def test_buttons_work_after_printing(opened: Any, book: Any, tmp_path: Path) -> None:
    """The copy that was printed and closed was the document that VBA asks."""
    library = book.BasicLibraries.getByName("VBAProject")
    library.insertByName("Probe", PROBE)
    probe = SCRIPT.replace("XlPerf.{}", "Probe.Outcome")
    opened.impl.print_clean(str(tmp_path / "表.pdf"), ["整体绩效目标"], ["整体绩效目标"])
    outcome, _, _ = book.getScriptProvider().getScript(probe).invoke((), (), ())
    library.removeByName("Probe")
    assert outcome == "done"
