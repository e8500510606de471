"""Expressions and templates that are not arguments of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.hcl.flaw import Flawed
from ecslint.frontends.terraform.hcl.grammar import LARGEST, parse
from ecslint.frontends.terraform.hcl.origin import Offsets, Origin
from ecslint.frontends.terraform.hcl.reader import Reader
from ecslint.frontends.terraform.hcl.template_reader import TemplateReader

if TYPE_CHECKING:
    from ecslint.frontends.terraform.hcl.expression import Expression

_ASSIGNED = "x = "


def expression(origin: Origin) -> Expression:
    """The expression that a text is. Raises `Failure` and `Declined`."""
    return _convert(origin, "(\n", "\n)", False)


def template(origin: Origin) -> Expression:
    """The template that a text is. Raises `Failure` and `Declined`."""
    marker = "T"
    while marker in origin.text:
        marker += "T"
    # The parser knows templates only inside something; a heredoc has the same rules.
    return _convert(origin, f"<<{marker}\n", f"\n{marker}\n", True)


def _convert(origin: Origin, before: str, after: str, is_template: bool) -> Expression:
    if len(origin.text) > LARGEST:
        raise Declined(f"the text has more than {LARGEST:,} characters")
    prefix = _ASSIGNED + before
    around = Origin(prefix + origin.text + after, origin.place, len(prefix) + origin.shift)
    root = parse(around.text)
    node = _assigned(root)
    if root.has_error or node is None:
        raise Failure(f"this is no valid {'template' if is_template else 'expression'}", _where(root, around))
    reader = Reader(around, Offsets(around.text), lambda _message, _place: None)
    try:
        if not is_template:
            return reader.convert(node)
        heredoc = node.children[0].children[0]
        if node.children[0].type != "template_expr" or heredoc.type != "heredoc_template" or len(node.children) > 1:
            raise Failure("this is no valid template", origin.place)
        return TemplateReader(reader, heredoc).bare(len(prefix), len(prefix) + len(origin.text))
    except Flawed as flaw:
        raise Failure(str(flaw), reader.place(flaw.node)) from flaw


def _assigned(root: Any) -> Any:
    """The value of the only argument."""
    if len(root.children) != 1 or root.children[0].type != "body" or len(root.children[0].children) != 1:
        return None
    attribute = root.children[0].children[0]
    if attribute.type != "attribute" or attribute.children[-1].type != "expression":
        return None
    return attribute.children[-1]


def _where(root: Any, origin: Origin) -> Any:
    """The first error of the tree."""
    offsets = Offsets(origin.text)
    todo = [root]
    while todo:
        node = todo.pop()
        if node.is_missing or node.type == "ERROR":
            return origin.span(offsets(node.start_byte), offsets(node.end_byte))
        if node.has_error:
            todo += reversed(node.children)
    return origin.place
