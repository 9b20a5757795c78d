"""The small .msi package, installed by Windows Installer for a Windows that has another Python, or none."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.packing import archives, msi, windows_folder
from tools.windows.wine import Wine, decoded, windows_path

EXAMPLE = Path(__file__).resolve().parents[2] / "workbooks" / "example-2023.xlsx"
PRESS = Path(__file__).parent / "inside" / "press.py"
SHORTCUT = r"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/xl-perf 装到 Excel 并检查.lnk"
FRAME = """
import sys, xl_perf
try:
    xl_perf.frames([xl_perf.read(sys.argv[1])])
except xl_perf.XlPerfError as error:
    sys.stdout.buffer.write(str(error).encode())
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("wixl") and shutil.which("msibuild")), reason="wixl、msitools 没有安装"),
]


@pytest.fixture(scope="module")
def contents(windows: Wine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package brings."""
    folder = tmp_path_factory.mktemp("msi") / "xl-perf"
    folder.mkdir()
    windows_folder.build(folder, windows.folder / "downloads", windows.folder / "bundle", None, whole=False)
    return folder


@pytest.fixture(scope="module")
def package(contents: Path) -> Path:
    """The package of that folder."""
    package = contents.parent / "安 装.msi"
    msi.build(contents, package, "1.2.3")
    return package


@pytest.fixture
def place(windows: Wine) -> Path:
    """Where the buttons look."""
    return windows.home / "AppData" / "Local" / "Programs" / "xl-perf"


class Installer:
    """Windows Installer, without its windows."""

    def __init__(self, windows: Wine) -> None:
        self._windows = windows
        self._packages: list[Path] = []

    def installs(self, package: Path, *more: str) -> bool:
        """Whether that went well."""
        self._packages.append(package)
        return self._run("/i", package, *more)

    def removes(self, package: Path, *more: str) -> bool:
        """Whether that went well."""
        return self._run("/x", package, *more)

    def end(self) -> None:
        """What a failed test has left goes: the next one would find it."""
        for package in reversed(self._packages):
            self._run("/x", package)

    def _run(self, option: str, package: Path, *more: str) -> bool:
        return self._windows.run("msiexec", option, package, "/qn", *more, timeout=300).returncode == 0


@pytest.fixture
def installer(windows: Wine) -> Iterator[Installer]:
    made = Installer(windows)
    yield made
    made.end()


def versions(windows: Wine) -> list[str]:
    """Of ours, as Windows lists what is installed; Wine's registry is asked again where it lists nothing yet."""
    for _ in range(3):
        found = listed_versions(windows)
        if found:
            return found
        time.sleep(2)
    return []


def listed_versions(windows: Wine) -> list[str]:
    where = r"\Software\Microsoft\Windows\CurrentVersion\Uninstall"
    asked = [windows.run("reg", "query", root + where, "/s") for root in ("HKCU", "HKLM")]
    keys = "\n".join(decoded(one.stdout) for one in asked).split("\nHK")
    ours = "\n".join(key for key in keys if msi.NAME in key)
    return re.findall(r"DisplayVersion\s+REG_SZ\s+(\S+)", ours)


def test_the_life_of_a_package(
    windows: Wine, installer: Installer, package: Path, contents: Path, place: Path, folder: Path
) -> None:
    """Installed over an older one, used, not replaced by an older one, and taken away without a trace."""
    older = small(contents.parent / "older", "1.2.2", "a.txt", r"Lib/b.txt")
    assert installer.installs(older, "EXCEL=0")
    assert listed(place) == ["Lib/b.txt", "a.txt", "pythonw.exe"]

    assert installer.installs(package)
    program = place / "xl-perf.exe"
    assert archives.digest(place) == archives.digest(contents)
    assert used(windows, program, folder) == "1135.76"
    addin = windows.home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xl_perf.xlam"
    assert addin.is_file()
    assert windows_path(place) in decoded(windows.run("reg", "query", r"HKCU\Environment", "/v", "PATH").stdout)
    assert (windows.home / SHORTCUT).is_file()
    assert pressed(windows, program) == [2, "xl-perf button: no workbook to work on"]
    assert "没有 pandas" in lacking(windows, place, folder)
    assert versions(windows) == ["1.2.3"]

    assert not installer.installs(older, "EXCEL=0")
    assert archives.digest(place) == archives.digest(contents)  # and whatever ran has written nothing beside it

    assert installer.removes(package)
    assert not place.exists()
    assert not addin.exists()
    assert not (windows.home / SHORTCUT).exists()
    assert versions(windows) == []
    assert "xl-perf" not in decoded(windows.run("reg", "query", r"HKCU\Environment").stdout)
    assert b"1" not in windows.run("reg", "query", r"HKCU\Software\xl-perf\Installed").stdout


def test_one_version_in_the_place_of_another(windows: Wine, installer: Installer, place: Path, tmp_path: Path) -> None:
    """Of the same version, whole or not, and of a later one: what is no longer in it goes."""
    first = small(tmp_path / "first", "1.2.3", "a.txt", "Lib/b.txt")
    other = small(tmp_path / "other", "1.2.3", "a.txt", "Lib/c.txt")
    later = small(tmp_path / "later", "1.10.0", "d/e.txt")
    for package, version, files in (
        (first, "1.2.3", ["Lib/b.txt", "a.txt", "pythonw.exe"]),
        (other, "1.2.3", ["Lib/c.txt", "a.txt", "pythonw.exe"]),
        (later, "1.10.0", ["d/e.txt", "pythonw.exe"]),
    ):
        assert installer.installs(package, "EXCEL=0")
        assert listed(place) == files
        assert versions(windows) == [version]
    assert not installer.installs(first, "EXCEL=0")
    assert versions(windows) == ["1.10.0"]
    assert installer.removes(later, "EXCEL=0")
    assert listed(place) == []


def small(folder: Path, version: str, *names: str) -> Path:
    """A package of files whose content is their name; Windows Installer does with it what it does with ours."""
    for name in (*names, "pythonw.exe"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "ascii")
    package = folder.with_suffix(".msi")
    msi.build(folder, package, version)
    return package


def listed(place: Path) -> list[str]:
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def used(windows: Wine, program: Path, folder: Path) -> str:
    """A workbook is checked by the program that was installed: the total."""
    shutil.copy(EXAMPLE, folder / "部门.xlsx")
    done = windows.run(program, "check", "部门.xlsx", "--json", cwd=folder)
    assert done.returncode == 0, decoded(done.stderr)
    return str(json.loads(done.stdout)["totals"]["budget"])


def pressed(windows: Wine, program: Path) -> list[object]:
    """A button as VBA starts it, with no Excel behind: the status, and how the answer begins."""
    done = windows.run(windows.python, PRESS, windows_path(program), "button validate", "部门 & 1.xlsm")
    ((status, said),) = json.loads(done.stdout)
    return [status, said.split(",")[0]]


def lacking(windows: Wine, place: Path, folder: Path) -> str:
    """What is said by a program of the small package that is asked for frames."""
    script = folder / "frames.py"
    script.write_text(FRAME, "ascii")
    return decoded(windows.run(place / "python.exe", script, "部门.xlsx", cwd=folder).stdout)


def test_the_same_bytes(tmp_path: Path) -> None:
    """Whenever it is made; another content is another product."""
    folder = tmp_path / "folder"
    (folder / "Lib").mkdir(parents=True)
    (folder / "Lib" / "a.txt").write_text("a", "ascii")
    (folder / "pythonw.exe").write_bytes(b"MZ")
    made = []
    for age in (0, 100_000):
        for path in archives.files_of(folder):
            os.utime(path, (age, age))
        msi.build(folder, tmp_path / "made.msi", "1.2.3")
        made.append((tmp_path / "made.msi").read_bytes())
    assert made[0] == made[1]
    (folder / "Lib" / "a.txt").write_text("b", "ascii")
    msi.build(folder, tmp_path / "other.msi", "1.2.3")
    assert product_code(tmp_path / "other.msi") != product_code(tmp_path / "made.msi")


def product_code(package: Path) -> str:
    said = subprocess.run(["msiinfo", "export", package, "Property"], capture_output=True, check=True).stdout
    found = re.search(rb"^ProductCode\t(.*?)\r?$", said, re.MULTILINE)
    assert found is not None
    return found[1].decode("ascii")


def test_what_the_package_says_of_itself(package: Path) -> None:
    said = subprocess.run(["msiinfo", "suminfo", package], capture_output=True, text=True, check=True).stdout
    for line in ("Template: x64;2052", "Subject: xl-perf 1.2.3", "Created: Wed Jan  1 00:00:00 2025"):
        assert line in said


def test_licences(contents: Path) -> None:
    """Every part is listed with files that are there and say something."""
    lines = (contents / "LICENSES.txt").read_text("utf-8-sig").splitlines()
    files = [contents / line.strip() for line in lines if line.startswith("    ")]
    assert all(path.stat().st_size > 200 for path in files)
    packages = {path.name.split("-")[0].lower() for path in contents.rglob("*.dist-info")}
    assert {"xl_perf", "xlwings", "pywin32", "lxml"} <= packages
    assert packages == {part.split("-")[0].lower() for path in files for part in path.parts if part.endswith("-info")}
    assert not (contents / "Lib" / "site-packages" / "xlwings" / "pro").exists()
