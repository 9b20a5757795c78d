"""A terminal for tests: what a command shows there, line by line, folded as the terminal folds it."""

import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from pathlib import Path

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def on_terminal(*arguments: str, cwd: Path, columns: int = 100, rows: int = 50) -> tuple[int, list[str]]:
    """Exit status and lines of stdout of the program on a terminal of that size; stderr goes elsewhere.

    A line that is wider than the terminal counts as the lines on which it comes to stand.
    """
    ours, its = os.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE", "COV_"))}
    environment = clean | {"TERM": "xterm", "PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-m", "xl_perf", *arguments],
        cwd=cwd,
        env=environment,
        stdin=its,
        stdout=its,
        stderr=subprocess.DEVNULL,
    )
    os.close(its)
    shown = b""
    while True:
        try:
            came = os.read(ours, 1 << 16)
        except OSError:  # Linux: the other side was closed
            break
        if not came:
            break
        shown += came
    os.close(ours)
    lines = _CONTROL.sub("", shown.decode("utf-8")).splitlines()
    return process.wait(60), [part for line in lines for part in folded(line.rstrip(), columns)]


def width(text: str) -> int:
    """Columns: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def folded(line: str, columns: int) -> list[str]:
    """The line as it comes to stand on a terminal."""
    parts = [""]
    for one in line:
        if width(parts[-1] + one) > columns:
            parts.append("")
        parts[-1] += one
    return parts
