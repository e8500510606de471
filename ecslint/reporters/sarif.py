"""SARIF 2.1.0, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/.

Paths are relative to the boundary, which is the root of the repository as a rule. GitHub's reading of the format is at
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from ecslint import HOME, __version__, manual
from ecslint.finding import Confidence, Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, whole
from ecslint.reporters.region import region

if TYPE_CHECKING:
    from typing import Any

    from ecslint.engine import Report
    from ecslint.finding import Edit, Finding, Fix, Label, Notice, Problem, Suppressed
    from ecslint.reporters import View
    from ecslint.rule import Rule
    from ecslint.source import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "ecslint/v1"
BASE = "SRCROOT"

_SECURITY = {Severity.ERROR: "8.0", Severity.WARNING: "5.0", Severity.NOTE: "2.0"}
"""Scores as of CVSS, by which GitHub sorts alerts of security: high, medium, low."""

_PRECISION = {Confidence.HIGH: "very-high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def render(report: Report, view: View) -> str:
    """The whole report as one SARIF log."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, view)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: Report, view: View) -> dict[str, Any]:
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    results = [_result(finding, index) for finding in report.findings]
    results += [_hidden(item, index) for item in report.suppressed] if view.suppressed else []
    return {
        "tool": {
            "driver": {
                "name": "ecslint",
                "version": __version__,
                "informationUri": HOME,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "automationDetails": {"id": "ecslint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"uri": f"file://{_quoted(report.workspace.root.rstrip('/'))}/"}},
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [
                    *map(_notification, report.problems),
                    *map(_notice, report.workspace.notices),
                ],
            }
        ],
        "results": results,
        "properties": {
            "files": len(report.workspace.files),
            "projects": len(report.workspace.projects),
            "withheld": len(report.withheld),
            "unevaluated": len(report.unevaluated),
            "attributes": report.attributes._asdict(),
        },
    }


def _rule(rule: type[Rule]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "tags": [rule.stage, *(["security"] if rule.stage == "secure" else [])],
        "precision": _PRECISION[rule.confidence],
        "problem.severity": _PROBLEM[rule.severity],
    }
    if rule.stage == "secure":
        properties["security-severity"] = _SECURITY[rule.severity]
    page = manual.page(rule)
    return {
        "id": rule.id,
        "name": rule.__name__,
        "shortDescription": {"text": manual.title(rule)},
        "fullDescription": {"text": manual.summary(rule)},
        "help": {"text": page, "markdown": page},
        "helpUri": manual.url(rule),
        "defaultConfiguration": {"level": rule.severity.word},
        "properties": properties,
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    others = finding.labels[1:]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity.word,
        "message": {"text": _said(finding)},
        "locations": [
            {
                **_location(finding.labels[0]),
                "logicalLocations": [
                    {"fullyQualifiedName": safe(item.address), "kind": "resource"} for item in finding.instances
                ],
            }
        ],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"stage": finding.stage, "confidence": finding.confidence.word},
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if others:
        result["relatedLocations"] = [{"id": number, **_location(label)} for number, label in enumerate(others, 1)]
    way = [label for label in finding.labels if label.role != "related"]
    if len(way) > 1:
        steps = [{"location": _location(label), "importance": _importance(label)} for label in way]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if finding.fix and whole(finding.fix):
        result["fixes"] = [_fix(finding.fix)]
    return result


def _said(finding: Finding) -> str:
    """The message, with what ECS would say and what to do: GitHub shows nothing else beside the line."""
    parts = [safe(finding.message) + "."]
    if finding.symptom:
        parts.append(f"ECS would say: {safe(finding.symptom)}")
    if finding.help:
        parts.append(f"Help: {safe(finding.help)}.")
    return "\n".join(parts)


def _hidden(item: Suppressed, index: dict[str, int]) -> dict[str, Any]:
    suppression = {"kind": "inSource" if item.by in {"comment", "metadata"} else "external"}
    if item.reason:
        suppression["justification"] = safe(item.reason)
    result = {**_result(item.finding, index), "suppressions": [suppression]}
    if item.by == "baseline":
        result["baselineState"] = "unchanged"
    return result


def _importance(label: Label) -> str:
    return "essential" if label.role == "primary" else "important"


def _location(label: Label) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(label.place.span())}
    if label.text:
        location["message"] = {"text": safe(label.text)}
    return location


def _physical(span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(span.file.path), "region": _region(span)}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": _quoted(path), "uriBaseId": BASE}


def _region(span: Span) -> dict[str, int]:
    line, column, end_line, end_column = region(span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.place.file.path, []).append(edit)
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [
                {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}} for edit in edits
            ],
        }
        for path, edits in by_path.items()
    ]
    title = safe(fix.title) if fix.safe else f"{safe(fix.title)} (look at the result)"
    return {"description": {"text": title}, "artifactChanges": changes}


def _notice(notice: Notice) -> dict[str, Any]:
    text = f"{safe(notice.message)}\nHelp: {safe(notice.help)}" if notice.help else safe(notice.message)
    where = {"physicalLocation": {"artifactLocation": _artifact(notice.path)}}
    return {"level": "note", "message": {"text": text}, "descriptor": {"id": "notice"}, "locations": [where]}


def _notification(problem: Problem) -> dict[str, Any]:
    text = f"{safe(problem.message)}\nHelp: {safe(problem.help)}" if problem.help else safe(problem.message)
    told: dict[str, Any] = {"level": "error", "message": {"text": text}, "descriptor": {"id": problem.kind}}
    if problem.place is not None:
        told["locations"] = [{"physicalLocation": _physical(problem.place)}]
    elif problem.path:
        told["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(problem.path)}}]
    return told


def _quoted(path: str) -> str:
    """A path in a URI; of a name that is no text, its bytes."""
    return quote(path, errors="surrogateescape")
