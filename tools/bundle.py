"""Puts the program and everything it needs into one folder, for machines that reach no package index.

    python tools/bundle.py [--out DIR] [--platform win_amd64] [--python-version 3.11]

Without --platform the bundle is for this machine. Needs the locked build backend in the running environment
and a package index for the wheels of the runtime lock, which are verified by their hashes.
"""

import argparse
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "runtime.lock"
NOTES = "安装说明.txt"

# What the beginning of a wheel's platform tag says about the machine, in the words of environment markers.
SYSTEMS = {
    "win": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"},
    "macosx": {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"},
    "manylinux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
}

KNOWN = r"win_amd64|win_arm64|win32|macosx_\d+_\d+_(arm64|x86_64|universal2)|manylinux(_2_\d+|2014)_(x86_64|aarch64)"

PLACES = {"win_amd64": "64 位 Windows", "win_arm64": "ARM 版 Windows", "win32": "32 位 Windows"}


class BundleError(Exception):
    """The bundle cannot be made; the message says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tools/bundle.py", description="生成离线安装包")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "bundle", help="放到哪个文件夹（默认 dist/bundle）")
    parser.add_argument("--platform", default="", help="目标平台，例如 win_amd64、manylinux_2_28_x86_64")
    parser.add_argument("--python-version", default="", help="目标电脑的 Python 版本，例如 3.11")
    options = parser.parse_args(arguments)
    try:
        count = build(options.out, options.platform, options.python_version)
    except BundleError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    print(f"离线安装包：{options.out}（{count} 个 wheel，{NOTES}）")
    return 0


def build(out: Path, platform: str = "", python_version: str = "") -> int:
    """Makes the bundle in OUT and returns the number of wheels. What a bundle left in OUT before is replaced."""
    if out.exists() and not all(path.suffix == ".whl" or path.name == NOTES for path in out.iterdir()):
        raise BundleError(f"{out} 里有别的文件，请换一个文件夹或先清空。")
    _refuse_unknown(platform)
    version = python_version or f"{sys.version_info.major}.{sys.version_info.minor}"
    if not re.fullmatch(r"3\.\d+", version):
        raise BundleError(f"Python 版本应写成 3.11 这样，而不是 {version}。")
    out.parent.mkdir(parents=True, exist_ok=True)
    # Made beside the target: a failed download leaves the last good bundle as it was.
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=out.parent) as folder:
        wheels = Path(folder) / "wheels"
        wheels.mkdir()
        pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, ROOT)
        lock = Path(folder) / "target.lock"
        lock.write_text("\n".join(locked_for(target_environment(platform, version))) + "\n", encoding="utf-8")
        target = target_options(platform, version)
        pip("download", "--no-deps", "--only-binary=:all:", "--require-hashes", *target, "-r", lock, "-d", wheels)
        write_notes(wheels / NOTES, platform, version)
        if out.exists():
            shutil.rmtree(out)
        shutil.move(wheels, out)
    return len(list(out.glob("*.whl")))


def _refuse_unknown(platform: str) -> None:
    """pip would say in English, and only after a while, that it finds nothing for such a platform."""
    if platform and not re.fullmatch(KNOWN, platform):
        raise BundleError(f"不认识平台 {platform}，例如 win_amd64、macosx_11_0_arm64、manylinux_2_28_x86_64。")


def pip(command: str, *arguments: str | Path) -> None:
    """Runs pip quietly; its own messages go to stderr when something is wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", command, "-qq", "--disable-pip-version-check", *map(str, arguments)],
        check=False,
    )
    if done.returncode:
        raise BundleError(f"pip {command} 没有成功，原因见上。")


def locked_for(environment: dict[str, str], lock: Path = LOCK) -> Iterator[str]:
    """A lock's lines that hold for the target, without markers: pip would judge those by the machine it runs on."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        wanted, *hashes = re.split(r"\s+(?=--hash=)", line.strip())
        requirement = Requirement(wanted)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield " ".join([f"{requirement.name}{requirement.specifier}", *hashes])


def target_environment(platform: str, version: str) -> dict[str, str]:
    environment = {name: str(value) for name, value in default_environment().items()}
    environment["python_version"] = version
    if environment["python_full_version"].rsplit(".", 1)[0] != version:
        environment["python_full_version"] = f"{version}.0"
    if platform:
        for prefix, words in SYSTEMS.items():
            if platform.startswith(prefix):
                environment.update(words)
                break
        else:
            raise BundleError(f"不认识平台 {platform}，例如 win_amd64、macosx_11_0_arm64、manylinux_2_28_x86_64。")
        machine = re.sub(r"^(win|macosx_\d+_\d+|manylinux(\d+|_\d+_\d+))_", "", platform)
        environment["platform_machine"] = {"amd64": "AMD64"}.get(machine, machine)
    return environment


def target_options(platform: str, version: str) -> list[str]:
    """pip's options for a machine that is not this one."""
    if not platform and version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return []
    options = ["--implementation=cp", f"--python-version={version}"]
    return options + [f"--platform={tag}" for tag in platform_tags(platform)]


def platform_tags(platform: str) -> list[str]:
    """A machine with glibc 2.28 takes wheels for every older one; pip asks for each tag by name."""
    if not platform:
        return []
    match = re.fullmatch(r"manylinux_2_(\d+)_(\w+)", platform)
    if not match:
        return [platform]
    newest, machine = int(match[1]), match[2]
    return [f"manylinux_2_{minor}_{machine}" for minor in range(newest, 16, -1)] + [f"manylinux2014_{machine}"]


def write_notes(path: Path, platform: str, version: str) -> None:
    """Plain text that Windows Notepad of any age shows: UTF-8 with BOM, CRLF."""
    windows = platform.startswith("win") if platform else sys.platform == "win32"
    python = f"py -{version}" if windows else "python3"
    place = PLACES.get(platform, platform) or sysconfig.get_platform()
    steps = [
        "xl-perf 离线安装说明",
        "",
        f"适用：{place}，Python {version}。不需要网络，也不需要管理员权限。",
        "",
        f"一、先确认装有 Python {version}：打开命令行（Windows：开始菜单中输入 cmd），运行",
        f"    {python} --version",
        "",
        "二、在命令行中进入本文件夹，例如",
        r"    cd /d D:\xl-perf" if windows else "    cd ~/xl-perf",
        "",
        "三、安装：",
        *install_steps(windows, python),
        "",
        "四、试用：",
        f"    {'' if windows else '~/.xl-perf/bin/'}xl-perf --help",
        "",
        *(
            [
                "提示“xl-perf 不是内部或外部命令”时，请改用：",
                f"    {python} -m xl_perf --help",
                "",
            ]
            if windows
            else []
        ),
        "升级：用新的安装包再做一遍第三步，命令末尾加上 --upgrade。",
        f"卸载：{python} -m pip uninstall xl-perf" if windows else "卸载：删除文件夹 ~/.xl-perf",
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in steps).encode())


def install_steps(windows: bool, python: str) -> list[str]:
    install = "-m pip install --no-index --find-links . xl-perf"
    if windows:
        return [f"    {python} {install}"]
    # Linux distributions and Homebrew refuse pip outside a virtual environment (PEP 668).
    return [f"    {python} -m venv ~/.xl-perf", f"    ~/.xl-perf/bin/python {install}"]


if __name__ == "__main__":
    sys.exit(main())
