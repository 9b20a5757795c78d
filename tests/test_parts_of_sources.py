"""Amounts of a 样表 that are part of the source above them: 1.中央补助 below 一、财政拨款. They are counted once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.sub_amounts import Named, parts_of
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form

__all__ = ["run"]
_AMOUNTS = {"总额": 1000.25, "财政": 800.25, "中央": 500, "本级": 300.25, "自筹": 150, "贷款": 50}


def form(path: Path, amounts: Mapping[str, float | None] = {}, *, filled: bool = False, unit: str = "万元") -> Path:
    """A form with numbered sources and targets of two periods; blank without amounts."""
    rows: list[Sequence[object]] = [
        ("项目绩效目标申报表",),
        (None, None, None, None, None, f"单位：{unit}"),
        ("项目名称", "公路养护" if filled else None),
        ("主管部门", "某市交通局" if filled else None),
        ("项目资金", "资金总额", None, amounts.get("总额")),
        (None, "一、财政拨款", None, amounts.get("财政")),
        (None, "    1.中央补助", None, amounts.get("中央")),
        (None, "    2.本级安排", None, amounts.get("本级")),
        (None, "二、自筹资金", None, amounts.get("自筹")),
        (None, "三、贷款", None, amounts.get("贷款")),
        ("年度目标", "今年完成一百公里。" if filled else None),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "中期指标值", "年度指标值"),
        (None, "产出指标", "数量指标", *(("养护里程", "≥300公里", "≥100公里") if filled else ())),
        (None, "满意度指标", "服务对象满意度指标", *(("司机满意度", "≥92%", "≥90%") if filled else ())),
    ]
    book = Workbook()
    sheet = book.worksheets[0]
    for row, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(row, column).value = typed  # type: ignore[assignment]
    areas = [f"B{row}:C{row}" for row in range(5, 11)] + [f"D{row}:F{row}" for row in range(5, 11)]
    for area in ("A1:F1", "B3:F3", "B4:F4", "A5:A10", "B11:F11", "A12:A14", *areas):
        sheet.merge_cells(area)
    book.save(path)
    return path


def learned(folder: Path, unit: str = "万元") -> Path:
    """The 样表 of the blank form."""
    blank = form(folder / "空白表.xlsx", unit=unit)
    guide = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    return guide


def test_parts_are_learned_for_what_they_are(tmp_path: Path) -> None:
    """Numbered below a source; nobody has to confirm it."""
    guide = guide_at(learned(tmp_path), "样表.xlsx")
    assert (guide.faults, guide.notes) == ((), ())
    assert {row.label: row.key for row in guide.rows if row.label in {"中央补助", "本级安排", "财政拨款"}} == {
        "财政拨款": "fiscal",
        "中央补助": "part:中央补助",
        "本级安排": "part:本级安排",
    }
    sheet = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    assert [sheet[cell].value for cell in ("D6", "D7", "D8")] == ["{财政资金}", "{其中项}", "{其中项}"]


def test_what_is_carried_alone_is_listed(tmp_path: Path, run: Runner) -> None:
    """中期指标值 stands in 对照 as a column that is carried alone, and the command says so."""
    form(tmp_path / "空白表.xlsx")
    _, out, _ = run("form", "learn", tmp_path / "空白表.xlsx", "-o", tmp_path / "样表.xlsx")
    assert "带着不核对 1 栏：中期指标值" in out
    guide = guide_at(tmp_path / "样表.xlsx", "样表.xlsx")
    assert [row.key for row in guide.rows if row.label == "中期指标值"] == [""]
    checked = check_form(str(tmp_path / "样表.xlsx"), [str(form(tmp_path / "局.xlsx", _AMOUNTS, filled=True))])
    (department,) = [one.department for one in checked.tried]
    assert department is not None
    assert [one.target.text for one in department.projects[0].indicators] == ["≥100公里", "≥90%"]


def test_parts_count_once_and_are_written_again(tmp_path: Path, run: Runner) -> None:
    """The totals are those of the sources; `new --from` writes the parts into their own cells, in the form's unit."""
    learned(tmp_path, unit="元")
    in_yuan = {key: amount * 10000 for key, amount in _AMOUNTS.items()}
    form(tmp_path / "交通局.xlsx", in_yuan, filled=True, unit="元")
    code, out, _ = run("check", tmp_path / "交通局.xlsx")
    assert "1000.25 / 800.25 / 200 万元" in out
    assert code == 0, out
    assert "B310" not in out
    run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "交通局.xlsx")
    sheet = load_workbook(tmp_path / "来源.xlsx")["01"]
    assert [sheet[f"D{row}"].value for row in range(5, 11)] == [10002500, 8002500, 5000000, 3002500, 1500000, 500000]


@pytest.mark.parametrize("amounts", ["clear", "last-year"])
def test_parts_are_cleared_as_their_sources_are(tmp_path: Path, run: Runner, amounts: str) -> None:
    """Nothing of last year's amounts is left in the form; beside it they are all noted, and are read from there."""
    learned(tmp_path)
    form(tmp_path / "交通局.xlsx", _AMOUNTS, filled=True)
    run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "交通局.xlsx", "--amounts", amounts)
    sheet = load_workbook(tmp_path / "来源.xlsx")["01"]
    assert [sheet[f"D{row}"].value for row in range(5, 11)] == [None] * 6
    (project,) = read(tmp_path / "来源.xlsx").projects
    before = [] if project.last_year is None else [(name, one.value) for name, one in project.last_year.amounts]
    noted = [Decimal(str(amount)) for amount in _AMOUNTS.values()] if amounts == "last-year" else []
    assert sorted(amount for _, amount in before if amount is not None) == sorted(noted)
    _, out, err = run("check", tmp_path / "来源.xlsx")
    assert "S102" not in out + err


def test_a_part_without_its_source_is_no_silent_loss(tmp_path: Path, run: Runner) -> None:
    """Where the sources do not add up to the budget, what is called a part is named with what the total lacks."""
    learned(tmp_path)
    form(tmp_path / "交通局.xlsx", {**_AMOUNTS, "财政": 300.25}, filled=True)
    code, out, err = run("check", tmp_path / "交通局.xlsx")
    assert code == 1
    assert "“1.中央补助”后面的 500" in out + err


def test_a_sum_and_its_parts_are_not_both_sources(tmp_path: Path, run: Runner) -> None:
    """form check says how a part is marked."""
    guide = learned(tmp_path)
    correct(guide, {"中央补助": "上级资金", "本级安排": "地方资金"})
    _, out, _ = run("form", "check", guide)
    assert "B7 的“中央补助”像是 B6 的“财政拨款”的其中一项" in out
    assert "请把“本级安排”标成 {其中项}" in out


@pytest.mark.parametrize(
    ("labels", "parts"),
    [
        (("*经费总额", "一、财政拨款", "1.中央补助", "2.省级资金", "二、贷款"), {2: 1, 3: 1}),
        (("*一、资金总额", "（一）财政拨款", "1.中央", "（二）自筹"), {2: 1}),
        (("*资金总额", "财政拨款", "其中：中央补助", "市级资金", "其他资金"), {2: 1, 3: 1}),
        (("*年度资金总额", "其中：财政拨款", "上年结转", "其他资金"), {}),
        (("*年度资金总额", "其中：中央补助", "地方资金"), {}),
        (("*1.预算数", "2.财政资金", "3.其他资金"), {}),
        (("*年度资金总额", "其中：财政拨款", "其中：上级补助"), {}),
        (
            ("*资金总额", "财政拨款小计", "其中：中央资金", "其他资金小计", "其中：单位自筹", "银行贷款"),
            {2: 1, 4: 3, 5: 3},
        ),
        (("*资金总额", "一、财政拨款", "二、其他资金", "其中：单位自筹", "银行贷款"), {3: 2, 4: 2}),
        (("*资金总额", "财政资金合计", "本级财政资金", "上级转移支付", "其他资金"), {2: 1, 3: 1}),
        (("*资金总额", "财政拨款", "其中：一般公共预算", "政府性基金", "银行贷款"), {2: 1, 3: 1}),
        (("*年度资金总额", "其中：财政拨款", "其他资金", "其中：单位自筹", "银行贷款"), {3: 2, 4: 2}),
        (("*年度资金总额", "其中：财政拨款", "其他资金", "银行贷款"), {}),
        (("*年度资金总额", "其中：财政拨款", "财政专户管理资金", "其中：上年结转"), {}),
        (("*资金总额", "财政拨款", "其中：中央补助", "银行贷款"), {2: 1}),
        (("*资金总额", "财政拨款", "其中：上年结转"), {}),
        (("*年度资金总额", "财政资金", "其他资金", "单位自筹"), {}),
    ],
)
def test_which_label_is_part_of_which(labels: Sequence[str], parts: Mapping[int, int]) -> None:
    """The budget (*) is made up of sources, of which none is only a part for that."""
    texts = [text.lstrip("*") for text in labels]
    keys = [label_key(text.removesuffix("小计").removesuffix("合计")) or "" for text in texts]
    named = [Named((at, 1), text, not labels[at].startswith("*"), keys[at]) for at, text in enumerate(texts)]
    assert {part.cell[0]: whole.cell[0] for part, whole in parts_of(named)} == parts


def parted(path: Path, labels: Mapping[str, int | None]) -> Path:
    """A form with such labels of amounts and their amounts below each other; None leaves them blank."""
    book = Workbook()
    sheet = book.worksheets[0]
    filled = None not in labels.values()
    rows: list[list[str | int | None]] = [
        ["项目支出绩效目标申报表"],
        ["（2024年度）"],
        ["单位：万元"],
        ["项目名称", "修路" if filled else None],
        *([label, amount] for label, amount in labels.items()),
        ["年度目标", "修好。" if filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if filled else (None, None))],
        ["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if filled else (None, None))],
    ]
    for cells in rows:
        sheet.append(cells)
    book.save(path)
    return path


def guide_of(folder: Path, labels: Mapping[str, int]) -> tuple[Path, dict[str, str]]:
    """The 样表 of that form, and what every label was taken for and how sure: 银行贷款 其中项 请核对."""
    blank = parted(folder / "空白表.xlsx", dict.fromkeys(labels))
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    table = load_workbook(folder / "样表.xlsx")["对照"]
    rows = table.iter_rows(min_row=11, max_col=8, values_only=True)
    return folder / "样表.xlsx", {str(row[0]): f"{row[3]} {row[7]}" for row in rows}


def test_what_other_money_is_made_of_is_no_source_of_its_own(tmp_path: Path, run: Runner) -> None:
    """Below 其中 of 其他资金, and after it; what nobody has to look at counts once."""
    labels = {"年度资金总额": 130, "一、财政拨款": 100, "二、其他资金": 30, "其中：单位自筹": 20, "银行贷款": 10}
    guide, taken = guide_of(tmp_path, labels)
    assert taken["其中:单位自筹"] == "其中项 确定"
    assert taken["银行贷款"] == "其中项 请核对"
    correct(guide, {"银行贷款": "其中项"})
    _, out, _ = run("check", parted(tmp_path / "局.xlsx", labels))
    assert "130 / 100 / 30 万元" in out
    assert "没有发现问题" in out


def test_a_part_marked_as_another_source_is_named(tmp_path: Path, run: Runner) -> None:
    """Also where the line before it is marked as a part."""
    labels = {"年度资金总额": 130, "财政资金合计": 100, "其中：省级财政": 60, "上级转移支付": 40, "其他资金": 30}
    guide, taken = guide_of(tmp_path, labels)
    assert taken["上级转移支付"] == "其中项 请核对"
    correct(guide, {"财政资金合计": "财政资金", "其中:省级财政": "其中项", "上级转移支付": "上级资金"})
    _, out, _ = run("form", "check", guide)
    assert "“上级转移支付”像是 A6 的“财政资金合计”的其中一项" in out
    assert "请把“上级转移支付”标成 {其中项}" in out


def test_a_second_total_is_asked(tmp_path: Path, run: Runner) -> None:
    """当年预算 below 预算总额: one of both is the budget."""
    labels = {"预算总额": 130, "其中：上年结转": 30, "当年预算": 100, "其中：财政拨款": 80, "其他资金": 20}
    guide, taken = guide_of(tmp_path, labels)
    assert taken["当年预算"] == "其中项 请核对"
    assert taken["其中:财政拨款"] == "财政资金 确定"
    correct(guide, {"当年预算": "其中项"})
    _, out, _ = run("check", parted(tmp_path / "局.xlsx", labels))
    assert "130 / 80 / 50 万元" in out
    assert "没有发现问题" in out


def test_a_part_is_not_said_to_be_missing_on_the_guide(tmp_path: Path, run: Runner) -> None:
    """What is wrong are the sources, and that is said: the label of the part stands on the 样表."""
    labels = {"年度资金总额": 980, "财政拨款": 200, "其中：项目补助": 300, "其他资金": 250}
    guide, _ = guide_of(tmp_path, labels)
    correct(guide, {"其中:项目补助": "其中项"})
    _, out, _ = run("check", parted(tmp_path / "局.xlsx", labels))
    assert "B303" in out
    assert "样表上没有" not in out
