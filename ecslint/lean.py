"""What of `typing` is needed when nobody checks types.

Importing `typing` takes longer than importing the whole model, on a run that takes as long as a blink. To mypy these
are the real things; to the interpreter they are the least that behaves alike.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Generic, NamedTuple, TypeVar, overload
else:
    from collections import namedtuple

    class _NamedTupleMaker(type):
        """Turns a class body with annotations into a named tuple that has the body's methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024
            skipped = {*fields, "__annotations__", "__module__", "__qualname__"}
            for key, value in body.items():
                if key not in skipped:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_NamedTupleMaker):
        """`typing.NamedTuple`."""

    class Generic:
        """`typing.Generic`, whose parameters mean nothing at run time."""

        __slots__ = ()

        def __class_getitem__(cls, parameters: object) -> type:
            return cls

    def TypeVar(name: str, **bounds: object) -> str:  # noqa: N802  # it stands for a class
        return name

    def overload(function: object) -> object:
        return function


__all__ = ["TYPE_CHECKING", "Generic", "NamedTuple", "TypeVar", "overload"]
