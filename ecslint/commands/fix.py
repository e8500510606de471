"""`ecslint fix PATH…`: apply the fixes that surely do nothing else."""

from __future__ import annotations

import sys

from ecslint.cli import FAILED, FOUND, OK
from ecslint.commands.arguments import Usage, add_inputs, add_rules, options, parser, usage_error, view, write
from ecslint.commands.check import status
from ecslint.files import Refused
from ecslint.fix import candidates, mend
from ecslint.lean import TYPE_CHECKING
from ecslint.reporters import render, safe, shown_path
from ecslint.run import Options, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ecslint.engine import Report
    from ecslint.fix import Mended
    from ecslint.reporters import View


def main(arguments: Sequence[str]) -> int:
    """Mend the files, and say what is left; with `--diff`, say what would be done."""
    parse = parser("fix", "Apply fixes to the files, and say what is left.")
    add_inputs(parse)
    add_rules(parse)
    parse.add_argument("--unsafe", action="store_true", help="also apply fixes that want a look at the result")
    parse.add_argument(
        "--diff", action="store_true", help="write nothing; print what would change, status 1 if anything"
    )
    found = parse.parse_args(arguments)
    try:
        fixer = _Fixer(options(found, parse.prog))
        mended = mend(fixer.look, found.unsafe)
    except Usage as usage:
        usage_error(parse.prog, str(usage), usage.help)
    look = view(sys.stdout)
    if found.diff:
        write("".join(fixer.diff(mended, look)))
        return FAILED if mended.report.problems else FOUND if mended.texts else OK
    try:
        fixer.keep(mended)
    except Refused as refused:
        usage_error(parse.prog, f"`{refused.path}` cannot be written: {refused}")
    write(fixer.told(mended, look, found.unsafe), sys.stderr if fixer.options.stdin else sys.stdout)
    return status(mended.report, exit_zero=False)


class _Fixer:
    """The runs that mending takes: all alike but for the texts that stand for those of files."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.run: Run
        self.masks: list[str] = []

    def look(self, texts: Mapping[str, str]) -> Report:
        """Lint with these texts."""
        self.options.overlay = texts
        self.run = Run(self.options)
        report = self.run.report()
        self.masks += [place.span().text for place in report.masks()]
        return report

    def keep(self, mended: Mended) -> None:
        """Write the files; what came by standard input goes to standard output. Raises `Refused`."""
        if self.options.stdin:
            name, text = self.options.stdin
            write(mended.texts.get(self.run.files.relative(name), text))
            return
        for path, text in sorted(mended.texts.items()):
            self.run.files.rewrite(path, text)

    def told(self, mended: Mended, look: View, unsafe: bool) -> str:
        """What was mended, then what is left."""
        lines = []
        for finding in mended.findings:
            line, _ = finding.primary.file.position(finding.primary.start)
            path = shown_path(finding.primary.file.path, self.run.files.boundary, look)
            title = finding.fix.title if finding.fix else ""
            lines.append(safe(f"{path}:{line}: fixed[{finding.rule}]: {title}") + "\n")
        more = 0 if unsafe else len(candidates(mended.report, unsafe=True))
        if more:
            lines.append(f"{more} more can be fixed with --unsafe; `--diff --unsafe` shows how\n")
        return "".join([*lines, *(["\n"] if lines else []), render("text", mended.report, look)])

    def diff(self, mended: Mended, look: View) -> Iterator[str]:
        """The change as a unified diff; credentials in it are blanked."""
        from difflib import unified_diff

        before = Run(Options(self.options.paths, root=self.options.root, stdin=self.options.stdin)).files
        for path, text in sorted(mended.texts.items()):
            name = shown_path(path, before.boundary, look)
            old = before.read(path).text.splitlines(keepends=True)
            for line in unified_diff(old, text.splitlines(keepends=True), name, f"{name} (fixed)"):
                shown = line
                for secret in self.masks:
                    shown = shown.replace(secret, "*" * len(secret)) if len(secret) > 3 else shown
                yield safe(shown.rstrip("\r\n")) + "\n"
