"""Python's bridge to LibreOffice, the module ``uno``, for the interpreter that runs.

It belongs to the system (Debian's python3-uno) or to LibreOffice itself, not to a virtual environment, and its compiled
part fits one minor version of Python only.
"""

import builtins
import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from xl_perf.core.errors import XlPerfError
from xl_perf.engines.soffice import find_soffice

_SYSTEM_PACKAGES: Final = ("/usr/lib/python3/dist-packages", "/usr/lib64/python3/dist-packages")
_PROGRAM_FOLDERS: Final = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
    r"C:\Program Files\LibreOffice\program",
)


class NoBridge(XlPerfError):
    """This Python cannot talk to LibreOffice."""


@cache
def load() -> ModuleType:
    """The module ``uno``. Raises `NoBridge` where this interpreter has none.

    ``uno`` puts an import function of its own in the place of Python's, for ``from com.sun.star…``. We ask it by name
    instead and put Python's back: its error messages about missing modules mislead.
    """
    importing = builtins.__import__
    try:
        return _import()
    finally:
        builtins.__import__ = importing


def _import() -> ModuleType:
    try:
        return import_module("uno")
    except ImportError:
        pass
    places = [place for place in _places() if (Path(place) / "uno.py").is_file()]
    program = next((folder for folder in _program_folders() if Path(folder).is_dir()), None)
    for place in places:
        added = [one for one in (place, program) if one and one not in sys.path]
        # At the end: the system's other packages must not take the place of our own.
        sys.path.extend(added)
        try:
            return import_module("uno")
        except ImportError:
            sys.modules.pop("uno", None)
            for one in added:
                sys.path.remove(one)
    raise _no_bridge(bool(places))


def _places() -> Iterator[str]:
    """Where ``uno.py`` may be: the system's packages for the same minor version of Python, LibreOffice's own folder."""
    yield from _SYSTEM_PACKAGES
    yield f"/usr/lib64/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    yield from _program_folders()


def _program_folders() -> Iterator[str]:
    program = find_soffice()
    if program is not None:
        yield str(Path(program).resolve().parent)
    yield from _PROGRAM_FOLDERS


def _no_bridge(found: bool) -> NoBridge:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not found:
        return NoBridge(
            "没有找到 Python 与 LibreOffice 之间的桥（uno）",
            "请安装系统软件包 python3-uno（Debian、Ubuntu、统信、麒麟）或 libreoffice-pyuno（Fedora）",
        )
    own = shutil.which("python3", path=os.defpath) or "/usr/bin/python3"
    return NoBridge(
        f"LibreOffice 的桥（uno）不能用于 Python {version}",
        f"请用系统自带的 Python（{own}，要 3.11 以上）建立虚拟环境，再安装 xl-perf；更旧的只能用命令行",
    )
