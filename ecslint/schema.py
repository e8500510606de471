"""The JSON Schema of `.ecslint.yml`, and what is wrong with a configuration by it.

`ecslint.schema.json` is a dump of `configuration()`.
"""

from __future__ import annotations

from ecslint import HOME
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ecslint.value import Value

_TYPES = {"object": "a mapping", "array": "a list", "string": "a text", "boolean": "true or false"}


def mistakes(document: Value, data: object, path: str) -> Iterator[Problem]:
    """What the schema has against a configuration, in order; `data` is the document as plain data."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(configuration(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    found = [problem for error in validator.iter_errors(data) for problem in _told(error, document, path)]
    found += _twice(document, path)
    # One missing key is an error for each that is missing, and each tells them all.
    yield from sorted(
        dict.fromkeys(found), key=lambda problem: (problem.place.start if problem.place else -1, problem.message)
    )


def _told(error: Any, document: Value, path: str) -> Iterator[Problem]:
    value = document
    for key in error.absolute_path:
        value = _under(value, key)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(value, error.schema.get("properties", {}), path)
    else:
        wanted = error.validator_value if error.validator == "enum" else ()
        help = did_you_mean(str(error.instance), wanted)
        yield Problem("configuration", path, _said(error), value.place.span() if value.place else None, help)


def _under(value: Value, key: str | int) -> Value:
    """The entry or element that a key of the plain data means; of equal keys the last."""
    if isinstance(key, int):
        return list(value.items())[key]
    return [item for name, item in value.entries() if name.written == key][-1]


def _unknown_keys(value: Value, known: Iterable[str], path: str) -> Iterator[Problem]:
    for key, _ in value.entries():
        if key.written not in known:
            help = did_you_mean(key.written, known) or f"the keys here are {', '.join(f'`{name}`' for name in known)}"
            place = key.place.span() if key.place else None
            yield Problem("configuration", path, f"there is no setting `{key.written}`", place, help)


def _twice(value: Value, path: str) -> Iterator[Problem]:
    """Keys that stand twice in one mapping: the first would be lost without a word."""
    seen: set[str] = set()
    for key, item in value.entries():
        if key.written in seen and key.place is not None:
            yield Problem(
                "configuration", path, f"`{key.written}` is set twice", key.place.span(), "keep one of the two"
            )
        seen.add(key.written)
        yield from _twice(item, path)
    for item in value.items():
        yield from _twice(item, path)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The help for a word that nobody knows, if there is a near one."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), 1, 0.5)
    return f"did you mean `{close[0]}`?" if close else ""


def _said(error: Any) -> str:
    """A validation error in a person's words."""
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"this needs {_all_of(missing, 'and')}"
    if error.validator == "anyOf":
        needed = [key for option in error.validator_value for key in option.get("required", ())]
        if needed:
            return f"this needs {_all_of(needed, 'or')}"
        return f"this must be {' or '.join(_TYPES[option['type']] for option in error.validator_value)}"
    if error.validator == "enum":
        return f"`{error.instance}` is none of {', '.join(f'`{value}`' for value in error.validator_value)}"
    if error.validator == "type":
        where = error.schema.get("description", "")
        return f"this must be {_TYPES[error.validator_value]}" + (f": {where}" if where else "")
    if error.validator == "format":
        return f"`{error.instance}` is no day: write it as `2027-01-31`"
    if error.validator == "minLength":
        return "this may not be empty"
    return str(error.message)


def _all_of(names: list[str], word: str) -> str:
    return f" {word} ".join(f"`{name}`" for name in names)


def configuration() -> dict[str, Any]:
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
                    "anyOf": [{"required": ["secrets"]}, {"required": ["environment"]}],
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
                        "until": {"type": "string", "format": "date", "description": "the last day"},
                    },
                },
            },
            "exclude": {
                **texts,
                "description": "what is not linted, in the patterns of `.gitignore`, from the boundary",
            },
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
