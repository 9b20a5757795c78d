"""docs/安全.md says the limits that the program has."""

import re

from tests.command_line import ROOT
from xl_perf.files import containers, guard, internet_message, mails, zip_package
from xl_perf.saved import extent
from xl_perf.saved.limits import Limits

MIB = 1024 * 1024


def test_limits() -> None:
    page = (ROOT / "docs" / "安全.md").read_text("utf-8")
    said = {
        what: [int(number) for number in re.findall(r"\d+", most)]
        for what, most in re.findall(r"^\| ([^|]+) \| ([^|]*\d[^|]*) \|", page, re.MULTILINE)
    }
    assert list(said.values()) == [
        [Limits().seconds],
        [Limits().memory],
        [guard.MAX_FILE // MIB],
        [zip_package.MAX_PART // MIB, zip_package.MAX_SHEET // MIB],
        [extent.MAX_AREA],
        [extent.MAX_SHEETS],
        [containers.MAX_DEPTH],
        [containers.MAX_UNPACKED // MIB],
        [containers.MAX_MEMBERS],
        [mails._MAX_ATTACHMENTS],
        [internet_message._SECONDS],
    ]
