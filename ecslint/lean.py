"""What of `typing` is needed when nobody checks types.

Importing `typing` takes longer than importing the whole model, on a run that takes as long as a blink. To mypy these
are the real things; to the interpreter they are the least that behaves alike.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Generic, NamedTuple, TypeVar, overload
else:
    from _collections import _tuplegetter as _getter

    def _new(cls: type, *given: object, **named: object) -> object:
        """An instance; its fields may be given by place or by name, as those of a function."""
        fields = cls._fields
        if named or len(given) != len(fields):
            defaults = cls._field_defaults
            try:
                rest = [named.pop(field) if field in named else defaults[field] for field in fields[len(given) :]]
            except KeyError as missing:
                raise TypeError(f"{cls.__name__} is given no {missing}") from None
            if named or len(given) > len(fields):
                raise TypeError(f"{cls.__name__} is given too much: {list(named) or given[len(fields) :]}")
            given = (*given, *rest)
        return tuple.__new__(cls, given)

    def _asdict(self: tuple[object, ...]) -> dict[str, object]:
        return dict(zip(self._fields, self))  # noqa: B905  # they are as long

    def _replace(self: tuple[object, ...], **named: object) -> object:
        return type(self)(**{**self._asdict(), **named})

    def _repr(self: tuple[object, ...]) -> str:
        shown = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
        return f"{type(self).__name__}({shown})"

    _SHARED = {
        "__slots__": (),
        "__new__": _new,
        "_make": classmethod(tuple.__new__),
        "__repr__": _repr,
        "_asdict": _asdict,
        "_replace": _replace,
    }

    class _NamedTupleMaker(type):
        """Turns a class body with annotations into a named tuple that has the body's methods.

        `collections.namedtuple` compiles a constructor for every class, which is most of what it costs.
        """

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.pop("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            getters = {field: _getter(index, None) for index, field in enumerate(fields)}
            facts = {"_fields": fields, "_field_defaults": defaults}
            return type(name, (tuple,), {**_SHARED, **facts, "__match_args__": fields, **getters, **body})

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
