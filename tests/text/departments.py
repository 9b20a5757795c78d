"""Departments for the tests of the text: the example, and random ones."""

from pathlib import Path

from hypothesis import strategies as st

from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.service import checking

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"

LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效果指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
# Words that no label and no section is made of, with what trips up writers and readers.
CHARACTERS = "甲乙丙丁戊aZ09 ＝=%<>&\"'，、；：（）。"
WORDS = st.text(CHARACTERS, min_size=1, max_size=14).map(lambda text: f"乾{text}坤")
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
NAMES = st.text("甲乙丙丁戊aZ、（）", min_size=1, max_size=10).map(lambda text: f"乾{text}坤")
AMOUNTS = st.one_of(
    st.just(""), st.just("————"), st.decimals("-9", 99999, places=6, allow_nan=False).map(str), st.just("八十万左右")
)
PERCENTS = st.lists(st.one_of(st.integers(0, 120).map(lambda n: f"{n}%"), st.just("")), min_size=4, max_size=4)
TARGETS = st.one_of(st.sampled_from(["=78人", "≥90%", "2023年12月底前", "是", "＝4个", "=161.93万元"]), WORDS)


def example() -> Department:
    """The example workbook's department."""
    return checking.read(EXAMPLE)


@st.composite
def indicators(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of the indicator table, by first level."""
    rows = []
    for level1, seconds in LEVELS.items():
        for _ in range(draw(st.integers(0, 3))):
            row = {"level1": level1, "level2": draw(st.sampled_from(seconds)), "level3": draw(WORDS)}
            row |= {"description": draw(st.one_of(st.just(""), WORDS)), "target": draw(TARGETS), "basis": draw(WORDS)}
            rows.append(row)
    return rows


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A form as people fill it in; amounts may be blank, a dash or words."""
    name = draw(NAMES)
    return draft.project(
        name=name,
        heading=draw(st.one_of(st.just(name), NAMES)),
        code=draw(st.sampled_from(["", "————", "130211000000012345"])),
        budget=draw(AMOUNTS),
        fiscal=draw(AMOUNTS),
        other=draw(AMOUNTS),
        purpose=draw(LINES),
        percents=draw(PERCENTS),
        goals=draw(st.lists(LINES, min_size=1, max_size=4)),
        indicators=draw(indicators()),
    )


@st.composite
def departments(draw: st.DrawFn) -> Department:
    """A department with all that a text prints."""
    pairs = st.lists(st.tuples(WORDS, st.one_of(st.just(""), WORDS)), max_size=3)
    subs = st.builds(draft.sub_goal, WORDS, LINES, pairs, st.lists(NAMES, max_size=2))
    return draft.department(
        name=draw(st.one_of(st.none(), NAMES)),
        year=draw(st.integers(2000, 2100)),
        overall_goal=draw(st.one_of(st.none(), LINES)),
        sub_goals=draw(st.lists(subs, max_size=3)),
        safeguards=draw(st.lists(st.tuples(st.one_of(st.just(""), WORDS), LINES), max_size=3)),
        projects=draw(st.lists(projects(), max_size=3)),
    )
