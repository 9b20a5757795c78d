"""项目预算汇总表: figures large enough to read, with the same decimals."""

from typing import Any

from tests import builders
from xl_perf.core.figures.totals import add_up, totals_of
from xl_perf.text.summary_table import summary_table


def test_amounts_in_fen_are_legible_and_alike() -> None:
    more: dict[str, Any] = {"budget": "762.16119", "fiscal": "762.16119", "percents": ["14%", "38%", "90%", "100%"]}
    projects = [builders.project(name=f"第{at}个", **more) for at in range(3)]
    projects.append(builders.project(name="又一个", budget="1619.300001", percents=["25%", "50%", "75%", "100%"]))
    table = summary_table(projects, add_up(map(totals_of, projects)))
    figures = [cell for row in table.rows for cell in row if cell.type is not None]
    assert {cell.type.size for cell in figures if cell.type} == {9}
    assert all(cell.type.scale >= 55 for cell in figures if cell.type)
    rows = [[cell.text for cell in row if cell.type is not None] for row in table.rows]
    of_money = [text for row in rows for text in row[:3] if text]
    assert {len(one.partition(".")[2]) for one in of_money} == {6}


def test_the_months_are_those_of_the_forms() -> None:
    """Quarters in a profile that has October: what is planned for September is printed, and no 0 for October."""
    project = builders.project(budget="200", percents=(20, 40, 90, 100), months=(3, 6, 9, 12))
    table = summary_table([project], totals_of(project))
    texts = [cell.text for row in table.rows for cell in row]
    assert "9月底" in texts
    assert "180.00" in texts
    assert "10月底" not in texts
