"""Three hundred departments as plain facts: names, years, amounts as `Decimal` in 万元. Nothing here reads a workbook.

The facts are the same in every run. What a workbook made of them is to say is worked out from them alone.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Final

YEAR: Final = 2024
LAST_YEAR: Final = YEAR - 1
MONTHS: Final = (3, 6, 10, 12)

COUNTIES: Final = (
    *("东江区", "西岭区", "南浦区", "北原区", "清河县", "临泉县", "长亭县", "安塘县", "永宁镇", "双桥镇"),
    *("高庙镇", "石门镇", "白沙镇", "柳林镇", "松山乡", "梅溪乡", "竹园乡", "兰村乡", "菊岭乡", "荷塘乡"),
)
OFFICES: Final = (
    *("教育局", "民政局", "财政局", "水务局", "林草局", "卫生健康局", "文化旅游局", "交通运输局"),
    *("农业农村局", "市场监督管理局", "应急管理局", "退役军人事务局", "城市管理局", "审计局", "统计局"),
)
WORKS: Final = (
    *("道路养护", "河道清淤", "校舍修缮", "图书采购", "养老服务补助", "路灯改造", "公厕改造", "绿化养护"),
    *("饮水安全工程", "防汛物资储备", "疫苗接种补助", "档案整理", "消防器材更新", "垃圾分类宣传", "危房改造"),
)
PLANS: Final = ((25, 50, 75, 100), (0, 50, 50, 100), (10, 30, 80, 100), (0, 0, 0, 100))


@dataclass(frozen=True)
class ProjectFacts:
    """One project; amounts in 万元, a plan in per cent of the budget."""

    name: str
    code: str
    budget: Decimal
    fiscal: Decimal
    other: Decimal
    plan: Sequence[int]


@dataclass(frozen=True)
class BookFacts:
    """One department's workbook. ``form`` is 河北 (with a plan) or 财政部 (without one), ``unit`` 万元 or 元."""

    file: str
    department: str
    year: int
    form: str
    unit: str
    projects: Sequence[ProjectFacts]
    has_cover: bool = True

    def named(self, file: str) -> "BookFacts":
        """The same under another name."""
        return replace(self, file=file)


@dataclass(frozen=True)
class Sums:
    """What a total over several workbooks is to be, in 万元."""

    projects: int
    budget: Decimal
    fiscal: Decimal
    other: Decimal
    planned: dict[int, Decimal]


def sums_of(projects: Iterable[tuple[ProjectFacts, bool]]) -> Sums:
    """The sums over projects; the second of each pair says whether its form has a plan."""
    every = list(projects)
    return Sums(
        len(every),
        sum((one.budget for one, _ in every), Decimal(0)),
        sum((one.fiscal for one, _ in every), Decimal(0)),
        sum((one.other for one, _ in every), Decimal(0)),
        {
            month: sum((one.budget * one.plan[at] / 100 for one, has_plan in every if has_plan), Decimal(0))
            for at, month in enumerate(MONTHS)
        },
    )


def planned(books: Iterable[BookFacts]) -> list[tuple[ProjectFacts, bool]]:
    """The projects of these workbooks, for `sums_of`."""
    return [(one, book.form == "河北") for book in books for one in book.projects]


def departments(seed: int = 2024) -> list[BookFacts]:
    """Three hundred workbooks without file names, one for each department, in the order of the folders."""
    chance = random.Random(seed)
    return [_book(chance, at, county, office) for at, (county, office) in enumerate(product(COUNTIES, OFFICES))]


def _book(chance: random.Random, at: int, county: str, office: str) -> BookFacts:
    form = "财政部" if at % 4 == 3 else "河北"
    unit = "元" if form == "财政部" and at % 8 == 3 else "万元"
    works = chance.sample(WORKS, chance.randint(1, 4))
    projects = tuple(_project(chance, at, number, f"{county}{office}{work}") for number, work in enumerate(works))
    return BookFacts("", f"{county}{office}", YEAR, form, unit, projects)


def _project(chance: random.Random, at: int, number: int, name: str) -> ProjectFacts:
    budget = _amount(chance, 1, 500_000_000)
    fiscal = budget if chance.random() < 0.6 else _amount(chance, 0, int(budget * 10_000))
    return ProjectFacts(name, f"1302{at:04}{number:03}", budget, fiscal, budget - fiscal, chance.choice(PLANS))


def _amount(chance: random.Random, low: int, high: int) -> Decimal:
    """An amount of whole 元, or of 分 where it is small, as offices have them, in 万元."""
    yuan = Decimal(chance.randint(low, high))
    if yuan > 1_000_000:
        yuan = yuan // 100 * 100
    elif chance.random() < 0.3:
        yuan += Decimal(chance.randint(0, 99)) / 100
    return min(yuan, Decimal(high)) / 10_000
