"""The buttons on the ministry's form: goals without numbers, no plan, no code, sources a row each."""

from pathlib import Path

import pytest

from tests.live.conftest import Open
from tests.live.desk import Desk, above_copy
from tests.live.programs import office
from tests.national import INDICATORS, whole
from xl_perf import profiles
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.live import heights, importing, projects, rows, summary, undoing, validation
from xl_perf.live.host import NotHere
from xl_perf.saved.workbook import read_book
from xl_perf.written.template import write_department


def book(folder: Path, *made: Project, name: str = "甲局") -> Path:
    folder.mkdir(exist_ok=True)
    department = draft.department(name=name, year=2023, projects=made)
    write_department(folder / "部门.xlsx", department, profiles.load("mof-2021"), kind=NATIONAL_TARGETS)
    return folder / "部门.xlsx"


@pytest.fixture
def desk(opened: Open, tmp_path: Path) -> Desk:
    """A book with two projects: one goal, two goals."""
    return opened(book(tmp_path, whole(), whole(name="设备", goals=["买。", "用。"])))


@office
def test_it_is_read_as_from_the_file(desk: Desk) -> None:
    saved = read_department(read_book(Path(desk.book.fullname)))
    assert desk.read().projects == saved.projects
    assert [one.kind for one in saved.projects] == [NATIONAL_TARGETS] * 2
    assert desk["01", "A2"].value == "（2023年度）"
    assert [desk[sheet, "H2"].value for sheet in ("01", "02", "空白表")] == ["未填完", "未填完", "未填写"]


@office
def test_the_one_cell_for_goals_stays_one(desk: Desk) -> None:
    before = desk.read().projects
    desk.go("01", "B9")
    with pytest.raises(NotHere) as refused:
        rows.add_goal_row(desk.host)
    assert str(refused.value) == "这种表的年度总体目标只有一格。请在这一格里分行写：目标1：……；目标2：……。"
    assert desk.read().projects == before


@office
def test_a_third_goal_below_two(desk: Desk) -> None:
    desk.go("02", "B10")
    rows.add_goal_row(desk.host)
    desk["02", desk.cursor].value = "管。"
    assert [goal.text for goal in desk.read().projects[1].goals] == ["买。", "用。", "管。"]
    assert desk["02", "A9"].merge_area.address.replace("$", "") == "A9:A11"
    assert desk["02", "H2"].value == "未填完"
    desk["02", "B11"].value = None
    undoing.undo(desk.host)
    assert [goal.text for goal in desk.read().projects[1].goals] == ["买。", "用。"]


@office
def test_indicators_come_and_go(desk: Desk) -> None:
    """The label at the left covers all rows, also those that come last."""
    before = desk.read().projects
    last = int(desk["01", "A10"].merge_area.address.rpartition("$")[2])
    desk.go("01", f"D{last}")
    rows.add_indicator_row(desk.host)
    assert desk["01", "A10"].merge_area.address.replace("$", "") == f"A10:A{last + 1}"
    desk["01", desk.cursor].value = "又一项"
    assert desk.read().projects[0].indicators[-1].level3.text == "又一项"
    desk["01", desk.cursor].value = None
    undoing.undo(desk.host)
    desk.go("01", f"D{last}")
    rows.delete_indicator_row(desk.host)
    assert desk["01", "A10"].merge_area.address.replace("$", "") == f"A10:A{last - 1}"
    undoing.undo(desk.host)
    assert desk.read().projects == before


def test_projects_are_added_copied_and_deleted(desk: Desk) -> None:
    """On 首页 the code stays blank, and the total counts."""
    projects.add(desk.host)
    desk["03", "B3"].value = "新项目"
    desk["03", "D5:D6"].value = [[5], [5]]
    assert desk["首页", "B12:F12"].value == ["03", None, "新项目", 5.0, "未填完"]
    desk.go("01")
    said = projects.copy(desk.host)
    assert said.startswith("已把“01”复制为项目表“04”。\n要改：项目名称 B3")
    assert "年度资金总额 D5" in said
    assert desk["首页", "B13:F13"].value == ["04", None, "数据中心运行", 12.0, "未填完"]
    assert desk["首页", "E20"].value == 41.0
    desk.answer("yes", "1")
    desk.go("03")
    projects.delete(desk.host)
    assert desk["首页", "E20"].value == 36.0
    undoing.undo(desk.host)
    assert [one.name.text for one in desk.read().projects] == ["数据中心运行", "设备", "新项目", "数据中心运行"]


def test_the_summary_has_no_months(desk: Desk) -> None:
    said = "已汇总 2 个项目，预算数合计 24 万元。\n其他资金含上年结转 4 万元。"
    assert summary.consolidate(desk.host) == said
    assert desk["部门汇总", "A3:L3"].value == [
        *("序号", "项目编码", "项目名称", "预算数", "财政资金", "其他资金"),
        *("成本", "产出", "效益", "满意度", "指标数", "状态"),
    ]
    assert desk["部门汇总", "D17:F19"].value == [[12.0, 10.0, 2.0], [12.0, 10.0, 2.0], [24.0, 20.0, 4.0]]
    assert desk["部门汇总", "L17"].value == "未填完"


def test_a_sum_that_does_not_add_up_is_said(desk: Desk) -> None:
    desk["01", "D7"].value = 1
    said = "年度资金总额比财政拨款与上年结转与其他资金之和多 1 万元"
    assert (desk["01", "H2"].value, desk["01", "H5"].value) == ("预算不平", said)
    validation.validate(desk.host)
    assert ["B303", "01", "D5"] in desk["校验结果", "B4:D20"].value


@office
def test_heights_go_by_what_stands_in_the_row(desk: Desk) -> None:
    desk.go("02")
    heights.fit_rows(desk.host)
    assert [desk.height("02", f"A{row}") for row in range(1, 12)] == [54, 22, 32, 40, 32, 32, 32, 32, 48, 48, 28]
    desk["01", "B9"].value = "做好数据汇交，按时完成。\n" * 12
    desk.go("01")
    heights.fit_rows(desk.host)
    assert desk.height("01", "A9") == pytest.approx(13 * 15.5 + 9, abs=0.5)


def test_a_code_of_another_form_shows(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The columns for codes are hidden until a form has one."""
    assert [desk["首页", "C1"].column_width, desk["部门汇总", "B1"].column_width] == [0, 0]
    other = draft.project(
        kind=PROJECT_TARGETS, name="路", code="13000023P00001", budget="1", fiscal="1", goals=["修。"]
    )
    write_department(tmp_path / "来件.xlsx", draft.department(projects=[other]), profiles.load(), kind=PROJECT_TARGETS)
    sheet = desk.book.sheets.add("03", after=desk.book.sheets["02"])
    source = read_book(tmp_path / "来件.xlsx")
    rows_of = next(grid.rows for grid in source.grids if grid.sheet == "01")
    sheet.range("A1").value = [list(row) for row in rows_of]
    summary.consolidate(desk.host)
    assert desk["部门汇总", "B1"].column_width == 15


def test_forms_of_other_books_are_taken_in(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With their goals and rows; the year stays this book's. A source without a row here is said."""
    more = [*INDICATORS[:1] * 4, *INDICATORS[1:]]
    other = draft.project(
        kind=NATIONAL_TARGETS, name="桥", budget="3", fiscal="3", goals=["一。", "二。", "三。"], indicators=more
    )
    foreign = draft.project(kind=PROJECT_TARGETS, name="路", budget="1", fiscal="1", goals=["修。"])
    path = book(tmp_path / "来件", other, whole(name="自筹", unit_money="1"), foreign, name="乙局")
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(path)])
    said = above_copy(importing.import_projects(desk.host))
    assert said is not None
    assert said.splitlines() == [
        "已导入 1 个项目：工作表 03。",
        "工作表按顺序重新编号：“01”→03。",
        "“自筹”的资金来源（单位资金）与“空白表”的不同。请手工填写这个项目。",
        "“路”的表样（项目绩效目标表）与“空白表”的不同。请手工填写这个项目。",
    ]
    assert desk["03", "A2"].value == "（2023年度）"
    assert draft.project_content(desk.read().projects[-1]) == draft.project_content(
        read_department(read_book(path)).projects[0]
    )
    assert desk["03", "A9"].merge_area.address.replace("$", "") == "A9:A11"
    assert desk["03", "H2"].value == "未填完"
