"""Forms as offices change them are read rightly; layouts of other offices are never read wrongly in silence."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.departments import read
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import other_sources, totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.core.model.project import Project
from xl_perf.profiles import load

FOLDER = Path(__file__).parent / "fixtures" / "forms"
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "expect.json").read_text("utf-8"))
OURS = sorted(path for path in FOLDER.glob("n*.xlsx"))
OTHERS = sorted(path for path in FOLDER.iterdir() if path.name[0] == "c")
OF_OTHER_FAMILIES = [path for path in OTHERS if EXPECTED[path.stem][0]["kind"] != "targets"]
ADVICE = {"n10-quarter-months": {"S102"}, "n14-two-stacked-no-code": {"X601", "X602"}}
"""What the profile rightly finds in a form that is read rightly."""
UNIT = {
    "n01-unit-line-yuan": "元",
    "n02-label-yuan": "元",
    "n03-unit-line-qianyuan": "千元",
    "n19-part-label-yuan": "元",
}


def figures(project: Project) -> tuple[str | None, Decimal | None, Decimal | None, Decimal | None, int]:
    return (
        project.name.value,
        project.budget.value,
        project.fiscal.value,
        other_sources(project),
        len(project.indicators),
    )


def wanted(one: dict[str, Any]) -> tuple[str | None, Decimal | None, Decimal | None, Decimal | None, int]:
    amounts = [None if one[key] is None else Decimal(one[key]) for key in ("total", "fiscal", "other")]
    return one["name"], amounts[0], amounts[1], amounts[2], one["indicators"]


def is_named(department: Department) -> bool:
    """Something tells the reader that the book is not what its totals say: an error, or a table of another kind."""
    findings = check(department, load())
    return any(one.severity is Severity.ERROR or one.code == "S110" for one in findings)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_form_as_offices_change_it(path: Path) -> None:
    """Money, names and indicators are those that a person reads; what was converted is said."""
    department = read(path)
    assert [figures(one) for one in department.projects] == [wanted(one) for one in EXPECTED[path.stem]]
    assert [one.unit.unit if one.unit else "" for one in department.projects] == [
        UNIT.get(path.stem, "") for _ in department.projects
    ]
    findings = check(department, load())
    assert {one.code for one in findings} == ADVICE.get(path.stem, set()) | ({"B307"} if path.stem in UNIT else set())
    assert totals_of_department(department).note == ""


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_the_rest_of_our_form(path: Path) -> None:
    """Whatever was changed, indicators, goals and plan are those of the plain form."""

    def texts(project: Project) -> list[tuple[str, str, str]]:
        return [(one.level2.text, one.level3.text, one.target.text) for one in project.indicators]

    plain = read(FOLDER / "n00-plain.xlsx").projects[0]
    for project in read(path).projects:
        assert texts(project) == texts(plain)
        assert [goal.text for goal in project.goals] == [goal.text for goal in plain.goals]
        assert [point.percent.value for point in project.plan] == [point.percent.value for point in plain.plan]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_a_layout_of_another_office_is_read_rightly_or_named(path: Path) -> None:
    """No project that is not there, and no total without a word."""
    department = read(path)
    right = [figures(one) for one in department.projects] == [wanted(one) for one in EXPECTED[path.stem]]
    assert right or is_named(department)
    if not right:
        total = totals_of_department(department)
        targets = [one for one in EXPECTED[path.stem] if one["kind"] == "targets"]
        money = sum((Decimal(one["total"]) for one in targets if one["total"]), Decimal(0))
        assert total.note or total.budget == money


@pytest.mark.parametrize("path", OF_OTHER_FAMILIES, ids=lambda path: path.name)
def test_tables_of_another_family_are_no_projects(path: Path) -> None:
    """Monitoring, self-evaluation and tables of a whole department stay out of the projects and of the total."""
    family = EXPECTED[path.stem][0]["kind"]
    department = read(path)
    assert not department.projects
    names = {"monitor": "monitoring", "evaluation": "evaluation", "department": "department"}
    assert [one.family for one in department.tables] == [names[family]]
    assert totals_of_department(department).budget == 0
