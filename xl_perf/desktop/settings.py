"""xlwings.conf, the file in which VBA looks up what to start: lines of ``"KEY","VALUE"``.

VBA reads it with ``Input #`` in the system's ANSI code page, value after value: a line that is no such pair puts all
pairs behind it out of step. So ours stand first. The file belongs to the user and to other programs too: it is edited
as bytes, whatever its encoding, and nothing but our own lines changes. (In GBK and its like no quote, comma or line end
is ever part of a longer character.)
"""

import codecs
import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from xl_perf.core.errors import OutputError
from xl_perf.desktop.system import System

EXECUTABLE: Final = "XL_PERF_EXE"
INTERPRETERS: Final = {"windows": "INTERPRETER_WIN", "macos": "INTERPRETER_MAC"}

# The longest first. VBA's GetConfig expands them: a user's name in Chinese need not be written.
_FOLDER_VARIABLES: Final = ("LOCALAPPDATA", "APPDATA", "USERPROFILE")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAIR: Final = re.compile(
    rb'^[ \t]*"?([^",\r\n]*)"?[ \t]*,[ \t]*"?([^"\r\n]*)"?[^\r\n]*(?:\r\n|\r|\n|\Z)', re.MULTILINE
)


def refuse_unreadable(data: bytes, path: object) -> None:
    """Raises `OutputError` for a file that VBA cannot read as text, which we would only make worse."""
    if data.startswith(_UTF16) or b"\0" in data:
        raise OutputError(
            f"设置文件 {path} 不是普通的文本文件（可能存成了 UTF-16），没有改动",
            "请用记事本打开它，另存为 ANSI 编码后重做",
        )


def read_setting(data: bytes, key: str, encoding: str) -> str | None:
    """The value of a key as it stands in the file; None where there is none."""
    for match in _PAIR.finditer(data.removeprefix(codecs.BOM_UTF8)):
        if _is(match, {key}):
            return match[2].decode(encoding, "replace")
    return None


def with_settings(data: bytes, settings: Mapping[str, str], encoding: str, newline: bytes) -> bytes:
    """The file with these settings at its head and everything else as it was.

    A byte order mark goes: to VBA it would be part of the first key.
    """
    ours = b"".join(f'"{key}","{value}"'.encode(encoding) + newline for key, value in settings.items())
    return ours + without_settings(data.removeprefix(codecs.BOM_UTF8), settings)


def without_settings(data: bytes, keys: Collection[str]) -> bytes:
    """The file without these settings."""
    return _PAIR.sub(lambda match: b"" if _is(match, keys) else match[0], data)


def _is(match: re.Match[bytes], keys: Collection[str]) -> bool:
    return match[1].strip().upper().decode("ascii", "replace") in {key.upper() for key in keys}


# --- paths ----------------------------------------------------------------------------------------------------------


def path_text(path: str, system: System) -> str:
    """The path as VBA and cmd.exe find it, in ASCII if that is possible, else in the ANSI code page.

    ``%LOCALAPPDATA%`` and its like stand for the user's folders, short names for what the code page lacks. Raises
    `OutputError` where nothing helps.
    """
    plain = _reject(path, system)
    candidates = [plain, *_with_variables(plain, system)]
    short = system.short_path(plain)
    for text in candidates:
        if text.isascii():
            return text
    for text in (*candidates, short):
        if can_write(text, system.ansi_encoding):
            return text
    raise OutputError(
        f"路径 {path} 里有系统编码（{system.ansi_encoding}）写不出的字，Excel 找不到它",
        "请把 xl-perf 装到只有英文字母和数字的文件夹后重做",
    )


def _reject(path: str, system: System) -> str:
    """What xlwings does not quote, or would expand, cannot be called by it."""
    # xlwings' AppleScript hands the interpreter to the shell without quotes.
    bad = next((sign for sign in ("\n", '"', "%" if system.name == "windows" else " ") if sign in path), None)
    if bad is None:
        return path
    shown = {" ": "空格", "\n": "换行"}.get(bad, bad)
    raise OutputError(f"路径 {path} 里有{shown}，Excel 不能用它启动程序", "请把 xl-perf 装到没有这种字符的文件夹后重做")


def _with_variables(path: str, system: System) -> list[str]:
    if system.name == "macos":
        home = system.variable("HOME")
        inside = home and PurePosixPath(path).is_relative_to(home)
        return [f"$HOME/{PurePosixPath(path).relative_to(home)}"] if inside else []
    found = []
    for name in _FOLDER_VARIABLES:
        folder = system.variable(name)
        if folder and PureWindowsPath(path).is_relative_to(folder):
            found.append(f"%{name}%\\{PureWindowsPath(path).relative_to(folder)}")
    return found


def expanded(text: str, system: System) -> str:
    """A path from a setting, with its variables replaced as xlwings' VBA does it."""
    if system.name == "macos":
        return text.replace("$HOME", system.variable("HOME"), 1) if text.startswith("$HOME") else text
    return re.sub(r"%([^%]+)%", lambda match: system.variable(match[1]) or match[0], text)


def can_write(text: str, encoding: str) -> bool:
    """Whether the encoding has every character of the text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
