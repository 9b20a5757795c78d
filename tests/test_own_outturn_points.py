"""执行率分值（10） of an office's own form: the points beside it are part of the form; other ones are named."""

from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from xl_perf.core.cells.grid import Scalar
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

__all__ = ["run"]


def write(path: Path, points: Scalar = None, *, is_filled: bool = True) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    money = (100, 80, 20) if is_filled else (None, None, None)
    for cells in (
        ["项目支出绩效目标表"],
        ["（2023年度）", None, None, None, "单位：万元"],
        ["项目名称", "运行" if is_filled else None],
        ["项目资金", "年度资金总额：", money[0], "执行率分值\n（10）", points],
        [None, "其中：财政拨款", money[1]],
        [None, "其他资金", money[2]],
        ["年度总体目标", "保障运行。" if is_filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值", "分值权重\n（90）"],
        ["产出指标", "数量指标", *(("数据量", "≥5PB", 50) if is_filled else ())],
        ["满意度指标", "服务对象满意度指标", *(("用户满意度", "≥90%", 40) if is_filled else ())],
    ):
        sheet.append(cells)
    for area in ("A1:E1", "A4:A6", "D4:D6", "E4:E6", "B7:E7", "B3:E3"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def guide(folder: Path) -> None:
    blank = write(folder / "空白表.xlsx", is_filled=False)
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()


def test_the_points_are_part_of_the_form(tmp_path: Path, run: Runner) -> None:
    guide(tmp_path)
    source = write(tmp_path / "局.xlsx", 10)
    out = tmp_path / "新.xlsx"
    run("new", out, "--from", source)
    assert str(load_workbook(out)["01"]["E4"].value) == "10"
    (project,) = read(out).projects
    assert project.kind.learned is not None
    assert project.outturn_points is not None
    assert project.outturn_points.value == Decimal(10)
    _, said, _ = run("check", out)
    assert "没有发现问题" in said


def test_other_points_are_named(tmp_path: Path, run: Runner) -> None:
    guide(tmp_path)
    _, said, _ = run("new", tmp_path / "新.xlsx", "--from", write(tmp_path / "局.xlsx", 15))
    assert "E4没有收进来：15" in said
