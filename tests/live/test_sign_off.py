"""The line for signatures below a form: it stays below, is copied without names, and comes in with imports."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests import builders
from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf import profiles
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.making import draft
from xl_perf.core.making.merging import merge
from xl_perf.core.model.project import Project, SignOff
from xl_perf.live import importing, projects, rows
from xl_perf.live.forms import form_of
from xl_perf.written.template import write_department

SIGNED = SignOff(draft.text("张三"), draft.text("=李四"), draft.text("2023-3-1"))


def signed(project: Project) -> list[str]:
    assert project.sign_off is not None
    return [one.text for one in project.sign_off]


@office
def test_rows_and_copies(example: Desk) -> None:
    for cell, text in (("B19", "张三"), ("D19", "李四"), ("F19", "2023年3月1日")):
        example["01", cell].value = text
    before = example.read().projects[0]
    assert signed(before) == ["张三", "李四", "2023年3月1日"]
    example.go("01", "C18")
    rows.add_indicator_row(example.host)
    read = example.read().projects[0]
    assert read.indicators == before.indicators
    assert read.sign_off is not None
    assert (read.sign_off.filled_by.row, signed(read)) == (19, ["张三", "李四", "2023年3月1日"])
    projects.copy(example.host)
    copy = example.read().projects[-1]
    assert signed(copy) == ["", "", ""]
    assert signed(example.read().projects[0]) == signed(before)


def test_imported(opened: Open, tmp_path: Path) -> None:
    source = tmp_path / "来源.xlsx"
    one = replace(builders.project(), sign_off=SIGNED)
    write_department(source, builders.department(one), profiles.load())
    desk = opened(Path(shutil.copy(EXAMPLE, tmp_path / "部门.xlsx")))
    found, problems = importing.read_projects([str(source)], desk.host)
    assert problems == []
    live = importing.add_form(desk.host, projects.model_sheet(desk.host), found[0], profiles.load())
    assert live.sheet.name == "09"
    read = desk.read().projects[-1]
    assert (signed(read), len(read.indicators)) == (["张三", "=李四", "2023-3-1"], len(one.indicators))


def test_national_form(opened: Open, tmp_path: Path) -> None:
    """Its first level stands right of another column: a name below it is no first level."""
    path = tmp_path / "新.xlsx"
    write_department(path, merge([]), profiles.for_form("national_targets"), kind=BY_NAME["national_targets"])
    desk = opened(path)
    live = form_of(desk.host, desk.book.sheets["01"])
    assert live is not None
    labels = [one.label for one in live.branches()]
    row = live.branches()[-1].last + 2
    assert desk["01", f"A{row}"].value == "填报人："
    desk["01", f"B{row}"].value = "张三"
    again = form_of(desk.host, desk.book.sheets["01"])
    assert again is not None
    assert [one.label for one in again.branches()] == labels
    assert desk.read().projects == ()
    desk["01", "B3"].value = "道路养护"
    (project,) = desk.read().projects
    assert (signed(project), project.indicators) == (["张三", "", ""], ())
