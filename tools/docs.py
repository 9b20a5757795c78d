"""Writes the generated parts of README.md and docs/ anew (``make docs``); a test fails while one is stale.

A part stands between the marks ``<!-- NAME -->`` and ``<!-- /NAME -->``; the names are the keys of `PARTS`.
"""

import argparse
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.cli.arguments import parser
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.core.actions import ACTIONS, GROUPS, Action
from xl_perf.core.checking.rules import RULES
from xl_perf.core.figures.tables import GUIDE, TABLES, Table
from xl_perf.core.forms.kind import Family, FormKind
from xl_perf.core.forms.kinds import KINDS

ROOT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
"""The pages that may hold generated parts."""
COLUMNS: Final = "100"
"""Of the terminal whose ``--help`` is shown."""
NOT_TYPED: Final = "button"
"""A command that people do not type: it has a page, and no row in the table."""


def table(headings: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace("| --- ", "|---").replace("--- |", "---|")


# --- rules -------------------------------------------------------------------------------------------------------


def rule_table() -> str:
    """Code, severity, what is reported."""
    return table(("规则", "级别", "报告什么"), ((rule.code, rule.severity.label, rule.title) for rule in RULES))


# --- kinds of form -----------------------------------------------------------------------------------------------


def kind_table() -> str:
    """Each kind of form, and what is done with it."""
    return table(
        ("表", "在 JSON 中的名称", "怎样处理"), ((kind.title, f"`{kind.name}`", _done_with(kind)) for kind in KINDS)
    )


def _done_with(kind: FormKind) -> str:
    if kind.is_read and kind.family is Family.DEPARTMENT:
        return "读出，不算项目，不计入合计"
    if kind.is_read:
        return "逐栏读出、校验，金额计入合计"
    if kind.family is Family.TARGETS:
        return "认得出、还读不出：报错误 S108，金额不在合计里"
    return "逐栏读出、校验（M、E 各条），不算项目，不计入合计；监控汇总、自评汇总另算"


# --- commands ----------------------------------------------------------------------------------------------------


class Command(NamedTuple):
    """A command: as it is typed, its line in the list, and the parser of its arguments."""

    typed: str
    line: str
    parser: argparse.ArgumentParser


def commands(top: argparse.ArgumentParser) -> Iterator[Command]:
    """Every command below a parser, each followed by its own."""
    for action in top._actions:  # noqa: SLF001  # argparse has no other way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            lines = {one.dest: one.help or "" for one in action._choices_actions}  # noqa: SLF001
            for name, own in action.choices.items():
                yield Command(own.prog, lines[name], own)
                yield from commands(own)


def command_table() -> str:
    """The commands that people type, each with what it does and the way to its page."""
    every = list(commands(parser()))
    groups = {one.typed.rpartition(" ")[0] for one in every}  # they only hold further commands
    rows = [one for one in every if one.typed not in groups and not one.typed.endswith(f" {NOT_TYPED}")]
    return table(("命令", "作用"), ((f"[`{one.typed}`](docs/命令.md#{anchor(one.typed)})", one.line) for one in rows))


def anchor(heading: str) -> str:
    """How GitHub names a heading in an address."""
    return heading.lower().replace(" ", "-")


def help_pages() -> str:
    """What ``--help`` prints: of the program, then of each command."""
    with _columns(COLUMNS):
        top = parser()
        pages = [(top.prog, top), *((one.typed, one.parser) for one in commands(top))]
        return "\n\n".join(f"### {typed}\n\n```text\n{page.format_help().strip()}\n```" for typed, page in pages)


@contextmanager
def _columns(number: str) -> Iterator[None]:
    """argparse breaks lines by the width of the terminal."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = number
    try:
        yield
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


def status_table() -> str:
    """The exit statuses, by the numbers that the commands use."""
    meanings = {
        DONE: "做完了，没有错误级的问题",
        ERRORS_FOUND: "做完了，发现错误级的问题（`excel doctor`：有妨碍按钮的情况）",
        COULD_NOT: "没能做成（文件或参数有误），原因和下一步写在标准错误上；许多本里有读不了的，其余照做，也是 2",
    }
    return table(("退出状态", "意思"), ((str(number), meaning) for number, meaning in meanings.items()))


# --- exported tables ---------------------------------------------------------------------------------------------


def data_tables() -> str:
    """Every table that is exported, with its columns."""
    return "\n\n".join(f"### {one.name}\n\n{one.meaning}。\n\n{_columns_of(one)}" for one in (*TABLES, GUIDE))


def _columns_of(one: Table) -> str:
    rows = (
        (f"`{column.name}`", column.type.value, column.unit, column.meaning + ("" if column.always else "（可以为空）"))
        for column in one.columns
    )
    return table(("栏", "类型", "单位", "说明"), rows)


# --- buttons -----------------------------------------------------------------------------------------------------


def button_table() -> str:
    """The buttons in the order of the ribbon, where they stand, what they do."""
    ordered = sorted(ACTIONS, key=lambda action: GROUPS.index(action.group))
    rows = ((action.caption, action.group, _places(action), action.help) for action in ordered)
    return table(("按钮", "选项卡中的组", "也在", "作用"), rows)


def _places(action: Action) -> str:
    places = ["首页"] * action.on_cover + ["项目表"] * action.on_form + ["指标库"] * action.on_library
    return "、".join(places)


# --- the pages ---------------------------------------------------------------------------------------------------

PARTS: Final[dict[str, Callable[[], str]]] = {
    "rules": rule_table,
    "kinds": kind_table,
    "commands": command_table,
    "help": help_pages,
    "statuses": status_table,
    "buttons": button_table,
    "tables": data_tables,
}
_MARKED: Final = re.compile(r"<!-- (\w+) -->\n(.*?)<!-- /\1 -->", re.DOTALL)


def parts_of(text: str) -> dict[str, str]:
    """The generated parts of a page as they stand there, by their names."""
    return {name: part.strip("\n") for name, part in _MARKED.findall(text) if name in PARTS}


def renewed(text: str) -> str:
    """A page with its generated parts made anew."""

    def part(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- {name} -->\n{PARTS[name]()}\n<!-- /{name} -->" if name in PARTS else found[0]

    return _MARKED.sub(part, text)


def main() -> None:
    """Writes the pages that have changed, and names them."""
    for page in PAGES:
        text = page.read_text("utf-8")
        new = renewed(text)
        if new != text:
            page.write_text(new, "utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
