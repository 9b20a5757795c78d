"""Plain text: cells on lines of their own, rows on one line, labels broken over lines, encodings."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.text.documents import FORM, said
from xl_perf.core.errors import BookError
from xl_perf.core.figures.totals import add_up, totals_of
from xl_perf.core.forms.variants import FormSettings, variants
from xl_perf.text.blocks import Table
from xl_perf.text.plain_in import read_plain
from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead

TEXT = Path(__file__).with_name("text-2024.txt")


def read(folder: Path, text: str | bytes) -> TextRead:
    path = folder / "文本.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_text(path, "文本.txt")


def cells(text: str) -> list[list[list[str]]]:
    """The tables of a text as rows of texts."""
    return [
        [[cell.text for cell in row] for row in block.rows] for block in read_plain(text) if isinstance(block, Table)
    ]


def test_whole_text() -> None:
    read_ = read_text(TEXT, "text-2024.txt")
    department = read_.department
    assert read_.unplaced == ()
    assert (department.name, department.year) == ("桥南街道办事处", 2024)
    totals = add_up(map(totals_of, department.projects))
    assert (totals.projects, *totals.amounts.values()) == (
        3,
        Decimal("332.15"),
        Decimal("322.15"),
        Decimal(10),
    )
    assert [totals.planned_at(month) for month in (3, 6, 10, 12)] == [
        Decimal("42.65"),
        Decimal("152.025"),
        Decimal("257.875"),
        Decimal("332.15"),
    ]
    assert sum(len(project.indicators) for project in department.projects) == 18
    assert [(sub.title.value, len(sub.indicators)) for sub in department.sub_goals] == [
        ("改善街巷环境", 3),
        ("关爱老年群体", 2),
    ]
    assert [one.title.value for one in department.safeguards] == [
        "加强领导",
        "加强支出管理",
        "加强绩效监控",
        "做好绩效自评",
    ]
    assert department.overall_goal.text.split("\n") == [
        "以居民需求为中心，办好环境、养老和住房三件事。",
        "管好钱、用好钱，让街道更宜居。",
    ]


def test_headings_codes_and_broken_labels() -> None:
    projects = read_text(TEXT, "text-2024.txt").department.projects
    assert [project.heading.value for project in projects] == ["桥南街道环卫保洁", "社区养老服务", "老旧小区管网改造"]
    assert [project.name.value for project in projects] == ["街道环卫保洁", "社区养老服务", "老旧小区管网改造"]
    assert [project.code.text for project in projects] == ["————", "", "13029900000000000000001A"]
    assert all(project.missing == () for project in projects)
    assert projects[1].purpose.text == "资金主要用于老年食堂和上门照料，\n每月结算一次。"
    assert [goal.text for goal in projects[1].goals] == ["老年人就近用餐。", "失能老人有人照料。", "服务不断档。"]
    levels = [indicator.level1.value for indicator in projects[2].indicators]
    assert levels == ["产出"] * 4 + ["效果", "满意度"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    read_ = read(tmp_path, TEXT.read_text("utf-8").encode(encoding, "replace"))
    assert read_.department.name == "桥南街道办事处"
    assert len(read_.department.projects) == 3


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends(ends: str, tmp_path: Path) -> None:
    read_ = read(tmp_path, TEXT.read_text("utf-8").replace("\n", ends))
    assert len(read_.department.projects) == 3
    assert read_.unplaced == ()


def test_rows_on_one_line(tmp_path: Path) -> None:
    """What the clipboard gives when a table is copied from Word."""
    lines = "\n".join("\t".join(row) for row in FORM)
    read_ = read(tmp_path, f"道路养护项目绩效目标表\n{lines}\n完\n")
    (project,) = read_.department.projects
    assert {cell for row in FORM[8:] for cell in row[2:]} <= said(read_)
    assert (project.budget.value, len(project.indicators)) == (Decimal("12.5"), 4)
    assert [one.text for one in read_.unplaced] == ["完"]


def test_a_cell_of_several_paragraphs_goes_on_before_the_indicators() -> None:
    text = "\t项目编码\n\t1\n\n\t预算规模\n\t第一段\n\n第二段\n\t下一格\n"
    assert cells(text) == [[["项目编码", "1"], ["预算规模", "第一段\n第二段", "下一格"]]]


def test_a_text_behind_the_indicators_is_text() -> None:
    text = "\t三级指标\n\t指标值\n\n\t里程\n\t30公里\n\n后记。\n\n\t产出\n\n指标\n\t数量指标\n"
    assert cells(text) == [[["三级指标", "指标值"], ["里程", "30公里"]], [["产出\n指标", "数量指标"]]]


def test_contents_with_tabs_are_no_table() -> None:
    assert cells("一、总体绩效目标\t1\n二、分项绩效目标\t\t12\n") == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\x00\x01\x02\xff\xfe\xfd", "not-a-workbook"), (b"", "empty-file"), (b"\xff" * 40, "not-a-workbook")],
)
def test_no_text(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "文本.txt"
    path.write_bytes(data)
    with pytest.raises(BookError) as caught:
        read_text(path, "文本.txt")
    assert caught.value.kind == kind


COPIED = """项目支出绩效目标表
（2023年度）  单位：万元
项目名称\t系统运维
主管部门\t某市某局
资金总额\t\t100
其中：财政拨款\t\t90\t其他资金\t10
年度总体目标\t稳定运行。
绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t权重
\t\t\t\t符号\t数值\t单位\t
\t产出指标\t数量指标\t运维系统个数\t=\t8\t个\t20
\t\t质量指标\t系统可用率\t≥\t99.9\t%\t30
"""


def test_a_table_copied_from_word_has_a_merged_heading_once(tmp_path: Path) -> None:
    """What stands behind 指标值, which is as wide as 符号, 数值 and 单位, keeps its column; so do the amounts."""
    department = read(tmp_path, COPIED).department
    (project,) = department.projects
    assert [(one.target.text, one.weight.text) for one in project.indicators] == [("=8个", "20"), ("≥99.9%", "30")]
    assert [str(amount.value) for amount in (project.budget, project.fiscal)] == ["100", "90"]
    assert department.year == 2023


def test_the_wordings_of_a_region_are_known_in_texts_too(tmp_path: Path) -> None:
    path = tmp_path / "文本.txt"
    path.write_text(COPIED.replace("资金总额", "拟安排经费"), "utf-8")
    assert read_text(path, "文本.txt").department.projects[0].budget.value is None
    kinds = variants({"national_targets": FormSettings(words=(("budget", ("拟安排经费",)),))})
    assert str(read_text(path, "文本.txt", kinds).department.projects[0].budget.value) == "100"
