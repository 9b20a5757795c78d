"""Drafts: no sender, no date, ASCII headers; what a mail says of its sender is an address or nothing."""

import email
import email.policy

import pytest

from xl_perf.submission.draft_mail import Attached, draft


def test_a_draft() -> None:
    made = draft("回执：市教育局", "已收到。", [Attached("市教育局 校验结果.xlsx", b"PK")], "张三 <zs@a.gov.cn>")
    head = made.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    mail = email.message_from_bytes(made, policy=email.policy.default)
    assert (mail["X-Unsent"], mail["To"], mail["Subject"]) == ("1", "zs@a.gov.cn", "回执：市教育局")
    assert mail["From"] is mail["Date"] is None
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("市教育局 校验结果.xlsx", b"PK")
    assert b"filename*" in made
    assert (
        draft("回执：市教育局", "已收到。", [Attached("市教育局 校验结果.xlsx", b"PK")], "张三 <zs@a.gov.cn>") == made
    )


@pytest.mark.parametrize(
    "sender",
    ["", "张三", "张三 <张三@教育局>", "a@b\r\nBcc: x@y", "<script>@@", "a b@c", "x@y, z@w", '"a\nb"@c'],
)
def test_what_is_no_address_is_left_out(sender: str) -> None:
    made = draft("题\r\nBcc: x@y", "文\x00\ud800", [Attached("a\r\nb.xlsx", b"")], sender)
    mail = email.message_from_bytes(made, policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["To"] in {None, "x@y"}
