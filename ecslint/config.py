"""Settings: one `.ecslint.yml` a run, and its JSON Schema.

The file is read with the same eyes as everything else: its own mistakes are problems with a place and, where there is a
near word, "did you mean". `ecslint.schema.json` is a dump of `schema()`.
"""

from __future__ import annotations

import os

from ecslint import HOME
from ecslint.files import Refused
from ecslint.finding import Problem, Severity, Suppression
from ecslint.jsontext import TooDeep
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.model.workspace import RequiredName
from ecslint.value import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Map
    from typing import Any

    from ecslint.files import Files
    from ecslint.source import Span
    from ecslint.value import Value

NAME = ".ecslint.yml"

SEVERITIES = {"note": Severity.NOTE, "warning": Severity.WARNING, "error": Severity.ERROR}


class Override(NamedTuple):
    """Settings for the findings of some paths; later overrides win."""

    paths: tuple[str, ...]
    severity: Map[str, str]
    disable: tuple[str, ...] = ()
    options: Map[str, Map[str, object]] = {}


class Mention(NamedTuple):
    """A rule, and perhaps an option of it, that the configuration names at a place."""

    rule: str
    option: str
    place: Span


class Settings:
    """What a run was told, by its configuration and its command line.

    `severity` maps rules and stages to `note`, `warning`, `error` or `off`; `data` is the configuration as it was read.
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
        self.mentions: list[Mention] = []
        self.baseline = ""
        self.fail_on = Severity.ERROR
        self.pedantic = False
        self.terraform: dict[str, Any] = {}
        self.cloudformation: dict[str, Any] = {}
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
    problems = list(_validate(document, data, path))
    if not problems:
        _fill(settings, document, data)
    return settings, problems


def plain(value: Value) -> Any:
    """A value as Python data; what is unknown is None."""
    data = value.data
    if isinstance(data, Mapping):
        return {key.written: plain(item) for key, item in value.entries()}
    if isinstance(data, Sequence):
        return [plain(item) for item in value.items()]
    return value.scalar


def _fill(settings: Settings, document: Value, data: dict[str, Any]) -> None:
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
    settings.mentions = [
        mention for item in [document, *document.get("overrides").items()] for mention in _mentions(item)
    ]
    settings.fail_on = SEVERITIES[data.get("fail-on", "error")]
    settings.pedantic = data.get("pedantic", False)
    settings.terraform = data.get("terraform", {})
    settings.cloudformation = data.get("cloudformation", {})
    settings.required = list(_required(document.get("required")))
    settings.ignores = list(_ignores(document.get("ignore")))


def _beside(config: str, path: str) -> str:
    """A path that the configuration gives relative to its own folder, relative to the boundary."""
    return os.path.normpath(os.path.join(os.path.dirname(config), path)).replace(os.sep, "/")


def _mentions(document: Value) -> Iterator[Mention]:
    """The rules that settings by rule are about, and the options that they name."""
    for name in [*document.get("select").items(), *document.get("disable").items()]:
        if name.place is not None:
            yield Mention(name.string or "", "", name.place.span())
    for key, _ in document.get("severity").entries():
        if key.place is not None:
            yield Mention(key.written, "", key.place.span())
    for key, options in document.get("options").entries():
        for option in [None, *(option for option, _ in options.entries())]:
            place = key.place if option is None else option.place
            if place is not None:
                yield Mention(key.written, "" if option is None else option.written, place.span())


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


def _validate(document: Value, data: object, path: str) -> Iterator[Problem]:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema())
    errors = sorted(validator.iter_errors(data), key=lambda error: [str(key) for key in error.absolute_path])
    for error in errors:
        value = document
        for key in error.absolute_path:
            value = value.get(key) if isinstance(key, str) else list(value.items())[key]
        if error.validator == "additionalProperties":
            yield from _unknown_keys(value, error.schema.get("properties", {}), path)
        else:
            yield Problem("configuration", path, _said(error), value.place.span() if value.place else None)


def _unknown_keys(value: Value, known: Map[str, object], path: str) -> Iterator[Problem]:
    from difflib import get_close_matches

    for key, _ in value.entries():
        if key.written not in known:
            close = get_close_matches(key.written, list(known), 1, 0.5)
            hint = f"did you mean `{close[0]}`?" if close else f"the keys here are {', '.join(f'`{k}`' for k in known)}"
            place = key.place.span() if key.place else None
            yield Problem("configuration", path, f"there is no setting `{key.written}`", place, hint)


def _said(error: Any) -> str:
    """A validation error in a person's words."""
    where = error.schema.get("description", "")
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"this needs {' and '.join(f'`{key}`' for key in missing)}"
    if error.validator == "enum":
        return f"`{error.instance}` is none of {', '.join(f'`{value}`' for value in error.validator_value)}"
    if error.validator == "type":
        wanted = error.validator_value if isinstance(error.validator_value, str) else " or ".join(error.validator_value)
        return f"this must be {_articles.get(wanted, wanted)}" + (f": {where}" if where else "")
    return str(error.message)


_articles = {"object": "a mapping", "array": "a list", "string": "a text", "boolean": "true or false"}


def schema() -> dict[str, Any]:
    """The JSON Schema of `.ecslint.yml`."""
    texts = {"type": "array", "items": {"type": "string"}}
    severity = {
        "type": "object",
        "description": "the severity of rules and stages; `off` switches a rule off",
        "additionalProperties": {"enum": ["off", "note", "warning", "error"]},
    }
    options = {
        "description": "options by rule; `ecslint rule ID` lists those of a rule",
        "type": "object",
        "additionalProperties": {"type": "object"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{HOME}/blob/main/ecslint.schema.json",
        "title": "ecslint configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "required": {
                "description": "names that every task definition of a family must be given",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "task": {"type": "string", "description": "a glob over families; default `*`"},
                        "container": {"type": "string", "description": "a glob over container names; default `*`"},
                        "secrets": {**texts, "description": "names that `secrets` must hold"},
                        "environment": {**texts, "description": "names that `environment` or `secrets` must hold"},
                    },
                },
            },
            "ignore": {
                "description": "findings to hide, each with the reason",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["rule", "reason"],
                    "anyOf": [{"required": ["address"]}, {"required": ["path"]}],
                    "properties": {
                        "rule": {"type": "string", "description": "a rule, `rule/row`, or a glob"},
                        "address": {"type": "string", "description": "a glob over addresses, as findings show them"},
                        "path": {
                            "description": "globs over paths from the boundary",
                            "anyOf": [{"type": "string"}, texts],
                        },
                        "reason": {"type": "string", "minLength": 1},
                        "until": {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "description": "the last day"},
                    },
                },
            },
            "exclude": {**texts, "description": "what is not linted, in the patterns of `.gitignore`"},
            "select": {**texts, "description": "the only rules, stages or globs to run"},
            "disable": {**texts, "description": "rules, stages or globs not to run"},
            "severity": severity,
            "options": options,
            "overrides": {
                "description": "other settings for some paths; the last that matches wins",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["paths"],
                    "properties": {
                        "paths": {**texts, "description": "globs over paths from the boundary"},
                        "severity": severity,
                        "disable": {**texts, "description": "rules, stages or globs that say nothing of these paths"},
                        "options": options,
                    },
                },
            },
            "baseline": {
                "type": "string",
                "description": "the baseline, from this file's folder: findings in it are not shown",
            },
            "fail-on": {"enum": ["note", "warning", "error"], "description": "the least severity that gives status 1"},
            "pedantic": {"type": "boolean", "description": "whether notes are shown"},
            "plugins": {**texts, "description": "installed packages with rules"},
            "rules": {**texts, "description": "files or folders with rules of your own, from this file's folder"},
            "terraform": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "variables": {"type": "object", "description": "values of root variables"},
                    "var-files": {**texts, "description": "`.tfvars` files, from this file's folder"},
                    "workspace": {"type": "string", "description": "the value of `terraform.workspace`"},
                },
            },
            "cloudformation": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "parameters": {"type": "object", "description": "values of template parameters"},
                    "parameter-files": {**texts, "description": "parameter files, from this file's folder"},
                },
            },
        },
    }
