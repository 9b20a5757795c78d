"""workbooks/example-2023.xlsx: the eight real projects, and what is known about them (design/form, design/rules)."""

import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tools.build_example import EXAMPLE, example
from xl_perf import profiles
from xl_perf.books.bulk import read_book
from xl_perf.books.template import write_department
from xl_perf.core import draft
from xl_perf.core.checking import check
from xl_perf.core.model import Department
from xl_perf.core.reading import read_department
from xl_perf.core.rules import RULES
from xl_perf.core.summary import summarise

HEBEI = profiles.load("hebei-2023")

# design/rules: what the eight forms give; X605 and X606 come from the running text.
EXPECTED = {
    "F202": 8,
    "F207": 3,
    "F208": 4,
    "I506": 1,
    "I507": 1,
    "I511": 3,
    "I512": 30,
    "I513": 27,
    "I518": 1,
    "P405": 1,
    "P406": 1,
    "X603": 3,
    "X604": 1,
}
AS_FAR_AS_DEFINED = {"I515", "I516", "X605", "X606"}


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
    assert (totals.budget, totals.fiscal, totals.other) == (Decimal("1135.76"), Decimal("1135.76"), Decimal(0))
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
    found = Counter(finding.code for finding in check(department, HEBEI))
    there = {rule.code for rule in RULES}
    assert {code: found[code] for code in EXPECTED if code in there} == {
        code: number for code, number in EXPECTED.items() if code in there
    }
    assert found.keys() <= EXPECTED.keys() | AS_FAR_AS_DEFINED
