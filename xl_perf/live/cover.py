"""The list of projects on 首页: a row for every form sheet, and rows that wait for more."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.workbook.sheets import COVER_SHEET, TOTAL_LABEL
from xl_perf.live.forms import LiveForm, form_of
from xl_perf.live.protection import unlocked
from xl_perf.live.reading import read_sheet
from xl_perf.sheets.form_names import STATE_ROW, panel_of
from xl_perf.sheets.list_formulas import RowFormulas, converted, project_row, spare_row
from xl_perf.sheets.texts import quoted

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

SPARE: Final = 4
"""Rows that stay free below the last project."""
_WANTED: Final = re.compile(r"INDIRECT\(\"'(\d+)'!A1\"\)")
_OWN: Final = re.compile(r"=IF\(('(?:[^']|'')+'|[^'!\"()=#]+)!")
"""A listed form's code or name refers to its sheet, and goes on doing so when somebody renames that."""
_NUMBER, _LINK, _CODE = 0, 1, 2
_CODE_WIDTH: Final = 18
"""Characters. The column is hidden while no form of the book has a code."""
_COLUMNS: Final = len(RowFormulas._fields)


class ProjectList(NamedTuple):
    """The list as it stands; rows of the sheet from 0."""

    sheet: "Sheet"
    first: int
    listed: Sequence[str]
    """The form sheet of each row, as it is called now; empty for a free one, and where its sheet is gone."""
    formulas: Sequence[str]
    """Of the column of links."""
    shown: Sequence[str]
    """The name that each row's link shows."""

    @property
    def total(self) -> int:
        """The row 合计."""
        return self.first + len(self.listed)

    def row_of(self, name: str) -> int | None:
        """The row of a form sheet."""
        return self.first + self.listed.index(name) if name in self.listed else None

    def wanted(self, highest: int) -> int:
        """The number that the next free row should wait for."""
        own = [int(found[1]) for formula in self.formulas if (found := _WANTED.search(formula))]
        return max([highest, *own]) + 1


def read_list(host: "Host") -> ProjectList | None:
    """The list on 首页; None in a book without it."""
    sheet = host.sheet(COVER_SHEET)
    if sheet is None:
        return None
    rows = read_sheet(sheet).rows
    header = next((at for at, cells in enumerate(rows) if _is_header(cells)), None)
    if header is None:
        return None
    total = next((at for at in range(header + 1, len(rows)) if folded(text_of(rows[at][0])) == TOTAL_LABEL), None)
    if total is None or total - header < 2:
        return None
    shown = [text_of(rows[at][_LINK]) if len(rows[at]) > _LINK else "" for at in range(header + 1, total)]
    formulas: Sequence[Any] = sheet.range((header + 2, _LINK + 1), (total, _LINK + 3)).formula
    listed = [_sheet_of(str(code) or str(name), text) for (_, code, name), text in zip(formulas, shown, strict=True)]
    return ProjectList(sheet, header + 1, listed, [str(link) for link, *_ in formulas], shown)


def _is_header(cells: Sequence[Any]) -> bool:
    labels = [folded(cell) for cell in cells[:2] if isinstance(cell, str)]
    return labels == ["序号", "项目表"]


def _sheet_of(reference: str, shown: str) -> str:
    """The sheet to which a row refers; a row that waits for a number has it from its link."""
    if "#REF!" in reference:
        return ""
    found = _OWN.match(reference)
    return found[1].strip("'").replace("''", "'") if found else shown


def refresh(host: "Host") -> None:
    """Rows of renamed sheets: link and state hold the name as a text, which does not follow by itself."""
    found = read_list(host)
    stale = [] if found is None else [at for at, name in enumerate(found.listed) if name and name != found.shown[at]]
    if found is None or not stale:
        return
    with unlocked(found.sheet):
        for at in stale:
            own = found.listed[at]
            row = found.first + at + 1
            live = form_of(host, host.book.sheets[own])
            if live is None:
                continue
            renamed = row_of_form(live)
            found.sheet.range((row, _LINK + 1)).formula = renamed.link
            found.sheet.range((row, _LINK + _COLUMNS)).formula = renamed.state


def list_forms(host: "Host", forms: Sequence[LiveForm]) -> None:
    """Gives every form a row, in the first free ones; free rows are added where they run short."""
    refresh(host)
    found = read_list(host)
    if found is None or not forms:
        return
    names = {live.sheet.name for live in forms}
    with unlocked(found.sheet):
        free = [at for at, name in enumerate(found.listed) if not name or name in names]
        lacking = len(forms) + SPARE - len(free)
        if lacking > 0:
            # Above the last row: the sums and colours of the list then cover the new rows.
            last = found.total - 1
            found.sheet.range(f"{last + 1}:{last + lacking}").insert("down")
            free = [*free[:-1], *range(last - found.first, last - found.first + lacking + 1)]
        _write(host, found, forms, free)


def _write(host: "Host", found: ProjectList, forms: Sequence[LiveForm], free: Sequence[int]) -> None:
    """Forms into the free rows, and behind them rows that wait: runs of rows in one call each."""
    rows = [row_of_form(live) for live in forms]
    kinds = tuple(dict.fromkeys(live.frame.kind for live in forms))
    next_number = found.wanted(max((int(name) for name in host.book.sheet_names if name.isdecimal()), default=0))
    lines: dict[int, RowFormulas] = dict(zip(free, rows, strict=False))
    for at in free[len(rows) :]:
        still = at < len(found.formulas) and _WANTED.search(found.formulas[at]) and not _is_taken(found, at, forms)
        if not still or at >= len(found.formulas) - 1:
            lines[at] = spare_row(next_number, kinds)
            next_number += 1
    for run in runs(sorted(lines)):
        first, last = found.first + run[0], found.first + run[-1]
        found.sheet.range((first + 1, _LINK + 1), (last + 1, _LINK + _COLUMNS)).formula = [
            list(lines[at]) for at in run
        ]
    _number(found.sheet, found.first, max([len(found.listed) - 1, *free]) + 1)
    code = found.sheet.range((1, _CODE + 1))
    if code.column_width == 0 and any("code" in kind.place for kind in kinds):
        code.column_width = _CODE_WIDTH


def _is_taken(found: ProjectList, at: int, forms: Sequence[LiveForm]) -> bool:
    """The row waits for one of the forms that now stand elsewhere."""
    wanted = _WANTED.search(found.formulas[at])
    return wanted is not None and wanted[1] in {live.sheet.name for live in forms}


def _number(sheet: "Sheet", first: int, rows: int) -> None:
    sheet.range((first + 1, _NUMBER + 1), (first + rows, _NUMBER + 1)).value = [[number + 1] for number in range(rows)]


def runs(numbers: Sequence[int]) -> list[list[int]]:
    """Sorted numbers in runs without gaps: each run is one range of rows."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def row_of_form(live: LiveForm) -> RowFormulas:
    """The formulas of a form's row; its budget in 万元."""
    kind = live.frame.kind
    code, name, budget = (live.cell_of(key) for key in ("code", "name", kind.money[0].key))
    row = project_row(live.sheet.name, code, name, budget, a1(STATE_ROW, panel_of(kind)))
    unit = None if budget is None else live.unit_at(kind.money[0].key, *cell_place(budget))
    if unit is None or unit.factor == 1:
        return row
    return row._replace(total=converted(f"{quoted(live.sheet.name)}!{budget}", unit.factor))


def relist(host: "Host", live: LiveForm) -> None:
    """Gives a form that came back its row, behind that of the sheet before it; else the first free one."""
    found = read_list(host)
    if found is None:
        return
    order = host.book.sheet_names
    before = [name for name in order[: order.index(live.sheet.name)] if name in found.listed]
    row = found.row_of(before[-1]) if before else None
    if row is None or row == found.total - 1 or live.sheet.name in found.listed:
        list_forms(host, [live])
        return
    with unlocked(found.sheet):
        found.sheet.range(f"{row + 2}:{row + 2}").insert("down")
        found.sheet.range((row + 2, _LINK + 1), (row + 2, _LINK + _COLUMNS)).formula = [list(row_of_form(live))]
        rows = len(found.listed) + 1
        if found.listed[-2:] == ["", ""]:  # the free row that `unlist` put in
            found.sheet.range(f"{found.total + 1}:{found.total + 1}").delete("up")
            rows -= 1
        _number(found.sheet, found.first, rows)


def unlist(host: "Host", name: str, kind: FormKind = DEFAULT) -> None:
    """Takes the row of a form of that kind away; a free one comes at the end."""
    found = read_list(host)
    row = found.row_of(name) if found else None
    if found is None or row is None:
        return
    highest = max((int(one) for one in host.book.sheet_names if one.isdecimal()), default=0)
    with unlocked(found.sheet):
        found.sheet.range(f"{row + 1}:{row + 1}").delete("up")
        last = found.total - 2
        found.sheet.range(f"{last + 1}:{last + 1}").insert("down")
        moved = found.formulas[-1] if row != found.total - 1 else ""
        still = _WANTED.search(moved)
        if still:
            found.sheet.range((last + 1, _LINK + 1), (last + 2, _LINK + _COLUMNS)).formula = [
                list(spare_row(number, (kind,))) for number in (int(still[1]), found.wanted(highest))
            ]
        _number(found.sheet, found.first, len(found.listed))
