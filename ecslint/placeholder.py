"""Placeholders: what a pipeline or a template engine fills in before a task definition is JSON that ECS takes.

There are those of a known form, such as `${TAG}`, which stand anywhere in a text, and words that are one only by where
they stand, such as `REGION`. Nobody here knows who fills them in, so all of them are unknown values.
"""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING
from ecslint.value import Text, Unknown

if TYPE_CHECKING:
    from ecslint.source import Place
    from ecslint.text import Part
    from ecslint.value import Data, Key

# Any text: what a pipeline or a template engine replaces. A newline or the same opening ends it, so that a stray `{{`
# swallows no file and a thousand of them cost no more than one. Compiled on first use, as most files have none.
_ANYWHERE = (
    r"\{\{(?:(?!\{\{)[^\n])*?\}\}|\{%[^%\n]*%\}|%\{[^{}\n]*\}|\$\{[^{}\n]*\}|#\{[^{}\n]*\}#?"
    r"|<[A-Z][A-Z0-9_. -]*>|@[A-Z][A-Z0-9_]*@|__[A-Z][A-Z0-9_]*?__|%[A-Z][A-Z0-9_]{2,}%|\(\([A-Za-z_][\w.-]*\)\)"
)
_STARTS = re.compile(r"[$<@#%]|__|\{[{%]|\(\(")
_SHELL = r"\$[A-Za-z_][A-Za-z0-9_]*"
_LOWER = r"<[A-Za-z][A-Za-z0-9_. -]*>"
_BLANKS = r"(?<![A-Za-z0-9])(?:YOUR_[A-Z_]+|(?:[A-Z]+_)*ACCOUNT_ID|(?:[A-Z]+_)*REGION)(?![A-Za-z0-9])|<[^<>\n]+>"
_REGION = r"(?i:(?:[a-z]+[-_ ])*region(?:[-_ ][a-z]+)*)"
"""A blank for a region, such as `your-region`. Every region's name ends in a number."""
_CAPITALS = r"[A-Z][A-Z0-9_]*"
_UNQUOTED = rf"(?!(?:TRUE|FALSE|NULL|NAN|NONE)\Z){_CAPITALS}"
_TO_BE_FILLED = r"[A-Z][A-Z0-9_]*_ARN|(?:CHANGE|REPLACE|YOUR)_[A-Z0-9_]+"
_ARN = r"\A[A-Z][A-Z0-9_]*_ARN(?=:)"
_NUMBERS = frozenset(
    "cpu memory memoryReservation containerPort hostPort softLimit hardLimit sizeInGiB desiredCount".split()
)
"""Keys of numbers, whose quotes a placeholder may take along."""


def unknown(text: str) -> Unknown:
    """What stands for a placeholder: the same for the same one."""
    return Unknown(f"`{text}` is a placeholder", ("placeholder", text.replace(" ", "")))


def spans(text: str) -> list[tuple[int, int]]:
    """Where placeholders of a known form stand in the text of a file, in order."""
    return [found.span() for found in re.finditer(_ANYWHERE, text)] if _STARTS.search(text) else []


def unquoted(word: str) -> bool:
    """Whether a word without quotes is a placeholder."""
    return re.fullmatch(f"{_SHELL}|{_UNQUOTED}", word) is not None


def refined(content: str, place: Place, key: Key | None) -> Data:
    """A plain string of a file, in which some words are placeholders by where they stand.

    `$NAME` is the shell's in a command, so it counts only as a whole value or as a part of an image; blanks such
    as `ACCOUNT_ID` only in ARNs and registries, and `REGION` or `your-region` where a region belongs. A word in
    capitals is a blank where a number or a region belongs; elsewhere, but for names, only one such as `ROLE_ARN`.
    """
    if key is not None and key.name != "name" and content.isupper():
        region = key.name.lower().endswith("region")
        if re.fullmatch(_CAPITALS if region or key.name in _NUMBERS else _TO_BE_FILLED, content):
            return unknown(content)
    if "$" in content or "<" in content:
        for expression in (_SHELL, _LOWER):
            if re.fullmatch(expression, content):
                return unknown(content)
        if key is not None and key.name == "image":
            return _holed(content, place, f"{_SHELL}|{_BLANKS}")
    if key is not None and key.name.lower().endswith("region") and re.fullmatch(f"{_BLANKS}|{_REGION}", content):
        return unknown(content)
    if content.startswith("arn:") or ".dkr.ecr." in content:
        return _holed(content, place, _BLANKS)
    return _holed(content, place, _ARN) if "_ARN:" in content else content


def _holed(content: str, place: Place, expression: str) -> Data:
    parts: list[tuple[Part, Place | None]] = []
    at = 0
    for found in re.finditer(expression, content):
        parts.append((content[at : found.start()], place.part(at, found.start())))
        parts.append((unknown(found.group()), place.part(found.start(), found.end())))
        at = found.end()
    if not parts:
        return content
    parts.append((content[at:], place.part(at, len(content))))
    return Text.join(parts)
