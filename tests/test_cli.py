"""The command line as people and scripts use it: output, files, exit statuses, one line for what is wrong."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from zlib import crc32

import pytest

from xl_perf import cli, examining, service
from xl_perf.core import draft
from xl_perf.core.model import Department, Project
from xl_perf.core.rolling import roll

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"
HEAVY = ("pandas", "numpy", "openpyxl", "xlwings", "rich", "xlsxwriter", "hypothesis")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Runner":
    monkeypatch.chdir(tmp_path)
    return Runner(capsys)


class Runner:
    """Runs a command in this process: ``status, stdout, stderr``."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        status = cli.main([str(one) for one in arguments])
        out, err = self._capsys.readouterr()
        return status, out, err


def project(name: str, **more: object) -> Project:
    """A project in which only what is given is worth a finding."""
    rows = (
        ("产出", "数量", "数量", "≥3次"),
        ("产出", "质量", "合格率", "≥95%"),
        ("产出", "时效", "时限", "12月底前"),
        ("产出", "成本", "总成本", f"={more.get('budget', '10')}万元"),
        ("效果", "社会效益", "是否改善", "是"),
        ("满意度", "服务对象满意度", "满意度", "≥90%"),
    )
    keys = ("level1", "level2", "level3", "value")
    values = {
        "name": name,
        "heading": name,
        "code": f"1302{crc32(name.encode()):012d}",
        "budget": "10",
        "fiscal": more.get("budget", "10"),
        "purpose": "用于试验。",
        "percents": ["25%", "50%", "75%", "100%"],
        "goals": ["完成试验。"],
        "indicators": [dict(zip(keys, row, strict=True)) | {"basis": "行业标准"} for row in rows],
    }
    return draft.project(**(values | more))  # type: ignore[arg-type]


def write(path: Path, *projects: Project, name: str = "甲办事处") -> Path:
    """A department's workbook."""
    from xl_perf.books.template import write_department
    from xl_perf.profiles import load

    department: Department = draft.department(name=name, year=2023, projects=projects)
    write_department(path, department, load())
    return path


# --- the main job ------------------------------------------------------------------------------------------------


def test_check_prints_projects_findings_and_totals(run: Runner) -> None:
    """The example: warnings only, the totals of the official text."""
    status, out, err = run("check", EXAMPLE)
    assert (status, err) == (0, "")
    assert "1135.76 / 1135.76 / 0 万元" in out
    assert "253.5025 / 542.88 / 796.3825 / 1135.76 万元" in out
    assert "错误 0，警告 23，提示 74" in out
    assert "口径：hebei-2023" in out
    assert re.search(r"^警告 +F208 .* 04!D17；05!D17；06!D17；08!D17$", out, re.MULTILINE), "one row for one cause"
    assert "京唐智慧港自来水二期用地绿化项目" in out


def test_consolidate_writes_the_summary(run: Runner, tmp_path: Path) -> None:
    """One book gives 部门汇总; written a second time it may be replaced, since xl-perf wrote it."""
    out = tmp_path / "新文件夹" / "汇总.xlsx"
    for _ in range(2):
        status, printed, err = run("consolidate", EXAMPLE, "-o", out)
        assert (status, err) == (0, "")
        assert str(out) in printed
    assert [path.name for path in out.parent.iterdir()] == ["汇总.xlsx"], "nothing temporary is left"
    summary = service.read(out)
    assert [row.name.value for row in summary.listed][:2] == [
        "村干部工资、保险和聘用人员工资",
        "村干部考核奖和离任村干部补贴",
    ]
    assert {total.what: str(total.amount.value) for total in summary.stored_totals}["budget"] == "1135.76"


def test_json_document(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The keys and types of the contract."""
    assert cli.main(["check", str(EXAMPLE), "--json"]) == 0
    document = json.loads(capfdbinary.readouterr().out.decode("utf-8"))
    assert list(document) == ["books", "totals"]
    assert document["totals"] == {
        "projects": 8,
        "budget": "1135.76",
        "fiscal": "1135.76",
        "other": "0",
        "planned": {"3": "253.5025", "6": "542.88", "10": "796.3825", "12": "1135.76"},
    }
    (book,) = document["books"]
    assert list(book) == ["path", "department", "year", "sha256", "projects", "findings", "error"]
    assert (book["path"], book["department"], book["year"]) == (str(EXAMPLE), "高新区三女河办事处", 2023)
    assert len(book["sha256"]) == 64
    assert book["projects"][0] == {
        "sheet": "01",
        "name": "村干部工资、保险和聘用人员工资",
        "code": "————",
        "budget": "161.93",
        "fiscal": "161.93",
        "other": None,
        "plan": {"3": "25", "6": "50", "10": "75", "12": "100"},
        "indicators": 6,
    }
    assert book["projects"][2]["code"] is None
    assert book["error"] is None
    assert list(book["findings"][0]) == [
        *("code", "severity", "sheet", "cell", "field", "found", "expected", "difference", "message", "remedy")
    ]
    codes = [finding["code"] for finding in book["findings"]]
    assert len(codes) == 97, "ungrouped"
    assert {code: codes.count(code) for code in ("F202", "F207", "I506", "I507", "I512")} == {
        "F202": 8,
        "F207": 3,
        "I506": 1,
        "I507": 1,
        "I512": 30,
    }


def test_report(run: Runner, tmp_path: Path) -> None:
    """`check --report` writes a workbook that says what it is, and that is not taken for an input."""
    status, out, _ = run("check", EXAMPLE, "--report", "报告.xlsx")
    assert status == 0
    assert "报告.xlsx" in out
    status, _, err = run("check", "报告.xlsx")
    assert status == 2
    assert "报告.xlsx" in err


def test_errors_give_status_1(run: Runner, tmp_path: Path) -> None:
    """Errors found: a result, not a failure."""
    book = write(tmp_path / "甲.xlsx", project("一", fiscal="9"))
    status, out, err = run("check", book)
    assert (status, err) == (1, "")
    assert "B303" in out
    assert run("consolidate", book, "-o", "汇总.xlsx")[0] == 1
    assert (tmp_path / "汇总.xlsx").exists()


# --- many books ----------------------------------------------------------------------------------------------------


def test_folder_with_bad_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A bad file does not stop the others: it is listed, the status is 2, and OUT is written from the good ones."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "收件" / "下级"
    folder.mkdir(parents=True)
    write(folder / "乙.xlsx", project("二", budget="0.07"), name="乙办事处")
    write(folder.parent / "甲.xlsx", project("一", budget="161.93"))
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "~$乙.xlsx").write_bytes(b"lock")
    (folder / "说明.txt").write_text("不是工作簿", "utf-8")
    assert cli.main(["check", "收件", "--json"]) == 2
    captured = capfdbinary.readouterr()
    document = json.loads(captured.out)
    assert [book["path"] for book in document["books"]] == ["收件/甲.xlsx", "收件/下级/乙.xlsx", "收件/下级/坏.xlsx"]
    bad = next(book for book in document["books"] if book["error"])
    assert bad["error"]["kind"] == "damaged"
    assert bad["error"]["remedy"]
    assert document["totals"]["budget"] == "162"
    assert "坏.xlsx" in captured.err.decode("utf-8")
    assert cli.main(["consolidate", "收件", "-o", "合并.xlsx"]) == 2
    printed = capfdbinary.readouterr().out.decode("utf-8")
    assert "略过2个文件" in printed
    assert "1个没有读入" in printed
    assert (tmp_path / "合并.xlsx").exists()


def test_same_bytes_whatever_the_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Threads, processes or neither: the same JSON and the same workbook."""
    folder = tmp_path / "收件"
    folder.mkdir()
    monkeypatch.setattr(examining, "BATCH", 2)
    for number in range(6):
        write(folder / f"{number}.xlsx", project(f"项目{number}", budget=str(number + 1)), name=f"部门{number % 4}")
    outputs = set()
    summaries = set()
    for workers in ("1", "2", "3"):
        assert cli.main(["check", str(folder), "--json", "--workers", workers]) in {0, 1}
        outputs.add(capfdbinary.readouterr().out)
        out = tmp_path / f"汇总{workers}.xlsx"
        assert cli.main(["consolidate", str(folder), "-o", str(out), "--workers", workers]) in {0, 1}
        summaries.add(out.read_bytes())
        capfdbinary.readouterr()
    assert len(outputs) == len(summaries) == 1


def test_process_pool_gives_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool for many books, here for four."""
    from xl_perf.profiles import load

    for number in range(4):
        write(tmp_path / f"{number}.xlsx", project(f"项目{number}"))
    (tmp_path / "坏.xlsx").write_bytes(b"")
    found = service.find([str(tmp_path)])
    alone = list(service.examine_all(found, load(), 1))
    monkeypatch.setattr(examining, "POOL_FROM", 2)
    monkeypatch.setattr(examining, "BATCH", 2)
    together = list(service.examine_all(found, load(), 2))
    assert [(one.path, one.findings, one.lines) for one in together] == [
        (one.path, one.findings, one.lines) for one in alone
    ]
    assert [str(one.error) for one in together] == [str(one.error) for one in alone]


def test_own_outputs_are_passed_over(run: Runner, tmp_path: Path) -> None:
    """A summary that lies among the inputs is counted, not consolidated again."""
    write(tmp_path / "甲.xlsx", project("一"))
    assert run("consolidate", tmp_path, "-o", "汇总.xlsx")[0] == 0
    status, out, _ = run("check", tmp_path)
    assert status == 0
    assert "工作簿 1 本，略过1个文件" in out


# --- what must not happen ------------------------------------------------------------------------------------------


def test_outputs_do_not_overwrite_by_surprise(run: Runner, tmp_path: Path) -> None:
    """Neither an input nor somebody's file; `new` never."""
    book = write(tmp_path / "甲.xlsx", project("一"))
    before = book.read_bytes()
    for arguments in (
        ("consolidate", book, "-o", book),
        ("consolidate", book, "-o", book, "--overwrite"),
        ("check", book, "--report", book),
        ("new", book),
        ("template", book),
    ):
        status, _, err = run(*arguments)
        assert status == 2, arguments
        assert "甲.xlsx" in err
        assert err.count("\n") == 1
    other = tmp_path / "别人的.xlsx"
    shutil.copy(book, other)
    assert run("consolidate", book, "-o", other)[0] == 2
    assert book.read_bytes() == other.read_bytes() == before
    assert run("consolidate", book, "-o", other, "--overwrite")[0] == 0


def test_new_offers_a_free_name(run: Runner, tmp_path: Path) -> None:
    """The sentence names a name that is free."""
    assert run("new", "甲.xlsx")[0] == 0
    status, _, err = run("new", "甲.xlsx")
    assert status == 2
    assert "甲 (2).xlsx" in err


def test_new_with_buttons(run: Runner, tmp_path: Path) -> None:
    """The extension says whether there are macros; forms come along either way."""
    book = write(tmp_path / "旧.xlsx", project("一"))
    assert run("new", "新.xlsm", "--from", book)[0] == 0
    assert len(service.read(tmp_path / "新.xlsm").projects) == 1
    with zipfile.ZipFile(tmp_path / "新.xlsm") as archive:
        assert "xl/vbaProject.bin" in archive.namelist()


@pytest.mark.parametrize(
    ("out", "part"),
    [
        ("模板.xlsm", "xl/vbaProject.bin"),
        ("模板.XLSM", "xl/vbaProject.bin"),
        ("加载项.xlam", "customUI/customUI14.xml"),
    ],
)
def test_template_with_buttons(run: Runner, out: str, part: str, tmp_path: Path) -> None:
    """As a workbook, or as the add-in; written over only with --overwrite."""
    assert run("template", out)[0] == 0
    with zipfile.ZipFile(tmp_path / out) as archive:
        assert part in archive.namelist()
    assert run("template", out)[0] == 2
    assert run("template", out, "--overwrite")[0] == 0


def test_results_never_have_macros(run: Runner, tmp_path: Path) -> None:
    """A summary or a report is .xlsx."""
    book = write(tmp_path / "甲.xlsx", project("一"))
    for arguments in (("consolidate", book, "-o", "汇总.xlsm"), ("check", book, "--report", "报告.xlsm")):
        status, _, err = run(*arguments)
        assert status == 2
        assert ".xlsx" in err
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


@pytest.mark.parametrize("out", ["甲.xlam", "甲.docx", "甲", "甲.xls"])
def test_other_extensions_are_refused(run: Runner, out: str, tmp_path: Path) -> None:
    """An .xlsm comes with the macros; other formats are not written."""
    status, _, err = run("new", out)
    assert status == 2
    assert out in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["chek", "a.xlsx"],
        ["check", "a.xlsx", "--jsn"],
        ["check", "a.xlsx", "--workers", "0"],
        ["check", "a.xlsx", "--workers", "两个"],
        ["check", "a.xlsx", "--json", "--report", "b.xlsx"],
        ["consolidate", "a.xlsx"],
        ["consolidate", "a.xlsx", "-o"],
        ["new", "a.xlsx", "--year", "99"],
        ["rules", "B999"],
        ["check", "a.xlsx", "--profile", "没有这个口径"],
    ],
)
def test_wrong_arguments(run: Runner, arguments: list[str]) -> None:
    """One Chinese line on stderr, status 2, nothing on stdout."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    words = err.replace("xl-perf", "")
    for given in arguments:
        words = words.replace(given, "")
    for word in (
        "invalid",
        "required",
        "argument",
        "usage",
        "error",
        "choose",
        "expected",
        "unrecognized",
        "not allowed",
    ):
        assert word not in words


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("没有.xlsx", None, "不存在"),
        ("空.xlsx", b"", "空"),
        ("文字.xlsx", "不是工作簿".encode(), "不是"),
        ("坏.xlsx", b"PK\x03\x04" + bytes(100), "损坏"),
        ("图.pdf", b"%PDF-1.7", "不是"),
    ],
)
def test_bad_inputs(run: Runner, tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    """The line names the file, what is wrong, and the next step."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for arguments in (("check", name), ("consolidate", name, "-o", "汇总.xlsx"), ("new", "新.xlsx", "--from", name)):
        status, _, err = run(*arguments)
        assert status == 2
        assert name in err
        assert said in err
        assert "请" in err
        assert "Traceback" not in err
        assert sorted(path.name for path in tmp_path.iterdir()) == ([name] if content is not None else [])


def test_every_input_that_is_none_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Also when no workbook is left: the document says why, and so does a line for each."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空").mkdir()
    assert cli.main(["check", "没有.xlsx", "空", "某文件", "--json"]) == 2
    captured = capfdbinary.readouterr()
    document = json.loads(captured.out)
    errors = [(book["path"], book["sha256"], book["error"]["kind"]) for book in document["books"]]
    assert errors == [("没有.xlsx", None, "missing"), ("空", None, "no-workbooks"), ("某文件", None, "missing")]
    assert document["totals"]["projects"] == 0
    assert [line.partition("：")[0] for line in captured.err.decode().splitlines()] == ["没有.xlsx", "空", "某文件"]
    assert cli.main(["consolidate", "没有.xlsx", "空", "-o", "汇总.xlsx"]) == 2
    lines = capfdbinary.readouterr().err.decode().splitlines()
    assert lines[-1] == "汇总.xlsx：没有写出，因为没有一本工作簿能读。请先处理上面列出的文件。"
    assert [path.name for path in tmp_path.iterdir()] == ["空"]


def test_what_nobody_foresaw(run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One line with the path of a log file that holds the traceback."""

    def fails(inputs: list[str]) -> None:
        raise RuntimeError("试验")

    monkeypatch.setattr(service, "find", fails)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    status, _, err = run("check", "a.xlsx")
    assert status == 2
    assert "Traceback" not in err
    (log,) = tmp_path.glob("xl-perf-*.log")
    assert str(log) in err
    assert "RuntimeError" in log.read_text("utf-8")


# --- new -----------------------------------------------------------------------------------------------------------


def test_new_from_workbooks_and_folders(run: Runner, tmp_path: Path) -> None:
    """All forms come into one workbook; department and year as asked."""
    folder = tmp_path / "各科室"
    folder.mkdir()
    write(folder / "1.xlsx", project("一"), project("二", budget="0.5"), name="某科")
    status, out, err = run("new", "全部.xlsx", "--from", folder, EXAMPLE, "--department", "甲办事处", "--year", "2024")
    assert (status, err) == (0, "")
    assert "1146.26" in out
    made = service.read(tmp_path / "全部.xlsx")
    assert (made.name, made.year, len(made.projects)) == ("甲办事处", 2024, 10)
    example = roll(service.read(EXAMPLE), 2024).department
    assert [draft.project_content(one) for one in made.projects[2:]] == [
        draft.project_content(one) for one in example.projects
    ]
    assert [sub.title.value for sub in made.sub_goals] == [sub.title.value for sub in example.sub_goals]
    assert len(made.safeguards) == 10


def test_new_empty(run: Runner, tmp_path: Path) -> None:
    """An empty workbook: one blank form, and that is what the check says."""
    assert run("new", "空白.xlsx", "--department", "甲办事处", "--year", "2024")[0] == 0
    status, out, _ = run("check", "空白.xlsx")
    assert status == 1
    assert out.count("F201") == 1
    assert "错误 1，警告 0，提示 0" in out


# --- processes -----------------------------------------------------------------------------------------------------


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, without the coverage tool's hooks."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE", "COV_"))}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, check=False)


@pytest.mark.parametrize("command", ["check", "consolidate"])
def test_nothing_heavy_is_imported_for_one_book(command: str, tmp_path: Path) -> None:
    """`check` and `consolidate` on one book do without pandas, openpyxl and xlwings; `check` also without writers."""
    more = ["-o", str(tmp_path / "汇总.xlsx")] if command == "consolidate" else []
    code = (
        "import sys; from xl_perf.cli import main\n"
        f"status = main({[command, str(EXAMPLE), *more]!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], status)"
    )
    run = process("-c", code)
    expected = "[]" if command == "check" else "['xlsxwriter']"
    assert run.stdout.decode("utf-8").splitlines()[-1] == f"{expected} 0"


def test_public_names_come_without_their_cost() -> None:
    """`import xl_perf` imports nothing but itself."""
    code = "import sys, typing; before = set(sys.modules); import xl_perf; print(sorted(set(sys.modules) - before))"
    assert process("-c", code).stdout == b"['xl_perf']\n"


def test_streams_never_fail_on_a_character() -> None:
    """A code page without Chinese: question marks, no traceback; JSON stays UTF-8."""
    run = process("-m", "xl_perf", "check", EXAMPLE, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.returncode == 0
    assert b"1135.76" in run.stdout
    assert b"Traceback" not in run.stderr
    run = process("-m", "xl_perf", "check", EXAMPLE, "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert json.loads(run.stdout.decode("utf-8"))["books"][0]["department"] == "高新区三女河办事处"
    run = process("-m", "xl_perf", "check", "没有.xlsx", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


def test_a_closed_pipe_is_no_error() -> None:
    """`xl-perf rules | head -1`."""
    command = f"{sys.executable} -m xl_perf check {EXAMPLE} | head -1"
    run = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert run.stderr == b""
    assert run.stdout.decode("utf-8").count("\n") == 1


def test_help_and_version() -> None:
    """One line for each command, in Chinese."""
    out = process("-m", "xl_perf", "--help").stdout.decode("utf-8")
    listed = out.partition("命令:\n")[2].splitlines()
    commands = ["new", "check", "consolidate", "publish", "rules", "template", "excel", "office", "button"]
    assert [line.split()[0] for line in listed] == commands
    assert all(line.startswith("  ") and len(line.split(maxsplit=1)) == 2 for line in listed)
    assert process("-m", "xl_perf", "--version").stdout.startswith(b"xl-perf ")
    assert process("-m", "xl_perf").returncode == 0
