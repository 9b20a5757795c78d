"""The manifest: digests of what is seen, the sheet and the JSON that carry it, and what was changed since."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import FIELDS, Rows, cover, form
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.core.submitting.manifest import Manifest, Packed, digest_of, from_json, manifest_of, to_json
from xl_perf.core.submitting.manifest_sheet import NOTE, read_manifest, rows_of
from xl_perf.core.submitting.verifying import verify
from xl_perf.core.workbook.sheets import MANIFEST_SHEET
from xl_perf.profiles import fitting

PACKED = Packed(
    version=2,
    time="2022-11-02T08:00:00",
    rules_version="0.2.0",
    template_version="1.0",
    profile="hebei-2023",
    taken_out=("工作表“备注”（3 个单元格）没有带上",),
    incomplete=("02：预算数读不出",),
    forced="领导要求\n先报",
)
NAMES = ("村级道路养护", "乡镇消防设施")


def book(*sheets: Rows, manifest: Manifest | None = None, more: tuple[Grid, ...] = ()) -> Book:
    """A department's workbook with these forms."""
    grids = [Grid("首页", cover()), *(Grid(f"{at:02d}", rows) for at, rows in enumerate(sheets, 1)), *more]
    if manifest is not None:
        grids.append(Grid(MANIFEST_SHEET, [[MANIFEST_SHEET], [NOTE], *rows_of(manifest)]))
    return Book("本", grids, kind="department")


def forms(**changes: Any) -> list[Rows]:
    """Two forms; the changes are made in the second."""
    return [form(), form(name=NAMES[1], **changes)]


def read(*sheets: Rows, **more: Any) -> Department:
    return read_department(book(*sheets, **more))


def manifest() -> Manifest:
    department = read(*forms())
    return manifest_of(department, check(department, fitting(department)), PACKED)


def test_what_it_says() -> None:
    made = manifest()
    assert (made.department, made.year, made.kind, made.version) == ("测试街道办事处", 2023, "targets", 2)
    assert (made.projects, made.totals) == (2, {"budget": "200", "fiscal": "200", "other": "0"})
    assert [(one.sheet, one.name, one.budget) for one in made.forms] == [
        ("首页", "", ""),
        ("01", NAMES[0], "100"),
        ("02", NAMES[1], "100"),
    ]
    assert made.forced == "领导要求 先报"
    assert made.is_whole


def test_it_comes_back_from_the_sheet_and_from_json() -> None:
    made = manifest()
    assert read_manifest(book(*forms(), manifest=made)) == made
    assert from_json(to_json(made)) == made
    assert to_json(manifest()) == to_json(made)


def test_a_long_form_is_parted_among_columns() -> None:
    rows = form(indicators=[{"level1": "产出指标", "level2": "数量指标", "level3": f"第{n}项"} for n in range(900)])
    department = read(rows)
    made = manifest_of(department, (), PACKED)
    widest = next(row for row in rows_of(made) if row and row[0] == "01")
    assert len(widest) > 5
    assert max(map(len, widest)) < 32_767
    assert read_manifest(book(rows, manifest=made)) == made


def test_there_is_none_in_another_workbook() -> None:
    assert read_manifest(book(*forms())) is None


def test_its_sheet_is_no_form_and_nothing_unread() -> None:
    department = read(*forms(), manifest=manifest())
    assert (department.unread, department.tables, len(department.projects)) == ((), (), 2)


@pytest.mark.parametrize("label", ["版本", "内容摘要", "工作表", "预算数（万元）"])
def test_a_sheet_that_is_no_manifest_any_more(label: str) -> None:
    rows = [row for row in rows_of(manifest()) if not row or row[0] != label]
    with pytest.raises(ValueError, match=r"no|type"):
        read_manifest(Book("本", [Grid(MANIFEST_SHEET, rows)]))


@pytest.mark.parametrize(
    "change",
    [
        {"version": "3"},
        {"year": True},
        {"totals": {"budget": "NaN", "fiscal": "0", "other": "0"}},
        {"totals": {"budget": "1"}},
        {"totals": []},
        {"forms": [1]},
        {"accepted": [{"code": 1, "place": "", "reason": "", "by": ""}]},
        {"taken_out": [None]},
        {"format": "2"},
        {"more": 1},
    ],
)
def test_json_of_anybody_is_looked_at(change: dict[str, Any]) -> None:
    said = json.loads(to_json(manifest())) | change
    with pytest.raises(ValueError, match=r"."):
        from_json(json.dumps(said))
    with pytest.raises(ValueError, match=r"."):
        from_json("[]")


def test_stored_otherwise_it_is_the_same() -> None:
    rows = form(purpose="第一行\n第二行", code="13020123450001", percents=[0.25, 0.5, 0.75, 1.0])
    again = form(
        purpose="第一行\r\n第二行 \u200b", code=13020123450001.0, budget=100, percents=["25%", "50%", "75%", "100%"]
    )
    assert digest_of(read(rows)) == digest_of(read(again))


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_counts(key: str) -> None:
    changed = forms()
    row, column = FIELDS[key]
    changed[1][row][column] = 7.0 if key in {"budget", "fiscal", "other"} else "另写的"
    assert digest_of(read(*changed)) != digest_of(read(*forms()))


def test_unchanged() -> None:
    found = verify(read(*forms(), manifest=manifest()), manifest())
    assert (found.is_same, found.is_whole, found.said) == (True, True, [])


def test_a_changed_cell_is_named() -> None:
    changed = forms(budget=120.0, fiscal=100.0)
    changed[1][9][4] = ""
    found = verify(read(*changed), manifest())
    assert not found.is_same
    assert "打包后改过：02!C3 预算数（现为 120）" in found.said
    assert all(one.sheet == "02" for one in found.changed)


def test_what_was_emptied_or_filled_in_is_named() -> None:
    changed = forms(other=5.0)
    changed[0][3][1] = ""
    assert [(one.sheet, one.cell, one.now) for one in verify(read(*changed), manifest()).changed] == [
        ("01", "B4", ""),
        ("02", "G3", "5"),
    ]


def test_the_cover_counts() -> None:
    department = read(*forms())
    other = replace(department.cover, department=department.cover.department._replace(value="别的", typed="别的"))
    (one,) = verify(replace(department, cover=other), manifest()).changed
    assert (one.sheet, one.cell, one.label) == ("首页", "B1", "部门名称")


def test_a_hidden_form_is_named() -> None:
    grids = list(book(*forms()).grids)
    grids[2] = grids[2]._replace(hidden=True)
    (one,) = verify(read_department(Book("本", grids, kind="department")), manifest()).changed
    assert (one.sheet, one.cell, one.said) == ("02", "", "02 工作表已隐藏")


def test_hidden_rows_and_columns_are_named() -> None:
    """Which they are, and no text of theirs that looks like a changed amount."""
    for rows, columns, said in (
        (((2, 2),), (), "02 第 3 行已隐藏"),
        ((), ((2, 2),), "02 C 列已隐藏"),
    ):
        grids = list(book(*forms()).grids)
        grids[2] = grids[2]._replace(hidden_rows=rows, hidden_columns=columns)
        (one,) = verify(read_department(Book("本", grids, kind="department")), manifest()).changed
        assert one.said == said


def test_what_is_hidden_is_said_beside_what_was_changed() -> None:
    grids = list(book(*forms(budget=7)).grids)
    grids[2] = grids[2]._replace(hidden_rows=((2, 2),))
    *changed, hidden = verify(read_department(Book("本", grids, kind="department")), manifest()).changed
    assert [one.label for one in changed][:1] == ["预算数"]
    assert hidden.said == "02 第 3 行已隐藏"


def test_sheets_that_are_missing_or_new() -> None:
    found = verify(read(form()), manifest())
    assert (found.is_same, found.missing) == (False, ("02",))
    found = verify(read(*forms(), form(name="第三个")), manifest())
    assert (found.is_same, found.added) == (False, ("03",))
    found = verify(read(*forms(), more=(Grid("另附", [["看这里"]]),)), manifest())
    assert (found.is_same, found.added) == (False, ("另附",))


def test_a_changed_manifest_is_named() -> None:
    for changed in (replace(manifest(), version=9), replace(manifest(), errors=7), replace(manifest(), forced="")):
        found = verify(read(*forms()), changed)
        assert (found.is_same, found.is_whole) == (False, False)
        assert found.said == ["报送清单被改过，不能凭它核对"]
