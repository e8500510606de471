"""What a Python program gives to its constructs, found from the route of what it became in a template."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.sources import Sources
    from ecslint.frontends.cloudformation.template import Template
    from ecslint.source import Keys, Span

CONTAINERS = ("ContainerDefinitions",)
_VARIABLES = ("Environment", "Secrets")


class PythonPlaces:
    """The search from the routes of one template, in the programs of its application."""

    def __init__(self, sources: Sources, template: Template) -> None:
        self.sources = sources
        self.template = template

    def argument(self, call: Span, keys: Keys) -> Span | None:
        """Where the program writes what stands at a route, for a call that makes the resource or adds the container."""
        from ecslint.frontends.cloudformation.pythonafterwards import added, override
        from ecslint.frontends.cloudformation.pythonarguments import argument

        depth = 5 if keys[3:4] == CONTAINERS and call.text.endswith("add_container") else 3
        below, synthesized = keys[depth:], self.template.text_at(keys)
        if not below:
            return None
        return (
            override(call, below, synthesized)
            or argument(call, below, synthesized)
            or added(call, below, self.template.length_at(keys[: depth + 1]))
        )

    def variable(self, made: Span, keys: Keys) -> Span | None:
        """Where a variable or secret of a container is written: the one place in all programs that has its name.

        A dictionary that was passed to the call as a variable says less.
        """
        from ecslint.frontends.cloudformation.pythonarguments import variable

        if keys[3:4] != CONTAINERS or len(keys) < 7 or keys[5] not in _VARIABLES:
            return None
        name = self.template.text_at((*keys[:7], "Name"))
        if name is None or made.text == name:
            return None
        value = self.template.text_at((*keys[:7], "Value"))
        places = [place for file in self.sources.pythons for place in variable(file, name, value)]
        return places[0] if len(places) == 1 else None

    def statement(self, keys: Keys) -> Span | None:
        """Where a statement of a policy is written: the one in all programs that has just its actions."""
        from ecslint.frontends.cloudformation.pythonarguments import statement

        if "Statement" not in keys[:-1]:
            return None
        depth = keys.index("Statement") + 2
        actions = self._texts((*keys[:depth], "Action"))
        if not actions:
            return None
        found = [place for file in self.sources.pythons for place in statement(file, actions)]
        whole, resources = found[0] if len(found) == 1 else (None, None)
        return resources if keys[depth : depth + 1] == ("Resource",) else whole

    def _texts(self, keys: Keys) -> frozenset[str]:
        """A text or a list of texts at a route."""
        one = self.template.text_at(keys)
        if one is not None:
            return frozenset({one})
        found: set[str] = set()
        while (text := self.template.text_at((*keys, len(found)))) is not None and text not in found:
            found.add(text)
        return frozenset(found)
