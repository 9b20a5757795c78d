"""Mails as inputs: .eml and Outlook's .msg. Their attachments are taken out, mails within them included.

Of a mail's text nothing is read but whether it speaks of a file that lies elsewhere; no address in it is followed.
"""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.files.containers import (
    MAX_DEPTH,
    MSG,
    SEPARATOR,
    TOO_DEEP,
    Letter,
    Member,
    Place,
    Room,
    attempted,
    free_name,
    too_large,
)
from xl_perf.files.disguised import disguised_in
from xl_perf.files.guard import UNPACK, load
from xl_perf.files.names import file_name
from xl_perf.files.own_properties import own_output_in

_MAX_ATTACHMENTS: Final = 1_000
_ELSEWHERE: Final = re.compile("超大附件|云附件|文件中转站")
"""How mail programs speak of attachments that are not in the mail, but to be fetched from somewhere."""
_PERHAPS_ELSEWHERE: Final = re.compile("中转站|网盘|天翼云|百度云|OneDrive|SharePoint")
"""What people may speak of otherwise, too: it counts where nothing is attached."""
_LINK: Final = "正文里的链接"
_FETCH: Final = "请用浏览器下载后给出工作簿，或请对方作为附件重新发送"
_SEALED: Final = {
    "winmail.dat": (
        "是 Outlook 特有的格式（winmail.dat），里面可能有工作簿，没有读",
        "请对方改用“纯文本”或 HTML 格式重新发送",
    ),
    "smime.p7m": ("是加密或签名的邮件，里面可能有工作簿，没有读", "请用邮件程序打开，把附件另存出来再给出"),
}


_SAVE_OUT: Final = "请用邮件程序打开它，把附件另存出来再给出；打不开就请对方重新发送"


class Attachment(NamedTuple):
    """A file in a mail: its name as the mail has it, perhaps empty, how its content is had, what kind it says it is.

    ``mail`` is the mail within the mail instead, where it is one.
    """

    name: str
    content: Callable[[], bytes] = bytes
    suffix: str = ""
    mail: "Mail | None" = None


class Mail(NamedTuple):
    """What is known of a mail. ``text`` is the beginning of what it says."""

    letter: Letter
    attachments: list[Attachment]
    text: str = ""


def attachments(path: Path, shown: str, is_wanted: Callable[[str], bool], room: Room) -> Iterator[Member]:
    """The files in a mail, as `containers.members` gives them; those in mails within it below the subjects of these.

    They came with the mail itself, whoever sent the mails within it.

    Where a text speaks of attachments that lie elsewhere, one more file is lacking. Raises BookError for what is no
    mail.
    """
    data = load(path, shown)
    try:
        mail = _read(path, data)
    except Exception as error:  # whatever a damaged one does to the parsers
        raise BookError("damaged", shown, "邮件已损坏，或层次太多，打不开", _SAVE_OUT) from error
    listed = list(_listed(mail, "", 0))
    text = "\n".join(_texts(mail))
    elsewhere = _ELSEWHERE.search(text) or (_PERHAPS_ELSEWHERE.search(text) if not listed else None)
    if elsewhere:
        message = f"邮件正文里有“{elsewhere[0]}”的链接，没有下载，里面可能有工作簿"
        lacking = BookError("unreadable", f"{shown}{SEPARATOR}{_LINK}", message, _FETCH)
        yield Member(_LINK, None, lacking, letter=mail.letter)
    if len(listed) > _MAX_ATTACHMENTS:
        raise too_large(shown)
    place = Place(path, shown)
    for name, one, letter in sorted(listed, key=lambda each: each[0]):
        yield _member(name, one, place, shown, is_wanted, room)._replace(letter=mail.letter.around(letter))


def _texts(mail: Mail) -> Iterator[str]:
    """What the mail says, and the mails within it."""
    yield mail.text
    for one in mail.attachments:
        if one.mail is not None:
            yield from _texts(one.mail)


def _member(
    name: str, one: "Attachment | str", place: Place, shown: str, is_wanted: Callable[[str], bool], room: Room
) -> Member:
    member = f"{shown}{SEPARATOR}{name}"
    if isinstance(one, str):
        return Member(name, None, BookError("unreadable", member, one, UNPACK))
    if one.name.lower() in _SEALED:
        return Member(name, None, BookError("unreadable", member, *_SEALED[one.name.lower()]))
    content = attempted(one.content, shown, name)
    if isinstance(content, BookError):
        return Member(name, None, content)
    room.take(1, len(content), shown)
    if not is_wanted(name):
        error = disguised_in(io.BytesIO(content), len(content), member)
        own = own_output_in(content) if error is not None else ""
        return Member(name, reason=own) if own else Member(name, None, error)
    written = attempted(lambda: place.written(io.BytesIO(content), name, None), shown, name)
    return Member(name, None, written) if isinstance(written, BookError) else Member(name, written)


def _read(path: Path, data: bytes) -> Mail:
    if path.suffix.lower() == MSG:
        from xl_perf.files.outlook_message import outlook_message

        return outlook_message(data)
    from xl_perf.files.internet_message import internet_message

    return internet_message(data)


def _listed(mail: Mail, way: str, depth: int) -> Iterator[tuple[str, "Attachment | str", Letter]]:
    """Every file with its name, no two of a mail alike; in place of what is too deep in it, what is said of that."""
    taken: set[str] = set()
    for number, one in enumerate(mail.attachments, 1):
        name = free_name(file_name(one.name, f"附件{number}{one.suffix}"), taken)
        if one.mail is None:
            yield f"{way}{name}", one, mail.letter
        elif depth + 1 >= MAX_DEPTH:
            yield f"{way}{name}", TOO_DEEP, mail.letter
        else:
            yield from _listed(one.mail, f"{way}{name}/", depth + 1)
