"""监控汇总: the total and the chart planned against executed, a row per project, below them the periods."""

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import a1
from xl_perf.core.checking.report_errors import Errors
from xl_perf.core.figures.monitoring import Light, Spending, part_of
from xl_perf.core.figures.monitoring_rollup import MonitoringLine, MonitoringRollup, said_stand_in
from xl_perf.core.figures.report_lines import GroupBy, said_incomplete
from xl_perf.core.figures.rounding import difference_of, rounded
from xl_perf.core.figures.rounding import share as share_of
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import MONITORING_SUMMARY_SHEET
from xl_perf.sheets.cells import Content, Formula, fraction, number
from xl_perf.sheets.lists import (
    LIST_ROW,
    TOP_TOTAL_ROW,
    Column,
)
from xl_perf.sheets.looks import AMOUNT
from xl_perf.written.list_head import write_list_head
from xl_perf.written.put import put
from xl_perf.written.report_sheets import colour_lights
from xl_perf.written.rollup_parts import write_monitoring_parts
from xl_perf.written.rollup_rows import (
    NO_ERRORS,
    Link,
    Rows,
    amount,
    errors_in,
    first_columns,
    gap_formula,
    rate_formula,
    subject_of,
    who,
    year_of,
)
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import lines_chart


def write_monitoring_summary_sheet(
    workbook: Workbook,
    styles: Styles,
    rollup: MonitoringRollup,
    profile: Profile,
    link: Link | None = None,
    notes: Sequence[str] = (),
    errors: Errors = NO_ERRORS,
) -> Worksheet:
    """监控汇总 of one book or of many (部门 first). Amounts in 万元."""
    sheet = workbook.add_worksheet(MONITORING_SUMMARY_SHEET)
    places = [line.place for line in rollup.lines]
    subject, many = subject_of(places)
    period = f"1-{rollup.month}月"
    columns = [
        *first_columns(rollup.by, many=many, parted=bool(rollup.parts)),
        Column("年初预算数", 11.5, "initial"),
        Column("调整后\n预算数", 11.5, "budget"),
        Column(f"{period}\n执行数", 11.5, "outturn"),
        Column("执行率", 8.5, "rate"),
        Column("计划\n执行数", 11.5, "planned"),
        Column("计划进度", 8.5, "plan"),
        Column("进度差\n（百分点）", 9.5, "gap"),
        Column("进度差\n（万元）", 11.5, "gap_amount"),
        Column("时间进度", 8.5, "time"),
        Column("资金灯", 7, "light"),
        *(Column(light.label, 4, f"light:{light.value}") for light in Light),
        *(Column(name, 6, f"possible:{at}") for at, name in enumerate(("确定\n能", "有\n可能", "不\n可能"))),
        Column("需整改", 8, "rectify"),
        Column("错误", 6, "errors"),
        Column("说明", 18, "missing"),
    ]
    rows = Rows(sheet, styles, columns, len(rollup.lines), link)
    missing = "。".join(filter(None, (said_incomplete(rollup.incomplete), said_stand_in(rollup), errors.said)))
    title = f"{year_of(places)}{period}绩效运行监控汇总"
    write_list_head(sheet, styles, title, subject, columns, "单位：万元", f"{missing}。" if missing else "")
    has_plan = rollup.total is not None and rollup.total.plan is not None
    for at, line in enumerate(rollup.lines):
        contents = _monitored(rows, LIST_ROW + at, at, line, rollup.by, has_plan=has_plan)
        rows.row(LIST_ROW + at, line.place, contents | errors_in(errors, at))
    rows.total(_monitored_total(rows, rollup) | {"errors": errors.total or None})
    below = _periods(rows, rollup)
    months = [period.month for period in rollup.periods]
    first, last = below, below + len(months) - 1
    at = rows.at["initial"]
    series = [(first, at + place, last, at + place) for place in range(2)]
    heading = first, rows.at["name"], last, rows.at["name"]
    rows.finish([lines_chart(workbook, MONITORING_SUMMARY_SHEET, "计划与执行（累计，万元）", heading, series)])
    colour_lights(
        sheet, styles, [rows.area("light"), (TOP_TOTAL_ROW, rows.at["light"], TOP_TOTAL_ROW, rows.at["light"])]
    )
    rows.notes(last + 1, [*_said_of_monitoring(profile, rollup), *_said_of_periods(rollup), *notes])
    if rollup.parts:
        write_monitoring_parts(workbook, styles, rollup, rows, f"{title}：{rollup.by.label}小计")
    return sheet


def _said_of_monitoring(profile: Profile, rollup: MonitoringRollup) -> list[str]:
    settings = profile.monitor
    against = "时间进度" if settings.against == "time" else "支出计划（没有支出计划的按时间进度）"
    said = f"注：资金灯按{against}：执行率不到它的 {settings.red}% 为红，不到 {settings.yellow}% 为黄，其余为绿"
    due = settings.due.get(rollup.month)
    due_said = f"；填报截止 {int(due[:2])}月{int(due[2:])}日" if due else ""
    return [f"{said}。口径“{profile.title}”{due_said}。"]


def _said_of_periods(rollup: MonitoringRollup) -> list[str]:
    if not any(period.left_out for period in rollup.periods):
        return []
    return ["各期的累计计划含全部项目。写着“执行数缺”几个项目的，累计执行不含这些项目，不能与累计计划相减，差额空着。"]


def _money(rows: Rows, row: int, spent: Spending, planned: Decimal | None) -> dict[str, Content]:
    """The figures that follow from budget, outturn and planned amount."""
    budget, outturn, plan = (rows.cell(row, key) for key in ("budget", "outturn", "planned"))
    figures: dict[str, Content] = {
        "rate": Formula(rate_formula(budget, outturn), "" if spent.rate is None else fraction(rounded(spent.rate))),
        "time": fraction(rounded(spent.time)),
        "light": f"● {spent.light.label}",
    }
    if planned is None:
        return figures
    share = None if spent.budget == 0 else share_of(planned, spent.budget)
    gap = None if share is None or spent.rate is None else rounded(difference_of(spent.rate, share))
    return figures | {
        "plan": Formula(rate_formula(budget, plan), "" if share is None else fraction(rounded(share))),
        "gap": Formula(gap_formula(rows.cell(row, "rate"), rows.cell(row, "plan")), "" if gap is None else number(gap)),
        "gap_amount": Formula(f"=ROUND({outturn}-{plan},6)", number(spent.outturn - planned)),
    }


def _monitored(
    rows: Rows, row: int, at: int, line: MonitoringLine, by: GroupBy, *, has_plan: bool
) -> dict[str, Content]:
    contents: dict[str, Content] = {
        **who(line.place, at, by),
        "initial": amount(line.initial),
        "budget": amount(line.budget),
        "outturn": amount(line.outturn),
        "missing": line.missing or None,
        "rectify": "是" if line.rectify else "没有写要求" if line.lacks_rectify else None,
    }
    if line.lights or line.spent is not None:
        contents |= {f"light:{light.value}": line.lights.get(light, 0) for light in Light}
        contents |= {f"possible:{at}": count for at, count in enumerate(line.possibilities)}
    if line.spent is not None:
        spent = line.spent
        planned = spent.planned if spent.plan is not None else part_of(spent.budget, spent.time) if has_plan else None
        contents |= {"planned": amount(planned), **_money(rows, row, spent, planned)}
    return contents


def _monitored_total(rows: Rows, rollup: MonitoringRollup) -> dict[str, Content]:
    total, counted = rollup.total, rollup.counted
    counts: dict[str, Content] = {}
    for light in Light:
        key = f"light:{light.value}"
        counts[key] = Formula(f"={rows.counted(key)}", sum(line.lights.get(light, 0) for line in counted))
    for at in range(3):
        key = f"possible:{at}"
        counts[key] = Formula(f"={rows.counted(key)}", sum(line.possibilities[at] for line in counted))
    counts["rectify"] = sum(line.rectify or line.lacks_rectify for line in counted)
    if total is None:
        return counts
    initial = sum((line.initial for line in counted if line.initial is not None), Decimal(0))
    planned = None if total.plan is None else total.planned
    amounts = {"initial": initial, "budget": total.budget, "outturn": total.outturn, "planned": planned}
    sums = {
        key: Formula(f"=ROUND({rows.counted(key)},6)", number(amount))
        for key, amount in amounts.items()
        if amount is not None
    }
    return {**counts, **sums, **_money(rows, TOP_TOTAL_ROW, total, planned)}


def _periods(rows: Rows, rollup: MonitoringRollup) -> int:
    """各期进度, below the list; its first row."""
    row, name, first = rows.last + 2, rows.at["name"], rows.at["initial"]
    for at, text in ((name, "各期末"), (first, "累计计划"), (first + 1, "累计执行"), (first + 2, "差额")):
        put(rows.sheet, (row, at, row, at), text, rows.styles("header"))
    money = rows.styles("cell", num_format=AMOUNT, align="right")
    for at, period in enumerate(rollup.periods, row + 1):
        lacks = f"（执行数缺 {period.left_out} 个项目）" if period.left_out else ""
        put(rows.sheet, (at, name, at, name), f"{period.month}月底{lacks}", rows.styles("cell", align="center"))
        put(rows.sheet, (at, first, at, first), number(period.planned), money)
        put(rows.sheet, (at, first + 1, at, first + 1), amount(period.outturn), money)
        gap: Content = None
        if period.outturn is not None and not period.left_out:
            gap = Formula(f"=ROUND({a1(at, first + 1)}-{a1(at, first)},6)", number(period.outturn - period.planned))
        put(rows.sheet, (at, first + 2, at, first + 2), gap, money)
    return row + 1
