"""What an officer is proposed: what each label of a sheet that nobody described is, and the cell that is filled in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.cells_of_form import CellsOfForm, place_of
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.form_words import FormWords
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.goal_places import WHOLE_GOAL
from xl_perf.core.forms.kind import Holds
from xl_perf.core.forms.labels import are_later_months
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY, MORE, PART_OF, PARTS, TEXT, more_of
from xl_perf.core.forms.marks import GOAL, MONTH, name_of
from xl_perf.core.forms.own_columns import CARRIED_BESIDE, TWO_HALVES
from xl_perf.core.forms.own_columns import OF_WHOLE_TIME as OF_WHOLE_HALF
from xl_perf.core.forms.plan_in_money import UNREAD_PLAN
from xl_perf.core.forms.sheet_cells import Cell

_NOT_OF_THE_YEAR: Final = "写的是整个实施期的，不读"
_GOAL_OF_WHOLE_TIME: Final = "整个实施期的目标：填在它旁边或下面目标格里的，与年度目标一起收，写明是实施期的"
OF_WHOLE_TIME: Final = frozenset({"whole_target", "whole_budget"})
"""Keys of labels that kinds know, and beside or below which stands what is not of the year."""
HEADINGS: Final = OF_WHOLE_TIME | {WHOLE_GOAL}
"""Keys of labels that are shown as not read, and tell all the same what others mean."""
_QUARTER: Final = re.compile(r"第?[一二三四1-4]季度?(?:支出|进度)*").fullmatch
_ADDS_UP: Final = re.compile("累计|截至").search
_OF_PLAN: Final = frozenset(bare(part.label).text for part in PARTS.values() if part.holds is Holds.PLAN)
"""What official forms call a plan whose shares add up: 资金支出计划."""
_ASK_QUARTER: Final = "看不出“{text}”填的是这一季的还是累计的：累计到季末的选“{name}”，各季分开的选“不读”"
_ASK_MONTHS: Final = "看不出“{text}”填的是这几个月的还是累计的：累计到月底的选“{name}”，各段分开的选“不读”"
_MONTHS: Final = re.compile(r"(?:1[0-2]|[1-9])月?[-~—至到](?:1[0-2]|[2-9])月(?:支出)?").fullmatch
_OF_GOALS: Final = frozenset(part.key for part in PARTS.values() if part.holds is Holds.GOALS)


class Proposal(NamedTuple):
    """What a label and the cell beside it are taken for.

    ``key`` is empty for what is not read. ``cell`` is None for a label without a cell of its own: that of a part.
    """

    key: str
    label: str
    label_at: Cell | None
    cell: Cell | None
    certainty: Certainty = Certainty.SURE
    why: str = ""
    unit: str = ""


def proposals_of(sheet: FormWords, found: SheetForms, read: CellsOfForm) -> list[Proposal]:
    """In reading order of the labels; cells whose label is printed nowhere stand behind."""
    left = {key: cell for key, cell in read.cells.items() if not _is_print(sheet, cell)}
    beside = {at: said for frame in found.frames[:1] for at, said in _not_over_what_is_read(sheet, frame)}
    labelled = _labelled(sheet, left, read.units, beside)
    unread = [one for frame in found.frames[:1] if frame.plans_money for one in _of_unread_plan(sheet, frame)]
    behind = [_unlabelled(sheet, key, cell, read.units.get(key, "")) for key, cell in left.items()]
    return [*labelled, *unread, *behind]


def two_halves(proposals: Iterable[Proposal]) -> Iterator[str]:
    """What becomes of the half of a table that is not the year's, in Chinese; nothing where there is none."""
    names = [one.label for one in proposals if one.why == CARRIED_BESIDE]
    if names:
        yield TWO_HALVES.format(names="、".join(names))


def _not_over_what_is_read(sheet: FormWords, frame: Frame) -> Iterator[tuple[Cell, str]]:
    """The headings of the half that is not the year's, 三级指标 | 指标值 | 三级指标 | 指标值, each with why it is only
    carried; and 指标值 over 符号 | 数值 | 单位, where the second row of the header says what each heads: with "".
    """
    for (row, column), word in sheet.words.items():
        read = frame.columns.get(word.key)
        if frame.headers[:1] == (row,) and word.key in COLUMNS and read and column not in read:
            is_above = len(frame.headers) > 1 and read.start < _next_heading(sheet, row, column)
            yield (row, column), "" if is_above and column < read.start else CARRIED_BESIDE


def _next_heading(sheet: FormWords, row: int, column: int) -> int:
    """The column of the next text in a row; beyond them all where there is none."""
    cells = sheet.grid.rows[row]
    return next((at for at in range(column + 1, len(cells)) if not is_blank(cells[at])), len(cells))


def _labelled(
    sheet: FormWords, left: dict[str, Cell], units: Mapping[str, str], beside: Mapping[Cell, str]
) -> list[Proposal]:
    """One for every label; their cells are taken out of ``left``. ``beside`` says why some head only what is carried;
    "" for one that heads other headings.
    """
    rows: list[Proposal] = []
    body = _first_row_of_list(sheet, left)
    for at in sorted({*sheet.words, *sheet.doubts}):
        word = sheet.words.get(at)
        key = word.key if word else ""
        certainty, why = sheet.doubts.get(at, (Certainty.SURE, ""))
        if word is not None and (said := _of_whole_time(sheet, at, left.get(key))):
            rows.append(Proposal("", word.label, at, None, Certainty.UNKNOWN, said))
            continue
        if at in beside and word is not None:
            if beside[at] and not _has_levels_below(sheet, at):
                label = f"{OF_WHOLE_HALF}{word.label}"
                rows.append(Proposal("", label, at, None, Certainty.UNKNOWN, beside[at]))
            continue
        serves = next((column for column, one in COLUMNS.items() if one.instead == key and column in left), "")
        if serves and not _has_own_row(key) and word is not None:
            rows.append(Proposal(serves, word.label, at, left.pop(serves)))
            continue
        if key and not _has_own_row(key) and at not in sheet.column_heads:
            continue  # a heading that tells the kind: nobody fills anything in beside it
        cell = left.pop(key, None)
        if key.startswith((TEXT, PART_OF)) and not (word is not None and word.is_in_text):
            is_amount = key.startswith(PART_OF) or certainty is Certainty.CHECK
            is_column = body is not None and sheet.header is not None and sheet.header - 1 <= at[0] < body
            below = (body, at[1]) if is_column and body is not None else None
            cell = (_among_amounts(sheet, at) if is_amount else None) or below or _beside(sheet, at)
        elif word is not None and word.is_in_text:
            cell = at
            key = f"{GOAL}1" if key in _OF_GOALS else key
        label = sheet.label_at(at) if word is None else word.label
        if cell is None and key and (first := next((one for one in rows if one.key == key), None)) is not None:
            if key in MONEY and key != "budget" and first.label != label:
                why = why or f"与“{first.label}”是同一种资金：两项都算的，选“{name_of(more_of(key, label))}”"
                rows.append(Proposal(key, label, at, None, Certainty.CHECK, why))
            continue  # the second time it stands there
        rows.append(Proposal(key, label, at, cell, certainty, why, units.get(key, "")))
        for inner in sheet.inner.get(at, ()):
            left.pop(inner.key, None)
            rows.append(Proposal(inner.key, inner.label, at, at, unit=units.get(inner.key, "")))
    return rows


def _first_row_of_list(sheet: FormWords, left: Mapping[str, Cell]) -> int | None:
    """The row below the headings of a list, in which a column is filled in; None for a form."""
    found = [cell[0] for key, cell in left.items() if key in COLUMNS or key == "name"]
    return min(found) if sheet.is_list and found else None


def _of_whole_time(sheet: FormWords, at: Cell, cell: Cell | None) -> str:
    """Why what stands beside a label is not the year's; empty elsewhere. ``cell`` is the one that is read for its key.

    财政拨款 | __ | 财政拨款 | __: the same label stands nearer to the cell that is read.
    """
    word = sheet.words[at]
    if word.key == WHOLE_GOAL and not sheet.is_list:
        return _GOAL_OF_WHOLE_TIME
    if word.key.startswith(PART_OF):  # 其中：上级补助 of both 实施期资金 and 年度资金
        is_below = any(column == at[1] and own.key in OF_WHOLE_TIME for (_, column), own in sheet.words.items())
        is_again = any(sheet.words.get((at[0], column)) == word for column in range(at[1] + 1, sheet.cells.width))
        return _NOT_OF_THE_YEAR if is_below and is_again else ""
    between = range(at[1] + 1, cell[1]) if cell is not None and cell[0] == at[0] and word.key in MONEY else ()
    is_other = any(sheet.words.get((at[0], column)) == word for column in between)
    return _NOT_OF_THE_YEAR if is_other or word.key in OF_WHOLE_TIME else ""


def _has_levels_below(sheet: FormWords, at: Cell) -> bool:
    """What stands below a heading is printed: 数量指标."""
    below = sheet.typed((at[0] + 1, at[1])) if at[0] + 1 < len(sheet.grid.rows) else None
    return isinstance(below, str) and is_branch(below)


def _unlabelled(sheet: FormWords, key: str, cell: Cell, unit: str) -> Proposal:
    """A cell whose label is in no row above; that of a quarter, or of 4-6月, is asked, where nobody says that its share
    adds up. So is that of 1-3月 beside 4-6月.
    """
    found = next((one for one in sheet.labels if one.key == key and key.startswith(MONTH)), None)
    text = "" if found is None else bare(text_of(sheet.typed(found[1:3]))).text
    beside = () if found is None else [text_of(typed) for typed in sheet.row(found.row)]
    adds_up = any(_ADDS_UP(one) or bare(one).text in _OF_PLAN for one in beside)
    is_part = _MONTHS(text) is not None and any(map(are_later_months, beside))
    if found is None or adds_up or not (is_part or _QUARTER(text)):
        return Proposal(key, "", None, cell, unit=unit)
    asked = (_ASK_MONTHS if is_part else _ASK_QUARTER).format(text=text, name=name_of(key))
    return Proposal(key, text, found[1:3], cell, Certainty.CHECK, asked)


def _is_print(sheet: FormWords, at: Cell) -> bool:
    """A mark there would stand in the place of a text of a blank form; one of a level stays beside it."""
    return sheet.is_print(at) and not is_branch(text_of(sheet.typed(at)))


def _beside(sheet: FormWords, at: Cell) -> Cell | None:
    """Right of the label of a text, where a blank form prints nothing."""
    beside = sheet.beside(at)
    return None if beside is None or _is_print(sheet, beside) else beside


def _among_amounts(sheet: FormWords, at: Cell) -> Cell | None:
    """Where the amount of a label stands that is among those of several columns or rows; None elsewhere."""
    found = sheet.amounts
    if found is None or at in found.heads:
        return None
    row, column = cell = found.place(sheet.head, at)
    across = 0 if found.are_rows else 1
    is_among = at[across] == found.labels[0][across] and column < sheet.cells.width
    is_free = is_among and row < len(sheet.grid.rows) and is_blank(sheet.typed(cell))
    return cell if is_free and not sheet.is_covered(cell) else None


def _of_unread_plan(sheet: FormWords, frame: Frame) -> Iterator[Proposal]:
    """The months of a plan of amounts, which an officer is asked to leave out."""
    at = {f"{MONTH}{number}" for number, _ in frame.months}
    for label in sheet.labels:
        if label.key in at:
            slot = next(slot for number, slot in frame.months if label.key == f"{MONTH}{number}")
            where, own = label[1:3], sheet.label_at(label[1:3])
            yield Proposal("", own, where, place_of(sheet, slot), Certainty.CHECK, UNREAD_PLAN)


def _has_own_row(key: str) -> bool:
    """A label of a field, a column or a part: not one that only tells what others mean."""
    return key.startswith((TEXT, PART_OF, MORE)) or key in FIELDS or key in COLUMNS or key in PARTS
