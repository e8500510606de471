"""Settings that hold for some paths only: severities, rules that are off, and options."""

from __future__ import annotations

from fnmatch import fnmatchcase

from ecslint.config import SEVERITIES
from ecslint.lean import TYPE_CHECKING
from ecslint.suppress import glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecslint.config import Override, Settings
    from ecslint.finding import Finding
    from ecslint.rule import Rule


def settle(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings with the severities that the configuration asks for, without those that it switches off."""
    kept: list[Finding] = []
    for finding in findings:
        wanted = _wanted(finding, settings)
        if wanted != "off":
            finding.severity = SEVERITIES.get(wanted, finding.severity)
            kept.append(finding)
    return kept


def _wanted(finding: Finding, settings: Settings) -> str:
    """The last word on a finding's severity, empty where nobody said any."""
    names = (finding.stage, finding.rule, f"{finding.rule}/{finding.row}")
    wanted = ""
    for name in names:
        wanted = settings.severity.get(name, wanted)
    for item in settings.overrides:
        if not _is_at(item, finding.primary.file.path):
            continue
        if any(fnmatchcase(name, pattern) for name in names for pattern in item.disable):
            wanted = "off"
        for name in names:
            wanted = item.severity.get(name, wanted)
    return wanted


def variants(rule: Rule, settings: Settings, paths: Sequence[str]) -> Iterator[Rule]:
    """A rule once for each set of options that it has somewhere, each told where its options hold."""
    special = [item for item in settings.overrides if rule.id in item.options]
    if not special:
        yield rule
        return

    def which(path: str) -> tuple[bool, ...]:
        return tuple(_is_at(item, path) for item in special)

    for here in sorted({which(path) for path in paths} | {(False,) * len(special)}):
        options = dict(settings.options.get(rule.id, {}))
        for item, applies in zip(special, here, strict=True):
            options.update(item.options[rule.id] if applies else {})
        yield type(rule)(options, lambda path, here=here: which(path) == here)  # type: ignore[misc]


def _is_at(item: Override, path: str) -> bool:
    return any(glob(path, pattern) for pattern in item.paths)
