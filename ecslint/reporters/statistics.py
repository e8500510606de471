"""How many findings each rule has: what to look at first when a linter is adopted."""

from __future__ import annotations

import json

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.reporters.text import summary

if TYPE_CHECKING:
    from ecslint.engine import Report


class Count(NamedTuple):
    """How many findings of one rule and severity there are, and how many were suppressed."""

    rule: str
    stage: str
    severity: str
    findings: int
    suppressed: int


def counts(report: Report) -> list[Count]:
    """The counts, the most frequent first."""
    shown: dict[tuple[str, str, str], int] = {}
    hidden: dict[tuple[str, str, str], int] = {}
    every = [(finding, shown) for finding in report.findings]
    every += [(item.finding, hidden) for item in report.suppressed]
    for finding, table in every:
        key = (finding.rule, finding.stage, finding.severity.word)
        table[key] = table.get(key, 0) + 1
    made = [Count(*key, shown.get(key, 0), hidden.get(key, 0)) for key in {**shown, **hidden}]
    return sorted(made, key=lambda count: (-count.findings, -count.suppressed, count.rule, count.severity))


def render_text(report: Report) -> str:
    """A table, and the line that sums up."""
    rows = [
        f"{count.findings:6}  {count.severity:7}  {count.rule}"
        + (f" ({count.suppressed} suppressed)" if count.suppressed else "")
        for count in counts(report)
    ]
    return "".join(f"{row}\n" for row in [*rows, summary(report)])


def render_json(report: Report) -> str:
    """The counts as one JSON object."""
    data = {"schema": 1, "problems": len(report.problems), "statistics": [count._asdict() for count in counts(report)]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
