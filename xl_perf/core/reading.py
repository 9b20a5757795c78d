"""From the sheets of a workbook to the model: forms, 首页, 整体绩效目标, and the totals that the book stores."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import PROMPT, Book, Grid
from xl_perf.core.cells.values import is_blank
from xl_perf.core.checking.accepting import lists_findings, read_accepted
from xl_perf.core.figures.totals import add_up, planned_amounts, totals_of
from xl_perf.core.forms.finding import frames_in
from xl_perf.core.forms.guide_parts import is_guide_table
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.learned import holding_in
from xl_perf.core.forms.learned_json import with_carried
from xl_perf.core.forms.listed_elsewhere import with_listed_amounts, with_missing_amount, with_projects_listed
from xl_perf.core.forms.marks_left import marks_left, without_marks_left
from xl_perf.core.forms.money_outside import money_outside
from xl_perf.core.forms.plans_not_read import plans_not_read
from xl_perf.core.forms.reader import SheetRead, read_forms
from xl_perf.core.forms.stated import department_in_forms, units_note, units_of_all, year_in_titles
from xl_perf.core.forms.strange_cells import strange_cells
from xl_perf.core.forms.unread import far_cells
from xl_perf.core.forms.variants import in_own_workbooks
from xl_perf.core.model.department import (
    Department,
    ListTotal,
    MoneyText,
    OtherTable,
    StrangeCells,
    UnreadSheet,
)
from xl_perf.core.model.progress import Evaluation, Monitoring, Report, SupervisionRecord, Task
from xl_perf.core.model.project import BlankForm, Indicator, Project
from xl_perf.core.workbook.cover import read_cover
from xl_perf.core.workbook.goals import read_goals
from xl_perf.core.workbook.lists import read_list, read_totals
from xl_perf.core.workbook.settings import money_left_behind, money_texts_left, packed_time
from xl_perf.core.workbook.sheets import (
    COVER_SHEET,
    DELETED_SHEET,
    FINDINGS_SHEET,
    FORMS_SHEET,
    GOALS_SHEET,
    MANIFEST_SHEET,
    MODEL_NAME,
    MODEL_SHEET,
    OTHER_SHEETS,
    SUMMARY_SHEET,
)
from xl_perf.core.workbook.supervision import read_supervision
from xl_perf.core.workbook.tasks import read_tasks
from xl_perf.core.workbook.work_lists import holds_indicators

_COVER_SHEETS: Final = frozenset({COVER_SHEET, "封面"})
_LEVEL1: Final = "一级指标"
_LEVELS: Final = frozenset({_LEVEL1, "二级指标", "三级指标"})
"""Together in one row they head the table of a form."""
_STRAY: Final = "上有一张项目绩效目标表，但这张工作表不是填项目的地方"
_SHOWN: Final = 3


def read_department(book: Book, kinds: Kinds = KINDS) -> Department:
    """Everything that the book says, read by `kinds_of_book`. Never raises on what a person typed."""
    as_marked, book = book, without_marks(book)
    cover_grid = next((grid for grid in book.grids if grid.sheet in _COVER_SHEETS), None)
    cover = read_cover(cover_grid)
    kinds = kinds_of_book(book, kinds, cover.year.value)
    marks = list(marks_left(as_marked, book))
    book = _without_own_prompts(book) if book.kind else book
    grids = {grid.sheet: grid for grid in book.grids}
    projects: list[Project] = []
    own_targets: list[Project] = []
    blanks: list[BlankForm] = []
    tables: list[OtherTable] = []
    unread: list[UnreadSheet] = []
    monitoring: list[Monitoring] = []
    evaluations: list[Evaluation] = []
    list_totals: list[ListTotal] = []
    lists = list(_work_lists(book))
    alone = {one.sheet for one in lists if not one.may_hold_form}
    for read in _read_all(book, kinds, alone):
        projects = _with_continued(projects, read.projects)
        own_targets += read.own_targets
        blanks += [one for one in read.blanks if not _is_model_form(book, one)]
        tables += read.tables
        monitoring += read.monitoring
        evaluations += read.evaluations
        list_totals += read.list_totals
        unread += [one for one in read.unread if one.looks_like_form or not _is_known(one.sheet)]
    unread = [one for one in unread if one.looks_like_form or one.sheet not in {its.sheet for its in lists}]
    if projects and (unread or alone):
        # 任务分解 may be the one sheet that tells what listed projects cost.
        unread += [UnreadSheet(sheet, "", 0, looks_like_form=False) for sheet in grids if sheet in alone]
        projects, unread = with_listed_amounts(book, _used(kinds, projects), projects, unread)
        unread = [one for one in unread if one.reason]
    used = _used(kinds, projects)
    projects = [with_missing_amount(project) for project in projects]
    unread = [with_projects_listed(one, grids, used, projects) if one.sheet not in alone else one for one in unread]
    unread += _strays(book, kinds)
    unread += [
        UnreadSheet(one.sheet, f"{_quoted(one.left_out)}没有读", 0, looks_like_form=False)
        for one in lists
        if one.left_out and not one.may_hold_form
    ]
    with_forms = {project.sheet for project in projects}
    unread += [one for grid in book.grids for one in far_cells(grid, has_forms=grid.sheet in with_forms)]
    filled_in = with_forms | {one.sheet for one in own_targets} | {table.sheet for table in tables}
    untouched = {one.sheet for one in blanks} - filled_in
    goals_grid = grids.get(GOALS_SHEET)
    goals = read_goals(goals_grid)
    totals = read_totals(cover_grid) if cover_grid else []
    listed, more_totals = read_list(grids[SUMMARY_SHEET]) if SUMMARY_SHEET in grids else ([], [])
    manifest = grids[MANIFEST_SHEET].rows if book.kind and MANIFEST_SHEET in grids else ()
    unread += [
        UnreadSheet(MANIFEST_SHEET, said, 0, looks_like_form=True, row=row) for row, said in money_left_behind(manifest)
    ]
    year = cover.year.value or _year_in_titles(book.grids, projects, tables) or _year_of_deadlines(projects)
    year = year or (None if projects else _year_of_reports((*monitoring, *evaluations)))
    naming: Sequence[Project | Report] = (*projects, *own_targets) or (*monitoring, *evaluations)
    is_named = bool(cover.department.value or (book.kind and (projects or blanks)))
    unit_note = "" if is_named else units_note(book.grids, naming)
    accepted, accepted_notes = read_accepted(grids.get(FINDINGS_SHEET))
    return Department(
        book.path,
        tuple(grid.sheet for grid in book.grids),
        cover,
        year,
        goals.overall,
        goals.sub_goals,
        goals.safeguards,
        tuple(projects),
        tuple(own_targets),
        tuple(blanks),
        tuple(tables),
        tuple(unread),
        (*totals, *more_totals),
        tuple(listed),
        book.sha256,
        book.kind,
        book.template_version,
        (*book.notes, *accepted_notes, *filter(None, [unit_note]), *plans_not_read(_by_sheet(book, projects))),
        book.sees_errors,
        tuple(accepted),
        None if is_named else department_in_forms(book.grids, naming),
        all(grid.has_no_errors for grid in book.grids),
        book.profile_name,
        packed_time(manifest) or book.modified,
        tuple(book.carried),
        (*_money_outside(book, kinds, projects, year), *money_texts_left(manifest)),
        tuple(_strange(book, kinds, projects)),
        marks_left=tuple(one for one in marks if one.sheet not in untouched),
        list_totals=tuple(list_totals),
        monitoring=tuple(monitoring),
        evaluations=tuple(evaluations),
        tasks=tuple(task for one in lists for task in one.tasks),
        supervision=tuple(record for one in lists for record in one.supervision),
    )


def kinds_of_book(book: Book, kinds: Kinds, year: int | None) -> Kinds:
    """The kinds by which a book is read, whoever reads it.

    Of an office's own forms those that hold in its year: ``year`` as 首页 has it, else that in titles. A workbook of
    ours is read by the forms that it carries before others.
    """
    if any(kind.learned for kind in kinds):
        kinds = holding_in(year or year_in_titles(book.grids), kinds)
    if not book.kind:
        return kinds
    return with_carried(
        next((grid.rows for grid in book.grids if grid.sheet == FORMS_SHEET), ()), in_own_workbooks(kinds)
    )


class _WorkList(NamedTuple):
    """A sheet with 任务分解 or 监督记录. ``may_hold_form``: it has headings of indicators as well."""

    sheet: str
    tasks: Sequence[Task]
    supervision: Sequence[SupervisionRecord]
    left_out: Sequence[str]
    may_hold_form: bool


def _work_lists(book: Book) -> Iterator[_WorkList]:
    """The sheets with such a list, whatever their names."""
    for grid in form_grids(book):
        if (tasks := read_tasks(grid)) is not None:
            yield _WorkList(grid.sheet, tasks[0], (), tasks[1], holds_indicators(grid))
        elif (records := read_supervision(grid)) is not None:
            yield _WorkList(grid.sheet, (), records[0], records[1], holds_indicators(grid))


def _without_own_prompts(book: Book) -> Book:
    """The input prompts of our own workbook are ours, and no statements of a unit."""
    grids = [
        grid._replace(attached=tuple(one for one in grid.attached if one.where != PROMPT)) if grid.attached else grid
        for grid in book.grids
    ]
    return replace(book, grids=tuple(grids))


def _read_all(book: Book, kinds: Kinds, but: Collection[str] = ()) -> list[SheetRead]:
    """Every sheet on which forms may stand, but those.

    Where a form states no unit, what another sheet says of all tables counts.
    """
    grids = [grid for grid in form_grids(book) if grid.sheet not in but]
    read = [read_forms(grid, kinds) for grid in grids]
    if all(one.says_unit for one in read):
        return read
    with_forms = {project.sheet for one in read for project in one.projects}
    with_forms |= {table.sheet for one in read for table in (*one.monitoring, *one.evaluations)}
    said = tuple(units_of_all([grid for grid in book.grids if grid.sheet not in with_forms]))
    if not said:
        return read
    return [one if one.says_unit else _read_again(grid, kinds, said) for grid, one in zip(grids, read, strict=True)]


def _read_again(grid: Grid, kinds: Kinds, said: tuple[tuple[str, str], ...]) -> SheetRead:
    return read_forms(grid._replace(around=(*grid.around, *said)), kinds)


def _with_continued(before: Sequence[Project], read: Sequence[Project]) -> list[Project]:
    """The projects with those of a further sheet; a table that goes on from the sheet before adds its indicators."""
    projects = list(before)
    for project in read:
        if project.continues and projects:
            last = projects[-1]
            further = _below(last.indicators[-1], project.indicators) if last.indicators else project.indicators
            projects[-1] = replace(last, indicators=(*last.indicators, *further))
        else:
            projects.append(project)
    return projects


def _below(last: Indicator, further: Sequence[Indicator]) -> list[Indicator]:
    """Indicators of a further page; its first rows may be under the merged levels of the page before."""
    made: list[Indicator] = []
    for one in further:
        if one.level1.value is not None:
            return [*made, *further[len(made) :]]
        level2 = last.level2 if one.level2.value is None else one.level2
        made.append(one._replace(level1=last.level1, level2=level2))
    return made


def _used(kinds: Kinds, projects: Sequence[Project]) -> Kinds:
    """The kinds without the offices' own forms of which the book has none."""
    own = {project.kind for project in projects}
    return tuple(kind for kind in kinds if kind.learned is None or kind in own)


def _quoted(headings: Sequence[str]) -> str:
    shown = "".join(f"“{one}”" for one in headings[:_SHOWN])
    return f"{shown}等 {len(headings)} 栏" if len(headings) > _SHOWN else f"{shown}栏"


def form_grids(book: Book) -> list[Grid]:
    """The sheets on which forms may stand: not those of our own workbook that hold something else."""
    others = OTHER_SHEETS if book.kind else frozenset()
    return [
        grid
        for grid in book.grids
        if grid.sheet not in others and not (_is_deleted(grid) or _lists_findings(grid) or is_guide_table(grid))
    ]


def without_marks(book: Book) -> Book:
    """The book without the marks of a 样表 that somebody left in its forms; itself where there are none."""
    return without_marks_left(book, {grid.sheet for grid in form_grids(book)})


def _strays(book: Book, kinds: Kinds) -> Iterator[UnreadSheet]:
    """Forms that somebody put on a sheet of our own workbook where none is read, such as 首页."""
    for grid in book.grids if book.kind else ():
        if grid.sheet in OTHER_SHEETS and _has_table(grid):
            for frame in frames_in(grid, kinds):
                top, left, *_ = frame.area
                number = sum(not is_blank(typed) for cells in grid.rows[top:] for typed in cells)
                yield UnreadSheet(grid.sheet, _STRAY, number, looks_like_form=True, row=top, column=left)


def _has_table(grid: Grid) -> bool:
    """One of its rows holds the headings of an indicator table; nearly no such sheet names even the first of them."""
    if _LEVEL1 not in chain.from_iterable(grid.rows):
        return False
    return any(_LEVELS.issubset(cells) for cells in grid.rows if _LEVEL1 in cells)


def _is_known(sheet: str) -> bool:
    """A sheet of a department workbook that is read otherwise, or that needs no reading."""
    return sheet in OTHER_SHEETS or sheet in _COVER_SHEETS


def _lists_findings(grid: Grid) -> bool:
    """校验结果 of a book that does not say that it is ours: the fields named there are no labels of a form."""
    return grid.sheet == FINDINGS_SHEET and lists_findings(grid)


def _is_deleted(grid: Grid) -> bool:
    """A form that 删除项目 took away and 撤销 could still bring back."""
    return grid.hidden and grid.sheet.startswith(DELETED_SHEET)


def _is_model_form(book: Book, blank: BlankForm) -> bool:
    """The form that is there to be copied: by its defined name, or by its sheet's name where names are not kept."""
    refers_to = book.names.get(MODEL_NAME)
    if refers_to is None:
        return blank.sheet == MODEL_SHEET
    return refers_to.lstrip("=").partition("!")[0].strip("'$").replace("''", "'") == blank.sheet


# --- money in words ----------------------------------------------------------------------------------------------


def _money_outside(book: Book, kinds: Kinds, projects: Sequence[Project], year: int | None) -> Iterator[MoneyText]:
    """What texts on the sheets of projects say of money; the amounts of these, and their sums, may be said again."""
    for grid, here in _by_sheet(book, projects):
        yield from money_outside(grid, here, partial(_amounts_of, here, projects), year, kinds)


def _strange(book: Book, kinds: Kinds, projects: Sequence[Project]) -> Iterator[StrangeCells]:
    for grid, here in _by_sheet(book, projects):
        yield from strange_cells(grid, here, kinds)


def _by_sheet(book: Book, projects: Sequence[Project]) -> Iterator[tuple[Grid, list[Project]]]:
    """The sheets with projects, and these."""
    by_sheet: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        by_sheet[project.sheet].append(project)
    yield from ((grid, by_sheet[grid.sheet]) for grid in book.grids if grid.sheet in by_sheet)


def _amounts_of(here: Sequence[Project], projects: Sequence[Project]) -> set[Decimal]:
    """All amounts of the forms of a sheet, and what they, and those of the whole book, add up to."""
    sums = {amount for some in (here, projects) for amount in add_up(map(totals_of, some)).figures.values()}
    return sums | {amount for project in here for amount in _own_amounts(project)}


def _own_amounts(project: Project) -> Iterator[Decimal]:
    entries = [project.values[at] for _, at in project.kind.amount_places]
    entries += [entry for said in (project.beside, project.unlabelled, project.whole) for _, entry in said]
    yield from (entry.value for entry in (*entries, *project.added) if entry.value is not None)
    yield from (amount for _, amount in planned_amounts(project) if amount is not None)


# --- the year --------------------------------------------------------------------------------------------------


def _year_in_titles(grids: Sequence[Grid], projects: Sequence[Project], tables: Sequence[OtherTable]) -> int | None:
    """The year that titles name: of the sheets that hold projects, else of those without a table of another kind."""
    sheets = {project.sheet for project in projects}
    others = {table.sheet for table in tables} if projects else set()
    own = [grid for grid in grids if grid.sheet in sheets]
    rest = [grid for grid in grids if grid.sheet not in others]
    return (year_in_titles(own) if own else None) or year_in_titles(rest)


def _year_of_reports(reports: Sequence[Report]) -> int | None:
    """The year that most of the tables of a book without goal forms name, or the first."""
    years = Counter(one.year.value for one in reports if one.year is not None and one.year.value)
    return max(years, key=years.__getitem__) if years else None


def _year_of_deadlines(projects: Sequence[Project]) -> int | None:
    """The year that most deadlines name; None where none does or two are named equally often."""
    years: Counter[int] = Counter()
    for project in projects:
        for indicator in project.indicators:
            target = indicator.target.value
            if target is not None and target.deadline is not None and target.deadline.year:
                years[target.deadline.year] += 1
    ranked = years.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
