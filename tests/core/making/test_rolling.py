"""Rolling forward: years move on where they are deadlines and titles, amounts as asked; nothing else changes."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.year_reports import evaluation, row
from xl_perf.core.cells.entries import text_entry, year_entry
from xl_perf.core.cells.entry import Status, absent
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.making import draft
from xl_perf.core.making.rolling import Amounts, roll
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import EvaluatedIndicator
from xl_perf.core.model.project import Project


def department(*targets: Scalar, **more: Scalar) -> Department:
    project = draft.project(
        name=more.get("name", "道路养护"),
        heading=more.get("heading", "道路养护"),
        budget="161.93",
        fiscal="160",
        other=more.get("other"),
        purpose=more.get("purpose", "用于养护。"),
        percents=["25%", "50%", "75%", "100%"],
        goals=["完好。"],
        indicators=[
            {"level1": "产出", "level2": "时效", "level3": f"项{n}", "target": one} for n, one in enumerate(targets)
        ],
    )
    year = more.get("year", 2023)
    return draft.department(name="甲局", year=year, ceiling="200", overall_goal="做好。", projects=[project])


def rolled(before: Department, year: int | None = 2025, amounts: Amounts = Amounts.KEEP) -> Project:
    return roll(before, year, amounts).department.projects[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2023年12月底前", "2025年12月底前"),
        ("2023-12-31", "2025-12-31"),
        ("２０２３年底前", "2025年底前"),
        ("2022年6月", "2024年6月"),
        ("12月31日前", "12月31日前"),
        ("2023年12月底前完成全部工程并验收", "2025年12月底前完成全部工程并验收"),
        ("=2023人", "=2023人"),
        ("≥90%", "≥90%"),
        ("2021年至2023年", "2021年至2023年"),
    ],
)
def test_deadlines(before: str, after: str) -> None:
    assert rolled(department(before)).indicators[0].target.text == after


def test_a_date_cell() -> None:
    target = rolled(department(datetime.date(2023, 12, 31))).indicators[0].target
    assert target.value is not None
    assert target.value.deadline == (2025, 12, 31)


def test_titles_and_names() -> None:
    project = rolled(department(heading="2023年道路养护", name="道路养护（2023年）"))
    assert (project.heading.value, project.name.value) == ("2025年道路养护", "道路养护（2025年）")
    project = rolled(department(heading="2021—2023年规划", name="2022年结转"))
    assert (project.heading.value, project.name.value) == ("2021—2023年规划", "2022年结转")


def test_texts_that_still_name_the_old_year_are_told() -> None:
    before = department("2021年至2023年", purpose="2023年养护费。")
    done = roll(before, 2025)
    assert done.department.projects[0].purpose.text == "2023年养护费。"
    amounts, note = done.notes
    assert amounts.startswith("各表的金额仍是 2023 年的，请逐张核对，改成 2025 年的")
    assert "已由 2023 年转到 2025 年" in note
    assert "项目“道路养护”的资金用途" in note
    assert "项目“道路养护”的指标值" in note
    assert roll(department("2023年底前"), 2025).notes == (amounts,)


@pytest.mark.parametrize("year", [None, 2023])
def test_the_same_year_changes_nothing(year: int | None) -> None:
    before = department("2023年底前", purpose="2023年养护费。")
    assert roll(before, year) == (before, ())


def test_an_unknown_year_is_said() -> None:
    before = department("2023年底前", year=None)
    done = roll(before, 2025)
    assert done.department.projects == before.projects
    assert done.notes == ("没有读出原来的年度，时限和标题里的年份没有改动",)


def test_amounts_kept() -> None:
    before = department("=161.93万元")
    project = rolled(before)
    assert (project.budget, project.indicators[0].target.text) == (before.projects[0].budget, "=161.93万元")
    assert project.last_year is not None
    assert [entry.text for entry in project.last_year.targets] == ["=161.93万元"]
    assert roll(before, None).department.projects[0].last_year is None
    assert roll(before, 2025).department.cover.ceiling.value == Decimal(200)


@pytest.mark.parametrize("amounts", [Amounts.CLEAR, Amounts.LAST_YEAR])
def test_amounts_cleared(amounts: Amounts) -> None:
    done, notes = roll(department("=161.93万元", "≤50元/人", "=78人"), 2024, amounts)
    (project,) = done.projects
    assert [entry.status for _, entry in project.amounts] == [Status.BLANK] * 3
    assert project.purpose.text == "用于养护。"
    assert [one.target.text for one in project.indicators] == ["", "≤50元/人", "=78人"]
    assert [point.percent.value for point in project.plan] == [25, 50, 75, 100]
    assert done.cover.ceiling.status is Status.BLANK
    said = [note for note in notes if "指标值" in note]
    assert said == [f"以金额表示的指标值也清空了，请重填：“{project.title}”1 个"]


def test_last_year_is_kept_aside() -> None:
    project = rolled(department("=161.93万元", other="————"), 2024, Amounts.LAST_YEAR)
    assert project.last_year is not None
    assert [(label, entry.text) for label, entry in project.last_year.amounts] == [
        ("预算数", "161.93"),
        ("财政资金", "160"),
    ]
    assert [entry.text for entry in project.last_year.targets] == ["=161.93万元"]
    assert rolled(department("=161.93万元"), 2024, Amounts.CLEAR).last_year is None


def evaluated(*rows: EvaluatedIndicator, year: int | None = None) -> Department:
    """A department with a self-evaluation of its project, which says a year, or none."""
    before = department("=78人", "=78人")
    project = before.projects[0]
    values = tuple(
        text_entry("道路养护", "自评", 0, 0) if field.key == "name" else absent("自评") for field in EVALUATION.fields
    )
    said = None if year is None else year_entry(year, "自评", 1, 0)
    one = replace(evaluation("161.93", "158.4", *rows), values=values, year=said)
    assert one.is_of(project)
    return replace(before, evaluations=(one,))


def test_results_go_to_their_indicators() -> None:
    """By what identifies an indicator, equal ones in their order; of one that was not evaluated nothing is known."""
    rows = [row("产出", "时效", name, "=78人", actual, score="9") for name, actual in (("别的", "1"), ("项1", "76人"))]
    before = evaluated(*rows, year=2023)
    last = rolled(before, 2024).last_year
    assert last is not None
    assert [one.actual.text for one in last.results] == ["", "76人"]
    assert (last.result(1).score.value, last.outturn.value) == (Decimal(9), Decimal("158.4"))
    assert last.outturn_rate == Decimal("97.82")
    assert roll(before, 2024).department.evaluations == ()
    assert roll(before, 2024).notes[-1] == "上年的自评没有带来；自评的结果注在各表右边"
    assert roll(before, 2023).department.evaluations == before.evaluations


def test_a_self_evaluation_of_another_year_tells_nothing() -> None:
    rows = [row("产出", "时效", "项1", "=78人", "76人", score="9")]
    last = rolled(evaluated(*rows, year=2022), 2024).last_year
    assert last is not None
    assert (last.results, last.outturn.text, last.outturn_rate) == ((), "", None)
    assert rolled(evaluated(*rows), 2024).last_year != last
