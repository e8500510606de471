"""Mending files: the edits of findings, applied so that none spoils another."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ecslint.engine import Report
    from ecslint.finding import Edit, Finding, Problem

    Look = Callable[[Mapping[str, str]], Report]

ROUNDS = 20
"""A mend may uncover the next fault; how often that is followed."""


class Mended(NamedTuple):
    """What became of the files: the new texts by path, what was mended, and the report on the result."""

    texts: dict[str, str]
    findings: list[Finding]
    report: Report


def mend(look: Look, unsafe: bool = False) -> Mended:
    """Apply fixes until none is left. `look` lints with some texts in place of those of files.

    A fix that would leave a file unreadable is not applied.
    """
    texts: dict[str, str] = {}
    done: list[Finding] = []
    report = look(texts)
    for _ in range(ROUNDS):
        wanted = candidates(report, unsafe)
        chosen, changed = apply(wanted)
        if not chosen:
            break
        after = look({**texts, **changed})
        if _worse(report, after):
            chosen, changed, after = _one_that_helps(look, texts, report, chosen)
            if not chosen:
                break
        texts.update(changed)
        done += chosen
        report = after
    return Mended(texts, done, report)


def candidates(report: Report, unsafe: bool) -> list[Finding]:
    """The findings that can be mended, whether they are shown or not."""
    every = [*report.findings, *report.withheld]
    return [finding for finding in every if finding.fix is not None and (finding.fix.safe or unsafe)]


def apply(findings: Iterable[Finding]) -> tuple[list[Finding], dict[str, str]]:
    """The findings that can be mended at once, because their edits do not touch, and the files' texts after that."""
    chosen: list[Finding] = []
    edits: dict[str, list[Edit]] = {}
    for finding in findings:
        mine = finding.fix.edits if finding.fix else ()
        if any(_touch(edit, other) for edit in mine for other in edits.get(edit.place.file.path, ())):
            continue
        chosen.append(finding)
        for edit in mine:
            edits.setdefault(edit.place.file.path, []).append(edit)
    return chosen, {path: _edited(some) for path, some in edits.items()}


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits share a character, or the place between two."""
    return one.place.start <= other.place.end and other.place.start <= one.place.end


def _edited(edits: list[Edit]) -> str:
    text = edits[0].place.file.text
    for edit in sorted(edits, key=lambda edit: edit.place.start, reverse=True):
        text = text[: edit.place.start] + edit.text + text[edit.place.end :]
    return text


def _worse(before: Report, after: Report) -> bool:
    """Whether there are problems that were not there."""

    def known(problem: Problem) -> tuple[str, str, str]:
        return problem.kind, problem.path, problem.message

    return bool({known(problem) for problem in after.problems} - {known(problem) for problem in before.problems})


def _one_that_helps(
    look: Look, texts: Mapping[str, str], before: Report, findings: list[Finding]
) -> tuple[list[Finding], dict[str, str], Report]:
    """The first fix that leaves all files readable, alone; none at all if there is no such."""
    for finding in findings:
        chosen, changed = apply([finding])
        after = look({**texts, **changed})
        if not _worse(before, after):
            return chosen, changed, after
    return [], {}, before
