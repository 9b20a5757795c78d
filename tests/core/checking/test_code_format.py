"""F203 says the format of codes in words: nobody who fills a form reads a regular expression."""

import re
from dataclasses import replace

import pytest

from tests import departments
from xl_perf.core.checking.check import check
from xl_perf.core.making import draft
from xl_perf.profiles import load

WRONG = draft.department(name="甲", year=2023, projects=[departments.whole(code="P2024001")])


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("[0-9A-Z]{10,24}", "请核对编码，应为10到24位数字或大写字母"),
        ("[0-9]{21}", "请核对编码，应为21位数字"),
        ("13[0-9]{10}(A|B)", "请核对编码，以预算管理一体化系统里的为准"),
    ],
)
def test_the_remedy(pattern: str, said: str) -> None:
    (found,) = [one for one in check(WRONG, replace(load(), code_format=pattern)) if one.code == "F203"]
    assert found.remedy == said
    assert not re.search(r"[\[\]{}\\]", found.remedy)
