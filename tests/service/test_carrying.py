"""Writing an output once more never loses what people typed into the one before."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from tests.command_line import Runner, project, run, write
from tests.office import Office
from tests.samples import column_of, values
from xl_perf.core.workbook.row_marks import MARKS_SHEET
from xl_perf.core.workbook.typed import FORMER_SHEET, Earlier
from xl_perf.files.inputs import find_books
from xl_perf.files.output import Replaced, replacing, sha256_of
from xl_perf.files.untouched import is_untouched
from xl_perf.files.zip_package import Package
from xl_perf.service.carrying import read_typed

__all__ = ["run"]  # the fixture
UNBALANCED = {"fiscal": "9"}
"""B303 at C3: 10 万元 are 9 万元."""
Place = tuple[str, str]


def type_in(path: Path, contents: Mapping[Place, str | float]) -> Path:
    """As people do who type into cells and save."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), content in contents.items():
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet][cell] = content
    book.save(path)
    return path


def cell_of(path: Path, sheet: str, heading: str, *, row: int = 3) -> Place:
    """The cell below a heading of a list, in a row from 0."""
    _, column = column_of(values(path, sheet), heading)
    return sheet, get_column_letter(column + 1) + str(row + 1)


def rows_of(path: Path, sheet: str, *headings: str) -> list[tuple[Any, ...]]:
    """What stands below some headings of a list."""
    rows = values(path, sheet)
    places = [column_of(rows, heading) for heading in headings]
    first = places[0][0] + 1
    return [tuple(cells[column] for _, column in places) for cells in rows[first:]]


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """东局 and 西局, each with a project that does not add up."""
    folder = tmp_path / "收件"
    folder.mkdir()
    for name in "东西":
        write(folder / f"{name}.xlsx", project(f"{name}一", **UNBALANCED), project(f"{name}二"), name=f"{name}局")
    return folder


@pytest.fixture
def report(run: Runner, books: Path, tmp_path: Path) -> Path:
    assert run("check", books, "--report", "报告.xlsx")[0] == 1
    return tmp_path / "报告.xlsx"


def test_remarks_go_to_the_same_book_and_the_same_finding(run: Runner, report: Path, books: Path) -> None:
    """Whatever row that is now; and the file as people left it is kept."""
    assert rows_of(report, "明细", "文件", "处理情况") == [("收件/东.xlsx", None), ("收件/西.xlsx", None)]
    done = {cell_of(report, "明细", "处理情况", row=4): "已退回", cell_of(report, "总览", "处理情况"): "找李四"}
    type_in(report, done)
    edited = report.read_bytes()
    write(books / "中.xlsx", project("中一", **UNBALANCED), name="中局")
    status, out, err = run("check", books, "--report", "报告.xlsx")
    assert (status, err) == (1, "")
    assert "原来填写的 2 处已经带过来。\n改过的原件留作 报告（改过的原件）.xlsx。" in out
    assert rows_of(report, "明细", "文件", "处理情况") == [
        ("收件/东.xlsx", None),
        ("收件/中.xlsx", None),
        ("收件/西.xlsx", "已退回"),
    ]
    assert ("收件/东.xlsx", "找李四") in rows_of(report, "总览", "文件", "处理情况")
    assert report.with_name("报告（改过的原件）.xlsx").read_bytes() == edited
    assert is_untouched(report)


def test_they_stay_as_often_as_it_is_written(run: Runner, report: Path, books: Path, tmp_path: Path) -> None:
    """What nobody has edited since is not kept, and yet holds what people typed."""
    type_in(report, {cell_of(report, "明细", "处理情况"): "已退回"})
    for _ in range(3):
        _, out, _ = run("check", books, "--report", "报告.xlsx")
        assert "原来填写的 1 处已经带过来。" in out
        assert rows_of(report, "明细", "处理情况")[0] == ("已退回",)
        numbers = re.findall(rb'pid="([0-9]+)"', Package(report.read_bytes()).read("docprops/custom.xml"))
        assert len(set(numbers)) == len(numbers) == 3
    assert sorted(path.name for path in tmp_path.glob("报告*")) == ["报告.xlsx", "报告（改过的原件）.xlsx"]


def test_what_has_no_row_any_more_is_listed_and_comes_back(run: Runner, report: Path, books: Path) -> None:
    type_in(report, {cell_of(report, "明细", "处理情况"): "已退回", cell_of(report, "总览", "处理情况"): "找李四"})
    write(books / "东.xlsx", project("东一"), project("东二"), name="东局")
    _, out, _ = run("check", books, "--report", "报告.xlsx")
    assert "原来填写的 1 处没有对应的行了，列在“以前填写的”工作表。" in out
    place = "B303 · 收件/东.xlsx · 01 · C3"
    listed = rows_of(report, FORMER_SHEET, "工作表", "哪一行", "栏目", "填写的内容")
    assert listed == [("明细", place, "处理情况", "已退回")]
    (books / "东.xlsx").rename(books.parent / "东.xlsx")
    run("check", books, "--report", "报告.xlsx")
    listed = rows_of(report, FORMER_SHEET, "工作表", "哪一行", "填写的内容")
    assert set(listed) == {("明细", place, "已退回"), ("总览", "收件/东.xlsx", "找李四")}
    write(books / "东.xlsx", project("东一", **UNBALANCED), project("东二"), name="东局")
    run("check", books, "--report", "报告.xlsx")
    assert rows_of(report, "明细", "文件", "处理情况")[0] == ("收件/东.xlsx", "已退回")
    assert FORMER_SHEET not in openpyxl.load_workbook(report).sheetnames


def test_columns_that_people_added(run: Runner, report: Path, books: Path) -> None:
    """With a heading and without one; numbers stay numbers, texts are no formulas."""
    _, cell = cell_of(report, "明细", "处理情况")
    column = column_index_from_string(cell.rstrip("0123456789"))
    beside = [get_column_letter(column + number) for number in (1, 2)]
    told: dict[Place, str | float] = {
        ("明细", f"{beside[0]}3"): "电话",
        ("明细", f"{beside[0]}4"): 13_800_000_000,
        ("明细", f"{beside[1]}5"): "'=1",
    }
    type_in(report, told)
    for _ in range(2):
        run("check", books, "--report", "报告.xlsx")
        found = rows_of(report, "明细", "电话", f"{beside[1]}列")
        assert found == [(13_800_000_000, None), (None, "'=1")]


def test_lists_that_people_sorted_and_widened(run: Runner, report: Path, books: Path) -> None:
    """Rows in another order and a column among ours: nothing counts as changed; a row that is gone is said."""
    book = openpyxl.load_workbook(report)
    sheet = book["总览"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_cols(3)
    sheet["C3"], sheet["C5"] = "联系人", "赵六"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for row, contents in enumerate(reversed(rows), 4):
        for column, content in enumerate(contents, 1):
            sheet.cell(row, column).value = content
    book["明细"].delete_rows(5)
    book.save(report)
    name = rows[1][0]
    _, out, _ = run("check", books, "--report", "报告.xlsx")
    assert "原来填写的 1 处已经带过来。" in out
    assert "有 1 处被改过，改动没有带过来：“明细”少了 1 行。" in out
    assert (name, "赵六") in rows_of(report, "总览", "文件", "联系人")


def test_reasons_in_columns_that_hold_few(run: Runner, report: Path, books: Path) -> None:
    """接受理由 and 接受人 are ours where a reason was given in the workbook, and people's where they are blank."""
    reason, by = (cell_of(report, "明细", heading) for heading in ("接受理由", "接受人"))
    type_in(report, {reason: "合同如此", by: "张三"})
    for _ in range(2):
        _, out, _ = run("check", books, "--report", "报告.xlsx")
        assert "原来填写的 2 处已经带过来。" in out
        assert "被改过" not in out
        assert rows_of(report, "明细", "接受理由", "接受人")[0] == ("合同如此", "张三")


def test_what_is_ours_and_was_changed_is_said(run: Runner, report: Path, books: Path) -> None:
    """How much and where; it is in the file that is kept, and nowhere silently."""
    sheet, message = cell_of(report, "明细", "说明", row=4)
    type_in(report, {(sheet, message): "我看没错", ("总览", "A2"): "", ("我的记录", "B2"): "开会"})
    edited = report.read_bytes()
    _, out, _ = run("check", books, "--report", "报告.xlsx")
    said = "原来的文件里 xl-perf 写的内容有 3 处被改过，改动没有带过来："
    assert f"{said}“总览”少了 1 行；“明细”第 5 行；“我的记录”是后加的。" in out
    assert report.with_name("报告（改过的原件）.xlsx").read_bytes() == edited


def test_every_original_is_kept(run: Runner, report: Path, books: Path, tmp_path: Path) -> None:
    for text in "一二三":
        type_in(report, {cell_of(report, "明细", "处理情况"): text})
        run("check", books, "--report", "报告.xlsx")
    names = ["报告（改过的原件）.xlsx", "报告（改过的原件） (2).xlsx", "报告（改过的原件） (3).xlsx"]
    kept = [rows_of(tmp_path / name, "明细", "处理情况")[0][0] for name in names]
    assert kept == ["一", "二", "三"]
    assert rows_of(report, "明细", "处理情况")[0] == ("三",)


def test_overwriting_keeps_no_original(run: Runner, report: Path, books: Path, tmp_path: Path) -> None:
    type_in(report, {cell_of(report, "明细", "处理情况"): "已退回"})
    _, out, _ = run("check", books, "--report", "报告.xlsx", "--overwrite")
    assert "原来填写的 1 处已经带过来。" in out
    assert rows_of(report, "明细", "处理情况")[0] == ("已退回",)
    assert len(list(tmp_path.glob("报告*"))) == 1


def test_what_cannot_be_told_apart_is_not_replaced(run: Runner, report: Path, books: Path) -> None:
    book = openpyxl.load_workbook(report)
    del book[MARKS_SHEET]
    book.save(report)
    before = report.read_bytes()
    status, _, err = run("check", books, "--report", "报告.xlsx")
    assert (status, err.count("\n")) == (2, 1)
    assert "但写出后有人改过，又读不出来（xl-perf 在里面留的记号不见了，分不清哪些是后来填的）。确要覆盖请加" in err
    assert report.read_bytes() == before
    status, out, _ = run("check", books, "--report", "报告.xlsx", "--overwrite")
    assert status == 1
    assert "原来的文件里填写的没有带过来：xl-perf 在里面留的记号不见了" in out


def test_an_output_of_another_kind_is_not_replaced(run: Runner, report: Path, books: Path) -> None:
    type_in(report, {("明细", "A1"): "改"})
    status, _, err = run("consolidate", books, "-o", "报告.xlsx")
    assert (status, err.count("\n")) == (2, 1)
    assert "但写出后有人改过。确要覆盖请加 --overwrite" in err


def test_reports_are_no_inputs_whoever_edited_them(run: Runner, report: Path, books: Path) -> None:
    """Neither the new one nor the original that is kept."""
    shutil.move(report, books / "报告.xlsx")
    type_in(books / "报告.xlsx", {("明细", "A2"): "看过"})
    run("check", books, "--report", books / "报告.xlsx")
    found = find_books([str(books)])
    assert sorted(path.name for path, _ in found.books) == ["东.xlsx", "西.xlsx"]
    assert {one.reason for one in found.skipped} == {"xl-perf 写出的校验报告"}
    assert len(found.skipped) == 2


def test_what_is_edited_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    path.write_bytes(b"before")
    replaced = Replaced(sha256_of(path), keep=True)
    with replacing(path, replaced=replaced) as output:
        output.temp.write_bytes(b"new")
        path.write_bytes(b"edited")
    assert output.path.name == "报告 (2).xlsx"
    assert "刚刚又被改过，没有覆盖" in (output.notice or "")
    assert (path.read_bytes(), output.path.read_bytes()) == (b"edited", b"new")
    assert output.original is None


def test_remarks_on_departments_and_on_what_they_owe(run: Runner, books: Path, tmp_path: Path) -> None:
    names = openpyxl.Workbook()
    for one in (["部门"], ["东局"], ["丁局"]):
        names.active.append(one)  # type: ignore[union-attr]
    names.save(tmp_path / "名单.xlsx")
    command = ("consolidate", books, "-o", "汇总.xlsx", "--expect", "名单.xlsx")
    assert run(*command)[0] == 1
    path = tmp_path / "汇总.xlsx"
    first = column_of(values(path, "汇总"), "部门")[0]
    row = next(at for at, cells in enumerate(values(path, "汇总")) if cells[1] == "西局")
    assert row > first
    remarks = {cell_of(path, "汇总", "备注", row=row): "数已核", cell_of(path, "交表情况", "备注"): "已催"}
    type_in(path, remarks)
    run(*command)
    kept = [cells for cells in rows_of(path, "汇总", "部门", "备注") if cells[1] not in {None, "备注"}]
    assert kept == [("西局", "数已核")]
    assert rows_of(path, "交表情况", "部门", "备注")[0] == ("丁局", "已催")
    run(*command, "--group-by", "folder")
    listed = rows_of(path, FORMER_SHEET, "工作表", "哪一行", "栏目", "填写的内容")
    assert listed == [("汇总", "西局", "备注", "数已核")]


def test_one_department_with_its_date(run: Runner, books: Path, tmp_path: Path) -> None:
    """填报日期 is left to people; a column beside the list is theirs."""
    command = ("consolidate", books / "东.xlsx", "-o", "汇总.xlsx")
    run(*command)
    path = tmp_path / "汇总.xlsx"
    sheet = openpyxl.load_workbook(path)["部门汇总"]
    date = next(cell.coordinate for cell in sheet[2] if str(cell.value).startswith("填报日期"))
    width = len(values(path, "部门汇总")[2])
    column = get_column_letter(width + 1)
    row = 17
    told = {("部门汇总", date): "填报日期：2023年3月1日", ("部门汇总", f"{column}16"): "科室"}
    type_in(path, told | {("部门汇总", f"{column}{row + 1}"): "财务科"})
    for _ in range(2):
        run(*command)
        written = openpyxl.load_workbook(path)["部门汇总"]
        assert written[date].value == "填报日期：2023年3月1日"
        assert [written[f"{column}{at}"].value for at in (3, 16, 17, 18)] == [None, "科室", None, "财务科"]


@pytest.mark.slow
def test_saved_by_another_program_nothing_counts_as_changed(
    run: Runner, books: Path, tmp_path: Path, soffice: Office
) -> None:
    """LibreOffice calculates anew and writes every part in its own way."""
    write(
        books / "怪<&>_x0041_.xlsx", project("=1+1 <b>&amp;  _x000D_", budget="1e3", fiscal="9.10"), name="怪“局”\n二"
    )
    (books / "坏.xlsx").write_bytes(b"PK\x03\x04")
    run("check", books, "--report", "报告.xlsx")
    run("consolidate", books, "-o", "汇总.xlsx")
    run("consolidate", books / "东.xlsx", "-o", "一本.xlsx")
    for name in ("报告.xlsx", "汇总.xlsx", "一本.xlsx"):
        saved = soffice.convert(tmp_path / name, "xlsx", tmp_path / "另存")
        assert not is_untouched(saved)
        earlier = read_typed(saved)
        assert (earlier.changed, earlier.holds_any) == ((), False)
        assert read_typed(tmp_path / name) == Earlier(columns=earlier.columns)


@pytest.mark.parametrize("output", ["汇总", "部门汇总", "报告"])
def test_results_that_another_program_did_not_store(run: Runner, books: Path, tmp_path: Path, output: str) -> None:
    """openpyxl stores no results of formulas: nothing was changed for that; what was is seen."""
    path = tmp_path / f"{output}.xlsx"
    inputs = books / "东.xlsx" if output == "部门汇总" else books
    command = ("check", inputs, "--report", path) if output == "报告" else ("consolidate", inputs, "-o", path)
    run(*command)
    sheet, cell = {"报告": ("明细", "Z5")}.get(output, (output, "Z18"))
    type_in(path, {(sheet, cell): "已核"})
    _, out, _ = run(*command)
    assert "原来填写的 1 处已经带过来。" in out
    assert "被改过" not in out
    if output == "报告":
        return  # its only formulas are links
    place = formula_beside(path)
    type_in(path, {place[0]: "我改的", place[1]: 77})
    _, out, _ = run(*command)
    assert "有 2 处被改过" in out


def formula_beside(path: Path) -> tuple[Place, Place]:
    """A text of ours in a row with a formula, and a formula in another row."""
    found = []
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            formulas = [cell for cell in row if str(cell.value).startswith("=") and "HYPERLINK" not in str(cell.value)]
            texts = [cell for cell in row if isinstance(cell.value, str) and not cell.value.startswith("=")]
            if formulas and texts and sheet.sheet_state == "visible":
                found.append(((sheet.title, texts[0].coordinate), (sheet.title, formulas[0].coordinate)))
    return found[0][0], found[-1][1]
