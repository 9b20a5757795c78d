"""Departments as pandas frames, for notebooks: projects, indicators, findings, with numbers in number columns."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from xl_perf.core.errors import needing_pandas
from xl_perf.core.figures.summary import summarise
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding

if TYPE_CHECKING:
    import pandas as pd


class Frames(NamedTuple):
    """Three frames that go together by 文件 and 工作表."""

    projects: "pd.DataFrame"
    indicators: "pd.DataFrame"
    findings: "pd.DataFrame"


_INDICATORS = (
    *("文件", "部门", "年度", "工作表", "项目名称", "一级指标", "二级指标", "三级指标", "描述", "指标值"),
    *("符号", "下限", "上限", "单位", "权重", "依据", "单元格"),
)
_FINDINGS = (
    *("文件", "部门", "年度", "规则", "级别", "工作表", "单元格", "栏目", "实际", "应为", "差额"),
    *("说明", "怎样改", "接受理由", "接受人"),
)
_FIGURE = re.compile(r"[-+]?\d+(?:\.\d+)?")
_INTEGERS = frozenset({"年度", "指标数", "错误", "警告", "提示", "已接受"})
_TEXTS = frozenset({"文件", "部门", "工作表", "项目编码", "项目名称"})


def frames(
    departments: Iterable[Department],
    findings: Sequence[Sequence[Finding]] | None = None,
    *,
    decimals: bool = False,
) -> Frames:
    """Projects (as `Summary.to_frame`), indicators and findings of some departments.

    Amounts are in 万元, percentages in %, as float columns; with ``decimals`` they are `Decimal` objects. Years and
    counts are ``Int64``, nothing is ``<NA>``. 下限 and 上限 are the numbers of a target (``≥12 台``: 12 and <NA>).
    ``findings`` has one sequence per department, in the same order (ValueError otherwise); without it that frame is
    empty and the states of projects are not counted. Needs pandas: imported here only;
    raises `MissingPart` where it is not installed.
    """
    with needing_pandas():
        import pandas as pd

    books = list(departments)
    summary = summarise(books, findings)
    projects = summary.to_frame()
    of_indicators = [row for book in books for row in _indicators(book)]
    indicators = pd.DataFrame(of_indicators, columns=list(_INDICATORS), dtype=object)
    found = zip(books, findings or (), strict=findings is not None)
    rows = [_finding(book, one) for book, own in found for one in own]
    told = pd.DataFrame(rows, columns=list(_FINDINGS), dtype=object)
    numbers = [name for name in projects.columns if name not in _TEXTS]
    return Frames(
        _typed(projects, numbers, decimals=decimals),
        _typed(indicators, ["年度", "下限", "上限", "权重"], decimals=decimals),
        _typed(told, ["年度", "差额"], decimals=decimals),
    )


def _typed(frame: "pd.DataFrame", numbers: Iterable[str], *, decimals: bool) -> "pd.DataFrame":
    """The frame with its number columns as numbers, the others as text."""
    import pandas as pd

    of_numbers = set(numbers)
    for name in frame.columns:
        if name in _INTEGERS:
            frame[name] = frame[name].astype("Int64")
        elif name not in of_numbers:
            frame[name] = frame[name].astype("string")
        elif not decimals:
            frame[name] = pd.to_numeric(frame[name].map(_as_float, na_action="ignore")).astype("float64")
    return frame


def _as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _indicators(book: Department) -> Iterable[Sequence[Any]]:
    for project in book.projects:
        for one in project.indicators:
            target = one.target.value
            yield (
                *(book.path, book.name, book.year, project.sheet, project.name.value),
                *(one.level1.value, one.level2.value, one.level3.value, one.description.value),
                one.target.text or None,
                *((target.operator or None, target.low, target.high, target.unit or None) if target else (None,) * 4),
                *(one.weight.value, one.basis.value, one.level3.cell),
            )


def _finding(book: Department, one: Finding) -> Sequence[Any]:
    by = one.accepted
    return (
        *(book.path, book.name, book.year, one.code, one.severity and one.severity.label),
        *(one.sheet, one.cell, one.field, one.found, one.expected, _number(one.difference)),
        *(one.message, one.remedy, by and by.reason, by and by.by),
    )


def _number(said: str | None) -> Decimal | None:
    """A difference as a number; those of percentages and lengths are said with their unit."""
    match = _FIGURE.match(said or "")
    return Decimal(match[0]) if match else None
