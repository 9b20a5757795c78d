"""A folder with CPython for Linux desktops, the locked packages and a launcher: runs wherever it lies, needs no Python.

xl-perf  python3.11  python3.11._pth  lib/  lib/site-packages/  licences/  README.txt  LICENSES.txt
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tools import bundle
from tools.packing import archives, licences, wheels

PLATFORMS: Final = ("linux-x86_64", "linux-aarch64")
PROGRAM: Final = "xl-perf"
NOTES: Final = "README.txt"
VERSION: Final = "3.11"
GLIBC: Final = (2, 28)
"""Of the oldest desktop that it is for: 统信 UOS 20."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_LOCK: Final = _ROOT / "requirements" / "linux.lock"
_SCRIPT: Final = Path(__file__).with_name("linux_python.sh")
_TOOLS: Final = {"apt-get": "apt", "dpkg-source": "dpkg-dev", "make": "make", "tclsh": "tcl"}
"""What CPython is built with, besides the compiler, and the Debian package that has it."""
_KEYS: Final = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_MACHINES: Final = {"x86_64": 62, "aarch64": 183}
"""As the header of a program names them."""
_NOT_PACKED: Final = (
    *("ctypes/test", "distutils/tests", "ensurepip", "idlelib", "lib2to3", "msilib", "pydoc_data", "test", "tkinter"),
    *("turtledemo", "turtle.py", "unittest/test", "venv"),
)
_LAUNCHER: Final = f"""\
#!/bin/sh
# The folder may lie anywhere, and this may be started through a link.
here=$(readlink -f -- "$0")
exec "${{here%/*}}/python{VERSION}" -m xl_perf "$@"
"""
_LICENCES: Final = {
    "python3.11": "PSF-2.0",
    "libffi": "MIT",
    "expat": "MIT",
    "zlib": "Zlib",
    "bzip2": "bzip2-1.0.6",
    "xz-utils": "公有领域（liblzma）",
    "sqlite3": "公有领域",
    "ziglang": "MIT（compiler_rt）",
}
"""Of what the program python3.11 consists of."""


def machine_of(name: str) -> str:
    """``linux-aarch64`` is for machines of the kind ``aarch64``."""
    return name.removeprefix("linux-")


def wheels_for(name: str) -> str:
    """The platform of the wheels that such a folder takes, in pip's words."""
    return f"manylinux_{GLIBC[0]}_{GLIBC[1]}_{machine_of(name)}"


def python_for(name: str, downloads: Path) -> Path:
    """CPython for a platform, built the first time (half an hour): a folder with its parts.

    Raises `bundle.BundleError` where a tool is missing, or the building fails.
    """
    machine = machine_of(name)
    place = downloads / "linux"
    recipe = hashlib.sha256(_SCRIPT.read_bytes() + _LOCK.read_bytes() + f"{archives.epoch()}".encode()).hexdigest()
    stamp = place / machine / "recipe"
    if not (stamp.is_file() and stamp.read_text("ascii") == recipe):
        wheels.need_python(VERSION)
        _need_tools(place)
        zig = _compiler(place)
        print(f"编译 CPython（{name}），只在第一次，要一刻钟到一个小时……", flush=True)
        command = ["nice", "sh", *map(str, (_SCRIPT, place, machine, sys.executable, zig))]
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(archives.epoch())}
        if subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
            raise bundle.BundleError(f"CPython（{name}）没有编译成功，原因见上。再做一遍会重新开始。")
        stamp.write_text(recipe, "ascii")
    return place / machine / "made"


def _need_tools(place: Path) -> None:
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    if not _KEYS.is_file():
        missing.append("debian-archive-keyring")
    if missing:
        packages = "、".join(missing)
        raise bundle.BundleError(f"编译 CPython 还缺系统软件包 {packages}，请先安装（Debian、Ubuntu），再做一遍。")
    if not re.fullmatch(r"[\w./+-]+", str(place), re.ASCII):
        raise bundle.BundleError(f"{place} 里有空格或汉字，CPython 不能在这里编译，请把源代码放到别的文件夹。")


def _compiler(place: Path) -> Path:
    """zig, whose C compiler makes programs for any glibc, verified by its hash."""
    folder = place / "compiler"
    program = folder / "ziglang" / "zig"
    if not program.is_file():
        bundle.pip("install", "--no-deps", "--require-hashes", "-r", _LOCK, "--target", folder)
    return program


def build(folder: Path, name: str, made: Path, packages: Path, *, whole: bool) -> None:
    """Makes the folder out of a built CPython and the wheels of a bundle.

    Not ``whole``: without what only pandas frames need. Raises `bundle.BundleError`.
    """
    lib = folder / "lib"
    shutil.copytree(made / "lib", lib, ignore=shutil.ignore_patterns("__pycache__"))
    for part in _NOT_PACKED:
        path = lib / part
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (lib / f"_sysconfigdata__{machine_of(name)}-linux-gnu.py").write_text(_sysconfig(machine_of(name)), "ascii")
    wheels.unpack_all(packages, lib / "site-packages", without=() if whole else wheels.FOR_FRAMES)
    wheels.compile_all(folder, VERSION)
    for path in archives.files_of(folder):
        path.chmod(0o644)
    shutil.copytree(made / "licences", folder / "licences")
    program = folder / f"python{VERSION}"
    shutil.copyfile(made / program.name, program)
    # Isolated by this file: neither variables nor the system's Python say where modules are.
    program.with_name(f"{program.name}._pth").write_text("lib\nlib/site-packages\n", "ascii")
    launcher = folder / PROGRAM
    launcher.write_text(_LAUNCHER, "ascii")
    for path in (program, launcher):
        path.chmod(0o755)
    licences.write_list(folder, lib / "site-packages", _parts(made), windows=False)
    _write_notes(folder / NOTES, name, whole=whole)
    verify(folder, machine_of(name))
    _try(folder, name)


def _sysconfig(machine: str) -> str:
    """What `sysconfig` is asked for; not the paths of the machine that built it."""
    soabi = f"cpython-{VERSION.replace('.', '')}-{machine}-linux-gnu"
    return f"build_time_vars = {{'SOABI': '{soabi}', 'EXT_SUFFIX': '.{soabi}.so', 'VERSION': '{VERSION}'}}\n"


def _parts(made: Path) -> list[tuple[str, str, list[str]]]:
    """What the program consists of, with versions as Debian writes them."""
    lines = [line.split() for line in (made / "sources.txt").read_text("ascii").splitlines()]
    names = {f"python{VERSION}": "CPython"}
    return [
        (f"{names.get(name, name)} {version}", _LICENCES[name], [f"licences/{name}.txt"]) for name, version in lines
    ]


def verify(folder: Path, machine: str) -> None:
    """That programs and libraries are for that machine, and need no newer glibc. Raises `bundle.BundleError`.

    Versions of glibc stand in a program as plain strings, whether of symbols that are needed or weak.
    """
    for path in archives.files_of(folder):
        content = path.read_bytes()
        if not content.startswith(b"\x7fELF"):
            continue
        name = path.relative_to(folder).as_posix()
        if int.from_bytes(content[18:20], "little") != _MACHINES[machine]:
            raise bundle.BundleError(f"{name} 不是给 {machine} 的，不能放进去。")
        found = re.findall(rb"\0GLIBC_(\d+)\.(\d+)(?=[.\0])", content)
        newest = max(((int(major), int(minor)) for major, minor in found), default=GLIBC)
        if newest > GLIBC:
            raise bundle.BundleError(
                f"{name} 要 glibc {newest[0]}.{newest[1]}，统信 UOS 20 只有 {GLIBC[0]}.{GLIBC[1]}，不能放进去。"
            )


def _try(folder: Path, name: str) -> None:
    """Starts it, where this machine is of that kind."""
    if sys.platform != "linux" or platform.machine() != machine_of(name):
        return
    done = subprocess.run([folder / PROGRAM, "--version"], env={}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise bundle.BundleError(f"做好的 xl-perf 不能启动：\n{done.stderr}")


def _write_notes(path: Path, name: str, *, whole: bool) -> None:
    lines = [
        "xl-perf：部门预算绩效文本与项目绩效目标表。自带 Python，不用安装别的，不联网，不需要管理员权限。",
        f"给 {machine_of(name)} 的 Linux 桌面：统信 UOS 20、麒麟 V10，以及 glibc 2.28 以上的其他发行版。",
        "",
        "用法：在这个文件夹里打开终端，输入 ./xl-perf check，空一格，把工作簿拖进来，按回车。",
        "有哪些命令：./xl-perf --help",
        "文件夹放在哪里都行。想在别处只写 xl-perf：ln -s 这个文件夹/xl-perf ~/.local/bin/",
        "删除：删掉这个文件夹。",
    ]
    if not whole:
        lines += ["", "这是小的一份：只缺 pandas，不能在 Python 中把结果变成 pandas 的表。"]
    licences.write_text(path, [*lines, "", f"各部分的许可：{licences.LIST}"], windows=False)
