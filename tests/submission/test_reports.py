"""Reports in an inbox: the latest per department, year and kind counts, and none of them replaces the targets."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import expect, form, mailed
from tests.submission.test_receiving import BOX, rows
from tests.workbooks import rewritten
from xl_perf.core.checking.reported import is_report_kind, said_kind
from xl_perf.service import reports
from xl_perf.submission.items import Item, view
from xl_perf.submission.store import Store

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "example-2023-12.xlsx"
CORE = "docProps/core.xml"
NAME = "高新区三女河办事处"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a department sends through its year: targets with everything, tables of a month, of the year's end."""
    folder = tmp_path_factory.mktemp("报来")
    book = reports.read_department([(EXAMPLE, EXAMPLE.name)], None)
    (folder / "文本.xlsx").write_bytes(EXAMPLE.read_bytes())
    reports.monitoring_workbook(str(folder / "监控6.xlsx"), book, 6)
    reports.monitoring_workbook(str(folder / "监控9.xlsx"), book, 9)
    reports.evaluation_workbook(str(folder / "自评.xlsx"), book)
    later = openpyxl.load_workbook(folder / "监控6.xlsx")
    sheet = later["监控-6月"]
    cell = next(one for line in sheet.iter_rows() for one in line if one.value == "1个")
    cell.value = "2个"
    later.save(folder / "监控6改.xlsx")
    with zipfile.ZipFile(folder / "监控6.xlsx") as archive:
        core = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "2023-07-05T08:00:00Z", archive.read(CORE).decode())
    rewritten(folder / "监控6.xlsx", {CORE: core})
    return folder


def items() -> dict[str, Item]:
    with Store(BOX) as store:
        return {item.said_name: item for item in view(store).items}


@pytest.mark.parametrize("name", ["监控6.xlsx", "自评.xlsx"])
def test_a_workbook_with_reports_alone_is_sent_as_it_is(name: str, run: Runner, made: Path) -> None:  # noqa: F811
    status, _, err = run("pack", made / name, "-o", "报送")
    assert status == 2
    assert "把这一本直接报送，收件照样认得" in err
    run("receive", "-o", BOX, made / name, "--year", "2023")
    assert [kind for (kind,) in rows("SELECT kind FROM received")] == [
        "monitoring-6" if name == "监控6.xlsx" else "evaluation"
    ]


def test_each_kind_is_an_item_of_its_own(run: Runner, made: Path) -> None:  # noqa: F811
    for name in ("文本.xlsx", "自评.xlsx", "监控9.xlsx", "监控6.xlsx", "监控6改.xlsx"):
        run("receive", "-o", BOX, made / name, "--year", "2023")
    kinds = [kind for (kind,) in rows("SELECT kind FROM received ORDER BY id")]
    assert kinds == ["targets", "evaluation", "monitoring-9", "monitoring-6", "monitoring-6"]
    counting = {name: [one.row.name for one in item.current] for name, item in items().items()}
    assert counting == {
        NAME: ["文本.xlsx"],
        f"{NAME}（自评）": ["自评.xlsx"],
        f"{NAME}（监控-9月）": ["监控9.xlsx"],
        f"{NAME}（监控-6月）": ["监控6改.xlsx"],
    }
    _, said, _ = run("inbox", BOX, "list")
    assert "监控-6月" in said
    assert "里没有项目" not in said
    assert "1135.76" in said
    assert "已收 1 个部门" in said
    status, _, refused = run("inbox", BOX, "approve", NAME)
    assert status != 0
    assert "监控-9月" in refused


def test_who_only_reports_has_not_handed_in_targets(run: Runner, made: Path) -> None:  # noqa: F811
    """In an inbox of reports alone the list of departments is about these."""
    expect(Path("应交.xlsx"), [NAME, "甲局"])
    run("receive", "-o", BOX, made / "监控6.xlsx", "--year", "2023", "--expect", "应交.xlsx")
    assert missing() == ["甲局"]
    mailed(Path("甲局.xlsx"), "甲局", form("道路"))
    run("receive", "-o", BOX, "甲局.xlsx", "--year", "2023")
    assert missing() == [NAME]


def missing() -> list[str]:
    with Store(BOX) as store:
        delivery = view(store).delivery
    assert delivery is not None
    return delivery.missing


@pytest.mark.parametrize(
    ("kind", "said"), [("monitoring-6", "监控-6月"), ("monitoring", "监控"), ("evaluation", "自评"), ("targets", "")]
)
def test_kinds_for_people(kind: str, said: str) -> None:
    assert said_kind(kind) == said
    assert is_report_kind(kind) is bool(said)
