"""What a form's name for marked cells holds."""

from xl_perf.sheets.form_names import marked_formula


def test_marked_cells() -> None:
    assert marked_formula([]) == '=""'
    assert marked_formula([("C3", False), ("B2", True)]) == '="|C3|B2|B2=|"'
    many = marked_formula([(f"AB{row}", True) for row in range(100, 400)])
    texts = many.removeprefix('="').removesuffix('"').split('"&"')
    assert max(map(len, texts)) <= 255
    assert "".join(texts) == "|" + "".join(f"AB{row}|AB{row}=|" for row in range(100, 400))
