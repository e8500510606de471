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
from ecslint.finding import Notice, Problem
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.source import SourceFile

FORMS = (
    'a parameter file is a list of {"ParameterKey": …, "ParameterValue": …}, a list of "Key=Value", or '
    '{"Parameters": {"Key": "Value"}}'
)


class ParameterFile:
    """One parameter file: its values by parameter, in the order written, and what is wrong with it."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.values: dict[str, Value] = {}
        self.problems: list[Problem] = []
        self._read()

    def _read(self) -> None:
        path = self.file.path
        try:
            if self.file.text.lstrip()[:1] in {"[", "{"}:
                value, errors = jsontext.read_strict(self.file)
                kind = "json-syntax"
            else:
                from ecslint import yamltext

                value, errors = yamltext.read(self.file)
                kind = "yaml-syntax"
        except jsontext.TooDeep as deep:
            self.problems.append(Problem("limit", path, str(deep), deep.place))
            return
        self.problems += [Problem(kind, path, error.message, error.place) for error in errors]
        if not self.problems:
            self._take(value)

    def _take(self, value: Value) -> None:
        if isinstance(value.data, Sequence):
            for item in value.items():
                self._entry(item)
        elif isinstance(value.data, Mapping):
            inner = value.get("parameters")
            self._table(inner if inner.present.yes else value)
        else:
            self._wrong("this is no list and no object", value)

    def _table(self, table: Value) -> None:
        if not isinstance(table.data, Mapping):
            self._wrong("`Parameters` is no object", table)
        for key, item in table.entries():
            self._give(key.written, item)

    def _entry(self, item: Value) -> None:
        """One element of a list."""
        if isinstance(item.data, str):
            key, equals, text = item.data.partition("=")
            place = item.place.part(len(key) + 1, len(item.data)) if item.place is not None else None
            if equals:
                self._give(key, Value(text, place))
            else:
                self._wrong(f"`{item.data}` has no `=`", item)
            return
        name = item.get("parameterKey").string
        if name is None:
            self._wrong("this entry has no `ParameterKey`", item)
        elif item.get("usePreviousValue").true.yes:
            self.values[name] = Value(Unknown("the parameter keeps the value that it had"), item.place)
        elif item.get("parameterValue").present.no:
            self._wrong(f"the entry of `{name}` has no `ParameterValue`", item)
        else:
            self._give(name, item.get("parameterValue"))

    def _give(self, name: str, value: Value) -> None:
        """Take a value; what a pipeline fills in when it runs is not known."""
        if isinstance(value.data, Mapping):
            value = Value(Unknown(f"the value of `{name}` is filled in when the pipeline runs"), value.place)
        elif value.scalar is None:
            self._wrong(f"the value of `{name}` is no text", value)
            return
        self.values[name] = value

    def _wrong(self, message: str, value: Value) -> None:
        place = value.place.span() if value.place is not None else None
        self.problems.append(Problem("configuration", self.file.path, message, place, FORMS))


class Values:
    """The values by parameter, and what is wrong with the files that hold them.

    Those of the command line win over those of the configuration, and these over those of its files.
    """

    def __init__(self, settings: Settings, files: Files) -> None:
        self.problems: list[Problem] = []
        self._table: dict[str, Value] = {}
        self._asked: dict[str, str] = {}
        for name in settings.cloudformation.get("parameter-files", ()):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(settings.path), str(name)))
            self._take(path, _inside(path, files))
        for name, item in settings.cloudformation.get("parameters", {}).items():
            self._table[str(name)] = _scalar(item)
        for name in settings.cloudformation.get("command-line", ()):
            path = str(name).removeprefix("file://")
            self._asked |= dict.fromkeys(self._take(path, _named(path, files)), path)

    def get(self, name: str) -> Value | None:
        """What is given for a parameter."""
        return self._table.get(name)

    def _take(self, path: str, read: SourceFile | Refused) -> Iterable[str]:
        """Take a file in; the names that it gives values for."""
        if isinstance(read, Refused):
            hint = FORMS if "=" in path else ""
            self.problems.append(Problem(read.kind, path, f"the parameters cannot be read: {read}", help=hint))
            return ()
        file = ParameterFile(read)
        self._table.update(file.values)
        self.problems += file.problems
        return file.values

    def unused(self, declared: set[str]) -> Iterator[Notice]:
        """What the command line gives for parameters that no template has, each with the near name that was meant."""
        from difflib import get_close_matches

        for name in sorted(self._asked.keys() - declared):
            close = get_close_matches(name, sorted(declared), 1)
            help = f"did you mean `{close[0]}`?" if close else ""
            yield Notice(self._asked[name], f"no template that was read has a parameter `{name}`", help)


def _inside(path: str, files: Files) -> SourceFile | Refused:
    """A file that the configuration names, inside the boundary."""
    try:
        return files.read(path)
    except Refused as refused:
        return refused


def _named(path: str, files: Files) -> SourceFile | Refused:
    """A file that the command line names, wherever it lies."""
    try:
        return files.read_given(path)
    except Refused as refused:
        return refused


def _scalar(item: object) -> Value:
    """A value of the configuration; a list is what CloudFormation reads from text with commas."""
    if isinstance(item, list):
        return Value(",".join(str(part) for part in item))
    return Value(item) if isinstance(item, (str, bool, int, float)) else Value(Unknown("the configuration gives none"))
