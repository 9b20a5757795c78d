"""Which tables count of a department that sends forms, periods and self-evaluations in workbooks of their own."""

from dataclasses import replace

from tests.year_reports import FIRST, OUTTURNS, evaluated, example, monitored
from xl_perf.core.checking.counting import Choice
from xl_perf.core.checking.report_errors import monitoring_errors
from xl_perf.core.checking.reported import EVALUATION, MONITORING
from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
from xl_perf.core.figures.monitoring_rollup import monitoring_rollup
from xl_perf.core.model.department import Department
from xl_perf.profiles import load
from xl_perf.service.consolidating_reports import counting

PROFILE = load("hebei-2023")
FORMS = replace(example(), path="目标.xlsx")


def period(month: int, first: str, path: str = "") -> Department:
    """A workbook with the tables of a month alone; ``first`` is the outturn of the first project."""
    outturns = (first, *OUTTURNS[1:])
    tables = (monitored(one, month, its) for one, its in zip(FORMS.projects, outturns, strict=True))
    return replace(FORMS, path=path or f"{month}月.xlsx", projects=(), monitoring=tuple(tables))


def test_an_earlier_period_in_another_workbook_is_compared() -> None:
    """Less was spent by September than by June: as where both stand in one workbook."""
    june, september = period(6, "73.70"), period(9, "60")
    found = counting([FORMS, june, september], MONITORING, None, Choice(), PROFILE)
    ((department, _),) = found.books
    alone = replace(september, projects=FORMS.projects)
    assert department.path == "9月.xlsx"
    assert monitoring_errors(department, 9, PROFILE).total == monitoring_errors(alone, 9, PROFILE).total + 1
    spent = {one.month: one.outturn for one in monitoring_rollup(found.books, 9).periods}
    assert spent[6] is not None
    assert spent[9] is not None


def test_a_former_draft_of_an_earlier_period_is_not() -> None:
    """The later draft of June counts, whatever month is totalled."""
    former = replace(period(6, "99", "旧.xlsx"), modified="2023-07-01T00:00:00Z")
    june = replace(period(6, "73.70"), modified="2023-07-02T00:00:00Z")
    found = counting([FORMS, former, june, period(9, "80")], MONITORING, None, Choice(), PROFILE)
    ((department, _),) = found.books
    assert [one.month.value for one in department.monitoring].count(6) == len(FORMS.projects)
    assert department.monitoring[-1].whole.outturn.value == june.monitoring[-1].whole.outturn.value
    assert not found.left


def test_monitoring_in_another_workbook_tells_what_nobody_confirmed() -> None:
    """Half a year's outturn in the self-evaluation is named beside the total."""
    scored = evaluated(FORMS.projects[0], "73.70", FIRST)
    book = replace(FORMS, path="自评.xlsx", projects=(), evaluations=(scored,))
    found = counting([FORMS, period(6, "73.70"), book], EVALUATION, None, Choice(), PROFILE)
    assert [one.path for one, _ in found.books] == ["自评.xlsx"]
    assert any(one.is_unconfirmed for one in evaluation_rollup(found.books).incomplete)
