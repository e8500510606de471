"""The text that a person reads, whole: every snapshot in `tests/snapshots` was looked at."""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from support import SOON, lint, run, snapshot, write
from wcwidth import iter_graphemes, wcswidth

from ecslint.engine import Report
from ecslint.facts import credentials
from ecslint.finding import Confidence, Finding, Instance, Label, Notice, Problem, Severity, Suppressed, Unevaluated
from ecslint.model import Workspace
from ecslint.reporters import FORMATS, View, render, safe
from ecslint.source import SourceFile, Span

if TYPE_CHECKING:
    from pathlib import Path


def _label(file: SourceFile, text: str, said: str, role: str = "primary", after: str = "") -> Label:
    start = file.text.index(text, file.text.index(after))
    return Label(Span(file, start, start + len(text)), said, role)


def _finding(*labels: Label, **changes: Any) -> Finding:
    details: dict[str, Any] = {
        "rule": "some-rule",
        "stage": "run",
        "severity": Severity.ERROR,
        "confidence": Confidence.HIGH,
        "message": "Something is wrong with `this`",
        "address": "checkout/app/environment[NAME]",
        "local": "checkout/app/environment[NAME]",
        "labels": labels,
        "help": "do something about it",
    }
    instances = changes.pop("instances", ())
    finding = Finding(**{**details, **changes})
    finding.instances = tuple(Instance(address, "task.json") for address in instances)
    return finding


def _report(*findings: Finding, problems: tuple[Problem, ...] = (), files: int = 1) -> Report:
    report = Report(Workspace("/work", [], problems, [f"{index}.json" for index in range(files)]))
    report.findings = list(findings)
    return report


def _text(report: Report, width: int = 80, colour: bool = False) -> str:
    text = render("text", report, View("/work", width, colour))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    for line in plain.splitlines():
        assert line == line.rstrip(), "no line ends in blanks"
    return text


def _carets_stand_under(text: str, marked: str) -> None:
    """Every row of carets begins under the marked text and is as wide as it, in columns of a terminal."""
    lines = text.splitlines()
    found = 0
    for above, below in pairwise(lines):
        carets = re.search(r"\^+", below)
        if carets is None or marked not in above:
            continue
        before = above[: above.index(marked)]
        assert wcswidth(before) == carets.start()
        assert wcswidth(marked) == len(carets.group())
        found += 1
    assert found, text


# What a terminal makes of characters


@pytest.mark.parametrize(
    "word",
    [
        "word",
        "한국어",
        "日本",
        "😀",
        "👨‍👩‍👧‍👦",
        "👍🏽",
        "🇰🇷",
        "é",
        "e\u0301",
        "ก็",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "half한half",
    ],
)
@pytest.mark.parametrize("before", ["", "plain ", "환경 변수 ", "👩‍💻 ", "e\u0301 ", "\t"])
def test_carets_stand_under_the_characters(word: str, before: str) -> None:
    file = SourceFile("task.json", f'  "{before}{word}": "after 뒤"\n')
    text = _text(_report(_finding(_label(file, word, "here"))))
    _carets_stand_under(text, word)


def test_korean_and_emoji() -> None:
    text = '{\n  "이름": "주문-서비스 🚀", "설명": "결제 👨‍👩‍👧 가족",\n  "값": "cafe\u0301 👍🏽 끝"\n}\n'
    file = SourceFile("작업/정의.json", text)
    finding = _finding(
        _label(file, "👨‍👩‍👧", "가족 그림은 하나의 글자입니다"),
        _label(file, "주문-서비스", "the service", "related"),
        _label(file, "끝", "끝 앞에는 결합 문자가 있다", "related"),
        message="`결제`에 문제가 있습니다",
        address="주문/앱",
        help="값을 고치세요",
    )
    snapshot("korean-and-emoji.txt", _text(_report(finding)))


def test_tabs() -> None:
    file = SourceFile("task.json", '{\n\t"name":\t"app",\n\t\t"image": "nginx"\n}\n')
    finding = _finding(_label(file, '"app"', "behind tabs"), _label(file, "nginx", "behind two", "related"))
    text = _text(_report(finding))
    assert "\t" not in text
    snapshot("tabs.txt", text)


def test_what_would_steer_a_terminal_is_not_shown() -> None:
    nasty = "a\x1b[31mred\x07\x00b\u202egnp.exe\u2066\u200bc\x85\u2028d\ufeff\x7f\u0301e"
    file = SourceFile(f"bad\n{nasty}.json", f'"{nasty}" "next"\n')
    finding = _finding(
        _label(file, '"next"', f"label\n{nasty}"),
        message=f"message\n::error::{nasty}",
        address=f"address\n{nasty}",
        help=f"help\n{nasty}",
        symptom=f"symptom\n{nasty}",
    )
    problem = Problem("json-syntax", file.path, f"problem\n{nasty}", Span(file, 0, 3), f"help\n{nasty}")
    report = _report(finding, problems=(problem,))
    report.workspace.notices.append(Notice(file.path, f"notice\n{nasty}", f"help\n{nasty}"))
    for form in ("text", "concise"):
        text = render(form, report, View("/work", 200))
        assert all(char.isprintable() or char == "\n" for char in text)
        assert not re.search(r"^(::error|label|message|address|symptom|a\W)", text, re.MULTILINE)
    snapshot("control-characters.txt", _text(report, 200))


def test_a_mark_without_its_letter_is_drawn_on_a_blank() -> None:
    file = SourceFile("task.json", "\u0301x: 1\n")
    text = _text(_report(_finding(_label(file, "x", "here"))))
    assert "1 |  \u0301x: 1\n  |  ^ here\n" in text


# Long lines

_LONG = (
    '{"family": "checkout", "containerDefinitions": ['
    + ", ".join(f'{{"name": "sidecar-{index}", "image": "nginx:1.{index}"}}' for index in range(40))
    + "]}\n"
)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_long_lines(width: int) -> None:
    file = SourceFile("task.json", _LONG)
    long_label = (
        "this label is so long that it does not fit behind the carets in a narrow window, so it goes below them"
    )
    findings = [
        _finding(_label(file, '"family"', "at the start of the line")),
        _finding(_label(file, '"nginx:1.20"', "in the middle")),
        _finding(_label(file, '"nginx:1.39"', "at the end"), _label(file, '"nginx:1.38"', "near it", "related")),
        _finding(_label(file, '"nginx:1.5"', "here"), _label(file, '"nginx:1.30"', "far away", "related")),
        _finding(_label(file, '"nginx:1.21"', long_label)),
        _finding(Label(Span(file, 200, 900), "longer than the window", "primary")),
    ]
    text = _text(_report(*findings), width)
    excerpts = [line for line in text.splitlines() if re.match(r" *\d* \|", line)]
    assert max(map(wcswidth, excerpts)) <= width
    snapshot(f"long-lines-{width}.txt", text)


def test_long_lines_of_wide_characters() -> None:
    file = SourceFile("task.json", "가나다라 " * 60 + "여기 " + "마바사 " * 60 + "\n")
    text = _text(_report(_finding(_label(file, "여기", "가운데"))), 60)
    _carets_stand_under(text, "여기")
    assert max(wcswidth(line) for line in text.splitlines()) <= 60
    snapshot("long-wide-lines.txt", text)


def test_many_findings_in_one_very_long_line_take_no_time() -> None:
    entry = '{"name": "이름-%d", "value": "postgres://u:hunter22@db.example.com/%d"}'
    text = "[" + ", ".join(entry % (index, index) for index in range(30_000)) + "]"
    file = SourceFile("task.json", text)
    places = [found.start() for found in re.finditer("이름", text)][::100]
    findings = [_finding(Label(Span(file, at, at + 2), "here", "primary")) for at in places]
    start = time.perf_counter()
    shown = _text(_report(*findings))
    assert "hunter22" not in shown
    assert time.perf_counter() - start < SOON


# Labels and spans


def test_several_labels_on_a_line() -> None:
    file = SourceFile("task.json", '{"name": "A", "value": "1"}, {"name": "A", "value": "2"}\n')
    second = file.text.rindex('"A"')
    finding = _finding(
        Label(Span(file, second, second + 3), "again here", "primary"),
        _label(file, '"A"', "first set here", "related"),
        _label(file, '"1"', "", "related"),
    )
    snapshot("several-labels.txt", _text(_report(finding)))


def test_spans_over_lines_and_empty_ones() -> None:
    file = SourceFile("main.tf", 'resource "a" "b" {\n  name = "x"\n\n  tags = {\n    a = 1\n  }\n}\n')
    whole = Span(file, 0, len(file.text))
    line = file.text.index("\n\n") + 1
    findings = [
        _finding(Label(whole, "from its first line on", "primary")),
        _finding(_label(file, "{\n    a = 1\n  }", "a block in a line")),
        _finding(Label(Span(file, line, line), "on an empty line", "primary")),
        _finding(Label(Span(file, line - 1, line + 1), "from a line's end", "primary")),
        _finding(Label(Span(file, len(file.text), len(file.text)), "behind the end", "primary")),
    ]
    snapshot("spans.txt", _text(_report(*findings)))


def test_a_file_without_text() -> None:
    file = SourceFile("empty.json", "")
    text = _text(_report(problems=(Problem("json-syntax", "empty.json", "the text is empty", Span(file, 0, 0)),)))
    snapshot("empty-file.txt", text)


def test_windows_line_ends() -> None:
    file = SourceFile("task.json", '{\r\n  "name": "app",\r\n  "image": "x"\r\n}\r\n')
    end = file.text.index(",\r\n")
    findings = [
        _finding(_label(file, '"app"', "here"), _label(file, '"x"', "and here", "related")),
        _finding(Label(Span(file, end + 1, end + 3), "at the line's end", "primary")),
    ]
    text = _text(_report(*findings))
    assert "\r" not in text
    snapshot("windows-line-ends.txt", text)


def test_a_story_through_several_files() -> None:
    """The look of design §7: where it was written, how it travelled, and where it does harm."""
    ecs = SourceFile(
        "infra/ecs.tf",
        "\n" * 38
        + '    secrets = [{\n      name      = "JWT_SECRET"\n'
        + '      valueFrom = "${aws_secretsmanager_secret.db.arn}:jwt_secret::"\n    }]\n',
    )
    database = SourceFile(
        "infra/database.tf",
        "\n" * 10
        + 'resource "aws_secretsmanager_secret_version" "db" {\n'
        + "  secret_string = jsonencode({ password = random_password.db.result })\n}\n",
    )
    main = SourceFile("infra/main.tf", 'module "compute" {\n  secret = aws_secretsmanager_secret.db\n}\n')
    encoded = "jsonencode({ password = random_password.db.result })"
    finding = _finding(
        _label(ecs, "jwt_secret", "asks for this key"),
        _label(main, "secret = aws_secretsmanager_secret.db", "passed to module.compute here", "hop"),
        _label(database, encoded, "the secret holds only `password`", "related"),
        _label(database, '"db"', "", "related"),
        rule="secret-json-key-missing",
        stage="start",
        message="The secret has no JSON key `jwt_secret`",
        address="aws_ecs_task_definition.backend/backend/secrets[JWT_SECRET]",
        symptom="ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval "
        "failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key "
        "jwt_secret",
        help="add `jwt_secret` to the secret, or point JWT_SECRET at the secret that has it",
    )
    snapshot("story.txt", _text(_report(finding, files=3)))
    snapshot("story-60.txt", _text(_report(finding, files=3), 60))
    snapshot("story-colour.txt", _text(_report(finding, files=3), colour=True))


def test_lines_far_apart() -> None:
    file = SourceFile("task.json", "".join(f'"line {number}"\n' for number in range(1, 1101)))
    finding = _finding(
        _label(file, '"line 1099"', "here"),
        _label(file, '"line 1100"', "next to it", "related"),
        _label(file, '"line 7"', "far above", "related"),
    )
    snapshot("lines-far-apart.txt", _text(_report(finding)))


def test_every_severity_and_every_caller() -> None:
    file = SourceFile("main.tf", "name = 1\n")
    label = _label(file, "name", "here")
    callers = [f'module.service["{name}"].aws_ecs_task_definition.main/app' for name in "abcdef"]
    findings = [
        _finding(label, severity=Severity.ERROR, address=callers[0], instances=callers),
        _finding(label, severity=Severity.WARNING, address=callers[0], instances=callers[:3]),
        _finding(label, severity=Severity.NOTE, help=None, instances=["checkout/app/environment[NAME]"]),
    ]
    report = _report(*findings, files=2)
    report.suppressed = [Suppressed(findings[0], "why", "config")]
    report.unevaluated = [Unevaluated("main.tf", None, "cpu", "why")] * 3
    report.workspace.notices.append(
        Notice("cdk.out", "the assembly is older than its program", "run `cdk synth` again")
    )
    snapshot("severities.txt", _text(report))
    snapshot("severities-colour.txt", _text(report, colour=True))


def test_problems() -> None:
    broken = SourceFile("task.json", '{\n  "name": "app"\n  "image": "x"\n')
    problems = (
        Problem("unreadable", "missing.json", "there is no such file or folder"),
        Problem("internal", "", "reading terraform files failed: ValueError: x", help="this is a defect of ecslint"),
        Problem("json-syntax", "task.json", "expected a comma before this key", Span(broken, 20, 21)),
        Problem("configuration", ".ecslint.yml", "there is no setting `a`", Span(broken, 4, 8), "did you mean `b`?"),
    )
    snapshot("problems.txt", _text(_report(problems=problems, files=0)))


@pytest.mark.parametrize(
    ("files", "withheld", "summary"),
    [
        (1, 0, "no findings in 1 file"),
        (2, 1, "no findings in 2 files; 1 note withheld (--pedantic shows them)"),
        (0, 0, "nothing to lint: no file here concerns ECS (`ecslint files` lists those that were looked at)"),
    ],
)
def test_a_clean_run_is_one_line(files: int, withheld: int, summary: str) -> None:
    report = _report(files=files)
    report.withheld = [_finding(Label(Span(SourceFile("a", "a"), 0, 1), "", "primary"))] * withheld
    assert _text(report) == f"{summary}\n"


# Credentials

SECRETS = {
    "GITHUB": "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8",
    "SLACK": "xoxb-" + "1234567890-" + "AbCdEfGhIjKlMnOpQrSt",
    "PASSWORD": "correct-horse-battery",
    "URL": "pa55-w0rd",
    "PEM": "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj",
}


def _leaky(indent: int | None) -> str:
    environment = [
        {"name": "TOKENS", "value": f"{SECRETS['GITHUB']} {SECRETS['SLACK']}"},
        {"name": "DB_PASSWORD", "value": SECRETS["PASSWORD"]},
        {"name": "DATABASE_URL", "value": f"postgres://app:{SECRETS['URL']}@db.example.com/app"},
        {"name": "TLS_KEY", "value": f"-----BEGIN PRIVATE KEY-----\n{SECRETS['PEM']}\n-----END PRIVATE KEY-----\n"},
        {"name": "TLS_KEY", "value": "twice, so that the line above is shown for another reason"},
        {"name": SECRETS["GITHUB"], "value": "1"},
        {"name": SECRETS["GITHUB"], "value": "2"},
    ]
    container = {
        "name": "app",
        "image": "nginx:1.27",
        "memory": 256,
        "command": ["sh", "-c", f"login --token {SECRETS['GITHUB']} && {SECRETS['SLACK']}"],
        "environment": environment,
        "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": SECRETS["PASSWORD"]}},
    }
    task = {"family": "checkout", "containerDefinitions": [container]}
    return json.dumps(task, indent=indent)


@pytest.mark.parametrize("indent", [None, 2])
def test_no_output_shows_a_credential(tmp_path: Path, indent: int | None) -> None:
    report = lint(write(tmp_path, {"task.json": _leaky(indent)}))
    assert len(report.findings) >= 7
    for form in FORMATS:
        for width in (60, 400):
            text = render(form, report, View(str(tmp_path), width))
            assert not [name for name, secret in SECRETS.items() if secret in text]
    if indent:
        snapshot("credentials.txt", render("text", report, View(str(tmp_path), 100)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one line", '{"containerDefinitions": [{"environment": [{"name": "DB_PASSWORD", "value": "%s"} {}'),
        ("value first", '{"containerDefinitions": [{"environment": [{"value": "%s", "name": "DB_PASSWORD"} {}'),
        ("behind the error", '{"containerDefinitions": [{"a" "x"}, {"name": "DB_PASSWORD", "value": "%s"}]}'),
        ("not closed", '{"containerDefinitions": [{"environment": [{"name": "DB_PASSWORD", "value": "%s\n'),
        ("on the next line", '{"containerDefinitions": [{"environment": [{\n"name": "DB_PASSWORD",\n"value" "%s"'),
        ("by its key", '{"containerDefinitions": [{"dockerLabels": {"db_password": "%s" "x": 1}'),
        ("a token", '{"containerDefinitions": [ghp_a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5f6G7h8, "%s"'),
    ],
)
def test_no_problem_shows_a_credential(tmp_path: Path, name: str, text: str) -> None:
    secret = SECRETS["GITHUB"] if name in {"a token", "on the next line"} else SECRETS["PASSWORD"]
    report = run(write(tmp_path, {"task.json": text % secret})).report()
    assert report.problems
    for form in FORMATS:
        shown = render(form, report, View(str(tmp_path), 200))
        assert secret not in shown
        assert "a1B2c3D4e5" not in shown


def test_yaml_and_hcl_lines_are_masked_by_the_name_before_them() -> None:
    yaml = SourceFile("stack.yml", "Password: correct-horse-battery\nOther: {Token: 'correct-horse'}\nA: !Ref Secret\n")
    hcl = SourceFile("main.tf", 'password = "correct-horse-battery"\ntoken = var.token\nsecret = "${var.x}"\n')
    findings = [
        _finding(
            *(Label(Span(file, file.line_start(line), file.line_start(line) + 1), "", "primary") for line in (1, 2, 3))
        )
        for file in (yaml, hcl)
    ]
    text = _text(_report(*findings))
    assert "correct-horse" not in text
    for kept in ("Password: *", "!Ref Secret", "token = var.token", 'secret = "${var.x}"'):
        assert kept in text


def test_a_mask_keeps_the_carets_in_place() -> None:
    file = SourceFile("task.json", f'"{SECRETS["GITHUB"]}" "next"\n')
    text = _text(_report(_finding(_label(file, '"next"', "here"))))
    _carets_stand_under(text, '"next"')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"a {SECRETS['GITHUB']} b {SECRETS['SLACK']} c", f"a {'*' * 40} b {'*' * len(SECRETS['SLACK'])} c"),
        (f"{SECRETS['GITHUB']} {SECRETS['GITHUB']}", f"{'*' * 40} {'*' * 40}"),
        (
            "postgres://u:hunter22@db.example.com and redis://:hunter33@c",
            "postgres://u:********@db.example.com and redis://:********@c",
        ),
        ("-----BEGIN RSA PRIVATE KEY-----\\nMIIEab-cd\\n-----END RSA PRIVATE KEY----- x", "*" * 73 + " x"),
        ("nothing here", "nothing here"),
        ("one\ntwo\r\x1b[0m", "one two \ufffd[0m"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_credential_is_hidden_whole_wherever_a_page_ends() -> None:
    from ecslint.reporters.masks import PAGE, Masks

    pem = "-----BEGIN PRIVATE KEY-----" + "MIIEvQIBADANBgkq" * 500 + "-----END PRIVATE KEY-----"
    for shift in (0, 100, 5000, len(pem)):
        text = "x" * (PAGE - shift) + " " + pem + " " + "y" * PAGE
        file = SourceFile("main.tf", text)
        shown = Masks([]).text(file, 0, len(text))
        assert "MIIE" not in shown
        assert len(shown) == len(text)
        assert Masks([]).text(file, PAGE, PAGE + 50) in shown


def test_masks_of_the_model_cover_parts_of_lines() -> None:
    from ecslint.reporters.masks import Masks

    file = SourceFile("main.tf", "abcdefghij\nklmnop\n")
    masks = Masks([Span(file, 2, 4), Span(file, 3, 6), Span(file, 8, 13), Span(file, 0, 1), Span(file, 9, 10)])
    assert masks.text(file, 0, 10) == "*b****gh**"
    assert masks.text(file, 11, 17) == "**mnop"
    assert masks.text(file, 4, 8) == "**gh"
    assert masks.text(SourceFile("other.tf", file.text), 0, 10) == "abcdefghij"


def test_what_is_masked_in_a_piece_of_source() -> None:
    def hidden(text: str, bare: bool = False) -> list[str]:
        return [text[start:end] for start, end in credentials.in_source(text, bare)]

    assert hidden('{"name": "API_TOKEN", "value": "abcdefgh"}') == ["abcdefgh"]
    assert hidden('{"Value": "abcdefgh", "Name": "API_TOKEN"}') == ["abcdefgh"]
    assert hidden('name = "API_TOKEN"\n  value = "abcdefgh"') == ["abcdefgh"]
    assert hidden("- Name: API_TOKEN\n  Value: abcdefgh\n", bare=True) == ["abcdefgh"]
    assert hidden('"apiToken": "abcdefgh') == ["abcdefgh"]
    assert hidden("password: abcdefgh # note", bare=True) == ["abcdefgh"]
    for fine in (
        '{"name": "API_TOKEN", "valueFrom": "abcdefgh"}',
        '"tokenName": "abcdefgh"',
        '"password": "changeme"',
        '"password": "${var.password}"',
        "password = var.password",
        '"name": "REGION", "value": "eu-west-1"',
    ):
        assert hidden(fine) == []
    for fine in (
        "Password: !Ref Password",
        "Password: {Ref: X}",
        "Password: '{{resolve:ssm:x}}'",
        "Password:\n  Ref: X",
    ):
        assert hidden(fine, bare=True) == []


# Whole runs


def test_the_deployment_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    from support import FIXTURES

    folder = FIXTURES / "deployments" / "support-assistant"
    report = run(folder).report()
    snapshot("support-assistant.txt", render("text", report, View(str(folder), 100)))
    concise = render("concise", report, View(str(folder), 100))
    snapshot("support-assistant-concise.txt", concise)
    assert len(concise.splitlines()) == len(report.findings)


def test_graphemes_are_those_that_wcwidth_knows() -> None:
    """What the excerpts count on: one cluster a sequence, as wide as one emoji."""
    assert [*iter_graphemes("👨‍👩‍👧é")] == ["👨‍👩‍👧", "é"]
    assert wcswidth("👨‍👩‍👧") == 2
