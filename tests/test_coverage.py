"""Every way in which a deployment is known to fail is told, in every format, or it is said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from failures import Row, failures
from support import lint, script, write

from ecslint import registry
from ecslint.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

generate_coverage = script("generate_coverage")
RULES = registry.load().rules
ROWS = failures()
EXAMPLES = [
    pytest.param(row, name, files, id=f"{row.id}-{name}-{index}")
    for row in ROWS
    for index, (name, files) in enumerate(row.examples)
]


def _covering(row: Row) -> set[str]:
    return {rule.id for rule in generate_coverage.covering(row, RULES.values())}


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_row_is_covered_or_says_why_not(row: Row) -> None:
    assert bool(_covering(row)) != bool(row.why or row.trap)


def test_a_rule_covers_rows_that_there_are() -> None:
    ids = [row.id for row in ROWS]
    assert len(set(ids)) == len(ids)
    for rule in RULES.values():
        assert set(rule.covers) <= set(ids), rule.id


@pytest.mark.parametrize(("row", "name", "files"), EXAMPLES)
def test_an_example_is_told(row: Row, name: str, files: dict[str, str], tmp_path: Path) -> None:
    report = lint(write(tmp_path, files))
    assert not report.problems, report.problems
    if row.trap:
        silent = Severity.ERROR if row.severity[name] == "warning" else Severity.WARNING
        assert [finding for finding in report.findings if finding.severity >= silent] == []
        return
    told = [finding for finding in report.findings if finding.rule in _covering(row)]
    assert row.severity[name] in {finding.severity.word for finding in told}, report.findings
    for finding in told:
        if row.says[name]:
            assert row.says[name] in (finding.symptom or "")
        else:
            assert finding.symptom is None, "a text that nobody has seen"


def test_the_page_is_current() -> None:
    written = generate_coverage.PAGE.read_text(encoding="utf-8")
    assert written == generate_coverage.page(), "run `python scripts/generate_coverage.py`"
