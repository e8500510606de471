"""The HCL parser: tree-sitter with its HCL grammar, and what that grammar does not know.

tree-sitter-hcl 1.2 reads files of any size and recovers from errors, but takes some of HCL otherwise than HCL does.
What it would misread is put before it in another spelling of the same length; characters are always taken from the
text itself, never from what the parser was given.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import tree_sitter
import tree_sitter_hcl

# A word, or a number with an exponent but no fraction: the grammar has no `1e5`, so it is given a name instead.
_EXPONENT = re.compile(r"[^\W\d][\w-]*|[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")
_HAS_EXPONENT = re.compile(r"[0-9][eE][+-]?[0-9]")
# HCL takes the last of several `$` with the brace, and the one before as its escape.
_DOLLARS = re.compile(r"\$\$\$+\{|%%%+\{")
_SPREAD = re.compile(r"\[(\s+)\*(\s*)\]|\[\*(\s+)\]")
# A name at the end of a line and a computed key at the start of the next look like a call to the grammar.
_COMPUTED = re.compile(r"(?<=[\w-])([ \t]*)\r?\n(?=[ \t]*\((?:[^()\n]|\([^()\n]*\))*\)[ \t]*[=:](?![=>]))")


LARGEST = 4_000_000
"""The most characters that are parsed at once. A syntax tree takes more than a hundred times the memory of its text."""


@cache
def _parser() -> Any:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


def parse(text: str) -> Any:
    """The root node of the syntax tree, whose offsets are those of the text in UTF-8."""
    return _parser().parse(masked(text).encode("utf-8", "surrogatepass")).root_node


def masked(text: str) -> str:
    """The text as the grammar can read it."""
    if _HAS_EXPONENT.search(text):
        text = _EXPONENT.sub(lambda found: _named(found.group()), text)
    if "$$$" in text or "%%%" in text:
        text = _DOLLARS.sub(lambda found: "_" * len(found.group()), text)
    if "*" in text:
        text = _SPREAD.sub(lambda found: "[*]" + " " * (len(found.group()) - 3), text)
    if "\n" in text and "(" in text:
        text = _COMPUTED.sub(lambda found: found.group()[:-1] + ",", text)
    return text


def _named(word: str) -> str:
    return "_" * len(word) if word[0].isdigit() and "." not in word else word
