"""`receive`: what is no input, what came without its workbook, who sent it, who delivered."""

import email.message
import zipfile
from decimal import Decimal
from pathlib import Path

from tests import samples
from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import content, expect, form, mailed
from tests.submission.test_receiving import BOX, rows, total


def test_the_inbox_is_no_input_of_its_own(run: Runner) -> None:  # noqa: F811
    """That it is, holds or lies in what is received is said; nothing is changed, or made."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    for box in ("来件/箱", "来件", "来件/深/箱"):
        status, out, err = run("receive", "来件", "-o", box)
        assert (status, out) == (2, "")
        assert "没有收。请" in err
    assert content(Path("来件")).keys() == {"甲.xlsx"}
    run("receive", "来件", "-o", BOX)
    before = content(BOX)
    for given in (BOX, BOX / "原件", "./箱/../箱"):
        assert "没有收。" in run("receive", given, "-o", BOX)[2]
    assert content(BOX) == before


def test_what_is_not_there_makes_no_inbox(run: Runner) -> None:  # noqa: F811
    Path("空").mkdir()
    for given in ("没有", "空", "没有/*.xlsx"):
        status, out, err = run("receive", given, "-o", BOX)
        assert (status, out, BOX.exists()) == (2, "", False)
        assert err


def test_a_link_instead_of_an_attachment_is_missing_from_the_total(run: Runner) -> None:  # noqa: F811
    """Kept, and said beside the total until somebody settles it; also in an archive."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    link = (
        "From: yj@example.gov.cn\r\nSubject: =?utf-8?b?5oql6YCB?=\r\nDate: Mon, 6 Mar 2023 09:30:00 +0800\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n超大附件 https://example.cn/x\r\n"
    ).encode()
    Path("来件/乙局.eml").write_bytes(link)
    with zipfile.ZipFile("来件/包.zip", "w") as archive:
        archive.writestr("丙局.eml", link)
    status, out, _ = run("receive", "来件", "-o", BOX)
    assert (status, total(out)) == (2, Decimal(10))
    assert "合计不含 2 个没有读入的文件" in out
    assert "没有读入 2 个；" in out
    assert rows("SELECT path, is_error FROM passed_over ORDER BY path") == [
        ("来件/乙局.eml!正文里的链接", 1),
        ("来件/包.zip!丙局.eml!正文里的链接", 1),
    ]
    assert rows("SELECT sender FROM containers WHERE name = '乙局.eml'") == [("yj@example.gov.cn",)]
    assert link in [path.read_bytes() for path in (BOX / "原件").rglob("*.eml")]
    assert samples.below(BOX / "收件汇总.xlsx", "没有读入", "情况") == ["没有读入", "没有读入"]
    assert run("receive", "来件", "-o", BOX)[0] == run("inbox", BOX)[0] == 2
    links = [str(path) for (path,) in rows("SELECT path FROM passed_over")]
    assert run("inbox", BOX, "dismiss", *links, "--reason", "另收到")[0] == 0
    status, out, _ = run("inbox", BOX)
    assert status == 0
    assert "合计不含" not in out


def test_the_mail_that_arrived_tells_when(run: Runner) -> None:  # noqa: F811
    """Of a forwarded one: who wrote the mail in it is a remark."""
    inner = email.message.EmailMessage()
    inner["From"], inner["Date"] = "ks@example.cn", "Wed, 1 Mar 2023 08:00:00 +0800"
    inner.add_attachment(
        mailed(Path("甲.xlsx"), "甲局", form("甲", 10)).read_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename="甲.xlsx",
    )
    outer = email.message.EmailMessage()
    outer["From"], outer["Date"] = "ju@example.cn", "Fri, 10 Mar 2023 08:00:00 +0800"
    outer.set_content("转")
    outer.add_attachment(inner)
    Path("来件.eml").write_bytes(outer.as_bytes())
    run("receive", "来件.eml", "-o", BOX)
    ((when, sender, notes),) = rows("SELECT received_at, sender, notes FROM received")
    assert str(when).startswith("2023-03-10")
    assert (sender, notes) == ("ju@example.cn", "转发来的，原发件人 ks@example.cn")
    assert samples.below(BOX / "收件汇总.xlsx", "工作簿", "发件人") == [
        "ju@example.cn\n转发来的，原发件人 ks@example.cn"
    ]


def test_who_delivered_is_told_as_check_tells_it(run: Runner) -> None:  # noqa: F811
    """For the year that is totalled; short forms of names are pointed out."""
    mailed(Path("来件/一.xlsx"), "甲镇政府", form("甲", 10))
    mailed(Path("来件/二.xlsx"), "乙局", form("乙", 10), year=2022)
    mailed(Path("来件/三.xlsx"), "丙局", form("丙", 10))
    listed = expect(Path("名单.xlsx"), ["甲镇人民政府", "乙局", "丙局"])
    _, checked, _ = run("check", "来件", "--expect", listed, "--year", "2023")
    _, out, _ = run("receive", "来件", "--expect", listed, "--year", "2023", "-o", BOX)
    said = (
        "应交 3 个部门，已交 1 个。\n"
        "没有交 2 个：甲镇人民政府（可能就是名单以外的“甲镇政府”，请核对）、乙局（只交了 2022 年的）。\n"
        "名单以外 1 个：甲镇政府（可能就是名单上的“甲镇人民政府”，请核对）。\n"
    )
    assert said in checked
    assert said in out
    told = samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明")
    assert told[:2] == ["可能就是名单以外的“甲镇政府”，请核对", "只交了 2022 年的"]
