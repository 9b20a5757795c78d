"""Which files a list of inputs means."""

import os
from pathlib import Path

import pytest
import xlsxwriter

from tests import workbooks as made
from tests.workbooks import ooxml, saved, sheet
from xl_perf.files.inputs import find_books, own_kind
from xl_perf.files.own_files import OWN_OUTPUTS

PLAIN = ooxml(sheet())


def own(path: Path, kind: str) -> Path:
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet()
    workbook.set_custom_property("xl-perf", kind)
    workbook.close()
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inbox, seen from the folder that holds it."""
    inbox = tmp_path / "收件"
    (inbox / "乙局" / "子").mkdir(parents=True)
    for name in ("b.xlsx", "a.xls", "乙局/子/c.ods", "乙局/d.ET", "乙局/B.xlsm"):
        saved(inbox / name, PLAIN)
    for name in ("~$b.xlsx", ".~lock.b.xlsx#", ".~lock.b.xlsx", ".xl-perf-1.xlsx", "读我.txt", "乙局/表.docx", "无"):
        saved(inbox / name, b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*inputs: str) -> list[str]:
    return [name for _, name in find_books(inputs).books]


def kinds(*inputs: str) -> list[str]:
    return [error.kind for error in find_books(inputs).errors]


def test_folders_are_searched_below_in_a_stable_order(here: Path) -> None:
    found = find_books(["收件"])
    assert [name for _, name in found.books] == [
        "收件/a.xls",
        "收件/b.xlsx",
        "收件/乙局/B.xlsm",
        "收件/乙局/d.ET",
        "收件/乙局/子/c.ods",
    ]
    assert (found.passed_over, found.errors) == (7, [])
    assert all(path.is_file() for path, _ in found.books)


@pytest.mark.parametrize("given", ["收件/乙局", "收件/乙局/", "./收件/乙局", "收件//乙局"])
def test_paths_are_shown_as_typed(here: Path, given: str) -> None:
    assert shown(given)[0] == f"{given.rstrip('/')}/B.xlsm"
    assert shown(given + "/B.xlsm" if not given.endswith("/") else given + "B.xlsm")[0].startswith(given)


def test_the_current_and_the_root_folder(here: Path) -> None:
    assert shown(".")[0] == "./收件/a.xls"


def test_the_same_file_is_taken_once(here: Path) -> None:
    (here / "link.xlsx").symlink_to(here / "收件" / "b.xlsx")
    found = find_books(["收件/b.xlsx", "./收件/b.xlsx", str(here / "收件" / "b.xlsx"), "link.xlsx", "收件"])
    assert [name for _, name in found.books].count("收件/b.xlsx") == 1
    assert len(found.books) == 5
    assert not found.errors


def test_a_folder_given_twice_is_no_error(here: Path) -> None:
    assert kinds("收件", "收件") == []


def test_errors_are_listed_and_stop_nothing(here: Path) -> None:
    (here / "空").mkdir()
    found = find_books(["没有.xlsx", "空", "收件/读我.txt", "收件/~$b.xlsx", "收件/b.xlsx", "a\0b"])
    assert [name for _, name in found.books] == ["收件/b.xlsx"]
    assert [(error.kind, error.path) for error in found.errors] == [
        ("missing", "没有.xlsx"),
        ("no-workbooks", "空"),
        ("not-a-workbook", "收件/读我.txt"),
        ("not-a-workbook", "收件/~$b.xlsx"),
        ("missing", "a\0b"),
    ]
    assert ".txt" in str(found.errors[2])


def test_links_to_folders_lead_nowhere(here: Path) -> None:
    (here / "收件" / "圈").symlink_to(here / "收件", target_is_directory=True)
    assert len(shown("收件")) == 5


@pytest.mark.parametrize("kind", sorted(OWN_OUTPUTS))
def test_own_outputs_are_passed_over(here: Path, kind: str) -> None:
    own(here / "收件" / "汇总.xlsx", kind)
    found = find_books(["收件"])
    assert (len(found.books), found.passed_over, found.errors) == (5, 8, [])
    found = find_books(["收件/汇总.xlsx", "收件/b.xlsx"])
    assert ([name for _, name in found.books], found.passed_over) == (["收件/b.xlsx"], 1)
    found = find_books(["收件/汇总.xlsx"])
    assert (found.books, [error.kind for error in found.errors]) == ([], ["own-output"])
    assert found.passed_over == 0, "it is counted once"


def test_what_lies_beside_workbooks(here: Path) -> None:
    """Profiles are used, not passed over; what macOS puts beside each file is no workbook."""
    (here / "收件" / "口径.toml").write_text("", "utf-8")
    assert find_books(["收件"]).passed_over == 7
    saved(here / "收件" / "._b.xlsx", b"\0\5\x16\7\0\2\0\0Mac OS X        ")
    found = find_books(["收件"])
    assert (len(found.books), found.passed_over, found.errors) == (5, 8, [])


def test_a_folder_of_own_outputs_only(here: Path) -> None:
    (here / "出").mkdir()
    own(here / "出" / "汇总.xlsx", "summary")
    assert kinds("出") == ["own-output"]
    assert kinds("出", "收件") == []


def test_department_workbooks_are_inputs(here: Path) -> None:
    own(here / "部门.xlsx", "department")
    assert shown("部门.xlsx") == ["部门.xlsx"]


def test_own_kind_never_raises(here: Path) -> None:
    assert own_kind(own(here / "r.xlsx", "report")) == "report"
    assert own_kind(here / "没有.xlsx") == ""
    assert own_kind(saved(here / "x.xlsx", b"PK\x03\x04 broken")) == ""
    assert own_kind(saved(here / "y.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) == ""
    assert own_kind(saved(here / "z.xlsx", made.zipped({"docProps/custom.xml": "<xl-perf"}))) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix matter")
def test_a_pipe_is_left_alone(here: Path) -> None:
    os.mkfifo(here / "收件" / "p.xlsx")
    assert len(shown("收件")) == 5
    assert shown("收件/p.xlsx") == ["收件/p.xlsx"]  # read_book says what is wrong with it
