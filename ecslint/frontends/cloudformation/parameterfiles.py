"""Values of parameters that the configuration or the command line gives, in the forms that the AWS CLI takes.

- `create-stack --parameters file://…`: `[{"ParameterKey": "Tag", "ParameterValue": "1.4"}]`
- `deploy --parameter-overrides file://…`: the same, or `["Tag=1.4"]`
- a template configuration of CodePipeline: `{"Parameters": {"Tag": "1.4"}}`; also as YAML

Source: the reference of the AWS CLI, `cloudformation deploy` and `create-stack`.
"""

from __future__ import annotations

import posixpath

from ecslint import jsontext
from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.config import Settings
    from ecslint.files import Files


def given(settings: Settings, files: Files) -> tuple[dict[str, Value], list[Problem]]:
    """The values by parameter, those of the configuration over those of its files, and what is wrong with the files."""
    found: dict[str, Value] = {}
    problems: list[Problem] = []
    for name in settings.cloudformation.get("parameter-files", ()):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(settings.path), str(name)))
        try:
            value, wrong = _read(path, files)
        except Refused as refused:
            problems.append(Problem(refused.kind, path, f"the parameters cannot be read: {refused}"))
            continue
        problems += wrong
        found.update(_entries(value))
    for name, item in settings.cloudformation.get("parameters", {}).items():
        found[str(name)] = _scalar(item)
    return found, problems


def _read(path: str, files: Files) -> tuple[Value, list[Problem]]:
    """A parameter file. Raises `Refused`."""
    file = files.read(path)
    try:
        if file.text.lstrip()[:1] in {"[", "{"}:
            value, errors = jsontext.read_strict(file)
            kind = "json-syntax"
        else:
            from ecslint import yamltext

            value, errors = yamltext.read(file)
            kind = "yaml-syntax"
    except jsontext.TooDeep as deep:
        return Value(None), [Problem("limit", path, str(deep), deep.place)]
    return value, [Problem(kind, path, error.message, error.place) for error in errors]


def _entries(value: Value) -> Iterator[tuple[str, Value]]:
    inner = value.get("parameters")
    table = inner if isinstance(inner.data, Mapping) else value
    for key, item in table.entries():
        yield key.written, item
    for item in value.items():
        name = item.get("parameterKey").string
        if name is not None:
            previous = item.get("usePreviousValue").true.yes
            why = "the parameter keeps the value that it had"
            yield name, Value(Unknown(why), item.place) if previous else item.get("parameterValue")
        elif isinstance(item.data, str) and "=" in item.data:
            key_text, _, text = item.data.partition("=")
            place = item.place.part(len(key_text) + 1, len(item.data)) if item.place is not None else None
            yield key_text, Value(text, place)


def _scalar(item: object) -> Value:
    """A value of the configuration; a list is what CloudFormation reads from text with commas."""
    if isinstance(item, list):
        return Value(",".join(str(part) for part in item))
    return Value(item) if isinstance(item, (str, bool, int, float)) else Value(Unknown("the configuration gives none"))
