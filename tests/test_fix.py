"""Fixes: what they leave parses, is clean, and needs no second run."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from support import FIXTURES, lint, write
from test_rules import CASES

from ecslint.cli import main
from ecslint.finding import Confidence, Edit, Finding, Fix, Label, Severity
from ecslint.fix import apply, mend
from ecslint.source import SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from test_rules import Case

    from ecslint.engine import Report

ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf:key"


def task(*arns: str, **more: str) -> str:
    secrets = [{"name": f"S{number}", "valueFrom": arn} for number, arn in enumerate(arns)]
    role = "arn:aws:iam::111122223333:role/execution"
    container = {"name": "b", "image": "c:1", "secrets": secrets}
    data = {"family": "a", "executionRoleArn": role, "containerDefinitions": [container], **more}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def test_a_file_is_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = write(tmp_path, {"a.json": task(ARN, ARN)})
    assert main(["fix", str(top)]) == 0
    assert (top / "a.json").read_text(encoding="utf-8") == task(f"{ARN}::", f"{ARN}::")
    out = capsys.readouterr().out
    assert out.count("fixed[secret-arn-malformed]: end the ARN with the empty fields") == 2
    assert out.endswith("no findings in 1 file\n")


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ARN)})
    main(["fix", str(top)])
    before = (top / "a.json").stat()
    assert main(["fix", str(top)]) == 0
    assert (top / "a.json").stat() == before


FIXABLE = [
    case for case in CASES if case.findings and case.rule.id in {"secret-arn-malformed", "secrets-entry-uses-value"}
]


@pytest.mark.parametrize("case", FIXABLE, ids=[case.name for case in FIXABLE])
def test_every_fix_leaves_files_that_can_be_read(case: Case, tmp_path: Path) -> None:
    top = write(tmp_path, case.files)
    fixable = [finding.fingerprint for finding in lint(top).findings if finding.fix]
    main(["fix", str(top), "--unsafe"])
    report = lint(top)
    assert not report.problems
    assert not [finding for finding in report.findings if finding.fix and finding.fingerprint in fixable]


@pytest.mark.parametrize(
    ("mark", "encoding"), [("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("\ufeff", "utf-16-be")]
)
def test_the_encoding_stays(mark: str, encoding: str, tmp_path: Path) -> None:
    top = write(tmp_path, {})
    text = task(ARN, comment="한국어 🦆").replace("\n", "\r\n")
    (top / "a.json").write_bytes((mark + text).encode(encoding))
    (top / "a.json").chmod(0o640)
    assert main(["fix", str(top)]) == 0
    assert (top / "a.json").read_bytes() == (mark + text.replace(ARN, f"{ARN}::")).encode(encoding)
    assert (top / "a.json").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in top.iterdir()) == [".git", "a.json"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    top = write(tmp_path, {"real/a.json": task(ARN)})
    (top / "b.json").symlink_to("real/a.json")
    main(["fix", str(top / "b.json")])
    assert (top / "b.json").is_symlink()
    assert f"{ARN}::" in (top / "real" / "a.json").read_text(encoding="utf-8")


def test_a_diff_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = write(tmp_path, {"a.json": task(ARN)})
    assert main(["fix", str(top), "--diff"]) == 1
    assert (top / "a.json").read_text(encoding="utf-8") == task(ARN)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("--- ")
    assert [line.strip() for line in lines if line.startswith("+ ")] == [f'+          "valueFrom": "{ARN}::"']
    write(top, {"a.json": task(f"{ARN}::")})
    assert main(["fix", str(top), "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_a_diff_shows_no_credential(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    password = "correct-horse-battery"
    container = {
        "name": "b",
        "image": "c:1",
        "environment": [{"name": "DB_PASSWORD", "value": password}],
        "secrets": [{"name": "A", "valueFrom": ARN}],
    }
    top = write(tmp_path, {"a.json": json.dumps({"family": "a", "containerDefinitions": [container]})})
    assert main(["fix", str(top), "--diff"]) == 1
    out = capsys.readouterr().out
    assert "DB_PASSWORD" in out
    assert password not in out


def test_standard_input_goes_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(write(tmp_path, {}))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(task(ARN).encode())))
    assert main(["fix", "-", "--stdin-filename", "a.json"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.decode() == task(f"{ARN}::")
    assert b"fixed[secret-arn-malformed]" in err


def finding(start: int, end: int, text: str, safe: bool = True, file: SourceFile | None = None) -> Finding:
    place = Span(file or FILE, start, end)
    fix = Fix("write", (Edit(place, text),), safe)
    label = Label(place, "", "primary")
    return Finding("r", "run", Severity.ERROR, Confidence.HIGH, "m", "a", "a", (label,), fix=fix)


FILE = SourceFile("a.json", "0123456789")


def test_edits_that_touch_wait_for_the_next_round() -> None:
    one, over, beside, other = finding(2, 4, "x"), finding(3, 5, "y"), finding(4, 4, "z"), finding(6, 7, "")
    chosen, texts = apply([one, over, beside, other])
    assert chosen == [one, other]
    assert texts == {"a.json": "01x45789"}


class Faked:
    """A linter that gives one report after the other, and problems for texts that hold a word."""

    def __init__(self, *rounds: list[Finding]) -> None:
        self.rounds = list(rounds)
        self.seen: list[Mapping[str, str]] = []

    def __call__(self, texts: Mapping[str, str]) -> Report:
        from ecslint.finding import Problem

        report = lint(FIXTURES / "deployments" / "support-assistant")
        done = len([texts for texts in self.seen if "bad" not in "".join(texts.values())])
        report.findings = self.rounds[min(done, len(self.rounds) - 1)]
        if any("bad" in text for text in texts.values()):
            report.problems.append(Problem("json-syntax", "a.json", "broken"))
        self.seen.append(dict(texts))
        return report


def test_a_fix_that_breaks_a_file_is_left_out() -> None:
    good = finding(0, 1, "good")
    mended = mend(Faked([finding(5, 6, "bad"), good], []))
    assert mended.findings == [good]
    assert mended.texts == {"a.json": "good123456789"}
    assert not mended.report.problems


def test_unsafe_fixes_are_asked_for() -> None:
    unsafe = finding(0, 1, "x", safe=False)
    assert mend(Faked([unsafe], [])).texts == {}
    assert mend(Faked([unsafe], []), unsafe=True).texts == {"a.json": "x123456789"}


def test_fixes_that_never_end_are_ended() -> None:
    mended = mend(Faked([finding(0, 0, "x")]))
    assert len(mended.findings) == 20
