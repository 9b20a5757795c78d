"""Sheets with content of which nothing was read: named, and told from forms that could not be read.

A title with two labels or an amount, or three labels, after decoration is taken off, looks like a form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import CellLine, Grid, Scalar, a1, is_blank_row
from xl_perf.core.cells.labels import LONGEST_LABEL, MORE
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.kind import MINIMUM_TELLING, Family
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import FormLabels, labels_of
from xl_perf.core.forms.list_frame import ListFrame
from xl_perf.core.forms.side_by_side import ONE_A_ROW, indicators_across
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.model.department import UnreadSheet

_INLINE: Final = r"\s*([^:：]{2,30})[:：]\s*(?=\S)"
_MONEY_IN_TEXT: Final = r"(?:预算|资金|金额)[^\d。]{0,8}\d"
_PIECES: Final = re.compile(r"[\s:：|，,；;、]+")
_NO_LABELS: Final = STATEMENTS | {"title"}
_TELLS_OF_MONEY: Final = r"\d|元|单位[:：]|[¥￥]"
_SHOWN: Final = 20
"""Characters of a text box."""
_COLUMNS_OF_A_ROW: Final = 3
"""First level, third level and target: what tells a row of a list."""
_FORM_NAMES: Final = r"\d+|.*(?:绩效|目标|项目).*"
"""Names of sheets on which a picture may well be a form."""
_LONE: Final = 1
_MOVE: Final = "请删去这些单元格；其中若有表，请移到别的表旁边，或另放一张工作表"
_SPLIT: Final = "请取消盖住整张表的合并单元格，再检查一次"
_PARTS_OF_LINE: Final = re.compile(r"[\s:：]+")
LOOKS_LIKE_FORM: Final = "像项目绩效目标表，但读不出来"
UNDER_MERGED: Final = "像项目绩效目标表，但被合并单元格盖住了，读不出来"


def unread_sheet(grid: Grid, cells: CellLine, kinds: Kinds = KINDS) -> UnreadSheet | None:
    """What a sheet without a form or table is; None for an empty one."""
    filled = [typed for typed in cells.line if not is_blank(typed)]
    if not filled and not grid.pictures and not grid.boxes:
        return None
    labels = labels_of(kinds)
    if _hold_form(labels, grid.boxes):
        return UnreadSheet(grid.sheet, "项目绩效目标表写在文本框里，读不出来", len(filled), looks_like_form=True)
    if _looks_like_form(labels, filled):
        return like_form(grid.sheet, cells, len(filled), _first_label(labels, cells))
    whole = CellLine(grid.rows)
    if _looks_like_form(labels, [typed for typed in whole.line if not is_blank(typed)]):
        row, column = _first_label(labels, whole)
        return UnreadSheet(grid.sheet, UNDER_MERGED, len(filled), True, row, column, remedy=_SPLIT)
    if grid.pictures and len(filled) < MINIMUM_TELLING:
        may_be_form = re.fullmatch(_FORM_NAMES, grid.sheet) is not None
        return UnreadSheet(grid.sheet, "只有图片，图片里的内容读不出来", len(filled), looks_like_form=may_be_form)
    if grid.boxes and not filled:
        return UnreadSheet(grid.sheet, "只有文本框", 0, looks_like_form=False)
    return UnreadSheet(grid.sheet, "不是项目绩效目标表", len(filled), looks_like_form=False)


def like_form(sheet: str, cells: CellLine, number: int, place: tuple[int, int]) -> UnreadSheet:
    """A form of which nothing could be read, with its first label; ``number`` cells of the sheet are filled."""
    across = indicators_across(cells)
    if across is not None:
        said = f"像项目绩效目标表，但{across.said}"
        return UnreadSheet(sheet, said, number, True, across.row, across.column, remedy=ONE_A_ROW)
    return UnreadSheet(sheet, LOOKS_LIKE_FORM, number, looks_like_form=True, row=place[0], column=place[1])


def far_cells(grid: Grid, *, has_forms: bool = False) -> Iterator[UnreadSheet]:
    """What stands so far from any form that it was not read.

    Several cells may be another form. A lone one is a slip of the hand, and a sheet without forms whose rows reach to
    the end of what is read just goes on.
    """
    far = grid.far
    if far is None:
        return
    goes_on = not has_forms and far.row == len(grid.rows) and not is_blank_row(grid.rows[-1])
    cells = (
        f"{a1(far.row, far.column)} 等 {far.number} 个单元格" if far.number > 1 else f"{a1(far.row, far.column)} 单元格"
    )
    reason = f"{cells}远离表格，其内容没有读取"
    may_be_form = far.filled > _LONE and not goes_on
    yield UnreadSheet(grid.sheet, reason, 0, may_be_form, far.row, far.column, remedy=_MOVE)


def drawn_beside(grid: Grid, kinds: Kinds = KINDS, own: int = 0) -> Iterator[UnreadSheet]:
    """What stands in pictures and text boxes on a sheet with a form; captions of buttons say nothing.

    Nor do the form's ``own`` pictures.
    """
    if _hold_form(labels_of(kinds), grid.boxes):
        yield UnreadSheet(grid.sheet, "文本框里还有一张项目绩效目标表，读不出来", 0, looks_like_form=True)
        return
    said = [box for box in grid.boxes if re.search(_TELLS_OF_MONEY, box)]
    if said:
        shown = said[0].split("\n")[0][:_SHOWN]
        yield UnreadSheet(grid.sheet, f"文本框“{shown}”没有读", 0, looks_like_form=False)
    if grid.pictures > own:
        yield UnreadSheet(grid.sheet, f"{grid.pictures - own} 个图片，其中的内容没有读", 0, looks_like_form=False)


def rows_above(grid: Grid, cells: CellLine, first: ListFrame) -> UnreadSheet | None:
    """The rows of a list that stand above its header: of a page whose own header is missing."""
    header = min(first.headers)
    columns = [first.columns[key].start for key in ("level1", "level3", "target") if key in first.columns]
    if len(columns) < _COLUMNS_OF_A_ROW:
        return None
    rows = [
        row
        for row in range(header)
        if all(not is_blank(cells.line[row * cells.width + column]) for column in columns)
        and is_branch(text_of(cells.line[row * cells.width + columns[0]]))
    ]
    if not rows:
        return None
    number = sum(not is_blank(typed) for typed in cells.line[rows[0] * cells.width : header * cells.width])
    reason = f"第 {rows[0] + 1} 行起的 {header - rows[0]} 行在表头上面，读不出来"
    return UnreadSheet(grid.sheet, reason, number, looks_like_form=True, row=rows[0], column=columns[0])


def _hold_form(labels: FormLabels, boxes: Sequence[str]) -> bool:
    """A form in text boxes; all of it may stand in one line, with nothing but spaces between labels and values."""
    if not boxes:
        return False
    lines = _lines(boxes)
    if _looks_like_form(labels, lines):
        return True
    said = [line for line in lines if isinstance(line, str) and re.search(_MONEY_IN_TEXT, line)]
    return any(_looks_like_form(labels, _PARTS_OF_LINE.split(line)) for line in said)


def _lines(boxes: Iterable[str]) -> list[Scalar]:
    return [line for box in boxes for line in box.replace("\t", "\n").split("\n") if line.strip()]


def _looks_like_form(labels: FormLabels, filled: Sequence[Scalar]) -> bool:
    keys = list(_keys(labels, filled))
    titles = [key for key in keys if key.startswith("title")]
    if any(_is_of_another_family(labels, title) for title in titles):
        return False
    own = {key for key in keys if not key.startswith("title")} - _NO_LABELS
    if titles and len(own) >= 2:
        return True
    if len(titles) == 1 and any(map(_is_amount, filled)):
        return True
    if any(_holds_form(labels, typed) for typed in filled):
        return True
    telling = frozenset().union(*(kind.telling for kind in labels.kinds if kind.is_read))
    return len(own & telling) >= MINIMUM_TELLING


def _holds_form(labels: FormLabels, typed: Scalar) -> bool:
    """A whole form in one cell: labels of it, and an amount behind one."""
    if not isinstance(typed, str) or len(typed) <= LONGEST_LABEL or not re.search(_MONEY_IN_TEXT, typed):
        return False
    keys = {(labels.key(piece) or "").partition(MORE)[0] for piece in _PIECES.split(typed)}
    return any(len(keys & kind.telling) >= MINIMUM_TELLING for kind in labels.kinds if kind.is_read)


def _keys(labels: FormLabels, filled: Iterable[Scalar]) -> Iterator[str]:
    """The keys of all labels, also of those that share their cell with the value; titles with what they tell."""
    for typed in filled:
        if not isinstance(typed, str):
            continue
        key = labels.key(typed)
        if key is None and (inline := re.match(_INLINE, typed)) is not None:
            key = labels.key(inline[1])
        if key is not None:
            yield key if key.startswith("title") else key.partition(MORE)[0]


def _is_of_another_family(labels: FormLabels, title: str) -> bool:
    name = title.partition(MORE)[2].partition("/")[0]
    return any(kind.name == name and kind.family is not Family.TARGETS for kind in labels.kinds)


def _is_amount(typed: Scalar) -> bool:
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        return True
    return isinstance(typed, str) and "元" in typed and amount_entry(typed, "", 0, 0).status is Status.FILLED


def _first_label(labels: FormLabels, cells: CellLine) -> tuple[int, int]:
    """Where the sheet first looks like a form; its first cell where labels share their cells with values."""
    found = labels.places(cells)
    return (found[0].row, found[0].column) if found else (0, 0)
