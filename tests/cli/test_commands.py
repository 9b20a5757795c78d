"""The command line as people and scripts use it: output, files, exit statuses."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import EXAMPLE, Runner, project, run, write
from tests.example_findings import NUMBER, NUMBER_OF_HINTS, NUMBER_OF_WARNINGS
from xl_perf.cli import main as cli
from xl_perf.core.making import draft
from xl_perf.core.making.rolling import roll
from xl_perf.files import inputs
from xl_perf.service import checking
from xl_perf.service import checking as examining

__all__ = ["run"]  # the fixture


# --- the main job ------------------------------------------------------------------------------------------------


def test_check_prints_projects_findings_and_totals(run: Runner) -> None:
    """The example: warnings only, the totals of the official text."""
    status, out, err = run("check", EXAMPLE)
    assert (status, err) == (0, "")
    assert "1135.76 / 1135.76 / 0 万元" in out
    assert "253.5025 / 542.88 / 796.3825 / 1135.76 万元" in out
    assert f"错误 0，警告 {NUMBER_OF_WARNINGS}，提示 {NUMBER_OF_HINTS}" in out
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
        assert printed.endswith("发现的问题逐条列在其中的“校验结果”工作表。\n")
    assert [path.name for path in out.parent.iterdir()] == ["汇总.xlsx"], "nothing temporary is left"
    summary = checking.read(out)
    assert [row.name.value for row in summary.listed][:2] == [
        "村干部工资、保险和聘用人员工资",
        "村干部考核奖和离任村干部补贴",
    ]
    assert {total.what: str(total.amount.value) for total in summary.stored_totals}["budget"] == "1135.76"


def test_json_document(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The keys and types of the contract, in its order."""
    assert cli.main(["check", str(EXAMPLE), "--json"]) == 0
    document = json.loads(capfdbinary.readouterr().out.decode("utf-8"))
    assert list(document) == ["books", "skipped", "totals"]
    assert document["skipped"] == []
    assert document["totals"] == {
        "projects": 8,
        "budget": "1135.76",
        "fiscal": "1135.76",
        "other": "0",
        "planned": {"3": "253.5025", "6": "542.88", "10": "796.3825", "12": "1135.76"},
        "incomplete": [],
        "remarks": [],
    }
    (book,) = document["books"]
    assert list(book) == [
        *("path", "department", "year", "sha256", "profile", "projects", "departments", "others"),
        *("monitoring", "evaluations", "checked_with", "unread", "findings", "counted", "error"),
    ]
    assert (book["path"], book["department"], book["year"]) == (str(EXAMPLE), "高新区三女河办事处", 2023)
    assert len(book["sha256"]) == 64
    assert (book["profile"], book["departments"], book["others"], book["unread"]) == ("hebei-2023", [], [], [])
    first = book["projects"][0]
    assert list(first) == [
        *("sheet", "form", "name", "code", "budget", "fiscal", "other", "sources", "plan", "indicators")
    ]
    assert first == {
        "sheet": "01",
        "form": "project_targets",
        "name": "村干部工资、保险和聘用人员工资",
        "code": "————",
        "budget": "161.93",
        "fiscal": "161.93",
        "other": None,
        "sources": {"财政资金": "161.93", "其他资金": None},
        "plan": {"3": "25", "6": "50", "10": "75", "12": "100"},
        "indicators": 6,
    }
    assert book["projects"][2]["code"] is None
    assert book["error"] is None
    assert list(book["findings"][0]) == [
        *("code", "severity", "sheet", "cell", "field", "found", "expected", "difference", "message", "remedy"),
        "accepted",
    ]
    assert {finding["accepted"] for finding in book["findings"]} == {None}
    codes = [finding["code"] for finding in book["findings"]]
    assert len(codes) == NUMBER, "ungrouped"
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
    assert "1 个没有读入，略过 1 个，锁定文件和系统文件 1 个；" in printed
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


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("number", [0, 1, 9, 20, 33, 1000])
def test_every_worker_has_a_batch(number: int, workers: int) -> None:
    books = [(Path(f"{at}.xlsx"), str(at)) for at in range(number)]
    batches = examining.batches_of(books, workers)
    assert list(chain.from_iterable(batches)) == books
    assert len(batches) >= min(number, workers)
    assert all(len(batch) <= examining.BATCH for batch in batches)


@pytest.mark.parametrize("limit", [1, 30_000, 10**9])
def test_only_so_much_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """Large workbooks are understood before further ones are opened; the results and their order are the same."""
    for number in range(5):
        write(tmp_path / f"{number}.xlsx", project(f"项目{number}"))
    (tmp_path / "2坏.xlsx").write_bytes(b"")
    found = inputs.find_books([str(tmp_path)])
    once = checking.examine(found.books, profile=None)
    held: list[int] = []
    opened = examining._opened_together

    def watched(places: Sequence[tuple[Path, str]], fingerprints: bool, at: Callable[[int], None]) -> Iterator[object]:
        for group in opened(places, fingerprints, at):
            sizes = list(map(examining._size, (one for _, one in group)))
            held.append(sum(sizes[:-1]))
            yield group

    monkeypatch.setattr(examining, "HELD_BYTES", limit)
    monkeypatch.setattr(examining, "_opened_together", watched)
    assert repr(checking.examine(found.books, profile=None)) == repr(once)
    assert all(size < limit for size in held)
    assert (len(held) > 1) == (limit < 10**9)


def test_processes_give_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xl_perf.profiles import load

    for number in range(4):
        write(tmp_path / f"{number}.xlsx", project(f"项目{number}"))
    (tmp_path / "坏.xlsx").write_bytes(b"")
    found = inputs.find_books([str(tmp_path)])
    alone = list(checking.examine_all(found, load(), 1))
    monkeypatch.setattr(examining, "BATCH", 2)
    together = list(checking.examine_all(found, load(), 2))
    assert [(one.path, one.findings, one.lines) for one in together] == [
        (one.path, one.findings, one.lines) for one in alone
    ]
    assert [str(one.error) for one in together] == [str(one.error) for one in alone]


def test_results_without_fingerprints(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", project("一"))
    found = inputs.find_books([str(path)])
    (bare,) = checking.examine_all(found, None, wanted=checking.Wanted(fingerprints=False))
    (whole,) = checking.examine_all(found, None)
    assert whole.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert bare == replace(whole, sha256=None)


def test_own_outputs_are_passed_over(run: Runner, tmp_path: Path) -> None:
    """A summary that lies among the inputs is counted, not consolidated again."""
    write(tmp_path / "甲.xlsx", project("一"))
    assert run("consolidate", tmp_path, "-o", "汇总.xlsx")[0] == 0
    status, out, _ = run("check", tmp_path)
    assert status == 0
    assert "工作簿 1 本，略过 1 个；" in out
    assert f"略过 1 个：xl-perf 写出的汇总：{tmp_path}/汇总.xlsx\n" in out


# --- new -----------------------------------------------------------------------------------------------------------


def test_new_from_workbooks_and_folders(run: Runner, tmp_path: Path) -> None:
    """All forms come into one workbook; department and year as asked."""
    folder = tmp_path / "各科室"
    folder.mkdir()
    write(folder / "1.xlsx", project("一"), project("二", budget="0.5"), name="某科")
    status, out, err = run("new", "全部.xlsx", "--from", folder, EXAMPLE, "--department", "甲办事处", "--year", "2024")
    assert (status, err) == (0, "")
    assert "1146.26" in out
    made = checking.read(tmp_path / "全部.xlsx")
    assert (made.name, made.year, len(made.projects)) == ("甲办事处", 2024, 10)
    example = roll(checking.read(EXAMPLE), 2024).department
    assert [draft.project_content(one) for one in made.projects[2:]] == [
        draft.project_content(one) for one in example.projects
    ]
    assert [sub.title.value for sub in made.sub_goals] == [sub.title.value for sub in example.sub_goals]
    assert len(made.safeguards) == 10


def test_new_says_what_becomes_of_sheets_and_blank_rows(run: Runner, tmp_path: Path) -> None:
    """One line each; nothing where the sheets were called so, and where no row is dropped."""
    write(tmp_path / "来.xlsx", project("一"), project("二"))
    said = run("new", "新.xlsx", "--from", "来.xlsx")[1]
    assert "重新编号" not in said
    assert "指标行" not in said
    book = openpyxl.load_workbook(tmp_path / "来.xlsx")
    book["02"].title = "教师培训（新）"
    for cell in (f"{column}1{row}" for column in "CDFG" for row in (0, 2)):
        book["01"][cell] = None
    book.save(tmp_path / "改名.xlsx")
    status, out, err = run("new", "再新.xlsx", "--from", "改名.xlsx", EXAMPLE)
    assert (status, err) == (0, "")
    numbered = "，".join(f"“0{number}”→{number + 2:02d}" for number in range(1, 6))
    assert f"工作表按顺序重新编号：“教师培训（新）”→02，{numbered}等 9 张\n" in out
    assert out.count("原表中没有填写的指标行没有照搬（少 2 行），每个一级指标下留有一行空的\n") == 1


def test_new_empty(run: Runner, tmp_path: Path) -> None:
    """An empty workbook: one blank form, and that is what the check says."""
    assert run("new", "空白.xlsx", "--department", "甲办事处", "--year", "2024")[0] == 0
    status, out, _ = run("check", "空白.xlsx")
    assert status == 1
    assert out.count("F201") == 1
    assert "错误 1，警告 0，提示 0" in out
