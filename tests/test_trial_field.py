"""A field is one row of data: with it, template, reader, rules, JSON, Word out and Word in know the field."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
WORD = "上年结转"
FIELD = f'Field("carried_over", "{WORD}", "budget_part", Value.AMOUNT, (1, 1), "{WORD}", money=Money.SOURCE),\n'
BEFORE = '        Field(\n            "other",'


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package; one line was put into the data of its form, and nothing else was changed."""
    folder = tmp_path_factory.mktemp("trial")
    shutil.copytree(ROOT / "xl_perf", folder / "xl_perf", ignore=shutil.ignore_patterns("__pycache__"))
    data = folder / "xl_perf" / "core" / "forms" / "project_targets.py"
    text = data.read_text("utf-8")
    assert text.count(BEFORE) == 1
    data.write_text(text.replace(BEFORE, f"        {FIELD}{BEFORE}"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def shown(trial: Path) -> dict[str, Any]:
    """What shows up where, see `tests.trial_field`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(trial), str(ROOT)]), "PYTHONUTF8": "1"}
    books = trial / "books"
    books.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.trial_field", str(books), WORD],
        cwd=trial,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


SOURCES = [
    {"财政资金": "6", WORD: "3", "其他资金": "1"},
    {"财政资金": "6", WORD: "3", "其他资金": None},
]


def test_the_blank_template_and_the_form_have_the_label(shown: dict[str, Any]) -> None:
    assert shown["template"]
    assert shown["form"][:2] == ["01", "02"]


def test_the_reader_and_the_json_have_the_amount(shown: dict[str, Any]) -> None:
    assert shown["reader"] == SOURCES


def test_the_rules_and_the_totals_count_it_as_a_source(shown: dict[str, Any]) -> None:
    """10 = 6 + 3 + 1; 10 is not 6 + 3."""
    assert shown["findings"] == [["B303", "C3"]]
    assert (shown["totals"]["fiscal"], shown["totals"]["other"]) == ("12", "7")


def test_the_text_has_it_and_is_read_back(shown: dict[str, Any]) -> None:
    assert shown["word and back"] == SOURCES
