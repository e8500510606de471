"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import json
from hashlib import sha256

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path
from ecslint.reporters.region import region

if TYPE_CHECKING:
    from typing import Any

    from ecslint.engine import Report
    from ecslint.finding import Finding, Problem
    from ecslint.reporters import View

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, view: View) -> str:
    """Problems and findings, each with a fingerprint of its own."""
    root = report.workspace.root
    entries = [_problem(problem, shown_path(problem.path, root, view)) for problem in report.problems]
    entries += [_finding(finding, shown_path(finding.primary.file.path, root, view)) for finding in report.findings]
    _tell_apart(entries)
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, path: str) -> dict[str, Any]:
    at = region(finding.primary)
    entry: dict[str, Any] = {
        "check_name": finding.rule,
        "description": safe(finding.message),
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": path, "lines": {"begin": at.line, "end": at.end_line}},
    }
    told = [f"ECS would say: {safe(finding.symptom)}"] if finding.symptom else []
    told += [f"Help: {safe(finding.help)}"] if finding.help else []
    if told:
        entry["content"] = {"body": "\n\n".join(told)}
    return entry


def _problem(problem: Problem, path: str) -> dict[str, Any]:
    line = region(problem.place).line if problem.place is not None else 1
    key = "\0".join([problem.kind, problem.path, problem.message])
    return {
        "check_name": problem.kind,
        "description": f"ecslint could not read this: {safe(problem.message)}",
        "severity": "blocker",
        "fingerprint": sha256(key.encode("utf-8", "replace")).hexdigest()[:16],
        "location": {"path": path, "lines": {"begin": line}},
    }


def _tell_apart(entries: list[dict[str, Any]]) -> None:
    """GitLab drops entries whose fingerprint it has seen; two problems may say the same of one file."""
    seen: dict[str, int] = {}
    for entry in entries:
        name = entry["fingerprint"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            entry["fingerprint"] = f"{name}-{seen[name]}"
