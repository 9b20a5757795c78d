"""Forms that are filled in, before anybody changes them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from tests.people.books import HEADERS, MONEY, UNITS, Draft, Form, Sheet, Value

Wrote = Callable[[Decimal], str]
"""An amount, as somebody types it."""


@dataclass(frozen=True)
class Layout:
    """How an office prints the form."""

    title: Literal["one line", "broken line", "two lines"]
    unit_line: Literal["left", "right", ""]
    broken_labels: bool
    money: str
    percents: tuple[Value, Value, Value, Value]
    percent: str = "General"
    spare: int = 0


LAYOUTS: Final = (
    Layout("one line", "left", False, "General", ("25%", "50%", "75%", "100%")),
    Layout("broken line", "", True, 'General"万元"', (0.25, 0.5, 0.75, 1), percent="0%", spare=1),
    Layout("two lines", "right", False, "General", (25, 50, 75, 100)),
    Layout("two lines", "", False, "0.0000", (0.25, 0.5, 0.75, 1), percent="0%"),
)

NAMES: Final = (
    "社区养老服务站运转经费",
    "公园绿地养护",
    "图书流动车购置",
    "农村公路日常养护",
    "老旧小区供水管网改造",
    "网格员岗位补贴",
    "中小学校舍维修",
    "食品安全抽检",
    "城区路灯节能改造",
    "残疾人就业培训",
    "防汛物资储备",
    "档案数字化加工",
    "垃圾分类宣传",
    "退役军人走访慰问",
    "村级卫生室设备购置",
    "河道清淤整治",
)

REQUIRED: Final = (
    ("产出指标", "数量指标", "完成任务数量", "全年完成的任务数量", "≥12次", "年度工作计划"),
    ("产出指标", "质量指标", "验收合格率", "合格数量占全部数量的比例", "≥98%", "行业标准"),
    ("产出指标", "时效指标", "任务完成时限", "全部任务完成的最后期限", "2024年12月底前", "年度工作计划"),
    ("产出指标", "成本指标", "支出总额控制", "全部支出的上限", "", "预算批复"),
    ("效果指标", "社会效益指标", "群众办事便利程度提高率", "认为更便利的群众占比", "≥85%", "历史数据"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "表示满意的群众占比", "≥90%", "问卷调查方案"),
)
OPTIONAL: Final = (
    ("产出指标", "数量指标", "购置设备数量", "购置设备的台数", "=6台", "采购计划"),
    ("产出指标", "质量指标", "差错率", "出现差错的比例", "≤2%", "行业标准"),
    ("效果指标", "经济效益指标", "能耗降低率", "与上年相比降低的比例", "≥5%", "历史数据"),
    ("效果指标", "可持续影响指标", "后续管护年限", "完成后继续管护的年数", "≥3年", "年度工作计划"),
)


def plain(amount: Decimal) -> str:
    """The amount without exponent or trailing zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(amount: Decimal) -> str:
    whole, _, cents = plain(amount).partition(".")
    return f"{int(whole):,}" + (f".{cents}" if cents else "")


def number(amount: Decimal) -> float:
    """What Excel stores."""
    return int(amount) if amount == int(amount) else float(amount)


def new_form(rng: random.Random, which: int, sheet: Sheet, name: str) -> Form:
    budget = Decimal(rng.randrange(5000, 3_000_0000)) / 10000
    budget = round(budget, rng.choice((0, 1, 2, 2, 4))) or Decimal(1)
    other = rng.choice((None, None, Decimal(0), round(budget * rng.choice((10, 25, 40)) / 100, 2)))
    rows = sorted([*REQUIRED, *rng.sample(OPTIONAL, rng.choice((0, 0, 1, 2)))], key=_place_in_table)
    code = f"130282{rng.randrange(10**8):08d}{which:02d}P00X"
    return Form(which, sheet, name, code, budget, budget - (other or 0), other, rows)


def _place_in_table(row: tuple[str, ...]) -> tuple[str, int]:
    order = ("数量", "质量", "时效", "成本", "经济", "社会", "可持", "服务")
    return {"产": "1", "效": "2", "满": "3"}[row[0][0]], order.index(row[1][:2])


class Pen:
    """Writes one form onto its sheet, row by row."""

    def __init__(self, form: Form, layout: Layout) -> None:
        self.form, self.layout, self.row = form, layout, 1

    def put(self, column: int, value: Value, role: str, across: int = 1, down: int = 1, shown: str = "General") -> None:
        self.form.sheet.put(self.row, column, value, role, self.form.number).shown = shown
        self.form.sheet.merge(self.row, column, across, down)

    def next(self) -> None:
        self.row += 1

    def broken(self, label: str, after: int) -> str:
        """The label on two lines where the layout has it so."""
        return f"{label[:after]}\n{label[after:]}" if self.layout.broken_labels else label

    def head(self) -> None:
        name = self.form.name or ""
        if self.layout.title == "two lines":
            self.put(1, name, "heading", across=7)
            self.next()
            self.put(1, "项目绩效目标表", "title", across=7)
        else:
            between = "\n" if self.layout.title == "broken line" else ""
            self.put(1, f"{name}{between}项目绩效目标表", "title", across=7)
        self.next()
        if self.layout.unit_line == "left":
            self.put(1, "单位：万元", "unit-line", across=7)
            self.next()
        elif self.layout.unit_line == "right":
            self.put(7, "单位：万元", "unit-line")
            self.next()
        self.put(1, "项目编码", "code-label")
        self.put(2, self.form.code, "code", across=2, shown="@")
        self.put(4, "项目名称", "name-label")
        self.put(5, name, "name", across=3, shown="@")
        self.next()

    def money(self) -> None:
        self.put(1, self.broken("预算规模及资金用途", 5), "part-money", down=2)
        labels = ("预算数", "其中：财政资金", "其他资金")
        for column, role, label in zip((2, 4, 6), MONEY, labels, strict=True):
            amount = self.form.amount(role)
            self.put(column, label, f"{role}-label")
            self.put(column + 1, None if amount is None else number(amount), role, shown=self.layout.money)
        self.next()
        self.put(2, f"资金主要用于{self.form.name}的人员、材料和日常开支。", "purpose", across=6)
        self.next()

    def plan(self) -> None:
        places = ((2, 1), (3, 1), (4, 2), (6, 2))
        self.put(1, self.broken("资金支出计划（%）", 4), "part-plan", down=2)
        for (column, across), label in zip(places, ("3月底", "6月底", "10月底", "12月底"), strict=True):
            self.put(column, label, "month-label", across)
        self.next()
        for (column, across), percent in zip(places, self.layout.percents, strict=True):
            self.put(column, percent, "percent", across, shown=self.layout.percent)
        self.next()

    def goals(self, count: int) -> None:
        texts = ("全年按计划完成各项工作。", "群众评价保持在较好水平。", "管理制度更加健全。")
        self.put(1, "绩效目标", "part-goals", down=count)
        for which, text in enumerate(texts[:count], 1):
            self.put(2, f"目标{which}", "goal-label")
            self.put(3, text, "goal", across=5)
            self.next()

    def table(self) -> None:
        places = ((1, 1), (2, 1), (3, 1), (4, 2), (6, 1), (7, 1))
        labels = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
        for (column, across), role, label in zip(places, HEADERS, labels, strict=True):
            self.put(column, label, role, across)
        self.next()
        for branch in ("产出指标", "效果指标", "满意度指标"):
            self._branch([row for row in self.form.rows if row[0] == branch])

    def _branch(self, rows: Sequence[tuple[str, ...]]) -> None:
        seconds = [row[1] for row in rows]
        self.put(1, rows[0][0], "level1", down=len(rows) + self.layout.spare)
        for which, (_, second, third, description, value, basis) in enumerate(rows):
            if second not in seconds[:which]:
                self.put(2, second, "level2", down=seconds.count(second))
            self.put(3, third, "level3")
            self.put(4, description, "description", across=2)
            self.put(6, value or cost_of(self.form), "value" if value else "cost", shown="@")
            self.put(7, basis, "basis")
            self.next()
        self.row += self.layout.spare


def cost_of(form: Form) -> str:
    return f"≤{plain(form.budget)}万元"


def fill(form: Form, layout: Layout, goals: int) -> None:
    pen = Pen(form, layout)
    pen.head()
    pen.money()
    pen.plan()
    pen.goals(goals)
    pen.table()


def draft_book(rng: random.Random, forms: int) -> Draft:
    """Some filled forms, each on a sheet of its own."""
    draft = Draft(rng)
    layout = rng.choice(LAYOUTS)
    for which, name in enumerate(rng.sample(NAMES, forms), 1):
        sheet = Sheet(f"{which:02d}" if forms > 1 else name[:6])
        form = new_form(rng, which, sheet, name)
        fill(form, layout, rng.choice((1, 2, 3)))
        draft.sheets.append(sheet)
        draft.forms.append(form)
    return draft


def write_money(
    form: Form, unit: str = "万元", text: Wrote | None = None, roles: Sequence[str] = MONEY, shown: str = "General"
) -> None:
    """The form's amounts in a unit, as numbers or as text."""
    for role in roles:
        amount, cell = form.amount(role), form.cell(role)
        cell.shown = shown if text is None else "@"
        if amount is not None:
            there = amount * UNITS[unit]
            cell.value = number(there) if text is None else text(there)
