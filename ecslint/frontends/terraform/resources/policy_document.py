"""`data.aws_iam_policy_document`: a policy in blocks, which others get as JSON.

Source: the AWS provider's `internal/service/iam`, `policy_document_data_source.go` and `policy_model.go`: what the
arguments become, how documents are merged (a later statement takes the place of an earlier one with the same `Sid`),
and `&{…}` for IAM's own variables. The JSON is kept as a tree inside the text, every part at its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Doubt, Typed
from ecslint.frontends.terraform.resources.embedded import parsed
from ecslint.frontends.terraform.resources.lowering import (
    Field,
    blocks,
    document,
    each,
    items,
    string,
    text,
)
from ecslint.frontends.terraform.resources.policy_merge import Merge
from ecslint.frontends.terraform.resources.type import ResourceType
from ecslint.value import ABSENT, Encoded, Key, Mapping, Sequence, Text, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.text import Part


def _computed(declared: Declared, name: str) -> Typed | None:
    """`json` and `minified_json`."""
    if name not in {"json", "minified_json"}:
        return None
    data = Text((Encoded(_merged(declared), lambda _: None),), (declared.place,))
    return Typed(data, STRING, declared.place, doubt=Doubt.NOT_NULL)


def _merged(declared: Declared) -> Value:
    """The document that comes of the blocks, of those before and of those behind."""
    merge = Merge(lambda text: parsed(declared, text, "a policy document"))
    own = document(declared, ROWS)
    for name in ("source_json", "source_policy_documents"):
        merge.take_texts(declared.get(name))
    merge.take(own)
    for name in ("override_policy_documents", "override_json"):
        merge.take_texts(declared.get(name))
    statements = merge.statements(own.get("statement").place or declared.place)
    kept = [entry for entry in own.entries() if entry[0].name != "statement"]
    return Value(Mapping([*kept, (Key("statement"), statements)], own.open), declared.place)


def _strings(name: str, key: str) -> Field:
    """A set of strings, in which `&{` stands for `${`; an empty one is none."""

    def changed(value: Value) -> Value:
        found = items(value, lambda item: _unescaped(string(item)))
        data = found.data
        empty = isinstance(data, Sequence) and not data.items and not data.open
        return Value(ABSENT, found.place) if empty else found

    return Field(name, key, lambda value: each(value, changed))


def _unescaped(value: Value) -> Value:
    """A text with IAM's own variables; both ways to write them are equally long, so that places hold."""
    data = value.data
    if isinstance(data, str) and "&{" in data:
        return Value(data.replace("&{", "${"), value.place, value.key, value.hops)
    if isinstance(data, Text) and any(isinstance(part, str) and "&{" in part for part in data.parts):
        parts: tuple[Part, ...] = tuple(
            part.replace("&{", "${") if isinstance(part, str) else part for part in data.parts
        )
        return Value(Text(parts, data.places, data.ways), value.place, value.key, value.hops)
    return value


def _principals(name: str, key: str) -> Field:
    """Blocks of a type and identifiers as an object by type; `*` of type `*` is just that."""

    def changed(value: Value) -> Value:
        found = items(value, lambda item: document(item, (text("type"), _strings("identifiers", "identifiers"))))
        data = found.data
        if not isinstance(data, Sequence) or not (data.items or data.open):
            return Value(ABSENT, found.place) if isinstance(data, Sequence) else found
        entries: list[tuple[Key, Value]] = []
        why = data.open
        for item in data.items:
            kind = item.get("type")
            if kind.string is None:
                why = why or "who it is for is not known"
                continue
            inner = item.get("identifiers")
            everyone = [one.string for one in inner.items()]
            if kind.string == "*" and everyone == ["*"] and len(data.items) == 1 and not why:
                return Value("*", kind.place, None, inner.hops)
            _add(entries, kind, inner)
        return Value(Mapping(entries, why), found.place, found.key, found.hops)

    return Field(name, key, lambda value: each(value, changed))


def _add(entries: list[tuple[Key, Value]], name: Value, value: Value) -> None:
    """Put a list under a name; behind what stands there already, if something does."""
    written = name.string or ""
    for index, (key, before) in enumerate(entries):
        if key.written == written:
            both = Sequence([*before.items(), *value.items()], before.open or value.open, "list")
            entries[index] = (key, Value(both, before.place, key))
            return
    key = Key(written, name.place)
    entries.append((key, value.under(key)))


def _conditions(name: str, key: str) -> Field:
    """Blocks of a test, a variable and values as an object by test, of objects by variable."""

    def changed(value: Value) -> Value:
        rows = (text("test"), text("variable"), _strings("values", "values"))
        found = items(value, lambda item: document(item, rows))
        data = found.data
        if not isinstance(data, Sequence) or not (data.items or data.open):
            return Value(ABSENT, found.place) if isinstance(data, Sequence) else found
        tests: dict[str, tuple[Key, list[tuple[Key, Value]]]] = {}
        why = data.open
        for item in data.items:
            test, variable = item.get("test"), item.get("variable")
            if test.string is None or variable.string is None:
                why = why or "a condition is not known"
                continue
            _, inner = tests.setdefault(test.string, (Key(test.string, test.place), []))
            _add(inner, variable, item.get("values"))
        entries = [(test, Value(Mapping(inner), found.place, test)) for test, inner in tests.values()]
        return Value(Mapping(entries, why), found.place, found.key, found.hops)

    return Field(name, key, lambda value: each(value, changed))


STATEMENT = (
    text("sid"),
    text("effect", default="Allow"),
    _strings("actions", "action"),
    _strings("not_actions", "notAction"),
    _strings("resources", "resource"),
    _strings("not_resources", "notResource"),
    _principals("principals", "principal"),
    _principals("not_principals", "notPrincipal"),
    _conditions("condition", "condition"),
)
ROWS = (text("policy_id", "id"), text("version", default="2012-10-17"), blocks("statement", "statement", *STATEMENT))


TYPES = {"data.aws_iam_policy_document": ResourceType(computed=_computed)}
