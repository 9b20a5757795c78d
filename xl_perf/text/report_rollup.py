"""监控汇总 and 自评汇总 as Word tables: a row per project, numbers below each other by their decimal points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.figures.evaluation_rollup import EvaluationRollup
from xl_perf.core.figures.monitoring import Light
from xl_perf.core.figures.monitoring_rollup import MonitoringLine, MonitoringRollup
from xl_perf.core.figures.rounding import rounded
from xl_perf.text.figures import Type, decimals_of, narrowed, needed_width, width_of, with_decimals
from xl_perf.text.typography import BY_ID, SMALL, SMALL_LABEL, SMALL_TEXT, TEXT_WIDTH
from xl_perf.text.word_table import Cell, Table, word_table

_TOTAL: Final = "合计"
_NUMBER_WIDTH, _FEWEST_NAME = 26.0, 84.0
_LEAST: Final = 30.0
_FROM_LABEL: Final = 4
_LEAST_HEIGHT: Final = 24.0
"""Points of a row."""


class _Column(NamedTuple):
    """A column of the roll-up: its heading, what stands in its rows, last what stands in the total."""

    label: str
    cells: Sequence[Decimal | str | None]
    unit: str = ""


def monitoring_table(rollup: MonitoringRollup) -> Table:
    """A row per project; the total is that of the rows that count."""
    lines, total = rollup.lines, rollup.total
    spent = [*(line.spent for line in lines), total]
    lights = [line.lights for line in lines]
    columns = [
        _Column("预算数", [*(line.budget for line in lines), None if total is None else total.budget]),
        _Column("执行数", [*(line.outturn for line in lines), None if total is None else total.outturn]),
        _Column("执行率", [None if one is None or one.rate is None else rounded(one.rate) for one in spent], "%"),
        _Column("计划进度", [None if one is None or one.plan is None else rounded(one.plan) for one in spent], "%"),
        _Column("进度差\n（百分点）", [None if one is None or one.gap is None else rounded(one.gap) for one in spent]),
        _Column("资金灯", [None if one is None else one.light.label for one in spent]),
    ]
    for label, of in (("红灯\n指标", (Light.RED,)), ("黄灯\n指标", (Light.YELLOW,)), ("指标数", tuple(Light))):
        numbers = [sum(one.get(light, 0) for light in of) for one in lights]
        shown = [str(one) if line.lights else None for one, line in zip(numbers, lines, strict=True)]
        columns.append(_Column(label, [*shown, str(sum(numbers))]))
    columns.append(_Column("整改\n要求", [*map(_rectify, lines), None]))
    return _table([line.place.name for line in lines], columns)


def _rectify(line: MonitoringLine) -> str | None:
    return "有" if line.rectify else "缺" if line.lacks_rectify else None


def evaluation_table(rollup: EvaluationRollup) -> Table:
    """A row per project; the total is that of the rows that have one."""
    lines = rollup.lines
    rates = [None if line.result is None or line.result.rate is None else rounded(line.result.rate) for line in lines]
    counts = any(line.total is not None for line in lines)
    columns = [
        _Column("预算数", [*(line.budget for line in lines), rollup.budget if counts else None]),
        _Column("执行数", [*(line.outturn for line in lines), rollup.outturn if counts else None]),
        _Column("执行率", [*rates, rollup.rate if counts else None], "%"),
        *(_Column(f"{name}\n得分", [*(line.scores.get(name) for line in lines), None]) for name in rollup.branches),
        _Column("总分", [*(line.total for line in lines), rollup.score]),
        _Column(
            "等级", [*(None if one.result is None or one.total is None else one.result.grade for one in lines), None]
        ),
    ]
    return _table([line.place.name for line in lines], columns)


def _table(names: Sequence[str], columns: Sequence[_Column]) -> Table:
    size = BY_ID[SMALL].size
    printed = [_printed(column) for column in columns]
    widths = [_width(column, cells, size) for column, cells in zip(columns, printed, strict=True)]
    room = TEXT_WIDTH - _NUMBER_WIDTH - _FEWEST_NAME
    if sum(widths) > room:
        widths = [one * room / sum(widths) for one in widths]
    head = [Cell(1, label, SMALL_LABEL) for label in ("序号", "项目名称", *(column.label for column in columns))]
    rows = [head]
    parts = zip(columns, printed, widths, strict=True)
    cells = [_cells(column, texts, size, width) for column, texts, width in parts]
    for at, name in enumerate(names):
        rows.append([Cell(1, str(at + 1), SMALL), Cell(1, name, SMALL_TEXT), *(one[at] for one in cells)])
    rows.append([Cell(2, _TOTAL, SMALL_LABEL), *(one[-1] for one in cells)])
    least = [_LEAST_HEIGHT] * len(rows)
    return word_table((_NUMBER_WIDTH, TEXT_WIDTH - _NUMBER_WIDTH - sum(widths), *widths), rows, 1, least=least)


def _printed(column: _Column) -> list[str]:
    decimals = decimals_of(one for one in column.cells if isinstance(one, Decimal))
    return [
        f"{with_decimals(one, decimals)}{column.unit}" if isinstance(one, Decimal) else one or ""
        for one in column.cells
    ]


def _width(column: _Column, texts: Sequence[str], size: float) -> float:
    """Wide enough for its numbers and for a heading of two lines."""
    heading = max(min(len(line), _FROM_LABEL) for line in column.label.split("\n"))
    return max(needed_width(texts, size), heading * size + 7, _LEAST)


def _cells(column: _Column, texts: Sequence[str], size: float, width: float) -> list[Cell]:
    """Numbers, all set alike, end where the longest of them ends; anything else stands in the middle."""
    numbers = [text for text, one in zip(texts, column.cells, strict=True) if isinstance(one, Decimal)]
    type_ = Type(size, narrowed(numbers, size, width)) if numbers else None
    widest = max((width_of(text, size) for text in numbers), default=0.0) * (type_.scale if type_ else 100) / 100
    return [
        Cell(1, text, SMALL, type=type_, widest=widest) if isinstance(one, Decimal) else Cell(1, text, SMALL)
        for text, one in zip(texts, column.cells, strict=True)
    ]
