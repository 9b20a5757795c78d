"""Target values in three columns, as budget systems print them: an operator, a number, and its unit (≥ | 12 | 台).

They stand in the header of the indicator table, or in a second row of it below 指标值. Together they are one target.
"""

from typing import Final

from xl_perf.core.forms.kind import Column, Value

SPLIT: Final = (
    Column(
        "operator",
        "计算符号",
        Value.OPERATOR,
        1,
        ("符号", "指标性质", "运算符号", "指标符号", "比较符号", "运算符", "指标值符号"),
        required=False,
    ),
    Column(
        "measure",
        "计量单位",
        Value.MEASURE,
        1,
        ("度量单位", "单位", "指标单位", "指标值单位", "指标计量单位"),
        required=False,
    ),
)
NUMBER: Final = ("值", "数值")
"""Headings of the number between the two."""
