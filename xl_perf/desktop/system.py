"""What is asked of an operating system. The real ones are in windows.py and unix.py; tests bring their own."""

import os
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

RegistryValue = str | int | bytes


class Program(NamedTuple):
    """How this xl-perf is started: by an executable, by an interpreter, or by either."""

    executable: Path | None
    interpreter: Path | None


class System(Protocol):
    """One user's operating system, without administrator's rights."""

    @property
    def name(self) -> Literal["windows", "macos", "linux"]:
        """Which one."""
        ...

    @property
    def ansi_encoding(self) -> str:
        """The encoding, by Python's name, in which VBA reads and writes text files."""
        ...

    @property
    def program(self) -> Program:
        """The running xl-perf."""
        ...

    @property
    def applications(self) -> tuple[Path, ...]:
        """Folders that hold programs; on Windows none, the registry knows there."""
        ...

    def variable(self, name: str) -> str:
        """An environment variable; "" where it is not set."""
        ...

    def registry(self, key: str) -> Mapping[str, RegistryValue]:
        r"""The values below a key such as ``HKCU\Software\Microsoft``, names in small letters, "" for the default one.

        Empty where there is no such key, where it may not be read, and where there is no registry.
        """
        ...

    def is_file(self, path: str) -> bool:
        """Whether a path, as it stands in a setting, leads to a file."""
        ...

    def short_path(self, path: str) -> str:
        """The path in names of eight letters and a dot and three; the same path where it has none."""
        ...

    def download_mark(self, path: Path) -> bool:
        """Whether the system has noted that the file came from the internet, so that Office blocks its macros."""
        ...


def this_system() -> System:
    """The one that this runs on."""
    system: System
    if sys.platform == "win32":
        from xl_perf.desktop.windows import Windows

        system = Windows()
    elif sys.platform == "darwin":
        from xl_perf.desktop.unix import MacOS

        system = MacOS()
    else:
        from xl_perf.desktop.unix import Linux

        system = Linux()
    return system


def running_program() -> Program:
    """The program that a button has to start so that it is this one."""
    if getattr(sys, "frozen", False):
        return Program(Path(sys.executable), None)
    # pythonw has no console: `check` from the Send To menu would say nothing.
    interpreter = Path(sys.executable)
    if interpreter.name.lower() == "pythonw.exe":
        interpreter = interpreter.with_name("python.exe")
    name = "xl-perf.exe" if os.name == "nt" else "xl-perf"
    schemes = (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))
    folders = (interpreter.parent, *(Path(sysconfig.get_path("scripts", scheme)) for scheme in schemes))
    return Program(next((folder / name for folder in folders if (folder / name).is_file()), None), interpreter)
