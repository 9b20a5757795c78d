"""What files' names say of the order of versions."""

import pytest

from xl_perf.core.checking.version_names import names_say_later


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("市农业局v1", "市农业局v2"),
        ("局v9", "局V10"),
        ("局v1.2", "局v1.10"),
        ("局初稿", "局修改稿"),
        ("局修改稿", "局定稿"),
        ("局修改稿2", "局终稿"),
        ("局最终版", "局最终版2"),
        ("局v1", "局最终版2"),
        ("局初稿", "局v1"),
        ("局第二稿", "局第三稿"),
        ("农业局1", "农业局2"),
        ("1", "2"),
    ],
)
def test_order(earlier: str, later: str) -> None:
    assert names_say_later(f"a/{later}.xlsx", f"b/{earlier}.xlsx")
    assert not names_say_later(f"a/{earlier}.xlsx", f"b/{later}.xlsx")


@pytest.mark.parametrize(
    ("one", "other"),
    [("农业局", "教育局"), ("农业局1", "教育局2"), ("20240105", "20240109"), ("局v2", "局修改稿"), ("局", "局(1)")],
)
def test_nothing_is_said(one: str, other: str) -> None:
    assert not names_say_later(f"{one}.xlsx", f"{other}.xlsx")
    assert not names_say_later(f"{other}.xlsx", f"{one}.xlsx")
