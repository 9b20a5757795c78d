"""Department workbooks as people change them, and what a person would read off them.

A book is drafted from filled forms, changed in up to four ways, and written with openpyxl. Everything follows from a
seed. ``python -m tests.people --books 2000 --seed 1`` prints how the program reads such books, by kind of change.
"""

import argparse
import copy
import io
import math
import random
import struct
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Literal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange

# --- what a book is -------------------------------------------------------------------------------------------------

Value = str | float | None
Position = tuple[int, int]
Merge = tuple[int, int, int, int]
"""Top, left, bottom, right."""

UNITS: Final = {
    "元": Decimal(10000),
    "百元": Decimal(100),
    "千元": Decimal(10),
    "万元": Decimal(1),
    "百万元": Decimal("0.01"),
    "亿元": Decimal("0.0001"),
}
"""How many of a unit make one 万元."""
MONEY: Final = ("budget", "fiscal", "other")
MONEY_LABELS: Final = tuple(f"{role}-label" for role in MONEY)
HEADERS: Final = tuple(f"header-{key}" for key in ("level1", "level2", "level3", "description", "value", "basis"))
PARTS: Final = ("part-money", "part-plan", "part-goals")
LABELS: Final = ("code-label", "name-label", *PARTS, *MONEY_LABELS, "month-label", "goal-label", *HEADERS)
NUMBERED: Final = ("code-label", "name-label", *PARTS, *MONEY_LABELS)
"""Labels that still read well with a number before them; ``1.3月底`` does not."""
LEVELS: Final = ("level1", "level2")


@dataclass
class Cell:
    """What a cell holds, how it is shown, and what it is for the form that it belongs to."""

    value: Value
    role: str = ""
    form: int = 0
    shown: str = "General"


@dataclass(eq=False)
class Sheet:
    """Cells and merged areas that can be moved about."""

    name: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    picture: bool = False
    text_box: str = ""

    @property
    def bottom(self) -> int:
        """The last row of a cell or merged area."""
        return max([row for row, _ in self.cells] + [merge[2] for merge in self.merges], default=0)

    @property
    def right(self) -> int:
        """The last column of a cell or merged area."""
        return max([column for _, column in self.cells] + [merge[3] for merge in self.merges], default=0)

    def put(self, row: int, column: int, value: Value, role: str = "", form: int = 0) -> Cell:
        cell = self.cells[row, column] = Cell(value, role, form)
        return cell

    def merge(self, row: int, column: int, across: int = 1, down: int = 1) -> None:
        if across > 1 or down > 1:
            self.merges.append((row, column, row + down - 1, column + across - 1))

    def insert_rows(self, at: int, count: int = 1) -> None:
        """Blank rows before a row; merged areas around them grow."""
        self._renumber(lambda row: row + count if row >= at else row, lambda column: column)

    def insert_columns(self, at: int, count: int = 1) -> None:
        """Blank columns before a column; merged areas around them grow."""
        self._renumber(lambda row: row, lambda column: column + count if column >= at else column)

    def delete_row(self, at: int) -> None:
        self.cells = {place: cell for place, cell in self.cells.items() if place[0] != at}
        self.merges = [merge for merge in self.merges if not merge[0] == merge[2] == at]
        self._renumber(lambda row: row - 1 if row > at else row, lambda column: column)

    def _renumber(self, row: Callable[[int], int], column: Callable[[int], int]) -> None:
        self.cells = {(row(r), column(c)): cell for (r, c), cell in self.cells.items()}
        self.merges = [(row(top), column(left), row(end), column(right)) for top, left, end, right in self.merges]


@dataclass(eq=False)
class Form:
    """A form on a sheet, with what a person reads off it. Amounts are in 万元."""

    number: int
    sheet: Sheet
    name: str | None
    code: str
    budget: Decimal
    fiscal: Decimal
    other: Decimal | None
    rows: Sequence[tuple[str, ...]]
    known: bool = True
    """Whether the amounts can be known at all."""
    touched: set[str] = field(default_factory=set)
    """Groups of changes of which the form has had one."""

    def places(self, *roles: str) -> list[Position]:
        """Where the cells of these roles stand, in reading order."""
        cells = self.sheet.cells.items()
        return sorted(place for place, cell in cells if cell.form == self.number and cell.role in roles)

    def at(self, role: str) -> Position:
        return self.places(role)[0]

    def cell(self, role: str) -> Cell:
        return self.sheet.cells[self.at(role)]

    def texts(self, *roles: str) -> list[Cell]:
        """The cells of these roles that hold a text."""
        found = [self.sheet.cells[place] for place in self.places(*roles)]
        return [cell for cell in found if isinstance(cell.value, str)]

    def amount(self, role: str) -> Decimal | None:
        return {"budget": self.budget, "fiscal": self.fiscal, "other": self.other}[role]


@dataclass(frozen=True)
class Demand:
    """Something that a finding must say, whatever the totals are."""

    forms: tuple[Form, ...]
    codes: tuple[str, ...]
    """Beginnings of codes."""
    why: str


@dataclass
class Draft:
    """A book that is being made."""

    rng: random.Random
    sheets: list[Sheet] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    clear: bool = True
    demands: list[Demand] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)

    def demand(self, why: str, codes: Sequence[str], *forms: Form) -> None:
        self.demands.append(Demand(forms, tuple(codes), why))

    def unclear(self, why: str, form: Form, *codes: str) -> None:
        """A person is not sure what stands there, so the program has to say it too."""
        self.clear = False
        self.demand(why, codes or ("B3", "S1"), form)

    def lonely(self, form: Form) -> bool:
        """Whether no other form stands on the sheet."""
        return all(one is form or one.sheet is not form.sheet for one in self.forms)


@dataclass(frozen=True)
class Expected:
    """What a person reads off one form; amounts are None where they are blank or cannot be known."""

    sheet: str
    name: str | None
    budget: Decimal | None
    fiscal: Decimal | None
    other: Decimal | None
    indicators: int
    known: bool


@dataclass(frozen=True)
class Said:
    """A finding of one of these codes (their beginnings) that must stand at one of these sheets, or at the book."""

    sheets: tuple[str, ...]
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Book:
    """A workbook on disk, and what a person reads off it."""

    path: Path
    seed: int
    changes: tuple[str, ...]
    projects: tuple[Expected, ...]
    clear: bool
    """Whether a person can read it unambiguously."""
    demands: tuple[Said, ...]
    allowed: frozenset[str]
    """Error codes that are true of the book as it was changed."""

    @property
    def total(self) -> tuple[Decimal, Decimal, Decimal]:
        """Budget, fiscal and other, of what can be known."""
        known = [one for one in self.projects if one.known]
        nought = Decimal(0)
        return (
            sum((one.budget or nought for one in known), nought),
            sum((one.fiscal or nought for one in known), nought),
            sum((one.other or nought for one in known), nought),
        )


# --- filled forms ---------------------------------------------------------------------------------------------------


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


# --- changes --------------------------------------------------------------------------------------------------------

Apply = Callable[[Draft, Form], bool]
"""Changes a form or its book; False where the book does not allow it."""
Expectation = Literal["right", "said"]


@dataclass(frozen=True)
class Change:
    """One way in which people change workbooks."""

    name: str
    apply: Apply
    stage: int
    """Changes of a lower stage come first."""
    groups: frozenset[str]
    """A form has at most one change of a group."""
    expects: Expectation
    """Whether the book must still be read rightly, or the trouble must at least be said."""

    @property
    def family(self) -> str:
        return self.name.partition(":")[0]


CHANGES: Final[dict[str, Change]] = {}
WORDING, UNIT, MISSING, DECORATION, ADDED, MERGES, GAPS, SHEETS, COPIES, NOTES = range(10)


def register(name: str, apply: Apply, stage: int, *groups: str, expects: Expectation = "right") -> None:
    CHANGES[name] = Change(name, apply, stage, frozenset(groups), expects)


# --- labels ---------------------------------------------------------------------------------------------------------

Wording = Callable[[str, int], str]
"""A label, reworded; the number counts the labels."""

TRADITIONAL: Final = str.maketrans(
    "项编码称预规资数财绩标级计划产满务对质时经济态续响总额据确执会单万拨",
    "項編碼稱預規資數財績標級計劃產滿務對質時經濟態續響總額據確執會單萬撥",
)
KANGXI: Final = str.maketrans({unicodedata.normalize("NFKC", chr(n)): chr(n) for n in range(0x2F00, 0x2FD6)})
FULL_WIDTH: Final = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
HALF_WIDTH: Final = str.maketrans("：（）％", ":()%")
COUNTS: Final = "一二三四五六七八九十"


def amid(text: str, mark: str) -> str:
    """A mark in the middle of a text."""
    return text[: len(text) // 2] + mark + text[len(text) // 2 :]


def counted(text: str, which: int, pattern: str) -> str:
    return pattern.format(COUNTS[which % 10]) + text


DECORATIONS: Final[Mapping[str, Wording]] = {
    "star before": lambda text, _: f"*{text}",
    "star after": lambda text, _: f"{text}*",
    "black star": lambda text, _: f"★{text}",
    "white star after": lambda text, _: f"{text} ☆",
    "必填": lambda text, _: f"{text}（必填）",
    "必填, half width": lambda text, _: f"{text}(必填)",
    "必填 on a line of its own": lambda text, _: f"{text}\n（必填项）",
    "见说明": lambda text, _: f"{text}（见填表说明）",
    "brackets": lambda text, _: f"【{text}】",
    "square brackets": lambda text, _: f"[{text}]",
    "colon": lambda text, _: f"{text}：",
    "half-width colon": lambda text, _: f"{text}:",
    "spaces inside": lambda text, _: " ".join(text),
    "wide spaces inside": lambda text, _: "\u3000".join(text),
    "spaces around": lambda text, _: f"  {text}\u00a0",
    "line break inside": lambda text, _: amid(text, "\n"),
    "a line for each character": lambda text, _: "\n".join(text),
    "full width": lambda text, _: text.translate(FULL_WIDTH),
    "half-width signs": lambda text, _: text.translate(HALF_WIDTH),
    "zero-width space inside": lambda text, _: amid(text, "\u200b"),
    "zero-width space after": lambda text, _: f"{text}\u200b",
    "byte order mark before": lambda text, _: f"\ufeff{text}",
    "left-to-right mark before": lambda text, _: f"\u200e{text}",
    "word joiner inside": lambda text, _: amid(text, "\u2060"),
    "soft hyphen inside": lambda text, _: amid(text, "\u00ad"),
}
NUMBERS: Final[Mapping[str, Wording]] = {
    "1.": lambda text, which: f"{which + 1}.{text}",
    "1、": lambda text, which: f"{which + 1}、{text}",
    "（1）": lambda text, which: f"（{which + 1}）{text}",
    "①": lambda text, which: f"{chr(0x2460 + which)}{text}",
    "一、": partial(counted, pattern="{}、"),
    "（一）": partial(counted, pattern="（{}）"),
    "(一)": partial(counted, pattern="({}) "),
}
SCRIPTS: Final[Mapping[str, Wording]] = {
    "traditional characters": lambda text, _: text.translate(TRADITIONAL),
    "Kangxi radicals": lambda text, _: text.translate(KANGXI),
}
LEVEL_MARKS: Final[Mapping[str, Wording]] = {
    "points": lambda text, which: f"{text}（{10 * (which + 1)}分）",
    "points on a line of its own": lambda text, which: f"{text}\n({10 * (which + 1)}分)",
    "一、": NUMBERS["一、"],
    "（一）": NUMBERS["（一）"],
    "1.": NUMBERS["1."],
    "without 指标": lambda text, _: text.removesuffix("指标"),
    "zero-width space after": DECORATIONS["zero-width space after"],
    "a line for each character": DECORATIONS["a line for each character"],
    "spaces inside": DECORATIONS["spaces inside"],
    "colon": DECORATIONS["colon"],
}


BORDERLINE: Final = frozenset(
    {"white star after", "square brackets", "①", "年度预算数", "项目资金总额", "其他", "绩效指标值"}
)
"""Clear to a person, but nowhere promised: it is enough if the trouble is said."""


def promised(key: str) -> Expectation:
    return "said" if key in BORDERLINE else "right"


def reword(cells: Iterable[Cell], wording: Wording) -> bool:
    cells = list(cells)
    for which, cell in enumerate(cells):
        cell.value = wording(str(cell.value), which)
    return bool(cells)


def decorate(draft: Draft, form: Form, wording: Wording, roles: Sequence[str] = LABELS) -> bool:
    """All labels, those of the money, or some."""
    scope = draft.rng.choice(("all", "all", "money", "some"))
    cells = form.texts(*(MONEY_LABELS if scope == "money" else roles))
    if scope == "some":
        cells = [cell for cell in cells if draft.rng.random() < 0.5]
    return reword(cells or form.texts(*roles), wording)


def in_script(_draft: Draft, form: Form, wording: Wording) -> bool:
    return reword(form.texts(*LABELS, *LEVELS, "title", "unit-line"), wording)


def mark_levels(_draft: Draft, form: Form, wording: Wording, role: str) -> bool:
    return reword(form.texts(role), wording)


SYNONYMS: Final = (
    ("budget-label", "预算数", ("年度资金总额", "资金总额", "预算金额", "预算总额", "年度预算数", "项目资金总额")),
    ("fiscal-label", "其中：财政资金", ("财政拨款", "其中：财政拨款", "财政资金", "其中:财政拨款", "其中：\n财政资金")),
    ("other-label", "其他资金", ("其它资金", "其他")),
    ("level1", "效果指标", ("效益指标", "效益")),
    ("level2", "可持续影响指标", ("可持续性影响指标", "可持续影响")),
    ("header-value", "指标值", ("指标目标值", "年度指标值", "年度目标值", "目标值", "绩效指标值")),
    ("part-goals", "绩效目标", ("年度总体目标", "年度绩效目标", "总体目标")),
)


def call(_draft: Draft, form: Form, role: str, usual: str, synonym: str) -> bool:
    cells = [cell for cell in form.texts(role) if cell.value == usual]
    return reword(cells, lambda _text, _which: synonym)


def call_money(draft: Draft, form: Form) -> bool:
    """All three money labels as the ministry has them."""
    own = ("年度资金总额：", "其中：财政拨款", "其他资金")
    for role, text in zip(MONEY_LABELS, own, strict=True):
        form.cell(role).value = text
    return True


MISSPELT: Final = (
    ("budget-label", "预算数", "预算数算"),
    ("budget-label", "预算数", "预标书"),
    ("fiscal-label", "财政资金", "财玫资全"),
    ("other-label", "其他资金", "其池资今"),
    ("name-label", "项目名称", "项日名乘"),
    ("header-value", "指标值", "指标植"),
    ("header-level1", "一级指标", "一极旨标"),
)


def misspell(draft: Draft, form: Form, role: str, usual: str, wrong: str) -> bool:
    cell = form.cell(role)
    split(form)
    text = str(cell.value)
    cell.value = text.replace(usual, wrong) if usual in text else f"{text[:-2]}{text[-1:]}丨"
    draft.unclear(f"misspelt label {cell.value}", form, "S1", "B3", "F201")
    return True


def remove_label(draft: Draft, form: Form, role: str) -> bool:
    split(form)
    form.cell(role).value = None
    draft.unclear(f"no {role}", form, "S1", "B3", "F201")
    return True


def split(form: Form) -> None:
    """Gives the form money of both kinds, so that nothing can be lost unnoticed."""
    if not form.other:
        form.other = round(form.budget / 4, 2)
        form.fiscal = form.budget - form.other
        write_money(form, shown=form.cell("budget").shown)


def register_labels() -> None:
    for key, wording in DECORATIONS.items():
        apply = partial(decorate, wording=wording)
        register(f"labels: {key}", apply, DECORATION, "decoration", expects=promised(key))
    for key, wording in NUMBERS.items():
        apply = partial(decorate, wording=wording, roles=NUMBERED)
        register(f"labels: {key}", apply, DECORATION, "decoration", expects=promised(key))
    for key, wording in SCRIPTS.items():
        register(f"labels: {key}", partial(in_script, wording=wording), DECORATION, "script")
    for key, wording in LEVEL_MARKS.items():
        for role in LEVELS:
            apply = partial(mark_levels, wording=wording, role=role)
            register(f"labels: {role}, {key}", apply, DECORATION, "levels", "script")
    for role, usual, synonyms in SYNONYMS:
        for synonym in synonyms:
            apply = partial(call, role=role, usual=usual, synonym=synonym)
            name = f"labels: {usual} as {synonym!r}"
            register(name, apply, WORDING, f"wording {role}", expects=promised(synonym))
    register("labels: money as the ministry has it", call_money, WORDING, *(f"wording {role}" for role in MONEY_LABELS))
    for role, usual, wrong in MISSPELT:
        apply = partial(misspell, role=role, usual=usual, wrong=wrong)
        register(f"labels: {usual} misspelt {wrong}", apply, MISSING, "missing", "money", expects="said")
    for role in (*MONEY_LABELS, "name-label", "header-level1", "header-value"):
        register(f"labels: no {role}", partial(remove_label, role=role), MISSING, "missing", "money", expects="said")


# --- units ----------------------------------------------------------------------------------------------------------

Wrote = Callable[[Decimal], str]
"""An amount, as somebody types it."""


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


def stored(draft: Draft) -> Wrote | None:
    """Mostly numbers, sometimes texts."""
    return draft.rng.choice((None, None, None, None, plain, grouped))


def drop_line(form: Form) -> None:
    """Takes the unit line away, with its row."""
    for row, column in form.places("unit-line"):
        del form.sheet.cells[row, column]
        if not any(place[0] == row for place in form.sheet.cells):
            form.sheet.delete_row(row)


def set_line(draft: Draft, form: Form, text: str) -> None:
    """A unit line between title and form: on the left, on the right, or beside the form."""
    drop_line(form)
    row, left = form.at("code-label")
    form.sheet.insert_rows(row)
    place = draft.rng.choice(("left", "right", "beside"))
    form.sheet.put(row, left if place == "left" else 7 if place == "right" else 8, text, "unit-line", form.number)
    if place == "left":
        form.sheet.merge(row, left, across=7)


def round_to(form: Form, digits: int) -> None:
    """The form's amounts with at most so many digits, so that a format does not hide any."""
    form.budget = max(round(form.budget, digits), Decimal(1))
    form.other = None if form.other is None else round(form.other, digits)
    form.fiscal = form.budget - (form.other or 0)
    for cell in form.texts("cost"):
        cell.value = cost_of(form)


def unit_in_labels(
    draft: Draft, form: Form, unit: str, roles: Sequence[str] = MONEY_LABELS, keeps_line: bool = False
) -> bool:
    if not keeps_line:
        drop_line(form)
    elif not form.places("unit-line"):
        return False
    else:
        draft.clear = False
    pattern = draft.rng.choice(("{}（{}）", "{}({})", "{}\n（{}）", "{}（单位：{}）"))
    write_money(form, unit, stored(draft))
    return reword(form.texts(*roles), lambda text, _: pattern.format(text, unit))


def unit_for_each(draft: Draft, form: Form) -> bool:
    """Every money label with a unit of its own."""
    drop_line(form)
    for role, unit in zip(MONEY, ("元", "万元", "千元"), strict=True):
        write_money(form, unit, stored(draft), [role])
        cell = form.cell(f"{role}-label")
        cell.value = f"{cell.value}（{unit}）"
    return True


def unit_in_part(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    cell = form.cell("part-money")
    cell.value = f"{cell.value}（{unit}）"
    return True


def unit_in_line(draft: Draft, form: Form, unit: str) -> bool:
    pattern = draft.rng.choice(
        ("单位：{}", "金额单位：{}", "（单位：{}）", "单位:{}", "计量单位： {}", "单位：人民币{}")
    )
    set_line(draft, form, pattern.format(unit))
    write_money(form, unit, stored(draft))
    return True


def unit_in_sentence(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    pattern = draft.rng.choice(("以上金额单位为{}。", "注：本表金额单位均为{}", "说明：金额单位：{}"))
    form.sheet.put(form.sheet.bottom + 1, 1, pattern.format(unit), "sentence", form.number)
    return True


def unit_in_title(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    pattern = draft.rng.choice(("{}（单位：{}）", "{}（金额单位：{}）", "{}\n（单位：{}）"))
    cell = form.cell("title")
    cell.value = pattern.format(cell.value, unit)
    return True


def unit_beside(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    for role in MONEY:
        row, column = form.at(role)
        form.sheet.insert_columns(column + 1)
        form.sheet.put(row, column + 1, unit, "unit", form.number)
    return True


OWN_TEXTS: Final[Mapping[str, tuple[str, Wrote]]] = {
    "161.93万元": ("万元", lambda amount: f"{plain(amount)}万元"),
    "161.93 万元": ("万元", lambda amount: f"{plain(amount)} 万元"),
    "161.93万": ("万元", lambda amount: f"{plain(amount)}万"),
    "161.93（万元）": ("万元", lambda amount: f"{plain(amount)}（万元）"),
    "161.93, line break, 万元": ("万元", lambda amount: f"{plain(amount)}\n万元"),
    "161.93万元整": ("万元", lambda amount: f"{plain(amount)}万元整"),
    "full-width digits": ("万元", lambda amount: f"{plain(amount).translate(FULL_WIDTH)}万元"),
    "full-width digits, narrow point": (
        "万元",
        lambda amount: f"{plain(amount).translate(FULL_WIDTH)}万元".replace("．", "."),
    ),
    "1,619,300元": ("元", lambda amount: f"{grouped(amount)}元"),
    "1,619,300.00元": ("元", lambda amount: f"{amount:,.2f}元"),
    "1619300 元": ("元", lambda amount: f"{plain(amount)} 元"),
    "1，619，300元": ("元", lambda amount: f"{grouped(amount).replace(',', '，')}元"),
    "full-width 元": ("元", lambda amount: f"{grouped(amount).translate(FULL_WIDTH)}元"),
    "1,619,300元整": ("元", lambda amount: f"{grouped(amount)}元整"),
    "¥1,619,300元": ("元", lambda amount: f"¥{grouped(amount)}元"),
    "￥1,619,300.00元": ("元", lambda amount: f"￥{amount:,.2f}元"),
    "人民币1,619,300元": ("元", lambda amount: f"人民币{grouped(amount)}元"),
    "16,193百元": ("百元", lambda amount: f"{grouped(amount)}百元"),
    "1,619.3千元": ("千元", lambda amount: f"{grouped(amount)}千元"),
    "1.6193百万元": ("百万元", lambda amount: f"{plain(amount)}百万元"),
    "0.016193亿元": ("亿元", lambda amount: f"{plain(amount)}亿元"),
    "需要资金773万元": ("万元", lambda amount: f"需要资金{plain(amount)}万元"),
    "共计 7,730,000 元": ("元", lambda amount: f"共计 {grouped(amount)} 元"),
    "预算安排773万元。": ("万元", lambda amount: f"预算安排{plain(amount)}万元。"),
}
"""What the text says: its unit, and how it is written."""


def own_text(draft: Draft, form: Form, unit: str, text: Wrote) -> bool:
    write_money(form, unit, text, draft.rng.choice((MONEY, MONEY, ("budget",), ("budget", "fiscal"))))
    return True


def text_against_line(draft: Draft, form: Form) -> bool:
    """The line says 元, but the amounts say 万元 themselves: what stands nearer counts."""
    set_line(draft, form, "单位：元")
    write_money(form, text=OWN_TEXTS["161.93万元"][1])
    return True


def yen_sign(draft: Draft, form: Form, sign: str) -> bool:
    """A currency sign without a unit, under a line that says 元."""
    set_line(draft, form, "单位：元")
    write_money(form, "元", lambda amount: f"{sign}{amount:,.2f}")
    return True


FORMATS: Final = (
    # Format, unit of the stored number, unit line (None: as it is, "": none), digits that it shows of 万元.
    ('General"万元"', "万元", None, 4),
    ('#,##0.00"万元"', "万元", None, 2),
    ("#,##0.00_);[Red]\\(#,##0.00\\)", "万元", None, 2),
    ("0.00_ ", "万元", None, 2),
    ('#,##0.00"元"', "元", "", 4),
    ('#,##0"元"', "元", "", 4),
    ("#,##0\\元", "元", "", 4),
    ('#,##0.0"千元"', "千元", "", 2),
    ('0.00"百万元"', "百万元", "", 0),
    ('0.0000"亿元"', "亿元", "", 0),
    ("0!.0,", "元", None, 1),
    ("0!.0000", "元", None, 4),
    ('0!.0,"万元"', "元", None, 1),
    ('0!.0000"万元"', "元", None, 4),
    ('0"."0000"万元"', "元", None, 4),
    ("#,##0.00,", "元", "单位：千元", 3),
    ("#,##0.0000,,", "元", "单位：百万元", 2),
    ("¥#,##0.00", "元", "单位：元", 4),
    ('_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "元", "单位：元", 4),
)


def in_format(draft: Draft, form: Form, shown: str, unit: str, line: str | None, digits: int) -> bool:
    round_to(form, digits)
    if line:
        set_line(draft, form, line)
    elif line is not None:
        drop_line(form)
    write_money(form, unit, shown=shown)
    return True


def two_lines(draft: Draft, form: Form, first: str, second: str) -> bool:
    """Two unit lines that contradict each other."""
    set_line(draft, form, f"单位：{first}")
    row, left = form.at("code-label")
    form.sheet.insert_rows(row)
    form.sheet.put(row, left, f"金额单位：{second}", "second-unit", form.number)
    write_money(form, first)
    return not_known(draft, form, "two unit lines")


def line_and_sentence(draft: Draft, form: Form) -> bool:
    unit_in_sentence(draft, form, "万元")
    set_line(draft, form, "单位：元")
    write_money(form, "元")
    return not_known(draft, form, "unit line and sentence")


def format_against_label(draft: Draft, form: Form, shown: str, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, shown=shown)
    for cell in form.texts(*MONEY_LABELS):
        cell.value = f"{cell.value}（{unit}）"
    return not_known(draft, form, "number format against label")


def not_known(draft: Draft, form: Form, why: str) -> bool:
    form.known = False
    draft.unclear(why, form)
    return True


def register_units() -> None:
    sheet = ("money", "unit for the sheet")
    for unit in ("元", "百元", "千元", "百万元", "亿元"):
        register(f"units: {unit} in the labels", partial(unit_in_labels, unit=unit), UNIT, "money")
        register(f"units: {unit} in the part", partial(unit_in_part, unit=unit), UNIT, "money")
        register(f"units: {unit} in the next cell", partial(unit_beside, unit=unit), UNIT, "money")
        register(f"units: {unit} in a line", partial(unit_in_line, unit=unit), UNIT, *sheet)
        register(f"units: {unit} in a sentence below", partial(unit_in_sentence, unit=unit), UNIT, *sheet)
        register(f"units: {unit} in the title", partial(unit_in_title, unit=unit), UNIT, *sheet, "title")
    one = partial(unit_in_labels, unit="元", roles=MONEY_LABELS[:1])
    register("units: 元 in one label", one, UNIT, "money")
    register("units: another in every label", unit_for_each, UNIT, "money")
    kept = partial(unit_in_labels, unit="元", keeps_line=True)
    register("units: 元 in the labels, 万元 in the line", kept, UNIT, "money", expects="said")
    for key, (unit, text) in OWN_TEXTS.items():
        register(f"units: {key}", partial(own_text, unit=unit, text=text), UNIT, "money")
    register("units: 元 in the line, 161.93万元 in the cells", text_against_line, UNIT, *sheet)
    for sign in "¥￥":
        register(f"units: {sign}1,619,300.00 under 单位：元", partial(yen_sign, sign=sign), UNIT, *sheet)
    for shown, unit, line, digits in FORMATS:
        apply = partial(in_format, shown=shown, unit=unit, line=line, digits=digits)
        register(f"units: format {shown} {line or ''}".strip(), apply, UNIT, *(sheet if line else sheet[:1]))
    for first, second in (("元", "万元"), ("千元", "元")):
        apply = partial(two_lines, first=first, second=second)
        register(f"units: lines with {first} and {second}", apply, UNIT, *sheet, expects="said")
    register("units: line with 元, sentence with 万元", line_and_sentence, UNIT, *sheet, expects="said")
    for shown, unit in (('#,##0.00"元"', "万元"), ('General"万元"', "元")):
        apply = partial(format_against_label, shown=shown, unit=unit)
        register(f"units: format {shown}, label （{unit}）", apply, UNIT, "money", expects="said")


# --- amounts that are texts ------------------------------------------------------------------------------------------

READABLE: Final[Mapping[str, Wrote]] = {
    "stored as text": plain,
    "grouped": grouped,
    "thin spaces as separators": lambda amount: grouped(amount).replace(",", "\u2009"),
    "narrow no-break spaces": lambda amount: grouped(amount).replace(",", "\u202f"),
    "no-break space after": lambda amount: f"{plain(amount)}\u00a0",
    "zero-width space after": lambda amount: f"{plain(amount)}\u200b",
    "zero-width space inside": lambda amount: amid(plain(amount), "\u200b"),
    "left-to-right mark before": lambda amount: f"\u200e{plain(amount)}",
    "byte order mark before": lambda amount: f"\ufeff{plain(amount)}",
    "line break after": lambda amount: f"{plain(amount)}\n",
    "full-width digits": lambda amount: plain(amount).translate(FULL_WIDTH),
    "a blank before": lambda amount: f" {amount:.2f}" if amount == round(amount, 2) else f" {plain(amount)}",
}
UNREADABLE: Final[Mapping[str, Wrote]] = {
    "footnote ①": lambda amount: f"{plain(amount)}①",
    "footnote ²": lambda amount: f"{plain(amount)}²",
    "footnote ⁽¹⁾": lambda amount: f"{plain(amount)}⁽¹⁾",
    "two lines": lambda amount: f"{plain(amount)}\n{plain(amount + 30)}",
    "two amounts": lambda amount: f"{plain(amount)}/{plain(amount + 5)}",
    "a range": lambda amount: f"{plain(amount)}-{plain(amount + 5)}",
    "a question mark": lambda amount: f"{plain(amount)}？",
    "words": lambda _amount: "待定",
    "letter O": lambda amount: f"{plain(amount)}O",
}


def readable(draft: Draft, form: Form, text: Wrote) -> bool:
    write_money(form, text=text, roles=draft.rng.choice((MONEY, ("budget",), ("budget", "fiscal"))))
    return True


def unreadable(draft: Draft, form: Form, text: Wrote) -> bool:
    write_money(form, text=text, roles=("budget",))
    return not_known(draft, form, "unreadable amount")


def odd_cell(draft: Draft, form: Form, value: Value, shown: str = "General") -> bool:
    cell = form.cell("budget")
    cell.value, cell.shown = value, shown
    return not_known(draft, form, f"budget is {value!r}")


def as_date(draft: Draft, form: Form, shown: str) -> bool:
    form.cell("budget").shown = shown
    return not_known(draft, form, "budget shown as a date")


def dust(_draft: Draft, form: Form) -> bool:
    """What sums leave behind beyond the fifteenth digit."""
    for role in MONEY:
        cell = form.cell(role)
        if isinstance(cell.value, int | float) and cell.value:
            cell.value = math.nextafter(cell.value, math.inf)
    return True


def no_other(draft: Draft, form: Form, mark: str) -> bool:
    """Blank, as people write it."""
    form.other, form.fiscal = None, form.budget
    write_money(form, shown=form.cell("budget").shown)
    form.cell("other").value = mark
    return True


def register_texts() -> None:
    for key, text in READABLE.items():
        register(f"texts: {key}", partial(readable, text=text), UNIT, "money")
    for key, text in UNREADABLE.items():
        register(f"texts: {key}", partial(unreadable, text=text), UNIT, "money", expects="said")
    for value in ("#REF!", "#N/A", "=100+61.93", "-", None):
        register(f"texts: budget is {value}", partial(odd_cell, value=value), UNIT, "money", expects="said")
    for shown in ("yyyy-mm-dd", 'm"月"d"日"'):
        register(f"texts: shown as {shown}", partial(as_date, shown=shown), UNIT, "money", expects="said")
    register("texts: digits beyond the fifteenth", dust, UNIT, "money")
    for mark in ("-", "/", "无", "————", "—"):
        register(f"texts: {mark} for other", partial(no_other, mark=mark), UNIT, "money")


# --- added columns and rows -----------------------------------------------------------------------------------------

POINTS: Final = (10, 15, 20, 5, 10)
POINTED: Final = ("分值", "权重")


def added_column(draft: Draft, form: Form, header: str, place: str) -> bool:
    """A column of the indicator table: left, right, or before one of its columns."""
    column = {"left": form.at("header-level1")[1], "right": form.sheet.right + 1}.get(place)
    if column is None:
        column = form.at(place)[1]
    if place != "right":
        form.sheet.insert_columns(column)
    form.sheet.put(form.at("header-value")[0], column, header, "extra-header", form.number)
    rows = form.places("level3")
    values = column_values(header, len(rows))
    for (row, _), value in zip(rows, values, strict=True):
        if value is not None:
            form.sheet.put(row, column, value, "extra", form.number)
    return True


def column_values(header: str, count: int) -> list[Value]:
    if header == "序号":
        return list(range(1, count + 1))
    if header in POINTED:
        given = [POINTS[which % 5] for which in range(count - 1)]
        return [*given, 100 - sum(given)] if sum(given) < 100 else [10] * count
    return [None if which % 2 else "按季度统计" for which in range(count)]


def row_before(form: Form, role: str, *values: Value) -> bool:
    """A row of label, value, label, value between two parts."""
    row, left = form.at(role)
    left = min(left, form.at("code-label")[1])
    form.sheet.insert_rows(row)
    for column, value in zip((0, 1, 3, 4), values, strict=False):
        form.sheet.put(row, left + column, value, "extra", form.number)
    return True


def row_below(form: Form, *values: Value, across: int = 1) -> bool:
    row, left = form.sheet.bottom + 1, form.at("code-label")[1]
    for column, value in enumerate(values):
        if value is not None:
            form.sheet.put(row, left + column, value, "extra", form.number)
    form.sheet.merge(row, left, across)
    return True


def total_inside(_draft: Draft, form: Form) -> bool:
    """A subtotal between two branches."""
    row, left = form.places("level1")[1]
    form.sheet.insert_rows(row)
    form.sheet.put(row, left, "小计", "extra", form.number)
    form.sheet.put(row, left + 5, 50, "extra", form.number)
    return True


FOOTNOTES: Final = (
    "填表说明：1.本表由项目单位填写。2.金额单位为万元。",
    "1.绩效指标应细化量化。",
    "2.指标值应符合规定。",
)


def footnotes(_draft: Draft, form: Form) -> bool:
    form.sheet.insert_rows(form.sheet.bottom + 1)
    texts = FOOTNOTES if not form.touched & {"money"} else FOOTNOTES[1:]
    for text in texts:
        row_below(form, text, across=7)
    return True


def leading_lines(draft: Draft, form: Form) -> bool:
    form.sheet.insert_rows(1, 2)
    form.sheet.put(1, 1, "附件3", "extra", form.number)
    form.sheet.put(2, 1, "填报单位（盖章）：某局                填报日期：2024年1月5日", "extra", form.number)
    return True


ROWS: Final[Mapping[str, Apply]] = {
    "主管部门 and 实施单位": lambda _, form: row_before(form, "part-money", "主管部门", "某局", "实施单位", "某站"),
    "负责人 and 电话": lambda _, form: row_before(form, "part-money", "项目负责人", "某甲", "联系电话", "0315-2201234"),
    "last year's money": lambda _, form: row_before(form, "part-money", "上年预算数", 120.5, "上年执行数", 118),
    "项目属性": lambda _, form: row_before(form, "part-plan", "项目属性", "新增", "项目期", "一年"),
    "立项依据": lambda _, form: row_before(form, "part-plan", "立项依据", "某市〔2023〕12号文件"),
    "预算执行率 above the table": lambda _, form: row_before(
        form, "header-level1", "预算执行率", "100%", "分值", "10分"
    ),
    "备注": lambda _, form: row_below(form, "备注", "本项目为经常性项目。"),
    "填表人": lambda _, form: row_below(
        form, "填表人：某甲      联系电话：2201234      填报日期：2024年1月5日", across=7
    ),
    "负责人签字": lambda _, form: row_below(form, "项目负责人：某甲", None, None, "财务负责人：某乙"),
    "审核意见": lambda _, form: row_below(form, "财政部门审核意见", "同意。"),
    "注": lambda _, form: row_below(form, "注：本表一式两份。", across=7),
    "合计": lambda _, form: row_below(form, "合计", None, None, None, None, 90),
    "合计 as text, merged": lambda _, form: row_below(form, "合计", None, None, None, None, "100", across=5),
    "总分": lambda _, form: row_below(form, "总分", None, None, None, None, 100),
    "小计 in the table": total_inside,
    "footnotes": footnotes,
    "lines above": leading_lines,
}


def register_added() -> None:
    for header, places in {
        "序号": ("left", "header-level3"),
        "备注": ("right", "header-basis"),
        "分值": ("right", "header-value", "header-basis"),
        "权重": ("right", "header-level3", "header-basis"),
    }.items():
        for place in places:
            where = place if place in ("left", "right") else f"before {place.removeprefix('header-')}"
            apply = partial(added_column, header=header, place=place)
            register(f"columns: {header}, {where}", apply, ADDED, "points" if header in POINTED else header)
    for key, row in ROWS.items():
        register(f"rows: {key}", row, ADDED, f"row {key}")


# --- merged areas ---------------------------------------------------------------------------------------------------


def unmerge(draft: Draft, form: Form, fills: Literal["nothing", "levels", "everything"]) -> bool:
    """Merges taken away: what they showed stays in the first cell, or fills the cells."""
    if not draft.lonely(form):
        return False
    merges, form.sheet.merges = form.sheet.merges, []
    for top, left, bottom, right in merges:
        first = form.sheet.cells.get((top, left))
        if first and (fills == "everything" or (fills == "levels" and first.role in LEVELS)):
            fill_area(form.sheet, first, (top, left, bottom, right), spares=fills == "everything")
    if fills == "everything":
        draft.allowed.add("S103")  # a part's label does stand there twice
    return bool(merges)


def fill_area(sheet: Sheet, first: Cell, area: Merge, spares: bool) -> None:
    top, left, bottom, right = area
    for row in range(top, bottom + 1):
        blank = not any(place[0] == row and cell.role == "level3" for place, cell in sheet.cells.items())
        if first.role == "level1" and blank and not spares:
            continue
        for column in range(left, right + 1):
            sheet.cells.setdefault((row, column), replace(first, role=first.role if column == left else "filled"))


def hide_under(form: Form, place: Position, hidden: Sequence[Value]) -> bool:
    """Old content in the cells that a merge covers, to the right or below."""
    area = next((merge for merge in form.sheet.merges if merge[:2] == place), None)
    if area is None:
        return False
    top, left, bottom, right = area
    covered = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)][1:]
    for each, value in zip(covered, hidden, strict=False):
        form.sheet.put(*each, value, "hidden", form.number)
    return True


def hide(_draft: Draft, form: Form, role: str, hidden: Sequence[Value]) -> bool:
    areas = [place for place in form.places(role) if hide_under(form, place, hidden)]
    return bool(areas)


def hide_name(draft: Draft, form: Form) -> bool:
    """The name looks blank; an old one stands under the merge."""
    hide_under(form, form.at("name"), ["旧项目名称"])
    form.cell("name").value = form.name = None
    draft.unclear("no name to be seen", form, "F201", "S1")
    return True


def register_merges() -> None:
    register("merges: taken away", partial(unmerge, fills="nothing"), MERGES, "merges")
    register("merges: taken away, levels filled down", partial(unmerge, fills="levels"), MERGES, "merges")
    register("merges: taken away, everything filled", partial(unmerge, fills="everything"), MERGES, "merges")
    under: Mapping[str, tuple[str, tuple[Value, ...]]] = {
        "another name under the name": ("name", ("旧项目名称", "更旧的名称")),
        "an amount under the purpose": ("purpose", ("预算数", 999, "其中：财政资金", 999)),
        "a level under a level": ("level1", ("效果指标", "满意度指标")),
        "a unit under the title": ("title", ("单位：元", "金额单位：千元")),
        "a percentage under a percentage": ("percent", (0.9, 0.9)),
        "a part under a part": ("part-money", ("资金支出计划（%）",)),
        "a goal under a goal": ("goal", ("旧目标", "目标9", "更旧的目标")),
    }
    for key, (role, hidden) in under.items():
        groups = ("merges", "title") if role == "title" else ("merges",)
        register(f"merges: {key}", partial(hide, role=role, hidden=hidden), MERGES, *groups)
    register("merges: a name only under the merge", hide_name, MERGES, "merges", "missing", expects="said")


# --- gaps -----------------------------------------------------------------------------------------------------------


def blank_rows(draft: Draft, form: Form, role: str, nth: int = 0) -> bool:
    places = form.places(role)
    if nth >= len(places):
        return False
    form.sheet.insert_rows(places[nth][0], draft.rng.choice((1, 1, 2, 3)))
    return True


def blank_column(draft: Draft, form: Form, column: int) -> bool:
    form.sheet.insert_columns(form.at("code-label")[1] + column - 1, draft.rng.choice((1, 1, 2)))
    return True


def shift(_draft: Draft, form: Form, rows: int, columns: int) -> bool:
    if rows:
        form.sheet.insert_rows(1, rows)
    if columns:
        form.sheet.insert_columns(1, columns)
    return True


def no_title(draft: Draft, form: Form, keeps_row: bool) -> bool:
    for place in form.places("heading", "title")[::-1]:
        del form.sheet.cells[place]
        form.sheet.merges = [merge for merge in form.sheet.merges if merge[:2] != place]
        if not keeps_row:
            form.sheet.delete_row(place[0])
    return True


def title_far_above(draft: Draft, form: Form) -> bool:
    form.sheet.insert_rows(form.at("title")[0] + 1, 5)
    return True


def two_on_a_sheet(draft: Draft, form: Form, gap: int, beside: bool) -> bool:
    """The next form is moved onto this one's sheet, below or beside it."""
    others = (one for one in draft.forms if one is not form and draft.lonely(one) and "sheet" not in one.touched)
    other = next(others, None)
    if other is None or not draft.lonely(form) or (form.touched | other.touched) & {"unit for the sheet"}:
        return False
    moved, home = other.sheet, form.sheet
    if beside:
        moved.insert_columns(1, home.right + gap)
    else:
        moved.insert_rows(1, home.bottom + gap)
    home.cells |= moved.cells
    home.merges += moved.merges
    other.sheet = home
    draft.sheets.remove(moved)
    return True


def register_gaps() -> None:
    between = ("code-label", "part-money", "part-plan", "part-goals", "header-level1", "level1")
    inside = ("purpose", "percent")
    for role in (*between, *inside):
        register(f"gaps: blank rows before {role}", partial(blank_rows, role=role), GAPS, f"rows {role}")
    for role, nth in (("level3", 1), ("level3", 3), ("level1", 1), ("level1", 2), ("goal", 1)):
        apply = partial(blank_rows, role=role, nth=nth)
        register(f"gaps: blank rows before {role} {nth + 1}", apply, GAPS, f"rows {role} {nth}")
    for column in range(2, 8):
        register(f"gaps: blank column before {column}", partial(blank_column, column=column), GAPS, "columns")
    for rows, columns in ((4, 0), (0, 2), (3, 1), (37, 0), (0, 11), (60, 25)):
        apply = partial(shift, rows=rows, columns=columns)
        register(f"gaps: shifted by {rows} rows, {columns} columns", apply, GAPS, "shift")
    register("gaps: no title, its row left", partial(no_title, keeps_row=True), GAPS, "title")
    register("gaps: no title", partial(no_title, keeps_row=False), GAPS, "title")
    register("gaps: title far above", title_far_above, GAPS, "title")
    for gap in (0, 1, 3):
        stacked = partial(two_on_a_sheet, gap=gap, beside=False)
        register(f"gaps: two forms stacked, {gap} rows between", stacked, SHEETS, "sheet")
        beside = partial(two_on_a_sheet, gap=gap, beside=True)
        register(f"gaps: two forms side by side, {gap} columns between", beside, SHEETS, "sheet")


# --- sheets ---------------------------------------------------------------------------------------------------------


def hide_sheet(draft: Draft, form: Form, state: Literal["hidden", "veryHidden"]) -> bool:
    """It counts all the same, with a finding."""
    if all(sheet is form.sheet or sheet.state != "visible" for sheet in draft.sheets):
        return False
    form.sheet.state = state
    draft.demand("a form on a hidden sheet", ["S104", "S108"], form)
    return True


def copy_sheet(draft: Draft, form: Form, name: str) -> list[tuple[Form, Form]]:
    """Every form of the sheet with its copy on a new sheet, which is not yet in the book's list of forms."""
    sheet = copy.deepcopy(form.sheet)
    sheet.name, sheet.state = name, "visible"
    draft.sheets.insert(draft.sheets.index(form.sheet) + 1, sheet)
    pairs = []
    for one in draft.forms:
        if one.sheet is form.sheet:
            twin = replace(one, sheet=sheet, number=one.number + 100, touched=set(one.touched))
            pairs.append((one, twin))
    for cell in sheet.cells.values():
        cell.form += 100 if cell.form else 0
    return pairs


def copied(draft: Draft, form: Form) -> bool:
    """The same project twice."""
    for one, twin in copy_sheet(draft, form, f"{form.sheet.name} (2)"):
        draft.forms.append(twin)
        draft.demand("the same project twice", ["X60"], one, twin)
    draft.clear = False
    return True


def copied_for_another(draft: Draft, form: Form, keeps: Literal["nothing", "code", "name", "both"]) -> bool:
    """A copy that was filled anew, wholly or but for a code or name that was forgotten."""
    if not draft.lonely(form) or "money" in form.touched or form.name is None:
        return False
    [(_, twin)] = copy_sheet(draft, form, form.sheet.name + (" (2)" if keeps in ("nothing", "code") else "旧"))
    draft.forms.append(twin)
    shown = twin.cell("budget").shown
    twin.budget, twin.fiscal = twin.budget + 7, twin.fiscal + 7
    write_money(twin, shown=shown)
    for cell in twin.texts("cost"):
        cell.value = cost_of(twin)
    if keeps in ("nothing", "code"):
        rename(twin, draft.rng.choice([name for name in NAMES if all(name != one.name for one in draft.forms)]))
    if keeps in ("nothing", "name"):
        twin.cell("code").value = twin.code = "9" + twin.code[1:]
    if keeps != "nothing":
        draft.demand(f"a copy with the same {keeps}", ["X60"], form, twin)
        draft.clear = draft.clear and keeps == "code"
    return True


def rename(form: Form, name: str) -> None:
    for cell in form.texts("heading", "title", "name", "purpose", "filled"):
        cell.value = str(cell.value).replace(form.name or name, name)
    form.name = name


FILLED_IN: Final = (
    *("heading", "code", "name", *MONEY, "purpose", "percent", "goal"),
    *("level3", "description", "value", "cost", "basis", "extra", "hidden", "filled"),
)


def blank_left(draft: Draft, form: Form, name: str) -> bool:
    """A blank form that nobody took out."""
    for _, twin in copy_sheet(draft, form, name):
        for place in twin.places(*FILLED_IN):
            twin.sheet.cells[place].value = None
        for cell in twin.texts("title"):
            cell.value = "项目绩效目标表"
    return True


def as_drawing(draft: Draft, form: Form, picture: bool, keeps_title: bool) -> bool:
    """The form is a picture or a text box; its money is missing from what can be read."""
    if not draft.lonely(form):
        return False
    sheet, kept = form.sheet, form.places("heading", "title") if keeps_title else []
    sheet.cells = {place: sheet.cells[place] for place in kept}
    sheet.merges = [merge for merge in sheet.merges if merge[:2] in kept]
    sheet.picture = picture
    money = f"预算数 {plain(form.budget)} 万元，其中：财政资金 {plain(form.fiscal)} 万元"
    sheet.text_box = "" if picture else f"项目绩效目标表\n项目名称 {form.name}\n{money}"
    draft.clear = False
    return True


def in_one_cell(draft: Draft, form: Form, roles: Sequence[str]) -> bool:
    """Label and value in one cell."""
    for role in roles:
        label, cell = form.cell(f"{role}-label"), form.cell(role)
        amount = None if role not in MONEY else form.amount(role)
        value = cell.value if amount is None else f"{plain(amount)}万元"
        label.value, cell.value = f"{label.value}：{value or ''}", None
    draft.clear = False
    return True


def register_sheets() -> None:
    for state in ("hidden", "veryHidden"):
        register(f"sheets: form on a {state} sheet", partial(hide_sheet, state=state), COPIES, "hidden")
    register("sheets: copied whole", copied, COPIES, "sheet", expects="said")
    anew = partial(copied_for_another, keeps="nothing")
    register("sheets: copied and filled anew", anew, COPIES, "sheet")
    register("sheets: copied, code kept", partial(copied_for_another, keeps="code"), COPIES, "sheet")
    for keeps in ("name", "both"):
        apply = partial(copied_for_another, keeps=keeps)
        register(f"sheets: an older version left, same {keeps}", apply, COPIES, "sheet", expects="said")
    for name in ("空白表", "模板", "Sheet3"):
        register(f"sheets: a blank form left as {name}", partial(blank_left, name=name), COPIES, "blank")
    for titled in (False, True):
        for key, picture in (("picture", True), ("text box", False)):
            apply = partial(as_drawing, picture=picture, keeps_title=titled)
            name = f"sheets: form as a {key}" + (" below its title" if titled else "")
            register(name, apply, COPIES, "sheet", "money", expects="said")
    for key, roles in {"all": ("code", "name", *MONEY), "the money": MONEY, "the budget": MONEY[:1]}.items():
        apply = partial(in_one_cell, roles=roles)
        register(f"sheets: label and value in one cell, {key}", apply, MISSING, "money", "missing", expects="said")


# --- notes and tables of other kinds --------------------------------------------------------------------------------

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


register_labels()
register_units()
register_texts()
register_added()
register_merges()
register_gaps()
register_sheets()
register_notes()
FAMILIES: Final = tuple(dict.fromkeys(one.family for one in CHANGES.values()))


# --- making books ---------------------------------------------------------------------------------------------------

Planned = tuple[Change, Form]


def plan(draft: Draft, changes: Iterable[Change]) -> Iterator[Planned]:
    """Chooses a form for every change; a change that fits none is left out."""
    for change in changes:
        free = [form for form in draft.forms if not form.touched & change.groups]
        if free:
            form = draft.rng.choice(free)
            form.touched |= change.groups
            yield change, form


def carry_out(draft: Draft, planned: Iterable[Planned]) -> None:
    for change, form in sorted(planned, key=lambda one: one[0].stage):
        if change.apply(draft, form):
            draft.changes.append(change.name)


def some_changes(rng: random.Random) -> list[Change]:
    """None to four; every family has the same chance."""
    count = rng.choices((0, 1, 2, 3, 4), (1, 4, 4, 3, 2))[0]
    families = [rng.choice(FAMILIES) for _ in range(count)]
    return [rng.choice([one for one in CHANGES.values() if one.family == family]) for family in families]


def make(seed: int, folder: Path) -> Book:
    """A book with no, one or several changes."""
    rng = random.Random(seed)
    draft = draft_book(rng, rng.choice((1, 1, 2, 2, 3, 4)))
    carry_out(draft, list(plan(draft, some_changes(rng))))
    return finish(draft, seed, folder / f"{seed:06d}.xlsx")


def make_alone(name: str, folder: Path) -> Book:
    """A book of two forms with this change only."""
    start = zlib.crc32(name.encode())
    for seed in range(start, start + 100):
        draft = draft_book(random.Random(seed), 2)
        carry_out(draft, list(plan(draft, [CHANGES[name]])))
        if draft.changes:
            return finish(draft, seed, folder / f"{start:08x}.xlsx")
    raise AssertionError(f"{name} never fits")


def finish(draft: Draft, seed: int, path: Path) -> Book:
    path.write_bytes(with_drawings(draft.sheets, written(draft.sheets)))
    order = {id(sheet): which for which, sheet in enumerate(draft.sheets)}
    forms = sorted(draft.forms, key=lambda form: order[id(form.sheet)])
    demands = [Said(tuple(form.sheet.name for form in one.forms), one.codes, one.why) for one in draft.demands]
    return Book(
        path=path,
        seed=seed,
        changes=tuple(draft.changes),
        projects=tuple(map(expected, forms)),
        clear=draft.clear,
        demands=tuple(demands),
        allowed=frozenset(draft.allowed),
    )


def expected(form: Form) -> Expected:
    budget, fiscal, other = (form.amount(role) if form.known else None for role in MONEY)
    return Expected(form.sheet.name, form.name, budget, fiscal, other, len(form.rows), form.known)


# --- writing --------------------------------------------------------------------------------------------------------


WIDTH: Final = 18
"""Of columns, in characters: no amount shows as ###."""


def written(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a workbook; drawings come later. Cells under merged areas keep their content."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = sheet.state
        page.sheet_format.defaultColWidth = WIDTH
        for (row, column), cell in sorted(sheet.cells.items()):
            made = page.cell(row, column, cell.value)
            made.number_format = cell.shown
            if cell.shown == "@" and isinstance(cell.value, str):
                made.data_type = "s"  # =78人 typed into a text cell is no formula
        for top, left, bottom, right in sheet.merges:
            page.merged_cells.add(CellRange(None, left, top, right, bottom))
    book.active = next(which for which, sheet in enumerate(sheets) if sheet.state == "visible")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
FRAME: Final = (
    f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}">'
    "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</xdr:from><xdr:to><xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>25</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    "{}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)
AREA: Final = (
    '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="4000000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
)
IMAGE: Final = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    f'<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{AREA}</xdr:pic>'
)
TEXT_BOX: Final = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
    f"{AREA}<xdr:txBody><a:bodyPr/><a:lstStyle/>{{}}</xdr:txBody></xdr:sp>"
)


def png() -> bytes:
    """A picture of one grey pixel."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\x80")),
        (b"IEND", b""),
    )
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in chunks:
        out += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return out


def with_drawings(sheets: Sequence[Sheet], data: bytes) -> bytes:
    """The workbook with its pictures and text boxes, which openpyxl does not write without further packages."""
    drawn = [which for which, sheet in enumerate(sheets, 1) if sheet.picture or sheet.text_box]
    if not drawn:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for which in drawn:
        draw(parts, which, sheets[which - 1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def draw(parts: dict[str, bytes], which: int, sheet: Sheet) -> None:
    lines = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in sheet.text_box.splitlines())
    page, link = f"xl/worksheets/sheet{which}.xml", f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
    parts[page] = parts[page].replace(b"</worksheet>", link.encode())
    drawing = f"drawings/drawing{which}.xml"
    parts[f"xl/worksheets/_rels/sheet{which}.xml.rels"] = relation("drawing", f"/xl/{drawing}")
    parts[f"xl/{drawing}"] = FRAME.format(IMAGE if sheet.picture else TEXT_BOX.format(lines)).encode()
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    types = f'<Override PartName="/xl/{drawing}" ContentType="{kind}"/></Types>'
    if sheet.picture:
        parts[f"xl/drawings/_rels/drawing{which}.xml.rels"] = relation("image", "/xl/media/image1.png")
        parts["xl/media/image1.png"] = png()
        if b'Extension="png"' not in parts["[Content_Types].xml"]:
            types = types.replace("<Override", '<Default Extension="png" ContentType="image/png"/><Override', 1)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode())


def relation(kind: str, target: str) -> bytes:
    entry = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{entry}</Relationships>'.encode()


# --- how the program reads them -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """One book and what became of it."""

    seed: int
    changes: tuple[str, ...]
    clear: bool
    outcome: str
    false: tuple[str, ...]
    why: tuple[str, ...]

    def __str__(self) -> str:
        outcome = self.outcome + (" false" if self.false else "")
        return f"{self.seed} {outcome}: {'; '.join(self.changes) or 'unchanged'}: {'; '.join(self.why + self.false)}"


def examine(book: Book, keep: bool = False) -> Result:
    """Lets the program check the book, and judges what it says. To break down counts as silence."""
    from tests.test_people import NothingSaid, check, judge

    try:
        verdict = judge(book, check(book.path))
    except NothingSaid as error:
        return Result(book.seed, book.changes, book.clear, "silent", (), (str(error),))
    finally:
        if not keep:
            book.path.unlink()
    return Result(book.seed, book.changes, book.clear, verdict.outcome, verdict.false, verdict.why)


def examine_seed(seed: int, folder: Path, keep: bool = False) -> Result:
    return examine(make(seed, folder), keep)


def examine_alone(name: str, folder: Path, keep: bool = False) -> Result:
    return examine(make_alone(name, folder), keep)


def examine_all(
    one: Callable[..., Result], what: Sequence[int] | Sequence[str], folder: Path, keep: bool = False
) -> list[Result]:
    """In the order given, on all processors."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(one, folder=folder, keep=keep), what, chunksize=20))


OUTCOMES: Final = ("right", "said", "off", "silent")


def table(results: Iterable[Result]) -> str:
    """How many books came out how, by kind of change; a book counts for each of its changes."""
    counts: dict[str, Counter[str]] = {"all books": Counter(), "clear books": Counter(), "unchanged": Counter()}
    for result in results:
        rows = ["all books", *(["clear books"] if result.clear else []), *(result.changes or ["unchanged"])]
        for name in rows:
            counts.setdefault(name, Counter()).update(["books", result.outcome, *(["false"] if result.false else [])])
    heads = ("books", *OUTCOMES, "false")
    lines = ["".join(f"{head:>8}" for head in heads) + "  kind of change"]
    order = [*list(counts)[:3], *(name for name in CHANGES if name in counts)]
    lines += ["".join(f"{counts[name][head] or '·':>8}" for head in heads) + f"  {name}" for name in order]
    return "\n".join(lines)


def report(results: Sequence[Result], shown: int = 60) -> str:
    """The table, and the books that came out wrong with their seeds and changes."""
    wrong = [one for one in results if one.outcome == "silent" or one.false]
    wrong += [one for one in results if one.outcome != "silent" and not one.false and one.clear and one.why]
    more = [f"… and {len(wrong) - shown} more"] if len(wrong) > shown else []
    return "\n".join([table(results), "", *map(str, wrong[:shown]), *more])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.people", description=__doc__)
    parser.add_argument("--books", type=int, default=200, help="how many books")
    parser.add_argument("--seed", type=int, default=1, help="the first book's seed; each further book has the next")
    parser.add_argument("--alone", action="store_true", help="every kind of change alone instead")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the books here")
    parser.add_argument("--shown", type=int, default=60, help="how many wrong books are listed")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if given.alone:
            results = examine_all(examine_alone, list(CHANGES), folder, keep=given.keep is not None)
        else:
            seeds = range(given.seed, given.seed + given.books)
            results = examine_all(examine_seed, seeds, folder, keep=given.keep is not None)
    print(report(results, given.shown))
    return int(any(one.outcome == "silent" for one in results))


if __name__ == "__main__":
    from tests import people

    sys.exit(people.main())
