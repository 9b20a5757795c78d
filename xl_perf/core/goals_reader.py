"""Reads the sheet 整体绩效目标: the overall goal, the sub-goals with their indicators, the safeguards."""

from typing import Final, NamedTuple

from xl_perf.core import form
from xl_perf.core.entries import text_entry
from xl_perf.core.grid import Grid, is_blank_row
from xl_perf.core.model import Entry, Safeguard, Status, SubGoal, SubGoalIndicator, absent
from xl_perf.core.values import is_blank
from xl_perf.core.vocabulary import Vocabulary

_LABELS: Final = Vocabulary(form.GOALS_FIELDS)
_SUB_COLUMNS: Final = ("sub_title", "sub_goal", "sub_indicator", "sub_target", "sub_projects")


class Goals(NamedTuple):
    """What the sheet says."""

    overall: Entry[str]
    sub_goals: tuple[SubGoal, ...]
    safeguards: tuple[Safeguard, ...]


def read_goals(grid: Grid | None) -> Goals:
    """The sheet's content by its labels; entries are absent where there is no such sheet or label."""
    if grid is None:
        return Goals(absent(form.GOALS_SHEET), (), ())
    rows = [_LABELS.in_row(cells) for cells in grid.rows]
    sub_row = next((row for row, found in enumerate(rows) if {"sub_title", "sub_indicator"} <= found.keys()), None)
    safe_row = next((row for row, found in enumerate(rows) if {"safeguard", "safeguard_text"} <= found.keys()), None)
    overall = next(((row, found["overall"]) for row, found in enumerate(rows) if "overall" in found), None)
    ends = sorted(row for row in (sub_row, safe_row, len(rows)) if row is not None)
    return Goals(
        absent(grid.sheet) if overall is None else _overall(grid, *overall, ends[0]),
        () if sub_row is None else _sub_goals(grid, sub_row, rows[sub_row], _next(ends, sub_row)),
        () if safe_row is None else _safeguards(grid, safe_row, rows[safe_row], _next(ends, safe_row)),
    )


def _next(ends: list[int], row: int) -> int:
    return next(end for end in ends if end > row)


def _overall(grid: Grid, row: int, column: int, end: int) -> Entry[str]:
    """The texts right of the label or below it, one paragraph a cell, joined by line breaks."""
    texts = []
    for at in range(row, end):
        cells = grid.rows[at]
        start = column + 1 if at == row else 0
        texts += [text_entry(cells[c], grid.sheet, at, c) for c in range(start, len(cells)) if not is_blank(cells[c])]
    texts = [text for text in texts if not _is_section_title(text)]
    if not texts:
        return Entry(None, Status.BLANK, None, grid.sheet, row, column + 1)
    first = texts[0]
    if len(texts) == 1:
        return first
    return first._replace(value="\n".join(text.text for text in texts), typed="\n".join(text.text for text in texts))


def _is_section_title(text: Entry[str]) -> bool:
    """A line such as 二、分项绩效目标 that stands above the table."""
    value = form.normal_label(text.text).lstrip("一二三四五六七八九十、.()")
    return _LABELS.key(value) is not None


def _cell(grid: Grid, row: int, column: int | None) -> Entry[str]:
    if column is None:
        return absent(grid.sheet)
    cells = grid.rows[row]
    return text_entry(cells[column] if column < len(cells) else None, grid.sheet, row, column)


def _sub_goals(grid: Grid, header: int, columns: dict[str, int], end: int) -> tuple[SubGoal, ...]:
    """One sub-goal for each title; rows below it with an indicator only belong to it."""
    found: list[SubGoal] = []
    for row in range(header + 1, end):
        if is_blank_row(grid.rows[row]):
            continue
        title, goal, name, target, projects = (_cell(grid, row, columns.get(key)) for key in _SUB_COLUMNS)
        if _is_section_title(title) or _is_section_title(_cell(grid, row, 0)):
            break
        indicator = SubGoalIndicator(name, target)
        own = () if name.is_empty and target.is_empty else (indicator,)
        if not title.is_empty or (not goal.is_empty and not found):
            found.append(SubGoal(title, goal, own, projects))
        elif found:
            last = found[-1]
            found[-1] = last._replace(
                indicators=last.indicators + own,
                goal=_joined(last.goal, goal),
                projects=_joined(last.projects, projects),
            )
    return tuple(found)


def _joined(first: Entry[str], more: Entry[str]) -> Entry[str]:
    """Both texts, one below the other, where a person went on in the next row."""
    if more.is_empty or more.status is Status.ABSENT:
        return first
    if first.is_empty:
        return more
    text = f"{first.text}\n{more.text}"
    return first._replace(value=text, typed=text)


def _safeguards(grid: Grid, header: int, columns: dict[str, int], end: int) -> tuple[Safeguard, ...]:
    found = []
    for row in range(header + 1, end):
        if is_blank_row(grid.rows[row]):
            continue
        title, text = (_cell(grid, row, columns[key]) for key in ("safeguard", "safeguard_text"))
        if not title.is_empty or not text.is_empty:
            found.append(Safeguard(title, text))
    return tuple(found)
