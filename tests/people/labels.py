"""Labels: decorated, in another script, misspelt, by other names, missing."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from tests.people.books import LABELS, LEVELS, MONEY_LABELS, NUMBERED, Cell, Draft, Form
from tests.people.changes import DECORATION, MISSING, WORDING, Expectation, register
from tests.people.filling import write_money

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
