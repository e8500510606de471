"""JUnit XML, as Jenkins and most others read it: a suite a file, a test case a finding.

A finding that gives status 1 is a failure, a milder one a passing case that says so; a file without findings has one
passing case. The schema is that of Jenkins' xUnit plug-in, `junit-10.xsd`.
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path
from ecslint.reporters.region import region

if TYPE_CHECKING:
    from ecslint.engine import Report
    from ecslint.finding import Finding, Problem, Suppressed
    from ecslint.reporters import View


def render(report: Report, view: View) -> str:
    """All suites, in the order of their files."""
    root = report.workspace.root
    suites = {path: _Suite(shown_path(path, root, view)) for path in report.workspace.files}

    def suite(path: str) -> _Suite:
        return suites.setdefault(path, _Suite(safe(shown_path(path, root, view)) if path else "ecslint"))

    for problem in report.problems:
        suite(problem.path).problem(problem)
    for finding in report.findings:
        suite(finding.primary.file.path).finding(finding, finding.severity >= report.fail_on)
    for item in report.suppressed:
        suite(item.finding.primary.file.path).hidden(item)
    top = Xml.Element("testsuites", name="ecslint")
    for path in sorted(suites):
        suites[path].close(top)
    for count in ("tests", "failures", "errors"):
        top.set(count, str(sum(int(element.get(count, "0")) for element in top)))
    Xml.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(top, "unicode")}\n'


class _Suite:
    """The test cases of one file."""

    def __init__(self, path: str) -> None:
        self.path = safe(path)
        self.cases: list[Xml.Element] = []

    def case(self, name: str) -> Xml.Element:
        case = Xml.Element("testcase", name=name, classname=self.path)
        self.cases.append(case)
        return case

    def problem(self, problem: Problem) -> None:
        error = Xml.SubElement(self.case(problem.kind), "error", type=problem.kind, message=safe(problem.message))
        line = f"{self.path}:{region(problem.place).line}" if problem.place is not None else self.path
        error.text = "\n".join(filter(None, [line, safe(problem.message), safe(problem.help)]))

    def finding(self, finding: Finding, fails: bool) -> None:
        case = self.case(_name(finding))
        at = region(finding.primary)
        lines = [f"{self.path}:{at.line}:{at.column}: {finding.severity.word}: {safe(finding.message)}"]
        lines += [f"ECS would say: {safe(finding.symptom)}"] if finding.symptom else []
        lines += [f"help: {safe(finding.help)}"] if finding.help else []
        if fails:
            told = Xml.SubElement(case, "failure", type=finding.severity.word, message=safe(finding.message))
        else:
            told = Xml.SubElement(case, "system-out")
        told.text = "\n".join(lines)

    def hidden(self, item: Suppressed) -> None:
        reason = f"suppressed by {item.by}: {safe(item.reason)}" if item.reason else f"suppressed by {item.by}"
        Xml.SubElement(self.case(_name(item.finding)), "skipped", message=reason)

    def close(self, top: Xml.Element) -> None:
        """Add the suite to the document."""
        if not self.cases:
            self.case("no findings")
        suite = Xml.SubElement(top, "testsuite", name=self.path, tests=str(len(self.cases)))
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            suite.set(count, str(sum(case.find(tag) is not None for case in self.cases)))
        suite.extend(self.cases)


def _name(finding: Finding) -> str:
    return safe(f"{finding.rule}: {finding.address}")
