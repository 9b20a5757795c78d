"""`inbox return`, `approve`, `keep`, `dismiss`: what a person does with what was received, each step recorded.

What is written (letters, findings, marked copies) is there before its step is recorded: a run that is killed between
leaves files that the next one writes again.
"""

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.grouping import grouped
from xl_perf.core.checking.reported import said_kind
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.model.findings import Severity, count
from xl_perf.core.submitting.states import Move, State, moved
from xl_perf.files.names import SHORT, file_name
from xl_perf.files.output import replacing
from xl_perf.service.marking import ToMark, marked_copy
from xl_perf.service.reporting import write_report
from xl_perf.service.results import BookResult
from xl_perf.submission.decisions import said_numbers
from xl_perf.submission.doubling import said_amount
from xl_perf.submission.items import Item, Key, Version, View, key_of, view
from xl_perf.submission.overviews import RETURN_FOLDER, folder_of, totals_of
from xl_perf.submission.receipts import beside
from xl_perf.submission.receiving import Reading, examine_originals, original
from xl_perf.submission.store import Step, Store

if TYPE_CHECKING:
    from xl_perf.text.letter import Book


class Why(NamedTuple):
    """When and why a step is done: as typed; the time may be empty, then it is the clock's."""

    time: str
    reason: str

    @property
    def when(self) -> str:
        """Local time, to the second."""
        return self.time or datetime.now().isoformat(" ", "seconds")  # noqa: DTZ005  # people's time


def chosen(look: View, names: Sequence[str], kind: str | None = None) -> list[Item]:
    """The items that are meant by departments' names, or by numbers such as 12 or 12号, in this order.

    Raises `XlPerfError` for a name that nothing was received from, or that means several kinds.
    """
    return list({item.key: item for item in (_one(look, name, kind) for name in names)}.values())


def _one(look: View, name: str, kind: str | None) -> Item:
    number = _as_number(name)
    found = [item for item in look.items if item.key.department == folded(name)]
    found = [item for item in found if kind is None or item.key.kind == kind]
    if not found and number in look.items_by_number:
        found = [look.items_by_number[number]]
    if not found:
        raise _not_found(look, name, number)
    if len(found) > 1:
        what = "、".join(f"{item.versions[0].row.id}号（{_said_kind(item)}）" for item in found)
        raise XlPerfError(f"{name} 有几种：{what}", "请改用其中一本的编号")
    return found[0]


def _said_kind(item: Item) -> str:
    kind = said_kind(item.key.kind) or "绩效目标"
    return f"{item.key.year or '没有年度'}，{kind}"


_LONG: Final = 10


def _as_number(name: str) -> int:
    """12, 12号 or #12 as a number; 0 for what is none."""
    number = name.removesuffix("号").removeprefix("#")
    return int(number) if number.isdecimal() and len(number) < _LONG else 0


def _not_found(look: View, name: str, number: int) -> XlPerfError:
    """Why there is nothing of this name in the year that is looked at: it may be elsewhere in the inbox."""
    if number in look.by_number:
        return _outside(look, look.by_number[number])
    others = [one for one in look.others if folded(one.row.department or "") == folded(name)]
    if others:
        years = "、".join(str(year) for year in sorted({one.row.year for one in others if one.row.year}))
        numbers = said_numbers(one.row.id for one in others)
        said = f"{name}只交了 {years} 年的（{numbers}），现在看的是 {look.year} 年"
        return XlPerfError(said, f"要看那一年的，请加 --year {others[-1].row.year}")
    if look.delivery and any(folded(one) == folded(name) for one in look.delivery.expected):
        return XlPerfError(f"{name}还没有交", "请等它交来以后再做")
    names = {folded(item.name): item.name for item in look.items if item.key.department[:1] != "#"}
    like = [shown for one, shown in names.items() if folded(name) in one]
    like += [names[one] for one in get_close_matches(folded(name), names, n=3, cutoff=0.5)]
    hint = f"；是不是 {'、'.join(list(dict.fromkeys(like))[:3])}" if like else ""
    year = f" {look.year} 年的" if look.year else ""
    return XlPerfError(f"收件箱里没有 {name}{year}工作簿", f"请核对名称，或用 inbox list 查看{hint}")


def _outside(look: View, version: Version) -> XlPerfError:
    """Of a number that belongs to no department of the year."""
    row = version.row
    if row.error and version.result.left is not None:
        return XlPerfError(f"{version.label}{version.result.left.reason}", version.result.left.remedy)
    if row.error:
        settle = f"不再等它的，请用 inbox dismiss {row.id} --reason 理由"
        return XlPerfError(f"{version.label}没有读入：{row.error}", f"{row.remedy}；{settle}")
    said = f"{version.label}是 {row.year} 年的，现在看的是 {look.year} 年"
    return XlPerfError(said, f"请加 --year {row.year}")


# --- return --------------------------------------------------------------------------------------------------------


class Returned(NamedTuple):
    """What was sent back: the item, the folder with letter, findings and marked copies, and notes in Chinese."""

    item: Item
    folder: Path
    notes: Sequence[str]


def _moved(item: Item, move: Move) -> None:
    """Raises `XlPerfError` for a move that is not possible; what came since it was sent back, and does not count, is
    named.
    """
    since = [one for one in item.versions if item.step and one.row.id > item.step.after]
    if item.state is State.RETURNED and since:
        numbers = said_numbers(one.row.id for one in since)
        reasons = "；".join(dict.fromkeys(one.result.left.reason for one in since if one.result.left))
        kept = " ".join(str(one.row.id) for one in since)
        raise XlPerfError(
            f"{item.name}已经退回，退回以后收到的 {numbers}没有计入（{reasons}）",
            f"要改用它，请先用 inbox keep {kept} --reason 理由",
        )
    moved(item.state, move, item.name)


def send_back(store: Store, look: View, item: Item, why: Why, reading: Reading) -> Returned:
    """Writes the letter, the findings and the marked copies, and records the step. Raises `XlPerfError`."""
    _moved(item, Move.RETURN)
    versions = item.current
    if not versions:
        raise XlPerfError(f"{item.name}没有计入合计的工作簿，没有什么可退", "请用 inbox history 查看它的各版")
    if not item.errors and not why.reason:
        raise XlPerfError(f"{item.name}没有错误，退回要写理由", "请加 --reason 理由")
    time = why.when
    folder = store.folder / RETURN_FOLDER / folder_of(item.name)
    places = [(original(store, one.row), one.row.path) for one in versions]
    results = list(examine_originals(places, reading))
    notes: list[str] = []
    for version, result in zip(versions, results, strict=True):
        notes += _write_book(folder, version, result, places[versions.index(version)][0], reading)
    _write_letter(folder, item, versions, results, Why(time, why.reason), with_copies=len(notes) < len(versions))
    _record(store, look, item, Move.RETURN, [one.row.id for one in versions], Why(time, why.reason))
    return Returned(item, folder, notes)


def _write_book(folder: Path, version: Version, result: BookResult, path: Path, reading: Reading) -> list[str]:
    """The marked copy of one workbook, and the findings, whose links lead to it; gives what is to be said."""
    if result.error is not None:
        raise result.error
    row, notes = version.row, []
    name = row.name
    try:
        copy = marked_copy(ToMark(path, row.path, row.sha256, result.findings), reading.limits)
    except BookError as error:
        copy, notes = None, [str(error)]
    else:
        if copy is None:
            notes = [f"{version.label}的格式不能加批注，没有标注副本，问题见校验结果"]
    if copy is not None:
        name = f"{row.id}号 标注副本{row.suffix}"
        with replacing(folder / name) as output:
            output.temp.write_bytes(copy)
    findings = folder / f"{row.id}号 校验结果.xlsx"
    write_report(str(findings), [beside(result, findings, name)])
    return notes


def _write_letter(
    folder: Path,
    item: Item,
    versions: Sequence[Version],
    results: Sequence[BookResult],
    why: Why,
    *,
    with_copies: bool,
) -> None:
    from xl_perf.text.letter import Letter, write_letter

    year = f"{item.key.year}年" if item.key.year else ""
    books = [_book(version, result) for version, result in zip(versions, results, strict=True)]
    letter = Letter(
        f"关于退回{year}预算绩效目标的通知",
        item.name,
        f"你单位报送的{year}预算绩效目标，{_asked(has_errors=item.errors > 0)}并重新校验后报送。",
        books,
        why.reason,
        "附件：校验结果（工作簿）" + ("、标注副本（问题写成单元格上的批注）。" if with_copies else "。"),
        _printed(why.time),
    )
    numbers = "、".join(f"{one.row.id}号" for one in versions)
    with replacing(folder / f"{file_name(numbers, '退回', SHORT)} 退回通知.docx") as output:
        write_letter(output.temp, letter)


def _asked(*, has_errors: bool) -> str:
    """What a department is asked to do: by the table where there are errors, else for the reason that is given."""
    if has_errors:
        return "经校验有需要修改的地方，现予退回。请按下表修改，"
    return "现予退回。请按退回理由修改，"


def _book(version: Version, result: BookResult) -> "Book":
    from xl_perf.text.letter import Book, ToMend

    row = version.row
    to_mend = [
        ToMend(group.places, group.first.field or "", group.first.message, group.first.remedy)
        for group in grouped(result.findings)
        if group.first.severity in {Severity.ERROR, Severity.WARNING} and group.first.accepted is None
    ]
    totals = totals_of([version])
    said = f"{row.name}（编号 {row.id}号，{row.received_at}收到）：项目 {row.projects} 个，"
    said += f"预算数 {plain(totals.budget)} 万元；"
    counts = count(result.findings)
    said += f"错误 {counts[Severity.ERROR]} 个，警告 {counts[Severity.WARNING]} 个。"
    notes = [f"{totals.note}。"] if totals.note else []
    hints = counts[Severity.HINT]
    notes += [f"另有提示 {hints} 个，见附件校验结果。"] if hints else []
    return Book(said, to_mend, notes)


def _printed(time: str) -> str:
    """The date as letters have it; what is no date as it was typed."""
    try:
        date = datetime.fromisoformat(time)
    except ValueError:
        return time
    return f"{date.year}年{date.month}月{date.day}日"


# --- approve, keep -------------------------------------------------------------------------------------------------


def approve(store: Store, look: View, item: Item, why: Why) -> list[int]:
    """Records that what counts is approved; gives the numbers. Raises `XlPerfError`."""
    _moved(item, Move.APPROVE)
    current = item.current
    if not current:
        raise XlPerfError(f"{item.name}没有计入合计的工作簿，没有什么可批", "请用 inbox history 查看它的各版")
    if any(one.result.totals.undecided for one in current):
        named_ = "、".join(one.label for one in current)
        raise XlPerfError(f"{item.name}有几稿分不出先后：{named_}", "请先用 inbox keep 选定一本")
    doubts = [f"有 {item.errors} 个错误"] if item.errors else []
    doubts += ["内容与报送清单不符"] if any(one.row.is_changed for one in current) else []
    doubts += [f"有 {said_amount(item.doubled)}"] if item.doubled else ["有几本可能重复计入"] * item.may_be_twice
    if doubts and not why.reason:
        first = "请先退回修改" + ("，或用 inbox keep 选定要计入的（见 inbox list 的说明）" if item.may_be_twice else "")
        raise XlPerfError(f"{item.name}{'，'.join(doubts)}，没有批复", f"{first}；确要批复的，请用 --reason 写明理由")
    numbers = [one.row.id for one in current]
    _record(store, look, item, Move.APPROVE, numbers, why)
    return numbers


def keep(store: Store, look: View, numbers: Sequence[int], why: Why) -> Item:
    """Records that of a department's workbooks these count, whatever the dates say; gives the department as it is then.

    What else of the department, year and kind has come until now does not count. Raises `XlPerfError`, also for two
    drafts of the same projects: only one of them can count.
    """
    numbers = sorted(set(numbers))
    items = [_of_number(look, number) for number in numbers]
    if len({item.key for item in items}) > 1:
        named = "、".join(f"{number}号是 {item.name} 的" for number, item in zip(numbers, items, strict=True))
        raise XlPerfError(f"一次只能选定一个部门的：{named}", "请分几次选定")
    if not why.reason:
        raise XlPerfError("选定一版要写理由", "请加 --reason 理由")
    item = items[0]
    moved(item.state, Move.KEEP, item.name)
    with store.transaction():
        _add(store, look, item, Move.KEEP, numbers, why)
        now = view(store, look.year)
        for number in numbers:
            left = now.by_number[number].result.left
            if left is not None:
                said = f"{said_numbers(numbers)}不能同时选定：{number}号{left.reason}"
                raise XlPerfError(said, "同一批项目的几稿只能选定一本，请去掉一个编号")
    return now.items_by_number[numbers[0]]


def _of_number(look: View, number: int) -> Item:
    item = look.items_by_number.get(number)
    if item is not None:
        return item
    version = look.by_number.get(number)
    if version is None:
        raise XlPerfError(f"收件箱里没有 {number}号", "请用 inbox list 或 inbox history 查看编号")
    raise _outside(look, version)


def dismiss(store: Store, look: View, which: str, why: Why) -> str:
    """Records that a file does not count: a number, or the path of what could not be taken in; gives its name.

    Of one that could not be read nobody waits for its money any more. Raises `XlPerfError`.
    """
    if not why.reason:
        raise XlPerfError("不计要写理由", "请加 --reason 理由")
    version = look.by_number.get(_as_number(which))
    if version is None:
        if not any(one.is_error and one.path == which for one in look.passed_over):
            raise XlPerfError(f"收件箱里没有 {which}", "请写编号，没有编号的写 inbox list 里“没有读入”后面的整个文件名")
        with store.transaction():
            after = max(look.by_number, default=0)
            store.add_step(Step(0, Move.DISMISS.value, which, None, "", "", after, why.when, why.reason))
        return which
    item = look.items_by_number.get(version.row.id)
    if item is not None and item.state is State.APPROVED and version.counts:
        raise XlPerfError(f"{version.label}已经批复，不能改为不计", "确要重开，请先用 inbox keep 选定一版")
    with store.transaction():
        key = item.key if item is not None else key_of(version.row)
        after = max(look.by_number, default=0)
        store.add_step(Step(0, Move.DISMISS.value, *key, str(version.row.id), after, why.when, why.reason))
    return version.label


def _record(store: Store, look: View, item: Item, move: Move, numbers: Sequence[int], why: Why) -> None:
    """Records a step, if nothing has come between. Raises `XlPerfError` otherwise."""
    with store.transaction():
        _add(store, look, item, move, numbers, why)


def _add(store: Store, look: View, item: Item, move: Move, numbers: Sequence[int], why: Why) -> None:
    """The same, in the transaction that is under way."""
    key: Key = item.key
    now = view(store, look.year)
    same = next((one for one in now.items if one.key == key), None)
    if same is None or same.state is not item.state or _counting(same) != _counting(item):
        raise XlPerfError(
            f"{item.name}刚刚有了变化（新收了一版，或别人处理过），这一步没有做", "请用 inbox list 查看后重做"
        )
    after = max((one.row.id for one in now.versions), default=0)
    versions = " ".join(map(str, numbers))
    store.add_step(Step(0, move.value, *key, versions, after, why.when, why.reason))


def _counting(item: Item) -> list[int]:
    return [one.row.id for one in item.current]
