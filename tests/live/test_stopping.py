"""While a button works, the status bar says how far it is; Esc stops it between two sheets, the book stays whole."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import EXAMPLE
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.engines import escape_key
from xl_perf.live import importing, log_sheet
from xl_perf.live.host import WORKING

Press = Callable[[str], None]
NOTHING_DONE = "已按 Esc 停止，工作簿没有改动。需要时再按一次按钮。"


@pytest.fixture
def shown(example: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the status bar says, one after the other."""
    said: list[Any] = []
    kind = type(example.host.app)
    status: property = kind.__dict__["status_bar"]
    write = status.fset
    assert write is not None

    def tell(app: Any, text: Any) -> None:
        said.append(text)
        write(app, text)

    monkeypatch.setattr(kind, "status_bar", property(status.fget, tell))
    return said


@pytest.fixture
def escape_at(shown: list[Any], monkeypatch: pytest.MonkeyPatch) -> Press:
    """Esc is pressed as soon as the status bar has said something that begins so."""

    class Hand:
        start = ""
        forgotten = 0

        @property
        def was_pressed(self) -> bool:
            return any(str(text).startswith(self.start) for text in shown[self.forgotten :])

        def forget(self) -> None:
            self.forgotten = len(shown)

    hand = Hand()

    @contextmanager
    def watched(_: object) -> Iterator[Hand]:
        del shown[:]
        hand.forgotten = 0
        yield hand

    def press(start: str) -> None:
        hand.start = start

    monkeypatch.setattr(escape_key, "watched", watched)
    return press


def marks_on(desk: Desk) -> int:
    return sum(len(sheet.notes) for sheet in desk.book.sheets)


def test_progress(example: Desk, shown: list[Any]) -> None:
    example.press("validate")
    assert shown[0] == WORKING
    assert shown[-1] is False
    read = [text for text in shown if str(text).startswith("校验全部：读取工作表 ")]
    number = len(read)
    assert number >= 8
    assert read == [f"校验全部：读取工作表 {at}/{number}，按 Esc 停止" for at in range(1, number + 1)]
    assert sum(str(text).startswith("校验全部：标记 ") for text in shown) > 1


@pytest.mark.parametrize("button", ["validate", pytest.param("consolidate", marks=office), "publish", "normalise"])
def test_nothing_is_done_where_reading_is_stopped(example: Desk, escape_at: Press, button: str) -> None:
    names, listed = example.book.sheet_names, example.column(FINDINGS_SHEET, "A1:A9")
    escape_at("")
    assert example.press(button) == NOTHING_DONE
    assert (example.book.sheet_names, example.column(FINDINGS_SHEET, "A1:A9")) == (names, listed)


def test_marking_is_stopped_and_taken_up_again(example: Desk, escape_at: Press) -> None:
    """Every mark that is there is known, so that it can be taken away."""
    escape_at("校验全部：标记 2/")
    said = example.press("validate")
    assert "校验完成" in said
    assert said.endswith("已按 Esc 停止：问题已全部列出，单元格没有全部标记。要标记完，请再按一次。")
    some = marks_on(example)
    assert len([one for one in log_sheet.read(example.host) if one.kind == log_sheet.MARK]) == some > 0
    escape_at("没有这一句")
    assert "Esc" not in example.press("validate")
    every = marks_on(example)
    assert every > some
    escape_at("清除标记：清除标记 5/")
    assert example.press("clear_marks").startswith("已按 Esc 停止，其余的表上标记还在。")
    left = marks_on(example)
    assert 0 < left < every
    assert len([one for one in log_sheet.read(example.host) if one.kind == log_sheet.MARK]) == left
    escape_at("没有这一句")
    assert example.press("clear_marks") == "标记已清除，单元格恢复原样。"
    assert marks_on(example) == 0


@office
def test_rewriting_is_stopped(example: Desk, escape_at: Press) -> None:
    """What was rewritten is logged and comes back."""
    for name in ("01", "02", "03"):
        example[name, "C3"].value = "１２３"
    escape_at("规范化：改写 1/")
    said = example.press("normalise", answers=("yes",))
    assert "已按 Esc 停止，其余的表没有改。" in said
    written = [name for name in ("01", "02", "03") if example[name, "C3"].value == 123.0]
    assert len(written) == 1
    escape_at("没有这一句")
    assert example.press("undo").startswith("已撤销“规范化”")
    assert [example[name, "C3"].value for name in ("01", "02", "03")] == ["１２３"] * 3


def test_importing_is_stopped(example: Desk, escape_at: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there by then is whole, listed, and can be taken back."""
    other = Path(shutil.copy(EXAMPLE, tmp_path / "来件.xlsx"))
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(other)])
    escape_at("导入项目：写入项目表 2/")
    said = example.press("import_projects")
    done, _, stopped, copied = said.splitlines()
    assert (done, stopped) == ("已导入 2 个项目：工作表 09 至 10。", "已按 Esc 停止，后面 6 个项目没有导入。")
    assert copied.startswith("操作前的工作簿备份在：")
    assert example.column("首页", "B17:B20") == ["08", "09", "10", None]
    escape_at("没有这一句")
    assert example.press("undo", answers=("yes",)).startswith("已删除项目表 09、10。")
    assert [name for name in example.book.sheet_names if name.isdecimal()][-1] == "08"


@office
def test_esc_that_closed_a_question_does_not_stop(example: Desk, escape_at: Press) -> None:
    example["01", "C3"].value = "１２３"
    escape_at("规范化：核对公式 1/1")
    example.press("normalise", answers=("yes",))
    assert example["01", "C3"].value == 123.0
