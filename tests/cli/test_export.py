"""`xl-perf export`: the same tables in every format, exact, and what is said and done where something is in the way."""

import csv
import json
import re
import sqlite3
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests import tables
from tests.command_line import EXAMPLE, Runner, project, run, write
from tests.tables import EACH_FORMAT, FORMATS, NAMES, STARTS, exported, inbox, outcome, place
from xl_perf.core.figures.tables import GUIDE, TABLES, Type
from xl_perf.service.results import BookResult
from xl_perf.service.tables import Rows, RowsOf
from xl_perf.written import data_workbook, duckdb_tables

__all__ = ["inbox", "run"]  # the fixtures


# --- what stands in them ---------------------------------------------------------------------------------------------


def test_all_formats_hold_the_same(run: Runner, inbox: Path) -> None:
    """Names, rows and digits; `数据说明` too."""
    found = {form: tables.shown(exported(run, form, "收件")) for form in FORMATS}
    for form in FORMATS:
        assert sorted(found[form]) == sorted(NAMES), form
        for name in NAMES:
            assert found[form][name] == found[".sqlite"][name], (form, name)
    assert [len(found["csv"][name]) for name in ("部门", "项目", "工作簿")] == [2, 17, 4]
    columns = {table.name: [column.name for column in table.columns] for table in (*TABLES, GUIDE)}
    assert {name: list(found["csv"][name][0]) for name in NAMES} == columns
    told = {(row["表"], row["栏"]) for row in found["csv"]["数据说明"]}
    assert {(name, column) for name, own in columns.items() for column in own} <= told


@EACH_FORMAT
def test_sums_are_the_totals(run: Runner, inbox: Path, form: str) -> None:
    """Of every amount column, digit by digit: what `check --json` says of the same books."""
    document = json.loads(run("check", "收件", "--json")[1])
    totals = {key: Decimal(document["totals"][key]) for key in ("budget", "fiscal", "other")}
    assert totals["budget"] > Decimal(123456789)
    found = exported(run, form, "收件")
    counted = [row for row in found["工作簿"] if row["状态"] == "计入"]
    for rows in (found["部门"], found["项目"], counted):
        sums = {name: added(rows, name) for name in ("预算数_万元", "财政资金_万元", "其他资金_万元")}
        assert list(sums.values()) == list(totals.values())
    by_kind = {kind: [row for row in found["资金来源"] if row["类别"] == kind] for kind in ("财政资金", "其他资金")}
    assert added(by_kind["财政资金"], "金额_万元") == totals["fiscal"]
    assert added(by_kind["其他资金"], "金额_万元") == totals["other"]
    planned = {month: Decimal(amount) for month, amount in document["totals"]["planned"].items()}
    assert {month: added(of_month(found, month), "累计支出_万元") for month in planned} == planned
    assert sum(planned.values()) % 1 != 0
    assert sum(int(row["项目数"]) for row in found["部门"]) == document["totals"]["projects"] == len(found["项目"])


def added(rows: tables.Rows, name: str) -> Decimal:
    return sum((Decimal(row[name]) for row in rows if row[name] is not None), Decimal(0))


def of_month(found: tables.Tables, month: str) -> tables.Rows:
    return [row for row in found["支出计划"] if str(row["月份"]) == month]


def test_the_example_as_check_has_it(run: Runner) -> None:
    """Row by row what `check --json --details` says of projects, goals, indicators and findings."""
    book = json.loads(run("check", EXAMPLE, "--json", "--details")[1])["books"][0]
    found = tables.shown(exported(run, ".sqlite", str(EXAMPLE)))
    for row, one in zip(found["项目"], book["projects"], strict=True):
        assert (row["项目名称"], row["预算数_万元"], row["工作表"]) == (one["name"], one["budget"], one["sheet"])
        own = [each for each in found["绩效指标"] if each["项目序号"] == row["项目序号"]]
        keys = {
            "三级指标": "level3",
            "指标值": "target",
            "符号": "operator",
            "下限": "low",
            "上限": "high",
            "单元格": "cell",
        }
        assert [{name: each[name] for name in keys} for each in own] == [
            {name: each[key] for name, key in keys.items()} for each in one["indicator_list"]
        ]
        assert [each["目标"] for each in found["绩效目标"] if each["项目序号"] == row["项目序号"]] == one["goals"]
        plan = {
            each["月份"]: each["累计支出_百分比"] for each in found["支出计划"] if each["项目序号"] == row["项目序号"]
        }
        assert plan == one["plan"]
    keys = {
        "规则": "code",
        "单元格": "cell",
        "实际": "found",
        "应为": "expected",
        "差额": "difference",
        "说明": "message",
    }
    assert [{name: row[name] for name in keys} for row in found["问题"]] == [
        {name: one[key] for name, key in keys.items()} for one in book["findings"]
    ]
    assert found["工作簿"][0]["SHA256"] == book["sha256"]


@EACH_FORMAT
def test_texts_stay_texts(run: Runner, inbox: Path, form: str) -> None:
    """Whatever they begin with. (`tables.of_workbook` refuses any formula.)"""
    found = exported(run, form, "收件")
    assert set(STARTS) <= {row["资金用途"] for row in found["项目"]}
    assert set(STARTS) <= {row["项目名称"] for row in found["项目"]}
    assert {f"{start}\n第二行" for start in STARTS} <= {row["目标"] for row in found["绩效目标"]}


def test_nothing_in_csv_is_calculated(run: Runner, inbox: Path) -> None:
    """Every field that a spreadsheet would take for a formula is a number, or has ``'`` before it."""
    exported(run, "csv", "收件")
    numbers = {column.name for table in TABLES for column in table.columns if column.type is not Type.TEXT}
    seen = 0
    for path in place("csv").glob("*.csv"):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\xef\xbb\xbf") == 1
        for row in csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)):
            for name, text in row.items():
                if name not in numbers and text.lstrip()[:1] in {*"=+-@'", "＝", "＋"}:
                    assert text.startswith("'"), (path.name, text)
                    seen += 1
    assert seen > len(STARTS)


def test_decimals_have_their_types(run: Runner, inbox: Path) -> None:
    """DECIMAL in DuckDB and Parquet, wide enough for every digit; REAL and TEXT in SQLite."""
    for form in (".duckdb", "parquet", ".sqlite"):
        exported(run, form, "收件")
    described = "SELECT column_type FROM (DESCRIBE SELECT {} FROM '{}')"
    parquet = str(place("parquet") / "{}.parquet")
    with duckdb.connect() as database:
        for name, table, kind in (
            ("预算数_万元", "项目", "DECIMAL(38,13)"),
            ("累计支出_万元", "支出计划", "DECIMAL(38,17)"),
            ("权重", "绩效指标", "DECIMAL(38,12)"),
            ("项目序号", "项目", "BIGINT"),
        ):
            query = described.format(name, parquet.format(table))
            assert database.execute(query).fetchall() == [(kind,)], name
            with duckdb.connect(place(".duckdb"), read_only=True) as own:
                assert own.execute(f"SELECT typeof({name}) FROM {table} LIMIT 1").fetchall() == [(kind,)]
    with sqlite3.connect(place(".sqlite")) as lite:
        assert lite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        row = lite.execute("SELECT typeof(预算数_万元), typeof(预算数_万元_精确) FROM 项目").fetchone()
        assert row == ("real", "text")
    lite.close()


def test_what_counts_and_what_does_not(run: Runner, inbox: Path) -> None:
    """Beside the sums: a row for every file with the reason; of a copy only its findings."""
    (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04")
    status, out, err = outcome(run, ".sqlite", "收件")
    assert status == 2
    assert "坏.xlsx：" in err
    assert "合计不含 1 个没有读入的文件" in out
    assert "已写出数据表：数据.sqlite" in out
    found = tables.of_sqlite(place(".sqlite"))
    files = {Path(row["文件"]).name: row for row in found["工作簿"]}
    states = {name: row["状态"] for name, row in files.items()}
    assert states.pop("乙.xlsx") != states.pop("乙 副本.xlsx")
    assert states == {"甲.xlsx": "计入", "坏.xlsx": "没有读入", "说明.txt": "略过"}
    copy = next(row for row in found["工作簿"] if row["状态"] == "不计入")
    assert "内容相同" in copy["原因"]
    assert copy["代替的文件"]
    assert {row["文件"] for row in found["问题"] if row["计入合计"] == "否"} == {copy["文件"]}
    assert copy["文件"] not in {row["文件"] for row in found["项目"]}
    assert files["坏.xlsx"]["预算数_万元"] is None
    said = [row["说明"] for row in found["数据说明"] if row["表"] is None]
    assert any("合计不含 1 个没有读入的文件" in one for one in said)


def test_all_versions(run: Runner, tmp_path: Path) -> None:
    """Of two drafts the later one counts; with the option both, under numbers of their own."""
    folder = tmp_path / "稿"
    folder.mkdir()
    write(folder / "一.xlsx", project("甲一"))
    write(folder / "二.xlsx", project("甲一", budget="20"))
    for path, year in ((folder / "一.xlsx", 2024), (folder / "二.xlsx", 2025)):
        parts = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
        core = parts["docProps/core.xml"]
        parts["docProps/core.xml"] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]{4}", rb"\g<1>%d" % year, core)
        with zipfile.ZipFile(path, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
    last = exported(run, ".sqlite", "稿")
    assert [(row["项目序号"], row["预算数_万元"]) for row in last["项目"]] == [(1, 20)]
    assert [(row["状态"], row["代替的文件"]) for row in last["工作簿"]] == [("不计入", "稿/二.xlsx"), ("计入", None)]
    both = exported(run, ".sqlite", "稿", more=("--all-versions",))
    assert [(row["项目序号"], row["预算数_万元"]) for row in both["项目"]] == [(1, 10), (2, 20)]
    assert [(row["工作簿数"], row["预算数_万元"]) for row in both["部门"]] == [(2, 30)]


def test_another_year(run: Runner, inbox: Path) -> None:
    status, _, err = outcome(run, ".xlsx", "收件", more=("--year", "2022"))
    assert status == 2
    assert "没有写出，因为没有一本能计入的工作簿" in err
    assert not place(".xlsx").exists()


def test_money_that_is_missing(run: Runner, tmp_path: Path) -> None:
    """It is named beside the project, the department and the workbook."""
    write(tmp_path / "甲.xlsx", project("甲一"), project("甲二", budget="约十万"))
    found = exported(run, ".duckdb", "甲.xlsx")
    lacking = {row["项目名称"]: row["金额缺少"] for row in found["项目"]}
    assert lacking == {"甲一": None, "甲二": lacking["甲二"]}
    assert "预算数读不出" in lacking["甲二"]
    assert found["部门"][0]["缺金额的表数"] == 1
    assert "预算数读不出" in found["工作簿"][0]["合计缺少"]


@EACH_FORMAT
def test_without_projects(run: Runner, tmp_path: Path, form: str) -> None:
    """Every table is there, with its columns."""
    write(tmp_path / "空.xlsx")
    found = exported(run, form, "空.xlsx")
    assert sorted(found) == sorted(NAMES)
    assert found["项目"] == []
    assert [(row["状态"], Decimal(row["预算数_万元"])) for row in found["工作簿"]] == [("计入", Decimal(0))]
    if form == "csv":
        assert (place(form) / "项目.csv").read_text("utf-8-sig").startswith("项目序号,文件,部门,")


# --- what is lacking, and what is too much ---------------------------------------------------------------------------


def test_without_packages(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the next step, before anything is read."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    for form in (".duckdb", "parquet"):
        status, out, err = outcome(run, form, str(EXAMPLE))
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert "要用软件包 duckdb，这里没有安装。请运行 pip install duckdb" in err
    assert outcome(run, ".sqlite", str(EXAMPLE))[0] == 0
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert "没有 pandas，不能导出数据表" in outcome(run, "csv", str(EXAMPLE))[2]


def test_more_rows_than_a_sheet_has(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """They go on on a further sheet; none is lost."""
    whole = exported(run, ".xlsx", str(EXAMPLE))
    monkeypatch.setattr(data_workbook, "LAST_ROW", 20)
    parted = exported(run, ".xlsx", str(EXAMPLE))
    assert parted == whole
    with zipfile.ZipFile(place(".xlsx")) as package:
        workbook = package.read("xl/workbook.xml").decode()
    assert all(f'name="绩效指标{tail}"' in workbook for tail in ("", " (2)", " (3)"))


def test_rows_go_out_as_they_come(run: Runner, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In however many parts, the files are the same."""
    whole = {form: exported(run, form, "收件") for form in FORMATS}
    monkeypatch.setattr("xl_perf.service.exporting._AT_ONCE", 1)
    for form in FORMATS:
        assert exported(run, form, "收件") == whole[form]


def test_more_digits_than_there_are(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is rounded: it is said, and nothing is written."""
    monkeypatch.setattr(duckdb_tables, "_DIGITS", 13)
    for form in (".duckdb", "parquet"):
        status, _, err = outcome(run, form, str(EXAMPLE))
        assert (status, err.count("\n")) == (2, 1)
        assert "有的数位数太多" in err
        assert not list(Path().rglob("*.*db")) + list(Path().rglob("*.parquet"))


def test_characters_that_no_format_takes(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a character, NUL, a quotation mark, commas, line breaks: the same in every format, none fails."""

    def damaged(rows: Rows, result: BookResult) -> RowsOf:
        first, *others = result.projects
        at = first.kind.place["purpose"]
        entry = first.values[at]._replace(value='a"b,c\r\nd\ud800e\0')
        values = (*first.values[:at], entry, *first.values[at + 1 :])
        return whole(rows, replace(result, projects=(replace(first, values=values), *others)))

    whole = Rows.of
    monkeypatch.setattr(Rows, "of", damaged)
    for form in FORMATS:
        purpose = exported(run, form, str(EXAMPLE))["项目"][0]["资金用途"]
        assert purpose.replace("\r\n", "\n") == 'a"b,c\nd?e?', form


def test_the_sheets(run: Runner) -> None:
    """Headings in the first row, so that any program finds them; they stay in sight, are filtered by, and fit."""
    outcome(run, ".xlsx", str(EXAMPLE))
    book = openpyxl.load_workbook(place(".xlsx"))
    assert book.sheetnames == ["数据说明", *NAMES[:-1]]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(max(sheet.max_row, 2), sheet.max_column).coordinate}"
        assert all(sheet.column_dimensions[get_column_letter(at)].width >= 8 for at in range(1, sheet.max_column + 1))
    assert book["项目"]["I2"].number_format == "#,##0.00????"
    assert book["项目"]["F2"].number_format == "@"
