"""YAML: the values of PyYAML, every place exact, aliases that cost nothing, and nothing known beyond an error."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SOON
from test_jsontext import plain

from ecslint import yamltext
from ecslint.jsontext import DEEPEST, TooDeep
from ecslint.source import SourceFile
from ecslint.value import Mapping, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.jsontext import SyntaxProblem

STRINGS = st.text("ab '\"\\:#-\n\té한😀[]{},&*!|>%@`01.", max_size=8)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | STRINGS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=12,
)


def _read(text: str) -> tuple[Value, list[SyntaxProblem]]:
    return yamltext.read(SourceFile("a.yml", text))


def _only(text: str) -> Value:
    value, errors = _read(text)
    assert errors == []
    return value


def _walk(value: Value) -> Iterator[Value]:
    yield value
    for _, item in value.entries():
        yield from _walk(item)
    for item in value.items():
        yield from _walk(item)


# Against PyYAML


@settings(max_examples=400)
@given(
    DATA,
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.sampled_from([20, 200]),
)
def test_values_are_those_of_pyyaml(data: Any, flow: bool | None, style: str | None, unicode: bool, width: int) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, default_style=style, allow_unicode=unicode, width=width)
    assert plain(_only(text)) == yaml.safe_load(text) == data


@settings(max_examples=300)
@given(
    DATA, st.sampled_from([None, True, False]), st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([20, 200])
)
def test_every_part_of_a_text_stands_where_its_place_says(
    data: Any, flow: bool | None, style: str | None, width: int
) -> None:
    """Letters and digits are written as they are in every style, so they must stand at their places."""
    text = yaml.safe_dump(data, default_flow_style=flow, default_style=style, allow_unicode=True, width=width)
    for node in _walk(_only(text)):
        assert node.place is not None
        whole = node.place.span()
        assert 0 <= whole.start <= whole.end <= len(text)
        if isinstance(node.data, str):
            for index, char in enumerate(node.data):
                part = node.place.part(index, index + 1).span()
                assert whole.start <= part.start <= part.end <= whole.end
                assert not char.isalnum() or part == whole or part.text == char


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("tRue", "tRue"),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("''", ""),
        ("12:30", "12:30"),
        ("2012-10-17", "2012-10-17"),
        ("010", "010"),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("0x1f", 31),
        ("1.10", 1.1),
        ("1.", 1.0),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.2.3", "1.2.3"),
        ("1_000", "1_000"),
        ("'5'", "5"),
        ("9" * 5000, "9" * 5000),
        ("!!str 5", "5"),
        ('!!int "5"', 5),
        ("!!bool 'true'", True),
        ("!!null ''", None),
        ("! 5", "5"),
        ("!Sub 5", "5"),
        ("", None),
        ("# nothing\n", None),
    ],
)
def test_scalars(text: str, data: object) -> None:
    assert repr(plain(_only(text))) == repr(data)


def test_keys() -> None:
    assert plain(_only("1: a\ntrue: b\n1.5: c\nnull: d\n~: e\n'x y': f")) == {
        "1": "a",
        "true": "b",
        "1.5": "c",
        "": "e",
        "x y": "f",
    }
    odd = _only("? [1, 2]\n: x\nb: y\n")
    assert odd.get("b").data == "y"
    assert odd.open == "a key here is no text"
    assert odd.get("c").absent.maybe


def test_of_duplicates_the_last_wins_and_all_are_kept() -> None:
    value = _only("a: 1\nA: 2\na: 3\n")
    assert value.get("a").data == 3
    assert [(key.written, item.data) for key, item in value.entries()] == [("a", 1), ("A", 2), ("a", 3)]


def test_only_the_first_document_is_read() -> None:
    assert plain(_only("---\na: 1\n---\nb: 2\n")) == {"a": 1}
    assert plain(_only("a: 1\n...\n[\n")) == {"a": 1}


# Places

_TEXT = """\
# 설정
이름: 값
"quoted key": 'single'
escaped: "tab\\there \\u00e9 x"
doubled: 'it''s here'
literal: |
  first line
    indented

  last line
kept: |2+
    two spaces
folded: >
  one
  two
plain: one
  two
list:
  - 한국어
  - {flow: [a, "b"]}
empty:
anchored: &name !!str anchored text
"""


def _place_of(value: Value, wanted: str) -> str:
    place = value.part(wanted)
    assert place is not None
    return place.span().text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places(newline: str) -> None:
    value = _only(_TEXT.replace("\n", newline))
    texts = {key.written: item.place.span().text for key, item in value.entries() if item.place is not None}
    assert texts["이름"] == "값"
    assert texts["quoted key"] == "'single'"
    assert texts["escaped"] == '"tab\\there \\u00e9 x"'
    assert texts["empty"] == ""
    assert texts["anchored"] == "anchored text"
    assert [key.place.span().text for key, _ in value.entries() if key.place is not None] == [
        *(
            "이름",
            '"quoted key"',
            "escaped",
            "doubled",
            "literal",
            "kept",
            "folded",
            "plain",
            "list",
            "empty",
            "anchored",
        )
    ]
    assert _place_of(value.get("quoted key"), "ingl") == "ingl"
    assert _place_of(value.get("escaped"), "here") == "here"
    assert _place_of(value.get("escaped"), "é x") == "\\u00e9 x"
    assert _place_of(value.get("doubled"), "here") == "here"
    assert _place_of(value.get("doubled"), "'s") == "''s"
    assert _place_of(value.get("literal"), "indented") == "indented"
    assert _place_of(value.get("literal"), "last line") == "last line"
    assert _place_of(value.get("kept"), "two spaces") == "two spaces"
    assert _place_of(value.get("anchored"), "text") == "text"
    korean, flow = value.get("list").items()
    assert _place_of(korean, "국") == "국"
    assert flow.place is not None
    assert flow.place.span().text == '{flow: [a, "b"]}'
    # Where characters do not stand as they are, the whole text is pointed at, never a wrong part.
    assert _place_of(value.get("folded"), "two").split() == [">", "one", "two"]
    assert _place_of(value.get("plain"), "two").split() == ["one", "two"]
    listed = value.get("list").place
    assert listed is not None
    assert listed.span().text.split() == ["-", "한국어", "-", "{flow:", "[a,", '"b"]}']


def test_a_block_scalar_is_never_given_the_place_of_another_text() -> None:
    value = _only("a: >\n  x\n  y\n\n  x y w\n\n  x y w q\n")
    assert value.get("a").data == "x y\nx y w\nx y w q\n"
    place = value.get("a").place
    assert place is not None
    assert place.part(0, 3).span() == place.span()


# Tags of a format's own


def _tags(tag: str) -> str | None:
    return {"!Ref": "Ref", "!Sub": "Fn::Sub"}.get(tag)


def test_a_tag_is_the_key_of_its_long_form() -> None:
    text = "a: !Ref 이름\nb: !Sub\n  - ${x}\n  - {x: 1}\nc: !Other z\nd: &anchor !Ref y\n"
    value, errors = yamltext.read(SourceFile("a.yml", text), _tags)
    assert errors == []
    assert plain(value) == {"a": {"Ref": "이름"}, "b": {"Fn::Sub": ["${x}", {"x": 1}]}, "c": "z", "d": {"Ref": "y"}}
    for name in ("a", "d"):
        data = value.get(name).data
        assert isinstance(data, Mapping)
        assert data.form == "tag"
        ((key, inner),) = data.entries
        assert (key.name, key.written) == ("Ref", "Ref")
        assert inner.key is key
        assert inner.place is not None
        assert inner.place.span().text == ("이름" if name == "a" else "y")


# Aliases


def test_an_alias_is_the_value_and_keeps_its_place() -> None:
    value = _only("a: &x {k: v}\nb: *x\nc: [*x, *x]\n")
    assert plain(value) == {"a": {"k": "v"}, "b": {"k": "v"}, "c": [{"k": "v"}, {"k": "v"}]}
    inner = value.get("b").get("k")
    assert inner.place is not None
    assert inner.place.span().start == 10


def test_an_alias_stands_under_its_own_key() -> None:
    value = _only("first: &name app\nsecond: *name\nlist: [*name]\n")
    keys = [value.get("first").key, value.get("second").key, next(value.get("list").items()).key]
    assert [key.written if key is not None else None for key in keys] == ["first", "second", None]


def test_an_anchor_may_be_given_again() -> None:
    assert plain(_only("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")) == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_merge_keys() -> None:
    text = (
        "one: &one {a: 1, b: 1}\ntwo: &two {b: 2, c: 2}\nboth: {b: 0, <<: [*one, *two]}\nafter:\n  <<: *one\n  a: 9\n"
    )
    value = _only(text)
    loaded = yaml.safe_load(text)
    for name in ("both", "after"):
        assert {key: value.get(name).get(key).data for key in loaded[name]} == loaded[name]
    assert plain(_only('"<<": {a: 1}')) == {"<<": {"a": 1}}


def test_what_is_merged_and_not_known_opens_the_mapping() -> None:
    itself = _only("x: &x {<<: *x, a: 1}").get("x")
    assert itself.get("a").data == 1
    assert itself.get("b").absent.maybe
    assert _only("x: {<<: 5}").get("x").open == "this merges no mapping"


def test_a_value_that_holds_itself_ends() -> None:
    value = _only("a: &x [1, *x]\n").get("a")
    assert plain(value) == [1, "?"]
    assert list(value.items())[1].open == "an alias to what it stands in"


def test_an_anchor_that_nobody_gave() -> None:
    value, errors = _read("a: 1\nb: *nobody\nc: 2\n")
    assert [(error.message, error.place.text) for error in errors] == [("there is no anchor `nobody`", "*")]
    assert value.get("a").data == 1
    assert value.get("b").absent.maybe


def _bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused_at_once() -> None:
    start = time.perf_counter()
    with pytest.raises(TooDeep, match="more than 1,000,000 values once its aliases are written out") as caught:
        _read(_bomb(30))
    assert caught.value.place.text == "&"
    assert time.perf_counter() - start < SOON
    assert len(list(_only(_bomb(3)).get("a2").items())) == 10


def test_a_merge_bomb_is_refused() -> None:
    lines = ["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 60))]
    start = time.perf_counter()
    with pytest.raises(TooDeep, match="aliases"):
        _read("\n".join(lines))
    assert time.perf_counter() - start < SOON


# Errors


@pytest.mark.parametrize(
    ("text", "data", "at"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", {"a": 1, "b": [1, "?", "…"], "…": "…"}, (3, 2)),
        ("a: b: c", {"a": "?", "…": "…"}, (1, 5)),
        ("a: {b: 1,\n", {"a": {"b": "?", "…": "…"}, "…": "…"}, None),
        ("a: 1\n]", {"a": "?", "…": "…"}, (2, 1)),
        ('a: "not closed\n', {"…": "…"}, None),
        ("\ta: 1", "?", (1, 1)),
        ("a: [{x: 1}, {y: 2}\nb", {"a": [{"x": 1}, {"y": 2}, "…"], "…": "…"}, None),
        ("- a\n- [b, c\n", ["a", ["b", "?", "…"], "…"], None),
        ("a: é\nb: x\x01\n", "?", (2, 5)),
        ("a: \0", "?", (1, 4)),
        ("%YAML 9.0\n---\na: 1\n", "?", (1, 1)),
        ("한: 1\n국: [1, 2\n어: 3\n", {"한": 1, "국": [1, "?", "…"], "…": "…"}, (3, 2)),
    ],
)
def test_what_is_broken_ends_the_reading(text: str, data: object, at: tuple[int, int] | None) -> None:
    value, errors = _read(text)
    assert plain(value) == data
    (error,) = errors
    assert error.message
    assert "\n" not in error.message
    assert 0 <= error.place.start <= error.place.end <= len(text)
    assert at is None or error.place.file.position(error.place.start) == at


def test_an_unfinished_function_is_unknown() -> None:
    value, errors = yamltext.read(SourceFile("a.yml", "a: !Sub [x, y\nb: 1\n"), _tags)
    assert errors
    assert plain(value.get("a")) == "?"


@given(st.lists(DATA, min_size=1, max_size=3) | st.dictionaries(STRINGS, DATA, min_size=1, max_size=3), st.data())
def test_nothing_is_known_that_a_truncated_text_does_not_say(data: Any, draw: st.DataObject) -> None:
    """Cut in flow style: every collection that was cut is an error, and is open."""
    text = yaml.safe_dump(data, default_flow_style=True, allow_unicode=True, width=10_000).rstrip("\n")
    value, errors = _read(text[: draw.draw(st.integers(1, len(text) - 1))])
    assert errors
    _agrees(value, data)


def _agrees(value: Value, data: Any) -> None:
    found = value.data
    if isinstance(found, Mapping):
        assert isinstance(data, dict)
        for key, item in value.entries():
            assert value.open or set(data) == {other.written for other, _ in value.entries()}
            if key.written in data:
                _agrees(item, data[key.written])
            else:
                assert item.absent.maybe, "a key that was cut short has no value yet"
    elif isinstance(found, Sequence):
        assert isinstance(data, list)
        items = list(value.items())
        assert value.open or len(items) == len(data)
        for item, wanted in zip(items, data, strict=False):
            _agrees(item, wanted)
    elif value.known:
        assert found == data


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "? " * 100_000])
def test_depth_is_bounded(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(TooDeep, match=f"the YAML nests deeper than {DEEPEST}"):
        _read(text)
    assert time.perf_counter() - start < SOON


def test_the_deepest_that_is_read() -> None:
    text = "[" * DEEPEST + "]" * DEEPEST
    assert _only(text).kind == "array"
    with pytest.raises(TooDeep):
        _read(f"[{text}]")


HOSTILE = {
    "plain lines": "a: b\n" + "  b\n" * 100_000,
    "colons": ":" * 100_000,
    "quotes": '"' + "\\" * 100_001,
    "single quotes": "'" * 100_001,
    "anchors": "".join(f"- &a{n} x\n" for n in range(20_000)),
    "aliases": "- &a x\n" + "- *a\n" * 50_000,
    "folded": "a: >\n" + "  x\n" * 50_000,
    "literal": "a: |\n" + "  x\n\n" * 50_000,
    "comments": "#" * 100_000 + "\n" * 100_000,
    "tags": "- !a b\n" * 20_000,
    "merges": "a: &a {x: 1}\nb:\n" + "  <<: *a\n" * 20_000,
    "percent": "%" * 100_000,
    "commas": "[" + "," * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    start = time.perf_counter()
    _read(HOSTILE[name])
    assert time.perf_counter() - start < SOON, "this takes more than linear time"


def test_without_libyaml_everything_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = _only(_TEXT)
    monkeypatch.setattr(yamltext, "_LOADER", yaml.SafeLoader)
    slow = _only(_TEXT)
    assert plain(slow) == plain(fast)
    # libyaml ends a block scalar where the next token begins.
    spans = [
        [re.sub(r"\s+$", "", node.place.span().text) for node in _walk(value) if node.place] for value in (fast, slow)
    ]
    assert spans[0] == spans[1]
    _, errors = _read("a: é\nb: x\x01\n")
    assert [error.message for error in errors] == ["YAML may not hold the character 0x0001"]
    assert errors[0].place.start == 9
