"""Windows: registry, code page, short names, alternate streams. Modules of Windows only are imported when needed."""

import codecs
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from xl_perf.desktop.system import Program, RegistryValue, running_program

# Python has no name of its own for these code pages.
_SPECIAL = {54936: "gb18030", 65001: "utf-8", 0: "ascii"}


class Windows:
    """The real one. It could not be run where it was written: README, 已知边界."""

    name: Literal["windows"] = "windows"
    applications: tuple[Path, ...] = ()

    @property
    def ansi_encoding(self) -> str:
        """From GetACP; Python's own preference may be UTF-8 while VBA still reads GBK."""
        page = 0
        if sys.platform == "win32":
            import ctypes

            page = int(ctypes.windll.kernel32.GetACP())
        return encoding_of(page)

    @property
    def program(self) -> Program:
        """The running xl-perf."""
        return running_program()

    def variable(self, name: str) -> str:
        """An environment variable; "" where it is not set."""
        return os.environ.get(name, "")

    def registry(self, key: str) -> Mapping[str, RegistryValue]:
        """The values below a key, of the 64-bit registry where there are two."""
        values: dict[str, RegistryValue] = {}
        if sys.platform == "win32":
            import winreg

            root, _, rest = key.partition("\\")
            roots = {
                "HKCU": winreg.HKEY_CURRENT_USER,
                "HKLM": winreg.HKEY_LOCAL_MACHINE,
                "HKCR": winreg.HKEY_CLASSES_ROOT,
            }
            with (
                suppress(OSError),
                winreg.OpenKey(roots[root], rest, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened,
            ):
                for number in range(winreg.QueryInfoKey(opened)[1]):
                    name, value, _ = winreg.EnumValue(opened, number)
                    if isinstance(value, str | int | bytes):
                        values[name.lower()] = value
        return values

    def is_file(self, path: str) -> bool:
        """Whether a path leads to a file."""
        return Path(path).is_file()

    def short_path(self, path: str) -> str:
        """The 8.3 name; a volume may have been told to make none."""
        short = path
        if sys.platform == "win32":
            import ctypes

            room = ctypes.create_unicode_buffer(1024)
            length = ctypes.windll.kernel32.GetShortPathNameW(path, room, len(room))
            short = room.value if 0 < length < len(room) else path
        return short

    def download_mark(self, path: Path) -> bool:
        """The Mark of the Web: the alternate stream Zone.Identifier."""
        try:
            return is_from_outside(Path(f"{path}:Zone.Identifier").read_bytes())
        except OSError:
            return False


def encoding_of(page: int) -> str:
    """Python's name of a code page; ASCII, which is always safe, for one that Python does not know."""
    try:
        return codecs.lookup(_SPECIAL.get(page, f"cp{page}")).name
    except LookupError:
        return "ascii"


def is_from_outside(stream: bytes) -> bool:
    """Whether a Zone.Identifier names the zone internet (3) or restricted (4); 0 to 2 are this computer and trusted."""
    match = re.search(rb"^\s*ZoneId\s*=\s*(\d+)", stream, re.IGNORECASE | re.MULTILINE)
    return match is not None and int(match[1]) >= 3
