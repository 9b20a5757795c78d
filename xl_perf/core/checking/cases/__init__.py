"""Case files: the rules' examples. They are what the tests run, and what ``xl-perf rules CODE`` shows."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent


def examples_of(code: str) -> str:
    """A rule's examples as they stand in its case file, without the title; empty for a rule that has none."""
    path = FOLDER / f"{code}.md"
    if not path.is_file():
        return ""
    _, _, examples = path.read_text("utf-8").partition("\n## ")
    return f"## {examples}".strip()
