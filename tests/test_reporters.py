"""Every format tells the same report: valid by its own schema, whole, and without credentials."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from support import FIXTURES, TOP, lint, snapshot, write

from ecslint import __version__, manual, reporters
from ecslint.finding import Confidence, Edit, Finding, Fix, Label, Severity
from ecslint.reporters import View, render
from ecslint.source import SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ecslint.engine import Report

SCHEMAS = TOP / "tests" / "schemas"
SAMPLE = FIXTURES / "deployments" / "support-assistant"

NESTED = {
    "app.yaml": """
Parameters:
  Cpu: {Type: String}
  Secret: {Type: String}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: checkout
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: !Ref Cpu
      Memory: "8192"
      ExecutionRoleArn: arn:aws:iam::111122223333:role/execution
      ContainerDefinitions:
        - Name: api
          Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:3f2a91c
          Secrets: [{Name: KEY, ValueFrom: !Ref Secret}]
""",
    "main.yaml": """
Resources:
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: app.yaml
      Parameters:
        Cpu: "512"
        Secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout-AbCdEf:key
""",
}
"""A value that crosses from one file to another: it has hops."""

BROKEN = '{"family": "a", "containerDefinitions": [{"name": "b" "image": "c:1"}]}'


def sample() -> Report:
    """A report with a bit of everything: findings, a problem, and one switched off."""
    return lint(SAMPLE)


def shown(format: str, report: Report) -> str:
    """A report as text, seen from its boundary, the boundary's own place and the version taken out."""
    text = render(format, report, View(report.workspace.root))
    return text.replace(report.workspace.root, "/repository").replace(f'"{__version__}"', '"VERSION"')


def every_kind(tmp_path: Path) -> Report:
    """Findings of two severities, one suppressed with a reason, and a file that cannot be read."""
    task = (SAMPLE / "deploy" / "task-definition.json").read_text(encoding="utf-8")
    ignores = "ignore:\n  - {rule: fargate-cpu-memory, address: support-assistant, reason: sized by the platform}\n"
    files = {"deploy/task.json": task, "deploy/broken.json": BROKEN, ".ecslint.yml": ignores}
    return lint(write(tmp_path, files))


@pytest.mark.parametrize("format", [name for name in reporters.FORMATS if name != "sarif"])
def test_golden(format: str, tmp_path: Path) -> None:
    snapshot(f"reporters/{format}.txt", shown(format, every_kind(tmp_path)))


def test_golden_sarif(tmp_path: Path) -> None:
    """The rules' own pages change with the rules, so the golden file leaves them out."""
    log = json.loads(shown("sarif", every_kind(tmp_path)))
    log["runs"][0]["tool"]["driver"]["rules"] = []
    text = re.sub(r'"ruleIndex": \d+', '"ruleIndex": 0', json.dumps(log, ensure_ascii=False, indent=2))
    snapshot("reporters/sarif.txt", text + "\n")


@pytest.fixture(scope="module")
def sarif_validator() -> Any:
    from jsonschema import Draft4Validator

    return Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))


def test_sarif_is_valid(sarif_validator: Any, tmp_path: Path) -> None:
    for report in (sample(), every_kind(tmp_path / "kinds"), lint(write(tmp_path / "nested", NESTED))):
        log = json.loads(shown("sarif", report))
        assert [error.message for error in sarif_validator.iter_errors(log)] == []


def test_sarif_tells_the_rules(tmp_path: Path) -> None:
    report = sample()
    (run,) = json.loads(shown("sarif", report))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert len(rules) == len(report.rules)
    credential = rules["plaintext-credential"]
    assert credential["properties"]["security-severity"] == "8.0"
    assert "security-severity" not in rules["fargate-cpu-memory"]["properties"]
    assert credential["defaultConfiguration"] == {"level": "error"}
    for rule in report.rules:
        told = rules[rule.id]
        assert told["help"]["markdown"] == manual.page(rule)
        assert told["helpUri"].startswith("https://")
        # GitHub cuts both at 1024 characters.
        assert len(told["fullDescription"]["text"]) <= 1024
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_tells_the_way_of_a_value(tmp_path: Path) -> None:
    report = lint(write(tmp_path, NESTED))
    (finding,) = (item for item in report.findings if item.rule == "fargate-cpu-memory")
    (run,) = json.loads(shown("sarif", report))["runs"]
    (result,) = (item for item in run["results"] if item["ruleId"] == "fargate-cpu-memory")
    (flow,) = result["codeFlows"]
    steps = flow["threadFlows"][0]["locations"]
    told = [step["location"]["physicalLocation"]["artifactLocation"]["uri"] for step in steps]
    assert told == [label.place.file.path for label in finding.labels if label.role != "related"]
    assert {"main.yaml", "app.yaml"} == set(told)
    assert steps[0]["importance"] == "essential"
    assert len(result["relatedLocations"]) == len(finding.labels) - 1
    assert result["partialFingerprints"] == {"ecslint/v1": finding.fingerprint}
    (result,) = (item for item in run["results"] if item["ruleId"] == "secret-arn-malformed")
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "main.yaml"
    assert change["replacements"][0]["insertedContent"] == {"text": "::"}


def test_sarif_tells_what_was_switched_off_and_what_failed(tmp_path: Path) -> None:
    (run,) = json.loads(shown("sarif", every_kind(tmp_path)))["runs"]
    (hidden,) = (item for item in run["results"] if item.get("suppressions"))
    assert hidden["suppressions"][0]["kind"] == "external"
    assert hidden["suppressions"][0]["justification"] == "sized by the platform"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["descriptor"] == {"id": "json-syntax"}
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "deploy/broken.json"


def test_sarif_for_github_leaves_out_what_was_switched_off(tmp_path: Path) -> None:
    """Code scanning reads no `suppressions` and would open an alert (github/codeql-action#1230)."""
    report = every_kind(tmp_path)
    (run,) = json.loads(render("sarif", report, View(report.workspace.root, suppressed=False)))["runs"]
    assert len(run["results"]) == len(report.findings)
    assert not any("suppressions" in result for result in run["results"])


def test_junit_is_valid(tmp_path: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    for report in (sample(), every_kind(tmp_path / "kinds"), lint(write(tmp_path / "empty", {}))):
        schema.validate(shown("junit", report))


def test_junit_fails_what_fails_the_run(tmp_path: Path) -> None:
    from xml.etree import ElementTree as Xml

    report = sample()
    counts = {name: Xml.fromstring(shown("junit", report)).get(name) for name in ("tests", "failures")}
    assert counts == {"tests": "7", "failures": "6"}
    report.fail_on = Severity.WARNING
    assert Xml.fromstring(shown("junit", report)).get("failures") == "7"


def many(count: int, severity: Severity = Severity.ERROR, text: str = "It is wrong") -> Report:
    """A report with so many findings, each in a line of its own."""
    report = sample()
    file = SourceFile("deploy/a,b:c%.json", "x\n" * count)
    report.findings = [
        Finding(
            "some-rule",
            "run",
            severity,
            Confidence.HIGH,
            text,
            "a",
            "a",
            (Label(Span(file, at, at + 1), "", "primary"),),
        )
        for at in range(0, 2 * count, 2)
    ]
    for finding in report.findings:
        finding.fingerprint = "same"
    return report


def test_github_says_how_many_more_there_are() -> None:
    lines = shown("github", many(10)).splitlines()
    assert len(lines) == 10
    assert all(line.startswith("::error file=") for line in lines)
    lines = shown("github", many(12)).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 10
    assert commands[-1] == "::error title=ecslint::3 more errors in the log"
    assert len(lines) == 13


def test_github_sorts_by_severity() -> None:
    report = sample()
    kinds = [line.split(" ")[0] for line in shown("github", report).splitlines()]
    assert kinds == sorted(kinds)
    assert set(kinds) == {"::error", "::warning"}


def test_github_escapes() -> None:
    (line, *_) = shown("github", many(1, text="100 %, see\nthere: a,b")).splitlines()
    assert line.startswith("::error file=deploy/a%2Cb%3Ac%25.json,line=1,col=1,endColumn=2,title=some-rule::")
    assert line.endswith("::100 %25, see there: a,b")


def test_github_takes_no_command_from_a_file() -> None:
    report = many(12, text="::add-mask::x\n##[stop-commands]x")
    for line in shown("github", report).splitlines():
        assert line.startswith(("::error ", "- "))
        assert line.startswith("::") or "##[" not in line


def test_github_gives_columns_on_one_line_only() -> None:
    report = sample()
    file = SourceFile("a.json", "{\n  []\n}\n")
    report.findings[0].labels = (Label(Span(file, 0, 8), "", "primary"),)
    line = next(line for line in shown("github", report).splitlines() if "a.json" in line)
    assert "line=1,endLine=3," in line
    assert "col" not in line.split("::")[1].lower()


def test_gitlab_tells_every_finding_apart() -> None:
    entries = json.loads(shown("gitlab", many(3)))
    assert [entry["fingerprint"] for entry in entries] == ["same", "same-2", "same-3"]
    assert {entry["severity"] for entry in entries} == {"critical"}


def test_a_summary_makes_nothing_of_names() -> None:
    text = shown("markdown", many(1, text="`a` <b> [x](https://example.com) | ![y](https://example.com/y.png)"))
    (row,) = (line for line in text.splitlines() if "some-rule" in line)
    assert row.startswith("<tr>")
    assert "<code>a</code> &lt;b&gt; [x]" in row
    assert "<table>\n" in text
    assert "\n\n" not in text[text.index("<table>") : text.index("</table>")]


def test_a_summary_has_an_end() -> None:
    text = shown("markdown", many(500))
    assert text.count("<tr><td>") == 200
    assert "300 more in the log." in text


TOKEN = "ghp_" + "aB3dE6" * 6
PASSWORD = "correct-horse-battery"


@pytest.mark.parametrize("format", reporters.FORMATS)
def test_no_format_shows_a_credential(format: str, tmp_path: Path) -> None:
    environment = [
        {"name": "URL", "value": f"postgresql://u:{PASSWORD}@db.example.com/x?token={TOKEN}"},
        {"name": "DB_PASSWORD", "value": PASSWORD},
        {"name": TOKEN, "value": "a"},
        {"name": TOKEN, "value": "b"},
    ]
    task = {
        "family": "a",
        "containerDefinitions": [{"name": "b", "image": "c:latest", "memory": 64, "environment": environment}],
    }
    report = lint(write(tmp_path, {f"{TOKEN}.json": json.dumps(task, indent=1)}))
    assert len(report.findings) > 2
    edit = Edit(report.findings[0].primary, TOKEN)
    report.findings[0].fix = Fix(f"write {TOKEN}", (edit,))
    text = shown(format, report).replace(f"{TOKEN}.json", "")
    assert TOKEN not in text
    assert PASSWORD not in text


@pytest.mark.parametrize("format", reporters.FORMATS)
def test_every_format_tells_an_empty_report(format: str, tmp_path: Path) -> None:
    text = shown(format, lint(write(tmp_path, {})))
    assert text.endswith("\n") or text == ""
    if format in {"json", "sarif", "gitlab"}:
        json.loads(text)


ODD = [
    "a\x00b",
    "\x1b[31mred",
    "\ud800",
    "\ufffe",
    "]]>",
    "<&\"'>",
    "a\u2028b\u0085c",
    "\u202eleft",
    "🦆\r\n%0A::error::",
    "`x",
]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize("format", reporters.FORMATS)
def test_every_format_takes_any_character(format: str, odd: str) -> None:
    from xml.etree import ElementTree as Xml

    report = many(11, text=f"before {odd} after")
    for finding in report.findings:
        finding.help = finding.symptom = finding.address = odd
    text = shown(format, report)
    text.encode()
    assert "\x1b" not in text
    assert "\x00" not in text
    if format in {"json", "sarif", "gitlab"}:
        json.loads(text)
    elif format == "junit":
        Xml.fromstring(text)
    elif format == "github":
        assert all(line.startswith(("::error ", "- ")) for line in text.splitlines())


MACHINES: Mapping[str, int] = {"json": 7, "sarif": 7, "gitlab": 7, "junit": 7, "github": 7, "markdown": 7}


@pytest.mark.parametrize("format", MACHINES)
def test_reporters_agree(format: str) -> None:
    text = shown(format, sample())
    rules = {finding.rule for finding in sample().findings}
    assert len(sample().findings) == MACHINES[format]
    assert all(rule in text for rule in rules)
