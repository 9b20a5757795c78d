"""监控汇总 and 自评汇总: the total and charts, a row per project, and below them what the charts are made of.

They look like 部门汇总. Every total is a formula over the rows that count: those without a remark under 说明.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.checking.report_errors import Errors
from xl_perf.core.figures.monitoring import Light, Spending, part_of
from xl_perf.core.figures.report_summary import (
    EvaluationLine,
    EvaluationRollup,
    MonitoringLine,
    MonitoringRollup,
    Place,
    said_incomplete,
    said_stand_in,
)
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.figures.rounding import share as share_of
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import EVALUATION_SUMMARY_SHEET, MONITORING_SUMMARY_SHEET, TOTAL_LABEL
from xl_perf.sheets.cells import Content, Formula, absolute_span, fraction, number
from xl_perf.sheets.lists import (
    CHART_ROW_HEIGHT,
    CHART_ROWS,
    CHARTS_ROW,
    LIST_HEADER_ROW,
    LIST_ROW,
    SUMMARY_ZOOM,
    TOP_TOTAL_ROW,
    Column,
)
from xl_perf.sheets.looks import AMOUNT, SHARE, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_headings, write_list_head
from xl_perf.written.put import put
from xl_perf.written.report_sheets import colour_lights
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import insert_charts, lines_chart, scores_chart

Link = Callable[[Place], str | None]
"""The address to which a project's name leads, as XlsxWriter takes it; None for no link."""
_NO_ERRORS: Final = Errors(0, ())
_TOTAL_HEIGHT: Final = 24
_MOST_BARS: Final = 16
"""Projects that have a bar each; of more only the grades are shown."""
_POINTS: Final = "0.00"
_LOOKS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("initial", "budget", "outturn", "planned", "gap_amount"), AMOUNT),
    **dict.fromkeys(("rate", "plan", "time"), SHARE),
    **dict.fromkeys(("gap", "total", "audit"), _POINTS),
}
_TEXTS: Final = frozenset({"department", "code", "name", "reasons", "missing"})


class _Rows:
    """Writes one roll-up: its columns by their keys, and its rows."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, columns: Sequence[Column], lines: int, link: Link | None
    ) -> None:
        self.sheet, self.styles, self.columns, self.link = sheet, styles, columns, link
        self.at = {column.key: at for at, column in enumerate(columns)}
        self.first, self.last = LIST_ROW, LIST_ROW + max(lines, 1) - 1

    def area(self, key: str) -> Area:
        """The cells of a column, of all rows."""
        return self.first, self.at[key], self.last, self.at[key]

    def cell(self, row: int, key: str) -> str:
        """A cell's name."""
        return a1(row, self.at[key])

    def counted(self, key: str) -> str:
        """The sum of a column over the rows that count, as a formula without =."""
        flags = f"(LEN({absolute_span(self.area('missing'))})=0)*1"
        return f"SUMPRODUCT({flags},{absolute_span(self.area(key))})"

    def row(self, row: int, place: Place, contents: Mapping[str, Content], name: str = "cell") -> None:
        """A row; one that does not count has its remark, and is yellow."""
        fill = {"bg_color": WARNING_FILL} if contents.get("missing") else {}
        texts = [(str(contents.get(c.key) or ""), c.width) for c in self.columns if c.key in _TEXTS]
        self.sheet.set_row(row, row_height(texts, _TOTAL_HEIGHT))
        for at, column in enumerate(self.columns):
            content = contents.get(column.key)
            url = self.link(place) if self.link is not None and column.key == "name" else None
            linked = url is not None and self.sheet.write_url(row, at, url, None, "") == 0
            look = {"align": "left"} if column.key in _TEXTS else {"align": "center"}
            if column.key in _LOOKS or column.key.startswith("score:"):
                look = {"num_format": _LOOKS.get(column.key, _POINTS), "align": "right"}
            elif column.key in _TEXTS:
                look["num_format"] = "@"
            put(self.sheet, (row, at, row, at), content, self.styles("link" if linked else name, **look, **fill))

    def total(self, contents: Mapping[str, Content], label: str = TOTAL_LABEL) -> None:
        """合计, above the charts."""
        row, name = TOP_TOTAL_ROW, self.at["name"]
        self.sheet.set_row(row, _TOTAL_HEIGHT)
        put(self.sheet, (row, 0, row, name), label, self.styles("total", align="center"))
        for at, column in enumerate(self.columns[name + 1 :], name + 1):
            look = {
                "num_format": _LOOKS.get(column.key, "General"),
                "align": "right" if column.key in _LOOKS else "center",
            }
            put(self.sheet, (row, at, row, at), contents.get(column.key), self.styles("total", **look))

    def finish(self, charts: Sequence[object]) -> None:
        """Charts, headings of the list, filter."""
        for row in range(CHARTS_ROW, CHARTS_ROW + CHART_ROWS):
            self.sheet.set_row(row, CHART_ROW_HEIGHT)
        insert_charts(self.sheet, [column.width for column in self.columns], charts)
        write_headings(self.sheet, self.styles, LIST_HEADER_ROW, self.columns)
        self.sheet.autofilter(LIST_HEADER_ROW, 0, self.last, len(self.columns) - 1)
        self.sheet.freeze_panes(TOP_TOTAL_ROW + 1, self.at["name"] + 1)
        self.sheet.set_zoom(SUMMARY_ZOOM)

    def notes(self, row: int, notes: Sequence[str]) -> None:
        """Lines below everything."""
        for at, text in enumerate(notes, row):
            put(self.sheet, (at, 0, at, len(self.columns) - 1), text, self.styles("note"))
            width = sum(column.width for column in self.columns)
            self.sheet.set_row(at, row_height([(text, width)], 20))


def _subject(places: Sequence[Place]) -> tuple[str, bool]:
    """What stands below the title, and whether there are several departments."""
    names = list(dict.fromkeys(place.department or place.path for place in places))
    many = len(names) > 1
    return (f"{len(names)} 个部门" if many else f"填报单位：{names[0] if names else ''}"), many


def _year(places: Sequence[Place]) -> str:
    years = {place.year for place in places if place.year is not None}
    return f"{years.pop()}年" if len(years) == 1 else ""


def _who(place: Place, at: int) -> dict[str, Content]:
    return {
        "department": place.department or place.path,
        "number": at + 1,
        "code": place.code,
        "name": place.name,
    }


def _first_columns(*, many: bool) -> list[Column]:
    return [
        *([Column("部门", 20, "department")] if many else []),
        Column("序号", 5, "number"),
        Column("项目编码", 13, "code"),
        Column("项目名称", 25, "name"),
    ]


def _errors(errors: Errors, at: int) -> dict[str, Content]:
    """How many errors stand in the table of a row."""
    return {"errors": (errors.lines[at] or None) if at < len(errors.lines) else None}


def _amount(value: Decimal | None) -> float | None:
    return None if value is None else number(value)


# --- monitoring ---------------------------------------------------------------------------------------------------


def write_monitoring_summary_sheet(
    workbook: Workbook,
    styles: Styles,
    rollup: MonitoringRollup,
    profile: Profile,
    link: Link | None = None,
    notes: Sequence[str] = (),
    errors: Errors = _NO_ERRORS,
) -> Worksheet:
    """监控汇总 of one book or of many (部门 first). Amounts in 万元."""
    sheet = workbook.add_worksheet(MONITORING_SUMMARY_SHEET)
    places = [line.place for line in rollup.lines]
    subject, many = _subject(places)
    period = f"1-{rollup.month}月"
    columns = [
        *_first_columns(many=many),
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
    rows = _Rows(sheet, styles, columns, len(rollup.lines), link)
    missing = "。".join(filter(None, (said_incomplete(rollup.incomplete), said_stand_in(rollup), errors.said)))
    title = f"{_year(places)}{period}绩效运行监控汇总"
    write_list_head(sheet, styles, title, subject, columns, "单位：万元", f"{missing}。" if missing else "")
    has_plan = rollup.total is not None and rollup.total.plan is not None
    for at, line in enumerate(rollup.lines):
        contents = _monitored(rows, LIST_ROW + at, at, line, has_plan=has_plan)
        rows.row(LIST_ROW + at, line.place, contents | _errors(errors, at))
    rows.total(_monitored_total(rows, rollup) | {"errors": errors.total or None})
    below = _periods(rows, rollup)
    months = [period.month for period in rollup.periods]
    first, last = below, below + len(months) - 1
    at = rows.at["initial"]
    series = [(name, (first, at + place, last, at + place)) for place, name in enumerate(("累计计划", "累计执行"))]
    heading = first, rows.at["name"], last, rows.at["name"]
    rows.finish([lines_chart(workbook, MONITORING_SUMMARY_SHEET, "计划与执行（累计，万元）", heading, series)])
    colour_lights(
        sheet, styles, [rows.area("light"), (TOP_TOTAL_ROW, rows.at["light"], TOP_TOTAL_ROW, rows.at["light"])]
    )
    rows.notes(last + 1, [*_said_of_monitoring(profile, rollup), *notes])
    return sheet


def _said_of_monitoring(profile: Profile, rollup: MonitoringRollup) -> list[str]:
    settings = profile.monitor
    against = "时间进度" if settings.against == "time" else "支出计划（没有支出计划的按时间进度）"
    said = f"注：资金灯按{against}：执行率不到它的 {settings.red}% 为红，不到 {settings.yellow}% 为黄，其余为绿"
    due = settings.due.get(rollup.month)
    due_said = f"；填报截止 {int(due[:2])}月{int(due[2:])}日" if due else ""
    return [f"{said}。口径“{profile.title}”{due_said}。"]


def _rate(budget: str, part: str) -> str:
    return f'=IF(N({budget})=0,"",ROUND({part}/{budget},4))'


def _money(rows: _Rows, row: int, spent: Spending, planned: Decimal | None) -> dict[str, Content]:
    """The figures that follow from budget, outturn and planned amount."""
    budget, outturn, plan = (rows.cell(row, key) for key in ("budget", "outturn", "planned"))
    figures: dict[str, Content] = {
        "rate": Formula(_rate(budget, outturn), "" if spent.rate is None else fraction(rounded(spent.rate))),
        "time": fraction(rounded(spent.time)),
        "light": f"● {spent.light.label}",
    }
    if planned is None:
        return figures
    share = None if spent.budget == 0 else share_of(planned, spent.budget)
    gap = None if share is None or spent.rate is None else rounded(spent.rate - share)
    return figures | {
        "plan": Formula(_rate(budget, plan), "" if share is None else fraction(rounded(share))),
        "gap": Formula(
            f'=IF(N({budget})=0,"",ROUND(({outturn}-{plan})/{budget}*100,2))', "" if gap is None else number(gap)
        ),
        "gap_amount": Formula(f"=ROUND({outturn}-{plan},6)", number(spent.outturn - planned)),
    }


def _monitored(rows: _Rows, row: int, at: int, line: MonitoringLine, *, has_plan: bool) -> dict[str, Content]:
    contents: dict[str, Content] = {
        **_who(line.place, at),
        "initial": _amount(line.initial),
        "budget": _amount(line.budget),
        "outturn": _amount(line.outturn),
        "missing": line.missing or None,
        "rectify": "是" if line.rectify else "没有写要求" if line.lacks_rectify else None,
    }
    if line.lights or line.spent is not None:
        contents |= {f"light:{light.value}": line.lights.get(light, 0) for light in Light}
        contents |= {f"possible:{at}": count for at, count in enumerate(line.possibilities)}
    if line.spent is not None:
        spent = line.spent
        planned = spent.planned if spent.plan is not None else part_of(spent.budget, spent.time) if has_plan else None
        contents |= {"planned": _amount(planned), **_money(rows, row, spent, planned)}
    return contents


def _monitored_total(rows: _Rows, rollup: MonitoringRollup) -> dict[str, Content]:
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


def _periods(rows: _Rows, rollup: MonitoringRollup) -> int:
    """各期进度, below the list; its first row."""
    row, name, first = rows.last + 2, rows.at["name"], rows.at["initial"]
    for at, text in ((name, "各期末"), (first, "累计计划"), (first + 1, "累计执行"), (first + 2, "差额")):
        put(rows.sheet, (row, at, row, at), text, rows.styles("header"))
    amount = rows.styles("cell", num_format=AMOUNT, align="right")
    for at, period in enumerate(rollup.periods, row + 1):
        put(rows.sheet, (at, name, at, name), f"{period.month}月底", rows.styles("cell", align="center"))
        put(rows.sheet, (at, first, at, first), number(period.planned), amount)
        put(rows.sheet, (at, first + 1, at, first + 1), _amount(period.outturn), amount)
        gap: Content = None
        if period.outturn is not None:
            gap = Formula(f"=ROUND({a1(at, first + 1)}-{a1(at, first)},6)", number(period.outturn - period.planned))
        put(rows.sheet, (at, first + 2, at, first + 2), gap, amount)
    return row + 1


# --- self-evaluation ----------------------------------------------------------------------------------------------


def write_evaluation_summary_sheet(
    workbook: Workbook,
    styles: Styles,
    rollup: EvaluationRollup,
    profile: Profile,
    link: Link | None = None,
    notes: Sequence[str] = (),
    errors: Errors = _NO_ERRORS,
) -> Worksheet:
    """自评汇总 of one book or of many (部门 first). Amounts in 万元, points of 100."""
    sheet = workbook.add_worksheet(EVALUATION_SUMMARY_SHEET)
    places = [line.place for line in rollup.lines]
    subject, many = _subject(places)
    has_audit = any(line.audit is not None for line in rollup.lines)
    columns = [
        *_first_columns(many=many),
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
    rows = _Rows(sheet, styles, columns, len(rollup.lines), link)
    missing = "。".join(filter(None, (said_incomplete(rollup.incomplete), errors.said)))
    title = f"{_year(places)}绩效自评汇总"
    write_list_head(sheet, styles, title, subject, columns, "单位：万元、分", f"{missing}。" if missing else "")
    for at, line in enumerate(rollup.lines):
        rows.row(LIST_ROW + at, line.place, _evaluated(rows, LIST_ROW + at, at, line) | _errors(errors, at))
    total = _evaluated_total(rows, rollup) | {"errors": errors.total or None}
    rows.total(total, f"{TOTAL_LABEL}（总分为{rollup.label}）")
    grades = _grades(rows, rollup, profile)
    charts = [scores_chart(workbook, EVALUATION_SUMMARY_SHEET, "各等级的项目数", *grades, most=None)]
    if 0 < len(rollup.lines) <= _MOST_BARS:
        names = rows.area("name"), rows.area("total")
        charts.append(scores_chart(workbook, EVALUATION_SUMMARY_SHEET, "各项目总分", *names, most=100))
    rows.finish(charts)
    rows.notes(
        grades[0][2] + 1,
        [f"注：部门得分为各项目总分的{_how(rollup)}，不是正式的部门整体评价。口径“{profile.title}”。", *notes],
    )
    return sheet


def _how(rollup: EvaluationRollup) -> str:
    return f"{rollup.label}（按全年预算数加权）" if rollup.label == "加权平均" else rollup.label


def _evaluated(rows: _Rows, row: int, at: int, line: EvaluationLine) -> dict[str, Content]:
    contents: dict[str, Content] = {
        **_who(line.place, at),
        "budget": _amount(line.budget),
        "outturn": _amount(line.outturn),
        "missing": line.missing or None,
        "reasons": line.reasons or None,
        "audit": _amount(line.audit),
    }
    if line.budget is not None and line.outturn is not None and line.result is not None:
        rate = "" if line.result.rate is None else fraction(rounded(line.result.rate))
        contents["rate"] = Formula(_rate(rows.cell(row, "budget"), rows.cell(row, "outturn")), rate)
    contents |= {f"score:{name}": number(score) for name, score in line.scores.items()}
    if line.total is not None and line.result is not None:
        keys = [key for key in rows.at if key.startswith("score:")]
        parts = f"{rows.cell(row, keys[0])}:{rows.cell(row, keys[-1])}"
        contents["total"] = Formula(f"=ROUND(SUM({parts}),2)", number(line.total))
        contents["grade"] = line.result.grade
    return contents


def _evaluated_total(rows: _Rows, rollup: EvaluationRollup) -> dict[str, Content]:
    budget, outturn = (rows.cell(TOP_TOTAL_ROW, key) for key in ("budget", "outturn"))
    contents: dict[str, Content] = {
        "budget": Formula(f"=ROUND({rows.counted('budget')},6)", number(rollup.budget)),
        "outturn": Formula(f"=ROUND({rows.counted('outturn')},6)", number(rollup.outturn)),
        "rate": Formula(_rate(budget, outturn), "" if rollup.rate is None else fraction(rollup.rate)),
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


def _grades(rows: _Rows, rollup: EvaluationRollup, profile: Profile) -> tuple[Area, Area]:
    """各等级的项目数, below the list: the cells of the names and of the counts."""
    settings = profile.evaluate
    row, name, first = rows.last + 2, rows.at["name"], rows.at["budget"]
    for at, text in ((name, "评价等级"), (first, "项目数")):
        put(rows.sheet, (row, at, row, at), text, rows.styles("header"))
    names = [*(grade for grade, _ in settings.grades), settings.lowest_grade]
    centred = rows.styles("cell", align="center")
    for at, grade in enumerate(names, row + 1):
        put(rows.sheet, (at, name, at, name), grade, centred)
        counted = f"=COUNTIF({absolute_span(rows.area('grade'))},{a1(at, name)})"
        put(rows.sheet, (at, first, at, first), Formula(counted, rollup.grades.get(grade, 0)), centred)
    last = row + len(names)
    return (row + 1, name, last, name), (row + 1, first, last, first)
