"""excel install, doctor and uninstall on a registry and in folders of Windows."""

import re
from pathlib import Path

import pytest

from tools.windows.wine import Wine, decoded

APP_PATHS = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
SECURITY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
CLASS = r"HKCR\Excel.Application\CLSID"
WPS_CLASS = "{45540001-5750-5300-4B49-4E47534F4654}"


def excel(windows: Wine, command: str, status: int) -> str:
    done = windows.run(windows.program, "excel", command)
    said = decoded(done.stdout) + decoded(done.stderr)
    assert done.returncode == status, said
    return said


def files(folder: Path) -> dict[str, bytes]:
    """What lies in the user's folder, but for what is temporary."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "Temp" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def mark_of(said: str, item: str) -> str:
    """What doctor puts before an item."""
    found = re.search(rf"^(\S)\s+{re.escape(item)}\s", said, re.MULTILINE)
    assert found is not None, said
    return found[1]


@pytest.fixture
def registry(windows: Wine) -> "Registry":
    return Registry(windows)


class Registry:
    """Keys of the machine, written with Windows' own program."""

    def __init__(self, windows: Wine) -> None:
        self._windows = windows

    def set(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        which = ("/v", name) if name else ("/ve",)
        done = self._windows.run("reg", "add", key, *which, "/t", kind, "/d", value, "/f")
        assert done.returncode == 0, decoded(done.stderr)

    def delete(self, key: str) -> None:
        self._windows.run("reg", "delete", key, "/f")


def test_the_life_of_an_installation(windows: Wine, registry: Registry) -> None:
    """Nothing there, installed, installed again, fine; after uninstalling the user's folder is as it was."""
    before = files(windows.home)
    said = excel(windows, "doctor", 1)
    assert [mark_of(said, item) for item in ("Excel", "设置文件", "加载项", "模板")] == ["×"] * 4
    registry.set(APP_PATHS, "", r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE")
    try:
        assert excel(windows, "install", 0).count("已写入") == 3
        setting = (windows.home / ".xlwings" / "xlwings.conf").read_bytes()
        assert b'"XL_PERF_EXE","C:\\Python\\Scripts\\xl-perf.exe"\r\n' in setting
        assert excel(windows, "install", 0).count("已是最新") == 5
        said = excel(windows, "doctor", 0)
        assert "没有发现妨碍按钮的情况" in said
        assert mark_of(said, "代码页") == "√"
        assert "gbk" in said
    finally:
        registry.delete(APP_PATHS)
        assert excel(windows, "uninstall", 0).count("已删除") == 5
    assert files(windows.home) == before


def test_policies_and_wps(windows: Wine, registry: Registry) -> None:
    """What stands in the registry is found there, each with its remedy."""
    said = excel(windows, "doctor", 1)
    assert [mark_of(said, item) for item in ("宏设置", "Excel.Application")] == ["√", "√"]
    registry.set(SECURITY, "VBAWarnings", "4", "REG_DWORD")
    registry.set(CLASS, "", WPS_CLASS)
    registry.set(rf"HKCR\CLSID\{WPS_CLASS}\LocalServer32", "", r"C:\Users\张 三\AppData\Local\Kingsoft\et.exe")
    try:
        said = excel(windows, "doctor", 1)
        assert [mark_of(said, item) for item in ("宏设置", "Excel.Application")] == ["×", "×"]
        assert r"归 WPS：C:\Users\张 三\AppData\Local\Kingsoft\et.exe" in said
    finally:
        for key in (SECURITY, r"HKCR\Excel.Application", rf"HKCR\CLSID\{WPS_CLASS}"):
            registry.delete(key)
