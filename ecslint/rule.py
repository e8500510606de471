"""What a rule is: one class in one file, which explains, shows and tests itself.

A rule overrides one of the hooks below, or several where it looks at several things; each is run by itself. It keeps no
state: one object serves every project. `docs/rules.md` and `CONTRIBUTING.md` say how to write one.
"""

from __future__ import annotations

import re

from ecslint.finding import Confidence, Edit, Finding, Fix, Label, Severity, Unevaluated
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import ClassVar

    from ecslint.facts.row import AnyRow
    from ecslint.facts.unsupported import Unsupported
    from ecslint.model import Container, Noun, Permissions, Project, Service, TaskDefinition, Workspace
    from ecslint.model.shape import Shaped
    from ecslint.source import Place

__all__ = [
    "Confidence",
    "DocumentRule",
    "Edit",
    "Finding",
    "Fix",
    "Rule",
    "Severity",
    "SupportRule",
    "Told",
    "Unevaluated",
    "key_of",
]

_LONG_QUOTE = re.compile(r"`([^`]{100})[^`]{20,}`")
"""A value of a thousand digits says no more than its beginning."""

if TYPE_CHECKING:
    Told = Finding | Unevaluated
    """What a rule tells: something wrong, or something that it would have to know."""


_STARTS = (
    ("task", ("TaskDefinition",)),
    ("container", ("TaskDefinition",)),
    ("service", ("Service",)),
    ("permissions", ("Role", "Policy", "ManagedPolicy")),
)
"""The kinds of resources that a hook begins with."""


class Rule:
    """The base of every rule. The class docstring is the documentation, its examples are the tests.

    `severity` is a ceiling. `symptoms` are the texts that ECS would show, with `{names}` for what varies. `peers` are
    the ids of other tools for the same thing. `covers` names the rows of `fixtures/failures` that the rule tells of.
    `since`, `deprecated` and `replaced_by` are the life of the rule.
    """

    id: ClassVar[str] = ""
    stage: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.WARNING
    confidence: ClassVar[Confidence] = Confidence.HIGH
    symptoms: ClassVar[tuple[str, ...]] = ()
    peers: ClassVar[tuple[str, ...]] = ()
    covers: ClassVar[tuple[str, ...]] = ()
    since: ClassVar[str] = ""
    deprecated: ClassVar[str] = ""
    replaced_by: ClassVar[str] = ""
    rows: ClassVar[tuple[AnyRow, ...]] = ()
    """The table that the rule reads, where it reads one. A row can be ignored as `rule/row`."""
    kinds: ClassVar[tuple[str, ...]] = ()
    """The kinds of resources of which one must be there, for a rule that looks at a whole project."""
    options: ClassVar[Mapping[str, object]] = {}
    """The rule's options with their defaults; `setting` reads them."""

    def __init__(
        self, settings: Mapping[str, object] | None = None, where: Callable[[str], bool] | None = None
    ) -> None:
        """`where` says of a path whether these settings hold there; without it they hold everywhere."""
        self._settings = settings or {}
        self.where = where

    def setting(self, name: str) -> object:
        """An option as configured, or its default. Raises `KeyError` for an option that is not declared."""
        return self._settings.get(name, self.options[name])

    @classmethod
    def starts(cls) -> tuple[str, ...]:
        """The kinds of resources that the hooks of this rule begin with; none where it must always be run.

        One without hooks begins with a kind that no resource has.
        """
        if cls.workspace is not Rule.workspace or cls.project is not Rule.project:
            return cls.kinds
        kinds = dict.fromkeys(kind for hook, kinds in _STARTS if cls.overrides(hook) for kind in kinds)
        return tuple(kinds) or ("Nothing",)

    @classmethod
    def overrides(cls, hook: str) -> bool:
        return getattr(cls, hook) is not getattr(Rule, hook)

    # Hooks, from the widest to the narrowest

    def workspace(self, workspace: Workspace) -> Iterator[Told]:
        """All projects together. The engine calls this once, and `project` for each project."""
        return iter(())

    def project(self, project: Project) -> Iterator[Told]:
        from ecslint.model import Service, TaskDefinition, all_permissions

        for task in project.all(TaskDefinition):
            yield from self.task(task)
            for container in task.containers:
                yield from self.container(container)
        for service in project.all(Service):
            yield from self.service(service)
        for permissions in all_permissions(project):
            yield from self.permissions(permissions)

    def task(self, task: TaskDefinition) -> Iterator[Told]:
        return iter(())

    def container(self, container: Container) -> Iterator[Told]:
        return iter(())

    def service(self, service: Service) -> Iterator[Told]:
        return iter(())

    def permissions(self, permissions: Permissions) -> Iterator[Told]:
        """What one role may do, by all its statements; or a policy whose roles the project does not make."""
        return iter(())

    # Telling

    def finding(
        self,
        noun: Noun,
        message: str,
        at: Value | Place,
        label: str,
        help: str,
        *,
        related: Iterable[tuple[Value | Place | None, str]] = (),
        origin: Value | None = None,
        symptom: str | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        fix: Fix | None = None,
        row: str = "",
    ) -> Finding:
        """A finding about `noun`, whose primary label is `at`; what has no place is left out of the story.

        A value brings the way it took from where it is written. Where `at` is the place of its use, `origin` is the
        value whose way is told backwards, from there to where it is written. The severity is at most the rule's own,
        and at most a warning below high confidence.
        """
        sure = self.confidence if confidence is None else confidence
        worst = self.severity if severity is None else min(severity, self.severity)
        return Finding(
            rule=self.id,
            stage=self.stage,
            severity=worst if sure is Confidence.HIGH else min(worst, Severity.WARNING),
            confidence=sure,
            message=_brief(message),
            address=noun.address,
            local=noun.local_address,
            labels=tuple(dict.fromkeys(_story(noun, at, label, origin, related))),
            help=_brief(help),
            symptom=symptom,
            fix=fix,
            row=row,
            slot=noun.slot,
        )

    def undecided(self, at: Value, what: str, why: str) -> Unevaluated:
        """What this rule would have to know to decide: counted and told, and no finding."""
        return Unevaluated("", at.place, what, why)

    def says(self, index: int = 0, **names: object) -> str:
        """One of the symptoms, filled in."""
        return self.symptoms[index].format(**names)


class DocumentRule(Rule):
    """A rule that looks at each object of a document, of a task definition and of a service alike."""

    def task(self, task: TaskDefinition) -> Iterator[Told]:
        return self._document(task)

    def service(self, service: Service) -> Iterator[Told]:
        return self._document(service)

    def _document(self, noun: Noun) -> Iterator[Told]:
        from ecslint.model.shape import shaped

        return self.document(shaped(noun))

    def document(self, objects: Sequence[Shaped]) -> Iterator[Told]:
        """All objects of one document, from the whole down, each with the structure of the API that it should be."""
        for whole in objects:
            yield from self.object(whole)

    def object(self, whole: Shaped) -> Iterator[Told]:
        return iter(())


class SupportRule(Rule):
    """A rule that reads tables of what is not supported somewhere.

    `subject` says where that is, as the subject of a sentence; `otherwise` what a person may do who needs the setting.
    """

    subject: ClassVar[str] = ""
    otherwise: ClassVar[str] = ""

    def unsupported(self, noun: Noun, rows: Iterable[Unsupported]) -> Iterator[Finding]:
        """A finding for each row that the noun certainly asks for."""
        from ecslint.model.setting import asked

        for row, holder, value in asked(noun, rows):
            if noun.project.frontend in row.dropped_by:
                continue
            takes = " or ".join(f"`{allowed}`" for allowed in row.allowed)
            shown = value.string if row.only or row.allowed or row.begins else row.setting.rpartition(".")[2]
            yield self.finding(
                holder,
                f"{self.subject} does not support {row.what}",
                at=key_of(value),
                label=f"must be {takes}" if takes else "not supported here",
                help=f"use {takes}, or {self.otherwise}" if takes else f"take `{shown}` out, or {self.otherwise}",
                symptom=row.symptom.format(value=value.string) or None,
                severity=Severity.of(row.severity),
                row=row.id,
            )


def _brief(text: str) -> str:
    """A text with what it quotes at no greater length than anybody reads."""
    return _LONG_QUOTE.sub(r"`\1…`", text)


def key_of(value: Value) -> Value | Place:
    """The key of an entry, to point at; the value where it has none, or where it came from elsewhere."""
    if value.hops is not None or value.key is None or value.key.place is None:
        return value
    return value.key.place


def _story(
    noun: Noun,
    at: Value | Place,
    label: str,
    origin: Value | None,
    related: Iterable[tuple[Value | Place | None, str]],
) -> Iterator[Label]:
    place = at.place if isinstance(at, Value) else at
    place = place or noun.place
    told = [(thing.place if isinstance(thing, Value) else thing, text, thing) for thing, text in related]
    if place is not None:
        yield Label(place, label, "primary")
    yield from _hops(at)
    if origin is not None and origin.way is not None:
        yield from (Label(hop.place, hop.text, "hop") for hop in origin.way if hop.place not in {None, place})
        if origin.place is not None and not _inside(place, origin.place) and all(w != origin.place for w, _, _ in told):
            yield Label(origin.place, "written here", "hop")
    for where, text, thing in told:
        if where is not None:
            yield Label(where, text, "related")
        yield from _hops(thing)


def _inside(place: Place | None, other: Place) -> bool:
    """Whether a place is a part of another, or the same."""
    if place is None:
        return False
    inner, outer = place.span(), other.span()
    return inner.file is outer.file and outer.start <= inner.start and inner.end <= outer.end


def _hops(thing: Value | Place | None) -> Iterator[Label]:
    """The way a value took, from where it was written to where it does harm."""
    if isinstance(thing, Value) and thing.way is not None:
        for hop in reversed(list(thing.way)):
            if hop.place is not None:
                yield Label(hop.place, hop.text, "hop")
