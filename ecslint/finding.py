"""What is told to a person: findings, problems, and what was switched off."""

from __future__ import annotations

from enum import IntEnum

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ecslint.source import Place, Span
    from ecslint.value import Condition


class Severity(IntEnum):
    """How bad. `ERROR` is a promise: what the files ask for certainly is refused, or fails as written."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @staticmethod
    def of(word: str) -> Severity:
        """The severity that a table or a configuration names. Raises `KeyError`."""
        return Severity[word.upper()]

    @property
    def word(self) -> str:
        return self.name.lower()


class Confidence(IntEnum):
    """How sure. Less than `HIGH` is at most a warning."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Label(NamedTuple):
    """A place that a finding shows. `role` is `primary`, `hop` or `related`."""

    place: Place
    text: str
    role: str


class Edit(NamedTuple):
    """The text to stand in place of a span."""

    place: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding; `safe` where they surely do nothing else."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Instance(NamedTuple):
    """One caller of a merged finding."""

    address: str
    project: str


MOST_NAMED = 4
"""How many conditions a message names."""


class Finding:
    """One thing that is wrong, with the places that tell its story, the primary one first.

    `local` is the address without module path, instance key and CDK stage, `slot` that without what a caller names.
    `conditions` are those under which the finding holds, where it does not always.
    """

    __slots__ = (
        "address",
        "conditions",
        "confidence",
        "fingerprint",
        "fix",
        "help",
        "instances",
        "labels",
        "local",
        "message",
        "row",
        "rule",
        "severity",
        "slot",
        "stage",
        "symptom",
    )

    def __init__(
        self,
        rule: str,
        stage: str,
        severity: Severity,
        confidence: Confidence,
        message: str,
        address: str,
        local: str,
        labels: tuple[Label, ...],
        help: str | None = None,
        symptom: str | None = None,
        fix: Fix | None = None,
        row: str = "",
        slot: str = "",
    ) -> None:
        self.rule = rule
        self.stage = stage
        self.severity = severity
        self.confidence = confidence
        self.message = message
        self.address = address
        self.local = local
        self.labels = labels
        self.help = help
        self.symptom = symptom
        self.fix = fix
        self.row = row
        self.slot = slot or local
        self.conditions: tuple[tuple[Condition, bool], ...] = ()
        self.instances: tuple[Instance, ...] = ()
        self.fingerprint = ""

    def __repr__(self) -> str:
        return f"Finding({self.severity.word}[{self.rule}] {self.address}: {self.message})"

    def only_if(self, conditions: tuple[tuple[Condition, bool], ...]) -> Finding:
        """This finding, true under some conditions only: at most a warning, and it says when. None change nothing."""
        if not conditions:
            return self
        self.severity = min(self.severity, Severity.WARNING)
        self.confidence = min(self.confidence, Confidence.MEDIUM)
        said = {condition.key for condition, _ in self.conditions}
        more = tuple((condition, met) for condition, met in conditions if condition.key not in said)
        if more:
            when = [condition.text if met else condition.unless for condition, met in more]
            rest = [f"{len(when) - MOST_NAMED} more"] if when[MOST_NAMED:] else []
            self.message += (" and " if said else ", if ") + " and ".join(when[:MOST_NAMED] + rest)
            self.conditions += more
        return self

    @property
    def primary(self) -> Span:
        return self.labels[0].place.span()


class Problem(NamedTuple):
    """A claimed file that could not be read whole, or a job that could not be done.

    `kind` is `json-syntax`, `hcl-syntax`, `yaml-syntax`, `unreadable`, `encoding`, `limit`, `configuration`, `internal`
    and the like. `path` is relative to the boundary; `place` is missing where there is no text to point at.
    """

    kind: str
    path: str
    message: str
    place: Span | None = None
    help: str = ""


class Notice(NamedTuple):
    """Something to know before relying on a run: it is no finding, and no failure of the job."""

    path: str
    message: str
    help: str = ""


class Suppression(NamedTuple):
    """One `ignore` that a person wrote: in a comment, in `Metadata`, or in the configuration.

    A comment covers the text of `covers`; one with an `address` or `paths` covers what those globs match, one with a
    `project` nothing of any other project. `until` is an ISO date. `complete` says whether all that it could hide was
    looked at, so that it may be called unused. Ignores of one rule with the same `local` address were written once, for
    every stage of an application: they are used if one of them is.
    """

    rule: str
    reason: str
    by: str
    place: Span
    covers: Span | None = None
    address: str = ""
    paths: tuple[str, ...] = ()
    until: str = ""
    complete: bool = True
    project: str = ""
    local: str = ""


class Suppressed(NamedTuple):
    """A finding that a person switched off."""

    finding: Finding
    reason: str
    by: str


class Unevaluated(NamedTuple):
    """What was read and could not be decided. `path` is that of the project, for what has no place."""

    path: str
    place: Place | None
    what: str
    why: str

    def position(self) -> tuple[str, int]:
        """The file, relative to the boundary, and the line from 1."""
        if self.place is None:
            return self.path, 1
        span = self.place.span()
        return span.file.path, span.file.position(span.start)[0]


class Attributes(NamedTuple):
    """How many scalars of the model's documents are known, symbolic and unknown."""

    known: int = 0
    symbolic: int = 0
    unknown: int = 0
