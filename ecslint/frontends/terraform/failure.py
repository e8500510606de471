"""What goes wrong when an expression is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import DYNAMIC

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.source import Place


class Failure(Exception):
    """Terraform would refuse to evaluate this.

    `type` is what Terraform takes the result for while it looks for more mistakes. A `fatal` failure is found before
    anything is evaluated (a name that is not declared), so `try` does not catch it. `symbol` tells apart what would
    have been there, where that is one thing wherever it is named.
    """

    def __init__(self, message: str, place: Place | None = None, type: Type = DYNAMIC, *, fatal: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.type = type
        self.fatal = fatal
        self.symbol: Hashable = None


class Declined(Exception):
    """Terraform would know the result, but ecslint does not calculate it. The message says why."""
