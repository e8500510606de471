"""The machine's format, a contract: fields are added, never changed. Lines and columns from 1, in code points."""

from __future__ import annotations

import json

from ecslint import __version__
from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path, whole
from ecslint.reporters.region import region

if TYPE_CHECKING:
    from typing import Any

    from ecslint.engine import Report
    from ecslint.finding import Finding, Fix, Problem
    from ecslint.reporters import View
    from ecslint.source import Span

SCHEMA = 1


def render(report: Report, view: View) -> str:
    """The whole report as one JSON object."""
    return json.dumps(document(report, view), ensure_ascii=False, indent=2) + "\n"


def document(report: Report, view: View) -> dict[str, Any]:
    """The report as plain data."""
    page = _Page(report, view)
    workspace = report.workspace
    return {
        "schema": SCHEMA,
        "tool": {"name": "ecslint", "version": __version__},
        "findings": [page.finding(finding) for finding in report.findings],
        "problems": [page.problem(problem) for problem in report.problems],
        "notices": [
            {"path": page.path(notice.path), "message": safe(notice.message), "help": safe(notice.help) or None}
            for notice in workspace.notices
        ],
        "suppressed": [
            {
                "rule": item.finding.rule,
                "address": safe(item.finding.address),
                "reason": safe(item.reason),
                "by": item.by,
            }
            for item in report.suppressed
        ],
        "unevaluated": [
            {"path": page.path(path), "line": line, "what": safe(what), "why": safe(why)}
            for path, line, what, why in sorted((*item.position(), item.what, item.why) for item in report.unevaluated)
        ],
        "summary": {
            "files": len(workspace.files),
            "projects": len(workspace.projects),
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "suppressed": len(report.suppressed),
            "withheld": len(report.withheld),
            "attributes": report.attributes._asdict(),
        },
    }


class _Page:
    """Paths as seen from one folder."""

    def __init__(self, report: Report, view: View) -> None:
        self.root = report.workspace.root
        self.view = view

    def path(self, path: str) -> str:
        return shown_path(path, self.root, self.view)

    def place(self, span: Span) -> dict[str, Any]:
        return {"path": self.path(span.file.path), **region(span)._asdict()}

    def finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "rule": finding.rule,
            "stage": finding.stage,
            "severity": finding.severity.word,
            "confidence": finding.confidence.word,
            "message": safe(finding.message),
            "address": safe(finding.address),
            "symptom": safe(finding.symptom) if finding.symptom else None,
            "help": safe(finding.help) if finding.help else None,
            "fingerprint": finding.fingerprint,
            "row": finding.row or None,
            "fix": self.fix(finding.fix) if finding.fix and whole(finding.fix) else None,
            "labels": [
                {**self.place(label.place.span()), "text": safe(label.text), "role": label.role}
                for label in finding.labels
            ],
            "instances": [
                {"address": safe(item.address), "project": self.path(item.project)} for item in finding.instances
            ],
        }

    def fix(self, fix: Fix) -> dict[str, Any]:
        edits = [{**self.place(edit.place), "text": edit.text} for edit in fix.edits]
        return {"title": safe(fix.title), "safe": fix.safe, "edits": edits}

    def problem(self, problem: Problem) -> dict[str, Any]:
        place: dict[str, Any] = {"path": self.path(problem.path), "line": None, "column": None}
        if problem.place is not None:
            where = self.place(problem.place)
            place = {"path": where["path"], "line": where["line"], "column": where["column"]}
        return {"kind": problem.kind, **place, "message": safe(problem.message), "help": safe(problem.help) or None}
