"""记录: the very hidden sheet on which buttons write down what was there before, so that it can come back.

Everything on it is text. A content is told by its first letter: ``s`` text, ``n`` number, ``b`` truth value, ``f``
formula; blank is blank.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.workbook.sheets import LOG_SHEET
from xl_perf.live.protection import set_very_hidden, unlocked

if TYPE_CHECKING:
    from xl_perf.live.host import Host

HEADINGS: Final = ("编号", "时间", "操作", "种类", "工作表", "单元格", "原来", "改为", "原格式", "原批注")
MARK, EDIT, ADDED, DELETED, ROW_ADDED, ROW_DELETED = "标记", "改写", "新增表", "删除表", "新增行", "删除行"
REPORT_ADDED: Final = "新增报表"
"""Kinds. A mark is taken away by 清除标记, all others are taken back by 撤销上次操作."""
MOST: Final = 20_000
"""Records that are kept, the latest ones; those of deleted sheets always are, or these could not come back."""
_LONGEST: Final = 32_766
"""Characters that fit in a cell beside the letter."""

Content = str | float | bool | datetime.date | None


class Record(NamedTuple):
    """One line. ``number`` tells operations apart; ``before`` and ``after`` are coded contents, or fills of marks."""

    number: int
    when: str
    action: str
    kind: str
    sheet: str
    cell: str = ""
    before: str = ""
    after: str = ""
    look: str = ""
    note: str = ""


class Formula(str):
    """A formula as the host gives and takes it, ``=SUM(A1:A2)``; any other text is a text."""

    __slots__ = ()


def coded(content: Content) -> str:
    """A content as the log holds it. Raises ValueError for a text that would not fit."""
    if content is None or content == "":
        return ""
    if isinstance(content, Formula):
        return _checked(f"f{content}")
    if isinstance(content, str):
        return _checked(f"s{content}")
    if isinstance(content, bool):
        return f"b{int(content)}"
    if isinstance(content, datetime.date):
        return f"d{content.isoformat()}"
    return f"n{content!r}"


def _checked(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError("the text is too long for the log")
    return text


def decoded(text: str) -> Content:
    """The content that `coded` made a text of."""
    kind, rest = text[:1], text[1:]
    if kind == "":
        return None
    if kind == "n":
        return float(rest)
    if kind == "b":
        return rest == "1"
    if kind == "d":
        return datetime.datetime.fromisoformat(rest)
    return Formula(rest) if kind == "f" else rest


def read(host: "Host") -> list[Record]:
    """All records, the oldest first, in one call; empty where there is no log yet. Lines that are none are left out."""
    sheet = host.sheet(LOG_SHEET)
    if sheet is None:
        return []
    used = sheet.used_range.last_cell.row
    rows = sheet.range((1, 1), (max(used, 2), len(HEADINGS))).options(ndim=2, empty="").value
    return [record for row in rows[1:] if (record := _record(row)) is not None]


def _record(row: Sequence[object]) -> Record | None:
    texts = [_text(value) for value in row]
    return Record(int(texts[0]), *texts[1:]) if texts[0].isdigit() else None


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def write(host: "Host", records: Iterable[Record]) -> None:
    """The log holds these records and no others: one call for all."""
    found = list(records)
    kept = [*(record for record in found[:-MOST] if record.kind == DELETED), *found[-MOST:]]
    sheet = host.sheet(LOG_SHEET)
    if sheet is None:
        if not kept:
            return
        host.check_structure()
        with host.front_kept():
            sheet = host.added_last(LOG_SHEET)
        set_very_hidden(sheet)
    with unlocked(sheet):
        sheet.range((1, 1), (max(sheet.used_range.last_cell.row, 1), len(HEADINGS))).clear_contents()
        cells = sheet.range((1, 1), (len(kept) + 1, len(HEADINGS)))
        cells.number_format = "@"
        cells.value = [HEADINGS, *([str(field) for field in record] for record in kept)]


def next_number(records: Sequence[Record]) -> int:
    """The number of a new operation, or of a new mark."""
    return max((record.number for record in records), default=0) + 1


def now() -> str:
    """When something is done, for people: the log is the one place where the clock counts."""
    return datetime.datetime.now().isoformat(" ", "seconds")  # noqa: DTZ005  # local time, as people read it
