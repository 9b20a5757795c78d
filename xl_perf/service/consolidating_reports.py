"""Consolidating monitoring or self-evaluation of many workbooks: which tables count, and what they come to.

Of a department and year the latest workbook with tables of the kind counts, as with targets; tables of one kind never
replace those of another. A department's forms and its tables may lie in different workbooks, and so may its earlier
periods, to which the tables are compared.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.counting import Choice, Left, decide, usual_year
from xl_perf.core.checking.delivered import Delivered, delivered
from xl_perf.core.checking.report_errors import Errors
from xl_perf.core.checking.reported import MONITORING, reported
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.evaluation_rollup import EvaluationRollup, evaluation_rollup
from xl_perf.core.figures.monitoring_rollup import MonitoringRollup, monitoring_rollup
from xl_perf.core.figures.report_lines import GroupBy, Place
from xl_perf.core.figures.report_pairs import evaluations_of, monitoring_of, months_of, months_of_year
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Report
from xl_perf.core.profile import Profile
from xl_perf.files.output import replacing
from xl_perf.profiles import fitting
from xl_perf.service.placing import Written
from xl_perf.service.results import own_profile, saved_at
from xl_perf.written.links import external, relative

Books = list[tuple[Department, Profile]]


@dataclass(frozen=True)
class Counting:
    """Departments whose tables count, each with its profile; ``left`` are workbooks that do not, with their reasons."""

    books: Books
    month: int | None
    left: tuple[tuple[str, str], ...]
    other_years: tuple[tuple[str | None, str, int], ...]
    """Department, path and year of tables that are of another year than the one that is totalled."""
    without: tuple[str, ...]
    """Workbooks that hold no table of the kind (and month), and whose department has none elsewhere."""

    def deliver(self, delivery: Delivery) -> None:
        """Notes down whose tables there are."""
        for department, _ in self.books:
            if department.path not in self.without:
                delivery.add(department.name, department.path)
        for name, path, year in self.other_years:
            delivery.add(name, path, year)

    @property
    def notes(self) -> list[str]:
        """What is to be said below the figures."""
        return [f"没有计入：{path}：{reason}。" for path, reason in self.left]


def counting(
    departments: Iterable[Department], kind: str, month: int | None, choice: Choice, chosen: Profile | None
) -> Counting:
    """Which workbooks count. `XlPerfError` where none holds a table of the kind."""
    read = list(departments)
    wanted = None
    if kind == MONITORING:
        wanted = month or max((its for one in read for its in months_of_year(one)), default=None)
        if wanted is None:
            raise XlPerfError(
                "这些工作簿里没有监控表", "请先用 xl-perf monitor 新建并填写；要汇总绩效目标的，去掉 --kind"
            )
    tables = [monitoring_of(one, wanted) if wanted is not None else evaluations_of(one) for one in read]
    if not any(tables):
        what = f" {wanted} 月的监控表" if wanted is not None else "自评表"
        raise XlPerfError(f"这些工作簿里没有{what}", "请先新建并填写；要汇总绩效目标的，去掉 --kind")
    of_reports = [reported(found, _of_forms(one)) for one, found in zip(read, tables, strict=True)]
    if choice.year is None:
        choice = choice._replace(year=usual_year(book for book in of_reports if book.projects))
    reports = [outcome.left for outcome in decide(of_reports, choice)]
    forms = [outcome.left for outcome in decide([_of_forms(one) for one in read], choice)]
    return _merged(_counting_alone(read, wanted, choice), tables, reports, forms, wanted, chosen)


def _counting_alone(read: Sequence[Department], wanted: int | None, choice: Choice) -> list[Department]:
    """The workbooks without those tables of other kinds and months of which another one has a later draft."""
    months = {its for one in read for its in months_of(one)} - {wanted}
    by_month = {month: _former([monitoring_of(one, month) for one in read], read, choice) for month in months}
    evaluations = _former([evaluations_of(one) for one in read], read, choice) if wanted is not None else set()
    return [
        replace(
            one,
            monitoring=tuple(its for its in one.monitoring if at not in by_month.get(its.month.value or 0, ())),
            evaluations=() if at in evaluations else one.evaluations,
        )
        for at, one in enumerate(read)
    ]


def _former(tables: Sequence[Sequence[Report]], read: Sequence[Department], choice: Choice) -> set[int]:
    """The numbers of the workbooks whose tables do not count."""
    outcomes = decide([reported(found, _of_forms(one)) for one, found in zip(read, tables, strict=True)], choice)
    return {at for at, outcome in enumerate(outcomes) if outcome.left is not None}


def _of_forms(department: Department) -> Delivered:
    """The workbook's forms, as they are compared."""
    texts = "\x1f".join(goal.text for project in department.projects for goal in (*project.texts, *project.goals))
    return delivered(department, texts, department.name, department.modified or saved_at(department))


def _merged(
    read: Sequence[Department],
    tables: Sequence[Sequence[Report]],
    reports: Sequence[Left | None],
    forms: Sequence[Left | None],
    month: int | None,
    chosen: Profile | None,
) -> Counting:
    """One department of all its workbooks that count: the forms of one, the tables of another."""
    made: dict[str, Department] = {}
    left: list[tuple[str, str]] = []
    other_years: list[tuple[str | None, str, int]] = []
    for one, found, report_left, form_left in zip(read, tables, reports, forms, strict=True):
        if found and report_left is not None:
            left.append((one.path, report_left.reason))
            if report_left.year is not None:
                other_years.append((one.name, one.path, report_left.year))
        if not found and form_left is not None:
            left.append((one.path, form_left.reason))
        has_forms, has_tables = bool(one.projects) and form_left is None, bool(found) and report_left is None
        part = replace(
            one,
            projects=one.projects if has_forms else (),
            monitoring=tuple(its for its in one.monitoring if has_tables or its.month.value not in {None, month}),
            evaluations=one.evaluations if has_tables or month is not None else (),
        )
        if not (part.projects or part.monitoring or part.evaluations):
            continue
        key = f"{folded(one.typed_name)}\x1f{one.year}" if one.typed_name else f"#{one.path}"
        before = made.get(key)
        made[key] = part if before is None else _both(before, part, month)
    shown = [one for one in made.values() if one.projects or _tables(one, month)]
    books = [(one, chosen or _own(one) or fitting(one)) for one in shown]
    without = [one.path for one in shown if not _tables(one, month)]
    return Counting(books, month, tuple(left), tuple(other_years), tuple(without))


def _tables(department: Department, month: int | None) -> Sequence[Report]:
    """Its tables that are totalled: of a month, else the self-evaluations."""
    return evaluations_of(department) if month is None else monitoring_of(department, month)


def _both(one: Department, other: Department, month: int | None) -> Department:
    """Two workbooks of a department; the path is that of the tables that are totalled, to which links lead.

    Of two that have sheets of one name the tables of other kinds and months are not looked at: nobody could tell where
    a finding is.
    """
    is_first = bool(_tables(one, month)) or not (_tables(other, month) or other.projects)
    first, second = (one, other) if is_first else (other, one)
    own = {its.sheet for its in (*first.monitoring, *first.evaluations)}
    totalled = set(map(id, _tables(second, month)))
    monitoring = (its for its in second.monitoring if id(its) in totalled or its.sheet not in own)
    evaluations = (its for its in second.evaluations if id(its) in totalled or its.sheet not in own)
    return replace(
        first,
        projects=(*first.projects, *second.projects),
        monitoring=(*first.monitoring, *monitoring),
        evaluations=(*first.evaluations, *evaluations),
    )


def _own(department: Department) -> Profile | None:
    own = own_profile(Path(department.path))
    return None if own is None else own.profile


def write(
    out: str,
    found: Counting,
    failed: Sequence[BookError],
    by: GroupBy = GroupBy.DEPARTMENT,
    delivery: Delivery | None = None,
) -> tuple[Written, MonitoringRollup | EvaluationRollup, list[Errors]]:
    """OUT.xlsx: 监控汇总 or 自评汇总, 部门 first; what does not count and what could not be read is named in it.

    Subtotals are ``by`` departments, or folders; with ``delivery`` it is said who sent nothing. Also gives the roll-up,
    and the errors of each department.
    """
    from xl_perf.written.report_books import write_evaluation_of_many, write_monitoring_of_many

    notes = [*(f"没有读入：{error}" for error in failed), *found.notes, *_said_of(delivery)]
    rollup: MonitoringRollup | EvaluationRollup
    with replacing(Path(out)) as output:
        link = _link(output.temp.parent)
        if found.month is not None:
            rollup = monitoring_rollup(found.books, found.month, by)
            errors = write_monitoring_of_many(output.temp, found.books, found.month, link, notes, by)
        else:
            rollup = evaluation_rollup(found.books, by)
            errors = write_evaluation_of_many(output.temp, found.books, link, notes, by)
    return Written(output.path, output.notice), rollup, errors


def _said_of(delivery: Delivery | None) -> list[str]:
    """Of a list of departments: who sent no table of the kind, and who is on no list."""
    if delivery is None:
        return []
    named = (("没有交的", delivery.missing), ("名单以外的", [*delivery.unexpected, *delivery.nameless]))
    said = [f"应交 {len(delivery.expected)} 个部门，已交 {len(delivery.delivered)} 个"]
    said += [f"{what} {len(names)} 个：{'、'.join(names)}" for what, names in named if names]
    return [f"{'；'.join(said)}。"]


def _link(folder: Path) -> Callable[[Place], str | None]:
    def link(place: Place) -> str | None:
        return external(relative(place.path, folder), place.sheet, "A1")

    return link
