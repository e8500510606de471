"""HCL files as blocks and arguments; expressions are converted when they are asked for.

What tree-sitter could not read is a problem, and everything that it could have meant is open: the value of an argument
with an error in it is unknown, the body around it may hold anything, and a block that is not closed opens the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecslint.frontends.terraform.hcl.expression import Broken
from ecslint.frontends.terraform.hcl.flaw import Flaw
from ecslint.frontends.terraform.hcl.grammar import parse
from ecslint.frontends.terraform.hcl.origin import Offsets, Origin
from ecslint.frontends.terraform.hcl.reader import DEEPEST, Reader
from ecslint.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.source import SourceFile

MOST_PROBLEMS = 20


class Attribute:
    """An argument: a name and an expression. `place` is the name's, `span` takes in the value."""

    __slots__ = ("_expression", "_make", "name", "place", "span")

    def __init__(self, name: str, place: Span, span: Span, make: Callable[[], Expression]) -> None:
        self.name = name
        self.place = place
        self.span = span
        self._make = make
        self._expression: Expression | None = None

    @property
    def expression(self) -> Expression:
        if self._expression is None:
            self._expression = self._make()
        return self._expression


class Label:
    """A label of a block."""

    __slots__ = ("place", "text")

    def __init__(self, text: str, place: Span) -> None:
        self.text = text
        self.place = place


class Block:
    """A block. `place` is that of its type and labels, `span` takes in the body."""

    __slots__ = ("body", "labels", "place", "span", "type")

    def __init__(self, type: str, labels: tuple[Label, ...], body: Body, place: Span, span: Span) -> None:
        self.type = type
        self.labels = labels
        self.body = body
        self.place = place
        self.span = span


class Body:
    """Arguments and blocks. `open` says why there may be more."""

    __slots__ = ("attributes", "blocks", "open", "span")

    def __init__(
        self, attributes: dict[str, Attribute], blocks: list[Block], open: str = "", span: Span | None = None
    ) -> None:
        self.attributes = attributes
        self.blocks = blocks
        self.open = open
        self.span = span

    def of_type(self, *types: str) -> Iterator[Block]:
        """The blocks of some types."""
        for block in self.blocks:
            if block.type in types:
                yield block


class _Tree:
    """The conversion of one file."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.offsets = Offsets(file.text)
        self.flaws: list[Flaw] = []
        self.depth = 0
        self.reader = Reader(Origin.of_file(file), self.offsets, self._flaw)

    def _flaw(self, message: str, place: Span | None) -> None:
        if place is not None and len(self.flaws) < MOST_PROBLEMS:
            self.flaws.append(Flaw(message, place))

    def span(self, node: Any) -> Span:
        return Span(self.file, self.offsets(node.start_byte), self.offsets(node.end_byte))

    def body(self, node: Any, span: Span) -> Body:
        """The body in a `body` node, or in the children of a broken one."""
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        why = ""
        last = -1
        for child in node.children:
            kind = child.type
            if kind == "comment":
                continue
            if kind == "ERROR" or child.is_missing:
                why = "its syntax is broken"
                continue
            here = self.span(child)
            if kind in {"attribute", "block"}:
                self._separated(last, here)
                last = here.end
            if kind == "attribute":
                attribute = self.attribute(child, here)
                if child.has_error:
                    why = "its syntax is broken"
                if attribute.name in attributes:
                    self._flaw(f"the argument `{attribute.name}` is set twice", attribute.place)
                else:
                    attributes[attribute.name] = attribute
            elif kind == "block":
                blocks.append(self.block(child, here))
        return Body(attributes, blocks, why, span)

    def _separated(self, last: int, here: Span) -> None:
        """Each argument and block of a body starts a line of its own."""
        if last >= 0 and "\n" not in self.file.text[last : here.start]:
            self._flaw("an argument or block must start on a line of its own", here)

    def attribute(self, node: Any, span: Span) -> Attribute:
        name = node.children[0]
        value = node.children[-1]
        sound = value.type == "expression" and not value.has_error and not value.is_missing
        place = self.span(name)
        if not sound:
            return Attribute(place.text, place, span, lambda: Broken("its syntax is broken", span))
        return Attribute(place.text, place, span, lambda: self.reader.expression(value))

    def block(self, node: Any, span: Span) -> Block:
        self.depth += 1
        try:
            return self._block(node, span)
        finally:
            self.depth -= 1

    def _block(self, node: Any, span: Span) -> Block:
        labels: list[Label] = []
        body: Body | None = None
        header = end = self.span(node.children[0])
        why = ""
        for child in node.children[1:]:
            kind = child.type
            if kind in {"identifier", "string_lit"}:
                end = self.span(child)
                labels.append(Label(self.reader.label(child), end))
            elif kind == "body" and self.depth > DEEPEST:
                why = f"the blocks nest deeper than {DEEPEST}"
                self._flaw(why, header)
            elif kind == "body":
                self.depth += 1
                body = self.body(child, self.span(child)) if self.depth <= DEEPEST else self._too_deep(child)
                self.depth -= 1
            elif kind == "ERROR" or child.is_missing:
                why = "its syntax is broken"
        body = body or Body({}, [], span=span)
        body.open = body.open or why
        return Block(header.text, tuple(labels), body, Span(self.file, header.start, end.end), span)

    def _too_deep(self, node: Any) -> Body:
        span = self.span(node)
        why = f"blocks nest deeper than {DEEPEST}"
        self._flaw(why, span)
        return Body({}, [], why, span)

    def problems(self, root: Any) -> Iterator[Flaw]:
        """The first errors of the tree, in the order of the text."""
        todo = [root]
        count = 0
        while todo and count < MOST_PROBLEMS:
            node = todo.pop()
            if node.is_missing:
                count += 1
                yield self._missing(node)
            elif node.type == "ERROR":
                count += 1
                yield self._unexpected(node)
            elif node.has_error:
                todo += reversed(node.children)

    def _missing(self, node: Any) -> Flaw:
        wanted = {"block_end": "}", "object_end": "}", "tuple_end": "]", "quoted_template_end": '"'}.get(
            node.type, node.type
        )
        span = self.span(node)
        parent = node.parent
        if parent is not None and wanted in {"}", "]", ")", '"'}:
            opened = self.span(parent)
            line, _ = self.file.position(opened.start)
            return Flaw(
                f"`{wanted}` is missing: what opens in line {line} is not closed",
                Span(self.file, opened.start, opened.start + 1),
            )
        return Flaw(
            f"`{wanted}` is missing here", Span(self.file, span.start, min(span.start + 1, len(self.file.text)))
        )

    def _unexpected(self, node: Any) -> Flaw:
        span = self.span(node)
        text = span.text.strip().partition("\n")[0]
        shown = text if len(text) <= 30 else text[:30] + "…"
        end = span.start + max(len(span.text.partition("\n")[0].rstrip()), 1)
        return Flaw(
            f"this is not HCL: unexpected `{shown}`" if shown else "this is not HCL", Span(self.file, span.start, end)
        )


def read(file: SourceFile) -> tuple[Body, list[Flaw]]:
    """The body of a file, and what is wrong in it. More may be found wrong when expressions are converted."""
    root = parse(file.text)
    tree = _Tree(file)
    whole = Span(file, 0, len(file.text))
    top = next((child for child in root.children if child.type == "body"), root)
    body = tree.body(top, whole)
    if root.has_error:
        tree.flaws += tree.problems(root)
        if top is not root and any(child.type == "ERROR" for child in root.children):
            body.open = "the syntax of the file is broken"
        if any(block.body.open and _unclosed(block) for block in body.blocks):
            body.open = "a block in the file is not closed"
    return body, tree.flaws


def _unclosed(block: Block) -> bool:
    return not block.span.text.rstrip().endswith("}")
