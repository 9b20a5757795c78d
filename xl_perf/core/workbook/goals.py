"""Reads the sheet 整体绩效目标: the overall goal, the sub-goals with their indicators, the safeguards."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, NoValue, Scalar, is_blank_row
from xl_perf.core.cells.labels import Vocabulary, normal_label
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.model.department import Safeguard, SubGoal, SubGoalIndicator
from xl_perf.core.workbook.sheets import GOALS_FIELDS, GOALS_SHEET

_LABELS: Final = Vocabulary(GOALS_FIELDS)
_PRINTED: Final = re.compile(r"序号|\d{1,3}|(?:(?:19|20|21)\d{2}年)?部门整体绩效目标|填报单位(?:[:：].*)?")
"""What the sheet prints besides its labels."""
_SUB_COLUMNS: Final = ("sub_title", "sub_goal", "sub_indicator", "sub_target", "sub_projects")


class Goals(NamedTuple):
    """What the sheet says."""

    overall: Entry[str]
    sub_goals: tuple[SubGoal, ...]
    safeguards: tuple[Safeguard, ...]


def read_goals(grid: Grid | None) -> Goals:
    """The sheet's content by its labels; entries are absent where there is no such sheet or label."""
    if grid is None:
        return Goals(absent(GOALS_SHEET), (), ())
    cells, sheet = CellLine(grid.rows), grid.sheet
    labels = _LABELS.by_row(cells)
    sub_row = next((row for row, found in labels.items() if {"sub_title", "sub_indicator"} <= found.keys()), None)
    safe_row = next((row for row, found in labels.items() if {"safeguard", "safeguard_text"} <= found.keys()), None)
    overall = next(((row, found["overall"]) for row, found in labels.items() if "overall" in found), None)
    ends = sorted(row for row in (sub_row, safe_row, len(grid.rows)) if row is not None)
    return Goals(
        absent(sheet) if overall is None else _overall(cells, sheet, *overall, ends[0]),
        () if sub_row is None else _sub_goals(cells, sheet, labels[sub_row], _below(sub_row, ends)),
        () if safe_row is None else _safeguards(cells, sheet, labels[safe_row], _below(safe_row, ends)),
    )


def unread_cells(grid: Grid, read: Iterable[Entry[str]]) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of what stands on the sheet and is in nothing that was read, such as notes below."""
    taken = [entry.text for entry in read]
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if is_blank(typed) or isinstance(typed, NoValue) or _is_section_title(typed):
                continue
            if _PRINTED.fullmatch(normal_label(text_of(typed))):
                continue
            if not any(text_of(typed) in text for text in taken):
                yield row, column, text_of(typed)


def _below(header: int, ends: Sequence[int]) -> range:
    """The rows below a header, up to the next one or the end of the sheet."""
    return range(header + 1, next(end for end in ends if end > header))


def _overall(cells: CellLine, sheet: str, row: int, column: int, end: int) -> Entry[str]:
    """The texts right of the label or below it, one paragraph a cell, joined by line breaks."""
    width, last = cells.width, end * cells.width
    texts = [
        text_entry(typed, sheet, *divmod(at, width))
        for at, typed in enumerate(cells.line[row * width + column + 1 : last], row * width + column + 1)
        if not is_blank(typed) and not _is_section_title(typed)
    ]
    if not texts:
        return Entry(None, Status.BLANK, None, sheet, row, column + 1)
    first = texts[0]
    if len(texts) == 1:
        return first
    return first._replace(value="\n".join(text.text for text in texts), typed="\n".join(text.text for text in texts))


@lru_cache(maxsize=1024)
def _is_section_title(typed: Scalar) -> bool:
    """A line such as 二、分项绩效目标 that stands above the table."""
    value = normal_label(text_of(typed)).lstrip("一二三四五六七八九十、.()")
    return _LABELS.key(value) is not None


def _sub_goals(cells: CellLine, sheet: str, labels: Mapping[str, int], rows: range) -> tuple[SubGoal, ...]:
    """One sub-goal for each title; rows below it with an indicator only belong to it."""
    columns = [labels.get(key) for key in _SUB_COLUMNS]
    table = zip(cells.column(0, rows), *(cells.column(column, rows) for column in columns), strict=True)
    found: list[SubGoal] = []
    for row, held in zip(rows, table, strict=True):
        if not any(held) and is_blank_row(cells.line[row * cells.width : (row + 1) * cells.width]):
            continue
        if _is_section_title(held[0]) or _is_section_title(held[1]):
            break
        title, goal, name, target, projects = [
            absent(sheet) if column is None else text_entry(typed, sheet, row, column)
            for typed, column in zip(held[1:], columns, strict=True)
        ]
        own = () if name.is_empty and target.is_empty else (SubGoalIndicator(name, target),)
        if not title.is_empty or (not goal.is_empty and not found):
            found.append(SubGoal(title, goal, own, projects))
        elif found:
            last = found[-1]
            goal, projects = _joined(last.goal, goal), _joined(last.projects, projects)
            found[-1] = SubGoal(last.title, goal, last.indicators + own, projects)
    return tuple(found)


def _joined(first: Entry[str], more: Entry[str]) -> Entry[str]:
    """Both texts, one below the other, where a person went on in the next row."""
    if more.is_empty or more.status is Status.ABSENT:
        return first
    if first.is_empty:
        return more
    text = f"{first.text}\n{more.text}"
    return first._replace(value=text, typed=text)


def _safeguards(cells: CellLine, sheet: str, labels: Mapping[str, int], rows: range) -> tuple[Safeguard, ...]:
    at_title, at_text = labels["safeguard"], labels["safeguard_text"]
    found = []
    for row, *held in zip(rows, cells.column(at_title, rows), cells.column(at_text, rows), strict=True):
        title, text = text_entry(held[0], sheet, row, at_title), text_entry(held[1], sheet, row, at_text)
        if not title.is_empty or not text.is_empty:
            found.append(Safeguard(title, text))
    return tuple(found)
