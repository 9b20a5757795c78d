"""Small files that mean more text than fits in memory."""

import time
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import ods_text, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.errors import BookError
from xl_perf.saved import flood, ods
from xl_perf.saved.workbook import read_book

LONG = "长" * 30_000


def with_strings(cells: int, *strings: str, index: int = 0) -> made.Parts:
    texts = "".join(f"<si><t>{text}</t></si>" for text in strings)
    parts = ooxml_parts(sheet(*(row(n, f'<c r="A{n}" t="s"><v>{index}</v></c>') for n in range(1, cells + 1))))
    parts["xl/sharedStrings.xml"] = f"<sst>{texts}</sst>"
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    return parts | {"xl/_rels/workbook.xml.rels": made.relations(*links)}


def test_a_long_text_in_many_cells(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="重复得太多") as caught:
        read_book(saved(tmp_path / "a.xlsx", zipped(with_strings(20_000, LONG))))
    assert caught.value.kind == "unreadable"


def test_a_long_text_that_few_cells_show(tmp_path: Path) -> None:
    data = zipped(with_strings(20_000, LONG, "短", index=1))
    assert read_book(saved(tmp_path / "a.xlsx", data)).grids[0].rows[-1] == ["短"]


def test_long_texts_are_found_wherever_they_stand() -> None:
    assert flood.has_text_of(b"<si><t>" + b"x" * 50 + b"</t></si>", 50)
    assert not flood.has_text_of(b"<si><t>" + b"x" * 50 + b"</t></si>", 53)
    assert not flood.has_text_of(b"<a>" * 100, 10)
    assert not flood.has_text_of(b"", 10)


def test_repeated_cells_of_ods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = ods_text("长" * 1_000, 'table:number-columns-repeated="100"')
    rows = f'<table:table-row table:number-rows-repeated="100">{cell}</table:table-row>'
    path = saved(tmp_path / "a.ods", zipped(made.ods_parts(rows)))
    assert len(read_book(path).grids[0].rows) == 100
    monkeypatch.setattr(ods, "MOST", 30_000_000)
    with pytest.raises(BookError, match="重复得太多"):
        read_book(path)


def test_a_cell_reference_without_end(tmp_path: Path) -> None:
    began = time.perf_counter()
    xml = sheet(row(1, f'<c r="{"A" * 200_000}1"><v>1</v></c>'))
    with pytest.raises(BookError, match="已损坏"):
        read_book(saved(tmp_path / "a.xlsx", made.ooxml(xml)))
    assert time.perf_counter() - began < 1


def test_long_texts_among_the_properties(tmp_path: Path) -> None:
    """They were joined piece by piece."""
    began = time.perf_counter()
    text = "&#10;x" * 300_000
    custom = f'<Properties><property name="xl-perf"><lpwstr>{text}</lpwstr></property></Properties>'
    parts = ooxml_parts(sheet(row(1, "<c><v>1</v></c>"))) | {"docProps/custom.xml": custom}
    assert read_book(saved(tmp_path / "a.xlsx", zipped(parts))).grids[0].rows == [[1.0]]
    assert time.perf_counter() - began < 3


def test_properties_in_another_encoding(tmp_path: Path) -> None:
    custom = (
        '<?xml version="1.0" encoding="GBK"?><Properties><property name="xl-perf"><a>部门</a></property></Properties>'
    )
    parts = ooxml_parts(sheet()) | {"docProps/custom.xml": custom.encode("gbk")}
    assert read_book(saved(tmp_path / "a.xlsx", zipped(parts))).kind == "部门"
