"""A 样表 of other forms beside a workbook changes nothing in what is read of it."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.guides import correct
from tests.own_guides import learned
from tests.test_forms_of_offices import FORMS
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.learned import with_learned
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting
from xl_perf.saved.guides import kind_of_guide
from xl_perf.saved.workbook import read_book
from xl_perf.service.guides import learn_form

_LAYOUTS = FORMS.parent / "layouts"
_BOOKS = (
    "l08-split-second-header-direction",
    "l50-unit-in-next-cell",
    "l26-list-sichuan-merged",
    "l63-list-two-headers-special-fund",
)


def _rows(name: str = "", budget: Scalar = None, unit: str = "单位：元") -> list[list[Scalar]]:
    """A form with its unit above 备注, and what is printed beside amounts; without a name a blank one."""
    return [
        ["项目绩效目标表（2025年度）", None, None, None, None],
        [f"单位名称：{'市园林局' if name else ''}", None, None, None, unit],
        ["项目名称", name or None, None, None, None],
        ["预算总额", budget, "财政资金", budget, None],
        ["其他资金", 0 if name else None, "项目负责人", "王五" if name else None, None],
        ["年度目标", f"完成{name}。" if name else None, None, None, None],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
        ["产出指标", "数量指标", *(("面积", "≥5亩") if name else (None, None)), None],
        ["满意度指标", "服务对象满意度指标", *(("满意度", "≥90%") if name else (None, None)), None],
    ]


def _other_rows() -> list[list[Scalar]]:
    """Of another office: 备注 stands above what is not read."""
    return [
        ["某市市级项目支出绩效目标申报表"],
        ["（2025年度）", None, None, None, None, "单位：元"],
        ["项目名称"],
        ["项目资金", "资金来源", "年初预算数", "调整数", "2025年预算数", "备注"],
        [None, "资金总额"],
        [None, "其中：财政拨款"],
        [None, "其他资金"],
        ["年度目标"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "权重"],
        [None, "产出指标", "数量指标"],
        [None, "满意度指标", "服务对象满意度指标"],
    ]


@cache
def _kind(folder: Path, name: str) -> FormKind:
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in _rows() if name == "园林" else _other_rows():
        sheet.append(cells)
    blank = folder / f"{name}.xlsx"
    book.save(blank)
    guide = folder / f"样表-{name}.xlsx"
    learn_form(str(blank), str(guide))
    if name == "市级":
        correct(guide, {"2025年预算数": "本年金额（栏目）"})
    return kind_of_guide(guide)


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("样表")


def _kinds(folder: Path) -> Iterator[FormKind]:
    """Of four layouts, of a form with 备注 in its table, and of one that prints it above amounts."""
    for name in _BOOKS:
        yield learned(_LAYOUTS / f"{name}.xlsx")
    yield from (_kind(folder, name) for name in ("园林", "市级"))


def _said(department: Department) -> Sequence[object]:
    """All that is read, and all that is found in it; kinds by their names."""
    projects = [(one.kind.name, one.entries(), one.area, one.missing, one.bare_unit) for one in department.projects]
    found = check(department, fitting(department))
    return projects, department.unread, department.strange, department.money_texts, department.tables, found


def _books() -> Iterator[Book]:
    for name in _BOOKS:
        yield read_book(_LAYOUTS / f"{name}.xlsx", name)
    one, other = _rows("绿化", 800_000), _rows("亮化", 400_000)
    yield Book("园林", [Grid("目标", [[*left, None, None, *right] for left, right in zip(one, other, strict=True)])])
    yield Book("一张", [Grid("目标", one)])


def test_another_guide_changes_nothing(folder: Path) -> None:
    """For every book with its own 样表 and every further one; and with none where the further one does not fit."""
    kinds = list(_kinds(folder))
    number = 0
    for at, book in enumerate(_books()):
        own = kinds[min(at, 4)]
        assert [one.kind for one in read_department(book, with_learned((own,), KINDS)).projects][:1] == [own]
        others = [kind for kind in kinds if kind is not own]
        for beside in ((own,), ()):
            alone = _said(read_department(book, with_learned(beside, KINDS)))
            for other in others:
                for both in ((*beside, other), (other, *beside)):
                    read = read_department(book, with_learned(both, KINDS))
                    if not beside and any(one.kind is other for one in read.projects):
                        continue  # a form of the ministry's that has all that the 样表 asks for
                    assert _said(read) == alone
                    number += 1
        assert _said(read_department(book, with_learned((*others, own), KINDS))) == _said(
            read_department(book, with_learned((own,), KINDS))
        )
    assert number >= 6 * 2 * 2 * 4


def test_the_unit_above_a_column_that_another_guide_prints(folder: Path) -> None:
    """备注 of the one form is a column of its table, of the other a heading that is not read."""
    book = list(_books())[4]
    kinds = with_learned((_kind(folder, "园林"), _kind(folder, "市级")), KINDS)
    read = read_department(book, kinds)
    assert [project.budget.value for project in read.projects] == [80, 40]
