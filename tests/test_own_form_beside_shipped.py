"""A workbook in a shipped kind beside a 样表 that is like it: the kind that has its labels reads it."""

from pathlib import Path

from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_OWN_TITLE = "省级部门预算归类项目绩效目标表"


def write(path: Path, title: str, *, is_filled: bool, has_more: bool) -> Path:
    """A form of three amounts; ``has_more``: with labels that the national form has as well."""

    def told(typed: Scalar) -> Scalar:
        return typed if is_filled else None

    book = Workbook()
    sheet = book.worksheets[0]
    more: list[Scalar] = ["实施单位", told("救助站"), "项目负责人及电话", told("某甲 12345")] if has_more else []
    for cells in (
        [title],
        ["（2020年度）"],
        ["项目名称", told("救助")],
        ["主管部门", told("民政局"), *more],
        ["项目资金\n（万元）", "年度资金总额：", told(100)],
        [None, "其中：财政拨款", told(80)],
        [None, "其他资金", told(20)],
        ["总体目标", told("应保尽保。")],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", told("人数"), told("≥5人")],
        [None, "满意度指标", "服务对象满意度指标", told("满意度"), told("≥90%")],
    ):
        sheet.append(cells)
    for area in ("A1:E1", "A2:E2", "A5:A7", "B8:E8", "A9:A11"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def filled(folder: Path, title: str) -> Department:
    blank = write(folder / "空白表.xlsx", _OWN_TITLE, is_filled=False, has_more=False)
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    return read(write(folder / "县.xlsx", title, is_filled=True, has_more=True))


def test_a_form_with_another_title_and_more_labels_is_none_of_the_offices(tmp_path: Path) -> None:
    department = filled(tmp_path, "绩效目标申报表（参考模板）")
    (project,) = department.projects
    assert project.kind.learned is None
    assert not [one for one in check(department, fitting(department)) if one.code == "S116"]


def test_a_form_of_the_office_to_which_labels_were_added_stays_one(tmp_path: Path) -> None:
    """Whoever sends it, and of whatever year."""
    department = filled(tmp_path, f"某省2024年{_OWN_TITLE}")
    (project,) = department.projects
    assert project.kind.learned is not None
    assert [one for one in check(department, fitting(department)) if one.code == "S116"]
