"""Runs inside: starts a program as xlwings' VBA does for a button, and says what came of it, as JSON.

python press.py PROGRAM ARGUMENTS NAME-OF-BOOK…
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import win32com.client

# XlPerf.bas, RunOnBook: the name of the book stands in a variable. xlwings.bas, RunFrozenPython and ExecuteWindows, as
# we have it: this text, and Run with these arguments.
COMMAND = (
    'cmd.exe /C {drive} & cd "" & "{program}" {arguments} '
    ' --from_xl=1 --app="C:\\Program Files\\Microsoft Office\\root\\Office16\\Microsoft Excel"'
    ' --hwnd="66666" 2> "{log}" '
)


def press(program: str, arguments: str, book: str) -> tuple[int, str]:
    """The exit status that VBA sees, and what it would show."""
    log = Path(tempfile.gettempdir()) / "xlwings-1.log"
    shell = win32com.client.Dispatch("WScript.Shell")
    command = COMMAND.format(drive=program[:2], program=program, arguments=arguments, log=log)
    os.environ["XL_PERF_BOOK"] = book  # what Environment("Process") does, which Wine does not have
    status = shell.Run(command, 0, True)
    said = log.read_bytes().decode("ascii")  # VBA reads it in the code page of the system
    log.unlink()
    return status, said


sys.stdout.buffer.write(json.dumps([press(sys.argv[1], sys.argv[2], book) for book in sys.argv[3:]]).encode())
