"""What a raw value of a template means in one stack.

Raw values go in, values of the model come out: intrinsics done, conditions as choices, everything else as it stands.
"""

from __future__ import annotations

from ecslint.frontends.cloudformation import dynamic
from ecslint.frontends.cloudformation.languageextensions import rounds, substituted
from ecslint.frontends.cloudformation.template import FOR_EACH
from ecslint.frontends.cloudformation.texts import joined
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Absent, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

    from ecslint.frontends.cloudformation.stack import Stack

DEEPEST = 64
"""How deep the evaluation of one value may go, through references to other stacks, too."""

_NO_VARIABLES: dict[str, Value] = {}


class Evaluation:
    """The evaluation of values of a stack; `variables` are those of the loops around."""

    __slots__ = ("stack", "variables")

    def __init__(self, stack: Stack, variables: Map[str, Value] = _NO_VARIABLES) -> None:
        self.stack = stack
        self.variables = variables

    def within(self, variables: Map[str, Value]) -> Evaluation:
        """The same inside one more loop."""
        return Evaluation(self.stack, {**self.variables, **variables})

    def value(self, raw: Value) -> Value:
        """What a raw value means. It keeps its key; its place is where it is written."""
        data = raw.data
        if isinstance(data, str):
            return self._string(raw, data)
        if not isinstance(data, (Mapping, Sequence)):
            return raw
        deployment = self.stack.deployment
        if deployment.depth >= DEEPEST:
            return Value(Unknown("the template goes too deep here"), raw.place, raw.key)
        deployment.depth += 1
        try:
            return self._sequence(raw, data) if isinstance(data, Sequence) else self._object(raw, data)
        finally:
            deployment.depth -= 1

    def _string(self, raw: Value, text: str) -> Value:
        if self.variables:
            filled = substituted(raw, text, self.variables)
            if filled is not raw:
                return filled
        if dynamic.BEGINS in text:
            found = joined([(text, raw.place)], raw.place)
            return Value(found.data, found.place, raw.key)
        why = self.stack.dummy(text)
        return Value(Unknown(why, (self.stack.deployment, text)), raw.place, raw.key) if why else raw

    def _sequence(self, raw: Value, data: Sequence) -> Value:
        items = [self.value(item) for item in data.items]
        if not any([new is not old for new, old in zip(items, data.items, strict=True)]):  # noqa: C419  # quicker
            return raw
        there = [item for item in items if not isinstance(item.data, Absent)]
        # Of a list that was not looked up, even the length is made up.
        dummies = (self.stack.dummy(item.data) for item in data.items if isinstance(item.data, str))
        return Value(Sequence(there, data.open or next(filter(None, dummies), "")), raw.place, raw.key)

    def _object(self, raw: Value, data: Mapping) -> Value:
        if len(data.entries) == 1:
            key, argument = data.entries[0]
            if key.written == "Ref" or (key.written.startswith("Fn::") and not key.written.startswith(FOR_EACH)):
                from ecslint.frontends.cloudformation.intrinsics import call

                found = call(self, key.written, argument, raw)
                return found if found.key is raw.key else Value(found.data, found.place, raw.key, found.hops)
        return self._mapping(raw, data)

    def _mapping(self, raw: Value, data: Mapping) -> Value:
        if self.variables or any([key.written[:4] == "Fn::" for key, _ in data.entries]):  # noqa: C419  # quicker
            return self._woven(raw, data)
        entries: list[tuple[Key, Value]] = []
        changed = False
        for key, item in data.entries:
            value = self.value(item)
            changed = changed or value is not item
            if value.data is not ABSENT:
                entries.append((key, value if value.key is key else value.under(key)))
        return Value(Mapping(entries, data.open, data.form), raw.place, raw.key) if changed else raw

    def _woven(self, raw: Value, data: Mapping) -> Value:
        """A mapping with loops or macros among its keys."""
        why = data.open
        listed: list[tuple[Key, Value]] = []
        for key, item in data.entries:
            if key.written != "Fn::Transform":
                listed.append((key, item))
            elif self.value(item).get("name").string == "AWS::Include":
                why = "an include may add to this"
            else:
                # A macro is given its siblings, too, and may put anything in their place.
                return Value(Unknown("a macro rewrites this"), raw.place, raw.key)
        written_out, gap = rounds(self, listed)
        entries = [(key, evaluation.value(item).under(key)) for key, item, evaluation in written_out]
        there = [(key, value) for key, value in entries if value.data is not ABSENT]
        return Value(Mapping(there, why or gap, data.form), raw.place, raw.key)

    def key(self, key: Key) -> Key:
        """A key, with the variables of loops filled in."""
        if not self.variables or ("${" not in key.written and "&{" not in key.written):
            return key
        name = substituted(Value(key.written, key.place), key.written, self.variables).string
        return key if name is None else Key(name, key.place)
