"""Several labels with room for contents in one cell of an office's own form: learning names them."""

from pathlib import Path

from openpyxl import load_workbook

from tests.own_headings import FILLED, write
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

MERGES = ("B4:B5", "C4:E4", "F4:G4", "E2:G2", "A3:F3")
LABELS = {"E2": "联系人：____电话：____日期：____", "A3": "填报单位（盖章）：　　　预算年度：　　　"}


def test_they_are_named_and_the_field_before_them_keeps_its_cell(tmp_path: Path) -> None:
    learned = learn_form(str(write(tmp_path / "空白表.xlsx", MERGES, LABELS)), str(tmp_path / "样表.xlsx"))
    (tmp_path / "空白表.xlsx").unlink()
    said = (
        "E2（联系人、电话、日期）、A3（填报单位（盖章）、预算年度）有几项写在一格里，照样印着，填的照样带着，不读："
        "要读的请拆开，标签和内容各占一格"
    )
    assert said in learned.notes
    assert load_workbook(tmp_path / "样表.xlsx").worksheets[0]["D2"].value == "{实施单位}"
    filled = {**FILLED, "E2": "联系人：李四 电话：13800001111 日期：2025年3月2日", "A3": LABELS["A3"]}
    (project,) = read(write(tmp_path / "局.xlsx", MERGES, filled)).projects
    assert project.value("unit_name").value == "路局"
    del filled["D2"]
    (project,) = read(write(tmp_path / "局.xlsx", MERGES, {**filled, "E2": LABELS["E2"]})).projects
    assert project.value("unit_name").value is None


def test_one_label_with_room_is_in_order(tmp_path: Path) -> None:
    cells = {"E2": "联系人：____", "A3": "说明：一式两份。 注：不另附表"}
    learned = learn_form(str(write(tmp_path / "空白表.xlsx", MERGES, cells)), str(tmp_path / "样表.xlsx"))
    assert not any("几项写在一格里" in one for one in learned.notes)
