"""docs/收件.md: its tables are those of the record, its queries run."""

import re
import sqlite3
from pathlib import Path

from tests.command_line import ROOT
from xl_perf.submission.store import Store

PAGE = (ROOT / "docs" / "收件.md").read_text("utf-8")


def described() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    table = ""
    for line in PAGE[PAGE.index("| 表 | 栏 |") :].splitlines()[2:]:
        first, columns, _ = (cell.strip() for cell in line.strip("|").split("|"))
        table = first.strip("`") or table
        found.setdefault(table, set()).update(re.findall(r"`(\w+)`", columns))
    return found


def test_tables_and_queries(tmp_path: Path) -> None:
    with Store(tmp_path, create=True):
        pass
    connection = sqlite3.connect(tmp_path / "收件.sqlite")
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    there = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in names}
    assert described() == there
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    queries = [one for one in block.split(";") if one.strip()]
    assert len(queries) == 2
    for query in queries:
        assert connection.execute(query).fetchall() == []
    connection.close()
