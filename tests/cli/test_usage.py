"""Command lines that ask for what cannot be, or for what has no effect: refused in Chinese, with the right help."""

from pathlib import Path

import pytest

from tests.command_line import Runner, project, run, write

__all__ = ["run"]  # the fixture


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check 甲.xlsx --foo", "命令行有误，不认识的参数：--foo。请看 xl-perf check --help。"),
        ("check 甲.xlsx --work 3", "命令行有误，不认识的参数：--work 3。请看 xl-perf check --help。"),
        (
            "office 甲.xlsx 乙.xlsx",
            "命令行有误，多余的参数：乙.xlsx（输入要写在一起，选项写在它们前面或后面）。请看 xl-perf office --help。",
        ),
        ("excel install --foo", "命令行有误，不认识的参数：--foo。请看 xl-perf excel install --help。"),
        ("-x", "命令行有误，不认识的参数：-x。请看 xl-perf --help。"),
        ("new a.xlsx --year 2023 --year 2024", "命令行有误，参数 --year：给了不止一次。请看 xl-perf new --help。"),
        ("new a.xlsx --from a --from b", "命令行有误，参数 --from：给了不止一次。请看 xl-perf new --help。"),
        ("new a.xlsx --department=", "命令行有误，参数 --department：不能是空的。请看 xl-perf new --help。"),
        (
            "check 甲.xlsx --overwrite",
            "--overwrite 在这里不起作用：只在屏幕上列出问题，不写文件。请加上 --report 或 --marked，或去掉它。",
        ),
        (
            "check 甲.xlsx --json --overwrite",
            "--overwrite 在这里不起作用：只在屏幕上列出问题，不写文件。请加上 --report 或 --marked，或去掉它。",
        ),
        (
            "new a.xlsx --amounts clear",
            "--amounts 只与 --from 一起用：新建空白的没有金额。请加上 --from，或去掉 --amounts。",
        ),
        (
            "template a.xlam --form national_targets",
            "--form 对加载项（.xlam）不起作用，里面只有按钮。请去掉 --form，或写出 .xlsm、.xlsx。",
        ),
        (
            "template a.xlam --profile mof-2021",
            "--profile 对加载项（.xlam）不起作用，里面只有按钮。请去掉 --profile，或写出 .xlsm、.xlsx。",
        ),
        ("--version check 甲.xlsx", "--version 要单独用，后面不写命令。请去掉 --version，或只写 xl-perf --version。"),
    ],
)
def test_what_is_refused(run: Runner, tmp_path: Path, line: str, said: str) -> None:
    write(tmp_path / "甲.xlsx", project("一"))
    assert run(*line.split()) == (2, "", f"{said}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


def test_options_with_an_effect(run: Runner, tmp_path: Path) -> None:
    """The same where they have one."""
    write(tmp_path / "甲.xlsx", project("一"))
    assert run("check", "甲.xlsx", "--report", "报告.xlsx", "--overwrite")[0] == 0
    assert run("check", "甲.xlsx", "--json", "--marked", "标注", "--overwrite")[0] == 0
    assert run("new", "a.xlsx", "--from", "甲.xlsx", "--amounts", "keep")[0] == 0


def test_a_profile_with_an_extension_too_many(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", project("一"))
    (tmp_path / "口径.toml.txt").write_text('base = "hebei-2023"\n', "utf-8")
    out = run("check", "甲.xlsx")[1]
    said = "像是口径文件，但多了扩展名 .txt，没有用上，请改名为 口径.toml：口径.toml.txt"
    assert f"略过 1 个：{said}\n" in out
    err = run("check", "甲.xlsx", "--profile", "口径.toml")[2]
    assert err == "口径文件“口径.toml”不存在，只有 口径.toml.txt。请去掉它多出的扩展名 .txt。\n"


@pytest.mark.parametrize(
    "command",
    ["check 甲.xlsx --report {}.xlsx", "consolidate 甲.xlsx -o {}.xlsx", "publish 甲.xlsx -o {}.docx", "new {}.xlsx",
     "template {}.xlsx", "check 甲.xlsx --marked {}.xlsx"],
)  # fmt: skip
def test_names_as_long_as_names_may_be(run: Runner, tmp_path: Path, command: str) -> None:
    """255 bytes are fine, 256 are said to be too many."""
    write(tmp_path / "甲.xlsx", project("一"))
    right, wrong = ("长" * 83 + letters for letters in ("a", "ab"))
    assert run(*command.format(right).split())[0] == 0
    status, _, err = run(*command.format(wrong).split())
    assert (status, err.count("\n")) == (2, 1)
    assert err.endswith("没有写成：文件名太长（超过 255 字节，一个汉字是 3 字节）。请换一个短一些的文件名。\n")


def test_marked_copies_of_long_names(run: Runner, tmp_path: Path) -> None:
    """Where two are called alike the number must find room."""
    name = "长" * 83 + "a.xlsx"
    for folder in ("一", "二"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / name, project(folder))
    files = [f"{folder}/{name}" for folder in ("一", "二")]
    assert run("check", *files, "--marked", "标注", "--clean-too")[0] in {0, 1}
    assert sorted(path.name[-9:] for path in (tmp_path / "标注").iterdir()) == sorted([" (2).xlsx", name[-9:]])


# --- archives and wildcards ------------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two departments, one with a profile of its own."""
    import zipfile

    path = tmp_path / "归档.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in "甲乙":
            packed.write(write(tmp_path / f"{name}.xlsx", project(name), name=f"{name}局"), f"{name}/书.xlsx")
            (tmp_path / f"{name}.xlsx").unlink()
        packed.writestr("乙/口径.toml", 'base = "mof-2021"\n')
    return path


def test_an_archive_goes_wherever_a_folder_goes(run: Runner, archive: Path) -> None:
    status, out, _ = run("check", "归档.zip")
    assert status in {0, 1}
    assert "工作簿 2 本；" in out
    assert "口径：归档.zip!乙/口径.toml（1 本）" in out
    assert run("check", "归档.zip", "--json") == run("check", "归档.zip", "--json"), "no temporary name shows"
    assert run("consolidate", "*.zip", "-o", "汇总.xlsx")[0] in {0, 1}
    assert run("check", "归档.zip", "--report", "报告.xlsx", "--marked", "标注")[0] in {0, 1}
    for name in ("汇总.xlsx", "报告.xlsx"):
        assert all(b"xl-perf-zip" not in content for content in contents(Path(name)))
    status, out, _ = run("new", "新.xlsx", "--from", "归档.zip")
    assert (status, "收进 2 个项目" in out) == (0, True)
    assert run("publish", "归档.zip!甲/书.xlsx", "-o", "甲.docx")[0] == 0
    assert (
        run("publish", "归档.zip", "-o", "乙.docx")[2]
        == "归档.zip 里有 2 本工作簿，一个文件只写一本的文本。请给出其中一本，或用 -o 给出一个文件夹，如 -o 文本/。\n"
    )
    assert run("office", "归档.zip")[0] == 2


def contents(path: Path) -> list[bytes]:
    from xl_perf.files.zip_package import Package

    package = Package(path.read_bytes())
    return [package.read(name) for name in package]
