"""What a workbook says about itself."""

import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.workbooks import ooxml, rewritten, saved
from xl_perf.core.errors import BookError
from xl_perf.core.workbook.sheets import TEMPLATE_VERSION
from xl_perf.service.origin import Origin, origin_of

WORKBOOKS = Path(__file__).parents[2] / "workbooks"


def test_template_and_example() -> None:
    """The template with its module; the example without macros."""
    template = Origin("department", TEMPLATE_VERSION, True, version("xlwings"))
    assert origin_of(WORKBOOKS / "template.xlsm") == template
    assert origin_of(WORKBOOKS / "xl_perf.xlam").xlwings == version("xlwings")
    assert origin_of(WORKBOOKS / "example-2023.xlsx") == Origin("department", TEMPLATE_VERSION)


def test_fingerprint_nothing(tmp_path: Path) -> None:
    """A plain workbook, the old binary format, a VBA project that is none."""
    assert origin_of(saved(tmp_path / "a.xlsx", ooxml("<sheetData/>"))) == Origin()
    assert origin_of(saved(tmp_path / "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))) == Origin()
    template = Path(shutil.copy(WORKBOOKS / "template.xlsm", tmp_path))
    broken = origin_of(rewritten(template, {"xl/vbaProject.bin": b"none"}))
    assert (broken.has_macros, broken.xlwings) == (True, "")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(None, "missing"), (b"", "empty-file"), (b"abc", "not-a-workbook"), (b"PK\x03\x04", "damaged")],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes | None, kind: str) -> None:
    """Said as everywhere else."""
    path = tmp_path / "a.xlsm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BookError) as caught:
        origin_of(path)
    assert caught.value.kind == kind
