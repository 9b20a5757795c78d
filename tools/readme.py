"""Writes the README's rule table anew from the catalogue; a test fails when it is stale."""

from pathlib import Path

from xl_perf.core.checking.rules import RULES

README = Path(__file__).parent.parent / "README.md"


def rule_table() -> str:
    """The table: code, severity, what is reported."""
    rows = [f"| {rule.code} | {rule.severity.label} | {rule.title} |" for rule in RULES]
    return "\n".join(["| 规则 | 级别 | 报告什么 |", "|---|---|---|", *rows])


def main() -> None:
    """Puts the table between its marks."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition("<!-- rules -->\n")
    _, _, after = rest.partition("<!-- /rules -->")
    README.write_text(f"{before}<!-- rules -->\n{rule_table()}\n<!-- /rules -->{after}", "utf-8")


if __name__ == "__main__":
    main()
