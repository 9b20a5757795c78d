"""A Windows, a macOS and a Linux made of folders and dictionaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from xl_perf.desktop.system import Program, RegistryValue

EXCEL_KEY = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"


@dataclass
class FakeSystem:
    """Answers what it was told; folders are real ones below a test's own."""

    name: Literal["windows", "macos", "linux"]
    program: Program
    variables: dict[str, str]
    ansi_encoding: str = "cp936"
    applications: tuple[Path, ...] = ()
    keys: dict[str, dict[str, RegistryValue]] = field(default_factory=dict)
    shorts: dict[str, str] = field(default_factory=dict)
    marked: set[Path] = field(default_factory=set)

    def variable(self, name: str) -> str:
        return self.variables.get(name, "")

    def registry(self, key: str) -> Mapping[str, RegistryValue]:
        return self.keys.get(key, {})

    def is_file(self, path: str) -> bool:
        return Path(path.replace("\\", "/")).is_file()

    def short_path(self, path: str) -> str:
        return self.shorts.get(path, path)

    def download_mark(self, path: Path) -> bool:
        return path in self.marked


def windows(folder: Path, user: str = "张三", encoding: str = "cp936") -> FakeSystem:
    """Excel is installed; XLSTART and the other folders are not there yet, as for a new user."""
    profile = folder / "Users" / user
    local, roaming = profile / "AppData" / "Local", profile / "AppData" / "Roaming"
    scripts = local / "Programs" / "Python" / "Scripts"
    executable, interpreter = scripts / "xl-perf.exe", scripts.parent / "python.exe"
    scripts.mkdir(parents=True)
    roaming.mkdir()
    for path in (executable, interpreter):
        path.write_bytes(b"MZ")
    names = {"USERPROFILE": profile, "LOCALAPPDATA": local, "APPDATA": roaming, "TEMP": local / "Temp"}
    return FakeSystem(
        "windows",
        Program(executable, interpreter),
        {name: str(path) for name, path in names.items()},
        encoding,
        keys={EXCEL_KEY: {"": EXCEL}},
    )


def macos(folder: Path, user: str = "lisi") -> FakeSystem:
    """Excel has been started once."""
    home, applications = folder / "Users" / user, folder / "Applications"
    interpreter = home / "xl-perf" / "bin" / "python3"
    (applications / "Microsoft Excel.app").mkdir(parents=True)
    (home / "Library" / "Group Containers" / "UBF8T346G9.Office").mkdir(parents=True)
    (home / "Library" / "Containers" / "com.microsoft.Excel" / "Data").mkdir(parents=True)
    interpreter.parent.mkdir(parents=True)
    interpreter.write_bytes(b"")
    interpreter.with_name("xl-perf").write_bytes(b"")
    program = Program(interpreter.with_name("xl-perf"), interpreter)
    return FakeSystem("macos", program, {"HOME": str(home)}, "ascii", (applications,))


def linux(folder: Path, *, with_office: bool = True) -> FakeSystem:
    """No Excel; LibreOffice as asked."""
    binaries = folder / "bin"
    binaries.mkdir()
    for name in ("python3", "xl-perf", *(["soffice"] if with_office else [])):
        (binaries / name).write_bytes(b"")
    program = Program(binaries / "xl-perf", binaries / "python3")
    return FakeSystem("linux", program, {"HOME": str(folder)}, "utf-8", (binaries,))
