"""Last year's figures beside a form: they move with their rows, come back with them, and nobody reads them."""

import shutil
from pathlib import Path

import pytest

from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.core.making.draft import department_content
from xl_perf.core.making.rolling import Amounts
from xl_perf.live import projects, rows, undoing
from xl_perf.live.protection import unlocked
from xl_perf.service.making import new_workbook
from xl_perf.sheets.last_year import is_of_last_year


@pytest.fixture(scope="module")
def rolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("上年") / "新.xlsx"
    new_workbook(str(path), [str(EXAMPLE)], None, 2024, None, Amounts.KEEP)
    return path


@pytest.fixture
def desk(opened: Open, rolled: Path, tmp_path: Path) -> Desk:
    return opened(Path(shutil.copy(rolled, tmp_path / "部门.xlsx")))


def pairs(desk: Desk, last: int = 18, sheet: str = "01") -> dict[str, str | None]:
    """What stands beside each indicator, by its name."""
    names, notes = (desk.column(sheet, f"{column}10:{column}{last}") for column in "CI")
    found = {name: note or None for name, note in zip(names, notes, strict=True) if name or note}
    found.pop("审核人：", None)
    return found


BEFORE = {
    "享受资金人数": "上年：=78人",
    "资金发放完成率": "上年：=100%",
    "项目完成时限": "上年：2023年12月底前",
    "项目总金额": "上年：=161.93万元",
    "对农村经济社会发展的贡献": "上年：成效明显",
    "村干部对资金发放的满意度": "上年：≥90%",
}


@office
def test_they_stay_beside_their_rows(desk: Desk) -> None:
    assert desk["01", "I4"].value == "上年金额（供比较）：\n预算数 161.93万元\n财政资金 161.93万元"
    assert pairs(desk) == BEFORE
    plain = desk.read().projects[0]
    desk.go("01", "C14")
    rows.delete_indicator_row(desk.host)
    desk.go("01", "C13")
    rows.add_indicator_row(desk.host)  # what stands in the last row of the group moves up
    assert pairs(desk) == BEFORE
    desk.go("01", "C15")
    rows.delete_indicator_row(desk.host)
    assert pairs(desk) == {name: note for name, note in BEFORE.items() if note != "上年：成效明显"}
    undoing._take_back(desk.host, 3)
    assert pairs(desk) == BEFORE
    assert [one.target for one in desk.read().projects[0].indicators] == [one.target for one in plain.indicators]
    assert plain.beside == plain.unlabelled == ()


def test_a_copy_is_another_project(desk: Desk) -> None:
    desk.go("01")
    projects.copy(desk.host)
    assert set(pairs(desk, sheet="09").values()) == {None}
    assert not desk["09", "I4"].value
    assert desk["09", "I2"].value == "已填写"
    assert pairs(desk) == BEFORE


def test_nobody_reads_them(desk: Desk) -> None:
    """The same is read where nothing stands beside the forms."""
    before = department_content(desk.read())
    for name in [one for one in desk.book.sheet_names if one.isdecimal()]:
        with unlocked(desk.book.sheets[name]):
            for row, text in enumerate(desk.column(name, "I1:I25"), 1):
                if is_of_last_year(text):
                    desk[name, f"I{row}"].value = None
    assert not desk["01", "I4"].value
    assert department_content(desk.read()) == before
