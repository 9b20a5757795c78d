"""What a department gets for a workbook that was received: the findings (.xlsx) and a reply (.eml, a draft).

The reply says whether the workbook counts as of when it came: it is written when all that came with it is recorded.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from xl_perf.core.cells.values import plain
from xl_perf.files.names import SHORT, file_name
from xl_perf.files.output import replacing
from xl_perf.service.reporting import write_report
from xl_perf.service.results import BookResult
from xl_perf.submission.draft_mail import Attached, draft
from xl_perf.submission.frozen import totals_of_json
from xl_perf.submission.items import Version, View
from xl_perf.submission.receiving import Reading, examine_originals, original
from xl_perf.submission.store import Received, Store

RECEIPTS: Final = "回执"
_NOBODY: Final = "没有写部门"
_MOST_CHANGED: Final = 20


def write_findings(store: Store, row: Received, result: BookResult) -> None:
    """Writes what was found in a workbook that could be read. Raises `OutputError`."""
    if not row.error:
        findings = _findings(store, row)
        write_report(str(findings), [beside(result, findings, row.name)])


def _findings(store: Store, row: Received) -> Path:
    return place_of(store, row).with_name(f"{row.id}号 校验结果.xlsx")


def place_of(store: Store, row: Received) -> Path:
    """Where the reply to a received workbook lies."""
    whose = file_name(row.department or _NOBODY, _NOBODY, SHORT)
    return store.folder / RECEIPTS / whose / f"{row.id}号 回执.eml"


def write_replies(store: Store, look: View, reading: Reading, new: Collection[int]) -> None:
    """Writes the replies to new workbooks, and all that a run which was ended did not come to.

    A reply is written last: where it is, the findings are too. Raises `OutputError`.
    """
    versions = [one for one in look.versions if one.row.id in new or not place_of(store, one.row).exists()]
    lacking = [one.row for one in versions if not one.row.error and not _findings(store, one.row).exists()]
    results = examine_originals([(original(store, row), row.path) for row in lacking], reading)
    for row, result in zip(lacking, results, strict=True):
        write_findings(store, row, result)
    for one in versions:
        _write_reply(store, one)


def _write_reply(store: Store, version: Version) -> None:
    row = version.row
    attached = []
    if not row.error:
        name = f"{file_name(row.department or _NOBODY, _NOBODY, SHORT)} 校验结果.xlsx"
        attached = [Attached(name, _findings(store, row).read_bytes())]
    content = draft(_subject(row), "\n".join(_text(version)), attached, row.sender)
    with replacing(place_of(store, row)) as output:
        output.temp.write_bytes(content)


def beside(result: BookResult, findings: Path, name: str) -> BookResult:
    """The result as of a file of this name beside its findings: their links lead there."""
    name = os.path.join(os.path.realpath(findings.parent), name)  # noqa: PTH118  # as `written.links` has it
    lines = tuple(line._replace(path=name) for line in result.lines)
    missing = tuple(one._replace(path=name) for one in result.totals.incomplete)
    return replace(result, path=name, lines=lines, totals=result.totals._replace(incomplete=missing))


def _subject(row: Received) -> str:
    year = f"{row.year}年" if row.year else ""
    return f"回执：{row.department or row.name} {year}预算绩效（{row.id}号）"


def _text(version: Version) -> Sequence[str]:
    """Facts only."""
    row, left = version.row, version.result.left
    when = f"，{row.received_at}" if row.received_at else ""
    lines = [f"已收到 {row.name}{when}，编号 {row.id}号。", ""]
    if row.error:
        return [*lines, f"没有读入：{row.error}。", f"{row.remedy}。", "请改好后重新报送。"]
    totals = totals_of_json(row.totals, row.name)
    amounts = " / ".join(plain(amount) for amount in totals.amounts.values())
    lines += [
        f"部门：{row.department or '（没有写）'}",
        f"年度：{row.year or '（读不出）'}",
        f"项目：{row.projects} 个",
        f"预算数 / 财政资金 / 其他资金：{amounts} 万元",
    ]
    lines += [f"{totals.note}。"] if totals.note else []
    lines += [f"版本：{row.version}"] if row.version else []
    if row.verified is not None:
        changed = row.changed.splitlines()
        lines += ["", "与报送清单相符。" if row.verified else "与报送清单不符，这一本不会替换以前相符的："]
        lines += [f"  {one}" for one in changed[:_MOST_CHANGED]]
        lines += [f"  等 {len(changed)} 处"] if len(changed) > _MOST_CHANGED else []
    accepted = f"，已接受的警告 {row.accepted} 个" if row.accepted else ""
    found = f"校验：错误 {row.errors} 个，警告 {row.warnings} 个，提示 {row.hints} 个{accepted}"
    counts = "收到时计入合计。" if left is None else f"收到时没有计入合计：{left.reason}。"
    return [*lines, "", counts, f"{found}。逐条见附件“校验结果”，每条都写明位置和怎样改。"]
