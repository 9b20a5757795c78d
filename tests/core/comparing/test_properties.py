"""What holds of any two departments: nothing differs from itself, both directions agree, differences add up."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from xl_perf.core.comparing.diff import diff
from xl_perf.core.comparing.records import Change, Difference, Nature, ProjectChange, ProjectDifference, ProjectPlace
from xl_perf.core.forms.kinds import BY_NAME, DEFAULT
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project

NAMES = ("道路养护", "绿化", "敬老院运行", "路灯维修", "垃圾清运", "")
CODES = ("13010001", "13010002", "13010003", "————", "")
AMOUNTS = ("", "0", "12.5", "100", "0.000001", "八十万", "-3", "————", "1000000元", "123456789012345.678901")
TEXTS = (
    "",
    "方便群众出行。",
    "方便群众出行",
    "改善环境。",
    "改善　环境。",
    "=78人",
    "≥90%",
    "≥９０％",
    "=5万元",
    "=7万元",
)
MONEY_OF_SOURCES = frozenset({"carried_over", "special_account", "unit_money", "local_money", "other"})

texts, amounts = st.sampled_from(TEXTS), st.sampled_from(AMOUNTS)
rows = st.lists(
    st.builds(
        builders.indicator,
        level2=st.sampled_from(("数量指标", "质量指标")),
        level3=st.sampled_from(("里程", "合格率", "人数")),
        target=texts,
        description=texts,
    ),
    max_size=4,
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Of either kind that is written."""
    kind = draw(st.sampled_from((DEFAULT, DEFAULT, BY_NAME["national_targets"])))
    fields: dict[str, Any] = {"name": draw(st.sampled_from(NAMES)), "budget": draw(amounts), "fiscal": draw(amounts)}
    fields["other"] = draw(amounts)
    if kind is DEFAULT:
        fields |= {"code": draw(st.sampled_from(CODES)), "purpose": draw(texts)}
        fields["percents"] = draw(st.lists(st.sampled_from(("", "25%", "50%", "100%")), min_size=4, max_size=4))
    return draft.project(kind=kind, goals=draw(st.lists(texts, max_size=3)), indicators=draw(rows), **fields)


@st.composite
def departments(draw: st.DrawFn) -> Department:
    return draft.department(
        name=draw(st.sampled_from(("甲局", "乙局"))),
        year=2024,
        ceiling=draw(amounts),
        overall_goal=draw(texts),
        sub_goals=[draft.sub_goal(draw(texts), draw(texts), [("指标", draw(texts))])],
        safeguards=draw(st.lists(st.tuples(texts, texts), max_size=2)),
        projects=draw(st.lists(projects(), max_size=5)),
    )


def mirrored(project: ProjectDifference) -> tuple[object, ...]:
    """What is told of a project, seen from the other side."""
    turned = {ProjectChange.ADDED: ProjectChange.REMOVED, ProjectChange.REMOVED: ProjectChange.ADDED}
    changes = frozenset(Counter(map(turned_around, project.changes)).items())
    return turned.get(project.change, project.change), place(project.new), place(project.old), changes


def told(project: ProjectDifference) -> tuple[object, ...]:
    changes = frozenset(Counter(map(as_it_is, project.changes)).items())
    return project.change, place(project.old), place(project.new), changes


def place(one: ProjectPlace | None) -> tuple[object, ...] | None:
    return one and (one.department, one.code, one.name, one.form)


def as_it_is(change: Change) -> tuple[object, ...]:
    return change.field, change.nature, change.old, change.new, change.difference


def turned_around(change: Change) -> tuple[object, ...]:
    natures = {Nature.ADDED: Nature.REMOVED, Nature.REMOVED: Nature.ADDED}
    difference = None if change.difference is None else Decimal(0) - change.difference
    return change.field, natures.get(change.nature, change.nature), change.new, change.old, difference


def every(difference: Difference) -> Iterator[ProjectDifference]:
    for one in difference.departments:
        yield from one.projects


@given(departments())
@settings(max_examples=100, deadline=None)
def test_nothing_differs_from_itself(one: Department) -> None:
    found = diff(one, one)
    assert found.is_empty
    assert all(pair.difference == 0 for pair in found.amounts.values())


@given(departments(), departments())
@settings(max_examples=150, deadline=None)
def test_both_directions_agree(old: Department, new: Department) -> None:
    there, back = diff(old, new), diff(new, old)
    assert Counter(map(told, every(there))) == Counter(map(mirrored, every(back)))
    of_department = [
        Counter(map(how, one.changes))
        for one, how in zip((there.departments[0], back.departments[0]), (as_it_is, turned_around), strict=True)
    ]
    assert of_department[0] == of_department[1]


@given(departments(), departments())
@settings(max_examples=150, deadline=None)
def test_differences_add_up_to_that_of_the_totals(old: Department, new: Department) -> None:
    """Field by field, and project by project; the unchanged ones add nothing."""
    found = diff(old, new)
    of_fields: Counter[str] = Counter()
    for project in every(found):
        for change in project.changes:
            key = "other" if change.field in MONEY_OF_SOURCES else change.field
            if key in {"budget", "fiscal", "other"} and change.difference is not None:
                of_fields[key] += change.difference  # type: ignore[assignment]
    for key in ("budget", "fiscal", "other"):
        assert of_fields[key] == found.amounts[key].difference, key
    for key, pair in found.amounts.items():
        assert sum(project.amounts[key].difference for project in every(found) if key in project.amounts) == (
            pair.difference
        )
