"""Lists of projects with headings of all sorts: read, or named with their money; never called blank."""

from tests.national import printed
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.reader import read_forms
from xl_perf.core.forms.unplaced import left_in
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting

Rows = list[list[Scalar]]
HEADER: list[Scalar] = ["一级指标", "二级指标", "三级指标", "指标值"]
INDICATORS: Rows = [["产出指标", "数量指标", "补助户数", "≥860户"], ["", "质量指标", "对象准确率", "=100%"]]


def listed(*headings: Scalar, title: str = "项目支出绩效目标表") -> Rows:
    """A list with one project of 86.4 万元 below these headings."""
    own: list[Scalar] = ["301001", "残疾人困难补助", 86.4, "应补尽补"]
    first, second = ([*own, *INDICATORS[0]], [*[""] * 4, *INDICATORS[1]])
    return [[title], ["单位：某县残联", "单位：万元"], [*headings, *HEADER], first, second]


def book(*rows: Rows) -> Department:
    return read_department(Book("本", [Grid(f"{number:02}", cells) for number, cells in enumerate(rows, 1)]))


def codes(department: Department) -> set[str]:
    return {one.code for one in check(department, fitting(department)) if one.severity != "hint"}


def test_a_list_with_other_headings_is_read() -> None:
    for amount in ("资金额度", "金额"):
        (project,) = book(listed("单位代码", "单位（专项）名称", amount, "实施期绩效目标")).projects
        assert (project.name.value, str(project.budget.value)) == ("残疾人困难补助", "86.4")
        assert [goal.value for goal in project.goals] == ["应补尽补"]
        assert len(project.indicators) == 2


def test_a_filled_table_whose_name_is_unknown_is_not_blank() -> None:
    department = book(listed("代码", "内容", "数额", "说明"))
    assert "F201" not in codes(department)
    assert totals_of_department(department).incomplete


def test_a_project_in_a_list_of_amounts_without_targets_is_missing_from_the_total() -> None:
    """The amounts of the others come from that list; the total says what it lacks, and how much."""
    amounts: Rows = [
        ["部门项目支出预算表", "", "单位：万元"],
        ["项目名称", "项目单位", "合计"],
        ["残疾人困难补助", "某县残联", 86.4],
        ["残疾人培训", "某县残联", 25],
        ["合计", "", 111.4],
    ]
    targets: Rows = [
        ["项目支出绩效目标表"],
        ["项目名称", "年度绩效目标", *HEADER],
        ["残疾人困难补助", "应补尽补", *INDICATORS[0]],
        ["", "", *INDICATORS[1]],
    ]
    department = book(amounts, targets)
    totals = totals_of_department(department)
    assert str(totals.budget) == "86.4"
    said = "1 个项目（残疾人培训）在这张表里有金额，共 25 万元，但没有绩效目标表，没有计入合计"
    assert [(one.sheet, one.reason) for one in totals.incomplete] == [("01", said)]
    assert totals.note == "合计不含 1 张表里读不出或没有计入的金额"
    assert "S112" in codes(department)
    amounts[3], amounts[4] = [], ["合计", "", 86.4]
    assert totals_of_department(book(amounts, targets)).incomplete == ()


SUMMARY: Rows = [
    ["2023年部门预算项目绩效目标汇总表"],
    ["部门：某市某局", "", "单位：万元"],
    ["序号", "项目名称", "预算金额", "年度绩效目标", "产出指标"],
    ["1", "道路养护", 100, "完成养护", "养护里程120公里"],
    ["2", "系统运维", 55.5, "稳定运行", "系统8个"],
    ["合计", "", 155.5],
]


def test_a_list_of_projects_that_were_read_nowhere_is_named() -> None:
    assert "S108" in codes(book(SUMMARY))
    department = book(printed(), SUMMARY)
    assert "S108" in codes(department)
    assert [one.reason for one in totals_of_department(department).incomplete] == [
        "列有 1 个项目（系统运维），一个项目一行，读不出来"
    ]


def test_a_list_of_projects_that_were_read_is_none() -> None:
    assert "S108" not in codes(book(printed(), [row for row in SUMMARY if "系统运维" not in row]))


def test_a_list_of_money_alone_is_none() -> None:
    rows: Rows = [
        ["部门项目支出预算表"],
        ["序号", "项目名称", "预算金额"],
        ["1", "道路养护", 100],
        ["2", "其他项目", 50],
    ]
    assert "S108" not in codes(book(printed(), rows))


def test_the_code_before_a_name_is_parted_from_it() -> None:
    rows = listed("单位代码", "项目名称", "预算数", "年度目标")
    rows[3][1] = "51000021R000000019951-学生资助资金"
    (project,) = book(rows).projects
    assert (project.code.value, project.name.value) == ("51000021R000000019951", "学生资助资金")
    rows[3][1] = "2023-2024年学生资助"
    assert book(rows).projects[0].name.value == "2023-2024年学生资助"


def test_cells_that_were_filled_down_are_not_listed_again() -> None:
    rows = listed("单位名称", "项目名称", "预算数", "年度目标")
    rows[4][:4] = rows[3][:4]
    grid = Grid("01", rows)
    assert [one.row for one in left_in(grid, read_forms(grid).projects)] == [1]


def test_rows_above_the_header_are_named() -> None:
    """A page whose header was deleted, before one that has its header: else its money would be lost without a word."""
    further: Rows = [["301002", "乡镇敬老院修缮", 20.0, "修缮完成", "产出指标", "数量指标", "修缮院所", "≥3所"]]
    rows = listed("单位代码", "项目名称", "预算数", "绩效目标")
    department = book([*rows[:2], *further, *rows[2:]])
    assert [one.name.value for one in department.projects] == ["残疾人困难补助"]
    assert [(one.row, one.looks_like_form) for one in department.unread] == [(2, True)]
    assert "S108" in codes(department)
    assert totals_of_department(department).note
    assert not book(rows).unread


def test_a_picture_beside_a_list_does_not_make_it_a_sheet_of_amounts() -> None:
    grid = Grid("01", listed("单位代码", "项目名称", "预算数", "绩效目标"), pictures=1)
    (one,) = read_department(Book("本", [grid])).unread
    assert "图片" in one.reason
