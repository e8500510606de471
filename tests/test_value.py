"""Questions about values: certain where the value is known, MAYBE where it is not, and never a truth value."""

from __future__ import annotations

import itertools
import operator
import time
from typing import TYPE_CHECKING

import pytest
from support import SOON

from ecslint.model import Resource
from ecslint.source import Folded, Quoted, SourceFile, Span
from ecslint.value import (
    ABSENT,
    HOLE,
    MAYBE,
    NO,
    YES,
    Answer,
    Choice,
    Condition,
    Encoded,
    Hop,
    Key,
    Mapping,
    Ref,
    Sequence,
    Text,
    Unknown,
    Value,
    camel,
    of,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.value import Data

FILE = SourceFile("a.tf", 'x = "abc:${y}:def"\nz = "other"\n')


def _unknown(symbol: str | None = None, shape: str = "") -> Unknown:
    return Unknown("nobody knows it", symbol, shape)


def _text(*parts: str | Unknown | Ref | Encoded) -> Value:
    return Value(Text(parts))


def _choice(then: Data, other: Data, key: str = "flag") -> Value:
    return Value(Choice(Condition(key, f"`{key}` is true"), Value(then), Value(other)))


def _bucket(name: Value | None = None, local: str = "code", managed: bool = True) -> Resource:
    entries = [] if name is None else [(Key("bucketName"), name)]
    address = f"aws_s3_bucket.{local}"
    return Resource("Bucket", "aws_s3_bucket", address, Value(Mapping(entries)), managed=managed)


# Answers


ORDER = (NO, MAYBE, YES)


@pytest.mark.parametrize(("one", "two"), list(itertools.product(ORDER, repeat=2)))
def test_kleenes_tables(one: Answer, two: Answer) -> None:
    assert one & two is ORDER[min(ORDER.index(one), ORDER.index(two))]
    assert one | two is ORDER[max(ORDER.index(one), ORDER.index(two))]
    assert ~(one & two) is ~one | ~two


def test_an_answer_is_one_of_three() -> None:
    assert (~NO, ~MAYBE, ~YES) == (YES, MAYBE, NO)
    assert [(answer.no, answer.maybe, answer.yes) for answer in ORDER] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert (Answer.of(True), Answer.of(False)) == (YES, NO)
    assert [repr(answer) for answer in ORDER] == ["NO", "MAYBE", "YES"]


@pytest.mark.parametrize("answer", ORDER)
@pytest.mark.parametrize(
    "use",
    [
        bool,
        operator.not_,
        lambda answer: 1 if answer else 2,
        lambda answer: [one for one in [1] if answer],
        lambda answer: any([answer]),
        lambda answer: answer and True,
        lambda answer: answer or True,
    ],
)
def test_an_answer_has_no_truth_value(answer: Answer, use: Callable[[Answer], object]) -> None:
    with pytest.raises(TypeError, match=r"ask \.yes, \.no or \.maybe"):
        use(answer)


# Every question of every kind of value

_KNOWN = Value("arn:aws:s3:::code")
_HOLED = _text("arn:aws:", _unknown(), ":::code")
_UNKNOWN = Value(_unknown())
_SHAPED = Value(_unknown(shape="arn:[a-z:]+"))

VALUES: dict[str, Value] = {
    "known": _KNOWN,
    "holed": _HOLED,
    "unknown": _UNKNOWN,
    "shaped": _SHAPED,
    "choice of equals": _choice("arn:aws:s3:::code", "arn:aws:s3:::code"),
    "choice of different": _choice("arn:aws:s3:::code", "bucket"),
    "choice with unknown": _choice("arn:aws:s3:::code", _unknown()),
    "number": Value(5),
    "null": Value(None),
    "absent": Value(ABSENT),
    "mapping": Value(Mapping()),
    "sequence": Value(Sequence()),
}

QUESTIONS: dict[str, tuple[Callable[[Value], Answer], str]] = {
    # the answers in the order of VALUES
    "absent": (lambda value: value.absent, "NO NO MAYBE MAYBE NO NO MAYBE NO YES YES NO NO"),
    "present": (lambda value: value.present, "YES YES MAYBE MAYBE YES YES MAYBE YES NO NO YES YES"),
    "equals": (
        lambda value: value.equals("arn:aws:s3:::code"),
        "YES MAYBE MAYBE NO YES MAYBE MAYBE NO NO NO NO NO",
    ),
    "equals another": (
        lambda value: value.equals("bucket:"),
        "NO NO MAYBE NO NO NO MAYBE NO NO NO NO NO",
    ),
    "one_of": (
        lambda value: value.one_of(["arn:aws:s3:::code", "bucket"]),
        "YES MAYBE MAYBE NO YES YES MAYBE NO NO NO NO NO",
    ),
    "one of none": (lambda value: value.one_of([]), "NO NO NO NO NO NO NO NO NO NO NO NO"),
    "starts_with": (
        lambda value: value.starts_with("arn:"),
        "YES YES MAYBE YES YES MAYBE MAYBE NO NO NO NO NO",
    ),
    "ends_with": (
        lambda value: value.ends_with("code"),
        "YES YES MAYBE MAYBE YES MAYBE MAYBE NO NO NO NO NO",
    ),
    "contains": (
        lambda value: value.contains("s3"),
        "YES MAYBE MAYBE NO YES MAYBE MAYBE NO NO NO NO NO",
    ),
    "matches": (
        lambda value: value.matches("arn:.*:code"),
        "YES YES MAYBE MAYBE YES MAYBE MAYBE NO NO NO NO NO",
    ),
    "like": (
        lambda value: value.like("arn:*:cod?"),
        "YES YES MAYBE MAYBE YES MAYBE MAYBE NO NO NO NO NO",
    ),
    "true": (lambda value: value.true, "NO NO MAYBE NO NO NO MAYBE NO NO NO NO NO"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions(question: str) -> None:
    ask, wanted = QUESTIONS[question]
    answers = {name: repr(ask(value)) for name, value in VALUES.items()}
    assert answers == dict(zip(VALUES, wanted.split(), strict=True))


@pytest.mark.parametrize(
    ("data", "true"),
    [
        (True, YES),
        (False, NO),
        ("true", YES),
        ("True", YES),
        ("TRUE", YES),
        ("tRUE", NO),
        ("yes", NO),
        (1, NO),
        (_unknown(), MAYBE),
        (Text((_unknown(shape="[Tt]rue"),)), YES),
        (Text(("fal", _unknown())), NO),
    ],
)
def test_true(data: Data, true: Answer) -> None:
    assert Value(data).true is true
    assert Value(data).equals("x") is not YES


def test_true_of_a_choice_reads_its_texts_as_of_any_value() -> None:
    assert _choice("True", "TRUE").true is YES
    assert _choice("True", False).true is MAYBE


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("a", "string"),
        (Text(("a", _unknown())), "string"),
        (True, "boolean"),
        (1, "number"),
        (1.5, "number"),
        (Mapping(), "object"),
        (Sequence(), "array"),
        (None, "null"),
        (ABSENT, "absent"),
        (_unknown(), None),
    ],
)
def test_kind(data: Data, kind: str | None) -> None:
    assert Value(data).kind == kind
    assert _choice(data, data).kind is None


@pytest.mark.parametrize(
    ("data", "integer"),
    [
        (5, 5),
        (-5, -5),
        (5.0, 5),
        (5.5, None),
        ("5", 5),
        (" -5 ", -5),
        ("--5", None),
        ("-", None),
        ("5-", None),
        ("+5", None),
        ("5.0", None),
        ("٥", None),
        ("", None),
        ("9" * 19, int("9" * 19)),
        ("9" * 5000, None),
        (1 << 70, None),
        (float("inf"), None),
        (float("nan"), None),
        (True, None),
        (None, None),
        (ABSENT, None),
        (_unknown(), None),
        (Text(("5", _unknown())), None),
    ],
)
def test_integer(data: Data, integer: int | None) -> None:
    assert Value(data).integer == integer


@pytest.mark.parametrize(
    ("data", "string"),
    [
        ("a", "a"),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (80, "80"),
        (80.0, "80"),
        (0.25, "0.25"),
        (None, None),
        (ABSENT, None),
        (Mapping(), None),
        (Sequence(), None),
        (_unknown(), None),
        (Text(("a", "b")), "ab"),
        (Text(("a", _unknown())), None),
    ],
)
def test_string(data: Data, string: str | None) -> None:
    value = Value(data)
    assert value.string == string
    assert value.known is (string is not None)
    assert _choice(data, data).string is None
    if string is not None and not isinstance(data, Text):
        assert isinstance(data, (str, bool, int, float))
        assert written(data) == string


def test_a_number_equals_its_text() -> None:
    assert Value(80).equals("80") is YES
    assert Value("80").equals(80) is YES
    assert Value(80.0).equals(Value("80")) is YES
    assert Value(True).equals("true") is YES


# Equality of texts with holes


def test_the_same_hole_makes_texts_equal() -> None:
    x = _unknown("x")
    assert _text("a", x).equals(_text("a", x)) is YES
    assert _text("a", _unknown("x")).equals(_text("a", _unknown("x"))) is YES
    assert _text("a", "b", x).equals(_text("ab", x)) is YES
    assert _text("a", _unknown()).equals(_text("a", _unknown())) is MAYBE
    assert _text("a", x).equals(_text("a", _unknown("y"))) is MAYBE
    assert _text("a", x).equals(_text("b", x)) is NO
    assert _text(x, "a").equals(_text(x, "b")) is NO


def test_what_is_certainly_equal_has_one_identity() -> None:
    bucket = _bucket(Value("code"))
    values = [
        *(Value("code"), bucket.ref("name"), Value(80), Value("80"), bucket.ref("arn"), bucket.ref("arn")),
        *(Value(_unknown("x")), Value(_unknown("x")), Value(_unknown()), _text("a", _unknown("x")), _text("b")),
        *(_text("a", "", _unknown("x")), _text("a", _unknown("y")), _text("", _unknown("x")), Value("b"), Value("")),
    ]
    for one, two in itertools.product(values, repeat=2):
        assert one.identity is not None
        assert (one.identity == two.identity) is one.equals(two).yes
    for nothing in (Value(None), Value(ABSENT), Value(Mapping()), Value(Sequence()), _choice("a", "a")):
        assert nothing.identity is None


def test_equality_between_kinds() -> None:
    mapping = Value(Mapping())
    assert mapping.equals(mapping) is YES
    assert mapping.equals(Value(Mapping())) is MAYBE
    assert mapping.equals(Value("a")) is NO
    assert Value("a").equals(mapping) is NO
    assert Value("a").equals(Value(None)) is NO
    assert Value("a").equals(Value(_unknown())) is MAYBE
    assert _choice("a", "b").equals(Value("c")) is NO
    assert _choice("a", "a").equals(_choice("a", "a", "other")) is YES


# References


def test_a_reference_has_the_shape_of_its_attribute() -> None:
    bucket = _bucket()
    arn = bucket.ref("arn")
    assert arn.starts_with("arn:") is YES
    assert arn.contains(":s3:::") is YES
    assert arn.ends_with("/*") is NO
    assert arn.contains("*") is NO
    assert arn.equals("arn:aws:s3:::code") is MAYBE
    objects = Value(Text((Ref(bucket, "arn"), "/*")))
    assert objects.ends_with("/*") is YES
    assert objects.equals(arn) is NO
    assert arn.equals(bucket.ref("arn")) is YES


def test_a_configured_attribute_is_text_and_link() -> None:
    bucket = _bucket(Value("checkout-code"))
    name = bucket.ref("name")
    assert name.string == "checkout-code"
    assert name.ref is not None
    assert name.ref.resource is bucket
    assert name.equals("checkout-code") is YES
    arn = bucket.ref("arn")
    assert arn.string is None
    assert arn.ends_with(":::checkout-code") is YES
    assert arn.outline() == f"arn:{HOLE}:s3:::checkout-code"


def test_a_name_made_of_another_name_is_followed() -> None:
    first = _bucket(Value("checkout"))
    second = _bucket(Value(Text((Ref(first, "name"), "-logs"))))
    assert second.ref("name").string == "checkout-logs"


def test_what_is_known_of_a_name_is_asked_again_where_it_may_have_changed() -> None:
    first = _bucket(Value("checkout"))
    text = _text(Ref(first, "name"), "-logs")
    assert text.string == "checkout-logs"
    assert text.starts_with("check") is YES
    first._document = _bucket(Value("billing")).document
    assert text.string == "billing-logs"
    assert text.starts_with("check") is NO


def test_names_made_of_each_other_end() -> None:
    entries: list[tuple[Key, Value]] = []
    bucket = Resource("Bucket", "aws_s3_bucket", "aws_s3_bucket.x", lambda: Value(Mapping(entries)))
    entries.append((Key("bucketName"), Value(Text(("a", Ref(bucket, "name"))))))
    assert bucket.ref("name").string is None
    assert bucket.ref("name").starts_with("a") is YES


def test_names_made_of_many_names_do_not_explode() -> None:
    below = _bucket(Value("x"))
    for _ in range(9):
        below = _bucket(Value(Text((Ref(below, "name"),) * 10)))
    start = time.perf_counter()
    value = below.ref("name")
    assert value.string is None
    assert (value.outline() or "").count("x") < 20_000
    assert value.starts_with("x").no is False
    assert time.perf_counter() - start < SOON


def test_refs() -> None:
    bucket = _bucket()
    mixed = Value(Text((Ref(bucket, "arn"), "/", _unknown(), Ref(bucket, "name"))))
    assert [ref.attribute for ref in mixed.refs] == ["arn", "name"]
    assert mixed.ref is None
    assert Value("a").refs == ()
    assert bucket.ref("arn").ref == Ref(bucket, "arn")


def test_what_may_be_mentioned_in_any_world() -> None:
    bucket, other = _bucket(), _bucket(local="other")
    arn = Text((Ref(bucket, "arn"), "/*"))
    for data in (
        arn,
        Choice(Condition("flag", "`flag` is true"), Value(None), Value(arn)),
        Mapping([(Key("a"), Value(Sequence([Value(1), Value(arn)])))]),
        Text(("x", Encoded(Value(Sequence([Value(arn)])), lambda _: None))),
    ):
        assert Value(data).may_mention(bucket)
        assert not Value(data).may_mention(other)
    assert not Value("code").may_mention(bucket)
    assert Value(_unknown()).may_mention(bucket)
    assert Value(Sequence([], open="nobody knows")).may_mention(bucket)
    assert Value(Mapping([], open="nobody knows")).may_mention(bucket)


def test_an_attribute_that_nothing_is_known_of() -> None:
    value = _bucket().ref("website")
    assert value.equals("x") is MAYBE
    assert value.absent is NO
    assert value.outline() == HOLE


# ARNs


@pytest.mark.parametrize(
    ("parts", "colons"),
    [
        (("arn:", None, ":s3:::code"), NO),
        (("arn:aws:s3:", None, "::code"), NO),
        (("arn:aws:s3:eu-west-1:", None, ":code"), NO),
        (("arn:", None, ":s3:", None, ":", None, ":code"), NO),
        (("arn:aws:", None, ":::code"), MAYBE),
        (("arn:aws:s3:::", None), MAYBE),
        (("x", "arn:aws:s3:", None, "::code"), MAYBE),
    ],
)
def test_partition_region_and_account_hold_no_colon(parts: tuple[str | None, ...], colons: Answer) -> None:
    """Six fields before the resource, and the resource here holds no colon: is there a seventh?"""
    value = _text(*(_unknown() if part is None else part for part in parts))
    assert value.matches("([^:]*:){6}.*") is colons


def test_a_hole_that_may_hold_colons_hides_the_fields_behind_it() -> None:
    value = _text("arn:aws:", _unknown(shape=".+"), ":", _unknown(), ":x")
    # The first hole may be `sns:eu-west-1:111122223333:topic`, and then the second is no region.
    assert value.matches("arn:aws:sns:eu-west-1:111122223333:topic:a:b:x") is MAYBE
    inside = _text("arn:aws:", _unknown(shape="[a-z0-9]+"), ":", _unknown(), ":x")
    assert inside.matches("arn:aws:sns:eu-west-1:111122223333:x") is NO


# Patterns with IAM's wildcards


def test_a_pattern_covers() -> None:
    bucket = _bucket()
    arn, objects = bucket.ref("arn"), Value(Text((Ref(bucket, "arn"), "/*")))
    key = Value(Text((Ref(bucket, "arn"), "/key")))
    assert objects.covers(key) is YES
    assert objects.covers(arn) is NO
    assert arn.covers(arn) is YES
    assert arn.covers(key) is NO
    assert Value("*").covers(key) is YES
    assert Value("arn:aws:s3:::*").covers(key) is MAYBE
    assert Value("arn:*:s3:::*").covers(key) is YES
    assert Value("arn:*:sqs:*").covers(key) is NO
    assert Value(_unknown()).covers(key) is MAYBE
    assert Value(None).covers(key) is NO


def test_another_resource_is_covered_only_where_its_name_may_begin_alike() -> None:
    code, logs = _bucket(local="code"), _bucket(local="logs")
    key = Value(Text((Ref(logs, "arn"), "/key")))
    assert code.ref("arn").covers(logs.ref("arn")) is NO
    assert Value(Text((Ref(code, "arn"), "/*"))).covers(key) is NO
    # The buckets may be called `app` and `app-logs`.
    assert Value(Text((Ref(code, "arn"), "*"))).covers(key) is MAYBE
    assert Value(Text((Ref(code, "arn"), "-*"))).covers(key) is MAYBE
    assert Value(Text((Ref(code, "arn"), _unknown()))).covers(key) is MAYBE
    looked_up = _bucket(local="data", managed=False)
    assert looked_up.ref("arn").covers(logs.ref("arn")) is MAYBE


def test_what_was_encoded_covers_only_what_is_encoded_alike() -> None:
    encoded = Encoded(Value(Mapping((), "it is open")), lambda value: None)
    assert _text(encoded).covers(Value("anything")) is MAYBE
    assert _text("a", encoded).covers(_text("a", encoded)) is YES


def test_a_pattern_reaches() -> None:
    """Whether it matches any text that begins like this: a grant on anything in the bucket."""
    code, logs = _bucket(local="code"), _bucket(local="logs")

    def grant(*parts: str | Ref | Unknown) -> Answer:
        return _text(*parts).reaches(code.ref("arn"), "/.+")

    assert grant(Ref(code, "arn"), "/*") is YES
    assert grant(Ref(code, "arn"), "/reports/*") is YES
    assert grant(Ref(code, "arn")) is NO
    assert grant(Ref(code, "arn"), "*") is YES
    assert grant("*") is YES
    assert grant("arn:aws:s3:::code/*") is MAYBE
    assert grant("arn:aws:sqs:*") is NO
    assert grant(Ref(logs, "arn"), "/*") is NO
    assert grant(Ref(logs, "arn")) is NO
    assert grant(Ref(logs, "arn"), "*") is MAYBE
    assert grant(Ref(code, "arn"), _unknown()) is MAYBE
    assert Value("arn:aws:s3:::code/*").reaches(Value("arn:aws:s3:::code"), "/.+") is YES


def test_may_match() -> None:
    assert Value("arn:aws:s3:::code/*").may_match("arn:aws:s3:::[^/]+/.+")
    assert not Value("arn:aws:s3:::code").may_match("arn:aws:s3:::[^/]+/.+")
    assert Value(_unknown()).may_match("arn:aws:s3:::[^/]+/.+")


# Encoded JSON


def test_encoded_json_is_text_where_it_is_known() -> None:
    known = Encoded(of({"a": 1}), lambda value: '{"a":1}')
    unknown = Encoded(Value(Mapping((), "it is open")), lambda value: None)
    assert _text(known).string == '{"a":1}'
    assert _text("x", unknown).string is None
    assert _text("x", unknown).outline() == f"x{HOLE}"


# Going down


def test_what_is_not_there() -> None:
    inner = Value(1)
    closed = Value(Mapping([(Key("a"), inner)]))
    assert closed.get("a").data == 1
    assert closed.get("b").data is ABSENT
    assert closed.get("b").absent is YES
    opened = Value(Mapping([(Key("a"), inner)], "a placeholder stands here"))
    assert opened.get("a").data == 1
    assert opened.get("b").absent is MAYBE
    assert opened.get("b").open == "a placeholder stands here"
    assert opened.open == "a placeholder stands here"
    assert closed.open == ""
    assert _UNKNOWN.get("a").open == "nobody knows it"
    assert _UNKNOWN.get("a").get("b").absent is MAYBE
    assert _choice(Mapping(), Mapping()).get("a").absent is MAYBE
    assert _choice(Mapping(), Mapping()).open == "`flag` is true"
    assert Value("text").get("a").absent is YES
    assert list(Value("text").entries()) == []
    assert list(Value("text").items()) == []


def test_of_duplicates_the_last_wins_and_all_are_kept() -> None:
    mapping = Mapping([(Key("a"), Value(1)), (Key("A"), Value(2)), (Key("a"), Value(3))])
    assert Value(mapping).get("a").data == 3
    assert [value.data for _, value in Value(mapping).entries()] == [1, 2, 3]


def test_hops_come_along_and_are_shared() -> None:
    outer = Hop(None, "passed to module.compute here")
    inner = Value("x", hops=Hop(None, "through a local"))
    value = Value(Mapping([(Key("a"), inner), (Key("b"), Value(Sequence([Value(1), Value(2)])))]), hops=outer)
    first = value.get("a")
    assert first.hops is not None
    assert [hop.text for hop in first.hops] == ["passed to module.compute here", "through a local"]
    one, two = value.get("b").items()
    assert one.hops is two.hops is outer
    assert [hop.text for _, item in value.entries() for hop in item.hops or ()] == [
        "passed to module.compute here",
        "through a local",
        "passed to module.compute here",
    ]
    assert value.get("missing").hops is outer
    hopped = value.hop(None, "to the service")
    assert hopped.hops is not None
    assert hopped.hops.before is outer
    assert hopped.data is value.data


# Places


def test_a_part_of_a_plain_string_has_its_place() -> None:
    value = Value("other", Quoted(FILE, FILE.text.index('"other"'), FILE.text.index('"other"') + 7))
    place = value.part("the")
    assert place is not None
    assert place.span().text == "the"
    assert value.part("missing") is value.place
    assert value.part("") is value.place
    assert Value("other").part("the") is None


def test_a_part_of_a_text_is_found_in_the_literal_that_holds_it() -> None:
    start = FILE.text.index("abc")
    hole = FILE.text.index("${y}")
    places = (Span(FILE, start, start + 4), Span(FILE, hole, hole + 4), Span(FILE, hole + 4, hole + 8))
    whole = Quoted(FILE, start - 1, hole + 9)
    value = Value(Text(("abc:", _unknown(), ":def"), places), whole)
    place = value.part("def")
    assert place is not None
    assert place.span() == Span(FILE, hole + 5, hole + 8)
    assert value.part("c:x:d") is whole
    without = Value(Text(("abc:", _unknown(), ":def")), whole)
    assert without.part("def") is whole


def test_a_part_of_a_folded_string_skips_what_was_left_out() -> None:
    file = SourceFile("a.tf", "<<-EOT\n    one\n    two\n  EOT\n")
    runs = [(0, file.text.index("one")), (4, file.text.index("two"))]
    value = Value("one\ntwo\n", Folded(file, 7, 23, tuple(runs)))
    place = value.part("e\ntw")
    assert place is not None
    assert place.span().text == "e\n    tw"


def test_outline() -> None:
    assert _text("a:", _unknown(), ":b").outline() == f"a:{HOLE}:b"
    assert Value("plain").outline() == "plain"
    assert Value(8080).outline() == "8080"
    assert Value(Mapping()).outline() is None
    assert _UNKNOWN.outline() is None


def test_join_merges_literals_without_places_and_keeps_holes() -> None:
    hole = _unknown()
    span = Span(FILE, 0, 1)
    assert Text.join([("a", None), ("b", None)]) == "ab"
    assert Text.join([("a", span), ("b", span)]) == "ab"
    assert Text.join([]) == ""
    joined = Text.join([("a", None), ("", None), ("b", None), (hole, span), ("c", None)])
    assert isinstance(joined, Text)
    assert joined.parts == ("ab", hole, "c")
    assert joined.places == (None, span, None)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ContainerDefinitions", "containerDefinitions"),
        ("containerDefinitions", "containerDefinitions"),
        ("container_definitions", "container_definitions"),
        ("JWT", "JWT"),
        ("JWT_SECRET", "JWT_SECRET"),
        ("A", "A"),
        ("", ""),
        ("Éa", "éa"),
        ("1a", "1a"),
    ],
)
def test_camel(key: str, name: str) -> None:
    assert camel(key) == name
    assert Key(key).name == name
    assert Key(key).written == key
    assert Key(key, None, key).name == key
