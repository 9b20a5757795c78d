"""`xl-perf export`: where it writes, what it replaces, and what it leaves alone."""

import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests import tables
from tests.command_line import EXAMPLE, Runner, run
from tests.tables import EACH_FORMAT, FORMATS, NAMES, inbox, outcome, place

__all__ = ["inbox", "run"]  # the fixtures


@EACH_FORMAT
def test_again(run: Runner, inbox: Path, form: str) -> None:
    """The same bytes where the format allows it; replaced without a question, until somebody has edited it."""
    assert outcome(run, form, "收件", more=("--workers", "1"))[0] in {0, 1}
    before = bytes_of(place(form))
    assert outcome(run, form, "收件", more=("--workers", "2"))[0] in {0, 1}
    if form == ".duckdb":  # it brings a number of its own each time
        assert bytes_of(place(form)).keys() == before.keys()
    else:
        assert bytes_of(place(form)) == before
    edit(form)
    edited = bytes_of(place(form))
    status, _, err = outcome(run, form, "收件")
    assert (status, err.count("\n")) == (2, 1)
    assert "已经存在，没有覆盖" in err
    assert "改过" in err
    assert bytes_of(place(form)) == edited
    assert outcome(run, form, "收件", more=("--overwrite",))[0] in {0, 1}
    assert tables.READERS[form](place(form))["项目"]
    assert not list(Path().rglob(".xl-perf-*"))


def bytes_of(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (sorted(path.iterdir()) if path.is_dir() else [path])}


def edit(form: str) -> None:
    """As the programs do it that these files are for."""
    if form == ".xlsx":
        book = openpyxl.load_workbook(place(form))
        book["项目"]["A2"] = 100
        book.save(place(form))
    elif form == ".sqlite":
        with sqlite3.connect(place(form)) as lite:
            lite.execute("UPDATE 项目 SET 项目名称 = '改' WHERE 项目序号 = 1")
        lite.close()
    elif form == ".duckdb":
        with duckdb.connect(place(form)) as database:
            database.execute("UPDATE 项目 SET 项目名称 = '改' WHERE 项目序号 = 1").fetchall()
    else:
        with (place(form) / f"项目.{form}").open("ab") as file:
            file.write(b"1,2\r\n")


def test_somebody_elses_files(run: Runner, tmp_path: Path) -> None:
    """A folder may hold other things, which stay; a file of the name of a table is not replaced."""
    folder = place("csv")
    folder.mkdir()
    (folder / "别的.csv").write_text("甲", "utf-8")
    (folder / "项目.csv").write_text("乙", "utf-8")
    status, _, err = outcome(run, "csv", str(EXAMPLE))
    assert status == 2
    assert "里的 项目.csv 已经存在，没有覆盖" in err
    assert sorted(path.name for path in folder.iterdir()) == ["别的.csv", "项目.csv"]
    (folder / "项目.csv").unlink()
    assert outcome(run, "csv", str(EXAMPLE))[0] == 0
    assert (folder / "别的.csv").read_text("utf-8") == "甲"
    with sqlite3.connect(place(".sqlite")) as lite:
        lite.execute("CREATE TABLE 项目 (甲)")
    lite.close()
    assert "它是数据库，不是 xl-perf 写出的" in outcome(run, ".sqlite", str(EXAMPLE))[2]


def test_the_fingerprints_of_a_folder(run: Runner) -> None:
    """As ``sha256sum -c`` reads them: every table, and nothing else."""
    outcome(run, "csv", str(EXAMPLE))
    lines = (place("csv") / "csv.sha256").read_text("utf-8").splitlines()
    assert [line[66:] for line in lines] == [f"{name}.csv" for name in NAMES]
    both = outcome(run, "parquet", str(EXAMPLE), out="数据")  # beside the others, if the folder is the same
    assert both[0] == 0
    status, _, err = run("export", EXAMPLE, "-o", "数据-csv", "--format", "parquet")
    assert (status, err) == (0, "")
    assert run("export", EXAMPLE, "-o", "数据-csv")[0] == 0


def test_an_export_is_no_input(run: Runner, inbox: Path) -> None:
    """It lies among the workbooks and is passed over; nor may an input be replaced."""
    assert run("export", "收件", "-o", "收件/数据.xlsx")[0] in {0, 1}
    out = run("check", "收件")[1]
    assert "xl-perf 写出的数据表：收件/数据.xlsx" in out
    status, _, err = run("export", "收件", "-o", "收件/甲.xlsx", "--overwrite")
    assert status == 2
    assert "同时是输入文件，不能覆盖" in err


@pytest.mark.parametrize(
    ("out", "more", "said"),
    [
        ("数据.csv", (), "一个 .csv 文件只装得下一张表"),
        ("数据.parquet", (), "请写文件夹，如 -o 数据/ --format parquet"),
        ("数据.db", (), "这里只能写出 .xlsx、.sqlite、.duckdb，或一个文件夹"),
        ("数据.xlsx", ("--format", "csv"), "--format 只与文件夹一起用"),
        ("有/数据", (), "有 是文件，不是文件夹"),
    ],
)
def test_where_it_cannot_go(run: Runner, out: str, more: tuple[str, ...], said: str) -> None:
    Path("有").write_text("文件", "utf-8")
    status, _, err = run("export", EXAMPLE, "-o", out, *more)
    assert (status, err.count("\n")) == (2, 1)
    assert said in err or "不是文件夹" in err
    assert [path.name for path in Path().iterdir()] == ["有"]


def test_nothing_to_export(run: Runner, tmp_path: Path) -> None:
    """Neither an empty folder nor broken files give an OUT."""
    (tmp_path / "空").mkdir()
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    for given in ("空", "坏.xlsx", "没有.xlsx"):
        for form in FORMATS:
            status, _, err = outcome(run, form, given)
            assert status == 2
            assert given in err
            assert not place(form).is_file()
            assert not place(form).is_dir() or list(place(form).iterdir()) == []
