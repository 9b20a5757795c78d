"""Workbooks of version 0.1, filled in, go on being used: read, checked, totalled; their buttons work."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from oletools.olevba import VBA_Parser

from tests import departments
from tests.example_findings import NUMBER_OF_HINTS, NUMBER_OF_WARNINGS
from tests.live.desk import Desk
from tests.live.programs import LibreOffice
from xl_perf import buttons
from xl_perf.cli.main import main
from xl_perf.core.actions import find
from xl_perf.core.making.draft import project_content
from xl_perf.engines.libreoffice import office
from xl_perf.live.host import Host

if TYPE_CHECKING:
    import xlwings

FIXTURES = Path(__file__).parent / "fixtures"
WITH_MACROS, WITHOUT = FIXTURES / "made-by-0.1.xlsm", FIXTURES / "made-by-0.1.xlsx"
BOTH = pytest.mark.parametrize("book", [WITH_MACROS, WITHOUT], ids=lambda path: path.suffix)
PLANNED = {"3": "253.5025", "6": "542.88", "10": "796.3825", "12": "1135.76"}


# --- on the command line


@BOTH
def test_check(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    totals = found["totals"]
    assert (totals["projects"], totals["budget"], totals["fiscal"], totals["other"]) == (8, "1135.76", "1135.76", "0")
    assert totals["planned"] == PLANNED
    assert {one["severity"] for one in found["books"][0]["findings"]} == {"warning", "hint"}


@BOTH
def test_consolidate(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["consolidate", str(book), "-o", str(tmp_path / "汇总.xlsx")]) == 0
    assert "1135.76 / 1135.76 / 0 万元" in capsys.readouterr().out


@BOTH
def test_publish(book: Path, tmp_path: Path) -> None:
    assert main(["publish", str(book), "-o", str(tmp_path / "文本.docx")]) == 0
    tables = Document(str(tmp_path / "文本.docx")).tables
    assert len([table for table in tables if table.cell(0, 0).text == "项目编码"]) == 8


# --- the buttons


def test_every_sub_of_its_vba_calls_a_button_that_is_there() -> None:
    parser = VBA_Parser(str(WITH_MACROS))
    code = "\n".join(text for _, _, name, text in parser.extract_macros() if name == "XlPerf.bas")
    parser.close()
    subs = dict(re.findall(r'Public Sub (\w+)\(\)\s+RunAction "(\w+)"', code))
    assert len(subs) == 15
    for sub, name in subs.items():
        action = find(name)
        assert action is not None
        assert action.sub == sub
    assert f'Environ("{office.COMMAND}")' in code


@pytest.fixture
def desk(office_app: "xlwings.App", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The workbook with macros, open."""
    monkeypatch.setenv(buttons.PIPE, office_app.impl.pipe)
    book = office.open_with_buttons(office_app, Path(shutil.copy(WITH_MACROS, tmp_path / "部门.xlsm")))
    yield Desk(Host(book), LibreOffice(office_app))
    book.close()


def test_validate_all(desk: Desk) -> None:
    said = desk.press("validate")
    assert said.splitlines() == [
        f"整本工作簿校验完成：警告 {NUMBER_OF_WARNINGS} 条，提示 {NUMBER_OF_HINTS} 条。逐条列在“校验结果”。",
        f"“校验结果”里有 {NUMBER_OF_HINTS} 条提示先不显示，点表头“级别”的筛选箭头，勾上“提示”就能看到。",
    ]
    assert desk["校验结果", "A4:D4"].value == ["警告", "X606", "整体绩效目标", "E14"]
    assert desk["01", "B2"].note is not None


def test_summary(desk: Desk) -> None:
    desk["01", "C3"].value = 162.93
    desk["01", "E3"].value = 162.93
    assert desk.press("consolidate") == "已汇总 8 个项目，预算数合计 1136.76 万元。"
    desk["01", "C3"].value = 161.93
    desk["01", "E3"].value = 161.93
    total = desk["部门汇总", "A12:N12"].value
    assert [total[0], *total[3:6]] == ["合计", 1135.76, 1135.76, 0.0]
    assert [round(one, 9) for one in total[10:]] == [253.5025, 542.88, 796.3825, 1135.76]


def test_rows(desk: Desk) -> None:
    before = desk.read().projects[0]
    desk.go("01", "C11")
    desk.press("add_indicator_row", "01")
    assert desk["01", "A10"].merge_area.address == "$A$10:$A$15"
    desk.press("add_goal_row", "01")
    assert desk.column("01", "B7:B9") == ["目标1", "目标2", "目标3"]
    assert desk.press("undo", "01", ("1",)).startswith("已撤销“增加目标行”")
    assert desk.press("undo", "01").startswith("已撤销“增加指标行”")
    assert desk.read().projects[0] == before


def test_projects(desk: Desk) -> None:
    before = list(map(project_content, desk.read().projects))
    assert desk.press("add_project") == "已新增项目表“09”，列在首页。"
    assert "已把“02”复制为项目表“10”。" in desk.press("copy_project", "02")
    assert desk.column("首页", "B10:B19") == [f"{number:02d}" for number in range(1, 11)]
    assert desk.press("delete_project", "10", ("yes",)).startswith("已删除项目表“10”。")
    assert desk.press("undo", answers=("1",)).startswith("已撤销“删除项目”")
    assert desk["10", "E2"].value == desk["02", "E2"].value
    assert [form.sheet for form in desk.read().blank_forms] == ["09"]
    assert list(map(project_content, desk.read().projects))[:8] == before


def test_normalise(desk: Desk) -> None:
    desk["01", "C3"].value = "１６１.９３万元"
    assert desk.press("normalise", answers=("yes",)).startswith("已改 ")
    assert desk["01", "C3"].value == 161.93
    desk.press("undo")
    assert desk["01", "C3"].value == "１６１.９３万元"


def test_publish_text(desk: Desk) -> None:
    said = desk.press("publish")
    (written,) = Path(desk.book.fullname).parent.glob("*.docx")
    assert written.name in said
    assert len(Document(str(written)).tables) >= 8


def test_the_open_book_is_the_saved_one(desk: Desk) -> None:
    assert desk.read().projects == departments.read(WITH_MACROS).projects
