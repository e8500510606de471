"""The construct paths of an assembly, and what its metadata say of each construct.

Before schema 53 the metadata stand in the manifest, since then in a file beside it; they look the same. A nested stack
has no metadata of its own: its resources stand in those of the stack around it, under the path of the nested construct.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

LOGICAL_ID = "aws:cdk:logicalId"
CREATION = "aws:cdk:creationStack"
ASSIGNMENT = "aws:cdk:propertyAssignment"
TEMPLATE = "aws:cdk:templateFile"

# The names that the constructs of the library give to the one resource that they are made of.
_INNER = ("/Resource", "/Resource/Default")
_INNER_OF_TYPE = {"AWS::ECS::Service": "/Service"}
_NESTED = ".NestedStack/"


class Construct(NamedTuple):
    """What the metadata say of a construct: their entries, each with `type`, `data` and perhaps `trace`."""

    path: str
    entries: tuple[dict[str, Any], ...]

    def frames(self, property: str = "") -> list[str]:
        """The stack frames of its creation, the innermost first; or of the last assignment of one of its properties."""
        for entry in self.entries:
            data = entry.get("data")
            if property:
                if entry.get("type") == ASSIGNMENT and isinstance(data, dict) and data.get("propertyName") == property:
                    return _texts(data.get("stackTrace"))
            elif entry.get("type") == CREATION:
                return _texts(data)
            elif entry.get("type") == LOGICAL_ID and entry.get("trace"):
                return _texts(entry["trace"])
        return []


def _texts(data: object) -> list[str]:
    return [frame for frame in data if isinstance(frame, str)] if isinstance(data, list) else []


class Constructs:
    """The constructs of one stack artifact and of all that it nests. Paths have no slash before them."""

    def __init__(self, metadata: dict[str, Any]) -> None:
        self._all: dict[str, Construct] = {}
        self._by_id: dict[str, list[Construct]] = {}
        for path, entries in metadata.items():
            if not isinstance(entries, list):
                continue
            found = Construct(path.lstrip("/"), tuple(entry for entry in entries if isinstance(entry, dict)))
            self._all[found.path] = found
            for entry in found.entries:
                if entry.get("type") == LOGICAL_ID and isinstance(entry.get("data"), str):
                    self._by_id.setdefault(entry["data"], []).append(found)

    def find(self, logical_id: str, prefix: str, inner: tuple[str, ...] = ()) -> Construct | None:
        """The construct of a resource in the stack at a path; `inner` are the paths of the stacks that it nests."""
        for found in self._by_id.get(logical_id, ()):
            below = any(found.path.startswith(f"{path}/") for path in inner)
            if (not prefix or found.path.startswith(f"{prefix}/")) and not below:
                return found
        return None

    def template(self, path: str) -> str | None:
        """The file name of the template of the nested stack at a path, where the library says it."""
        found = self._all.get(path)
        names = (entry.get("data") for entry in found.entries if entry.get("type") == TEMPLATE) if found else ()
        return next((name for name in names if isinstance(name, str)), None)

    def common(self) -> str:
        """The path that all constructs lie below: that of the stack, in an assembly that does not say it."""
        paths = [path.split("/") for path in self._all]
        shared = []
        for names in zip(*(path[:-1] for path in paths), strict=False):
            if len(set(names)) > 1:
                break
            shared.append(names[0])
        return "/".join(shared)


def shown(path: str, type: str) -> str:
    """A construct's path as its author would say it: without the names inside of the library's constructs."""
    for inner in (*_INNER, _INNER_OF_TYPE.get(type, "")):
        shorter = path.removesuffix(inner)
        if inner and shorter != path and (inner in _INNER or shorter.count("/") > 0):
            path = shorter
    return path.replace(_NESTED, "/") if _NESTED in path else path


def nested_path(path: str) -> str:
    """The path of a nested stack, from that of the resource that stands for it in the stack around."""
    return path.partition(_NESTED)[0] if _NESTED in path else path.removesuffix("/Resource")
