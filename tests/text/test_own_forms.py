"""The Word text of forms on an office's own sheet reads back as what it was written of."""

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tests.own_guides import learned
from tests.own_office import kind_with_sheet, office
from tests.written.test_own_forms import FORMS, WRITTEN, profile_of, said
from xl_perf.core.forms.learned import learned_kind
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
    own = [replace(one, own_lines=()) for one in before.projects]  # printed below the table, not read
    assert [said(one) for one in after.projects] == [said(one) for one in own]


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
    below = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "表下"]
    assert below == ["备注：1.绩效指标可选择填写。2.根据需要可往下续表。"] * len(tables)
    assert not any("备注" in cell.text for table in document.tables for cell in table._cells)


# --- what stands above and below the frame ---------------------------------------------------------------------------


def own_text(tmp_path: Path, plain: Collection[int] | None = None, times: int = 1) -> Path:
    """The text of the case with its indicators so many times; an office's sheet has lines but in ``plain`` rows."""
    path = FORMS / "c10-shaanxi-2020.xlsx"
    source = "" if plain is None else str(office(tmp_path / "office.xlsx", lambda *_: None, plain))
    kind = kind_with_sheet(learned(path, source), "表")
    department = merge([read_department(read_book(path, path.name), (kind,))])
    projects = [replace(one, indicators=one.indicators * times) for one in department.projects[:1]]
    out = tmp_path / "text.docx"
    write_text(out, replace(department, projects=tuple(projects)), profile_of(kind))
    again = read_text(out, out.name, (kind,)).department.projects
    assert [len(one.indicators) for one in again] == [len(one.indicators) for one in projects]
    return out


def printed(out: Path) -> list[tuple[str, str]]:
    """Style and text of every paragraph of the form's page."""
    found = [(one.style.name or "", one.text) for one in docx.Document(str(out)).paragraphs if one.style and one.text]
    return found[next(at for at, (name, _) in enumerate(found) if name == "表名") :]


@pytest.mark.parametrize("plain", [None, (0, 1, 16)], ids=["no looks", "looks"])
def test_the_title_stands_once_and_the_notes_below(plain: Collection[int] | None, tmp_path: Path) -> None:
    said = printed(own_text(tmp_path, plain))
    assert [text for _, text in said] == [
        "省级部门预算归类项目绩效目标表",
        "（2020年度）",
        "备注：1.绩效指标可选择填写。2.根据需要可往下续表。",
    ]
    assert (said[0][0], said[-1][0]) == ("表名", "表下")


def test_what_the_office_drew_lines_around_stays_in_the_frame(tmp_path: Path) -> None:
    """Its note is a row of the table, and so is the year; the title never is."""
    out = own_text(tmp_path, ())
    assert printed(out) == [("表名", "省级部门预算归类项目绩效目标表")]
    tables = docx.Document(str(out)).tables
    assert tables[-2].rows[0].cells[0].text == "（2020年度）"
    assert tables[-1].rows[-1].cells[0].text.startswith("备注")


def test_a_title_that_does_not_read_like_one_is_printed_once(tmp_path: Path) -> None:
    """The only text of the first row, as broad as the form; 报送科室： below it stands at the left, as it did."""
    kind = learned(FORMS / "c10-shaanxi-2020.xlsx")
    assert kind.learned is not None
    own = kind.own_sheet
    assert own is not None
    texts = (("明年要干的事（一事一表）", *own.texts[0][1:]), ("报送科室：", *own.texts[1][1:]), *own.texts[2:])
    sheet = own._replace(title=None, year=None, texts=texts)
    kind = learned_kind(kind.learned._replace(sheet=sheet))
    path = FORMS / "c10-shaanxi-2020.xlsx"
    department = merge([read_department(read_book(path, path.name), (kind,))])
    out = tmp_path / "text.docx"
    write_text(out, replace(department, projects=department.projects[:1]), profile_of(kind))
    assert [text for _, text in printed(out)] == ["明年要干的事（一事一表）", "报送科室：", sheet.texts[-1][0]]


def test_the_number_of_an_attachment_is_no_line_of_the_text(tmp_path: Path) -> None:
    """附件2 above the title says where the blank form was published."""
    path = FORMS / "c19-region-2023.xlsx"
    kind = learned(path)
    assert kind.own_sheet is not None
    assert kind.own_sheet.texts[0][0] == "附件2"
    out = tmp_path / "text.docx"
    write_text(out, merge([read_department(read_book(path, path.name), (kind,))]), profile_of(kind))
    assert "附件2" not in {text for _, text in printed(out)}


def rows_of(out: Path) -> list[float]:
    """The heights of the rows of the form's tables, in points."""
    tables = docx.Document(str(out)).tables[1:]
    return [float(row.height.pt) for table in tables for row in table.rows if row.height]


def test_a_form_stays_on_its_page_where_lower_rows_help(tmp_path: Path) -> None:
    """Rows are lower than usual only then; what cannot fit is as usual."""
    usual, more, many = (rows_of(own_text(tmp_path, None, times)) for times in (1, 2, 6))
    assert min(usual) == 30
    assert 18.5 < min(more) < 30
    assert sum(more) < 560
    assert min(many) == 30


def test_a_label_beside_the_table_goes_on_without_a_line(tmp_path: Path) -> None:
    """On a further page 绩效指标 stands below the header's blank cell, as on the first."""
    table = docx.Document(str(own_text(tmp_path, None, 6))).tables[-1]
    labels = [row.cells[0]._tc for row in table.rows]
    again = [one for one in labels if one.tcPr is not None and "tcBorders" in one.tcPr.xml and one.vMerge == "restart"]
    opened = [set(re.findall("<w:(top|bottom) w:val=.nil", str(one.tcPr.xml))) for one in again if one.tcPr is not None]
    assert opened.count({"top"}) >= 2
