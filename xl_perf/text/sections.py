"""The running text's headings and leading words, which the writer prints and the reader looks for."""

import re
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import Vocabulary
from xl_perf.core.model.department import Department
from xl_perf.core.workbook.sheets import GOALS_FIELDS

TEXT_TITLE: Final = "部门预算绩效文本"
MADE_BY: Final = "编制"
GOALS_TITLE: Final = "部门整体绩效目标"
OVERALL: Final = "总体绩效目标"
SUB_GOALS: Final = "分项绩效目标"
SAFEGUARDS: Final = "工作保障措施"
GOAL, INDICATORS, PROJECTS = "绩效目标", "绩效指标", "对应项目"
SUMMARY_TITLE: Final = "项目预算汇总表"
UNIT_NOTE: Final = "单位：万元"
REMARKS: Final = "注："
"""Begins the line on how the amounts are made up."""
CONTENTS_TITLE: Final = "目　录"
STOPS: Final = "。；;.！!"
"""What ends a safeguard's title, or parts indicators and projects."""
_SECTIONS: Final = Vocabulary(one for one in GOALS_FIELDS if one.key in {"overall", "sub_title", "safeguard"})
_ORDINAL: Final = re.compile(
    r"\s*(?:(?:第?[一二三四五六七八九十]{1,3}(?:部分|章)?|\d{1,2})[、.．:：\s]|[（(][一二三四五六七八九十\d]{1,3}[）)])\s*"
)
_PART: Final = re.compile(r"\s*(?:([（(])[一二三四五六七八九十]{1,3}[）)]|([（(])\d{1,2}[）)]|\d{1,2}([、.．]))\s*")


def year_of(department: Department) -> str:
    """``2023年``; empty where the workbook does not say it."""
    return f"{department.year}年" if department.year else ""


class Section(NamedTuple):
    """A section's heading: ``overall``, ``sub_title`` or ``safeguard``; if it is numbered; what follows a colon."""

    key: str
    is_numbered: bool
    after: str


def section_of(text: str) -> Section | None:
    """The section that a paragraph begins, perhaps with its first sentence behind a colon."""
    text = text.strip()
    head, _, after = text.partition("：") if "：" in text else text.partition(":")
    ordinal = _ORDINAL.match(head)
    bare = head[ordinal.end() if ordinal else 0 :].rstrip("。")
    key = _SECTIONS.key(bare)
    return None if key is None else Section(key, bare != head, after.strip())


class Part(NamedTuple):
    """The number that begins a part of a section: what it is like (（一）, （1） or 1.), and as it stands."""

    mark: str
    text: str


def part_of(text: str) -> Part | None:
    """The number that begins a text; None where there is none."""
    match = _PART.match(text)
    return None if match is None else Part("（一）" if match[1] else "（1）" if match[2] else "1.", match[0])
