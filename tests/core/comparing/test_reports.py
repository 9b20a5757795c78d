"""Monitoring, self-evaluation and lists on both sides: executed amounts, actual values, scores, tasks."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import Rows, cover, evaluation_form, form, monitoring_form, supervision_form, tasks_form
from xl_perf.core.cells.grid import Book, Grid, NoValue, Scalar
from xl_perf.core.comparing.diff import diff
from xl_perf.core.comparing.records import Change, Nature, ProjectChange, ProjectDifference
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.core.submitting.content import contents_of
from xl_perf.core.submitting.manifest import digest_of

FORMS = {"首页": cover(), "01": form()}
REPORTS = {
    "监控-6月": monitoring_form(),
    "自评": evaluation_form(),
    "任务分解": tasks_form(),
    "监督记录": supervision_form(),
}


def read(sheets: dict[str, Rows], path: str = "甲.xlsx", **cells: Scalar) -> Department:
    """A workbook with these sheets; ``cells`` such as 自评_F12 replace what stands there."""
    made = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    for place, typed in cells.items():
        sheet, cell = place.replace("六月", "监控-6月").split("_")
        made[sheet][int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = typed
    grids = [Grid(name, tuple(map(tuple, rows))) for name, rows in made.items()]
    return replace(read_department(Book(path, tuple(grids))), path=path)


def reports(old: Department, new: Department) -> list[ProjectDifference]:
    (one,) = diff(old, new).departments
    assert one.is_empty is not bool(one.reports)
    return list(one.reports)


def told(one: ProjectDifference) -> list[tuple[str, str | None, str | None, Decimal | None]]:
    def text(change: Change, *, is_new: bool) -> str | None:
        side = change.new if is_new else change.old
        return None if side is None else side.text

    return [(one.label, text(one, is_new=False), text(one, is_new=True), one.difference) for one in one.changes]


BEFORE = read(FORMS | REPORTS)


def test_the_same_reports() -> None:
    assert not reports(BEFORE, read(FORMS | REPORTS))


def test_formulas_without_results_are_no_changes() -> None:
    """A program that calculates nothing saved it: the rate follows from the amounts, the sum is that of the sources."""
    formula = NoValue("SUM(F7:F8)")
    assert not reports(BEFORE, read(FORMS | REPORTS, 六月_F6=formula, 六月_G6=formula))


def test_executed_amounts_actual_values_scores() -> None:
    """Each with its cell; amounts with their difference in 万元."""
    now = read(FORMS | REPORTS, 六月_F6=50.0, 六月_F7=50.0, 六月_F12="45公里", 自评_F12="79公里", 自评_H12=12.34)
    june, year = reports(BEFORE, now)
    assert (june.title, june.change, june.amounts["budget"].new) == (
        "监控-6月：村级道路养护",
        ProjectChange.CHANGED,
        Decimal(100),
    )
    assert told(june) == [
        ("执行数", "48", "50", Decimal(2)),
        ("执行数", "48", "50", Decimal(2)),
        ("执行情况", "40公里", "45公里", None),
    ]
    assert [(one.label, one.item, one.new and one.new.cell) for one in year.changes] == [
        ("实际完成值", "数量指标 · 养护里程", "F12"),
        ("得分", "数量指标 · 养护里程", "H12"),
    ]


def test_tables_and_lists_that_only_one_side_has() -> None:
    """A table of a further month is new; the total of a self-evaluation that is gone is told."""
    now = read(FORMS | {"监控-6月": REPORTS["监控-6月"], "监控-9月": monitoring_form(9)})
    added, removed, tasks, records = reports(BEFORE, now)
    assert (added.title, added.change) == ("监控-9月：村级道路养护", ProjectChange.ADDED)
    assert (removed.title, told(removed)[-1][:2]) == ("自评：村级道路养护", ("总分", "99.8"))
    assert [(one.title, one.change) for one in (tasks, records)] == [
        ("任务分解", ProjectChange.REMOVED),
        ("监督记录", ProjectChange.REMOVED),
    ]


def test_a_task_that_was_done() -> None:
    now = read(FORMS | REPORTS, 任务分解_Y5="进行中", 任务分解_X5=30.0)
    (tasks,) = reports(BEFORE, now)
    assert [(one.label, one.item) for one in tasks.changes] == [
        ("进度%", "村级道路养护 · 秋季养护"),
        ("状态", "村级道路养护 · 秋季养护"),
    ]
    assert tasks.changes[0].nature is Nature.CHANGED


def test_reports_in_a_workbook_of_their_own() -> None:
    """They are compared, of two drafts the later one; what was read is not among what was not compared."""
    sheets = {"首页": cover(), "自评": evaluation_form()}
    forms, year = read(FORMS, "目标.xlsx"), read(sheets, "自评.xlsx")
    later = replace(read(sheets, "自评2.xlsx", 自评_H12=9.0), modified="2024-02-01")
    found = diff([forms, year], [forms, replace(year, modified="2024-01-01"), later])
    (one,) = found.departments
    (own,) = one.reports
    assert [(two.label, two.difference) for two in own.changes] == [("得分", None)]
    assert not [two for two in found.not_compared if two.sheet == "自评"]


def test_what_digests_are_made_of_knows_reports_and_lists() -> None:
    """Sheet by sheet, each value with its cell: a packed workbook in which one was changed is another one (S114)."""
    said = {one.sheet: one.cells for one in contents_of(BEFORE)}
    assert said["监控-6月"]["F6"] == ("执行数", "48")
    assert said["自评"]["F12"] == ("实际完成值", "80公里")
    assert said["任务分解"]["G4"] == ("责任人", "张某")
    assert said["监督记录"]["E4"][0] == "发现的问题"
    assert digest_of(BEFORE) != digest_of(read(FORMS | REPORTS, 任务分解_G4="李某"))
