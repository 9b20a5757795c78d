"""`check` over several workbooks: a department's reports are checked beside its forms, wherever they lie."""

import json
from dataclasses import replace
from pathlib import Path

from tests.command_line import EXAMPLE, Runner, run
from tests.year_reports import evaluated, example, monitored, with_june, with_scores
from xl_perf import check_all
from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Acceptance, Accepted, Finding
from xl_perf.core.model.progress import Monitoring
from xl_perf.profiles import load
from xl_perf.written.report_books import write_monitoring

__all__ = ["run"]  # the fixture

PROFILE = load("hebei-2023")


def alone(department: Department, path: str, **kept: object) -> Department:
    """A workbook with reports, and nothing else."""
    sheets = tuple(one.sheet for one in (*department.monitoring, *department.evaluations))
    changes = {"path": path, "projects": (), "sheets": tuple(dict.fromkeys(sheets)), **kept}
    return replace(department, **changes)  # type: ignore[arg-type]


FORMS = replace(example(), path="目标.xlsx")
JUNE = alone(with_june(), "六月.xlsx")


def replace_month(one: Monitoring, month: int) -> Entry[int]:
    """The entry of another month, on the same sheet."""
    return one.month._replace(value=month, typed=month)


def said(findings: list[list[Finding]], code: str) -> list[list[str | None]]:
    """Sheets of what a rule found, book by book."""
    return [[one.sheet for one in book if one.code == code] for book in findings]


def test_lights_go_by_the_plan_that_stands_in_the_other_workbook() -> None:
    """M807 judges by the plan, as `monitor` does; alone the third project, with no plan before October, were red."""
    before = said(check_all([JUNE], PROFILE), "M807")
    forms, june = said(check_all([FORMS, JUNE], PROFILE), "M807")
    assert not forms
    assert (len(before[0]), len(june)) == (3, 2)


def test_a_project_without_a_table_is_told_at_its_form() -> None:
    less = replace(JUNE, monitoring=JUNE.monitoring[1:])
    assert said(check_all([less, FORMS], PROFILE), "M801") == [[], [FORMS.projects[0].sheet]]
    assert said(check_all([less], PROFILE), "M801") == [[]]


def test_monitoring_and_self_evaluation_in_two_workbooks() -> None:
    """E926 compares both; what a person accepted in the workbook counts."""
    first = FORMS.projects[0]
    june = replace(JUNE, monitoring=(monitored(first, 6, "73.70", {0: "40人"}),))
    rows = [("40人", None), *[("100%", None)] * (len(first.indicators) - 1)]
    table = evaluated(first, "158.40", rows)
    year = alone(replace(with_scores(), evaluations=(table,)), "自评.xlsx")
    found = check_all([FORMS, june, year], PROFILE)
    (told,) = [one for one in found[2] if one.code == "E926"]
    row = Accepted("E926", "自评", told.cell or "", "", told.found or "", told.message, Acceptance("属实", "张三"))
    (again,) = [
        one for one in check_all([FORMS, june, replace(year, accepted=(row,))], PROFILE)[2] if one.code == "E926"
    ]
    assert told.accepted is None
    assert again.accepted == row.acceptance


def test_the_later_draft_of_a_report_is_looked_at() -> None:
    """The earlier one keeps what is found in it alone: no table stands twice."""
    old = replace(
        JUNE, path="六月旧.xlsx", modified="2023-07-01T00:00:00", monitoring=(monitored(FORMS.projects[0], 6, "9"),)
    )
    new = replace(JUNE, modified="2023-07-09T00:00:00")
    found = check_all([FORMS, old, new], PROFILE)
    assert said(found, "M801") == [[], [], []]
    assert [one.code for one in found[1]] == [one.code for one in check_all([old], PROFILE)[0]]


def test_other_departments_and_years_are_no_partners() -> None:
    other = replace(JUNE, cover=replace(JUNE.cover, department=text_entry("乙局", "首页", 0, 0)), named_in_forms="乙局")
    later = replace(JUNE, path="六月下年.xlsx", year=2024)
    found = check_all([FORMS, other, later], PROFILE)
    assert said(found, "M801") == [[], [], []]
    assert len(said(found, "M807")[1]) == 3


def test_sections_have_forms_on_sheets_of_the_same_names() -> None:
    """Both have a 01; a project of the second section that lacks its table is told in the second workbook."""
    halves = FORMS.projects[:4], FORMS.projects[4:]
    second = tuple(replace(one, sheet=f"0{at}") for at, one in enumerate(halves[1], 1))
    one, two = (
        replace(FORMS, path=f"{name}科.xlsx", projects=own) for name, own in (("一", halves[0]), ("二", second))
    )
    found = check_all([one, two, replace(JUNE, monitoring=JUNE.monitoring[:7])], PROFILE)
    assert said(found, "M801") == [[], ["04"], []]


def test_sections_with_reports_of_their_own_need_no_others() -> None:
    """Each is whole: nothing is said of the other."""
    department = with_june()
    one = replace(department, path="一.xlsx", projects=department.projects[:4], monitoring=department.monitoring[:4])
    two = replace(department, path="二.xlsx", projects=department.projects[4:], monitoring=department.monitoring[4:])
    assert said(check_all([one, two], PROFILE), "M801") == [[], []]


def test_the_same_forms_with_other_reports_are_no_copy() -> None:
    """The later one counts as a later draft (X608); it was called the same workbook, handed in twice (X607)."""
    june = replace(with_june(), path="六月.xlsx", modified="2023-07-01T00:00:00")
    table = monitored(FORMS.projects[0], 9, "120")
    later = replace(june, path="九月.xlsx", modified="2023-10-01T00:00:00", monitoring=(*june.monitoring, table))
    found = check_all([june, later], PROFILE)
    assert [[one.code for one in book if one.code in {"X607", "X608"}] for book in found] == [["X608"], []]


def test_two_sheets_of_one_name_are_not_mixed_up() -> None:
    """Nobody could tell where a finding is: both keep what is found in them alone."""
    march = tuple(replace(one, month=replace_month(one, 3)) for one in JUNE.monitoring)
    found = check_all([FORMS, JUNE, replace(JUNE, path="三月.xlsx", monitoring=march)], PROFILE)
    assert len(said(found, "M807")[1]) == 3


def test_check_says_beside_which_workbook(run: Runner, tmp_path: Path) -> None:
    """On the screen and as JSON; for both of them."""
    write_monitoring(tmp_path / "六月.xlsx", with_june(), 6, PROFILE)
    _, out, _ = run("check", EXAMPLE, "六月.xlsx")
    assert f"六月.xlsx：监控、自评和任务的规则与 {EXAMPLE} 一起校验" in out
    _, out, _ = run("check", EXAMPLE, "六月.xlsx", "--json")
    forms, june = json.loads(out)["books"]
    assert (forms["checked_with"], june["checked_with"]) == (["六月.xlsx"], [str(EXAMPLE)])
    assert [one["code"] for one in june["findings"]].count("M807") == 2
