"""The official form and the department workbook, described once, as data.

Readers, the template, the summary and later the Word text all take their labels from here. The labels are
those of the official 项目绩效目标表 (Hebei, 2023); `aliases` are the wordings that other offices print.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.values import folded

TEMPLATE_VERSION: Final = "1.0"
FORM_TITLE: Final = "项目绩效目标表"
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

_UNIT_TAIL: Final = re.compile(r"\((?:单位:)?(?:万元|元|%|百分比)\)$")
_MONTH: Final = re.compile(r"(1[0-2]|[1-9])月(?:底|末|底前)")
_GOAL: Final = re.compile(r"(?:绩效)?目标([0-9]{1,2}|[一二三四五六七八九十]{1,2})")
_TITLES: Final = ("绩效目标表", "绩效目标申报表")
# Possessive: what stands between the characters is tried once, however long it is.
_SPACED_TITLE: Final = re.compile(
    r"(?:项\s*+目\s*+)?(?:支\s*+出\s*+)?绩\s*+效\s*+目\s*+标\s*+(?:申\s*+报\s*+)?表\s*+\Z"
)
_FOOTER: Final = re.compile(r"(?:填表|填报|经办|审核|联系|负责人|单位负责|单位盖章|备注|注[:：]|说明[:：]|※|\*)")


def _normal(text: str) -> str:
    normal = folded(text)
    if normal.endswith(")"):
        normal = _UNIT_TAIL.sub("", normal)
    return normal.rstrip(":")


_KEYS: Final = {_normal(wording): field.key for field in FIELDS for wording in (field.label, *field.aliases)}
BLANK_STARTS: Final = frozenset(" \n\t\r　\xa0")
DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
LABEL_STARTS: Final = (
    BLANK_STARTS | DIGITS | {wording[0] for field in FIELDS for wording in (field.label, *field.aliases)} | {"目"}
)
"""First characters of texts that may be labels; a title may begin with anything."""
LONGEST_LABEL: Final = 40
"""Longer texts are not looked at as labels; a title may be longer."""


def label_key(text: str) -> str | None:
    """The key of the label that a text is; ``month:6`` for 6月底, ``goal`` for 目标n, ``title`` for the form's title.

    White space, line breaks, full-width forms, a trailing colon and a trailing unit in brackets do not count.
    """
    normal = _normal(text)
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


def heading_of(title: str) -> str:
    """The heading in a title line, without 项目绩效目标表 and without white space at its ends."""
    before, found, after = title.partition(FORM_TITLE)
    if found and not after.strip():
        return before.strip()
    match = _SPACED_TITLE.search(title)
    return (title[: match.start()] if match else title).strip()


@lru_cache(maxsize=4096)
def is_footer(text: str) -> bool:
    """A line below a form, such as 填表人：…, and not an indicator."""
    return _FOOTER.match(folded(text)) is not None


# --- The indicator tree's names ------------------------------------------------------------------------------

_BRANCHES: Final = {
    "效益": "效果",
    "效果": "效果",
    "社会公众满意度": "满意度",
    "服务对象满意度": "服务对象满意度",
    "社会公众或服务对象满意度": "服务对象满意度",
    "满意程度": "满意度",
    "可持续性影响": "可持续影响",
    "可持续发展": "可持续影响",
    "可持续": "可持续影响",
    "经济": "经济效益",
    "社会": "社会效益",
    "生态": "生态效益",
    "环境效益": "生态效益",
}


@lru_cache(maxsize=4096)
def branch_key(text: str) -> str:
    """The plain name of a first or second level: 产出指标 -> 产出, 效益指标 -> 效果, 可持续性影响 -> 可持续影响.

    Unknown names come back as they are, without white space and without 指标.
    """
    normal = folded(text).rstrip(":").removesuffix("指标")
    return _BRANCHES.get(normal, normal)


_KNOWN_BRANCHES: Final = frozenset(
    {
        "产出",
        "效果",
        "满意度",
        "成本",
        "数量",
        "质量",
        "时效",
        *_BRANCHES.values(),
        "经济成本",
        "社会成本",
        "生态环境成本",
    }
)


def is_branch(text: str) -> bool:
    """A first or second level that official forms print, such as 产出指标 or 可持续影响."""
    return len(text) <= LONGEST_LABEL and branch_key(text) in _KNOWN_BRANCHES


# --- The department workbook ---------------------------------------------------------------------------------

COVER_SHEET: Final = "首页"
GOALS_SHEET: Final = "整体绩效目标"
SUMMARY_SHEET: Final = "部门汇总"
FINDINGS_SHEET: Final = "校验结果"
HELP_SHEET: Final = "说明"
LISTS_SHEET: Final = "字典"
MODEL_SHEET: Final = "空白表"
MODEL_NAME: Final = "空白项目表"
"""The defined name that marks the model form, which is no project."""
LOG_SHEET: Final = "记录"
"""Very hidden: what buttons changed, so that it can be taken back."""
DELETED_SHEET: Final = "已删除"
"""Name of the hidden sheet that 删除项目 leaves for 撤销, followed by the form's own; what is on it is no project."""

COVER_FIELDS: Final = (
    Field("department", "部门名称", 1, ("部门", "单位名称", "填报单位", "编制单位", "预算部门", "填报部门")),
    Field("year", "预算年度", 1, ("年度", "预算年份", "年份")),
    Field("contact", "联系人", 1, ("填报人", "经办人")),
    Field("phone", "联系电话", 1, ("电话", "联系方式")),
    Field("ceiling", "控制数", 1, ("预算控制数", "控制数额")),
)
GOALS_FIELDS: Final = (
    Field("overall", "总体绩效目标", 1, ("部门总体绩效目标", "总体目标", "年度总体绩效目标")),
    Field("sub_title", "分项绩效目标", 2, ("分项目标", "分项名称")),
    Field("sub_goal", "绩效目标", 2),
    Field("sub_indicator", "绩效指标", 2),
    Field("sub_target", "指标值", 2),
    Field("sub_projects", "对应项目", 2, ("支撑项目", "项目名称")),
    Field("safeguard", "工作保障措施", 3, ("保障措施", "工作措施")),
    Field("safeguard_text", "具体内容", 3, ("措施内容", "内容")),
)
SUMMARY_FIELDS: Final = (
    Field("code", "项目编码", 1),
    Field("name", "项目名称", 1),
    Field("budget", "预算数", 1),
    Field("fiscal", "财政资金", 1),
    Field("other", "其他资金", 1),
)
FINDINGS_FIELDS: Final = (
    Field("severity", "级别", 1),
    Field("code", "规则", 1),
    Field("sheet", "工作表", 1),
    Field("cell", "单元格", 1),
    Field("field", "字段", 1),
    Field("found", "发现", 1),
    Field("message", "说明", 1),
    Field("reason", "接受理由", 1),
    Field("by", "接受人", 1),
)
TOTAL_LABEL: Final = "合计"


@lru_cache(maxsize=16384)
def normal_label(text: str) -> str:
    """A text as it is compared with labels: see `label_key`."""
    return _normal(text)


@lru_cache(maxsize=1024)
def planned_column(heading: str) -> tuple[int, str] | None:
    """Month and unit (``%`` or ``万元``) of a column of 部门汇总, from its heading such as ``6月底（万元）``."""
    match = re.fullmatch(r"(1[0-2]|[1-9])月底\((%|万元)\)", folded(heading))
    return (int(match[1]), match[2]) if match else None
