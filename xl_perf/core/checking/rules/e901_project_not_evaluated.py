"""有的项目没有绩效自评表，或自评表的项目不在本工作簿里。

为什么：设了绩效目标的项目年终都要自评；名称或编码写错，分数就记不到项目上。
怎样认：工作簿里既有绩效目标表又有自评表时，按项目编码、再按项目名称对应。没有对应上的目标表、没有对应上的自评表、
同一项目的第二张自评表各报一处。只有自评表的工作簿只报年度；项目没有名称的由 F201 报。
表里写的年度与工作簿的不同的，这张表不计入，报错误；同一项目另有本年度的表的，报警告。
怎样改：按“新建自评”，或从已有的自评表复制一张；名称或编码写错的改正；重复的删去一张。
依据：财政部 财预〔2020〕10号《项目支出绩效评价管理办法》；项目支出绩效自评表。
"""

from collections.abc import Iterator

from xl_perf.core.checking.evaluated import is_of_project
from xl_perf.core.checking.report_reading import by_year, of_other_year
from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per project without a table, and per table without a project of its own."""
    if not seen.department.evaluations:
        return
    having: set[tuple[str, int]] = set()
    own, others = by_year(seen.department, seen.evaluated(profile))
    for one in others:
        has_own = any(its.table.kind is one.table.kind and its.table.is_of(one.table) for its in own)
        yield from of_other_year(seen.department, one.table, "E901", has_own=has_own)
    tables = [one for one in own if is_of_project(one.table)]
    aside = [one.project for one in others if one.project is not None]  # these are reported there
    if not (tables or aside) or not seen.projects:
        return
    for one in tables:
        name, remedy = one.table.name, "请核对项目名称和编码；不是本部门项目的，请删去这张自评表"
        if one.project is None:
            message = f"绩效目标表里没有“{name.text}”这个项目" if name.text else "自评表没有写项目名称"
            yield one.find(name, "E901", "项目名称", message, remedy)
            continue
        place = one.project.sheet, one.project.area[0]
        if place in having:
            message = f"“{one.project.title}”有两张自评表，不知道以哪一张为准"
            yield one.find(name, "E901", "项目名称", message, "请只留一张")
        having.add(place)
    having.update((project.sheet, project.area[0]) for project in aside)
    for project in seen.projects:
        if project.key and (project.sheet, project.area[0]) not in having:
            message, remedy = f"“{project.title}”没有绩效自评表", "请按“新建自评”，或复制一张自评表填写"
            if project.name.cell:
                yield at(project.name, "E901", "项目名称", message, remedy)
            else:
                yield in_form(project, "E901", "项目名称", message, remedy)


RULE = Rule("E901", Severity.ERROR, check, __doc__)
