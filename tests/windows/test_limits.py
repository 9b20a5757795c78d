"""Files that make their process hang, crash or take all memory: the guard's children as they are started on Windows."""

import json
from pathlib import Path

from tools.windows.wine import Wine, decoded

WICKED = Path(__file__).parent / "inside" / "wicked.py"
JOB = """
import ctypes
from ctypes import wintypes
from xl_perf.saved.limits import limit_memory
limit_memory(300)
kernel, held = ctypes.WinDLL("kernel32"), wintypes.BOOL()
kernel.GetCurrentProcess.restype = wintypes.HANDLE
kernel.IsProcessInJob(wintypes.HANDLE(kernel.GetCurrentProcess()), None, ctypes.byref(held))
print(held.value)
"""


def answers(windows: Wine, *what: str) -> list[str]:
    done = windows.run(windows.python, WICKED, *what)
    assert done.returncode == 0, decoded(done.stderr)
    found: list[str] = json.loads(done.stdout)
    return found


def test_each_is_named_and_the_others_go_on(windows: Wine) -> None:
    """Time is seen to by who waits; an access violation is Python's own exception; the rest is a crash."""
    said = answers(windows, "fine", "hang", "abort", "violation", "leave", "fine")
    assert [said[0], said[-1]] == ["fine", "fine"]
    assert said[1] == "读了 5 秒还没有读完，没有读取"
    assert said[2] == said[4] == "读取时进程崩溃，文件多半已损坏，没有读取"
    assert said[3].startswith("内容出乎程序的意料（OSError）")


def test_memory(windows: Wine) -> None:
    """Wine does not hold a process to its job's limit: what is seen to here is what the waiting process does."""
    assert answers(windows, "bomb", "fine") == ["读取它需要的内存超过 300 MB，没有读取", "fine"]


def test_the_job_is_made(windows: Wine) -> None:
    """On Windows itself the job object stops a process at once."""
    assert windows.call(windows.python, "-c", JOB) == "1\n"
