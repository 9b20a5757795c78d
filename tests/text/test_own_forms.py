"""The Word text of forms on an office's own sheet reads back as what it was written of."""

from pathlib import Path

import docx
import pytest

from tests.own_guides import learned
from tests.written.test_own_forms import FORMS, WRITTEN, profile_of, said
from xl_perf.core.making.merging import merge
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book
from xl_perf.text.reader import read_text
from xl_perf.text.word_out import write_text


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_projects_survive_the_text(path: Path, tmp_path: Path) -> None:
    kind = learned(path)
    before = read_department(read_book(path, path.name), (kind,))
    out = tmp_path / "text.docx"
    write_text(out, merge([before]), profile_of(kind))
    after = read_text(out, out.name, (kind,)).department
    assert [said(one) for one in after.projects] == [said(one) for one in before.projects]


def test_the_table_is_that_of_the_office(tmp_path: Path) -> None:
    """Its title, its labels in their merged cells, and what it prints below the table."""
    path = FORMS / "c10-shaanxi-2020.xlsx"
    kind = learned(path)
    out = tmp_path / "text.docx"
    write_text(out, merge([read_department(read_book(path, path.name), (kind,))]), profile_of(kind))
    document = docx.Document(str(out))
    assert "省级部门预算归类项目绩效目标表" in [paragraph.text for paragraph in document.paragraphs]
    tables = [table for table in document.tables if "省级主管部门" in {cell.text for cell in table._cells}]
    assert len(tables) == 2
    first = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert first[0] == ["项目名称"] * 3 + ["干部培训"] * 2
    below = [table for table in document.tables if any("备注" in cell.text for cell in table.rows[-1].cells)]
    assert len(below) == 2
