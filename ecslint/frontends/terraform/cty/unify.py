"""The type that several types have in common.

Source: go-cty's `convert/unify.go`. Which types convert to which is asked of `cty.convert`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ecslint.frontends.terraform.cty.types import COLLECTIONS, DYNAMIC, Type, list_of, map_of, object_of, tuple_of

Able = Callable[[Type, Type, bool], bool]


def unify(types: Sequence[Type], unsafe: bool) -> Type | None:
    """The most general of the types, or one that all convert to; None where there is none."""
    if not types:
        return None
    first = types[0]
    if all(each is first or each == first for each in types):
        return first
    types = list(dict.fromkeys(types))
    kinds = {each.kind for each in types}
    dynamic = "dynamic" in kinds
    kinds.discard("dynamic")
    if len(kinds) == 1 and (kind := next(iter(kinds))) not in {"string", "number", "bool"}:
        return DYNAMIC if dynamic else _SAME_KIND[kind](types, unsafe)
    if kinds in _DISGUISES and (found := _in_disguise(types, unsafe)) is not None:
        return found[0]
    if "object" in kinds and "tuple" in kinds:
        return None
    return next((types[index] for index in _preference(types) if _all_become(types, types[index], unsafe)), None)


def _all_become(types: Sequence[Type], wanted: Type, unsafe: bool) -> bool:
    from ecslint.frontends.terraform.cty.convert import conversion

    return all(each == wanted or conversion(each, wanted, unsafe) is not None for each in types)


_DISGUISES = ({"map", "object"}, {"list", "tuple"})


def taken_for(types: Sequence[Type]) -> Type | None:
    """The map or list type that go-cty takes objects among maps, or tuples among lists, for.

    It then converts the values as if they were of that type already, which some of them do not survive.
    """
    found = _in_disguise(types, True) if {each.kind for each in types} in _DISGUISES else None
    return None if found is None or found[1] == found[0] else found[1]


def _in_disguise(types: Sequence[Type], unsafe: bool) -> tuple[Type, Type] | None:
    """The common type of objects and maps, or of tuples and lists, and what the objects or tuples are taken for."""
    hidden = [each for each in types if each.kind in {"object", "tuple"}]
    shown = (_objects_to_map if hidden[0].kind == "object" else _tuples_to_list)(hidden, unsafe)
    if shown is None or shown.kind not in {"map", "list"}:
        return None
    unified = unify([shown if each in hidden else each for each in types], unsafe)
    return (unified, shown) if unified is not None and unified.kind == shown.kind else None


def _collections(types: Sequence[Type], unsafe: bool) -> Type | None:
    element = unify([each.element for each in types], unsafe)
    return None if element is None else COLLECTIONS[types[0].kind](element)


def _objects(types: Sequence[Type], unsafe: bool) -> Type | None:
    names = types[0].attributes.keys()
    if any(each.attributes.keys() != names for each in types):
        return _objects_to_map(types, unsafe)
    attributes: dict[str, Type] = {}
    for name in names:
        unified = unify([each.attributes[name] for each in types], unsafe)
        if unified is None:
            return None
        attributes[name] = unified
    wanted = object_of(attributes)
    return wanted if _all_become(types, wanted, unsafe) else _objects_to_map(types, unsafe)


def _objects_to_map(types: Sequence[Type], unsafe: bool) -> Type | None:
    element = unify([attribute for each in types for attribute in each.attributes.values()], unsafe)
    if element is None:
        return None
    wanted = map_of(element)
    return wanted if _all_become(types, wanted, unsafe) else None


def _tuples(types: Sequence[Type], unsafe: bool) -> Type | None:
    if len({len(each.elements) for each in types}) > 1:
        return _tuples_to_list(types, unsafe)
    elements: list[Type] = []
    for across in zip(*(each.elements for each in types), strict=True):
        unified = unify(across, unsafe)
        if unified is None:
            return None
        elements.append(unified)
    wanted = tuple_of(elements)
    return wanted if _all_become(types, wanted, unsafe) else _tuples_to_list(types, unsafe)


def _tuples_to_list(types: Sequence[Type], unsafe: bool) -> Type | None:
    element = unify([element for each in types for element in each.elements], unsafe)
    if element is None:
        return None
    wanted = list_of(element)
    return wanted if _all_become(types, wanted, unsafe) else None


_SAME_KIND: dict[str, Callable[[Sequence[Type], bool], Type | None]] = {
    "list": _collections,
    "set": _collections,
    "map": _collections,
    "object": _objects,
    "tuple": _tuples,
}


def _preference(types: Sequence[Type]) -> list[int]:
    """The places of the types, the most general first: a topological order of `_compare`."""
    size = len(types)
    below: list[list[int]] = [[] for _ in types]
    above = [0] * size
    for i in range(size - 1):
        for j in range(i + 1, size):
            order = _compare(types[i], types[j])
            if order:
                high, low = (i, j) if order < 0 else (j, i)
                below[high].append(low)
                above[low] += 1
    queue = [index for index in range(size) if not above[index]]
    for index in queue:
        for low in below[index]:
            above[low] -= 1
            if not above[low]:
                queue.append(low)
    return queue


_MORE_GENERAL = {("list", "tuple"), ("map", "object"), ("tuple", "set"), ("list", "set")}


def _compare(one: Type, two: Type) -> int:
    """Less than zero where `one` is to be preferred, more where `two` is."""
    if one.kind == "dynamic" or two.kind == "dynamic":
        return (two.kind != "dynamic") - (one.kind != "dynamic") if one.kind != two.kind else 0
    if one.primitive and two.primitive:
        return (two.kind == "string") - (one.kind == "string")
    if one.kind == two.kind and one.collection:
        return _compare(one.element, two.element)
    if (one.kind, two.kind) in _MORE_GENERAL:
        return -1
    if (two.kind, one.kind) in _MORE_GENERAL:
        return 1
    if one.kind == two.kind == "object" and one.attributes.keys() == two.attributes.keys():
        return _overall([_compare(each, two.attributes[name]) for name, each in one.attributes.items()])
    if one.kind == two.kind == "tuple" and len(one.elements) == len(two.elements):
        return _overall([_compare(a, b) for a, b in zip(one.elements, two.elements, strict=True)])
    return 0


def _overall(orders: list[int]) -> int:
    """The order of the whole, where its parts do not contradict each other."""
    return any(order > 0 for order in orders) - any(order < 0 for order in orders)
