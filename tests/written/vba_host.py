"""Runs the VBA of macros/ in pyOpenVBA's interpreter, with what lies outside of it replaced by stubs.

Replaced are xlwings' functions, the environment, the disk, and three members of the host that the interpreter
does not have: `ThisWorkbook.IsAddin`, `Application.GetOpenFilename` and the compiler constant `Mac`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyopenvba.apps.excel import ExcelApplication

from xl_perf.written.macros import MODULES, source

_CALLS = """
Public Function RunFrozenPython(ByVal program As String, ByVal arguments As String)
    Debug.Print "RunFrozenPython|" & program & "|" & arguments
    Debug.Print Application.StatusBar
    During
End Function
Public Function CreateObject(ByVal kind As String) As Object
    If kind <> "WScript.Shell" Then Err.Raise 429
    Set CreateObject = New FakeShell
End Function
Public Function RunPython(ByVal code As String)
    Debug.Print "RunPython|" & code
    Debug.Print Application.StatusBar
    During
End Function
Public Function Shell(ByVal program As String, ByVal style As Integer)
    Debug.Print "Shell|" & program & "|" & style
    Debug.Print Application.StatusBar
    During
End Function
Public Function GetDirectoryConfigFilePath() As String
    GetDirectoryConfigFilePath = "C:\\Book\\xlwings.conf"
End Function
Public Function AskedFiles(Optional ByVal FileFilter As String, Optional ByVal MultiSelect As Boolean) As Variant
    Debug.Print "GetOpenFilename|" & FileFilter & "|" & MultiSelect
    AskedFiles = False
    Dim files As Variant
    files = Array({files})
    If UBound(files) >= 0 Then AskedFiles = files
End Function
Public Function IsAddin() As Boolean
    IsAddin = {addin}
End Function
Public Sub During()
    {during}
End Sub
Public Function GetConfig(ByVal key As String, ByVal default As String, ByVal source As String) As String
    If source <> "user" Then Err.Raise 5
    Dim found As String
    found = Setting(key)
    GetConfig = IIf(found = "", default, found)
End Function
"""

_SHELL = """
Public Function Environment(ByVal kind As String) As Object
    If kind <> "Process" Then Err.Raise 5
    Set Environment = New FakeVariables
End Function
"""
_VARIABLES = """
Public Property Let Item(ByVal name As String, ByVal value As String)
    Debug.Print name & "=" & value
End Property
"""


class Host:
    """An Excel with a workbook open, and what its VBA calls, in order.
    ``files`` are those that exist, ``settings`` those of the user's xlwings.conf,
    ``chosen`` the answer of the dialog for files, ``during`` VBA that runs while Python would."""

    def __init__(
        self,
        workbook: Path,
        *,
        environment: Mapping[str, str] | None = None,
        files: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        mac: bool = False,
        addin: bool = False,
        chosen: Sequence[str] = (),
        during: str = "",
    ) -> None:
        self.excel = ExcelApplication.open(workbook, with_vba=False)
        stubs = (
            _CALLS.replace("{files}", ", ".join(f'"{one}"' for one in chosen))
            .replace("{addin}", str(addin))
            .replace("{during}", during)
        )
        stubs += _looked_up("Environ", environment or {})
        stubs += _looked_up("Setting", settings or {})
        stubs += _looked_up("Dir", dict.fromkeys(files, "x"))
        self.excel.add_module(stubs, name="Stubs")
        self.excel.add_module(_SHELL, name="FakeShell", kind="class")
        self.excel.add_module(_VARIABLES, name="FakeVariables", kind="class")
        for name in MODULES:
            text = source(f"{name}.bas").replace("ThisWorkbook.IsAddin", "IsAddin()")
            text = text.replace("Application.GetOpenFilename", "AskedFiles")
            self.excel.add_module(f"#Const Mac = {mac}\n{text}", name=name)

    def press(self, sub: str) -> list[str]:
        """Runs a Sub and gives what it called, each call followed by what the status bar showed then."""
        before = len(self.excel.console)
        self.excel.run(sub)
        return self.excel.console[before:]

    @property
    def status_bar(self) -> object:
        """What it shows now; False is Excel's own text."""
        return self.excel.application.status_bar

    @property
    def messages(self) -> list[str]:
        """The texts of the message boxes."""
        return [prompt for _, prompt, _, _ in self.excel.dialogs]


def _looked_up(name: str, values: Mapping[str, str]) -> str:
    cases = "".join(f'    If key = "{key}" Then {name} = "{value}"\n' for key, value in values.items())
    return f"Public Function {name}(ByVal key As String) As String\n{cases}End Function\n"
