"""The text by which go-cty tells values apart in a set.

Source: go-cty's `set_internals.go`. Values that are equal have the same text; of those with the same text, equality
decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.digits import Digits
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.text import quoted
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, text_of

if TYPE_CHECKING:
    from ecslint.frontends.terraform.cty.value import Typed


def hash_text(value: Typed) -> str:
    """The text of a value; marks do not count."""
    data = value.data
    if value.doubt is not Doubt.KNOWN:
        return "?"
    if data is None:
        return "~"
    if isinstance(data, bool):
        return "T" if data else "F"
    if isinstance(data, (int, Real)):
        return Digits.of(*numbers.parts(data)).rounded(10).general(10) if not numbers.infinite(data) else str(data)
    if isinstance(data, Fields):
        if data.form == "map":
            inner = "".join(f"{quoted(key)}:{hash_text(item)};" for key, item in data.ordered())
            return "{" + inner + "}"
        return "<" + "".join(hash_text(item) + ";" for _, item in data.ordered()) + ">"
    if isinstance(data, Elements):
        inner = "".join(hash_text(item) + ";" for item in data.items)
        return f"<{inner}>" if data.form == "tuple" else f"[{inner}]"
    return quoted(text_of(value))
