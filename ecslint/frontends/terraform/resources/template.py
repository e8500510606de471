"""The `template_file` data source of old, which is `templatefile` with the text as an argument.

Source: the archived provider `hashicorp/template`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Typed, mapping, text_of, unknown, why
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.templates import render
from ecslint.frontends.terraform.hcl.expression import LATER
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.standalone import template
from ecslint.frontends.terraform.resources.type import ResourceType

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared


def _computed(declared: Declared, name: str) -> Typed | None:
    """`rendered`: the template with its variables put in."""
    if name != "rendered":
        return None
    text = declared.argument("template") if "template" in declared.body.attributes else None
    if text is None or text.doubt or text.null or text.type.kind != "string":
        reason = (why(text) if text is not None else declared.body.open) or LATER
        return unknown(STRING, reason, None, declared.place)
    given = declared.argument("vars") if "vars" in declared.body.attributes else mapping(())
    place = text.place if isinstance(text.data, str) else None
    try:
        expression = template(Origin(text_of(text), place))
        return render(expression, given, declared.scope.context.inside("templatefile")).through(text.hops)
    except (Failure, Declined) as failure:
        return unknown(STRING, f"the template cannot be rendered: {failure}", None, declared.place)


TYPES = {"data.template_file": ResourceType(computed=_computed)}
