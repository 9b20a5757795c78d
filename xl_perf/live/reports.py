"""新建监控, 更新监控, 新建自评, 计算得分: the tables of the year after the text, in the open book.

New sheets come whole, with everything that is known; afterwards only blank cells and those that show what is computed
are written into. What a person typed stays.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import Scalar, a1
from xl_perf.core.cells.values import is_blank, plain, text_of
from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
from xl_perf.core.figures.monitoring_rollup import monitoring_rollup
from xl_perf.core.figures.report_lines import NotWhole, said_incomplete
from xl_perf.core.figures.report_pairs import evaluations_of, monitoring_of, months_of, paired
from xl_perf.core.forms.kind import Column, Value
from xl_perf.core.forms.report_fields import ASIDE_OF_FUNDS
from xl_perf.core.making.report_draft import Cell, ReportDraft
from xl_perf.core.making.report_layout import aside_columns
from xl_perf.core.making.report_results import with_progress, with_scores
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, Monitoring
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import (
    EVALUATION_SHEET,
    EVALUATION_SUMMARY_SHEET,
    MONITORING_SUMMARY_SHEET,
    monitoring_sheet,
)
from xl_perf.live import backup, log_sheet
from xl_perf.live.bringing_in import replace
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import EDIT, REPORT_ADDED, Content, Record
from xl_perf.live.projects import check_unlocked
from xl_perf.live.protection import unlocked
from xl_perf.live.reading import book_of, department_of, profile_of, values_of
from xl_perf.sheets.cells import fraction
from xl_perf.sheets.last_year import with_last_year

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_MONTHS: Final = 12
_NAMED: Final = 5
SCORED: Final = "计算得分"
"""How the log calls what the button of that name wrote."""
_OUTTURN: Final = "执行数"
_FIRST_ROWS: Final = 20
_ROWS_ABOVE: Final = 12
"""How far above the money's first row its headings may stand."""
AnyReport = Monitoring | Evaluation
_NO_PROJECTS: Final = "这本工作簿没有填写过的项目表"


def new_monitoring(host: "Host") -> str | None:
    """新建监控: a sheet with the tables of all projects for a month that the person names; None where they cancel."""
    department, profile = _read(host)
    if not department.projects:
        raise NotHere(_NO_PROJECTS, "请先填写项目绩效目标表，再建监控表")
    month = _month(host, department, profile)
    if month is None:
        return None
    name = monitoring_sheet(month)
    check_unlocked(host)
    copied_to = _copied_before(host, name, "新建监控", "更新监控")
    from xl_perf.written.report_books import write_monitoring

    sheet = replace(host, partial(write_monitoring, department=department, month=month, profile=profile), name)
    _log_added(host, sheet, "新建监控")
    _to_first(sheet)
    before = [one for one in months_of(department) if one < month]
    taken = f"上期（1—{before[-1]}月）的原因等文字已带来，请核对；完成目标的可能性请重新勾选。" if before else ""
    return (
        f"已新建“{name}”：{len(department.projects)} 个项目，目标和年初预算照各项目表。{taken}\n"
        f"请填执行数和执行情况，填好后按“更新监控”。{copied_to}"
    )


def _copied_before(host: "Host", name: str, action: str, following: str) -> str:
    """Where a copy of the book lies whose sheet of that name gives way to a new one; empty where there is none.

    The person is asked: sheets that are protected can be neither deleted nor renamed by hand in LibreOffice. Raises
    `NotHere` where they keep it.
    """
    if host.sheet(name) is None:
        return ""
    question = f"已经有“{name}”。要重新建一张代替它吗？\n读得出的填写内容照搬到新表，还没有的项目补上；先备份工作簿。"
    if not host.ask(question):
        raise NotHere(f"已经有“{name}”，没有改动", f"请在那里填写，填好后按“{following}”")
    return f"\n{backup.before(host, action)}"


def _month(host: "Host", department: Department, profile: Profile) -> int | None:
    """The month that the person names."""
    last = max(months_of(department), default=0)
    proposed = next((one for one in profile.monitor.months if one > last), profile.monitor.months[-1])
    typed = host.ask_text("监控到几月底？填 1 到 12 的月份，如 6 是 1—6 月。", str(proposed))
    if typed is None:
        return None
    text = folded(typed).removesuffix("底").removesuffix("月").removesuffix("月份").removeprefix("1-")
    if not text.isdecimal() or not 1 <= int(text) <= _MONTHS:
        raise NotHere(f"“{typed}”不是月份", "请再按一次“新建监控”，填 1 到 12 的数")
    return int(text)


def update_monitoring(host: "Host") -> str:
    """更新监控: shares, lights and the money against the plan beside every table, and 监控汇总 anew."""
    department, profile = _read(host)
    if not department.monitoring:
        raise NotHere("这本工作簿没有监控表", "请先按“新建监控”")
    places: list[_Written] = []
    drafts = []
    for month in months_of(department):
        for project, one in paired(department, monitoring_of(department, month)):
            if one is not None:
                drafts.append((one, with_progress(one, project, department.year, profile)))
    written = _write_results(host, drafts, "更新监控", places)
    from xl_perf.written.report_books import write_monitoring_summary

    replace(host, partial(write_monitoring_summary, department=department, profile=profile), MONITORING_SUMMARY_SHEET)
    undated = [one.sheet for one in department.monitoring if one.month.value is None]
    lines = [
        f"已更新 {len(drafts)} 张监控表的完成比、灯和进度（改了 {written} 格），并重做了“{MONITORING_SUMMARY_SHEET}”。"
    ]
    if undated:
        lines.append(f"看不出月份、没有更新的：{'、'.join(dict.fromkeys(undated))}。请在标题下写明（2023年度 1—6月）。")
    months = months_of(department)
    if months:
        rollup = monitoring_rollup([(department, profile)], months[-1])
        lines += _left_out(f"{MONITORING_SUMMARY_SHEET}（{months[-1]}月）", rollup.incomplete)
    return "\n".join([*lines, *_without_places(places)])


def _left_out(where: str, incomplete: Sequence[NotWhole]) -> Iterator[str]:
    """What the totals of a summary lack, as a line of a message."""
    if said := said_incomplete(incomplete, _NAMED):
        yield f"{where}：{said}。"


def new_evaluation(host: "Host") -> str:
    """新建自评: a sheet with the self-evaluations of all projects, and last year's scores as the forms say them."""
    book = book_of(host)
    department = with_last_year(book, read_department(book, host.kinds))
    profile = profile_of(host.book, department)
    if not department.projects:
        raise NotHere(_NO_PROJECTS, "请先填写项目绩效目标表，再建自评表")
    check_unlocked(host)
    copied_to = _copied_before(host, EVALUATION_SHEET, "新建自评", SCORED)
    from xl_perf.written.report_books import write_evaluation

    sheet = replace(host, partial(write_evaluation, department=department, profile=profile), EVALUATION_SHEET)
    _log_added(host, sheet, "新建自评")
    _to_first(sheet)
    proposed = "灰色斜体的执行数和完成值取自最近一次监控，请核对、改成全年的。" if department.monitoring else ""
    return (
        f"已新建“{EVALUATION_SHEET}”：{len(department.projects)} 个项目，分值已按口径分摊。{proposed}\n"
        f"请填全年执行数和实际完成值，得分留空，填好后按“计算得分”。{copied_to}"
    )


def compute_scores(host: "Host") -> str:
    """计算得分: blank scores filled in, every score explained beside it, and 自评汇总 anew.

    A score that was lowered by hand stays; one that the button wrote before follows what it was computed from.
    """
    department, profile = _read(host)
    found = evaluations_of(department)
    if not found:
        raise NotHere("这本工作簿没有自评表", "请先按“新建自评”")
    places: list[_Written] = []
    drafts = [(one, with_scores(one, department.year, profile)) for one in _own_scores_out(host, found)]
    written = _write_results(host, drafts, SCORED, places)
    after = department_of(host)
    from xl_perf.written.report_books import write_evaluation_summary

    replace(host, partial(write_evaluation_summary, department=after, profile=profile), EVALUATION_SUMMARY_SHEET)
    totals = [f"{one.title} {one.total.text or '没有算全'}" for one in after.evaluations[:_NAMED]]
    more = f" 等 {len(after.evaluations)} 个项目" if len(after.evaluations) > _NAMED else ""
    said = f"已计算 {len(drafts)} 张自评表（改了 {written} 格），并重做了“{EVALUATION_SUMMARY_SHEET}”。"
    scores = f"总分：{'，'.join(totals)}{more}。怎样算的写在每行右边的“计分说明”。"
    left_out = _left_out(EVALUATION_SUMMARY_SHEET, evaluation_rollup([(after, profile)]).incomplete)
    return "\n".join([said, scores, *left_out, *_without_places(places)])


# --- writing what is computed -------------------------------------------------------------------------------------


class _Written(NamedTuple):
    """Headings that were not found beside a table, so that nothing could be written there."""

    sheet: str
    labels: tuple[str, ...]


def _write_results(
    host: "Host", drafts: Sequence[tuple[AnyReport, ReportDraft]], action: str, places: list[_Written]
) -> int:
    """Writes what is computed of each table where it differs, logged as one operation. How many cells changed."""
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    fresh: list[Record] = []
    by_sheet: dict[str, list[tuple[AnyReport, ReportDraft]]] = {}
    for one, draft in drafts:
        by_sheet.setdefault(one.sheet, []).append((one, draft))
    for name, own in host.steps(list(by_sheet.items()), "写入"):
        sheet = host.book.sheets[name]
        grid = values_of(sheet)
        with unlocked(sheet):
            for one, draft in own:
                missing: list[str] = []
                for row, column, content in _results(one, draft, grid, missing):
                    old = _at(grid, row, column)
                    if _is_same(old, content):
                        continue
                    sheet.range((row + 1, column + 1)).value = content
                    before, after = log_sheet.coded(_content(old)), log_sheet.coded(content)
                    fresh.append(Record(number, when, action, EDIT, name, a1(row, column), before, after))
                if missing:
                    places.append(_Written(name, tuple(missing)))
    if fresh:
        log_sheet.write(host, [*records, *fresh])
    return len(fresh)


def _results(
    one: AnyReport, draft: ReportDraft, grid: Sequence[Sequence[Scalar]], missing: list[str]
) -> Iterator[tuple[int, int, Content]]:
    """Row, column and content of everything that is computed of a table."""
    if one.table is None:
        return
    columns = _columns(grid, one.table[0], aside_columns(one.kind))
    wanted = [column for column in aside_columns(one.kind) if column.key in _COMPUTED]
    missing += [column.label for column in wanted if column.key not in columns]
    for at, row in zip((its.level3.row for its in one.indicators), draft.rows, strict=True):
        for column in wanted:
            if column.key in columns:
                yield at, columns[column.key], _as_cell(column, row.values.get(column.key))
    if isinstance(one, Evaluation):
        for indicator, row in zip(one.indicators, draft.rows, strict=True):
            if indicator.score.cell is not None:
                yield indicator.score.row, indicator.score.column, _as_cell(_SCORE, row.values.get("score"))
    yield from _of_money(one, draft, grid)
    if isinstance(one, Evaluation):
        grade = draft.fields.get("grade")
        if one.grade.cell is not None and grade is not None:
            yield one.grade.row, one.grade.column, str(grade)


_COMPUTED: Final = frozenset({"share", "light", "computed", "explained"})
_SCORE: Final = Column("score", "得分", Value.SCORE, 1)


def _of_money(
    one: AnyReport, draft: ReportDraft, grid: Sequence[Sequence[Scalar]]
) -> Iterator[tuple[int, int, Content]]:
    fund = next((fund for fund in draft.funds if fund.key == "budget"), None)
    whole = one.whole
    if fund is None:
        return
    if isinstance(one, Monitoring):
        row = whole.label.row
        columns: Mapping[str, int] = {}
        for above in range(row - 1, max(row - _ROWS_ABOVE, -1), -1):
            columns = _columns(grid, above, ASIDE_OF_FUNDS)
            if columns:
                break
        for column in ASIDE_OF_FUNDS:
            if column.key in columns and column.key != "last_outturn":
                yield row, columns[column.key], _as_cell(column, fund.aside.get(column.key))
    elif whole.score.cell is not None:
        yield whole.score.row, whole.score.column, _as_cell(_SCORE, fund.values.get("score"))


def _columns(grid: Sequence[Sequence[Scalar]], row: int, wanted: Sequence[Column]) -> dict[str, int]:
    """The columns of the sheet under these headings, in a row."""
    cells = grid[row] if row < len(grid) else ()
    labels = {column.label: column.key for column in wanted}
    return {
        labels[text]: at
        for at, typed in enumerate(cells)
        if isinstance(typed, str) and (text := typed.strip()) in labels
    }


def _as_cell(column: Column, content: Cell) -> Content:
    """What a cell of our own sheet stores: a rate as a share, a number as one."""
    if isinstance(content, Decimal):
        is_share = column.value is Value.RATE and column.key != "gap"
        return fraction(content) if is_share else float(content)
    return content


def _at(grid: Sequence[Sequence[Scalar]], row: int, column: int) -> Scalar:
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else None


def _content(typed: Scalar) -> Content:
    return typed if isinstance(typed, str | int | float) else None


def _is_same(old: Scalar, new: Content) -> bool:
    if is_blank(old):
        return new is None or new == ""
    if isinstance(old, int | float) and isinstance(new, int | float):
        return text_of(float(old)) == text_of(float(new))
    return old == new


def _own_scores_out(host: "Host", found: Sequence[Evaluation]) -> Iterator[Evaluation]:
    """The tables without the scores that the button wrote: those that 计算得分 beside them says, or the log of it."""
    wrote = {(one.sheet, one.cell): one.after for one in log_sheet.read(host) if one.action == SCORED}
    grids: dict[str, Sequence[Sequence[Scalar]]] = {}
    for one in found:
        if one.sheet not in grids:
            grids[one.sheet] = values_of(host.book.sheets[one.sheet])
        grid = grids[one.sheet]
        columns = {} if one.table is None else _columns(grid, one.table[0], aside_columns(one.kind))
        rows = (
            [_rescored(row, _at(grid, row.score.row, columns["computed"])) for row in one.indicators]
            if ("computed" in columns)
            else one.indicators
        )
        funds = [line._replace(score=_blank(line.score)) if _wrote(line.score, wrote) else line for line in one.funds]
        yield dataclasses.replace(one, indicators=tuple(rows), funds=tuple(funds))


def _rescored(row: EvaluatedIndicator, computed: Scalar) -> EvaluatedIndicator:
    """Without a score that is the computed one."""
    is_own = row.score.value is not None and not is_blank(computed) and text_of(computed) == plain(row.score.value)
    return row._replace(score=_blank(row.score)) if is_own else row


def _wrote(score: Entry[Decimal], wrote: Mapping[tuple[str, str], str]) -> bool:
    """The score in its cell is what the button wrote there last."""
    after = wrote.get((score.sheet, score.cell or ""))
    return after is not None and score.value is not None and text_of(log_sheet.decoded(after)) == plain(score.value)


def _blank(score: Entry[Decimal]) -> Entry[Decimal]:
    return score._replace(value=None, status=Status.BLANK, typed=None)


def _without_places(places: Sequence[_Written]) -> Iterator[str]:
    for one in places:
        yield f"工作表“{one.sheet}”的表右边没有 {'、'.join(one.labels)} 这几栏，没有写入；用“新建”做的表才有。"


# --- parts --------------------------------------------------------------------------------------------------------


def _read(host: "Host") -> tuple[Department, Profile]:
    department = department_of(host)
    return department, profile_of(host.book, department)


def _log_added(host: "Host", sheet: "Sheet", action: str) -> None:
    records = log_sheet.read(host)
    fresh = Record(log_sheet.next_number(records), log_sheet.now(), action, REPORT_ADDED, sheet.name)
    log_sheet.write(host, [*records, fresh])
    sheet.activate()


def _to_first(sheet: "Sheet") -> None:
    """Selects the first cell to fill in: the outturn of the first source of the first project."""
    for row, cells in enumerate(values_of(sheet)[:_FIRST_ROWS]):
        for column, typed in enumerate(cells):
            if isinstance(typed, str) and typed.endswith(_OUTTURN) and not typed.startswith(("全年预计", "上期")):
                sheet.range((row + 3, column + 1)).select()
                return


def take_back_added(host: "Host", record: Record) -> str | None:
    """Deletes a sheet that was added, after asking: something may have been filled in since. Gives what is said."""
    sheet = host.sheet(record.sheet)
    if sheet is None:
        return None
    if not host.ask(f"将删除工作表“{record.sheet}”，其中填写的内容不再保留。确定吗？"):
        return "没有改动。"
    host.check_structure()
    copied_to = backup.before(host, "撤销")
    sheet.delete()
    return f"已删除工作表“{record.sheet}”。\n{copied_to}"
