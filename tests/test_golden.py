"""What people and programs get, as a whole: a change here is meant, and named where it was made.

`XL_PERF_GOLDEN=write python -m pytest tests/test_golden.py` writes the files of tests/golden anew.
"""

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from xl_perf.cli import main as cli
from xl_perf.core.workbook.row_marks import MARKS_SHEET

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[1]
EXAMPLE = "workbooks/example-2023.xlsx"


def sheets_of(path: Path) -> Iterator[str]:
    """Every cell, merged area, drop-down, conditional format and name of a workbook, a line each."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in formulas:
        yield f"== {sheet.title} {sheet.sheet_state} {sheet.print_area}"
        if sheet.title == MARKS_SHEET:
            continue  # checksums of what the other sheets hold
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is not None:
                    stored = values[sheet.title][cell.coordinate].value
                    result = f" -> {stored!r}" if cell.data_type == "f" else ""
                    yield f"{cell.coordinate} {cell.value!r}{result} [{cell.number_format}]"
        yield from sorted(f"merged {area}" for area in sheet.merged_cells.ranges)
        yield from (
            f"valid {rule.sqref} {rule.type} {rule.formula1} {rule.prompt!r} {rule.error!r}"
            for rule in sheet.data_validations.dataValidation
        )
        for ranges in sheet.conditional_formatting:
            yield from (f"format {ranges.sqref} {rule.type} {rule.formula}" for rule in ranges.rules)
        yield from sorted(f"name {name} {one.attr_text}" for name, one in sheet.defined_names.items())
        yield f"heights {[round(line.height, 1) for _, line in sorted(sheet.row_dimensions.items()) if line.height]}"
    yield from sorted(f"name {name} {one.attr_text}" for name, one in formulas.defined_names.items())


def text_of(path: Path) -> Iterator[str]:
    """Every paragraph and every row of a Word text."""
    document = Document(str(path))
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield f"{block.style.name if block.style else ''}: {block.text}"
        elif isinstance(block, Table):
            for row in block.rows:
                yield "| " + " | ".join(cell.text.replace("\n", "/") for cell in row.cells)


def golden(name: str, lines: Iterable[str]) -> None:
    found = "\n".join(lines) + "\n"
    path = GOLDEN / name
    if os.environ.get("XL_PERF_GOLDEN") == "write":
        path.write_text(found, "utf-8")
    assert found.splitlines() == path.read_text("utf-8").splitlines()


Printed = Callable[..., list[str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Runs a command in the checkout, and gives the lines that it prints."""
    monkeypatch.chdir(ROOT)

    def runner(*arguments: object) -> list[str]:
        cli.main([str(one) for one in arguments])
        return capsys.readouterr().out.splitlines()

    return runner


def test_json(run: Printed) -> None:
    document = json.loads("\n".join(run("check", EXAMPLE, "--json")))
    golden("check.json", json.dumps(document, ensure_ascii=False, indent=1).splitlines())


def test_terminal(run: Printed) -> None:
    golden("check.txt", run("check", EXAMPLE))


def edited(path: Path) -> Path:
    """The example as people change it: names, amounts, indicators, a form that is gone, sheets in another order."""
    book = openpyxl.load_workbook(ROOT / EXAMPLE)
    book["01"]["E2"] = "城市道路养护（二期）"
    book["02"]["C3"] = book["02"]["E3"] = 100.5
    del book["03"]
    book["04"]["F10"] = "≥88%"
    book["04"]["C7"] = "完善城市设施，改善周边环境，并于年底前完成验收。"
    book["05"]["B6"], book["05"]["C6"] = 0.3, "看情况"
    book["06"]["C3"] = "一百万"
    book.move_sheet("08", -4)
    book.save(path)
    return path


def test_diff(run: Printed, tmp_path: Path) -> None:
    """On the terminal, as JSON, as a workbook."""
    old, new, out = tmp_path / "一稿.xlsx", tmp_path / "二稿.xlsx", tmp_path / "变动表.xlsx"
    shutil.copy(ROOT / EXAMPLE, old)
    edited(new)
    ran = run("diff", str(old), str(new), "-o", str(out))
    golden("diff.txt", (line.replace(f"{tmp_path}/", "").rstrip() for line in ran))
    golden("changes.txt", (line.replace(f"{tmp_path}/", "") for line in sheets_of(out)))
    document = json.loads("\n".join(run("diff", str(old), str(new), "--json")))
    text = json.dumps(document, ensure_ascii=False, indent=1).replace(f"{tmp_path}/", "")
    golden("diff.json", (line for line in text.splitlines() if '"sha256"' not in line))


def test_rules(run: Printed) -> None:
    golden("rules.txt", run("rules"))


def test_summary(run: Printed, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    ran = run("consolidate", EXAMPLE, "-o", str(out))
    golden("consolidate.txt", (line.replace(str(tmp_path), "") for line in ran))
    golden("summary.txt", (line.replace(str(ROOT), "") for line in sheets_of(out)))


def test_template(run: Printed, tmp_path: Path) -> None:
    out = tmp_path / "模板.xlsx"
    run("template", str(out))
    golden("template.txt", sheets_of(out))


def test_template_with_macros() -> None:
    """The shipped one; of its parts that no library reads, those that hold text."""
    with zipfile.ZipFile(ROOT / "workbooks" / "template.xlsm") as archive:
        parts = sorted(archive.namelist())
        ribbon = next(name for name in parts if "customUI" in name and name.endswith(".xml"))
        lines = [*parts, *archive.read(ribbon).decode().replace("><", ">\n<").splitlines()]
    golden("template-macros.txt", lines)


def test_text(run: Printed, tmp_path: Path) -> None:
    out = tmp_path / "文本.docx"
    run("publish", EXAMPLE, "-o", str(out))
    golden("text.txt", text_of(out))


def test_new_from_the_text(run: Printed, tmp_path: Path) -> None:
    """A workbook that was published and taken in again."""
    text, out = tmp_path / "文本.docx", tmp_path / "部门.xlsx"
    run("publish", EXAMPLE, "-o", str(text))
    ran = run("new", str(out), "--from", str(text))
    golden("new.txt", (line.replace(str(tmp_path), "") for line in ran))
    golden("workbook.txt", sheets_of(out))
