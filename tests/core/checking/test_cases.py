"""Every rule's examples, and the catalogue: code, page, cases and row of the table together."""

import re
from pathlib import Path

import pytest

from tests.core.checking.casebook import CASES, Case, cases_of, described
from xl_perf.core.checking.rules import BY_CODE, RULES
from xl_perf.core.checking.rules.base import Rule

ALL = [case for path in sorted(CASES.glob("*.md")) for case in cases_of(path)]
PAGE = Path(__file__).parents[3] / "docs" / "规则.md"


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rule}-{case.title}")
def test_case(case: Case) -> None:
    """The findings are exactly those that the case lists, with severity, cell and difference."""
    assert sorted(described(finding) for finding in case.found()) == sorted(case.expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_has_cases_that_report_and_cases_that_do_not(rule: Rule) -> None:
    """Each rule shows what it finds, and a near miss in which it stays silent."""
    code = rule.code
    own = [case for case in ALL if case.rule == code]
    assert any(case.reports and any(one.startswith(code) for one in case.expected) for case in own)
    silent = [case for case in own if not any(one.startswith(code) for one in case.expected)]
    assert len(silent) >= 2, "a near miss and a case in which all is well"


def test_every_case_file_belongs_to_a_rule() -> None:
    """No case outlives its rule."""
    assert {path.stem for path in CASES.glob("*.md")} == set(BY_CODE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page(rule: Rule) -> None:
    """The page says what is reported, how it is recognised, how to mend it, and where the rule comes from."""
    page = rule.page or ""
    for part in ("为什么：", "怎样认：", "怎样改：", "依据："):
        assert part in page, part


def test_codes_are_unique_and_in_order() -> None:
    """`RULES` lists every code once, in the order of the catalogue's groups."""
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert codes == sorted(codes, key=lambda code: ("SFBPIXTMEK".index(code[0]), code))


def test_every_rule_file_is_in_the_catalogue() -> None:
    """A rule file that nobody lists would never run."""
    folder = Path(__file__).parents[3] / "xl_perf" / "core" / "checking" / "rules"
    files = {path.stem.partition("_")[0].upper() for path in folder.glob("[a-z][0-9][0-9][0-9]_*.py")}
    assert files == set(BY_CODE)


def test_the_page_of_rules_lists_them() -> None:
    """One row for each rule, with its severity and its title; `make docs` writes them."""
    rows = re.findall(r"^\| ([A-Z]\d{3}) \| (\S+) \| (.*?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert rows == [(rule.code, rule.severity.label, rule.title) for rule in RULES]
