"""A list of projects on the sheet of an office's 样表: a row per indicator, as the office printed it.

Right of the list, off the printed page, stands of which project a row is, and what state that is in.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from typing import Any, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, a1, column_letters
from xl_perf.core.figures.totals import EXACT
from xl_perf.core.forms.box import HOME_LINK, Box, Role
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.layout import Layout, ListLayout, list_layout
from xl_perf.core.forms.own_list import NUMBER, TOTAL, check_list
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.sheets.cells import Content, Formula, absolute_span
from xl_perf.sheets.form_content import EMPTY, FILLED, UNBALANCED, UNFINISHED, contents_of
from xl_perf.sheets.form_names import MARKED_NAME, PANEL_WIDTH, STATE_ROW, is_marked
from xl_perf.sheets.last_year import last_amounts
from xl_perf.sheets.list_sheet import (
    ListCells,
    list_cells,
    list_state,
    message_formula,
    number_formula,
    state_formula,
    sum_formula,
)
from xl_perf.sheets.looks import ASIDE
from xl_perf.sheets.texts import quoted
from xl_perf.written.form_checks import amount_rule, length_rule, told
from xl_perf.written.form_sheet import ZOOM, Written, own_cells
from xl_perf.written.lists_sheet import second_list
from xl_perf.written.own_form import Year, own_contents, own_heights
from xl_perf.written.own_look import OwnLook, look_of
from xl_perf.written.own_page import own_page
from xl_perf.written.page import landscape_page, protect
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

_UNSEEN: Final = ";;;"
"""A number format that shows nothing."""
_OPERATORS: Final = ("≥", "≤", "=", ">", "<", "定性")
_MOST_CHOICES: Final = 255
_REF: Final = re.compile(r"\$?[A-Z]+")


def write_list_sheet(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    kind: FormKind,
    projects: Sequence[Project],
    profile: Profile,
    *,
    year: Year | None = None,
    book_year: int | None = None,
) -> list[Written]:
    """Writes the list, blank where there are no projects; gives one `Written` for each, of a blank list one.

    Raises `FormError` where its 样表 cannot be read any more, and for a project that a list cannot hold (`check_list`).
    """
    return _Writer(workbook, sheet, styles, kind, projects, profile, year, book_year).written()


class _Writer:
    def __init__(
        self,
        workbook: Workbook,
        sheet: Worksheet,
        styles: Styles,
        kind: FormKind,
        projects: Sequence[Project],
        profile: Profile,
        year: Year | None,
        book_year: int | None,
    ) -> None:
        own = kind.own_sheet
        assert own is not None
        self.workbook, self.sheet, self.styles, self.profile = workbook, sheet, styles, profile
        self.year, self.book_year, self.kind, self.projects = year, book_year, kind, projects
        check_list(own, projects)
        self.look = look_of(own)
        made = list_layout(kind, own, projects, rows=0 if self.look is None else printed_rows(own, self.look))
        if self.look is not None:
            made = replace(made, whole=replace(made.whole, own_widths=self.look.widths))
        self.made: ListLayout = made
        self.layout: Layout = made.whole
        self.cells: ListCells = list_cells(str(sheet.name), made.whole, (made.first, made.last))

    def written(self) -> list[Written]:
        """Writes all of it."""
        found = []
        filled: dict[Box, Content] = {}
        for number, layout in enumerate(self.made.projects, 1):
            project = self.projects[number - 1] if self.projects else None
            contents = contents_of(layout, project)
            state = list_state(layout, contents) if project is not None else EMPTY
            filled |= contents
            found.append(Written(self.cells.sheet, layout, contents, state, place=(self.cells, number)))
        shown = {**self._printed(), **filled, **dict(self._computed(filled, found))}
        self._columns()
        own_cells(self.sheet, self.styles, self.look, self.layout, shown)
        self._beside(found)
        for row, height in enumerate(own_heights(self.layout, self.look, shown, ())):
            self.sheet.set_row(row, height)
        self._colour()
        self._guide()
        self._page()
        return found

    def _printed(self) -> dict[Box, Content]:
        """What stands in every box without the projects: above and below them with the year of 首页."""
        within = range(self.made.first, self.made.last + 1)
        outside = replace(self.layout, boxes=tuple(box for box in self.layout.boxes if box.area[0] not in within))
        blank = {box: box.text or None for box in self.layout.boxes if box.area[0] in within}
        return {**blank, **own_contents(outside, None, {}, self.year)}

    def _computed(self, filled: Mapping[Box, Content], found: Sequence[Written]) -> Iterator[tuple[Box, Content]]:
        """What stands in the line with the unit, the rows 合计, the column 序号."""
        used = {row for one in filled for row in range(one.area[0], one.area[2] + 1)} if self.projects else set()
        starts = {one.rows[0]: at for at, one in enumerate(found, 1) if self.projects}
        for box in self.layout.boxes:
            if box.role is Role.INPUT and box.around[0] and box not in filled:
                said = {project.value(box.key).text for project in self.projects} - {""}
                yield box, f"{box.around[0]}{next(iter(said))}" if len(said) == 1 else box.text
            elif box.role is Role.LABEL and not box.text and self.made.first <= box.area[0] <= self.made.last:
                if not box.key.startswith(NUMBER):
                    yield box, None  # what the 样表 holds there is of whoever filled it in
                else:
                    yield box, self._numbered(box, used, starts)
            elif box.key.startswith(TOTAL):
                key = box.key.removeprefix(TOTAL)
                amounts = [one for their in found for at, one in their.contents.items() if at.key == key]
                numbers = [Decimal(format(one, ".15g")) for one in amounts if isinstance(one, float | int)]
                total = Decimal(0)
                for one in numbers:
                    total = EXACT.add(total, one)
                yield box, Formula(sum_formula(self.cells, key), float(total) if self.projects else "")

    def _numbered(self, box: Box, used: Collection[int], starts: Mapping[int, int]) -> Formula:
        """The number of a project in its first row, or that of a row that says something."""
        row = box.area[0]
        own, number = a1(row, self.cells.states), a1(row, self.cells.numbers)
        if box.key == f"{NUMBER}project":
            return Formula(f'=IF({own}="","",{number})', float(starts[row]) if row in starts else "")
        stored = float(row - self.made.first + 1) if row in used else ""
        return Formula(f'=IF({number}="","",ROW()-{self.made.first})', stored)

    # --- looks -----------------------------------------------------------------------------------------------------

    def _columns(self) -> None:
        said = {} if self.look is None else self.look.columns
        for column, width in enumerate(self.layout.widths):
            self.sheet.set_column(column, column, width, None, dict(said.get(column, {})))
        unseen = self.styles("plain", num_format=_UNSEEN)
        self.sheet.set_column(self.cells.numbers, self.cells.numbers, 1, unseen)
        self.sheet.set_column(self.cells.states, self.cells.states, PANEL_WIDTH)

    def _beside(self, found: Sequence[Written]) -> None:
        """Numbers and states of the projects, right of the list."""
        cells, sheet, styles = self.cells, self.sheet, self.styles
        unseen, badge = styles("plain", num_format=_UNSEEN), styles("plain", align="center")
        numbers: dict[int, int] = {}
        for at, one in enumerate(found if self.projects else (), 1):
            first, last = one.rows
            numbers |= dict.fromkeys(range(first, last + 1), at)
        seen: set[int] = set()
        for row in range(self.made.first, self.made.last + 1):
            number = numbers.get(row)
            stored = float(number) if number else ""
            put(sheet, (row, cells.numbers, row, cells.numbers), Formula(number_formula(cells, row), stored), unseen)
            state = found[number - 1].state if number and number not in seen else ""
            seen |= {number} if number else set()
            formula = Formula(state_formula(cells, row, self.made.projects[0]), state)
            put(sheet, (row, cells.states, row, cells.states), formula, badge)
        sheet.write_blank(0, cells.numbers, None, unseen)
        sheet.write_url(0, cells.states, f"internal:{quoted(COVER_SHEET)}!A1", styles("panel link"), HOME_LINK)
        if self.made.first > STATE_ROW:
            message = Formula(message_formula(cells), "")
            put(sheet, (STATE_ROW, cells.states, STATE_ROW, cells.states), message, styles("panel message"))
        own = quoted(cells.sheet)
        self.workbook.define_name(
            f"{own}!{MARKED_NAME}", f"={own}!{absolute_span((0, cells.numbers, 0, cells.numbers))}"
        )
        for one in found if self.projects else ():
            self._last_year(one)

    def _last_year(self, one: Written) -> None:
        """Last year's amounts, grey, right of the project's state."""
        project = self.projects[one.number - 1]
        note = "" if project.last_year is None else last_amounts(project.last_year)
        if note:
            row, column = one.rows[0], self.cells.states + 1
            self.sheet.set_column(column, column, PANEL_WIDTH)
            put(self.sheet, (row, column, row, column), note, self.styles("note", font_color=ASIDE))

    def _colour(self) -> None:
        """Marks of a check, what is missing, what state a project is in."""
        cells, styles = self.cells, self.styles
        first, last = self.made.first, self.made.last
        missing, look = styles.mark("missing"), styles.mark("input")
        money = self.kind.money[0].key
        state = f"${a1(first, cells.states)}"
        lacks = {money: f'NOT(ISNUMBER({a1(first, cells.columns[money])})),{state}<>""'}
        if {"level3", "target"} <= cells.columns.keys():
            level3, target = (f"${a1(first, cells.columns[key])}" for key in ("level3", "target"))
            lacks |= {"target": f'{target}="",{level3}<>""', "level3": f'{level3}="",{target}<>""'}
        for key, test in lacks.items():
            column = cells.columns[key]
            area, cell = (first, column, last, column), a1(first, column)
            marked = f'=AND({cell}<>"",{is_marked(was_blank=True)})'
            self.sheet.conditional_format(*area, {"type": "formula", "criteria": marked, "format": look})
            blank = f'=AND({cell}="",{test},NOT({is_marked()}))'
            self.sheet.conditional_format(*area, {"type": "formula", "criteria": blank, "format": missing})
        for value, mark in ((FILLED, "good"), (UNBALANCED, "error"), (UNFINISHED, "warning")):
            rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": styles.mark(mark)}
            self.sheet.conditional_format(first, cells.states, last, cells.states, rule)

    # --- drop-downs and messages -----------------------------------------------------------------------------------

    def _guide(self) -> None:
        for key, column in self.cells.columns.items():
            area = self.made.first, column, self.made.last, column
            rule = self._own_choice(column) or self._rule(key, area)
            if rule is not None and rule != {"validate": "any"}:
                self.sheet.data_validation(*area, rule)

    def _own_choice(self, column: int) -> dict[str, Any] | None:
        """The drop-down that the 样表 has in a column."""
        own = self.layout.own
        rows = range(0) if own is None or self.look is None else range(own.body[0], own.body[1] + 1)
        lists = {} if self.look is None else self.look.lists
        return next((dict(lists[row, column]) for row in rows if (row, column) in lists), None)

    def _rule(self, key: str, area: Area) -> dict[str, Any] | None:
        profile, cell = self.profile, a1(*area[:2])
        if key in self.kind.place:
            value = self.kind.field(key).value
            if value is Value.AMOUNT:
                rule = amount_rule(cell, self.cells.units.get(key, "万元"))
                said = f"{rule['input_message'].rstrip('。')}，写在项目的第一行。"
                return {**rule, "input_message": said}
            return None if value is Value.CODE else length_rule(profile.text_limit_name)
        if key == "goal":
            return length_rule(profile.text_limit)
        if key == "level1":
            return _choice([branch.label for branch in profile.branches])
        if key == "level2":
            return self._second_levels(area)
        if key == "level3":
            return length_rule(profile.text_limit_name)
        if key == "operator":
            return _choice(_OPERATORS)
        if key == "target" and "operator" not in self.cells.columns:
            return told("如 =78人、≥90%。")
        return None

    def _second_levels(self, area: Area) -> dict[str, Any] | None:
        """Those of the first level that stands in the same row; none where that is merged over rows."""
        column = self.cells.columns.get("level1")
        own = self.layout.own
        if column is None or own is None or any(left == column and one >= own.body[0] for one, left, *_ in own.merges):
            return None
        level1 = f"${a1(area[0], column)}"
        known = [branch for branch in self.profile.branches if branch.name in self.profile.second_of]
        if not known:
            return None
        formula = second_list(known[-1].name)
        for branch in reversed(known[:-1]):
            formula = f'IF(LEFT({level1},{len(branch.name)})="{branch.name}",{second_list(branch.name)},{formula})'
        return {**_choice([]), "source": f"={formula}", "show_error": False}

    # --- the page --------------------------------------------------------------------------------------------------

    def _page(self) -> None:
        sheet, layout, width = self.sheet, self.layout, self.cells.width
        if self.look is None:
            landscape_page(sheet, layout.head, self.made.first - 1, width)
        else:
            own_page(sheet, self.look, layout)
            if not self.look.sheet.print_title_rows:
                sheet.repeat_rows(layout.head, self.made.first - 1)
        sheet.print_area(0, 0, len(layout.rows) - 1, width - 1)
        sheet.freeze_panes(self.made.first, 0)
        sheet.set_zoom(ZOOM)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(width - 1)}{len(layout.rows) + 100}"})
        protect(sheet)


def printed_rows(own: OwnSheet, look: OwnLook) -> int:
    """Rows for indicators that the 样表 prints: with blank ones that it rules below its last text."""
    first, last = own.body
    if last < len(own.texts) - 1:
        return last - first + 1
    ruled = takewhile(
        lambda row: look.sheet.cell(row + 1, 1).border.bottom.style is not None, range(last + 1, look.sheet.max_row)
    )
    return last - first + 1 + len(list(ruled))


def _choice(choices: Sequence[str]) -> dict[str, Any]:
    """A drop-down from which one may also type something else."""
    return {
        "validate": "list",
        "source": [one for one in choices if "," not in one and len(",".join(choices)) <= _MOST_CHOICES],
        "error_type": "warning",
        "error_title": "不在清单中",
        "error_message": "下拉里没有这一项。仍要保留吗？",
    }
