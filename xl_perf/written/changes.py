"""The workbook of `diff`: 变动总览 with the totals and departments, 项目 per project, 明细 per field, 没有比的."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.core.comparing.not_compared import CALLED
from xl_perf.core.comparing.records import (
    Change,
    DepartmentDifference,
    Difference,
    Nature,
    NotCompared,
    ProjectChange,
    ProjectDifference,
    Value,
)
from xl_perf.core.comparing.wording import (
    CHANGED,
    NATURES,
    OWN,
    TEXTS_OF_DEPARTMENT,
    about,
    counted,
    field_of,
    text_of,
    what_changed,
)
from xl_perf.files.own_files import CHANGES
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, GOOD_FILL, HINT_FILL, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.changes_overview import write_overview
from xl_perf.written.links import FormulaLinks, relative, told_from
from xl_perf.written.list_head import write_list_head
from xl_perf.written.stream import BLANK, StreamedSheet, StreamedWorkbook, amount, text
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.format import Format

PROJECTS: Final = "项目"
DETAILS: Final = "明细"
NOT_COMPARED: Final = "没有比的"
_FILLS: Final = {
    ProjectChange.ADDED: GOOD_FILL,
    ProjectChange.REMOVED: ERROR_FILL,
    ProjectChange.MOVED: HINT_FILL,
    ProjectChange.RENAMED: HINT_FILL,
    ProjectChange.CHANGED: "",
}
_OF_NATURES: Final = {Nature.ADDED: GOOD_FILL, Nature.REMOVED: ERROR_FILL}
_PROJECTS: Final = (
    Column("变化", 8),
    Column("部门", 20),
    Column("项目", 38),
    Column("文件", 22),
    Column("位置", 10),
    Column("原预算数\n（万元）", 14),
    Column("现预算数\n（万元）", 14),
    Column("差额\n（万元）", 14),
    Column("改了什么", 40),
    Column("原来的位置", 26),
)
_DETAILS: Final = (
    Column("变化", 8),
    Column("部门", 16),
    Column("项目", 26),
    Column("栏目", 24),
    Column("原值", 32),
    Column("现值", 32),
    Column("差额\n（万元）", 12),
    Column("文件", 18),
    Column("位置", 10),
    Column("原来的位置", 22),
    Column("备注", 16),
)
_NOT_COMPARED: Final = (
    Column("哪一边", 8),
    Column("文件", 40),
    Column("位置", 16),
    Column("原因", 50),
    Column("对差额的影响", 50),
    Column("金额\n（万元）", 14),
)


def write_changes_workbook(target: Path, difference: Difference, inputs: Sequence[str]) -> None:
    """Writes it into the file that `output.replacing` gives; links are relative to its folder.

    ``inputs`` are the two sides as they were typed. Positions link to the new books, those of what is gone to the old
    ones.
    """
    with StreamedWorkbook(target, CHANGES, "变动总览") as workbook:
        styles = Styles(workbook)
        write_overview(workbook, styles, target.parent, difference, inputs)
        _Projects(workbook, styles, target.parent).write(difference)
        _Details(workbook, styles, target.parent).write(difference)
        if difference.not_compared:
            _write_not_compared(workbook, styles, target.parent, difference.not_compared)


class _List:
    """A list with links to the books; rows come one by one."""

    def __init__(
        self, workbook: StreamedWorkbook, styles: Styles, folder: Path, name: str, columns: Sequence[Column]
    ) -> None:
        self._name, self._columns, self._styles, self._folder = name, columns, styles, folder
        self._sheet: StreamedSheet = workbook.list_sheet(name, FIRST_ROW)
        self._sheet.columns([None for _ in columns])
        self._plain, self._text = self._style("cell"), self._style("cell", num_format="@")
        self._money = self._style("cell", num_format=AMOUNT)
        self._linked = self._style("link")

    def _style(self, name: str, **more: str) -> bytes:
        form: Format = self._styles(name, **more)
        return self._sheet.style(form)

    def _filled(self, fill: str) -> bytes:
        return self._style("cell", align="center", **({"bg_color": fill} if fill else {}))

    def _link(self, column: int, path: str, sheet: str, cell: str | None) -> tuple[bytes, bytes, str]:
        """The cells of file and position, and the file as it is named."""
        if not path:
            return self._plain + BLANK, self._plain + BLANK, ""
        links = FormulaLinks(relative(path, self._folder))
        shown = f"{sheet}!{cell}" if cell else sheet
        link = links.cell(column, sheet, cell, shown) if sheet else None
        return self._plain + text(links.file), self._linked + link if link else self._plain + text(shown), links.file

    def _add(self, cells: Sequence[bytes], texts: Sequence[str]) -> None:
        """A row; ``texts`` are those that may need several lines, by their columns."""
        widths = [column.width for column in self._columns]
        self._sheet.add(cells, row_height(zip(texts, widths, strict=True)))

    def _finish(self, title: str, said: str) -> None:
        write_list_head(self._sheet, self._styles, title, said, self._columns)
        if self._sheet.next > FIRST_ROW:
            self._sheet.autofilter(HEADER_ROW, 0, self._sheet.next - 1, len(self._columns) - 1)
        self._sheet.finish()


class _Projects(_List):
    def __init__(self, workbook: StreamedWorkbook, styles: Styles, folder: Path) -> None:
        super().__init__(workbook, styles, folder, PROJECTS, _PROJECTS)

    def write(self, difference: Difference) -> None:
        """A row for each project that differs, and for the texts of each department."""
        for one in difference.departments:
            if one.changes:
                self._add_texts(one)
            for project in one.own:
                self._add_project(one, project, is_own=True)
            for project in one.projects:
                self._add_project(one, project, is_own=False)
            for project in one.reports:
                self._add_project(one, project, is_own=True)
        self._finish("有变化的项目", f"{counted(difference.departments)}。")

    def _add_texts(self, one: DepartmentDifference) -> None:
        file, place, named = self._link(3, one.new[0].path, "", None)
        said = what_changed(one.changes)
        texts = ["", told_from(one.name, self._folder), TEXTS_OF_DEPARTMENT, named, "", "", "", "", said, ""]
        cells = [self._filled("") + text("改动"), *(self._plain + text(shown) for shown in texts[1:3]), file, place]
        cells += [self._money + BLANK] * 3
        self._add([*cells, self._plain + text(said), self._plain + BLANK], texts)

    def _add_project(self, one: DepartmentDifference, project: ProjectDifference, *, is_own: bool) -> None:
        at = project.place
        file, place, named = self._link(3, at.path, at.sheet, at.cell)
        title = f"{project.title}{OWN}" if is_own else project.title
        budget = project.amounts["budget"]
        before = ""
        if project.old is not None and project.new is not None:
            before = f"{relative(project.old.path, self._folder)} {project.old.sheet}"
        texts = ["", told_from(one.name, self._folder), title, named, at.sheet, "", "", "", about(project), before]
        cells = [
            self._filled(_FILLS[project.change]) + text(CHANGED[project.change]),
            *(self._plain + text(shown) for shown in texts[1:3]),
            *(file, place),
            self._money + amount(None if project.old is None else budget.old),
            self._money + amount(None if project.new is None else budget.new),
            self._money + amount(budget.difference),
            *(self._plain + text(shown) for shown in texts[8:]),
        ]
        self._add(cells, texts)


class _Details(_List):
    def __init__(self, workbook: StreamedWorkbook, styles: Styles, folder: Path) -> None:
        super().__init__(workbook, styles, folder, DETAILS, _DETAILS)
        self._number = 0

    def write(self, difference: Difference) -> None:
        """A row for each value that differs."""
        for one in difference.departments:
            for project, change in one.every():
                self._add_change(one, project, change)
        said = "差额是现值减原值；“预算数”一栏的差额加起来就是预算数合计的差额，“项目”标明不计入合计的除外。"
        self._finish("逐项变化", said if self._number else "没有变化。")

    def _add_change(self, one: DepartmentDifference, project: ProjectDifference | None, change: Change) -> None:
        self._number += 1
        shown = change.new if change.new is not None and change.new.sheet else change.old
        path, sheet, cell = ("", "", None) if shown is None else (shown.path, shown.sheet, shown.cell)
        file, place, named = self._link(7, path, sheet, cell)
        title = TEXTS_OF_DEPARTMENT if project is None else project.title
        if project is not None and (project in one.own or project in one.reports):
            title += OWN
        before = self._before(change.old) if shown is not change.old else ""
        old, new = text_of(change.old), text_of(change.new)
        texts = [
            "",
            told_from(one.name, self._folder),
            title,
            field_of(change),
            old,
            new,
            "",
            named,
            f"{sheet}!{cell}",
            before,
            change.note,
        ]
        cells = [
            self._filled(_OF_NATURES.get(change.nature, "")) + text(NATURES[change.nature]),
            *(self._plain + text(said) for said in texts[1:4]),
            self._value(change, change.old),
            self._value(change, change.new),
            self._money + amount(change.difference),
            *(file, place),
            *(self._plain + text(said) for said in texts[9:]),
        ]
        self._add(cells, texts)

    def _before(self, value: Value | None) -> str:
        if value is None or not value.path:
            return ""
        where = f"{value.sheet}!{value.cell}" if value.cell else value.sheet
        return f"{relative(value.path, self._folder)} {where}".strip()

    def _value(self, change: Change, value: Value | None) -> bytes:
        """An amount as a number, so that people can add it up; anything else as text."""
        is_amount = change.difference is not None and ":" not in change.field and "." not in change.field
        if is_amount and value is not None and value.text:
            number = _number(value.text)
            if number is not None:
                return self._money + amount(number)
        return self._text + text(text_of(value))


def _number(said: str) -> Decimal | None:
    digits = said.removeprefix("-").replace(".", "", 1)
    return Decimal(said) if digits.isascii() and digits.isdigit() else None


def _write_not_compared(workbook: StreamedWorkbook, styles: Styles, folder: Path, every: Sequence[NotCompared]) -> None:
    """What is in no total or was not read; red where the difference depends on it."""
    sheet = workbook.list_sheet(NOT_COMPARED, FIRST_ROW)
    plain = styles("cell")
    sheet.columns([styles("cell", align="center"), plain, plain, plain, None, styles("cell", num_format=AMOUNT)])
    bad, fair = sheet.style(styles("cell", bg_color=WARNING_FILL)), sheet.style(plain)
    bearing = sum(one.bears for one in every)
    for one in every:
        file = relative(one.path, folder)
        place = "!".join(filter(None, (one.sheet, one.cell)))
        reason, effect = told_from(one.reason, folder), told_from(one.effect, folder)
        texts = ["", file, place, reason, effect, ""]
        cells = [text(CALLED[one.side]), text(file), text(place), text(reason)]
        cells += [(bad if one.bears else fair) + text(effect), amount(one.amount)]
        sheet.add(cells, row_height(zip(texts, (column.width for column in _NOT_COMPARED), strict=True)))
    said = f"差额可能因此不准的 {bearing} 处，不影响差额的 {len(every) - bearing} 处。"
    write_list_head(sheet, styles, "没有比、没有计入的", said, _NOT_COMPARED)
    sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(_NOT_COMPARED) - 1)
    if bearing:
        sheet.set_tab_color("#C00000")
    sheet.finish()
