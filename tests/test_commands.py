"""Whole command lines: statuses, options, streams, and output that depends on nothing but the input."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import TOP, Done, command, write

from ecslint import __version__, cli, schema
from ecslint.registry import META_STAGE, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Main = Callable[..., Done]

CLEAN = json.dumps(
    {"family": "checkout", "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "memory": 256}]}
)

IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout"
WARNS = CLEAN.replace("nginx:1.27", f"{IMAGE}:latest")
NOTES = CLEAN.replace("nginx:1.27", "nginx")
FAILS = json.dumps(
    {
        "family": "checkout",
        "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
        "containerDefinitions": [
            {
                "name": "app",
                "image": f"{IMAGE}:latest",
                "memory": 256,
                "environment": [{"name": "TOKEN", "value": "x"}],
                "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/token"}],
            }
        ],
    }
)
BROKEN = '{"containerDefinitions": ['


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A boundary that is the working directory, with a file of each kind."""
    files = {
        "clean.json": CLEAN,
        "warns.json": WARNS,
        "notes.json": NOTES,
        "fails.json": FAILS,
        "broken.json": BROKEN,
        "package.json": "{}",
    }
    write(tmp_path, files)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def main(folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Main:
    """Run a command line in this process, with a plain environment."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "ECSLINT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Done:
        try:
            status = cli.main(arguments)
        except SystemExit as left:
            status = int(left.code or 0)
        finally:
            gc.enable()
        out, err = capfdbinary.readouterr()
        return Done(status, out.decode(), err.decode())

    return run


# Statuses


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("clean.json", 0),
        ("warns.json", 0),
        ("notes.json", 0),
        ("fails.json", 1),
        ("broken.json", 2),
        ("missing.json", 2),
        ("empty", 3),
        ("package.json", 3),
        ("clean.json fails.json", 1),
        ("fails.json broken.json", 2),
        ("fails.json missing.json", 2),
        ("clean.json package.json", 0),
        (".", 2),
        ("check fails.json", 1),
        ("warns.json --fail-on warning", 1),
        ("warns.json --fail-on note", 1),
        ("warns.json --fail-on error", 0),
        ("notes.json --fail-on note", 1),
        ("notes.json --fail-on warning", 0),
        ("notes.json --fail-on note --pedantic", 1),
        ("fails.json --exit-zero", 0),
        ("broken.json --exit-zero", 2),
        ("empty --exit-zero", 3),
        ("fails.json --ignore register", 0),
        ("fails.json --select rollout", 0),
        ("fails.json --select rollout --fail-on warning", 1),
        ("fails.json --select register,rollout", 1),
        ("fails.json --select start --select register", 1),
        ("fails.json --ignore name-in-environment-and-secrets", 0),
    ],
)
def test_statuses(main: Main, arguments: str, status: int) -> None:
    for form in ("text", "concise", "json"):
        done = main(*arguments.split(), "--format", form)
        assert done.status == status, done
        assert done.err == ""


def test_the_configuration_sets_what_fails_and_the_command_line_wins(main: Main, folder: Path) -> None:
    write(folder, {".ecslint.yml": "fail-on: warning\npedantic: true\n"})
    assert main("warns.json").status == 1
    assert main("warns.json", "--fail-on", "error").status == 0
    assert "note[" in main("notes.json").out


def test_pedantic(main: Main) -> None:
    quiet = main("notes.json")
    assert "note[" not in quiet.out
    assert quiet.out.endswith("1 note withheld (--pedantic shows them)\n")
    assert "note[" in main("notes.json", "--pedantic").out


def test_the_rest_is_linted_beside_what_is_broken(main: Main) -> None:
    done = main(".")
    assert "problem[json-syntax]" in done.out
    assert "error[name-in-environment-and-secrets]" in done.out
    report = json.loads(main(".", "--format", "json").out)
    assert report["summary"]["files"] == 5
    assert len(report["problems"]) == 1


# Usage errors


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("", "ecslint: name a file or a folder\n  help: `ecslint .` takes all that lies here\n"),
        ("--nope .", "ecslint: unrecognized arguments: --nope\n  help: `ecslint --help` shows the usage\n"),
        ("--selct x .", "ecslint: unrecognized arguments: --selct\n  help: did you mean `--select`?\n"),
        ("--pedant .", "ecslint: unrecognized arguments: --pedant\n  help: did you mean `--pedantic`?\n"),
        ("--fail-on=never .", "ecslint: argument --fail-on: invalid choice: 'never'"),
        ("--format=xml .", "ecslint: argument --format: invalid choice: 'xml'"),
        ("--select", "ecslint: argument --select: expected one argument\n"),
        ("--select=, .", "ecslint: --select names no rule\n"),
        ("--ignore= .", "ecslint: --ignore names no rule\n"),
        (
            "--select=mutable-image .",
            "there is no rule or stage `mutable-image`\n  help: did you mean `mutable-image-tag`?\n",
        ),
        ("--ignore=qqq .", "ecslint: there is no rule or stage `qqq`\n  help: `ecslint rule` lists the rules\n"),
        ("--config=none.yml .", "ecslint: there is no configuration `none.yml`\n"),
        ("--root=none .", "ecslint: --root names no folder: `none`\n"),
        ("- clean.json", "ecslint: `-` stands for standard input and takes no other path beside it\n"),
        ("-", "ecslint: standard input needs --stdin-filename, which says what it holds\n"),
        ("--stdin-filename=x.json clean.json", "ecslint: --stdin-filename goes with `-`\n"),
        ("rule nope-nope", "ecslint rule: there is no rule `nope-nope`\n"),
        (
            "rule mutable-image",
            "ecslint rule: there is no rule `mutable-image`\n  help: did you mean `mutable-image-tag`?\n",
        ),
        ("files", "ecslint files: name a file or a folder\n  help: `ecslint files .` takes all that lies here\n"),
        ("config --nope", "ecslint config: unrecognized arguments: --nope\n"),
    ],
)
def test_a_usage_error_says_what_is_wrong_and_gives_2(main: Main, arguments: str, error: str) -> None:
    done = main(*arguments.split())
    assert done.status == 2
    assert done.out == ""
    assert error in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("columns", ["", "0", "40", "abc", "-5", "99999999999999999999"])
def test_help_in_any_width(main: Main, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = main("--help")
    assert done.status == 0
    for name in cli.COMMANDS:
        assert f"\n  {name} " in done.out
    assert "exit status: 0 clean" in done.out
    assert main("clean.json").status == 0


def test_every_command_has_help(main: Main) -> None:
    for name in cli.COMMANDS:
        done = main(name, "--help")
        assert done.status == 0
        assert done.out.startswith(f"usage: ecslint{'' if name == 'check' else ' ' + name} ")


def test_version(main: Main) -> None:
    assert main("--version") == Done(0, f"ecslint {__version__}\n", "")


# Standard input


def test_standard_input(folder: Path) -> None:
    done = command(folder, "-", "--stdin-filename", "deploy/task.json", stdin=FAILS.encode())
    assert done.status == 1
    assert "--> deploy/task.json:1:" in done.out
    # It stands for the file of that name, whatever that holds.
    assert command(folder, "-", "--stdin-filename", "broken.json", stdin=CLEAN.encode()).status == 0
    assert command(folder, "-", "--stdin-filename", "x.json", stdin=b"\xef\xbb\xbf" + CLEAN.encode()).status == 0
    assert command(folder, "-", "--stdin-filename", "x.json", stdin=CLEAN.encode("utf-16")).status == 0
    assert command(folder, "-", "--stdin-filename", "x.json", stdin=BROKEN.encode()).status == 2
    assert command(folder, "-", "--stdin-filename", "x.json").status == 2
    assert command(folder, "-", "--stdin-filename", "notes.txt", stdin=b"x").status == 3


def test_standard_input_obeys_the_configuration_of_its_folder(folder: Path) -> None:
    write(folder, {"deploy/.ecslint.yml": "severity: {register: off}\n"})
    assert command(folder, "-", "--stdin-filename", "deploy/task.json", stdin=FAILS.encode()).status == 0
    assert command(folder, "-", "--stdin-filename", "task.json", stdin=FAILS.encode()).status == 1


def test_standard_input_that_is_no_text(folder: Path) -> None:
    done = command(folder, "-", "--stdin-filename", "x.json", stdin=b"caf\xe9")
    assert done.status == 2
    assert done.err == "ecslint: standard input cannot be read: it is not UTF-8: byte 4, on line 1\n"


# The other commands


def test_rule_lists_the_rules(main: Main) -> None:
    done = main("rule")
    assert done.status == 0
    rules = [line.split()[:2] for line in done.out.splitlines() if line.startswith("  ")]
    known = load().rules
    assert dict(rules) == {id: rule.severity.word for id, rule in known.items()}
    listed = json.loads(main("rule", "--format", "json").out)
    assert [rule["id"] for rule in listed] == list(known)
    assert all(rule["stage"] == known[rule["id"]].stage for rule in listed)


@pytest.mark.parametrize("id", [id for id, rule in load().rules.items() if rule.stage != META_STAGE][:5])
def test_rule_explains_a_rule(main: Main, id: str) -> None:
    done = main("rule", id)
    assert done.status == 0
    assert done.out.startswith(f"# {id}\n")
    assert "Source:" in done.out
    facts = json.loads(main("rule", id, "--format", "json").out)
    assert facts["manual"] == done.out
    assert set(facts) == {
        *("id", "stage", "severity", "confidence", "since", "deprecated", "replaced_by", "title", "symptoms", "peers"),
        *("options", "manual"),
    }


def test_files(main: Main) -> None:
    done = main("files", ".")
    assert done.status == 2
    assert done.out.splitlines() == [
        *(f"{name}.json  taskdef" for name in ("broken", "clean", "fails", "notes", "warns")),
        "package.json  skipped",
        "broken.json  problem[json-syntax]: expected a value or `]`, found the end of the text",
    ]
    data = json.loads(main("files", ".", "--format", "json").out)
    assert data["files"][1] == {"path": "clean.json", "frontend": "taskdef", "project": "clean.json"}
    assert data["skipped"] == ["package.json"]
    assert [problem["kind"] for problem in data["problems"]] == ["json-syntax"]
    assert main("files", "clean.json").status == 0
    assert main("files", "package.json").status == 3


def test_config(main: Main, folder: Path) -> None:
    data = json.loads(main("config").out)
    assert data["boundary"] == str(folder)
    assert data["file"] is None
    assert data["settings"] == {}
    assert data["rules"] == list(load().rules)
    write(folder, {".ecslint.yml": "select: [rollout]\nfail-on: warning\n"})
    data = json.loads(main("config", "clean.json").out)
    assert data["file"] == ".ecslint.yml"
    assert data["settings"] == {"select": ["rollout"], "fail-on": "warning"}
    assert {load().rules[id].stage for id in data["rules"]} == {"rollout"}
    assert json.loads(main("config", "--schema").out) == schema.configuration()


def test_config_with_mistakes(main: Main, folder: Path) -> None:
    write(folder, {".ecslint.yml": "exclud: []\n"})
    done = main("config")
    assert done.status == 2
    assert json.loads(done.out)["settings"] == {}
    assert "problem[configuration]: there is no setting `exclud`" in done.err


# Colour


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_without_a_terminal(folder: Path, environment: dict[str, str], coloured: bool) -> None:
    for form in ("text", "json", "concise"):
        done = command(folder, "fails.json", "--format", form, environment=environment)
        assert ("\x1b[" in done.out) is (coloured and form == "text")


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
)
def test_colour_on_a_terminal(folder: Path, environment: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "ecslint", "fails.json"]
    variables = {"PYTHONPATH": str(TOP), "COLUMNS": "80", **environment}
    with subprocess.Popen(arguments, cwd=folder, stdout=theirs, env=variables) as process:
        os.close(theirs)
        out = b""
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:
                break
            if not read:
                break
            out += read
    os.close(ours)
    assert process.returncode == 1
    assert (b"\x1b[" in out) is coloured


# Streams


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    many = {f"many/{index}.json": FAILS for index in range(200)}
    write(folder, many)
    process = subprocess.Popen(
        [sys.executable, "-m", "ecslint", "many"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(TOP)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 1


def test_output_is_utf_8_whatever_the_locale_says(folder: Path) -> None:
    write(folder, {"한국.json": FAILS})
    done = command(folder, "한국.json", environment={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.status == 1
    assert "--> 한국.json:1:" in done.out


@pytest.mark.skipif(os.name != "posix", reason="names that are no text are POSIX's")
def test_a_name_that_is_no_text(folder: Path) -> None:
    (folder / "odd").mkdir()
    (folder / "odd" / os.fsdecode(b"t\xff\n.json")).write_text(FAILS)
    assert "--> odd/t\ufffd .json:1:" in command(folder, "odd").out
    report = json.loads(command(folder, "odd", "--format", "json").out)
    assert report["findings"][0]["labels"][0]["path"] == "odd/t\udcff\n.json"
    assert command(folder, "files", "odd").out == "odd/t\ufffd .json  taskdef\n"


def test_what_nobody_thought_of_is_told_without_a_traceback(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    from ecslint.commands import check

    def fail(*rest: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(check, "render", fail)
    done = main("clean.json")
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("ecslint: internal error: ZeroDivisionError: oh\n  help: this is a defect of ecslint")
    monkeypatch.setenv("ECSLINT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main("clean.json")


def test_an_interrupt_is_no_error(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    from ecslint.commands import check

    def interrupt(*rest: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "render", interrupt)
    assert main("clean.json") == Done(130, "", "")


# The same input gives the same bytes


def test_output_depends_on_no_hash_seed_and_no_order(folder: Path) -> None:
    names = sorted(path.name for path in folder.glob("*.json"))
    for form in ("text", "json", "concise"):
        outputs = {
            command(folder, *order, "--format", form, "--pedantic", environment={"PYTHONHASHSEED": seed})
            for seed, order in (("0", names), ("1", names[::-1]), ("2", [*names[2:], *names[:2]]))
        }
        assert len(outputs) == 1


def test_output_depends_on_the_working_directory_in_its_paths_only(folder: Path) -> None:
    inner = folder / "empty"
    here = json.loads(command(folder, "fails.json", "warns.json", "--format", "json").out)
    there = json.loads(command(inner, "../fails.json", "../warns.json", "--format", "json").out)
    assert json.dumps(there).replace("../", "") == json.dumps(here)
    elsewhere = command(folder.parent, f"{folder.name}/fails.json", "--format", "concise").out
    assert elsewhere == command(folder, "fails.json", "--format", "concise").out.replace(
        "fails", f"{folder.name}/fails"
    )


def test_it_runs_as_a_module_and_as_a_function(main: Main, folder: Path) -> None:
    assert command(folder, "fails.json") == main("fails.json")
