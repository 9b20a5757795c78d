"""What an office's own form prints for the whole time beside the year's: it is learned, and nothing is passed over."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.guide_form import Guide
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.model.project import Project
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

Rows = list[list[Scalar]]
Filled = dict[str, Scalar]
HEAD: Rows = [["项目支出绩效目标申报表"], ["（2025年度）"], ["金额单位：万元"], ["项目名称"]]
BESIDE: Rows = [
    ["项目资金", "实施期资金总额", None, None, "年度资金总额"],
    [None, "其中：财政拨款", None, None, "其中：财政拨款"],
    [None, "其他资金", None, None, "其他资金"],
]
MERGED_BESIDE = ["A5:A7", "B5:C5", "B6:C6", "B7:C7", "E5:F5", "E6:F6", "E7:F7"]
ONCE: Rows = [["资金总额"], ["财政拨款"], ["其他资金"]]
TABLE: Rows = [
    ["绩效指标", "一级指标", "二级指标", "三级指标", None, "指标值"],
    [None, "产出指标", "数量指标"],
    [None, "满意度指标", "服务对象满意度指标"],
]
AMOUNTS: Filled = {"D5": 300, "D6": 250, "D7": 50, "G5": 120, "G6": 100, "G7": 20}
BELOW_PART: tuple[Rows, list[str]] = (
    [["总体目标", "实施期目标", None, None, "年度目标"], []],
    ["A8:A9", "B8:D8", "E8:G8", "B9:D9", "E9:G9"],
)
RIGHT_OF_PART: tuple[Rows, list[str]] = (
    [["总体目标", "实施期目标"], [None, "年度目标"]],
    ["A8:A9", "B8:C8", "B9:C9", "D8:G8", "D9:G9"],
)
ACROSS: tuple[Rows, list[str]] = (
    [["实施期目标", None, None, None, "年度目标"], []],
    ["A8:D8", "E8:G8", "E9:G9"],
)


def write(path: Path, money: Rows, goals: Rows, merges: list[str], filled: Filled | None = None) -> Path:
    """The form with these rows of amounts and goals; blank without ``filled``."""
    book = Workbook()
    sheet = book.worksheets[0]
    rows = [*HEAD, *money, *goals, *TABLE]
    for at, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(at, column).value = typed  # type: ignore[assignment]
    first = len(rows) - len(TABLE) + 1
    indicators: Filled = {"D": "里程", "F": "≥5公里"} if filled else {}
    for cell, typed in {**(filled or {}), **{f"{one}{first + 1}": text for one, text in indicators.items()}}.items():
        sheet[cell].value = typed
    for area in ("A1:G1", "A2:G2", "A3:G3", "B4:G4", f"A{first}:A{first + 2}", *merges):
        sheet.merge_cells(area)
    book.save(path)
    return path


def learned(folder: Path, money: Rows, goals: Rows, merges: list[str]) -> Guide:
    """What the 样表 of such a form says."""
    blank = write(folder / "空白表.xlsx", money, goals, merges)
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    return guide_at(folder / "样表.xlsx", "样表.xlsx")


def read_by(folder: Path, money: Rows, goals: Rows, merges: list[str], filled: Filled) -> Project:
    """A form that is filled in, beside its 样表."""
    write(folder / "局.xlsx", money, goals, merges, {"B4": "修路", **filled})
    (project,) = read(str(folder / "局.xlsx")).projects
    return project


@pytest.mark.parametrize(
    ("goals", "places"), [(BELOW_PART, ("B9", "E9")), (RIGHT_OF_PART, ("D8", "D9")), (ACROSS, ("A9", "E9"))]
)
def test_labels_merged_over_two_columns_with_one_cell_behind(
    tmp_path: Path, goals: tuple[Rows, list[str]], places: tuple[str, str]
) -> None:
    """The year's amounts are read, and both goals, each as what it is for."""
    rows, merges = goals
    guide = learned(tmp_path, BESIDE, rows, [*MERGED_BESIDE, *merges])
    assert not guide.faults
    said = dict(zip(places, ("三年修好。", "今年修好。"), strict=True))
    project = read_by(tmp_path, BESIDE, rows, [*MERGED_BESIDE, *merges], {**AMOUNTS, **said})
    assert [project.value(key).value for key in ("budget", "fiscal", "other")] == [120, 100, 20]
    assert [goal.value for goal in project.goals] == ["三年修好。", "今年修好。"]
    assert project.goal_periods == ("whole", "year")


def test_every_label_of_the_other_half_stands_in_the_table_of_the_guide(tmp_path: Path) -> None:
    """Beside the cells that are read stand the labels that are read; those of the whole time are named."""
    rows, merges = BELOW_PART
    guide = learned(tmp_path, BESIDE, rows, [*MERGED_BESIDE, *merges])
    own = {(row.label, row.label_at): (row.key, row.cell) for row in guide.rows}
    assert own["其中:财政拨款", (5, 1)] == own["其他资金", (6, 1)] == own["实施期目标", (7, 1)] == ("", None)
    assert own["其中:财政拨款", (5, 4)] == ("fiscal", (5, 6))
    assert own["其他资金", (6, 4)] == ("other", (6, 6))
    table = load_workbook(tmp_path / "样表.xlsx")[GUIDE_SHEET]
    why = {row[0].value: [cell.value for cell in row] for row in table.iter_rows()}
    assert "写的是整个实施期的，不读" in why["其他资金"] or "写的是整个实施期的，不读" in why["实施期资金总额"]
    assert any("与年度目标一起收" in str(text) for text in why["实施期目标"])


@pytest.mark.parametrize("name", ["长期目标", "实施期目标", "中期目标"])
@pytest.mark.parametrize("is_beside", [False, True])
def test_a_goal_for_the_whole_time_that_is_no_goal_of_the_form_is_a_text(
    tmp_path: Path, name: str, *, is_beside: bool
) -> None:
    """In a row of its own above 年度目标, or left of it: it stands in 对照, and what is filled in is carried."""
    rows: Rows = [[name, None, None, "年度目标"]] if is_beside else [[name], ["年度目标"]]
    merges = ["B8:C8", "E8:G8"] if is_beside else ["B8:G8", "B9:G9"]
    guide = learned(tmp_path, ONCE, rows, merges)
    assert not guide.faults
    assert [(row.key, row.cell) for row in guide.rows if row.label == name] == [(f"text:{name}", (7, 1))]
    filled: Filled = {"B5": 120, "B6": 100, "B7": 20, "B8": "三年修好。", "E8" if is_beside else "B9": "今年修好。"}
    project = read_by(tmp_path, ONCE, rows, merges, filled)
    assert project.value(f"text:{name}").value == "三年修好。"
    assert [goal.value for goal in project.goals] == ["今年修好。"]


def test_a_form_with_goals_for_the_whole_time_alone_has_them_as_goals(tmp_path: Path) -> None:
    """No label else heads them."""
    guide = learned(tmp_path, ONCE, [["实施期目标"]], ["B8:G8"])
    assert not guide.faults
    project = read_by(tmp_path, ONCE, [["实施期目标"]], ["B8:G8"], {"B5": 120, "B6": 120, "B8": "三年修好。"})
    assert [goal.value for goal in project.goals] == ["三年修好。"]
