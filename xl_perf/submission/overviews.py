"""收件汇总.xlsx and 退回清单.xlsx: what the record of an inbox says, for people. Written anew when that has changed."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import Totals, add_up
from xl_perf.core.submitting.states import Move, State
from xl_perf.files.names import SHORT, file_name
from xl_perf.files.output import Replaced, replacing, sha256_of
from xl_perf.files.temporary import folder
from xl_perf.files.untouched import is_untouched, seal
from xl_perf.sheets.lists import Column
from xl_perf.submission.decisions import said_numbers
from xl_perf.submission.items import NAMELESS, Item, Key, Version, View
from xl_perf.submission.receiving import FORWARDED
from xl_perf.submission.store import Step, Store
from xl_perf.written.lists_workbook import Cell, List, Row, write_lists

SUMMARY: Final = "收件汇总.xlsx"
RETURNS: Final = "退回清单.xlsx"
RETURN_FOLDER: Final = "退回"
MISSING: Final = "没有交"
TOTAL: Final = "合计"
_MONEY: Final = tuple(Column(f"{label}\n（万元）", 12) for label in ("预算数", "财政资金", "其他资金"))
_COUNTS: Final = tuple(Column(label, 7) for label in ("错误", "警告", "提示"))
_OF_ITEMS: Final = (
    Column("部门", 22),
    Column("年度", 7),
    Column("状态", 10),
    Column("项目", 7),
    *_MONEY,
    *_COUNTS,
    Column("收过", 7),
    Column("计入的文件", 26),
    Column("收到时间", 19),
    Column("说明", 30),
)
_OF_VERSIONS: Final = (
    Column("号", 6),
    Column("部门", 22),
    Column("年度", 7),
    Column("文件", 32),
    Column("收到时间", 12),
    Column("发件人", 18),
    Column("版本", 7),
    Column("核对", 12),
    Column("项目", 7),
    _MONEY[0],
    *_COUNTS,
    Column("是否计入", 34),
)
_OF_FILES: Final = (Column("文件", 60), Column("情况", 12), Column("原因", 60), Column("处理办法", 44))
_OF_STEPS: Final = (
    Column("时间", 20),
    Column("做了什么", 10),
    Column("部门", 30),
    Column("年度", 7),
    Column("哪几号", 16),
    Column("理由", 60),
)
_OF_RETURNS: Final = (
    Column("部门", 30),
    Column("年度", 7),
    Column("退回时间", 20),
    Column("退回的文件", 44),
    *_COUNTS[:2],
    Column("理由", 40),
    Column("以后", 30),
    Column("通知在", 30),
)


Looking = Callable[[Store], View]


def write_overviews(store: Store, look: Looking) -> tuple[View, list[str]]:
    """Writes both workbooks where they would be others; gives what they show, and what is to be said, in Chinese.

    Nobody records anything meanwhile: of two runs the last one writes what both have recorded.
    """
    with store.transaction():
        view = look(store)
        said = _put(store.folder / SUMMARY, "收件汇总", summary_lists(view))
        if any(step.step == Move.RETURN for step in view.steps):
            said += _put(store.folder / RETURN_FOLDER / RETURNS, "退回清单", [return_list(view)])
    return view, said


def _put(path: Path, title: str, lists: Sequence[List]) -> list[str]:
    """A file that somebody has edited is kept under another name; one that is the same already is left alone."""
    with folder("inbox") as place:
        made = place / path.name
        write_lists(made, title, lists)
        seal(made)
        content = made.read_bytes()
    if path.exists() and path.read_bytes() == content:
        return []
    edited = path.exists() and not is_untouched(path)
    replaced = Replaced(sha256_of(path), keep=True) if edited else None
    with replacing(path, replaced=replaced) as output:
        output.temp.write_bytes(content)
    said = [output.notice] if output.notice else []
    return said + ([f"{path.name} 有人改过，原件留作 {output.original.name}。"] if output.original else [])


# --- 收件汇总 --------------------------------------------------------------------------------------------------------


def summary_lists(view: View) -> list[List]:
    """Its sheets: departments, workbooks, what was not read or passed over, what people did."""
    lists = [_items_list(view), _versions_list(view)]
    if view.unread or view.passed_over:
        lists.append(_files_list(view))
    if view.steps:
        lists.append(_steps_list(view))
    return lists


def said_year(view: View) -> str:
    """The year that is shown, for people."""
    return f"{view.year}年度" if view.year else "没有写明年度"


_FILL_OF: Final = {State.RECEIVED: "", State.RETURNED: "fair", State.APPROVED: "good"}


def _items_list(view: View) -> List:
    missing = view.delivery.missing if view.delivery else []
    outside, items = _outside(view), sorted(in_order(view), key=lambda item: bool(item.current))
    there = {item.key.department for item in items}
    rows = [Row(_item_missing(view, name), "bad", 2) for name in missing if folded(name) not in there]
    rows += [Row(_item_cells(item, outside), _fill(item), 2) for item in items]
    totals = view.totals
    amounts = " / ".join(plain(amount) for amount in totals.amounts.values())
    said = f"{said_year(view)}：计入 {sum(one.counts for one in view.versions)} 本，{totals.projects} 个项目；"
    said += f"预算数 / 财政资金 / 其他资金合计 {amounts} 万元"
    said += f"；没有读入 {view.lacking} 个" if view.lacking else ""
    if view.delivery:
        delivery = view.delivery
        said += f"\n应交 {len(delivery.expected)} 个部门，已交 {len(delivery.delivered)} 个，没有交 {len(missing)} 个"
        said += f"；名单以外 {len(others)} 个" if (others := [*delivery.unexpected, *delivery.nameless]) else ""
    note = "；".join(filter(None, [totals.note, *totals.remarks, *view.returned_beside]))
    total = Row(_total_cells(view)) if view.items else None
    return List("收件汇总", said, _OF_ITEMS, rows, note, bool(missing), total)


def in_order(view: View) -> list[Item]:
    """As on the list of those that were to deliver, others behind them as they came."""
    places = {folded(name): at for at, name in enumerate(view.delivery.expected if view.delivery else ())}
    return sorted(view.items, key=lambda item: places.get(item.key.department, len(places)))


def _fill(item: Item) -> str:
    if not item.current or ((item.errors or item.may_be_twice) and item.state is State.RECEIVED):
        return "bad"
    return _FILL_OF[item.state]


def _total_cells(view: View) -> list[Cell]:
    """The sum of the rows above, which is that of the inbox."""
    counting = [one for one in view.versions if one.counts]
    return [
        TOTAL,
        view.year,
        None,
        view.totals.projects,
        *view.totals.amounts.values(),
        *(sum(getattr(one.row, what) for one in counting) for what in ("errors", "warnings", "hints")),
        sum(len(item.versions) for item in view.items),
        f"{len(counting)} 本",
        None,
        view.totals.note,
    ]


def _item_missing(view: View, name: str) -> list[Cell]:
    delivery = view.delivery
    said = delivery.said_of(name, delivery.likely, "名单以外") if delivery else ""
    return [name, view.year, MISSING, *[None] * (len(_OF_ITEMS) - 4), said]


def _item_cells(item: Item, others: Collection[Key]) -> list[Cell]:
    current = item.current
    sums = totals_of(current)
    outside = "名单以外" if item.key in others else ""
    return [
        item.said_name,
        item.key.year,
        item.said_state,
        sums.projects,
        *sums.amounts.values(),
        *(sum(getattr(one.row, what) for one in current) for what in ("errors", "warnings", "hints")),
        len(item.versions),
        "\n".join(one.label for one in current),
        "\n".join(one.row.received_at for one in current),
        "；".join(filter(None, [outside, *item.notes])),
    ]


def _outside(view: View) -> set[Key]:
    """Of departments that are not on the list of those that were to deliver."""
    if view.delivery is None:
        return set()
    known = {folded(name) for name in view.delivery.expected}
    return {item.key for item in view.items if item.key.department not in known}


def totals_of(versions: Sequence[Version]) -> Totals:
    """What several workbooks come to."""
    return add_up(one.result.totals for one in versions)


def _versions_list(view: View) -> List:
    rows = []
    for one in view.versions:
        fill = "" if one.counts else "bad" if one.row.error else "fair"
        rows.append(Row(_version_cells(one), fill, len(_OF_VERSIONS) - 1))
    counting = sum(one.counts for one in view.versions)
    said = f"收到工作簿 {len(rows)} 本，计入 {counting} 本，没有计入 {len(rows) - counting} 本，每一本都在下面"
    return List("工作簿", said, _OF_VERSIONS, rows)


def _version_cells(one: Version) -> list[Cell]:
    row = one.row
    money = one.result.totals.budget
    return [
        row.id,
        row.department or (None if row.error else NAMELESS),
        row.year,
        row.path,
        row.received_at,
        "\n".join(filter(None, [row.sender, *(one for one in row.notes.splitlines() if one.startswith(FORWARDED))])),
        row.version,
        {None: "没有清单", 1: "与清单相符", 0: "与清单不符"}[row.verified] if not row.error else None,
        *((row.projects, money, row.errors, row.warnings, row.hints) if not row.error else [None] * 5),
        "；".join([counting_of(one), *row.changed.splitlines()[:_MOST_CHANGED]]),
    ]


_MOST_CHANGED: Final = 20


def counting_of(one: Version) -> str:
    """Whether a workbook counts, else why not."""
    if one.result.left is not None:
        return f"没有计入：{one.result.left.reason}"
    return f"没有读入：{one.row.error}" if one.row.error else "计入"


def _files_list(view: View) -> List:
    rows = [_unread_row(one) for one in view.unread]
    errors = [one for one in view.passed_over if one.is_error]
    rows += [Row([one.path, "没有读入", one.reason, "请对方重新发送"], "bad", 1) for one in errors]
    rows += [Row([one.path, "略过", one.reason, None]) for one in view.passed_over if not one.is_error]
    settled = len(view.unread) + len(errors) - view.lacking
    said = f"没有读入 {view.lacking} 个" + (f"，已有着落的 {settled} 个" if settled else "")
    said += f"，略过 {len(view.passed_over) - len(errors)} 个"
    return List("没有读入", said, _OF_FILES, rows, is_urgent=view.is_incomplete)


def _unread_row(one: Version) -> Row:
    row, left = one.row, one.result.left
    if left is None:
        remedy = f"{row.remedy}；不再等的，请用 inbox dismiss {row.id} --reason 理由"
        return Row([row.path, "没有读入", row.error, remedy], "bad", 1)
    return Row([row.path, "已有着落", f"{row.error}；{left.reason}", left.remedy], "fair", 1)


def _steps_list(view: View) -> List:
    rows = []
    for step in view.steps:
        numbers = "、".join(f"{one}号" for one in step.versions.split())
        whose = _whose(view, step.department)
        rows.append(Row([step.time, step.step, whose, step.year, numbers, step.reason]))
    return List("经过", f"退回、批复、选定、不计共 {len(rows)} 次", _OF_STEPS, rows)


def _whose(view: View, department: str) -> str:
    """The name as people write it; where no department is named, that of the file."""
    number = department.removeprefix("#")
    if number != department and number.isdecimal() and int(number) in view.by_number:
        return f"{NAMELESS}{view.by_number[int(number)].label}"
    return view.names.get(department, department)


# --- 退回清单 --------------------------------------------------------------------------------------------------------


def return_list(view: View) -> List:
    """Every return, the last one first, with what came of it."""
    rows = [Row(*_return_row(view, step)) for step in reversed(view.steps) if step.step == Move.RETURN]
    open_ = sum(row.fill == "bad" for row in rows)
    return List("退回清单", f"退回 {len(rows)} 次，还没有收到新的一版的 {open_} 次", _OF_RETURNS, rows)


def _return_row(view: View, step: Step) -> tuple[list[Cell], str, int]:
    versions = [view.by_number[number] for number in sorted(step.numbers) if number in view.by_number]
    item = next((view.items_by_number[one.row.id] for one in versions if one.row.id in view.items_by_number), None)
    newer = [one for one in item.versions if one.row.id > step.after] if item else []
    waits = item is not None and item.state is State.RETURNED and item.step == step
    came = f"收到 {said_numbers(one.row.id for one in newer)}" if newer else ""
    nothing = "还没有收到新的一版" if waits else "见收件汇总"
    after = f"{came}，没有计入" if came and waits else came or nothing
    cells: list[Cell] = [
        _whose(view, step.department),
        step.year,
        step.time,
        "\n".join(one.label for one in versions),
        sum(one.row.errors for one in versions),
        sum(one.row.warnings for one in versions),
        step.reason,
        after,
        f"{RETURN_FOLDER}/{folder_of(_whose(view, step.department))}",
    ]
    return cells, "bad" if waits else "", 7


def folder_of(department: str) -> str:
    """The folder of a department among those that were sent back."""
    return file_name(department, "部门", SHORT)
