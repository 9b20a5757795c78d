"""A department that its workbook does not name: its file or folder may."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import Runner, project, run, write
from tests.samples import below
from xl_perf.service.naming import department_of

__all__ = ["run"]  # the fixture


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("收件/市水利局2024年部门预算绩效文本.xlsx", "市水利局"),
        ("收件/03 县教育局（定稿）.xlsx", "县教育局"),
        ("收件/2024-发展和改革委员会-项目绩效目标表.xls", "发展和改革委员会"),
        ("12、东街街道办事处/绩效文本.xlsx", "东街街道办事处"),
        ("市交通运输局/第一人民医院.xlsx", "第一人民医院"),
        ("收件/绩效目标表.xlsx", None),
        ("收件/水利局和教育局对照-水利局-教育局.xlsx", None),
        ("收件/book1.xlsx", None),
        ("收件/会议表.xlsx", None),
    ],
)
def test_names_of_files_and_folders(path: str, name: str | None) -> None:
    found = department_of(path)
    assert (found and found.department) == name


def test_it_is_said_where_the_name_comes_from(run: Runner, tmp_path: Path) -> None:
    """The figures go by it; whether two books are of one department never does."""
    for folder, amount in (("一", "10"), ("二", "20")):
        (tmp_path / folder).mkdir()
        path = write(tmp_path / folder / "县水利局.xlsx", project(f"堤防{folder}", budget=amount), name="甲办事处")
        book = openpyxl.load_workbook(path)
        next(cell for row in book["首页"].iter_rows() for cell in row if cell.value == "甲办事处").value = None
        book.save(path)
    out = run("check", "一", "二")[1]
    for shown in ("一/县水利局.xlsx", "二/县水利局.xlsx"):
        assert f"注意：{shown}：工作簿里没有写部门名称，按文件名当作“县水利局”" in out
    document = json.loads(run("check", "一", "二", "--json")[1])
    assert [book["department"] for book in document["books"]] == ["县水利局", "县水利局"]
    assert document["totals"]["budget"] == "30"
    run("consolidate", "一", "二", "-o", "汇总.xlsx")
    assert below(Path("汇总.xlsx"), "汇总", "部门") == ["县水利局"]
