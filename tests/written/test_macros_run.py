"""The VBA itself, run in pyOpenVBA's interpreter: what each Sub calls, what it says, how it leaves the host."""

import shutil
from pathlib import Path

import pytest

from tests.written.vba_host import Host
from xl_perf.core.actions import ACTIONS, Action
from xl_perf.written.messages import MESSAGES

ASK_FOR_FILES = ("import_projects", "compare_books")
WORKBOOKS = Path(__file__).resolve().parents[2] / "workbooks"
TEMPLATE, ADDIN, EXAMPLE = (WORKBOOKS / name for name in ("template.xlsm", "xl_perf.xlam", "example-2023.xlsx"))
PLACE = "C:\\Users\\甲\\AppData\\Local"
PROGRAM = f"{PLACE}\\Programs\\xl-perf\\xl-perf.exe"
WINDOWS = {"LOCALAPPDATA": PLACE}
WORKING = MESSAGES["xlp_working"]
GIVEN, TAKEN_BACK = "XL_PERF_BOOK=template.xlsm", "XL_PERF_BOOK="
GUARD = (
    "import sys; sys.path[:] = sys.path[(sys.path + ['']).index('') + 1:] or sys.path; from xl_perf import buttons; "
)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.sub)
def test_windows_runs_the_program_in_its_default_place(action: Action) -> None:
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM], chosen=["D:\\甲.xlsx"])
    *asked, given, call, shown, taken_back = host.press(action.sub)
    assert call == f"RunFrozenPython|{PROGRAM}|button {action.name}"
    assert shown == WORKING
    assert (given, taken_back) == (GIVEN, TAKEN_BACK)
    assert host.status_bar is False
    assert host.messages == []
    assert asked == ([f"GetOpenFilename|{MESSAGES['xlp_filter']}|True"] if action.name in ASK_FOR_FILES else [])


def test_windows_prefers_the_program_that_is_set() -> None:
    mine = "D:\\工具\\xl-perf.exe"
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM, mine], settings={"XL_PERF_EXE": mine})
    assert host.press("ValidateAll")[1] == f"RunFrozenPython|{mine}|button validate"


def test_windows_falls_back_on_the_interpreter() -> None:
    """Where the program that is set is gone."""
    python = "C:\\Python311\\python.exe"
    settings = {"XL_PERF_EXE": "D:\\gone.exe", "INTERPRETER_WIN": python}
    host = Host(TEMPLATE, environment=WINDOWS, files=[python], settings=settings)
    call = f"RunFrozenPython|{python}|-P -m xl_perf button validate_sheet"
    assert host.press("ValidateSheet") == [GIVEN, call, WORKING, TAKEN_BACK]
    assert host.status_bar is False


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.sub)
def test_macos_runs_the_interpreter_that_is_set(action: Action) -> None:
    host = Host(TEMPLATE, settings={"INTERPRETER_MAC": "/usr/bin/python3"}, mac=True, chosen=["/甲.xlsx"])
    *asked, call, shown = host.press(action.sub)
    assert call == f"RunPython|{GUARD}buttons.{action.name}()"
    assert shown == WORKING
    assert host.status_bar is False
    assert asked == (["GetOpenFilename||True"] if action.name in ASK_FOR_FILES else [])


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.sub)
@pytest.mark.parametrize(
    "command", ["/opt/xl-perf/bin/xl-perf", '"/opt/my tools/python" -m xl_perf', "/usr/bin/python3 -m xl_perf"]
)
def test_elsewhere_the_command_is_started(action: Action, command: str) -> None:
    program = command.split('"')[1] if command.startswith('"') else command.split(maxsplit=1)[0]
    host = Host(TEMPLATE, environment={"XL_PERF_COMMAND": command.replace('"', '""')}, files=[program])
    assert host.press(action.sub) == [f"Shell|{command} button {action.name}|0", WORKING]
    assert host.status_bar is False


@pytest.mark.parametrize(
    ("environment", "mac"), [(WINDOWS, False), ({}, True), ({"XL_PERF_COMMAND": "/gone/xl-perf"}, False)]
)
def test_a_missing_program_is_said(environment: dict[str, str], mac: bool) -> None:
    host = Host(TEMPLATE, environment=environment, mac=mac)
    assert host.press("ValidateAll") == []
    assert host.messages == [MESSAGES["xlp_missing"]]
    assert "xl-perf excel install" in host.messages[0]
    assert host.status_bar is False


def test_a_second_press_is_refused() -> None:
    """While the first one is still at work, which then goes on."""
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM], during="Consolidate")
    assert host.press("ValidateAll") == [GIVEN, f"RunFrozenPython|{PROGRAM}|button validate", WORKING, TAKEN_BACK]
    assert host.messages == [MESSAGES["xlp_busy"]]
    assert host.status_bar is False
    assert host.press("ValidateAll")[1] == f"RunFrozenPython|{PROGRAM}|button validate"


def test_an_error_is_told_and_leaves_nothing_behind() -> None:
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM], during='Err.Raise 1004, , "boom"')
    host.press("ValidateAll")
    assert host.messages == [f"{MESSAGES['xlp_failed']}\r\n\r\nboom"]
    assert host.status_bar is False
    assert host.press("ValidateAll")[1].startswith("RunFrozenPython|")


@pytest.mark.parametrize("name", ["xlwings.conf", "XLWINGS.CONF", "代码.py"])
def test_a_workbook_with_settings_of_its_own_is_refused(name: str) -> None:
    """They would say which program is started."""
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM])
    host.excel.evaluate("Worksheets.Add")
    host.excel.sheet(1).sheet.name = name
    assert host.press("ValidateAll") == []
    assert host.messages == [MESSAGES["xlp_settings"]]


def test_settings_beside_the_workbook_are_refused() -> None:
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM, "C:\\Book\\xlwings.conf"])
    assert host.press("ValidateAll") == []
    assert host.messages == [MESSAGES["xlp_settings"]]


@pytest.mark.parametrize("name", ["预算%TEMP%.xlsm", "预算=2023.xlsm", "^&!.xlsm"])
def test_no_name_stands_in_the_command(name: str) -> None:
    """There cmd puts values in for %TEMP%."""
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM])
    host.excel.workbook.name = name
    call = f"RunFrozenPython|{PROGRAM}|button validate"
    assert host.press("ValidateAll") == [f"XL_PERF_BOOK={name}", call, WORKING, TAKEN_BACK]
    assert host.messages == []


@pytest.mark.parametrize("sign", "$`|\\=")
def test_what_a_shell_would_run_is_refused_on_macos(sign: str) -> None:
    """The name of a mailed workbook may be a command."""
    host = Host(TEMPLATE, settings={"INTERPRETER_MAC": "/usr/bin/python3"}, mac=True)
    host.excel.workbook.name = f"{sign}(touch x).xlsm"
    assert host.press("ValidateAll") == []
    assert host.messages == [MESSAGES["xlp_name"]]
    assert host.status_bar is False


# --- 导入项目 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sub", ["ImportProjects", "CompareBooks"])
def test_chosen_files_stand_in_cells(sub: str) -> None:
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM], chosen=["D:\\甲.xlsx", "D:\\乙.et"])
    host.press(sub)
    cells = host.excel.evaluate('ThisWorkbook.Names("xlp_import").RefersToRange.Resize(3, 1).Value')
    assert cells == [["D:\\甲.xlsx"], ["D:\\乙.et"], [None]]
    assert host.messages == []


@pytest.mark.parametrize("sub", ["ImportProjects", "CompareBooks"])
def test_no_chosen_file_ends_it(sub: str) -> None:
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM])
    assert [call.partition("|")[0] for call in host.press(sub)] == ["GetOpenFilename"]
    assert host.messages == []
    assert host.status_bar is False


# --- ribbon and add-in ---------------------------------------------------------------------------------------------

CONTROL = "Public Id As String\nPublic Tag As String"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.sub)
def test_a_control_runs_the_sub_of_its_name(action: Action) -> None:
    host = Host(TEMPLATE, environment=WINDOWS, files=[PROGRAM], chosen=["D:\\甲.xlsx"])
    host.excel.add_module(CONTROL, name="Control", kind="class")
    host.excel.add_module(
        f'Sub Press()\nDim c As New Control\nc.Tag = "{action.name}"\nRibbonPressed c\nEnd Sub', name="Test"
    )
    assert host.press("Press")[-3] == f"RunFrozenPython|{PROGRAM}|button {action.name}"


def test_the_addin_works_on_the_active_workbook(tmp_path: Path) -> None:
    """Two workbooks are open, none of them with macros: Python is called while the active one is active."""
    first, second = (shutil.copy(EXAMPLE, tmp_path / f"{name}.xlsx") for name in "甲乙")
    host = Host(
        ADDIN, environment=WINDOWS, files=[PROGRAM], addin=True, during="Debug.Print ActiveWorkbook.Name", chosen=["x"]
    )
    books = [host.excel.open_workbook(path) for path in (first, second)]
    for book in (*books, books[0]):
        host.excel.activate_workbook(book)
        *calls, active, _ = host.press("ValidateAll")
        assert calls == [f"XL_PERF_BOOK={book.name}", f"RunFrozenPython|{PROGRAM}|button validate", WORKING]
        assert active == book.name
    # No cells for names of files there: Python asks.
    assert host.press("ImportProjects")[1] == f"RunFrozenPython|{PROGRAM}|button import_projects"
    assert host.messages == []


@pytest.mark.parametrize(
    ("addin", "loaded", "shown"), [(True, False, True), (False, False, True), (False, True, False)]
)
def test_one_tab_is_enough(addin: bool, loaded: bool, shown: bool) -> None:
    """A workbook hides its own where the add-in is loaded."""
    host = Host(ADDIN if addin else TEMPLATE, addin=addin)
    if loaded:
        host.excel.open_workbook(ADDIN)
    host.excel.add_module("Sub Look()\nDim v\nRibbonVisible Nothing, v\nDebug.Print v\nEnd Sub", name="Test")
    assert host.press("Look") == [str(shown)]
