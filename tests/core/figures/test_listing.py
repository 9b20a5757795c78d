"""部门汇总 as stored, compared with the forms."""

from dataclasses import replace

import pytest

from xl_perf.core.checking.check import check
from xl_perf.core.figures.listing import changes
from xl_perf.core.figures.totals import MONEY
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department, Listed
from xl_perf.profiles import load


def department(now: list[tuple[str, float]], listed: list[tuple[str, float]]) -> Department:
    """Names and budgets of the forms, and those that 部门汇总 lists."""
    projects, rows = (
        [draft.project(name=name, budget=budget, fiscal=budget) for name, budget in pairs] for pairs in (now, listed)
    )
    list_ = [Listed(row.name, {key: row.value(key) for key in MONEY}) for row in rows]
    return replace(draft.department(projects=projects), listed=tuple(list_))


def found(now: list[tuple[str, float]], listed: list[tuple[str, float]]) -> list[tuple[str, str, str]]:
    """Which row or project differs, and where."""
    return [
        (one.row.name.text if one.row else "", one.project.title if one.project else "", one.label)
        for one in changes(department(now, listed))
    ]


def test_what_says_the_same_has_no_changes() -> None:
    """In whatever order, and however the name is spaced; two projects of one name are told apart by their amounts."""
    now = [("甲", 1.5), ("乙", 2.0), ("乙", 3.0)]
    assert found(now, now) == []
    assert found(now, now[::-1]) == []
    assert found(now, [("甲 ", 1.5), ("乙", 2.0), ("乙", 3.0)]) == []
    assert found(now, []) == []


def test_what_differs() -> None:
    """An amount, a row too many, a project too few; each said once."""
    now = [("甲", 1.5), ("乙", 2.0)]
    assert found(now, [("甲", 1.0), ("乙", 2.0)]) == [("甲", "", "预算数"), ("甲", "", "财政资金")]
    assert found(now, [("甲", 1.5), ("丙", 2.0)]) == [("丙", "", ""), ("", "乙", "")]
    assert found(now, [("乙", 2.0)]) == [("", "甲", "")]
    assert found([*now, ("", 9.0)], now) == []


@pytest.mark.parametrize(("path", "has_buttons"), [("书.xlsm", True), ("书.XLSM", True), ("书.xlsx", False)])
def test_a_workbook_without_buttons_says_how_it_is_brought_up_to_date(path: str, has_buttons: bool) -> None:
    """Its own buttons are those of a macro workbook alone."""
    outdated = replace(department([("甲", 1.5)], [("甲", 1.0)]), path=path)
    remedies = {one.remedy for one in check(outdated, load()) if one.code == "T702"}
    assert len(remedies) == 1
    assert ("xl-perf consolidate" in remedies.pop()) is not has_buttons
