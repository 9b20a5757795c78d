"""Workbooks to measure with: departments of eight projects, different from one another, some with mistakes."""

import random
import re
import zipfile
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import BY_NAME, DEFAULT
from xl_perf.core.making import draft
from xl_perf.core.making.converting import in_kind
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.profiles import load
from xl_perf.written.template import write_department

PROJECTS = 8
_WRITTEN = 1_000
_PLACES = ("东河", "西岭", "南湖", "北屯", "新华", "和平", "前进", "双桥", "柳林", "石门")
_WORKS = ("道路养护", "环境整治", "养老服务", "防汛物资", "就业培训", "校舍维修", "绿化管护", "社区服务", "饮水安全")
_BASES = ("上级政策", "行业标准", "工作计划", "合同约定", "历史数据")


def department(
    number: int, kind: FormKind = DEFAULT, size: int = PROJECTS, again_after: int | None = None
) -> Department:
    """Department ``number``, with ``size`` forms of that kind: always the same for the same number.

    With ``again_after`` so many projects the next ones have the same mistakes as the first.
    """
    dice = random.Random(number)
    place = f"{dice.choice(_PLACES)}{number:04d}街道办事处"
    first = dice.getstate()
    projects = []
    for at in range(size):
        if again_after and at % again_after == 0:
            dice.setstate(first)
        projects.append(in_kind(_project(dice, place, number * PROJECTS + at), kind))
    return draft.department(
        name=place,
        year=2023,
        overall_goal=f"{place}全年重点做好民生保障、环境整治和基层治理，按计划完成各项任务。",
        sub_goals=[
            draft.sub_goal(
                f"分项目标{at}",
                "按计划完成。",
                [("完成率", "100%"), ("满意度", "≥90%")],
                [one.title for one in projects[at :: again_after or size]],
            )
            for at in range(3)
        ],
        safeguards=[(f"措施{at}", "明确责任，落实到人，按季度检查。") for at in range(1, 11)],
        projects=projects,
    )


def _project(dice: random.Random, place: str, serial: int) -> Project:
    name = f"{place}{dice.choice(_WORKS)}{serial:05d}"
    budget = Decimal(dice.randrange(100, 9_000_000)) / 100
    other = Decimal(dice.randrange(0, int(budget * 100) + 1)) / 100 if dice.random() < 0.3 else None
    fiscal = budget - (other or 0) + (Decimal("0.01") if dice.random() < 0.03 else 0)
    plan = sorted(dice.randrange(0, 20) * 5 for _ in range(3))
    return draft.project(
        name=name,
        heading=name,
        code=f"1302{serial:012d}" if dice.random() < 0.9 else "————",
        budget=f"{budget}",
        fiscal=f"{fiscal}",
        other=None if other is None else f"{other}",
        purpose=f"资金主要用于{name}的人工、材料和运行支出。",
        percents=[*(f"{share}%" for share in plan), "100%"],
        goals=[f"完成{name}。", f"提高{place}群众的满意度。"],
        indicators=_indicators(dice, budget, 10 + serial % 989),
    )


def _indicators(dice: random.Random, budget: Decimal, people: int) -> list[dict[str, str]]:
    rows = (
        ("产出指标", "数量指标", "服务人数", f"第{dice.randrange(9)}类人数", f"≥{people}人"),
        ("产出指标", "质量指标", "验收合格率", "验收合格的比率", f"≥{dice.randrange(85, 100)}%"),
        ("产出指标", "时效指标", "完成时限", "全部完成的时间", f"2023年{dice.randrange(6, 13)}月底前"),
        ("产出指标", "成本指标", "项目总成本", "全部支出", f"={budget}万元"),
        ("效果指标", "社会效益指标", "是否改善条件", "群众生活条件是否改善", "是"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "受访群众中满意的比率", f"≥{dice.randrange(80, 99)}%"),
    )
    keys = ("level1", "level2", "level3", "description", "target")
    return [dict(zip(keys, row, strict=True)) | {"basis": dice.choice(_BASES)} for row in rows]


def _write(place: tuple[int, str, str]) -> None:
    number, path, name = place
    kind = BY_NAME[name]
    write_department(Path(path), department(number, kind), load(), kind=kind)


def make(folder: Path, number: int, kind: FormKind = DEFAULT) -> list[Path]:
    """``number`` workbooks in a folder; those that are there from an earlier run are kept.

    The first thousand are written as ours are, which takes a third of a second each; the others are these under other
    names and codes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"部门{at:05d}.xlsx" for at in range(number)]
    missing = [(at, str(path), kind.name) for at, path in enumerate(paths) if not path.exists()]
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, [one for one in missing if one[0] < _WRITTEN], chunksize=10))
        copies = [(at, str(paths[at % _WRITTEN]), path) for at, path, _ in missing if at >= _WRITTEN]
        list(pool.map(_rename, copies, chunksize=10))
    return paths


def _rename(place: tuple[int, str, str]) -> None:
    """The same department with another number, its projects' codes with it."""
    number, source, target = place
    first = number % _WRITTEN
    old, new = (f"{one:04d}街道办事处".encode() for one in (first, number))

    def code(found: re.Match[bytes]) -> bytes:
        return b"1302%012d" % (int(found[1]) + (number - first) * PROJECTS)

    with (
        zipfile.ZipFile(source) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as copy,
    ):
        for part in package.infolist():
            content = package.read(part)
            if part.filename.endswith(".xml"):
                content = re.sub(rb"\b1302(\d{12})\b", code, content.replace(old, new))
            copy.writestr(part, content)
