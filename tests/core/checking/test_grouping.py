"""Findings of the same cause in one line, with all their cells."""

from xl_perf.core.checking.grouping import grouped
from xl_perf.core.model.findings import Acceptance, Finding, Severity


def weak(sheet: str | None, row: int | None, **more: object) -> Finding:
    plain = Finding("I512", "依据不够有力", "请写明", sheet, row, 6, "依据", "工作经验", severity=Severity.WARNING)
    return plain._replace(**more)  # type: ignore[arg-type]


def test_same_cause_is_one_group() -> None:
    findings = [weak("01", 9), weak("01", 11), weak("02", 9), weak(None, None), weak("02", None)]
    (group,) = grouped(findings)
    assert group.all == tuple(findings)
    assert group.places == "01!G10、G12；02!G10；整本；02"


def test_another_message_rule_field_or_acceptance_is_another_group() -> None:
    others = [
        weak("01", 10, message="依据空着"),
        weak("01", 11, code="I513"),
        weak("01", 12, field="描述"),
        weak("01", 13, accepted=Acceptance("是", "李四")),
        weak("01", 14),
    ]
    groups = grouped([weak("01", 9), *others])
    assert [group.places for group in groups] == ["01!G10、G15", "01!G11", "01!G12", "01!G13", "01!G14"]


def test_the_gravest_come_first() -> None:
    findings = [
        weak("01", 1, severity=Severity.HINT),
        weak("01", 2, accepted=Acceptance("是", "李四")),
        weak("01", 3),
        weak("01", 4, severity=Severity.ERROR),
    ]
    assert [group.places for group in grouped(findings)] == ["01!G5", "01!G4", "01!G2", "01!G3"]
