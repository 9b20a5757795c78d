"""What a form shows by itself, without macros: its state, live messages, colours, drop-downs and input messages."""

from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.layout import COLUMNS, Layout
from xl_perf.core.forms.project_targets import WEIGHT
from xl_perf.core.profile import Profile
from xl_perf.sheets.cells import absolute, span
from xl_perf.sheets.form_content import EMPTY, FILLED, PLAN_WRONG, TOLERANCE, UNBALANCED, UNFINISHED
from xl_perf.sheets.looks import FINE_PERCENT
from xl_perf.written.lists_sheet import BASIS_LIST, second_list
from xl_perf.written.styles import Styles


class Cells:
    """The form's cells as formulas name them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        heads = ("code", "name", "total", "fiscal", "other", "purpose")
        self.code, self.name, self.total, self.fiscal, self.other, self.purpose = (
            absolute(layout.area(key)) for key in heads
        )
        self.plan = [absolute(layout.area("percent", item)) for item in range(len(layout.months))]
        first, last = layout.area("goal", 0), layout.area("goal", layout.goals - 1)
        self.goals = span((first[0], first[1], last[0], first[1]))
        self.names, self.targets = span(self.column("level3")), span(self.column("target"))

    def column(self, key: str, last: int | None = None) -> Area:
        """The cells below a heading of the indicator table (of merged ones, the first column)."""
        header = self.layout.area(f"{key}:label")
        return self.layout.first_indicator_row, header[1], last or self.layout.last_row, header[1]

    @property
    def unbalanced(self) -> str:
        """True where 预算数 is not 财政资金 + 其他资金; rounded, for the cells hold doubles."""
        return f"AND(COUNT({self.total},{self.fiscal},{self.other})>0,{self.difference}<>0)"

    @property
    def difference(self) -> str:
        """预算数 less its parts, in 万元."""
        return f"ROUND(SUM({self.total})-SUM({self.fiscal},{self.other}),6)"

    @property
    def falls(self) -> str:
        """True where a checkpoint is lower than the one before. N, for OR looks at every test: a text would fail it."""
        pairs = zip(self.plan, self.plan[1:], strict=False)
        tests = [f"N({later})<N({earlier})-{TOLERANCE:.7f}" for earlier, later in pairs]
        return f"OR({','.join(tests)})" if tests else "FALSE"

    @property
    def complete_plan(self) -> str:
        """True where every checkpoint is a number."""
        return f"COUNT({','.join(self.plan)})={len(self.plan)}"

    @property
    def short(self) -> str:
        """True where the last checkpoint is not 100 %."""
        return f"ABS(N({self.plan[-1]})-1)>{TOLERANCE:.7f}"

    @property
    def begun(self) -> str:
        """True as soon as something has been filled in."""
        return f'{self.code}&{self.name}&{self.total}&{self.purpose}<>""'


def state_formula(cells: Cells) -> str:
    """The form's state, as `form_content.state_of` computes it."""
    heads = f"{cells.code},{cells.name},{cells.total},{cells.fiscal},{cells.other},{cells.purpose}"
    nothing = f"COUNTA({heads},{','.join(cells.plan)},{cells.goals},{cells.names})=0"
    missing = (
        f'{cells.name}="",{cells.purpose}="",COUNT({cells.total})=0,NOT({cells.complete_plan}),'
        f"COUNTA({cells.goals})=0,COUNTA({cells.names})=0,COUNTA({cells.targets})<COUNTA({cells.names})"
    )
    plan_wrong = f"AND({cells.complete_plan},OR({cells.falls},{cells.short}))"
    return (
        f'=IF({nothing},"{EMPTY}",IF({cells.unbalanced},"{UNBALANCED}",'
        f'IF({plan_wrong},"{PLAN_WRONG}",IF(OR({missing}),"{UNFINISHED}","{FILLED}"))))'
    )


def budget_message_formula(cells: Cells) -> str:
    """Says by how much 预算数 misses its parts; empty where it does not."""
    text = f'"预算数比财政资金与其他资金之和"&IF({cells.difference}>0,"多 ","少 ")&ABS({cells.difference})&" 万元"'
    return f'=IF({cells.unbalanced},{text},"")'


def plan_message_formula(cells: Cells) -> str:
    """Says what is wrong with a complete plan; see `form_content.plan_message`."""
    last = cells.layout.months[-1]
    wrong = f'IF({cells.falls},"累计支出不应低于前一时点",IF({cells.short},"{last}月底应为 100%",""))'
    return f'=IF({cells.complete_plan},{wrong},"")'


# --- colours ---------------------------------------------------------------------------------------------------


def colour(sheet: Worksheet, styles: Styles, cells: Cells) -> None:
    """Conditional formats: a broken sum, a plan that falls or stops short, what is still missing."""
    layout = cells.layout
    error, missing = styles.mark("error"), styles.mark("missing")

    def mark(area: Area, formula: str, look: object) -> None:
        sheet.conditional_format(*area, {"type": "formula", "criteria": f"={formula}", "format": look})

    mark(layout.area("total"), cells.unbalanced, error)
    for item, cell in enumerate(cells.plan):
        area, before = layout.area("percent", item), ",".join(cells.plan[:item])
        wrong = [f"{cell}<0", f"{cell}>1"]
        wrong += [f"{cell}<MAX({before})-{TOLERANCE:.7f}"] if before else []
        wrong += [cells.short] if item == len(cells.plan) - 1 else []
        mark(area, f"AND(ISNUMBER({cell}),OR({','.join(wrong)}))", error)
    for row in sorted({layout.area("percent", item)[0] for item in range(len(cells.plan))}):
        line, cell = (row, 1, row, COLUMNS - 1), f"B{row + 1}"
        fine = f"AND(ISNUMBER({cell}),ROUND({cell}*100,0)<>ROUND({cell}*100,6))"
        mark(line, fine, styles.mark("fine percent", num_format=FINE_PERCENT))
        mark(line, f'AND({cell}="",{cells.begun})', missing)
    for key in ("code", "name", "total", "purpose"):
        area = layout.area(key)
        mark(area, f'AND({absolute(area)}="",{cells.begun})', missing)
    mark(layout.area("goal", 0), f"AND(COUNTA({cells.goals})=0,{cells.begun})", missing)
    for branch, first, last in layout.spans:
        names = span((first, 2, last, 2))
        if branch:
            mark((first, 0, last, 0), f"AND(COUNTA({names})=0,{cells.begun})", missing)
    row = layout.first_indicator_row + 1
    for key, others in (("level2", "CDFG"), ("level3", "DFG"), ("target", "CD"), ("basis", "CF")):
        own, area = "BCDEFG"[cells.column(key)[1] - 1], cells.column(key)
        mark(area, f'AND(${own}{row}="",{"&".join(f"${letter}{row}" for letter in others)}<>"")', missing)


# --- drop-downs and messages -----------------------------------------------------------------------------------

AMOUNT_HELP: Final = {
    "input_title": "金额（万元）",
    "input_message": "只填数字，单位为万元，最多 6 位小数；没有就留空。",
    "error_title": "不是有效的金额",
    "error_message": "请填不小于 0 的数字，单位为万元，最多 6 位小数（精确到分），例如 161.93。",
}


def amount_rule(cell: str) -> dict[str, Any]:
    """The validation of an amount: a number, not negative, no finer than 1 分."""
    test = f"=AND(ISNUMBER({cell}),{cell}>=0,ABS({cell}-ROUND({cell},6))<0.000000001)"
    return {"validate": "custom", "value": test, **AMOUNT_HELP}


def length_rule(limit: int, title: str, message: str) -> dict[str, Any]:
    """A message, and a warning beyond so many characters."""
    return {
        "validate": "length",
        "criteria": "<=",
        "value": limit,
        "input_title": title,
        "input_message": message,
        "error_type": "warning",
        "error_title": "文字较长",
        "error_message": f"超过 {limit} 字，校验时会提示。仍要保留吗？",
    }


def guide(sheet: Worksheet, cells: Cells, profile: Profile) -> None:
    """Data validations with Chinese messages."""
    layout = cells.layout

    def rule(area: Area, what: dict[str, Any]) -> None:
        sheet.data_validation(*area, what)

    title = "一般由项目名称自动带出；需要另写时直接改，末尾保留“项目绩效目标表”。"
    rule(layout.area("title"), {"validate": "any", "input_title": "标题", "input_message": title})
    code = "按预算系统中的编码填写；还没有编码时可填 ————。"
    rule(layout.area("code"), {"validate": "any", "input_title": "项目编码", "input_message": code})
    limit, long_limit = profile.text_limit_name, profile.text_limit
    rule(layout.area("name"), length_rule(limit, "项目名称", f"与预算批复一致，不超过 {limit} 字。"))
    for key in ("total", "fiscal", "other"):
        rule(layout.area(key), amount_rule(absolute(layout.area(key))))
    rule(layout.area("purpose"), length_rule(long_limit, "资金用途", f"写“资金主要用于……”，不超过 {long_limit} 字。"))
    for item in range(len(layout.months)):
        rule(layout.area("percent", item), _PERCENT_RULE)
    for item in range(layout.goals):
        message = f"写清做什么、达到什么效果，不超过 {long_limit} 字。不用的行留空。"
        rule(layout.area("goal", item), length_rule(long_limit, "绩效目标", message))
    for branch, first, last in layout.spans:
        if branch in profile.second_of:
            rule((first, 1, last, 1), {**_LEVEL_RULE, "source": f"={second_list(branch)}"})
    rule(cells.column("level3"), length_rule(limit, "三级指标", "一行一个指标；不用的行留空。"))
    rule(cells.column("target"), _TARGET_RULE)
    rule(cells.column("basis"), _BASIS_RULE)
    if profile.weights is not None:
        asked = f"全部指标的权重合计为 {plain(profile.weights.total)}。"
        rule(cells.column(WEIGHT), {"validate": "any", "input_title": "权重", "input_message": asked})


_PERCENT_RULE: Final = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1,
    "input_title": "累计支出进度",
    "input_message": "到这个月底为止累计支出的百分比，如 25%；只增不减，最后为 100%。",
    "error_title": "不是有效的百分比",
    "error_message": "请填 0% 到 100% 之间的百分比，例如 25%。",
}
_LEVEL_RULE: Final = {
    "validate": "list",
    "input_title": "二级指标",
    "input_message": "从下拉清单中选择。",
    "error_type": "warning",
    "error_title": "不在清单中",
    "error_message": "这个二级指标不属于左侧的一级指标，校验时会报错。仍要保留吗？",
}
_TARGET_RULE: Final = {
    "validate": "any",
    "input_title": "指标值",
    "input_message": "照原样填写，如 =78人、≥90%、≤100万元、2023年12月底前、是。",
}
_BASIS_RULE: Final = {
    "validate": "list",
    "source": f"={BASIS_LIST}",
    "show_error": False,
    "input_title": "指标值确定依据",
    "input_message": "从清单中选择，也可以自己填写。",
}
