"""What the GitHub Action does: install ecslint by itself, lint, and hand the reports over.

Its inputs are environment variables, see `action.yml`. It is run by whatever Python the runner has, so it uses nothing
but the standard library. It runs `git` and the installed ecslint, and nothing out of the repository.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST = (3, 10)
SOURCE = Path(__file__).resolve().parent.parent

OK, FOUND, FAILED, NOTHING = range(4)

_RELEASE = re.compile(r"v?(\d+\.\d+\.\d+)")
_SEVERITIES = ("note", "warning", "error")


class Wrong(Exception):
    """The action cannot do what it is asked for; the message is for the person who wrote the workflow."""


class Inputs:
    """The action's inputs. Raises `Wrong` for what none of them may be."""

    def __init__(self, environment: dict[str, str]) -> None:
        def text(name: str, default: str = "") -> str:
            return environment.get(f"ECSLINT_{name}", "").strip() or default

        def switch(name: str, default: str) -> bool:
            value = text(name, default).lower()
            if value not in {"true", "false"}:
                raise Wrong(f"`{name.lower().replace('_', '-')}` is true or false, not `{value}`")
            return value == "true"

        try:
            self.paths = shlex.split(text("PATHS", "."))
        except ValueError as error:
            raise Wrong(f"`paths` cannot be taken apart: {error}") from error
        self.folder = Path(environment.get("GITHUB_WORKSPACE") or os.getcwd()) / text("WORKING_DIRECTORY", ".")
        if not self.folder.is_dir():
            raise Wrong(f"there is no folder `{text('WORKING_DIRECTORY')}`: is the repository checked out?")
        self.config = text("CONFIG")
        self.baseline = text("BASELINE")
        self.only_new = switch("ONLY_NEW", "false")
        self.base = text("BASE")
        self.fail_on = text("FAIL_ON")
        if self.fail_on and self.fail_on not in _SEVERITIES:
            raise Wrong(f"`fail-on` is one of {', '.join(_SEVERITIES)}, not `{self.fail_on}`")
        self.pedantic = switch("PEDANTIC", "false")
        self.annotations = switch("ANNOTATIONS", "true")
        self.summary = switch("SUMMARY", "true")
        if self.only_new and self.baseline:
            raise Wrong("`only-new` makes a baseline of its own: leave `baseline` to the configuration")

    def options(self) -> list[str]:
        """The options of the linter that both runs have."""
        given = ["--pedantic"] if self.pedantic else []
        given += ["--config", self.config] if self.config else []
        return given


def say(kind: str, text: str) -> None:
    """Annotate the job itself."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::{kind} title=ecslint::{escaped}", flush=True)


def install(folder: Path, environment: dict[str, str]) -> Path:
    """Install this checkout of ecslint into a folder of its own; the path of the command.

    No Python here sees the repository's folder, whose files could pass for modules of the installer.
    """
    release = _RELEASE.fullmatch(environment.get("ECSLINT_ACTION_REF", ""))
    given = dict(environment)
    if release:
        given["SETUPTOOLS_SCM_PRETEND_VERSION_FOR_ECSLINT"] = release.group(1)
    bin = folder / ("Scripts" if os.name == "nt" else "bin")
    uv = shutil.which("uv")
    if uv:
        commands = [
            [uv, "venv", "--quiet", "--no-project", "--python", f">={OLDEST[0]}.{OLDEST[1]}", str(folder)],
            [uv, "pip", "install", "--quiet", "--no-config", "--python", str(folder), str(SOURCE)],
        ]
    elif sys.version_info >= OLDEST:
        pip = [str(bin / "python"), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        commands = [[sys.executable, "-I", "-m", "venv", str(folder)], [*pip, str(SOURCE)]]
    else:
        wanted = ".".join(map(str, OLDEST))
        raise Wrong(f"ecslint needs Python {wanted} or later: put actions/setup-python or astral-sh/setup-uv before it")
    for command in commands:
        done = subprocess.run(command, cwd=folder.parent, env=given, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Wrong(f"ecslint could not be installed\n{(done.stderr or done.stdout)[-2000:]}")
    return bin / "ecslint"


class Base:
    """The commit that the change is based on, in a work tree of its own."""

    def __init__(self, inputs: Inputs, temporary: Path) -> None:
        self.inputs = inputs
        self.tree = temporary / "base"
        self.file = temporary / "base.yml"

    def git(self, *arguments: str) -> str:
        """Run git in the repository, without its hooks. Raises `CalledProcessError`."""
        command = ["git", "-c", f"core.hooksPath={os.devnull}", *arguments]
        environment = {**os.environ, "GIT_LFS_SKIP_SMUDGE": "1", "GIT_TERMINAL_PROMPT": "0"}
        done = subprocess.run(
            command, cwd=self.inputs.folder, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self) -> str:
        """The commit, fetched if the checkout is shallow; empty for a branch that is new. Raises `Wrong`."""
        name = self.inputs.base
        if not name or not name.strip("0"):
            return ""
        if name.startswith("-"):
            raise Wrong(f"`base` is no commit: `{name}`")
        if shutil.which("git") is None:
            raise Wrong("`only-new` needs git on the runner")
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except subprocess.CalledProcessError:
            pass
        try:
            self.git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", name)
            return self.git("rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}")
        except subprocess.CalledProcessError as error:
            raise Wrong(
                f"the commit `{name}` to compare with cannot be had: {error.stderr.strip()}\n"
                "Check the repository out with `fetch-depth: 0`, or give `base` another commit."
            ) from error

    def baseline(self, ecslint: Path) -> Path | None:
        """A baseline of all that the base has; None where there is nothing to compare with. Raises `Wrong`."""
        commit = self.commit()
        if not commit:
            say("notice", "There is no commit to compare with, so all findings are told.")
            return None
        prefix = self.git("rev-parse", "--show-prefix")
        self.git("worktree", "add", "--quiet", "--detach", str(self.tree), commit)
        try:
            return self._lint(ecslint, self.tree / prefix)
        finally:
            self.git("worktree", "remove", "--force", str(self.tree))

    def _lint(self, ecslint: Path, folder: Path) -> Path | None:
        paths = [path for path in self.inputs.paths if (folder / path).exists()]
        options = self.inputs.options()
        if self.inputs.config and not (folder / self.inputs.config).exists():
            options = [option for option in options if option not in {"--config", self.inputs.config}]
        if not paths:
            return None
        command = [str(ecslint), "check", *options, "--format=concise", "--write-baseline", str(self.file)]
        environment = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
        done = subprocess.run(
            [*command, "--", *paths], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode == FAILED:
            text = "The commit to compare with could not be read whole, so more may be told as new."
            say("warning", f"{text}\n{done.stdout}")
        return self.file if self.file.exists() else None


def lint(ecslint: Path, inputs: Inputs, baseline: Path | None, reports: Path) -> int:
    """Lint what is checked out; the linter's status. The reports are left in a folder."""
    command = [str(ecslint), "check", *inputs.options()]
    for format in ("sarif", "json", "markdown"):
        command += ["--output", f"{format}={reports / f'ecslint.{format}'}"]
    if baseline is not None:
        # What the change mends is no news for its author.
        command += ["--baseline", str(baseline), "--ignore", "stale-baseline-entry"]
    elif inputs.baseline:
        command += ["--baseline", inputs.baseline]
    command += ["--fail-on", inputs.fail_on] if inputs.fail_on else []
    command += [] if inputs.annotations else ["--no-annotations"]
    return subprocess.run([*command, "--", *inputs.paths], cwd=inputs.folder, check=False).returncode


def hand_over(status: int, reports: Path, inputs: Inputs, environment: dict[str, str]) -> None:
    """Write the step's outputs and the job's summary."""
    outputs = {"status": str(status)}
    report = reports / "ecslint.json"
    if report.exists():
        summary = json.loads(report.read_text(encoding="utf-8"))["summary"]
        outputs.update(errors=str(summary["errors"]), warnings=str(summary["warnings"]))
    for name in ("sarif", "json"):
        path = reports / f"ecslint.{name}"
        if path.exists():
            outputs[name] = str(path)
    _append(environment.get("GITHUB_OUTPUT"), "".join(f"{name}={value}\n" for name, value in outputs.items()))
    markdown = reports / "ecslint.markdown"
    if inputs.summary and markdown.exists():
        _append(environment.get("GITHUB_STEP_SUMMARY"), markdown.read_text(encoding="utf-8"))


def _append(path: str | None, text: str) -> None:
    if path:
        with open(path, "a", encoding="utf-8") as stream:
            stream.write(text)


def main() -> int:
    """Do all of it; the status of the step, for which "nothing to lint" is success."""
    environment = dict(os.environ)
    temporary = Path(tempfile.mkdtemp(prefix="ecslint-", dir=environment.get("RUNNER_TEMP")))
    try:
        inputs = Inputs(environment)
        ecslint = install(temporary / "venv", environment)
        baseline = Base(inputs, temporary).baseline(ecslint) if inputs.only_new else None
    except Wrong as wrong:
        say("error", str(wrong))
        return FAILED
    except subprocess.CalledProcessError as error:
        say("error", f"`{shlex.join(error.cmd)}` failed: {error.stderr.strip()}")
        return FAILED
    status = lint(ecslint, inputs, baseline, temporary)
    hand_over(status, temporary, inputs, environment)
    return OK if status == NOTHING else status


if __name__ == "__main__":
    sys.exit(main())
