"""File name patterns: `*`, `?`, `**` for any folders, `[a-z]` and `{a,b}`.

Source: `github.com/bmatcuk/doublestar` v1, which Terraform's `fileset` uses. Each part between slashes is a pattern of
its own. They are matched by RE2, so that no pattern takes longer than the names are long.
"""

from __future__ import annotations

import re
from typing import Any

from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.regex import compiled

_NEVER = "[^\\x00-\\x{10FFFF}]"


def pattern(glob: str) -> Any:
    """A pattern as an expression for whole paths. Raises `Failure` where it is none."""
    parts = glob.split("/")
    out: list[str] = []
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            out.append(".*" if last else "(?:[^/]+/)*")
        else:
            out.append(_Part(part).translated() + ("" if last else "/"))
    return compiled(f"(?s:{''.join(out)})")


class _Part:
    """A reader of what stands between two slashes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def translated(self) -> str:
        out: list[str] = []
        depth = 0
        while self.at < len(self.text):
            char = self._next()
            if char == "*":
                out.append("[^/]*")
            elif char == "?":
                out.append("[^/]")
            elif char == "[":
                out.append(self._range())
            elif char == "{":
                if depth:
                    raise Declined("braces in braces of a file name pattern are not followed")
                depth += 1
                out.append("(?:")
            elif char == "}" and depth:
                depth -= 1
                out.append(")")
            elif char == "," and depth:
                out.append("|")
            else:
                out.append(re.escape(self._escaped(char)))
        if depth:
            raise _bad()
        return "".join(out)

    def _next(self) -> str:
        if self.at == len(self.text):
            raise _bad()
        self.at += 1
        return self.text[self.at - 1]

    def _escaped(self, char: str) -> str:
        return self._next() if char == "\\" else char

    def _range(self) -> str:
        """A range of characters, of which the opening bracket is read."""
        negated = self.text.startswith("^", self.at)
        self.at += negated
        spans: list[str] = []
        while (char := self._next()) != "]" or not spans:
            if char in "]-":
                raise _bad()
            low = high = self._escaped(char)
            if self.text.startswith("-", self.at):
                self.at += 1
                high = self._escaped(self._next())
            if low <= high:
                spans.append(f"{re.escape(low)}-{re.escape(high)}")
            else:
                spans.append("")
        inner = "".join(spans)
        return f"[{'^' * negated}{inner}]" if inner else "[^/]" if negated else _NEVER


def _bad() -> Failure:
    return Failure("syntax error in pattern")
