"""The list of projects on 首页: a row for every form sheet, and rows that wait for more.

It follows the book at every press, also after people took sheets away, copied or renamed them by hand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Grid, Scalar, a1, cell_place
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.workbook.sheets import COVER_SHEET, DELETED_SHEET, MODEL_NAME, MODEL_SHEET, OTHER_SHEETS, TOTAL_LABEL
from xl_perf.live.forms import LiveForm, form_of
from xl_perf.live.protection import is_visible, unlocked
from xl_perf.live.reading import read_sheet
from xl_perf.sheets.cover_heights import WIDTHS
from xl_perf.sheets.form_names import STATE_ROW, panel_of
from xl_perf.sheets.list_formulas import RowFormulas, converted, guarded, listed, project_row, spare_row
from xl_perf.sheets.looks import AMOUNT
from xl_perf.sheets.texts import quoted

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

SPARE: Final = 4
"""Rows that stay free below the last project."""
_WANTED: Final = re.compile(r"INDIRECT\(\"'(\d+)'!A1\"\)")
_OWN: Final = re.compile(r"=IF\((?:ISREF\()?('(?:[^']|'')+'|[^'!\"()=#]+)!")
"""A listed form's code or name refers to its sheet, and goes on doing so when somebody renames that; in books of
version 0.1 without asking first whether it is there.
"""
_SUM: Final = re.compile(r"=SUM\(\$?E\$?(\d+):\$?E\$?(\d+)\)")
_ASKING: Final = "=IF(ISREF("
_LOST: Final = "#REF!"
_LONGEST_NUMBER: Final = 5
_NUMBER, _LINK, _CODE, _TOTAL = 0, 1, 2, 4
_COLUMNS: Final = len(RowFormulas._fields)


def sheet_of(formula: str) -> str:
    """The form's sheet to which a formula in a list refers; empty where it refers to none, or to one that is gone."""
    found = _OWN.match(formula)
    return found[1].strip("'").replace("''", "'") if found else ""


class ListRow(NamedTuple):
    """A row of the list as it stands; ``shown`` is the name that its link shows."""

    number: Scalar
    shown: str
    formulas: RowFormulas
    state: str = ""
    """As it shows."""

    def _own(self, *cells: str) -> list[tuple[str, bool]]:
        """The sheets to which formulas refer, and whether they ask first if it is there."""
        return [(sheet, cell.startswith(_ASKING)) for cell in cells if (sheet := sheet_of(cell))]

    @property
    def sheet(self) -> str:
        """Its form's sheet, as it is called now; empty for a free row, and where the sheet is gone.

        A row that waits for a number has it from its link.
        """
        own = self._own(self.formulas.code, self.formulas.name, self.formulas.total)
        return own[0][0] if own else "" if self.is_gone else self.shown

    @property
    def is_gone(self) -> bool:
        """It is the row of a sheet that is there no more."""
        return not self._own(*self.formulas) and any(_LOST in formula for formula in self.formulas)

    @property
    def wanted(self) -> str:
        """The number for which a free row waits; empty for another row."""
        found = _WANTED.search(self.formulas.link)
        return found[1] if found else ""

    @property
    def is_free(self) -> bool:
        """Nothing stands there but what we wrote: no form, and nothing that somebody typed."""
        return not self.sheet and not self.is_gone and all(cell == "" or cell.startswith("=") for cell in self.formulas)

    @property
    def is_sound(self) -> bool:
        """The row of a form says what we would write there."""
        code, *others = self.formulas[1:]
        own = self._own(*others, *([code] if code else []))
        return (
            len(own) == len(others) + bool(code)
            and all(one == (self.shown, True) for one in own)
            and not any(_LOST in cell for cell in self.formulas)
        )


_BLANK: Final = ListRow(None, "", RowFormulas("", "", "", "", ""))


class ProjectList(NamedTuple):
    """The list as it stands; rows of the sheet from 0. ``sum`` is the formula of its total."""

    sheet: "Sheet"
    first: int
    rows: Sequence[ListRow]
    sum: str = ""

    @property
    def listed(self) -> list[str]:
        """The form sheet of each row, as it is called now; empty for a free one, and where its sheet is gone."""
        return [row.sheet for row in self.rows]

    @property
    def total(self) -> int:
        """The row 合计."""
        return self.first + len(self.rows)

    @property
    def adds_up(self) -> bool:
        """The total is the sum of all rows."""
        found = _SUM.fullmatch(self.sum)
        return found is not None and int(found[1]) <= self.first + 1 and int(found[2]) == self.total

    def row_of(self, name: str) -> int | None:
        """The row of a form sheet."""
        return self.first + self.listed.index(name) if name in self.listed else None


def read_list(host: "Host") -> ProjectList | None:
    """The list on 首页; None in a book without it."""
    sheet = host.sheet(COVER_SHEET)
    if sheet is None:
        return None
    cells = rows_of_list(read_sheet(sheet))
    if not cells:
        return None
    first, total = cells[0][0], cells[-1][0] + 1
    formulas: Sequence[Any] = sheet.range((first + 1, _LINK + 1), (total + 1, _LINK + _COLUMNS)).formula
    rows = [
        ListRow(own[_NUMBER], _text(own, _LINK), RowFormulas(*map(str, texts)), _text(own, _COLUMNS))
        for (_, own), texts in zip(cells, formulas[:-1], strict=True)
    ]
    return ProjectList(sheet, first, rows, str(formulas[-1][_TOTAL - _LINK]))


def _text(cells: Sequence[Scalar], at: int) -> str:
    return text_of(cells[at]) if at < len(cells) else ""


def rows_of_list(grid: Grid) -> list[tuple[int, Sequence[Scalar]]]:
    """The rows between the list's header and 合计, with their numbers from 0; none in a book without it."""
    rows = grid.rows
    header = next((at for at, cells in enumerate(rows) if _is_header(cells)), None)
    if header is None:
        return []
    total = next((at for at in range(header + 1, len(rows)) if folded(text_of(rows[at][0])) == TOTAL_LABEL), header)
    return [(at, rows[at]) for at in range(header + 1, total)]


def _is_header(cells: Sequence[Any]) -> bool:
    labels = [folded(cell) for cell in cells[:2] if isinstance(cell, str)]
    return labels == ["序号", "项目表"]


# --- bringing it in line with the book -------------------------------------------------------------------------------


def refresh(host: "Host", made: Iterable[LiveForm] = ()) -> str:
    """Brings the list in line with the book; says in Chinese what people did by hand, if anything.

    Rows of sheets that are gone go. Forms that are not listed come into free rows, in the order of their tabs. Links
    and states follow a renamed sheet; numbers and formulas of ours that somebody wrote over are written anew. ``made``
    are forms that have been read already. A list in line with its book costs the same however many forms there are.
    Raises `Locked`.
    """
    found = read_list(host)
    if found is None:
        return ""
    known = {live.sheet.name: live for live in made}
    names = host.sheet_names
    there = set(names)

    def form(name: str) -> LiveForm | None:
        return known[name] if name in known else form_of(host, host.book.sheets[name])

    gone = [at for at, row in enumerate(found.rows) if row.is_gone]
    lasting = {row.sheet: at for at, row in enumerate(found.rows) if row.sheet and not row.wanted}
    doubtful = [at for name, at in lasting.items() if name in there and not found.rows[at].is_sound]
    mended = {at: live for at in doubtful if (live := form(found.rows[at].sheet)) is not None}
    new = [live for name in _may_hold_forms(host, names) if name not in lasting and (live := form(name)) is not None]
    # A row that waited and found its sheet becomes a lasting one; somebody may have renamed a listed one to its number.
    taken = {*lasting, *(live.sheet.name for live in new)}
    freed = [at for at, row in enumerate(found.rows) if row.wanted and row.sheet in taken]
    numbers = [row.number for row in found.rows]
    if gone or freed or mended or new or not found.adds_up or numbers != [*range(1, len(numbers) + 1)]:
        with unlocked(found.sheet):
            _settle(host, found, gone, freed, mended, new)
    came = [live.sheet.name for live in new if live.sheet.name not in known]
    return _said(came, [found.rows[at].shown for at in gone])


def _said(came: Sequence[str], went: Sequence[str]) -> str:
    parts = [f"{verb} {'、'.join(names)}" for verb, names in (("列入", came), ("去掉", went)) if names]
    return f"首页的项目清单已按现有的工作表更新：{'，'.join(parts)}。" if parts else ""


def _may_hold_forms(host: "Host", names: Iterable[str]) -> list[str]:
    """The sheets of the book that may hold projects' forms: not those that were deleted with a button."""
    defined = host.book.names
    target = (defined[MODEL_NAME].refers_to or "") if defined.contains(MODEL_NAME) else MODEL_SHEET
    others = {*OTHER_SHEETS, target.lstrip("=").partition("!")[0].strip("'$").replace("''", "'")}
    return [
        name
        for name in names
        if name not in others and not (name.startswith(DELETED_SHEET) and not is_visible(host.book.sheets[name]))
    ]


def _settle(
    host: "Host",
    found: ProjectList,
    gone: Sequence[int] = (),
    freed: Sequence[int] = (),
    mended: Mapping[int, LiveForm] | None = None,
    new: Sequence[LiveForm] = (),
    kind: FormKind = DEFAULT,
) -> None:
    """Takes rows out, writes rows anew and forms into free ones; as many rows stay as were, and `SPARE` are free.

    Free rows are of ``kind`` where none tells its own.
    """
    kept = [at for at in range(len(found.rows)) if at not in set(gone)]
    rows = [found.rows[at] for at in kept]
    if not rows:  # a list without a row could not grow
        kept, rows, gone = [gone[0]], [_BLANK], gone[1:]
    lines = {kept.index(at): row_of_form(live) for at, live in (mended or {}).items()}
    for run in reversed(runs(gone)):
        found.sheet.range(f"{found.first + run[0] + 1}:{found.first + run[-1] + 1}").delete("up")
    free = [at for at, row in enumerate(rows) if row.is_free or kept[at] in freed]
    lacking = max(len(gone), len(new) + SPARE - len(free) if new else 0)
    if lacking:
        # Above the last row: the sums and colours of the list then cover the new rows.
        last = found.first + len(rows) - 1
        found.sheet.range(f"{last + 1}:{last + lacking}").insert("down")
        end = len(rows) - 1
        lines = {at + lacking * (at == end): line for at, line in lines.items()}
        free = sorted([*(at + lacking * (at == end) for at in free), *range(end, end + lacking)])
        rows[end:end] = [_BLANK] * lacking
    lines.update(zip(free, map(row_of_form, new), strict=False))
    if gone or new or freed:
        lines |= _waiting(host, found, rows, free[len(new) :], new[0].frame.kind if new else kind)
    for run in runs(sorted(lines)):
        first, last = found.first + run[0], found.first + run[-1]
        found.sheet.range((first + 1, _LINK + 1), (last + 1, _LINK + _COLUMNS)).formula = [
            list(lines[at]) for at in run
        ]
    finish(found, len(rows))
    code = found.sheet.range((1, _CODE + 1))
    if any("code" in live.frame.kind.place for live in new) and code.column_width == 0:
        code.column_width = WIDTHS[_CODE]  # hidden until then


def _waiting(
    host: "Host", found: ProjectList, rows: Sequence[ListRow], free: Sequence[int], kind: FormKind
) -> dict[int, RowFormulas]:
    """Free rows wait for the numbers behind the highest one; those that do already are left as they are."""
    short = (int(name) for name in host.sheet_names if name.isdecimal() and len(name) <= _LONGEST_NUMBER)
    numbers = range(max(short, default=0) + 1, 10 ** (_LONGEST_NUMBER + 1))
    like = next((row for row in found.rows if row.wanted), None)
    lines = {}
    for at, number in zip(free, numbers, strict=False):
        wanted = f"{number:02d}"
        if rows[at].wanted == wanted and not rows[at].sheet:
            continue
        # Like another free row, which may wait for forms of several kinds.
        lines[at] = spare_row(number, (kind,)) if like is None else _renumbered(like, wanted)
    return lines


def _renumbered(row: ListRow, wanted: str) -> RowFormulas:
    def changed(formula: str) -> str:
        return formula.replace(f"'{row.wanted}'!", f"'{wanted}'!").replace(f'"{row.wanted}"', f'"{wanted}"')

    return RowFormulas(*map(changed, row.formulas))


def finish(found: ProjectList, rows: int) -> None:
    """Numbers and total of a list that has so many rows now.

    Amounts have a format of their own: LibreOffice shows a General cell like the one that its formula names (120万元).
    """
    first, total = found.first + 1, found.first + rows + 1
    found.sheet.range((first, _NUMBER + 1), (total - 1, _NUMBER + 1)).value = [[at + 1] for at in range(rows)]
    found.sheet.range((first, _TOTAL + 1), (total, _TOTAL + 1)).number_format = AMOUNT
    amount = found.sheet.range((total, _TOTAL + 1))
    now = ProjectList(found.sheet, found.first, [_BLANK] * rows, str(amount.formula))
    if not now.adds_up:
        amount.formula = f"=SUM({a1(found.first, _TOTAL)}:{a1(found.first + rows - 1, _TOTAL)})"


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
    first = live.cell_of(kind.fields[0].key) or "A1"
    own_sheet = quoted(live.sheet.name)

    def shown(key: str, cell: str | None) -> str | None:
        return None if cell is None else listed(kind, kind.field(key), f"{own_sheet}!{cell}")

    money = kind.money[0].key
    code, name, total = shown("code", code), shown("name", name), shown(money, budget)
    row = project_row(live.sheet.name, first, code, name, total, a1(STATE_ROW, panel_of(kind)))
    if total is not None and total != f"{own_sheet}!{budget}":
        return row  # an office's own sheet says what stands there, and what it counts in
    unit = None if budget is None else live.unit_at(kind.money[0].key, *cell_place(budget))
    if unit is None or unit.factor == 1:
        return row
    own = live.sheet.name
    return row._replace(total=guarded(own, converted(f"{quoted(own)}!{budget}", unit.factor)))


# --- one form --------------------------------------------------------------------------------------------------------


def relist(host: "Host", live: LiveForm) -> None:
    """Gives a form that came back its row, behind that of the sheet before it; else the first free one."""
    found = read_list(host)
    if found is None:
        return
    order, listed = host.sheet_names, ["" if row.wanted else row.sheet for row in found.rows]
    before = [name for name in order[: order.index(live.sheet.name)] if name in listed]
    row = found.first + listed.index(before[-1]) if before else None
    if row is None or row == found.total - 1 or live.sheet.name in listed:
        refresh(host, [live])
        return
    with unlocked(found.sheet):
        found.sheet.range(f"{row + 2}:{row + 2}").insert("down")
        found.sheet.range((row + 2, _LINK + 1), (row + 2, _LINK + _COLUMNS)).formula = [list(row_of_form(live))]
        rows = len(found.rows) + 1
        if listed[-2:] == ["", ""]:  # the free row that `unlist` put in
            found.sheet.range(f"{found.total + 1}:{found.total + 1}").delete("up")
            rows -= 1
        finish(found, rows)
    refresh(host, [live])  # a free row may have waited for its number


def unlist(host: "Host", name: str, kind: FormKind = DEFAULT) -> None:
    """Takes the row of a form of that kind away; a free one comes at the end."""
    found = read_list(host)
    if found is not None and name in found.listed:
        with unlocked(found.sheet):
            _settle(host, found, [found.listed.index(name)], kind=kind)
