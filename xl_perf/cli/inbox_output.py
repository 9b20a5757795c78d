"""What `receive` and `inbox` show: one screen, whatever the number of workbooks; all of it stands in 收件汇总."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.cli import left_out, printing
from xl_perf.cli.terminal import Column, say, table
from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.values import plain
from xl_perf.core.submitting.states import State
from xl_perf.submission.items import Item, Version, View
from xl_perf.submission.overviews import SUMMARY, counting_of, in_order, said_year, totals_of
from xl_perf.submission.receipts import RECEIPTS

if TYPE_CHECKING:
    from xl_perf.core.profile import Profile
    from xl_perf.submission.arriving import Arrived
    from xl_perf.submission.receiving import Taken

_MOST_ITEMS: Final = 8
_MOST_NOTES: Final = 5


def received(came: "Arrived", taken: "Taken", look: View, folder: Path, profile: "Profile") -> None:
    """What came, what counts, who is missing, the total."""
    new = set(taken.new)
    unread = sum(one.row.id in new for one in look.unread)
    outside = sum(one.is_error for one in came.passed_over)
    parts = [f"新收工作簿 {len(new)} 本" + (f"（{unread} 本没有读入）" if unread else "")]
    parts += [f"没有读入的附件或压缩包里的文件 {outside} 个"] * bool(outside)
    parts += [f"收过的同一文件 {taken.before} 个"] * bool(taken.before)
    parts += [f"略过 {len(came.found.skipped)} 个"] * bool(came.found.skipped)
    parts += [f"锁定文件和系统文件 {came.found.locks} 个"] * bool(came.found.locks)
    say(f"{'，'.join(parts)}。")
    left_out.skipped(came.found)
    _with_errors(look)
    _sums(look, profile)
    say(f"已写出收件汇总：{folder / SUMMARY}；回执在 {folder / RECEIPTS}。")


def _sums(look: View, profile: "Profile | None" = None) -> None:
    """What counts, and what does not; who is missing; the total."""
    counting = sum(one.counts for one in look.versions)
    states = {
        state: len({item.key.department for item in look.items if item.current and item.state is state})
        for state in State
    }
    said = "，".join(f"{state.value} {number} 个部门" for state, number in states.items() if number)
    if look.versions:
        unread = f"，没有读入 {look.lacking} 个" if look.lacking else ""
        end = f"；{said}。" if said else "。"
        say(f"{said_year(look)}：收件箱里共 {len(look.versions)} 本，计入 {counting} 本{unread}{end}")
    else:
        say("收件箱里还没有工作簿。")
    left_out.departments(look.delivery)
    if counting:
        if profile is not None:
            printing.totals(look.totals, profile)
        else:
            amounts = " / ".join(plain(amount) for amount in look.totals.amounts.values())
            say(f"预算数 / 财政资金 / 其他资金合计：{amounts} 万元")
            if look.totals.remarks:
                say(f"其中：{'；'.join(look.totals.remarks)}。")
            left_out.doubled(look.totals)
        for one in look.returned_beside:
            say(f"{one}。")
        left_out.totals(look.totals, many=True)
    if not counting:
        left_out.totals(look.totals, many=True)
    left = [one for one in look.versions if one.result.left is not None]
    worth = [None if one.row.error else one.result.totals for one in left]
    left_out.books(
        [(one.label, one.result.left, totals) for one, totals in zip(left, worth, strict=True) if one.result.left],
        where=f"，每一本都在{SUMMARY}里",
    )


_COLUMNS: Final = (
    Column("部门"),
    Column("状态"),
    Column("项目", figures=True),
    Column("预算数", figures=True),
    Column("错误", figures=True),
    Column("警告", figures=True),
    Column("版", figures=True, can_go=True),
    Column("计入"),
    Column("说明"),
)


def _with_errors(look: View) -> None:
    """The departments that something is to be done about, the worst first."""
    told = [item for item in look.items if item.notes or (item.errors and item.state is not State.APPROVED)]
    told.sort(key=lambda item: (-item.errors, not item.may_be_twice))
    if told:
        table(_COLUMNS, [_cells(item) for item in told[:_MOST_ITEMS]], fold=True)
        more = told[_MOST_ITEMS:]
        if more:
            errors = _departments(item for item in more if item.errors > 0)
            say(f"有错误或要说明的还有 {_departments(more)} 个部门（有错误的 {errors} 个），见{SUMMARY}。")
        elif len(told) < len(look.items):
            every = _departments(look.items)
            say(f"有错误或要说明的 {_departments(told)} 个部门列在上面，共 {every} 个，都在{SUMMARY}里。")


def _departments(items: Iterable[Item]) -> int:
    """How many departments these are of: one may send targets and reports."""
    return len({item.key.department for item in items})


def _cells(item: Item) -> list[str]:
    current = item.current
    return [
        item.said_name,
        item.said_state,
        str(sum(one.row.projects for one in current)),
        plain(totals_of(current).budget),
        str(item.errors or ""),
        str(sum(one.row.warnings for one in current) or ""),
        str(len(item.versions)),
        "、".join(f"{one.row.id}号" for one in current),
        "；".join(item.notes),
    ]


def listed(look: View) -> None:
    """Every department, and what is missing: `inbox list` shows all, as a list does."""
    there = {item.key.department for item in look.items}
    missing = [name for name in (look.delivery.missing if look.delivery else ()) if folded(name) not in there]
    rows = [[name, "没有交", *[""] * (len(_COLUMNS) - 2)] for name in missing]
    rows += [_cells(item) for item in in_order(look)]
    if rows:
        table(_COLUMNS, rows, fold=True)
    _unread(look)
    _sums(look)


def _unread(look: View) -> None:
    for one in look.unread:
        if one.result.left is None:
            say(f"没有读入：{one.label}：{one.row.error}")
    for passed in look.passed_over:
        if passed.is_error:
            say(f"没有读入：{passed.path}：{passed.reason}")


def counted(look: View, folder: Path, number: int, profile: str | None) -> None:
    """What was written out, what was not and why, the total, and what to do with it."""
    _unread(look)
    _sums(look)
    by = f" --profile {profile}" if profile else ""
    say(f"已写出计入的 {number} 本：{folder}。接着可以用 xl-perf consolidate {folder}{by} -o 汇总.xlsx 等。")


def history(look: View, item: Item) -> None:
    """The versions of one department, and what was done with them."""
    year = f"，{item.key.year}年" if item.key.year else ""
    say(f"{item.name}{year}：{item.said_state}")
    columns = [
        Column("号"),
        Column("文件"),
        Column("收到时间"),
        Column("修改时间"),
        Column("版本"),
    ]
    columns += [Column(label, figures=True) for label in ("项目", "预算数", "错误", "警告")]
    table([*columns, Column("核对"), Column("计入")], [_version(one) for one in item.versions], fold=True)
    for one in item.versions:
        changed = one.row.changed.splitlines()
        for line in changed[:_MOST_NOTES]:
            say(f"{one.row.id}号：{line}")
        if len(changed) > _MOST_NOTES:
            say(f"{one.row.id}号：等 {len(changed)} 处，见收件汇总")
    steps = [step for step in look.steps if step.numbers & {one.row.id for one in item.versions}]
    for step in steps:
        numbers = "、".join(f"{number}号" for number in sorted(step.numbers))
        say(f"{step.time} {step.step} {numbers}" + (f"：{step.reason}" if step.reason else ""))


_VERIFIED: Final = {None: "没有清单", 1: "相符", 0: "不符"}


def _local(modified: str) -> str:
    """A time that is recorded as UTC, as people's clocks show it."""
    if not modified:
        return ""
    when = datetime.fromisoformat(modified).replace(tzinfo=UTC).astimezone()
    return when.replace(tzinfo=None).isoformat(" ", "seconds")


def _version(one: Version) -> list[str]:
    row = one.row
    return [
        f"{row.id}号",
        row.name,
        row.received_at,
        _local(row.modified),
        str(row.version or ""),
        str(row.projects),
        plain(one.result.totals.budget),
        *(str(number or "") for number in (row.errors, row.warnings)),
        _VERIFIED[row.verified],
        counting_of(one),
    ]
