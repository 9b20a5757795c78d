"""Regular expressions that every supported Python understands alike."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import xl_perf.core
import xl_perf.files
import xl_perf.saved
import xl_perf.sheets
import xl_perf.text
import xl_perf.written

POSSESSIVE_GROUP = re.compile(r"\)(?:[?*+]|\{[0-9,]*\})\+|\(\?>")


def patterns() -> Iterator[tuple[str, str]]:
    """Every pattern that a module keeps, with its name."""
    for package in (xl_perf.core, xl_perf.files, xl_perf.saved, xl_perf.sheets, xl_perf.written, xl_perf.text):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, str) and "(?" in value:  # compiled when it is needed
                    yield f"{found.name}.{name}", value
                if isinstance(value, re.Pattern):
                    text = value.pattern
                    yield f"{found.name}.{name}", text.decode("latin-1") if isinstance(text, bytes) else text


def test_no_group_is_possessive() -> None:
    """Python 3.11.0 to 3.11.4 match them wrongly where the group holds alternatives (gh-101955)."""
    found = dict(patterns())
    assert len(found) > 20
    assert [name for name, pattern in found.items() if POSSESSIVE_GROUP.search(pattern)] == []


@pytest.mark.parametrize("pattern", ["(?:a|b)*+", "(a)?+", "(a)++", "(?:a){2,3}+", "(?>a)"])
def test_they_would_be_seen(pattern: str) -> None:
    assert POSSESSIVE_GROUP.search(pattern)
