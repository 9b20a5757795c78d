"""The Open XML SDK's validator has nothing to say about any workbook that we write."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.departments import odd, states
from tests.validator import Validator
from xl_perf import profiles
from xl_perf.core.figures.totals import Totals
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.files.inputs import find_books
from xl_perf.service import checking, consolidating, exporting, reporting
from xl_perf.written.template import write_department

WORKBOOKS = Path(__file__).resolve().parents[2] / "workbooks"
HEBEI = profiles.load("hebei-2023")


def test_the_validator_sees_errors(validator: Validator, tmp_path: Path) -> None:
    """A workbook is not clean because nobody looks."""
    from tests.departments import parts
    from tests.workbooks import zipped

    content = parts(WORKBOOKS / "example-2023.xlsx")
    sheet = content["xl/worksheets/sheet1.xml"]
    content["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData>", b'<sheetData><row r="x"/>', 1)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(zipped(content))
    assert any("/xl/worksheets/sheet1.xml" in error for error in validator.errors(broken))


@pytest.mark.parametrize("path", sorted(WORKBOOKS.glob("*.xl*")), ids=lambda path: path.name)
def test_committed_workbooks(validator: Validator, path: Path) -> None:
    assert validator.errors(path) == []


@pytest.mark.slow
@pytest.mark.parametrize("macros", [False, True], ids=["xlsx", "xlsm"])
@pytest.mark.parametrize("make", [draft.department, odd, states], ids=["empty", "odd", "states"])
def test_departments(validator: Validator, make: Callable[[], Department], macros: bool, tmp_path: Path) -> None:
    target = tmp_path / ("部门.xlsm" if macros else "部门.xlsx")
    write_department(target, make(), HEBEI, macros=macros)
    assert validator.errors(target) == []


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with workbooks of all kinds, one of them damaged."""
    folder = tmp_path / "收件"
    folder.mkdir()
    shutil.copy(WORKBOOKS / "example-2023.xlsx", folder)
    for name, make in (("怪", odd), ("各种状态", states)):
        write_department(folder / f"{name}.xlsx", make(), HEBEI)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    return folder


@pytest.mark.parametrize("name", ["example-2023.xlsx", "怪.xlsx", "各种状态.xlsx", ""])
def test_summaries_and_reports(validator: Validator, inputs: Path, name: str, tmp_path: Path) -> None:
    """部门汇总 of one workbook, the combined summary of many, and the report on either."""
    found = find_books([str(inputs / name)])
    results = list(checking.examine_all(found, HEBEI, 1))
    summary, report = tmp_path / "汇总.xlsx", tmp_path / "报告.xlsx"
    assert consolidating.consolidate(str(summary), found, HEBEI, iter(results))
    reporting.write_report(str(report), iter(results))
    assert validator.errors(summary) == []
    assert validator.errors(report) == []


@pytest.mark.parametrize("name", ["example-2023.xlsx", "template.xlsm"])
def test_marked_copies(validator: Validator, name: str, tmp_path: Path) -> None:
    """Notes on every sheet of the example; in the template beside its buttons."""
    from tests.samples import finding
    from tests.written.test_marked_copy import example_findings, with_everything
    from xl_perf.written.marked_copy import marked

    findings = example_findings() if name.startswith("example") else [finding(), finding(sheet="首页")]
    copy = tmp_path / name
    copy.write_bytes(marked((WORKBOOKS / name).read_bytes(), findings, name))
    assert validator.errors(copy) == []
    copy.write_bytes(marked(with_everything(tmp_path / "本.xlsx"), [finding(), finding(row=5)], name))
    assert validator.errors(copy) == []


def test_exported_tables(validator: Validator, inputs: Path, tmp_path: Path) -> None:
    found = find_books([str(inputs)])
    target = exporting.target(str(tmp_path / "数据.xlsx"), None, found)
    results = checking.examine_all(found, HEBEI, 1, checking.Wanted(projects=True))
    written = exporting.export(target, found, results, Totals)
    assert validator.errors(written.path) == []
