"""A project's sheet: 项目绩效目标表 in the official layout, ready to fill in, on one A4 page.

Right of the form, off the printed page, stands what the form says about itself: its state and what does not fit.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.actions import ACTIONS
from xl_perf.core.cells.grid import Area, a1, column_letters
from xl_perf.core.cells.units import UNITS
from xl_perf.core.figures.totals import EXACT
from xl_perf.core.forms.box import HOME_LINK, YEAR_PATTERN, Box, Role
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.sign_off import LABELS, WIDTH, boxes_of
from xl_perf.core.model.project import LastYear, Project, SignOff
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.sheets import form_heights
from xl_perf.sheets.button_looks import ACROSS
from xl_perf.sheets.cells import Content, Formula, absolute_span, text_content
from xl_perf.sheets.form_content import (
    EMPTY,
    FILLED,
    PLAN_WRONG,
    UNBALANCED,
    UNFINISHED,
    WRONG,
    budget_message,
    contents_of,
    plan_message,
    shown_heading,
    state_of,
)
from xl_perf.sheets.form_formulas import (
    FormReferences,
    budget_message_formula,
    goal_message,
    goal_message_formula,
    listed_value,
    plan_message_formula,
    state_formula,
    title_formula,
)
from xl_perf.sheets.form_names import (
    MARKED_NAME,
    PANEL_WIDTH,
    STATE_NAME,
    STATE_ROW,
    defined_name,
    first_input,
    panel_of,
)
from xl_perf.sheets.last_year import ROWS_OF_AMOUNTS, last_amounts, last_indicator
from xl_perf.sheets.list_formulas import RowFormulas, project_row
from xl_perf.sheets.list_sheet import ListCells, listed_row, summary_state
from xl_perf.sheets.looks import ASIDE, FINE_PERCENT, FORM_AMOUNT, GENERAL, HEAD_FONT, LINE, PERCENT, TEXT
from xl_perf.sheets.texts import quoted
from xl_perf.written.button_shapes import place_buttons
from xl_perf.written.form_checks import colour, guide
from xl_perf.written.own_conditions import own_conditions
from xl_perf.written.own_form import (
    Year,
    has_own_signing,
    own_columns,
    own_contents,
    own_heights,
    own_lists,
    own_rows,
    own_style,
)
from xl_perf.written.own_look import OwnLook, look_of, rich_parts
from xl_perf.written.own_over import link_of, own_comments, own_pictures
from xl_perf.written.own_page import own_page, own_view, printed_area
from xl_perf.written.page import portrait_page, protect
from xl_perf.written.put import put, put_value
from xl_perf.written.styles import Styles

_BUTTONS: Final = tuple(action for action in ACTIONS if action.on_form)
"""Right of the state; the first three rows of them stay in sight."""
_UNSEEN: Final = ";;;"
"""A number format that shows nothing."""
_SIGN_OFF_HEIGHT: Final = 32
ZOOM: Final = 85
"""Per cent: form, state and buttons side by side on a screen of 1366 by 768 pixels, also where columns turn out broader
for want of a font."""


class Written(NamedTuple):
    """A form's sheet as written: what other sheets refer to and show."""

    sheet: str
    layout: Layout
    contents: Mapping[Box, Content]
    state: str
    has_error: bool = False
    """校验结果 lists an error on it."""
    place: tuple[ListCells, int] | None = None
    """Of a project on a list: where that stands, and the project's number on it."""

    @property
    def number(self) -> int:
        """Of a project on a list its number, from 1; of another 0."""
        return 0 if self.place is None else self.place[1]

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row of its inputs."""
        areas = [box.area for box in self.layout.boxes]
        return min(area[0] for area in areas), max(area[2] for area in areas)

    @property
    def summary_state(self) -> str:
        """The formula of its state on 部门汇总."""
        return self.list_row.state if self.place is None else summary_state(*self.place)

    @property
    def listed_state(self) -> str:
        """Its state as other sheets show it."""
        return WRONG if self.has_error and self.state == FILLED else self.state

    def content(self, key: str) -> Content:
        """What stands in an input of the head; None where the form has none of that name."""
        return next((content for box, content in self.contents.items() if box.key == key), None)

    @property
    def budget(self) -> Content:
        """What stands there as the whole amount, a number in 万元."""
        content = self.content(self.layout.kind.money[0].key)
        factor = UNITS[self.layout.input(self.layout.kind.money[0].key).unit] if content is not None else 1
        if factor == 1 or not isinstance(content, float | int):
            return content
        return float(EXACT.multiply(Decimal(format(content, ".15g")), factor))

    @property
    def list_row(self) -> RowFormulas:
        """Its row on 首页."""
        if self.place is not None:
            return listed_row(*self.place, is_there=self.state != EMPTY)
        places = {field.key: listed_value(self.layout.input(field.key), self.sheet) for field in self.layout.fields}
        code, name, total = (places.get(key) for key in ("code", "name", self.layout.kind.money[0].key))
        state_cell = a1(STATE_ROW, panel_of(self.layout.kind))
        return project_row(self.sheet, first_input(self.layout.kind), code, name, total, state_cell)


def write_form(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    layout: Layout,
    project: Project | None,
    profile: Profile,
    *,
    year: Year | None = None,
    book_year: int | None = None,
    macros: bool = False,
) -> Written:
    """Writes the form with a project's content; a blank form where there is none. With macros it has buttons.

    ``year`` is what the line with the year shows, if the kind has one; examples in messages name ``book_year``. A form
    on an office's own sheet looks like it. Raises `FormError` where its 样表 cannot be read any more.
    """
    look = None if layout.own is None else look_of(layout.own)
    if look is not None:
        layout = replace(layout, own_widths=look.widths)
    contents = contents_of(layout, project)
    lines = {} if look is None else own_columns(look, contents)
    for column, width in enumerate(layout.widths):
        sheet.set_column(column, column, width, None, lines.get(column, {}))
    beside = _beside(layout, None if project is None else project.last_year)
    if layout.own is None:
        _official(sheet, styles, layout, project, contents, year)
        heights = _heights(layout, contents, beside)
    else:
        shown = own_contents(layout, project, contents, year)
        own_cells(sheet, styles, look, layout, shown)
        notes = [(area, form_heights.of_note(note, PANEL_WIDTH)) for area, note in beside]
        heights = own_heights(layout, look, shown, notes)
    hidden = {} if look is None else own_rows(layout, look, contents)
    for row, height in enumerate(heights):
        sheet.set_row(row, height, None, hidden.get(row, {}))
    cells = FormReferences(layout)
    state = state_of(layout, contents)
    _panel(sheet, styles, cells, contents, state)
    for area, note in beside:
        put(sheet, area, note, styles("note", font_color=ASIDE, **({"valign": "top"} if area[0] < area[2] else {})))
    lists = [] if look is None else own_lists(sheet, look, layout)
    colour(sheet, styles, cells)
    if look is not None:
        own_conditions(sheet, styles, look, layout)
        own_pictures(sheet, look, layout)
        own_comments(sheet, look, layout)
    guide(sheet, cells, profile, book_year, lists)
    signs = _signs(layout, project)
    if signs:
        _sign_off(sheet, styles, layout, None if project is None else project.sign_off)
    _names(workbook, sheet, layout)
    _page(sheet, layout, look, signs=signs)
    if macros:
        place_buttons(sheet, _BUTTONS, panel_of(layout.kind) + 1, across=ACROSS)
    return Written(str(sheet.name), layout, contents, state)


def _official(
    sheet: Worksheet,
    styles: Styles,
    layout: Layout,
    project: Project | None,
    contents: Mapping[Box, Content],
    year: Year | None,
) -> None:
    """The cells of a form in an official layout."""
    headings = {f"{column.key}:label" for column in layout.kind.columns}
    for box in layout.boxes:
        content = contents.get(box, box.text)
        if box.role is Role.TITLE:
            content = _title(layout, project, contents)
        elif box.role is Role.YEAR and year is not None:
            content = year(YEAR_PATTERN)
        put(sheet, box.area, content, _style(styles, layout.kind, box, content, headings))


def own_cells(
    sheet: Worksheet, styles: Styles, look: OwnLook | None, layout: Layout, contents: Mapping[Box, Content]
) -> None:
    """The cells of a form on an office's own sheet; in our own style where its file does not say how it looks."""
    for box in layout.boxes:
        content = contents[box]
        if look is None:
            is_beside = box.role is Role.LABEL and not layout.head <= box.area[0] <= layout.last_row
            style = styles("plain") if is_beside else _style(styles, layout.kind, box, content, ())
            put(sheet, box.area, content, style)
            continue
        own = own_style(styles, look, box, content)
        value = look.values.get((box.look or box.area)[:2])
        if own is None:
            continue
        if box.role is Role.LABEL and box.text and content == box.text and value is not None:
            put_value(sheet, box.area, value, own, partial(rich_parts, styles, look))
        else:
            put(sheet, box.area, None if content == "" else content, own)
            if (link := link_of(look, box)) and isinstance(content, str):
                sheet.write_url(*box.area[:2], link, own, content)


def _signs(layout: Layout, project: Project | None) -> bool:
    """Below the form stands our line for signatures: an office's own form has it where somebody has signed."""
    if layout.own is None:
        return True
    is_signed = project is not None and project.sign_off is not None
    return is_signed and layout.kind.width > WIDTH and not has_own_signing(layout)


def _title(layout: Layout, project: Project | None, contents: Mapping[Box, Content]) -> Content:
    """The heading above 项目绩效目标表 where it says something else than the name.

    Else, of a kind that is titled by it, the project's name as soon as there is one.
    """
    heading = shown_heading(project) if project is not None else ""
    if heading:
        return f"{heading}\n{layout.kind.title}"
    if not layout.kind.headed_by_name:
        return layout.kind.title
    name = next(content for box, content in contents.items() if box.key == "name")
    cell = a1(*layout.area("name")[:2])
    result = f"{name}\n{layout.kind.title}" if name else layout.kind.title
    return Formula(title_formula(cell, layout.kind.title), result)


# --- looks -----------------------------------------------------------------------------------------------------

_INPUT_LOOKS: Final[Mapping[Value, Mapping[str, Any]]] = {
    Value.TEXT: {"num_format": TEXT, "indent": 1},
    Value.LONG_TEXT: {"num_format": TEXT, "align": "left", "valign": "top", "indent": 1},
    Value.CODE: {"num_format": TEXT, "align": "center"},
    Value.AMOUNT: {"num_format": FORM_AMOUNT, "align": "center", "text_wrap": False, "shrink": True},
    Value.PERCENT: {"num_format": PERCENT, "align": "center"},
    Value.LEVEL: {"num_format": TEXT, "align": "center"},
    Value.TARGET: {"num_format": TEXT, "align": "center"},
    Value.WEIGHT: {"align": "center"},
    Value.BASIS: {"num_format": TEXT, "align": "center"},
}


def _style(styles: Styles, kind: FormKind, box: Box, content: Content, headings: Collection[str]) -> Format:
    if box.role is Role.TITLE:
        return styles("title", font_size=16, text_wrap=True, locked=False)
    if box.role is Role.YEAR:
        return styles("plain", align="center")
    if box.role is Role.LABEL and box.is_open:
        return styles("cell", locked=False)
    if box.role is Role.LABEL:
        side = {"align": "left", "indent": 1} if box.at_left else {}
        return styles("header" if box.key in headings else "label", **side)
    look = dict(_INPUT_LOOKS[box.value or Value.TEXT])
    if box.value is Value.PERCENT and isinstance(content, float) and round(content, 2) != content:
        look["num_format"] = FINE_PERCENT
    if box.value is Value.AMOUNT and (kind.states_unit or box.unit != "万元"):
        look["num_format"] = GENERAL
    if box.key == "goal" and not kind.numbers_goals:
        look |= {"valign": "top", "align": "left"}
    if box.key == "name":
        look = {"num_format": TEXT, "align": "center"}
    return styles("input", **look)


def _heights(layout: Layout, contents: Mapping[Box, Content], beside: Sequence[tuple[Area, str]]) -> Iterable[float]:
    """Heights of the rows in points: every text shows whole, also what stands beside the form."""
    needed = [(area, form_heights.of_note(note, PANEL_WIDTH)) for area, note in beside]
    for box in layout.boxes:
        _, left, _, right = box.area
        content = contents.get(box, box.text)
        if box.role not in {Role.TITLE, Role.YEAR} and isinstance(content, str):
            indent = form_heights.INDENT if box.value in {Value.TEXT, Value.LONG_TEXT} else 0
            needed.append((box.area, form_heights.of_text(content, sum(layout.widths[left : right + 1]) - indent)))
    return form_heights.spread(form_heights.least_of(layout), needed)


def _panel(
    sheet: Worksheet,
    styles: Styles,
    cells: FormReferences,
    contents: Mapping[Box, Content],
    state: str,
) -> None:
    """State and live messages right of the form, which are not printed."""
    panel, width = panel_of(cells.kind), cells.kind.width
    sheet.set_column(width, width, 1)
    sheet.set_column(panel, panel, PANEL_WIDTH)
    sheet.write_blank(0, width, None, styles("plain", num_format=_UNSEEN))
    sheet.write_url(0, panel, f"internal:{quoted(COVER_SHEET)}!A1", styles("panel link"), HOME_LINK)
    badge = styles("cell", font_name=HEAD_FONT, align="center")
    put(sheet, (STATE_ROW, panel, STATE_ROW, panel), Formula(state_formula(cells), state), badge)
    marks = (FILLED, "good"), (UNBALANCED, "error"), (PLAN_WRONG, "error"), (UNFINISHED, "warning")
    for value, look in marks:
        rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": styles.mark(look)}
        sheet.conditional_format(STATE_ROW, panel, STATE_ROW, panel, rule)
    message = styles("panel message")
    taken = {0, STATE_ROW}

    def say(row: int, said: Formula) -> None:
        """In its row, or the next one that is free."""
        while row in taken:
            row += 1
        taken.add(row)
        put(sheet, (row, panel, row, panel), said, message)

    if cells.layout.balanced:
        budget = Formula(budget_message_formula(cells), budget_message(cells.layout, contents))
        say(cells.layout.area(cells.kind.money[0].key)[0], budget)
    if not cells.kind.numbers_goals and cells.layout.goals == 1:
        goal_row = cells.layout.area("goal", 0)[0]
        text = next((content for box, content in contents.items() if box.key == "goal"), None)
        goal = Formula(goal_message_formula(cells), goal_message(cells, str(text or "")))
        say(goal_row, goal)
    if cells.plan:
        plan_row = cells.layout.area("percent", 0)[0]
        plan = Formula(plan_message_formula(cells), plan_message(contents, cells.layout.months[-1]))
        say(plan_row, plan)


def _beside(layout: Layout, before: LastYear | None) -> list[tuple[Area, str]]:
    """Last year's figures in the same column, grey: the amounts below the budget's row, indicators in their rows."""
    if before is None:
        return []
    panel = panel_of(layout.kind)
    budget = layout.kind.money[0].key
    row = (layout.area(budget)[0] if layout.has(budget) else layout.head) + 1
    found = [((row, panel, row + ROWS_OF_AMOUNTS - 1, panel), last_amounts(before))]
    for item, target in enumerate(before.targets):
        row = layout.area("target", item)[0]
        found.append(((row, panel, row, panel), last_indicator(target, before.result(item))))
    return [(area, note) for area, note in found if note]


def _sign_off(sheet: Worksheet, styles: Styles, layout: Layout, signed: SignOff | None) -> None:
    """The line below the form, which is printed and belongs to no table."""
    row = layout.end + 1
    sheet.set_row(row, _SIGN_OFF_HEIGHT)
    for number, (label, (at, first, last)) in enumerate(zip(LABELS, boxes_of(layout.kind), strict=True)):
        put(sheet, (row, at, row, at), label, styles("plain", align="right"))
        typed = None if signed is None else text_content(signed[number])
        look = styles("input", num_format=TEXT, align="center", border=0, bottom=1, bottom_color=LINE)
        put(sheet, (row, first, row, last), typed, look)


def _names(workbook: Workbook, sheet: Worksheet, layout: Layout) -> None:
    own, panel = quoted(str(sheet.name)), panel_of(layout.kind)
    for field in layout.fields:
        cell = absolute_span(layout.area(field.key)).partition(":")[0]
        workbook.define_name(f"{own}!{defined_name(field)}", f"={own}!{cell}")
    workbook.define_name(f"{own}!{MARKED_NAME}", f"={own}!{absolute_span((0, panel - 1, 0, panel - 1))}")
    workbook.define_name(f"{own}!{STATE_NAME}", f"={own}!{absolute_span((STATE_ROW, panel, STATE_ROW, panel))}")


def _page(sheet: Worksheet, layout: Layout, look: OwnLook | None, *, signs: bool) -> None:
    """One A4 page, or the office's own; what may be changed while it is protected; no marks on numbers as texts."""
    if look is None:
        portrait_page(sheet, one_page=True)
    else:
        own_page(sheet, look, layout)
    top, left, bottom, right = printed_area(look, layout)
    sheet.print_area(top, left, bottom + signs, right)
    rows, columns, zoom = own_view(look, layout, ZOOM)
    sheet.freeze_panes(rows, columns)
    sheet.set_zoom(zoom)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(layout.kind.width - 1)}{layout.end + 100}"})
    protect(sheet)
