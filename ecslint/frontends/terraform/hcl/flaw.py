"""What is not HCL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecslint.source import Span


class Flawed(Exception):
    """The parser took something that HCL does not."""

    def __init__(self, message: str, node: Any) -> None:
        super().__init__(message)
        self.node = node


class Flaw:
    """Something that is not HCL: what, and where."""

    __slots__ = ("message", "place")

    def __init__(self, message: str, place: Span) -> None:
        self.message = message
        self.place = place
