"""``diff`` as people type it: two versions, folders, archives; what it prints, its status, what it refuses."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command_line import EXAMPLE, Runner, process, project, run, write
from xl_perf.cli import diff_output

__all__ = ["run"]  # the fixture

SCREEN = 40


def edited(path: Path, change: Callable[[Any], object]) -> Path:
    """The example with something typed into it."""
    book = openpyxl.load_workbook(EXAMPLE)
    change(book)
    book.save(path)
    return path


def document(run: Runner, *arguments: str | Path) -> dict[str, Any]:
    status, out, _ = run("diff", *arguments, "--json")
    assert status in {0, 2}
    found: dict[str, Any] = json.loads(out)
    return found


def changes(found: dict[str, Any]) -> list[tuple[str, str | None, str | None, str | None]]:
    """Of projects: field, both texts, difference."""
    return [
        (one["field"], (one["old"] or {}).get("text"), (one["new"] or {}).get("text"), one["difference"])
        for department in found["departments"]
        for project in department["projects"]
        for one in project["changes"]
    ]


def renamed(book: Any) -> None:
    book["06"]["E2"] = "站前广场物业管理（二期）"


def code_deleted(book: Any) -> None:
    book["01"]["B2"] = None


def indicator_changed(book: Any) -> None:
    book["04"]["F10"] = "≥88%"


def budget_changed(book: Any) -> None:
    book["02"]["C3"] = 72.756


def in_another_order(book: Any) -> None:
    book.move_sheet("08", -5)
    book["05"].title = "土建"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (renamed, [("name", "唐山西站站前广场物业管理费", "站前广场物业管理（二期）", None)]),
        (code_deleted, [("code", "————", None, None)]),
        (indicator_changed, [("indicator.target", "≥90%", "≥88%", None)]),
        (budget_changed, [("budget", "71.75", "72.756", "1.006")]),
        (in_another_order, []),
    ],
)
def test_typed_into_the_example(
    run: Runner, tmp_path: Path, change: Callable[[Any], object], expected: list[tuple[Any, ...]]
) -> None:
    new = edited(tmp_path / "二稿.xlsx", change)
    found = document(run, EXAMPLE, new)
    assert changes(found) == expected
    assert found["totals"]["budget"]["difference"] == ("1.006" if change is budget_changed else "0")
    back = document(run, new, EXAMPLE)
    assert [(one[0], one[2], one[1]) for one in changes(back)] == [one[:3] for one in expected]


def test_nothing_has_changed(run: Runner, tmp_path: Path) -> None:
    status, out, err = run("diff", EXAMPLE, shutil.copy(EXAMPLE, tmp_path / "副本.xlsx"))
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == "没有变化：8 个项目都一样，预算数合计 1135.76 万元。"
    assert "两边给的是同样的文件" in run("diff", EXAMPLE, EXAMPLE)[1]


def test_a_deleted_form(run: Runner, tmp_path: Path) -> None:
    def deleted(book: Any) -> None:
        del book["03"]

    (one,) = document(run, EXAMPLE, edited(tmp_path / "二稿.xlsx", deleted))["departments"]
    (gone,) = one["projects"]
    assert (gone["change"], gone["new"], gone["old"]["sheet"]) == ("removed", None, "03")
    assert gone["amounts"]["budget"] == {"old": "50", "new": "0", "difference": "-50"}
    assert one["totals"]["projects"] == {"old": 8, "new": 7, "difference": -1}


@pytest.fixture
def years(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders: a department that stays, one that goes, one that comes, a project that moves."""
    old, new = tmp_path / "2023", tmp_path / "2024"
    for folder in (old, new):
        folder.mkdir()
    write(old / "甲.xlsx", project("一一", budget="10.5"), project("二二"), name="甲局")
    write(old / "乙.xlsx", project("三三"), name="乙局")
    write(old / "丙.xlsx", project("四四"), name="丙局")
    write(new / "甲局报送.xlsx", project("一一", budget="12"), name="甲局")
    write(new / "乙局.xlsx", project("三三"), project("二二", budget="11"), name="乙局")
    write(new / "丁.xlsx", project("五五"), name="丁局")
    return old, new


def test_folders(run: Runner, years: tuple[Path, Path]) -> None:
    found = document(run, "2023", "2024")
    said = [
        (one["department"]["new"] or one["department"]["old"], [each["change"] for each in one["projects"]])
        for one in found["departments"]
    ]
    assert dict(said) == {"甲局": ["changed"], "乙局": ["moved"], "丁局": ["added"], "丙局": ["removed"]}
    assert found["totals"]["budget"] == {"old": "40.5", "new": "43", "difference": "2.5"}
    out = run("diff", "2023", "2024")[1]
    assert "只在现在的一边" in out
    assert "只在原来的一边" in out
    assert "由甲局移来；按编码对上" in out


def test_archives_and_wildcards(run: Runner, years: tuple[Path, Path], tmp_path: Path) -> None:
    """The same in each way to give them."""
    archive = tmp_path / "2024.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(years[1].iterdir()):
            packed.write(path, path.name)
    told = [changes(document(run, "2023", new)) for new in ("2024", "2024/*.xlsx", "2024.zip")]
    assert told[0] == told[1]
    assert sorted(told[2], key=str) == sorted(told[0], key=str)


def test_the_same_input_gives_the_same_bytes(run: Runner, years: tuple[Path, Path], tmp_path: Path) -> None:
    """Whatever the number of workers."""
    written = []
    for workers in ("1", "2"):
        status, out, _ = run("diff", "2023", "2024", "-o", f"{workers}.xlsx", "--workers", workers)
        assert status == 0
        written.append((out.replace(f"{workers}.xlsx", ""), (tmp_path / f"{workers}.xlsx").read_bytes()))
    assert written[0] == written[1]
    first, second = (run("diff", "2023", "2024", "--json", "--workers", workers)[1] for workers in ("1", "2"))
    assert first == second


def test_what_cannot_be_read_is_named(run: Runner, years: tuple[Path, Path]) -> None:
    """The others are compared all the same; the status is 2."""
    (years[1] / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (years[0] / "说明.docx").write_bytes(b"")
    shutil.copy(years[0] / "甲.xlsx", years[0] / "甲（副本）.xlsx")
    status, out, err = run("diff", "2023", "2024")
    assert status == 2
    assert err.startswith("2024/坏.xlsx")
    assert "现 2024/坏.xlsx：没有读入" in out
    assert "现合计不含它的金额，差额可能偏小" in out
    found = document(run, "2023", "2024")
    named = {(one["side"], Path(one["path"]).stem[0], one["bears_on_difference"]) for one in found["not_compared"]}
    assert named == {("new", "坏", True), ("old", "说", False), ("old", "甲", False)}
    assert found["totals"]["budget"]["difference"] == "2.5"
    assert found["old"]["skipped"][0]["path"] == "2023/说明.docx"


# --- one screen ------------------------------------------------------------------------------------------------------


def many(path: Path, *, changed: bool) -> Path:
    projects = [
        project(f"第{at}个项目", budget=str(10 + at + (at % 7 if changed else 0)), goals=[f"目标{at}{changed}"])
        for at in range(40)
    ]
    return write(path, *projects)


def test_forty_changes_are_one_screen(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hint to what shows the rest; a pipe gets all."""
    arguments = "diff", many(tmp_path / "甲.xlsx", changed=False), many(tmp_path / "乙.xlsx", changed=True)
    whole = run(*arguments)[1]
    assert whole.count("第39个项目") > 1
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    for columns in (80, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = run(*arguments)[1]
        lines = out.splitlines()
        assert len(lines) <= SCREEN, out
        assert "另有 30 项，差额较小，全部列出用 -o 变动表.xlsx。" in lines
        assert any(line.endswith("处改动；全部列出用 -o 变动表.xlsx。") for line in lines)


def test_long_texts_show_what_differs() -> None:
    text = "完善城市设施，改善周边环境，方便群众出行，提升城市的品质和形象，"
    old, new = diff_output.excerpts(f"{text}养护78公里。", f"{text}养护80公里。")
    assert (old, new) == ("……和形象，养护78公里。", "……和形象，养护80公里。")
    assert diff_output.excerpts("≥78公里", "≥80公里") == ("≥78公里", "≥80公里")
    old, new = diff_output.excerpts(text, "别的" * 40)
    assert old.startswith("完善")
    assert new.endswith("……")


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("甲.xlsx", "乙.xlsx", "--overwrite"), "--overwrite 在这里不起作用"),
        (("甲.xlsx", "乙.xlsx", "丙.xlsx"), "diff 只比较两边"),
        (("甲.xlsx",), "缺少参数：NEW"),
        (("甲.xlsx", "没有.xlsx"), "没有.xlsx"),
        (("甲.xlsx", "空"), "文件夹里没有工作簿"),
        (("坏.xlsx", "甲.xlsx"), "坏.xlsx"),
        (("甲.xlsx", "都坏"), "现在的一边没有一本读得出来"),
        (("甲.xlsx", "乙.xlsx", "-o", "甲.xlsx", "--overwrite"), "同时是输入文件"),
        (("甲.xlsx", "乙.xlsx", "-o", "别人的.xlsx"), "已经存在，没有覆盖"),
        (("甲.xlsx", "乙.xlsx", "-o", "变动.xlsm"), "只能写出 .xlsx"),
    ],
)
def test_refusals(run: Runner, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """One line on stderr, nothing on stdout, nothing written."""
    for name in ("甲.xlsx", "乙.xlsx", "丙.xlsx", "别人的.xlsx"):
        shutil.copy(EXAMPLE, tmp_path / name)
    for folder in ("空", "都坏"):
        (tmp_path / folder).mkdir()
    for broken in ("坏.xlsx", "都坏/一.xlsx", "都坏/二.xlsx"):
        (tmp_path / broken).write_bytes(b"PK\x03\x04")
    before = {path: path.read_bytes() for path in tmp_path.glob("*.xlsx")}
    status, out, err = run("diff", *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.glob("*.xlsx")} == before


def test_its_own_workbook_is_no_input_and_replaced_until_it_is_edited(
    run: Runner, years: tuple[Path, Path], tmp_path: Path
) -> None:
    out = years[1] / "变动表.xlsx"
    for _ in range(2):
        assert run("diff", "2023", "2024", "-o", out)[0] == 0
    assert "xl-perf 写出的变动表" in run("diff", "2023", "2024")[1]
    book = openpyxl.load_workbook(out)
    book["明细"]["L4"] = "我的备注"
    book.save(out)
    status, _, err = run("diff", "2023", "2024", "-o", out)
    assert status == 2
    assert "写出后有人改过" in err
    assert run("diff", "2023", "2024", "-o", out, "--overwrite")[0] == 0


def test_json_alone_is_on_stdout(run: Runner, years: tuple[Path, Path]) -> None:
    status, out, err = run("diff", "2023", "2024", "--json", "-o", "变动表.xlsx")
    assert status == 0
    assert json.loads(out)["departments"]
    assert err == "已写出变动表：变动表.xlsx\n"


def test_it_pays_for_no_pandas(tmp_path: Path) -> None:
    """Nor for openpyxl, and without -o not for XlsxWriter."""
    code = (
        "import sys; from xl_perf.cli.main import main; main(sys.argv[1:]);"
        "print(sorted({'pandas', 'openpyxl', 'xlsxwriter', 'xlwings', 'numpy'} & sys.modules.keys()))"
    )
    ran = process("-c", code, "diff", EXAMPLE, EXAMPLE, PYTHONUTF8="1")
    assert ran.stdout.decode().splitlines()[-1] == "[]", ran.stderr.decode()
