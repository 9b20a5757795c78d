"""Departments whose forms go over several pages, in both kinds of form."""

from typing import Any, NamedTuple

from tests.national import whole
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department

GOAL = "全年组织开展免费开放服务不少于3000场次，覆盖全市12个县（区）、186个乡镇（街道），资金拨付率达到100%。"
TARGETS = ("≥90%", "=1234567.8901万元", "2023年12月31日前", "≤1135.7654元/平方米")
LEVELS = {"hebei-2023": ("产出指标", "效果指标", "满意度指标"), "mof-2021": ("产出指标", "效益指标", "满意度指标")}
SECOND = ("数量指标", "社会效益", "服务对象满意度")
FORMS = ((1, 4), (3, 18), (16, 40), (1, 70))
"""Goals and indicators of each project: forms of one page, two, three and more."""


class Book(NamedTuple):
    """A department with long forms, and the profile of its kind of form."""

    department: Department
    profile: str

    def level_of(self, project: int, row: int) -> str:
        """The first level of an indicator."""
        return LEVELS[self.profile][row * 3 // FORMS[project][1]]


def book(profile: str) -> Book:
    """Projects in the form that the profile is for."""
    projects = []
    for number, (goals, count) in enumerate(FORMS):
        rows = [
            {
                "level1": LEVELS[profile][at * 3 // count],
                "level2": SECOND[at * 3 // count],
                "level3": f"P{number}n{at}x",
                "target": TARGETS[at % len(TARGETS)],
            }
            for at in range(count)
        ]
        named: dict[str, Any] = {
            "name": f"项目{number}",
            "heading": f"项目{number}",
            "budget": "1234567.891",
            "indicators": rows,
        }
        whole_ = whole(**named, goals=["\n".join([GOAL] * goals)]) if profile == "mof-2021" else None
        projects.append(whole_ or draft.project(**named, goals=[GOAL] * goals))
    return Book(draft.department(name="甲局", year=2023, projects=projects), profile)
