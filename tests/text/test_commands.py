"""``publish`` and ``new --from`` a text, as people type them."""

import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.command_line import Runner
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
    assert len(docx.Document(str(tmp_path / "文本.docx")).tables) == 9
    # Its own output may be written again.
    assert run("publish", EXAMPLE, "-o", "文本.docx")[0] == 0


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
        ("别人.docx", "已经存在，而且不是 xl-perf 写出的文本"),
        ("别人.pdf", "已经存在，而且不是 xl-perf 写出的文本"),
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
        assert (status, out) == (2, "")
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
    assert str(refused.value) == f"{out} 已经存在，而且不是 xl-perf 写出的文本。{remedy}"
    assert out.read_bytes() == b"PK"


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
    assert sheet["I7"].value == "上年金额（供比较）：\n预算数 35.25万元\n财政资金 25.25万元\n其他资金 10万元"
    assert checking.read(tmp_path / "新.xlsx").projects[1].purpose.text.startswith("资金主要用于老年食堂")


@pytest.mark.parametrize(("amounts", "total"), [("keep", "332.15"), ("clear", "0")])
def test_amounts(amounts: str, total: str, run: Runner, tmp_path: Path) -> None:
    _, out, _ = run("new", "新.xlsx", "--from", PLAIN, "--year", "2025", "--amounts", amounts)
    assert f"合计：{total} / " in out
    assert openpyxl.load_workbook(tmp_path / "新.xlsx")["02"]["I7"].value is None


def test_rolling_a_workbook_forward(run: Runner, tmp_path: Path) -> None:
    assert run("new", "新.xlsx", "--from", EXAMPLE, "--year", "2024")[0] == 0
    targets = {one.target.text for project in checking.read("新.xlsx").projects for one in project.indicators}
    assert "2024年12月底前" in targets
    assert not any("2023" in target for target in targets)


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
    assert err.startswith("坏.docx：文件已损坏")
    assert [project.name.value for project in checking.read("新.xlsx").projects[:2]] == ["道路养护", "街道环卫保洁"]
    assert len(checking.read("新.xlsx").projects) == 12
    assert "已写出部门工作簿：新.xlsx" in out


def test_only_bad_texts(run: Runner, tmp_path: Path) -> None:
    status, out, err = run("new", "新.xlsx", "--from", "没有.docx")
    assert (status, out) == (2, "")
    assert err == "没有.docx：文件不存在。请核对路径和文件名。\n"
    assert not (tmp_path / "新.xlsx").exists()


def test_texts_in_a_folder_are_not_passed_over_in_silence(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    making.new_workbook("收件/甲.xlsx", [], "甲局", 2024, load())
    save(tmp_path / "收件" / "乙.docx", parts(form()))
    status, out, _ = run("new", "新.xlsx", "--from", "收件")
    assert status == 0
    assert "略过 1 个不是部门工作簿的文件；文件夹里的绩效文本，请把文件名逐个写出" in out
    _, out, _ = run("new", "另.xlsx", "--from", "收件/甲.xlsx")
    assert "略过" not in out


def test_what_is_neither_text_nor_workbook(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "去年.pdf").write_bytes(b"%PDF-1.6")
    status, out, err = run("new", "新.xlsx", "--from", "去年.pdf")
    assert (status, out) == (2, "")
    assert err == (
        "去年.pdf：扩展名 .pdf 不是工作簿的。"
        "来源可以是绩效文本（.doc .docm .docx .txt）或工作簿；别的格式请用原来的程序另存为 .docx。\n"
    )


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
