"""The command line: arguments in, exit status out.

0 clean, 1 findings at or above `--fail-on`, 2 the job could not be done for something claimed, 3 nothing to lint.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

COMMANDS = {
    "check": "lint files and folders (the default)",
    "rule": "list the rules, or explain one",
    "fix": "apply fixes to the files",
    "why": "find the rules about what ECS, CloudFormation or Terraform printed",
    "files": "list what would be linted, and what is skipped",
    "graph": "print the resources and what refers to what, to be drawn",
    "show": "print the resources as they were evaluated, or what an expression means",
    "config": "print the settings in force, or their JSON Schema",
    "init": "write a configuration to begin with, and show hook and workflow",
    "new-rule": "write a rule to begin with",
}

OK, FOUND, FAILED, NOTHING = range(4)

_REPORT = "  help: this is a defect of ecslint: report it, with what it shows when ECSLINT_TRACEBACK=1 is set"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # A run makes many objects that live to its end; looking through them for cycles takes more time than making them.
    gc.disable()
    name = arguments.pop(0) if arguments and arguments[0] in COMMANDS else "check"
    command = import_module(f"ecslint.commands.{name.replace('-', '_')}")
    try:
        status: int = command.main(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as in `ecslint … | head`; Python must not complain when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("ECSLINT_TRACEBACK"):
            raise
        sys.stderr.write(f"ecslint: internal error: {type(error).__name__}: {error}\n{_REPORT}\n")
        return FAILED
    return status


def run() -> NoReturn:
    """Run a command and end the process, which need not take apart all that it holds."""
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # Nobody reads any more.
        pass
    os._exit(status)
