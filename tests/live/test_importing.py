"""导入项目: forms of other workbooks become sheets that a person could have filled in."""

from pathlib import Path

import pytest

from tests import builders, departments
from tests.live.conftest import EXAMPLE, Open, new_book
from tests.live.desk import Desk, above_copy
from tests.live.programs import only_libreoffice
from xl_perf import profiles
from xl_perf.core.forms.box import BranchRows
from xl_perf.core.forms.layout import project_layout
from xl_perf.core.making import draft
from xl_perf.core.making.draft import project_content
from xl_perf.core.model.project import Project
from xl_perf.live import importing, undoing
from xl_perf.live.forms import LiveBranch
from xl_perf.live.shaping import paired
from xl_perf.sheets.form_content import contents_of

READING = Path(__file__).parents[1] / "fixtures" / "reading"


def take_in(desk: Desk, monkeypatch: pytest.MonkeyPatch, *paths: Path) -> str | None:
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(path) for path in paths])
    return above_copy(importing.import_projects(desk.host))


# --- planning


def test_cells_of_a_form() -> None:
    project = departments.whole()
    layout = project_layout(project, profiles.load())
    rows = importing.cells_of(layout.boxes, contents_of(layout, project))
    assert rows[0] == [None] * 7
    assert rows[2] == [
        None if cell is None else cell
        for cell in ("预算规模及\n资金用途", "预算数", 10.0, "其中：财政资金", 10.0, "其他资金", None)
    ]
    assert rows[5] == [None, 0.25, 0.5, 0.75, None, 1.0, None]
    assert rows[9][:6] == ["产出指标", "数量指标", "养护里程", "年内养护的道路里程", None, "≥78公里"]


def test_groups_find_their_branch() -> None:
    branches = [LiveBranch("产出指标", 10, 15), LiveBranch("效果指标", 16, 19), LiveBranch("满意度指标", 20, 21)]
    wanted = (
        BranchRows("产出", 0, 1),
        BranchRows("成本", 2, 2),
        BranchRows("效果", 3, 4),
        BranchRows("产出", 5, 5),
        BranchRows("满意度", 6, 7),
    )
    assert [[rows.branch for rows in group] for _, group in paired(branches, wanted)] == [
        ["产出", "成本"],
        ["效果", "产出"],
        ["满意度"],
    ]


# --- in the book


@only_libreoffice
@pytest.mark.slow
def test_the_example(blank: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, renamed = (take_in(blank, monkeypatch, EXAMPLE) or "").splitlines()
    assert first == "已导入 8 个项目：工作表 02 至 09。"
    named = "，".join(f"“0{number}”→0{number + 1}" for number in range(1, 7))
    assert renamed == f"工作表按顺序重新编号：{named}等 8 张。"
    source, made = departments.read(EXAMPLE).projects, blank.read().projects
    assert list(map(project_content, made)) == list(map(project_content, source))
    assert blank.column("首页", "B10:B18") == [f"{number:02d}" for number in range(1, 10)]
    assert blank["首页", "E18"].value == 500.0
    sheet = blank.book.sheets["02"]
    assert sheet.api.ProtectContents
    assert sheet["F10"].value == "=78人"
    assert sheet["A10"].merge_area.address == "$A$10:$A$14"
    assert sheet["D14"].merge_area.address == "$D$14:$E$14"
    assert sheet["I2"].value == "已填写"
    saved = tmp_path / "存.xlsx"
    blank.book.save(str(saved))
    assert list(map(project_content, departments.read(saved).projects)) == list(map(project_content, source))
    blank.answer("yes")
    undoing.undo(blank.host)
    assert blank.read().projects == ()


@pytest.mark.parametrize(
    "project",
    [
        departments.whole(budget="约50万", fiscal="=3", other="3-4", percents=["一半", "50%", "120%", "100%"]),
        departments.whole(goals=[f"目标之{number}" for number in range(6)], heading="旧桥维修"),
        departments.whole(indicators=[]),
        departments.whole(
            indicators=[
                builders.indicator("产出指标", "数量指标", level3=f"第{number}项", target="=１个")
                for number in range(12)
            ]
            + [builders.indicator("综合指标", "别的"), builders.indicator("效果指标", "社会效益指标")]
        ),
        departments.whole(name="=1+1", purpose="+3", code="0012345678901234567890"),
    ],
    ids=["texts", "goals", "no indicators", "groups", "formulas"],
)
def test_any_content(
    project: Project, blank: Desk, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    source = new_book(draft.department(name="乙", year=2023, projects=[project]), folder)
    first, *changed = (take_in(blank, monkeypatch, source) or "").splitlines()
    assert (first, changed[0]) == ("已导入 1 个项目：工作表 02。", "工作表按顺序重新编号：“01”→02。")
    wanted = departments.read(source).projects[0]
    assert project_content(blank.read().projects[0]) == project_content(wanted)


@pytest.mark.slow
def test_a_table_with_more_columns_is_not_forced_in(
    blank: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    weighted = departments.whole(indicators=[builders.indicator(weight=10)])
    source = new_book(draft.department(name="乙", year=2023, projects=[weighted]), folder)
    said = take_in(blank, monkeypatch, source)
    assert said == "没有导入项目。\n“道路养护”的指标表的栏目与“空白表”的不同。请手工填写这个项目。"
    assert "02" not in blank.book.sheet_names


def test_what_is_left_out_is_said(blank: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said = take_in(blank, monkeypatch, READING / "forms-as-picture-textbox-inline.xlsx")
    assert said is not None
    first, *others = said.splitlines()
    assert first == "已导入 2 个项目：工作表 02 至 03。"
    assert "forms-as-picture-textbox-inline.xlsx 的工作表“03”只有图片，图片里的内容读不出来，没有导入。" in others


def test_bad_files_do_not_stop_the_good(blank: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bad, own = tmp_path / "坏.xlsx", Path(blank.book.fullname)
    bad.write_text("不是工作簿")
    said = take_in(blank, monkeypatch, bad, own, EXAMPLE)
    assert said is not None
    first, _, *problems = said.splitlines()
    assert first == "已导入 8 个项目：工作表 02 至 09。"
    assert problems[0].startswith("坏.xlsx：")
    assert problems[1] == "新.xlsx 就是当前工作簿，没有导入。"
    assert take_in(blank, monkeypatch, bad).startswith("没有导入项目。\n坏.xlsx：")  # type: ignore[union-attr]


@pytest.mark.slow
def test_files_that_vba_has_asked_for(blank: Desk) -> None:
    """They stand in cells under a name, and are taken from there once."""
    sheet = blank.book.sheets["说明"]
    sheet.api.Unprotect("")
    blank.book.names.add("xlp_import", "='说明'!$H$1:$H$5")
    sheet["H1"].value = str(EXAMPLE)
    assert above_copy(importing.import_projects(blank.host)).startswith("已导入 8 个项目：工作表 02 至 09。\n")
    assert sheet["H1"].value is None
    assert importing.import_projects(blank.host) is None  # nobody picks a file here
