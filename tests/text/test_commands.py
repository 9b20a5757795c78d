"""``publish`` and ``new --from`` a text, as people type them."""

import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.command_line import Runner, project, write
from tests.text.departments import EXAMPLE
from tests.text.documents import form, p, parts, row, save, tbl
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Grid
from xl_perf.core.errors import OutputError
from xl_perf.core.making import draft
from xl_perf.profiles import load
from xl_perf.service import checking, making, publishing

PLAIN = Path(__file__).with_name("text-2024.txt")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runner:
    monkeypatch.chdir(tmp_path)
    return Runner(capsys)


# --- publish -------------------------------------------------------------------------------------------------------


def test_publish(run: Runner, tmp_path: Path) -> None:
    assert run("publish", EXAMPLE, "-o", "文本.docx") == (0, "已写出绩效文本：文本.docx\n", "")
    assert len(docx.Document(str(tmp_path / "文本.docx")).tables) == 17
    # Its own output may be written again.
    assert run("publish", EXAMPLE, "-o", "文本.docx")[0] == 0


def test_what_may_be_counted_twice_stands_below_the_total(run: Runner, tmp_path: Path) -> None:
    book = write(tmp_path / "甲.xlsx", project("道路养护"), project("道路养护"))
    assert run("publish", book, "-o", "文本.docx")[0] == 1
    said = [one.text for one in docx.Document(str(tmp_path / "文本.docx")).paragraphs]
    assert any("1 个项目可能重复，重复的共" in one for one in said)
    assert run("publish", EXAMPLE, "-o", "例子.docx")[0] == 0
    assert not any("可能重复" in one.text for one in docx.Document(str(tmp_path / "例子.docx")).paragraphs)


def test_errors_come_first_and_do_not_stop_it(run: Runner, tmp_path: Path) -> None:
    bad = draft.department(name="甲局", year=2024, projects=[draft.project(name="甲", budget="10", fiscal="9")])
    making._write_department("坏.xlsx", bad, load())
    status, out, err = run("publish", "坏.xlsx", "-o", "文本.docx")
    assert (status, err) == (1, "")
    assert out.index("B303") < out.index("已写出绩效文本")
    assert "警告" not in out
    assert (tmp_path / "文本.docx").exists()


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("文本.txt", "这里只能写出 .docx 或 .pdf。请改用 文本.docx 或 文本.pdf"),
        ("文本", "请改用 文本.docx"),
        ("别人.docx", "已经存在，没有覆盖：它不是 xl-perf 写出的，是别的 Word 文档。"),
        ("别人.pdf", "已经存在，没有覆盖：它不是 xl-perf 写出的，是 PDF 文件。"),
        ("夹.docx", "是文件夹"),
    ],
)
def test_where_it_may_not_write(out: str, said: str, run: Runner, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "别人.docx"))
    (tmp_path / "别人.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "夹.docx").mkdir()
    status, _, err = run("publish", EXAMPLE, "-o", out)
    assert status == 2
    assert said in err
    assert run("publish", EXAMPLE, "-o", "别人.docx", "--overwrite")[0] == 0


def test_bad_inputs(run: Runner, tmp_path: Path) -> None:
    run("publish", EXAMPLE, "-o", "文本.docx")
    for name in ("一.xlsx", "二.xlsx"):
        run("new", name)
    run("consolidate", EXAMPLE, "-o", "汇总.xlsx")
    for name, said in (
        *(("没有.xlsx", "文件不存在"), ("文本.docx", "不是工作簿"), (".", "里有 2 本工作簿")),
        ("汇总.xlsx", "不是部门填报的工作簿"),
    ):
        status, out, err = run("publish", name, "-o", "新.docx")
        assert (status, "已写出" in out) == (2, False)
        assert said in err
        assert not (tmp_path / "新.docx").exists()


def test_a_workbook_without_projects(run: Runner, tmp_path: Path) -> None:
    run("new", "空.xlsx", "--department", "甲局", "--year", "2024")
    status, out, err = run("publish", "空.xlsx", "-o", "文本.docx")
    assert (status, "个错误，文本照样写出" in out, "没有填写的项目绩效目标表" in err) == (1, True, True)


# --- the button 发布文本 -------------------------------------------------------------------------------------------


def test_published_beside_the_book(tmp_path: Path) -> None:
    department, book = checking.read(EXAMPLE), str(tmp_path / "部门.xlsx")
    out = tmp_path / "部门-绩效文本.docx"
    for _ in range(2):  # an earlier text of ours is replaced
        assert publishing.publish_beside(book, department, load()) == f"已写出绩效文本：{out}"
        assert out.read_bytes().startswith(b"PK")
    with pytest.raises(OutputError, match="这本工作簿还没有保存过，不知道文本该放在哪里。请先保存工作簿"):
        publishing.publish_beside("无标题 1", department, load())


def test_a_button_asks_for_no_option(tmp_path: Path) -> None:
    """Who presses it has no command line: the file in the way is to be taken away."""
    out = tmp_path / "部门-绩效文本.docx"
    out.write_bytes(b"PK")
    remedy = "请把它改名或移到别处，再按“发布文本”。"
    with pytest.raises(OutputError) as refused:
        publishing.publish_beside(str(tmp_path / "部门.xlsx"), checking.read(EXAMPLE), load())
    assert str(refused.value) == f"{out} 已经存在，没有覆盖：它不是 xl-perf 写出的，文件已损坏，无法读取。{remedy}"
    assert out.read_bytes() == b"PK"


def test_a_button_keeps_what_somebody_wrote_into_the_text(tmp_path: Path) -> None:
    department, book = checking.read(EXAMPLE), str(tmp_path / "部门.xlsx")
    publishing.publish_beside(book, department, load())
    out = tmp_path / "部门-绩效文本.docx"
    document = docx.Document(str(out))
    document.add_paragraph("补充说明")
    document.save(str(out))
    before = out.read_bytes()
    with pytest.raises(OutputError, match=r"但写出后有人改过。请把它改名或移到别处，再按“发布文本”。"):
        publishing.publish_beside(book, department, load())
    assert out.read_bytes() == before


# --- new --from ----------------------------------------------------------------------------------------------------


def test_new_from_plain_text(run: Runner, tmp_path: Path) -> None:
    status, out, err = run("new", "新.xlsx", "--from", PLAIN)
    assert (status, err) == (0, "")
    assert "预算数 / 财政资金 / 其他资金合计：332.15 / 322.15 / 10 万元" in out
    made = checking.read(tmp_path / "新.xlsx")
    assert (made.name, made.year, len(made.projects)) == ("桥南街道办事处", 2024, 3)


def test_new_rolls_forward(run: Runner, tmp_path: Path) -> None:
    status, out, _ = run("new", "新.xlsx", "--from", PLAIN, "--year", "2025", "--amounts", "last-year")
    assert status == 0
    assert "合计：0 / 0 / 0 万元" in out
    made = checking.read(tmp_path / "新.xlsx")
    assert made.year == 2025
    assert [one.target.text for one in made.projects[0].indicators] == [
        *("=42条", "≥95%", "2025年12月底前", "", "是", "≥90%"),
    ]
    assert made.projects[0].budget.status is Status.BLANK
    sheet = openpyxl.load_workbook(tmp_path / "新.xlsx")["02"]
    assert sheet["I4"].value == "上年金额（供比较）：\n预算数 35.25万元\n财政资金 25.25万元\n其他资金 10万元"
    beside = {row: sheet[f"I{row}"].value for row in range(11, 17)}
    assert beside[11] == "上年：≥120人"
    assert [text for row, text in beside.items() if text != f"上年：{sheet[f'F{row}'].value}"] == [
        one for one in beside.values() if one is None or "万元" in one or "2024年" in one
    ]
    assert all(sheet[f"I{row}"].font.color.rgb == "FF808080" for row in (4, 11))
    assert sheet.print_area == "'02'!$A$1:$G$20"
    assert checking.read(tmp_path / "新.xlsx").projects[1].purpose.text.startswith("资金主要用于老年食堂")


@pytest.mark.parametrize(("amounts", "total"), [("keep", "332.15"), ("clear", "0")])
def test_amounts(amounts: str, total: str, run: Runner, tmp_path: Path) -> None:
    _, out, _ = run("new", "新.xlsx", "--from", PLAIN, "--year", "2025", "--amounts", amounts)
    assert f"合计：{total} / " in out
    beside = openpyxl.load_workbook(tmp_path / "新.xlsx")["02"]["I4"].value
    assert (beside or "").splitlines()[1:2] == ([] if amounts == "clear" else ["预算数 35.25万元"])


def test_rolling_a_workbook_forward(run: Runner, tmp_path: Path) -> None:
    assert run("new", "新.xlsx", "--from", EXAMPLE, "--year", "2024")[0] == 0
    targets = {one.target.text for project in checking.read("新.xlsx").projects for one in project.indicators}
    assert "2024年12月底前" in targets
    assert not any("2023" in target for target in targets)


def test_what_came_in_is_said(run: Runner, tmp_path: Path) -> None:
    _, out, _ = run("new", "新.xlsx", "--from", EXAMPLE)
    assert out.splitlines()[1] == "收进 8 个项目，48 个指标"
    save(tmp_path / "去年.docx", parts(form()))
    save(tmp_path / "说明.docx", parts(p("只有一句话。")))
    _, out, _ = run("new", "另.xlsx", "--from", "去年.docx", "说明.docx", PLAIN)
    assert f"收进 4 个项目，22 个指标（去年.docx 1 个、4 个；说明.docx 0 个、0 个；{PLAIN} 3 个、18 个）\n" in out
    _, out, _ = run("new", "空.xlsx")
    assert "收进" not in out


def test_of_many_sources_only_the_sum_is_said(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    for number in range(12):
        write(tmp_path / "收件" / f"{number}.xlsx", project(f"项目{number}"))
    _, out, _ = run("new", "新.xlsx", "--from", "收件")
    assert "收进 12 个项目，72 个指标（来自 12 个来源）\n" in out


def test_what_found_no_place_is_said(run: Runner, tmp_path: Path) -> None:
    save(tmp_path / "去年.docx", parts(p("道路养护项目绩效目标表") + form() + tbl(row("姓名", "张三"))))
    status, out, err = run("new", "新.xlsx", "--from", "去年.docx")
    assert (status, err) == (0, "")
    assert "去年.docx 表2第1行没有收进来：姓名｜张三\n" in out


def test_texts_and_workbooks_together(run: Runner, tmp_path: Path) -> None:
    save(tmp_path / "去年.docx", parts(form()))
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    status, out, err = run("new", "新.xlsx", "--from", EXAMPLE, "去年.docx", "坏.docx", PLAIN)
    assert status == 2
    assert err.startswith("坏.docx：文件不完整")
    assert [project.name.value for project in checking.read("新.xlsx").projects[:2]] == ["道路养护", "街道环卫保洁"]
    assert len(checking.read("新.xlsx").projects) == 12
    assert "已写出部门工作簿：新.xlsx" in out


def test_only_bad_texts(run: Runner, tmp_path: Path) -> None:
    status, out, err = run("new", "新.xlsx", "--from", "没有.docx")
    assert (status, out) == (2, "")
    assert err == "没有.docx：文件不存在。请核对路径和文件名。\n"
    assert not (tmp_path / "新.xlsx").exists()


def test_a_folder_with_nothing_but_texts(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    save(tmp_path / "收件" / "乙.docx", parts(form()))
    said = "收件：文件夹里没有部门填报的工作簿，1 个文件都略过了。"
    assert run("new", "新.xlsx", "--from", "收件") == (
        2,
        "",
        f"{said}其中的绩效文本请逐个写出文件名（压缩包先解压）。\n",
    )
    _, out, _ = run("check", "收件")
    assert "文档，没有读；里面有项目绩效目标表的，请用 xl-perf new --from 收进工作簿：收件/乙.docx" in out
    _, _, err = run("check", "收件/乙.docx")
    assert "请先用 xl-perf new 新工作簿.xlsx --from 这个文件，收进工作簿" in err


def test_texts_in_a_folder_are_not_passed_over_in_silence(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    making.new_workbook("收件/甲.xlsx", [], "甲局", 2024, load())
    save(tmp_path / "收件" / "乙.docx", parts(form()))
    status, out, _ = run("new", "新.xlsx", "--from", "收件")
    assert status == 0
    assert "文件夹、压缩包里的绩效文本没有收进来，要收的请把文件名逐个写出（压缩包先解压）：收件/乙.docx\n" in out
    _, out, _ = run("new", "另.xlsx", "--from", "收件/甲.xlsx")
    assert "略过" not in out


def test_what_is_neither_text_nor_workbook(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "去年.pdf").write_bytes(b"%PDF-1.6")
    status, out, err = run("new", "新.xlsx", "--from", "去年.pdf")
    assert (status, out) == (2, "")
    assert err == (
        "去年.pdf：扩展名 .pdf 不是工作簿的。"
        "来源可以是绩效文本（.doc .docm .docx .odt .txt）或工作簿；别的格式请用原来的程序另存为 .docx。\n"
    )


# --- what may be missing -------------------------------------------------------------------------------------------

MONITORING = tbl(
    *(row("项目名称", "路灯"), row("年初预算数", "80", "全年预计执行数", "78")),
    *(row("一级指标", "二级指标", "三级指标", "年度指标值", "全年预计完成情况", "完成目标可能性"),),
    *(row("产出指标", "数量指标", "路灯", "3盏", "3盏", "确定能"),),
)
EVALUATION = tbl(
    *(row("项目名称", "路灯"), row("年初预算数", "80", "全年执行数", "78", "执行率", "97%")),
    *(row("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"),),
    *(row("产出指标", "数量指标", "路灯", "3盏", "3盏", "10"),),
)
NATIONAL = tbl(
    *(row("项目名称", "路灯"), row("主管部门及代码", "住建局", "实施单位", "照明所")),
    *(row("项目资金（万元）", "年度资金总额：", "500"), row("", "其中：财政拨款", "500")),
    *(row("年度总体目标", "路灯都亮。"), row("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")),
    *(row("", "产出指标", "数量指标", "路灯", "≥300盏"),),
)
OF_DEPARTMENT = tbl(
    *(row("部门（单位）名称", "照明所"), row("年度主要任务", "任务名称", "预算金额（万元）")),
    *(row("", "", "总额", "财政拨款"), row("", "照明", "500", "500"), row("", "金额合计", "500", "500")),
    *(row("年度总体目标", "路灯都亮。"), row("年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值")),
    *(row("", "产出指标", "数量指标", "路灯", "≥300盏"),),
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("项目支出绩效目标执行监控表") + MONITORING, "“项目支出绩效目标执行监控表”（绩效运行监控表）"),
        (p("城关镇项目支出绩效自评表") + EVALUATION, "“城关镇项目支出绩效自评表”（绩效自评表）"),
        (p("照明所部门整体绩效目标表") + OF_DEPARTMENT, "“照明所部门整体绩效目标表”（部门整体绩效目标表）"),
    ],
)
def test_only_tables_of_other_kinds(body: str, said: str, run: Runner, tmp_path: Path) -> None:
    save(tmp_path / "去年.docx", parts(body))
    status, out, err = run("new", "新.xlsx", "--from", "去年.docx")
    assert (status, out, (tmp_path / "新.xlsx").exists()) == (2, "", False)
    assert err == (
        f"去年.docx：没有能收进来的项目绩效目标表，只有{said}。请给出项目绩效目标表；或去掉 --from，新建后另填。\n"
    )


def test_only_tables_of_other_kinds_in_several_sources(run: Runner, tmp_path: Path) -> None:
    for name, title, table in (("甲", "绩效监控表", MONITORING), ("乙", "部门整体绩效目标表", OF_DEPARTMENT)):
        save(tmp_path / f"{name}.docx", parts(p(title) + table))
    status, _, err = run("new", "新.xlsx", "--from", "甲.docx", "乙.docx", "没有.docx")
    assert status == 2
    assert err.startswith("甲.docx、乙.docx：没有能收进来的项目绩效目标表，只有“绩效监控表”（绩效运行监控表）、")
    assert "没有读入：没有.docx" in err


def test_tables_of_other_kinds_beside_forms(run: Runner, tmp_path: Path) -> None:
    body = form() + p("绩效监控表") + MONITORING + p("路灯项目支出绩效目标表") + NATIONAL
    save(tmp_path / "去年.docx", parts(body))
    status, out, err = run("new", "新.xlsx", "--from", "去年.docx")
    assert (status, err) == (0, "")
    assert "去年.docx 表2的“绩效监控表”（绩效运行监控表）不是项目绩效目标表，没有收进来\n" in out
    assert "收进 2 个项目，5 个指标\n" in out
    assert "合计不含" not in out
    made = checking.read("新.xlsx").projects
    assert [(one.name.value, one.kind.name) for one in made] == [
        ("道路养护", "project_targets"),
        ("路灯", "national_targets"),
    ]


def test_goals_with_tables_of_other_kinds_come_in(run: Runner, tmp_path: Path) -> None:
    save(tmp_path / "去年.docx", parts(p("一、总体绩效目标") + p("要做好。") + p("绩效监控表") + MONITORING))
    assert run("new", "新.xlsx", "--from", "去年.docx")[0] == 0
    assert checking.read("新.xlsx").overall_goal.value == "要做好。"


def test_a_form_that_has_become_text_is_said_strongly(run: Runner, tmp_path: Path) -> None:
    lost = p("路灯项目绩效目标表") + p("项目编码：130211  项目名称：路灯  预算数：500万元")
    save(tmp_path / "去年.docx", parts(form() + lost))
    _, out, _ = run("new", "新.xlsx", "--from", "去年.docx")
    assert [line for line in out.splitlines() if line.startswith(("注意", "合计不含"))] == [
        (
            "注意：去年.docx 正文第2段可能是一张变成文字的项目绩效目标表（路灯），预算数 500 万元没有收进来。"
            "请把它恢复成表格再收一次，或在新工作簿里另填一张。"
        ),
        (
            "注意：去年.docx 文档里有 1 个项目绩效目标表的标题，"
            "正文第1段“路灯项目绩效目标表”后面没有读出表。请核对，缺的表要另填。"
        ),
        (
            "合计不含 1 张表里读不出的金额："
            "正文第2段（可能是一张变成文字的项目绩效目标表（路灯），预算数 500 万元没有收进来）。"
        ),
    ]


def test_a_form_without_its_amount_is_said(run: Runner, tmp_path: Path) -> None:
    save(tmp_path / "去年.docx", parts(form({"预算数": "经费"})))
    _, out, _ = run("new", "新.xlsx", "--from", "去年.docx")
    assert "注意：去年.docx 表1“道路养护”没有标签“预算数”，它的金额没有收进来。请在新工作簿里填上。\n" in out


def test_wrong_choice(run: Runner) -> None:
    status, _, err = run("new", "新.xlsx", "--amounts", "some")
    assert status == 2
    assert "--amounts" in err


def test_a_text_without_forms(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("只有一句话。", encoding="utf-8")
    status, out, _ = run("new", "新.xlsx", "--from", "说明.txt")
    assert status == 0
    assert "说明.txt 里没有填写的项目绩效目标表" in out
    assert "说明.txt 正文第1段没有收进来：只有一句话。" in out


def test_word_libraries_load_only_when_asked_for() -> None:
    """python-docx and lxml take longer to import than a check takes."""
    code = (
        "import sys; import xl_perf.cli.main, xl_perf.cli.commands, xl_perf.service.publishing; "
        "print([m for m in ('docx', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_grid_of_a_form_keeps_its_merges(tmp_path: Path) -> None:
    from xl_perf.files.zip_package import Package
    from xl_perf.text.forms_in import split
    from xl_perf.text.word_in import read_word

    publishing.publish(str(tmp_path / "文本.docx"), checking.read(EXAMPLE), load())
    forms = split(read_word(Package((tmp_path / "文本.docx").read_bytes()))).forms
    grid: Grid = forms[1].grid
    assert grid.rows[0] == ["村干部工资、保险和聘用人员工资"]
    assert {(2, 1, 2, 2), (2, 4, 2, 6), (3, 0, 4, 0), (4, 1, 4, 6), (10, 0, 13, 0)} <= set(grid.merges)
