"""Thousands of workbooks: one process, two, a Dask cluster; every command over many; memory against their number."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.books import PROJECTS, make
from xl_perf.files.inboxes import ORIGINALS
from xl_perf.submission.receipts import RECEIPTS

SIZES = (1_000, 10_000)
PROJECTS_IN_A_SUMMARY = 100_000
SAMPLE = 40
"""Workbooks for what is too slow to be tried on all."""


class Run(NamedTuple):
    """Seconds of a whole process, and MiB that it had at most, those of its children not counted."""

    seconds: float
    memory: int


def xl_perf(*arguments: str) -> Run:
    """The command as people run it. Status 1 means that errors were found, which is as it should be."""
    before = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "xl_perf", *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    ended = os.waitstatus_to_exitcode(status)
    process.returncode = ended
    if ended not in (0, 1):
        raise RuntimeError(f"xl-perf {' '.join(arguments)}: {ended}")
    return Run(time.perf_counter() - before, used.ru_maxrss // 1024)


def said(name: str, number: int, run: Run, against: Run | None = None) -> None:
    """A row: the process, milliseconds a workbook, memory, how many times as fast as another."""
    ratio = "" if against is None else f"\t{against.seconds / run.seconds:.2f} 倍快"
    each = run.seconds / number * 1000
    print(f"{name}\t{run.seconds:.1f} 秒\t{each:.2f} 毫秒/本\t{run.memory} MiB{ratio}", flush=True)


def measure(sizes: Sequence[int], folder: Path) -> None:
    """Prints the figures; the workbooks stay in ``folder`` for the next run."""
    for number in sizes:
        books = _books(folder, number)
        print(f"{number} 本，每本 {PROJECTS} 个项目：", flush=True)
        _consolidated(books, number, folder)
    print(f"{sizes[0]} 本，各种命令：", flush=True)
    _each_command(_books(folder, sizes[0]), sizes[0], folder)
    number = PROJECTS_IN_A_SUMMARY // PROJECTS
    if number <= 2 * max(sizes):
        run = xl_perf("consolidate", str(_books(folder, number)), "-o", _out(folder), "--overwrite", "--workers", "2")
        said(f"汇总 {PROJECTS_IN_A_SUMMARY} 个项目，2 个进程", number, run)


def _books(folder: Path, number: int) -> Path:
    """A folder with so many; those of all folders are made once."""
    books = folder / f"{number} 本"
    books.mkdir(exist_ok=True)
    for path in make(folder / "所有", number):
        if not (books / path.name).exists():
            os.link(path, books / path.name)
    return books


def _out(folder: Path) -> str:
    return str(folder / "汇总.xlsx")


def _consolidated(books: Path, number: int, folder: Path) -> None:
    from tests.cluster import Cluster

    command = ("consolidate", str(books), "-o", _out(folder), "--overwrite")
    one = xl_perf(*command, "--workers", "1")
    said("汇总，1 个进程", number, one)
    said("汇总，2 个进程", number, xl_perf(*command, "--workers", "2"), one)
    with tempfile.TemporaryDirectory() as place:
        cluster = Cluster(Path(place))
        try:
            cluster.wait_for_workers()
            said("汇总，Dask 2 个工作进程", number, xl_perf(*command, "--cluster", cluster.address), one)
        finally:
            cluster.close()


def _each_command(books: Path, number: int, folder: Path) -> None:
    some = sorted(books.glob("*.xlsx"))[:SAMPLE]
    for name, reader in (("openpyxl 逐格看", _by_openpyxl), ("pandas.read_excel 逐表看", _by_pandas)):
        reader(some[0])
        before = time.perf_counter()
        for path in some:
            reader(path)
        each = (time.perf_counter() - before) / len(some) * 1000
        print(f"{name}（取 {len(some)} 本）\t\t{each:.2f} 毫秒/本", flush=True)
    said("check --json", number, xl_perf("check", str(books), "--json"))
    said("check --report", number, xl_perf("check", str(books), "--report", str(folder / "报告.xlsx"), "--overwrite"))
    said("export .sqlite", number, xl_perf("export", str(books), "-o", str(folder / "数据.sqlite"), "--overwrite"))
    said("diff，每边都是这些", number * 2, xl_perf("diff", str(books), str(books), "--json"))
    with tempfile.TemporaryDirectory(dir=folder) as inbox:
        for name in ("receive", "receive，再收一次同样的"):
            said(name, number, xl_perf("receive", str(books), "-o", f"{inbox}/收件箱"))
        given, kept, receipts, whole = (_size(Path(one)) for one in (books, *_parts_of(f"{inbox}/收件箱")))
        print(
            f"收件箱：来件 {given / number:.0f} KiB/本，原件 {kept / number:.0f}，回执 {receipts / number:.0f}，",
            end="",
        )
        print(f"记录和汇总 {(whole - kept - receipts) / number:.1f} KiB/本", flush=True)


def _parts_of(inbox: str) -> tuple[str, str, str]:
    return f"{inbox}/{ORIGINALS}", f"{inbox}/{RECEIPTS}", inbox


def _size(folder: Path) -> float:
    """KiB of everything in it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024


LABELS = ("项目名称", "预算数", "三级指标")


def _by_pandas(path: Path) -> None:
    """The loop that a person would write: every sheet as a frame, in which labels are looked for."""
    import pandas as pd

    for frame in pd.read_excel(path, sheet_name=None, header=None).values():
        frame.isin(LABELS).any()


def _by_openpyxl(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            any(label in row for label in LABELS)
