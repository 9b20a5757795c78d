"""A packed workbook that a program saved anew without a change is the same; what was changed is named by its cell."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests import departments
from tests.builders import write
from tests.exceljs import ExcelJs
from tests.office import Office
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.reading import read_department
from xl_perf.core.submitting.manifest import Manifest
from xl_perf.core.submitting.manifest_sheet import read_manifest
from xl_perf.core.submitting.verifying import Verified, verify
from xl_perf.saved.workbook import read_book
from xl_perf.submission.pack import Wish, packed, read_source

ROOT = Path(__file__).parents[2]
SOURCES = ("workbooks/example-2023.xlsx", "tests/fixtures/forms/c10-shaanxi-2020.xlsx")
"""Of two kinds of form."""


def pack(source: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    target = folder / "报.xlsx"
    target.write_bytes(packed(read_source(source, source.name), None, Wish(reason="试")).workbook.content)
    return target


def verified(path: Path) -> Verified:
    book = read_book(path)
    manifest = read_manifest(book)
    assert isinstance(manifest, Manifest)
    department = read_department(book)
    totals = totals_of_department(department).amounts
    assert manifest.totals == {key: plain(value) for key, value in totals.items()}
    return verify(department, manifest)


def by_openpyxl(source: Path, target: Path) -> Path:
    openpyxl.load_workbook(source).save(target)
    return target


@pytest.mark.parametrize("name", SOURCES)
def test_python_and_javascript(name: str, tmp_path: Path, exceljs: ExcelJs) -> None:
    path = pack(ROOT / name, tmp_path)
    again = by_openpyxl(path, tmp_path / "又.xlsx")
    for saved in (
        again,
        exceljs.save_again(path, tmp_path / "再.xlsx"),
    ):
        assert verified(saved) == Verified(is_same=True, is_whole=True), saved


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_libreoffice(name: str, tmp_path: Path, soffice: Office) -> None:
    path = pack(ROOT / name, tmp_path)
    xlsx = soffice.convert(path, "xlsx", tmp_path / "一")
    ods = soffice.convert(path, "ods", tmp_path / "一")
    old = soffice.convert(path, "xls", tmp_path / "一")
    for saved in (xlsx, ods, old, soffice.convert(ods, "xlsx", tmp_path / "二")):
        assert verified(saved) == Verified(is_same=True, is_whole=True), saved


@pytest.mark.slow
def test_odd_contents(tmp_path: Path, soffice: Office) -> None:
    """Everything that has ever been lost on the way into a workbook and back."""
    path = pack(write(tmp_path / "怪.xlsx", departments.odd()), tmp_path / "出")
    ods = soffice.convert(path, "ods", tmp_path)
    for saved in (ods, soffice.convert(ods, "xlsx", tmp_path / "二")):
        assert verified(saved).said == []


Change = Callable[[openpyxl.Workbook], None]


def other_budget(book: openpyxl.Workbook) -> None:
    book["01"]["C3"] = 162


def hidden_form(book: openpyxl.Workbook) -> None:
    book["03"].sheet_state = "hidden"


def hidden_row(book: openpyxl.Workbook) -> None:
    book["02"].row_dimensions[3].hidden = True


def no_form(book: openpyxl.Workbook) -> None:
    del book["08"]


def one_more(book: openpyxl.Workbook) -> None:
    book.create_sheet("补充")["A1"] = "另有 20 万元"


def other_unit(book: openpyxl.Workbook) -> None:
    book["01"]["B3"] = "预算数（元）"


def other_version(book: openpyxl.Workbook) -> None:
    row = next(row for row in book["报送清单"].iter_rows() if row[0].value == "版本")
    row[1].value = "9"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_budget, "打包后改过：01!C3 预算数（现为 162）"),
        (hidden_form, "打包后改过：03 "),
        (hidden_row, "打包后改过：02 "),
        (no_form, "缺了打包时的工作表：08"),
        (one_more, "多了打包时没有的工作表：补充"),
        (other_unit, "打包后改过：01!C3 预算数"),
        (other_version, "报送清单被改过，不能凭它核对"),
    ],
)
def test_what_was_changed_is_named(change: Change, said: str, tmp_path: Path) -> None:
    path = pack(ROOT / SOURCES[0], tmp_path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    read = read_book(path)
    manifest = read_manifest(read)
    assert manifest is not None
    found = verify(read_department(read), manifest)
    assert not found.is_same
    assert any(one.startswith(said) for one in found.said), found.said


def test_other_department(tmp_path: Path) -> None:
    path = pack(ROOT / SOURCES[0], tmp_path)
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book["首页"].iter_rows() for cell in row if cell.value == "高新区三女河办事处")
    cell.value = "另一个办事处"
    book.save(path)
    read = read_book(path)
    manifest = read_manifest(read)
    assert manifest is not None
    said = verify(read_department(read), manifest).said
    assert said == [f"打包后改过：首页!{cell.coordinate} 部门名称（现为 另一个办事处）"]


def test_reports_of_the_year(tmp_path: Path) -> None:
    """Saved anew by a program that calculates nothing they say the same; what was changed in them is named."""
    path = pack(ROOT / "docs/examples/example-2023-12.xlsx", tmp_path)
    assert verified(by_openpyxl(path, tmp_path / "又.xlsx")) == Verified(is_same=True, is_whole=True)
    book = openpyxl.load_workbook(path)
    book["自评"]["F12"], book["监控-6月"]["G90"] = "75人", 21
    book.save(path)
    assert [one.said.partition("（")[0] for one in verified(path).changed] == [
        "监控-6月!G90 执行数",
        "自评!F12 实际完成值",
    ]
