"""`receive --cluster`: the same inbox as of one machine, byte for byte."""

import zipfile
from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.many.test_cluster import cluster, outcome  # noqa: F401 (a fixture)
from tests.submission.mailed import content, form, mailed


@pytest.mark.slow
def test_the_same_inbox(cluster: Cluster, tmp_path: Path) -> None:  # noqa: F811
    for number in range(30):
        name = f"第{number}办事处"
        mailed(tmp_path / "来件" / f"{number:02}.xlsx", name, form(f"道路{number}", 10), version=1)
    with zipfile.ZipFile(tmp_path / "来件" / "包.zip", "w") as archive:
        archive.write(mailed(tmp_path / "甲.xlsx", "甲局", form("甲", 10)), "甲.xlsx")
    alone = outcome("receive", "来件", "-o", "一", "--time", "2023-04-01", cwd=tmp_path)
    arguments = ["receive", "来件", "-o", "二", "--time", "2023-04-01", "--cluster", cluster.address]
    together = outcome(*arguments, cwd=tmp_path)
    assert together[2] == alone[2] == b""
    assert together[:2] == (
        0,
        alone[1].replace("一/".encode(), "二/".encode()).replace("一。".encode(), "二。".encode()),
    )
    one, other = content(tmp_path / "一"), content(tmp_path / "二")
    for found in (one, other):
        found.pop("收件.sqlite")
    assert one == other
