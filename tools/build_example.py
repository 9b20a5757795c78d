"""Builds workbooks/example-2023.xlsx from the facts in tools/example-2023.toml (`make example`)."""

import sys
import tomllib
from pathlib import Path
from typing import Any

from xl_perf import profiles
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.written.template import write_department

TOOLS = Path(__file__).resolve().parent
FACTS = TOOLS / "example-2023.toml"
EXAMPLE = TOOLS.parent / "workbooks" / "example-2023.xlsx"
INDICATOR = ("level1", "level2", "level3", "description", "target", "basis")


def example() -> Department:
    """The example department with its eight projects."""
    facts = tomllib.loads(FACTS.read_text("utf-8"))
    return draft.department(
        name=facts["department"],
        year=facts["year"],
        overall_goal=facts["overall_goal"],
        sub_goals=[draft.sub_goal(**sub) for sub in facts["sub_goals"]],
        safeguards=facts["safeguards"].items(),
        projects=[_project(project) for project in facts["projects"]],
    )


def _project(facts: dict[str, Any]) -> Project:
    rows = [dict(zip(INDICATOR, row, strict=True)) for row in facts.pop("indicators")]
    return draft.project(percents=facts.pop("plan"), indicators=rows, **facts)


def main() -> int:
    """Writes the example beside the template."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    target.parent.mkdir(parents=True, exist_ok=True)
    write_department(target, example(), profiles.load())
    print(f"已生成 {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
