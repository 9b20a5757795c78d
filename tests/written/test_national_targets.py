"""The ministry's form in a workbook: as it is printed, filled in, and read back."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.worksheet.worksheet import Worksheet

from tests import departments, national
from tests.departments import read
from tests.national import COST, whole
from tests.office import Office
from tests.samples import part
from tests.written.test_template import AMOUNTS, LEVELS, MAYBE, SECONDS, TEXTS, is_heading
from xl_perf import profiles
from xl_perf.core.cells.values import is_placeholder
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project
from xl_perf.saved.workbook import read_book
from xl_perf.sheets.form_content import shown_heading
from xl_perf.written.template import write_department

MOF = profiles.load("mof-2021")


def written(folder: Path, *projects: Project, year: int | None = 2023, kind: FormKind = NATIONAL_TARGETS) -> Path:
    made = draft.department(name="甲局", year=year, projects=projects)
    write_department(folder / "部门.xlsx", made, MOF, kind=kind)
    return folder / "部门.xlsx"


def shown(path: Path, sheet: str) -> Worksheet:
    found: Worksheet = openpyxl.load_workbook(path, data_only=True)[sheet]
    return found


def column(sheet: Worksheet, letter: str, first: int, last: int) -> list[object]:
    return [sheet[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_the_blank_form_is_the_ministrys(tmp_path: Path) -> None:
    sheet = shown(written(tmp_path, year=None), "空白表")
    assert [sheet["A1"].value, sheet["A2"].value] == ["项目支出绩效目标表", "（    年度）"]
    assert [sheet[cell].value for cell in ("A3", "A4", "D4")] == ["项目名称", "主管部门\n及代码", "实施单位"]
    assert column(sheet, "B", 5, 8) == ["年度资金总额：", "  其中：财政拨款", "        上年结转", "        其他资金"]
    assert [sheet["E5"].value, sheet["F5"].value, sheet["F5"].protection.locked] == ["执行率分值\n（10）", "10", True]
    assert [sheet[f"{at}10"].value for at in "ABCDEF"] == [
        *("绩\n效\n指\n标", "一级指标", "二级指标", "三级指标", "指标值", "分值")
    ]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:F1", "A2:F2", "B3:F3", "B4:C4", "E4:F4", "A5:A8", "E5:E8", "F5:F8", "B9:F9", "A10:A24"} <= merged
    assert sheet.row_dimensions[9].height == 96
    said = {sheet.cell(row, at).value for row in range(1, 25) for at in range(1, 7)}
    assert not {"项目编码", "资金支出\n计划（%）", "目标1", "3月底"} & said


def test_sources_that_few_have_stand_where_a_project_has_them(tmp_path: Path) -> None:
    path = written(tmp_path, whole(), whole(budget="13.5", unit_money="1.5", indicators=[COST, *national.INDICATORS]))
    assert column(shown(path, "01"), "B", 5, 8)[-1] == "        其他资金"
    second = shown(path, "02")
    assert column(second, "B", 7, 9) == ["        上年结转", "        单位资金", "        其他资金"]
    assert column(second, "D", 5, 9) == [13.5, 10, 2, 1.5, None]
    assert [second["A5"].coordinate in second.merged_cells, second["H2"].value] == [True, "已填写"]
    assert "A5:A9" in {str(area) for area in second.merged_cells.ranges}
    found = read(path).projects
    assert [one.value("unit_money").value for one in found] == [None, Decimal("1.5")]
    assert all(one.beside == () and one.missing == () for one in found)


def test_goals_have_a_row_each(tmp_path: Path) -> None:
    sheet = shown(written(tmp_path, whole(goals=["一。", "二。", "三。"])), "01")
    assert column(sheet, "B", 9, 12) == ["一。", "二。", "三。", "一级指标"]
    assert {"A9:A11", "B9:F9", "B10:F10", "B11:F11"} <= {str(area) for area in sheet.merged_cells.ranges}


def test_the_first_page_follows_the_forms(tmp_path: Path) -> None:
    """No code; the amount by its own cell; a row that waits takes the kinds of the book."""
    path = written(tmp_path, whole(indicators=[COST, *national.INDICATORS]), whole(name="路", fiscal="9"))
    sheet, formulas = shown(path, "首页"), openpyxl.load_workbook(path)["首页"]
    assert [[cell.value for cell in row] for row in sheet["A10:F11"]] == [
        [1, "01", None, "数据中心运行", 12, "已填写"],
        [2, "02", None, "路", 12, "预算不平"],
    ]
    assert formulas["E10"].value == "=IF(ISREF('01'!$A:$B),IF('01'!D5=\"\",\"\",'01'!D5),\"\")"
    assert formulas["C12"].value is None
    assert "'03'!年度资金总额" in formulas["E12"].value
    assert "预算数" not in formulas["E12"].value


def test_both_kinds_in_a_book(tmp_path: Path) -> None:
    path = written(tmp_path, whole(), departments.whole())
    cover, summary = openpyxl.load_workbook(path)["首页"], shown(path, "部门汇总")
    assert cover["E12"].value == (
        '=IFERROR(IF(INDIRECT("\'03\'!年度资金总额")="","",INDIRECT("\'03\'!年度资金总额")),'
        'IFERROR(IF(INDIRECT("\'03\'!预算数")="","",INDIRECT("\'03\'!预算数")),""))'
    )
    assert shown(path, "首页")["E20"].value == 22
    assert [cell.value for cell in summary[17]][2:9] == ["数据中心运行", 12, 10, 2, None, None, None]
    assert [cell.value for cell in summary[18]][2:9] == ["道路养护", 10, 10, None, 0.25, 0.5, 0.75]
    found = read(path)
    assert [one.kind for one in found.projects] == [NATIONAL_TARGETS, PROJECT_TARGETS]
    assert shown(path, "空白表")["A1"].value == "项目支出绩效目标表"


def test_states_and_messages(tmp_path: Path) -> None:
    made = [whole(indicators=[COST, *national.INDICATORS]), whole(fiscal="9"), whole(goals=[])]
    made += [draft.project(kind=NATIONAL_TARGETS), whole(name=None), whole()]
    path = written(tmp_path, *made)
    states = [shown(path, f"0{number}")["H2"].value for number in range(1, 7)]
    assert states == ["已填写", "预算不平", "未填完", "未填写", "未填完", "未填完"]
    assert shown(path, "02")["H5"].value == "年度资金总额比财政拨款与上年结转与其他资金之和多 1 万元"
    sheet = openpyxl.load_workbook(path)["01"]
    assert not any("%" in str(cell.value) for cell in sheet["H"])


def test_drop_downs_names_and_page(tmp_path: Path) -> None:
    path = written(tmp_path, whole())
    xml, workbook = part(path, "xl/worksheets/sheet3.xml"), part(path, "xl/workbook.xml")
    lists = dict(re.findall(r'<dataValidation type="list"[^>]*sqref="(\w+:?\w*)"[^>]*><formula1>(.*?)</formula1>', xml))
    assert lists == {
        "C11": "二级清单_成本",
        "C12:C13": "二级清单_产出",
        "C14:C15": "二级清单_效果",
        "C16:C17": "二级清单_满意度",
    }
    assert "分值合计为 90。" in xml
    names = re.findall(r"<definedName name=\"(\w+)\" localSheetId=\"2\"", workbook)
    assert set(names) >= {"项目名称", "主管部门及代码", "实施单位", "年度资金总额", "财政拨款", "上年结转", "填报状态"}
    assert "单位资金" not in names
    assert 'fitToHeight="0"' not in xml
    assert 'paperSize="9"' in xml
    assert "'01'!$A$1:$F$18" in workbook


def test_the_summary_has_no_months_without_a_plan(tmp_path: Path) -> None:
    path = written(tmp_path, whole(), whole(name="路"))
    sheet = shown(path, "部门汇总")
    assert [cell.value for cell in sheet[3]] == [
        *("序号", "项目编码", "项目名称", "预算数", "财政资金", "其他资金"),
        *("成本", "产出", "效益", "满意度", "指标数", "状态"),
    ]
    assert [cell.value for cell in sheet[4]] == [cell.value for cell in sheet[19]]
    assert [cell.value for cell in sheet[19]] == ["合计", None, None, 24, 20, 4, 0, 2, 2, 2, 6, None]
    charts = [part(path, "xl/charts/chart1.xml")]
    assert re.findall(r"<c:v>([^<]+)</c:v>", charts[0])[0] == "预算数"
    with pytest.raises(KeyError):
        part(path, "xl/charts/chart2.xml")


def test_a_heading_that_is_the_name_is_not_said_twice(tmp_path: Path) -> None:
    made = [whole(heading="数据中心运行"), whole(heading="本级")]
    path = written(tmp_path, *made)
    assert [shown(path, sheet)["A1"].value for sheet in ("01", "02")] == [
        "项目支出绩效目标表",
        "本级\n项目支出绩效目标表",
    ]


def test_libreoffice_calculates_what_is_stored(soffice: Office, tmp_path: Path) -> None:
    made = [whole(), whole(fiscal="9"), whole(goals=[]), whole(unit_money="1", budget="13"), departments.whole()]
    path = written(tmp_path, *made)
    before = departments.values(read_book(path))
    again = departments.values(read_book(soffice.convert(path, "xlsx", tmp_path / "再存")))
    differing = {at: (typed, again.get(at)) for at, typed in before.items() if again.get(at) != typed}
    assert all(isinstance(old, float) and isinstance(new, float) for old, new in differing.values())
    assert [at for at, pair in differing.items() if pair != pytest.approx(pair[:1] * 2, abs=1e-9)] == []


INDICATORS = st.fixed_dictionaries(
    # A row with nothing but a dash is no indicator.
    {
        "level1": LEVELS,
        "level2": SECONDS,
        "level3": TEXTS.filter(lambda text: not is_placeholder(text)),
        "target": MAYBE,
    },
    optional={"weight": st.integers(1, 90).map(str)},
)
PROJECTS = st.builds(
    draft.project,
    kind=st.just(NATIONAL_TARGETS),
    name=TEXTS.filter(lambda text: not is_placeholder(text)),  # with a dash alone a form is blank
    heading=MAYBE.filter(is_heading),
    department_code=MAYBE,
    unit_name=MAYBE,
    budget=AMOUNTS,
    fiscal=AMOUNTS,
    carried_over=AMOUNTS,
    special_account=AMOUNTS,
    unit_money=AMOUNTS,
    local_money=AMOUNTS,
    other=AMOUNTS,
    goals=st.lists(TEXTS, max_size=5),
    indicators=st.lists(INDICATORS, max_size=9),
)


@pytest.mark.slow
@given(st.lists(st.one_of(PROJECTS, st.just(departments.whole())), min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_any_project_is_read_back(tmp_path: Path, projects: list[Project]) -> None:
    """Alone, and beside projects in the other form."""
    found = read(written(tmp_path, *projects)).projects
    assert [one.kind for one in found] == [one.kind for one in projects]
    assert [one.beside for one in found] == [()] * len(projects)
    said = [draft.project_content(one) for one in found]
    assert said == [draft.project_content(as_shown(one)) for one in projects]


def as_shown(project: Project) -> Project:
    """The project with the heading that its form shows."""
    if project.kind is PROJECT_TARGETS:
        return replace(project, heading=draft.text(project.heading.value or project.name.value))
    return replace(project, heading=draft.text(shown_heading(project)))


def test_nothing_is_compared_while_an_amount_is_a_text(tmp_path: Path) -> None:
    """120万元 that a person typed is a text, and the sheet's sum passes over it."""
    odd = draft.project(kind=NATIONAL_TARGETS, name="乙", budget="一百二十万元")
    for made, said in ([whole()], [88, "在控制数内", None]), ([whole(), odd], [None, "先改正再比较", NOT_COUNTED]):
        department = draft.department(name="甲局", year=2023, ceiling=100, projects=made)
        write_department(tmp_path / "部门.xlsx", department, MOF, kind=NATIONAL_TARGETS)
        sheet = shown(tmp_path / "部门.xlsx", "首页")
        assert [sheet[cell].value or None for cell in ("E21", "F21", "A22")] == said


NOT_COUNTED = "有 1 张表的预算数不是数字，没有计入合计。"


def test_without_a_code_there_is_no_column_for_it(tmp_path: Path) -> None:
    for made, hidden in ((whole(),), True), ((whole(), departments.whole()), False):
        book = openpyxl.load_workbook(written(tmp_path, *made))
        assert book["首页"].column_dimensions["C"].hidden is hidden
        assert [cell.value for cell in book["首页"][9]][2:4] == ["项目编码", "项目名称"]
        assert book["部门汇总"].column_dimensions["B"].hidden is hidden


def test_the_help_speaks_of_the_forms_of_the_book(tmp_path: Path) -> None:
    help_of = {}
    for kind in (NATIONAL_TARGETS, PROJECT_TARGETS):
        write_department(tmp_path / "部门.xlsm", draft.department(), MOF, kind=kind, macros=True)
        sheet = openpyxl.load_workbook(tmp_path / "部门.xlsm")["说明"]
        help_of[kind.name] = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(max_col=2)}
    national, hebei = help_of["national_targets"], help_of["project_targets"]
    assert "资金支出计划" in hebei.keys() - national.keys()
    assert "年度总体目标" in national.keys() - hebei.keys()
    assert not any(word in text for word in ("进度", "“项目绩效目标表”", "产出、效果") for text in national.values())
    assert "“项目支出绩效目标表”已经印好，年度取自首页" in national["标题"]
    assert "自动带出项目名称" in hebei["标题"]


def test_drop_downs_offer_what_checking_allows(tmp_path: Path) -> None:
    """Nobody asked for the ministry's profile: the form prints its second levels, and others may be chosen."""
    profile = profiles.for_form("national_targets")
    write_department(tmp_path / "部门.xlsx", draft.department(), profile, kind=NATIONAL_TARGETS)
    lists = openpyxl.load_workbook(tmp_path / "部门.xlsx")["字典"]
    offered = {column[0]: [one for one in column[1:] if one] for column in lists.iter_cols(values_only=True)}
    assert offered["产出指标"] == [
        *("数量指标", "质量指标", "时效指标", "成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标")
    ]
    assert offered["成本指标"] == ["经济成本指标", "社会成本指标", "生态环境成本指标"]
    sheet = shown(tmp_path / "部门.xlsx", "空白表")
    assert column(sheet, "C", 11, 18) == [
        *("经济成本指标", "社会成本指标", "生态环境成本指标"),
        *("数量指标", "数量指标", "质量指标", "质量指标", "时效指标"),
    ]
    assert [sheet[cell].value for cell in ("B11", "B14", "B19", "B23", "F10", "F5")] == [
        *("成本指标", "产出指标", "效益指标", "满意度指标", "分值", "10")
    ]


def test_cost_under_output_leaves_no_row_for_cost(tmp_path: Path) -> None:
    profile = profiles.for_form("national_targets")
    cost = {"level1": "产出指标", "level2": "经济成本指标", "level3": "单价", "target": "≤1万元/台"}
    rows = [*national.INDICATORS[:1], cost, *national.INDICATORS[1:]]
    made = draft.department(name="甲局", year=2023, projects=[whole(indicators=rows), whole()])
    write_department(tmp_path / "部门.xlsx", made, profile, kind=NATIONAL_TARGETS)
    levels = [[one for one in column(shown(tmp_path / "部门.xlsx", name), "B", 11, 25) if one] for name in ("01", "02")]
    assert levels == [["产出指标", "效益指标", "满意度指标"], ["成本指标", "产出指标", "效益指标", "满意度指标"]]


def test_amounts_do_not_repeat_the_unit_that_their_part_states(tmp_path: Path) -> None:
    path = written(tmp_path, whole(), departments.whole())
    book = openpyxl.load_workbook(path)
    assert [book["01"]["D5"].number_format, book["02"]["C3"].number_format] == ["General", 'General"万元"']


def test_a_long_goal_shows_from_its_first_line(tmp_path: Path) -> None:
    """As high as Excel lets a row be; more than that is said beside it."""
    goals = [f"目标{number}：{'完成数据汇交工作。' * 10}\n" * lines for number, lines in ((1, 1), (2, 7), (3, 14))]
    path = written(tmp_path, *(whole(goals=[goal]) for goal in goals))
    sheets = [shown(path, f"0{number}") for number in (1, 2, 3)]
    assert [sheet["B9"].alignment.vertical for sheet in sheets] == ["top"] * 3
    heights = [sheet.row_dimensions[9].height for sheet in sheets]
    assert heights[0] == 96
    assert heights[1] == pytest.approx(21 * 15.5 + 9, abs=0.5)
    assert 408 < heights[2] <= 409
    assert [sheet["H9"].value for sheet in sheets] == [None, None, "文字超过一格能打印的长度，可能打印不全，请精简"]
