"""Severities, switched-off rules, rules that fail, the order of findings, and several books together."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import builders
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.checking.across import repeated
from xl_perf.core.checking.check import check, graded
from xl_perf.core.checking.delivered import delivered
from xl_perf.core.checking.rules import BY_CODE
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile, RuleSetting
from xl_perf.core.reading import read_department
from xl_perf.profiles import load


def department(path: str = "甲.xlsx", name: str = "甲办事处", code: str = "13020123450001") -> Department:
    rows = builders.form()
    rows[1][1] = code
    return read_department(Book(path, [Grid("首页", [["部门名称", name]]), Grid("01", rows)]))


def with_rule(code: str, setting: RuleSetting) -> Profile:
    return replace(load(), rules={code: setting})


def test_profile_sets_severity_and_switches_off() -> None:
    """What the profile says of a rule holds."""
    book = department(code="")
    assert [finding.severity for finding in check(book, load())] == [Severity.WARNING]
    hint = with_rule("F202", RuleSetting(severity=Severity.HINT))
    assert [finding.severity for finding in check(book, hint)] == [Severity.HINT]
    assert check(book, with_rule("F202", RuleSetting(off="还没有编码"))) == []


def test_a_rule_that_fails_does_not_take_the_others_with_it() -> None:
    """K000 names the rule; what it had found before stays, and the others still run."""

    def fails(seen: Seen, profile: Profile) -> Iterator[Finding]:
        yield Finding("Z999", "先找到一个", "")
        raise ZeroDivisionError("试验")

    broken = Rule("Z999", Severity.HINT, fails, None)
    findings = check(department(code=""), load(), (broken, BY_CODE["F202"]))
    assert [finding.code for finding in findings] == ["K000", "Z999", "F202"]
    assert "Z999" in findings[0].message
    assert findings[0].severity is Severity.ERROR


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    """The message stays a sentence; what was found is there whole."""
    rows = builders.form()
    rows[6][2], rows[7][2] = "XX" * 30, "请填写XX" + "X" * 300
    found = [one for one in check(read_department(Book("本", [Grid("01", rows)])), load()) if one.code == "F209"]
    assert [(one.cell, one.message) for one in found] == [
        ("C7", f"目标1中留着占位文字“{'X' * 50}……”"),
        ("C8", "目标2中留着占位文字“请填写”"),
    ]
    assert found[0].found == "XX" * 30


def test_order() -> None:
    """The book's own first, then sheets as they stand, row, column, code."""
    places = [("02", 1, 1, "B"), ("01", 5, 0, "A"), ("01", 1, 3, "A"), ("01", 1, 2, "B"), ("01", 1, 2, "A")]

    def finds(seen: Seen, profile: Profile) -> Iterator[Finding]:
        for sheet, row, column, code in places:
            yield Finding(code, "", "", sheet, row, column)
        yield Finding("Z", "", "")

    rows = builders.form()
    book = read_department(Book("本", [Grid("02", rows), Grid("01", rows)]))
    found = check(book, load(), (Rule("Z999", Severity.HINT, finds, None),))
    assert [(one.sheet, one.cell, one.code) for one in found] == [
        (None, None, "Z"),
        ("02", "B2", "B"),
        ("01", "C2", "A"),
        ("01", "C2", "B"),
        ("01", "D2", "A"),
        ("01", "A6", "A"),
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (department("乙.xlsx", "乙办事处"), [("X601", Severity.WARNING)]),
        (department("甲2.xlsx"), [("X601", Severity.ERROR), ("X602", Severity.ERROR)]),
        (department("乙.xlsx", "乙办事处", "13020123450002"), []),
        (department("乙.xlsx", "乙办事处", "————"), []),
    ],
)
def test_codes_and_names_in_several_books(second: Department, expected: list[tuple[str, Severity]]) -> None:
    """Across departments a code that stands twice is a warning, within one it is an error; placeholders never are.

    It is said at both places, each naming the other.
    """
    books = [delivered(one, "", one.name, "") for one in (department(), second)]
    found = repeated(books, [0, 1])
    assert repeated(books, [1]) == {}, "a book that does not count is no second project"
    for at, other in ((0, second.path), (1, "甲.xlsx")):
        assert [(one.code, one.severity) for one in found.get(at, ())] == expected
        for one in found.get(at, ()):
            assert other in one.message
            assert one.place in {"01!B2", "01!E2"}


def test_profile_holds_across_books_too() -> None:
    """A rule that is off is off here as well, and its severity is the profile's."""
    books = [delivered(one, "", one.name, "") for one in (department(), department("乙.xlsx", "乙办事处"))]
    (found,) = repeated(books, [0, 1])[1]
    assert list(graded([found], with_rule("X601", RuleSetting(off="统一编码")))) == []
    assert [one.severity for one in graded([found], with_rule("X601", RuleSetting(Severity.HINT)))] == [Severity.HINT]
