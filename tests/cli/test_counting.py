"""Copies, former versions and other years among several workbooks: what counts, and what is said of the rest."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import builders
from tests.command_line import Runner, project, run, write
from xl_perf.core.checking.counting import LEAVING
from xl_perf.core.figures.delivery import may_be_same

__all__ = ["run"]  # the fixture


def saved(path: Path, when: str) -> Path:
    """The workbook as if it had been saved at that time."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + when.encode() + b"Z", parts[core])
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def checked(run: Runner, *arguments: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The totals, and the books by their file names."""
    document = json.loads(run("check", *arguments, "--json")[1])
    return document["totals"], {Path(book["path"]).name: book for book in document["books"]}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """甲's final version and a draft, a copy of 乙's, 丙 of another year, 丁 in two sections; 10 万元 a project."""
    folder = tmp_path / "收件"
    folder.mkdir()
    saved(write(folder / "甲稿.xlsx", project("甲一"), project("甲二", budget="7")), "2024-01-05T08:00:00")
    saved(write(folder / "甲定稿.xlsx", project("甲一"), project("甲二")), "2024-01-06T08:00:00")
    saved(write(folder / "乙.xlsx", project("乙一"), name="乙办事处"), "2024-01-06T08:00:00")
    saved(write(folder / "副本 乙.xlsx", project("乙一"), name="乙办事处"), "2024-01-09T08:00:00")
    saved(write(folder / "丁一科.xlsx", project("丁一"), name="丁办事处"), "2024-01-06T08:00:00")
    saved(write(folder / "丁二科.xlsx", project("丁二"), name="丁办事处"), "2024-01-06T08:00:00")
    path = write(folder / "丙去年.xlsx", project("丙一"), name="丙办事处")
    book = openpyxl.load_workbook(path)
    year = next(cell for row in book["首页"].iter_rows() for cell in row if cell.value == 2023)
    year.value = 2022
    book.save(path)
    return folder


def test_what_counts(run: Runner, inbox: Path) -> None:
    totals, books = checked(run, "收件")
    assert (totals["projects"], totals["budget"]) == (5, "50")
    left = {name: book["counted"] for name, book in books.items() if book["counted"] is not True}
    assert left.keys() == {"甲稿.xlsx", "副本 乙.xlsx", "丙去年.xlsx"}
    codes = {name: [one["code"] for one in book["findings"] if one["code"] in LEAVING] for name, book in books.items()}
    assert {name: own for name, own in codes.items() if own} == {
        "甲稿.xlsx": ["X608"],
        "丙去年.xlsx": ["X609"],
        "副本 乙.xlsx": ["X607"],
    }
    assert not {"X601", "X602"} & {one["code"] for book in books.values() for one in book["findings"]}
    assert left["甲稿.xlsx"] == {"reason": "是 收件/甲定稿.xlsx 的前一稿", "instead": "收件/甲定稿.xlsx"}


def test_drafts_that_nobody_can_tell_apart_are_said_beside_the_total(run: Runner, inbox: Path) -> None:
    saved(inbox / "甲稿.xlsx", "2024-01-06T08:00:00")
    said = "2 本是同一部门同一年的几稿，分不出先后，都计入了，可能重复（X608）"
    assert said in run("check", "收件")[1]
    status, out, _ = run("consolidate", "收件", "-o", "汇总.xlsx")
    assert (status, said in out) == (1, True)
    sheet = openpyxl.load_workbook("汇总.xlsx")["汇总"]
    assert any(said in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row)


def test_both_drafts_and_the_amount_are_named(run: Runner, inbox: Path) -> None:
    """In the terminal, in the summary and in the JSON, with what to do."""
    saved(inbox / "甲稿.xlsx", "2024-01-06T08:00:00")
    said = "甲稿.xlsx（"
    out = run("check", "收件")[1]
    line = next(one for one in out.splitlines() if "如果是几稿，合计多算了" in one)
    assert all(part in out for part in (said, "甲定稿.xlsx（", "--all-versions"))
    assert "万元" in line
    totals, books = checked(run, "收件")
    assert any("合计多算了" in one and said in one for one in totals["remarks"])
    (found,) = [one for one in books["甲稿.xlsx"]["findings"] if one["code"] == "X608"]
    assert "合计多算了" in found["message"]
    assert "--all-versions" in found["remedy"]
    run("consolidate", "收件", "-o", "汇总.xlsx")
    assert "合计多算了" in head_of("汇总.xlsx")


def head_of(path: str) -> str:
    """What stands around the total on the first sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return " ".join(str(cell.value) for row in sheet.iter_rows(max_row=30) for cell in row if cell.value)


def said_everywhere(run: Runner, said: str, *inputs: str) -> str:
    """It stands beside the total in the terminal, in the summary and in the report; what the terminal says."""
    out = run("check", *inputs, "--report", "报告.xlsx", "--overwrite")[1]
    assert said in out
    run("consolidate", *inputs, "-o", "汇总.xlsx", "--overwrite")
    assert said in head_of("汇总.xlsx")
    assert said in head_of("报告.xlsx")
    return out


def test_one_department_under_two_names(run: Runner, tmp_path: Path) -> None:
    """Both count, and the doubt is said at both and beside the total."""
    own = project("甲一", code="11"), project("甲二", code="12", budget="7"), project("甲三", code="13")
    its = project("甲一", code="21"), project("甲二", code="22", budget="7"), project("丁", code="23"), project("戊")
    write(tmp_path / "a.xlsx", *own, name="市农业局")
    write(tmp_path / "b.xlsx", *its, name="市农业农村局")
    totals, books = checked(run, "a.xlsx", "b.xlsx")
    assert totals["budget"] == "64"
    for name, other in (("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")):
        (found,) = [one for one in books[name]["findings"] if one["code"] == "X610"]
        assert found["severity"] == "warning"
        assert f"与 {other} 有 2 个项目名称和金额都相同，共 17 万元（“甲一” 10、“甲二” 7）" in found["message"]
        assert "“市农业局”" in found["message"]
        assert "“市农业农村局”" in found["message"]
    out = said_everywhere(run, "2 个项目可能重复，重复的共 17 万元（X610）", "a.xlsx", "b.xlsx")
    assert "可能重复的：“甲一” 10 万元（a.xlsx 的 01!" in out


def accept_in(path: Path, code: str, found: str, sheet: str = "整本", cell: str = "") -> None:
    """Types a row into 校验结果, as a person does."""
    book = openpyxl.load_workbook(path)
    findings = book["校验结果"]
    heads = {cell.value: cell.column for cell in findings[3]}
    row = {"规则": code, "工作表": sheet, "单元格": cell, "发现": found, "接受理由": "确是两个部门", "接受人": "李四"}
    for head, typed in row.items():
        findings.cell(4, heads[head] or 0, typed)
    book.save(path)


def test_what_was_accepted_at_both_is_no_doubt(run: Runner, tmp_path: Path) -> None:
    """Of two names for one department: as long as one of the two books has not accepted it, it is said."""
    for name, whose in (("a", "市农业局"), ("b", "市农业农村局")):
        projects = project("甲一", code=f"{name}1"), project("甲二", code=f"{name}2", budget="7")
        write(tmp_path / f"{name}.xlsx", *projects, name=whose)
    said = "2 个项目可能重复"
    accept_in(tmp_path / "a.xlsx", "X610", "b.xlsx：2 个项目，17 万元")
    assert said in run("check", "a.xlsx", "b.xlsx")[1]
    accept_in(tmp_path / "b.xlsx", "X610", "a.xlsx：2 个项目，17 万元")
    out = run("check", "a.xlsx", "../" + tmp_path.name + "/b.xlsx")[1]
    assert "可能重复" not in out.replace("都计入了合计，可能重复", "")
    assert "已接受的警告 2" in out
    totals, books = checked(run, "a.xlsx", "b.xlsx")
    assert totals["budget"] == "34"
    assert all("李四" in str(book["findings"]) for book in books.values())
    run("consolidate", "a.xlsx", "b.xlsx", "-o", "汇总.xlsx")
    assert said not in head_of("汇总.xlsx")


def test_codes_of_two_departments_that_were_accepted(run: Runner, tmp_path: Path) -> None:
    """At their cells, at both."""
    for name, whose in (("a", "甲局"), ("b", "乙局")):
        write(tmp_path / f"{name}.xlsx", project("人员经费", code="11"), name=whose)
    said = "1 个项目可能重复，重复的共 10 万元（X601、X610）"
    assert said in run("check", "a.xlsx", "b.xlsx")[1]
    for name in "ab":
        accept_in(tmp_path / f"{name}.xlsx", "X601", "11", "01", "B2")
    assert "重复的共 10 万元（X610）" in run("check", "a.xlsx", "b.xlsx")[1]


@pytest.mark.parametrize(
    ("its", "is_found"),
    [
        ({"code": "2"}, False),  # 办公经费 of equal amount, that is all
        ({"code": "1"}, True),
        ({"code": "2", "goals": "同样的目标。"}, True),
        ({"code": "1", "budget": "11"}, False),
    ],
)
def test_generic_projects_do_not_cry_wolf(run: Runner, tmp_path: Path, its: dict[str, str], is_found: bool) -> None:
    goals = its.pop("goals", "另外的目标。")
    write(tmp_path / "a.xlsx", project("办公经费", code="1", goals=["同样的目标。"]), name="甲局")
    write(tmp_path / "b.xlsx", project("办公经费", goals=[goals], **its), name="乙局")
    _, books = checked(run, "a.xlsx", "b.xlsx")
    for book in books.values():
        assert ("X610" in {one["code"] for one in book["findings"]}) == is_found


def test_a_copy_is_not_said_to_be_a_draft(run: Runner, inbox: Path) -> None:
    run("consolidate", "收件", "-o", "汇总.xlsx", "--all-versions")
    rows = openpyxl.load_workbook("汇总.xlsx")["未读入"].iter_rows(values_only=True)
    said = next(row for row in rows if row[0] and "副本" in str(row[0]))
    assert "不用处理；不需要的一份可以移走" in said
    assert "--all-versions" not in str(said)


def test_the_terminal_says_it_with_the_amount(run: Runner, inbox: Path) -> None:
    out = run("check", "收件")[1]
    assert "预算数 / 财政资金 / 其他资金合计：50 / " in out
    line = next(line for line in out.splitlines() if line.startswith("没有计入合计 3 本，共 37 万元："))
    assert "收件/甲稿.xlsx（是 收件/甲定稿.xlsx 的前一稿，17 万元）" in line
    assert "丙去年.xlsx（是 2022 年的，合计的是 2023 年，10 万元）" in line


def test_all_versions_and_another_year(run: Runner, inbox: Path) -> None:
    totals, books = checked(run, "收件", "--all-versions")
    assert totals["budget"] == "67"
    assert "X602" in {one["code"] for one in books["甲稿.xlsx"]["findings"]}
    assert "X602" in {one["code"] for one in books["甲定稿.xlsx"]["findings"]}
    totals, books = checked(run, "收件", "--year", "2022")
    assert (totals["projects"], totals["budget"]) == (1, "10")
    assert sum(book["counted"] is not True for book in books.values()) == 6


def test_equal_dates_are_an_error(run: Runner, inbox: Path) -> None:
    saved(inbox / "甲稿.xlsx", "2024-01-06T08:00:00")
    totals, books = checked(run, "收件")
    assert totals["budget"] == "67"
    for name in ("甲稿.xlsx", "甲定稿.xlsx"):
        (found,) = [one for one in books[name]["findings"] if one["code"] == "X608"]
        assert found["severity"] == "error"


def test_the_summary_and_the_report(run: Runner, inbox: Path) -> None:
    """The totals are of what counts; what does not is listed with its amount."""
    run("consolidate", "收件", "-o", "汇总.xlsx")
    book = openpyxl.load_workbook("汇总.xlsx")
    first = book["汇总"]
    head = " ".join(str(cell.value) for row in first.iter_rows(max_row=2) for cell in row if cell.value)
    assert "4 本工作簿，5 个项目" in head
    assert "3 本重复、前一稿或别的年度的共 37 万元没有计入，见“未读入”" in head
    rows = [[cell.value for cell in row] for row in book["未读入"].iter_rows(min_row=3)]
    assert {Path(str(row[0])).name: row[3] for row in rows if row[3] == "不含"}.keys() >= {"甲稿.xlsx", "丙去年.xlsx"}
    names = [row[1].value for row in book["明细"].iter_rows(min_row=4)]
    assert "丙办事处" not in names
    run("check", "收件", "--report", "报告.xlsx")
    texts = {str(cell.value) for row in openpyxl.load_workbook("报告.xlsx").worksheets[0].iter_rows() for cell in row}
    assert "没有计入合计：是 收件/甲定稿.xlsx 的前一稿" in texts


def test_the_same_with_several_workers(run: Runner, inbox: Path) -> None:
    one, two = (run("check", "收件", "--json", "--workers", number)[1] for number in ("1", "2"))
    assert one == two


def test_one_book_is_what_it_is(run: Runner, inbox: Path) -> None:
    totals, books = checked(run, "收件/丙去年.xlsx")
    assert (totals["budget"], books["丙去年.xlsx"]["counted"]) == ("10", True)
    totals, books = checked(run, "收件/丙去年.xlsx", "--year", "2023")
    assert totals["budget"] == "0"
    assert books["丙去年.xlsx"]["counted"] == {"reason": "是 2022 年的，合计的是 2023 年", "instead": None}


def listed(path: Path, header: str, *names: str) -> Path:
    """A list of departments, as somebody keeps it: title, number, header, names."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["应交部门"])
    sheet.append(["序号", header, "联系人"])
    for at, name in enumerate(names, 1):
        sheet.append([at, name, "张三"])
    made.save(path)
    return path


def test_who_did_not_deliver(run: Runner, inbox: Path, tmp_path: Path) -> None:
    listed(tmp_path / "名单.xlsx", "部门", "甲办事处", "乙 办事处", "戊办事处", "丁办事处")
    out = run("check", "收件", "--expect", "名单.xlsx")[1]
    assert "应交 4 个部门，已交 3 个。\n没有交 1 个：戊办事处。\n名单以外 1 个：丙办事处（只交了 2022 年的）。" in out
    document = json.loads(run("check", "收件", "--json", "--expect", "名单.xlsx")[1])
    said = {"missing": ["戊办事处"], "unexpected": ["丙办事处"]}
    assert document["expected"] == said | {"nameless": [], "likely": [], "other_years": []}
    run("consolidate", "收件", "--expect", "名单.xlsx", "-o", "汇总.xlsx")
    run("check", "收件", "--expect", "名单.xlsx", "--report", "报告.xlsx")
    for name in ("汇总.xlsx", "报告.xlsx"):
        rows = openpyxl.load_workbook(name)["交表情况"].iter_rows(min_row=4, values_only=True)
        states = {str(row[0]): str(row[1]) for row in rows}
        assert states == {
            "戊办事处": "没有交",
            "丙办事处": "名单以外",
            "甲办事处": "已交",
            "乙 办事处": "已交",
            "丁办事处": "已交",
        }


def test_names_that_are_alike_are_said_in_both_lists(run: Runner, tmp_path: Path) -> None:
    """Never decided: 甲镇人民政府 is missing all the same."""
    write(tmp_path / "a.xlsx", project("一"), name="甲镇政府")
    listed(tmp_path / "名单.xlsx", "部门", "甲镇人民政府", "乙镇人民政府")
    out = run("check", "a.xlsx", "--expect", "名单.xlsx")[1]
    assert "没有交 2 个：甲镇人民政府（可能就是名单以外的“甲镇政府”，请核对）、乙镇人民政府。" in out
    assert "名单以外 1 个：甲镇政府（可能就是名单上的“甲镇人民政府”，请核对）。" in out
    document = json.loads(run("check", "a.xlsx", "--json", "--expect", "名单.xlsx")[1])
    assert document["expected"]["likely"] == [{"missing": "甲镇人民政府", "unexpected": "甲镇政府"}]
    run("check", "a.xlsx", "--expect", "名单.xlsx", "--report", "报告.xlsx")
    rows = [*openpyxl.load_workbook("报告.xlsx")["交表情况"].iter_rows(min_row=3, max_col=4, values_only=True)]
    assert [(row[0], row[3]) for row in rows] == [
        ("部门", "说明"),
        ("甲镇人民政府", "可能就是名单以外的“甲镇政府”，请核对"),
        ("乙镇人民政府", None),
        ("甲镇政府", "可能就是名单上的“甲镇人民政府”，请核对"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_likely"),
    [
        ("市场监督管理局", "市监管局", True),
        ("甲县教育局", "教育局", True),
        ("人力资源和社会保障局", "人社局", True),
        ("甲镇政府", "乙镇政府", False),
        ("第一中学", "第十一中学", False),
        ("县中医院", "县医院", False),
        ("教育局", "体育局", False),
        ("局", "教育局", False),
    ],
)
def test_which_names_are_alike(one: str, other: str, is_likely: bool) -> None:
    assert may_be_same(one, other) is may_be_same(other, one) is is_likely


@pytest.mark.parametrize("header", ["联系电话", "部门"])
def test_a_list_without_departments(run: Runner, inbox: Path, tmp_path: Path, header: str) -> None:
    listed(tmp_path / "名单.xlsx", header, *(["甲办事处"] if header != "部门" else []))
    status, out, err = run("check", "收件", "--expect", "名单.xlsx")
    assert (status, out) == (2, "")
    assert "名单.xlsx：第一张工作表里没有“部门”或“单位”一栏，或栏下没有名称。请在第一张工作表的表头写“部门”" in err


def test_an_unread_file_may_be_what_is_missing(run: Runner, inbox: Path, tmp_path: Path) -> None:
    listed(tmp_path / "名单.xlsx", "部门", "甲办事处", "戊办事处")
    (inbox / "戊.xlsx").write_bytes(b"PK\3\4 half a file")
    out = run("check", "收件", "--expect", "名单.xlsx")[1]
    assert "没有交 1 个（有 1 个文件没有读入，可能是它们的）：戊办事处。" in out
    run("consolidate", "收件", "-o", "汇总.xlsx", "--expect", "名单.xlsx")
    said = openpyxl.load_workbook("汇总.xlsx")["交表情况"]["A2"].value
    assert "有 1 个文件没有读入，可能是没有交的" in str(said)


def test_a_workbook_is_no_list(run: Runner, inbox: Path) -> None:
    status, out, err = run("check", "收件", "--expect", "收件/乙.xlsx")
    assert (status, out) == (2, "")
    assert "收件/乙.xlsx：是部门工作簿，不是名单。请给出名单：" in err


def test_subtotals_of_folders(run: Runner, inbox: Path) -> None:
    """A row for each folder; the departments stay in 明细."""
    (inbox / "下").mkdir()
    (inbox / "乙.xlsx").rename(inbox / "下" / "乙.xlsx")
    (inbox / "副本 乙.xlsx").unlink()
    out = run("consolidate", "收件", "--group-by", "folder", "-o", "汇总.xlsx")[1]
    assert out.split()[0] == "文件夹"
    assert [line.split()[:3] for line in out.splitlines() if line.startswith("收件")] == [
        ["收件", "4", "40"],
        ["收件/下", "1", "10"],
    ]
    book = openpyxl.load_workbook("汇总.xlsx")
    rows = {row[1]: row[4] for row in book["汇总"].iter_rows(min_row=17, values_only=True)}
    assert list(rows) == ["收件", "收件/下"]
    assert book["汇总"]["B3"].value == "文件夹"
    details = {(row[0], row[1]) for row in book["明细"].iter_rows(min_row=4, values_only=True)}
    assert details == {(1, "甲办事处"), (1, "丁办事处"), (2, "乙办事处")}


def test_repeated_projects_are_said_beside_the_total(run: Runner, tmp_path: Path) -> None:
    """Codes and names that stand twice, within a book and across: the amount, and the places."""
    write(tmp_path / "一科.xlsx", project("甲一", code="11"), project("甲二", code="12"), project("甲三", code="13"))
    write(tmp_path / "二科.xlsx", project("乙一", code="21"), project("乙二", code="22"), project("甲一", code="23"))
    out = said_everywhere(run, "1 个项目可能重复，重复的共 10 万元（X602）", "一科.xlsx", "二科.xlsx")
    assert re.search("可能重复的：“甲一” 10 万元（一科.xlsx 的 01!E2、二科.xlsx 的 03!E2）。", out)
    write(tmp_path / "丙.xlsx", project("丙一", code="31"), project("丙一", code="31", budget="8"))
    out = said_everywhere(run, "1 个项目可能重复，重复的共 8 万元（X601、X602）", "丙.xlsx")
    assert "可能重复的：“丙一” 8 万元（01!E2 10、02!E2 8）。" in out


def test_a_mistyped_code_doubles_no_money(run: Runner, tmp_path: Path) -> None:
    """Name and amount both differ: the code is a finding, the total is right."""
    write(tmp_path / "a.xlsx", project("甲一", code="11"), project("甲二", code="11", budget="8"))
    out = run("check", "a.xlsx")[1]
    assert "X601" in out
    assert "可能重复" not in out


def test_who_sent_another_year_alone_did_not_deliver(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", project("甲一", code="11"), name="甲局")
    write(tmp_path / "c.xlsx", project("丙一", code="13"), name="丙局")
    other = builders.department(project("乙一", code="12"), name="乙局", year=2022)
    builders.write(tmp_path / "b.xlsx", other)
    listed(tmp_path / "名单.xlsx", "部门", "甲局", "乙局", "丙局")
    out = run("check", ".", "--expect", "名单.xlsx")[1]
    assert "应交 3 个部门，已交 2 个。\n没有交 1 个：乙局（只交了 2022 年的）。" in out
    expected = json.loads(run("check", ".", "--json", "--expect", "名单.xlsx")[1])["expected"]
    assert (expected["missing"], expected["unexpected"]) == (["乙局"], [])
    assert expected["other_years"] == [{"name": "乙局", "years": [2022]}]
    run("consolidate", ".", "--expect", "名单.xlsx", "-o", "汇总.xlsx")
    rows = openpyxl.load_workbook("汇总.xlsx")["交表情况"].iter_rows(min_row=4, max_col=4, values_only=True)
    assert next(rows) == ("乙局", "没有交", None, "只交了 2022 年的")
