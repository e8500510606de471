"""Where a root module's variables get their values from.

Source: Terraform's documentation of input variables. Later ones win: `TF_VAR_name`, `terraform.tfvars`,
`terraform.tfvars.json`, `*.auto.tfvars` and `*.auto.tfvars.json` by name, what `.ecslint.yml` says, and the command
line's `--var-file` and `--var` in their order.
"""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.frontends.terraform.arguments import evaluated
from ecslint.frontends.terraform.cty.numbers import NotANumber, OutOfRange, parse
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Typed, mapping, null, sequence, string, unknown
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.context import Context
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.scope import Scope
from ecslint.frontends.terraform.hcl.standalone import expression
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecslint.files import Files
    from ecslint.frontends.terraform.hcl.syntax import Body
    from ecslint.frontends.terraform.variables import Variable
    from ecslint.source import SourceFile

_PREFIX = "TF_VAR_"


class Inputs:
    """The values that are given to the variables of a root module."""

    def __init__(self, files: Files, folder: str, variables: Mapping[str, Variable]) -> None:
        self.files = files
        self.folder = folder
        self.variables = variables
        self.values: dict[str, Typed] = {}
        self.problems: list[Problem] = []
        self.read: list[str] = []

    def gather(self, settings: Mapping[str, Any], base: str) -> None:
        """Take in every source. `settings` is the `terraform` part of the configuration, which lies in `base`."""
        for name, text in os.environ.items():
            if name.startswith(_PREFIX):
                self.text(name.removeprefix(_PREFIX), text)
        for path in self._automatic():
            self.file(path)
        for path in settings.get("var-files", ()):
            self.file(_beside(base, path))
        for name, data in settings.get("variables", {}).items():
            self.values[name] = plain(data)
        for kind, given in settings.get("command-line", ()):
            if kind == "var-file":
                self.file(self.files.relative(given))
            else:
                name, _, text = given.partition("=")
                self.text(name.strip(), text)

    def _automatic(self) -> list[str]:
        names = {entry.name for entry in self.files.entries(self.folder) if not entry.is_dir}
        fixed = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
        auto = sorted(name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json")))
        return [_beside(self.folder, name) for name in (*fixed, *auto)]

    def text(self, name: str, text: str) -> None:
        """A value as it stands on a command line or in the environment."""
        variable = self.variables.get(name)
        if variable is None:
            return
        if variable.textual:
            self.values[name] = string(text)
            return
        try:
            self.values[name] = expression(Origin(text, None)).value(_nothing())
        except Failure:
            # A bare text is taken for an expression only where the variable's type asks for one.
            self.values[name] = unknown(DYNAMIC, f"the value given for the variable `{name}` is no expression")

    def file(self, path: str) -> None:
        """The values of a `.tfvars` file, or of one in JSON."""
        try:
            file = self.files.read(path)
        except Refused as refused:
            self.problems.append(Problem(refused.kind, path, f"the values cannot be read: {refused}"))
            return
        self.read.append(path)
        body = self._body(path, file)
        for name, attribute in body.attributes.items():
            self.values[name] = evaluated(attribute, _nothing())

    def _body(self, path: str, file: SourceFile) -> Body:
        if path.endswith(".json"):
            from ecslint.frontends.terraform.hcl.json import read as read_json

            body, flaws = read_json(file, top={})
        else:
            from ecslint.frontends.terraform.hcl.syntax import read

            body, flaws = read(file)
        self.problems += [Problem("hcl-syntax", path, flaw.message, flaw.place) for flaw in flaws]
        return body


def _nothing() -> Scope:
    """A scope in which no name means anything."""
    return Scope(Context(None, "", callable=False))


def _beside(folder: str, path: str) -> str:
    joined = os.path.normpath(os.path.join(folder, path)).replace(os.sep, "/")
    return "" if joined == "." else joined


def plain(data: Any) -> Typed:
    """Plain data of the configuration as a value. Raises nothing: what cannot be is unknown."""
    if isinstance(data, dict):
        return mapping([(Key(str(key)), plain(item)) for key, item in data.items()])
    if isinstance(data, (list, tuple)):
        return sequence([plain(item) for item in data])
    if data is None:
        return null()
    if isinstance(data, (bool, int)):
        return Typed(data, None)
    if isinstance(data, (float, Decimal)):
        try:
            return Typed(parse(str(data)), None)
        except (NotANumber, OutOfRange):
            return unknown(DYNAMIC, f"`{data}` is no number of Terraform's")
    return string(str(data))
