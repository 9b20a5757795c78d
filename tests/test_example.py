"""workbooks/example-2023.xlsx: the eight real projects, and what is known about them."""

import zipfile
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.example_findings import EXPECTED, HINTS
from tools.build_example import EXAMPLE, example
from xl_perf import profiles
from xl_perf.core.checking.check import check
from xl_perf.core.figures.summary import summarise
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book
from xl_perf.written.template import write_department

HEBEI = profiles.load("hebei-2023")


@pytest.fixture(scope="module")
def department() -> Department:
    return read_department(read_book(EXAMPLE))


def test_committed_example_is_up_to_date(tmp_path: Path) -> None:
    """`make example` builds it anew."""
    write_department(tmp_path / "built.xlsx", example(), HEBEI)
    with zipfile.ZipFile(tmp_path / "built.xlsx") as built, zipfile.ZipFile(EXAMPLE) as committed:
        assert built.namelist() == committed.namelist()
        for name in built.namelist():
            assert built.read(name) == committed.read(name), name


def test_example_is_read_back_whole(department: Department) -> None:
    assert draft.department_content(department) == draft.department_content(example())
    assert department.year == 2023
    assert len(department.sub_goals) == 3
    assert len(department.safeguards) == 10
    assert department.overall_goal.value


def test_totals(department: Department) -> None:
    totals = summarise([department]).totals
    assert totals.projects == 8
    assert tuple(totals.amounts.values()) == (Decimal("1135.76"), Decimal("1135.76"), Decimal(0))
    assert [totals.planned_at(month) for month in (3, 6, 10, 12)] == [
        *(Decimal("253.5025"), Decimal("542.88"), Decimal("796.3825"), Decimal("1135.76")),
    ]
    assert [len(project.indicators) for project in department.projects] == [6] * 8
    for stored in department.stored_totals:
        assert stored.amount.value == totals.figures[stored.what]


def test_values_are_kept_as_typed(department: Department) -> None:
    typed = [indicator.target.typed for project in department.projects for indicator in project.indicators]
    assert typed.count("=78人") == 2
    assert "＝4个" in typed
    assert "≤1400万元" in typed


def test_findings_are_the_known_ones(department: Department) -> None:
    """Number for number; no error, and every code has the severity of the catalogue."""
    findings = check(department, HEBEI)
    assert Counter(finding.code for finding in findings) == EXPECTED
    assert {finding.code for finding in findings if finding.severity is Severity.HINT} == set(HINTS)
    assert {finding.severity for finding in findings} == {Severity.HINT, Severity.WARNING}


def test_findings_stand_at_the_cells_that_have_them(department: Department) -> None:
    places: dict[str, list[str]] = {}
    for finding in check(department, HEBEI):
        places.setdefault(finding.code, []).append(finding.place)
    assert places["F207"] == ["02!A1", "06!A1", "08!A1"]
    assert places["F208"] == ["04!D17", "05!D17", "06!D17", "08!D17"]
    assert places["I506"] == ["08!F13"]
    assert places["I507"] == ["04!F13"]
    assert places["I511"] == ["01!F15", "02!F15", "03!F15"]
    assert places["I515"] == ["01!C11", "02!C11", "07!C11"]
    assert places["I516"] == ["03!F10", "04!F10", "05!F10", "06!F10"]
    assert places["I518"] == ["08!F10"]
    assert (places["P405"], places["P406"]) == (["02!B6"], ["03!F6"])
    assert places["X603"] == ["01!C8", "04!C7", "04!C8"]
    assert places["X604"] == ["01!F10"]
    assert places["X605"] == ["整体绩效目标!F16", "03!E2"]
    assert places["X606"] == [f"整体绩效目标!E{row}" for row in (14, 16, 17, 18)]


def test_certain_mends_are_edits(department: Department) -> None:
    """What the finding would put in place of what was typed."""
    edits = [finding.edit for finding in check(department, HEBEI) if finding.edit is not None]
    assert [(edit.sheet, edit.old, edit.new) for edit in edits if edit.sheet == "08"] == [
        ("08", "＝4个", "=4个"),
        ("08", "满意和比较满意的人数占调差人数的比率", "满意和比较满意的人数占调查人数的比率"),
    ]
    assert len(edits) == EXPECTED["F208"] + EXPECTED["I518"]


def test_misspelling_of_the_running_text() -> None:
    """With the slip of the published safeguards there is one F208 more, and nothing else changes."""
    text = draft.department(safeguards=[("强化理论学习", "以制度规范言行，实现有序灌流。")])
    found = Counter(finding.code for finding in check(replace(example(), safeguards=text.safeguards), HEBEI))
    assert found == Counter(EXPECTED) + Counter({"F208": 1})
