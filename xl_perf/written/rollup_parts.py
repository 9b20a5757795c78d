"""部门小计 (or 文件夹小计) beside 监控汇总 and 自评汇总: a row per department, each sum a formula over its rows."""

from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import a1
from xl_perf.core.figures.evaluation_rollup import EvaluationPart, EvaluationRollup
from xl_perf.core.figures.monitoring import Spending
from xl_perf.core.figures.monitoring_rollup import MonitoringPart, MonitoringRollup
from xl_perf.core.figures.report_lines import GroupBy
from xl_perf.core.figures.rounding import rounded
from xl_perf.sheets.cells import Content, Formula, fraction, number
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import AMOUNT, SHARE
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.put import put
from xl_perf.written.report_sheets import colour_lights
from xl_perf.written.rollup_rows import Rows, gap_formula, rate_formula
from xl_perf.written.styles import Styles

_HEIGHT: Final = 24
_AMOUNTS: Final = frozenset({"budget", "outturn", "planned", "gap_amount"})
_SHARES: Final = frozenset({"rate", "plan"})
_POINTS: Final = frozenset({"gap", "total"})


class _Parts:
    """The sheet: its columns by their keys."""

    def __init__(
        self, workbook: Workbook, styles: Styles, by: GroupBy, title: str, columns: Sequence[Column], unit: str
    ) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(f"{by.label}小计")
        self.styles, self.columns = styles, columns
        self.at = {column.key: at for at, column in enumerate(columns)}
        said = "与汇总表对应，没有计入合计的项目不在小计里"
        write_list_head(self.sheet, styles, title, said, columns, unit)

    def cell(self, row: int, key: str) -> str:
        return a1(row, self.at[key])

    def row(self, row: int, contents: Mapping[str, Content]) -> None:
        self.sheet.set_row(row, row_height([(str(contents["name"]), self.columns[0].width)], _HEIGHT))
        for at, column in enumerate(self.columns):
            look = {"align": "right"} if column.key in _AMOUNTS | _SHARES | _POINTS else {"align": "center"}
            if column.key in _AMOUNTS:
                look["num_format"] = AMOUNT
            elif column.key in _SHARES:
                look["num_format"] = SHARE
            elif column.key in _POINTS:
                look["num_format"] = "0.00"
            elif column.key == "name":
                look = {"align": "left", "num_format": "@"}
            put(self.sheet, (row, at, row, at), contents.get(column.key), self.styles("cell", **look))

    def finish(self, number_of_parts: int) -> None:
        self.sheet.autofilter(HEADER_ROW, 0, FIRST_ROW + number_of_parts - 1, len(self.columns) - 1)


def _first_columns(by: GroupBy) -> list[Column]:
    return [Column(by.label, 32, "name"), Column("项目数", 8, "projects"), Column("没有计入\n合计的", 9, "left_out")]


def _who(part: MonitoringPart | EvaluationPart) -> dict[str, Content]:
    return {"name": part.name, "projects": len(part.lines), "left_out": part.left_out or None}


def write_monitoring_parts(
    workbook: Workbook, styles: Styles, rollup: MonitoringRollup, rows: Rows, title: str
) -> None:
    """The subtotals of 监控汇总, whose ``rows`` are. Amounts in 万元."""
    columns = [
        *_first_columns(rollup.by),
        Column("调整后\n预算数", 12, "budget"),
        Column("执行数", 12, "outturn"),
        Column("执行率", 9, "rate"),
        Column("计划\n执行数", 12, "planned"),
        Column("计划进度", 9, "plan"),
        Column("进度差\n（百分点）", 10, "gap"),
        Column("进度差\n（万元）", 12, "gap_amount"),
        Column("资金灯", 8, "light"),
    ]
    parts = _Parts(workbook, styles, rollup.by, title, columns, "单位：万元")
    for row, part in enumerate(rollup.parts, FIRST_ROW):
        parts.row(row, _who(part) | _monitored(parts, rows, row, rollup.by, part.total))
    parts.finish(len(rollup.parts))
    light = parts.at["light"]
    colour_lights(parts.sheet, styles, [(FIRST_ROW, light, FIRST_ROW + len(rollup.parts) - 1, light)])


def _monitored(parts: _Parts, rows: Rows, row: int, by: GroupBy, total: Spending | None) -> dict[str, Content]:
    if total is None:
        return {}
    amounts = {"budget": total.budget, "outturn": total.outturn, "planned": total.planned}
    found: dict[str, Content] = {
        key: Formula(f"=ROUND({rows.counted_of([key], by, '$' + parts.cell(row, 'name'))},6)", number(value))
        for key, value in amounts.items()
        if key != "planned" or total.plan is not None
    }
    budget, outturn, planned = (parts.cell(row, key) for key in ("budget", "outturn", "planned"))
    found |= {
        "rate": Formula(rate_formula(budget, outturn), "" if total.rate is None else fraction(rounded(total.rate))),
        "light": f"● {total.light.label}",
    }
    if total.plan is None:
        return found
    gap = None if total.gap is None else rounded(total.gap)
    return found | {
        "plan": Formula(rate_formula(budget, planned), fraction(rounded(total.plan))),
        "gap": Formula(
            gap_formula(parts.cell(row, "rate"), parts.cell(row, "plan")), "" if gap is None else number(gap)
        ),
        "gap_amount": Formula(f"=ROUND({outturn}-{planned},6)", number(total.gap_amount)),
    }


def write_evaluation_parts(
    workbook: Workbook, styles: Styles, rollup: EvaluationRollup, rows: Rows, title: str, grades: Sequence[str]
) -> None:
    """The subtotals of 自评汇总, whose ``rows`` are. Amounts in 万元, points of 100."""
    columns = [
        *_first_columns(rollup.by),
        Column("全年预算数", 12, "budget"),
        Column("全年执行数", 12, "outturn"),
        Column("执行率", 9, "rate"),
        Column(f"得分\n（{rollup.label}）", 13, "total"),
        *(Column(grade, 6, f"grade:{grade}") for grade in grades),
    ]
    parts = _Parts(workbook, styles, rollup.by, title, columns, "单位：万元、分")
    for row, part in enumerate(rollup.parts, FIRST_ROW):
        contents = _who(part) | {f"grade:{grade}": part.grades.get(grade, 0) or None for grade in grades}
        parts.row(row, contents | _evaluated(parts, rows, row, rollup, part))
    parts.finish(len(rollup.parts))


def _evaluated(
    parts: _Parts, rows: Rows, row: int, rollup: EvaluationRollup, part: EvaluationPart
) -> dict[str, Content]:
    if part.score is None:
        return {}
    name = "$" + parts.cell(row, "name")
    budget, outturn = (parts.cell(row, key) for key in ("budget", "outturn"))
    scores = rows.counted_of(["total"], rollup.by, name)
    number_of_rows = rows.counted_of([], rollup.by, name)
    weighted = f"{rows.counted_of(['total', 'budget'], rollup.by, name)}/{budget}"
    how = f"{scores}/{number_of_rows}" if rollup.label == "算术平均" else weighted
    return {
        "budget": Formula(f"=ROUND({rows.counted_of(['budget'], rollup.by, name)},6)", number(part.budget)),
        "outturn": Formula(f"=ROUND({rows.counted_of(['outturn'], rollup.by, name)},6)", number(part.outturn)),
        "rate": Formula(rate_formula(budget, outturn), "" if part.rate is None else fraction(part.rate)),
        "total": Formula(f"=ROUND({how},2)", number(part.score)),
    }
