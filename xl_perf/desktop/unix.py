"""macOS and Linux."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from xl_perf.desktop.system import Program, RegistryValue, running_program

_OPT: Final = Path("/opt")


class _Unix:
    """What both have in common: no registry, no code page but UTF-8, no short names."""

    ansi_encoding = "utf-8"

    @property
    def program(self) -> Program:
        """The running xl-perf."""
        return running_program()

    def variable(self, name: str) -> str:
        """An environment variable; "" where it is not set."""
        return os.environ.get(name, "")

    def registry(self, key: str) -> Mapping[str, RegistryValue]:  # noqa: ARG002
        """There is none."""
        return {}

    def is_file(self, path: str) -> bool:
        """Whether a path leads to a file."""
        return Path(path).is_file()

    def short_path(self, path: str) -> str:
        """There are none."""
        return path


class Linux(_Unix):
    """Linux, and whatever else is neither Windows nor macOS. Excel does not run here."""

    name: Literal["linux"] = "linux"

    @property
    def applications(self) -> tuple[Path, ...]:
        """The folders of the search path, and where the packages of libreoffice.org go."""
        path = (Path(folder) for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder)
        return (*path, *sorted(_OPT.glob("libreoffice*/program")))

    def download_mark(self, path: Path) -> bool:  # noqa: ARG002
        """Nothing that a program here would mind."""
        return False


class MacOS(_Unix):
    """macOS. It could not be run where it was written: README, 已知边界."""

    name: Literal["macos"] = "macos"
    ansi_encoding = "ascii"  # VBA reads settings in MacRoman: what is safe is ASCII

    @property
    def applications(self) -> tuple[Path, ...]:
        """Programs of the machine and of the user."""
        return (Path("/Applications"), Path.home() / "Applications")

    def download_mark(self, path: Path) -> bool:
        """The extended attribute com.apple.quarantine; Python itself reads none here."""
        command = ["/usr/bin/xattr", "-p", "com.apple.quarantine", str(path)]
        try:
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        except OSError:
            return False
