"""JSON by route: the same values as from the parser that keeps places, and the same places once they are asked for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecslint import jsonroute
from ecslint.config import plain
from ecslint.jsontext import TooDeep
from ecslint.source import Cut, Route, SourceFile

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner)
    ),
    max_leaves=12,
)


def _file(text: str) -> SourceFile:
    return SourceFile("a.json", text)


@given(DATA, st.sampled_from([None, 1, 4]), st.booleans())
def test_every_route_leads_to_its_text(data: object, indent: int | None, ascii: bool) -> None:
    file = _file(json.dumps(data, indent=indent, ensure_ascii=ascii))
    try:
        loaded = jsonroute.load(file)
    except jsonroute.Unsuitable:
        return
    assert plain(jsonroute.value(file, loaded)) == data
    _check(file, loaded, ())


def _check(file: SourceFile, data: object, keys: tuple[str | int, ...]) -> None:
    assert json.loads(Route(file, keys).span().text) == data
    if isinstance(data, dict):
        for name, item in data.items():
            assert json.loads(Route(file, (*keys, name), True).span().text) == name
            _check(file, item, (*keys, name))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            _check(file, item, (*keys, index))


def test_a_cut_finds_its_characters_behind_escapes() -> None:
    file = _file(r'{"a": "{\"user\": \"\u00e9\ud83d\ude00x\"}"}'.replace(r"\ud83d\ude00", "😀"))
    jsonroute.load(file)
    text = '{"user": "é😀x"}'
    route = Route(file, ("a",))
    assert route.part(2, 6).span().text == "user"
    assert route.part(text.index("x"), text.index("x") + 1).span().text == "x"
    assert route.part(0, len(text)).span().text == file.text[7:-2]
    assert Cut(route, 2, 6).part(1, 3).span().text == "se"


def test_a_route_to_nothing_leads_to_what_is_around_it() -> None:
    file = _file('{"a": {"b": 1}}')
    jsonroute.load(file)
    assert Route(file, ("a", "c", "d")).span().text == '{"b": 1}'
    assert Route(file, ("a", "b", 0)).span().text == "1"


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "{", "", "[NaN]", r'["\ud800"]', "[1] 2"])
def test_what_needs_the_other_parser(text: str) -> None:
    with pytest.raises(jsonroute.Unsuitable):
        jsonroute.load(_file(text))


@pytest.mark.parametrize("depth", [300, 100_000])
def test_too_deep(depth: int) -> None:
    file = _file("[" * depth + "]" * depth)
    with pytest.raises(TooDeep):
        jsonroute.load(file)
