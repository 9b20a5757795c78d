"""表或文字里写的是别的年度。

为什么：照抄上年的表，表头、目标和用途里常常留着上年的年份；不同年度的预算不能加在一起。
怎样认：表自己的标题、标题下面写的年度（“（2022年度）”）不是这本工作簿的预算年度，总是报；它的金额照样计入合计。
金额的标签、金额上面的栏名写着别的年度（“2024年预算数”）也报；写明是结转、结余的不报。
口径要求时（own_year = true），项目名称、资金用途、目标、指标、整体绩效目标里写着“几几年”，都不是预算年度的，也报。
同一处也写了预算年度的不报，如“比2022年增长”。期限由 I508 报。读不出预算年度的不报。
怎样改：改成本年度；确是别的年度的表，移到那一年的工作簿里；写的是历史情况的，可以写明理由接受。
依据：部门预算按年度编报；文字见口径文件的 own_year。
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)年(?!代)")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, and per text."""
    year = seen.department.year
    if year is None:
        return
    for project in seen.projects:
        stated = project.year
        if stated is not None and stated.value != year:
            message = f"表上写的是 {stated.value} 年度，这本工作簿是 {year} 年的，它的金额仍计入合计"
            remedy = f"请改成 {year} 年度；确是别的年度的表，请移到那一年的工作簿里"
            yield at(stated, "F210", "年度", message, remedy, expected=f"{year}年")
    yield from _labels(seen, year)
    if not profile.own_year or not seen.mentions(["年"]):
        return
    for text in seen.texts:
        target = getattr(text.entry.value, "deadline", None)
        years = _YEAR.findall(folded(text.typed)) if target is None else []
        if years and str(year) not in years:
            message = f"{text.label}里写的是 {'、'.join(dict.fromkeys(years))} 年，预算年度是 {year} 年"
            remedy = f"请改成 {year} 年；写的是以往情况的，可以说明理由接受"
            yield at(text.entry, "F210", text.label, message, remedy, expected=f"{year}年")


def _labels(seen: Seen, year: int) -> Iterator[Finding]:
    """The first label of a form's amounts that names another year; of a list it stands once for all projects."""
    told: set[tuple[str, int, int]] = set()
    for project in seen.projects:
        label = next((one for one in project.dated if one.value != year), None)
        if label is None or (label.sheet, label.row, label.column) in told:
            continue
        told.add((label.sheet, label.row, label.column))
        said = "".join(re.split("[:：]", label.text)[0].split())
        message = f"“{said}”写的是 {label.value} 年，这本工作簿是 {year} 年的，它的金额仍计入合计"
        remedy = f"是本年度的，请把年份改成 {year}；不是的，请改填 {year} 年的金额"
        yield at(label, "F210", "金额的年度", message, remedy, expected=f"{year}年")


RULE = Rule("F210", Severity.WARNING, check, __doc__)
