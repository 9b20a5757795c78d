"""What a profile says about forms: every key is read, every mistake is one sentence that names file and key."""

from decimal import Decimal
from pathlib import Path

import pytest

from xl_perf import profiles
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.profile import Profile, ProfileError

OFFERED = "可用的有：project_targets（项目绩效目标表）、national_targets（项目支出绩效目标表）、target_list"


def own(folder: Path, text: str, base: str = "hebei-2023") -> Profile:
    """A department's own profile."""
    path = folder / "本地.toml"
    path.write_text(f'base = "{base}"\n{text}\n', "utf-8")
    return profiles.load(str(path))


def test_shipped_profiles_name_their_forms() -> None:
    """They say nothing about the kinds themselves."""
    assert {name: profiles.load(name).forms for name in profiles.names()} == {
        "hebei-2023": ("project_targets",),
        "mof-2021": ("national_targets", "target_list"),
    }
    assert all(profiles.load(name).kinds == KINDS for name in profiles.names())


def test_every_key(tmp_path: Path) -> None:
    profile = own(
        tmp_path,
        """
forms = ["national_targets", "project_targets"]
[form.project_targets]
required = ["项目名称", "资金用途", "code", "权重"]
unit = "百元"
columns = ["责任单位", "评分标准"]
level_points = true
stop_words = ["评审意见："]
checkpoints = []
words = { "预算数" = ["年初安排数"], goals_part = ["预期成效"], "指标值" = ["考核标准"] }
month_words = { "上半年" = 6, "Q1" = 3 }
[form.monitoring]
words = { "年初预算数" = ["年初下达数"] }
""",
    )
    kind = profile.kinds[0]
    assert (profile.forms, profile.first_kind.name) == (("national_targets", "project_targets"), "national_targets")
    assert kind.demanded == {"name", "purpose", "code", "weight", "budget"}
    assert (kind.unit, kind.level_points, kind.stop_words, kind.demands_plan) == ("百元", True, ("评审意见",), False)
    assert kind.own_words == (
        ("年初安排数", "budget"),
        ("预期成效", "goals_part"),
        ("考核标准", "target"),
        ("责任单位", "extra:责任单位"),
        ("评分标准", "extra:评分标准"),
        ("上半年", "month:6"),
        ("Q1", "month:3"),
    )
    assert {one.name for one in profile.kinds if one.settings} == {"project_targets", "monitoring"}


def test_a_label_and_its_key_together(tmp_path: Path) -> None:
    """They are one: both lists hold."""
    text = '[form.project_targets.words]\n"预算数" = ["年初安排数"]\nbudget = ["核定数"]\n'
    kind = own(tmp_path, text).kinds[0]
    assert kind.own_words == (("年初安排数", "budget"), ("核定数", "budget"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("forms = []", "的 forms 至少要写一种表。可用的有："),
        ('forms = ["hebei"]', f"的 forms 中的“hebei”不是一种项目绩效目标表的名称。{OFFERED}"),
        ('forms = ["monitoring"]', "的 forms 中的“monitoring”不是一种项目绩效目标表的名称。"),
        ('forms = "project_targets"', "的 forms 应为列表。"),
        ("forms = [1]", "的 forms 应为文字的列表，不能有空的。"),
        ("form = 1", "的 form 应为表。"),
        ("form.project_targets = 1", "的 form.project_targets 应为表。"),
        ('form.hebei.unit = "元"', "的 form.hebei 不是表的名称。可用的有：project_targets（项目绩效目标表）"),
        ("form.project_targets.word = {}", "的 form.project_targets.word 不是可用的设置项。相近的是 words，请核对。"),
        ("form.project_targets.words = []", "的 form.project_targets.words 应为表。"),
        (
            'form.project_targets.words = { "款项" = ["经费"] }',
            "的 form.project_targets.words.款项 不是这种表的栏目。这种表的栏目有：预算规模及资金用途、",
        ),
        (
            'form.project_targets.words.budget = "经费"',
            "的 form.project_targets.words.budget 应为文字的列表，不能有空的。",
        ),
        (
            'form.project_targets.words = { "预算数" = ["分值"] }',
            "的 form.project_targets.words.预算数 中的“分值”在这种表里是“权重”。请换一个叫法，或删去。",
        ),
        (
            'form.project_targets.words = { "预算数" = ["其他资金："] }',
            "的 form.project_targets.words.预算数 中的“其他资金：”在这种表里是“其他资金”。",
        ),
        (
            'form.project_targets.words = { budget = ["安排数"], fiscal = ["安排数（万元）"] }',
            "的 form.project_targets.words.fiscal 中的“安排数（万元）”在这种表里是“预算数”。",
        ),
        (
            'form.project_targets.words.budget = ["数量指标"]',
            "的 form.project_targets.words.budget 中的“数量指标”本来另有意思。",
        ),
        ('form.project_targets.words.budget = ["目标1"]', "words.budget 中的“目标1”本来另有意思。"),
        ('form.project_targets.words.budget = ["单位：元"]', "words.budget 中的“单位：元”本来另有意思。"),
        ('form.project_targets.words.budget = ["6月底"]', "words.budget 中的“6月底”本来另有意思。"),
        ('form.project_targets.words.budget = ["：："]', "words.budget 中的“：：”不能作叫法。"),
        (
            'form.project_targets.required = ["项目名称", "款项"]',
            "的 form.project_targets.required 中的“款项”不是这种表的栏目。这种表的栏目有：",
        ),
        ('form.national_targets.required = ["中期目标"]', "required 中的“中期目标”不是这种表的栏目。"),
        (
            'form.project_targets.unit = "角"',
            "的 form.project_targets.unit 不是金额单位，现在是 角。可用的有：亿元、千万元、",
        ),
        ("form.project_targets.unit = 1", '的 form.project_targets.unit 应加引号，如 "1"。'),
        (
            'form.project_targets.columns = ["依据"]',
            "的 form.project_targets.columns 中的“依据”在这种表里是“指标值确定依据”。",
        ),
        ("form.project_targets.level_points = 1", "的 form.project_targets.level_points 应为 true 或 false。"),
        (
            'form.project_targets.stop_words = ["产出"]',
            "的 form.project_targets.stop_words 中的“产出”会把“产出指标”的行当作不是指标。请写得完整一些。",
        ),
        ('form.project_targets.stop_words = ["、"]', "的 form.project_targets.stop_words 中的“、”没有文字。"),
        (
            'form.project_targets.month_words = { "上半年" = 13 }',
            '的 form.project_targets.month_words.上半年 应为 1 到 12 的月份。例如 "上半年" = 6。',
        ),
        ('form.project_targets.month_words = { "6月底" = 9 }', "month_words.6月底 中的“6月底”本来另有意思。"),
        (
            'form.project_targets.month_words = { "上半年" = 6, "上半年：" = 7 }',
            "的 form.project_targets.month_words.上半年： 中的“上半年：”在这种表里是“6月底”。",
        ),
        (
            'form.national_targets.month_words = { "上半年" = 6 }',
            "的 form.national_targets.month_words 不用写：这种表没有支出计划。",
        ),
        (
            "form.project_targets.checkpoints = [6]",
            "的 form.project_targets.checkpoints 只能写 []，意思是不要求支出计划。月份写在文件最上面的 checkpoints；",
        ),
        ("form.national_targets.checkpoints = []", "的 form.national_targets.checkpoints 不用写：这种表没有支出计划。"),
        ('form.monitoring.unit = "元"', "的 form.monitoring.unit 不能写在这里：这种表只认得，还不读。"),
        (
            'form.project_targets.words.budget = ["安排"]\nform.national_targets.words.fiscal = ["安排"]',
            "的 form.national_targets.words “安排”的意思与 form.project_targets 里的不同。同一个叫法只能有一个意思。",
        ),
        (
            '[[branch]]\nname = "产出"\nlabel = "产出"\nsecond = []\noptional = "是"',
            "的 branch.optional 应为 true 或 false。",
        ),
        ('[weights]\ntotal = ["90", "百"]', '的 weights.total 应为加引号的数字，如 "80"，现在是 百。'),
        ("[weights]\ntotal = []", '的 weights.total 应为加引号的数字，如 "90"，或几个都对的数字。'),
        (
            '[weights]\ntotal = ["90", "100"]\nshares = { "产出" = "50", "效果" = "30", "满意度" = "10" }',
            "的 weights.shares 加起来应等于 total",
        ),
        ('[weights]\ntotal = "90"\noptional = 1', "的 weights.optional 应为 true 或 false。"),
        ('[by_form]\nform = ["x"]', "的 by_form.form 应为表。"),
        ("[by_form]\nfrom = 1", "的 by_form.from 不是可用的设置项。相近的是 form，请核对。"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ProfileError) as raised:
        own(tmp_path, text)
    sentence = str(raised.value)
    assert sentence.startswith("口径文件“本地”的 ")
    assert said in sentence


def test_branches_and_weights(tmp_path: Path) -> None:
    text = (
        '[[branch]]\nname = "成本"\nlabel = "成本指标"\nsecond = ["经济成本"]\n'
        'required = ["经济成本"]\noptional = true\n'
        '[weights]\ntotal = ["90", "100"]\noptional = true\n'
    )
    profile = own(tmp_path, text)
    assert [(branch.name, branch.optional) for branch in profile.branches] == [("成本", True)]
    assert profile.weights is not None
    assert (profile.weights.totals, profile.asks_for_weights) == ((Decimal(90), Decimal(100)), False)
    assert profiles.load("mof-2021").asks_for_weights


def test_a_base_does_not_hand_on_what_holds_by_form_alone(tmp_path: Path) -> None:
    """Whoever names the ministry's profile as the base asks for what it asks for."""
    profile = own(tmp_path, "text_limit = 9", "mof-2021")
    assert profile.weights == profiles.load("mof-2021").weights
    assert not any(branch.optional for branch in profile.branches)
