"""Write docs/register.md, the failures at registration and what tells of them: `python scripts/generate_coverage.py`.

The rows stand in `fixtures/failures`, and a rule says which it covers (`Rule.covers`). A test holds that the page is
current, and another that every example is told as the page says.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / "tests")]

from failures import Row, failures  # noqa: E402  # the checkout, wherever this is run

from ecslint import registry  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecslint.rule import Rule

PAGE = TOP / "docs" / "register.md"
NAMES = {"json": "JSON", "terraform": "Terraform", "cloudformation": "CloudFormation", "cdk": "CDK"}

HEAD = """<!-- Written by scripts/generate_coverage.py. -->

# What ECS refuses, and who tells of it

Each row is a reason for which Amazon ECS or the tool that asks it refuses a task definition or a service, or for which
no task starts, whatever the application does. The formats are those in which an example shows that the rule finds it;
one is left out where the tool's own language cannot say the thing, or refuses it before. A text is given where
somebody has seen it."""


def page() -> str:
    """The whole page."""
    rules = list(registry.load().rules.values())
    parts = [HEAD]
    for section, rows in groupby(failures(), lambda row: row.section):
        parts += [f"## {section}", _table(rows, rules)]
    return "\n\n".join(parts) + "\n"


def _table(rows: Iterable[Row], rules: list[type[Rule]]) -> str:
    lines = ["| | what it says | rule | formats |", "|---|---|---|---|"]
    for row in rows:
        said = "<br>".join(dict.fromkeys(_quoted(text) for text in row.says.values() if text))
        lines.append(
            f"| {row.when} | {said} | {_told_by(row, rules)} | {', '.join(map(NAMES.__getitem__, row.formats))} |"
        )
    return "\n".join(lines)


def _told_by(row: Row, rules: list[type[Rule]]) -> str:
    """The rules that cover a row and how gravely, or why none does."""
    if row.why:
        return f"none: {row.why}"
    if row.trap:
        return "none, rightly"
    links = ", ".join(f"[`{rule.id}`](rules/{rule.id}.md)" for rule in covering(row, rules))
    severities = {severity for severity in row.severity.values() if severity != "error"}
    grave = f", {' or '.join(sorted(severities))}" if severities else ""
    return f"{links}{grave}{f': {row.note}' if row.note else ''}"


def covering(row: Row, rules: Iterable[type[Rule]]) -> list[type[Rule]]:
    """The rules that say that they cover a row."""
    return [rule for rule in rules if row.id in rule.covers]


def _quoted(text: str) -> str:
    """A text as code in a table."""
    return "`" + text.strip().replace("|", "\\|") + "`"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
