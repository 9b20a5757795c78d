"""`--cluster`: on a Dask cluster the outputs are, byte by byte, those of one process, whatever becomes of a worker."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster, kill
from tests.command_line import ROOT, project, write
from tests.thorough import so_many
from tests.workbooks import saved

pytest.importorskip("distributed")
BOOKS = so_many(120, 2_000)
"""Enough that the cluster is in the middle of them when a worker is killed."""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "集群"
    folder.mkdir()
    one = Cluster(folder)
    try:
        one.wait_for_workers()
        yield one
    finally:
        one.close()


def many(folder: Path, number: int) -> None:
    """So many good books that differ in the name of their project, and a damaged one among them."""
    folder.mkdir()
    with zipfile.ZipFile(write(folder.parent / "样.xlsx", project("修路00000"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for at in range(number):
        with zipfile.ZipFile(folder / f"{at:05}.xlsx", "w") as package:
            for name, content in parts.items():
                package.writestr(name, content.replace("修路00000".encode(), f"修路{at:05}".encode()))
    saved(folder / "00100.xlsx", b"PK\x03\x04nothing")


def started(*arguments: str, cwd: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "xl_perf", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def outcome(*arguments: str, cwd: Path) -> tuple[int, bytes, bytes]:
    process = started(*arguments, cwd=cwd)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


@pytest.mark.slow
def test_the_same_bytes_though_a_worker_is_killed(cluster: Cluster, tmp_path: Path) -> None:
    many(tmp_path / "收件", BOOKS)
    alone = outcome("consolidate", "收件", "-o", "一.xlsx", "--workers", "1", cwd=tmp_path)
    assert alone[0] == 2
    running = started("consolidate", "收件", "-o", "二.xlsx", "--cluster", cluster.address, cwd=tmp_path)
    cluster.wait_for_work()
    time.sleep(1)
    assert running.poll() is None
    kill(cluster.workers[0])
    out, err = running.communicate(timeout=300)
    assert (running.returncode, err) == (2, alone[2])
    assert out == alone[1].replace("一.xlsx".encode(), "二.xlsx".encode())
    assert (tmp_path / "二.xlsx").read_bytes() == (tmp_path / "一.xlsx").read_bytes()


@pytest.mark.slow
def test_all_workers_and_the_scheduler_are_lost(cluster: Cluster, tmp_path: Path) -> None:
    """What is left is done here."""
    many(tmp_path / "收件", BOOKS)
    alone = outcome("check", "收件", "--json", cwd=tmp_path)
    running = started("check", "收件", "--json", "--cluster", cluster.address, cwd=tmp_path)
    cluster.wait_for_work()
    cluster.close()
    out, err = running.communicate(timeout=300)
    assert err == alone[2]
    assert (running.returncode, out) == alone[:2]


@pytest.mark.slow
def test_archives_and_relative_paths(cluster: Cluster, tmp_path: Path) -> None:
    """What is unpacked on this machine is read here; profiles beside the books are found on the workers."""
    many(tmp_path / "收件", 130)
    (tmp_path / "收件" / "口径.toml").write_text('name = "own"\nbase = "hebei-2023"\ntitle = "本局口径"\n', "utf-8")
    with zipfile.ZipFile(tmp_path / "收件" / "00050.zip", "w") as archive:
        archive.write(tmp_path / "样.xlsx", "样.xlsx")
    alone = outcome("check", "收件", "--json", "--details", cwd=tmp_path)
    # All but the damaged one, by the path as it is known here; what is in the archive has none beside it.
    assert alone[1].decode().count('"profile": "收件/口径.toml"') == 129
    assert outcome("check", "收件", "--json", "--details", "--cluster", cluster.address, cwd=tmp_path) == alone


def test_what_hinders(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", project("修路"))
    status, out, err = outcome("check", "甲.xlsx", "--cluster", "tcp://127.0.0.1:9", cwd=tmp_path)
    assert (status, out) == (2, b"")
    assert err.decode() == (
        "集群 tcp://127.0.0.1:9 连不上。请核对地址（如 tcp://10.0.0.5:8786），确认调度进程开着；或不加 --cluster。\n"
    )
    status, _, err = outcome("check", "甲.xlsx", "--cluster", "nonsense", cwd=tmp_path)
    assert (status, err.decode().partition("。")[0]) == (2, "集群 nonsense 连不上")
    status, _, err = outcome("check", "甲.xlsx", "--cluster", "tcp://127.0.0.1:9", "--workers", "2", cwd=tmp_path)
    assert (status, err.count(b"\n")) == (2, 1)
