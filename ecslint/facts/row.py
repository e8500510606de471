"""What the rows of every table have in common."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol, TypeVar

    class Placed(Protocol):
        """A row about the objects of one structure of the API."""

        @property
        def structure(self) -> str: ...

    class Membered(Placed, Protocol):
        """A row about one member of a structure."""

        @property
        def member(self) -> str: ...

    P = TypeVar("P", bound=Placed)
    M = TypeVar("M", bound=Membered)

    class AnyRow(Protocol):
        """A row of a table that a rule reads.

        `id` names it in ignores; `what` says in a few words what it finds. `symptom` is the text that ECS shows, with
        `{names}` for what varies, empty where nobody has seen one. `severity` is `error`, `warning` or `note`. `peers`
        are the ids of other tools for the same thing.
        """

        @property
        def id(self) -> str: ...
        @property
        def what(self) -> str: ...
        @property
        def symptom(self) -> str: ...
        @property
        def severity(self) -> str: ...
        @property
        def peers(self) -> tuple[str, ...]: ...


class Row(NamedTuple):
    """A row that says no more than every row does; see `AnyRow`."""

    id: str
    what: str
    symptom: str = ""
    severity: str = "error"
    peers: tuple[str, ...] = ()


def symptoms(rows: Iterable[AnyRow]) -> tuple[str, ...]:
    """The texts of a table, each once."""
    return tuple(dict.fromkeys(row.symptom for row in rows if row.symptom))


def peers(rows: Iterable[AnyRow]) -> tuple[str, ...]:
    """The ids of other tools in a table, by tool: `cfn-lint: E3047, E3048`."""
    by_tool: dict[str, list[str]] = {}
    for row in rows:
        for peer in row.peers:
            tool, _, id = peer.partition(": ")
            by_tool.setdefault(tool, []).append(id)
    return tuple(f"{tool}: {', '.join(dict.fromkeys(ids))}" for tool, ids in by_tool.items())


def by_structure(rows: Iterable[P]) -> dict[str, list[P]]:
    """The rows of a table by the structure that they are about."""
    found: dict[str, list[P]] = {}
    for row in rows:
        found.setdefault(row.structure, []).append(row)
    return found


def by_member(rows: Iterable[M]) -> dict[tuple[str, str], list[M]]:
    """The rows of a table by the structure and the member that they are about."""
    found: dict[tuple[str, str], list[M]] = {}
    for row in rows:
        found.setdefault((row.structure, row.member), []).append(row)
    return found
