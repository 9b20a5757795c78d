"""The queries of docs/查询.md, in SQLite and DuckDB: what they answer is worked out from the JSON."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import pytest

from tests.builders import indicator
from tests.command_line import EXAMPLE, ROOT, Runner, project, run, write
from xl_perf.core.checking.rules import BY_CODE

__all__ = ["run"]  # the fixture

_PAGE: Final = (ROOT / "docs" / "查询.md").read_text("utf-8")
QUERIES: Final = dict(re.findall(r"^## \d+ ([^\n]+)$.*?^```sql\n(.*?)^```", _PAGE, re.DOTALL | re.MULTILINE))
LABELS: Final = {"error": "错误", "warning": "警告", "hint": "提示"}
Answer = list[tuple[Any, ...]]
Book = dict[str, Any]


class Given(NamedTuple):
    """Where the workbooks are; what `check --json --details` says of them."""

    inputs: list[str]
    document: dict[str, Any]

    @property
    def books(self) -> list[Book]:
        """Those that count."""
        return [one for one in self.document["books"] if one["counted"] is True and one["error"] is None]

    @property
    def projects(self) -> Iterator[tuple[str, Book]]:
        """With the names of their departments."""
        yield from ((book["department"], one) for book in self.books for one in book["projects"])


def inbox(folder: Path) -> list[str]:
    """Beside the example three departments, a copy, and a file that is broken."""
    folder.mkdir()
    weak = [indicator(), indicator("效果指标", "社会效益指标", target="是")]
    slow = {"percents": [0.1, 0.3, 0.6, 1.0]}
    late = {"percents": [0.0, 0.49, 0.9, 1.0], "fiscal": "4", "other": "6"}
    write(folder / "甲.xlsx", project("甲一", **slow), project("甲二", **late), name="甲办事处")
    write(folder / "乙.xlsx", project("乙一", indicators=weak), project("乙二", budget="20", fiscal="19"), name="乙局")
    write(folder / "丙.xlsx", project("丙一", budget="33.333333"), project("丙二", budget="约十万"), name="丙中心")
    (folder / "乙 副本.xlsx").write_bytes((folder / "乙.xlsx").read_bytes())
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "示例.xlsx").write_bytes(EXAMPLE.read_bytes())
    return [str(folder)]


@pytest.fixture(params=["example", "inbox"])
def given(request: pytest.FixtureRequest, run: Runner, tmp_path: Path) -> Given:
    """Exported to 数据.sqlite and 数据.duckdb in the folder that one is in."""
    inputs = [str(EXAMPLE)] if request.param == "example" else inbox(tmp_path / "收件")
    document = json.loads(run("check", *inputs, "--json", "--details")[1])
    for out in ("数据.sqlite", "数据.duckdb"):
        run("export", *inputs, "-o", out)
    return Given(inputs, document)


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))


def share(part: Decimal | int, whole: Decimal | int) -> float:
    return float(100 * part / whole)


# --- what they answer, by the headings of the page -------------------------------------------------------------------


def by_department(given: Given) -> Answer:
    own: dict[str, list[Book]] = defaultdict(list)
    for name, one in given.projects:
        own[name].append(one)
    rows = [
        (name, len(some), *(total(amount(one[key]) for one in some) for key in ("budget", "fiscal")))
        for name, some in own.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def sources(given: Given) -> Answer:
    """The forms here have 财政资金 and 其他资金."""
    sums = {name: total(amount(one["sources"][name]) for _, one in given.projects) for name in ("财政资金", "其他资金")}
    whole = total(sums.values())
    rows = [(name, name, money, share(money, whole)) for name, money in sums.items() if money]
    return sorted(rows, key=lambda row: -row[2])


def without_satisfaction(given: Given) -> Answer:
    return [
        (name, one["name"], amount(one["budget"]))
        for name, one in given.projects
        if not any("满意度" in f"{row['level1']}{row['level2']}" for row in one["indicator_list"])
    ]


def slow(given: Given) -> Answer:
    rows = []
    for name, one in given.projects:
        percent, budget = amount(one["plan"]["6"]), amount(one["budget"])
        if percent is not None and percent < 50:
            rows.append((name, one["name"], percent, None if budget is None else budget * percent / 100))
    return sorted(rows, key=lambda row: row[2])


def months(given: Given) -> Answer:
    rows = []
    planning = [one for _, one in given.projects]
    budget = total(amount(one["budget"]) for one in planning)
    for month, money in given.document["totals"]["planned"].items():
        rows.append((int(month), len(planning), Decimal(money), share(Decimal(money), budget)))
    return rows


def frequent(given: Given) -> Answer:
    seen: Counter[tuple[str, str]] = Counter()
    files: dict[tuple[str, str], set[str]] = defaultdict(set)
    for book in given.books:
        for one in book["findings"]:
            seen[one["code"], LABELS[one["severity"]]] += 1
            files[one["code"], LABELS[one["severity"]]].add(book["path"])
    rows = [(*key, BY_CODE[key[0]].title, number, len(files[key])) for key, number in seen.items()]
    return sorted(rows, key=lambda row: (-row[3], row[0]))[:10]


def with_errors(given: Given) -> Answer:
    rows = []
    for book in given.books:
        counts = Counter(one["severity"] for one in book["findings"])
        money = total(amount(one["budget"]) for one in book["projects"])
        rows.append((book["department"], book["year"], 1, counts["error"], counts["warning"], money))
    return sorted((row for row in rows if row[3]), key=lambda row: (-row[3], row[0]))


def left_out(given: Given) -> Answer:
    """Without what to do, which the JSON has of some only."""
    rows: Answer = []
    for book in given.document["books"]:
        money = total(amount(one["budget"]) for one in book["projects"])
        if book["error"]:
            rows.append(("没有读入", book["path"], None))
        elif book["counted"] is not True:
            rows.append(("不计入", book["path"], money, book["counted"]["reason"], book["counted"]["instead"]))
    return sorted(rows)


def largest(given: Given) -> Answer:
    whole = total(amount(one["budget"]) for _, one in given.projects)
    rows = [(name, one["name"], Decimal(one["budget"])) for name, one in given.projects if one["budget"]]
    return [(*row, share(row[2], whole)) for row in sorted(rows, key=lambda row: -row[2])[:10]]


def quantified(given: Given) -> Answer:
    own: dict[str, list[bool]] = defaultdict(list)
    for name, one in given.projects:
        own[name] += [row["low"] is not None or row["high"] is not None for row in one["indicator_list"]]
    return sorted((name, len(some), sum(some), share(sum(some), len(some))) for name, some in own.items())


ANSWERS: Final[dict[str, Callable[[Given], Answer]]] = {
    "各部门的项目数和预算": by_department,
    "钱从哪里来": sources,
    "没有满意度指标的项目": without_satisfaction,
    "到 6 月底计划支出不到一半的项目": slow,
    "到各月底一共计划支出多少": months,
    "最常见的问题": frequent,
    "有错误、要退回去改的部门": with_errors,
    "没有计入、没有读入的文件": left_out,
    "预算最大的十个项目": largest,
    "各部门的定量指标占多少": quantified,
}


def test_the_queries(given: Given) -> None:
    """Both programs answer the same, and right; in the inbox none of the answers is empty."""
    assert list(QUERIES) == list(ANSWERS)
    for heading, query in QUERIES.items():
        expected = ANSWERS[heading](given)
        assert expected or given.inputs == [str(EXAMPLE)], heading
        for answer in (of_sqlite(query), of_duckdb(query)):
            assert [len(row) for row in answer] == [len(answer[0])] * len(expected) if answer else not expected, heading
            for row, right in zip(answer, expected, strict=True):
                assert all(map(same, row, right)), (heading, row, right)


def same(found: Any, right: Any) -> bool:
    """Amounts are right to half a 分; shares are rounded."""
    if isinstance(right, float):
        return abs(float(found) - right) <= 0.051
    if isinstance(right, Decimal):
        return found is not None and abs(Decimal(str(found)) - right) <= Decimal("0.0000005")
    return bool(found == right)


def of_sqlite(query: str) -> Answer:
    with sqlite3.connect("数据.sqlite") as database:
        rows = database.execute(query).fetchall()
    database.close()
    return rows


def of_duckdb(query: str) -> Answer:
    with duckdb.connect("数据.duckdb", read_only=True) as database:
        return database.execute(query).fetchall()
