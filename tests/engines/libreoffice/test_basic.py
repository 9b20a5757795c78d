"""xlwings' VBA is told from other people's, and taken out of a loaded document."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engines.libreoffice.macro_book import macro_book
from xl_perf.engines.libreoffice import office
from xl_perf.engines.libreoffice.basic import is_xlwings
from xl_perf.written.macros import source, xlwings_sources

if TYPE_CHECKING:
    import xlwings


@pytest.mark.parametrize("addin", [False, True])
@pytest.mark.parametrize("module", ["xlwings", "Dictionary"])
def test_modules_of_xlwings(module: str, addin: bool) -> None:
    text = xlwings_sources(addin=addin)[module]
    assert is_xlwings(module, text)
    assert is_xlwings("Module1", text) is (module == "xlwings")  # renamed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("XlPerf", source("XlPerf.bas")),
        ("Dictionary", "Public Sub Words()\nEnd Sub\n"),
        ("Module1", 'Sub Go()\n    RunPython "import x"\nEnd Sub\n'),
    ],
)
def test_modules_of_others(name: str, text: str) -> None:
    assert not is_xlwings(name, text)


def test_loaded_document_keeps_the_rest(office_app: "xlwings.App", tmp_path: Path) -> None:
    book = office.open_with_buttons(office_app, macro_book(tmp_path))
    try:
        library = book.api.BasicLibraries.getByName("VBAProject")
        assert set(library.getElementNames()) >= {"XlPerf", "ThisWorkbook"}
        assert not {"xlwings", "Dictionary"} & set(library.getElementNames())
        assert not book.api.isModified()
    finally:
        book.close()
