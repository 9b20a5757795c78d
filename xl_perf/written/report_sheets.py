"""监控-N月 and 自评: all projects below each other, a table each, ready to fill in; every table begins a page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, column_letters
from xl_perf.core.figures.monitoring import NATURES, Light
from xl_perf.core.figures.scoring import METHODS
from xl_perf.core.forms.box import Role
from xl_perf.core.forms.kind import Family, FormKind, Value
from xl_perf.core.forms.report_fields import ASIDE_OF_FUNDS
from xl_perf.core.making.report_draft import ReportDraft
from xl_perf.core.making.report_layout import ReportBox, ReportLayout, aside_columns, printed_columns, report_layout
from xl_perf.core.making.reports import TICK
from xl_perf.core.profile import Profile
from xl_perf.sheets import form_heights
from xl_perf.sheets.cells import Content, Formula, fraction, is_exact
from xl_perf.sheets.looks import ASIDE, GENERAL, SHARE, TEXT
from xl_perf.sheets.texts import clean
from xl_perf.written.page import A4, protect
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

_AMOUNT: Final = "#,##0.00####"
_POINTS: Final = "0.00"
_LOOKS: Final[Mapping[Value, Mapping[str, Any]]] = {
    Value.TEXT: {"num_format": TEXT, "align": "center"},
    Value.LONG_TEXT: {"num_format": TEXT, "align": "left", "valign": "top", "indent": 1},
    Value.CODE: {"num_format": TEXT, "align": "center"},
    Value.AMOUNT: {"num_format": _AMOUNT, "align": "center", "text_wrap": False, "shrink": True},
    Value.RATE: {"num_format": SHARE, "align": "center", "shrink": True, "text_wrap": False},
    Value.LEVEL: {"num_format": TEXT, "align": "center"},
    Value.TARGET: {"num_format": TEXT, "align": "center"},
    Value.ACTUAL: {"num_format": TEXT, "align": "center"},
    Value.WEIGHT: {"num_format": GENERAL, "align": "center"},
    Value.SCORE: {"num_format": _POINTS, "align": "center"},
    Value.TICK: {"num_format": TEXT, "align": "center"},
    Value.CHOICE: {"num_format": TEXT, "align": "center"},
}
_COPIED: Final = frozenset(
    {"name", "code", "department_code", "unit_name", "level1", "level2", "level3", "target", "initial_budget"}
)
"""What comes from the project's form: a person changes it there, and may change it here."""
_COMPUTED: Final = frozenset({"share", "light", "computed", "explained", "plan", "time", "gap", "gap_amount"})
_TITLE, _LINE, _HEAD, _ROW, _TEXT_ROW = 34.0, 20.0, 26.0, 27.0, 40.0
_ASIDE_WIDTHS: Final = {"explained": 42, "evidence": 18, "audit_reason": 22, "gap": 11, "gap_amount": 11}
_ASIDE_WIDTH: Final = 10
_INDENT: Final = 1.5
_ZOOM: Final = 85
LIGHT_FILLS: Final = {
    Light.RED: "#F8CBAD",
    Light.YELLOW: "#FFE699",
    Light.GREEN: "#C6E0B4",
    Light.BLUE: "#BDD7EE",
    Light.GREY: "#E7E6E6",
}


def write_reports(
    sheet: Worksheet, styles: Styles, drafts: Sequence[ReportDraft], profile: Profile
) -> list[ReportLayout]:
    """Writes the tables of one kind below each other; where they stand."""
    kind = drafts[0].kind
    layouts: list[ReportLayout] = []
    top = 0
    for draft in drafts:
        layout = report_layout(draft, top, profile.monitor, profile.evaluate)
        _write(sheet, styles, layout)
        layouts.append(layout)
        top = layout.end + 1
    _columns(sheet, kind)
    _guide(sheet, styles, layouts)
    _page(sheet, kind, layouts)
    return layouts


def _write(sheet: Worksheet, styles: Styles, layout: ReportLayout) -> None:
    for box in layout.boxes:
        put(sheet, box.area, content_of(box), _style(styles, box))
    for row, height in enumerate(_heights(layout), layout.top):
        sheet.set_row(row, height)


def content_of(box: ReportBox) -> Content:
    """What goes into a cell: amounts and points as numbers, rates as shares; text stays text."""
    content: Content
    if isinstance(box.content, Decimal):
        if box.value is Value.RATE and box.key != "gap":
            content = fraction(box.content)
        else:
            content = float(box.content) if is_exact(box.content) else f"{box.content:f}"
    else:
        content = box.content
    return Formula(box.formula, "" if content is None else content) if box.formula else content


def _style(styles: Styles, box: ReportBox) -> Format:
    if box.role is Role.TITLE:
        return styles("title", font_size=16, text_wrap=True)
    if box.role is Role.YEAR:
        return styles("plain", align="right" if box.key == "unit" else "center")
    if box.is_aside and box.role is Role.LABEL:
        return styles("header", font_color=ASIDE)
    if box.role is Role.LABEL:
        side = {"align": "left", "indent": 1} if box.at_left else {}
        return styles("header" if box.key.endswith((":heading", ":group")) else "label", **side)
    look: dict[str, Any] = dict(_LOOKS[box.value or Value.TEXT])
    if box.key == "total:weight":
        look["num_format"] = GENERAL
    if box.key == "gap":
        look["num_format"] = "0.00"
    if box.key == "explained":
        look |= {"align": "left", "font_size": 9}
    if box.is_proposed:
        look |= {"font_color": ASIDE, "italic": True}
    is_result = bool(box.formula) or box.key in _COMPUTED or box.content == "-"
    return styles("cell" if is_result else "input", **look)


def _heights(layout: ReportLayout) -> list[float]:
    """Heights of the rows in points, the first that of the title: every printed text shows whole."""
    least = [_ROW] * (layout.end - layout.top)
    needed = []
    widths = layout.kind.sheet_widths
    for box in layout.boxes:
        top, left, bottom, right = (box.area[0] - layout.top, box.area[1], box.area[2] - layout.top, box.area[3])
        if box.role is Role.TITLE:
            least[top] = _TITLE
        elif box.role is Role.YEAR:
            least[top] = _LINE
        elif box.key.endswith(":heading"):
            least[top] = max(least[top], _HEAD)
        elif box.value is Value.LONG_TEXT and top == bottom and box.item is None:
            least[top] = max(least[top], _TEXT_ROW)
        if isinstance(box.content, str) and not box.is_aside and box.role not in {Role.TITLE, Role.YEAR}:
            indent = _INDENT if box.value is Value.LONG_TEXT else 0
            width = sum(widths[left : right + 1]) - indent
            needed.append(((top, left, bottom, right), form_heights.of_text(clean(box.content), width)))
    return form_heights.spread(least, needed)


def _columns(sheet: Worksheet, kind: FormKind) -> None:
    for column, width in enumerate(kind.sheet_widths):
        sheet.set_column(column, column, width)
    gap = 1 + len(printed_columns(kind))
    sheet.set_column(gap, gap, 1)
    for place, its in enumerate(aside_columns(kind), gap + 1):
        sheet.set_column(place, place, _ASIDE_WIDTHS.get(its.key, _ASIDE_WIDTH))
    if kind.family is Family.MONITORING:
        sheet.set_column(gap + 1, gap + len(ASIDE_OF_FUNDS), _ASIDE_WIDTH + 1)


def _guide(sheet: Worksheet, styles: Styles, layouts: Sequence[ReportLayout]) -> None:
    """Lists to choose from, numbers that must be numbers, and the colours of lights: a rule for a column of a table."""
    for layout in layouts:
        inputs = [box for box in layout.boxes if box.role is Role.INPUT]
        for column in _columns_of(inputs, lambda box: box.value is Value.TICK):
            sheet.data_validation(*column, {"validate": "list", "source": [TICK]})
        for key, choices in (("nature", NATURES), ("method", tuple(METHODS))):
            for column in _columns_of(inputs, lambda box, key=key: box.key == key):  # type: ignore[misc]
                sheet.data_validation(*column, {"validate": "list", "source": list(choices)})
        for column in _columns_of(inputs, _is_score):
            sheet.data_validation(*column, dict(_SCORE_RULE))
        colour_lights(sheet, styles, list(_columns_of(inputs, lambda box: box.key == "light")))


_SCORE_RULE: Final[Mapping[str, Any]] = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 100,
    "ignore_blank": True,
    "input_title": "得分",
    "input_message": "可以留空：按“计算得分”算出。可以改低（写明原因），不能高于算出的得分。",
    "error_title": "得分",
    "error_message": "得分应是 0 到分值之间的数",
    "error_type": "warning",
}


def _is_score(box: ReportBox) -> bool:
    """The score of an indicator: a person may change it."""
    is_own = box.value is Value.SCORE and not box.formula and not box.is_aside
    return is_own and isinstance(box.item, int)


def _columns_of(boxes: Sequence[ReportBox], is_one: Callable[[ReportBox], bool]) -> Iterator[Area]:
    """The cells for which something holds, those that touch together: first row, first column, last row, last column.

    Rows below each other of one column are one area, and columns of the same rows beside each other too.
    """
    rows: dict[int, set[int]] = {}
    for box in filter(is_one, boxes):
        rows.setdefault(box.area[1], set()).add(box.area[0])
    spans: dict[tuple[int, int], list[int]] = {}
    for column, own in sorted(rows.items()):
        for _, run in groupby(enumerate(sorted(own)), key=lambda one: one[1] - one[0]):
            found = [row for _, row in run]
            spans.setdefault((found[0], found[-1]), []).append(column)
    for (first, last), columns in spans.items():
        for _, beside in groupby(enumerate(columns), key=lambda one: one[1] - one[0]):
            own_columns = [column for _, column in beside]
            yield first, own_columns[0], last, own_columns[-1]


def colour_lights(sheet: Worksheet, styles: Styles, areas: Sequence[Area]) -> None:
    """Fills the cells by the light that they name."""
    for area in areas:
        for light, fill in LIGHT_FILLS.items():
            look = styles.mark(light.value, bg_color=fill)
            rule = {"type": "text", "criteria": "containing", "value": light.label, "format": look}
            sheet.conditional_format(*area, rule)


def _page(sheet: Worksheet, kind: FormKind, layouts: Sequence[ReportLayout]) -> None:
    """A table a page, one page wide; what stands right of it is not printed."""
    if kind.family is Family.MONITORING:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.55)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_black_and_white()
    sheet.hide_gridlines(2)
    last = len(printed_columns(kind))
    sheet.print_area(0, 0, layouts[-1].end - 1, last)
    sheet.set_h_pagebreaks([layout.top for layout in layouts[1:]])
    sheet.set_zoom(_ZOOM)
    end = column_letters(last + len(aside_columns(kind)) + 8)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{end}{layouts[-1].end + 100}"})
    protect(sheet)
