"""Where a root module's variables get their values from.

Source: Terraform's documentation of input variables. Later ones win: `TF_VAR_name`, `terraform.tfvars`,
`terraform.tfvars.json`, `*.auto.tfvars` and `*.auto.tfvars.json` by name, what `.ecslint.yml` says, and the command
line's `--var-file` and `--var` in their order. Files of values that lie there and that nobody names may be named when
Terraform runs: what they give another value is not certain. An example of such a file says that there is a real one,
which git does not have.
"""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.frontends.terraform.arguments import evaluated
from ecslint.frontends.terraform.configuration import ENDINGS, bounded
from ecslint.frontends.terraform.cty.choice import choose
from ecslint.frontends.terraform.cty.compare import equal
from ecslint.frontends.terraform.cty.numbers import NotANumber, OutOfRange, parse
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Typed, mapping, null, sequence, string, unknown
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.context import Context
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.scope import Scope
from ecslint.frontends.terraform.hcl.standalone import expression
from ecslint.value import Condition, Key

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ecslint.files import Files
    from ecslint.frontends.terraform.hcl.flaw import Flaw
    from ecslint.frontends.terraform.hcl.syntax import Body
    from ecslint.frontends.terraform.variables import Variable
    from ecslint.source import SourceFile

_PREFIX = "TF_VAR_"
_ENDS = (".tfvars", ".tfvars.json")
_EXAMPLES = (".example", ".sample", ".template", ".tmpl", ".dist")

MOST_UNNAMED = 20
"""How many files of values that nobody names are looked into."""


class Inputs:
    """The values that are given to the variables of a root module."""

    def __init__(self, files: Files, folder: str, variables: Mapping[str, Variable]) -> None:
        self.files = files
        self.folder = folder
        self.variables = variables
        self.values: dict[str, Typed] = {}
        self.unnamed: dict[str, list[tuple[str, Typed]]] = {}
        self.problems: list[Problem] = []
        self.read: list[str] = []

    def gather(self, settings: Mapping[str, Any], base: str) -> None:
        """Take in every source. `settings` is the `terraform` part of the configuration, which lies in `base`."""
        for name, text in os.environ.items():
            if name.startswith(_PREFIX):
                self.text(name.removeprefix(_PREFIX), text)
        automatic = self._automatic()
        for path in automatic:
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
        self._look_around(settings, automatic)

    def _look_around(self, settings: Mapping[str, Any], automatic: list[str]) -> None:
        """Take note of what files that nobody names would give, where no file is named at all."""
        given = settings.get("command-line", ())
        if settings.get("var-files") or any(kind == "var-file" for kind, _ in given):
            return
        for path in [path for path in self._unnamed_files() if path not in automatic][:MOST_UNNAMED]:
            self._glance(path)
        chosen = [*settings.get("variables", {}), *(text.partition("=")[0].strip() for _, text in given)]
        for name in chosen:
            self.unnamed.pop(name, None)

    def _automatic(self) -> list[str]:
        names = {entry.name for entry in self.files.entries(self.folder) if not entry.is_dir}
        fixed = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
        auto = sorted(name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json")))
        return [_beside(self.folder, name) for name in (*fixed, *auto)]

    def _unnamed_files(self) -> list[str]:
        """The files of values in the folder, and in folders below it that hold no module of their own."""
        found: list[str] = []
        for entry in self.files.entries(self.folder):
            inner = [each for each in self.files.entries(entry.path) if not each.is_dir] if entry.is_dir else [entry]
            if not entry.is_dir or not any(each.name.endswith(ENDINGS) for each in inner):
                found += [each.path for each in inner if _real(each.path).endswith(_ENDS)]
        return sorted(path for path in found if _real(path) == path or _real(path) not in found)

    def _glance(self, path: str) -> None:
        """Take note of the values in a file that nobody names; what is wrong with it is no matter."""
        try:
            body, _ = _parsed(path, bounded(self.files.read(path)))
        except Refused:
            return
        for name, attribute in body.attributes.items():
            self.unnamed.setdefault(name, []).append((path, evaluated(attribute, _nothing())))

    def settled(self, variable: Variable, value: Typed, symbol: Hashable) -> Typed:
        """The value of a variable, or the choice between it and what the files that nobody names would give."""
        if value.doubt:
            return value
        if variable.name not in self.values and _empty(value):
            # Whoever writes `default = ""` for an image means that somebody gives it.
            name = f"`var.{variable.name}`"
            condition = Condition(("given", variable.name), f"{name} is not given", f"{name} is given", is_default=True)
            return choose(condition, value, variable.missing(symbol))
        given = self.unnamed.get(variable.name, ())
        paths = tuple(path for path, other in given if not equal(variable.value(other, symbol), value).yes)
        if not paths:
            return value
        first = f"`{os.path.relpath(paths[0], self.folder or '.')}`".replace(os.sep, "/")
        more = f" and {len(paths) - 1} more" if paths[1:] else ""
        condition = Condition(
            ("var-files", paths),
            f"{'none of ' if more else ''}{first}{more} is {'' if more else 'not '}given",
            f"{'one of ' if more else ''}{first}{more} is given",
        )
        other = variable.missing(symbol, f"{first}{more} may give the variable `{variable.name}` another value")
        return choose(condition, value, other)

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
            file = bounded(self.files.read(path))
        except Refused as refused:
            self.problems.append(Problem(refused.kind, path, f"the values cannot be read: {refused}"))
            self._blur(path)
            return
        self.read.append(path)
        body, flaws = _parsed(path, file)
        self.problems += [Problem("hcl-syntax", path, flaw.message, flaw.place) for flaw in flaws]
        if body.open:
            self._blur(path)
        for name, attribute in body.attributes.items():
            self.values[name] = evaluated(attribute, _nothing())

    def _blur(self, path: str) -> None:
        """A file that cannot be read whole may give any variable a value."""
        for name in self.variables:
            self.values[name] = unknown(DYNAMIC, f"`{path}` may give it a value, and cannot be read")


def _empty(value: Typed) -> bool:
    """Whether a value is null or an empty text. An empty list is what one that is put to others mostly is."""
    return value.null or value.data == ""


def _real(path: str) -> str:
    """The path of the file that this one is an example of; any other path as it is."""
    ending = next((ending for ending in _EXAMPLES if path.endswith(ending)), "")
    return path.removesuffix(ending)


def _parsed(path: str, file: SourceFile) -> tuple[Body, list[Flaw]]:
    if _real(path).endswith(".json"):
        from ecslint.frontends.terraform.hcl.json import read as read_json

        return read_json(file, top={})
    from ecslint.frontends.terraform.hcl.syntax import read

    return read(file)


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
