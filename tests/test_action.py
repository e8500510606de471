"""The GitHub Action's script, without GitHub: faked inputs, a real repository, the real linter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from scratch import ENVIRONMENT, commit, copy, git, repository
from support import TOP, script

if TYPE_CHECKING:
    from pathlib import Path

ACTION = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))


def task(image: str = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1.2", **more: Any) -> str:
    role = "arn:aws:iam::111122223333:role/execution"
    return json.dumps(
        {"family": "a", "executionRoleArn": role, "containerDefinitions": [{"name": "app", "image": image, **more}]},
        indent=1,
    )


CLASH: dict[str, Any] = {
    "environment": [{"name": "A", "value": "b"}],
    "secrets": [{"name": "A", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/a"}],
}


class Job:
    """A job of GitHub Actions in a checkout, and what it left behind."""

    def __init__(self, checkout: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.checkout = checkout
        self.temporary = temporary
        self.monkeypatch = monkeypatch
        self.capture: pytest.CaptureFixture[str]
        temporary.mkdir()

    def environment(self, inputs: dict[str, str]) -> dict[str, str]:
        given = {name: str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()}
        given.update({"base": "", **inputs})
        return {
            **{name: value for name, value in ENVIRONMENT.items() if name not in {"FORCE_COLOR", "COLUMNS"}},
            **{f"ECSLINT_{name.upper().replace('-', '_')}": value for name, value in given.items()},
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.checkout),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "RUNNER_TEMP": str(self.temporary),
        }

    def run(self, **inputs: str) -> int:
        """Run the script with inputs, underscores for hyphens, and a linter that is installed already."""
        for name in list(os.environ):
            self.monkeypatch.delenv(name)
        for name, value in self.environment({key.replace("_", "-"): value for key, value in inputs.items()}).items():
            self.monkeypatch.setenv(name, value)
        module = script("action")
        linter = self.temporary / "ecslint"
        code = f"import sys; sys.path.insert(0, {str(TOP)!r}); from ecslint.cli import main; sys.exit(main())"
        linter.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -c "{code}" "$@"\n', encoding="utf-8")
        linter.chmod(0o755)
        self.monkeypatch.setattr(module, "install", lambda folder, environment: linter)
        status: int = module.main()
        self.printed = self.capture.readouterr().out
        return status

    @property
    def outputs(self) -> dict[str, str]:
        lines = (self.temporary / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def summary(self) -> str:
        path = self.temporary / "summary"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def annotations(self) -> list[str]:
        return [line for line in self.printed.splitlines() if line.startswith(("::error", "::warning", "::notice"))]


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Job:
    made = Job(repository(tmp_path / "checkout", {"README.md": "x"}), tmp_path / "temporary", monkeypatch)
    made.capture = capfd
    return made


def test_one_run_gives_everything(job: Job) -> None:
    commit(job.checkout, {"deploy/taskdef.json": task(**CLASH)})
    assert job.run() == 1
    assert "error[name-in-environment-and-secrets]" in job.printed
    (annotation,) = job.annotations
    assert annotation.startswith("::error file=deploy/taskdef.json,line=")
    assert (job.outputs["status"], job.outputs["errors"], job.outputs["warnings"]) == ("1", "1", "0")
    sarif = json.loads((job.checkout / job.outputs["sarif"]).read_text(encoding="utf-8"))
    (result,) = sarif["runs"][0]["results"]
    assert result["ruleId"] == "name-in-environment-and-secrets"
    assert "<code>name-in-environment-and-secrets</code>" in job.summary
    assert git(job.checkout, "status", "--porcelain") == ""


@pytest.mark.parametrize(("files", "status", "own"), [
    ({"taskdef.json": task()}, 0, "0"),
    ({"package.json": "{}"}, 0, "3"),
    ({"taskdef.json": task()[:-4]}, 2, "2"),
])  # fmt: skip
def test_the_status_is_the_linters_own(job: Job, files: dict[str, str], status: int, own: str) -> None:
    commit(job.checkout, files)
    assert job.run() == status
    assert job.outputs["status"] == own


def test_annotations_and_summary_can_be_left_out(job: Job) -> None:
    commit(job.checkout, {"taskdef.json": task(**CLASH)})
    assert job.run(annotations="false", summary="false") == 1
    assert job.annotations == []
    assert job.summary == ""


def test_only_what_the_change_brings(job: Job) -> None:
    base = commit(job.checkout, {"deploy/old.json": task(**CLASH)})
    commit(job.checkout, {"deploy/new.json": task("111122223333.dkr.ecr.eu-west-1.amazonaws.com/a")})
    assert job.run(base=base, only_new="true", paths="deploy", fail_on="warning") == 1
    (annotation,) = job.annotations
    assert annotation.startswith("::warning file=deploy/new.json,")
    assert git(job.checkout, "worktree", "list").count("\n") == 0
    # GitHub would open an alert for what is suppressed.
    sarif = json.loads((job.checkout / job.outputs["sarif"]).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["mutable-image-tag"]


def test_a_change_that_only_mends_brings_nothing(job: Job) -> None:
    base = commit(job.checkout, {"a.json": task(**CLASH), "b.json": task(**CLASH)})
    commit(job.checkout, {"a.json": task()})
    assert job.run(base=base, only_new="true", fail_on="note") == 0
    assert job.annotations == []


def test_a_folder_that_the_change_makes_is_all_new(job: Job) -> None:
    base = git(job.checkout, "rev-parse", "HEAD")
    commit(job.checkout, {"sub/deploy/taskdef.json": task(**CLASH)})
    assert job.run(base=base, only_new="true", working_directory="sub", paths="deploy") == 1
    assert len(job.annotations) == 1


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_without_a_base_all_is_told(job: Job, base: str) -> None:
    commit(job.checkout, {"taskdef.json": task(**CLASH)})
    assert job.run(base=base, only_new="true") == 1
    assert job.annotations[0] == "::notice title=ecslint::There is no commit to compare with, so all findings are told."


def test_a_shallow_checkout_fetches_its_base(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = commit(job.checkout, {"old.json": task(**CLASH)})
    commit(job.checkout, {"new.json": task(cpu=1, **CLASH)})
    git(job.checkout, "config", "uploadpack.allowAnySHA1InWant", "true")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{job.checkout}", str(shallow))
    job.checkout = shallow
    assert job.run(base=base, only_new="true") == 1
    (annotation,) = job.annotations
    assert "file=new.json" in annotation


def test_a_base_that_cannot_be_had_is_no_success(job: Job) -> None:
    commit(job.checkout, {"taskdef.json": task()})
    assert job.run(base="1" * 40, only_new="true") == 2
    (annotation,) = job.annotations
    assert "cannot be had" in annotation
    assert "fetch-depth: 0" in annotation


def test_a_base_that_cannot_be_read_is_said(job: Job) -> None:
    base = commit(job.checkout, {"a.json": task()[:-4], "b.json": task(**CLASH)})
    commit(job.checkout, {"a.json": task()})
    assert job.run(base=base, only_new="true") == 0
    (annotation,) = job.annotations
    assert annotation.startswith("::warning title=ecslint::The commit to compare with could not be read whole")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"only_new": "perhaps"}, "`only-new` is true or false"),
        ({"fail_on": "fatal"}, "`fail-on` is one of"),
        ({"paths": "'a"}, "`paths` cannot be taken apart"),
        ({"working_directory": "none"}, "there is no folder `none`"),
        ({"only_new": "true", "baseline": "a.yml"}, "`only-new` makes a baseline of its own"),
        ({"only_new": "true", "base": "--upload-pack=x"}, "`base` is no commit"),
    ],
)
def test_a_wrong_input_is_said(job: Job, inputs: dict[str, str], said: str) -> None:
    assert job.run(**inputs) == 2
    assert any(said in annotation for annotation in job.annotations)


def test_a_path_is_never_an_option(job: Job) -> None:
    commit(job.checkout, {"--exit-zero/taskdef.json": task(**CLASH), "with blank/taskdef.json": task(**CLASH)})
    assert job.run(paths="--exit-zero 'with blank'") == 1
    assert len(job.annotations) == 2


def test_nothing_of_the_repository_is_run(job: Job) -> None:
    """Files beside the linter's working directory must not pass for modules."""
    trap = "open('trapped', 'w').close()"
    names = ["ecslint.py", "venv.py", "pip.py", "yaml.py", "json.py", "sitecustomize.py"]
    base = commit(job.checkout, dict.fromkeys(names, trap))
    commit(job.checkout, {"taskdef.json": task(**CLASH)})
    assert job.run(base=base, only_new="true") == 1
    assert not (job.checkout / "trapped").exists()


def test_the_whole_script_installs_the_linter_by_itself(job: Job, tmp_path: Path) -> None:
    trap = "raise SystemExit(9)"
    commit(job.checkout, {"taskdef.json": task(**CLASH), "venv.py": trap, "pip.py": trap})
    environment = job.environment({"action-ref": "v7.8.9"})
    done = subprocess.run(
        [sys.executable, "-I", str(copy(tmp_path / "action") / "scripts" / "action.py")],
        cwd=job.checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if "could not be installed" in done.stdout and "No matching distribution" in done.stdout:
        pytest.skip("no package registry is in reach")
    assert done.returncode == 1, done.stdout + done.stderr
    sarif = json.loads((job.temporary / job.outputs["sarif"]).read_text(encoding="utf-8"))
    assert sarif["runs"][0]["tool"]["driver"]["version"] == "7.8.9"


def test_inputs_reach_the_script_by_environment_alone() -> None:
    steps = ACTION["runs"]["steps"]
    assert all("${{" not in step.get("run", "") for step in steps)
    given = {name for step in steps for name in step.get("env", {})}
    for name in set(ACTION["inputs"]) - {"upload-sarif", "category"}:
        assert f"ECSLINT_{name.upper().replace('-', '_')}" in given
    assert all(step["uses"].split("@")[1].isalnum() for step in steps if "uses" in step)
