"""From what a person was told to the rule, however it was wrapped, broken and cut."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from support import FIXTURES, write

from ecslint import registry
from ecslint.cli import main
from ecslint.why import why

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecslint.rule import Rule

RULES = [rule for rule in registry.load().rules.values() if rule.symptoms]
SYMPTOMS = [(rule, symptom) for rule in RULES for symptom in rule.symptoms]
SECRETS = "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
IDS = [f"{rule.id}-{rule.symptoms.index(symptom)}" for rule, symptom in SYMPTOMS]

VALUES = {
    "key": "jwt_secret",
    "name": "LANGSMITH_TRACING",
    "container": "0",
    "entry": "3",
    "cpu": "512",
    "memory": "8192",
}


def printed(symptom: str) -> str:
    """A symptom as ECS would print it."""
    return re.sub(r"\{([a-z_]+)\}", lambda hole: VALUES.get(hole.group(1), "my-value/1.2"), symptom)


def cloudformation(text: str) -> str:
    return (
        "CREATE_FAILED | AWS::ECS::TaskDefinition | TaskDefinition Resource handler returned message: "
        f'"Invalid request provided: Create TaskDefinition: {text} (Service: AmazonECS; Status Code: 400; '
        'Error Code: ClientException; Request ID: 2f1c; Proxy: null)" (RequestToken: 1, HandlerErrorCode: Invalid)'
    )


def terraform(text: str) -> str:
    lines = [
        "Error: creating ECS Task Definition (checkout): operation error ECS: RegisterTaskDefinition, https response",
        f"error StatusCode: 400, RequestID: 2f1c, ClientException: {text}",
        "",
        "  with module.compute.aws_ecs_task_definition.app,",
        '  on modules/compute/main.tf line 1, in resource "aws_ecs_task_definition" "app":',
    ]
    return "\x1b[31m╷\x1b[0m\n" + "\n".join(f"\x1b[31m│\x1b[0m {line}" for line in lines) + "\n\x1b[31m╵\x1b[0m\n"


def action(text: str) -> str:
    return f"##[error]Failed to register task definition in ECS: {text}\nTask definition contents:\n{{}}\nError: {text}"


def broken_over_lines(text: str) -> str:
    return "\n│ ".join(text[at : at + 37] for at in range(0, len(text), 37))


def in_curly_quotes(text: str) -> str:
    return text.replace("'", "’").replace('"', "“").upper()


def in_json(text: str) -> str:
    return json.dumps({"stoppedReason": f"{text}\nand more"})


WRAPPERS: list[Callable[[str], str]] = [cloudformation, terraform, action, broken_over_lines, in_curly_quotes, in_json]


def sharing(symptom: str) -> set[str]:
    """The rules that have this text, or one that holds it."""
    words = printed(symptom).lower()
    return {rule.id for rule in RULES if any(words in printed(other).lower() for other in rule.symptoms)}


@pytest.mark.parametrize("wrap", WRAPPERS, ids=lambda wrap: wrap.__name__)
@pytest.mark.parametrize(("rule", "symptom"), SYMPTOMS, ids=IDS)
def test_every_symptom_finds_its_rule(rule: type[Rule], symptom: str, wrap: Callable[[str], str]) -> None:
    matches = why(wrap(printed(symptom)), RULES)
    assert matches, "no rule"
    tied = {match.rule.id for match in matches if match[2:] == matches[0][2:]}
    assert rule.id in tied
    assert tied <= sharing(symptom)


LONG = [(rule, symptom) for rule, symptom in SYMPTOMS if len(symptom) > 70 and "{" not in symptom]


@pytest.mark.parametrize(("rule", "symptom"), LONG, ids=[f"{rule.id}-{symptom[:20]}" for rule, symptom in LONG])
@pytest.mark.parametrize(
    "cut", [lambda text: text[: len(text) * 2 // 3] + "…", lambda text: "..." + text[len(text) // 3 :]]
)
def test_a_text_may_be_cut(rule: type[Rule], symptom: str, cut: Callable[[str], str]) -> None:
    assert rule.id in {match.rule.id for match in why(cut(printed(symptom)), RULES)[:3]}


@pytest.mark.parametrize(
    "text",
    [
        "Essential container in task exited",
        "service web was unable to place a task because no container instance met all of its requirements",
        "a",
        "🦆",
        'Resource handler returned message: "Invalid request provided: Create TaskDefinition: something new"',
        "Error: creating ECS Task Definition (fam): operation error ECS: RegisterTaskDefinition, https response error",
    ],
)
def test_what_no_rule_knows_is_not_guessed(text: str) -> None:
    assert why(text, [rule for rule in RULES if rule.id != "essential-container-missing"]) == []


def test_a_few_words_of_a_long_symptom_will_do() -> None:
    matches = why("did not contain json key jwt_secret", RULES)
    assert [match.rule.id for match in matches] == ["secret-json-key-missing"]
    assert 0 < matches[0].share < 0.5


def test_a_whole_symptom_beats_a_part_of_a_longer_one() -> None:
    matches = why("No Fargate configuration exists for given values.", RULES)
    assert matches[0].rule.id == "fargate-cpu-memory"
    assert matches[0].share == 1


def test_a_long_log_is_read_from_its_end() -> None:
    log = "INFO nothing to see here\n" * 20000 + SECRETS
    assert [match.rule.id for match in why(log, RULES)] == ["execution-role-missing"]


def test_the_rule_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", SECRETS]) == 0
    out = capsys.readouterr().out
    assert out.startswith("execution-role-missing (register, error): ")
    assert "`ecslint rule execution-role-missing` explains it" in out


def test_the_place_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = {"name": "A", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/a"}
    container = {"name": "b", "image": "c:latest", "secrets": [secret]}
    top = write(tmp_path, {"a.json": json.dumps({"family": "a", "containerDefinitions": [container]})})
    assert main(["why", SECRETS, str(top)]) == 0
    out = capsys.readouterr().out
    assert "error[execution-role-missing]" in out
    assert "mutable-image-tag" not in out


def test_what_could_not_be_evaluated_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = '{"family": "a", "executionRoleArn": "${ROLE}", "containerDefinitions": [{"name": "b", "image": "c:1"}]}'
    top = write(tmp_path, {"a.json": text})
    assert main(["why", SECRETS, str(top)]) == 0
    out = capsys.readouterr().out
    assert "This rule finds nothing in 1 file." in out
    assert "What could not be evaluated may hide it:" in out
    assert "a.json:1: a/executionRoleArn: " in out


def test_nothing_found_says_what_was_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "the cat sat on the mat"]) == 1
    out = capsys.readouterr().out
    assert f"The texts of {len(RULES)} rules were looked at" in out


def test_machines_are_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", SECRETS, str(FIXTURES / "deployments"), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [match["rule"] for match in data["matches"]] == ["execution-role-missing"]
    assert data["report"]["findings"] == []


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_text_is_a_usage_error(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["why", text])
    assert "there is no text" in capsys.readouterr().err


def test_the_text_may_come_from_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(terraform(SECRETS).encode())))
    assert main(["why", "-"]) == 0
    assert "execution-role-missing" in capsys.readouterr().out
