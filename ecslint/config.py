"""Settings: one `.ecslint.yml` a run.

The file is read with the same eyes as everything else: its own mistakes are problems with a place and, where there is a
near word, "did you mean". `schema` knows its keys; the names of rules in it are checked once the rules are known.
"""

from __future__ import annotations

import os

from ecslint.files import Refused
from ecslint.finding import Problem, Severity, Suppression
from ecslint.jsontext import TooDeep
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.model.workspace import RequiredName
from ecslint.value import Mapping, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Map
    from typing import Any

    from ecslint.files import Files
    from ecslint.registry import Registry
    from ecslint.source import Place

NAME = ".ecslint.yml"

SEVERITIES = {"note": Severity.NOTE, "warning": Severity.WARNING, "error": Severity.ERROR}


class Override(NamedTuple):
    """Settings for the findings of some paths; later overrides win."""

    paths: tuple[str, ...]
    severity: Map[str, str]
    disable: tuple[str, ...] = ()
    options: Map[str, Map[str, object]] = {}


class Settings:
    """What a run was told, by its configuration and its command line.

    `severity` maps rules and stages to `note`, `warning`, `error` or `off`; `document` is the configuration with its
    places, `data` the same without.
    """

    def __init__(self) -> None:
        self.path = ""
        self.exclude: tuple[str, ...] = ()
        self.select: tuple[str, ...] = ()
        self.disable: tuple[str, ...] = ()
        self.severity: dict[str, str] = {}
        self.overrides: tuple[Override, ...] = ()
        self.options: dict[str, dict[str, object]] = {}
        self.required: list[RequiredName] = []
        self.ignores: list[Suppression] = []
        self.plugins: tuple[str, ...] = ()
        self.rules: tuple[str, ...] = ()
        self.baseline = ""
        self.fail_on = Severity.ERROR
        self.pedantic = False
        self.terraform: dict[str, Any] = {}
        self.cloudformation: dict[str, Any] = {}
        self.document = Value(Mapping())
        self.data: dict[str, Any] = {}


def find(files: Files, start: str) -> str | None:
    """The nearest configuration from a folder up to the boundary, relative to it."""
    folder = start
    while True:
        path = f"{folder}/{NAME}" if folder else NAME
        if files.exists(path):
            return path
        if not folder:
            return None
        folder = os.path.dirname(folder)


def load(files: Files, path: str | None) -> tuple[Settings, list[Problem]]:
    """The settings of a configuration file, and what is wrong with it. Without a file, the defaults."""
    settings = Settings()
    if path is None:
        return settings, []
    from ecslint import yamltext

    settings.path = path
    try:
        file = files.read(path)
        document, errors = yamltext.read(file)
    except Refused as refused:
        return settings, [Problem(refused.kind, path, f"the configuration cannot be read: {refused}")]
    except TooDeep as deep:
        return settings, [Problem("limit", path, str(deep), deep.place)]
    problems = [Problem("yaml-syntax", path, error.message, error.place) for error in errors]
    data = plain(document)
    if problems or data is None:
        return settings, problems
    from ecslint.schema import mistakes

    problems = list(mistakes(document, data, path))
    if not problems:
        _fill(settings, document, data)
    return settings, problems


def schema() -> dict[str, Any]:
    """The JSON Schema of `.ecslint.yml`."""
    from ecslint.schema import configuration

    return configuration()


def plain(value: Value) -> Any:
    """A value as Python data; what is unknown is None."""
    data = value.data
    if isinstance(data, Mapping):
        return {key.written: plain(item) for key, item in value.entries()}
    if isinstance(data, Sequence):
        return [plain(item) for item in value.items()]
    return value.scalar


def _fill(settings: Settings, document: Value, data: dict[str, Any]) -> None:
    settings.document = document
    settings.data = data
    settings.exclude = tuple(data.get("exclude", ()))
    settings.select = tuple(data.get("select", ()))
    settings.disable = tuple(data.get("disable", ()))
    settings.severity = data.get("severity", {})
    settings.overrides = tuple(
        Override(
            tuple(item["paths"]), item.get("severity", {}), tuple(item.get("disable", ())), item.get("options", {})
        )
        for item in data.get("overrides", ())
    )
    settings.options = data.get("options", {})
    settings.plugins = tuple(data.get("plugins", ()))
    settings.rules = tuple(_beside(settings.path, path) for path in data.get("rules", ()))
    settings.baseline = _beside(settings.path, data["baseline"]) if "baseline" in data else ""
    settings.fail_on = SEVERITIES[data.get("fail-on", "error")]
    settings.pedantic = data.get("pedantic", False)
    settings.terraform = data.get("terraform", {})
    settings.cloudformation = data.get("cloudformation", {})
    settings.required = list(_required(document.get("required")))
    settings.ignores = list(_ignores(document.get("ignore")))


def _beside(config: str, path: str) -> str:
    """A path that the configuration gives relative to its own folder, relative to the boundary."""
    return os.path.normpath(os.path.join(os.path.dirname(config), path)).replace(os.sep, "/")


def _required(entries: Value) -> Iterator[RequiredName]:
    for entry in entries.items():
        task, container = entry.get("task").string or "*", entry.get("container").string or "*"
        for kind in ("secrets", "environment"):
            for name in entry.get(kind).items():
                if name.place is not None:
                    yield RequiredName(task, container, kind, name.string or "", name.place)


def _ignores(entries: Value) -> Iterator[Suppression]:
    for entry in entries.items():
        paths = entry.get("path")
        if entry.place is not None:
            yield Suppression(
                rule=entry.get("rule").string or "",
                reason=entry.get("reason").string or "",
                by="config",
                place=entry.place.span(),
                address=entry.get("address").string or "",
                paths=tuple(path for path in [paths.string, *(item.string for item in paths.items())] if path),
                until=entry.get("until").string or "",
            )


def settle(settings: Settings, registry: Registry) -> Iterator[Problem]:
    """Give the rules that the configuration names the ids of today; what names no rule is a problem, and left out."""
    names = _Names(settings.path, registry)
    document = settings.document
    settings.select = tuple(names.selectors(document.get("select")))
    settings.disable = tuple(names.selectors(document.get("disable")))
    settings.severity = names.severities(document.get("severity"))
    overrides = list(document.get("overrides").items())
    settings.overrides = tuple(
        Override(
            override.paths,
            names.severities(item.get("severity")),
            tuple(names.selectors(item.get("disable"))),
            names.options(item.get("options")),
        )
        for override, item in zip(settings.overrides, overrides, strict=True)
    )
    settings.options = names.options(document.get("options"))
    yield from names.problems


class _Names:
    """The names of rules in one configuration, and what is wrong with them."""

    def __init__(self, path: str, registry: Registry) -> None:
        self.path = path
        self.registry = registry
        self.problems: list[Problem] = []

    def wrong(self, message: str, place: Place | None, help: str) -> None:
        self.problems.append(Problem("configuration", self.path, message, place.span() if place else None, help))

    def unknown(self, name: str, place: Place | None) -> None:
        close = self.registry.close(name)
        help = f"did you mean `{close}`?" if close else "`ecslint rule` lists the rules"
        self.wrong(f"there is no rule or stage `{name}`", place, help)

    def selectors(self, value: Value) -> Iterator[str]:
        for item in value.items():
            name = item.string or ""
            if self.registry.is_stage(name) or self.registry.matching(name):
                yield name
            else:
                self.unknown(name, item.place)

    def severities(self, value: Value) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, item in value.entries():
            name, slash, row = key.written.partition("/")
            id = self.registry.resolve(name)
            if self.registry.is_stage(name) or id in self.registry.rules:
                found[f"{id}{slash}{row}"] = item.string or ""
            else:
                self.unknown(name, key.place)
        return found

    def options(self, value: Value) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for key, options in value.entries():
            id = self.registry.resolve(key.written)
            if id not in self.registry.rules:
                self.unknown(key.written, key.place)
                continue
            known = self.registry.rules[id].options
            for name, item in options.entries():
                if name.written not in known:
                    help = f"it has {', '.join(f'`{one}`' for one in sorted(known)) or 'none'}"
                    self.wrong(f"`{id}` has no option `{name.written}`", name.place, help)
                elif wanted := _misfit(known[name.written], plain(item)):
                    help = f"the default is `{known[name.written]}`"
                    self.wrong(f"`{name.written}` must be {wanted}", item.place, help)
                else:
                    found.setdefault(id, {})[name.written] = plain(item)
        return found


def _misfit(default: object, data: object) -> str:
    """What an option must be, going by its default; empty where it is that."""
    if isinstance(default, bool):
        return "" if isinstance(data, bool) else "true or false"
    if isinstance(default, (int, float)):
        return "" if isinstance(data, (int, float)) and not isinstance(data, bool) else "a number"
    if isinstance(default, (list, tuple)):
        return "" if isinstance(data, list) else "a list"
    if isinstance(default, str):
        return "" if isinstance(data, str) else "a text"
    return ""
