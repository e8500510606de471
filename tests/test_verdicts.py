"""What every bad example is told: severity, confidence, row, place, symptom and edits, to be seen in review.

`ECSLINT_UPDATE=1 pytest tests/test_verdicts.py` writes them anew, for review.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support import SNAPSHOTS, lint, write
from test_rules import CASES, RULES

from ecslint.reporters import safe

if TYPE_CHECKING:
    from pathlib import Path

    from test_rules import Case

    from ecslint.finding import Finding

IN_JSON = {case.name.removesuffix("json") for case in CASES if case.name.endswith("-json")}
ONCE = [case for case in CASES if case.name.endswith("-json") or f"{case.name.rpartition('-')[0]}-" not in IN_JSON]
BAD = {id: [case for case in ONCE if case.rule.id == id and case.findings] for id in RULES}
"""What is written in several formats is told alike, so it stands here in one."""

HEAD = "== "


@pytest.mark.parametrize("id", BAD)
def test_verdicts(id: str, tmp_path: Path) -> None:
    found = {case.name: _told(case, tmp_path / str(number)) for number, case in enumerate(BAD[id])}
    path = SNAPSHOTS / "verdicts" / f"{id}.txt"
    if os.environ.get("ECSLINT_UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(f"{HEAD}{name}\n{text}" for name, text in found.items()), encoding="utf-8")
    assert found == _read(path), "ECSLINT_UPDATE=1 writes the verdicts anew; read what changed"


def _read(path: Path) -> dict[str, str]:
    """The verdicts on record, by example."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {name: rest for name, _, rest in (part.partition("\n") for part in ("\n" + text).split(f"\n{HEAD}")[1:])}


def _told(case: Case, folder: Path) -> str:
    findings = lint(write(folder, case.files)).findings
    return "\n".join(_lines(finding) for finding in findings if finding.rule == case.rule.id)


def _lines(finding: Finding) -> str:
    """What programs and people act on; the wording may change."""
    row = f"/{finding.row}" if finding.row else ""
    shown = safe(finding.primary.text.partition("\n")[0])[:60]
    lines = [f"{finding.severity.word} ({finding.confidence.word}){row} {safe(finding.address)}: {shown}"]
    lines += [f"  symptom: {safe(finding.symptom)[:200]}"] if finding.symptom else []
    if finding.fix is not None:
        edits = [safe(f"{edit.place.text!r} -> {edit.text!r}") for edit in finding.fix.edits]
        lines.append(f"  {'safe' if finding.fix.safe else 'unsafe'} fix: {', '.join(edits)}")
    return "\n".join(lines) + "\n"
