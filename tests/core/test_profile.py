"""Profiles: those that come with xl-perf, and errors that name the key."""

from decimal import Decimal
from pathlib import Path

import pytest

from xl_perf import profiles
from xl_perf.core.model.findings import Severity
from xl_perf.core.profile import ProfileError
from xl_perf.profiles.reader import parse_profile

SOURCE = (Path(profiles.__file__).parent / "hebei-2023.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["hebei-2023", "mof-2021"])
def test_shipped_profiles(name: str) -> None:
    """They load, are called what their file is called, and plan the same four checkpoints."""
    profile = profiles.load(name)
    assert profile.name == name
    assert profile.checkpoints == (3, 6, 10, 12)
    assert set(profile.cost_second) <= {second for branch in profile.branches for second in branch.second}


def test_default_profile() -> None:
    """What hebei-2023 says, by hand."""
    profile = profiles.load()
    required = {branch.name: branch.required for branch in profile.branches}
    assert required == {"产出": ("数量", "质量", "时效", "成本"), "效果": (), "满意度": ()}
    assert profile.words.weak_basis == ("工作经验",)
    assert (profile.minimum_satisfaction, profile.yuan_from) == (Decimal(80), Decimal(100000))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("checkpoints = [3, 6, 10, 12]", "checkpoints = [6, 3]", "checkpoints"),
        ("checkpoints = [3, 6, 10, 12]", 'checkpoints = ["三月"]', "checkpoints"),
        ('minimum_satisfaction = "80"', 'minimum_satisfaction = "八十"', "minimum_satisfaction"),
        ('minimum_satisfaction = "80"', "minimum_satisfaction = 80", "minimum_satisfaction"),
        ('pace = ["25", "50", "75", "100"]', 'pace = ["25"]', "pace"),
        ("text_limit = 1000", "text_limit = true", "text_limit"),
        ("text_limit = 1000", "text_limits = 1000", "text_limits"),
        ("text_limit = 1000", "", "text_limit"),
        ('code_format = "[0-9A-Z]{10,24}"', 'code_format = "["', "code_format"),
        ('required = ["数量", "质量", "时效", "成本"]', 'required = ["进度"]', "branch.required"),
        ('weak_basis = ["工作经验"]', "weak_basis = [1]", "words.weak_basis"),
        ('weak_basis = ["工作经验"]', 'weak = ["工作经验"]', "words.weak"),
        ("[words]", '[rules.B303]\nseverity = "fatal"\n[words]', "rules.B303.severity"),
        ("[words]", '[rules.B303]\noff = " "\n[words]', "rules.B303.off"),
    ],
)
def test_wrong_key_is_named(old: str, new: str, key: str) -> None:
    """An unknown key, a wrong type or a value out of range: the message names file and key."""
    assert old in SOURCE
    with pytest.raises(ProfileError) as raised:
        parse_profile(SOURCE.replace(old, new, 1), "本地.toml")
    assert key in str(raised.value)
    assert "本地.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 还没有写\n", '里没有任何设置。请至少写一行：base = "hebei-2023"'),
        ('base = "hebei-2023"\nminimum_satisfaction = 85.5\n', '的 minimum_satisfaction 应加引号，如 "85.5"。'),
        ('minimum_satisfaction = "85"\n', '的 name 没有写。只写几项时，请加一行 base = "hebei-2023"，没有写的便照它；'),
        (
            'base = "hebei-2023"\nminimum_satisfaction = "185"\n',
            "的 minimum_satisfaction 应为 0 到 100 的数字，现在是 185。",
        ),
        ('base = "hebei-2023"\nyuan_from = "-1"\n', "的 yuan_from 应为不小于 0 的数字，现在是 -1。"),
        ('base = "hebei-2023"\npace = ["25", "50", "75", "101"]\n', "的 pace 应为 0 到 100 的数字，现在是 101。"),
        ('base = "hebei-2023"\ntext_limits = 9\n', "的 text_limits 不是可用的设置项。相近的是 text_limit，请核对。"),
        (
            'base = "hebei-2023"\n[rules.F202]\nreason = "是"\n',
            "的 rules.F202.reason 不是可用的设置项。这里可用的有：severity、off。",
        ),
        ('base = "hebei-2023"\ntitle = true\n', "的 title 应为文字。"),
        ('base = "口径.toml"\n', "的 base 不能用：没有自带的口径“口径.toml”。base 只能是 hebei-2023、mof-2021。"),
        ('base = "hebei-2023"\ncode_format = "A[0"\n', "的 code_format 不是有效的正则表达式（从第 2 个字符起）。"),
    ],
)
def test_what_people_write_first(tmp_path: Path, text: str, said: str) -> None:
    """The sentence says what to type instead."""
    path = tmp_path / "本地.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ProfileError) as raised:
        profiles.load(str(path))
    assert f"口径文件“本地”{said}" in str(raised.value)


def test_rules_of_a_profile() -> None:
    """Severity and reason are read."""
    text = SOURCE + '\n[rules.F202]\nseverity = "hint"\n[rules.I507]\noff = "本地不考核"\n'
    rules = parse_profile(text, "本地").rules
    assert rules["F202"].severity is Severity.HINT
    assert rules["I507"].off == "本地不考核"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"= nonsense", "第 1 行第 1 列不是有效的 TOML"),
        (b'name = "a"\ntitle = ', "在末尾处不是有效的 TOML"),
        ("口径".encode("gbk"), "不是 UTF-8 编码的文本"),
        (None, "不存在"),
    ],
)
def test_unusable_file(tmp_path: Path, content: bytes | None, said: str) -> None:
    """Not TOML, not UTF-8, or not there: one Chinese sentence with the file's name."""
    path = tmp_path / "本地.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProfileError, match="本地") as caught:
        profiles.load(str(path))
    assert said in str(caught.value)
    assert "Error" not in str(caught.value)


@pytest.mark.parametrize(("name", "said"), [("hebei-2024", "没有名为"), ("没有.toml", "不存在"), ("甲/乙", "不存在")])
def test_unknown_name(name: str, said: str) -> None:
    """A name, or a path: one sentence, and both name those that there are."""
    with pytest.raises(ProfileError, match=said) as caught:
        profiles.load(name)
    assert "hebei-2023、mof-2021" in caught.value.remedy


@pytest.mark.parametrize("name", [".", "a\0b"])
def test_what_is_no_file(name: str) -> None:
    with pytest.raises(ProfileError, match="打不开"):
        profiles.load(name)


@pytest.mark.parametrize("workbook", [".", "/", "a\0b.xlsx", "\ud800.xlsx", "a" * 251 + ".xls", "a" * 300 + ".xlsx"])
def test_no_profile_beside_what_is_no_file(workbook: str, tmp_path: Path) -> None:
    """Whoever reads the workbook says what is wrong with it."""
    assert profiles.beside(Path(workbook)) is None
    own = tmp_path / profiles.OWN
    own.write_text(SOURCE, "utf-8")
    if workbook.startswith("aaa"):
        assert profiles.beside(tmp_path / workbook) == own


def test_profile_beside_the_workbook(tmp_path: Path) -> None:
    """A department's own file is used by its path."""
    path = tmp_path / "本地.toml"
    path.write_text(SOURCE.replace("hebei-2023", "我们的"), "utf-8")
    assert profiles.load(str(path)).name == "我们的"


MOF = (Path(profiles.__file__).parent / "mof-2021.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('base = "hebei-2023"', 'base = "河北"', "河北"),
        ('base = "hebei-2023"', "base = 2023", "base"),
        ('total = "90"', 'total = "100"', "weights.shares"),
        ('total = "90"', "total = 90", "weights.total"),
        ('total = "90"', 'totals = "90"', "weights.totals"),
        ('"成本" = "20", ', "", "weights.shares"),
        ('"成本" = "20"', '"成本" = "-20"', "weights.shares.成本"),
        ("[cost]", '[[misspelling]]\nwrong = "甲"\nright = "甲"\n[cost]', "misspelling.wrong"),
        ("[cost]", '[[misspelling]]\nwrong = "甲"\n[cost]', "misspelling.right"),
        ("[cost]", '[[misspelling]]\nwrong = "甲"\nright = "乙"\nunless = ["丙"]\n[cost]', "misspelling.unless"),
        ("[cost]", "[rules]\nB303 = 1\n[cost]", "rules.B303"),
        ("[cost]", '[rules.B33]\noff = "是"\n[cost]', "rules.B33"),
        ("[cost]", '[rules.B399]\noff = "是"\n[cost]', "rules.B399"),
        ("[cost]", '[words]\nvague = "明显"\n[cost]', "words.vague"),
        ('title = "', 'text_limit = 0\ntitle = "', "text_limit"),
        ('title = "', 'checkpoints = [true, 12]\ntitle = "', "checkpoints"),
        ('title = "', 'pace = [25, 50, 75, 100]\ntitle = "', "pace"),
    ],
)
def test_wrong_key_over_a_base_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    """Also where most of the settings come from another profile."""
    assert old in MOF
    path = tmp_path / "本地.toml"
    path.write_text(MOF.replace(old, new, 1), "utf-8")
    with pytest.raises(ProfileError) as raised:
        profiles.load(str(path))
    assert key in str(raised.value)


def test_a_profile_over_a_base_says_only_what_differs(tmp_path: Path) -> None:
    """Tables are merged, lists replaced, misspellings added; a base may have a base itself."""
    path = tmp_path / "我们的.toml"
    path.write_text(
        'base = "mof-2021"\nminimum_satisfaction = "85.5"\n[words]\nvague = ["尚可"]\n'
        '[rules.F202]\noff = "没有编码"\n[[misspelling]]\nwrong = "申活"\nright = "生活"\n',
        "utf-8",
    )
    own, base = profiles.load(str(path)), profiles.load("mof-2021")
    assert (own.name, own.title, own.branches, own.weights) == ("我们的", base.title, base.branches, base.weights)
    assert own.minimum_satisfaction == Decimal("85.5")
    assert (own.words.vague, own.words.rate) == (("尚可",), base.words.rate)
    assert own.rules["F202"].off == "没有编码"
    assert own.right_words == {"申活": "生活", **base.right_words}


def test_own_profile_beside_a_workbook(tmp_path: Path) -> None:
    """The workbook's own goes before the folder's; a changed file is read again."""
    book = tmp_path / "部门.xlsx"
    assert profiles.beside(book) is None
    (tmp_path / "口径.toml").write_text('base = "hebei-2023"\ntext_limit = 9\n', "utf-8")
    assert profiles.beside(book) == tmp_path / "口径.toml"
    assert profiles.load_own(tmp_path / "口径.toml").text_limit == 9
    (tmp_path / "口径.toml").write_text('base = "hebei-2023"\ntext_limit = 99\n', "utf-8")
    assert profiles.load_own(tmp_path / "口径.toml").text_limit == 99
    (tmp_path / "部门.toml").write_text('base = "mof-2021"\n', "utf-8")
    assert profiles.beside(book) == tmp_path / "部门.toml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("调差对象与价格调差", ["调差"]),
        ("价格调差", []),
        ("调差费", []),
        ("问卷调差，有序灌流", ["调差", "有序灌流"]),
    ],
)
def test_misspellings_but_for_right_words(text: str, found: list[str]) -> None:
    assert profiles.load().wrong_words.findall(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("XX村", True), ("XXXX", True), ("XXL码", False), ("MAXX", False), ("**", False), ("****", True), ("××路", True)],
)
def test_placeholders(text: str, found: bool) -> None:
    assert bool(profiles.load().placeholders.search(text)) is found


@pytest.mark.parametrize(
    "expression", ["(a+)+", "(A|AA)+B", "[0-9]*[0-9]*[0-9]*[0-9]*X", "((a{1,9}){1,9}){1,9}", "(a?){50}"]
)
def test_an_expression_that_would_never_end_is_refused(expression: str) -> None:
    text = SOURCE.replace('"[0-9A-Z]{10,24}"', f'"{expression}"')
    with pytest.raises(ProfileError, match="code_format 要试的可能太多"):
        parse_profile(text, "甲.toml")


@pytest.mark.parametrize(
    "expression", ["[0-9]{4}-?[0-9]{2}[A-Z]+", "(AB|CD)[0-9]+", "([A-Z]|[0-9]){10,24}", "(?i:x)(?=a)a*b*"]
)
def test_expressions_that_people_write(expression: str) -> None:
    profile = parse_profile(SOURCE.replace('"[0-9A-Z]{10,24}"', f'"{expression}"'), "甲.toml")
    assert profile.code_format == expression


@pytest.mark.parametrize("line", ["x = " + "[" * 5_000, "x = " + "1" * 5_000, "x = " + "{a=" * 5_000])
def test_what_toml_cannot_hold(line: str) -> None:
    with pytest.raises(ProfileError):
        parse_profile(line, "甲.toml")


def test_a_file_that_is_no_profile(tmp_path: Path) -> None:
    path = tmp_path / "大.toml"
    path.write_bytes(b"#" * 2_000_000)
    with pytest.raises(ProfileError, match="太大"):
        profiles.load(str(path))
