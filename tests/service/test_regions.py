"""Forms of three regions that no shipped kind knows, made readable by a TOML file beside them, without code."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import openpyxl
import pytest

from tests.command_line import Runner, run
from tests.samples import below
from xl_perf import check, read
from xl_perf.core.cells.values import plain
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.profiles import load
from xl_perf.service.making import new_workbook

__all__ = ["run"]  # the fixture

Rows = list[list[object]]


class Region(NamedTuple):
    """A form as it is printed there, what its profile says, and what then is read."""

    rows: Rows
    profile: str
    wanted: Mapping[str, Any]


CITY: Final = Region(
    [
        ["道路养护项目绩效目标表"],
        ["项目编码", "13020123450001", "", "项目名称", "道路养护"],
        ["经费安排", "年初安排数", 1573500.5, "市级安排", 1500000, "自筹部分", 73500.5],
        ["", "资金主要用于道路日常养护。"],
        ["用款计划", "上半年", "", "全年"],
        ["", "40%", "", "100%"],
        ["预期成效", "目标1", "养护道路，方便群众出行。"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "责任单位", "指标值确定依据"],
        ["产出指标", "数量指标", "养护里程", "年内养护的里程", "≥78公里", "养护科", "工作计划"],
        ["", "质量指标", "验收合格率", "合格路段的比率", "≥95%", "养护科", "行业标准"],
        ["", "时效指标", "完成时限", "完成全部养护的时间", "2024年12月底前", "养护科", "工作计划"],
        ["", "成本指标", "项目总成本", "全部养护支出", "157.35005万元", "财务科", "合同约定"],
        ["效果指标", "社会效益指标", "是否方便出行", "出行条件是否改善", "是", "养护科", "工作计划"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "满意的比率", "≥90%", "养护科", "历史数据"],
        ["评审意见", "", "同意安排", "预算科", "2024年3月"],
        ["", "", "补充", "请按季报告", "是"],
    ],
    """
checkpoints = [6, 12]
pace = ["40", "100"]
[form.project_targets]
unit = "元"
columns = ["责任单位"]
stop_words = ["评审意见"]
[form.project_targets.words]
"预算规模及资金用途" = ["经费安排"]
"预算数" = ["年初安排数"]
fiscal = ["市级安排"]
"其他资金" = ["自筹部分"]
plan_part = ["用款计划"]
"绩效目标" = ["预期成效"]
[form.project_targets.month_words]
"上半年" = 6
"全年" = 12
""",
    {
        "form": "project_targets",
        "name": "道路养护",
        "amounts": {"预算数": "157.35005", "财政资金": "150", "其他资金": "7.35005"},
        "plan": {6: 40, 12: 100},
        "goals": ["养护道路，方便群众出行。"],
        "indicators": 6,
        "first": ("产出", "数量", "养护里程", "≥78公里", "工作计划"),
    },
)
PROVINCE: Final = Region(
    [
        ["某省项目支出绩效目标表"],
        ["项目名称", "科学数据服务"],
        ["资金盘子", "本年安排", 12345.67, "", ""],
        ["", "预算内安排", 10000, "", ""],
        ["", "统筹安排", 2345.67, "", ""],
        ["全年任务", "保障在线服务全年稳定。"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "目标要求", "评分标准", "分值"],
        ["", "产出指标（60分）", "数量指标", "新增数据集", "≥35个", "每少一个扣1分", 40],
        ["", "", "质量指标", "数据完整率", "≥98%", "每低1%扣1分", 20],
        ["", "效益指标（30分）", "社会效益指标", "支撑项目数", "≥20项", "每少一项扣1分", 30],
        ["", "满意度指标（10分）", "服务对象满意度指标", "用户满意度", "≥90%", "每低1%扣1分", 10],
    ],
    """
base = "mof-2021"
[[branch]]
name = "产出"
label = "产出指标"
second = ["数量", "质量", "时效", "成本"]
required = ["数量", "质量"]
[[branch]]
name = "效果"
label = "效益指标"
second = ["社会效益", "经济效益"]
[[branch]]
name = "满意度"
label = "满意度指标"
second = ["服务对象满意度"]
[[branch]]
name = "成本"
label = "成本指标"
second = ["经济成本"]
optional = true
[weights]
total = "100"
shares = { "产出" = "60", "效果" = "30", "满意度" = "10", "成本" = "0" }
[form.national_targets]
unit = "千元"
level_points = true
columns = ["评分标准"]
[form.national_targets.words]
money_part = ["资金盘子"]
"年度资金总额" = ["本年安排"]
"其中：财政拨款" = ["预算内安排"]
"其他资金" = ["统筹安排"]
"年度总体目标" = ["全年任务"]
"指标值" = ["目标要求"]
""",
    {
        "form": "national_targets",
        "name": "科学数据服务",
        "amounts": {"年度资金总额": "1234.567", "财政拨款": "1000", "其他资金": "234.567"},
        "plan": {},
        "goals": ["保障在线服务全年稳定。"],
        "indicators": 4,
        "first": ("产出", "数量", "新增数据集", "≥35个", None),
    },
)
COUNTY: Final = Region(
    [
        ["项目绩效目标表"],
        ["项目名称", "河道清淤"],
        ["核定额度", "8.5"],
        ["要干成什么", "完成河道清淤。"],
        ["一级指标", "二级指标", "考核事项", "牵头科室", "考核标准"],
        ["产出指标", "数量指标", "清淤长度", "水务科", "≥12公里"],
        ["产出类小结", "", "共一项", "水务科", "合格"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "水务科", "≥90%"],
    ],
    """
[[branch]]
name = "产出"
label = "产出指标"
second = ["数量", "质量", "时效", "成本"]
[[branch]]
name = "效果"
label = "效果指标"
second = ["社会效益"]
optional = true
[[branch]]
name = "满意度"
label = "满意度指标"
second = ["服务对象满意度"]
[form.project_targets]
required = ["项目名称", "核定额度", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
columns = ["牵头科室"]
stop_words = ["产出类小结"]
checkpoints = []
[form.project_targets.words]
"预算数" = ["核定额度"]
"绩效目标" = ["要干成什么"]
"三级指标" = ["考核事项"]
"指标值" = ["考核标准"]
""",
    {
        "form": "project_targets",
        "name": "河道清淤",
        "amounts": {"预算数": "8.5"},
        "plan": {},
        "goals": ["完成河道清淤。"],
        "indicators": 2,
        "first": ("产出", "数量", "清淤长度", "≥12公里", None),
    },
)
REGIONS: Final = {"city": CITY, "province": PROVINCE, "county": COUNTY}


def workbook(folder: Path, region: Region, name: str = "表.xlsx") -> Path:
    """The form as an office mails it."""
    folder.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.create_sheet("项目", 0)
    for row in region.rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def with_profile(folder: Path, region: Region) -> Path:
    """The form, and its profile beside it."""
    text = region.profile if "base =" in region.profile else f'base = "hebei-2023"\n{region.profile}'
    path = workbook(folder, region)
    (folder / "口径.toml").write_text(text, "utf-8")
    return path


def said(project: Project) -> dict[str, Any]:
    """What was read of the form."""
    row = project.indicators[0]
    return {
        "form": project.kind.name,
        "name": project.name.value,
        "amounts": {name: plain(entry.value) for name, entry in project.amounts if entry.value is not None},
        "plan": {point.month: point.percent.value for point in project.plan},
        "goals": [goal.value for goal in project.goals],
        "indicators": len(project.indicators),
        "first": (row.level1.value, row.level2.value, row.level3.value, row.target.text, row.basis.value),
    }


@pytest.mark.parametrize("name", REGIONS)
def test_unknown_without_the_profile(name: str, tmp_path: Path) -> None:
    """Its money is not read, and that is said as an error."""
    department = read(workbook(tmp_path, REGIONS[name]))
    assert all(project.budget.value is None for project in department.projects)
    assert {one.code for one in check(department) if one.severity == "error"} & {"S102", "S108"}


@pytest.mark.parametrize("name", REGIONS)
def test_read_rightly_with_the_profile_beside_it(name: str, tmp_path: Path) -> None:
    """Exact amounts in 万元, plan, goals, indicators; and no rule finds anything but the unit that was converted."""
    path = with_profile(tmp_path, REGIONS[name])
    department = read(path)
    (project,) = department.projects
    assert said(project) == REGIONS[name].wanted
    assert [one.code for one in check(department) if one.code != "B307"] == []


@pytest.mark.parametrize("name", REGIONS)
def test_the_profile_may_be_given(name: str, tmp_path: Path) -> None:
    with_profile(tmp_path / "口径", REGIONS[name])
    profile = tmp_path / "口径" / "口径.toml"
    path = workbook(tmp_path, REGIONS[name])
    for given in (str(profile), load(str(profile))):
        (project,) = read(path, given).projects
        assert said(project) == REGIONS[name].wanted


def test_the_unit_of_a_profile_is_said(tmp_path: Path) -> None:
    department = read(with_profile(tmp_path, CITY))
    (finding,) = (one for one in check(department) if one.code == "B307")
    assert finding.message == "金额单位是“元”（见口径），已换算成万元，预算数 1573500.5 读作 157.35005 万元"


def test_a_unit_that_the_form_states_goes_before_that_of_the_profile(tmp_path: Path) -> None:
    rows = [list(row) for row in CITY.rows]
    rows.insert(1, ["单位：万元"])
    rows[3][2], rows[3][4], rows[3][6] = 157.35, 150, 7.35
    (project,) = read(with_profile(tmp_path, CITY._replace(rows=rows))).projects
    assert project.budget.value == Decimal("157.35")


def test_points_that_differ_from_the_weights(tmp_path: Path) -> None:
    rows = [list(row) for row in PROVINCE.rows]
    rows[7][1] = "产出指标（50分）"
    found = check(read(with_profile(tmp_path, PROVINCE._replace(rows=rows))))
    said = [(one.code, one.cell, one.difference) for one in found if one.code != "B307"]
    assert said == [("I517", "B8", "-10")]


def test_what_a_region_does_not_demand_may_be_missing(tmp_path: Path) -> None:
    """A blank basis or code is nothing to it; a missing total is, whatever is switched off."""
    county = COUNTY._replace(
        rows=[["核定"] if row[0] == "核定额度" else row for row in COUNTY.rows],
        profile=f'{COUNTY.profile}[rules.S102]\noff = "不查"\n[rules.B301]\nseverity = "hint"\n',
    )
    department = read(with_profile(tmp_path, county))
    assert [(one.code, one.field, one.severity) for one in check(department)] == [("S102", "预算数", "error")]


def test_a_blank_total_stays_an_error(tmp_path: Path) -> None:
    rows: Rows = [[row[0], ""] if row[0] == "核定额度" else row for row in COUNTY.rows]
    county = COUNTY._replace(rows=rows, profile=f'{COUNTY.profile}[rules.B301]\noff = "不查"\n')
    department = read(with_profile(tmp_path, county))
    assert [(one.code, one.severity) for one in check(department)] == [("B301", "error")]


def test_on_the_command_line(run: Runner, tmp_path: Path) -> None:
    """Check, consolidate and new: each region's book by its own profile, in one total."""
    for name, region in REGIONS.items():
        with_profile(tmp_path / name, region)
    status, out, _ = run("check", *REGIONS, "--json")
    document = json.loads(out)
    assert [book["profile"] for book in document["books"]] == [f"{name}/口径.toml" for name in REGIONS]
    assert (status, document["totals"]["budget"], document["totals"]["incomplete"]) == (0, "1400.41705", [])
    status, out, _ = run("consolidate", *REGIONS, "-o", "汇总.xlsx")
    assert status == 0
    assert "1400.41705" in out
    assert below(Path("汇总.xlsx"), "汇总", "口径") == [f"{name}/口径.toml" for name in REGIONS]


def test_new_takes_forms_of_a_region_over(tmp_path: Path) -> None:
    """Converted to 万元; nothing of a known column is left over; read again with the profile, it is the same."""
    path = with_profile(tmp_path, CITY)
    out = tmp_path / "新.xlsx"
    made = new_workbook(str(out), [str(path)], "某局", 2024, load(str(tmp_path / "口径.toml")))
    assert (made.taken[0].projects, made.taken[0].indicators) == (1, 6)
    assert not any("养护科" in note for note in made.notes)
    (project,) = read(out).projects
    assert said(project)["amounts"] == CITY.wanted["amounts"]
    assert said(project)["goals"] == CITY.wanted["goals"]


def test_publishing_a_book_of_a_region(run: Runner, tmp_path: Path) -> None:
    from docx import Document

    with_profile(tmp_path, CITY)
    status, _, err = run("publish", "表.xlsx", "-o", "文本.docx")
    assert (status, err) == (0, "")
    texts = [cell.text for table in Document("文本.docx").tables for row in table.rows for cell in row.cells]
    assert "157.35005" in texts
    assert "养护里程" in texts


def test_profiles_name_the_kind_of_new_workbooks() -> None:
    kinds: dict[str, Profile] = {name: load(name) for name in ("hebei-2023", "mof-2021")}
    assert {name: one.first_kind.name for name, one in kinds.items()} == {
        "hebei-2023": "project_targets",
        "mof-2021": "national_targets",
    }
