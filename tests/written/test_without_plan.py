"""Departments whose forms plan no spending: nothing stands where others have amounts."""

from pathlib import Path

import openpyxl

from tests.builders import cover, national_form
from tests.command_line import Runner, project, run, write

__all__ = ["run"]  # the fixture


def test_a_department_without_a_plan_has_blanks(run: Runner, tmp_path: Path) -> None:
    """Of the ministry's form, which has no plan, beside one that has."""
    write(tmp_path / "甲.xlsx", project("甲一", code="11"), name="甲局")
    book = openpyxl.Workbook()
    for name, rows in (("首页", cover()), ("01", national_form())):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "乙.xlsx")
    out = run("consolidate", "甲.xlsx", "乙.xlsx", "-o", "汇总.xlsx")[1]
    sheet = openpyxl.load_workbook("汇总.xlsx").worksheets[0]
    table = [*sheet.iter_rows(values_only=True)]
    head = next(row for row in table if "部门" in row and "12月底" in "".join(map(str, row)))
    at = next(at for at, heading in enumerate(head) if str(heading).startswith("12月底"))
    last = {str(row[1]): row[at] for row in table}
    names = [name for name in last if name.endswith(("局", "办事处"))]
    blanks = [name for name in names if last[name] is None]
    assert (len(names), blanks) == (2, [name for name in names if name != "甲局"])
    (line,) = [one for one in out.splitlines() if one.startswith(blanks[0])]
    (other,) = [one for one in out.splitlines() if one.startswith("甲局")]
    assert len(line.split()) == len(other.split()) - 4
