"""The portable folder for Linux desktops. Its CPython takes half an hour to build, so it is built only where asked:
XL_PERF_PORTABLE=linux-x86_64 or linux-aarch64."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools import bundle
from tools.bundle import BundleError
from tools.packing import archives, linux_folder, make, wheels

ASKED = "XL_PERF_PORTABLE"
EXAMPLE = Path(__file__).resolve().parents[1] / "workbooks" / "example-2023.xlsx"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="只在 Linux 上制作")


def stub(path: Path, *lines: str) -> None:
    """A program that is a shell script."""
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize("name", linux_folder.PLATFORMS)
def test_choice_of_wheels(name: str) -> None:
    """For glibc 2.28 and older, and for packages that are locked for Linux."""
    tags = bundle.platform_tags(linux_folder.wheels_for(name))
    machine = linux_folder.machine_of(name)
    assert tags[0] == f"manylinux_2_28_{machine}"
    assert tags[-1] == f"manylinux2014_{machine}"
    assert all(tag.endswith(machine) for tag in tags)
    locked = " ".join(bundle.locked_for(bundle.target_environment(linux_folder.wheels_for(name), linux_folder.VERSION)))
    assert "numpy==" in locked
    assert "pywin32" not in locked


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """What looks like a built CPython: the program says how it was called, and of the library there is little."""
    made = tmp_path / "made"
    for name in ("lib/os.py", "lib/test/a.py", "lib/json/b.py", "lib/__pycache__/os.pyc", "licences/zlib.txt"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("", "ascii")
    (made / "sources.txt").write_text("zlib 1.2.13.dfsg-1\n", "ascii")
    stub(made / "python3.11", 'printf "%s|" "$0" "$@"')
    return made


@pytest.fixture
def folder(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with that in it."""
    (tmp_path / "packages").mkdir()
    bundle_of_one = tmp_path / "packages" / "thing-1.0-py3-none-any.whl"
    shutil.make_archive(str(bundle_of_one), "zip", made / "lib", "json")
    bundle_of_one.with_name(f"{bundle_of_one.name}.zip").rename(bundle_of_one)
    monkeypatch.setattr(wheels, "need_python", lambda _: None)
    folder = tmp_path / "张 三" / "xl-perf"
    folder.mkdir(parents=True)
    linux_folder.build(folder, "linux-x86_64", made, tmp_path / "packages", whole=True)
    return folder


def test_what_is_in_the_folder(folder: Path) -> None:
    listed = {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777 for path in archives.files_of(folder)}
    assert {name for name, mode in listed.items() if mode == 0o755} == {"xl-perf", "python3.11"}
    assert sorted(name for name in listed if name.startswith("lib/")) == [
        *("lib/_sysconfigdata__x86_64-linux-gnu.pyc", "lib/json/b.pyc", "lib/os.pyc"),
        "lib/site-packages/json/b.pyc",
    ]
    assert (folder / "python3.11._pth").read_text("ascii") == "lib\nlib/site-packages\n"
    assert "zlib 1.2.13.dfsg-1　Zlib\n    licences/zlib.txt\n" in (folder / "LICENSES.txt").read_text("utf-8")


def test_launcher(folder: Path, tmp_path: Path) -> None:
    """Starts the Python beside it from any folder, also through links to links, by PATH, and without an environment."""
    program = folder / "xl-perf"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "perf").symlink_to("../一 个")
    (tmp_path / "一 个").symlink_to(program)
    for command, place in (
        ([program], Path("/")),
        (["./xl-perf"], folder),
        (["sh", "xl-perf"], folder),
        ([tmp_path / "bin" / "perf"], Path("/")),
        (["env", f"PATH={tmp_path / 'bin'}:{os.defpath}", "perf"], Path("/")),
    ):
        done = subprocess.run([*command, "check", "部门 1.xlsx"], cwd=place, env={}, capture_output=True, check=True)
        assert done.stdout.decode() == f"{folder / 'python3.11'}|-m|xl_perf|check|部门 1.xlsx|"


def test_the_same_tar(folder: Path, tmp_path: Path) -> None:
    """Whenever, and by whomever it is made; programs stay programs."""
    archives.write_tar(folder, tmp_path / "first.tar.gz", "xl-perf")
    for path in archives.files_of(folder):
        os.utime(path, (0, 0))
    archives.write_tar(folder, tmp_path / "second.tar.gz", "xl-perf")
    assert (tmp_path / "first.tar.gz").read_bytes() == (tmp_path / "second.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "first.tar.gz") as archive:
        members = {one.name: one for one in archive}
    assert members["xl-perf/xl-perf"].mode == 0o755
    assert members["xl-perf/README.txt"].mode == 0o644
    assert {(one.uid, one.uname, one.mtime) for one in members.values()} == {(0, "", archives.EPOCH)}


def elf(machine: int, *versions: str) -> bytes:
    """As much of a program as is looked at."""
    start = b"\x7fELF".ljust(18, b"\0") + machine.to_bytes(2, "little")
    return start + b"".join(b"\0" + one.encode() for one in versions) + b"\0"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (elf(62, "GLIBC_2.2.5", "GLIBC_2.28", "GLIBCXX_3.4.30"), ""),
        (b"GLIBC_2.36\0 in a text", ""),
        (elf(62, "GLIBC_2.28", "GLIBC_2.29"), r"a\.so 要 glibc 2\.29，统信 UOS 20 只有 2\.28"),
        (elf(62, "GLIBC_3.1"), r"要 glibc 3\.1"),
        (elf(183), r"a\.so 不是给 x86_64 的"),
    ],
)
def test_what_needs_a_newer_system(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.so").write_bytes(content)
    if not said:
        linux_folder.verify(tmp_path, "x86_64")
        return
    with pytest.raises(BundleError, match=said):
        linux_folder.verify(tmp_path, "x86_64")


def test_what_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BundleError, match="请用 make portable"):
        make.make("msi", tmp_path, "linux-x86_64", "all")
    monkeypatch.setattr(wheels, "need_python", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool in ("tclsh", "dpkg-source") else f"/usr/bin/{tool}")
    with pytest.raises(BundleError, match="缺系统软件包 dpkg-dev、tcl"):
        linux_folder.python_for("linux-x86_64", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(linux_folder, "_KEYS", Path(__file__))
    with pytest.raises(BundleError, match="请把源代码放到别的文件夹"):
        linux_folder.python_for("linux-x86_64", tmp_path / "张 三")


def test_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """What failed is said and done again, what was made is kept, until the recipe changes."""
    script = tmp_path / "build.sh"
    monkeypatch.setattr(linux_folder, "_SCRIPT", script)
    monkeypatch.setattr(linux_folder, "_need_tools", lambda _: None)
    monkeypatch.setattr(linux_folder, "_compiler", lambda _: Path("zig"))
    monkeypatch.setattr(wheels, "need_python", lambda _: None)
    script.write_text("echo E: Could not resolve deb.debian.org >&2; exit 100\n", "ascii")
    with pytest.raises(BundleError, match="没有编译成功，原因见上"):
        linux_folder.python_for("linux-aarch64", tmp_path)
    assert "Could not resolve" in capfd.readouterr().err
    for recipe, times in (("", 1), ("", 1), ("# changed\n", 2), ("# changed\n", 2)):
        script.write_text(f'mkdir -p "$1/$2/made"; echo "$2" >>"$1/$2/made/times"\n{recipe}', "ascii")
        made = linux_folder.python_for("linux-aarch64", tmp_path)
        assert (made / "times").read_text("ascii") == "aarch64\n" * times


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get(ASKED), reason=f"只在 {ASKED}=linux-x86_64 时编译和试用")
def test_the_real_one(tmp_path: Path) -> None:
    """Made twice, the same bytes; unpacked into a folder with a Chinese name, it works without any environment."""
    name = os.environ[ASKED]
    first = make.make("portable", tmp_path / "1", name, "all")
    second = make.make("portable", tmp_path / "2", name, "all")
    assert first.read_bytes() == second.read_bytes()
    if os.uname().machine != linux_folder.machine_of(name):
        return
    place = tmp_path / "张 三"
    place.mkdir()
    subprocess.run(["tar", "-xzf", first, "-C", place], check=True)
    before = archives.digest(place)
    shutil.copy(EXAMPLE, tmp_path / "部门.xlsx")
    for arguments in (
        ["check", "部门.xlsx"],
        ["new", "新.xlsx"],
        ["consolidate", "部门.xlsx", "-o", "汇总.xlsx"],
        ["publish", "部门.xlsx", "-o", "文本.docx"],
    ):
        command = [str(place / "xl-perf" / "xl-perf"), *arguments]
        done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()
    assert all((tmp_path / made).stat().st_size > 5000 for made in ("新.xlsx", "汇总.xlsx", "文本.docx"))
    assert archives.digest(place) == before
