"""What a form on an office's own sheet shows, and how: the looks of its 样表, with our inputs in its cells."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.own_list import TOTAL
from xl_perf.core.forms.sign_off import LABELS
from xl_perf.core.model.project import Project
from xl_perf.sheets import form_heights
from xl_perf.sheets.cells import Content, Formula, number, text_content
from xl_perf.sheets.form_content import Contents, carried_contents, with_around
from xl_perf.sheets.guide_looks import FILLS
from xl_perf.sheets.looks import FINE_PERCENT, GENERAL, INPUT_FILL, PERCENT, TEXT
from xl_perf.sheets.own_results import results_of
from xl_perf.sheets.own_texts import with_heading, year_pattern
from xl_perf.written.own_look import OwnLook
from xl_perf.written.styles import Styles

Year = Callable[[str], Content]
"""What a line with the year shows, given it with {} in the place of the year."""
_PLAIN_NUMBER: Final = re.compile(r"[#0,.; _()\-]*[#0.][; _()\-]*")
"""A number format that shows a number as it is: no unit, no thousands left out."""
_SUM: Final = "0.00####"
_MARK_FILLS: Final = frozenset(f"#{colour}" for colour in FILLS.values())
"""Fills that marks have in a 样表."""
_NOTHING_LEFT: Final = 1.0
"""Characters more than a cell has: `lines_needed` leaves one free, and what is printed goes to the edge."""
_NUMBERS: Final = frozenset({Value.AMOUNT, Value.PERCENT, Value.WEIGHT})
_WRAPPED: Final = frozenset({Value.TEXT, Value.LONG_TEXT, Value.LEVEL, Value.TARGET, Value.BASIS, Value.CHOICE})


def own_contents(
    layout: Layout, project: Project | None, contents: Contents, year: Year | None
) -> Mapping[Box, Content]:
    """What stands in every box: in inputs with what the form prints around it, the year and the heading of its time."""
    signed = _signed(layout, project)
    carried = carried_contents(layout, project)
    results = results_of(layout, {**contents, **carried}) if any(box.formula for box in layout.boxes) else {}
    made: dict[Box, Content] = {}
    for box in layout.boxes:
        if box.role is Role.INPUT:
            made[box] = with_around(box, contents.get(box))
        elif box.formula:
            made[box] = Formula(f"={box.formula}", number(results[box]) if box in results else "")
        elif box in signed:
            made[box] = signed[box]
        elif box in carried:
            made[box] = carried[box]
        elif year is not None and (pattern := year_pattern(layout, box)) is not None:
            made[box] = year(pattern)
        else:
            made[box] = box.text
        if box.role is Role.TITLE and isinstance(made[box], str):
            made[box] = with_heading(box.text, project)
    return made


def _signed(layout: Layout, project: Project | None) -> Mapping[Box, Content]:
    """Who signs, in the cells right of labels that read like ours."""
    labels = {
        box.text: box
        for box in layout.boxes
        if box.text in LABELS and not box.is_carried and box.area[0] > layout.last_row
    }
    if project is None or project.sign_off is None or len(labels) < len(LABELS):
        return {}
    found: dict[Box, Content] = {}
    for label, entry in zip(LABELS, project.sign_off, strict=True):
        row, right = labels[label].area[0], labels[label].area[3]
        beside = next((box for box in layout.boxes if box.area[0] == row and box.area[1] == right + 1), None)
        if beside is not None and beside.is_open:
            found[beside] = text_content(entry)
    return found


def has_own_signing(layout: Layout) -> bool:
    """The office's form says itself who signs it."""
    return any(box.is_open and box.text and not box.is_carried for box in layout.boxes if box.area[0] > layout.last_row)


# --- looks -------------------------------------------------------------------------------------------------------


def own_style(styles: Styles, look: OwnLook, box: Box, content: Content) -> Format | None:
    """The format of a box; None for a blank cell that nobody gave a look."""
    area = box.look or box.area
    own = dict(look.of(area))
    if box.role is not Role.INPUT and own.get("bg_color") in _MARK_FILLS and (box.is_carried or not box.text):
        own = {key: value for key, value in own.items() if key not in {"bg_color", "pattern"}}  # of a mark, taken away
    if box.role is Role.INPUT:
        return styles.own({**own, **_input(box, own, content), "locked": False})
    if box.is_open:
        is_drawn = own.keys() & {"left", "right", "top", "bottom", "bg_color"} or area[:2] != area[2:]
        if isinstance(content, int | float):
            own |= {"shrink": True, "text_wrap": False}  # a number that has no room is not seen
        elif box.is_carried:
            own["text_wrap"] = True
        is_there = box.text or content not in {None, ""} or is_drawn
        return styles.own({**own, "locked": False}) if is_there else None
    if isinstance(content, str) and "\n" in content:
        own["text_wrap"] = True
    if box.key.startswith(TOTAL):
        own |= _total(str(own.get("num_format", "")), content)
    return styles.own({**own, **({"locked": False} if box.role is Role.TITLE else {})})


def _input(box: Box, own: Mapping[str, Any], content: Content) -> dict[str, Any]:
    """What an input has of us: its fill where the cell has none, its number format, lines that break."""
    has_fill = "bg_color" in own and own["bg_color"] not in _MARK_FILLS
    made: dict[str, Any] = {} if has_fill else {"bg_color": INPUT_FILL, "pattern": 1}
    if box.value in _NUMBERS and not any(box.around):
        made["num_format"] = _number_format(box, str(own.get("num_format", "")), content)
        if box.value is Value.AMOUNT:
            made |= {"shrink": True, "text_wrap": False}
        return made
    made["num_format"] = TEXT
    if box.value in _WRAPPED and not own.get("shrink"):
        made["text_wrap"] = True
    return made


def _total(own: str, content: Content) -> dict[str, Any]:
    """The look of a sum: without a format of its own all decimals, for 常规 leaves out those that a column has no room
    for; small enough for its cell.
    """
    value = content.result if isinstance(content, Formula) else content
    shows_all = own not in {"", GENERAL, "0"} and _shows_all(own, value if isinstance(value, int | float) else None)
    return {"shrink": True, "text_wrap": False, **({} if shows_all else {"num_format": _SUM})}


def _number_format(box: Box, own: str, content: Content) -> str:
    if box.value is Value.PERCENT:
        if isinstance(content, float) and round(content, 2) != content:
            return FINE_PERCENT
        return own if own.endswith("%") and _PLAIN_NUMBER.fullmatch(own[:-1]) else PERCENT
    if own and _PLAIN_NUMBER.fullmatch(own):
        return own if _shows_all(own, content) else GENERAL
    return GENERAL


def _shows_all(code: str, content: Content) -> bool:
    """A number is shown with all its decimals."""
    if not isinstance(content, int | float):
        return True
    decimals = -int(Decimal(repr(content)).normalize().as_tuple().exponent)
    return decimals <= len(re.split(r"[;)_ ]", code)[0].partition(".")[2])


def own_heights(
    layout: Layout, look: OwnLook | None, contents: Contents, beside: Iterable[tuple[Area, float]]
) -> list[float]:
    """Heights of the rows in points: those of the 样表, more where what is filled in needs it."""
    heights = {} if look is None else look.heights
    usual = form_heights.INDICATOR if look is None else look.height
    least = [heights.get(source, usual) for source in layout.rows]
    fixed = [source in heights for source in layout.rows]
    needed = list(beside)
    for box in layout.boxes:
        top, left, bottom, right = box.area
        content = contents.get(box)
        is_filled = box.is_carried or (box.role is Role.INPUT and (content != box.text or box.item is not None))
        if isinstance(content, str) and content and (is_filled or not all(fixed[top : bottom + 1])):
            own = {} if look is None else look.of(box.look or box.area)
            size = 10.5 if look is None else own.get("font_size", 11)
            free = -form_heights.INDENT if is_filled else _NOTHING_LEFT  # what is printed has room as it stands
            room = sum(layout.widths[left : right + 1]) + free
            is_line = look is not None and not is_filled and not own.get("text_wrap")
            # A note that the office does not wrap runs on over the cells beside it, as on its sheet.
            shown = content.partition("\n")[0][:1] if is_line else content
            of_text = form_heights.of_text if box.role is Role.TITLE else form_heights.of_own_text
            needed.append((box.area, of_text(shown, room, size)))
    return form_heights.spread(least, needed)


def own_rows(layout: Layout, look: OwnLook, contents: Contents) -> dict[int, dict[str, Any]]:
    """Rows that the 样表 hides or outlines; one in which something is filled in shows."""
    found = {row: look.rows[source] for row, source in enumerate(layout.rows) if source in look.rows}
    return _shown(found, {row for area in _filled(contents) for row in range(area[0], area[2] + 1)})


def own_columns(look: OwnLook, contents: Contents) -> dict[int, dict[str, Any]]:
    """Columns that the 样表 hides or outlines; one in which something is filled in shows."""
    return _shown(look.columns, {column for area in _filled(contents) for column in range(area[1], area[3] + 1)})


def _shown(found: Mapping[int, Mapping[str, Any]], filled: set[int]) -> dict[int, dict[str, Any]]:
    shown = {at: {key: value for key, value in said.items() if key != "hidden"} for at, said in found.items()}
    return {at: shown[at] if at in filled else dict(said) for at, said in found.items()}


def _filled(contents: Contents) -> Iterator[Area]:
    return (box.area for box, one in contents.items() if box.role is Role.INPUT and one not in {None, "", box.text})


def own_lists(sheet: Worksheet, look: OwnLook, layout: Layout) -> list[Area]:
    """Writes the drop-downs of the 样表 for texts; gives their areas."""
    found = []
    for box in layout.boxes:
        rule = look.lists.get((box.look or box.area)[:2])
        is_text = box.role is Role.INPUT and box.value in {Value.TEXT, Value.LONG_TEXT} and box.item is None
        if rule is not None and (is_text or box.is_open):
            sheet.data_validation(*box.area, dict(rule))
            found.append(box.area)
    return found
