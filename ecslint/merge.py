"""One finding for many callers.

A module that is called three times, or a stack that three CDK stages repeat, has its faults once: findings of one rule
at one place about one thing are one finding, with an instance for each caller. What a program wrote is shown where a
person wrote that program, as far as anybody knows.
"""

from __future__ import annotations

from ecslint.finding import Instance, Label
from ecslint.lean import TYPE_CHECKING
from ecslint.source import Cut, Route, authored

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ecslint.finding import Finding
    from ecslint.model import Project, Workspace
    from ecslint.source import Place


def merge(found: Iterable[tuple[Finding, Project | None]], workspace: Workspace) -> list[Finding]:
    """The findings, sorted by place, each with its instances and its fingerprint."""
    merged: dict[tuple[object, ...], tuple[Finding, dict[Instance, None]]] = {}
    for finding, project in found:
        local = _to_author(finding)
        span = finding.primary
        key = (finding.rule, finding.row, span.file.path, span.start, span.end, local)
        path = project.path if project is not None else workspace.root
        first, instances = merged.setdefault(key, (finding, {}))
        if first is not finding:
            _add(first, finding)
        instances[Instance(finding.address, path)] = None
    for finding, instances in merged.values():
        finding.instances = tuple(instances)
    findings = sorted((finding for finding, _ in merged.values()), key=order)
    _fingerprint(findings)
    return findings


def _to_author(finding: Finding) -> Hashable:
    """Show the author's own lines, where there are any; what tells the finding from others at that place.

    A line that has been shown is not shown again: there the generated text says more.
    """
    first, *others = _at_use(finding.labels)
    place = first.place
    mine = authored(place)
    if mine is None:
        return finding.slot
    labels = [Label(mine.span, first.text, "primary")]
    if mine.span != place.span():
        labels.append(Label(place, "as synthesized", "related"))
    shown = {mine.span}
    for label in others:
        theirs = authored(label.place)
        labels.append(label if theirs is None or theirs.span in shown else label._replace(place=theirs.span))
        shown |= {theirs.span} if theirs is not None else set()
    finding.labels = tuple(labels)
    # What a line makes may be made by it many times, alike as long as the same is said of it.
    return (finding.local.removeprefix(mine.makes), finding.message, _route(place))


def _at_use(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels with the primary one where the value is used, if it stands where no person wrote anything.

    What passes from stack to stack stands in an output that the program's library made.
    """
    first, *others = labels
    place = first.place
    if not isinstance(place, (Route, Cut)) or place.file.author is None or authored(place) is not None:
        return labels
    used = next((label for label in reversed(others) if label.role == "hop" and authored(label.place)), None)
    if used is None:
        return labels
    rest = (label for label in others if label is not used)
    return (Label(used.place, first.text, "primary"), Label(place, used.text, "hop"), *rest)


def _route(place: Place) -> Hashable:
    """The way into a generated document, below the name of what it declares, which may differ where nothing does."""
    if isinstance(place, Cut):
        return (place.route.keys[2:], place.start, place.end)
    return place.keys[2:] if isinstance(place, Route) else None


def order(finding: Finding) -> tuple[object, ...]:
    """Where a finding comes in every output: by file and place, then the graver, then by rule."""
    span = finding.primary
    return (span.file.path, span.start, span.end, -finding.severity, finding.rule, finding.row, finding.local)


def _add(first: Finding, other: Finding) -> None:
    """Take another caller's finding in: its hops where they are new, and what it says where it is the surer one."""
    known = {label.place.span() for label in first.labels}
    extra = tuple(label for label in other.labels if label.role == "hop" and label.place.span() not in known)
    first.labels += tuple(Label(label.place, label.text, "hop") for label in extra)
    if other.local != first.local:
        # Each caller has a name of its own for it, which is then no name of the thing.
        first.local = first.slot
    if (other.severity, other.confidence) > (first.severity, first.confidence):
        first.severity, first.confidence = other.severity, other.confidence
        first.message, first.conditions = other.message, other.conditions


def _fingerprint(findings: list[Finding]) -> None:
    """Name each finding by what stays when lines move: rule, path, local address, and the how-manieth of these."""
    if not findings:
        return
    from hashlib import sha256

    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        key = (finding.rule, finding.row, finding.primary.file.path, finding.local)
        ordinal = seen[key] = seen.get(key, 0) + 1
        text = "\0".join([*key, str(ordinal)])
        finding.fingerprint = sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
