"""自评汇总: the total and charts of grades and scores, a row per project, below them the grades."""

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.checking.report_errors import Errors
from xl_perf.core.figures.evaluation_rollup import EvaluationLine, EvaluationRollup
from xl_perf.core.figures.report_lines import GroupBy, said_incomplete
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import EVALUATION_SUMMARY_SHEET, TOTAL_LABEL
from xl_perf.sheets.cells import Content, Formula, absolute_span, fraction, number
from xl_perf.sheets.lists import (
    LIST_ROW,
    TOP_TOTAL_ROW,
    Column,
)
from xl_perf.written.largest import write_largest
from xl_perf.written.list_head import write_list_head
from xl_perf.written.put import put
from xl_perf.written.rollup_parts import write_evaluation_parts
from xl_perf.written.rollup_rows import (
    NO_ERRORS,
    Link,
    Rows,
    amount,
    errors_in,
    first_columns,
    rate_formula,
    subject_of,
    who,
    year_of,
)
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import bars_chart, column_under_right, counts_chart


def write_evaluation_summary_sheet(
    workbook: Workbook,
    styles: Styles,
    rollup: EvaluationRollup,
    profile: Profile,
    link: Link | None = None,
    notes: Sequence[str] = (),
    errors: Errors = NO_ERRORS,
) -> Worksheet:
    """自评汇总 of one book or of many (部门 first). Amounts in 万元, points of 100."""
    sheet = workbook.add_worksheet(EVALUATION_SUMMARY_SHEET)
    places = [line.place for line in rollup.lines]
    subject, many = subject_of(places)
    has_audit = any(line.audit is not None for line in rollup.lines)
    columns = [
        *first_columns(rollup.by, many=many, parted=bool(rollup.parts)),
        Column("全年预算数", 11.5, "budget"),
        Column("全年执行数", 11.5, "outturn"),
        Column("执行率", 8.5, "rate"),
        *(Column(f"{name}\n得分", 8, f"score:{name}") for name in rollup.branches),
        Column("总分", 8, "total"),
        Column("等级", 6, "grade"),
        *([Column("审核得分", 9, "audit")] if has_audit else []),
        Column("扣分主要原因", 44, "reasons"),
        Column("错误", 6, "errors"),
        Column("说明", 20, "missing"),
    ]
    rows = Rows(sheet, styles, columns, len(rollup.lines), link)
    missing = "。".join(filter(None, (said_incomplete(rollup.incomplete), errors.said)))
    title = f"{year_of(places)}绩效自评汇总"
    write_list_head(sheet, styles, title, subject, columns, "单位：万元、分", f"{missing}。" if missing else "")
    for at, line in enumerate(rollup.lines):
        rows.row(
            LIST_ROW + at, line.place, _evaluated(rows, LIST_ROW + at, at, line, rollup.by) | errors_in(errors, at)
        )
    total = _evaluated_total(rows, rollup) | {"errors": errors.total or None}
    rows.total(total, f"{TOTAL_LABEL}（总分为{rollup.label}）")
    grades = _grades(rows, rollup, profile)
    charts = [counts_chart(workbook, EVALUATION_SUMMARY_SHEET, "各等级的项目数", *grades)]
    listed = [(line.place.name, line.total) for line in rollup.lines]
    if any(total is not None for _, total in listed):
        under = column_under_right([column.width for column in columns])
        lowest = write_largest(sheet, styles, under, rows.area("name"), rows.area("total"), listed, lowest=True)
        charts.append(bars_chart(workbook, EVALUATION_SUMMARY_SHEET, "总分最低的项目", *lowest, what="总分", unit=""))
    rows.finish(charts)
    rows.notes(
        grades[0][2] + 1,
        [f"注：部门得分为各项目总分的{_how(rollup)}，不是正式的部门整体评价。口径“{profile.title}”。", *notes],
    )
    if rollup.parts:
        title = f"{title}：{rollup.by.label}小计"
        write_evaluation_parts(workbook, styles, rollup, rows, title, _grade_names(profile))
    return sheet


def _how(rollup: EvaluationRollup) -> str:
    return f"{rollup.label}（按全年预算数加权）" if rollup.label == "加权平均" else rollup.label


def _evaluated(rows: Rows, row: int, at: int, line: EvaluationLine, by: GroupBy) -> dict[str, Content]:
    contents: dict[str, Content] = {
        **who(line.place, at, by),
        "budget": amount(line.budget),
        "outturn": amount(line.outturn),
        "missing": line.missing or None,
        "reasons": line.reasons or None,
        "audit": amount(line.audit),
    }
    if line.budget is not None and line.outturn is not None and line.result is not None:
        rate = "" if line.result.rate is None else fraction(rounded(line.result.rate))
        contents["rate"] = Formula(rate_formula(rows.cell(row, "budget"), rows.cell(row, "outturn")), rate)
    contents |= {f"score:{name}": number(score) for name, score in line.scores.items()}
    if line.total is not None and line.result is not None:
        keys = [key for key in rows.at if key.startswith("score:")]
        parts = f"{rows.cell(row, keys[0])}:{rows.cell(row, keys[-1])}"
        contents["total"] = Formula(f"=ROUND(SUM({parts}),2)", number(line.total))
        contents["grade"] = line.result.grade
    return contents


def _evaluated_total(rows: Rows, rollup: EvaluationRollup) -> dict[str, Content]:
    budget, outturn = (rows.cell(TOP_TOTAL_ROW, key) for key in ("budget", "outturn"))
    contents: dict[str, Content] = {
        "budget": Formula(f"=ROUND({rows.counted('budget')},6)", number(rollup.budget)),
        "outturn": Formula(f"=ROUND({rows.counted('outturn')},6)", number(rollup.outturn)),
        "rate": Formula(rate_formula(budget, outturn), "" if rollup.rate is None else fraction(rollup.rate)),
    }
    if rollup.score is not None:
        flags = f"(LEN({absolute_span(rows.area('missing'))})=0)*1"
        scores, budgets = (absolute_span(rows.area(key)) for key in ("total", "budget"))
        mean = f"SUMPRODUCT({flags},{scores})/SUMPRODUCT({flags})"
        weighted = f"SUMPRODUCT({flags},{scores},{budgets})/{budget}"
        contents["total"] = Formula(
            f"=ROUND({mean if rollup.label == '算术平均' else weighted},2)", number(rollup.score)
        )
    return contents


def _grades(rows: Rows, rollup: EvaluationRollup, profile: Profile) -> tuple[Area, Area]:
    """各等级的项目数, below the list: the cells of the names and of the counts."""
    row, name, first = rows.last + 2, rows.at["name"], rows.at["budget"]
    for at, text in ((name, "评价等级"), (first, "项目数")):
        put(rows.sheet, (row, at, row, at), text, rows.styles("header"))
    names = _grade_names(profile)
    centred = rows.styles("cell", align="center")
    for at, grade in enumerate(names, row + 1):
        put(rows.sheet, (at, name, at, name), grade, centred)
        counted = f"=COUNTIF({absolute_span(rows.area('grade'))},{a1(at, name)})"
        put(rows.sheet, (at, first, at, first), Formula(counted, rollup.grades.get(grade, 0)), centred)
    last = row + len(names)
    return (row + 1, name, last, name), (row + 1, first, last, first)


def _grade_names(profile: Profile) -> list[str]:
    """The grades, the best first."""
    return [*(grade for grade, _ in profile.evaluate.grades), profile.evaluate.lowest_grade]
