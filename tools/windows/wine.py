"""A Windows under Wine: its environment, and how a program is run there."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

USER: Final = "张 三"
PYTHON: Final = "Python"
"""Folder of CPython on drive C."""


class Wine:
    """One prefix. It speaks Chinese (code page 936), and its user is called 张 三, whoever runs it.

    ``folder`` holds the prefix, the locale and the file that says who the user is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.prefix = folder / "prefix"
        self.drive = self.prefix / "drive_c"
        self.home = self.drive / "users" / USER
        self.python = self.drive / PYTHON / "python.exe"
        self.program = self.drive / PYTHON / "Scripts" / "xl-perf.exe"

    @property
    def environment(self) -> dict[str, str]:
        """What Wine itself needs to be told."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        return kept | {
            "HOME": str(self.folder / "home"),
            "LC_ALL": "zh_CN.UTF-8",
            "LD_PRELOAD": "libnss_wrapper.so",
            "LOCPATH": str(self.folder / "locale"),
            "NSS_WRAPPER_GROUP": str(self.folder / "group"),
            "NSS_WRAPPER_PASSWD": str(self.folder / "passwd"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "WINEPREFIX": str(self.prefix),
        }

    def run(
        self,
        *command: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 120,
    ) -> "subprocess.CompletedProcess[bytes]":
        """Runs a program to its end; what it prints comes as bytes. Raises `subprocess.TimeoutExpired`.

        Python for Windows aborts under Wine where stdin, stdout or stderr is a file or a terminal: they are pipes.
        """
        words = [one if isinstance(one, str) else windows_path(one) for one in command]
        return subprocess.run(
            ["wine", *words],
            cwd=cwd or self.home,
            env=self.environment | dict(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=timeout,
        )

    def call(self, *command: str | Path, timeout: float = 300) -> str:
        """The output of a program that must succeed. Raises `RuntimeError` with what it said where it did not."""
        done = self.run(*command, timeout=timeout)
        said = decoded(done.stdout)
        if done.returncode:
            raise RuntimeError(f"{shown(command)}: {done.returncode}\n{said}\n{decoded(done.stderr)}")
        return said

    def start(self) -> None:
        """Starts Windows' own processes: they stay, and no program that runs later has to wait for them."""
        self.end()
        self._quietly("wineserver", "-p900")
        # Not with pipes of ours: those processes would hold them open.
        self._quietly("wine", "cmd", "/c", "exit")

    def end(self) -> None:
        """Ends everything that still runs in this prefix."""
        self._quietly("wineserver", "-k", check=False)

    def _quietly(self, *command: str, check: bool = True) -> None:
        nowhere = subprocess.DEVNULL
        subprocess.run(
            command, env=self.environment, stdin=nowhere, stdout=nowhere, stderr=nowhere, check=check, timeout=120
        )


def windows_path(path: Path) -> str:
    """How Windows names a file of this machine: the root is drive Z, a prefix has its own drive C."""
    parts = path.absolute().parts
    if "drive_c" in parts:
        return "C:\\" + "\\".join(parts[parts.index("drive_c") + 1 :])
    return "Z:" + str(path.absolute()).replace("/", "\\")


def decoded(said: bytes) -> str:
    """UTF-8, else the code page of a Chinese Windows; line ends as here."""
    try:
        text = said.decode("utf-8")
    except UnicodeDecodeError:
        text = said.decode("gb18030", "replace")
    return text.replace("\r\n", "\n")


def shown(command: Sequence[str | Path]) -> str:
    """A command for people."""
    return " ".join(str(part) for part in command)
