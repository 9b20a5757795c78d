"""Self-evaluations as records, for tests of what is computed from them."""

from xl_perf.core.cells.entries import amount_entry, target_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import absent
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, FundLine

SHEET = "自评"


def row(level1: str, level2: str, name: str, target: str, actual: str, *, score: str = "") -> EvaluatedIndicator:
    """A row of the indicators; its points follow from the shares."""
    return EvaluatedIndicator(
        text_entry(level1, SHEET, 0, 0),
        text_entry(level2, SHEET, 0, 1),
        text_entry(name, SHEET, 0, 2),
        target_entry(target, SHEET, 0, 3),
        target_entry(actual, SHEET, 0, 4),
        score=weight_entry(score, SHEET, 0, 6),
    )


def evaluation(budget: str, outturn: str, *rows: EvaluatedIndicator) -> Evaluation:
    """A table with these amounts (万元) and rows, and nothing else."""
    nothing = absent(SHEET)
    whole = FundLine(
        "budget",
        text_entry("年度资金总额", SHEET, 0, 0),
        amount_entry(budget, SHEET, 0, 1),
        outturn=amount_entry(outturn, SHEET, 0, 3),
    )
    return Evaluation(
        EVALUATION,
        SHEET,
        (0, 0, 20, 8),
        tuple(nothing for _ in EVALUATION.fields),
        (whole,),
        None,
        (),
        (),
        (),
        None,
        is_hidden=False,
        conflicts=(),
        unit=None,
        says_unit=True,
        table=(0, 0),
        goal=nothing,
        goal_done=nothing,
        indicators=rows,
        total_weight=nothing,
        total=nothing,
        grade=nothing,
    )
