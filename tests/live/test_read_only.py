"""A workbook that cannot be changed: buttons that would say so in one sentence, and checking works."""

import shutil
from pathlib import Path

import pytest

from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.core.actions import ACTIONS


@pytest.fixture
def desk(opened: Open, tmp_path: Path) -> Desk:
    path = Path(shutil.copy(EXAMPLE, tmp_path / "部门.xlsx"))
    lock = tmp_path / ".~lock.部门.xlsx#"
    lock.write_text("张三,zhang,PC-1,29.11.2026 16:14,file:///home/zhang/4;", "utf-8")
    return opened(path, read_only=True)


@office
def test_what_would_change_it(desk: Desk) -> None:
    names = desk.book.sheet_names
    for action in ACTIONS:
        if not action.reads_only:
            why, *others = desk.press(action.name, "03").split("。")
            assert why == "这本工作簿正由 张三 打开，在这里是只读的，按钮不能改动它", action
            assert others == ["请等对方关闭后重新打开，或者另存一份再按；校验照常可用", ""]
            assert len(desk.said) == 1
    assert desk.book.sheet_names == names


@office
def test_checking_works(desk: Desk) -> None:
    before = desk.all_looks()
    said = desk.press("validate").splitlines()
    assert said[0].startswith("整本工作簿校验完成：警告 ")
    assert "逐条列在" not in said[0]
    assert said[1].startswith("警告 ")
    assert said[-2].startswith("……等共 ")
    assert said[-1] == "这本工作簿是只读的，所以没有写入“校验结果”，也没有标记单元格。"
    assert len(said) == 15
    own = desk.press("validate_sheet", "02").splitlines()
    assert own[0].startswith("工作表“02”校验完成：")
    assert {line.partition("：")[0].split()[-1][:2] for line in own[1:-2]} == {"02"}
    assert desk.all_looks() == before


def test_publishing_works(desk: Desk) -> None:
    desk.press("publish")
    assert list(Path(desk.book.fullname).parent.glob("*.docx"))
