"""The format for people: excerpts with carets, and a line that sums up."""

from __future__ import annotations

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.engine import Report
    from ecslint.reporters import View

_COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "problem": "1;35",
    "bold": "1",
    "margin": "1;34",
    "related": "1;34",
}


def render(report: Report, view: View) -> str:
    """Every problem and finding with its excerpt, then one line that sums up."""
    blocks: list[str] = []
    if report.problems or report.findings or report.workspace.notices:
        from ecslint.reporters.page import Page

        page = Page(report, view)
        blocks += [page.problem(problem) for problem in report.problems]
        blocks += [page.finding(finding) for finding in report.findings]
        blocks += [page.notice(notice) for notice in report.workspace.notices]
    blocks.append(_summary(report, lambda text, colour: paint(view, text, colour)) + "\n")
    return "\n".join(blocks)


def paint(view: View, text: str, colour: str) -> str:
    """The text in a colour, where that can be seen."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if view.colour and text else text


def summary(report: Report) -> str:
    """One line that sums up, without a line end."""
    return _summary(report, lambda text, _: text)


def _summary(report: Report, paint: Callable[[str, str], str]) -> str:
    counts = [(report.count(severity), severity.word) for severity in reversed(Severity)]
    found = [paint(_many(count, word), word) for count, word in counts if count]
    if report.problems:
        found.insert(0, paint(_many(len(report.problems), "problem"), "problem"))
    text = ", ".join(found) or "no findings"
    if report.workspace.files:
        text += f" in {_many(len(report.workspace.files), 'file')}"
    elif not found:
        text = "nothing to lint: no file here concerns ECS (`ecslint files` lists those that were looked at)"
    asides = []
    if report.withheld:
        asides.append(f"{_many(len(report.withheld), 'note')} withheld (--pedantic shows them)")
    if report.suppressed:
        asides.append(f"{len(report.suppressed)} suppressed")
    if report.unevaluated:
        asides.append(f"{_many(len(report.unevaluated), 'value')} not evaluated (`ecslint show` names them)")
    return "; ".join([text, *asides])


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
