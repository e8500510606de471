"""Annotations of GitHub Actions, as workflow commands.

GitHub shows ten annotations of each kind a step and drops the rest without a word, so the tenth says how many more the
log has. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; the limit is that
of https://github.com/orgs/community/discussions/26680.
"""

from __future__ import annotations

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.reporters import safe, shown_path
from ecslint.reporters.region import region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.engine import Report
    from ecslint.finding import Finding, Notice, Problem
    from ecslint.reporters import View
    from ecslint.source import Span

MOST = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class _Annotation(NamedTuple):
    """One annotation: its kind, its properties as they stand in the command, and what it says."""

    kind: str
    properties: tuple[tuple[str, str], ...]
    text: str

    def command(self) -> str:
        properties = ",".join(f"{name}={_property(value)}" for name, value in self.properties)
        return f"::{self.kind} {properties}::{_data(self.text)}"

    def plain(self) -> str:
        """The annotation as a line that no runner takes for a command, in either syntax that runners know."""
        where = dict(self.properties)
        place = ":".join(where[name] for name in ("file", "line", "col") if name in where)
        text = " ".join(f"{self.kind}: {where['title']}: {self.text}".split())
        return f"- {place}: {text}".replace("##[", "## [")


def render(report: Report, view: View) -> str:
    """The annotations, problems first, the gravest findings before the others; then those beyond the limit."""
    page = _Page(report, view)
    lines: list[str] = []
    rest: list[str] = []
    for every in page.by_kind():
        kind = every[0].kind
        shown = every if len(every) <= MOST else every[: MOST - 1]
        lines += [annotation.command() for annotation in shown]
        beyond = every[len(shown) :]
        if beyond:
            lines.append(f"::{kind} title=ecslint::{len(beyond)} more {kind}s in the log")
            rest += [annotation.plain() for annotation in beyond]
    return "".join(f"{line}\n" for line in lines + rest)


class _Page:
    """Paths as seen from one folder."""

    def __init__(self, report: Report, view: View) -> None:
        self.report = report
        self.view = view

    def by_kind(self) -> Iterator[list[_Annotation]]:
        """The annotations of each kind that has any."""
        for severity in reversed(Severity):
            found = [self.finding(item) for item in self.report.findings if item.severity is severity]
            if severity is Severity.ERROR:
                found = [*map(self.problem, self.report.problems), *found]
            if severity is Severity.NOTE:
                found += map(self.notice, self.report.workspace.notices)
            if found:
                yield found

    def finding(self, finding: Finding) -> _Annotation:
        parts = [safe(finding.message)]
        if finding.symptom:
            parts.append(f"ECS would say: {safe(finding.symptom)}")
        if finding.help:
            parts.append(f"Help: {safe(finding.help)}")
        place = self.place(finding.primary)
        return _Annotation(_COMMANDS[finding.severity], (*place, ("title", finding.rule)), "\n".join(parts))

    def problem(self, problem: Problem) -> _Annotation:
        text = f"{safe(problem.message)}\nHelp: {safe(problem.help)}" if problem.help else safe(problem.message)
        place: tuple[tuple[str, str], ...] = ()
        if problem.place is not None:
            place = self.place(problem.place)
        elif problem.path:
            place = (("file", self.path(problem.path)),)
        return _Annotation("error", (*place, ("title", f"ecslint could not read this ({problem.kind})")), text)

    def notice(self, notice: Notice) -> _Annotation:
        text = f"{safe(notice.message)}\nHelp: {safe(notice.help)}" if notice.help else safe(notice.message)
        return _Annotation("notice", (("file", self.path(notice.path)), ("title", "ecslint")), text)

    def path(self, path: str) -> str:
        return safe(shown_path(path, self.report.workspace.root, self.view))

    def place(self, span: Span) -> tuple[tuple[str, str], ...]:
        """GitHub takes columns only where line and end line are the same."""
        at = region(span)
        start = (("file", self.path(span.file.path)), ("line", str(at.line)))
        if not at.is_one_line:
            return (*start, ("endLine", str(at.end_line)))
        return (*start, ("col", str(at.column)), ("endColumn", str(at.end_column)))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
