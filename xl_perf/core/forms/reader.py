"""Reads the forms of a sheet, whatever their kind and wherever they stand.

Rows may be inserted, columns shifted, merges lost; several forms may stand below or beside each other (`frame` says
where what is). What a person typed never raises: it becomes an `Entry` with a status. Which months have a checkpoint
is what the form says; whether they are the right ones is for the rules.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Status, absent
from xl_perf.core.cells.grid import CellLine, Grid
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.carried_cells import with_carried
from xl_perf.core.forms.concealed import with_concealed
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.form_reader import FormReader
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.kind import Family, Shape
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.list_rows import below_list, rows_of, totals_of_list
from xl_perf.core.forms.mirrored import MIRRORED, UNMIRROR
from xl_perf.core.forms.other_years import with_year_alone
from xl_perf.core.forms.own_lines import with_own_lines
from xl_perf.core.forms.recognising import Table
from xl_perf.core.forms.report_reader import read_report
from xl_perf.core.forms.side_by_side import ONE_A_ROW, indicators_across
from xl_perf.core.forms.target_lists import read_list
from xl_perf.core.forms.unit_of_amount import against_printed, with_surroundings
from xl_perf.core.forms.unread import drawn_beside, like_form, rows_above, unread_sheet
from xl_perf.core.model.department import ListTotal, OtherTable, UnreadSheet
from xl_perf.core.model.progress import Evaluation, Monitoring, Report
from xl_perf.core.model.project import BlankForm, Project

_FEWEST_FILLED: Final = 2
"""Cells that a blank table of a kind that is not read may hold besides its labels, such as （2023年度）."""


class SheetRead(NamedTuple):
    """What a sheet says: projects, departments' own targets, forms not filled in yet, tables of other kinds, and what
    was not read.
    """

    projects: list[Project]
    own_targets: list[Project]
    blanks: list[BlankForm]
    tables: list[OtherTable]
    unread: list[UnreadSheet]
    monitoring: list[Monitoring]
    evaluations: list[Evaluation]
    list_totals: list[ListTotal]

    @property
    def says_unit(self) -> bool:
        """All its forms and tables say what their amounts count in."""
        reports: list[Report] = [*self.monitoring, *self.evaluations]
        return all(one.says_unit for one in self.projects) and all(one.says_unit for one in reports)


def read_forms(grid: Grid, kinds: Kinds = KINDS) -> SheetRead:
    """The filled and the blank forms of a sheet, left to right, top to bottom."""
    projects: list[Project] = []
    own_targets: list[Project] = []
    own_tables: list[OtherTable] = []
    blanks: list[BlankForm] = []
    found, cells = forms_on(grid, kinds)
    for one in found.frames:
        units = with_surroundings(one.units, grid, one.area, found.areas)
        frame = with_year_alone(one._replace(units=against_printed(units, one.kind)), cells, grid.merges)
        reader = FormReader(grid, cells, frame)
        if reader.is_untouched():
            blanks.append(BlankForm(grid.sheet, reader.name, frame.kind))
            continue
        project = with_carried(reader.read(found), grid, cells, found.areas)
        (project,) = with_own_lines([project], cells, found.areas)
        if frame.kind.family is Family.DEPARTMENT:
            own_targets.append(project)
            own_tables.append(_table(grid, cells, Table(frame.kind, frame.title, frame.area, 0)))
        elif _is_blank_form(project) and not reader.has_rows():
            blanks.append(BlankForm(grid.sheet, project.name, frame.kind))
        else:
            projects.append(project)
    below: list[UnreadSheet] = []
    list_totals: list[ListTotal] = []
    for listed in found.lists:
        units = with_surroundings(listed.units, grid, listed.area, found.areas)
        own = listed._replace(units=against_printed(units, listed.kind))
        of_list = with_own_lines(read_list(grid, cells, own), cells, found.areas)
        pages = [one for one in projects if one.kind is own.kind and one.kind.shape is Shape.LIST]
        sorted_rows = rows_of(own.rows, own.columns, cells.line, cells.width)
        below += below_list(grid.sheet, own.kind, sorted_rows.below, own.columns, cells)
        list_totals += totals_of_list(
            grid, own.kind, sorted_rows, own.columns, own.units, cells, of_list, pages, goes_on=own.title is None
        )
        projects += of_list
        if not of_list and listed.kind.learned is not None:
            blanks.append(BlankForm(grid.sheet, absent(grid.sheet), listed.kind))
    tables = [*own_tables, *(_table(grid, cells, table) for table in found.tables)]
    number = sum(not is_blank(typed) for typed in cells.line) if found.damaged or found.mirrored else 0
    unread = [*_pairs_left(grid, cells)] if found.lists else []
    unread += [like_form(grid.sheet, cells, number, label[1:3]) for label in found.damaged]
    unread += [
        UnreadSheet(grid.sheet, MIRRORED, number, True, label.row, label.column, remedy=UNMIRROR)
        for label in found.mirrored
    ]
    unread += below
    unread += drawn_beside(grid, kinds, _own_pictures(found.frames)) if found.frames or found.lists else ()
    if found.lists and not found.frames and (above := rows_above(grid, cells, found.lists[0])) is not None:
        unread.append(above)
    if (
        not (found.frames or found.lists or tables or unread)
        and (whole := unread_sheet(grid, cells, kinds)) is not None
    ):
        unread.append(whole)
    reports = [read for one in found.tables if one.kind.is_report and (read := read_report(grid, cells, one))]
    monitoring = [one for one in reports if isinstance(one, Monitoring)]
    evaluations = [one for one in reports if isinstance(one, Evaluation)]
    return SheetRead(
        with_concealed(projects, grid), own_targets, blanks, tables, unread, monitoring, evaluations, list_totals
    )


def _table(grid: Grid, cells: CellLine, table: Table) -> OtherTable:
    """A table of another kind, for people; one of projects has money, unless nobody has filled it in."""
    row, column = table.title or table.area[:2]
    title = text_of(cells.line[row * cells.width + column]) if table.title else table.kind.title
    filled = [typed for typed in cells.line if not is_blank(typed)]
    texts = sum(not (isinstance(typed, str) and is_branch(typed)) for typed in filled)
    holds_projects = table.kind.family is Family.TARGETS and texts - table.labels > _FEWEST_FILLED
    kind = table.kind
    return OtherTable(grid.sheet, kind.name, kind.family, title, len(filled), row, column, holds_projects)


def _is_blank_form(project: Project) -> bool:
    if project.name.value or project.budget.value or project.heading.value or project.unlabelled:
        return False
    return all(entry.is_empty or entry.status is Status.ABSENT for _, entry in project.entries()[1:])


def _own_pictures(frames: Sequence[Frame]) -> int:
    """Pictures that belong to the forms: the offices' 样表 have them."""
    sheets = (frame.kind.own_sheet for frame in frames)
    return sum(sheet.pictures for sheet in sheets if sheet is not None)


def _pairs_left(grid: Grid, cells: CellLine) -> Iterator[UnreadSheet]:
    """Indicators of a list that stand right of those that are read."""
    across = indicators_across(cells)
    if across is not None and across.is_of_list:
        place = across.row, across.column
        yield UnreadSheet(grid.sheet, across.half_read, 0, False, *place, remedy=ONE_A_ROW)
