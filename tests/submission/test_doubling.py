"""Projects that may be counted twice among a department's workbooks: said, and approved only with a reason."""

from pathlib import Path

from tests import samples
from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import form, mailed
from tests.submission.test_receiving import BOX, total

LATER = "2023-06-01T00:00:00"


def notes(run: Runner) -> str:  # noqa: F811
    run("inbox", BOX)
    return str([*samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明"), ""][0])


def approved(run: Runner, *reason: str) -> tuple[int, str]:  # noqa: F811
    status, _, err = run("inbox", BOX, "approve", "甲局", *reason)
    return status, err


def test_a_whole_book_beside_its_sections(run: Runner) -> None:  # noqa: F811
    every = [form(name, 10) for name in "甲乙丙丁戊己"]
    for at, name in enumerate("一三二"):
        mailed(Path(f"来件/{at}{name}.xlsx"), "甲局", *every[2 * at : 2 * at + 2])
    mailed(Path("来件/全.xlsx"), "甲局", *every, saved=LATER)
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert total(out) == 120
    said = "6 个项目可能重复计入，重复的共 60 万元；4号里有 1号、2号、3号的全部项目：只计它请用 inbox keep 4"
    assert said in notes(run)
    status, err = approved(run)
    assert status == 2
    assert "甲局有 6 个项目可能重复计入，重复的共 60 万元，没有批复" in err
    assert "inbox keep" in err
    run("inbox", BOX, "keep", "4", "--reason", "整本")
    assert "重复" not in notes(run)
    assert approved(run) == (0, "")
    assert total(run("inbox", BOX)[1]) == 60


def test_the_same_names_with_other_codes(run: Runner) -> None:  # noqa: F811
    """Other sections are kept along; with a reason what is in doubt can be approved."""
    mailed(Path("来件/1.xlsx"), "甲局", form("甲", 10), form("乙", 20))
    mailed(Path("来件/2.xlsx"), "甲局", form("甲", 10, code="998"), form("乙", 25, code="999"), saved=LATER)
    mailed(Path("来件/3.xlsx"), "甲局", form("丙", 40))
    run("receive", "来件", "-o", BOX)
    assert "2 个项目可能重复计入，重复的共 30 万元；2号里有 1号的全部项目：不重复计请用 inbox keep 2 3" in notes(run)
    assert approved(run)[0] == 2
    assert approved(run, "--reason", "确是四个项目")[0] == 0


def test_only_a_part_in_common(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/1.xlsx"), "甲局", form("甲", 10), form("乙", 20), form("丙", 20))
    mailed(Path("来件/2.xlsx"), "甲局", form("甲", 10), form("丁", 20), form("戊", 20))
    run("receive", "来件", "-o", BOX)
    said = "1 个项目可能重复计入，重复的共 10 万元；有相同项目的：1号、2号；请核对，不都计入的请用 inbox keep 选定"
    assert said in notes(run)
    assert approved(run)[0] == 2


def test_another_department_has_the_same(run: Runner) -> None:  # noqa: F811
    """Both are told, and neither is approved without a reason."""
    for name in ("甲局", "甲管理局"):
        mailed(Path(f"来件/{name}.xlsx"), name, form("甲", 10), form("乙", 20))
    run("receive", "来件", "-o", BOX)
    found = samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明")
    assert sorted("可能与 甲" in str(one) for one in found[:2]) == [True, True]
    assert approved(run)[0] == 2
    assert run("inbox", BOX, "approve", "甲管理局")[0] == 2


def test_sections_that_come_back_for_a_whole_book(run: Runner) -> None:  # noqa: F811
    """Both count; that they are no drafts is to be looked at before they are approved."""
    mailed(Path("来件/丙.xlsx"), "甲局", form("甲", 10, fiscal=9), form("乙", 20))
    run("receive", "来件", "-o", BOX)
    run("inbox", BOX, "return", "甲局")
    mailed(Path("再来/丙a.xlsx"), "甲局", form("甲", 10), saved=LATER)
    mailed(Path("再来/丙b.xlsx"), "甲局", form("乙", 20), saved="2023-06-02T00:00:00")
    _, out, _ = run("receive", "再来", "-o", BOX)
    assert total(out) == 30
    assert "1 本与后来的没有相同的项目、中间一稿把它们连在一起，按分开报的都计入，请核对（X608）" in out
    assert "2号与后来的没有相同的项目，中间一稿把它们连在一起" in notes(run)
    status, err = approved(run)
    assert (status, "有几本可能重复计入" in err) == (2, True)
    run("inbox", BOX, "keep", "2", "3", "--reason", "两科")
    assert "没有相同的项目" not in notes(run)
    assert approved(run)[0] == 0


def test_a_code_stands_twice(run: Runner) -> None:  # noqa: F811
    """Name and amount differ: a mistyped code, or the project under another name."""
    mailed(Path("来件/1.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/2.xlsx"), "甲局", form("新的甲", 30, code=form("甲")[1][1]), saved=LATER)
    run("receive", "来件", "-o", BOX)
    assert "1号有项目编码与本部门另一本的相同，名称和金额都不同，请核对" in notes(run)
    assert approved(run)[0] == 2
