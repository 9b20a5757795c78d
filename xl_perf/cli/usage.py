"""argparse, speaking Chinese; a wrong command line raises `UsageError`."""

import argparse
import re
from typing import Any, Final, NoReturn

from xl_perf.core.errors import XlPerfError

_SENTENCES: Final = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (-.*)", r"不认识的参数：\1"),
    (r"unrecognized arguments: (.*)", r"多余的参数：\1（输入要写在一起，选项写在它们前面或后面）"),
    (r"argument 命令: invalid choice: (.*) \(choose from (.*)\)", r"没有命令 \1，可用的有：\2"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"参数 \1 不能是 \2，可用的有：\3"),
    (r"argument (.*): invalid .* value: (.*)", r"参数 \1 的值 \2 不对"),
    (r"argument (.*): expected one argument", r"参数 \1 后面要跟一个值"),
    (r"argument (.*): expected at least one argument", r"参数 \1 后面至少要跟一个值"),
    (r"argument (.*): ignored explicit argument (.*)", r"参数 \1 不需要值 \2"),
    (r"argument (.*): not allowed with argument (.*)", r"参数 \1 不能与 \2 同时使用"),
    (r"ambiguous option: (.*) could match (.*)", r"参数 \1 不明确，可能是 \2"),
    (r"argument (.*?): (.*)", r"参数 \1：\2"),
)
_HEADINGS: Final = {
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这段说明",
    "usage: ": "用法：",
}


class UsageError(XlPerfError):
    """The command line cannot be understood."""


class _Help(argparse.HelpFormatter):
    """argparse's help with a Chinese 用法 in front."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """As in argparse, with the Chinese word."""
        super().add_usage(usage, actions, groups, _HEADINGS["usage: "] if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        """As in argparse, but the commands stand under their heading, not under a second one, and in one line each."""
        if action.nargs != argparse.PARSER:
            return super()._format_action(action)
        self._dedent()
        lines = super()._format_action(action)
        self._indent()
        return lines.partition("\n")[2]


class _Once(argparse.Action):
    """Stores a value, as argparse's own action does, but the same option given again is refused, not forgotten."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:  # noqa: ARG002
        """Called by argparse."""
        given = vars(namespace).setdefault(_GIVEN, set())
        if option_string is not None and self.dest in given:
            raise argparse.ArgumentError(self, "给了不止一次")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


_GIVEN: Final = "_given"


class Parser(argparse.ArgumentParser):
    """argparse's parser, speaking Chinese; a wrong command line raises `UsageError`."""

    too_many = ""
    """What is said of more arguments than the command takes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = _HEADINGS["positional arguments"]
        self._optionals.title = _HEADINGS["options"]
        self.register("action", None, _Once)
        self.add_argument("-h", "--help", action="help", help=_HEADINGS["show this help message and exit"])

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As in argparse, but each command says itself what it does not know."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            if self.too_many and not any(one.startswith("-") for one in unknown):
                self.error(self.too_many)
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """Raises the message in Chinese, with the command to look up."""
        raise UsageError(f"命令行有误，{_in_chinese(message)}", f"请看 {self.prog} --help")


def _in_chinese(message: str) -> str:
    for pattern, chinese in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(chinese).replace("'", "").replace(", ", "、")
    return message
