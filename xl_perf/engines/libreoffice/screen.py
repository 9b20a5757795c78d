"""Whether there is a screen. Without one LibreOffice opens a workbook where nobody sees it."""

import os
import re
import socket
import sys
from typing import Final

_X11: Final = 6000
"""The port of the first display of another computer, as ``ssh -X`` has it."""
_WAIT: Final = 2.0  # seconds


def is_there() -> bool:
    """Whether a window can be shown: DISPLAY leads to something that answers, or WAYLAND_DISPLAY is set."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    found = re.fullmatch(r"(.*):(\d+)(\.\d+)?", display)
    if found is None:
        return bool(display)
    host, number = found[1], int(found[2])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # where X has it
        return any(_answers(socket.AF_UNIX, address) for address in (path, f"\0{path}"))
    return _answers(socket.AF_INET, (host, _X11 + number))


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.settimeout(_WAIT)
            tried.connect(address)
    except (OSError, OverflowError):  # a display of a number that no port has
        return False
    return True
