"""The entry of Windows' Send To menu: select workbooks, right-click, and a window shows what `check` finds.

cmd.exe reads a batch file in the console's code page, so it is ASCII wherever the path allows. Explorer hands the
selected files over in Unicode and Python prints in Unicode: no ``chcp`` is needed. The window stays for reading.
"""

from typing import Final

from xl_perf.desktop.settings import path_text
from xl_perf.desktop.system import System

_LINES: Final = (
    "@echo off",
    "rem Send To: xl-perf checks the selected workbooks. Written by xl-perf excel install.",
    "title xl-perf",
    "{command} check %*",
    "echo.",
    "pause",
)


def send_to_entry(system: System) -> bytes:
    """The batch file. Raises `OutputError` where the program's path cannot be written."""
    program = system.program
    if program.executable is not None:
        command = f'"{path_text(str(program.executable), system)}"'
    else:
        # -P: the folder of the selected workbook is the current one, and nobody's xl_perf.py in it may be run.
        command = f'"{path_text(str(program.interpreter), system)}" -P -m xl_perf'
    return "\r\n".join((*_LINES, "")).format(command=command).encode(system.ansi_encoding)
