"""A packed workbook that was changed since: every output says so beside the totals, and all choose the same version."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from tests import builders
from tests.command_line import EXAMPLE, Runner, project, run, write
from tests.office import Office
from tests.submission.test_resaved import pack
from xl_perf import check, diff, read
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.workbook.sheets import MANIFEST_SHEET
from xl_perf.live.importing import read_projects

__all__ = ["run"]  # the fixture

REMARK = "1 本打包以后改过，与报送清单核对不上，合计按现在的内容（S114）"
CELL = "打包后改过：01!C3 预算数（现为 999）"


def altered(path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    book["01"]["C3"] = 999
    book.save(path)
    return path


@pytest.fixture
def only(tmp_path: Path) -> Path:
    """A folder in which the changed one is the only one."""
    return altered(pack(EXAMPLE, tmp_path / "报送"))


def texts(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        yield from (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


PUBLISHED = "打包以后改过，与报送清单不符，文本写的是改过的内容（S114）。"


def test_the_text_of_one_says_it(run: Runner, only: Path) -> None:
    assert PUBLISHED in run("publish", only, "-o", "文本.docx", "--profile", "hebei-2023")[1]
    assert REMARK in run("consolidate", only, "-o", "汇总.xlsx", "--year", "2023")[1]


def test_every_output_says_it(run: Runner, only: Path, tmp_path: Path) -> None:
    given = [only.name, "别的.xlsx"]
    shutil.copy(only, tmp_path / only.name)
    shutil.copy(EXAMPLE.parents[1] / "tests/fixtures/forms/c10-shaanxi-2020.xlsx", tmp_path / "别的.xlsx")
    out = run("check", *given)[1]
    assert "S114" in out
    assert CELL in out.replace("\n", "")
    assert REMARK in run("check", *given, "--year", "2023")[1]
    document = json.loads(run("check", *given, "--json", "--year", "2023")[1])
    assert REMARK in document["totals"]["remarks"]
    (found,) = [one for one in document["books"][0]["findings"] if one["code"] == "S114"]
    assert CELL in found["message"]
    assert CELL in found["found"]
    assert REMARK in run("consolidate", *given, "-o", "汇总.xlsx", "--year", "2023")[1]
    run("check", *given, "--report", "报告.xlsx", "--year", "2023")
    run("export", *given, "-o", "数据.xlsx", "--year", "2023")
    assert PUBLISHED in run("publish", *given, "-o", "文本/", "--profile", "hebei-2023")[1]
    for name in ("汇总.xlsx", "报告.xlsx", "数据.xlsx"):
        found_texts = list(texts(tmp_path / name))
        assert any(REMARK in one for one in found_texts), name
        assert any(CELL in one for one in found_texts), name


def test_the_button_that_imports_says_it(only: Path, tmp_path: Path) -> None:
    unchanged = pack(EXAMPLE, tmp_path / "原")
    host: Any = SimpleNamespace(
        book=SimpleNamespace(fullname="部门.xlsx"), known_kinds=KINDS, steps=lambda paths, *_, **__: iter(paths)
    )
    found, problems = read_projects([str(only), str(unchanged)], host)
    assert len(found) == 16
    said = f"{only.name} 打包以后改过，与报送清单不符，导入的是改过的内容：{CELL}。"
    assert [one for one in problems if "打包以后" in one] == [said]


def test_what_was_not_changed_is_not_said_to_be(run: Runner, tmp_path: Path) -> None:
    path = pack(EXAMPLE, tmp_path)
    out = run("check", path)[1]
    assert "S114" not in out
    assert "打包以后改过" not in out


@pytest.mark.slow
def test_a_manifest_that_was_deleted_is_missed(run: Runner, tmp_path: Path, soffice: Office) -> None:
    """Whatever program deleted the sheet: the file itself says that it was packed."""
    path = pack(EXAMPLE, tmp_path / "报送")
    book = openpyxl.load_workbook(path)
    del book[MANIFEST_SHEET]
    book["01"]["C3"] = 999
    book.save(path)
    for saved in (path, soffice.convert(path, "xlsx", tmp_path / "又")):
        out = run("check", saved)[1]
        assert "报送清单被删掉了，不能凭它核对" in out.replace("\n", "")
        assert REMARK in out
    assert "S114" not in run("check", EXAMPLE)[1]


def test_python_says_it_too(only: Path) -> None:
    department = read(only)
    (found,) = [one for one in check(department) if one.code == "S114"]
    assert CELL in found.message
    assert any("打包以后改过" in note for note in diff(department, department).notes)


def test_diff_counts_what_check_counts(run: Runner, only: Path, tmp_path: Path) -> None:
    """The changed one is written later, and does not replace the one that is as it was packed."""
    first = only.with_name("原件.xlsx")
    first.write_bytes(pack(EXAMPLE, tmp_path / "原").read_bytes())
    budget = json.loads(run("check", only.parent, "--json")[1])["totals"]["budget"]
    found = json.loads(run("diff", only.parent, only.parent, "--json")[1])
    assert found["totals"]["budget"]["new"] == budget
    assert [Path(one["path"]).name for one in found["not_compared"]] == [only.name, only.name]
    (pair,) = [diff([read(first), read(only)], read(first))]
    assert pair.is_empty


def test_nobody_is_told_to_count_both(run: Runner, only: Path, tmp_path: Path) -> None:
    only.with_name("原件.xlsx").write_bytes(pack(EXAMPLE, tmp_path / "原").read_bytes())
    (book,) = [one for one in json.loads(run("check", only.parent, "--json")[1])["books"] if one["counted"] is not True]
    (found,) = [one for one in book["findings"] if one["code"] == "X608"]
    assert found["remedy"] == "请向报送单位核实改动；确要用改过的，请改好重新打包，或把没有改过的一本移走"


def test_two_books_of_a_department_where_there_was_one(tmp_path: Path) -> None:
    """The further one says whose it is: that is no change."""
    said = {"name": "甲办事处", "contact": "张三"}
    one = builders.write(tmp_path / "一.xlsx", builders.department(project("甲一", code="11"), **said))
    two = builders.write(tmp_path / "二.xlsx", builders.department(project("甲二", code="12", budget="7"), **said))
    found = diff([read(one)], [read(one), read(two)])
    labels = {change.label for department in found.departments for change in department.changes}
    assert not labels & {"部门名称", "预算年度", "联系人"}


def test_a_name_that_stands_in_a_line_of_its_own_is_the_same(tmp_path: Path) -> None:
    """部门名称：甲办事处 in one cell, and 部门名称 beside it: no change."""
    one = write(tmp_path / "一.xlsx", project("甲一", code="11"))
    book = openpyxl.load_workbook(one)
    for row in book["首页"].iter_rows():
        for cell in row:
            if str(cell.value).replace(" ", "") == "部门名称":
                cell.value = None
    book["首页"].title = "封面"
    book["封面"]["A1"] = "部门名称：甲 办事处"
    book.custom_doc_props.props.clear()  # type: ignore[attr-defined]
    book.save(tmp_path / "二.xlsx")
    found = diff(read(one), read(tmp_path / "二.xlsx"))
    assert "部门名称" not in [change.label for department in found.departments for change in department.changes]
