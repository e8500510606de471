"""`ecslint new-rule STAGE NAME`: a rule to begin with, its fixtures beside it."""

from __future__ import annotations

import os
import re

from ecslint import registry, scaffold
from ecslint.cli import OK
from ecslint.commands.arguments import parser, usage_error, write
from ecslint.files import Files, Refused
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def main(arguments: Sequence[str]) -> int:
    """Write the files; never over what is there."""
    parse = parser("new-rule", "Write a rule to begin with, and its fixtures.")
    parse.add_argument("stage", choices=registry.STAGES, metavar="STAGE", help=", ".join(registry.STAGES))
    parse.add_argument("name", metavar="NAME", help="the bad thing in the field's words, such as `mutable-image-tag`")
    parse.add_argument("--into", metavar="DIR", default="rules", help="the folder of the rules (default: rules)")
    parse.add_argument("--force", action="store_true", help="write over files that are there")
    found = parse.parse_args(arguments)
    if not _NAME.fullmatch(found.name):
        usage_error(
            parse.prog, f"`{found.name}` is no name for a rule", "write words in small letters, joined by hyphens"
        )
    if found.name in registry.load().rules and not found.force:
        usage_error(parse.prog, f"there is a rule `{found.name}`", f"`ecslint rule {found.name}` explains it")
    fixtures = os.path.join(os.path.dirname(os.path.normpath(found.into)), "fixtures", "rules", found.name)
    rule = os.path.join(found.into, found.stage, f"{found.name.replace('-', '_')}.py")
    files = {
        rule: scaffold.rule(found.name),
        os.path.join(fixtures, "bad-in-cloudformation.yaml"): scaffold.example(bad=True),
        os.path.join(fixtures, "good-in-cloudformation.yaml"): scaffold.example(bad=False),
    }
    jail = Files(os.getcwd())
    for path, text in files.items():
        try:
            jail.write_new(path, text, found.force)
        except Refused as refused:
            usage_error(parse.prog, f"`{path}` cannot be written: {refused}", "--force writes over it")
        write(f"wrote {path}\n")
    write(f"\nOutside of ecslint's own source, name the folder in .ecslint.yml: `rules: [{found.into}]`.\n")
    return OK
