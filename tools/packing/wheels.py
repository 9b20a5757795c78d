"""Locked wheels, unpacked into the site-packages of a CPython that may be of another system."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

from tools.bundle import BundleError

FOR_FRAMES: Final = frozenset(
    {"pandas", "numpy", "openpyxl", "et_xmlfile", "python_dateutil", "tzdata"},
)
"""What makes and stores pandas frames: neither a button nor a command needs it."""
NOT_UNPACKED: Final = re.compile(
    r"""
    (?:pandas|numpy|lxml|xlwings)/(?:.*/)?(?:tests?|includes|include)/   # what developers of these packages need
    | numpy/(?:.*/)?[^/]+\.lib$
    | olefile/(?:olefile2\.py|doc/)                                        # for Python 2
    | xlwings/(?:pro|html|js|rest)/ | xlwings/quickstart[^/]*$ | xlwings/addin/[^/]*\.xlam$   # pro has its own licence
    | (?:adodbapi|isapi|pythonwin|win32comext)/ | PyWin32\.chm$
    | win32(?:com)?/(?:demos|test|HTML|scripts|License|include|libs)/ | win32com/(?:makegw|servers)/
    | .*\.pyx$ | .*\.pxd$ | .*\.pyi$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPILE: Final = """
import pathlib, py_compile, sys
root = pathlib.Path(sys.argv[1])
for path in sorted(root.rglob("*.py")):
    try:
        py_compile.compile(
            str(path), str(path) + "c", path.relative_to(root).as_posix(), doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    except py_compile.PyCompileError:
        print(path.relative_to(root).as_posix())
    path.unlink()
"""


def package_of(wheel: Path) -> str:
    """The name of the package in a wheel's file name, as the name writes it: ``python_docx``."""
    return wheel.name.split("-", 1)[0].lower()


def unpack_all(wheels: Path, site: Path, without: Collection[str] = ()) -> None:
    """All wheels of a folder but those packages. Raises `BundleError` where there are none."""
    found = sorted(wheels.glob("*.whl"))
    if not found:
        raise BundleError(f"{wheels} 里没有 wheel。")
    for wheel in found:
        if package_of(wheel) not in without:
            unpack(wheel, site)


def unpack(wheel: Path, site: Path) -> None:
    """What is imported, and the metadata: no scripts, whose launchers would name the machine that made them."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            place = _place(name)
            if place is None or name.endswith("/") or NOT_UNPACKED.match(place):
                continue
            path = site / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))


def _place(name: str) -> str | None:
    """Where a member of a wheel belongs below site-packages; None for what does not belong there."""
    found = re.match(r"[^/]+\.data/([^/]+)/(.*)", name)
    if found is None:
        return name
    return found[2] if found[1] in ("purelib", "platlib") else None


def need_python(version: str) -> None:
    """Raises `BundleError` where this Python is another one than ``version`` (such as 3.11)."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    if own != version:
        raise BundleError(
            f"要用 Python {version} 来制作（这里是 {own}），例如 make clean 后 make PYTHON=python{version} portable。"
        )


def compile_all(folder: Path, version: str) -> None:
    """Puts compiled modules in the place of all sources below a folder: half the files, a quick start, no new files.

    The same sources give the same bytes. Raises `BundleError` where this Python is another one than ``version`` (such
    as 3.11), or for a module that cannot be compiled.
    """
    need_python(version)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _COMPILE, folder],
        env={"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BundleError(f"编译没有成功：\n{done.stderr}")
    if done.stdout:
        raise BundleError("这些模块不能编译：" + "、".join(done.stdout.split()))
