"""A table for a job's summary or a comment on a pull request.

The table is HTML, in which Markdown means nothing: names out of the files can make neither links nor images.
"""

from __future__ import annotations

import re
from html import escape

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path
from ecslint.reporters.region import region
from ecslint.reporters.text import summary

if TYPE_CHECKING:
    from ecslint.engine import Report
    from ecslint.finding import Finding, Problem
    from ecslint.reporters import View

MOST = 200
"""The most rows: a job's summary takes 1 MiB, a comment 64 KiB, and nobody reads more."""

_ICONS = {Severity.ERROR: "🛑", Severity.WARNING: "⚠️", Severity.NOTE: "💡"}
_CODE = re.compile(r"`([^`]+)`")


def render(report: Report, view: View) -> str:
    """A heading, one row a problem and finding, the gravest first, and one line that sums up."""
    root = report.workspace.root
    rows = [_problem(problem, shown_path(problem.path, root, view)) for problem in report.problems]
    findings = sorted(report.findings, key=lambda finding: -finding.severity)
    rows += [_finding(finding, shown_path(finding.primary.file.path, root, view)) for finding in findings]
    parts = ["## ecslint\n"]
    if rows:
        head = "<tr><th></th><th>where</th><th>what</th></tr>"
        parts.append("\n".join(["<table>", head, *rows[:MOST], "</table>\n"]))
    if len(rows) > MOST:
        parts.append(f"{len(rows) - MOST} more in the log.\n")
    notices = [f"{shown_path(notice.path, root, view)}: {notice.message}" for notice in report.workspace.notices]
    parts += [f"<p>{_text(line)}</p>\n" for line in [*notices, summary(report)]]
    return "\n".join(parts)


def _finding(finding: Finding, path: str) -> str:
    what = [f"{_text(finding.message)} (<code>{escape(finding.rule)}</code>)"]
    if finding.symptom:
        what.append(f"ECS would say: <i>{_text(finding.symptom)}</i>")
    if finding.help:
        what.append(f"Help: {_text(finding.help)}")
    icon = f'<span title="{finding.severity.word}">{_ICONS[finding.severity]}</span>'
    return _row(icon, f"{path}:{region(finding.primary).line}", what)


def _problem(problem: Problem, path: str) -> str:
    what = [f"{_text(problem.message)} (<code>{escape(problem.kind)}</code>)"]
    if problem.help:
        what.append(f"Help: {_text(problem.help)}")
    line = f":{region(problem.place).line}" if problem.place is not None else ""
    return _row('<span title="problem">💥</span>', f"{path}{line}", what)


def _row(icon: str, where: str, what: list[str]) -> str:
    return f"<tr><td>{icon}</td><td><code>{escape(safe(where))}</code></td><td>{'<br>'.join(what)}</td></tr>"


def _text(text: str) -> str:
    """A text of ours as HTML on one line, what stands in backticks as code."""
    return _CODE.sub(r"<code>\1</code>", escape(" ".join(safe(text).split()), quote=False))
