"""What sheets say of the whole book: the year, the department that hands it in, the unit of all its tables."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import CellLine, Grid, Scalar, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.organisations import organisation, without_stamp
from xl_perf.core.cells.units import stated_units
from xl_perf.core.cells.values import is_blank, is_placeholder
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.titles import is_title, year_folded
from xl_perf.core.model.progress import Report
from xl_perf.core.model.project import Project

_TITLE_ROWS: Final = 6
_YEAR: Final = r"(?:19|20|21)\d{2}"
# Few books need them: they are compiled when one does.
_IN_TITLE: Final = rf".*?({_YEAR})年.*(?:绩效文本|绩效目标|目标表|申报表|汇总表|预算表)(?:批复|情况|一览|明细|汇总)?表?"
_IN_LIST_TITLE: Final = (
    rf"(?:附[件表]\d*:)?[^,;:。《]*?({_YEAR})年[^,;:。《]*(?:项目|绩效|预算|支出|资金)[^,;:。《]*"
    r"(?:清单|台账|一览|目录|汇总|表|书)(?:[(].*[)])?"
)
_LONGEST_TITLE: Final = 60
_OF_OUTTURN: Final = r".*(?:决算|执行|自评|评价|监控)"
"""What a title says that is no budget's."""
_BEHIND_TITLE: Final = rf".*(?:目标表|申报表|批复表|一览表|清单)[(]({_YEAR})年度?.*[)]"
_ALONE: Final = rf"[(]?({_YEAR})年度?[)]?(?:(?:金额|货币)?单位:.{{1,6}})?"
_NAMED: Final = rf"(?:预算|申报|填报)?年度:({_YEAR})年?度?|.+?({_YEAR})年度"
_BEFORE_TITLE: Final = rf"({_YEAR})年度?(?:部门)?(?:预算)?(?:项目)?(?:支出)?绩效目标(?:申报)?表"
_OWN_LINE: Final = rf"(?:预算|申报|填报)?年度:({_YEAR})年?度?"
_MOST_YEARS: Final = 20
"""Cells of one line with a year; a line with more is none that states one, and is not looked at cell by cell."""
_IN_LABEL: Final = rf"({_YEAR})年度?.+"
_LABEL_ROWS: Final = 30
BELOW_TITLE: Final = 3
"""Rows from a title on in which the line with the year stands."""
_DEPARTMENTS: Final = ("department_code", "department", "unit_name")
"""Fields that name it, the likeliest first."""
_CODE: Final = r"(?:[\[【(（]\d+[\]】)）]|\d{3,}[-—_、.]?)\s*|\s*[\[【(（]\d+[\]】)）]$"
_NAMING: Final = frozenset(
    {
        *("预算单位", "填报单位", "编制单位", "申报单位", "单位名称", "部门名称", "部门单位名称", "部门(单位)名称"),
        *("预算部门", "填报部门", "预算单位名称", "填报单位名称", "部门(单位)", "申报部门", "预算部门名称"),
    }
)
"""Labels of cells that name the department, whatever the kind of form."""
_IS_OTHER_LABEL: Final = (
    r".*(?:年度|年份|联系人|联系方式|电话|传真|邮箱|地址|日期|时间|"
    r"负责人|填报人|填表人|经办人|审核人|编码|代码|金额单位)[:：]?"
)
"""What stands beside a label whose own cell is blank: the next label."""
_LINE: Final = r"(?:(?:填报|申报|编制|预算)?(?:单位|部门)|报送(?:单位|部门|科室|处室))(?:名称)?(?:[(]盖章[)])?"
"""What stands before the colon of a line that names the department."""
_LENGTHS: Final = range(3, 41)
"""Characters of a department's name in a line."""
_ALL_TABLES: Final = re.compile(
    r"各(?:[张个类]|项目)?(?:报|附)?表|(?:所有|全部|每张|每个|以[上下]|本套)(?:的)?(?:报|附|项目)?表|全册"
    r"|本(?:工作簿|表册|套表|册|簿|文件)"
)
"""Words by which a sentence is about the tables of the whole book."""
_CODED: Final = r"\d{6,}[-—_\s]*([^\d\s:：]{4,40})"


def year_in_titles(grids: Sequence[Grid]) -> int | None:
    """The year in title lines among the first rows (2023年预算绩效文本, （2023年度）, 2023年项目清单), else in labels.

    A label such as 2021年金额 is asked only where no title names a year: it may have been left from another year.
    Where sheets name different years, the one that most name, or the first.
    """
    for find in (_year_in_title, _year_in_labels):
        years = Counter(year for grid in grids if (year := find(grid)) is not None)
        if years:
            return max(years, key=years.__getitem__)
    return None


def _year_in_title(grid: Grid) -> int | None:
    """Among the first rows; else near the title of a form that begins further below."""
    return year_among(grid.rows[:_TITLE_ROWS]) or next(
        (
            year
            for row, cells in enumerate(grid.rows[_TITLE_ROWS:_LABEL_ROWS], _TITLE_ROWS)
            if any(isinstance(typed, str) and is_title(typed) for typed in cells)
            and (year := year_among(grid.rows[row : row + BELOW_TITLE]))
        ),
        None,
    )


def year_of_form(cells: CellLine, title: int, sheet: str) -> Entry[int] | None:
    """The year in the form's title line, or in the line below it that says nothing else; ``title`` is its row."""
    width = cells.width
    for row in range(title, title + BELOW_TITLE):
        line = cells.line[row * width : (row + 1) * width]
        texts = [(column, typed) for column, typed in enumerate(line) if isinstance(typed, str) and "年" in typed]
        for column, typed in texts if len(texts) <= _MOST_YEARS else ():
            seen = year_folded(typed)
            ways = (re.fullmatch(one, seen) for one in (_BEHIND_TITLE, _BEFORE_TITLE, _OWN_LINE))
            found = next(filter(None, ways), None)
            if found is None and (found := re.fullmatch(_ALONE, seen)) is not None:
                filled = [one for one in line if not is_blank(one)]
                found = found if _are_copies(filled) else None
            if found is not None:
                return Entry(int(found[1]), Status.FILLED, typed, sheet, row, column)
    return None


def year_among(rows: Sequence[Sequence[Scalar]]) -> int | None:
    """The year that lines name as a title of ours does; else a line about it alone, else a title alone in its row."""
    alone: int | None = None
    titled: int | None = None
    for cells in rows:
        filled = [typed for typed in cells if not is_blank(typed)]
        for typed in filled:
            if not isinstance(typed, str) or "年" not in typed:
                continue
            seen = year_folded(typed)
            match = re.fullmatch(_IN_TITLE, seen) or re.fullmatch(_BEHIND_TITLE, seen)
            if match is not None:
                return int(match[1])
            match = re.fullmatch(_NAMED, seen) or (re.fullmatch(_ALONE, seen) if _are_copies(filled) else None)
            if alone is None and match is not None:
                alone = int(next(filter(None, match.groups())))
            if titled is None and match is None and _are_copies(filled):
                titled = _year_of_list(seen)
    return alone or titled


def _year_of_list(title: str) -> int | None:
    """2025 of 2025年部门项目清单; None of a title that names several years, and of one of what was spent."""
    match = re.fullmatch(_IN_LIST_TITLE, title) if len(title) <= _LONGEST_TITLE else None
    if match is None or re.match(_OF_OUTTURN, title) or len({*re.findall(_YEAR, title)}) > 1:
        return None
    return int(match[1])


def _are_copies(filled: Sequence[Scalar]) -> bool:
    """One text has the row for itself, or shares it with the unit; a lost merge may have been filled."""
    return all(typed == filled[0] or (isinstance(typed, str) and stated_units(typed)) for typed in filled)


def _year_in_labels(grid: Grid) -> int | None:
    """None where labels name several: of 2025年预算数 | 2026年预算数 one heads another year's amounts."""
    found = {
        match[1]
        for typed in _texts(grid, _LABEL_ROWS)
        if typed[:1].isdecimal()
        and "年" in typed
        and (match := re.fullmatch(_IN_LABEL, folded(typed)))
        and label_key(typed)
    }
    return int(found.pop()) if len(found) == 1 else None


def _texts(grid: Grid, rows: int) -> Iterator[str]:
    return (typed for cells in grid.rows[:rows] for typed in cells if isinstance(typed, str))


def department_in_forms(grids: Sequence[Grid], projects: Iterable[Project | Report]) -> str | None:
    """The department as the forms name it, without its code; where they differ, the one that most name, or the first.

    Forms without such a field may have a line above them: 填报单位：某局, 318001某局.
    """
    projects = list(projects)
    in_line = _in_lines(grids)
    if in_line and all(project.kind.shape is Shape.LIST for project in projects):
        return in_line
    named = _named_by(projects)
    if _are_units(named):
        return _named_beside(grids) or _most(named)
    return _most(named) if named else _named_beside(grids)


def units_note(grids: Sequence[Grid], projects: Iterable[Project | Report]) -> str:
    """That a book without a department is called by one of its units, in Chinese; empty where it is not so."""
    named = _named_by(projects)
    if not _are_units(named) or _named_beside(grids):
        return ""
    names = dict.fromkeys(name for _, name in named)
    return f"表上没有写主管部门，实施单位有 {len(names)} 个（{'、'.join(names)}），部门名称按“{_most(named)}”"


_Named = Counter[tuple[str, str]]
"""How many projects name the department so: key of the field, and the name."""


def _named_by(projects: Iterable[Project | Report]) -> _Named:
    named: _Named = Counter()
    for project in projects:
        found = ((key, _without_code(project.value(key).value)) for key in _DEPARTMENTS if key in project.kind.place)
        key, name = next((one for one in found if one[1]), ("", None))
        if name:
            named[key, name] += 1
    return named


def _are_units(named: _Named) -> bool:
    """Only units are named that carry projects out, several of them: none of them is the department."""
    return len({name for _, name in named}) > 1 and all(key == "unit_name" for key, _ in named)


def _most(named: _Named) -> str:
    counted: Counter[str] = Counter()
    for (_, name), number in named.items():
        counted[name] += number
    return max(counted, key=counted.__getitem__)


def _in_lines(grids: Sequence[Grid]) -> str | None:
    return next((name for grid in grids for typed in _texts(grid, _TITLE_ROWS) if (name := _in_line(typed))), None)


def _named_beside(grids: Sequence[Grid]) -> str | None:
    """As a line above the form names it, or a cell beside such a label."""
    return _in_lines(grids) or next((name for grid in grids if (name := _in_cells(grid))), None)


def _in_cells(grid: Grid) -> str | None:
    """What stands right of the first 预算单位, 填报单位 …."""
    for cells in grid.rows[:_LABEL_ROWS]:
        filled = [typed for typed in cells if not is_blank(typed)]
        for label, value in pairwise(filled):
            if isinstance(label, str) and isinstance(value, str) and bare(label).text in _NAMING:
                text = bare(value).text
                return (
                    None
                    if text in _NAMING or re.fullmatch(_IS_OTHER_LABEL, text) or label_key(value)
                    else _without_code(value)
                )
    return None


def _without_code(text: str | None) -> str | None:
    if not text or is_placeholder(text):
        return None
    return organisation(re.sub(_CODE, "", text.strip(), count=1)) or None


def _in_line(text: str) -> str | None:
    label, colon, rest = text.replace("：", ":").partition(":")
    if colon and len(label) <= _LENGTHS.stop and re.fullmatch(_LINE, folded(label)):
        name = organisation(rest)
        return name if len(folded(name)) in _LENGTHS else None
    coded = re.match(_CODED, text.strip())
    return without_stamp(coded[1]) if coded else None


def units_of_all(grids: Iterable[Grid]) -> Iterator[tuple[str, str]]:
    """Sentences that state the unit of all tables of the book, each with where it stands: 各表金额单位均为元."""
    for grid in grids:
        for row, cells in enumerate(grid.rows):
            # Every text with a unit of money has this character, and few rows have one.
            if "元" in "".join([typed for typed in cells if typed.__class__ is str]):
                for column, typed in enumerate(cells):
                    if isinstance(typed, str) and "元" in typed and _ALL_TABLES.search(typed) and stated_units(typed):
                        yield f"工作表“{grid.sheet}”{a1(row, column)}", typed
