"""The running text's headings and leading words, which the writer prints and the reader looks for."""

from typing import Final

TEXT_TITLE: Final = "部门预算绩效文本"
MADE_BY: Final = "编制"
GOALS_TITLE: Final = "部门整体绩效目标"
OVERALL: Final = "总体绩效目标"
SUB_GOALS: Final = "分项绩效目标"
SAFEGUARDS: Final = "工作保障措施"
GOAL, INDICATORS, PROJECTS = "绩效目标", "绩效指标", "对应项目"
SUMMARY_TITLE: Final = "项目预算汇总表"
UNIT_NOTE: Final = "单位：万元"
CONTENTS_TITLE: Final = "目　录"
STOPS: Final = "。；;.！!"
"""What ends a safeguard's title, or parts indicators and projects."""
