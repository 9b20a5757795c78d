"""Kinds of form with what a region's profile says of them."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.builders import form
from xl_perf.core.cells.grid import Grid
from xl_perf.core.forms.kind import Known
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.labels import labels_of
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.forms.reader import read_forms
from xl_perf.core.forms.variants import FormSettings, in_own_workbooks, variant, variants

SETTINGS = FormSettings(
    words=(("budget", ("年初安排数",)), ("goals_part", ("预期成效",))),
    required=frozenset({"name", "weight", "purpose"}),
    unit="千元",
    columns=("责任单位",),
    level_points=True,
    stop_words=("评审意见",),
    month_words=(("上半年", 6),),
    plans=False,
)


def test_a_variant_differs_where_the_settings_say_so() -> None:
    own = variant(PROJECT_TARGETS, SETTINGS)
    assert (own.name, own.titles, own.unit, own.level_points) == (
        "project_targets",
        PROJECT_TARGETS.titles,
        "千元",
        True,
    )
    assert own.required == ("name", "budget", "weight"), "the total is demanded by everyone"
    assert own.demanded == {"name", "weight", "purpose", "budget"}
    assert [field.key for field in own.fields if field.required] == ["name", "budget", "purpose"]
    assert not own.demands_plan
    assert "年初安排数" in own.field("budget").aliases
    assert own.labels["extra:责任单位"] == "责任单位"
    assert own.header == PROJECT_TARGETS.header, "what is not demanded is printed none the less"
    assert PROJECT_TARGETS.required == variant(PROJECT_TARGETS, FormSettings()).required


def test_without_settings_it_is_the_kind_itself() -> None:
    assert variant(PROJECT_TARGETS, FormSettings()) is PROJECT_TARGETS
    assert variants({}) == KINDS


def test_the_same_settings_give_the_same_object() -> None:
    """Layouts are remembered by it."""
    assert variant(PROJECT_TARGETS, SETTINGS) is variant(PROJECT_TARGETS, SETTINGS._replace())


def test_labels_of_a_variant() -> None:
    own = labels_of(variants({"project_targets": SETTINGS}))
    keys = ("budget", "goals_part", "month:6", "extra:责任单位")
    assert tuple(map(own.key, ("年初安排数", "预期成效", "上半年", "责任单位"))) == keys
    assert own.key("年初安排数（元）") == "budget@元"
    assert labels_of(KINDS).key("年初安排数") is None


def test_a_wording_goes_before_that_of_another_kind() -> None:
    """What national forms call the part of the money is the budget here."""
    assert labels_of(KINDS).key("资金来源") == "money_part"
    settings = FormSettings(words=(("budget", ("资金来源",)),), month_words=(("Q1", 3),))
    own = labels_of(variants({"project_targets": settings}))
    assert (own.key("资金来源"), own.key("Q1")) == ("budget", "month:3")


def test_kinds_that_contradict_each_other_are_a_mistake_of_ours() -> None:
    wrong = replace(NATIONAL_TARGETS, known=(Known("other", "预算规模及资金用途"),))
    with pytest.raises(ValueError, match="预算规模及资金用途"):
        labels_of((PROJECT_TARGETS, wrong))


def test_variants_travel_to_other_processes() -> None:
    """They arrive with their settings: the same object in this process, an equal one in another."""
    kinds = variants({"project_targets": SETTINGS})
    assert all(one is other for one, other in zip(pickle.loads(pickle.dumps(kinds)), kinds, strict=True))
    code = (
        "import pickle, sys; kinds = pickle.load(sys.stdin.buffer); "
        "print(kinds[0].required, kinds[0].unit, kinds[0].stop_words, kinds[1].settings)"
    )
    command, environment = [sys.executable, "-c", code], {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, input=pickle.dumps(kinds), env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == "('name', 'budget', 'weight') 千元 ('评审意见',) None\n"


def test_own_workbooks_count_in_wan() -> None:
    """Whatever the region's own forms do; all else stays."""
    kinds = variants({"project_targets": SETTINGS})
    own = in_own_workbooks(kinds)
    assert own[0] is variant(PROJECT_TARGETS, SETTINGS._replace(unit=""))
    assert (own[0].unit, own[0].stop_words, own[1:]) == ("万元", ("评审意见",), kinds[1:])
    assert in_own_workbooks(KINDS) == KINDS


def test_rows_that_are_no_indicators() -> None:
    """One that begins with the word, and what stands below it without a first level; another level begins anew."""
    rows = form()
    at = len(rows) - 1
    rows[at:at] = [["评审意见（一）", "", "同意", "", "", "是", ""], ["", "", "补充说明", "", "", "是", ""]]
    kinds = variants({"project_targets": FormSettings(stop_words=("评审意见",))})
    read = [one.level3.value for one in read_forms(Grid("01", rows), kinds).projects[0].indicators]
    assert read == [one.level3.value for one in read_forms(Grid("01", form())).projects[0].indicators]
    assert len(read_forms(Grid("01", rows)).projects[0].indicators) == len(read) + 2


def test_a_plan_that_is_not_demanded() -> None:
    """Its label may be missing, and its months; where it stands it is read."""
    kinds = variants({"project_targets": FormSettings(plans=False)})
    rows = form()
    assert [point.month for point in read_forms(Grid("01", rows), kinds).projects[0].plan] == [3, 6, 10, 12]
    del rows[4:6]
    assert read_forms(Grid("01", rows), kinds).projects[0].missing == ()
    assert read_forms(Grid("01", rows)).projects[0].missing == ("plan_part", "months")
