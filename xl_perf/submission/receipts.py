"""What a department gets for a workbook that was received: the findings (.xlsx) and a reply (.eml, a draft).

They say what stands in the workbook alone, not whether it counts: that changes when other workbooks come. So a receipt
is the same whenever it is written.
"""

import os
from collections.abc import Iterator, Sequence
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
from xl_perf.submission.receiving import Reading, examine_originals, original
from xl_perf.submission.store import Received, Store

RECEIPTS: Final = "回执"
_NOBODY: Final = "没有写部门"
_MOST_CHANGED: Final = 20


def write_receipt(store: Store, row: Received, result: BookResult) -> Path:
    """Writes both; the reply last, so that where it is, the findings are too. Raises `OutputError`."""
    reply = place_of(store, row)
    attached = []
    if not row.error:
        findings = reply.with_name(f"{row.id}号 校验结果.xlsx")
        write_report(str(findings), [beside(result, findings, row.name)])
        attached = [
            Attached(f"{file_name(row.department or _NOBODY, _NOBODY, SHORT)} 校验结果.xlsx", findings.read_bytes())
        ]
    content = draft(_subject(row), "\n".join(_text(row)), attached, row.sender)
    with replacing(reply) as output:
        output.temp.write_bytes(content)
    return reply


def place_of(store: Store, row: Received) -> Path:
    """Where the reply to a received workbook lies."""
    whose = file_name(row.department or _NOBODY, _NOBODY, SHORT)
    return store.folder / RECEIPTS / whose / f"{row.id}号 回执.eml"


def write_missing(store: Store, reading: Reading) -> Iterator[Received]:
    """Writes the receipts that a run which was ended did not come to; gives each when it is written."""
    rows = [row for row in store.received() if not place_of(store, row).exists()]
    readable = [row for row in rows if not row.error]
    results = examine_originals([(original(store, row), row.path) for row in readable], reading)
    for row in rows:
        write_receipt(store, row, BookResult(row.path) if row.error else next(results))
        yield row


def beside(result: BookResult, findings: Path, name: str) -> BookResult:
    """The result as of a file of this name beside its findings: their links lead there."""
    name = os.path.join(os.path.realpath(findings.parent), name)  # noqa: PTH118  # as `written.links` has it
    lines = tuple(line._replace(path=name) for line in result.lines)
    missing = tuple(one._replace(path=name) for one in result.totals.incomplete)
    return replace(result, path=name, lines=lines, totals=result.totals._replace(incomplete=missing))


def _subject(row: Received) -> str:
    year = f"{row.year}年" if row.year else ""
    return f"回执：{row.department or row.name} {year}预算绩效（{row.id}号）"


def _text(row: Received) -> Sequence[str]:
    """Facts only."""
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
    return [*lines, "", f"{found}。逐条见附件“校验结果”，每条都写明位置和怎样改。"]
