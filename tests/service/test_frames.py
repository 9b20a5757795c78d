"""Python use: many workbooks at once, frames with number columns, and records that show themselves in a line."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import xl_perf
from tests.command_line import EXAMPLE, project, write
from xl_perf.core.errors import BookError

EIGHT = 8


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two workbooks, a copy of one, a broken one, and one below a folder."""
    folder = tmp_path / "收件"
    (folder / "下").mkdir(parents=True)
    write(folder / "甲.xlsx", project("甲一", budget="10.5"), name="甲局")
    write(folder / "下" / "乙.xlsx", project("乙一", budget="20", fiscal="19"), name="乙局")
    (folder / "丙.xlsx").write_bytes((folder / "甲.xlsx").read_bytes())
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    return folder


def test_many_books(inbox: Path) -> None:
    """Errors are raised, or collected; what only several books show is among the findings."""
    with pytest.raises(BookError, match="坏"):
        xl_perf.read_all([inbox])
    errors: list[BookError] = []
    books = xl_perf.read_all([inbox], errors=errors)
    assert [Path(book.path).name for book in books] == ["丙.xlsx", "乙.xlsx", "甲.xlsx"] or len(books) == 3
    assert [Path(error.path).name for error in errors] == ["坏.xlsx"]
    found = xl_perf.check_all(books)
    codes = {Path(book.path).name: {one.code for one in own} for book, own in zip(books, found, strict=True)}
    assert "B303" in codes["乙.xlsx"]
    assert [name for name, own in codes.items() if "X607" in own] in (["丙.xlsx"], ["甲.xlsx"])
    assert {one.code for one in xl_perf.check(books[0])}.isdisjoint({"X607"})


def test_frames_have_number_columns() -> None:
    book = xl_perf.read(EXAMPLE)
    findings = xl_perf.check(book)
    projects, indicators, told = xl_perf.frames([book], [findings])
    assert len(projects) == EIGHT
    assert round(projects["预算数"].sum(), 6) == 1135.76
    kinds = {str(projects[name].dtype) for name in ("预算数", "财政资金", "6月底(%)", "12月底(万元)")}
    assert kinds == {"float64"}
    assert {str(projects[name].dtype) for name in ("年度", "指标数", "错误")} == {"Int64"}
    assert len(indicators) == sum(len(one.indicators) for one in book.projects)
    assert str(indicators["下限"].dtype) == "float64"
    least = indicators[indicators["符号"] == "≥"].iloc[0]
    assert f"{least['下限']:g}" in least["指标值"]
    assert list(told["规则"]) == [one.code for one in findings]
    assert str(told["差额"].dtype) == "float64"
    assert json.loads(projects.to_json(orient="records"))[0]["年度"] == 2023


def test_frames_of_decimals() -> None:
    """On request amounts are exact; without findings nothing is said of states."""
    book = xl_perf.read(EXAMPLE)
    projects, indicators, told = xl_perf.frames([book], decimals=True)
    assert sum(projects["预算数"], Decimal(0)) == Decimal("1135.76")
    assert projects["错误"].isna().all()
    assert len(told) == 0
    assert isinstance(indicators["下限"].dropna().iloc[0], Decimal)
    empty = xl_perf.frames([])
    assert [len(frame) for frame in empty] == [0, 0, 0]
    assert str(empty.projects["预算数"].dtype) == "float64"
    with pytest.raises(ValueError, match="zip"):
        xl_perf.frames([book], [])


def test_records_show_themselves_in_a_line() -> None:
    book = xl_perf.read(EXAMPLE)
    assert repr(book) == f"<Department {book.name} 2023年 8个项目 1135.76万元>"
    first = book.projects[0]
    assert repr(first) == f"<Project {first.sheet} {first.name.value} {first.budget.value}万元>"
    assert repr(first.indicators[0]).startswith("<Indicator 产出/数量/")
    assert max(len(repr(one)) for one in (book, first, first.indicators[0])) < 100
    html = book._repr_html_()
    assert html.count("<tr>") == EIGHT + 1
    assert first.name.text in html


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small installation for buttons has none: what is lacking and what to do, in one sentence."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    book = xl_perf.read(EXAMPLE)
    for asked in (lambda: xl_perf.frames([book]), lambda: xl_perf.summarise([book]).to_frame()):
        with pytest.raises(xl_perf.XlPerfError) as told:
            asked()
        assert (
            str(told.value)
            == "这里装的 xl-perf 没有 pandas，不能把结果变成 pandas 的表。请改装完整的一份，按钮和别的命令不受影响。"
        )


def test_public_names() -> None:
    assert len(xl_perf.__all__) == 15
    assert all(getattr(xl_perf, name) for name in xl_perf.__all__)
    assert isinstance(xl_perf.frames([]).findings, pd.DataFrame)
