"""A template file: its sections, and the resources that it declares.

JSON goes through the standard library and is looked at a part at a time; YAML is read whole, because its parser keeps
places anyway. Both give the same raw values: every intrinsic is a mapping with one key, `Ref`, `Condition` or `Fn::…`.
"""

from __future__ import annotations

import re

from ecslint import jsonroute, jsontext
from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.source import Route
from ecslint.value import ABSENT, Key, Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ecslint.files import Files
    from ecslint.source import Keys, SourceFile, Span

FOR_EACH = "Fn::ForEach::"

LARGEST = 8 * 1024 * 1024
"""The most characters of a template. CloudFormation takes one mebibyte; what is synthesized may have blanks besides."""


_QUOTED = re.compile(r"\s*\{\s*\"")
_TEMPLATE = re.compile(r"\{\{(?!resolve:)|\{%")
_FILLED_IN = "it is a template of another tool, it seems: lint what that makes of it, and `exclude` this file"


class Declaration(NamedTuple):
    """An entry of `Resources`. `part` gives the raw value of one of its members, absent where there is none."""

    key: Key
    type: str
    part: Callable[[str], Value]


class Template:
    """A template, read once however many stacks are made of it.

    `problems` are what is wrong with its syntax; then what could be read is still there, and open.
    """

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._data: dict[str, Any] | None = None
        self._whole = Value(Unknown("this is no template"), None)
        self._parts: dict[str, Value] = {}
        self.is_json = file.text.lstrip()[:1] == "{" or file.path.endswith(".json")
        self._read()

    def _read(self) -> None:
        text = self.file.text
        if len(text) > LARGEST:
            self._refuse(f"the template has {len(text)} characters, the limit is {LARGEST}")
            return
        try:
            if not (self.is_json and self._plain()):
                self._parse(self.file.path.endswith(".json"))
        except jsontext.TooDeep as deep:
            self._refuse(str(deep), deep.place)

    def _refuse(self, message: str, place: Span | None = None) -> None:
        self._whole = Value(Unknown(message), None)
        self.problems.append(Problem("limit", self.file.path, message, place))

    def _plain(self) -> bool:
        """Whether the text is JSON that the standard library reads without loss."""
        try:
            data = jsonroute.load(self.file)
        except jsonroute.Unsuitable:
            return False
        self._data = data if isinstance(data, dict) else {}
        return True

    def _parse(self, as_json: bool) -> None:
        """Read with places; raises `TooDeep`. A text that only begins like JSON may be YAML in flow style."""
        self.is_json = as_json
        if not as_json:
            from ecslint import yamltext

            self._whole, errors = yamltext.read(self.file, _long_form)
            # What is neither is nearer to JSON, if it begins with a key in quotes.
            self.is_json = bool(errors) and _QUOTED.match(self.file.text) is not None
        if self.is_json:
            self._whole, errors = jsontext.read_strict(self.file)
        kind = "json-syntax" if self.is_json else "yaml-syntax"
        help = _FILLED_IN if errors and _TEMPLATE.search(self.file.text) else ""
        self.problems += [Problem(kind, self.file.path, error.message, error.place, help) for error in errors]

    def part(self, name: str) -> Value:
        """A section as a raw value; absent where there is none."""
        if name not in self._parts:
            self._parts[name] = self._section(name)
        return self._parts[name]

    def _section(self, name: str) -> Value:
        if self._data is None:
            return self._whole.get(_canonical(name))
        return self._plain_part(self._data, (), name)

    def _plain_part(self, data: dict[str, Any], keys: tuple[str, ...], name: str) -> Value:
        if name not in data:
            return Value(ABSENT, Route(self.file, keys))
        inner = (*keys, name)
        return jsonroute.value(self.file, data[name], inner, Key(name, Route(self.file, inner, True)))

    def resources(self) -> Iterator[Declaration | tuple[Key, Value]]:
        """What `Resources` declares, in order; a loop over resources as its key and raw value."""
        if self._data is None:
            for key, value in self.part("Resources").entries():
                if isinstance(value.data, Mapping):
                    yield declaration(key, value)
                elif key.written.startswith(FOR_EACH):
                    yield key, value
            return
        resources = self._data.get("Resources")
        for name, body in resources.items() if isinstance(resources, dict) else ():
            keys = ("Resources", name)
            key = Key(name, Route(self.file, keys, True), name)
            if isinstance(body, dict):
                yield self._plain_declaration(key, body, keys)
            elif name.startswith(FOR_EACH):
                yield key, jsonroute.value(self.file, body, keys, key)

    def _plain_declaration(self, key: Key, body: dict[str, Any], keys: tuple[str, str]) -> Declaration:
        type = body.get("Type")
        return Declaration(key, type if isinstance(type, str) else "", lambda name: self._plain_part(body, keys, name))

    def text_at(self, keys: Keys) -> str | None:
        """The literal text at a route; None where there is none."""
        data = self._at(keys)
        return data if isinstance(data, str) else None

    def length_at(self, keys: Keys) -> int:
        """How many items the list at a route has; 0 where there is none."""
        data = self._at(keys)
        return len(data) if isinstance(data, list) else 0

    def _at(self, keys: Keys) -> Any:
        data: Any = self._data
        for key in keys:
            if isinstance(data, dict):
                data = data.get(key)
            elif isinstance(data, list) and isinstance(key, int) and key < len(data):
                data = data[key]
            else:
                return None
        return data

    @property
    def whole(self) -> Value:
        """The whole text as a raw value, where it was read with places."""
        return self._whole

    @property
    def open(self) -> str:
        """Why there may be more resources than are declared; empty where there cannot be."""
        return "" if self._data is not None else self.part("Resources").open or self._whole.open


def declaration(key: Key, body: Value) -> Declaration:
    """The resource that a raw value declares."""
    return Declaration(key, body.get("type").string or "", lambda name: body.get(_canonical(name)))


def called(raw: Value, name: str) -> Value:
    """The argument of an intrinsic, where a raw value is one of that name; else absent."""
    entries = raw.data.entries if isinstance(raw.data, Mapping) else ()
    return entries[0][1] if len(entries) == 1 and entries[0][0].written == name else Value(ABSENT, raw.place)


def _canonical(name: str) -> str:
    """A section's or member's name as keys are looked up; those of CloudFormation begin with a capital."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _long_form(tag: str) -> str | None:
    """The key that a short form stands for: `!GetAtt` is `Fn::GetAtt`."""
    name = tag.removeprefix("!")
    if name == tag or not name:
        return None
    return name if name in {"Ref", "Condition"} else f"Fn::{name}"


class Templates:
    """The templates of a run, each read once. `files` is the jail."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._read: dict[str, Template | Refused] = {}

    def find(self, path: str) -> Template | Refused:
        """The template at a path relative to the boundary, or why it cannot be read."""
        if path not in self._read:
            try:
                self._read[path] = Template(self.files.read(path))
            except Refused as refused:
                self._read[path] = refused
        return self._read[path]

    def parameters(self) -> set[str]:
        """The names of the parameters of all templates that were read."""
        read = [template for template in self._read.values() if not isinstance(template, Refused)]
        return {key.written for template in read for key, _ in template.part("Parameters").entries()}
