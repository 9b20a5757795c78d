"""The cells under the chart of budgets follow the list: the largest by name, the rest as one."""

from pathlib import Path

from tests.live.conftest import Open, new_book
from tests.live.desk import Desk
from tests.live.programs import only_libreoffice
from xl_perf.core.making import draft
from xl_perf.core.workbook.sheets import SUMMARY_SHEET
from xl_perf.sheets.lists import CHARTS_ROW
from xl_perf.written.summary_charts import MOST_BARS

BUDGETS = (5, 20, 7, 20, 3, 11, 2, 13, 1, 17)


@only_libreoffice
def test_the_largest_by_name_and_the_rest_as_one(opened: Open, tmp_path: Path) -> None:
    projects = [
        draft.project(name=f"项目{number}", budget=budget, fiscal=budget) for number, budget in enumerate(BUDGETS, 1)
    ]
    desk = opened(new_book(draft.department(name="甲局", year=2026, projects=projects), tmp_path))
    stored = _bars(desk)
    desk.book.impl.api.calculateAll()
    assert _bars(desk) == stored
    names = ["项目2", "项目4", "项目10", "项目8", "项目6", "项目3", "项目1", "其余 3 个"]
    assert stored == list(zip(names, [20, 20, 17, 13, 11, 7, 5, 6], strict=True))
    desk["09", "C3"].value = 30.5
    desk["09", "E2"].value = "一个名称超过十四个字的项目，写不下"
    desk.press("consolidate")
    assert _bars(desk)[0] == ("一个名称超过十四个字的项目…", 30.5)
    assert _bars(desk)[-1] == ("其余 3 个", 10)


@only_libreoffice
def test_with_few_projects_the_other_bars_are_blank(blank: Desk) -> None:
    blank["01", "C3"].value = 12
    blank["01", "E2"].value = "修路"
    blank.press("consolidate")
    assert _bars(blank) == [("修路", 12), *[("", 0)] * MOST_BARS]


def _bars(desk: Desk) -> list[tuple[str, float]]:
    cells = desk[SUMMARY_SHEET, f"A{CHARTS_ROW + 1}:Z{CHARTS_ROW + 1 + MOST_BARS}"].value
    column = next(at for at, value in enumerate(cells[0]) if value is not None)
    return [(row[column] or "", row[column + 1]) for row in cells]
