"""A module as it is written: the blocks of all files in a folder, override files merged in.

Source: Terraform's `internal/configs`. Nothing is evaluated here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.frontends.terraform.hcl.grammar import LARGEST
from ecslint.frontends.terraform.hcl.syntax import Block, Body

if TYPE_CHECKING:
    from ecslint.files import Files
    from ecslint.frontends.terraform.hcl.flaw import Flaw
    from ecslint.frontends.terraform.hcl.syntax import Attribute
    from ecslint.source import SourceFile

ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json")
_JINJA = re.compile(rb"^[ \t]*\{%.*%\}[ \t]*\r?$", re.MULTILINE)
_OVERRIDE = re.compile(r"(?:.*_)?override\.(?:tf|tofu)(?:\.json)?")


def templated(content: bytes) -> bool:
    """Whether a file is the input of a template engine, not Terraform: a line of it is nothing but `{% … %}`."""
    return b"{%" in content and _JINJA.search(content) is not None


def belongs(name: str) -> bool:
    """Whether Terraform reads a file of this name."""
    return name.endswith(ENDINGS) and not name.startswith((".", "#")) and not name.endswith("~")


class Module:
    """The blocks of a folder. `open` says why there may be more than was read."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: list[SourceFile] = []
        self.open = ""
        self.flaws: list[tuple[str, list[Flaw]]] = []
        self.refusals: list[Problem] = []
        self.variables: dict[str, Block] = {}
        self.locals: dict[str, Attribute] = {}
        self.outputs: dict[str, Block] = {}
        self.calls: dict[str, Block] = {}
        self.resources: dict[tuple[str, str, str], Block] = {}
        self.providers: list[Block] = []

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files, as far as they were read."""
        found = [
            Problem("json-syntax" if path.endswith(".json") else "hcl-syntax", path, flaw.message, flaw.place)
            for path, flaws in self.flaws
            for flaw in flaws
        ]
        return [
            *self.refusals,
            *sorted(found, key=lambda problem: (problem.path, problem.place.start if problem.place else 0)),
        ]

    def add(self, body: Body) -> None:
        """Take in the blocks of a file."""
        self.open = self.open or body.open
        for block in body.blocks:
            names = [label.text for label in block.labels]
            if block.type == "locals":
                for name, attribute in block.body.attributes.items():
                    self.locals.setdefault(name, attribute)
                self.open = self.open or block.body.open
            elif block.type in _MODES and len(names) == 2:
                self.resources.setdefault((_MODES[block.type], names[0], names[1]), block)
            elif block.type == "provider" and names:
                self.providers.append(block)
            elif block.type in {"variable", "output", "module"} and names:
                self._table(block.type).setdefault(names[0], block)

    def override(self, body: Body) -> None:
        """Merge in the blocks of an override file."""
        for block in body.blocks:
            names = [label.text for label in block.labels]
            if block.type == "locals":
                self.locals.update(block.body.attributes)
            elif block.type in _MODES and len(names) == 2:
                key = (_MODES[block.type], names[0], names[1])
                self.resources[key] = _merged(self.resources.get(key), block)
            elif block.type == "provider" and names:
                self.providers.append(block)
            elif block.type in {"variable", "output", "module"} and names:
                table = self._table(block.type)
                table[names[0]] = _merged(table.get(names[0]), block)

    def _table(self, type: str) -> dict[str, Block]:
        return {"variable": self.variables, "output": self.outputs, "module": self.calls}[type]


_MODES = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}


def _merged(base: Block | None, over: Block) -> Block:
    """A block with the arguments of another in place of its own; nested blocks are replaced by type."""
    if base is None:
        return over
    replaced = {_type(block) for block in over.body.blocks}
    blocks = [block for block in base.body.blocks if _type(block) not in replaced]
    attributes = {**base.body.attributes, **over.body.attributes}
    body = Body(attributes, [*blocks, *over.body.blocks], base.body.open or over.body.open, base.body.span)
    return Block(base.type, base.labels, body, base.place, base.span)


def _type(block: Block) -> str:
    return block.labels[0].text if block.type == "dynamic" and block.labels else block.type


class Configurations:
    """The modules of a run, each read once."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._modules: dict[str, Module | None] = {}

    def module(self, folder: str) -> Module | None:
        """The module in a folder; None where no file of it is Terraform's."""
        if folder not in self._modules:
            self._modules[folder] = self._read(folder)
        return self._modules[folder]

    def paths(self, folder: str) -> list[str]:
        """The files in a folder that Terraform would read; of two that differ in `.tf` and `.tofu` the latter."""
        names = {entry.name for entry in self.files.entries(folder) if not entry.is_dir and belongs(entry.name)}
        names -= {re.sub(r"\.tofu(\.json)?$", r".tf\1", name) for name in names if ".tofu" in name}
        return [f"{folder}/{name}" if folder else name for name in sorted(names)]

    def _read(self, folder: str) -> Module | None:
        module = Module(folder)
        overrides: list[Body] = []
        for path in self.paths(folder):
            body = self._file(path, module)
            if body is None:
                continue
            if _OVERRIDE.fullmatch(path.rpartition("/")[2]):
                overrides.append(body)
            else:
                module.add(body)
        for body in overrides:
            module.override(body)
        return module if module.files or module.refusals else None

    def _file(self, path: str, module: Module) -> Body | None:
        try:
            if templated(self.files.read_bytes(path)):
                module.open = module.open or f"`{path}` is the input of a template engine"
                return None
            file = bounded(self.files.read(path))
        except Refused as refused:
            module.refusals.append(Problem(refused.kind, path, str(refused)))
            module.open = module.open or f"`{path}` could not be read"
            return None
        module.files.append(file)
        body, flaws = _syntax(path, file)
        # The list grows while expressions are converted.
        module.flaws.append((path, flaws))
        return body


def bounded(file: SourceFile) -> SourceFile:
    """The file. Raises `Refused` where it is too large to be parsed."""
    if len(file.text) > LARGEST:
        message = f"it has {len(file.text):,} characters, the limit for Terraform is {LARGEST:,}"
        raise Refused("limit", file.path, message)
    return file


def _syntax(path: str, file: SourceFile) -> tuple[Body, list[Flaw]]:
    if path.endswith(".json"):
        from ecslint.frontends.terraform.hcl.json import read as read_json

        return read_json(file)
    from ecslint.frontends.terraform.hcl.syntax import read

    return read(file)
