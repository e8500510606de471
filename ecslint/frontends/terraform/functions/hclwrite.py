"""Known values as HCL.

Source: HCL's `hclwrite/generate.go` for what is written, and `hclwrite/format.go` for how it is laid out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.convert import written
from ecslint.frontends.terraform.cty.text import clusters
from ecslint.frontends.terraform.cty.value import Elements, Fields, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecslint.frontends.terraform.cty.value import Typed

IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_ESCAPED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class _Line:
    """A line: the name before its equals sign, if it has one, the rest, and how many brackets stay open after it."""

    __slots__ = ("name", "net", "text")

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.text = ""
        self.net = 0

    @property
    def aligned(self) -> bool:
        """Whether the equals sign stands below those of the lines around it: where the whole value is in the line."""
        return bool(self.name) and self.net == 0


class _Page:
    """The lines of a text while it is written."""

    def __init__(self) -> None:
        self.lines = [_Line()]

    def write(self, text: str, opened: int = 0) -> None:
        self.lines[-1].text += text
        self.lines[-1].net += opened

    def value(self, value: Typed) -> None:
        data = value.data
        if data is None:
            self.write("null")
        elif isinstance(data, Elements):
            self.write("[", 1)
            for index, item in enumerate(data.items):
                self.write(", " if index else "")
                self.value(item)
            self.write("]", -1)
        elif isinstance(data, Fields):
            self.write("{", 1)
            self.entries((_key(name), item) for name, item in data.ordered())
            self.write("}", -1)
        else:
            self.write(_quoted(text_of(value)) if value.type.kind == "string" else written(value))

    def entries(self, entries: Iterable[tuple[str, Typed]]) -> None:
        """Each entry in a line of its own; what follows begins a new one."""
        for number, (name, item) in enumerate(entries):
            if number == 0 and (self.lines[-1].text or self.lines[-1].name):
                self.lines.append(_Line())
            self.lines[-1].name = name
            self.value(item)
            self.lines.append(_Line())

    @property
    def text(self) -> str:
        widths = self._widths()
        opened: list[int] = []
        out: list[str] = []
        for line, width in zip(self.lines, widths, strict=True):
            _close(opened, -line.net)
            indent = "  " * len(opened)
            if line.net > 0:
                opened.append(line.net)
            name = line.name and line.name + " " * (width - len(clusters(line.name))) + " = "
            out.append(indent + name + line.text if name or line.text else "")
        return "\n".join(out)

    def _widths(self) -> list[int]:
        """For each line how wide its name is to be: as the widest of the lines that follow each other."""
        widths = [len(clusters(line.name)) for line in self.lines]
        start = 0
        while start < len(self.lines):
            end = start
            while end < len(self.lines) and self.lines[end].aligned:
                end += 1
            if end > start:
                widths[start:end] = [max(widths[start:end])] * (end - start)
            start = max(end, start + 1)
        return widths


def _close(opened: list[int], closed: int) -> None:
    """Take away as many brackets as a line closes; a level ends with the last bracket that its line opened."""
    while closed > 0 and opened:
        taken = min(closed, opened[-1])
        opened[-1] -= taken
        closed -= taken
        if not opened[-1]:
            opened.pop()


def _quoted(content: str) -> str:
    out: list[str] = []
    for index, char in enumerate(content):
        if char in "$%" and content[index + 1 : index + 2] == "{":
            out.append(char * 2)
        elif char in _ESCAPED:
            out.append(_ESCAPED[char])
        elif char.isprintable():
            out.append(char)
        else:
            out.append(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}")
    return f'"{"".join(out)}"'


def _key(name: str) -> str:
    return name if IDENTIFIER.fullmatch(name) else _quoted(name)


def expression(value: Typed) -> str:
    """A value as an expression."""
    page = _Page()
    page.value(value)
    return page.text


def arguments(entries: Iterable[tuple[str, Typed]]) -> str:
    """Names and values as the arguments of a body."""
    page = _Page()
    page.entries(entries)
    return page.text
