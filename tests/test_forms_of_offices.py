"""Forms as offices change them, and those of other offices, are read rightly from workbooks and texts."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.departments import read
from xl_perf.cli.json_reports import evaluation_object, monitoring_object
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import other_sources, totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.core.model.project import Project
from xl_perf.profiles import fitting, load
from xl_perf.text.sources import read_sources

FIXTURES = Path(__file__).parent / "fixtures"
FORMS, LAYOUTS = FIXTURES / "forms", FIXTURES / "layouts"
Expected = dict[str, list[dict[str, Any]]]
EXPECTED: Expected = json.loads((FORMS / "expect.json").read_text("utf-8"))
OF_LAYOUTS: Expected = json.loads((LAYOUTS / "expect.json").read_text("utf-8"))
OURS = sorted(path for path in FORMS.glob("n*.xlsx"))
OTHERS = sorted(path for path in FORMS.iterdir() if path.name[0] == "c")
ALL_LAYOUTS = sorted(LAYOUTS.glob("*.xlsx"))
ADVICE = {"n14-two-stacked-no-code": {"X601", "X602"}}
"""What the profile rightly finds in a form that is read rightly."""
UNIT = {
    "n01-unit-line-yuan": "元",
    "n02-label-yuan": "元",
    "n03-unit-line-qianyuan": "千元",
    "n19-part-label-yuan": "元",
}
FAMILY = {"monitor": "monitoring", "evaluation": "evaluation", "department": "department"}
ABOUT_BRANCHES = {"I501", "I502", "I517"}
OTHER_FIELDS = {"F202", "F203", "F204", "I512", "I513", "P401", "P402", "P403", "P404", "P405", "P406"}
"""What is said of fields that the ministry's form and lists do not have."""
REFUSED = {
    "l17-county-2016-all-in-one-cell": "S102",
    "l46-jiangsu-half-and-full-year": "S102",
    "x03-two-different-totals": "S103",
}
"""Layouts that are not read as a person would: what the error says."""


def department_of(path: Path) -> Department:
    """The book or text, read as the command line reads it."""
    if path.suffix in {".docx", ".txt"}:
        return read_sources([str(path)]).read[0].department
    return read(path)


def first(project: Project) -> list[str | None] | None:
    """The first indicator: levels by their plain names, its name, target and weight as typed."""
    if not project.indicators:
        return None
    one = project.indicators[0]
    return [one.level1.value, one.level2.value, *(text.text or None for text in (one.level3, one.target, one.weight))]


def said(project: Project) -> dict[str, Any]:
    """What the form says, as `expect.json` puts it."""
    own_name = project.value("department") if project.kind.family == "department" else project.name
    return {
        "name": own_name.value,
        "total": project.budget.value,
        "fiscal": project.fiscal.value,
        "other": other_sources(project),
        "indicators": len(project.indicators),
        "goals": sum(bool(goal.value) for goal in project.goals),
        "first": first(project),
    }


def wanted(one: dict[str, Any]) -> dict[str, Any]:
    amounts = {key: Decimal(one[key]) for key in ("total", "fiscal", "other") if one.get(key) is not None}
    known = {key: value for key, value in one.items() if key not in {"kind", "note", "year", "department"}}
    return known | amounts


def compared(projects: list[Project], expected: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """What the forms say, of what is expected; a form's order on its sheet does not count."""
    found = sorted(map(said, projects), key=lambda one: str(one["name"]))
    right = sorted(map(wanted, expected), key=lambda one: str(one["name"]))
    told = [{key: one[key] for key in other} for one, other in zip(found, right, strict=False)]
    return [*told, *found[len(right) :]], right


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_form_as_offices_change_it(path: Path) -> None:
    """Money, names and indicators are those that a person reads; what was converted is said."""
    department = read(path)
    found, right = compared(list(department.projects), EXPECTED[path.stem])
    assert found == right
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

    plain = read(FORMS / "n00-plain.xlsx").projects[0]
    for project in read(path).projects:
        assert texts(project) == texts(plain)
        assert [goal.text for goal in project.goals] == [goal.text for goal in plain.goals]
        assert [point.percent.value for point in project.plan] == [point.percent.value for point in plain.plan]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_forms_of_other_offices(path: Path) -> None:
    """From workbook and text alike: projects, departments' own targets; other tables are named and in no total."""
    expected, department = EXPECTED[path.stem], department_of(path)
    family = expected[0]["kind"]
    projects = department.own_targets if family == "department" else department.projects
    if family in {"targets", "department"}:
        found, right = compared(list(projects), expected)
        assert found == right
    if family != "targets":
        assert not department.projects
        assert [one.family for one in department.tables] == [FAMILY[family]]
        assert totals_of_department(department).budget == 0


@pytest.mark.parametrize(
    "path",
    [path for path in OTHERS if EXPECTED[path.stem][0]["kind"] in {"monitor", "evaluation"}],
    ids=lambda path: path.name,
)
def test_reports_of_other_offices(path: Path) -> None:
    """From workbook and text alike monitoring and self-evaluation tables are read whole; the JSON says so."""
    (expected,), department = EXPECTED[path.stem], department_of(path)
    (one,) = *map(monitoring_object, department.monitoring), *map(evaluation_object, department.evaluations)
    lines = {line["key"]: line for line in one["funds"]}
    first = one["indicator_list"][0]
    assert one["name"] == expected["name"]
    assert one["indicators"] == len(one["indicator_list"]) == expected["indicators"]
    assert lines["budget"]["initial"] == expected["total"]
    for key in ("fiscal", "other"):
        if expected[key] is not None:
            assert lines[key]["initial"] == expected[key]
    assert [*(first[key] for key in ("level1", "level2", "level3", "target")), first.get("weight")] == expected["first"]
    assert one["goal"]


@pytest.mark.parametrize(
    "path", [path for path in OTHERS if EXPECTED[path.stem][0]["kind"] == "targets"], ids=lambda path: path.name
)
def test_no_false_findings_on_forms_of_other_offices(path: Path) -> None:
    """Nothing is said of branches that the office does not print, and of fields that its form does not have."""
    department = department_of(path)
    codes = {one.code for one in check(department, fitting(department))}
    assert not codes & ABOUT_BRANCHES
    if department.projects[0].kind.name != "project_targets":
        assert not codes & OTHER_FIELDS


def test_an_undeclared_unit_is_an_error_and_its_amounts_stay_out() -> None:
    department = read(FORMS / "c21-integrated-page.xlsx")
    errors = [one for one in check(department, fitting(department)) if one.severity is Severity.ERROR]
    assert [one.code for one in errors] == ["S102"]
    assert totals_of_department(department).budget == 0
    assert [one.sheet for one in totals_of_department(department).incomplete] == ["Sheet1"]


@pytest.mark.parametrize("path", ALL_LAYOUTS, ids=lambda path: path.stem)
def test_layouts_of_further_offices(path: Path) -> None:
    """Read as a person reads them, or refused by an error that says what is wrong."""
    department = read(path)
    expected = [one for one in OF_LAYOUTS[path.stem] if one["kind"] == "targets"]
    codes = {one.code for one in check(department, fitting(department)) if one.severity is Severity.ERROR}
    if path.stem in REFUSED:
        assert REFUSED[path.stem] in codes
        return
    found, right = compared(list(department.projects), expected)
    assert found == right
    for one in expected:
        if one["total"] is None:
            assert codes & {"B301", "B308", "S102", "S106"}
            assert totals_of_department(department).incomplete


NAMED = {"l65-model-and-filled": {"F201"}, "l76-no-levels": {"S102"}, "x14-one-row-per-project": {"S101", "S108"}}
"""Errors that layouts rightly raise."""
WITHOUT_FAULT = [path for path in ALL_LAYOUTS if "l57" <= path.stem[:3] <= "l99" or path.stem in NAMED]


@pytest.mark.parametrize("path", WITHOUT_FAULT, ids=lambda path: path.stem)
def test_no_false_errors_on_layouts(path: Path) -> None:
    """Year and department are read too, where the form prints them."""
    department = read(path)
    errors = {one.code for one in check(department, fitting(department)) if one.severity is Severity.ERROR}
    assert errors == NAMED.get(path.stem, set())
    for one in OF_LAYOUTS[path.stem]:
        assert department.year == one.get("year", department.year)
        assert department.name == one.get("department", department.name)


YEARS = {
    "c01-central-2023": 2023,
    "c07-hunan-old-2021": 2021,
    "c08-hubei-ezhou-2022": 2022,
    "c10-shaanxi-2020": 2020,
    "c13-transfer-2020": 2020,
    "c16-guangdong-2021": 2021,
    "c19-region-2023": 2023,
}
DEPARTMENTS = {
    "c01-central-2023": "某某科学院",
    "c07-hunan-old-2021": "某镇",
    "c10-shaanxi-2020": "某省某厅",
    "c11-shaanxi-dept-2020": "某省某厅",
    "c17-yunnan-05-2": "某县融媒体中心",
    "c18-hebei-split-2024": "某某县某某局",
}


@pytest.mark.parametrize(("stem", "year"), YEARS.items())
def test_the_year_where_forms_print_it(stem: str, year: int) -> None:
    assert read(FORMS / f"{stem}.xlsx").year == year


@pytest.mark.parametrize(("stem", "name"), DEPARTMENTS.items())
def test_the_department_where_forms_print_it(stem: str, name: str) -> None:
    assert read(FORMS / f"{stem}.xlsx").name == name


SAID_OF_REPORTS = {
    "c04-sichuan-self-2023": {"S110", "E922"},
    "c05-anhui-self-2022": {"S110", "E904", "E908", "E911", "E912", "E913"},
    "c06-monitor-136": {"S110", "M812"},
    "c14-chongqing-dept-self-2021": {"S110", "E902", "E913"},
}
"""What is rightly said of these tables when nobody asked for a profile.

The Anhui table prints 0 for all the money, and 8 of 10 points without a reason. In the monitoring table 8 % of ≥10 %
are reached, without a reason; its satisfaction is still to be asked for, and its office monitors in July alone. Of the
Chongqing table only some indicators were published.
"""


@pytest.mark.parametrize("path", [path for path in OTHERS if path.stem in SAID_OF_REPORTS], ids=lambda path: path.name)
def test_what_is_said_of_reports_of_other_offices(path: Path) -> None:
    """Nothing by rules that the office does not have; the same from workbook and text."""
    department = department_of(path)
    codes = {one.code for one in check(department, fitting(department))}
    assert codes == SAID_OF_REPORTS[path.stem]
