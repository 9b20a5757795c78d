"""check's further ways: marked copies, accepted warnings, a department's own profile, a rule's page with examples."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import Runner, project, run, write
from xl_perf.core.model.findings import Severity
from xl_perf.files import inputs
from xl_perf.files.inputs import own_kind
from xl_perf.service import checking

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"
__all__ = ["run"]  # the fixture


# --- marked copies -------------------------------------------------------------------------------------------------


def test_marked_copies_beside_the_findings(run: Runner, tmp_path: Path) -> None:
    """A copy of each workbook under its own name; originals untouched; a second run replaces its own copies."""
    book = write(tmp_path / "甲.xlsx", project("甲", code=""))
    before = book.read_bytes()
    for _ in range(2):
        status, out, err = run("check", book, EXAMPLE, "--marked", "标注")
        assert (status, err) == (0, "")
        assert "已写出标注副本 2 本：标注" in out
    assert book.read_bytes() == before
    assert sorted(path.name for path in Path("标注").iterdir()) == ["example-2023.xlsx", "甲.xlsx"]
    assert own_kind(Path("标注/甲.xlsx")) == "marked"
    comment = openpyxl.load_workbook("标注/甲.xlsx")["01"]["B2"].comment
    assert comment is not None
    assert comment.text.startswith("【警告 F202】没有填项目编码。")
    # Marked copies are no inputs until somebody edits one.
    _, out, _ = run("check", ".", "--json")
    document = json.loads(out)
    assert [one["path"] for one in document["books"]] == ["./甲.xlsx"]
    assert document["skipped"] == [
        {"path": f"./标注/{name}", "reason": "标注副本，没有改动过"} for name in ("example-2023.xlsx", "甲.xlsx")
    ]
    mended = openpyxl.load_workbook("标注/甲.xlsx")
    mended["01"]["B2"] = "130200000000000001"
    mended.save("标注/甲.xlsx")
    _, out, _ = run("check", ".", "--json")
    books = json.loads(out)["books"]
    assert [one["path"] for one in books] == ["./甲.xlsx", "./标注/甲.xlsx"]
    assert books[1]["projects"][0]["code"] == "130200000000000001"
    status, _, err = run("check", "甲.xlsx", "--marked", "标注")
    assert (status, "它是 xl-perf 写出的标注副本，但写出后有人改过" in err) == (2, True)


def test_marked_and_json_or_report(run: Runner, tmp_path: Path) -> None:
    """Both at once; with JSON stdout holds the document and nothing else."""
    status, out, err = run("check", EXAMPLE, "--marked", "标注", "--json")
    assert status == 0
    assert len(json.loads(out)["books"]) == 1
    assert err.strip() == "已写出标注副本 1 本：标注"
    status, out, err = run("check", EXAMPLE, "--marked", "标注", "--report", "报告.xlsx")
    assert (status, err) == (0, "")
    assert Path("报告.xlsx").exists()


def test_what_cannot_be_marked_is_said_and_the_others_go_on(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import workbooks

    ods = tmp_path / "甲.ods"
    shutil.copy(EXAMPLE, tmp_path / "乙.xlsx")
    ods.write_bytes(workbooks.ODS)
    status, out, err = run("check", ods, "乙.xlsx", "--marked", "标注")
    assert status == 1, "甲.ods holds no form"
    assert f"{ods}：.ods 格式不能加批注，没有写出标注副本。请用 --report 写成报告，或先另存为 .xlsx。" in err
    assert "已写出标注副本 1 本" in out


def test_many_that_cannot_be_marked_are_one_line(run: Runner, tmp_path: Path) -> None:
    from tests import workbooks

    for number in range(12):
        (tmp_path / f"{number:02}.ods").write_bytes(workbooks.ODS)
    _, _, err = run("check", ".", "--marked", "标注")
    named = "、".join(f"./{number:02}.ods" for number in range(3))
    assert err == (
        f".ods 格式不能加批注，没有写出标注副本的有 12 本：{named}，另有 9 本。"
        "请用 --report 写成报告，或先另存为 .xlsx。\n"
    )


def test_marked_copies_never_replace_an_original(run: Runner, tmp_path: Path) -> None:
    book = write(tmp_path / "甲.xlsx", project("甲"))
    before = book.read_bytes()
    status, _, err = run("check", book, "--marked", tmp_path, "--overwrite")
    assert (status, err) == (2, f"{book} 同时是输入文件，不能覆盖。请把结果写到另一个文件。\n")
    (tmp_path / "标注").mkdir()
    other = write(tmp_path / "标注" / "甲.xlsx", project("乙"))
    status, _, err = run("check", book, "--marked", "标注")
    assert status == 2
    assert "不是 xl-perf 写出的汇总或报告" in err
    assert own_kind(other) == "department"
    assert book.read_bytes() == before


def marked_below(folder: str) -> dict[str, str]:
    """The marked copies by where they lie, with the name of the first project of each."""
    root = Path(folder)
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): checking.read(path).projects[0].name.text for path in found}


def test_marked_copies_lie_as_the_workbooks_do(run: Runner, tmp_path: Path) -> None:
    """Below a folder as there; of several folders below their names; single files at the top, numbered if need be."""
    for folder in ("一", "二", "二/一"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "表.xlsx", project(folder), name=f"{folder}办事处")
    write(tmp_path / "表.xlsx", project("另"), name="另办事处")
    assert run("check", "二", "--marked", "甲", "--clean-too")[0] == 0
    assert marked_below("甲") == {"表.xlsx": "二", "一/表.xlsx": "二/一"}
    assert run("check", "一", "二", "表.xlsx", "--marked", "乙", "--clean-too")[0] == 0
    assert marked_below("乙") == {"一/表.xlsx": "一", "二/表.xlsx": "二", "二/一/表.xlsx": "二/一", "表.xlsx": "另"}
    assert run("check", "表.xlsx", "一/表.xlsx", "--marked", "丙", "--clean-too")[0] == 0
    assert marked_below("丙") == {"表.xlsx": "另", "表 (2).xlsx": "一"}


def test_clean_workbooks_have_no_marked_copy(run: Runner, tmp_path: Path) -> None:
    """Nobody has to open what nothing is to be done about; it is said how many there were."""
    (tmp_path / "收件").mkdir()
    write(tmp_path / "收件" / "好.xlsx", project("甲"), name="甲局")
    write(tmp_path / "收件" / "有错.xlsx", project("乙", budget="0", fiscal="0"), name="乙局")
    out = run("check", "收件", "--marked", "标注")[1]
    assert list(marked_below("标注")) == ["有错.xlsx"]
    assert "没有问题的 1 本没有写标注副本；也要的，加 --clean-too" in out
    status, out, err = run("check", "收件", "--clean-too")
    assert (status, out) == (2, "")
    assert "--clean-too 只与 --marked 一起用" in err


def test_an_edited_marked_copy_is_read_when_it_comes_back(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "书.xlsx", project("乙", budget="0", fiscal="0"), name="乙局")
    run("check", "书.xlsx", "--marked", "标注")
    assert run("check", "标注")[0] == 2, "nobody has touched it"
    book = openpyxl.load_workbook("标注/书.xlsx")
    book["01"]["C3"] = 12
    book["01"]["E3"] = 12
    book.save("标注/书.xlsx")
    assert "预算数 / 财政资金 / 其他资金合计：12 / 12 / 0 万元" in run("check", "标注")[1]


# --- accepted warnings ---------------------------------------------------------------------------------------------


def accept(path: Path, *rows: tuple[str, ...]) -> None:
    """Types rows into 校验结果, as a person does."""
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for at, row in enumerate(rows, 4):
        for head, typed in zip(("规则", "工作表", "单元格", "字段", "发现", "接受理由", "接受人"), row, strict=True):
            column = heads[head]
            assert column is not None
            sheet.cell(at, column, typed)
    book.save(path)


def test_an_accepted_warning_is_counted_apart(run: Runner, tmp_path: Path) -> None:
    """In the table, the sums, the JSON, the report; a changed value opens it again."""
    book = write(tmp_path / "甲.xlsx", project("甲", code="————"))
    accept(book, ("F202", "01", "B2", "项目编码", "————", "系统尚未发码", "李四"))
    status, out, err = run("check", book)
    assert (status, err) == (0, "")
    assert "错误 0，警告 0，提示 0，已接受的警告 1。" in out
    assert "已由李四接受：系统尚未发码" in out
    assert "通过，接受1个警告" in out
    _, out, _ = run("check", book, "--json")
    (finding,) = json.loads(out)["books"][0]["findings"]
    assert (finding["severity"], finding["accepted"]) == ("warning", {"reason": "系统尚未发码", "by": "李四"})
    run("check", book, "--report", "报告.xlsx")
    assert openpyxl.load_workbook("报告.xlsx")["明细"]["N4"].value == "李四"
    changed = openpyxl.load_workbook(book)
    changed["01"]["B2"] = "无"
    changed.save(book)
    _, out, err = run("check", book)
    assert "错误 0，警告 1，提示 0。" in out
    assert "李四对 01!B2 的 F202 的接受不算：发现的内容变了，请重新核对" in out + err


def test_accepted_warnings_travel_into_a_new_workbook(run: Runner, tmp_path: Path) -> None:
    """Sheets may be called otherwise there."""
    book = write(tmp_path / "甲.xlsx", project("甲", code="————"), project("乙", code="————"))
    accept(book, ("F202", "02", "B2", "项目编码", "————", "系统尚未发码", "李四"))
    renamed = openpyxl.load_workbook(book)
    renamed["02"].title = "乙表"
    renamed["校验结果"]["C4"] = "乙表"
    renamed.save(book)
    assert run("new", "新.xlsx", "--from", book)[0] == 0
    _, out, _ = run("check", "新.xlsx", "--json")
    findings = [one for one in json.loads(out)["books"][0]["findings"] if one["code"] == "F202"]
    assert [(one["sheet"], one["accepted"]) for one in findings] == [
        ("01", None),
        ("02", {"reason": "系统尚未发码", "by": "李四"}),
    ]


def test_a_warning_across_books_can_be_accepted(run: Runner, tmp_path: Path) -> None:
    code = "13020123450001"
    write(tmp_path / "a.xlsx", project("甲", code=code))
    second = write(tmp_path / "b.xlsx", project("乙", code=code), name="乙办事处")
    accept(second, ("X601", "01", "B2", "项目编码", code, "两单位合办", "李四"))
    results = list(checking.examine_all(inputs.find_books([str(tmp_path)]), None))
    (finding,) = [one for one in results[1].findings if one.code == "X601"]
    assert finding.severity is Severity.WARNING
    assert finding.accepted is not None


# --- a department's own profile --------------------------------------------------------------------------------------


def own(path: Path, text: str) -> None:
    path.write_text(f'base = "hebei-2023"\n{text}', "utf-8")


def test_own_profile_of_a_folder(run: Runner, tmp_path: Path) -> None:
    """口径.toml holds for all workbooks beside it; the output says so; --profile goes before it."""
    write(tmp_path / "甲.xlsx", project("甲", code=""))
    own(tmp_path / "口径.toml", '[rules.F202]\noff = "尚未发码"\n')
    status, out, err = run("check", "甲.xlsx")
    assert (status, err) == (0, "")
    assert "没有发现问题。" in out
    assert "口径：口径.toml" in out
    assert run("rules", "F202", "--profile", "口径.toml")[1].startswith("F202（停用：尚未发码）")
    assert "F202" in run("check", "甲.xlsx", "--profile", "hebei-2023")[1]
    status, out, _ = run("consolidate", "甲.xlsx", "-o", "汇总.xlsx")
    assert "口径：口径.toml，停用 F202（尚未发码）（1 本）" in out
    assert out.count("F202") == 1, "it is named as switched off, and finds nothing"


def test_many_own_profiles_are_counted(run: Runner, tmp_path: Path) -> None:
    for number in range(7):
        write(tmp_path / f"{number}.xlsx", project(f"项目{number}"), name=f"部门{number}")
        own(tmp_path / f"{number}.toml", "")
    out = run("check", "--workers", "1", *(f"{number}.xlsx" for number in range(7)))[1]
    named = "、".join(f"{number}.toml（1 本）" for number in range(5))
    assert out.rstrip().endswith(f"口径：{named}、另外 2 个部门自己的口径（2 本）")


@pytest.mark.parametrize(
    ("command", "file", "sheet", "others"),
    [
        (("consolidate", "甲.xlsx", "-o"), "一.xlsx", "校验结果", ""),
        (("consolidate", "甲.xlsx", "乙.xlsx", "-o"), "二.xlsx", "校验结果", "、hebei-2023（1 本）"),
        (("check", "甲.xlsx", "乙.xlsx", "--report"), "报告.xlsx", "总览", "、hebei-2023（1 本）"),
    ],
)
def test_outputs_say_by_which_profile(
    run: Runner, tmp_path: Path, command: tuple[str, ...], file: str, sheet: str, others: str
) -> None:
    """Whoever gets the report or a summary alone can tell."""
    for name in ("甲", "乙"):
        write(tmp_path / f"{name}.xlsx", project(name, code=""), name=f"{name}办事处")
    own(tmp_path / "甲.toml", '[rules.F202]\noff = "尚未发码"\n')
    assert run(*command, file)[0] == 0
    said = str(openpyxl.load_workbook(file)[sheet]["A2"].value)
    assert f"口径：甲.toml，停用 F202（尚未发码）（1 本）{others}" in said


def test_own_profile_of_a_workbook_goes_first(run: Runner, tmp_path: Path) -> None:
    """And each workbook has its own: the others keep the default."""
    for name in ("甲", "乙", "丙"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "表.xlsx", project(name, code=""), name=f"{name}办事处")
    own(tmp_path / "甲" / "口径.toml", '[rules.F202]\noff = "尚未发码"\n')
    own(tmp_path / "甲" / "表.toml", '[rules.F202]\nseverity = "hint"\n')
    own(tmp_path / "乙" / "口径.toml", '[rules.F202]\nseverity = "error"\n')
    status, out, _ = run("check", "甲", "乙", "丙", "--json")
    books = json.loads(out)["books"]
    assert [[one["severity"] for one in book["findings"]] for book in books] == [["hint"], ["error"], ["warning"]]
    assert [book["profile"] for book in books] == ["甲/表.toml", "乙/口径.toml", "hebei-2023"]
    assert status == 1
    _, out, _ = run("check", "甲", "乙", "丙")
    assert out.rstrip().endswith("口径：甲/表.toml（1 本）、乙/口径.toml（1 本）、hebei-2023（1 本）")


def test_own_months(run: Runner, tmp_path: Path) -> None:
    """Checkpoints may differ: a new workbook has them, and the JSON's keys are theirs."""
    own(tmp_path / "口径.toml", 'checkpoints = [6, 12]\npace = ["50", "100"]\n')
    status, out, err = run("new", "新.xlsx")
    assert (status, err) == (0, "")
    assert "口径：口径.toml" in out
    assert [openpyxl.load_workbook("新.xlsx")["01"][cell].value for cell in ("B5", "E5")] == ["6月底", "12月底"]
    _, out, _ = run("check", "新.xlsx", "--json")
    document = json.loads(out)
    assert list(document["totals"]["planned"]) == ["6", "12"]


def test_a_bad_own_profile_stops_its_book_only(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", project("甲"))
    write(tmp_path / "乙.xlsx", project("乙"), name="乙办事处")
    own(tmp_path / "甲.toml", "text_limits = 3\n")
    status, out, err = run("check", "甲.xlsx", "乙.xlsx", "--json")
    assert status == 2
    assert "甲.xlsx：口径文件“甲”的 text_limits 不是可用的设置项" in err
    books = json.loads(out)["books"]
    assert [book["error"] and book["error"]["kind"] for book in books] == ["profile", None]
    assert [book["profile"] for book in books] == [None, "hebei-2023"]


# --- a rule's page ---------------------------------------------------------------------------------------------------


def test_a_rules_page_has_its_examples(run: Runner) -> None:
    status, out, _ = run("rules", "i506")
    assert status == 0
    assert "怎样认：" in out
    assert "## 应报：成本与预算数不一致" in out
    assert "期望：I506 错误 01!F13 差额 -10" in out
    status, out, _ = run("rules", "K000")
    assert status == 0
    assert "规则自身出错" in out


def test_the_wheel_brings_profiles_and_examples(tmp_path: Path) -> None:
    """What is installed can say all this without the source tree."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, 'site'); from xl_perf.cli.main import main; sys.exit(main(['rules', 'B303']))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", code], cwd=tmp_path, capture_output=True, check=True
    )
    assert "期望：B303 错误 01!C3 差额 50" in done.stdout.decode("utf-8")


def test_a_report_names_its_neighbours_without_folder(run: Runner, tmp_path: Path) -> None:
    """Report and workbook may move together: the links know no folder."""
    write(tmp_path / "甲.xlsx", project("甲", code=""))
    run("check", "甲.xlsx", "--report", "报告.xlsx")
    report = openpyxl.load_workbook("报告.xlsx")
    assert report["总览"]["A4"].value == "甲.xlsx"
    assert report["明细"]["C4"].value == "甲.xlsx"
