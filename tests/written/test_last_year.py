"""Last year's figures as they are written beside a form, and read back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from xl_perf.core.cells.entries import amount_entry, target_entry, weight_entry
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.forms.box import HOME_LINK
from xl_perf.core.making import draft
from xl_perf.core.model.project import LastResult, LastYear, Project
from xl_perf.sheets.last_year import is_of_last_year, last_amounts, last_indicator, with_last_year

ROW = 20
"""Of the indicator."""


def project() -> Project:
    rows = [{"level1": "产出", "level2": "数量", "level3": "人数", "target": "=80人"}]
    drawn = draft.project(name="道路养护", budget="170", indicators=rows)
    indicators = tuple(one._replace(target=one.target._replace(row=ROW)) for one in drawn.indicators)
    return replace(drawn, indicators=indicators)


def read_back(*beside: tuple[int, str]) -> LastYear | None:
    """What is read of a sheet on which only these texts stand in the panel, by their rows."""
    texts = dict(beside)
    rows = tuple((texts.get(at, HOME_LINK if at == 0 else None),) for at in range(60))
    one = project()
    sheets = Book("甲.xlsx", (Grid(one.sheet, rows, ()),))
    return with_last_year(sheets, draft.department(name="甲局", projects=[one])).projects[0].last_year


TEXTS = [
    ("=78人", "", "", "", "上年：=78人"),
    ("=78人", "76人", "12.18", "12.5", "上年：=78人，完成 76人，得 12.18/12.50"),
    ("是，按时", "是，按时", "9", "", "上年：是，按时，完成 是，按时，得 9.00"),
    ("", "76人", "", "", "上年：完成 76人"),
    ("≥90%", "", "0", "10", "上年：≥90%，得 0.00/10.00"),
    ("", "", "3.5", "10", "上年：得 3.50/10.00"),
]


@pytest.mark.parametrize(("target", "actual", "score", "weight", "text"), TEXTS)
def test_an_indicator(target: str, actual: str, score: str, weight: str, text: str) -> None:
    result = LastResult(target_entry(actual, "", 0, 0), weight_entry(score, "", 0, 0), weight_entry(weight, "", 0, 0))
    assert last_indicator(target_entry(target, "", 0, 0), result) == text
    assert is_of_last_year(text)
    before = read_back((ROW, text))
    assert before is not None
    read = before.result(0)
    found = [before.targets[0].text, read.actual.text, read.score.value, read.weight.value]
    assert found == [target, actual, Decimal(score) if score else None, Decimal(weight) if weight else None]


def test_workbooks_that_have_the_target_alone() -> None:
    assert is_of_last_year("上年 =78人")
    before = read_back((ROW, "上年 =78人，完成 7"))
    assert before is not None
    assert (before.targets[0].text, before.results) == ("=78人，完成 7", ())


def test_amounts() -> None:
    amounts = (("预算数", amount_entry("161.93", "", 0, 0)),)
    spent = LastYear(amounts, (), (), amount_entry("158.4", "", 0, 0), Decimal("97.82"))
    text = last_amounts(spent)
    assert text == "上年金额（供比较）：\n预算数 161.93万元\n全年执行数 158.4万元（执行率 97.82%）"
    before = read_back((project().budget.row + 1, text))
    assert before is not None
    assert [(name, one.value) for name, one in before.amounts] == [("预算数", Decimal("161.93"))]
    assert (before.outturn.value, before.outturn_rate) == (Decimal("158.4"), Decimal("97.82"))
    assert last_amounts(LastYear((), ())) is None


def test_a_long_text_is_cut_where_it_can_be_seen() -> None:
    result = LastResult(target_entry("完" * 100, "", 0, 0))
    assert last_indicator(target_entry("是", "", 0, 0), result) == f"上年：是，完成 {'完' * 60}…"
