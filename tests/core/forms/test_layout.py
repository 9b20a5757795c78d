"""The form's boxes stand where the official form has them, for any number of goals, months and indicators."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from xl_perf import profiles
from xl_perf.core.forms.box import Role, year_line
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.layout import Layout, blank_layout, printed_layout, project_layout
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

HEBEI = profiles.load("hebei-2023")
MOF = profiles.load("mof-2021")
Row = dict[str, str | None]


def row(level1: str | None, level2: str | None, level3: str) -> Row:
    return {"level1": level1, "level2": level2, "level3": level3, "target": "=1个"}


def project(*rows: Row, goals: int = 2) -> Project:
    return draft.project(name="甲", goals=[f"做成{number}" for number in range(goals)], indicators=rows)


def shown(layout: Layout, key: str) -> list[str]:
    return [box.text for box in layout.boxes if box.key == key]


def test_official_form() -> None:
    layout = blank_layout(HEBEI)
    assert layout.area("title") == (0, 0, 0, 6)
    assert layout.area("code") == (1, 1, 1, 2)
    assert layout.area("name") == (1, 4, 1, 6)
    assert [layout.area(key) for key in ("budget", "fiscal", "other")] == [(2, 2, 2, 2), (2, 4, 2, 4), (2, 6, 2, 6)]
    assert layout.area("budget_part") == (2, 0, 3, 0)
    assert layout.area("purpose") == (3, 1, 3, 6)
    assert [layout.area("percent", item) for item in range(4)] == [
        (5, 1, 5, 1),
        (5, 2, 5, 2),
        (5, 3, 5, 4),
        (5, 5, 5, 6),
    ]
    assert layout.area("goal", 0) == (6, 2, 6, 6)
    assert layout.area("description:label") == (9, 3, 9, 4)
    assert layout.first_indicator_row == 10


def test_blank_form_has_rows_for_every_second_level() -> None:
    layout = blank_layout(HEBEI)
    assert shown(layout, "level1") == ["产出指标", "效果指标", "满意度指标"]
    assert shown(layout, "level2") == [
        *("数量指标", "数量指标", "质量指标", "质量指标", "时效指标", "成本指标"),
        *("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        *("服务对象满意度指标", ""),
    ]


@pytest.mark.parametrize("name", profiles.names())
def test_every_printed_label_is_one_that_readers_know(name: str) -> None:
    profile = profiles.load(name)
    layout = blank_layout(profile)
    known = {label_key(box.text) for box in layout.boxes if box.role is Role.LABEL and box.key != "level1"}
    assert known >= {*PROJECT_TARGETS.required, *(f"month:{month}" for month in profile.checkpoints), "goal"}
    assert None not in known


@pytest.mark.parametrize("months", range(1, 13))
@pytest.mark.parametrize("goals", [1, 2, 7])
def test_boxes_cover_the_form_without_overlap(months: int, goals: int) -> None:
    profile = replace(HEBEI, checkpoints=tuple(range(1, months + 1)))
    layout = project_layout(project(row("产出指标", "数量指标", "甲"), goals=goals), profile)
    cells = [
        (at, column)
        for box in layout.boxes
        for at in range(box.area[0], box.area[2] + 1)
        for column in range(box.area[1], box.area[3] + 1)
    ]
    assert len(cells) == len(set(cells))
    assert {at for at, _ in cells} == set(range(layout.last_row + 1))
    assert {column for _, column in cells} == set(range(layout.kind.width))


def test_project_keeps_its_order_and_each_branch_has_a_spare_row() -> None:
    layout = project_layout(
        project(
            row("产出指标", "质量指标", "乙"),
            row("产出指标", "数量指标", "甲"),
            row("满意度指标", "服务对象满意度指标", "丙"),
        ),
        HEBEI,
    )
    assert [(span.branch, span.last - span.first + 1) for span in layout.branches] == [
        ("产出", 3),
        ("效果", 1),
        ("满意度", 2),
    ]
    assert [box.item for box in layout.boxes if box.key == "level3"] == [0, 1, None, None, 2, None]
    assert shown(layout, "level2") == ["质量指标", "数量指标", "", "", "服务对象满意度指标", ""]


def test_a_level_that_the_profile_lacks_is_kept_without_spare_row() -> None:
    layout = project_layout(project(row("其他指标", "数量指标", "甲")), HEBEI)
    assert [span.branch for span in layout.branches] == ["其他", "产出", "效果", "满意度"]
    assert layout.branches[0].first == layout.branches[0].last


def test_a_blank_level_is_not_taken_from_the_row_above() -> None:
    layout = project_layout(
        project(row("产出指标", "数量指标", "甲"), row("产出指标", None, "乙"), row(None, "质量指标", "丙")), HEBEI
    )
    assert shown(layout, "level1") == ["产出指标", "产出指标", " ", "效果指标", "满意度指标"]


def test_own_checkpoints_are_kept() -> None:
    own = draft.project(name="甲")
    own = replace(own, plan=draft.plan(["50%", "100%"], (7, 12)))
    assert project_layout(own, HEBEI).months == (7, 12)
    assert project_layout(draft.project(name="甲"), HEBEI).months == HEBEI.checkpoints


def test_filled_pairs_boxes_with_entries() -> None:
    made = draft.project(name="甲", budget="3", percents=["0%", "1%", "2%", "100%"], goals=["好"])
    layout = project_layout(made, HEBEI)
    said = {(box.key, box.item): entry.text for box, entry in layout.filled(made) if entry is not None}
    assert said["name", None] == "甲"
    assert said["budget", None] == "3"
    assert [said["percent", item] for item in range(4)] == ["0%", "1%", "2%", "100%"]
    assert said["goal", 0] == "好"
    assert ("goal", 1) not in said
    of_reports = {Value.ACTUAL, Value.SCORE, Value.RATE, Value.TICK, Value.CHOICE}
    found = {box.value for box, _ in layout.filled(made) if box.role is Role.INPUT}
    assert found == set(Value) - {Value.WEIGHT} - of_reports


# --- the ministry's form ----------------------------------------------------------------------------------------------


def national(**more: Any) -> Project:
    return draft.project(kind=NATIONAL_TARGETS, **({"name": "甲", "budget": "3", "goals": ["好"]} | more))


def test_the_ministrys_form() -> None:
    layout = blank_layout(MOF, NATIONAL_TARGETS)
    assert (layout.months, layout.goals, layout.head) == ((), 1, 2)
    assert layout.area("year_line") == (1, 0, 1, 5)
    assert [layout.area(key) for key in ("name", "department_code", "unit_name")] == [
        *((2, 1, 2, 5), (3, 1, 3, 2), (3, 4, 3, 5))
    ]
    assert [layout.area(field.key) for field in layout.fields if field.money] == [
        (row, 3, row, 3) for row in range(4, 8)
    ]
    assert [layout.area(f"money_part:rest:{column}") for column in (4, 5)] == [(4, 4, 7, 4), (4, 5, 7, 5)]
    assert layout.area("money_part") == (4, 0, 7, 0)
    assert (layout.area("goals_part"), layout.area("goal", 0)) == ((8, 0, 8, 0), (8, 1, 8, 5))
    assert layout.area("indicators_part") == (9, 0, layout.last_row, 0)
    assert [layout.area(f"{key}:label")[1] for key in ("level1", "level2", "level3", "target", "weight")] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_without_weights_there_are_no_points_beside_the_amounts() -> None:
    """The inputs fill the rows."""
    layout = blank_layout(HEBEI, NATIONAL_TARGETS)
    assert layout.area("budget") == (4, 3, 4, 5)
    assert not [box.key for box in layout.boxes if ":rest:" in box.key]
    assert layout.area("target:label") == (9, 4, 9, 5)


@pytest.mark.parametrize(("total", "points"), [("90", "10"), ("87.5", "12.5"), ("100", None)])
def test_the_points_are_what_the_weights_leave(total: str, points: str | None) -> None:
    assert MOF.weights is not None
    profile = replace(MOF, weights=replace(MOF.weights, total=Decimal(total)))
    layout = blank_layout(profile, NATIONAL_TARGETS)
    said = [box.text for box in layout.boxes if ":rest:" in box.key]
    assert said == ([] if points is None else [f"执行率分值\n（{points}）", points])
    assert all(box.role is Role.LABEL for box in layout.boxes if ":rest:" in box.key)


@pytest.mark.parametrize("goals", [1, 2, 7])
@pytest.mark.parametrize("profile", [HEBEI, MOF], ids=["hebei", "mof"])
def test_the_ministrys_boxes_cover_the_form_without_overlap(profile: Profile, goals: int) -> None:
    layout = project_layout(national(goals=["好"] * goals, unit_money="1"), profile)
    cells = [
        (at, column)
        for box in layout.boxes
        for at in range(box.area[0], box.area[2] + 1)
        for column in range(box.area[1], box.area[3] + 1)
    ]
    assert sorted(cells) == [(row, column) for row in range(layout.last_row + 1) for column in range(6)]


def test_sources_that_few_have_are_printed_for_those() -> None:
    assert [field.key for field in project_layout(national(), MOF).sources] == ["fiscal", "carried_over", "other"]
    assert [field.key for field in printed_layout(national(local_money="0", unit_money=""), MOF).sources] == [
        *("fiscal", "carried_over", "local_money", "other")
    ]


def test_the_line_with_the_year() -> None:
    assert (year_line(2023), year_line(None)) == ("（2023年度）", "（    年度）")
