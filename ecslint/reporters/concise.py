"""One line a finding: place, severity, rule, message."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path

if TYPE_CHECKING:
    from ecslint.engine import Report
    from ecslint.reporters import View
    from ecslint.source import Span


def render(report: Report, view: View) -> str:
    """`path:line:column: severity[rule]: message`, problems first and notices last."""
    root = report.workspace.root
    lines = []
    for problem in report.problems:
        where = _place(problem.place, root, view) if problem.place else shown_path(problem.path, root, view)
        lines.append(f"{safe(where)}: problem[{problem.kind}]: {safe(problem.message)}")
    for finding in report.findings:
        where = safe(_place(finding.primary, root, view))
        lines.append(f"{where}: {finding.severity.word}[{finding.rule}]: {safe(finding.message)}")
    lines += [
        f"{safe(shown_path(notice.path, root, view))}: notice: {safe(notice.message)}"
        for notice in report.workspace.notices
    ]
    return "".join(f"{line}\n" for line in lines)


def _place(span: Span, root: str, view: View) -> str:
    line, column = span.file.position(span.start)
    return f"{shown_path(span.file.path, root, view)}:{line}:{column}"
