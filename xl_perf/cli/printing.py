"""What the commands print for people, in Chinese."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from xl_perf.cli import left_out
from xl_perf.cli.screen import FULL, Room
from xl_perf.cli.terminal import Column, say, table
from xl_perf.core.cells.organisations import Names
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.grouping import Group, grouped
from xl_perf.core.errors import XlPerfError
from xl_perf.core.figures.summary import ProjectLine, folder_of
from xl_perf.core.figures.totals import ZERO, Totals
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile
from xl_perf.service.results import BookResult

if TYPE_CHECKING:
    from xl_perf.core.checking.rules.base import Rule
    from xl_perf.files.inputs import Found


def book(result: BookResult, profile: Profile, level: Severity | None = None, *, only_projects: bool = False) -> None:
    """One book: its heading, its projects, and its findings of the level and above; without a level all."""
    if result.error is not None:
        return
    year = f"，{result.year}年" if result.year else ""
    say(f"{result.path}：{result.department or '（首页没有写部门名称）'}{year}，{len(result.lines)}个项目")
    if result.settings is not None:
        if result.own is not None or result.settings.names != profile.name:
            say(f"口径：{result.profile}")
        profile = result.settings
    if result.left is not None:
        say(f"没有计入合计：{result.left.reason}")
    for note in result.notes:
        say(f"注意：{note}")
    if result.lines:
        projects(result.lines, result.totals, profile)
    left_out.tables(result)
    if not only_projects:
        findings(result, level)


def findings(result: BookResult, level: Severity | None = None) -> None:
    """The findings as a table, those of the same cause in one row; or one line that there are none."""
    shown = [one for one in result.findings if level is None or (one.severity or level).rank <= level.rank]
    if not result.findings:
        say("没有发现问题。")
    elif not shown and level is not None:
        say(f"没有{level.label}{'' if level is Severity.ERROR else '和更重的问题'}。")
    else:
        table_of(shown)


def table_of(some: Sequence[Finding]) -> None:
    """Findings, those with one cause in a row."""
    columns = [Column("级别"), Column("规则"), Column("项目栏"), Column("说明"), Column("怎样改"), Column("位置")]
    table(columns, (_row(group) for group in grouped(some)))


def _row(group: Group) -> list[str]:
    finding, accepted = group.first, group.first.accepted
    severity = "已接受" if accepted else finding.severity.label if finding.severity else ""
    remedy = f"已由{accepted.by}接受：{accepted.reason}" if accepted else finding.remedy
    return [severity, finding.code, finding.field or "", finding.message, remedy, group.places]


def projects(lines: Iterable[ProjectLine], sums: Totals, profile: Profile) -> None:
    """One row per project in 万元, and the totals."""
    months = sums.months(profile.checkpoints)
    columns = [
        Column("工作表"),
        Column("项目名称"),
        *(Column(label, figures=True) for label in ("预算数", "财政资金", "其他资金")),
        *(Column(f"{month}月底计划", figures=True) for month in months),
        Column("指标", figures=True),
        Column("状态"),
    ]
    rows = [
        [
            line.sheet,
            line.name or "",
            *(("" if amount is None else plain(amount)) for amount in line.amounts.values()),
            *(_planned(line, month) for month in months),
            str(line.indicators),
            line.state,
        ]
        for line in lines
    ]
    table(columns, [*rows, ["合计", f"{sums.projects}个项目", *_amounts(sums, months), _indicators(lines), ""]])


def _indicators(lines: Iterable[ProjectLine]) -> str:
    return str(sum(line.indicators for line in lines))


def _planned(line: ProjectLine, month: int) -> str:
    amount = dict(line.planned).get(month)
    return "" if amount is None else plain(amount)


def _amounts(sums: Totals, months: Sequence[int]) -> list[str]:
    planned = dict(sums.planned)
    amounts = *sums.amounts.values(), *(planned.get(month, ZERO) for month in months)
    return [plain(amount) for amount in amounts]


class SummaryTable:
    """Collects what passes by and shows it as a table: the projects of one book, the departments or folders of many.

    On a terminal the largest are shown of more than fit the screen; what is written holds all.
    """

    def __init__(self, *, by_project: bool, by_folder: bool = False) -> None:
        self._by_project, self._by_folder = by_project and not by_folder, by_folder
        self._books: list[BookResult] = []
        self._sums: dict[str, Totals] = {}
        """By department, or by folder."""
        self._names = Names()

    def watch(self, results: Iterable[BookResult]) -> Iterator[BookResult]:
        """The results; only sums are kept of many books."""
        for result in results:
            if result.error is None and self._by_project:
                self._books.append(result)
            elif result.error is None and result.left is None:
                department = self._names.first(result.department)
                name = folder_of(result.path) if self._by_folder else department or result.path
                self._sums[name] = self._sums.get(name, Totals()).plus(result.totals)
            yield result

    def show(self, sums: Totals, profile: Profile, room: Room) -> None:
        """Prints the table."""
        for book in self._books:
            if book.lines:
                projects(book.lines, sums, profile)
            left_out.tables(book)
        if self._sums:
            self._show_sums(sums, sums.months(profile.checkpoints), room.sums)

    def _show_sums(self, sums: Totals, months: Sequence[int], most: int) -> None:
        headings = ("项目数", "预算数", "财政资金", "其他资金", *(f"{month}月底计划" for month in months))
        more = len(self._sums) - most if sys.stdout.isatty() else 0
        what = "文件夹" if self._by_folder else "部门"
        columns = [Column(what), *(Column(label, figures=True) for label in headings[:4])]
        columns += [Column(label, figures=True, can_go=more > 0) for label in headings[4:]]
        named = list(self._sums.items())
        if more > 0:
            named = sorted(named, key=lambda pair: pair[1].budget, reverse=True)[:most]
        parts = [*named, ("合计", sums)]
        rows = [
            [name, str(own.projects), *_amounts(own, months if own.planned else ()), *[""] * len(months)]
            for name, own in parts
        ]
        rows = [row[: len(columns)] for row in rows]
        if sums.incomplete:
            columns.append(Column("不含"))
            rows = [[*row, left_out.short(own)] for row, (_, own) in zip(rows, parts, strict=True)]
        table(columns, rows)
        if more > 0:
            say(f"列出的是预算数最大的 {most} 个{what}，另有 {more} 个；全部见写出的汇总")


def outcome(
    books: int, failed: int, found: "Found", counts: Sequence[int], accepted: int = 0, room: Room = FULL
) -> None:
    """How many books and findings there were, and what was passed over; accepted warnings are counted apart."""
    parts = [f"{severity.label} {number}" for severity, number in zip(Severity, counts, strict=True)]
    more = f"，{failed} 个没有读入" if failed else ""
    more += f"，略过 {len(found.skipped)} 个" if found.skipped else ""
    more += f"，锁定文件和系统文件 {found.locks} 个" if found.locks else ""
    apart = f"，已接受的警告 {accepted}" if accepted else ""
    say(f"工作簿 {books} 本{more}；{'，'.join(parts)}{apart}。")
    left_out.skipped(found, room)


def totals(sums: Totals, profile: Profile, room: Room = FULL) -> None:
    """The totals in 万元."""
    amounts = " / ".join(plain(amount) for amount in sums.amounts.values())
    say(f"预算数 / 财政资金 / 其他资金合计：{amounts} 万元")
    if months := sums.months(profile.checkpoints):
        planned = " / ".join(plain(sums.planned_at(month)) for month in months)
        say(f"累计支出计划 {' / '.join(f'{month}月底' for month in months)}：{planned} 万元")
    if sums.remarks:
        say(f"其中：{'；'.join(sums.remarks)}。")
    left_out.doubled(sums, room)


def rules(code: str | None, profile: Profile) -> None:
    """The catalogue, or one rule's page with its examples. Raises `XlPerfError` for an unknown code."""
    from xl_perf.core.checking.cases import examples_of
    from xl_perf.core.checking.check import FAILED, FAILED_PAGE
    from xl_perf.core.checking.rules import BY_CODE, RULES

    if code is None:
        rows = [[rule.code, _state(rule, profile), rule.title] for rule in RULES]
        table([Column("规则"), Column("级别"), Column("报告什么")], rows)
        say("xl-perf rules CODE 显示一条规则的说明，如 xl-perf rules B303。")
        return
    if code.upper() == FAILED:
        say(f"{FAILED}（{Severity.ERROR.label}）\n{FAILED_PAGE.strip()}")
        return
    if code.upper() not in BY_CODE:
        raise XlPerfError(f"没有规则“{code}”", "请用 xl-perf rules 查看全部规则")
    wanted = BY_CODE[code.upper()]
    say(f"{wanted.code}（{_state(wanted, profile)}）")
    say((wanted.page or "").strip())
    say("\n例子（表格是改动的单元格，左上角是工作表，其余各格都没有问题；期望是校验的结果）：\n")
    say(examples_of(wanted.code))


def _state(rule: "Rule", profile: Profile) -> str:
    """The rule's severity, or why it is off, by the profile."""
    setting = profile.rules.get(rule.code)
    if setting is not None and setting.off:
        return f"停用：{setting.off}"
    return ((setting.severity if setting else None) or rule.severity).label
