"""选用指标: what is ticked on 指标库 goes into blank rows of a form; one step, and nothing typed is lost."""

from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import Open
from tests.live.desk import Desk
from tests.live.programs import office, only_libreoffice
from xl_perf import profiles
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.making.merging import merge
from xl_perf.core.workbook.library import read_library
from xl_perf.live import library, undoing
from xl_perf.live.host import NotHere
from xl_perf.live.reading import values_of
from xl_perf.written.template import write_department


def tick(desk: Desk, *names: str) -> list[int]:
    """Ticks the first row of each name; gives the rows of the sheet."""
    offered = read_library(values_of(desk.book.sheets["指标库"]))
    ticked = [next(one.row + 1 for one in offered if one.indicator.level3 == name) for name in names]
    for row in ticked:
        desk["指标库", f"A{row}"].value = "√"
    return ticked


def table(desk: Desk, columns: str, first: int, last: int) -> list[tuple[Any, ...]]:
    """Second level, name and target of some rows of the first form; None for blank cells."""
    rows = range(first, last + 1)
    return [tuple(desk["01", f"{column}{row}"].value or None for column in columns) for row in rows]


@office
def test_into_blank_rows_and_new_ones(example: Desk) -> None:
    """The rows of a second level stay together; its blank ones are taken first."""
    before = example.read().projects[0]
    rows = tick(example, "培训合格率", "参训率", "工程总投资", "补助对象满意度", "工程质量保修年限")
    said = example.press("pick_indicators", "01")
    assert said.splitlines() == [
        "已选用 5 个指标，填进项目表“01”，其中增加了 2 行：",
        "第 12 行  培训合格率",
        "第 13 行  参训率",
        "第 16 行  工程总投资",
        "第 18 行  工程质量保修年限",
        "第 20 行  补助对象满意度",
        "请把 XX 换成本项目的数，并核对指标值和依据。要恢复请按“撤销上次操作”。",
    ]
    assert table(example, "BCF", 10, 20) == [
        ("数量指标", "享受资金人数", "=78人"),
        ("质量指标", "资金发放完成率", "=100%"),
        ("质量指标", "培训合格率", "≥95%"),
        ("质量指标", "参训率", "≥95%"),
        ("时效指标", "项目完成时限", "2023年12月底前"),
        ("成本指标", "项目总金额", "=161.93万元"),
        ("成本指标", "工程总投资", "≤XX万元"),
        ("社会效益指标", "对农村经济社会发展的贡献", "成效明显"),
        ("可持续影响指标", "工程质量保修年限", "≥2年"),
        ("服务对象满意度指标", "村干部对资金发放的满意度", "≥90%"),
        ("服务对象满意度指标", "补助对象满意度", "≥90%"),
    ]
    assert example["01", "D16"].value == "含工程费、勘察设计费、监理费等，不超过批复的概算"
    assert example["01", "G16"].value == "上级政策"
    assert example["01", "F16"].number_format == "@"
    assert example["01", "A10"].merge_area.address == "$A$10:$A$16"
    assert [example["指标库", f"A{row}"].value or None for row in rows] == [None] * 5
    assert (example.host.active.name, example.cursor) == ("01", "$C$12")
    assert example.book.sheets["01"].api.ProtectContents
    assert undoing.undo(example.host).startswith("已撤销“选用指标”")
    assert example.read().projects[0] == before


def test_marks_that_say_neither_yes_nor_no_are_named(example: Desk) -> None:
    """An x is a tick for some; a 1 that Excel keeps as a number is one for all, and a 0 picks nothing."""
    first, second, third = tick(example, "培训合格率", "参训率", "工程总投资")
    example["指标库", f"A{first}"].value = 1
    example["指标库", f"A{second}"].value = "x"
    example["指标库", f"A{third}"].value = 0
    said = example.press("pick_indicators", "01").splitlines()
    assert said[0].startswith("已选用 1 个指标，填进项目表“01”")
    named = f"“指标库”的“选用”栏里有看不懂的记号，这些行没有选用：第 {second} 行（x），要选用请改成√"
    assert said[-1] == f"注意：{named}。"
    assert example["指标库", f"A{second}"].value == "x"
    assert example.press("pick_indicators", "01").splitlines()[1:] == [f"{named}。"]
    assert example.press("pick_indicators", "指标库").startswith(f"没有打√的指标；{named}")


def test_what_is_there_stays(example: Desk) -> None:
    """An indicator of the same name is not put in again, and a changed cell is not taken back."""
    tick(example, "培训合格率")
    example.press("pick_indicators", "01")
    example["01", "F12"].value = "≥98%"
    tick(example, "培训合格率", "参训率")
    said = example.press("pick_indicators", "01")
    assert "已选用 1 个指标" in said
    assert "表上已经有，没有再填：培训合格率。" in said
    assert table(example, "CF", 12, 13) == [("培训合格率", "≥98%"), ("参训率", "≥95%")]
    example.press("undo", "01", ("1",))
    assert "01!F12" in example.press("undo", "01")
    assert table(example, "CF", 12, 13) == [(None, "≥98%"), ("项目完成时限", "2023年12月底前")]


def test_by_way_of_the_list(example: Desk) -> None:
    """Pressed without ticks, the button leads to the list; pressed there, back to that form."""
    assert "就填进项目表“02”" in example.press("pick_indicators", "02")
    assert example.host.active.name == "指标库"
    assert example["指标库", "H2"].value == "正在选用到项目表：02"
    assert "没有打√的指标" in example.press("pick_indicators", "指标库")
    tick(example, "受益人数")
    assert "填进项目表“02”" in example.press("pick_indicators", "指标库")
    assert example.host.active.name == "02"
    assert not example["指标库", "H2"].value
    tick(example, "群众政策知晓率")
    assert "填进项目表“03”" in example.press("pick_indicators", "指标库", ("3",))
    assert "3  03" in example.said[0] or "填进哪张项目表？" in example.said[0]
    assert "受益人数" in [one.level3.text for one in example.read().projects[1].indicators]


def test_rows_of_the_department(example: Desk) -> None:
    """What people type below the list is offered too; a first level that the form lacks is said and stays ticked."""
    last = values_of(example.book.sheets["指标库"])
    end = len(last) + 1
    example["指标库", f"A{end}:H{end}"].value = ["是", "本部门", "效益", "经济效益", "节约资金", "", "≥5万元", ""]
    example["指标库", f"A{end + 1}:H{end + 1}"].value = ["√", "", "管理指标", "", "制度健全率", "", "=100%", ""]
    said = example.press("pick_indicators", "01")
    assert "表上没有一级指标“管理指标”，没有填：制度健全率（“指标库”里的√留着）。" in said
    assert table(example, "BCFG", 16, 16) == [("经济效益", "节约资金", "≥5万元", None)]
    assert (example["指标库", f"A{end}"].value or None, example["指标库", f"A{end + 1}"].value) == (None, "√")
    example["指标库", f"E{end + 1}"].value = None
    with pytest.raises(NotHere, match=f"第 {end + 1} 行打了√，没有指标的名称"):
        library.pick(example.host)
    example["指标库", "E3"].value = "名称"
    with pytest.raises(NotHere, match="没有“选用”“一级”“二级”“指标”这几栏的表头"):
        library.pick(example.host)


def test_national_form(opened: Open, tmp_path: Path) -> None:
    """Its blank form has a row for each second level, and a first level of its own for costs."""
    path, profile = tmp_path / "新.xlsx", profiles.for_form("national_targets")
    write_department(path, merge([]), profile, kind=BY_NAME["national_targets"])
    desk = opened(path)
    tick(desk, "工程总投资", "改造维修面积", "周边群众满意度", "受益人数")
    assert "已选用 4 个指标，填进项目表“01”：" in desk.press("pick_indicators", "01")
    found = [(one.level1.text, one.level2.text, one.level3.text) for one in desk.read().projects[0].indicators]
    assert found == [
        ("成本指标", "经济成本指标", "工程总投资"),
        ("产出指标", "数量指标", "改造维修面积"),
        ("效益指标", "社会效益指标", "受益人数"),
        ("满意度指标", "服务对象满意度指标", "周边群众满意度"),
    ]
    desk.go("首页")
    with pytest.raises(NotHere, match="没有项目绩效目标表"):
        library.pick(desk.host)


@only_libreoffice
def test_one_step_for_the_program(example: Desk) -> None:
    """Ctrl+Z takes the whole press back, the ticks too."""
    before = example.read().projects[0]
    (row,) = tick(example, "培训合格率")
    example.press("pick_indicators", "01")
    example.book.api.getUndoManager().undo()
    assert example.read().projects[0] == before
    assert example["指标库", f"A{row}"].value == "√"
