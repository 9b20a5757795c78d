"""打包上报: from the open workbook, as it is now."""

import email
import email.policy
from pathlib import Path

import pytest

from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.core.submitting.manifest import from_json
from xl_perf.desktop import opening
from xl_perf.service.checking import read
from xl_perf.submission import pack_open
from xl_perf.submission.pack import packed, read_source

START = "高新区三女河办事处-2023-绩效文本-v"


def folder(desk: Desk) -> Path:
    return Path(desk.book.fullname).parent / pack_open.FOLDER


def files(desk: Desk) -> list[str]:
    return sorted(path.name for path in folder(desk).iterdir()) if folder(desk).exists() else []


@office
def test_the_open_book(example: Desk) -> None:
    said = example.press("pack").splitlines()
    assert said[0] == f"已打包：{START}1.xlsx"
    assert said[1] == f"放在：{folder(example)}"
    assert said[2] == "8 个项目，预算数合计 1135.76 万元。"
    assert said[-2] == f"邮件草稿：{START}1.eml"
    assert files(example) == [f"{START}1.{suffix}" for suffix in ("eml", "json", "xlsx")]
    # What is read from the open book and from the file is the same.
    manifest = from_json((folder(example) / f"{START}1.json").read_text("utf-8"))
    assert manifest.digest == packed(read_source(EXAMPLE, "例"), None).manifest.digest


@office
def test_what_is_not_saved_yet_comes_along(example: Desk) -> None:
    example["01", "B4"].value = "资金另有用途。"
    example.press("pack")
    department = read(folder(example) / f"{START}1.xlsx")
    assert department.projects[0].purpose.value == "资金另有用途。"


def test_a_version_for_each_content(example: Desk) -> None:
    example.press("pack")
    example.press("pack")
    assert len(files(example)) == 3
    example["01", "B4"].value = "资金另有用途。"
    assert example.press("pack").startswith(f"已打包：{START}2.xlsx")
    assert len(files(example)) == 6
    message = email.message_from_bytes((folder(example) / f"{START}2.eml").read_bytes(), policy=email.policy.default)
    assert "第 2 次报送" in message["Subject"]


def test_errors_refuse(example: Desk) -> None:
    example["01", "E3"].value = 1
    said = example.press("pack")
    assert said.startswith("有 1 个错误，没有打包：\n01!")
    assert "请按“校验结果”改正后再打包。" in said
    assert files(example) == []


def test_the_check_is_shown(example: Desk) -> None:
    """States, list and marks are those of the check that goes with packing; cursor and sheet stay."""
    cover = example.book.sheets["首页"]
    example.press("validate")
    states = cover.used_range.value
    example["01", "E3"].value = 1
    example.go("01", "B4")
    assert "已按打包时的校验更新" in example.press("pack", "01")
    assert (example.host.active.name, example.cursor.replace("$", "").partition(":")[0]) == ("01", "B4")
    shown = cover.used_range.value
    assert shown != states
    errors = [row for row in example["校验结果", "A4:D20"].value if row[0] == "错误"]
    assert errors
    assert example["01", errors[0][3]].note is not None


def test_a_book_that_cannot_be_changed(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "部门.xlsx"
    path.write_bytes(EXAMPLE.read_bytes())
    desk = opened(path, read_only=True)
    assert desk.press("pack").startswith("已打包：")
    assert path.read_bytes() == EXAMPLE.read_bytes()


def test_nothing_filled_in(blank: Desk) -> None:
    assert blank.press("pack") == "没有填写的项目绩效目标表，没有可以报送的。请先填写项目表。"


def test_the_draft_is_opened(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def opened(path: Path) -> bool:
        asked.append(path)
        return True

    monkeypatch.setattr(pack_open, "open_mail", opened)
    assert "邮件草稿已在邮件程序里打开，请填收件人后发送。" in example.press("pack")
    assert asked == [folder(example) / f"{START}1.eml"]


@pytest.mark.parametrize("name", ["https://d.docs.live.net/1/部门.xlsx", "部门1"])
def test_a_book_without_a_place(name: str) -> None:
    from xl_perf.core.errors import OutputError

    with pytest.raises(OutputError, match="再按“打包上报”"):
        pack_open._place(name)


def test_no_mail_is_opened_in_tests() -> None:
    assert opening.open_mail(Path("草稿.eml")) is False
