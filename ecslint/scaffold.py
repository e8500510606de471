"""The files that `init` and `new-rule` begin with, as texts."""

from __future__ import annotations

import re

from ecslint import HOME, __version__
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BASELINE = ".ecslint-baseline.yml"


def release() -> str:
    """The newest tag that this ecslint knows of: its own version's."""
    found = re.match(r"\d+\.\d+\.\d+", __version__)
    return f"v{found.group()}" if found else "main"


def configuration(
    families: Sequence[str] = (),
    var_files: Sequence[str] = (),
    parameter_files: Sequence[str] = (),
    baseline: bool = False,
) -> str:
    """A commented `.ecslint.yml`, its examples made of what was found."""
    family = families[0] if families else "backend*"
    mark = "" if baseline else "# "
    variables = "\n".join(f"#     - {path}" for path in var_files) or "#     - prod.tfvars"
    parameters = "\n".join(f"#     - {path}" for path in parameter_files) or "#     - parameters/prod.json"
    return f"""\
# yaml-language-server: $schema={HOME.replace("github.com", "raw.githubusercontent.com")}/main/ecslint.schema.json
#
# The settings of ecslint; each may be left out. `ecslint config` shows those in force, `ecslint rule` lists the rules.

# The least severity that gives status 1: note, warning or error.
fail-on: error

# Findings that were there when ecslint was adopted; `ecslint . --write-baseline {BASELINE}` writes the file.
{mark}baseline: {BASELINE}

# Names that every task definition of a family must be given. They are what the application cannot start without.
# required:
#   - task: "{family}"
#     secrets: [DATABASE_URL]
#     environment: [NODE_ENV]

# What is not linted, in the patterns of .gitignore.
# exclude:
#   - examples/

# Rules or whole stages that say less, more or nothing: off, note, warning, error.
# severity:
#   mutable-image-tag: error
#   rollout: note

# Other settings for some paths; the last that matches wins.
# overrides:
#   - paths: [environments/dev]
#     disable: [rollout]

# Findings that are meant, each with its reason and, better, with a last day.
# ignore:
#   - rule: plaintext-credential
#     address: "{family}/*"
#     reason: a password of the local database
#     until: "2027-12-31"

# What Terraform and CloudFormation are given when they are run.
# terraform:
#   var-files:
{variables}
# cloudformation:
#   parameter-files:
{parameters}
"""


def hook(path: str) -> str:
    """What goes into `.pre-commit-config.yaml`."""
    arguments = "" if path == "." else f'\n        args: ["{path}"]'
    return f"""\
  - repo: {HOME}
    rev: {release()}
    hooks:
      - id: ecslint{arguments}
"""


def workflow(path: str) -> str:
    """A workflow for GitHub Actions that tells what a pull request brings."""
    return f"""\
name: ecslint
on:
  pull_request:
permissions:
  contents: read
jobs:
  ecslint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
          fetch-depth: 2
      - uses: {HOME.removeprefix("https://github.com/")}@{release()}
        with:
          paths: {path}
          only-new: "true"
"""


def gitlab_job(path: str) -> str:
    """A job for GitLab CI that shows findings in the merge request."""
    return f"""\
ecslint:
  image: python:3.13-slim
  script:
    - pip install ecslint
    - ecslint {path} --allow-nothing --output gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


def rule(name: str) -> str:
    """A rule to begin with: it finds containers of the name `example-container`, and its examples pass."""
    words = "".join(word.capitalize() for word in name.split("-"))
    return f'''\
from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container


class {words}(Rule):
    """A container is named `example-container`.

    Say why that is bad: what AWS refuses, or what fails later. The first sentence is the rule's title, the whole text
    its manual.

    Source: where each fact comes from.

    ```json bad
    # {{"family": "checkout-api", "containerDefinitions": [
      {{"name": "example-container", "image": "nginx:1.27"}}
    # ]}}
    ```

    ```json good
    # {{"family": "checkout-api", "containerDefinitions": [
      {{"name": "app", "image": "nginx:1.27"}}
    # ]}}
    ```
    """

    severity = Severity.WARNING
    since = "{release().removeprefix("v").rpartition(".")[0] or "0.1"}"

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the name; an unknown one is not judged."""
        if container.name.equals("example-container").yes:
            yield self.finding(
                container,
                "The container is named `example-container`",
                at=container.name,
                label="what is wrong with this very text",
                help="what to write instead",
            )
'''


def example(bad: bool) -> str:
    """A fixture of the rule to begin with."""
    name = "example-container" if bad else "app"
    return f"""\
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: checkout-api
      ContainerDefinitions:
        - Name: {name}
          Image: nginx:1.27
"""
