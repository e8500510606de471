"""What is told at length for people: a problem, a finding or a notice, with excerpts and carets."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import safe, shown_path
from ecslint.reporters.excerpt import Mark, rows, wrap
from ecslint.reporters.masks import Masks
from ecslint.reporters.text import paint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.engine import Report
    from ecslint.finding import Finding, Notice, Problem
    from ecslint.reporters import View

SAID = "ECS would say"


class Page:
    """One rendering: the report, how it is looked at, and what must not be seen."""

    def __init__(self, report: Report, view: View) -> None:
        self.report = report
        self.view = view
        self.masks = Masks(report.masks())

    def paint(self, text: str, colour: str) -> str:
        return paint(self.view, text, colour)

    def finding(self, finding: Finding) -> str:
        word = finding.severity.word
        title = self.paint(f"{word}[{finding.rule}]", word) + self.paint(f": {safe(finding.message)}", "bold")
        marks = [Mark(label.place.span(), safe(label.text), label.role == "primary") for label in finding.labels]
        notes = [("at", self.addresses(finding))]
        if finding.symptom:
            notes.append((SAID, safe(finding.symptom)))
        if finding.help:
            notes.append(("help", safe(finding.help)))
        return "\n".join([title, *self.excerpts(marks, notes, word)]) + "\n"

    def addresses(self, finding: Finding) -> str:
        others = [item.address for item in finding.instances if item.address != finding.address]
        shown = ", ".join([finding.address, *others[:3]])
        return safe(f"{shown} and {len(others) - 3} more" if len(others) > 3 else shown)

    def problem(self, problem: Problem) -> str:
        title = self.paint(f"problem[{problem.kind}]", "problem") + self.paint(f": {safe(problem.message)}", "bold")
        notes = [("help", safe(problem.help))] if problem.help else []
        if problem.place is None:
            return "\n".join([title, *self.whereabouts(problem.path), *self.notes(notes, 1)]) + "\n"
        return "\n".join([title, *self.excerpts([Mark(problem.place, "", True)], notes, "problem")]) + "\n"

    def notice(self, notice: Notice) -> str:
        title = self.paint("notice", "note") + self.paint(f": {safe(notice.message)}", "bold")
        notes = [("help", safe(notice.help))] if notice.help else []
        return "\n".join([title, *self.whereabouts(notice.path), *self.notes(notes, 1)]) + "\n"

    def whereabouts(self, path: str) -> list[str]:
        """The line that names a file of which nothing is shown."""
        return [f" {self.paint('-->', 'margin')} {self.path(path)}"] if path else []

    def path(self, path: str) -> str:
        return safe(shown_path(path, self.report.workspace.root, self.view))

    def excerpts(self, marks: list[Mark], notes: list[tuple[str, str]], colour: str) -> Iterator[str]:
        """The excerpts, a file at a time in the order in which the story enters it, and the notes below.

        `colour` is that of the primary marks.
        """
        by_file: dict[int, list[Mark]] = {}
        for mark in marks:
            by_file.setdefault(id(mark.span.file), []).append(mark)
        margin = max(len(str(mark.span.file.position(mark.span.start)[0])) for mark in marks)
        bar = self.paint(f"{' ' * margin} |", "margin")
        for index, group in enumerate(by_file.values()):
            head = group[0].span
            line, column = head.file.position(head.start)
            arrow = self.paint(" " * margin + ("-->" if index == 0 else ":::"), "margin")
            yield f"{arrow} {self.path(head.file.path)}:{line}:{column}"
            yield bar
            for row in rows(group, self.masks, self.view.width - margin - 3):
                number = "" if row.number is None else str(row.number)
                gutter = self.paint(f"{number:>{margin}} |", "margin")
                text = self.paint(row.text, {"primary": colour}.get(row.mark, row.mark)) if row.mark else row.text
                yield f"{gutter} {text}".rstrip()
        if notes:
            yield bar
        yield from self.notes(notes, margin)

    def notes(self, notes: list[tuple[str, str]], margin: int) -> Iterator[str]:
        for name, text in notes:
            head = f"{' ' * margin} {self.paint('=', 'margin')} {self.paint(name, 'bold')}: "
            # What ECS says is quoted, so it is not broken.
            room = 1 << 30 if name == SAID else self.view.width - margin - 5 - len(name)
            lines = wrap(text, room)
            yield head + lines[0]
            yield from (" " * (margin + 3) + line for line in lines[1:])
