"""整体绩效目标: the overall goal, the sub-goals with indicators and projects, the safeguards.

`core.goals_reader` reads it back by its labels; no text may stand between the overall goal and the sub-goals, nor
below the safeguards, or it would be read as theirs.
"""

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area
from xl_perf.core.model.department import Department, Safeguard, SubGoal
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import GOALS_FIELDS
from xl_perf.sheets.cells import Content, Formula, text_content
from xl_perf.sheets.goals_heights import LEAST, LINE, WIDTHS, of_text
from xl_perf.sheets.looks import TEXT
from xl_perf.written.cover_sheet import cell_of
from xl_perf.written.form_checks import length_rule, told
from xl_perf.written.page import portrait_page, protect
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

_LAST: Final = len(WIDTHS) - 1
_LABELS: Final = {field.key: field.label for field in GOALS_FIELDS}
TITLE_TEXT: Final = "部门整体绩效目标"
BLANK_SUB_GOALS: Final = (3, 3, 3)
"""Indicator rows of the sub-goals in a blank sheet."""
SPARE_SUB_GOAL: Final = 2
SPARE_INDICATORS: Final = 1
BLANK_SAFEGUARDS, SPARE_SAFEGUARDS = 6, 2
_OVERALL_ROW: Final = 100.0
"""Points; a tall text is merged over rows of about this height, for screens scroll by rows."""
_FEWEST_OVERALL_ROWS: Final = 2
_LEAST_OVERALL: Final = 120.0
"""Points; room to write in, where nothing is written yet."""


def write_goals(sheet: Worksheet, styles: Styles, department: Department, profile: Profile) -> None:
    """Writes the department's goals with spare rows; an empty sheet ready to fill where there are none."""
    writer = _Writer(sheet, styles, profile)
    writer.head(department)
    writer.overall(text_content(department.overall_goal))
    writer.section("二、分项绩效目标")
    writer.sub_goals(department.sub_goals)
    writer.section("三、工作保障措施")
    writer.safeguards(department.safeguards)
    portrait_page(sheet, one_page=False)
    sheet.repeat_rows(0, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:F{writer.row + 100}"})
    protect(sheet)


class _Writer:
    """Writes the sheet from top to bottom; ``row`` is the next free one."""

    def __init__(self, sheet: Worksheet, styles: Styles, profile: Profile) -> None:
        self.sheet, self.styles, self.profile, self.row = sheet, styles, profile, 0
        self.input = styles("input", num_format=TEXT, indent=1)
        self.long = styles("input", num_format=TEXT, align="left", valign="top", indent=1)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)

    def head(self, department: Department) -> None:
        """Title with the year, and the department's name."""
        year, name = cell_of("year"), cell_of("department")
        stored = department.cover.year.value or department.cover.year.text
        title = Formula(
            f'=IF({year}="","",{year}&"年")&"{TITLE_TEXT}"', f"{stored}年{TITLE_TEXT}" if stored else TITLE_TEXT
        )
        self.sheet.set_row(0, 40)
        put(self.sheet, (0, 0, 0, _LAST), title, self.styles("title"))
        self.sheet.set_row(1, 22)
        unit = Formula(f'="填报单位："&{name}', f"填报单位：{department.cover.department.text}")
        put(self.sheet, (1, 0, 1, _LAST), unit, self.styles("plain"))
        self.row = 2

    def section(self, text: str) -> None:
        """A section's heading with some room above."""
        self.sheet.set_row(self.row, 28)
        put(self.sheet, (self.row, 0, self.row, _LAST), text, self.styles("heading"))
        self.row += 1

    def overall(self, text: str | None) -> None:
        """The overall goal: one text, merged over as many rows as it needs."""
        self.section("一、总体目标")
        needed = of_text(text, 1, _LAST) + LINE if text else _LEAST_OVERALL
        rows = max(_FEWEST_OVERALL_ROWS, round(needed / _OVERALL_ROW))
        last = self.row + rows - 1
        for row in range(self.row, last + 1):
            self.sheet.set_row(row, needed / rows)
        put(self.sheet, (self.row, 0, last, 0), _LABELS["overall"], self.styles("label"))
        area = (self.row, 1, last, _LAST)
        put(self.sheet, area, text, self.long)
        self.sheet.data_validation(*area, told("换段按 Alt+Enter。"))
        self.row = last + 1

    def header(self, keys: Sequence[str], areas: Sequence[tuple[int, int]]) -> None:
        """The header of a table: 序号 and the labels."""
        style = self.styles("header")
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, "序号", style)
        for key, (first, last) in zip(keys, areas, strict=True):
            put(self.sheet, (self.row, first, self.row, last), _LABELS[key], style)
        self.row += 1

    # --- sub-goals

    def sub_goals(self, found: Sequence[SubGoal]) -> None:
        """One row per indicator; the other cells are merged over the sub-goal's rows."""
        keys = ("sub_title", "sub_goal", "sub_indicator", "sub_target", "sub_projects")
        self.header(keys, [(column, column) for column in range(1, 6)])
        first = self.row
        for number, sub in enumerate(found, 1):
            self.sub_goal(number, sub, len(sub.indicators) + SPARE_INDICATORS)
        for number, rows in enumerate((SPARE_SUB_GOAL,) if found else BLANK_SUB_GOALS, len(found) + 1):
            self.sub_goal(number, None, rows)
        self._guide_sub_goals(first, self.row - 1)

    def sub_goal(self, number: int, sub: SubGoal | None, rows: int) -> None:
        """A sub-goal's rows, high enough for its tallest text."""
        top, bottom = self.row, self.row + rows - 1
        self._cell((top, 0, bottom, 0), float(number), self.styles("label"))
        pairs = [(text_content(one.name), text_content(one.target)) for one in sub.indicators] if sub else []
        pairs += [(None, None)] * (rows - len(pairs))
        heights = [max(LEAST, of_text(name, 3, 3), of_text(value, 4, 4)) for name, value in pairs]
        texts = (sub.title, sub.goal, sub.projects) if sub else (None, None, None)
        for column, entry in zip((1, 2, 5), texts, strict=True):
            text = text_content(entry)
            self._cell((top, column, bottom, column), text, self.long)
            lacking = of_text(text, column, column) - sum(heights)
            heights = [height + max(lacking, 0) / rows for height in heights]
        for row, ((name, value), height) in enumerate(zip(pairs, heights, strict=True), top):
            self.sheet.set_row(row, height)
            self._cell((row, 3, row, 3), name, self.input)
            self._cell((row, 4, row, 4), value, self.styles("input", num_format=TEXT, align="center"))
        self.row = bottom + 1

    def _cell(self, area: Area, content: Content, style: object) -> None:
        put(self.sheet, area, content, style)  # type: ignore[arg-type]  # a format

    def _guide_sub_goals(self, first: int, last: int) -> None:
        sheet, row, missing = self.sheet, first + 1, self.styles.mark("missing")
        for column, formula in ((4, f'=AND($D{row}<>"",$E{row}="")'), (5, f'=AND($B{row}<>"",$F{row}="")')):
            rule = {"type": "formula", "criteria": formula, "format": missing}
            sheet.conditional_format(first, column, last, column, rule)
        limit, long_limit = self.profile.text_limit_name, self.profile.text_limit
        rules = {
            1: length_rule(limit),
            2: length_rule(long_limit),
            3: length_rule(limit),
            4: told("如 =100%、≥90%、是。"),
            5: told("一行一个项目名称，Alt+Enter 换行。"),
        }
        for column, what in rules.items():
            sheet.data_validation(first, column, last, column, what)

    # --- safeguards

    def safeguards(self, found: Sequence[Safeguard]) -> None:
        """A short title and what is done."""
        self.header(("safeguard", "safeguard_text"), [(1, 1), (2, _LAST)])
        first, rows = self.row, len(found) + SPARE_SAFEGUARDS if found else BLANK_SAFEGUARDS
        for at in range(rows):
            title, text = (text_content(entry) for entry in found[at]) if at < len(found) else (None, None)
            height = max(LEAST, of_text(title, 1, 1), of_text(text, 2, _LAST))
            self.sheet.set_row(self.row, height)
            self._cell((self.row, 0, self.row, 0), float(at + 1), self.styles("label"))
            self._cell((self.row, 1, self.row, 1), title, self.input)
            self._cell((self.row, 2, self.row, _LAST), text, self.long)
            self.row += 1
        rule = length_rule(self.profile.text_limit_name, "如“加强组织领导”。")
        self.sheet.data_validation(first, 1, self.row - 1, 1, rule)
        rule = length_rule(self.profile.text_limit)
        self.sheet.data_validation(first, 2, self.row - 1, _LAST, rule)
