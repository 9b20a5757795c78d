"""README, CONTRIBUTING and docs/: what is generated is fresh, examples run, and whatever they name is there."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tools import docs
from xl_perf.cli.arguments import parser

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
FOLDERS = "xl_perf|tests|tools|macros|docs|requirements|workbooks|benchmarks"


def read(page: Path) -> str:
    return page.read_text("utf-8")


def test_the_python_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """From the folder of the checkout, where a reader would try it."""
    (example,) = re.findall(r"```python\n(import xl_perf\n.*?)```", read(README), re.DOTALL)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(example, names)
    printed = capsys.readouterr().out.splitlines()
    assert "01!B2 F202 项目编码写的是“————”，等于没有填" in printed
    assert "1135.76" in printed
    assert "1135.76" in printed[-2]
    assert printed[-1] == "Name: 预算数, dtype: float64"
    frame = names["frame"]
    assert list(frame["预算数"].map(str))[:2] == ["161.93", "71.75"]  # type: ignore[index]
    assert list(frame["警告"]) == [1, 2, 2, 3, 2, 3, 1, 4]  # type: ignore[index]


# --- what is generated ---------------------------------------------------------------------------------------------


def test_generated_parts_are_fresh() -> None:
    """`make docs` writes them anew. Pythons break and abbreviate the lines of ``--help`` each in their own way."""
    found = {name: part for page in docs.PAGES for name, part in docs.parts_of(read(page)).items()}
    assert {name: squeezed(part) for name, part in found.items()} == {
        name: squeezed(made()) for name, made in docs.PARTS.items()
    }


def squeezed(text: str) -> str:
    return " ".join(re.sub(r"-o \S+, --out", "-o, --out", text).split())


def test_the_number_of_rules_is_not_told_by_hand() -> None:
    for page in [*PAGES, ROOT / "pyproject.toml"]:
        assert not re.search(r"\d+ ?条规则", read(page)), page.name


# --- what is named -------------------------------------------------------------------------------------------------


@EACH_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    """To a file of the project, and to a heading in it."""
    for target in re.findall(r"\]\((?!https?://)([^)]+)\)", read(page)):
        path, _, heading = unquote(target).partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        if heading:
            assert heading in headings(read(file)), target


def headings(text: str) -> set[str]:
    """As GitHub names them in addresses."""
    found = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in found}


@EACH_PAGE
def test_files_that_are_named_exist(page: Path) -> None:
    for path in re.findall(rf"`((?:{FOLDERS})/[^`\s*<>{{}}…]*)`", read(page)):
        assert (ROOT / path).exists(), path


@EACH_PAGE
def test_commands_and_options_that_are_named_exist(page: Path) -> None:
    """In code, and on the lines of examples."""
    known = {one.typed: options(one.parser.format_help()) for one in docs.commands(parser())}
    # A command behind an inbox stands in the help behind INBOX.
    typed = re.sub(r"^(xl-perf inbox) \S+ ([a-z]+)\b", r"\1 INBOX \2", code(read(page)), flags=re.MULTILINE)
    for command, rest in re.findall(r"^(xl-perf (?:excel |inbox INBOX )?[a-z]+)\b(.*)", typed, re.MULTILINE):
        assert command in known, command
        assert options(rest) <= known[command], f"{command}{rest}"


def code(text: str) -> str:
    """What stands in blocks and between backquotes, a line each."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", rest)])


def options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z-]+", text))


@EACH_PAGE
def test_targets_of_make_that_are_named_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", read(page))) <= targets


def test_every_key_of_the_json_is_explained() -> None:
    """Those of the documents of `check` and `diff` for the example."""
    documents = [json.loads(read(ROOT / "tests" / "golden" / name)) for name in ("check.json", "diff.json")]
    page = read(ROOT / "docs" / "命令.md")
    section = page[page.index("## JSON") : page.index("## 各命令的说明")]
    told = set(re.findall(r"`(\w+)`", section))
    assert set(keys(documents)) <= told


def keys(thing: Any) -> set[str]:
    """Of all objects but those whose keys are names of the data: months, sources."""
    if isinstance(thing, list):
        return {key for one in thing for key in keys(one)}
    if not isinstance(thing, dict):
        return set()
    return {
        *thing,
        *(key for name, one in thing.items() if name not in {"plan", "planned", "sources"} for key in keys(one)),
    }
