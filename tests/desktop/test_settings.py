"""xlwings.conf: what VBA finds in it afterwards, and what stays as it was."""

import codecs
from pathlib import Path

import pytest

from tests.desktop.fakes import FakeSystem, windows
from xl_perf.core.errors import OutputError
from xl_perf.desktop.settings import (
    expanded,
    path_text,
    read_setting,
    refuse_unreadable,
    with_settings,
    without_settings,
)
from xl_perf.desktop.system import Program

OURS = {"XL_PERF_EXE": r"C:\xl-perf.exe"}
LINE = b'"XL_PERF_EXE","C:\\xl-perf.exe"\r\n'


@pytest.mark.parametrize(
    "rest",
    [
        b"",
        b'"PYTHONPATH","C:\\code"\r\n"SHOW CONSOLE","True"\r\n',
        b'# my settings, kept by hand\r\n"PYTHONPATH","C:\\code"\r\n\r\n',
        '"PYTHONPATH","C:\\用户\\绩效"\r\n'.encode("gbk"),
        '"PYTHONPATH","C:\\用户\\绩效"\n'.encode(),
        b'"LICENSE_KEY","abc"',
    ],
)
def test_everything_else_stays(rest: bytes) -> None:
    """Comments, order, unknown keys, encodings, line ends: byte for byte, behind our lines."""
    written = with_settings(rest, OURS, "cp936", b"\r\n")
    assert written == LINE + rest
    assert with_settings(written, OURS, "cp936", b"\r\n") == written
    assert read_setting(written, "xl_perf_exe", "cp936") == r"C:\xl-perf.exe"
    assert without_settings(written, OURS) == rest


def test_an_old_value_goes_wherever_it_stood() -> None:
    """Twice, without quotes, in small letters: VBA takes the first, Python the last."""
    data = b'"A","1"\r\n"xl_perf_exe","old"\r\n"B","2"\r\nXL_PERF_EXE,older\r\n'
    assert with_settings(data, OURS, "cp936", b"\r\n") == LINE + b'"A","1"\r\n"B","2"\r\n'


def test_a_byte_order_mark_goes() -> None:
    """VBA would take it for part of the first key."""
    data = codecs.BOM_UTF8 + b'"A","1"\r\n'
    assert read_setting(data, "A", "cp936") == "1"
    assert with_settings(data, OURS, "cp936", b"\r\n") == LINE + b'"A","1"\r\n'


def test_chinese_values_are_in_the_code_page() -> None:
    """VBA reads GBK on a Chinese Windows."""
    written = with_settings(b"", {"XL_PERF_EXE": r"D:\绩效\xl-perf.exe"}, "cp936", b"\r\n")
    assert written == '"XL_PERF_EXE","D:\\绩效\\xl-perf.exe"\r\n'.encode("gbk")
    assert read_setting(written, "XL_PERF_EXE", "cp936") == r"D:\绩效\xl-perf.exe"


@pytest.mark.parametrize("data", ['"A","1"'.encode("utf-16"), b'"A",\x00"1"'])
def test_what_vba_cannot_read_is_refused(data: bytes) -> None:
    """The Notepad of old saved «Unicode» as UTF-16."""
    with pytest.raises(OutputError, match=r"xlwings\.conf 不是普通的文本文件.*另存为 ANSI"):
        refuse_unreadable(data, "xlwings.conf")
    refuse_unreadable(b'"A","1"', "xlwings.conf")


def system(**more: object) -> FakeSystem:
    variables = {
        "USERPROFILE": r"C:\Users\张三",
        "LOCALAPPDATA": r"C:\Users\张三\AppData\Local",
        "APPDATA": r"C:\Users\张三\AppData\Roaming",
    }
    return FakeSystem("windows", Program(None, None), variables, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (r"C:\Python311\Scripts\xl-perf.exe", r"C:\Python311\Scripts\xl-perf.exe"),
        (r"C:\Users\张三\AppData\Local\Programs\xl-perf\xl-perf.exe", r"%LOCALAPPDATA%\Programs\xl-perf\xl-perf.exe"),
        (r"c:\users\张三\appdata\Roaming\Python\xl-perf.exe", r"%APPDATA%\Python\xl-perf.exe"),
        (r"C:\Users\张三\venv\Scripts\xl-perf.exe", r"%USERPROFILE%\venv\Scripts\xl-perf.exe"),
        (r"D:\绩效\xl-perf.exe", r"D:\绩效\xl-perf.exe"),
    ],
)
def test_paths_are_ascii_where_they_can_be(path: str, text: str) -> None:
    """A user's name in Chinese need not be written: VBA expands the variable."""
    assert path_text(path, system()) == text
    assert expanded(text, system()).lower() == path.lower()


def test_a_path_that_the_code_page_lacks_gets_its_short_name() -> None:
    """An English Windows; without short names there is a sentence."""
    path = r"D:\绩效\xl-perf.exe"
    assert path_text(path, system(ansi_encoding="cp1252", shorts={path: r"D:\ABCD~1\xl-perf.exe"})) == (
        r"D:\ABCD~1\xl-perf.exe"
    )
    with pytest.raises(OutputError, match=r"系统编码（cp1252）写不出的字.*请把 xl-perf 装到"):
        path_text(path, system(ansi_encoding="cp1252"))


def test_paths_that_xlwings_cannot_call() -> None:
    """A per cent sign would be expanded; on macOS the path goes to the shell without quotes."""
    with pytest.raises(OutputError, match="里有%"):
        path_text(r"C:\100%\xl-perf.exe", system())
    mac = FakeSystem("macos", Program(None, None), {"HOME": "/Users/李四"}, "ascii")
    with pytest.raises(OutputError, match="里有空格"):
        path_text("/Users/lisi/my env/bin/python", mac)
    assert path_text("/Users/李四/env/bin/python", mac) == "$HOME/env/bin/python"
    assert expanded("$HOME/env/bin/python", mac) == "/Users/李四/env/bin/python"


def test_fake_folders_are_expanded_too(tmp_path: Path) -> None:
    """The fake Windows of the other tests: its own paths go in and come out."""
    fake = windows(tmp_path)
    text = path_text(str(fake.program.executable), fake)
    assert text == r"%LOCALAPPDATA%\Programs\Python\Scripts\xl-perf.exe"
    assert fake.is_file(expanded(text, fake))


def test_xlwings_itself_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed xlwings reads the file as we write it, variables and all."""
    import xlwings
    from xlwings.utils import read_user_config

    config = tmp_path / "xlwings.conf"
    config.write_bytes(with_settings(b'# kept\r\n"PYTHONPATH","C:\\code"\r\n', OURS, "cp936", b"\r\n"))
    monkeypatch.setattr(xlwings, "USER_CONFIG_FILE", str(config))
    found = read_user_config()  # type: ignore[no-untyped-call]
    assert found == {"xl_perf_exe": r"C:\xl-perf.exe", "pythonpath": r"C:\code"}
