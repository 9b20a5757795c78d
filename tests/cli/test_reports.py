"""`xl-perf monitor`, `evaluate`, `tasks`, `consolidate --kind`: what the year after the text comes to."""

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import EXAMPLE, Runner, run
from tests.year_reports import FIRST, evaluated, monitored, with_june, with_scores
from xl_perf import read
from xl_perf.core.cells.entries import text_entry, weight_entry
from xl_perf.core.making.report_results import changed_scores
from xl_perf.core.model.department import Department
from xl_perf.profiles import load
from xl_perf.service.checking import examine
from xl_perf.service.reports import OpenBook, evaluation_workbook
from xl_perf.submission.receiving import kind_of
from xl_perf.written.report_books import write_evaluation, write_evaluation_of_many, write_monitoring

__all__ = ["run"]  # the fixture

PROFILE = load("hebei-2023")


@pytest.fixture
def june(tmp_path: Path) -> Path:
    """The example's monitoring by the end of June, in a workbook of its own."""
    write_monitoring(tmp_path / "六月.xlsx", with_june(), 6, PROFILE)
    return tmp_path / "六月.xlsx"


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    """Two self-evaluations of the example, in a workbook of their own."""
    write_evaluation(tmp_path / "自评.xlsx", with_scores(), PROFILE)
    return tmp_path / "自评.xlsx"


def test_a_month_on_the_screen(run: Runner, june: Path) -> None:
    """A line a project, and the worked total."""
    status, out, _ = run("monitor", EXAMPLE, june, "--month", "6")
    assert status in {0, 1}
    assert "-23.99" in out
    assert "执行率 33.77%，计划 47.80%，差 -14.03 个百分点、-159.38 万元，黄灯" in out


def test_the_same_as_json(run: Runner, june: Path, scores: Path) -> None:
    """One document and nothing else: the tables as `check --json` has them, a row per project, the total, findings."""
    status, out, _ = run("monitor", EXAMPLE, june, "--json")
    found = json.loads(out)
    assert status == 1
    assert (found["month"], len(found["projects"]), found["total"]["gap_amount"]) == (6, 8, "-159.38")
    assert found["projects"][4]["light"] == "red"
    checked = json.loads(run("check", june, "--json")[1])["books"][0]
    assert found["monitoring"] == checked["monitoring"]
    found = json.loads(run("evaluate", scores, "--json")[1])
    assert [one["total"] for one in found["projects"]] == ["95.91", "71.6"]
    assert (found["total"]["score"], found["projects"][1]["losses"][0]["name"]) == ("77.55", "资金是否及时支出")
    assert found["evaluations"] == json.loads(run("check", scores, "--json")[1])["books"][0]["evaluations"]
    assert {one["code"][:2] for one in found["findings"]} == {"E9"}
    found = json.loads(run("evaluate", scores, "--json", "--sample", "1", "--seed", "甲")[1])
    assert (found["sample"], len(found["projects"])) == ({"number": 1, "among": 2, "seed": "甲"}, 1)
    run("tasks", EXAMPLE, "-o", "任务.xlsx")
    found = json.loads(run("tasks", "任务.xlsx", "--json", "--as-of", "2023-06-30")[1])
    assert (found["as_of"], found["tasks"][0]["project"]) == ("2023-06-30", with_june().projects[0].name.value)
    assert run("monitor", june, "--json", "-o", "表.xlsx")[0] == 2


def test_without_the_forms_it_is_against_the_time(run: Runner, june: Path) -> None:
    """A workbook of tables alone knows its department, and no plan."""
    assert read(june).name == with_june().name
    _, out, _ = run("monitor", june)
    assert "时间进度 50.00%" in out


def test_a_new_table_copies_targets_and_the_texts_before(run: Runner, tmp_path: Path, june: Path) -> None:
    """Eight tables, budgets copied, 上期执行数 beside; nothing is filled in for the person."""
    status, out, _ = run("monitor", EXAMPLE, june, "--month", "9", "-o", "九月.xlsx")
    assert status == 0
    assert "监控表（9月，待填写）" in out
    sheet = openpyxl.load_workbook(tmp_path / "九月.xlsx")["监控-9月"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert texts.count("项目支出绩效目标执行监控表") == 8
    assert "=78人" in texts
    assert 73.7 in [cell.value for row in sheet.iter_rows() for cell in row]
    assert "监控汇总" not in openpyxl.load_workbook(tmp_path / "九月.xlsx").sheetnames
    again = read(tmp_path / "九月.xlsx")
    assert [one.whole.outturn.value for one in again.monitoring] == [None] * len(again.monitoring)


def test_tables_come_with_their_results_and_the_roll_up(run: Runner, tmp_path: Path, june: Path) -> None:
    """Lights beside, 监控汇总 with the stored total."""
    assert run("monitor", EXAMPLE, june, "-o", "结果.xlsx")[0] in {0, 1}
    book = openpyxl.load_workbook(tmp_path / "结果.xlsx", data_only=True)
    values = [cell.value for cell in book["监控汇总"][4]]
    assert 383.5 in values
    assert 0.3377 in values
    assert -159.38 in values
    assert "● 黄" in values
    formulas = [cell.value for cell in openpyxl.load_workbook(tmp_path / "结果.xlsx")["监控汇总"][4]]
    assert any(str(one).startswith("=ROUND(SUMPRODUCT(") for one in formulas)


def test_scores_on_the_screen_and_as_a_workbook(run: Runner, tmp_path: Path, scores: Path) -> None:
    """95.91 and 71.60, weighted 77.55; projects without a table are named."""
    _, out, _ = run("evaluate", EXAMPLE, scores, "-o", "得分.xlsx")
    assert "得分 77.55（加权平均）" in out
    assert "合计不含 6 个项目" in out
    book = openpyxl.load_workbook(tmp_path / "得分.xlsx", data_only=True)
    values = {cell.value for row in book["自评汇总"].iter_rows() for cell in row}
    assert {95.91, 71.6, 77.55} <= values
    texts = "\n".join(str(cell.value) for row in book["自评"].iter_rows() for cell in row)
    assert "12.5×76÷78＝12.18" in texts


def test_what_was_typed_and_changes_is_said(run: Runner, tmp_path: Path) -> None:
    """总分 and 等级 follow from the scores: one number in the table and the roll-up, and the change on the screen."""
    department = with_scores()
    first, last = department.evaluations
    total = weight_entry("90", "自评", 15, 7)
    typed = replace(first, total=total, grade=text_entry("良", "自评", 16, 1))
    changed = replace(department, evaluations=(typed, replace(last, grade=text_entry("中等", "自评", 16, 1))))
    book = OpenBook(changed, PROFILE, ())
    assert changed_scores(changed, PROFILE) == [
        f"“{first.title}”总分 90 改为 95.91",
        f"“{first.title}”等级“良”改为“优”",
    ]
    evaluation_workbook(str(tmp_path / "得分.xlsx"), book)
    (again, other, *_) = read(tmp_path / "得分.xlsx").evaluations
    sheets = openpyxl.load_workbook(tmp_path / "得分.xlsx")
    cell = next(c for row in sheets["自评"].iter_rows() for c in row if c.value == "优")
    cell.value = "差"
    sheets.save(tmp_path / "手改.xlsx")
    assert "等级“差”改为“优”" in run("evaluate", tmp_path / "手改.xlsx", "-o", tmp_path / "新.xlsx")[1]
    assert (again.total.value, again.grade.text, other.grade.text) == (Decimal("95.91"), "优", "中等")


def test_no_total_of_some_of_the_scores(run: Runner, tmp_path: Path) -> None:
    """总分 is blank in the table too while a score is missing."""
    department = with_scores()
    rows = [("76人",), ("",), ("2023年12月28日",), ("158.40万元",), ("成效明显",), ("87.5%",)]
    open_one = evaluated(department.projects[0], "158.40", rows, total=weight_entry("90", "自评", 15, 7))
    changed = replace(department, evaluations=(open_one, department.evaluations[1]))
    assert "总分 90 改为空白" in changed_scores(changed, PROFILE)[0]
    evaluation_workbook(str(tmp_path / "得分.xlsx"), OpenBook(changed, PROFILE, ()))
    assert read(tmp_path / "得分.xlsx").evaluations[0].total.value is None
    formulas = [str(c.value) for row in openpyxl.load_workbook(tmp_path / "得分.xlsx")["自评"].iter_rows() for c in row]
    assert any("COUNT(" in one and ")<7," in one for one in formulas)


def test_a_sample_is_drawn_alike(run: Runner, scores: Path) -> None:
    """The same seed draws the same project; a seed is wanted."""
    first = run("evaluate", scores, "--sample", "1", "--seed", "甲")
    assert first == run("evaluate", scores, "--sample", "1", "--seed", "甲")
    assert "从 2 个项目中抽取 1 个" in first[1]
    status, _, err = run("evaluate", scores, "--sample", "1")
    assert (status, "--seed" in err) == (2, True)


def test_tasks_from_projects(run: Runner, tmp_path: Path) -> None:
    """A row for each project, twelve months; 监督记录 beside."""
    status, out, _ = run("tasks", EXAMPLE, "-o", "任务.xlsx")
    assert status == 0
    assert "任务分解（待填写）" in out
    book = openpyxl.load_workbook(tmp_path / "任务.xlsx")
    assert book.sheetnames == ["任务分解", "监督记录"]
    sheet = book["任务分解"]
    heads = [cell.value for cell in sheet[3]]
    assert "责任科室" in heads
    assert heads.index("12月") - heads.index("1月") == 11
    assert sheet["B4"].value == "村干部工资、保险和聘用人员工资"
    assert "2023年12月底前" in [cell.value for cell in sheet[4]]
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("monitor", EXAMPLE), "--month"),
        (("monitor", EXAMPLE, "--month", "6"), "里没有 6 月的监控表"),
        (("monitor", EXAMPLE, "--month", "13"), "1 到 12"),
        (("monitor", EXAMPLE, "--month", "6", "--overwrite"), "--overwrite 在这里不起作用"),
        (("monitor", EXAMPLE, EXAMPLE, "--month", "6"), "加在后面没有用"),
        (("monitor", EXAMPLE, "--month", "6", "-o", "表.docx"), "里没有 6 月的监控表"),
        (("evaluate", EXAMPLE), "里没有自评表"),
        (("evaluate", EXAMPLE, "--seed", "甲"), "--seed 只与 --sample 一起用"),
        (("evaluate", EXAMPLE, "--sample", "2", "--seed", "甲"), "没有可抽的"),
        (("tasks", EXAMPLE), "里没有任务分解"),
        (("tasks", EXAMPLE, "--as-of", "2023-06-31"), "应为日期"),
        (("tasks", EXAMPLE, "--as-of", "2023-06-30"), "--as-of 不起作用"),
        (("tasks", EXAMPLE, "-o", "任务.docx"), ".xlsx"),
        (("consolidate", EXAMPLE, "-o", "汇.xlsx", "--kind", "monitoring"), "里没有监控表"),
        (("consolidate", EXAMPLE, "-o", "汇.xlsx", "--month", "6"), "--month 只与 --kind monitoring 一起用"),
    ],
)
def test_what_cannot_be_done_is_said(run: Runner, arguments: tuple[str | Path, ...], said: str) -> None:
    """One Chinese line, status 2, no file."""
    status, _, err = run(*arguments)
    assert status == 2
    assert said in err
    assert not list(Path().glob("*.*"))


def test_a_book_without_forms_or_reports(run: Runner, tmp_path: Path) -> None:
    """It is named, with the next step."""
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    status, _, err = run("monitor", "空.xlsx", "--month", "6", "-o", "表.xlsx")
    assert status == 2
    assert "空.xlsx" in err
    assert not (tmp_path / "表.xlsx").exists()


def test_an_edited_output_is_kept(run: Runner, tmp_path: Path) -> None:
    """What nobody edited is replaced; a table that somebody filled in is not."""
    for _ in range(2):
        assert run("monitor", EXAMPLE, "--month", "6", "-o", "表.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book.save(tmp_path / "表.xlsx")
    status, _, err = run("monitor", EXAMPLE, "--month", "6", "-o", "表.xlsx")
    assert status == 2
    assert "没有覆盖" in err


# --- many ---------------------------------------------------------------------------------------------------------


def _named(department: Department, name: str) -> Department:
    entry = department.cover.department._replace(value=name, typed=name)
    return replace(department, cover=replace(department.cover, department=entry))


def test_many_departments(run: Runner, tmp_path: Path) -> None:
    """部门 first, a total over all, every row with its department."""
    folder = tmp_path / "收"
    folder.mkdir()
    for name, outturn in (("甲局", "73.70"), ("乙局", "10")):
        department = _named(with_june(), name)
        first = department.projects[0]
        one = replace(department, projects=(first,), monitoring=(monitored(first, 6, outturn, department=name),))
        write_monitoring(folder / f"{name}.xlsx", one, 6, PROFILE)
    names = openpyxl.Workbook()
    listed = names.create_sheet("名单", 0)
    for name in ("部门", "乙局", "丙局"):
        listed.append([name])
    names.save(tmp_path / "名单.xlsx")
    status, out, _ = run("consolidate", folder, "-o", "汇总.xlsx", "--kind", "monitoring", "--expect", "名单.xlsx")
    assert status == 1
    assert "2 个项目" in out
    assert "没有交 1 个：丙局" in out.replace("\n", "")
    assert re.search(r"甲局 +1 +161\.93 +73\.7 +45\.51", out)
    parts = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["部门小计"]
    rows = {row[0].value: [cell.value for cell in row] for row in parts.iter_rows(min_row=4)}
    assert rows["甲局"][3:5] == [161.93, 73.7]
    assert rows["乙局"][3:5] == [161.93, 10]
    own = [run("monitor", folder / f"{name}.xlsx")[1].count("错误") for name in ("甲局", "乙局")]
    for name, count in zip(("甲局", "乙局"), own, strict=True):
        assert count
        assert f"{name}：监控表有 {count} 处错误" in out
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["监控汇总"]
    values = [cell.value for cell in sheet[4]]
    assert 83.7 in values
    column = next(c.column for row in sheet.iter_rows() for c in row if c.value == "错误")
    assert sheet.cell(4, column).value == sum(own)
    counts = [sheet.cell(row, column).value for row in range(5, sheet.max_row + 1)]
    assert sorted(one for one in counts if isinstance(one, int)) == sorted(own)
    assert any("处错误，改正以前" in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row)


def test_the_roll_up_of_many_projects_shows_the_lowest_scores(tmp_path: Path) -> None:
    """Seven have a bar each, the others one with their mean; links stand on the numbers, so that names are whole."""
    department = with_june()
    first = department.projects[0]
    tables = [evaluated(first, "158.40", (*FIRST[:5], (f"{60 + at}%",))) for at in range(10)]
    books = [(replace(department, projects=(), evaluations=(one,)), PROFILE) for one in tables]
    write_evaluation_of_many(tmp_path / "汇总.xlsx", books, lambda place: f"external:a.xlsx#'{place.sheet}'!A1")
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["自评汇总"]
    found = [(at, n) for at in range(1, 17) for n in range(1, 30) if str(sheet.cell(at, n).value).startswith("其余")]
    ((row, column),) = found
    shown = [(sheet.cell(at, column).value, sheet.cell(at, column + 1).value) for at in range(row - 7, row + 1)]
    assert shown[0][1] == 92.86
    assert shown[-1] == ("其余 3 个平均", 93.75)
    (heading,) = [one.row for line in sheet.iter_rows(min_row=10) for one in line if one.value == "项目名称"]
    assert [bool(sheet.cell(heading + 1, at).hyperlink) for at in (1, 3)] == [True, False]


def test_the_six_months_never_replace_another_period(run: Runner, tmp_path: Path, june: Path) -> None:
    """The book of forms and that of June are one department's; June's second version replaces the first."""
    later = tmp_path / "六月改.xlsx"
    department = with_june()
    tables = (monitored(department.projects[0], 6, "80"), *department.monitoring[1:])
    write_monitoring(later, replace(department, monitoring=tables), 6, PROFILE)
    for path, day in ((june, "2023-07-01"), (later, "2023-08-01")):
        _saved_on(path, day)
    status, out, err = run("consolidate", EXAMPLE, june, later, "-o", "汇总.xlsx", "--kind", "monitoring")
    assert status == 1, err
    assert "没有计入：" in out
    assert "执行 389.8 万元" in out
    assert "1 个部门 8 个项目" in out


def _saved_on(path: Path, day: str) -> None:
    """The workbook says that it was last saved on that day."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    said = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{day}T00:00:00Z".encode(), parts["docProps/core.xml"]
    )
    assert day.encode() in said
    with zipfile.ZipFile(path, "w") as package:
        for name, content in {**parts, "docProps/core.xml": said}.items():
            package.writestr(name, content)


def test_what_could_not_be_read_is_named_in_the_roll_up(run: Runner, tmp_path: Path, scores: Path) -> None:
    """Exit 2, and the good ones are rolled up all the same."""
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04bad")
    status, out, err = run("consolidate", EXAMPLE, scores, "坏.xlsx", "-o", "汇总.xlsx", "--kind", "evaluation")
    assert status == 2
    assert "坏.xlsx" in err
    assert "2 个部门 2 个项目（另有 8 个没有自评表）：得分 77.55（加权平均）" in out
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["自评汇总"]
    assert any("没有读入：坏.xlsx" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_roll_ups_are_never_read_as_projects(run: Runner, tmp_path: Path, june: Path, scores: Path) -> None:
    """A workbook with tables and their roll-up is an input like any other; the roll-up adds no money to it."""
    run("monitor", EXAMPLE, june, "-o", "监.xlsx")
    run("evaluate", EXAMPLE, scores, "-o", "评.xlsx")
    first, second = read(tmp_path / "监.xlsx"), read(tmp_path / "评.xlsx")
    for one in (first, second):
        assert not one.projects
        assert not [sheet for sheet in one.unread if sheet.lacks_money]
    assert len(first.monitoring) == 8
    assert len(second.evaluations) == 8


def test_an_inbox_tells_periods_apart(tmp_path: Path, june: Path) -> None:
    """A workbook with June's tables is of another kind than the targets, and than March's tables."""
    write_monitoring(tmp_path / "三月.xlsx", replace(with_june(), monitoring=()), 3, PROFILE)
    kinds = [kind_of(examine([(path, str(path))], profile=None)[0]) for path in (EXAMPLE, june, tmp_path / "三月.xlsx")]
    assert kinds == ["targets", "monitoring-6", "monitoring-3"]
