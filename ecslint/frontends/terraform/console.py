"""What an expression means in a root module: our `terraform console`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.data import Elements, Fields, Pointer
from ecslint.frontends.terraform.cty.sets import all_marks
from ecslint.frontends.terraform.cty.value import SENSITIVE, why
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.json import encoded
from ecslint.frontends.terraform.functions.templates import free
from ecslint.frontends.terraform.hcl.expression import LATER
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.standalone import expression
from ecslint.notation import notation, quoted, reference
from ecslint.source import SourceFile
from ecslint.value import Choice, Text

if TYPE_CHECKING:
    from ecslint.frontends.terraform.deployment import Deployment
    from ecslint.value import Value


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
    """What can be said of a value that is not known; empty where that is nothing."""
    data = value.data
    if isinstance(data, Pointer):
        return reference(data.part)
    if isinstance(data, Text):
        return quoted(data)
    if isinstance(data, Choice):
        said = all(side.known or symbolic(side) for side in (data.then, data.other))
        return notation(value) if said else ""
    something = (isinstance(data, Elements) and data.items) or (isinstance(data, Fields) and data.entries)
    return notation(value) if something else ""
