"""The Windows under Wine is the one that is meant: else the other tests would show little."""

import json

from tools.windows.wine import USER, Wine

ASKED = """
import ctypes, json, os, sys
import win32com.client
from xl_perf.engines import xlwings_import
xlwings = xlwings_import.load()
from pathlib import Path
fs = win32com.client.Dispatch("Scripting.FileSystemObject")
print(json.dumps([sys.platform, sys.version_info[:2], ctypes.windll.kernel32.GetACP(), os.environ["USERNAME"],
                  str(Path.home()), sys.getfilesystemencoding(), xlwings.engines.active.name,
                  fs.FileExists(sys.executable)]))
"""


def test_chinese_windows(windows: Wine) -> None:
    found = json.loads(windows.call(windows.python, "-c", ASKED))
    assert found == ["win32", [3, 11], 936, USER, f"C:\\users\\{USER}", "utf-8", "excel", True]


def test_the_bundle_was_installed(windows: Wine) -> None:
    """With pip's own launcher, and with all that it asks for."""
    assert windows.call(windows.python, "-m", "pip", "check") == "No broken requirements found.\n"
    assert windows.call(windows.program, "--version").startswith("xl-perf ")
