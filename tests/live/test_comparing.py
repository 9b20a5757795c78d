"""与上次比较: the open workbook, as it is now, against a former one."""

from pathlib import Path

import openpyxl
import pytest

from tests import builders
from tests.live.conftest import EXAMPLE
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.service import comparing_open


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> "Choose":
    return Choose(monkeypatch)


class Choose:
    """What the person picks in the dialog."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, *paths: Path) -> None:
        self._monkeypatch.setattr(comparing_open, "_chosen", lambda _: [str(path) for path in paths])


def changes(desk: Desk) -> Path:
    path = Path(desk.book.fullname)
    return path.with_name(f"{path.stem}-变动.xlsx")


@office
def test_what_has_changed(example: Desk, choose: Choose) -> None:
    """Not saved yet: it counts all the same."""
    choose(EXAMPLE)
    example["01", "E3"].value = 162.93
    example["01", "C3"].value = 162.93
    example["02", "B4"].value = "资金另有用途。"
    said = example.press("compare_books").splitlines()
    assert said[0] == f"与 {EXAMPLE.name} 相比：改动 2 个；没有变化 6 个。"
    assert said[1] == "预算数合计 1135.76 → 1136.76 万元（+1）。"
    assert said[2].startswith("改动“")
    assert " +1 万元 预算数、财政资金" in said[2]
    assert said[3].endswith(" 资金用途")
    assert said[-1] == f"已写出变动表：{changes(example)}"
    book = openpyxl.load_workbook(changes(example))
    assert book.sheetnames[:3] == ["变动总览", "项目", "明细"]


def test_nothing_has_changed(example: Desk, choose: Choose) -> None:
    choose(EXAMPLE)
    said = example.press("compare_books").splitlines()
    assert said[0] == f"与 {EXAMPLE.name} 相比没有变化。"
    again = example.press("compare_books").splitlines()
    assert again == said


def test_nobody_chooses(example: Desk, choose: Choose) -> None:
    choose()
    assert example.press("compare_books") == ""
    assert not changes(example).exists()


def test_what_cannot_be_compared(example: Desk, choose: Choose, tmp_path: Path) -> None:
    broken = tmp_path / "上次.xlsx"
    broken.write_bytes(b"PK\x03\x04nothing")
    choose(broken)
    assert "上次.xlsx：文件不完整" in example.press("compare_books")
    choose(Path(example.book.fullname))
    assert "选的就是当前工作簿自己" in example.press("compare_books")
    assert not changes(example).exists()


def test_somebody_has_written_into_the_list(example: Desk, choose: Choose) -> None:
    """It is theirs: it stays, and it is said."""
    choose(EXAMPLE)
    example.press("compare_books")
    book = openpyxl.load_workbook(changes(example))
    book.worksheets[0]["A90"] = "已核对"
    book.save(changes(example))
    content = changes(example).read_bytes()
    assert "没有覆盖" in example.press("compare_books")
    assert changes(example).read_bytes() == content


def test_last_year(example: Desk, choose: Choose, tmp_path: Path) -> None:
    """Several former workbooks of another year."""
    old = builders.write(
        tmp_path / "去年.xlsx", builders.department(builders.project(name="旧项目"), name="高新区三女河办事处")
    )
    choose(old)
    said = example.press("compare_books")
    assert "新增 8 个、删去 1 个" in said
