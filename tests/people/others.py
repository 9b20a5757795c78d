"""Notes, and tables of other kinds among the forms."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from tests.people.books import MONEY, UNITS, Draft, Form, Sheet, Value
from tests.people.changes import NOTES, register
from tests.people.filling import number

Rows = Iterable[Sequence[Value]]


def add_sheet(draft: Draft, name: str, rows: Rows, first: bool = False) -> bool:
    if any(sheet.name == name for sheet in draft.sheets):
        return False
    sheet = Sheet(name)
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.put(row, column, value)
    draft.sheets.insert(0 if first else len(draft.sheets), sheet)
    return True


def cover(draft: Draft, _form: Form) -> bool:
    rows: Rows = [["2024年度部门预算项目绩效目标"], [], ["填报单位：某市某区某局"], ["填报日期：2024年1月5日"]]
    return add_sheet(draft, "封面", rows, first=True)


def contents(draft: Draft, _form: Form) -> bool:
    listed: Rows = [[which, form.name, form.sheet.name] for which, form in enumerate(draft.forms, 1)]
    return add_sheet(draft, "目录", [["项目绩效目标表目录"], ["序号", "项目名称", "工作表"], *listed], first=True)


def explanation(draft: Draft, _form: Form) -> bool:
    lines = (
        "填表说明",
        "一、项目名称：填写预算批复中的全称。",
        "二、预算数：填写年度资金总额，其中：财政资金、其他资金分别填写，单位为万元。",
        "三、绩效目标：目标1、目标2依次填写。",
        "四、一级指标、二级指标按规定填写，三级指标、指标值由单位确定。",
        "五、例：预算数161.93万元。",
    )
    return add_sheet(draft, "说明", [[line] for line in lines])


def summary(draft: Draft, _form: Form, unit: str, title: str, code: bool = False) -> bool:
    """All projects with their amounts and a total: not one more project."""
    heads = ["序号", *(["项目编码"] if code else []), "项目名称", "预算数", "其中：财政资金", "其他资金", "备注"]
    rows: list[Sequence[Value]] = [[title], [*[None] * 5, f"单位：{unit}"], heads]
    sums = dict.fromkeys(MONEY, Decimal(0))
    for which, form in enumerate(draft.forms, 1):
        amounts = {role: form.amount(role) or Decimal(0) for role in MONEY}
        sums = {role: sums[role] + amounts[role] for role in MONEY}
        own = [number(amounts[role] * UNITS[unit]) for role in MONEY]
        rows.append([which, *([form.code] if code else []), form.name, *own])
    rows.append(["合计", *([None] if code else []), None, *(number(sums[role] * UNITS[unit]) for role in MONEY)])
    return add_sheet(draft, "汇总", rows, first=draft.rng.random() < 0.5)


def scratch(draft: Draft, form: Form) -> bool:
    """Somebody's arithmetic."""
    return add_sheet(
        draft, "Sheet1", [["测算"], ["人员", 12, 3.5, 42], ["材料", 8, 1.2, 9.6], [None, None, None, 51.6]]
    )


LEVEL_ROWS: Final = (
    ("产出指标", "数量指标", "完成任务数量", "≥12次", "12次", 30, 30),
    ("产出指标", "质量指标", "验收合格率", "≥98%", "99%", 20, 20),
    ("效益指标", "社会效益指标", "便利程度提高率", "≥85%", "86%", 30, 30),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "92%", 10, 10),
)


def evaluation(draft: Draft, form: Form) -> bool:
    budget, fiscal, other = (number(form.amount(role) or Decimal(0)) for role in MONEY)
    rows: Rows = [
        ["项目支出绩效自评表"],
        ["（2023年度）"],
        ["项目名称", form.name],
        ["主管部门", "某局", None, None, "实施单位", "某站"],
        ["项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [None, "年度资金总额：", budget, budget, budget, 10, "100%", 10],
        [None, "其中：财政拨款", fiscal, fiscal, fiscal],
        [None, "其他资金", other, other, other],
        ["年度总体目标", "预期目标", None, None, "实际完成情况"],
        [None, "按计划完成各项工作。", None, None, "已完成。"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"],
        *([None, *row] for row in LEVEL_ROWS),
        ["总分", None, None, None, None, None, 100, 100],
    ]
    return add_sheet(draft, "自评表", rows)


def monitoring(draft: Draft, form: Form) -> bool:
    budget, fiscal, other = (number(form.amount(role) or Decimal(0)) for role in MONEY)
    rows: Rows = [
        ["项目支出绩效目标执行监控表"],
        ["（2024年度）"],
        ["项目名称", None, form.name],
        ["主管部门及代码", None, "[201]某局", None, "实施单位", None, "某站"],
        ["项目资金（万元）", None, None, None, "年初预算数", "1-7月执行数", "1-7月执行率", "全年预计执行数"],
        [None, None, "年度资金总额：", None, budget, budget / 2, "50%", budget],
        [None, None, "其中：本年一般公共预算拨款", None, fiscal, fiscal / 2, "50%", fiscal],
        [None, None, "其他资金", None, other, 0, None, other],
        ["年度总体目标", None, "按计划完成各项工作。"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况", "备注"],
        *([None, *row[:4], "按计划", row[4]] for row in LEVEL_ROWS),
    ]
    return add_sheet(draft, "监控表", rows)


def department(draft: Draft, _form: Form) -> bool:
    """The department's own goals; its amounts are the projects' sums again."""
    sums = [number(sum((form.amount(role) or Decimal(0) for form in draft.forms), Decimal(0))) for role in MONEY]
    tasks = [[None, form.name, "按计划完成。", number(form.budget), number(form.fiscal)] for form in draft.forms]
    rows: Rows = [
        ["部门整体绩效目标表"],
        [None, None, None, None, None, "单位：万元"],
        ["部门（单位）名称", "某市某区某局"],
        ["年度主要任务", "任务名称", "主要内容", "预算金额"],
        [None, None, None, "总额", "财政拨款", "其他资金"],
        *tasks,
        [None, "金额合计", None, *sums],
        ["年度总体目标", "目标1：保障机关运转。"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        *([None, *row[:4]] for row in LEVEL_ROWS),
    ]
    return add_sheet(draft, "部门整体绩效目标表", rows, first=True)


def register_notes() -> None:
    for key, apply in {
        "a cover": cover,
        "a list of contents": contents,
        "an explanation": explanation,
        "somebody's arithmetic": scratch,
        "a self-evaluation": evaluation,
        "a monitoring table": monitoring,
        "the department's goals": department,
    }.items():
        register(f"notes: {key}", apply, NOTES, key)
    titles = ("2024年度项目支出绩效目标汇总表", "项目汇总", "项目绩效目标表（汇总）")
    for title in titles:
        register(f"notes: summary, {title}", partial(summary, unit="万元", title=title), NOTES, "summary")
    register("notes: summary in 元", partial(summary, unit="元", title=titles[0]), NOTES, "summary")
    register("notes: summary with codes", partial(summary, unit="万元", title=titles[1], code=True), NOTES, "summary")
