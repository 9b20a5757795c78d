"""Of several versions: what the later one lacks, what the files' names say, and what is no version at all."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_counting import accept_in, checked, said_everywhere, saved
from tests.command_line import Runner, project, run, write

__all__ = ["run"]  # the fixture


def test_projects_that_a_later_version_lacks_are_named(run: Runner, tmp_path: Path) -> None:
    """Each is named once, in the last draft that has it, with its amount."""
    one, two, three = project("甲一", code="11"), project("甲二", code="12", budget="7"), project("甲三", code="13")
    saved(write(tmp_path / "a.xlsx", one, two, three), "2024-01-05T08:00:00")
    saved(write(tmp_path / "b.xlsx", one, two), "2024-01-06T08:00:00")
    saved(write(tmp_path / "c.xlsx", one), "2024-01-07T08:00:00")
    totals, books = checked(run, "a.xlsx", "b.xlsx", "c.xlsx")
    assert totals["budget"] == "10"
    for name, said in (("a.xlsx", "“甲三” 10 万元"), ("b.xlsx", "“甲二” 7 万元")):
        (found,) = [one for one in books[name]["findings"] if one["code"] == "X608"]
        amount = said.split()[1]
        assert f"；其中 1 个项目 {amount} 万元后一稿里没有：{said}" in found["message"]
    said = "前一稿里有 2 个项目，共 17 万元，后一稿里没有，没有计入（X608）"
    run("consolidate", "a.xlsx", "b.xlsx", "c.xlsx", "-o", "汇总.xlsx")
    run("check", "a.xlsx", "b.xlsx", "c.xlsx", "--report", "报告.xlsx")
    for out in ("汇总.xlsx", "报告.xlsx"):
        sheet = openpyxl.load_workbook(out).worksheets[0]
        assert any(said in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row)
    out = run("check", "a.xlsx", "b.xlsx", "c.xlsx")[1]
    assert "\n其中 2 个项目 17 万元后一稿里没有：a.xlsx 的“甲三” 10 万元、b.xlsx 的“甲二” 7 万元。\n" in out


def test_one_of_two_projects_of_one_name_is_missing(run: Runner, tmp_path: Path) -> None:
    """The other one is no stand-in for it."""
    both = project("办公经费", code="11"), project("办公经费", code="12", budget="7")
    saved(write(tmp_path / "a.xlsx", *both), "2024-01-05T08:00:00")
    saved(write(tmp_path / "b.xlsx", both[0]), "2024-01-06T08:00:00")
    assert "其中 1 个项目 7 万元后一稿里没有" in run("check", "a.xlsx", "b.xlsx")[1]


def test_a_code_of_other_projects_makes_no_version(run: Runner, tmp_path: Path) -> None:
    """Name and amount both differ: both count, X601 says the rest."""
    saved(write(tmp_path / "a.xlsx", project("甲一", code="11")), "2024-01-05T08:00:00")
    saved(write(tmp_path / "b.xlsx", project("乙一", code="11", budget="7")), "2024-01-06T08:00:00")
    totals, books = checked(run, "a.xlsx", "b.xlsx")
    assert totals["budget"] == "17"
    assert all({"X601"} == {one["code"] for one in book["findings"]} & {"X601", "X608"} for book in books.values())


@pytest.mark.parametrize("budget", ["300", "10"])
def test_without_a_department_the_names_of_the_files_count(run: Runner, tmp_path: Path, budget: str) -> None:
    """Two departments by their files' names, no amount the same: both count and the doubt is said. Else a version."""
    one = project("人员经费", code=""), project("办公经费", code="", budget="5")
    other = project("人员经费", code="", budget=budget), project("办公经费", code="", budget="9")
    saved(write(tmp_path / "教育局.xlsx", *one, name=""), "2024-01-05T08:00:00")
    saved(write(tmp_path / "体育局.xlsx", *other, name=""), "2024-01-06T08:00:00")
    totals, books = checked(run, "教育局.xlsx", "体育局.xlsx")
    codes = [one["code"] for book in books.values() for one in book["findings"]]
    if budget == "10":
        assert (totals["budget"], codes.count("X608")) == ("19", 1)
        return
    assert (totals["budget"], codes.count("X608")) == ("324", 2)
    said = "2 本没有都写明部门，项目名称相同、金额不同，都计入了，可能重复（X608）"
    said_everywhere(run, said, "教育局.xlsx", "体育局.xlsx")
    accept_in(tmp_path / "教育局.xlsx", "X608", "体育局.xlsx")
    assert said.replace("2 本", "1 本") in run("check", "教育局.xlsx", "体育局.xlsx")[1]
    accept_in(tmp_path / "体育局.xlsx", "X608", "教育局.xlsx")
    assert "（X608）" not in run("check", "教育局.xlsx", "体育局.xlsx")[1]


def test_times_are_told_apart_and_names_that_say_the_opposite(run: Runner, tmp_path: Path) -> None:
    saved(write(tmp_path / "局v1.xlsx", project("甲一", budget="9")), "2024-01-05T08:00:07")
    saved(write(tmp_path / "局最终版2.xlsx", project("甲一")), "2024-01-05T08:00:05")
    totals, books = checked(run, "局v1.xlsx", "局最终版2.xlsx")
    assert totals["budget"] == "9"
    (found,) = [one for one in books["局最终版2.xlsx"]["findings"] if one["code"] == "X608"]
    assert "（2024-01-05 08:00:05，后一稿 2024-01-05 08:00:07）" in found["message"]
    assert "文件名说的先后相反，这本是后一稿" in found["message"]
    assert "文件名说的先后相反" in books["局最终版2.xlsx"]["counted"]["reason"]


def paths_in(output: Path) -> set[str]:
    """Every path of a workbook of 收件 that some text of the output names, on whatever sheet."""
    book = openpyxl.load_workbook(output)
    texts = (
        str(cell.value) for sheet in book if sheet.sheet_state == "visible" for row in sheet.iter_rows() for cell in row
    )
    return {path for text in texts if "HYPERLINK" not in text for path in re.findall(r"[./\w]*收件/\w+\.xlsx", text)}


def test_one_output_shows_files_in_one_way(run: Runner, tmp_path: Path) -> None:
    """As seen from its own folder, in texts as in the column of files; the terminal and the JSON show them as given."""
    folder, out = tmp_path / "收件", tmp_path / "结果"
    folder.mkdir()
    out.mkdir()
    saved(write(folder / "甲一稿.xlsx", project("甲一"), project("甲二", budget="7")), "2024-01-05T08:00:00")
    saved(write(folder / "甲二稿.xlsx", project("甲一"), project("甲三")), "2024-01-06T08:00:00")
    saved(write(folder / "甲副本.xlsx", project("甲一"), project("甲三")), "2024-01-06T08:00:00")
    saved(write(folder / "乙.xlsx", project("甲一"), name="乙局"), "2024-01-06T08:00:00")
    saved(write(folder / "新甲.xlsx", project("甲一"), project("甲三"), name="新甲"), "2024-01-06T08:00:00")
    write(folder / "丙.xlsx", project("丙"), name="")
    list_of = openpyxl.Workbook()
    for one in ("部门", "丁局"):
        list_of.active.append([one])  # type: ignore[union-attr]
    list_of.save(tmp_path / "名单.xlsx")
    said = run("check", "收件", "--report", "结果/报告.xlsx", "--expect", "名单.xlsx")[1]
    assert "../收件" not in said
    assert "是 收件/甲" in said
    run("consolidate", "收件", "-o", "结果/汇总.xlsx", "--expect", "名单.xlsx")
    run("diff", "收件", "收件/丙.xlsx", "-o", "结果/变动.xlsx")
    for name in ("报告", "汇总", "变动"):
        found = paths_in(out / f"{name}.xlsx")
        assert found
        assert all(path.startswith("../收件/") for path in found), found


@pytest.mark.parametrize("copy", ["a甲局 - 副本.xlsx", "甲局 (2).xlsx", "Copy of 甲局.xlsx"])
def test_of_equal_books_the_one_that_is_not_called_a_copy_counts(run: Runner, tmp_path: Path, copy: str) -> None:
    write(tmp_path / "甲局.xlsx", project("甲一", code="11"))
    (tmp_path / copy).write_bytes((tmp_path / "甲局.xlsx").read_bytes())
    _, books = checked(run, copy, "甲局.xlsx")
    assert books["甲局.xlsx"]["counted"] is True
    assert books[copy]["counted"]["instead"] == "甲局.xlsx"


def test_sections_that_a_whole_book_links(run: Runner, tmp_path: Path) -> None:
    """Each command counts the one that has nothing in common with the later one, and says so until it is accepted."""
    one, two = (project("甲一", code="11"), project("甲二", code="12")), (project("乙一", code="21"), project("乙二"))
    books = {"一": one, "二": two, "全": (*one, *two), "一改": (project("甲一", code="11", budget="30"), one[1])}
    (tmp_path / "来件").mkdir()
    for day, (name, its) in enumerate(books.items(), 1):
        saved(write(tmp_path / "来件" / f"{name}.xlsx", *its), f"2024-01-0{day}T08:00:00")
    said = "1 本与后来的没有相同的项目、中间一稿把它们连在一起，按分开报的都计入，请核对（X608）"
    said_everywhere(run, said, "来件")
    totals, _ = checked(run, "来件")
    assert totals["budget"] == "60"
    (tmp_path / "原").mkdir()
    shutil.copy("来件/一.xlsx", "原")
    out = run("diff", "原", "来件")[1]
    assert "现 来件/二.xlsx：与后来的没有相同的项目，中间一稿把它们连在一起，按分开报的都计入了" in out
    assert "现合计可能重复计入 20 万元，差额可能偏大" in out
    accept_in(tmp_path / "来件" / "二.xlsx", "X608", "全.xlsx")
    saved(tmp_path / "来件" / "二.xlsx", "2024-01-02T08:00:00")
    assert "（X608）" not in run("check", "来件")[1]
    assert "重复计入" not in run("diff", "原", "来件")[1]


def test_a_draft_whose_projects_say_that_they_were_adjusted(run: Runner, tmp_path: Path) -> None:
    """Without a code the name tells it; of phases both count."""
    saved(write(tmp_path / "乙.xlsx", project("乙一", code=""), project("乙二", code="")), "2024-01-01T08:00:00")
    later = project("乙一（调整）", code="", budget="30"), project("【新】乙二", code="", budget="11")
    saved(write(tmp_path / "乙改.xlsx", *later), "2024-01-05T08:00:00")
    assert checked(run, "乙.xlsx", "乙改.xlsx")[0]["budget"] == "41"
    phases = project("乙一（二期）", code="", budget="30"), project("乙二（二期）", code="", budget="11")
    saved(write(tmp_path / "二期.xlsx", *phases), "2024-01-05T08:00:00")
    assert checked(run, "乙.xlsx", "二期.xlsx")[0]["budget"] == "61"
