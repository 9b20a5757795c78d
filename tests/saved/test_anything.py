"""Whatever bytes a file holds: a Book or a BookError comes out of it, and quickly."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import workbooks as made
from tests.office import Office
from tests.workbooks import ODS, PLAIN, XLS, XLSB, saved, zipped
from xl_perf.core.cells.grid import Book
from xl_perf.core.errors import BookError
from xl_perf.files import guard
from xl_perf.files.guard import WORKBOOK_SUFFIXES
from xl_perf.saved.workbook import read_book

KINDS = {"not-a-workbook", "wrong-extension", "encrypted", "damaged", "empty-file", "unreadable"}
SEEDS = {".xlsx": PLAIN, ".xlsm": PLAIN, ".et": XLS, ".xls": XLS, ".xlsb": XLSB, ".ods": ODS}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("anything")


def survives(path: Path) -> None:
    began = time.perf_counter()
    result: Book | BookError
    try:
        result = read_book(path)
    except BookError as error:
        result = error
    assert isinstance(result, Book) or result.kind in KINDS
    assert time.perf_counter() - began < 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([b"", guard.ZIP_START, guard.COMPOUND_START, b"PK\x05\x06"]),
    rest=st.binary(max_size=3000),
    suffix=st.sampled_from(sorted(WORKBOOK_SUFFIXES)),
)
def test_random_bytes(place: Path, start: bytes, rest: bytes, suffix: str) -> None:
    survives(saved(place / f"r{suffix}", start + rest))


@given(suffix=st.sampled_from(sorted(SEEDS)), share=st.floats(0, 1))
def test_truncated(place: Path, suffix: str, share: float) -> None:
    data = SEEDS[suffix]
    survives(saved(place / f"t{suffix}", data[: int(len(data) * share)]))


@pytest.mark.parametrize("xml", ["<a/>", "<worksheet/>", "<chart>预算数</chart>"])
def test_a_worksheet_without_cells_to_hold_is_damaged(place: Path, xml: str) -> None:
    """Excel calls it damaged; taken for a blank sheet, its money would be missing without a word."""
    with pytest.raises(BookError) as caught:
        read_book(saved(place / "w.xlsx", made.ooxml(made.sheet(made.row(1, made.cell("A1"))), xml)))
    assert caught.value.kind == "damaged"


def flipped(data: bytes, bits: list[float]) -> bytes:
    changed = bytearray(data)
    for at in bits:
        bit = int(at * len(data) * 8) % (len(data) * 8)
        changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


BITS = st.lists(st.floats(0, 1), min_size=1, max_size=4)


@given(suffix=st.sampled_from(sorted(SEEDS)), bits=BITS)
def test_flipped_bits(place: Path, suffix: str, bits: list[float]) -> None:
    survives(saved(place / f"f{suffix}", flipped(SEEDS[suffix], bits)))


@given(data=st.data(), bits=BITS)
def test_flipped_bits_under_right_checksums(place: Path, data: st.DataObject, bits: list[float]) -> None:
    """Damage that no checksum shows, as a hostile sender would do it."""
    suffix, seed = data.draw(st.sampled_from([(".xlsx", PLAIN), (".xlsb", XLSB), (".ods", ODS)]))
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts: made.Parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    assert isinstance(part, bytes)
    survives(saved(place / f"c{suffix}", zipped(parts | {name: flipped(part, bits)})))


READING = Path(__file__).parents[1] / "fixtures" / "reading"


@given(
    name=st.sampled_from(["formats.xls", "formats.ods", "formats.xlsx", "velvet-rc4.xls", "xls-codepage936.xls"]),
    bits=BITS,
)
def test_flipped_bits_in_what_other_programs_save(place: Path, name: str, bits: list[float]) -> None:
    survives(saved(place / f"o{Path(name).suffix}", flipped((READING / name).read_bytes(), bits)))


@pytest.fixture
def department(tmp_path: Path) -> Path:
    workbook = xlsxwriter.Workbook(tmp_path / "d.xlsx")
    form = workbook.add_worksheet("项目")
    form.merge_range("A1:C1", "项目绩效目标表")
    for number in range(40):
        form.write_row(number + 1, 0, [f"指标{number}", number / 7, None, True])
        form.write_formula(number + 1, 5, f"=B{number + 2}*2", None, number * 2 / 7)
    workbook.close()
    return tmp_path / "d.xlsx"


def test_flipped_bits_in_what_libreoffice_saves(department: Path, soffice: Office, tmp_path: Path) -> None:
    """Real .xls files are larger than any seed above: damage of every record that LibreOffice writes."""
    data = soffice.convert(department, "xls", tmp_path / "out").read_bytes()
    chance = random.Random(2023)
    for _ in range(300):
        survives(saved(tmp_path / "f.xls", flipped(data, [chance.random() for _ in range(3)])))
