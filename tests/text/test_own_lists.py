"""Lists of an office's own in a text: a table for each project, which is read again."""

from pathlib import Path

import pytest

from tests.own_guides import learned
from tests.written.test_own_forms import profile_of, said
from tests.written.test_own_lists import ALL, department_in
from xl_perf.core.making.merging import merge
from xl_perf.text.reader import read_text
from xl_perf.text.word_out import write_text


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_projects_survive_being_published(path: Path, tmp_path: Path) -> None:
    """Header and rows of each project are read as they were; no title stands without its table."""
    kind = learned(path)
    before = department_in(path, kind)
    out = tmp_path / "text.docx"
    write_text(out, merge([before]), profile_of(kind))
    read = read_text(out, out.name, (kind,))
    after = read.department.projects
    assert [said(one) for one in after] == [said(one) for one in before.projects]
    assert not read.warnings
