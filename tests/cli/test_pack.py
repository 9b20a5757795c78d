"""`xl-perf pack`: what it writes and says, and what it refuses."""

from pathlib import Path

import pytest

from tests.command_line import EXAMPLE, Runner, process, project, run, write

__all__ = ["run"]  # the fixture


def test_it_packs(run: Runner, tmp_path: Path) -> None:
    status, out, err = run("pack", EXAMPLE, "-o", "报送/今年")
    assert (status, err) == (0, "")
    assert "8 个项目，预算数合计 1135.76 万元，其中财政资金 1135.76 万元，其他资金 0 万元。" in out
    start = "高新区三女河办事处-2023-绩效文本-v1"
    names = sorted(path.name for path in (tmp_path / "报送/今年").iterdir())
    assert names == [f"{start}.{suffix}" for suffix in ("eml", "json", "xlsx")]
    packed = Path("报送/今年") / f"{start}.xlsx"
    assert f"已写出报送的工作簿：{packed}\n" in out
    assert run("pack", EXAMPLE, "-o", "报送/今年")[::2] == (0, "")


def test_check_and_consolidate_say_the_same_of_it(run: Runner) -> None:
    run("pack", EXAMPLE, "-o", "出")
    packed = Path("出/高新区三女河办事处-2023-绩效文本-v1.xlsx")
    for command in (("check", "--summary"), ("consolidate", "-o", "总.xlsx", "--overwrite")):
        name, *options = command
        before, after = run(name, EXAMPLE, *options), run(name, packed, *options)
        assert (after[0], after[2]) == (before[0], before[2])
        totals = [[line for line in out.splitlines() if "1135.76" in line] for _, out, _ in (before, after)]
        assert totals[0]
        assert totals[1] == totals[0]


def test_original_and_packed_count_once(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收").mkdir()
    write(tmp_path / "收/部门.xlsx", project("路"))
    run("pack", "收/部门.xlsx", "-o", "收/打包上报")
    status, out, err = run("check", "收")
    assert (status, err) == (0, "")
    assert "X607" in out
    # The workbook in the folder and the one in the draft of the mail.
    assert "没有计入合计 2 本，共 20 万元" in out


def test_errors_are_listed(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "部门.xlsx", project("路", fiscal="9"))
    status, out, err = run("pack", "部门.xlsx", "-o", "出")
    assert status == 1
    assert "B303" in out
    assert "01!" in out
    assert err == "部门.xlsx 有 1 个错误，没有打包。请改正后再打包；确要带错报送，加 --force --reason 并写明理由。\n"
    assert not (tmp_path / "出").exists()
    status, out, err = run("pack", "部门.xlsx", "-o", "出", "--force", "--reason", "已经说好")
    assert (status, err) == (1, "")
    assert "带错打包，理由已写进清单和邮件：已经说好\n" in out
    assert len(list((tmp_path / "出").iterdir())) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--force"], "--force 要写明理由"),
        (["--reason", "理由"], "--reason 只与 --force 一起用"),
        (["--force", "--reason", " "], "不能是空的"),
        (["--version", "0"], "应为 1 到 9999 的整数"),
        (["--time", "昨天"], "应为日期或时间，如 2022-11-02"),
    ],
)
def test_options(run: Runner, options: list[str], said: str, tmp_path: Path) -> None:
    status, _, err = run("pack", EXAMPLE, "-o", "出", *options)
    assert status == 2
    assert said in err
    assert not (tmp_path / "出").exists()


def test_time_and_version(run: Runner, tmp_path: Path) -> None:
    status, *_ = run("pack", EXAMPLE, "-o", "出", "--version", "3", "--time", "2022-11-02T09:00+08:00")
    assert status == 0
    written = (tmp_path / "出/高新区三女河办事处-2023-绩效文本-v3.json").read_text("utf-8")
    assert '"time": "2022-11-02T01:00:00"' in written


def test_what_is_there_already(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "部门.xlsx", project("路"))
    run("pack", "部门.xlsx", "-o", "出")
    write(tmp_path / "部门.xlsx", project("桥"))
    status, _, err = run("pack", "部门.xlsx", "-o", "出")
    assert status == 2
    assert "v1.xlsx 已经存在，内容不同，没有覆盖。改过再报的，请加 --version 2；确要替换，请加 --overwrite。" in err
    assert run("pack", "部门.xlsx", "-o", "出", "--version", "2")[0] == 0
    assert run("pack", "部门.xlsx", "-o", "出", "--overwrite")[0] == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [("没有.xlsx", "不存在"), ("坏.xlsx", "不是工作簿"), (".", "文件夹")],
)
def test_what_is_no_workbook(run: Runner, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "坏.xlsx").write_text("坏", "utf-8")
    status, out, err = run("pack", name, "-o", "出")
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_out_is_a_file(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "出").write_text("", "utf-8")
    status, _, err = run("pack", EXAMPLE, "-o", "出")
    assert (status, err) == (2, "出 是文件，不是文件夹。请给出一个文件夹。\n")


def test_as_a_process(tmp_path: Path) -> None:
    done = process("-m", "xl_perf", "pack", EXAMPLE, "-o", tmp_path / "出")
    assert (done.returncode, done.stderr) == (0, b"")
