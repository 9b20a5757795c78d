"""What a command refuses: one Chinese line that says why and what to do next, and nothing is written."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.command_line import Runner, project, run, write
from xl_perf.cli import main as cli
from xl_perf.files import inputs
from xl_perf.service import checking

__all__ = ["run"]  # the fixture


def test_outputs_do_not_overwrite_by_surprise(run: Runner, tmp_path: Path) -> None:
    """Neither an input nor somebody's file; `new` never."""
    book = write(tmp_path / "甲.xlsx", project("一"))
    before = book.read_bytes()
    for arguments in (
        ("consolidate", book, "-o", book),
        ("consolidate", book, "-o", book, "--overwrite"),
        ("check", book, "--report", book),
        ("new", book),
        ("template", book),
    ):
        status, _, err = run(*arguments)
        assert status == 2, arguments
        assert "甲.xlsx" in err
        assert err.count("\n") == 1
    other = tmp_path / "别人的.xlsx"
    shutil.copy(book, other)
    assert run("consolidate", book, "-o", other)[0] == 2
    assert book.read_bytes() == other.read_bytes() == before
    assert run("consolidate", book, "-o", other, "--overwrite")[0] == 0


def test_new_offers_a_free_name(run: Runner, tmp_path: Path) -> None:
    """The sentence names a name that is free."""
    assert run("new", "甲.xlsx")[0] == 0
    status, _, err = run("new", "甲.xlsx")
    assert status == 2
    assert "甲 (2).xlsx" in err


def test_new_with_buttons(run: Runner, tmp_path: Path) -> None:
    """The extension says whether there are macros; forms come along either way."""
    book = write(tmp_path / "旧.xlsx", project("一"))
    assert run("new", "新.xlsm", "--from", book)[0] == 0
    assert len(checking.read(tmp_path / "新.xlsm").projects) == 1
    with zipfile.ZipFile(tmp_path / "新.xlsm") as archive:
        assert "xl/vbaProject.bin" in archive.namelist()


@pytest.mark.parametrize(
    ("out", "part"),
    [
        ("模板.xlsm", "xl/vbaProject.bin"),
        ("模板.XLSM", "xl/vbaProject.bin"),
        ("加载项.xlam", "customUI/customUI14.xml"),
    ],
)
def test_template_with_buttons(run: Runner, out: str, part: str, tmp_path: Path) -> None:
    """As a workbook, or as the add-in; written over only with --overwrite."""
    assert run("template", out)[0] == 0
    with zipfile.ZipFile(tmp_path / out) as archive:
        assert part in archive.namelist()
    assert run("template", out)[0] == 2
    assert run("template", out, "--overwrite")[0] == 0


def test_results_never_have_macros(run: Runner, tmp_path: Path) -> None:
    """A summary or a report is .xlsx."""
    book = write(tmp_path / "甲.xlsx", project("一"))
    for arguments in (("consolidate", book, "-o", "汇总.xlsm"), ("check", book, "--report", "报告.xlsm")):
        status, _, err = run(*arguments)
        assert status == 2
        assert ".xlsx" in err
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


@pytest.mark.parametrize("out", ["甲.xlam", "甲.docx", "甲", "甲.xls"])
def test_other_extensions_are_refused(run: Runner, out: str, tmp_path: Path) -> None:
    """An .xlsm comes with the macros; other formats are not written."""
    status, _, err = run("new", out)
    assert status == 2
    assert out in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["chek", "a.xlsx"],
        ["check", "a.xlsx", "--jsn"],
        ["check", "a.xlsx", "--workers", "0"],
        ["check", "a.xlsx", "--workers", "两个"],
        ["check", "a.xlsx", "--json", "--report", "b.xlsx"],
        ["consolidate", "a.xlsx"],
        ["consolidate", "a.xlsx", "-o"],
        ["new", "a.xlsx", "--year", "99"],
        ["rules", "B999"],
        ["check", "a.xlsx", "--profile", "没有这个口径"],
    ],
)
def test_wrong_arguments(run: Runner, arguments: list[str]) -> None:
    """One Chinese line on stderr, status 2, nothing on stdout."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    words = err.replace("xl-perf", "")
    for given in arguments:
        words = words.replace(given, "")
    for word in (
        "invalid",
        "required",
        "argument",
        "usage",
        "error",
        "choose",
        "expected",
        "unrecognized",
        "not allowed",
    ):
        assert word not in words


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("没有.xlsx", None, "不存在"),
        ("空.xlsx", b"", "空"),
        ("文字.xlsx", "不是工作簿".encode(), "不是"),
        ("坏.xlsx", b"PK\x03\x04" + bytes(100), "不完整"),
        ("图.pdf", b"%PDF-1.7", "不是"),
    ],
)
def test_bad_inputs(run: Runner, tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    """The line names the file, what is wrong, and the next step."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for arguments in (("check", name), ("consolidate", name, "-o", "汇总.xlsx"), ("new", "新.xlsx", "--from", name)):
        status, _, err = run(*arguments)
        assert status == 2
        assert name in err
        assert said in err
        assert "请" in err
        assert "Traceback" not in err
        assert sorted(path.name for path in tmp_path.iterdir()) == ([name] if content is not None else [])


def test_every_input_that_is_none_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Also when no workbook is left: the document says why, and so does a line for each."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空").mkdir()
    assert cli.main(["check", "没有.xlsx", "空", "某文件", "--json"]) == 2
    captured = capfdbinary.readouterr()
    document = json.loads(captured.out)
    errors = [(book["path"], book["sha256"], book["error"]["kind"]) for book in document["books"]]
    assert errors == [("没有.xlsx", None, "missing"), ("空", None, "no-workbooks"), ("某文件", None, "missing")]
    assert document["totals"]["projects"] == 0
    assert [line.partition("：")[0] for line in captured.err.decode().splitlines()] == ["没有.xlsx", "空", "某文件"]
    assert cli.main(["consolidate", "没有.xlsx", "空", "-o", "汇总.xlsx"]) == 2
    lines = capfdbinary.readouterr().err.decode().splitlines()
    assert lines[-1] == "汇总.xlsx：没有写出，因为没有一本能计入的工作簿。请先处理上面列出的文件。"
    assert [path.name for path in tmp_path.iterdir()] == ["空"]


def test_what_nobody_foresaw(run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One line with the path of a log file that holds the traceback."""

    def fails(inputs: list[str]) -> None:
        raise RuntimeError("试验")

    monkeypatch.setattr(inputs, "find_books", fails)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    status, _, err = run("check", "a.xlsx")
    assert status == 2
    assert "Traceback" not in err
    (log,) = tmp_path.glob("xl-perf-*.log")
    assert str(log) in err
    assert "RuntimeError" in log.read_text("utf-8")


EMPTY = {
    "INPUT": ["check", ""],
    "--marked": ["check", "甲.xlsx", "--marked", ""],
    "--report": ["check", "甲.xlsx", "--report", " "],
    "--profile": ["check", "甲.xlsx", "--profile", ""],
    "-o/--out": ["consolidate", "甲.xlsx", "-o", ""],
    "--from": ["new", "乙.xlsx", "--from", ""],
}


@pytest.mark.parametrize("argument", EMPTY)
def test_an_empty_variable_in_a_script_is_no_path(run: Runner, tmp_path: Path, argument: str) -> None:
    """It would mean the current folder, or that the option was not given."""
    write(tmp_path / "甲.xlsx", project("甲"))
    command = EMPTY[argument]
    status, out, err = run(*command)
    said = f"命令行有误，参数 {argument}：不能是空的。请看 xl-perf {command[0]} --help。"
    assert (status, out, err.strip()) == (2, "", said)
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]
