"""Workbooks that nobody should open, among good ones: each is named in one sentence, the good ones are read as ever."""

import json
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import xl_perf
from tests import workbooks as made
from tests.command_line import Runner, project, run, write
from tests.workbooks import cell, ods_text, ooxml_parts, row, sheet, zipped
from xl_perf.core.errors import BookError
from xl_perf.core.forms.kinds import KINDS
from xl_perf.files.inputs import find_books
from xl_perf.live import importing
from xl_perf.saved.limits import Limits
from xl_perf.service import checking

__all__ = ["run"]  # the fixture
FIXTURES = Path(__file__).parent / "fixtures" / "hostile"
pytestmark = pytest.mark.slow


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def swollen() -> bytes:
    """180 MB of texts in a file of 300 KB: more than 300 MB when it is read."""
    return made.ooxml(sheet(*(row(n, text_cell(f"A{n}", "x" * 30_000)) for n in range(1, 6_001))))


def endless() -> bytes:
    """A label in every cell: each might begin a form."""
    letters = [a + b for a in " AB" for b in "ABCDEFGHIJKLMNOPQRST"][:50]
    cells = "".join(f'<c r="{letter.strip()}{{0}}" t="str"><v>一级指标</v></c>' for letter in letters)
    return made.ooxml(sheet(*(row(n, cells.format(n)) for n in range(1, 9_000))))


def repeated() -> bytes:
    text = ods_text("长" * 100_000, 'table:number-columns-repeated="100"')
    return zipped(made.ods_parts(f'<table:table-row table:number-rows-repeated="100">{text}</table:table-row>'))


def unknown_encoding() -> bytes:
    custom = '<?xml version="1.0" encoding="x-nobody"?><Properties><a name="xl-perf"/></Properties>'
    return zipped(ooxml_parts(sheet(row(1, cell("A1")))) | {"docProps/custom.xml": custom})


HOSTILE = {
    "03内存.xlsx": (swollen, "读取它需要的内存超过 300 MB"),
    "07时间.xlsx": (endless, "读了 5 秒还没有读完"),
    "11重复.ods": (repeated, "同一段很长的文字重复得太多"),
    "15编码.xlsx": (unknown_encoding, "不认识的文字编码（x-nobody）"),
    "19半截.xlsx": (lambda: made.PLAIN[:300], "文件不完整"),
}
LIMITS = Limits(seconds=5, memory=300)


@pytest.fixture
def folder(books: Path, tmp_path: Path) -> Path:
    """Twenty good books and five others."""
    return Path(shutil.copytree(books, tmp_path / "收件"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("书")
    for number in range(20):
        write(place / f"{number:02}.xlsx", project(f"项目{number}"))
    for name, (content, _) in HOSTILE.items():
        (place / name).write_bytes(content())
    return place


@pytest.mark.parametrize("workers", [1, 3])
def test_among_good_ones(folder: Path, workers: int) -> None:
    """The results of the good ones are those of reading them here, one by one, without any limit."""
    found = find_books([str(folder)])
    examine = partial(checking._held, profile=None, wanted=checking.USUAL)
    examined = [
        pickle.loads(one.rest)
        for one in checking.guarded_results(found.books, examine, checking._refused, workers, LIMITS)
    ]
    results = {Path(one.path).name: one for one in examined}
    assert list(results) == [path.name for path, _ in found.books]
    for name, (_, said) in HOSTILE.items():
        error = results.pop(name).error
        assert error is not None
        assert said in str(error)
        assert str(error).count("。") == 2  # what is wrong, and what to do
    good = [place for place in found.books if place[0].name in results]
    assert len(good) == 20
    alone = [replace(checking.examine([one], profile=None)[0], delivered=None, settings=None) for one in good]
    assert [repr(one) for one in results.values()] == [repr(one) for one in alone]


def test_on_the_command_line(run: Runner, folder: Path) -> None:
    options = "--limit-seconds", "3", "--limit-memory", "300"
    status, out, err = run("check", folder, "--json", *options)
    assert (status, err.count("\n"), "程序内部出错" in err) == (2, 5, False)
    errors = {Path(one["path"]).name: one["error"] for one in json.loads(out)["books"] if one["error"]}
    assert {name: error["kind"] for name, error in errors.items()} == dict.fromkeys(HOSTILE, "unreadable") | {
        "19半截.xlsx": "damaged"
    }
    status, out, err = run("consolidate", folder, "-o", "汇总.xlsx", *options)
    assert status == 2
    assert Path("汇总.xlsx").exists()
    assert err.count("\n") == 5
    assert "程序内部出错" not in err
    assert "工作簿 20 本" in out


def test_one_book_alone(run: Runner, folder: Path) -> None:
    for name in ("03内存.xlsx", "07时间.xlsx"):
        options = "--limit-seconds", str(LIMITS.seconds), "--limit-memory", "300"
        status, _, err = run("publish", folder / name, "-o", "文本.docx", *options)
        assert (status, HOSTILE[name][1] in err, err.count("\n")) == (2, True, 1)
        status, _, err = run("new", "新.xlsx", "--from", folder / name, folder / "00.xlsx", *options)
        assert (status, HOSTILE[name][1] in err, err.count("\n")) == (2, True, 1)
        Path("新.xlsx").unlink()


def test_in_python(folder: Path) -> None:
    """Each is an error of its own, or the first one is raised; the process that called lives on."""
    errors: list[BookError] = []
    books = xl_perf.read_all([folder], errors=errors, limits=LIMITS)
    assert [one.projects[0].name.value for one in books] == [f"项目{number}" for number in range(20)]
    assert [Path(one.path).name for one in errors] == list(HOSTILE)
    assert all(said in str(error) for error, (_, said) in zip(errors, HOSTILE.values(), strict=True))
    with pytest.raises(BookError, match="不认识的文字编码"):
        xl_perf.read_all([folder / "15编码.xlsx"])
    small = LIMITS._replace(is_fixed=True)
    with pytest.raises(BookError, match=r"另存为 \.xlsx 后再试。$"):
        xl_perf.read_all([folder / "03内存.xlsx"], limits=small)


@pytest.mark.parametrize(
    "lines", ["", "import threading, time; threading.Thread(target=time.sleep, args=(5,)).start()"]
)
def test_in_a_script_that_guards_nothing(folder: Path, lines: str) -> None:
    """It must not run again in the processes that read, forked or started anew."""
    script = folder / "脚本.py"
    inputs = [str(folder / name) for name in ("00.xlsx", "01.xlsx")]
    script.write_text(f"{lines}\nimport xl_perf\nprint(len(xl_perf.read_all({inputs!r})))\n", "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("2\n", "")


def test_import_of_projects(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the button says: a sentence for each, and the project of the good one comes."""
    monkeypatch.setattr(Limits.__new__, "__defaults__", (LIMITS.seconds, LIMITS.memory, False))
    host: Any = SimpleNamespace(
        book=SimpleNamespace(fullname="部门.xlsx"), known_kinds=KINDS, steps=lambda paths, *_, **__: iter(paths)
    )
    found, problems = importing.read_projects([str(folder / name) for name in (*HOSTILE, "00.xlsx")], host)
    assert [one.name.value for one in found] == ["项目0"]
    assert [line.partition("：")[0] for line in problems] == list(HOSTILE)
    assert [line for line, (_, said) in zip(problems, HOSTILE.values(), strict=True) if said not in line] == []
    assert not any("--limit" in line for line in problems)


@pytest.mark.parametrize("value", ["0", "-1", "x", "99999999"])
def test_wrong_limits(run: Runner, value: str) -> None:
    for option in ("--limit-seconds", "--limit-memory"):
        status, _, err = run("check", "甲.xlsx", option, value)
        assert (status, option in err, "应为" in err) == (2, True, True)


def test_odd_comments_and_drawings(run: Runner, tmp_path: Path) -> None:
    """What cannot be marked is named; the others are marked."""
    folder = tmp_path / "收件"
    shutil.copytree(FIXTURES, folder)
    write(folder / "甲.xlsx", project("甲", code=""))
    write(folder / "z.xlsx", project("乙", code=""))
    odd = sorted(path.name for path in folder.glob("b*.xlsx"))
    assert len(odd) == 6
    status, out, err = run("check", folder, "--marked", "标注")
    assert status == 2
    lines = err.splitlines()
    assert [line.partition("：")[0] for line in lines] == [f"{folder}/{name}" for name in odd]
    assert all("批注或图形部分有错，没有写出标注副本。" in line for line in lines)
    assert sorted(path.name for path in Path("标注").iterdir()) == ["z.xlsx", "甲.xlsx"]
    assert "已写出标注副本 2 本" in out


def test_an_own_profile_that_would_hang(run: Runner, tmp_path: Path) -> None:
    """It is refused where it is read; the other book has its usual one."""
    for name in ("甲", "乙"):
        write(tmp_path / f"{name}.xlsx", project(name))
    (tmp_path / "甲.toml").write_text('base = "hebei-2023"\ncode_format = "(A+)+"\n', "utf-8")
    status, out, err = run("check", "甲.xlsx", "乙.xlsx", "--json")
    first, second = json.loads(out)["books"]
    assert (status, err.count("\n"), first["error"]["kind"], second["error"]) == (2, 1, "profile", None)
