"""Columns and rows that offices add."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from tests.people.books import Draft, Form, Value
from tests.people.changes import ADDED, Apply, register

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
