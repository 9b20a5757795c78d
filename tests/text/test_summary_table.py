"""项目预算汇总表: figures large enough to read, with the same decimals."""

from typing import Any

from tests import builders
from xl_perf.core.figures.totals import add_up, totals_of
from xl_perf.text.summary_table import summary_table


def test_amounts_in_fen_are_legible_and_alike() -> None:
    more: dict[str, Any] = {"budget": "762.16119", "fiscal": "762.16119", "percents": ["14%", "38%", "90%", "100%"]}
    projects = [builders.project(name=f"第{at}个", **more) for at in range(3)]
    projects.append(builders.project(name="又一个", budget="1619.300001", percents=["25%", "50%", "75%", "100%"]))
    table = summary_table(projects, add_up(map(totals_of, projects)), (3, 6, 10, 12))
    figures = [cell for row in table.rows for cell in row if cell.type is not None]
    assert {cell.type.size for cell in figures if cell.type} == {9}
    assert all(cell.type.scale >= 55 for cell in figures if cell.type)
    rows = [[cell.text for cell in row if cell.type is not None] for row in table.rows]
    of_money = [text for row in rows for text in row[:3] if text]
    assert {len(one.partition(".")[2]) for one in of_money} == {6}
