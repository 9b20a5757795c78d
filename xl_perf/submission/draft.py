"""The draft of a mail (.eml) with what is sent upward: whoever opens it fills in the receiver and sends it.

RFC 5322 and 2045 to 2049; names of attachments as RFC 2231 has them. ``X-Unsent: 1`` makes Outlook open it as a draft;
Thunderbird, WPS and others open it as a message to be forwarded or edited as new. There is no sender and no date. The
same content gives the same bytes.
"""

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, NamedTuple

from xl_perf.core.submitting.manifest import Manifest

_XLSX: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_JSON: Final = ("application", "json")
_MOST: Final = 20
"""Sentences of a kind that the text repeats; the manifest has all."""


class Attached(NamedTuple):
    """A file that goes with the mail."""

    name: str
    content: bytes


def draft_of(manifest: Manifest, workbook: Attached, beside: Attached) -> bytes:
    """The mail with the workbook and its manifest."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = subject_of(manifest)
    message.set_content(text_of(manifest, [workbook.name, beside.name]), charset="utf-8", cte="base64")
    for (main, sub), attached in ((_XLSX, workbook), (_JSON, beside)):
        message.add_attachment(attached.content, main, sub, filename=attached.name, params={"name": attached.name})
    digest = hashlib.sha256(workbook.content + beside.content).hexdigest()
    message.set_boundary(f"=_xl-perf_{digest[:32]}")
    return message.as_bytes()


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
