"""JSON with holes: the values of `json`, every place exact, and nothing called known that a hole or an error hides."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import SOON

from ecslint.jsontext import DEEPEST, MOST_ERRORS, TooDeep, read_file, read_strict, read_value
from ecslint.source import Folded, Quoted, SourceFile, Span
from ecslint.value import HOLE, Encoded, Mapping, Ref, Sequence, Text, Unknown, Value, of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.jsontext import SyntaxProblem
    from ecslint.source import Place
    from ecslint.text import Part

# Characters that have escapes, that need two code units, that are wide, and none that make a placeholder.
CHARACTERS = 'ab "\\/\b\n\té한😀\u2028\x7f{}[]:,0'
STRINGS = st.text(CHARACTERS, max_size=8)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | STRINGS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=15,
)
LAYOUTS = st.sampled_from([(None, True), (None, False), (2, True), (2, False)])


def _read(text: str, strict: bool = False) -> tuple[Value, list[SyntaxProblem]]:
    return (read_strict if strict else read_file)(SourceFile("a.json", text))


def plain(value: Value) -> Any:
    """A value as data: `?` for what is unknown, `·` for a hole in a text, `…` for what may be there besides."""
    data = value.data
    if isinstance(data, Mapping):
        more = {"…": "…"} if data.open else {}
        return {**{key.written: plain(item) for key, item in data.entries}, **more}
    if isinstance(data, Sequence):
        return [*(plain(item) for item in data.items), *(["…"] if data.open else [])]
    if isinstance(data, Unknown):
        return "?"
    return (value.outline() or "").replace(HOLE, "·") if isinstance(data, Text) else data


def _walk(value: Value) -> Iterator[Value]:
    yield value
    for _, item in value.entries():
        yield from _walk(item)
    for item in value.items():
        yield from _walk(item)


# Against the standard library


@given(DATA, LAYOUTS, st.sampled_from(["", "\n", " \t\r\n"]))
def test_values_are_those_of_json(data: object, layout: tuple[int | None, bool], around: str) -> None:
    indent, ascii_only = layout
    text = around + json.dumps(data, indent=indent, ensure_ascii=ascii_only) + around
    assume("{{" not in text)
    for strict in (False, True):
        value, errors = _read(text, strict)
        assert errors == []
        assert plain(value) == data
        assert repr(plain(value)) == repr(data)


@given(DATA, LAYOUTS)
def test_every_place_is_that_of_its_text(data: object, layout: tuple[int | None, bool]) -> None:
    indent, ascii_only = layout
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    assume("{{" not in text)
    value, _ = _read(text)
    for node in _walk(value):
        assert node.place is not None
        assert json.loads(node.place.span().text) == plain(node)
        for key, item in node.entries():
            assert key.place is not None
            assert json.loads(key.place.span().text) == key.written
            assert item.key is key


@settings(max_examples=300)
@given(STRINGS, st.booleans(), st.integers(0, 8), st.integers(0, 8))
def test_every_part_of_a_string_has_its_own_place(text: str, ascii_only: bool, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    value, _ = _read(f'{{"k": {json.dumps(text, ensure_ascii=ascii_only)}}}')
    place = value.get("k").place
    assert place is not None
    part = place.part(start, end).span()
    assert json.loads(f'"{part.text}"') == text[start:end]


@pytest.mark.parametrize(
    "text",
    [
        *("-0", "0", "1e3", "1E+3", "-1.5e-3", "1e999", "123456789012345678901234567890", "0.1", "1.0"),
        *('"\\u0041\\ud83d\\ude00\\/"', '""', "[]", "{}", "[[[]]]", '{"a":1,"a":2}', '{"":null}', " [ 1 , 2 ] "),
    ],
)
def test_notations(text: str) -> None:
    value, errors = _read(text)
    assert errors == []
    assert repr(plain(value)) == repr(json.loads(text))


def test_duplicate_keys_are_kept_with_their_places() -> None:
    value, errors = _read('{"name": "a", "Name": "b", "name": "c"}')
    assert errors == []
    assert value.get("name").data == "c"
    entries = [(key.written, key.name, item.data) for key, item in value.entries()]
    assert entries == [("name", "name", "a"), ("Name", "name", "b"), ("name", "name", "c")]
    starts = [key.place.span().start for key, _ in value.entries() if key.place is not None]
    assert starts == [1, 14, 27]


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    value, errors = _read(r'["\ud83d", "\ude00x", "\ud83d\ud83d\ude00", "\ud83dA"]')
    assert errors == []
    assert plain(value) == ["�", "�x", "�😀", "�A"]


def test_a_place_behind_a_surrogate_pair() -> None:
    value, _ = _read(r'["\ud83d\ude00\tx한y"]')
    (item,) = value.items()
    part = item.part("한y")
    assert part is not None
    assert part.span().text == "한y"


# Placeholders, quoted and not

_PLACEHOLDERS = ["${TAG}", "${VAR:-x}", "{{ TAG }}", "{{ must_env `TAG` }}", '{{ env "TAG" "x" }}', "{% x %}", "%{ x }"]
_PLACEHOLDERS += [
    "#{TAG}",
    "#{Tag}#",
    "<TAG>",
    "<IMAGE1_NAME>",
    "@TAG@",
    "__TAG__",
    "__IMAGE_TAG__",
    "%TAG%",
    "((image.tag))",
]


@pytest.mark.parametrize("placeholder", _PLACEHOLDERS)
def test_a_placeholder_is_a_hole_wherever_it_stands(placeholder: str) -> None:
    value, errors = _read(f'{{"quoted": "{placeholder}", "part": "a:{placeholder}-b", "bare": {placeholder}, "x": 1}}')
    assert errors == []
    assert plain(value) == {"quoted": "·", "part": "a:·-b", "bare": "?", "x": 1}
    bare = value.get("bare")
    assert bare.place is not None
    assert bare.place.span().text == placeholder
    assert bare.open == f"`{placeholder}` is a placeholder"
    part = value.get("part")
    assert part.starts_with("a:").yes
    assert part.ends_with("-b").yes
    assert part.equals("a:x-b").maybe
    suffix = part.part("-b")
    assert suffix is not None
    assert suffix.span().text == "-b"


def test_the_same_placeholder_is_equal_to_itself() -> None:
    value, _ = _read('["${A}", "${A}", "${B}", "{{ A }}", "{{A}}"]')
    first, again, other, spaced, tight = value.items()
    assert first.equals(again).yes
    assert first.equals(other).maybe
    assert spaced.equals(tight).yes


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"hostPort": <PORT>, "a": 1}', {"hostPort": "?", "a": 1}),
        ('{"a": <A>_<B>}', {"a": "?"}),
        ('{"a": 1${X}}', {"a": "?"}),
        ('{"a": $NAME}', {"a": "?"}),
        ('{"a": "$NAME"}', {"a": "?"}),
        ('{"command": "echo $NAME"}', {"command": "echo $NAME"}),
        ('{"image": "$REPO:$TAG"}', {"image": "·:·"}),
        ('{"a": "<name>"}', {"a": "?"}),
        ('{"a": "if a <b> c"}', {"a": "if a <b> c"}),
        ('{"a": "ACCOUNT_ID"}', {"a": "ACCOUNT_ID"}),
        ('{"awslogs-region": "your-region", "region": "AWS_REGION_NAME"}', {"awslogs-region": "?", "region": "?"}),
        (
            '{"awslogs-region": "eu-west-1", "region": "region-1"}',
            {"awslogs-region": "eu-west-1", "region": "region-1"},
        ),
        (
            '{"cpu": "CPU", "hostPort": "HOST_PORT", "cpuArchitecture": "X86_64"}',
            {"cpu": "?", "hostPort": "?", "cpuArchitecture": "X86_64"},
        ),
        (
            '{"value": "ENV_FILE_ARN", "name": "TARGET_ARN", "a": ["NET_ADMIN"]}',
            {"value": "?", "name": "TARGET_ARN", "a": ["NET_ADMIN"]},
        ),
        (
            '{"awslogs-region": "REPLACE_ME", "b": "CHANGE_ME", "c": "CHANGE"}',
            {"awslogs-region": "?", "b": "?", "c": "CHANGE"},
        ),
        ('{"command": "date +%Y%m%d %AB%CD"}', {"command": "date +%Y%m%d %AB%CD"}),
        ('{"hostPort": HOST_PORT, "cpu": CPU, "a": 1}', {"hostPort": "?", "cpu": "?", "a": 1}),
        (
            '{"valueFrom": "DB_SECRET_ARN:password::", "a": "the DB_ARN: x"}',
            {"valueFrom": "·:password::", "a": "the DB_ARN: x"},
        ),
        ('{"awslogs-region": "REGION", "name": "AWS_REGION"}', {"awslogs-region": "?", "name": "AWS_REGION"}),
        ('{"a": "arn:aws:iam::ACCOUNT_ID:role/x"}', {"a": "arn:aws:iam::·:role/x"}),
        ('{"a": "arn:aws:iam::YOUR_ACCOUNT:role/x"}', {"a": "arn:aws:iam::·:role/x"}),
        ('{"a": "arn:aws:sqs:AWS_REGION:<account id>:x"}', {"a": "arn:aws:sqs:·:·:x"}),
        ('{"a": "ACCOUNT_ID.dkr.ecr.REGION.amazonaws.com/a"}', {"a": "·.dkr.ecr.·.amazonaws.com/a"}),
        ('{"a": "arn:aws:iam::1:role/MYREGIONAL"}', {"a": "arn:aws:iam::1:role/MYREGIONAL"}),
        ("[{{command}}]", ["…"]),
        ("[1, {{command}}]", [1, "…"]),
        ("[{{command}}, 1]", [1, "…"]),
        ('{"a": 1, {{ more }}}', {"a": 1, "…": "…"}),
        ('{"a": 1 {{ more }} "b": 2}', {"a": 1, "b": 2, "…": "…"}),
        ('{"a": 1}{{ more }}', {"a": 1}),
        ('{<KEY>: {"x": 1}, "b": 2}', {"b": 2, "…": "…"}),
        ('{"${KEY}": 1, "b": 2}', {"${KEY}": 1, "b": 2, "…": "…"}),
        ('{"a": "b"<X>}', {"a": "b", "…": "…"}),
        ('{% if x %}{"a": 1}{% endif %}', {"a": 1}),
        ('[{"a": 1}%{ if x != "" }, {"b": 2}%{ endif }]', [{"a": 1}, {"b": 2}, "…"]),
        ("<DOCUMENT>", "?"),
        ('["a}}", "{{b"]', ["a}}", "{{b"]),
        ('["{{",\n"x"]', ["{{", "x"]),
    ],
)
def test_placeholders_by_where_they_stand(text: str, data: object) -> None:
    value, errors = _read(text)
    assert errors == []
    assert plain(value) == data


def test_a_strict_reading_knows_no_placeholders() -> None:
    value, errors = _read('{"a": "${TAG}", "b": "$HOME"}', strict=True)
    assert errors == []
    assert plain(value) == {"a": "${TAG}", "b": "$HOME"}
    _, errors = _read('{"a": <PORT>}', strict=True)
    assert [error.message for error in errors] == ["expected a JSON value, found `<PORT>`"]


# Recovery


@pytest.mark.parametrize(
    ("text", "data", "errors"),
    [
        ("[1 2]", [1, 2], ["3: expected a comma before this item"]),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, ["8: expected a comma before this key"]),
        ("[1,]", [1], ["2: no comma may stand before `]`"]),
        ('{"a": 1,\n}', {"a": 1}, ["7: no comma may stand before `}`"]),
        ("[1,,2]", [1, 2], ["3: expected an item before this comma"]),
        ('{,"a": 1}', {"a": 1}, ["1: expected a key before this comma"]),
        ('["\\d", 1]', ["d", 1], ["2: this is no escape that JSON knows"]),
        ('["\\u12", 1]', ["u12", 1], ["2: this is no escape that JSON knows"]),
        ('["a\tb", 1]', ["a\tb", 1], ["3: the control character 0x09 must be escaped"]),
        ("1" * 5000, "?", ["0: this number has more digits than anybody reads"]),
        # From here on the reading ends, and all that was not finished is open.
        ("", "?", ["0: the text is empty"]),
        (" \n", "?", ["1: the text is empty"]),
        ("nope", "?", ["0: expected a JSON value, found `nope`"]),
        ("[01]", ["?", "…"], ["1: expected a JSON value, found `01`"]),
        ("[TRUE]", ["?", "…"], ["1: expected a JSON value, found `TRUE`"]),
        ("[NaN]", ["?", "…"], ["1: expected a JSON value, found `NaN`"]),
        ('{"a": }', {"a": "?", "…": "…"}, ["6: expected a JSON value, found `}`"]),
        ('{"a": [1, {"b"', {"a": [1, {"…": "…"}, "…"], "…": "…"}, ["14: expected `:` after the key, found the end"]),
        ('{"a": [1', {"a": [1, "…"], "…": "…"}, ["8: expected a value or `]`, found the end of the text"]),
        ('{"a": 1]', {"a": 1, "…": "…"}, ["7: expected a key in quotes or `}`, found `]`"]),
        ("[1}", [1, "…"], ["2: expected a value or `]`, found `}`"]),
        ('[{"a": 1}, "b": 2]', [{"a": 1, "…": "…"}, "…"], ["14: expected a value or `]`, found `:`"]),
        ('["a", "b": 2]', ["a", "…"], ["9: expected a value or `]`, found `:`"]),
        ('["b": 2]', ["…"], ["4: expected a value or `]`, found `:`"]),
        ("{a: 1}", {"…": "…"}, ["1: expected a key in quotes or `}`, found `a`"]),
        ('{"a": "b,\n"c": "d"}', {"a": "?", "…": "…"}, ["6: the string is not closed"]),
        ('["a\\', ["?", "…"], ["1: the string is not closed"]),
        ('["a${X}', ["?", "…"], ["1: the string is not closed"]),
        ("[1] 2", [1], ["4: this follows the end of the JSON value"]),
        ("[1, // one\n2]", [1, "?", "…"], ["4: expected a JSON value, found `//`"]),
        ("[" + "x" * 50 + "]", ["?", "…"], [f"1: expected a JSON value, found `{'x' * 40}…`"]),
    ],
)
def test_what_is_broken_is_reported_and_the_rest_is_kept(text: str, data: object, errors: list[str]) -> None:
    value, found = _read(text)
    assert plain(value) == data
    assert len(found) == len(errors)
    for problem, wanted in zip(found, errors, strict=True):
        assert f"{problem.place.start}: {problem.message}".startswith(wanted)
        assert 0 <= problem.place.start <= problem.place.end <= max(len(text), 1)


def test_errors_that_can_be_passed_over_are_all_reported_up_to_a_number() -> None:
    _, errors = _read("[1 2 3]")
    assert [error.place.start for error in errors] == [3, 5]
    _, errors = _read("[" + "1 " * 100 + "]")
    assert len(errors) == MOST_ERRORS


def test_nul_is_no_text() -> None:
    value, errors = _read('{"a": "\0"}')
    assert plain(value) == "?"
    assert [(error.message, error.place.start) for error in errors] == [("JSON may not hold the character NUL", 7)]


@given(DATA, LAYOUTS, st.data())
def test_nothing_is_known_that_a_truncated_text_does_not_say(
    data: object, layout: tuple[int | None, bool], draw: st.DataObject
) -> None:
    """Cut anywhere: what is still known stood before the cut, and every collection that was cut is open."""
    text = json.dumps(data, indent=layout[0], ensure_ascii=layout[1])
    cut = draw.draw(st.integers(0, len(text) - 1)) if text else 0
    value, errors = _read(text[:cut])
    assert errors or value.kind == "number"
    _agrees(plain(value), data)


def _agrees(found: object, data: object) -> None:
    if found == "?":
        return
    if isinstance(found, dict):
        assert isinstance(data, dict)
        closed = "…" not in found or "…" in data
        assert set(found) - {"…"} <= set(data)
        assert not closed or set(found) == set(data)
        for key in set(found) & set(data):
            _agrees(found[key], data[key])
    elif isinstance(found, list):
        assert isinstance(data, list)
        items = found[:-1] if found[-1:] == ["…"] else found
        assert len(items) <= len(data)
        assert items is not found or len(found) == len(data)
        for one, two in zip(items, data, strict=False):
            _agrees(one, two)
    elif isinstance(found, (int, float)) and not isinstance(found, bool):
        assert str(data).startswith(str(found).removesuffix(".0")[:1])  # a number may be cut short
    else:
        assert found == data


# Depth and size


def test_depth_is_bounded() -> None:
    fine = "[" * DEEPEST + "]" * DEEPEST
    assert _read(fine)[1] == []
    for text in ("[" * (DEEPEST + 1), '{"a":' * (DEEPEST + 1)):
        with pytest.raises(TooDeep) as caught:
            _read(text)
        assert caught.value.place.start == (DEEPEST * (1 if text[0] == "[" else 5))
        assert str(DEEPEST) in str(caught.value)


HOSTILE = {
    "open brackets": "[" * 100_000,
    "open braces": "{" * 100_000,
    "quotes": '"' * 100_001,
    "template openings": "[1, " + "{{" * 100_000,
    "shell openings": '["' + "${" * 100_000,
    "directive openings": '["' + "{%" * 100_000,
    "underscores": '["' + "_" * 200_000 + "A",
    "half placeholders": '["' + "__A" * 100_000,
    "at signs": '["' + "@A" * 100_000,
    "angles": '["' + "<A" * 100_000,
    "backslashes": '["' + "\\" * 200_001,
    "bad escapes": '["' + "\\x" * 100_000 + '"]',
    "commas": "[" + "," * 100_000 + "]",
    "no commas": "[" + "1 " * 100_000 + "]",
    "control characters": '["' + "\x01" * 100_000 + '"]',
    "strings": "[" + ",".join(['"a\\nb"'] * 50_000) + "]",
    "holes": "[" + ",".join(['"a${X}b"'] * 50_000) + "]",
    "holes between members": "{" + "<A> " * 50_000 + "}",
    "a long word": "x" * 500_000,
    "spaces": " " * 500_000,
    "duplicate keys": "{" + ",".join(['"a": 1'] * 50_000) + "}",
    "dollars in an image": '{"image": "' + "$" * 100_000 + '"}',
    "blanks in an ARN": '{"a": "arn:' + "YOUR_" * 50_000 + '"}',
    "angles in an ARN": '{"a": "arn:' + "<" * 100_000 + '"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    start = time.perf_counter()
    with suppress(TooDeep):
        _read(HOSTILE[name])
    assert time.perf_counter() - start < SOON, "this takes more than linear time"


# JSON in a string of another format


def _written(lines: list[str], indent: str) -> tuple[SourceFile, Folded]:
    """A heredoc of these lines without their indentation: the file and the place."""
    head = "resource {\n  x = <<-EOT\n"
    text, runs, offset = head, [], 0
    for line in lines:
        runs.append((offset, len(text) + len(indent)))
        text += f"{indent}{line}\n"
        offset += len(line) + 1
    file = SourceFile("main.tf", text + "EOT\n}\n")
    return file, Folded(file, len(head), len(text), tuple(runs))


@given(DATA, st.sampled_from(["", "    "]))
def test_every_place_in_an_indented_heredoc(data: object, indent: str) -> None:
    text = json.dumps(data, indent=2, ensure_ascii=False)
    file, place = _written(text.split("\n"), indent)
    value, errors = read_value(Value(text + "\n", place), place.span(), "an interpolation stands here")
    assert errors == []
    assert plain(value) == data
    for node in _walk(value):
        assert node.place is not None
        span = node.place.span()
        assert span.file is file
        unindented = "\n".join(line.removeprefix(indent) for line in span.text.split("\n"))
        assert json.loads(unindented) == plain(node)
        if isinstance(node.data, str) and node.data.isalnum():
            part = node.place.part(0, len(node.data)).span()
            assert part.text == node.data


def test_parts_with_places_of_their_own() -> None:
    r"""`"{\"a\": \"x-${var.y}\", \"b\": ${var.n}}"`: escaped quotes, one hole in a string and one for a value."""
    file = SourceFile("main.tf", r'''s = "{\"a\": \"x-${var.y}\", \"b\": ${var.n}, \"c\": \"z\"}"''' + "\n")
    text = file.text

    def literal(start: str, end: str) -> tuple[Part, Place]:
        first, last = text.index(start), text.index(end) + len(end)
        raw, content, runs = text[first:last], "", [(0, first)]
        at = 0
        while at < len(raw):
            escaped = raw[at] == "\\"
            content += raw[at + escaped]
            at += 1 + escaped
            if escaped:
                runs.append((len(content), first + at))
        return content, Folded(file, first, last, tuple(runs))

    y, n = Unknown("`var.y` has no value", "var.y"), Unknown("`var.n` has no value", "var.n")
    parts: list[tuple[Part, Place]] = [
        literal(r"{\"a", "x-"),
        (y, Span(file, text.index("${var.y}"), text.index("${var.y}") + 8)),
        literal(r"\", \"b", r"b\": "),
        (n, Span(file, text.index("${var.n}"), text.index("${var.n}") + 8)),
        literal(r", \"c", r"z\"}"),
    ]
    joined = Text(tuple(part for part, _ in parts), tuple(place for _, place in parts))
    whole = Span(file, 4, len(text) - 1)
    value, errors = read_value(Value(joined, whole), whole, "an interpolation stands here")
    assert errors == []
    assert plain(value) == {"a": "x-·", "b": "?", "c": "z"}
    assert isinstance(value.get("a").data, Text)
    assert value.get("a").data.parts == ("x-", y)  # type: ignore[union-attr]
    assert value.get("b").data is n
    for value_of, wanted in ((value.get("a"), r"\"x-${var.y}\""), (value.get("b"), "${var.n}")):
        assert value_of.place is not None
        assert value_of.place.span().text == wanted
    z = value.get("c").part("z")
    assert z is not None
    assert z.span().text == "z"
    assert [key.place.span().text for key, _ in value.entries() if key.place] == [r"\"a\"", r"\"b\"", r"\"c\""]


def test_an_encoded_value_is_the_value() -> None:
    """`"[${jsonencode(local.app)}]"` keeps the structure of what was encoded."""
    file = SourceFile("main.tf", 'x = "[${jsonencode(local.app)}]"')
    inner = of({"name": "app"}, Span(file, 6, 31))
    encoded = Encoded(inner, lambda value: None)
    whole = Span(file, 4, 32)
    value, errors = read_value(Value(Text(("[", encoded, "]")), whole), whole, "an interpolation")
    assert errors == []
    assert plain(value) == [{"name": "app"}]
    value, errors = read_value(Value(Text(('{"a": ', encoded, "}")), whole), whole, "an interpolation")
    assert errors == []
    assert plain(value.get("a")) == {"name": "app"}
    assert value.get("a").key is not None


def test_a_reference_stays_a_reference() -> None:
    class Bucket:
        kind, managed, address = "Bucket", True, "aws_s3_bucket.x"
        place: Place | None = None

        def layout(self, attribute: str) -> None:
            return None

    file = SourceFile("main.tf", "x" * 50)
    whole = Span(file, 0, 50)
    ref = Ref(Bucket(), "name")
    value, errors = read_value(Value(Text(('{"a": "', ref, '", "b": "x/', ref, '/y"}')), whole), whole, "a reference")
    assert errors == []
    assert value.get("a").ref == ref
    assert value.get("b").refs == (ref,)
    # What has no place of its own has the place of the whole.
    assert value.get("b").place is not None
    assert value.get("b").place.span() == whole  # type: ignore[union-attr]


def test_errors_in_a_heredoc_stand_where_they_are() -> None:
    file, place = _written(['{"a": 1', ' "b": 2}'], "      ")
    value = Value('{"a": 1\n "b": 2}\n', place)
    _, errors = read_value(value, place.span(), "an interpolation")
    (error,) = errors
    assert error.message == "expected a comma before this key"
    assert error.place.text == '"'
    assert file.position(error.place.start) == (4, 8)


def test_the_place_of_what_two_files_hold_is_the_whole() -> None:
    here, there = SourceFile("a.tf", '{"a": 1,'), SourceFile("b.tf", ' "b": 2}')
    text = Text((here.text, there.text), (Span(here, 0, 8), Span(there, 0, 8)))
    whole = Quoted(here, 0, 8)
    value, errors = read_value(Value(text, whole), whole.span(), "")
    assert errors == []
    assert value.place is not None
    assert value.place.span() == whole.span()
    b = value.get("b").place
    assert b is not None
    assert b.span() == Span(there, 6, 7)


def test_nul_in_a_string_of_another_format_is_no_hole() -> None:
    file = SourceFile("a.tf", "x")
    value, errors = read_value(Value('{"a": "x\0y"}', Span(file, 0, 1)), Span(file, 0, 1), "")
    assert errors == []
    assert plain(value) == {"a": "x\ufffdy"}


def test_a_long_heredoc_takes_linear_time() -> None:
    lines = ["[", *(f'  "item\\t{index}",' for index in range(20_000)), '  "last"', "]"]
    _, place = _written(lines, "    ")
    start = time.perf_counter()
    value, errors = read_value(Value("\n".join(lines) + "\n", place), place.span(), "")
    assert errors == []
    assert len(list(value.items())) == 20_001
    assert time.perf_counter() - start < SOON


def test_many_interpolations_take_linear_time() -> None:
    file = SourceFile("main.tf", "x" * 100_000)
    parts: list[Part] = ["["]
    for index in range(10_000):
        parts += ['"a-', Unknown("no value", index), '", ']
    parts.append('"z"]')
    places = tuple(Span(file, index, index + 4) for index in range(len(parts)))
    whole = Span(file, 0, 100)
    start = time.perf_counter()
    value, errors = read_value(Value(Text(tuple(parts), places), whole), whole, "")
    assert errors == []
    assert len(list(value.items())) == 10_001
    assert time.perf_counter() - start < SOON


def test_a_placeholder_where_none_belongs_is_no_object() -> None:
    value, errors = read_strict(SourceFile("template.json", '{"a": {{ b }}}'))
    assert [error.message for error in errors] == ["expected a key in quotes or `}`, found `{`"]
    assert plain(value) == {"a": "?", "…": "…"}
