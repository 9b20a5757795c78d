"""Builds the example in the middle and at the end of its year: with 监控-6月, then with 自评 too.

What people would fill in stands in tools/example-2023-year.toml; scores, lights and totals are computed.
"""

import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from tools.build_example import TOOLS, example
from xl_perf import profiles
from xl_perf.core.making.report_draft import Cell, DraftRow, ReportDraft
from xl_perf.core.making.reports import TICK, evaluation_draft, monitoring_draft
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import EVALUATION_SHEET, monitoring_sheet
from xl_perf.saved.workbook import read_book
from xl_perf.written.report_sheets import write_reports
from xl_perf.written.styles import Styles
from xl_perf.written.template import write_department

FACTS: Final = TOOLS / "example-2023-year.toml"
FOLDER: Final = TOOLS.parent / "docs" / "examples"
MONTH: Final = 6
MID_YEAR: Final = FOLDER / "example-2023-06.xlsx"
YEAR_END: Final = FOLDER / "example-2023-12.xlsx"


def mid_year() -> Department:
    """The example with its monitoring of June."""
    return _with_reports(example(), with_evaluation=False)


def year_end() -> Department:
    """The example with its monitoring of June and its self-evaluation."""
    return _with_reports(example(), with_evaluation=True)


def _with_reports(department: Department, *, with_evaluation: bool) -> Department:
    """The reports are written as people fill them in, and read from there."""
    facts = tomllib.loads(FACTS.read_text("utf-8"))
    profile = profiles.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.xlsx"
        workbook = Workbook(str(path))
        styles = Styles(workbook)
        monitored = _monitored(department, facts["monitoring"], profile)
        write_reports(workbook.add_worksheet(monitoring_sheet(MONTH)), styles, list(monitored), profile)
        if with_evaluation:
            evaluated = _evaluated(department, facts["evaluation"], profile)
            write_reports(workbook.add_worksheet(EVALUATION_SHEET), styles, list(evaluated), profile)
        workbook.close()
        read = read_department(read_book(path))
    return replace(department, monitoring=read.monitoring, evaluations=read.evaluations)


def _monitored(department: Department, facts: list[dict[str, Any]], profile: Profile) -> Iterable[ReportDraft]:
    name = department.name or ""
    for project, said in zip(department.projects, facts, strict=True):
        draft = monitoring_draft(project, MONTH, department.year, name, None, profile)
        rows = []
        for at, row in enumerate(draft.rows):
            values: dict[str, Cell] = {**row.values, "reached": said["reached"][at] or None}
            late = said.get("late", {}).get(str(at))
            if late is None:
                values |= {"expected": row.values["target"], "certain": TICK}
            else:
                reason, explanation, expected = late
                values |= {reason: TICK, "explanation": explanation, "expected": expected, "possible": TICK}
            if at in said.get("cumulative", ()):
                values["nature"] = "累计"
            rows.append(DraftRow(values))
        funds = {"outturn": Decimal(said["outturn"]), "expected_outturn": Decimal(said["expected_outturn"])}
        fields = {**draft.fields, "rectify": said.get("rectify")}
        yield _with_money(draft._replace(rows=tuple(rows), fields=fields), funds)


def _evaluated(department: Department, facts: list[dict[str, Any]], profile: Profile) -> Iterable[ReportDraft]:
    name = department.name or ""
    for project, said in zip(department.projects, facts, strict=True):
        draft = evaluation_draft(project, department.year, name, None, profile)
        rows = []
        for at, row in enumerate(draft.rows):
            values: dict[str, Cell] = {**row.values, "actual": said["actual"][at]}
            if (score := said["scores"].get(str(at))) is not None:
                values["score"] = Decimal(score)
            values["reason"] = said.get("reasons", {}).get(str(at))
            rows.append(DraftRow(values))
        fields = {**draft.fields, "goal_done": said["goal_done"]}
        made = draft._replace(rows=tuple(rows), fields=fields)
        yield _with_money(made, {"adjusted_budget": project.budget.value, "outturn": Decimal(said["outturn"])})


def _with_money(draft: ReportDraft, amounts: Mapping[str, Decimal | None]) -> ReportDraft:
    """All money of the example comes from the treasury."""
    funds = [fund._replace(values={**fund.values, **amounts}) if fund.key == "fiscal" else fund for fund in draft.funds]
    return draft._replace(funds=tuple(funds))


def main() -> int:
    """Writes both beside the example."""
    for target, made in ((MID_YEAR, mid_year()), (YEAR_END, year_end())):
        write_department(target, made, profiles.load())
        print(f"已生成 {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
