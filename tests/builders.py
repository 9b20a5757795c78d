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
