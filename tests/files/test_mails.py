"""Mails as inputs: attachments under their names, whoever wrote them; what is lacking, sealed or too much is named."""

import io
import zipfile
from pathlib import Path

import pytest

from tests import mails
from tests.mails import attached, eml, forwarded, msg, part, said
from tests.workbooks import ooxml, saved, sheet
from xl_perf.files import containers
from xl_perf.files.containers import Letter
from xl_perf.files.inputs import Found, find_books

PLAIN = ooxml(sheet())
SENT = "2023-05-06T07:08:09+08:00"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def shown(found: Found) -> list[str]:
    return [name for _, name in found.books]


def said_of(found: Found) -> dict[str, str]:
    return {error.path: str(error).removeprefix(f"{error.path}：") for error in found.errors}


# --- names -----------------------------------------------------------------------------------------------------------

NAME = "教育局（2023）.xlsx"
HEADERS = {
    "RFC 2231": [
        b"Content-Disposition: attachment; filename*=UTF-8''%E6%95%99%E8%82%B2%E5%B1%80%EF%BC%882023%EF%BC%89.xlsx"
    ],
    "RFC 2231, parts, GBK": [
        b"Content-Disposition: attachment; filename*0*=gb2312''%BD%CC%D3%FD;",
        b" filename*1*=%BE%D6%A3%A82023; filename*2*=%A3%A9.xlsx",
    ],
    "encoded word, GBK": [b'Content-Disposition: attachment; filename="=?gb18030?B?vczT/b7Wo6gyMDIzo6kueGxzeA==?="'],
    "encoded words, two lines": [
        b'Content-Disposition: attachment; filename="=?utf-8?B?5pWZ6IKy5bGA?=',
        b' =?utf-8?Q?=EF=BC=882023=EF=BC=89.xlsx?="',
    ],
    "only as the name of its type": [
        b'Content-Type: application/octet-stream; name="=?GBK?Q?=BD=CC=D3=FD=BE=D6=A3=A82023=A3=A9.xlsx?="'
    ],
    "bytes in GBK": [b'Content-Disposition: attachment; filename="' + NAME.encode("gbk") + b'"'],
    "bytes in UTF-8": [b'Content-Disposition: attachment; filename="' + NAME.encode() + b'"'],
}


@pytest.mark.parametrize("how", HEADERS)
def test_names_of_attachments(here: Path, how: str) -> None:
    (here / "来件.eml").write_bytes(eml(said("请查收"), part(PLAIN, *HEADERS[how])))
    found = find_books(["来件.eml"])
    assert (shown(found), found.errors, found.skipped) == ([f"来件.eml!{NAME}"], [], [])
    assert found.books[0][0].read_bytes() == PLAIN
    assert found.letters[f"来件.eml!{NAME}"] == Letter("jyj@example.gov.cn", "发送", SENT)


def test_names_are_no_paths(here: Path) -> None:
    names = ["../../一.xlsx", "/etc/二.xlsx", "C:\\三.xlsx", "四.xlsx", "四.xlsx", "..", "a\x07b.xlsx"]
    (here / "来件.eml").write_bytes(eml(*(attached(name, PLAIN) for name in names)))
    found = find_books(["来件.eml"])
    assert shown(found) == [f"来件.eml!{name}.xlsx" for name in ("C_三", "_.._一", "_etc_二", "a_b", "四 (2)", "四")]
    assert {path.parent.name for path, _ in found.books} == {"来件.eml!"}
    assert said_of(found) == {"来件.eml!附件6": "内容是工作簿，扩展名却没有，没有读。请解压后改名为 附件6.xlsx。"}


def test_a_workbook_without_a_name(here: Path) -> None:
    kind = b"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    (here / "来件.eml").write_bytes(eml(part(PLAIN, kind)))
    assert shown(find_books(["来件.eml"])) == ["来件.eml!附件1.xlsx"]


# --- mails in mails, archives in mails -------------------------------------------------------------------------------


def test_what_was_passed_on(here: Path) -> None:
    """A mail with a mail with an archive with a mail: all are read, and known by the innermost mail."""
    inner = eml(attached("丙.xlsx", PLAIN), sender="=?utf-8?B?5LiZ?= <c@example.cn>", subject="third")
    packed = zipped(**{"部门/丙.eml": inner, "乙.xlsx": PLAIN})
    middle = eml(attached("包.zip", packed), sender="b@example.cn", subject="second", boundary="m")
    (here / "来件.eml").write_bytes(eml(attached("甲.xlsx", PLAIN), forwarded(middle)))
    found = find_books(["来件.eml"])
    assert (found.errors, found.skipped) == ([], [])
    # The mail that arrived tells who sent it and when; who wrote the one in it is a remark.
    assert {letter[:3] for letter in found.letters.values()} == {("jyj@example.gov.cn", "发送", SENT)}
    assert {name: letter.forwarded for name, letter in found.letters.items()} == {
        "来件.eml!甲.xlsx": "",
        "来件.eml!second.eml/包.zip!乙.xlsx": "b@example.cn",
        "来件.eml!second.eml/包.zip!部门/丙.eml!丙.xlsx": "丙 <c@example.cn>",
    }
    only = "来件.eml!second.eml/包.zip!部门/丙.eml!丙.xlsx"
    assert shown(find_books([only])) == [only]
    again = find_books(["来件.eml", "来件.eml"])
    assert shown(again) == shown(found)


def test_archives_in_archives_are_read_to_a_depth(here: Path) -> None:
    content = zipped(**{"书.xlsx": PLAIN})
    for number in range(5):
        (here / f"{number}.zip").write_bytes(content)
        content = zipped(**{f"{number}.zip": content, "旁.xlsx": PLAIN})
    assert shown(find_books(["3.zip"])) == [
        "3.zip!2.zip!1.zip!0.zip!书.xlsx",
        "3.zip!2.zip!1.zip!旁.xlsx",
        "3.zip!2.zip!旁.xlsx",
        "3.zip!旁.xlsx",
    ]
    found = find_books(["4.zip"])
    assert said_of(found) == {
        "4.zip!3.zip!2.zip!1.zip!0.zip": "压缩包、邮件套了不止 4 层，里面的没有读。请先解压，再给出其中的工作簿。"
    }
    assert len(found.books) == 4


def test_mails_in_mails_are_read_to_a_depth(here: Path) -> None:
    mail = eml(attached("0.xlsx", PLAIN), subject="m0")
    for number in range(1, 6):
        mail = eml(attached(f"{number}.xlsx", PLAIN), forwarded(mail), subject=f"m{number}", boundary=f"b{number}")
    (here / "来件.eml").write_bytes(mail)
    found = find_books(["来件.eml"])
    assert len(found.books) == 4
    assert said_of(found) == {
        "来件.eml!m4.eml/m3.eml/m2.eml/m1.eml": "压缩包、邮件套了不止 4 层，里面的没有读。"
        "请先解压，再给出其中的工作簿。"
    }


# --- Outlook ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code_page", [None, 936])
def test_outlook(here: Path, code_page: int | None) -> None:
    inner = {"subject": "科室报来", "files": [("乙.xlsx", PLAIN)], "sender": "b@example.cn"}
    files: mails.Files = [(NAME, PLAIN), ("转发", inner), ("印章.png", b"\x89PNG")]
    msg(here / "来件.msg", files, code_page=code_page)
    found = find_books(["来件.msg"])
    assert found.errors == []
    assert [one.path for one in found.skipped] == ["来件.msg!印章.png"]
    arrived = ("李 四 <jyj@example.gov.cn>", "上报绩效文本", "2023-05-06T07:08:09+00:00")
    assert {name: tuple(letter) for name, letter in found.letters.items()} == {
        f"来件.msg!{NAME}": (*arrived, ""),
        "来件.msg!印章.png": (*arrived, ""),
        "来件.msg!科室报来.msg/乙.xlsx": (*arrived, "李 四 <b@example.cn>"),
    }
    assert {path.read_bytes() for path, _ in found.books} == {PLAIN}


@pytest.mark.parametrize("code_page", [20127, 28591, 28605, 54936, 50220, 65001, 99999, 2**32 - 1])
def test_whatever_code_page_outlook_names(here: Path, code_page: int) -> None:
    """US-ASCII and ISO 8859-1 are what most mails from elsewhere name; a number without sense hinders nothing."""
    msg(here / "来件.msg", [("budget.xlsx", PLAIN)], code_page=code_page)
    found = find_books(["来件.msg"])
    assert (found.errors, shown(found)) == ([], ["来件.msg!budget.xlsx"])


def test_outlook_with_links(here: Path) -> None:
    """A file that lies on a server is not in the mail: it is named, and what is in the mail is read."""
    msg(here / "来件.msg", [("教育局.xlsx", None), ("民政局.xlsx", PLAIN)])
    found = find_books(["来件.msg"])
    assert shown(found) == ["来件.msg!民政局.xlsx"]
    assert said_of(found)["来件.msg!教育局.xlsx"].startswith("邮件里只有它的链接")


# --- nothing in silence ----------------------------------------------------------------------------------------------


def test_what_is_sealed(here: Path) -> None:
    parts = [attached(name, b"x") for name in ("winmail.dat", "smime.p7m", "全部.rar", "书.xlsx(1)")]
    parts[3] = attached("书.xlsx(1)", PLAIN)
    (here / "来件.eml").write_bytes(eml(*parts))
    found = said_of(find_books(["来件.eml"]))
    assert {name.partition("!")[2]: reason.partition("，")[0] for name, reason in found.items()} == {
        "winmail.dat": "是 Outlook 特有的格式（winmail.dat）",
        "smime.p7m": "是加密或签名的邮件",
        "全部.rar": "是压缩包",
        "书.xlsx(1)": "内容是工作簿",
    }


def test_without_attachments(here: Path) -> None:
    """In a folder such a mail is skipped with the reason; a link to a file elsewhere: something is missing."""
    folder = here / "收件"
    folder.mkdir()
    saved(folder / "书.xlsx", PLAIN)
    (folder / "答复.eml").write_bytes(eml(said("收到，谢谢")))
    (folder / "大.eml").write_bytes(eml(said("<p>从QQ邮箱发来的超大附件</p>", "html")))
    found = find_books(["收件"])
    assert [tuple(one) for one in found.skipped] == [("收件/答复.eml", "邮件里没有附件")]
    assert said_of(found) == {
        "收件/大.eml!正文里的链接": "邮件正文里有“超大附件”的链接，没有下载，里面可能有工作簿。"
        "请用浏览器下载后给出工作簿，或请对方作为附件重新发送。"
    }
    (error,) = find_books(["收件/答复.eml"]).errors
    assert str(error).startswith("收件/答复.eml：邮件里没有部门填报的工作簿，1 个文件都略过了")


def test_a_link_beside_attachments(here: Path) -> None:
    """What is attached is read, what lies elsewhere is lacking; who only speaks of a net disk has sent everything."""
    link = said("<p>从QQ邮箱发来的超大附件</p>", "html")
    (here / "大.eml").write_bytes(eml(link, attached("书.xlsx", PLAIN), attached("章.png", b"PNG")))
    (here / "小.eml").write_bytes(eml(said("请不要用网盘"), attached("书.xlsx", PLAIN)))
    found = find_books(["大.eml", "小.eml"])
    assert shown(found) == ["大.eml!书.xlsx", "小.eml!书.xlsx"]
    assert [error.path for error in found.errors] == ["大.eml!正文里的链接"]
    assert found.errors[0].kind == "unreadable"
    (here / "转.eml").write_bytes(eml(forwarded(eml(link)), boundary="outer"))
    msg(here / "转.msg", [("书.xlsx", PLAIN)], body="云附件：绩效文本.rar")
    found = find_books(["转.eml", "转.msg"])
    assert [error.path for error in found.errors] == ["转.eml!正文里的链接", "转.msg!正文里的链接"]
    assert len(found.books) == 1


def test_what_is_not_whole(here: Path) -> None:
    """Links after long quotations and in entities; attachments in the text, elsewhere, in parts: all are lacking."""
    quoted = "<p>" + "往来" * 100_000 + "</p>"
    (here / "长.eml").write_bytes(
        eml(said(f"{quoted}&#36229;&#22823;&#38468;&#20214;", "html"), attached("a.png", b"x"))
    )
    (here / "旧.eml").write_bytes(eml(said("请查收\nbegin 644 教育局.xls\nM...\nend\n")))
    external = b'Content-Type: message/external-body; access-type=URL; URL="http://x"\r\n\r\nContent-Type: a/b\r\n\r\n'
    (here / "外.eml").write_bytes(eml(external, b"Content-Type: message/partial; number=1\r\n\r\nx"))
    found = find_books(["长.eml", "旧.eml", "外.eml"])
    assert [error.path for error in found.errors] == [
        "长.eml!正文里的链接",
        "旧.eml!教育局.xls",
        "外.eml!不全的附件",
        "外.eml!不全的附件 (2)",
    ]
    assert {error.kind for error in found.errors} == {"unreadable"}


def test_damaged(here: Path) -> None:
    Path("空.eml").write_bytes(b"")
    Path("乱.eml").write_bytes(bytes(range(256)) * 20)
    Path("空.msg").write_bytes(b"")
    whole = msg(here / "整.msg", [(NAME, PLAIN)]).read_bytes()
    Path("半.msg").write_bytes(whole[: len(whole) // 2])
    (here / "断.eml").write_bytes(eml(attached("书.xlsx", PLAIN))[:-400])
    found = find_books(["空.eml", "乱.eml", "空.msg", "半.msg", "断.eml"])
    kinds = {error.path: error.kind for error in found.errors}
    assert str(found.errors[-1]).startswith("断.eml!书.xlsx：邮件的这个附件已损坏，解不出来。")
    assert [kinds[name] for name in ("空.eml", "乱.eml", "空.msg", "半.msg")] == ["empty-file", "damaged"] * 2


@pytest.mark.parametrize("suffix", [".eml", ".msg"])
def test_any_bytes(here: Path, suffix: str) -> None:
    """Whatever is cut or changed: an error, or what is in it; never an exception."""
    whole = eml(attached(NAME, PLAIN)) if suffix == ".eml" else msg(here / "整.msg", [(NAME, PLAIN)]).read_bytes()
    for step in range(0, len(whole), max(1, len(whole) // 150)):
        for data in (whole[:step], whole[:step] + b"\xff\x00\xfe" + whole[step + 3 :]):
            (here / f"来件{suffix}").write_bytes(data)
            found = find_books([f"来件{suffix}"])
            assert found.books or found.errors, step


# --- too much --------------------------------------------------------------------------------------------------------


def test_bombs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is unpacked is bounded for all containers in a mail together; what comes before is read."""
    monkeypatch.setattr(containers, "MAX_UNPACKED", 10_000_000)
    zeros = zipped(**{"大.xlsx": bytes(6_000_000)})
    (here / "来件.eml").write_bytes(eml(attached("1.zip", zeros), attached("2.zip", zeros), attached("0.xlsx", PLAIN)))
    found = find_books(["来件.eml"])
    assert shown(found) == ["来件.eml!0.xlsx", "来件.eml!1.zip!大.xlsx"]
    assert list(said_of(found)) == ["来件.eml!2.zip"]
    monkeypatch.setattr(containers, "MAX_MEMBERS", 2)
    assert "邮件里的文件过多" in said_of(find_books(["来件.eml"]))["来件.eml"]


@pytest.mark.slow
def test_a_mail_made_to_take_for_ever(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many boundaries, of which each line is asked whether it is one; endless headers; parameters by the thousand."""
    monkeypatch.setattr("xl_perf.files.internet_message._SECONDS", 1)
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number) for number in range(300)
    )
    hard = {
        "深.eml": b"From: a\r\nMIME-Version: 1.0\r\n" + deep + b"-\r\n" * 3_000_000,
        "长.eml": eml(part(PLAIN, b"Content-Disposition: attachment; filename=" + b"a;" * 3_000_000)),
        "多.eml": b"From: a\r\n" + b"X: y\r\n" * 1_000_000 + b"\r\n",
        "词.eml": b"From: a\r\nSubject: " + b"=?utf-8?B?YQ==?= " * 200_000 + b"\r\n\r\nx",
    }
    for name, data in hard.items():
        Path(name).write_bytes(data)
        assert find_books([name]).errors, name
