"""Texts of projects with names that fill more than a page, or that hold what no document can."""

from pathlib import Path

import pytest

from tests import builders
from tests.office import Office
from xl_perf.profiles import load
from xl_perf.service import publishing
from xl_perf.text.reader import read_text

NAMES = {
    "lines": "\n".join(f"第{number}行" for number in range(120)),
    "long": "长" * 900,
    "control": "一\x00二\x0b三\x1f四\ud800五",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_any_name_is_published(tmp_path: Path, name: str) -> None:
    out = tmp_path / "文本.docx"
    projects = builders.project(name=name, purpose=name), builders.project(name="另一个")
    publishing.publish(str(out), builders.department(*projects, name=name), load())
    assert len(read_text(out, str(out)).department.projects) == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_any_name_is_printed(soffice: Office, tmp_path: Path, name: str) -> None:
    out = tmp_path / "文本.pdf"
    publishing.publish(str(out), builders.department(builders.project(name=name)), load())
    assert out.stat().st_size > 0
