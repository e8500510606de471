"""What an expression means in a root module: our `terraform console`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.data import Pointer
from ecslint.frontends.terraform.cty.sets import all_marks
from ecslint.frontends.terraform.cty.value import SENSITIVE, Typed, why
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.json import encoded
from ecslint.frontends.terraform.functions.templates import free
from ecslint.frontends.terraform.hcl.expression import LATER
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.standalone import expression
from ecslint.source import SourceFile
from ecslint.value import Choice, Encoded, Ref, Text

if TYPE_CHECKING:
    from ecslint.frontends.terraform.deployment import Deployment
    from ecslint.value import Part, Value


class Console:
    """Evaluates expressions in the scope of a root module."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    def evaluate(self, text: str) -> tuple[str, str]:
        """What an expression is: `known` with JSON, `symbolic` with a text, or `unknown` or `error` with the reason."""
        scope = self.deployment.root.scope
        try:
            found = expression(Origin.of_file(SourceFile("<expression>", text)))
            # Terraform looks for undeclared names before it evaluates anything.
            for reference in free(found, frozenset()):
                scope.reference(reference)
            value = found.value(scope)
            if SENSITIVE in all_marks(value):
                return "unknown", "the value is sensitive and is not shown"
            if value.whole:
                return "known", encoded(value)
        except Failure as failure:
            return "error", failure.message
        except Declined as declined:
            return "unknown", str(declined)
        shown = symbolic(value)
        return ("symbolic", shown) if shown else ("unknown", why(value) or LATER)


def symbolic(value: Value) -> str:
    """What can be said of a text that is not known, as Terraform would write it; empty where that is nothing."""
    data = value.data
    if isinstance(data, Text):
        if len(data.parts) == 1 and isinstance(data.parts[0], Ref):
            return _reference(data.parts[0])
        return '"' + "".join(_part(part) for part in data.parts) + '"'
    if isinstance(data, Pointer):
        return _reference(data.part)
    if isinstance(data, Choice):
        then, other = symbolic(data.then) or _plain(data.then), symbolic(data.other) or _plain(data.other)
        return f"{then} if {data.condition.text}, else {other}" if then and other else ""
    return ""


def _plain(value: Value) -> str:
    if isinstance(value, Typed) and value.whole:
        try:
            return encoded(value)
        except Failure:
            return ""
    return ""


def _part(part: Part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Ref):
        return f"${{{_reference(part)}}}"
    if isinstance(part, Encoded):
        return f"${{jsonencode({_plain(part.value) or '…'})}}"
    return "${…}"


def _reference(part: Ref) -> str:
    return f"{part.resource.address}.{part.attribute}"
