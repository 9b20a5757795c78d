"""Learning a form from its labels, whatever wordings, order and places an office has."""

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.guide_form import Guide, read_guide
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.forms.guide_table import marked_cells, table_head, table_rows
from xl_perf.core.forms.learned import alone
from xl_perf.core.forms.learning import Learning, learn
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.reading import read_department

_SOURCES = tuple(field for field in NATIONAL_TARGETS.sources if field.key != "fiscal")
_LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)


class Form(NamedTuple):
    """A form of the ministry's shape in an office's own words: labels by key, where its amounts and columns stand."""

    labels: dict[str, str]
    sources: tuple[str, ...]
    columns: tuple[str, ...]
    left: int
    unit_in_label: bool


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any wording of a field that shipped forms use; some sources; with or without weights; moved to the right."""
    fields = {field.key: (field.label, *field.aliases) for field in NATIONAL_TARGETS.fields}
    parts = {
        part.key: (part.label.removesuffix("（万元）"), *part.aliases) for part in NATIONAL_TARGETS.parts if part.label
    }
    columns = {column.key: (column.label, *column.aliases) for column in NATIONAL_TARGETS.columns}
    labels = {key: draw(st.sampled_from(words)) for key, words in (fields | parts | columns).items()}
    sources = draw(st.lists(st.sampled_from([field.key for field in _SOURCES]), unique=True, max_size=3))
    header = ["level1", "level2", "level3", "target", *draw(st.sampled_from([(), ("weight",)]))]
    return Form(labels, ("fiscal", *sources), tuple(header), draw(st.integers(0, 2)), draw(st.booleans()))


def laid_out(form: Form, values: Sequence[Scalar] = (), amounts: Sequence[Scalar] = ()) -> Grid:
    """The form, blank, or with a name, a goal, amounts and an indicator in each row."""
    name, goal, third, target = values or (None,) * 4
    money = amounts or (None,) * (1 + len(form.sources))
    unit = "（万元）" if form.unit_in_label else ""
    rows: list[list[Scalar]] = [["项目支出绩效目标表"], ["" if unit else "单位：万元"]]
    rows.append([form.labels["name"], name, None, form.labels["unit_name"], "某单位" if values else None])
    for at, (key, amount) in enumerate(zip(("budget", *form.sources), money, strict=True)):
        rows.append([f"{form.labels['money_part']}{unit}" if not at else None, form.labels[key], None, amount])
    rows.append([form.labels["goals_part"], goal])
    rows.append([form.labels["indicators_part"], *(form.labels[key] for key in form.columns)])
    for first, second in _LEVELS:
        rows.append([None, first, second, third, target, *([10] if values and "weight" in form.columns else [])])
    top = 3 + len(money)
    merges: list[Area] = [(0, 0, 0, 5), (3, 0, 2 + len(money), 0), (top, 1, top, 5), (top + 1, 0, top + 5, 0)]
    merges += [(row, 1, row, 2) for row in range(3, top)] + [(2, 1, 2, 2), (top + 2, 1, top + 3, 1)]
    moved = [(top, left + form.left, bottom, right + form.left) for top, left, bottom, right in merges]
    return Grid("表", [[None] * form.left + cells for cells in rows], moved)


def guide_of(grid: Grid, learned: Learning) -> Guide:
    """The 样表 as it is read from the file that is written."""
    width = max(map(len, grid.rows)) + 1
    rows = [[*cells, *[None] * (width - len(cells))] for cells in grid.rows]
    for (row, column), mark in marked_cells(grid, learned).items():
        rows[row][column] = mark
    table = [*map(list, table_head(learned, grid.sheet)), list(HEADINGS), *map(list, table_rows(learned))]
    return read_guide([grid._replace(rows=rows), Grid(GUIDE_SHEET, table)], "样表")


@settings(max_examples=60, deadline=None)
@given(forms())
def test_any_wording_is_learned_and_read(form: Form) -> None:
    """Every label is known for what it is; the filled form is read by the 样表 alone; what it says is as learned."""
    blank = laid_out(form)
    learned = learn(blank, "样表")
    assert learned.fault == ""
    assert {one.certainty for one in learned.proposals} == {Certainty.SURE}
    guide = guide_of(blank, learned)
    assert guide.faults == ()
    assert guide.form == learned.form
    amounts = [100 + number for number in range(1 + len(form.sources))]
    filled = laid_out(form, ("某项目", "完成任务。", "完成数量", "≥12次"), amounts)
    (project,) = read_department(Book("某.xlsx", [filled]), alone(guide.form)).projects
    read = [project.value(key).value for key in ("name", "budget", *form.sources)]
    assert read == ["某项目", *amounts]
    assert [goal.value for goal in project.goals] == ["完成任务。"]
    assert [(one.level1.text, one.level3.value, one.target.text) for one in project.indicators] == [
        (first, "完成数量", "≥12次") for first, _ in _LEVELS
    ]
    assert learn(filled, "样表").form == learned.form


@settings(max_examples=30, deadline=None)
@given(forms(), st.text(alphabet="某甲乙丙丁戊己庚辛", min_size=3, max_size=6))
def test_an_unknown_amount_is_asked(form: Form, strange: str) -> None:
    """A label in the rows of the amounts that is like none stops the 样表 until somebody says what it is."""
    odd = form._replace(labels=form.labels | {"fiscal": strange})
    blank = laid_out(odd)
    guide = guide_of(blank, learn(blank, "样表"))
    assert any(f"“{strange}”还没有核对" in one.said for one in guide.faults)
