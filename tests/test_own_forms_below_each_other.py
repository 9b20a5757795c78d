"""Two forms of an office's own on one sheet, whose head has many more lines than the shipped kinds' have."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_TITLE = "市级部门项目支出绩效目标申报表"


def lines(name: str | None, budget: float | None, *, titled: bool = True) -> list[list[Scalar]]:
    """A form with ten labels between that of the name and those of the amounts; its foot names a telephone again."""
    is_filled = name is not None
    head: list[list[Scalar]] = [[_TITLE]] if titled else []
    return [
        *head,
        ["项目名称", name, "项目类别", "专项" if is_filled else None],
        ["主管部门", "某市农业局" if is_filled else None, "实施单位", "种植科" if is_filled else None],
        ["项目负责人", "刘敏" if is_filled else None, "联系电话", "0319-8166001" if is_filled else None],
        ["项目概况", f"{name}的概况" if is_filled else None, "立项依据", "某文件" if is_filled else None],
        ["资金来源（万元）", "年度资金总额", budget],
        [None, "一般公共预算拨款", budget],
        [None, "单位自筹资金"],
        ["年度目标", "完成。" if is_filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if is_filled else ())],
        ["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if is_filled else ())],
        ["填表人：", None, "联系电话："],
    ]


def write(path: Path, rows: list[list[Scalar]]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("between", [0, 1, 6])
@pytest.mark.parametrize("titled", [True, False])
def test_each_has_its_name(titled: bool, between: int, tmp_path: Path) -> None:
    """The second begins with its title or its name, however far below the first."""
    blank = write(tmp_path / "空白表.xlsx", lines(None, None))
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    empty: list[list[Scalar]] = [[None] for _ in range(between)]
    below = lines("水利设施维护", 77.7, titled=titled)
    department = read(write(tmp_path / "局.xlsx", [*lines("农田建设", 10), *empty, *below]))
    assert [(one.name.value, str(one.budget.value)) for one in department.projects] == [
        ("农田建设", "10"),
        ("水利设施维护", "77.7"),
    ]
    assert {one.kind.name for one in department.projects} == {"样表"}
    assert [one.value("text:联系电话").value for one in department.projects] == ["0319-8166001"] * 2
    said = check(department, fitting(department))
    assert not [one for one in said if one.code in {"S102", "S103", "S116"}]
