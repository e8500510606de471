"""Dynamic references: what is fetched, from where, under which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from templates import shown, value

from ecslint.model.dynamic import dynamic_references

if TYPE_CHECKING:
    from pathlib import Path

RESOURCES = "  Secret: {Type: AWS::SecretsManager::Secret}"
PARAMETERS = "Parameters: {Key: {Type: String}}"


@pytest.mark.parametrize(
    ("expression", "expected", "text"),
    [
        ("'{{resolve:ssm:/app/url}}'", ("ssm", "/app/url", "", ""), "?"),
        ("'{{resolve:ssm:/app/url:4}}'", ("ssm", "/app/url", "", "4"), "?"),
        ("'{{resolve:ssm-secure:/app/key:1}}'", ("ssm-secure", "/app/key", "", "1"), "?"),
        ("'{{resolve:secretsmanager:db}}'", ("secretsmanager", "db", "", ""), "?"),
        ("'{{resolve:secretsmanager:db:SecretString:password}}'", ("secretsmanager", "db", "password", ""), "?"),
        (
            "'u:{{resolve:secretsmanager:db:SecretString:password:AWSPREVIOUS}}@h'",
            ("secretsmanager", "db", "password", "AWSPREVIOUS"),
            "u:?@h",
        ),
        (
            "'{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:SecretString:k::v}}'",
            ("secretsmanager", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", "k", "v"),
            "?",
        ),
        (
            "!Join ['', ['postgres://u:{{resolve:secretsmanager:', !Ref Secret, ':SecretString:password::}}@h/d']]",
            ("secretsmanager", "<Secret.arn>", "password", ""),
            "postgres://u:?@h/d",
        ),
        (
            "!Sub '{{resolve:secretsmanager:${Secret}:SecretString:password}}'",
            ("secretsmanager", "<Secret.arn>", "password", ""),
            "?",
        ),
        (
            "!Sub '{{resolve:secretsmanager:${Secret}:SecretString:${Key}}}'",
            ("secretsmanager", "<Secret.arn>", None, ""),
            "?",
        ),
    ],
)
def test_a_reference(expression: str, expected: tuple[object, ...], text: str, tmp_path: Path) -> None:
    found = value(tmp_path, expression, PARAMETERS, RESOURCES)
    (reference,) = dynamic_references(found)
    assert (reference.service, shown(reference.target), reference.json_key, reference.version) == expected
    assert shown(found) == text


def test_two_references_in_one_text(tmp_path: Path) -> None:
    found = value(tmp_path, "'{{resolve:ssm:a}}-{{resolve:ssm:b}}'")
    assert [shown(item.target) for item in dynamic_references(found)] == ["a", "b"]
    assert shown(found) == "?-?"


@pytest.mark.parametrize("text", ["{{resolve:ssm:a", "{{resolved}}", "resolve:ssm:a}}"])
def test_what_is_no_reference_stays(text: str, tmp_path: Path) -> None:
    assert shown(value(tmp_path, f"'{text}'")) == text


def test_the_text_around_a_reference_has_places(tmp_path: Path) -> None:
    found = value(tmp_path, "'postgres://u:{{resolve:ssm:a}}@h/d'")
    place = found.part("@h/d")
    assert place is not None
    assert place.span().text == "@h/d"
