"""What the figures do not hold, named for people: files that were passed over, tables that are no projects."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from xl_perf.cli.screen import FULL, Room
from xl_perf.cli.terminal import say
from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.counting import Left, amount_of
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.missing import by_place
from xl_perf.core.figures.totals import ZERO, Totals, add_up
from xl_perf.core.forms.kind import Family
from xl_perf.core.model.department import OtherTable, UnreadSheet
from xl_perf.files.inputs import plain_ones_last

if TYPE_CHECKING:
    from xl_perf.files.inputs import Found, Skipped
    from xl_perf.service.results import BookResult

FAMILIES: Final = {
    Family.TARGETS: "绩效目标",
    Family.DEPARTMENT: "部门整体绩效目标",
    Family.MONITORING: "绩效运行监控",
    Family.EVALUATION: "绩效自评",
}
_EXAMPLES: Final = 3
"""Places that a line names of more than twice as many as it names one by one."""


def skipped(found: "Found", room: Room = FULL) -> None:
    """The files that were passed over, a line for each reason; documents, and what is no workbook at all, come last."""
    by_reason: dict[str, list[Skipped]] = {}
    for one in found.skipped:
        by_reason.setdefault(one.reason, []).append(one)
    if not room.files and by_reason:
        say(f"略过 {len(found.skipped)} 个，原因有 {len(by_reason)} 种，窗口大一些能逐个看到")
        return
    each = max(1, room.files // max(1, len(by_reason)))
    for reason, files in sorted(by_reason.items(), key=lambda group: plain_ones_last(group[1][0])):
        say(f"略过 {len(files)} 个：{reason}：{_named([one.path for one in files], each, '个')}")


def totals(sums: Totals, room: Room = FULL, *, many: bool) -> None:
    """Beside totals: what is missing from them. Of several books every place is named with its file."""
    if not sums.incomplete:
        return
    places = [
        f"{path if sheet is None else f'{path} 的 {sheet}' if many else sheet}（{reasons}）"
        for (path, sheet), reasons in by_place(sums.incomplete).items()
    ]
    _say_named(sums.note, places, room.places, "处")


def doubled(sums: Totals, room: Room = FULL) -> None:
    """The projects that may stand in the totals more than once, with the amount and the places."""
    if sums.doubled and room.places:
        say(f"可能重复的：{_named([one.said for one in sums.doubled], room.places, '个')}。")


def books(left: Sequence[tuple[str, Left, Totals | None]], room: Room = FULL, where: str = "") -> None:
    """The books that are in no total: copies, former versions, other years; each with its amount.

    None stands for that of a book that could not be read. ``where`` says in Chinese where all of them are listed.
    """
    if left:
        known = [totals for *_, totals in left if totals is not None]
        unknown = f"（{len(left) - len(known)} 本没有读入的，金额不知道）" * (len(known) < len(left))
        named = [f"{path}（{why.reason}{_worth(totals)}）" for path, why, totals in left]
        said = f"没有计入合计 {len(left)} 本，共 {plain(add_up(known).budget)} 万元{unknown}"
        _say_named(said, named, room.places, "本", where)
    lost = [(path, one) for path, why, _ in left for one in why.lost]
    if lost:
        amount = plain(amount_of(one for _, one in lost))
        named = [f"{path} 的“{one.name or one.sheet}” {plain(one.budget or ZERO)} 万元" for path, one in lost]
        _say_named(f"其中 {len(lost)} 个项目 {amount} 万元后一稿里没有", named, room.places, "个")


def departments(delivery: Delivery | None, room: Room = FULL) -> None:
    """Of a list of departments: who did not deliver, and who is not on it."""
    if delivery is None:
        return
    likely = delivery.likely
    say(f"应交 {len(delivery.expected)} 个部门，已交 {len(delivery.delivered)} 个。")
    if delivery.missing:
        perhaps = f"（有 {delivery.unread} 个文件没有读入，可能是它们的）" if delivery.unread else ""
        missing = [_with(name, delivery.said_of(name, likely, "名单以外")) for name in delivery.missing]
        _say_named(f"没有交 {len(missing)} 个{perhaps}", missing, room.files, "个")
    others = [_with(name, delivery.said_of(name, likely, "名单上")) for name in delivery.unexpected]
    others += delivery.nameless
    if others:
        _say_named(f"名单以外 {len(others)} 个", others, room.files, "个")


def _with(name: str, said: str) -> str:
    return f"{name}（{said}）" if said else name


def unmarkable(paths: Sequence[str]) -> Iterator[str]:
    """Of each format without marked copies: the books that have none."""
    by_format: dict[str, list[str]] = {}
    for path in paths:
        by_format.setdefault(PurePath(path).suffix.lower(), []).append(path)
    for suffix, books in by_format.items():
        without = f"{suffix} 格式不能加批注，没有写出标注副本"
        if len(books) > 1:
            without = f"{without}的有 {len(books)} 本：{_named(books, FULL.places, '本')}"
        else:
            without = f"{books[0]}：{without}"
        yield f"{without}。请用 --report 写成报告，或先另存为 .xlsx。"


def short(sums: Totals) -> str:
    """How much is missing from totals, for a cell beside them."""
    places = by_place(sums.incomplete)
    files = sum(sheet is None for _, sheet in places)
    counts = ((len(places) - files, "张表"), (files, "个文件"))
    return "、".join(f"{number} {what}" for number, what in counts if number)


def tables(result: "BookResult") -> None:
    """Of one book: its tables of other kinds, and its sheets of which nothing was read, a line for each of the two."""
    if result.tables:
        named = _named(list(map(_table, result.tables)), FULL.places, "张")
        say(f"另有 {len(result.tables)} 张别的表，不算项目：{named}")
    for one in result.unread:
        if one.unmatched is not None:
            say(f"工作表 {one.sheet}：{one.reason}")
    unread = [one for one in result.unread if one.unmatched is None]
    if unread:
        named = _named(list(map(_sheet, unread)), FULL.places, "张")
        say(f"有 {len(unread)} 张工作表没有读：{named}")


def _table(table: OtherTable) -> str:
    family = FAMILIES.get(Family(table.family), table.family)
    unread = "，还读不出，金额没有计入" if table.holds_projects else ""
    return f"{table.sheet}!{a1(table.row, table.column)} “{table.title}”（{family}{unread}）"


def _sheet(sheet: UnreadSheet) -> str:
    cells = f"，有内容的单元格 {sheet.cells} 个" if sheet.cells else ""
    return f"{sheet.sheet}（{sheet.reason}{cells}）"


def _worth(totals: Totals | None) -> str:
    return "" if totals is None else f"，{plain(totals.budget)} 万元"


def _say_named(said: str, names: Sequence[str], most: int, counter: str, where: str = "") -> None:
    """A line with so many names behind it; without room for any of them what is said of all alone."""
    say(f"{said}：{_named(names, most, counter, where)}。" if most else f"{said}。")


def _named(names: Sequence[str], most: int, counter: str, where: str = "") -> str:
    """So many names at most, of many more only examples, and the number of the others."""
    if len(names) > 2 * most:
        most = min(most, _EXAMPLES)
    more = len(names) - most
    return "、".join(names[:most]) + (f"，另有 {more} {counter}{where}" if more > 0 else "")
