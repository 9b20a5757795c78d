"""Workbooks that nobody should open, among good ones: each is named in one sentence, the good ones are read as ever."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.command_line import Runner, project, run, write
from tests.workbooks import cell, ods_text, ooxml_parts, row, sheet, zipped
from xl_perf.files.inputs import find_books
from xl_perf.saved.limits import Limits
from xl_perf.service import checking

__all__ = ["run"]  # the fixture
FIXTURES = Path(__file__).parent / "fixtures" / "hostile"
pytestmark = pytest.mark.slow


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def swollen() -> bytes:
    """60 MB of texts in a file of 100 KB: more than 150 MB when it is read."""
    return made.ooxml(sheet(*(row(n, text_cell(f"A{n}", "x" * 30_000)) for n in range(1, 2_001))))


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
    "03内存.xlsx": (swollen, "读取它需要的内存超过 150 MB"),
    "07时间.xlsx": (endless, "读了 3 秒还没有读完"),
    "11重复.ods": (repeated, "同一段很长的文字重复得太多"),
    "15编码.xlsx": (unknown_encoding, "不认识的文字编码（x-nobody）"),
    "19半截.xlsx": (lambda: made.PLAIN[:300], "文件不完整"),
}
LIMITS = Limits(seconds=3, memory=150)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty good books and five others."""
    place = tmp_path / "收件"
    place.mkdir()
    for number in range(20):
        write(place / f"{number:02}.xlsx", project(f"项目{number}"))
    for name, (content, _) in HOSTILE.items():
        (place / name).write_bytes(content())
    return place


@pytest.mark.parametrize("workers", [1, 3])
def test_among_good_ones(folder: Path, workers: int) -> None:
    """The results of the good ones are those of reading them here, one by one, without any limit."""
    found = find_books([str(folder)])
    examined = checking._examined(found.books, partial(checking.examine, profile=None), workers, LIMITS)
    results = {Path(one.path).name: one for one in examined}
    assert list(results) == [path.name for path, _ in found.books]
    for name, (_, said) in HOSTILE.items():
        error = results.pop(name).error
        assert error is not None
        assert said in str(error)
        assert str(error).count("。") == 2  # what is wrong, and what to do
    good = [place for place in found.books if place[0].name in results]
    assert len(good) == 20
    assert [repr(one) for one in results.values()] == [repr(checking.examine([one], profile=None)[0]) for one in good]


def test_on_the_command_line(run: Runner, folder: Path) -> None:
    options = "--limit-seconds", "3", "--limit-memory", "150"
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
        options = "--limit-seconds", "3", "--limit-memory", "150"
        status, _, err = run("publish", folder / name, "-o", "文本.docx", *options)
        assert (status, HOSTILE[name][1] in err, err.count("\n")) == (2, True, 1)
        status, _, err = run("new", "新.xlsx", "--from", folder / name, folder / "00.xlsx", *options)
        assert (status, HOSTILE[name][1] in err, err.count("\n")) == (2, True, 1)
        Path("新.xlsx").unlink()


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
