"""What a form prints stays in the 样表 that is learned of it; what somebody filled in does not."""

from collections.abc import Sequence

import pytest

from tests.core.forms.test_learning import guide_of
from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.form_words import FormWords
from xl_perf.core.forms.guide_faults import standing_behind
from xl_perf.core.forms.guide_table import marked_cells, taken_away
from xl_perf.core.forms.learned import alone
from xl_perf.core.forms.learning import learn
from xl_perf.core.forms.left_content import left_in
from xl_perf.core.forms.marks import without_marks
from xl_perf.core.reading import read_department

_LEVELS = (
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    [None, "产出指标", "数量指标"],
    [None, "效益指标", "社会效益指标"],
    [None, "满意度指标", "服务对象满意度指标"],
)


def form(money: Sequence[Sequence[Scalar]], *below: Sequence[Scalar], name: Scalar = None) -> Grid:
    """A form with rows of amounts, and rows below the indicators."""
    rows: list[list[Scalar]] = [["某市项目支出绩效目标申报表"], ["单位：元"], ["项目名称", name, None, "实施单位"]]
    rows += [list(cells) for cells in money]
    rows.append(["年度绩效目标"])
    rows += [list(cells) for cells in _LEVELS]
    rows += [list(cells) for cells in below]
    width = max(6, *map(len, rows))
    merges: list[Area] = [(0, 0, 0, width - 1), (3, 0, 2 + len(money), 0), (3 + len(money), 1, 3 + len(money), 5)]
    return Grid("表", [[*cells, *[None] * (width - len(cells))] for cells in rows], merges)


def kept(grid: Grid) -> list[list[Scalar]]:
    """What the 样表 prints: the form without the marks."""
    rows = [list(cells) for cells in grid.rows]
    for (row, column), text in marked_cells(grid, learn(grid, "样表")).items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = without_marks(text or "") or None
    return rows


_PARTS: list[list[Scalar]] = [
    ["项目资金", "资金总额"],
    [None, "财政资金合计"],
    [None, "其中：本级财政"],
    [None, "1.其中：中央直达资金"],
    [None, "其中：2.上级补助"],
    [None, "其他资金"],
]
_TWO_HEADS: list[list[Scalar]] = [
    ["预算资金安排", "总计", "财政拨款", None, None, "单位资金"],
    [None, None, "小计", "一般公共预算", "中央转移支付"],
    [None],
    ["支出进度计划（%）", "1月", "2月", "3月", "4月", "5月", "6月"],
    [None],
]
_YEARS: list[list[Scalar]] = [
    ["项目资金", "资金来源", "2023年执行数", "2024年预算数", "增减额", "测算依据"],
    [None, "合计"],
    [None, "财政拨款"],
    [None, "其他资金"],
]
_SIGNED: list[Scalar] = ["填报人：", None, "联系电话：", None, "审核人："]
_DETAILS: list[list[Scalar]] = [
    [],
    ["续表"],
    ["序号", "明细内容", "单价", "数量", "金额", "备注"],
    ["1"],
    ["2"],
    ["合计"],
]


@pytest.mark.parametrize(
    "grid",
    [
        form(_PARTS),
        form(_PARTS, _SIGNED),
        form(_TWO_HEADS, _SIGNED),
        form(_YEARS, ["填表人：", None, None, "日期："]),
        form(_PARTS, *_DETAILS),
        Grid(
            "清单",
            [
                ["某县2025年部门预算项目绩效目标汇总表"],
                ["序号", "项目名称", "预算数（万元）", "其中：财政拨款", "其中：其他资金", "年度绩效目标", "效益指标"],
                [None] * 7,
                ["合计", None, None, None, None, None, None],
            ],
        ),
    ],
)
def test_a_blank_form_loses_nothing(grid: Grid) -> None:
    """Nobody filled it in: every text is still there, and what is marked was blank."""
    assert not FormWords(grid).is_filled
    assert kept(grid) == [list(cells) for cells in grid.rows]
    assert taken_away(grid, learn(grid, "样表")) == ({}, 0)


def test_a_part_of_a_source_has_its_own_place() -> None:
    """其中：本级财政 in a blank form is marked right of its label, and has to be confirmed."""
    grid = form(_PARTS)
    marked = marked_cells(grid, learn(grid, "样表"))
    assert all(str(marked[row, 2]).endswith("？}") for row in (5, 6, 7))


def test_a_hint_gives_way_to_the_mark_and_is_named() -> None:
    """A hint in the place of a value is no content; that it went is said."""
    grid = form(_PARTS, name="（填写项目全称）")
    assert not FormWords(grid).is_filled
    assert taken_away(grid, learn(grid, "样表")) == ({(2, 1): "（填写项目全称）"}, 0)


def test_what_goes_is_named_cell_by_cell() -> None:
    """Of a filled form: its contents above the indicators by their cells, those among them by their number."""
    numbers = (100, 80, 50, 20, 10, 20)
    money: list[list[Scalar]] = [[*cells, number] for cells, number in zip(_PARTS, numbers, strict=True)]
    grid = form(money, ["填报人：某甲"], name="道路养护")
    rows = [list(cells) for cells in grid.rows]
    rows[11][3:5] = ["养护里程", "≥12公里"]
    head, in_table = taken_away(grid._replace(rows=rows), learn(grid._replace(rows=rows), "样表"))
    assert head == {(2, 1): "道路养护", (14, 0): "填报人：某甲"} | {
        (3 + at, 2): str(number) for at, number in enumerate(numbers)
    }
    assert in_table == 2


def test_an_unknown_amount_of_a_filled_form_is_asked() -> None:
    """As of a blank one: a number right of a label that nobody knows, in the rows of the amounts."""
    money: list[list[Scalar]] = [["项目资金", "资金总额", 100], [None, "财政资金", 80], [None, "甲乙丙丁", 20]]
    blank = form([[*cells[:2], None] for cells in money])
    filled = form(money, name="道路养护")
    assert learn(filled, "样表").form == learn(blank, "样表").form
    asked = [one.label for one in learn(filled, "样表").proposals if one.why]
    assert "甲乙丙丁" in asked


def test_a_list_of_projects_is_emptied() -> None:
    """Of a list that somebody filled in the columns are emptied; the row that numbers them is printed."""
    header: list[Scalar] = ["单位名称、项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
    grid = Grid(
        "清单",
        [
            ["部门项目支出绩效目标表", None, None, None, None, None],
            ["单位名称：某县融媒体中心", None, None, None, None, None],
            header,
            ["1", "2", "3", "4", "5", "6"],
            ["某县融媒体中心", None, None, None, None, None],
            ["设备运维经费", "保障播出。", "产出指标", "数量指标", "巡检次数", "24次"],
        ],
        [(1, 0, 1, 2)],
    )
    rows = kept(grid)
    assert rows[1][0] == "单位名称："
    assert rows[3] == ["1", "2", "3", "4", "5", "6"]
    assert [cells[0] for cells in rows[4:]] == [None, None]
    assert [cells[4] for cells in rows[4:]] == [None, None]


def test_a_table_of_details_ends_the_indicators() -> None:
    """Below the indicators: its rows are none, and what is filled in there is no reason to read them."""
    filled = [list(cells) for cells in _DETAILS]
    filled[3][1:] = ["明细一", 2, 3, 6]
    filled[4][1:] = ["明细二", 4, 3, 12]
    blank = learn(form(_PARTS, *_DETAILS), "样表").form
    grid = form(_PARTS, *filled, name="道路养护")
    rows = [list(cells) for cells in grid.rows]
    rows[11][3:5] = ["养护里程", "≥12公里"]
    (project,) = read_department(Book("某.xlsx", [grid._replace(rows=rows)]), alone(blank)).projects
    assert [one.level3.value for one in project.indicators] == ["养护里程"]


def test_amounts_beside_a_mark_are_emptied() -> None:
    """What an amount is made of, in its cell, and a telephone number behind its label go with the other contents."""
    money: list[list[Scalar]] = [
        ["资金构成", "总额", "106.75万元"],
        [None, "财政拨款：69.35万元（其中：上级财政资金：60.35万元；本级财政：9万元）"],
        [None, "其他：37.4万元", None, None, "联系电话 139XXXXXXXX"],
    ]
    grid = form(money, name="道路养护")
    marked = marked_cells(grid, learn(grid, "样表"))
    assert marked[4, 1] == "财政拨款：{财政资金}万元（其中：上级财政资金：____万元；本级财政：____万元）"
    assert marked[5, 1] == "其他：{其他资金}万元"
    assert marked[5, 4] == "联系电话    "


def test_contents_that_stay_are_named() -> None:
    """By form check, beside a mark and in cells without one; what the form prints for all is not."""
    rows: list[list[Scalar]] = [
        ["财政拨款：{财政资金}万元（其中：上级：60.35万元；本级：9万元）", "自筹：{单位资金}万元（含利息）"],
        ["联系电话 139XXXXXXXX", "新增项目□  延续项目√", 106.75, "1", 3],
        ["填报日期：2021年2月3日", "（2021年度）", "12月底", 1, 2, 3],
        ["注：总额350万元以上的另附说明"],
    ]
    grid = Grid("表", rows)
    assert [said.split(" ")[0] for said in standing_behind(grid)] == ["A1"]
    (said,) = standing_behind(Grid("表", [["填报单位{实施单位}（盖章）："]]))
    assert said == "A1 的标记 {实施单位} 要写在“（盖章）：”的后面，不要写在前面"
    (said,) = left_in(grid)
    named = ("A2“联系电话 139XXXXXXXX”", "B2“新增项目□ 延续项目√”", "C2“106.75”", "A3“填报日期：2021年2月3日”")
    assert said.startswith("、".join(named) + "像是填的内容")


def test_a_table_above_the_indicators_keeps_its_headings() -> None:
    """It is not read: its headings stay, what was filled in below them goes; labels below a common one are read."""
    money: list[list[Scalar]] = [
        ["项目资金", "资金总额", 100],
        [None, "财政资金", 100],
        ["实施进度", "实施内容", None, "开始时间", "完成时间"],
        [None, "1.总体规划", None, "2016", "2020"],
        [None, "2.核心区", None, "2021", "2021"],
        ["立项情况", "立项的依据", "按发改立项"],
        [None, "申报的可行性", "已作评估"],
    ]
    grid = form(money, name="道路养护")
    areas: list[Area] = [(3, 0, 4, 0), (5, 0, 7, 0), (8, 0, 9, 0)]
    grid = grid._replace(merges=[*areas, *(area for area in grid.merges if area[0] not in {3, 5, 8})])
    assert kept(grid)[5:10] == [
        ["实施进度", "实施内容", None, "开始时间", "完成时间", None],
        [None] * 6,
        [None] * 6,
        ["立项情况", "立项的依据", None, None, None, None],
        [None, "申报的可行性", None, None, None, None],
    ]


@pytest.mark.parametrize("stamp", ["（盖章）：", "(公章):", "：", "（盖章） ："])
def test_the_mark_of_a_line_with_a_stamp_stands_behind_its_colon(stamp: str) -> None:
    """Nothing of it is lost; form check finds no fault there; of a filled form it is read."""
    rows = [list(cells) for cells in form([["项目资金", "资金总额"], [None, "财政资金"]]).rows]
    rows.insert(1, [f"填报单位{stamp}", None, None, None, None, None])
    areas: list[Area] = [(1, 0, 1, 2), (4, 0, 5, 0)]
    blank = Grid("表", rows, areas)
    learned = learn(blank, "样表")
    marked = marked_cells(blank, learned)
    assert marked[1, 0] == f"填报单位{stamp}{{主管部门及代码}}"
    guide = guide_of(blank, learned)
    assert (guide.form.words, guide.faults, guide.notes) == (learned.form.words, (), ())
    filled = [[*cells] for cells in rows]
    filled[1][0], filled[3][1], filled[4][2] = f"填报单位{stamp}某县水利局", "河长制", 10
    filled[8][3:5] = ["巡河次数", "≥12次"]
    (project,) = read_department(Book("某.xlsx", [Grid("表", filled, areas)]), alone(learned.form)).projects
    assert project.value("department_code").value == "某县水利局"
    assert kept(Grid("表", filled, areas))[1][0] == f"填报单位{stamp}"


@pytest.mark.parametrize(
    "room", ["    年  月至    年  月", "  年 月 日至 年 月 日", "自    年  月  日  至    年  月  日止", "____年"]
)
def test_room_for_dates_is_room_for_a_text(room: str) -> None:
    """起止时间：    年  月至    年  月 in its own cell is learned as a text, and read."""
    money: list[list[Scalar]] = [
        ["项目资金", "资金总额"],
        [None, "财政资金"],
        [f"起止时间：{room}"],
        ["填报日期：    年  月  日"],
    ]
    blank = form(money)
    areas: list[Area] = [(3, 0, 4, 0), (5, 0, 5, 2)]
    blank = blank._replace(merges=areas)
    learned = learn(blank, "样表")
    marked = marked_cells(blank, learned)
    assert marked[5, 0] == f"起止时间：{{文字}}{room}"
    assert (6, 0) not in marked
    assert taken_away(blank, learned) == ({}, 0)
    filled = [list(cells) for cells in blank.rows]
    filled[5][0], filled[2][1], filled[3][2] = "起止时间：2025年3月至2025年11月", "河长制", 10
    filled[9][3:5] = ["巡河次数", "≥12次"]
    (project,) = read_department(Book("某.xlsx", [Grid("表", filled, areas)]), alone(learned.form)).projects
    assert project.value("text:起止时间").value == "2025年3月至2025年11月"


def test_an_unknown_amount_among_others_in_a_row_is_asked() -> None:
    """It heads a column of amounts; labels stand on both sides of it, and it is no part of the form."""
    money: list[list[Scalar]] = [
        ["资金安排", "总计", "一般公共预算", "甲乙转移支付", "单位资金", "丙丁债券资金", "其他资金"],
        [None] * 7,
    ]
    grid = form(money)
    asked = {one.label for one in learn(grid, "样表").proposals if one.certainty is Certainty.CHECK}
    assert {"甲乙转移支付", "丙丁债券资金"} <= asked


def test_headings_of_amounts_of_a_filled_form_stay() -> None:
    """小计 and 3月 stand right of other labels, and above what was filled in."""
    money = [list(cells) for cells in _TWO_HEADS]
    money[2] = [None, 100, 90, 80, 10, 10]
    money[4] = [None, 0, 5, 10, 20, 50, 100]
    grid = form(money, name="道路养护")
    areas: list[Area] = [(3, 0, 5, 0), (3, 1, 4, 1), (3, 2, 3, 4), (3, 5, 4, 5), (6, 0, 7, 0)]
    grid = grid._replace(merges=areas)
    rows = kept(grid)
    assert [cells[:6] for cells in rows[3:5]] == [[*cells, *[None] * (6 - len(cells))] for cells in _TWO_HEADS[:2]]
    assert rows[6][:7] == _TWO_HEADS[3]
    assert "中央转移支付" in {one.label for one in learn(grid, "样表").proposals if one.certainty is Certainty.CHECK}


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("项目总目标", "农村饮水安全总目标：三年完成"),
        ("中长期目标", "困难群众救助中长期目标：健全体系"),
        ("项目概况", "高标准农田概况：共涉及6个乡镇"),
    ],
)
def test_a_text_with_a_colon_beside_the_label_of_a_text_is_a_content(label: str, text: str) -> None:
    """What stands before the colon is the project's, and would be printed into every other one."""
    money: list[list[Scalar]] = [["项目资金", "年度资金总额", 1200000], [None, "财政拨款", 1200000]]
    filled = form(money, name="农村饮水安全")
    rows = [list(cells) for cells in filled.rows]
    rows[5][1] = "完成供水工程"
    rows.insert(3, [label, text, None, None, None, None])
    merges = [(a + (a >= 3), b, c + (c >= 3), d) for a, b, c, d in filled.merges]
    grid = Grid("表", rows, merges)
    assert [one for one in kept(grid)[3] if one] == [label]
    named, _ = taken_away(grid, learn(grid, "样表"))
    assert named[3, 1] == text
