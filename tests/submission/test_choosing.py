"""`inbox keep` and `dismiss`: what a person takes into the total and out of it, and what is said of that."""

import email
import zipfile
from email.policy import default
from pathlib import Path

import docx
import openpyxl

from tests import samples
from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import expect, form, mailed
from tests.submission.test_receiving import BOX, total
from tests.workbooks import saved
from xl_perf.cli import inbox_output
from xl_perf.cli.terminal import with_folded_room

LATER = "2023-06-01T00:00:00"


def sections(run: Runner) -> None:  # noqa: F811
    """Three books of 甲局 with a project of their own each: 1号 10, 2号 20, 3号 40."""
    for name, amount in (("一", 10), ("三", 20), ("二", 40)):
        mailed(Path(f"来件/{name}.xlsx"), "甲局", form(name, amount))
    mailed(Path("来件/别的.xlsx"), "乙局", form("乙", 100))
    run("receive", "来件", "-o", BOX)


def listed(run: Runner) -> str:  # noqa: F811
    return run("inbox", BOX)[1]


def test_the_others_of_the_department_do_not_count(run: Runner) -> None:  # noqa: F811
    sections(run)
    assert total(listed(run)) == 170
    status, out, _ = run("inbox", BOX, "keep", "1", "--reason", "只报一本")
    assert (status, out) == (0, "已选定 甲局 的 1号；不计入 2号、3号。\n")
    assert total(said := listed(run)) == 110
    assert "（已经选定 1号，没有选它，40 万元）" in said
    run("inbox", BOX, "keep", "3", "1号", "--reason", "两科")
    assert total(listed(run)) == 150


def test_drafts_are_not_kept_together(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/一.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/二.xlsx"), "甲局", form("甲", 20), saved=LATER)
    mailed(Path("来件/乙.xlsx"), "乙局", form("乙", 40))
    run("receive", "来件", "-o", BOX)
    status, _, err = run("inbox", BOX, "keep", "1", "3", "--reason", "x")
    assert status == 2
    assert "不能同时选定：1号是 二.xlsx（3号） 的前一稿" in err
    _, _, err = run("inbox", BOX, "keep", "1", "2", "--reason", "x")
    assert "一次只能选定一个部门的：1号是 甲局 的、2号是 乙局 的" in err
    assert total(listed(run)) == 60


def test_a_copy_of_what_was_chosen_does_not_take_its_place(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/一.xlsx"), "甲局", form("甲", 10))
    Path("来件/二.xlsx").write_bytes(Path("来件/一.xlsx").read_bytes())
    run("receive", "来件", "-o", BOX)
    assert run("inbox", BOX, "keep", "2", "--reason", "x")[0] == 0
    assert total(listed(run)) == 10
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "计入的文件")[0] == "二.xlsx（2号）"


def test_what_came_after_the_choice_is_said(run: Runner) -> None:  # noqa: F811
    for number, amount in enumerate((10, 20), 1):
        mailed(Path(f"来件/{number}稿.xlsx"), "甲局", form("甲", amount), saved=f"2023-03-0{number}T00:00:00")
    run("receive", "来件", "-o", BOX)
    run("inbox", BOX, "keep", "1", "--reason", "核对")
    mailed(Path("再来/三稿.xlsx"), "甲局", form("甲", 40), saved=LATER)
    _, out, _ = run("receive", "再来", "-o", BOX)
    assert total(out) == 40
    assert "选定 1号以后又收到 3号，计入的是 3号" in samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明")[0]
    assert samples.below(BOX / "收件汇总.xlsx", "工作簿", "是否计入") == [
        "没有计入：是 三稿.xlsx（3号） 的前一稿",
        "没有计入：已经选定 1号，没有选它",
        "计入",
    ]


def test_what_was_sent_back_and_still_counts_is_said(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10, fiscal=9))
    run("receive", "来件", "-o", BOX)
    run("inbox", BOX, "return", "甲局")
    mailed(Path("再来/甲.xlsx"), "甲局", form("全新", 30), saved=LATER)
    _, out, _ = run("receive", "再来", "-o", BOX)
    assert total(out) == 40
    assert "甲局：退回的 1号和以后收到的 2号都计入了" in out
    run("inbox", BOX, "keep", "2", "--reason", "重报")
    assert total(said := listed(run)) == 30
    assert "都计入了" not in said


def test_a_file_that_could_not_be_read_is_settled(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    status, out, _ = run("receive", "来件", "-o", BOX)
    assert status == 2
    assert "合计不含" in out
    assert "不计要写理由" in run("inbox", BOX, "dismiss", "1")[2]
    assert run("inbox", BOX)[0] == 2
    status, out, _ = run("inbox", BOX, "dismiss", "1号", "--reason", "电话确认作废")
    assert (status, out) == (0, "已记下不计：坏.xlsx（1号）。\n")
    status, out, _ = run("inbox", BOX)
    assert status == 0
    assert "合计不含" not in out
    assert total(out) == 10
    assert "没有读入，不计：电话确认作废" in samples.below(BOX / "收件汇总.xlsx", "工作簿", "是否计入")[0]
    assert samples.below(BOX / "收件汇总.xlsx", "经过", "做了什么") == ["不计"]


def test_a_member_that_could_not_be_taken_out_is_settled_too(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    with zipfile.ZipFile("来件/坏.zip", "w") as archive:
        archive.writestr("../乙.xlsx", b"somebody's")
    assert run("receive", "来件", "-o", BOX)[0] == 2
    (path,) = (line.split("：")[1] for line in listed(run).splitlines() if line.startswith("没有读入：来件/坏.zip"))
    assert run("inbox", BOX)[0] == 2
    assert run("inbox", BOX, "dismiss", path, "--reason", "不是工作簿")[0] == 0
    assert run("inbox", BOX)[0] == 0
    assert "收件箱里没有 无.xlsx" in run("inbox", BOX, "dismiss", "无.xlsx", "--reason", "x")[2]


def test_a_book_that_must_not_count(run: Runner) -> None:  # noqa: F811
    """What counts instead is said; it comes back by being chosen; what is approved is not taken out like this."""
    mailed(Path("来件/一.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/二.xlsx"), "甲局", form("甲", 20), saved=LATER)
    run("receive", "来件", "-o", BOX)
    status, out, _ = run("inbox", BOX, "dismiss", "2", "--reason", "误报")
    assert (status, out) == (0, "已记下不计：二.xlsx（2号）；甲局 现在计入 1号。\n")
    assert total(said := listed(run)) == 10
    assert "不计：误报" in said
    run("inbox", BOX, "keep", "2", "--reason", "又要了")
    assert total(listed(run)) == 20
    run("inbox", BOX, "approve", "甲局")
    assert "已经批复，不能改为不计" in run("inbox", BOX, "dismiss", "2", "--reason", "x")[2]


def test_of_a_department_nothing_counts(run: Runner) -> None:  # noqa: F811
    """What was dismissed is as if it had not been handed in."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/乙.xlsx"), "乙局", form("乙", 40))
    run("receive", "来件", "-o", BOX, "--expect", expect(Path("名单.xlsx"), ["甲局", "乙局"]))
    assert "应交 2 个部门，已交 2 个" in listed(run)
    run("inbox", BOX, "dismiss", "2号", "--reason", "发错了")
    assert "应交 2 个部门，已交 1 个。\n没有交 1 个：甲局" in listed(run)
    assert "已收 1 个部门" in listed(run)
    assert "甲局 没有计入" in " ".join(run("inbox", BOX, "list")[1].split())
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "部门")[:2] == ["甲局", "乙局"]
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "状态")[:2] == ["没有计入", "已收"]
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明")[0] == "没有计入合计的；2号不计：发错了"
    sheet = openpyxl.load_workbook(BOX / "收件汇总.xlsx")["收件汇总"]
    total_row = next(cell.row for cell in sheet["A"] if cell.value == "合计")
    assert sheet.auto_filter.ref.endswith(f"N{total_row - 1}")  # sorting leaves the total where it is
    assert sheet.cell(total_row, 1).font.b


def test_what_is_elsewhere_is_said_to_be_there(run: Runner) -> None:  # noqa: F811
    """Unread, of another year, not delivered, misspelt: each is another thing than not being there."""
    mailed(Path("来件/市甲局.xlsx"), "市甲局", form("甲", 10))
    mailed(Path("来件/市乙局.xlsx"), "市乙局", form("乙", 10), year=2022)
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    names = expect(Path("名单.xlsx"), ["市甲局", "市乙局", "市丙局"])
    run("receive", "来件", "-o", BOX, "--year", "2023", "--expect", names)
    for which, said in (
        ("1", "坏.xlsx（1号）没有读入"),
        ("2号", "市乙局.xlsx（2号）是 2022 年的，现在看的是 2023 年。请加 --year 2022"),
        ("市乙局", "市乙局只交了 2022 年的（2号），现在看的是 2023 年"),
        ("市丙局", "市丙局还没有交"),
        ("市申局", "是不是 市甲局"),
    ):
        for command in ("history", "approve", "return"):
            status, _, err = run("inbox", BOX, command, which)
            assert status == 2
            assert said in err


def test_the_receipt_says_whether_the_book_counts(run: Runner) -> None:  # noqa: F811
    """As of when it came: of two drafts that came together one does."""
    mailed(Path("来件/一.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/二.xlsx"), "甲局", form("甲", 20), saved=LATER)
    run("receive", "来件", "-o", BOX)
    said = {}
    for number in (1, 2):
        reply = email.message_from_bytes((BOX / f"回执/甲局/{number}号 回执.eml").read_bytes(), policy=default)
        body = reply.get_body(("plain",))
        assert body is not None
        said[number] = body.get_content()
    assert "收到时没有计入合计：是 二.xlsx（2号） 的前一稿。" in said[1]
    assert "收到时计入合计。" in said[2]


def test_counts_agree_with_each_other(run: Runner) -> None:  # noqa: F811
    """On the screen, on the first sheet and on the sheet of files; the sum of the departments stands below them."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/乙.xlsx"), "乙局", form("乙", 20))
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    with zipfile.ZipFile("来件/坏.zip", "w") as archive:
        archive.writestr("../丙.xlsx", b"somebody's")
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert "新收工作簿 3 本（1 本没有读入），没有读入的附件或压缩包里的文件 1 个。" in out
    assert "计入 2 本，没有读入 2 个；" in out
    assert "合计不含 2 个没有读入的文件" in out
    book = openpyxl.load_workbook(BOX / "收件汇总.xlsx")
    assert "没有读入 2 个" in f"{book['收件汇总']['A2'].value}"
    assert f"{book['没有读入']['A2'].value}".startswith("没有读入 2 个，略过")
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "部门")[-1] == "合计"
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "预算数\n（万元）")[-1] == 30
    run("inbox", BOX, "dismiss", *(f"{n}号" for n in (1, 2, 3) if f"坏.xlsx（{n}号）" in out), "--reason", "x")
    _, out, _ = run("inbox", BOX)
    assert "没有读入 1 个；" in out
    assert "合计不含 1 个没有读入的文件" in out
    book = openpyxl.load_workbook(BOX / "收件汇总.xlsx")
    assert f"{book['没有读入']['A2'].value}".startswith("没有读入 1 个，已有着落的 1 个，略过")


def test_a_book_without_a_department_is_called_by_its_file(run: Runner) -> None:  # noqa: F811
    """And the list of returns leads to the folder that is there."""
    mailed(Path("来件/甲.xlsx"), None, form("甲", 10, fiscal=9))
    run("receive", "来件", "-o", BOX)
    run("inbox", BOX, "return", "1号")
    assert samples.below(BOX / "收件汇总.xlsx", "经过", "部门") == ["（没有写部门名称）甲.xlsx（1号）"]
    (folder,) = samples.below(BOX / "退回/退回清单.xlsx", "退回清单", "通知在")
    assert (BOX / str(folder)).is_dir()


def test_sent_back_without_errors(run: Runner) -> None:  # noqa: F811
    """Only with a reason, and the letter asks for nothing but that."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    run("receive", "来件", "-o", BOX)
    status, _, err = run("inbox", BOX, "return", "甲局")
    assert status == 2
    assert "甲局没有错误，退回要写理由" in err
    assert run("inbox", BOX, "return", "1号", "--reason", "少了一个项目")[0] == 0
    texts = [one.text for one in docx.Document(str(BOX / "退回/甲局/1号 退回通知.docx")).paragraphs]
    assert "你单位报送的2023年预算绩效目标，现予退回。请按退回理由修改，并重新校验后报送。" in texts
    assert "退回理由：少了一个项目" in texts
    assert not [one for one in texts if "下表" in one]


def test_what_came_after_a_return_and_does_not_count(run: Runner) -> None:  # noqa: F811
    """It has an older date: that it came is said, and how it is taken."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10, fiscal=9), saved=LATER)
    run("receive", "来件", "-o", BOX)
    run("inbox", BOX, "return", "甲局")
    mailed(Path("再来/甲改.xlsx"), "甲局", form("甲", 12))
    run("receive", "再来", "-o", BOX)
    status, _, err = run("inbox", BOX, "approve", "甲局")
    assert status == 2
    assert "退回以后收到的 2号没有计入（是 甲.xlsx（1号） 的前一稿）" in err
    assert "inbox keep 2 " in err
    assert samples.below(BOX / "退回/退回清单.xlsx", "退回清单", "以后") == ["收到 2号，没有计入"]


def test_the_year_stays_once_somebody_has_taken_a_step(run: Runner) -> None:  # noqa: F811
    mailed(Path("一/甲.xlsx"), "甲局", form("甲", 10))
    run("receive", "一", "-o", BOX)
    run("inbox", BOX, "approve", "甲局")
    for name in ("乙", "丙"):
        mailed(Path(f"二/{name}.xlsx"), f"{name}局", form(name, 20), year=2024)
    out = run("receive", "二", "-o", BOX)[1]
    assert out.count("2023年度：") == 1
    assert total(out) == 10


def test_new_projects_after_an_approval_are_said_to_be_new(run: Runner) -> None:  # noqa: F811
    mailed(Path("一/甲.xlsx"), "甲局", form("甲", 10))
    run("receive", "一", "-o", BOX)
    run("inbox", BOX, "approve", "甲局")
    mailed(Path("二/又.xlsx"), "甲局", form("全新", 30), saved=LATER)
    run("receive", "二", "-o", BOX)
    (_, reason) = samples.below(BOX / "收件汇总.xlsx", "工作簿", "是否计入")
    assert reason == "没有计入：批复以后收到，没有替换已批复的，其中 1 个项目是已批复的没有的"


def test_whose_the_unread_file_is(run: Runner) -> None:  # noqa: F811
    """One that by its name is of a department which has delivered is nobody else's."""
    mailed(Path("来件/甲.xlsx"), "市林业局", form("甲", 10))
    saved(Path("来件/市林业局.xlsx"), b"PK\x03\x04 no zip at all")
    out = run("receive", "来件", "-o", BOX, "--expect", expect(Path("名单.xlsx"), ["市林业局", "市水务局"]))[1]
    assert "没有交 1 个：市水务局" in out
    assert "可能是它们的" not in out


def test_what_an_unread_file_is_worth_is_not_known(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    run("receive", "来件", "-o", BOX)
    run("inbox", BOX, "dismiss", "1", "--reason", "作废")
    assert (
        "没有计入合计 1 本，共 0 万元（1 本没有读入的，金额不知道）：坏.xlsx（1号）（没有读入，不计：作废）。"
        in listed(run)
    )
    status, _, err = run("inbox", BOX, "history", "1号")
    assert status == 2
    assert "坏.xlsx（1号）没有读入，不计：作废" in err
    assert "dismiss" not in err


def test_nothing_could_be_read(run: Runner) -> None:  # noqa: F811
    Path("来件").mkdir()
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    assert "合计不含 1 个没有读入的文件" in run("receive", "来件", "-o", BOX)[1]


def test_a_folder_with_other_files_does_not_become_an_inbox(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    mailed(Path("src/乙.xlsx"), "乙局", form("乙", 10))
    status, _, err = run("receive", "来件", "-o", "src")
    assert status == 2
    assert "src 里已经有文件，又不是收件箱，没有收。请给出一个新的或空的文件夹" in err
    assert [path.name for path in Path("src").iterdir()] == ["乙.xlsx"]


def test_notes_stay_on_a_narrow_terminal() -> None:
    columns = inbox_output._COLUMNS
    rows = [["市公安局交通警察支队", "已收", "12", "12345.67", "1", "12", "2", "8号、9号", "2 本都计入了，请核对"]]
    kept = with_folded_room(columns, rows, 80)
    assert [columns[at].heading for at in kept][-1] == "说明"
