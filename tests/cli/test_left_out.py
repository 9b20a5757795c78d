"""What the figures do not hold is named: on the terminal, in the JSON, wherever totals stand."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import EXAMPLE, Runner, project, run, write
from xl_perf.files.guard import ASK_AGAIN

__all__ = ["run"]  # the fixture


def with_sheets(path: Path, **sheets: list[list[object]]) -> Path:
    """The workbook with further sheets, as somebody adds them by hand."""
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    return path


EVALUATION: list[list[object]] = [
    ["项目支出绩效自评表（2023年度）"],
    ["项目名称", "医保"],
    ["主管部门", "丙局", "实施单位", "丙局"],
    ["年度资金总额", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["", "100", "100", "90", "10", "90%", "9"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    ["产出指标", "数量指标", "人数", "100人", "90人", "10", "9", ""],
]
BROKEN: list[list[object]] = [["项目绩效目标表"], ["项目名称", "水利"], ["预算数（万元）", 77], ["财政资金", 77]]
NAMES: list[list[object]] = [["姓名", "电话"], ["张三", "1234"]]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three departments' workbooks, one of them whole; a damaged file."""
    folder = tmp_path / "收件"
    folder.mkdir()
    write(folder / "甲.xlsx", project("一"), project("二", budget="八百左右"), project("三", budget=None), name="甲局")
    write(folder / "乙.xlsx", project("四"), name="乙局")
    with_sheets(write(folder / "丙.xlsx", project("五"), name="丙局"), 自评=EVALUATION, 名单=NAMES, 旧表=BROKEN)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return folder


def rows_of(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """The values of a sheet."""
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


# --- files that are passed over --------------------------------------------------------------------------------------


def test_every_file_is_named_with_its_reason(run: Runner, tmp_path: Path) -> None:
    """A line for each reason, ten names at most; the JSON has all of them; lock files are only counted."""
    folder = tmp_path / "收件"
    folder.mkdir()
    write(folder / "甲.xlsx", project("一"))
    for name in ("~$甲.xlsx", ".DS_Store", "旧.xltx", *(f"扫描{number}.pdf" for number in range(8))):
        (folder / name).write_bytes(b"x")
    assert run("consolidate", "收件", "-o", "收件/汇总.xlsx")[0] == 0
    status, out, err = run("check", "收件")
    assert (status, err) == (0, "")
    assert "工作簿 1 本，略过 10 个，锁定文件和系统文件 2 个；" in out
    assert [line for line in out.splitlines() if line.startswith("略过")] == [
        "略过 1 个：模板文件，填好的请另存为 .xlsx：收件/旧.xltx",
        "略过 1 个：xl-perf 写出的汇总：收件/汇总.xlsx",
        "略过 8 个：不是工作簿：收件/扫描0.pdf、收件/扫描1.pdf、收件/扫描2.pdf，另有 5 个",
    ]
    skipped = json.loads(run("check", "收件", "--json")[1])["skipped"]
    assert len(skipped) == 10
    assert skipped[0] == {"path": "收件/扫描0.pdf", "reason": "不是工作簿"}
    assert "略过" not in run("check", "收件/甲.xlsx")[1]


def test_a_folder_in_which_everything_is_passed_over_says_so(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "报送.csv").write_bytes(b"x")
    status, out, err = run("check", "收件")
    assert status == 2
    assert err.startswith("收件：文件夹里没有部门填报的工作簿，1 个文件都略过了。")
    assert "略过 1 个：不是工作簿，里面有表的请另存为 .xlsx：收件/报送.csv" in out
    status, out, _ = run("check", "收件", "--json")
    document = json.loads(out)
    assert (status, document["skipped"]) == (
        2,
        [{"path": "收件/报送.csv", "reason": "不是工作簿，里面有表的请另存为 .xlsx"}],
    )
    assert document["totals"]["incomplete"] == [], "nothing says that there is money"


def test_archives_and_workbooks_under_other_extensions_are_missing_from_the_total(run: Runner, tmp_path: Path) -> None:
    """They are named with the next step, as a damaged workbook is, and stand in the outputs."""
    folder = tmp_path / "收件"
    folder.mkdir()
    book = write(folder / "甲.xlsx", project("一")).read_bytes()
    for name in ("乙.xlsx(1)", "丙.xlsx.download"):
        (folder / name).write_bytes(book)
    (folder / "丁.rar").write_bytes(b"Rar!")
    (folder / "图.png").write_bytes(b"x")
    (folder / "戊.tmp").write_bytes(book[: len(book) // 2])
    assert run("consolidate", "收件", "-o", "汇总.xlsx")[0] == 2
    status, _, err = run("check", "收件", "--report", "报告.xlsx")
    assert status == 2
    assert set(err.splitlines()) == {
        "收件/丁.rar：是压缩包，里面可能有工作簿，没有读。请先解压，再给出其中的工作簿。",
        "收件/丙.xlsx.download：内容是工作簿，扩展名却是 .download，没有读。请改名为 丙.xlsx。",
        "收件/乙.xlsx(1)：内容是工作簿，扩展名却是 .xlsx(1)，没有读。请改名为 乙(1).xlsx。",
        f"收件/戊.tmp：像是没有下载完、没有传完或已损坏的工作簿，没有读。{ASK_AGAIN}。",
    }
    document = json.loads(run("check", "收件", "--json")[1])
    assert document["skipped"] == [{"path": "收件/图.png", "reason": "不是工作簿"}]
    assert len(document["totals"]["incomplete"]) == 4
    listed = rows_of(tmp_path / "汇总.xlsx", "未读入")
    assert [row[3] for row in listed if str(row[0]).startswith("收件/")] == ["不含"] * 4 + [None]
    for output in ("汇总.xlsx", "报告.xlsx"):
        assert ("收件/图.png", "略过：不是工作簿") in [(row[0], row[2]) for row in rows_of(tmp_path / output, "未读入")]


def test_a_summary_of_one_book_lists_what_was_passed_over(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    write(folder / "甲.xlsx", project("一"))
    for name in ("图.png", "文.doc"):
        (folder / name).write_bytes(b"x")
    assert run("consolidate", "收件", "-o", "汇总.xlsx")[0] == 0
    listed = [row[0] for row in rows_of(tmp_path / "汇总.xlsx", "未读入")]
    assert listed[-2:] == ["收件/文.doc", "收件/图.png"]


# --- what is missing from totals -------------------------------------------------------------------------------------


def test_totals_say_what_is_missing_from_them(run: Runner, inbox: Path) -> None:
    """Sheets whose amounts cannot be read, forms that cannot, files that cannot: where the totals stand."""
    status, out, _ = run("check", "收件")
    assert status == 2
    assert (
        "合计不含 3 张表里读不出的金额、1 个没有读入的文件："
        "收件/丙.xlsx 的 旧表（像项目绩效目标表，但读不出来）、收件/坏.xlsx（文件不完整，多半没有下载完或没有传完）、"
        "收件/甲.xlsx 的 02（预算数读不出，财政资金读不出）、收件/甲.xlsx 的 03（没有填预算数）。\n"
    ) in out
    totals = json.loads(run("check", "收件", "--json")[1])["totals"]
    assert totals["budget"] == "30"
    assert totals["incomplete"] == [
        {"path": "收件/丙.xlsx", "sheet": "旧表", "reason": "像项目绩效目标表，但读不出来"},
        {"path": "收件/坏.xlsx", "sheet": None, "reason": "文件不完整，多半没有下载完或没有传完"},
        {"path": "收件/甲.xlsx", "sheet": "02", "reason": "预算数读不出"},
        {"path": "收件/甲.xlsx", "sheet": "02", "reason": "财政资金读不出"},
        {"path": "收件/甲.xlsx", "sheet": "03", "reason": "没有填预算数"},
    ]


def test_a_missing_file_is_missing_from_the_total(run: Runner, inbox: Path) -> None:
    _, out, _ = run("check", "收件/乙.xlsx", "没有.xlsx")
    assert "合计不含 1 个没有读入的文件：没有.xlsx（文件不存在）。" in out


def test_nothing_is_said_where_nothing_is_missing(run: Runner, inbox: Path) -> None:
    for given in ("收件/乙.xlsx", EXAMPLE):
        assert "不含" not in run("check", given)[1]


def test_five_places_are_named_and_the_others_counted(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", *(project(f"项目{number}", budget=None) for number in range(7)))
    _, out, _ = run("check", "甲.xlsx")
    assert "合计不含 7 张表里读不出的金额：01（没有填预算数）、" in out
    assert "05（没有填预算数），另有 2 处。" in out


def test_summaries_say_it_too(run: Runner, inbox: Path) -> None:
    """Of many books in 汇总 and 未读入, of one below 合计; so does the terminal's table of departments."""
    status, out, _ = run("consolidate", "收件", "-o", "汇总.xlsx")
    assert status == 2
    ends = {line.split()[0]: line for line in out.splitlines() if line.startswith(("甲局", "乙局", "合计 "))}
    assert ends["甲局"].endswith("  2 张表")
    assert ends["乙局"].endswith("  10")
    assert ends["合计"].endswith("  3 张表、1 个文件")
    book = openpyxl.load_workbook("汇总.xlsx")
    assert "合计不含 3 张表里读不出的金额、1 个没有读入的文件" in str(book["汇总"]["A2"].value)
    listed = [[cell.value for cell in row[:4]] for row in book["未读入"].iter_rows(min_row=4)]
    assert [row[:2] + row[3:] for row in listed] == [
        ["收件/丙.xlsx", "旧表", "不含"],
        ["收件/丙.xlsx", "自评", None],
        ["收件/丙.xlsx", "名单", None],
        ["收件/坏.xlsx", None, "不含"],
        ["收件/甲.xlsx", "02", "不含"],
        ["收件/甲.xlsx", "03", "不含"],
    ]
    status, out, _ = run("consolidate", "收件/甲.xlsx", "-o", "甲汇总.xlsx")
    assert status == 1
    said = "合计不含 2 张表里读不出的金额：02（预算数读不出，财政资金读不出）、03（没有填预算数）。"
    assert said in out
    assert said in [cell.value for cell in openpyxl.load_workbook("甲汇总.xlsx")["部门汇总"]["A"]]


def test_the_report_says_it_in_its_head(run: Runner, inbox: Path) -> None:
    run("check", "收件", "--report", "报告.xlsx")
    said = str(openpyxl.load_workbook("报告.xlsx")["总览"]["A2"].value)
    assert said.endswith("\n合计不含 3 张表里读不出的金额、1 个没有读入的文件。")


# --- tables that are no projects -------------------------------------------------------------------------------------


def test_other_tables_and_unread_sheets_of_one_book(run: Runner, inbox: Path) -> None:
    """A line for each of the two, below the projects; of many books only how many there are."""
    _, out, _ = run("check", "收件/丙.xlsx")
    assert "\n另有 1 张别的表，不算项目：自评!A1 “项目支出绩效自评表（2023年度）”（绩效自评）\n" in out
    assert (
        "\n有 2 张工作表没有读：名单（不是项目绩效目标表，有内容的单元格 4 个）、"
        "旧表（像项目绩效目标表，但读不出来，有内容的单元格 7 个）\n"
    ) in out
    assert "另有 1 张别的表" in run("consolidate", "收件/丙.xlsx", "-o", "汇总.xlsx")[1]
    _, out, _ = run("check", "收件")
    others = {line.split()[0]: line.split()[-1] for line in out.splitlines() if line.startswith("收件/")}
    assert (others["收件/丙.xlsx"], others["收件/乙.xlsx"]) == ("3张", "通过")


def test_other_tables_in_the_json(run: Runner, inbox: Path) -> None:
    (book,) = json.loads(run("check", "收件/丙.xlsx", "--json")[1])["books"]
    (other,) = book["others"]
    assert (other["sheet"], other["kind"], other["title"]) == ("自评", "evaluation", "项目支出绩效自评表（2023年度）")
    assert [(one["sheet"], one["reason"]) for one in book["unread"]] == [
        ("名单", "不是项目绩效目标表"),
        ("旧表", "像项目绩效目标表，但读不出来"),
    ]
    assert book["departments"] == []


def test_the_profile_of_each_book(run: Runner, tmp_path: Path) -> None:
    """The path of the department's own, else the name; null where the book was not read."""
    write(tmp_path / "甲.xlsx", project("一"))
    (tmp_path / "甲.toml").write_text('base = "hebei-2023"\n', "utf-8")
    write(tmp_path / "乙.xlsx", project("二"), name="乙局")
    shutil.copy(tmp_path / "甲.toml", tmp_path / "另.toml")
    books = json.loads(run("check", "甲.xlsx", "乙.xlsx", "没有.xlsx", "--json")[1])["books"]
    assert [book["profile"] for book in books] == ["甲.toml", "hebei-2023", None]
    books = json.loads(run("check", "甲.xlsx", "--json", "--profile", "另.toml")[1])["books"]
    assert [book["profile"] for book in books] == ["另"]
