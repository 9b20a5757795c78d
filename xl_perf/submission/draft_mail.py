"""Drafts of mails (.eml, RFC 5322) that a mail program opens for sending: without sender and date, with attachments."""

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Final, NamedTuple

from xl_perf.sheets.texts import valid

_TYPES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
}
_ANY: Final = "application/octet-stream"


class Attached(NamedTuple):
    """A file that goes with a mail: the name that it has there, and its content."""

    name: str
    content: bytes


def draft(subject: str, text: str, attachments: Sequence[Attached] = (), to: str = "") -> bytes:
    """The draft. Headers are ASCII, names of files as RFC 2231 has them; the same arguments give the same bytes.

    ``X-Unsent: 1`` has Outlook and others open it for sending. ``to`` may be what a mail said of its sender: what is no
    plain address is left out.
    """
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    address = parseaddr(to)[1]
    if address.isascii() and address.isprintable() and address.count("@") == 1 and " " not in address:
        mail["To"] = address
    mail["Subject"] = " ".join(valid(subject).split())
    mail.set_content(valid(text), charset="utf-8", cte="base64")
    for one in attachments:
        main, _, sub = _type_of(one.name).partition("/")
        name = " ".join(valid(one.name).split())
        mail.add_attachment(one.content, main, sub, filename=name, params={"name": name})
    if attachments:
        told = hashlib.sha256(b"\0".join([subject.encode("utf-8", "replace"), *(one.content for one in attachments)]))
        mail.set_boundary(f"=_xl-perf-{told.hexdigest()[:32]}")
    return mail.as_bytes()


def _type_of(name: str) -> str:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _TYPES.get(suffix, _ANY)
