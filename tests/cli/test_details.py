"""``check --json --details``: goals and indicators of every project, whatever kind of form it stands on."""

import json
from pathlib import Path

import openpyxl

from tests.builders import Rows, form, indicator, national_form
from tests.command_line import Runner, run

__all__ = ["run"]  # the fixture


def write(path: Path, *sheets: Rows) -> None:
    made = openpyxl.Workbook()
    del made["Sheet"]
    for at, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"{at:02}")
        for row in rows:
            sheet.append([None] * len(row))
        for at_row, row in enumerate(rows, 1):
            for at_column, typed in enumerate(row, 1):
                cell = sheet.cell(at_row, at_column, typed)
                cell.data_type = "s" if isinstance(typed, str) else cell.data_type
    made.save(path)


def test_goals_and_indicators(run: Runner, tmp_path: Path) -> None:
    rows = form(
        goals=["养护道路", None],
        indicators=[
            indicator(level3="★养护里程 ", description="里程", target="≥78公里", basis="合同约定"),
            indicator("满意度指标", "服务对象满意度指标", level3="群众满意度", target="90%-95%", description=None),
        ],
    )
    write(tmp_path / "书.xlsx", rows, national_form())
    status, out, _ = run("check", "书.xlsx", "--json", "--details")
    hebei, national = json.loads(out)["books"][0]["projects"]
    assert status in {0, 1}
    assert hebei["goals"] == ["养护道路"]
    assert hebei["indicator_list"][0] == {
        "level1": "产出",
        "level2": "数量",
        "level3": "★养护里程",
        "description": "里程",
        "target": "≥78公里",
        "operator": "≥",
        "low": "78",
        "high": None,
        "unit": "公里",
        "weight": None,
        "basis": "合同约定",
        "cell": "C10",
    }
    second = hebei["indicator_list"][1]
    assert [second[key] for key in ("level1", "low", "high", "unit", "description")] == [
        "满意度",
        "90",
        "95",
        "%",
        None,
    ]
    assert [one["weight"] for one in national["indicator_list"]] == ["30", "20", "30", "10"]
    assert national["goals"] == ["养护村级道路，方便群众出行。"]
    without = json.loads(run("check", "书.xlsx", "--json")[1])["books"][0]["projects"]
    assert [{**one, "goals": None, "indicator_list": None}.keys() == hebei.keys() for one in without] == [True, True]
    assert "goals" not in without[0]


def test_details_without_json(run: Runner, tmp_path: Path) -> None:
    write(tmp_path / "书.xlsx", form())
    status, out, err = run("check", "书.xlsx", "--details")
    assert (status, out) == (2, "")
    assert "--details 只与 --json 一起用" in err


def test_the_same_with_several_workers(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    for at in range(6):
        write(tmp_path / "收件" / f"{at}.xlsx", form(name=f"项目{at}"), national_form(name=f"国{at}"))
    one, three = (run("check", "收件", "--json", "--details", "--workers", n)[1] for n in ("1", "3"))
    assert one == three
    assert one.count('"indicator_list"') == 12
