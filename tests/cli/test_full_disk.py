"""A disk that takes no more: one sentence, nothing half written, nothing left behind."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import EXAMPLE, process

BOOKS = 12


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root mounts")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    for number in range(BOOKS):
        (folder / f"{number}.xlsx").write_bytes(EXAMPLE.read_bytes())
    return folder


def said(*arguments: str | Path, **environment: str) -> str:
    done = process("-m", "xl_perf", *arguments, **environment)
    assert done.returncode == 2
    return done.stderr.decode("utf-8")


def test_a_full_disk_under_the_output(small: Path, books: Path) -> None:
    filler = small / "占"
    filler.write_bytes(bytes(56 * 1024))
    for out, command in (("报告.xlsx", "check --report"), ("汇总.xlsx", "consolidate -o"), ("新.xlsm", "new --from")):
        name, option = command.split()
        arguments = (name, small / out, option, books) if name == "new" else (name, books, option, small / out)
        assert said(*arguments) == f"{small / out} 没有写成：磁盘空间不足。请清理磁盘，或换一个保存位置。\n"
        assert list(small.iterdir()) == [filler]


@pytest.mark.parametrize("out", ["数据.xlsx", "数据.sqlite", "数据.duckdb", "数据/", "数据/ --format parquet"])
def test_a_full_disk_under_tables(small: Path, out: str) -> None:
    """Whatever the library that writes them says of it."""
    (small / "占").write_bytes(bytes(40 * 1024))
    name, *more = out.split()
    err = said("export", EXAMPLE, "-o", f"{small}/{name}", *more)
    assert re.fullmatch(rf"{small}/数据\S* 没有写成：磁盘空间不足。请清理磁盘，或换一个保存位置。\n", err)
    assert [path.name for path in small.rglob("*") if path.is_file()] == ["占"]


def test_a_full_disk_under_marked_copies(small: Path, books: Path) -> None:
    """One sentence, not one for each of them."""
    err = said("check", books, "--marked", small / "标注")
    assert err.endswith("没有写成：磁盘空间不足，后面的标注副本也没有写。请清理磁盘，或换一个保存位置。\n")
    assert err.count("\n") == 1
    assert not list(small.rglob(".xl-perf-*"))


def test_a_full_temporary_folder(small: Path, books: Path, tmp_path: Path) -> None:
    """It is what is named: neither the output nor an input is to blame."""
    full = f"临时文件夹 {small} 所在的磁盘空间不足"
    remedy = "请清理它，或用 TMPDIR 另指一个。\n"
    out = tmp_path / "报告.xlsx"
    assert said("check", books, "--report", out, TMPDIR=str(small)) == f"{out} 没有写成：{full}。{remedy}"
    archive = tmp_path / "归档.zip"
    subprocess.run([sys.executable, "-m", "zipfile", "-c", archive, *books.iterdir()], check=True)
    err = said("check", archive, TMPDIR=str(small))
    assert err.startswith(f"{archive}：没有全部解压，{full}，从 ")
    assert err.endswith(f" 起没有读取。{remedy}")
    assert err.count("\n") == 1
    assert list(small.iterdir()) == []


def test_a_full_disk_under_an_inbox(small: Path, books: Path) -> None:
    """Whatever takes no more: originals, the record, receipts. With room it goes on where it ended."""
    for number, path in enumerate(sorted(books.iterdir())):
        path.write_bytes(path.read_bytes() + bytes(number))  # behind the end of the archive: other files
    filler = small / "占"
    for size in (20, 40, 56):
        filler.write_bytes(bytes(size * 1024))
        err = said("receive", books, "-o", small / "箱")
        assert err.count("\n") == 1
        assert "磁盘空间不足" in err
        assert not list(small.rglob(".*"))
    subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
    done = process("-m", "xl_perf", "receive", books, "-o", small / "箱")
    assert f"收件箱里共 {BOOKS} 本" in done.stdout.decode("utf-8")
