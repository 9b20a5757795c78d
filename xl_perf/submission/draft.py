"""What the mail says with which a packed workbook is sent upward."""

from collections.abc import Sequence
from typing import Final

from xl_perf.core.submitting.manifest import Manifest
from xl_perf.submission.draft_mail import Attached, draft

_MOST: Final = 20
"""Sentences of a kind that the text repeats; the manifest has all."""


def draft_of(manifest: Manifest, workbook: Attached, beside: Attached) -> bytes:
    """The mail with the workbook and its manifest."""
    return draft(subject_of(manifest), text_of(manifest, [workbook.name, beside.name]), [workbook, beside])


def subject_of(manifest: Manifest) -> str:
    """What is sent, in a line."""
    year = f"{manifest.year}年" if manifest.year else ""
    again = f"（第 {manifest.version} 次报送）" if manifest.version > 1 else ""
    return f"{manifest.department or '部门'}{year}预算绩效文本{again}"


def text_of(manifest: Manifest, names: Sequence[str]) -> str:
    """The mail's text: totals, findings, and what the totals lack."""
    totals, year = manifest.totals, f"{manifest.year}年" if manifest.year else ""
    money = f"其中财政资金 {totals['fiscal']} 万元，其他资金 {totals['other']} 万元"
    accepted = f"，已接受的警告 {len(manifest.accepted)}" if manifest.accepted else ""
    lines = [
        f"现报送{manifest.department or '本部门'}{year}预算绩效文本，版本 {manifest.version}。",
        "",
        f"项目 {manifest.projects} 个，预算数合计 {totals['budget']} 万元，{money}。",
        f"校验：错误 {manifest.errors}，警告 {manifest.warnings}，提示 {manifest.hints}{accepted}。",
    ]
    lines += [f"带错报送的理由：{manifest.forced}"] * bool(manifest.forced)
    for head, sentences in (("合计不含：", manifest.incomplete), ("没有带上的内容：", manifest.taken_out)):
        if sentences:
            lines += ["", head, *(f"- {one}" for one in sentences[:_MOST])]
            more = len(sentences) - _MOST
            lines += [f"- 另有 {more} 条，见工作簿的“报送清单”"] * (more > 0)
    lines += ["", f"附件：{'；'.join(names)}", f"内容摘要：{manifest.digest}"]
    return "\n".join(lines) + "\n"
