"""Run in a copy of the package whose form has one field more: prints what shows up where, as JSON."""

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from tests.departments import values, whole, written
from xl_perf.cli.main import main
from xl_perf.core.making import draft
from xl_perf.saved.workbook import read_book


def run(*arguments: str | Path) -> str:
    """What the command prints."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with contextlib.redirect_stdout(printed):
        main([*map(str, arguments)])
    assert isinstance(printed.buffer, io.BytesIO)
    return printed.buffer.getvalue().decode("utf-8")


def checked(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check", path, "--json"))
    return found


def sources(path: Path) -> list[dict[str, str | None]]:
    return [one["sources"] for one in checked(path)["books"][0]["projects"]]


def labels(path: Path, word: str) -> list[str]:
    return sorted({sheet for (sheet, _, _), typed in values(read_book(path)).items() if typed == word})


def main_of_trial(folder: Path, word: str) -> dict[str, object]:
    department = draft.department(
        name="甲局",
        year=2024,
        projects=[
            whole(budget="10", fiscal="6", carried_over="3", other="1"),
            whole(name="绿化", code="130200002", budget="10", fiscal="6", carried_over="3"),
        ],
    )
    book = written(department, folder)
    text, again, blank = folder / "文本.docx", folder / "再来.xlsx", folder / "空白.xlsx"
    run("publish", book, "-o", text)
    run("new", again, "--from", text, "--year", "2024")
    run("template", blank)
    found = checked(book)
    return {
        "reader": sources(book),
        "findings": [
            (one["code"], one["cell"]) for one in found["books"][0]["findings"] if one["code"] in {"B303", "S102"}
        ],
        "totals": found["totals"],
        "template": labels(blank, word),
        "form": labels(book, word),
        "word and back": sources(again),
    }


if __name__ == "__main__":
    print(json.dumps(main_of_trial(Path(sys.argv[1]), sys.argv[2])))
