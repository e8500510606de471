"""Mistakes in the commands of health checks that can be read off their words.

A command that begins with `CMD` is run as it is: no shell reads `||`, quotes or a line with spaces. One that begins
with `CMD-SHELL` is `/bin/sh -c` with all that follows, of which the shell reads the first as the line to run and takes
the others for `$0`, `$1` and so on. Source: Docker's `daemon/health.go`, POSIX `sh`, and curl's manual: it takes what
is no option for an address, and a response of 500 for a success without `--fail`.
"""

from __future__ import annotations

import re

from ecslint.lean import NamedTuple

HOLE = "\0"
"""Stands for what is not known of a word, as in a value's outline."""

LONGEST = 4000
"""How many characters of a command are looked at; nobody writes more, and some searches take quadratic time."""

OPERATORS = frozenset({"|", "||", "&&", ";", "&", ">", ">>", "2>&1", ">/dev/null"})
"""Words that mean something to a shell only."""

_SPLIT_OPTION = re.compile(r"(?:curl|wget)\s+(?:-\S+\s+)*(?P<split>-\s+[A-Za-z]{1,6})\s+\S")
_VALUE_TAKEN = re.compile(r"-\S*[oOdFTK]\s+-\s")
_PIPED_EXIT = re.compile(r"(?<!\|)\|\s*exit\s+[1-9]\d*")
_CURL = re.compile(r"(?:^|[\s;&|(])curl\s(?P<rest>[^|;&]*)(?P<next>\|\|?|;|&&|$)")
_FAILS = re.compile(r"(?:^|\s)(?:--fail\S*|-[A-Za-z]*f[A-Za-z]*|-[A-Za-z]*K\b\S*|--config\S*)")
_OTHER_SCHEME = re.compile(r"\b(?!https?:)[a-z]+://")


class Mistake(NamedTuple):
    """A mistake: the row of the rule, the word it stands in and its text there, and what to tell of it."""

    row: str
    word: int
    text: str
    what: str
    label: str
    help: str


def mistake(words: list[str]) -> Mistake | None:
    """The first mistake in a command, `CMD` or `CMD-SHELL` included. `HOLE` stands for what is not known."""
    if len(words) < 2 or words[0] not in {"CMD", "CMD-SHELL"} or sum(map(len, words)) > LONGEST:
        return None
    return (_executed if words[0] == "CMD" else _shell)(words)


def _executed(words: list[str]) -> Mistake | None:
    if len(words) == 2 and len(words[1].split()) > 1:
        what = "The health check runs a program whose name is a whole command line"
        return Mistake("line-after-cmd", 1, words[1], what, "no program has this name", "write `CMD-SHELL` for `CMD`")
    at = next((at for at, word in enumerate(words) if word in OPERATORS), None)
    if at is not None:
        what = f"No shell reads `{words[at]}` in this health check: `{words[1]}` gets it as an argument"
        help = "write `CMD-SHELL` and the command in one text"
        return Mistake("operator-after-cmd", at, words[at], what, "an argument like any other", help)
    at = next((at for at in range(2, len(words) - 1) if _split(words, at)), None)
    return None if at is None else _split_option(at, "-", f"- {words[at + 1]}")


def _split(words: list[str], at: int) -> bool:
    """Whether an option of curl or wget is cut in two here."""
    text = " ".join(words[1:])
    return words[at] == "-" and bool(_SPLIT_OPTION.match(text)) and not _VALUE_TAKEN.search(text)


def _split_option(word: int, text: str, option: str) -> Mistake:
    joined = option.replace(" ", "")
    what = f"A space cuts the option `{joined}` of the health check in two"
    return Mistake("split-option", word, text, what, "taken for two addresses", f"write `{joined}`")


def _shell(words: list[str]) -> Mistake | None:
    line = words[1]
    if line in {"CMD", "CMD-SHELL"} or line.startswith(("CMD ", "CMD-SHELL ")):
        name = line.split()[0]
        what = f"The shell is asked to run a program `{name}`"
        return Mistake("cmd-twice", 1, name, what, "no program", f"take `{name}` out")
    if len(words) > 2 and len(line.split()) == 1 and not _open(line):
        what = f"The shell runs `{line}` alone: what follows in the health check are no words of the line"
        return Mistake(
            "words-after-shell", 1, line, what, "all that is run", "put the whole command line into one text"
        )
    split = _SPLIT_OPTION.search(line)
    if split is not None and not _VALUE_TAKEN.search(line):
        return _split_option(1, split["split"], split["split"])
    piped = _PIPED_EXIT.search(line)
    if piped is not None:
        what = "The health check fails whatever the command says: it is piped to `exit`"
        return Mistake("piped-to-exit", 1, piped.group(), what, "the last of a pipe decides", "write `||` for `|`")
    if _unclosed(line):
        what = "A quote in the health check's command is not closed"
        return Mistake("quote-not-closed", 1, line, what, "the shell refuses the line", "close the quote")
    return _deaf(line)


def _open(line: str) -> bool:
    """Whether something in the line is known to the shell only, or to nobody here."""
    return any(mark in line for mark in ("$", "`", HOLE))


def _unclosed(line: str) -> bool:
    import shlex

    try:
        shlex.split(line)
    except ValueError as error:
        return "quotation" in str(error) and "#" not in line and not _open(line)
    return False


def _deaf(line: str) -> Mistake | None:
    """A curl whose status alone decides, and which does not look at the response's."""
    found = _CURL.search(line)
    if found is None or found["next"] == "|" or line.count("curl") != 1:
        return None
    rest = found["rest"]
    if _FAILS.search(rest) or _OTHER_SCHEME.search(rest) or "$(" in line or "`" in line or f" {HOLE}" in f" {rest}":
        return None
    what = "curl takes every response for a success, so the health check does not see one of 500"
    return Mistake("curl-without-fail", 1, "curl", what, "no `-f`", "write `curl -f`")
