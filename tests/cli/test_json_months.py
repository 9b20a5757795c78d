"""The months of plans in the JSON document."""

from tests.samples import department, lines_of, project
from xl_perf.cli.json_output import project_object, totals_object
from xl_perf.core.figures.totals import totals_of


def test_json_names_the_months_of_the_forms() -> None:
    """What quarters plan for September is there, and nothing stands for October, for which nobody plans."""
    own = project(budget="200", percents=(20, 40, 90, 100), months=(3, 6, 9, 12))
    (line,) = lines_of(department(projects=[own]))
    assert project_object(line, (3, 6, 10, 12))["plan"] == {"3": "20", "6": "40", "9": "90", "10": None, "12": "100"}
    planned = totals_object(totals_of(own), (3, 6, 10, 12))["planned"]
    assert planned == {"3": "40", "6": "80", "9": "180", "10": None, "12": "200"}
