"""Literal text of templates, token by token.

Source: HCL's `hclsyntax/parser_template.go`. Literal text comes in tokens, a line each; what `~` trims and `<<-` takes
away is decided token by token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.text import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?s:.))")
_DOLLAR = re.compile(r"\$\$(?=\{)|%%(?=\{)")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Chunk:
    """A token of literal text: characters, and from where on they stand side by side with the source."""

    __slots__ = ("end", "runs", "start", "text")

    def __init__(self, text: str, start: int, end: int, runs: list[tuple[int, int]] | None = None) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.runs = runs or [(0, start)]

    def trim_left(self) -> None:
        self.cut(len(self.text) - len(self.text.lstrip(SPACES)))

    def trim_right(self) -> None:
        kept = self.text.rstrip(SPACES)
        if len(kept) < len(self.text):
            self.end = self.offset(len(kept) - 1) + 1 if kept else self.start
            self.text = kept

    def cut(self, count: int) -> None:
        """Take characters away from the start."""
        if not count:
            return
        self.start = self.offset(count) if count < len(self.text) else self.end
        later = [(content - count, offset) for content, offset in self.runs if content > count]
        self.runs = [(0, self.start), *later]
        self.text = self.text[count:]

    def offset(self, index: int) -> int:
        """Where a character stands in the source."""
        content, offset = next(run for run in reversed(self.runs) if run[0] <= index)
        return offset + index - content


def unescaped(text: str) -> str:
    """The characters of a quoted text."""
    return "".join(char for char, _ in characters(text, 0, True))


def characters(text: str, start: int, quoted: bool) -> Iterator[tuple[str, int]]:
    """Runs of characters and where each starts in the source. Raises `ValueError` for an escape that means nothing."""
    at = run = 0
    while at < len(text):
        char = text[at]
        found = (
            _ESCAPE.match(text, at) if quoted and char == "\\" else _DOLLAR.match(text, at) if char in "$%" else None
        )
        if found is None:
            if quoted and char == "\\":
                raise ValueError("a backslash must be followed by what it escapes")
            at += 1
            continue
        if run < at:
            yield text[run:at], start + run
        token = found.group()
        yield (token[0] if char != "\\" else _escaped(token)), start + at
        at = run = found.end()
    if run < at:
        yield text[run:at], start + run


def _escaped(token: str) -> str:
    if token[1] in "uU" and len(token) > 2:
        code = int(f"0x{token[2:]}", 0)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise ValueError(f"U+{code:04x} is no character")
        return chr(code)
    if token[1] not in _LETTERS:
        raise ValueError(f"`{token}` is no escape sequence")
    return _LETTERS[token[1]]


def lines(text: str) -> list[str]:
    """The lines of a text with their ends; only a line feed ends one."""
    return [line for line in re.split("(?<=\n)", text) if line]
