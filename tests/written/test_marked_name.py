"""What a form's unseen cell for marked cells holds."""

from xl_perf.sheets.form_names import marked_text


def test_marked_cells() -> None:
    assert marked_text([]) == ""
    assert marked_text([("C3", False), ("B2", True)]) == "|C3|B2|B2=|"
