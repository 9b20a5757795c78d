"""The official form and the department workbook, described once, as data.

Readers, the template, the summary and later the Word text all take their labels from here. The labels are
those of the official 项目绩效目标表 (Hebei, 2023); `aliases` are the wordings that other offices print.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import BLANK_STARTS, normal_label
from xl_perf.core.cells.values import folded
from xl_perf.core.forms.titles import FORM_TITLE

BLANK_LABEL: Final = "\u2002"
"""An en space: what the Word text holds for a first level that is blank on purpose, lest the one above be taken."""
CHECKPOINTS: Final = (3, 6, 10, 12)
"""The months at whose ends cumulative spending is planned."""


class Field(NamedTuple):
    """A label of the form. ``part`` is the form's part (2–6, top to bottom) in which it stands."""

    key: str
    label: str
    part: int
    aliases: tuple[str, ...] = ()


FIELDS: Final = (
    Field("code", "项目编码", 2, ("项目代码", "项目编号")),
    Field("name", "项目名称", 2),
    Field("budget_part", "预算规模及资金用途", 3, ("预算规模与资金用途", "预算规模和资金用途", "预算规模")),
    Field("total", "预算数", 3, ("预算金额", "预算总额", "预算资金", "预算总数")),
    Field("fiscal", "其中：财政资金", 3, ("其中财政资金", "财政资金", "其中:财政拨款", "其中财政拨款", "财政拨款")),
    Field("other", "其他资金", 3, ("其它资金", "其中:其他资金")),
    Field("plan_part", "资金支出计划（%）", 4, ("资金支出计划", "支出计划", "资金支出进度计划")),
    Field("goals_part", "绩效目标", 5, ("项目绩效目标", "年度绩效目标")),
    Field("level1", "一级指标", 6),
    Field("level2", "二级指标", 6),
    Field("level3", "三级指标", 6),
    Field("description", "绩效指标描述", 6, ("指标描述", "指标解释", "绩效指标解释", "指标说明", "绩效指标说明")),
    Field("target", "指标值", 6, ("绩效指标值", "目标值", "年度指标值", "指标目标值")),
    Field("basis", "指标值确定依据", 6, ("确定依据", "依据", "指标确定依据", "指标值依据")),
    Field("weight", "权重", 6, ("分值", "指标权重", "权重分值", "分值权重", "分值(权重)", "权重(分值)")),
)
WEIGHT: Final = "weight"
"""The one column that only some regions print: where the profile has weights."""
REQUIRED: Final = tuple(field for field in FIELDS if field.key != WEIGHT)
"""The labels that every form has."""
LABELS: Final = {field.key: field.label for field in FIELDS}
HEADER: Final = tuple(field.key for field in FIELDS if field.part == 6 and field.key != WEIGHT)
STARTERS: Final = frozenset({"title", "code", "name", "budget_part"})
"""Labels that begin a further form when they come after the indicator header of one."""
TELLING: Final = frozenset({"title", "budget_part", "plan_part", "goals_part", "goal", *HEADER})
"""Labels that lists of projects do not have: three different ones make a form."""
MINIMUM_TELLING: Final = 3

_MONTH: Final = re.compile(r"(1[0-2]|[1-9])月(?:底|末|底前)")
_GOAL: Final = re.compile(r"(?:绩效)?目标([0-9]{1,2}|[一二三四五六七八九十]{1,2})")
_TITLES: Final = ("绩效目标表", "绩效目标申报表")
_FOOTER: Final = re.compile(r"(?:填表|填报|经办|审核|联系|负责人|单位负责|单位盖章|备注|注[:：]|说明[:：]|※|\*)")


_KEYS: Final = {normal_label(wording): field.key for field in FIELDS for wording in (field.label, *field.aliases)}
DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
LABEL_STARTS: Final = (
    BLANK_STARTS | DIGITS | {wording[0] for field in FIELDS for wording in (field.label, *field.aliases)} | {"目"}
)
"""First characters of texts that may be labels; a title may begin with anything."""


def label_key(text: str) -> str | None:
    """The key of the label that a text is; ``month:6`` for 6月底, ``goal`` for 目标n, ``title`` for the form's title.

    White space, line breaks, full-width forms, a trailing colon and a trailing unit in brackets do not count.
    """
    normal = normal_label(text)
    key = _KEYS.get(normal)
    if key is not None:
        return key
    if normal.endswith(_TITLES):
        return "title"
    if "月" in normal and (month := _MONTH.fullmatch(normal)):
        return f"month:{month[1]}"
    return "goal" if "目标" in normal and _GOAL.fullmatch(normal) else None


def label_text(key: str) -> str:
    """The official label of a key, for messages."""
    if key.startswith("month:"):
        return f"{key.removeprefix('month:')}月底"
    return FORM_TITLE if key == "title" else LABELS[key]


def expected_labels(checkpoints: Iterable[int]) -> Iterator[str]:
    """Keys of the labels that every form has, in the form's order."""
    for field in REQUIRED:
        yield field.key
        if field.key == "plan_part":
            yield from (f"month:{month}" for month in checkpoints)


@lru_cache(maxsize=4096)
def is_footer(text: str) -> bool:
    """A line below a form, such as 填表人：…, and not an indicator."""
    return _FOOTER.match(folded(text)) is not None
