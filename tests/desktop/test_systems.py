"""The real systems, as far as they can be asked here."""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import pytest

from xl_perf.desktop import unix
from xl_perf.desktop.system import running_program, this_system
from xl_perf.desktop.unix import Linux, MacOS
from xl_perf.desktop.windows import Windows, encoding_of, is_from_outside


def test_the_running_program() -> None:
    """The interpreter that runs the tests, and the xl-perf beside it."""
    program = running_program()
    assert program.interpreter == Path(sys.executable)
    assert program.executable is None or program.executable.stem == "xl-perf"


def test_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is its own executable."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert running_program() == (Path(sys.executable), None)


def test_pythonw(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a console nothing could be read."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "pythonw.exe"))
    assert running_program().interpreter == tmp_path / "python.exe"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux")
def test_linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This one."""
    system = this_system()
    assert isinstance(system, Linux)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(unix, "_OPT", tmp_path)
    (tmp_path / "libreoffice25.8" / "program").mkdir(parents=True)
    assert system.applications == (tmp_path, tmp_path / "libreoffice25.8" / "program")
    assert system.variable("PATH") == str(tmp_path)
    assert system.variable("XL_PERF_NOT_SET") == ""
    assert not system.registry(r"HKCU\Software")
    assert system.is_file(__file__)
    assert not system.is_file(str(tmp_path))
    assert system.short_path("/x") == "/x"
    assert not system.download_mark(Path(__file__))
    assert system.program == running_program()


def test_macos_asks_xattr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no xattr there is no mark; where it finds the attribute, there is one."""
    import subprocess

    asked = []

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[bytes]":
        asked.append(command)
        if command[-1] == "/gone":
            raise FileNotFoundError
        return subprocess.CompletedProcess(command, 0 if command[-1] == "/marked" else 1)

    monkeypatch.setattr(subprocess, "run", run)
    system = MacOS()
    assert [system.download_mark(Path(path)) for path in ("/marked", "/plain", "/gone")] == [True, False, False]
    assert asked[0] == ["/usr/bin/xattr", "-p", "com.apple.quarantine", "/marked"]
    assert system.applications[0] == Path("/Applications")


@pytest.mark.parametrize(
    ("stream", "outside"),
    [
        (b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://mail/a.xlsm\r\n", True),
        (b"[ZoneTransfer]\r\nZoneId = 4\r\n", True),
        (b"[ZoneTransfer]\r\nZoneId=0\r\n", False),
        (b"[ZoneTransfer]\r\nZoneId=2\r\nHostUrl=http://oa/?ZoneId=3\r\n", False),
        (b"", False),
    ],
)
def test_zones(stream: bytes, outside: bool) -> None:
    """Internet and restricted sites; not this computer, the intranet, trusted sites."""
    assert is_from_outside(stream) is outside


@pytest.mark.parametrize(
    ("page", "name"), [(936, "gbk"), (1252, "cp1252"), (54936, "gb18030"), (65001, "utf-8"), (0, "ascii"), (7, "ascii")]
)
def test_code_pages(page: int, name: str) -> None:
    """By Python's names."""
    assert encoding_of(page) == name


def test_mark_of_the_web_is_read_from_the_stream(tmp_path: Path) -> None:
    """On other file systems the stream's name is that of a file: enough to see that it is read."""
    path = tmp_path / "a.xlsm"
    assert not Windows().download_mark(path)
    (tmp_path / "a.xlsm:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    assert Windows().download_mark(path)


# --- Windows' own modules, made up ---------------------------------------------------------------------------------


class FakeRegistry(ModuleType):
    """As much of winreg as is used: one key with values of every kind."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_CLASSES_ROOT = 1, 2, 0
    KEY_READ, KEY_WOW64_64KEY = 0x20019, 0x100
    VALUES: ClassVar = [("VBAWarnings", 4, 4), ("", "text", 1), ("Item", b"\x01", 3), ("List", ["a"], 7)]

    @contextmanager
    def OpenKey(self, root: int, key: str, _: int, access: int) -> Iterator[str]:  # noqa: N802
        if (root, key, access) != (1, r"Software\Here", 0x20119):
            raise FileNotFoundError(key)
        yield "opened"

    def QueryInfoKey(self, _: str) -> tuple[int, int, int]:  # noqa: N802
        return 0, len(self.VALUES), 0

    def EnumValue(self, _: str, number: int) -> tuple[str, object, int]:  # noqa: N802
        return self.VALUES[number]


class FakeKernel:
    """kernel32: a Chinese code page, one short name."""

    def GetACP(self) -> int:  # noqa: N802
        return 936

    def GetShortPathNameW(self, path: str, room: "ctypes.Array[ctypes.c_wchar]", _: int) -> int:  # noqa: N802
        if path != "D:\\绩效":
            return 0
        room.value = "D:\\ABCD~1"
        return len(room.value)


@pytest.fixture
def windows_modules(monkeypatch: pytest.MonkeyPatch) -> Windows:
    monkeypatch.setitem(sys.modules, "winreg", FakeRegistry("winreg"))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=FakeKernel()), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    return Windows()


def test_the_registry_is_read(windows_modules: Windows) -> None:
    """Names in small letters; lists, which nobody asks for, are left out; a key that is not there is empty."""
    assert windows_modules.registry(r"HKCU\Software\Here") == {"vbawarnings": 4, "": "text", "item": b"\x01"}
    assert windows_modules.registry(r"HKLM\Software\Here") == {}


def test_kernel_functions(windows_modules: Windows) -> None:
    """The code page, a short name, a path that has none."""
    assert windows_modules.ansi_encoding == "gbk"
    assert windows_modules.short_path("D:\\绩效") == "D:\\ABCD~1"
    assert windows_modules.short_path("E:\\绩效") == "E:\\绩效"


def test_which_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """By Python's name for it."""
    for platform, kind in (("win32", Windows), ("darwin", MacOS), ("linux", Linux)):
        monkeypatch.setattr(sys, "platform", platform)
        assert type(this_system()) is kind
