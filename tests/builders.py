"""One good project, as data: forms of cells, projects, departments and workbooks are made from it.

No rule finds anything in it. What shall be otherwise is given by the keys of `GOOD`; whoever changes the name or the
budget gets a project that is still good: texts, code, sources and cost follow, unless they are given too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department

Rows = list[list[Scalar]]

INDICATOR_KEYS: Final = ("level1", "level2", "level3", "description", "target", "basis")
INDICATORS: Final = (
    ("产出指标", "数量指标", "养护里程", "年内养护的道路里程", "≥78公里", "工作计划"),
    ("产出指标", "质量指标", "验收合格率", "验收合格的路段所占比率", "≥95%", "行业标准"),
    ("产出指标", "时效指标", "完成时限", "完成全部养护的时间", "2023年12月底前", "工作计划"),
    ("产出指标", "成本指标", "项目总成本", "全部养护支出", "=100万元", "合同约定"),
    ("效果指标", "社会效益指标", "是否方便出行", "沿线群众出行条件是否改善", "是", "工作计划"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "受访群众中满意的比率", "≥90%", "历史数据"),
)
GOOD: Final[Mapping[str, Any]] = {
    "heading": "村级道路养护",
    "code": "13020123450001",
    "name": "村级道路养护",
    "budget": 100.0,
    "fiscal": 100.0,
    "other": "",
    "purpose": "资金主要用于村级道路日常养护。",
    "percents": [0.25, 0.5, 0.75, 1.0],
    "goals": ["养护村级道路，方便群众出行。", "减少道路病害。"],
    "indicators": [dict(zip(INDICATOR_KEYS, row, strict=True)) for row in INDICATORS],
}
"""What is typed into its form, by the keys of `draft.project`; amounts in 万元, shares of the budget."""
MONTHS: Final = (3, 6, 10, 12)
COVER: Final[Mapping[str, Any]] = {
    "name": "测试街道办事处",
    "year": 2023,
    "contact": "张三",
    "phone": "0315-0001234",
}
"""What is typed on 首页, by the keys of `draft.department`."""


def indicator(level1: str = "产出指标", level2: str = "数量指标", **changes: Scalar) -> dict[str, Scalar]:
    """One row of the indicator table."""
    own = {"level3": "人数", "description": "领取的人数", "target": "=78人", "basis": "上级政策"}
    return {"level1": level1, "level2": level2, **own, **changes}


def facts(**changes: Any) -> dict[str, Any]:
    """What is typed into the form of the good project with these changes."""
    return {**GOOD, **_following(changes), **changes}


def _following(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What else a change of the name or the budget changes."""
    follows: dict[str, Any] = {}
    if name := changes.get("name"):
        follows |= {
            "heading": name,
            "code": f"1302{crc32(repr(name).encode()):012d}",
            "purpose": f"资金主要用于{name}。",
            "goals": [f"完成{name}。"],
        }
    if (budget := changes.get("budget")) is not None:
        rows = [{**row, "target": f"={budget}万元"} if "成本" in row["level2"] else row for row in GOOD["indicators"]]
        follows |= {"fiscal": budget, "indicators": rows}
    return follows


# --- the form on a sheet -------------------------------------------------------------------------------------------

FIELDS: Final[Mapping[str, tuple[int, int]]] = {
    "code": (1, 1),
    "name": (1, 4),
    "budget": (2, 2),
    "fiscal": (2, 4),
    "other": (2, 6),
    "purpose": (3, 1),
}
"""Where the values of the fields stand in `form`: row and column from 0."""
PERCENTS: Final = ((5, 1), (5, 2), (5, 3), (5, 5))
FIRST_GOAL: Final = (6, 2)
WIDTH: Final = 7


def form(*, months: Sequence[int] = MONTHS, **changes: Any) -> Rows:
    """The form as rows of cells, as it is printed; a first level stands on the first of its rows."""
    it = facts(**changes)
    places = [column for _, column in PERCENTS[: len(months)]]
    plan = {column: f"{month}月底" for column, month in zip(places, months, strict=True)}
    rows: list[dict[int, Scalar]] = [
        {0: f"{it['heading']}\n项目绩效目标表"},
        {0: "项目编码", 1: it["code"], 3: "项目名称", 4: it["name"]},
        {
            0: "预算规模及资金用途",
            1: "预算数",
            2: it["budget"],
            3: "其中：财政资金",
            4: it["fiscal"],
            5: "其他资金",
            6: it["other"],
        },
        {1: it["purpose"]},
        {0: "资金支出计划（%）", **plan},
        dict(zip(places, it["percents"], strict=True)),
        *({1: f"目标{number}", 2: goal} for number, goal in enumerate(it["goals"], 1)),
        dict(
            zip(
                (0, 1, 2, 3, 5, 6),
                ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
                strict=True,
            )
        ),
    ]
    if it["goals"]:
        rows[FIRST_GOAL[0]][0] = "绩效目标"
    above = None
    for row in it["indicators"]:
        texts = [row.get(key, "") for key in INDICATOR_KEYS]
        rows.append(dict(zip((0, 1, 2, 3, 5, 6), ["" if texts[0] == above else texts[0], *texts[1:]], strict=True)))
        above = texts[0]
    return [["" if (typed := row.get(at)) is None else typed for at in range(WIDTH)] for row in rows]


def national_form(name: str = "村级道路养护") -> Rows:
    """The good project in the ministry's form as rows of cells; C4 is its budget, F9 its first weight."""
    return [
        ["项目支出绩效目标表", "", "", "", "", ""],
        ["项目名称", name, "", "", "", ""],
        ["主管部门及代码", "[173]测试街道办事处", "", "实施单位", "测试街道办事处", ""],
        ["项目资金\n（万元）", "年度资金总额：", 100.0, "", "", ""],
        ["", "  其中：财政拨款", 80.0, "", "", ""],
        ["", "        其他资金", 20.0, "", "", ""],
        ["年度总体目标", "养护村级道路，方便群众出行。", "", "", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["", "产出指标", "数量指标", "养护里程", "≥78公里", 30.0],
        ["", "", "质量指标", "验收合格率", "≥95%", 20.0],
        ["", "效益指标", "社会效益指标", "方便群众出行", "是", 30.0],
        ["", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", 10.0],
    ]


EVALUATED: Final = (
    ("80公里", 12.5, 12.5),
    ("96%", 12.5, 12.5),
    ("2023-12-20", 12.5, 12.5),
    ("98万元", 12.5, 12.5),
    ("是", 30.0, 30.0),
    ("92%", 10.0, 10.0),
)
"""What was reached of the good project's indicators: 实际完成值, 分值, 得分."""


def evaluation_form(name: str = "村级道路养护") -> Rows:
    """The good project's self-evaluation: E6 is its budget, F6 its outturn, F12 the first 实际完成值."""
    money: Rows = [
        ["", "其中：财政拨款", "", 100.0, 100.0, 98.0, "-", "", "-"],
        ["", "其他资金", *[""] * 7],
    ]
    rows: Rows = [
        ["项目支出绩效自评表", *[""] * 8],
        ["（2023年度）", *[""] * 8],
        ["项目名称", name, *[""] * 7],
        ["主管部门", "测试街道办事处", "", "", "实施单位", "测试街道办事处", "", "", ""],
        ["项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "年度资金总额", "", 100.0, 100.0, 98.0, 10.0, "98.00%", 9.8],
        *money,
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", "", ""],
        ["", "养护村级道路，方便群众出行。", "", "", "", "养护道路80公里，群众出行方便。", "", "", ""],
        [
            *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        ],
    ]
    for (level1, level2, level3, _, target, _), (actual, weight, score) in zip(INDICATORS, EVALUATED, strict=True):
        rows.append(["", level1, level2, level3, target, actual, weight, score, ""])
    rows.append(["总分", *[""] * 5, 100.0, 99.8, ""])
    return rows


MONITORED: Final = (
    ("40公里", "80公里"),
    ("", "96%"),
    ("", "2023-12-20"),
    ("48万元", "100万元"),
    ("", "是"),
    ("", "92%"),
)
"""What was reached of the good project's indicators by June: 执行情况, 全年预计完成情况."""


def monitoring_form(month: int = 6, name: str = "村级道路养护") -> Rows:
    """The good project's monitoring: F6 is its outturn, F12 the first 执行情况, M12 its 原因说明, N12 确定能."""

    outturn = 8.0 * month

    def wide(*cells: Scalar) -> list[Scalar]:
        return [*cells, *[""] * (16 - len(cells))]

    rows: Rows = [
        wide("项目支出绩效目标执行监控表"),
        wide(f"（2023年度 1—{month}月）"),
        wide("项目名称", name),
        wide("主管部门及代码", "[173]测试街道办事处", "", "", "实施单位", "测试街道办事处"),
        wide(
            *("项目资金（万元）", "", "", "年初预算数", "调整后预算数"),
            *(f"1-{month}月执行数", f"1-{month}月执行率", "全年预计执行数"),
        ),
        wide("", "年度资金总额", "", 100.0, "", outturn, "", 100.0),
        wide("", "其中：财政拨款", "", 100.0, "", outturn, "", 100.0),
        wide("", "其他资金"),
        wide("年度总体目标", "养护村级道路，方便群众出行。"),
        wide(
            *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"),
            *(f"1-{month}月执行情况", "全年预计完成情况", "偏差原因分析", *[""] * 5, "完成目标可能性"),
        ),
        wide(
            *[""] * 7,
            *("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明", "确定能", "有可能", "完全不可能"),
        ),
    ]
    for (level1, level2, level3, _, target, _), (reached, expected) in zip(INDICATORS, MONITORED, strict=True):
        rows.append(wide("", level1, level2, level3, target, reached, expected, *[""] * 6, "√"))
    return [*rows, wide("整改要求和建议", ""), wide("填报人", "张三", "审核人", "李四", "填报日期", "2023-07-10")]


def tasks_form() -> Rows:
    """任务分解 of the good project, as of 30 June 2023: its tasks stand in rows 4 and 5, I is 完成时限."""
    months = [f"{month}月" for month in range(1, 13)]
    rows: Rows = [
        ["2023年任务分解表"],
        ["填报单位：测试街道办事处    填报日期：2023年6月30日"],
        [
            *("序号", "项目\n（或分项目标）", "工作任务", "工作标准\n/年度目标", "分管领导", "责任科室", "责任人"),
            *("启动时间", "完成时限", *months, "完成情况", "完成日期", "进度%", "状态", "备注"),
        ],
        [
            *("1", "村级道路养护", "春季养护", "40公里", "王某", "建设科", "张某", "2023-03-01", "2023年5月底前"),
            *("", "", "", "摸底", "施工", *[""] * 7, "全部养护", "2023-05-20"),
            100.0,
            *("已完成", ""),
        ],
        [
            *("2", "村级道路养护", "秋季养护", "40公里", "王某", "建设科", "李某", "9月", "12月底前"),
            *([""] * 14),
            0.0,
            *("未开始", ""),
        ],
    ]
    return [[*row, *[""] * (26 - len(row))] for row in rows]


def supervision_form() -> Rows:
    """监督记录 of the good project: row 4 is its first line, F 处理决定, G 责任人."""
    rows: Rows = [
        ["2023年绩效监督记录"],
        ["填报单位：测试街道办事处"],
        [
            *("序号", "日期", "类型", "项目", "发现的问题", "处理决定", "责任人", "整改期限", "整改结果", "佐证"),
            "来源",
        ],
        [
            *("1", "2023-06-12", "绩效运行", "村级道路养护", "春季养护晚了一周", "补报情况说明", "张某"),
            *("2023-06-30", "已补报", "", "手工"),
        ],
    ]
    return [[*row, *[""] * (11 - len(row))] for row in rows]


def cover() -> Rows:
    """首页 as rows of cells: name and year."""
    return [["部门名称", COVER["name"], "预算年度", float(COVER["year"])]]


def projects_in(rows: Rows, merges: tuple[Area, ...] = (), sheet: str = "01") -> list[Project]:
    """What is read from a sheet with these cells."""
    return list(read_department(Book("本", [Grid(sheet, rows, merges)])).projects)


def project_in(rows: Rows, merges: tuple[Area, ...] = (), sheet: str = "01") -> Project:
    """The one project that is read from a sheet with these cells."""
    (found,) = projects_in(rows, merges, sheet)
    return found


# --- model and workbook --------------------------------------------------------------------------------------------


def project(*, months: Sequence[int] = MONTHS, **changes: Any) -> Project:
    """The project, without a sheet: it is still to be written."""
    it = facts(**changes)
    percents = it.pop("percents")
    return replace(draft.project(**it), plan=draft.plan(percents, months))


def department(*projects: Project, **changes: Any) -> Department:
    """A department with these projects."""
    return draft.department(**{**COVER, **changes}, projects=projects)


def write(path: Path, department: Department, profile: str = "hebei-2023") -> Path:
    """The department's workbook, as `xl-perf new` writes it."""
    from xl_perf.profiles import load
    from xl_perf.written.template import write_department

    write_department(path, department, load(profile))
    return path
