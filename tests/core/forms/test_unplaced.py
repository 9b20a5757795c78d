"""What stands on a sheet beside its forms: every cell is taken in, a label, or listed."""

import datetime
from collections.abc import Sequence

import pytest

from tests.text.documents import FORM
from xl_perf.core.cells.grid import Grid, Scalar
from xl_perf.core.forms.reader import read_forms
from xl_perf.core.forms.unplaced import Titles, left_in, titles_on

Rows = Sequence[Sequence[Scalar]]
HEADER = FORM.index(next(cells for cells in FORM if cells[0] == "一级指标"))


def left(rows: Rows) -> list[tuple[int, str]]:
    """Row and texts of what found no place."""
    grid = Grid("01", [list(cells) for cells in rows])
    return [(one.row, one.text) for one in left_in(grid, read_forms(grid).projects)]


def test_a_form_that_is_read_whole_leaves_nothing() -> None:
    assert left(FORM) == []
    assert left([["道路养护项目绩效目标表"], ["单位：万元"], *FORM]) == []


def test_a_row_that_people_added_is_listed_with_its_label() -> None:
    added = [*FORM[:1], ("主管部门", "住建局", "联系人", "张三"), *FORM[1:]]
    assert left(added) == [(1, "主管部门｜住建局｜联系人｜张三")]


def test_a_column_that_people_added_is_listed() -> None:
    rows = [[*cells, "" if at < HEADER else "备注" if at == HEADER else f"注{at}"] for at, cells in enumerate(FORM)]
    assert left(rows) == [(HEADER, "备注"), *((at, f"注{at}") for at in range(HEADER + 1, len(FORM)))]


def test_notes_below_and_lines_above_are_listed() -> None:
    rows = [["附件3"], ["填报日期：2024年1月5日  单位：万元"], *FORM, ["填表人：李四", "", "电话：0315"]]
    assert left(rows) == [
        (0, "附件3"),
        (1, "填报日期：2024年1月5日  单位：万元"),
        (len(FORM) + 2, "填表人：李四｜电话：0315"),
    ]


def test_numbers_and_dates_are_listed_as_people_see_them() -> None:
    beside: list[Scalar] = [*[None] * 8, 12.5, datetime.date(2024, 1, 5), 0]
    assert left([*FORM, beside]) == [(len(FORM), "12.5｜2024年1月5日｜0")]


@pytest.mark.parametrize("heading", ["序号", "编号"])
def test_numbers_of_rows_are_nothing_to_lose(heading: str) -> None:
    serial = {HEADER: heading} | {at: float(at - HEADER) for at in range(HEADER + 1, len(FORM))}
    assert left([[serial.get(at, ""), *cells] for at, cells in enumerate(FORM)]) == []


def test_a_merged_value_that_was_filled_to_the_right_is_one_value() -> None:
    rows = [list(cells) for cells in FORM]
    rows[2] = ["", *["资金主要用于道路养护。"] * 4]
    assert left(rows) == []


def test_another_value_beside_a_field_is_listed() -> None:
    rows = [list(cells) for cells in FORM]
    rows[2] = ["", "资金主要用于道路养护。", "另有自筹。"]
    assert left(rows) == [(2, "另有自筹。")]


def test_labels_of_other_forms_alone_are_nothing_to_lose() -> None:
    assert left([*FORM[:1], ("主管部门", "", "实施单位"), *FORM[1:]]) == []


def test_without_a_form_every_cell_is_listed() -> None:
    assert left([["姓名", "职务"], ["张三", ""]]) == [(0, "姓名｜职务"), (1, "张三")]


def test_cells_of_a_table_of_another_kind_are_not_listed_one_by_one() -> None:
    table = [
        *(["项目支出绩效自评表"], ["项目名称", "路灯"], ["年初预算数", "5"]),
        *(["年度指标值", "实际完成值", "得分"], ["≥1", "2", "10"]),
    ]
    assert left([*FORM, *table]) == []


def test_titles_have_a_form_behind_them_or_not() -> None:
    def titles(*rows: Sequence[Scalar]) -> Titles:
        return titles_on(Grid("01", [list(cells) for cells in rows]))

    title, table = ["项目绩效目标表"], [["项目支出绩效目标表"], ["项目名称", "路灯"], ["年度总体目标", "亮"]]
    assert titles(title, *FORM) == (1, 0, ())
    assert titles(["道路项目绩效目标表"], title, *FORM) == (1, 0, ())
    assert titles(title, *FORM, title, *FORM) == (2, 0, ())
    assert titles(title, *FORM, title) == (1, 0, ((len(FORM) + 1, 0),))
    assert titles(title, ["只有一句话"]) == (0, 0, ((0, 0),))
    assert titles(*table) == (0, 0, ((0, 0),))
    assert titles(["项目支出绩效自评表"], ["项目名称", "路灯"]) == (0, 0, ())


MINISTRY: Rows = [
    ["项目支出绩效目标表"],
    ["（2023年度）"],
    ["项目名称", "数据中心", None, None, None, None],
    ["项目资金\n（万元）", "年度资金总额：", None, 12.0, "执行率分值\n（10）", 10],
    [None, "其中：财政拨款", None, 12.0, None, None],
    ["年度总体目标", "办好。", None, None, None, None],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"],
    [None, "产出指标", "数量指标", "数据量", "≥12TB", 50],
]


def test_the_ministrys_year_and_points_are_printed_and_not_filled_in() -> None:
    """Points that the label does not say are somebody's own."""
    assert left(MINISTRY) == []
    assert left([*MINISTRY[:3], [*MINISTRY[3][:5], 20], *MINISTRY[4:]]) == [(3, "20")]


def test_what_an_amount_is_made_of_in_its_cell() -> None:
    """Of a cell with several amounts only some were read: 财政拨款：400万元（其中：上级300万元；本级100万元）."""
    said = "财政拨款：400万元（其中：上级资金：300万元；本级财政：100万元）"
    rows: list[list[Scalar]] = [
        ["项目支出绩效目标表"],
        ["项目名称", "乡村道路"],
        ["资金构成", "总额", "500万元"],
        ["", said],
        ["", "其他：100万元"],
        ["年度绩效目标", "完成任务。"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", "里程", "12公里"],
    ]
    grid = Grid("表", [[*cells, *[""] * (5 - len(cells))] for cells in rows])
    left = left_in(grid, read_forms(grid).projects)
    assert [(one.row, one.text) for one in left] == [(3, said.removeprefix("财政拨款：400万元"))]


def test_what_stands_below_the_parts_of_targets_is_listed() -> None:
    """In the line in which people sign, below ≥ and 台 in columns of their own."""
    rows: list[list[Scalar]] = [
        ["项目支出绩效目标表"],
        ["项目名称", "修路"],
        ["项目资金", "年度资金总额", 100],
        [None, "其中：财政拨款", 100],
        ["年度目标", "修好。"],
        ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "度量单位"],
        ["产出指标", "数量指标", "里程", "≥", 5, "公里"],
        ["满意度指标", "服务对象满意度指标", "满意度", "≥", 90, "%"],
        ["填报人：张三", None, None, "联系电话：87654321", None, "填报日期：2025.1.1"],
    ]
    assert left(rows) == [(8, "填报人：张三｜联系电话：87654321｜填报日期：2025.1.1")]
