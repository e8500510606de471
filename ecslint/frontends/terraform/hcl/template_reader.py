"""From tree-sitter's nodes to templates: quoted strings, heredocs, and the texts of template files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ecslint.frontends.terraform.cty.text import SPACES, clusters
from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Typed, nfc
from ecslint.frontends.terraform.hcl.chunks import Chunk, characters, lines
from ecslint.frontends.terraform.hcl.conditional import Conditional
from ecslint.frontends.terraform.hcl.expression import Expression, Literal
from ecslint.frontends.terraform.hcl.flaw import Flawed
from ecslint.frontends.terraform.hcl.loops import For
from ecslint.frontends.terraform.hcl.templates import Join, Template, Wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.hcl.reader import Reader


class Directive(NamedTuple):
    """An interpolation or a directive: its node, its kind, what it trims, and what it holds."""

    node: Any
    kind: str
    left: bool
    right: bool
    names: tuple[str, ...]
    expression: Any


class TemplateReader:
    """Reads one template node."""

    def __init__(self, reader: Reader, node: Any) -> None:
        self.reader = reader
        self.node = node
        self.origin = reader.origin
        self.is_quoted = True
        self.tokens: list[Chunk | Directive] = []

    def quoted(self) -> Expression:
        """A string in quotes."""
        start, end = self.reader.range(self.node)
        self._gather(self.node.children[1:-1], start + 1, end - 1)
        return self._expression(start, end, quotes=True)

    def heredoc(self) -> Expression:
        """A heredoc: the lines between its marker and the line with nothing but that."""
        self.is_quoted = False
        start, end = self.reader.range(self.node)
        first = self.reader.range(self.node.children[1])[1]
        last = self.reader.range(self.node.children[-1])[0]
        text = self.origin.text
        first = text.find("\n", first) + 1
        last = max(text.rfind("\n", 0, last) + 1, first)
        self._gather(self.node.children[2:-1], first, last)
        if self.reader.text(self.node.children[0]) == "<<-":
            self._dedent()
        return self._expression(start, end)

    def bare(self, start: int, end: int) -> Expression:
        """The content of a heredoc that was put around a template's text."""
        self.is_quoted = False
        self._gather(self.node.children[2:-1], start, end)
        return self._expression(start, end)

    # Tokens

    def _gather(self, nodes: list[Any], start: int, end: int) -> None:
        """The tokens between two offsets: what is no interpolation or directive is literal text, spaces included."""
        at = start
        trims = False
        for directive in self._directives(nodes):
            here, there = self.reader.range(directive.node)
            self._literal(at, here, trims, directive.left)
            self.tokens.append(directive)
            at, trims = there, directive.right
        self._literal(at, end, trims, False)

    def _literal(self, start: int, end: int, left: bool, right: bool) -> None:
        if start >= end:
            return
        text = self.origin.text[start:end]
        if self.is_quoted and "\n" in text:
            raise Flawed(
                "a string in quotes may not run over a line end: escape it as `\\n`, or use a heredoc", self.node
            )
        found = [text] if self.is_quoted else lines(text)
        chunks: list[Chunk] = []
        at = start
        for line in found:
            try:
                chunks.append(self._chunk(line, at))
            except ValueError as error:
                raise Flawed(str(error), self.node) from error
            at += len(line)
        if left:
            chunks[0].trim_left()
        if right:
            chunks[-1].trim_right()
        self.tokens += chunks

    def _chunk(self, line: str, start: int) -> Chunk:
        if ("\\" not in line or not self.is_quoted) and "$${" not in line and "%%{" not in line:
            return Chunk(line, start, start + len(line))
        text: list[str] = []
        runs: list[tuple[int, int]] = []
        length = 0
        for part, offset in characters(line, start, self.is_quoted):
            runs.append((length, offset))
            text.append(part)
            length += len(part)
        return Chunk("".join(text), start, start + len(line), runs)

    def _directives(self, nodes: list[Any]) -> Iterator[Directive]:
        """Interpolations and directives in their order, nested ones laid flat."""
        todo = nodes[::-1]
        while todo:
            node = todo.pop()
            kind = node.type
            if kind == "template_interpolation":
                yield self._directive(node, "value")
            elif kind in {"template_directive", "template_if", "template_for"}:
                todo += reversed(node.children)
            elif kind in _DIRECTIVES:
                yield self._directive(node, _DIRECTIVES[kind])
            elif kind == "ERROR" or node.is_missing:
                raise Flawed("the template is broken", node)

    def _directive(self, node: Any, kind: str) -> Directive:
        children = node.children
        markers = [index for index, child in enumerate(children) if child.type == "strip_marker"]
        left, right = 1 in markers, len(children) - 2 in markers and len(children) > 2
        if (left and children[1].start_byte != children[0].end_byte) or (
            right and children[-2].end_byte != children[-1].start_byte
        ):
            raise Flawed("`~` must touch the brace", node)
        expression = next((child for child in children if child.type == "expression"), None)
        if expression is None and kind in {"value", "if", "for"}:
            raise Flawed("an expression is missing", node)
        names = tuple(self.reader.text(child) for child in children if child.type == "identifier")
        return Directive(node, kind, left, right, names, expression)

    def _dedent(self) -> None:
        """Take away the indentation that all lines share, as HCL counts it."""
        least: int | None = None
        fresh = True
        adjust: list[Chunk] = []
        for token in self.tokens:
            if fresh:
                fresh = False
                spaces = 0
                if isinstance(token, Chunk):
                    trimmed = token.text.lstrip(SPACES)
                    if not trimmed and token.text.endswith("\n"):
                        spaces = -1
                    else:
                        spaces = len(clusters(token.text[: len(token.text) - len(trimmed)]))
                        adjust.append(token)
                if spaces >= 0:
                    least = spaces if least is None else min(least, spaces)
            if isinstance(token, Chunk) and token.text.endswith("\n"):
                fresh = True
        for token in adjust:
            token.cut(sum(map(len, clusters(token.text)[: least or 0])))

    # Expressions

    def _expression(self, start: int, end: int, *, quotes: bool = False) -> Expression:
        place = self.origin.span(start, end)
        parts, rest = self._parts(0, frozenset())
        assert rest == len(self.tokens)
        if len(self.tokens) == 1 and isinstance(self.tokens[0], Directive) and self.tokens[0].kind == "value":
            return Wrapped(parts[0], place)
        if not parts:
            return Literal(Typed("", STRING, place), place)
        if len(parts) == 1 and isinstance(parts[0], Literal):
            return self._plain(parts[0].constant, start, end, quotes)
        return Template(parts, place)

    def _plain(self, constant: Typed, start: int, end: int, quotes: bool) -> Expression:
        """A string without anything to evaluate."""
        if quotes and isinstance(constant.data, str) and len(constant.data) == end - start - 2:
            constant = constant.copy(place=self.origin.quoted(start, end))
        return Literal(constant, self.origin.span(start, end))

    def _parts(self, at: int, stop: frozenset[str]) -> tuple[list[Expression], int]:
        """The expressions from a token on, up to a directive of `stop`."""
        parts: list[Expression] = []
        while at < len(self.tokens):
            token = self.tokens[at]
            if isinstance(token, Chunk):
                literal, at = self._melded(at)
                if literal is not None:
                    parts.append(literal)
                continue
            if token.kind in stop:
                return parts, at
            if token.kind == "value":
                parts.append(self.reader.convert(token.expression))
                at += 1
            elif token.kind in {"if", "for"}:
                with self.reader.deeper(token.node):
                    made, at = self._if(token, at) if token.kind == "if" else self._for(token, at)
                parts.append(made)
            else:
                raise Flawed(f"unexpected `{token.kind}` directive", token.node)
        if stop:
            raise Flawed("the directives of the template are unbalanced", self.node)
        return parts, at

    def _melded(self, at: int) -> tuple[Literal | None, int]:
        """Neighbouring literal tokens as one."""
        text: list[str] = []
        runs: list[tuple[int, int]] = []
        length = 0
        first = last = None
        while at < len(self.tokens):
            token = self.tokens[at]
            if not isinstance(token, Chunk):
                break
            at += 1
            if not token.text:
                continue
            first = token.start if first is None else first
            last = token.end
            for content, offset in token.runs:
                # Runs that go on where the one before ends are one run.
                if not runs or offset - runs[-1][1] != length + content - runs[-1][0]:
                    runs.append((length + content, offset))
            text.append(token.text)
            length += len(token.text)
        if first is None or last is None:
            return None, at
        place = self.origin.literal(first, last, runs)
        return Literal(Typed(nfc("".join(text)), STRING, place), self.origin.span(first, last)), at

    def _if(self, token: Directive, at: int) -> tuple[Expression, int]:
        then, at = self._parts(at + 1, frozenset({"else", "endif"}))
        other: list[Expression] = []
        if self._kind(at) == "else":
            other, at = self._parts(at + 1, frozenset({"endif"}))
        place = self.reader.place(token.node)
        condition = self.reader.convert(token.expression)
        return Conditional(condition, Template(then, place), Template(other, place), place), at + 1

    def _for(self, token: Directive, at: int) -> tuple[Expression, int]:
        body, at = self._parts(at + 1, frozenset({"endfor"}))
        place = self.reader.place(token.node)
        collection = self.reader.convert(token.expression)
        inner = For(list(token.names), collection, None, Template(body, place), None, False, place)
        return Join(inner, place), at + 1

    def _kind(self, at: int) -> str:
        token = self.tokens[at]
        return token.kind if isinstance(token, Directive) else ""


_DIRECTIVES = {
    "template_if_intro": "if",
    "template_else_intro": "else",
    "template_if_end": "endif",
    "template_for_start": "for",
    "template_for_end": "endfor",
}
