"""A rule's manual page and its examples, both from its docstring.

Fenced blocks tagged `bad`, `bad=N` and `good` are examples that the tests run: a bad one gives N findings of the rule
(one if no number is given), a good one none. `config` is the `.ecslint.yml` that goes with them. Lines that start with
`# ` are scaffolding, as in Rust's documentation: they are run and not shown.
"""

from __future__ import annotations

import re
from inspect import cleandoc

from ecslint import HOME
from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ecslint.rule import Rule

_FENCE = re.compile(r"^```(\w+) (bad(?:=\d+)?|good|config)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"^\s*# ?(.*)$")


class Example(NamedTuple):
    """A text in a language, and how many findings of its rule it must give."""

    language: str
    text: str
    findings: int


def title(rule: type[Rule]) -> str:
    """The first sentence of the docstring: what the rule finds."""
    return cleandoc(rule.__doc__ or "").split("\n\n", 1)[0].replace("\n", " ")


def summary(rule: type[Rule]) -> str:
    """The first two paragraphs of the docstring on a line each: what the rule finds, and why that is bad."""
    paragraphs = re.split(r"^```", cleandoc(rule.__doc__ or ""), maxsplit=1, flags=re.MULTILINE)[0].split("\n\n")
    return "\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs[:2]).strip()


def url(rule: type[Rule]) -> str:
    """Where the manual page is published."""
    return f"{HOME}/blob/main/docs/rules/{rule.id}.md"


def examples(rule: type[Rule]) -> list[Example]:
    """The bad and good examples, in order, scaffolding included."""
    found = []
    for language, tag, text in _FENCE.findall(cleandoc(rule.__doc__ or "")):
        if tag != "config":
            kind, _, count = tag.partition("=")
            found.append(Example(language, _whole(text), int(count or 1) if kind == "bad" else 0))
    return found


def configuration(rule: type[Rule]) -> str | None:
    """The configuration that the examples need, if any."""
    for _, tag, text in _FENCE.findall(cleandoc(rule.__doc__ or "")):
        if tag == "config":
            return str(text)
    return None


def _whole(text: str) -> str:
    """An example with its scaffolding, as it is run."""
    lines = []
    for line in text.splitlines():
        hidden = _HIDDEN.match(line)
        lines.append(hidden.group(1) if hidden else line)
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    """An example without its scaffolding, as it is read."""
    lines = [line for line in text.splitlines() if not _HIDDEN.match(line)]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines) + "\n"


def page(rule: type[Rule]) -> str:
    """The manual page in Markdown: facts, explanation, examples, what ECS says."""
    facts = [f"**Stage** {rule.stage}", f"**Severity** {rule.severity.word}", f"**Since** {rule.since}"]
    if rule.peers:
        facts.append(f"**Elsewhere** {', '.join(rule.peers)}")
    body = _FENCE.sub(_fenced, cleandoc(rule.__doc__ or ""))
    parts = [f"# {rule.id}", " · ".join(facts), body]
    if rule.options:
        options = "\n".join(f"- `{name}` (default `{value!r}`)" for name, value in rule.options.items())
        parts.append(f"## Options\n\n{options}")
    if rule.symptoms:
        said = "\n".join(f"> {symptom}\n" for symptom in rule.symptoms)
        parts.append(f"## What ECS says\n\n{said}".rstrip())
    return "\n\n".join(parts) + "\n"


def _fenced(found: re.Match[str]) -> str:
    language, tag, text = found.groups()
    heading = {"good": "Instead:", "config": "With this in `.ecslint.yml`:"}.get(tag, "For example:")
    return f"{heading}\n\n```{language}\n{_shown(text) if tag != 'config' else text}```"
