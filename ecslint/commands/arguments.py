"""What the subcommands have in common: options, usage errors, and the look of the output."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial

from ecslint import __version__
from ecslint.cli import COMMANDS, FAILED
from ecslint.config import SEVERITIES
from ecslint.files import LARGEST, Files, Refused, too_large
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import View
from ecslint.run import Options, Usage

if TYPE_CHECKING:
    from typing import NoReturn, TextIO

    from ecslint.run import Run


class Parser(argparse.ArgumentParser):
    """A parser that says what was meant instead."""

    def error(self, message: str) -> NoReturn:
        usage_error(self.prog, message, _meant(self, message))


def _meant(parser: argparse.ArgumentParser, message: str) -> str:
    """The option nearest to one that does not exist."""
    if not message.startswith("unrecognized arguments: -"):
        return f"`{parser.prog} --help` shows the usage"
    from difflib import get_close_matches

    asked = message.split(": ", 1)[1].split(maxsplit=1)[0].partition("=")[0]
    options = {option.lstrip("-"): option for action in parser._actions for option in action.option_strings}
    close = get_close_matches(asked.lstrip("-"), options, 1, 0.75)
    return f"did you mean `{options[close[0]]}`?" if close else f"`{parser.prog} --help` shows the usage"


def usage_error(prog: str, message: str, help: str = "") -> NoReturn:
    """Say what is wrong with the command line, and leave."""
    sys.stderr.write(f"{prog}: {message}\n" + (f"  help: {help}\n" if help else ""))
    raise SystemExit(FAILED)


def parser(name: str, description: str) -> Parser:
    """The parser of a subcommand."""
    prog = "ecslint" if name == "check" else f"ecslint {name}"
    epilog = None
    if name == "check":
        commands = "\n".join(f"  {command:9} {text}" for command, text in COMMANDS.items())
        statuses = "exit status: 0 clean, 1 findings, 2 not everything could be read, 3 nothing to lint"
        epilog = f"commands:\n{commands}\n\n{statuses}"
    made = Parser(
        prog=prog, description=description, epilog=epilog, formatter_class=_help_formatter, allow_abbrev=False
    )
    if name == "check":
        made.add_argument("--version", action="version", version=f"ecslint {__version__}")
    return made


def _help_formatter(prog: str) -> argparse.HelpFormatter:
    # With a width of its own the formatter does not import `shutil`, which it would do for every option added.
    columns = os.environ.get("COLUMNS", "")
    return argparse.RawDescriptionHelpFormatter(prog, width=int(columns) if columns.isdecimal() else 100)


def add_inputs(to: argparse.ArgumentParser) -> None:
    """The options that say what is looked at."""
    to.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; `-` is standard input")
    to.add_argument("--stdin-filename", metavar="NAME", help="the name that standard input stands for")
    add_boundary(to)


def add_boundary(to: argparse.ArgumentParser) -> None:
    """The options that say how far is looked, and by which settings."""
    to.add_argument("--root", metavar="DIR", help="the boundary: nothing outside is read (default: the nearest .git)")
    to.add_argument("--config", metavar="FILE", help="the configuration, instead of the nearest .ecslint.yml")
    for name, shape, about in _VALUES:
        to.add_argument(
            f"--{name}",
            metavar=shape,
            dest="values",
            action="append",
            default=[],
            type=partial(_named, name),
            help=about,
        )


_VALUES = (
    ("var", "NAME=VALUE", "the value of a Terraform variable, as for `terraform plan`"),
    ("var-file", "FILE", "a file with the values of Terraform variables"),
    ("parameters", "FILE", "a file with the values of CloudFormation parameters, as the AWS CLI takes them"),
)


def _named(name: str, text: str) -> tuple[str, str]:
    """A value with the option that gave it: of the two options, the later one wins."""
    if name == "var" and "=" not in text:
        raise argparse.ArgumentTypeError(f"`{text}` must be NAME=VALUE")
    return name, text


def add_rules(to: argparse.ArgumentParser) -> None:
    """The options that say which rules run."""
    to.add_argument("--select", metavar="RULES", action="append", default=[], help="run only these rules or stages")
    to.add_argument("--ignore", metavar="RULES", action="append", default=[], help="do not run these rules or stages")
    to.add_argument("--pedantic", action="store_true", help="show notes too")


def options(found: argparse.Namespace, prog: str) -> Options:
    """The options of a run. Leaves with a usage error where they contradict each other."""
    stdin = None
    stdin_filename = getattr(found, "stdin_filename", None)
    if "-" in found.paths:
        if found.paths != ["-"]:
            usage_error(prog, "`-` stands for standard input and takes no other path beside it")
        if not stdin_filename:
            usage_error(prog, "standard input needs --stdin-filename, which says what it holds")
        stdin = (stdin_filename, read_stdin(prog))
    elif stdin_filename:
        usage_error(prog, "--stdin-filename goes with `-`")
    elif not found.paths:
        usage_error(prog, "name a file or a folder", f"`{prog} .` takes all that lies here")
    return Options(
        found.paths,
        root=found.root,
        config=found.config,
        select=_split("--select", getattr(found, "select", []), prog),
        ignore=_split("--ignore", getattr(found, "ignore", []), prog),
        pedantic=getattr(found, "pedantic", False),
        fail_on=SEVERITIES.get(getattr(found, "fail_on", None) or ""),
        baseline="" if getattr(found, "write_baseline", None) else getattr(found, "baseline", None),
        stdin=stdin,
        values=found.values,
    )


def _split(option: str, values: list[str], prog: str) -> list[str]:
    """The names in lists with commas. Leaves with a usage error for an empty list, which a forgotten variable makes."""
    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    if values and not names:
        usage_error(prog, f"{option} names no rule")
    return names


def read_stdin(prog: str) -> str:
    """All of standard input. Leaves with a usage error if it is no text, or too much."""
    content = sys.stdin.buffer.read(LARGEST + 1)
    try:
        if len(content) > LARGEST:
            raise too_large("-", len(content))
        return Files.decode("-", content)
    except Refused as refused:
        usage_error(prog, f"standard input cannot be read: {refused}")


def view(stream: TextIO) -> View:
    """How output to a stream looks: its width, and colour as NO_COLOR, FORCE_COLOR and the terminal say."""
    terminal = stream.isatty()
    width = 100
    if terminal or os.environ.get("COLUMNS"):
        from shutil import get_terminal_size

        width = get_terminal_size((100, 24)).columns
    colour = terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        colour = True
    if os.environ.get("NO_COLOR"):
        colour = False
    return View(os.getcwd(), width, colour)


def write(text: str, stream: TextIO | None = None) -> None:
    """Write UTF-8 to standard output or another stream, whatever the locale says."""
    stream = stream or sys.stdout
    stream.flush()
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(text)
    else:
        # What is no text, such as the name of a file, is escaped as JSON would have it.
        buffer.write(text.encode("utf-8", "backslashreplace"))
        buffer.flush()


def complain(run: Run) -> None:
    """Say on standard error what is wrong with arguments and configuration, for a command that lints nothing."""
    if run.problems:
        from ecslint.engine import Report
        from ecslint.model import Workspace
        from ecslint.reporters import render

        write(render("text", Report(Workspace(run.files.boundary, [], run.problems)), view(sys.stderr)), sys.stderr)


__all__ = [
    "Options",
    "Parser",
    "Usage",
    "add_boundary",
    "add_inputs",
    "add_rules",
    "complain",
    "options",
    "parser",
    "read_stdin",
    "usage_error",
    "view",
    "write",
]
