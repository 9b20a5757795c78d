"""From a button to the command line, through xlwings' own VBA: which workbook is handed over, by template and add-in.

pyOpenVBA's interpreter runs XlPerf together with the xlwings module of the file; the disk, the environment and
WScript.Shell are replaced, and what of xlwings' text the interpreter does not understand.
"""

import re
import shutil
from pathlib import Path

import pytest
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication

WORKBOOKS = Path(__file__).resolve().parents[2] / "workbooks"
TEMPLATE, ADDIN, EXAMPLE = (WORKBOOKS / name for name in ("template.xlsm", "xl_perf.xlam", "example-2023.xlsx"))
PROGRAM = r"C:\Local\Programs\xl-perf\xl-perf.exe"

STUBS = rf"""
Public Function Environ(ByVal key As String) As String
    If key = "LOCALAPPDATA" Then Environ = "C:\Local"
    If key = "Temp" Then Environ = "C:\Temp"
End Function
Public Function Dir(ByVal path As String) As String
    If path = "{PROGRAM}" Then Dir = "xl-perf.exe"
End Function
Public Function CreateObject(ByVal kind As String) As Object
    Set CreateObject = New FakeShell
End Function
Public Function GetAttr(ByVal path As String) As Long
    If Dir(path) = "" Then Err.Raise 53
End Function
"""
SHELL = """
Public Function Run(ByVal line As String, ByVal style As Variant, ByVal wait As Variant) As Long
    Debug.Print wait & " " & line
End Function
Public Function ExpandEnvironmentStrings(ByVal text As String) As String
    ExpandEnvironmentStrings = text
End Function
Public Function Environment(ByVal kind As String) As Object
    Set Environment = New FakeVariables
End Function
"""
VARIABLES = """
Public Property Let Item(ByVal name As String, ByVal value As String)
    Debug.Print name & "=" & value
End Property
"""
CHANGES = (
    (r"(?m)^([ \t]*#[^'\n]*)'.*$", r"\1"),  # a comment behind a directive
    (r"(?s)Function WScript\(.*?End Function", "Function WScript()\nSet WScript = New FakeShell\nEnd Function"),
    (r"(?s)Public Function CreateGUID\(.*?End Function", 'Function CreateGUID()\nCreateGUID = "guid"\nEnd Function'),
    (r'GetConfig\("SHOW CONSOLE", False\) = True', "False"),  # a text compared with a Boolean
    (r"Application\.Hwnd", "42"),
    (r"(?m)^ *Kill LOG_FILE$", ""),
)


def opened(file: Path, *others: Path) -> ExcelApplication:
    """Excel with the file and others open, the last one active."""
    excel = ExcelApplication.open(file, with_vba=False)
    for other in others:
        excel.open_workbook(other)
    with ExcelFile(file) as stored:
        modules = {name: stored.get_module(name) for name in ("xlwings", "XlPerf")}
    for old, new in CHANGES:
        modules["xlwings"], number = re.subn(old, new, modules["xlwings"].replace("\r\n", "\n"))
        assert number, old
    modules["XlPerf"] = modules["XlPerf"].replace("ThisWorkbook.IsAddin", str(file == ADDIN))
    excel.add_module(STUBS, name="Stubs")
    excel.add_module(SHELL, name="FakeShell", kind="class")
    excel.add_module(VARIABLES, name="FakeVariables", kind="class")
    for name, text in modules.items():
        excel.add_module(text, name=name)
    return excel


def handed_over(excel: ExcelApplication) -> str:
    """The workbook that the last program is given. Its name does not stand in the command line."""
    given, line, taken_back = excel.console[-3:]
    assert line.startswith(f'True cmd.exe /C C: & cd "" & "{PROGRAM}" button validate  --from_xl=1 ')
    assert "--wb=" not in line
    name, _, book = given.partition("=")
    assert (name, taken_back) == ("XL_PERF_BOOK", "XL_PERF_BOOK=")
    return book


@pytest.fixture
def two_books(tmp_path: Path) -> list[Path]:
    return [Path(shutil.copy(EXAMPLE, tmp_path / f"{name}.xlsx")) for name in "甲乙"]


def test_the_addin_hands_over_the_active_workbook(two_books: list[Path]) -> None:
    excel = opened(ADDIN, *two_books)
    excel.run("ValidateAll")
    assert handed_over(excel) == "乙.xlsx"
    excel.activate_workbook(excel.workbooks()[1])
    excel.run("ValidateAll")
    assert handed_over(excel) == "甲.xlsx"
    assert len(excel.console) == 2 * 3
    assert excel.dialogs == []


def test_the_template_hands_over_itself(two_books: list[Path]) -> None:
    """Its own buttons are meant for it, whatever else is open."""
    excel = opened(TEMPLATE, *two_books)
    excel.run("ValidateAll")
    assert handed_over(excel) == "template.xlsm"
    assert excel.dialogs == []


def test_a_missing_program_starts_nothing(two_books: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does xlwings' own, English, message show."""
    monkeypatch.setattr(f"{__name__}.STUBS", STUBS.replace(PROGRAM, "nowhere"))
    excel = opened(ADDIN, *two_books)
    excel.run("ValidateAll")
    assert excel.console == []
    assert len(excel.dialogs) == 1
    assert "xl-perf excel install" in excel.dialogs[0][1]
