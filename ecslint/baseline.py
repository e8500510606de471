"""The findings that were there when ecslint was adopted: hidden, in a file that people can read.

An entry is known by its fingerprint, which stays when lines move; path, rule, address and message are there for the
reader. The file is YAML, sorted by path.
"""

from __future__ import annotations

from ecslint import yamltext
from ecslint.facts import credentials
from ecslint.finding import Confidence, Finding, Label, Problem, Severity, Suppressed
from ecslint.jsontext import TooDeep
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.suppress import StaleBaselineEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecslint.source import SourceFile, Span
    from ecslint.value import Value

VERSION = 1
STALE = StaleBaselineEntry.id

_HEAD = """\
# Findings that ecslint does not show, because they were there when it was adopted.
# Mend them one by one and take their entries out; `ecslint --write-baseline FILE` writes the file anew.
"""


class Entry(NamedTuple):
    """One finding of old. `path` is relative to the boundary, `place` is that of its fingerprint."""

    path: str
    rule: str
    address: str
    fingerprint: str
    place: Span


def write(findings: Iterable[Finding]) -> str:
    """The baseline of these findings. It holds no credential."""
    import yaml

    by_path: dict[str, list[dict[str, str]]] = {}
    for finding in findings:
        entry = {
            "rule": finding.rule,
            "address": credentials.mask(finding.address),
            "message": credentials.mask(finding.message),
            "fingerprint": finding.fingerprint,
        }
        by_path.setdefault(finding.primary.file.path, []).append(entry)
    data = {"version": VERSION, "findings": {path: by_path[path] for path in sorted(by_path)}}
    body: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1 << 16)
    return _HEAD + body


def read(file: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The entries of a baseline, and what is wrong with it."""
    try:
        document, errors = yamltext.read(file)
    except TooDeep as deep:
        return [], [Problem("limit", file.path, str(deep), deep.place)]
    if errors:
        return [], [Problem("yaml-syntax", file.path, error.message, error.place) for error in errors]
    version = document.get("version")
    if version.integer != VERSION:
        place = version.place.span() if version.place is not None else None
        message = f"this is no baseline of version {VERSION}"
        return [], [Problem("configuration", file.path, message, place, "write it anew with `--write-baseline`")]
    return list(_entries(document.get("findings"))), []


def _entries(findings: Value) -> Iterator[Entry]:
    for key, entries in findings.entries():
        for entry in entries.items():
            fingerprint, rule = entry.get("fingerprint"), entry.get("rule").string
            if fingerprint.string and fingerprint.place is not None and rule:
                address = entry.get("address").string or ""
                yield Entry(key.written, rule, address, fingerprint.string, fingerprint.place.span())


def apply(findings: Iterable[Finding], entries: Sequence[Entry]) -> tuple[list[Finding], list[Suppressed], list[Entry]]:
    """The findings that are new, those that the baseline hides, and the entries that hide none."""
    known = {entry.fingerprint for entry in entries}
    new: list[Finding] = []
    hidden: list[Suppressed] = []
    for finding in findings:
        if finding.fingerprint in known:
            hidden.append(Suppressed(finding, "", "baseline"))
        else:
            new.append(finding)
    used = {item.finding.fingerprint for item in hidden}
    return new, hidden, [entry for entry in entries if entry.fingerprint not in used]


def stale(entry: Entry) -> Finding:
    """The finding about an entry that hides nothing."""
    address = f"{entry.place.file.path}/{entry.path}[{entry.rule}]"
    return Finding(
        rule=STALE,
        stage=StaleBaselineEntry.stage,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        message=f"The baseline's `{entry.rule}` at {entry.address} is gone",
        address=address,
        local=address,
        labels=(Label(entry.place, "matches no finding", "primary"),),
        help="take the entry out, or write the baseline anew",
    )
