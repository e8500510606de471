"""Findings that a person switched off, and what is wrong with the switches.

An `ignore` stands in a comment, in `Metadata`, or in the configuration; frontends hand the first two over as data. One
that hides nothing, names no rule or has run out is a finding itself, because a suppression that rots hides the next
fault.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from ecslint.finding import Confidence, Finding, Label, Severity, Suppressed, Suppression
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Rule
from ecslint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.finding import Instance
    from ecslint.registry import Registry
    from ecslint.source import SourceFile

_COMMENT = re.compile(r"(?:#|//|/\*)[ \t]*ecslint:[ \t]*ignore\[([^\[\]\n]*)\][ \t]*([^\n]*)")
_UNTIL = re.compile(r"\(?\buntil[ :=]+(\d{4}-\d{2}-\d{2})\b\)?")


class UnusedIgnore(Rule):
    """An `ignore` hides nothing: the fault it was written for is gone, or it never matched.

    Take it out, so that it cannot hide the next fault. Source: ecslint's own configuration.
    """

    id = "unused-ignore"
    stage = "configuration"
    since = "0.1"


class UnknownIgnore(Rule):
    """An `ignore` names a rule that does not exist, so it hides nothing.

    Source: ecslint's own configuration.
    """

    id = "unknown-ignore"
    stage = "configuration"
    since = "0.1"


class ExpiredIgnore(Rule):
    """An `ignore` was meant to hold until a day that is past; it hides nothing any more.

    Mend the fault, or give the `ignore` a later day. Source: ecslint's own configuration.
    """

    id = "expired-ignore"
    stage = "configuration"
    since = "0.1"


class StaleBaselineEntry(Rule):
    """An entry of the baseline hides nothing: the fault it was written for is gone.

    Write the baseline anew, or take the entry out, so that it cannot hide the fault when it comes back. Source:
    ecslint's own baseline.
    """

    id = "stale-baseline-entry"
    stage = "configuration"
    since = "0.1"


RULES: tuple[type[Rule], ...] = (UnusedIgnore, UnknownIgnore, ExpiredIgnore, StaleBaselineEntry)


def comments(file: SourceFile) -> Iterator[Suppression]:
    """The `ignore` comments of a file, one for each rule that they name.

    One behind code covers its line; one on a line of its own covers the next line that holds anything. A frontend that
    knows where the next block ends widens `covers` to it.
    """
    covered = 0
    for found in _COMMENT.finditer(file.text) if "ecslint:" in file.text else ():
        line = file.position(found.start())[0]
        alone = not file.text[file.line_start(line) : found.start()].strip()
        # Of comments in a row each covers the same line, which is looked for once.
        covered = max(line, covered) if alone else line
        while alone and covered < file.line_count and (covered == line or _idle(file.line(covered))):
            covered += 1
        covers = Span(file, file.line_start(line), file.line_start(covered) + len(file.line(covered)))
        reason, until = reasoned(found.group(2).removesuffix("*/").strip())
        place = Span(file, found.start(), found.end())
        for rule in found.group(1).split(","):
            yield Suppression(
                rule=rule.strip(),
                reason=reason,
                by="comment",
                place=place,
                covers=covers,
                until=until,
            )


def reasoned(text: str) -> tuple[str, str]:
    """The reason that a person gave, and the day until which it holds (`until 2027-01-31`), empty where none is."""
    until = _UNTIL.search(text)
    return _UNTIL.sub("", text).strip(" ,;-"), until.group(1) if until else ""


def _idle(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith(("#", "//"))


def suppress(
    findings: Iterable[Finding],
    ignores: Iterable[Suppression],
    registry: Registry,
    ran: set[str],
    today: str,
) -> tuple[list[Finding], list[Finding], list[Suppressed]]:
    """The findings that are left, those about the ignores themselves, and those that were hidden.

    `ran` are the rules that ran: an ignore of another one cannot be called unused. `today` is an ISO date.
    """
    kept: list[Finding] = []
    hidden: list[Suppressed] = []
    all_ignores = list(ignores)
    live = [(index, ignore) for index, ignore in enumerate(all_ignores) if not ignore.until or ignore.until >= today]
    used: set[int] = set()
    for finding in findings:
        matching = [(index, ignore) for index, ignore in live if _names(ignore, finding, registry)]
        remaining = list(finding.instances)
        reason: Suppression | None = None
        for index, ignore in matching:
            covered = [instance for instance in finding.instances if _covers(ignore, finding, instance)]
            if covered:
                used.add(index)
                reason = reason or ignore
                remaining = [instance for instance in remaining if instance not in covered]
        if reason is not None and not remaining:
            hidden.append(Suppressed(finding, reason.reason, reason.by))
        else:
            finding.instances = tuple(remaining)
            if remaining and finding.address not in {instance.address for instance in remaining}:
                finding.address = remaining[0].address
            kept.append(finding)
    return kept, list(_about(all_ignores, used, registry, ran, today)), hidden


def _names(ignore: Suppression, finding: Finding, registry: Registry) -> bool:
    """Whether an ignore is about the finding's rule: by id, former id, row (`rule/row`) or glob."""
    rule, _, row = ignore.rule.partition("/")
    return fnmatchcase(finding.rule, registry.resolve(rule)) and (not row or fnmatchcase(finding.row, row))


def _covers(ignore: Suppression, finding: Finding, instance: Instance) -> bool:
    """Whether an ignore is about this instance: by address, by path, or because a label lies where it covers."""
    if ignore.project and ignore.project != instance.project:
        return False
    if ignore.address and not (glob(instance.address, ignore.address) or glob(finding.local, ignore.address)):
        return False
    if ignore.paths and not any(glob(finding.primary.file.path, pattern) for pattern in ignore.paths):
        return False
    if ignore.covers is None:
        return bool(ignore.address or ignore.paths)
    return any(_within(label.place.span(), ignore.covers) for label in finding.labels)


def glob(text: str, pattern: str) -> bool:
    """Whether a pattern matches an address or path, or something that it lies in."""
    # An address may hold `[NAME]`, which `fnmatch` would take for a set of characters.
    literal = pattern.replace("[", "[[]")
    return fnmatchcase(text, literal) or fnmatchcase(text, literal.rstrip("/") + "/*")


def _within(span: Span, covers: Span) -> bool:
    return span.file is covers.file and covers.start <= span.start < covers.end + (span.start == span.end)


def _about(
    ignores: list[Suppression], used: set[int], registry: Registry, ran: set[str], today: str
) -> Iterator[Finding]:
    """The findings about ignores that are unknown, expired or unused, as far as these rules were asked for."""
    for told in _wrong(ignores, used, registry, ran, today):
        if told.rule in ran:
            yield told


def _wrong(
    ignores: list[Suppression], used: set[int], registry: Registry, ran: set[str], today: str
) -> Iterator[Finding]:
    settled = {_written(ignores[index]) for index in used}
    for index, ignore in enumerate(ignores):
        if ignore.local and _written(ignore) in settled:
            continue
        settled.add(_written(ignore))
        name = registry.resolve(ignore.rule.partition("/")[0])
        rules = {rule for rule in registry.rules if fnmatchcase(rule, name)}
        if not rules:
            close = registry.close(name)
            hint = f"did you mean `{close}`?" if close else "`ecslint rule` lists the rules"
            yield _told(UnknownIgnore, ignore, f"There is no rule `{name}` to ignore", "names no rule", hint)
        elif ignore.until and ignore.until < today:
            message = f"The ignore of `{ignore.rule}` ran out on {ignore.until}"
            help = "mend the fault, or give it a later day"
            yield _told(ExpiredIgnore, ignore, message, "hides nothing any more", help)
        elif index not in used and ignore.complete and rules <= ran:
            message = f"The ignore of `{ignore.rule}` hides nothing"
            yield _told(UnusedIgnore, ignore, message, "matches no finding", "take it out")


def _written(ignore: Suppression) -> tuple[str, ...]:
    """What is equal in ignores that a person wrote once for several stages."""
    return ignore.project, ignore.rule, ignore.local


def _told(rule: type[Rule], ignore: Suppression, message: str, label: str, help: str) -> Finding:
    address = f"{ignore.place.file.path}/ignore[{ignore.rule}]"
    return Finding(
        rule=rule.id,
        stage=rule.stage,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        message=message,
        address=address,
        local=address,
        labels=(Label(ignore.place, label, "primary"),),
        help=help,
    )
