"""From tree-sitter's nodes to expressions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.types import NUMBER
from ecslint.frontends.terraform.cty.value import Typed, boolean, null
from ecslint.frontends.terraform.hcl.call import Call
from ecslint.frontends.terraform.hcl.chunks import unescaped
from ecslint.frontends.terraform.hcl.conditional import Conditional
from ecslint.frontends.terraform.hcl.expression import (
    Broken,
    Expression,
    Literal,
    Object,
    Parentheses,
    Reference,
    Tuple,
)
from ecslint.frontends.terraform.hcl.flaw import Flawed
from ecslint.frontends.terraform.hcl.loops import For
from ecslint.frontends.terraform.hcl.operators import Binary, Unary
from ecslint.frontends.terraform.hcl.postfix import AttributeStep, IndexStep, SplatStep, postfixed
from ecslint.frontends.terraform.hcl.template_reader import TemplateReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.terraform.hcl.origin import Offsets, Origin
    from ecslint.frontends.terraform.hcl.postfix import Step
    from ecslint.source import Span

    Report = Callable[[str, Span | None], None]

DEEPEST = 200


class Reader:
    """Converts the nodes of one text. `report` is told what HCL would refuse although the parser took it."""

    def __init__(self, origin: Origin, offsets: Offsets, report: Report) -> None:
        self.origin = origin
        self.offsets = offsets
        self.report = report
        self.depth = 0

    def range(self, node: Any) -> tuple[int, int]:
        return self.offsets(node.start_byte), self.offsets(node.end_byte)

    def place(self, node: Any) -> Span | None:
        return self.origin.span(*self.range(node))

    def text(self, node: Any) -> str:
        start, end = self.range(node)
        return self.origin.text[start:end]

    def label(self, node: Any) -> str:
        """The text of a block's label."""
        text = self.text(node)
        return unescaped(text[1:-1]) if node.type == "string_lit" else text

    def expression(self, node: Any) -> Expression:
        """The expression of a sound node; broken where HCL would refuse it."""
        try:
            return self.convert(node)
        except Flawed as flaw:
            place = self.place(flaw.node)
            self.report(str(flaw), place)
            return Broken(str(flaw), place)

    def convert(self, node: Any) -> Expression:
        """Raises `Flawed`."""
        with self.deeper(node):
            return self._convert(node)

    @contextmanager
    def deeper(self, node: Any) -> Iterator[None]:
        """What is converted meanwhile lies a level deeper. Raises `Flawed` where that is too deep."""
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise Flawed(f"the expression nests deeper than {DEEPEST}", node)
            yield
        finally:
            self.depth -= 1

    def _convert(self, node: Any) -> Expression:
        if node.is_missing or node.type == "ERROR":
            raise Flawed("the expression is broken", node)
        children = [child for child in node.children if child.type != "comment"]
        if node.type == "expression" or node.type in _WRAPPERS:
            return self._chain(node, children)
        convert = getattr(self, f"_{node.type}", None)
        if convert is None:
            raise Flawed(f"unexpected `{self.text(node)[:30]}`", node)
        converted: Expression = convert(node, children)
        return converted

    def _chain(self, node: Any, children: list[Any]) -> Expression:
        """A term and what follows it: attributes, indices and splats. Operands come in here without a node around."""
        if len(children) > 2 and children[0].type == "(":
            place = self.origin.span(self.range(children[0])[0], self.range(children[2])[1])
            inner: Expression = Parentheses(self.convert(children[1]), place)
            rest = children[3:]
        elif children:
            inner, rest = self.convert(children[0]), children[1:]
        else:
            raise Flawed("an expression is missing", node)
        return postfixed(inner, self._steps(rest), self.origin) if rest else inner

    def _steps(self, nodes: list[Any]) -> list[Step]:
        steps: list[Step] = []
        for node in _laid_flat(nodes):
            if len(steps) == DEEPEST:
                raise Flawed(f"more than {DEEPEST} steps follow each other", node)
            kind = node.type
            place = self.place(node)
            if kind == "get_attr":
                steps.append(AttributeStep(self.text(node.children[-1]), place))
            elif kind == "legacy_index":
                if steps and isinstance(steps[-1], IndexStep) and steps[-1].legacy and self._touches(steps[-1], node):
                    raise Flawed("two indices cannot be chained with dots: use brackets", node)
                number = int(self.text(node)[1:].strip())
                steps.append(IndexStep(Literal(Typed(number, NUMBER, place), place), place, legacy=True))
            elif kind == "new_index":
                steps.append(IndexStep(self.convert(node.children[1]), place))
            elif kind in {".*", "[*]"}:
                steps.append(SplatStep(kind == "[*]", place))
            elif kind != "comment":
                raise Flawed(f"unexpected `{self.text(node)[:30]}`", node)
        return steps

    def _touches(self, step: IndexStep, node: Any) -> bool:
        here = self.place(node)
        return step.place is not None and here is not None and step.place.end == here.start

    # Terms

    def _numeric_lit(self, node: Any, _: list[Any]) -> Expression:
        return self._number(self.text(node), node)

    def _number(self, text: str, node: Any) -> Expression:
        place = self.place(node)
        try:
            return Literal(Typed(numbers.parse(text), NUMBER, place), place)
        except numbers.NotANumber:
            raise Flawed(f"`{text}` is no number", node) from None
        except numbers.OutOfRange as error:
            return Broken(str(error), place, NUMBER)

    def _bool_lit(self, node: Any, _: list[Any]) -> Expression:
        return Literal(boolean(self.text(node) == "true", self.place(node)), self.place(node))

    def _null_lit(self, node: Any, _: list[Any]) -> Expression:
        return Literal(null(place=self.place(node)), self.place(node))

    def _variable_expr(self, node: Any, _: list[Any]) -> Expression:
        text = self.text(node)
        if text[0].isdigit():
            return self._number(text, node)
        if "::" in text:
            raise Flawed(f"`{text}` is no name", node)
        return Reference(text, (), self.place(node))

    def _string_lit(self, node: Any, _: list[Any]) -> Expression:
        return TemplateReader(self, node).quoted()

    _quoted_template = _string_lit

    def _heredoc_template(self, node: Any, _: list[Any]) -> Expression:
        return TemplateReader(self, node).heredoc()

    def _tuple(self, node: Any, children: list[Any]) -> Expression:
        return Tuple([self.convert(child) for child in children if child.type == "expression"], self.place(node))

    def _object(self, node: Any, children: list[Any]) -> Expression:
        entries: list[tuple[Expression, Expression]] = []
        last = -1
        for child in children:
            if child.type != "object_elem":
                last = -1 if child.type != "object_end" else last
                continue
            start, end = self.range(child)
            if last >= 0 and "\n" not in self.origin.text[last:start]:
                raise Flawed("a comma or a new line must stand before this", child)
            last = end
            key, value = child.child_by_field_name("key"), child.child_by_field_name("val")
            if key is None or value is None:
                raise Flawed("the object is broken", child)
            entries.append((self.convert(key), self.convert(value)))
        return Object(entries, self.place(node))

    def _function_call(self, node: Any, children: list[Any]) -> Expression:
        arguments: list[Expression] = []
        expand = False
        for child in children:
            if child.type == "function_arguments":
                inner = [each for each in child.children if each.type != "comment"]
                arguments = [self.convert(each) for each in inner if each.type == "expression"]
                expand = bool(inner) and inner[-1].type == "ellipsis"
        return Call(self.text(children[0]), arguments, expand, self.place(node))

    def _unary_operation(self, node: Any, children: list[Any]) -> Expression:
        return Unary(self.text(children[0]), self._operand(children[1:], node), self.place(node))

    def _binary_operation(self, node: Any, children: list[Any]) -> Expression:
        at = next((i for i, child in enumerate(children) if i and child.type in _OPERATORS), -1)
        if at < 0:
            raise Flawed("the operation is broken", node)
        left, right = self._operand(children[:at], node), self._operand(children[at + 1 :], node)
        return Binary(children[at].type, left, right, self.place(node))

    def _operand(self, nodes: list[Any], node: Any) -> Expression:
        if not nodes:
            raise Flawed("an operand is missing", node)
        return self._chain(node, nodes)

    def _conditional(self, node: Any, children: list[Any]) -> Expression:
        parts = [child for child in children if child.type == "expression"]
        if len(parts) != 3:
            raise Flawed("the conditional is broken", node)
        condition, then, other = (self.convert(part) for part in parts)
        return _grouped(condition, then, other, self.place(node))

    def _for_tuple_expr(self, node: Any, children: list[Any]) -> Expression:
        names, collection = self._intro(children[1])
        values = [self.convert(child) for child in children if child.type == "expression"]
        return For(names, collection, None, values[0], self._condition(children), False, self.place(node))

    def _for_object_expr(self, node: Any, children: list[Any]) -> Expression:
        names, collection = self._intro(children[1])
        key, value = (self.convert(child) for child in children if child.type == "expression")
        group = any(child.type == "ellipsis" for child in children)
        return For(names, collection, key, value, self._condition(children), group, self.place(node))

    def _intro(self, node: Any) -> tuple[list[str], Expression]:
        names = [self.text(child) for child in node.children if child.type == "identifier"]
        collection = next(child for child in node.children if child.type == "expression")
        return names, self.convert(collection)

    def _condition(self, children: list[Any]) -> Expression | None:
        for child in children:
            if child.type == "for_cond":
                return self.convert(child.children[-1])
        return None


def _grouped(condition: Expression, then: Expression, other: Expression, place: Span | None) -> Conditional:
    """A conditional. The grammar groups `a ? b : c ? d : e` from the left, HCL from the right."""
    if isinstance(condition, Conditional):
        return Conditional(condition.condition, condition.then, _grouped(condition.other, then, other, place), place)
    return Conditional(condition, then, other, place)


def _laid_flat(nodes: list[Any]) -> Iterator[Any]:
    """The steps in their order, whatever the grammar groups them into."""
    todo = nodes[::-1]
    while todo:
        node = todo.pop()
        if node.type in {"index", "splat", "attr_splat", "full_splat"}:
            todo += reversed(node.children)
        else:
            yield node


_WRAPPERS = frozenset(
    {"literal_value", "template_expr", "collection_value", "operation", "for_expr", "template_interpolation"}
)
_OPERATORS = frozenset({"*", "/", "%", "+", "-", ">", ">=", "<", "<=", "==", "!=", "&&", "||"})
