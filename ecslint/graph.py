"""What a deployment is made of and what refers to what, as Mermaid or Graphviz draw it."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import Choice, Encoded, Mapping, Ref, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.model import Project, Resource
    from ecslint.value import Value


class Edge(NamedTuple):
    """A reference: from which resource, by which key, to which."""

    source: str
    key: str
    target: str


class Graph(NamedTuple):
    """The resources of one project by address, each with its kind, and their references."""

    name: str
    nodes: dict[str, str]
    edges: list[Edge]


def graph(project: Project, every: bool = False) -> Graph:
    """The graph of a project. Without `every`, resources that the model has no noun for are left out."""
    shown: list[Resource] = [resource for resource in project.resources if resource.kind or every]
    nodes = {resource.address: resource.kind or resource.type for resource in shown}
    edges: dict[Edge, None] = {}
    for resource in shown:
        for key, ref in _references(resource.document, ""):
            target = ref.resource.address
            if target in nodes and target != resource.address:
                edges[Edge(resource.address, key, target)] = None
    return Graph(project.path, dict(sorted(nodes.items())), sorted(edges))


def _references(value: Value, key: str) -> Iterator[tuple[str, Ref]]:
    """The references in a value, each with the nearest key above it."""
    data = value.data
    if isinstance(data, Choice):
        yield from _references(data.then, key)
        yield from _references(data.other, key)
    elif isinstance(data, Mapping):
        for name, item in data.entries:
            yield from _references(item, name.written)
    elif isinstance(data, Sequence):
        for item in data.items:
            yield from _references(item, key)
    elif isinstance(data, Text):
        for part in data.parts:
            if isinstance(part, Ref):
                yield key, part
            elif isinstance(part, Encoded):
                yield from _references(part.value, key)


def mermaid(graphs: Iterable[Graph]) -> str:
    """A flow chart, as GitHub shows it in Markdown."""
    lines = ["flowchart LR"]
    for number, one in enumerate(graphs):
        names = {address: f"n{number}_{index}" for index, address in enumerate(one.nodes)}
        lines.append(f'  subgraph p{number}["{_html(one.name)}"]')
        lines += [f'    {names[a]}["{_html(a)}<br>{_html(kind)}"]' for a, kind in one.nodes.items()]
        lines += [f'    {names[e.source]} -- "{_html(e.key)}" --> {names[e.target]}' for e in one.edges]
        lines.append("  end")
    return "".join(f"{line}\n" for line in lines)


def dot(graphs: Iterable[Graph]) -> str:
    """A directed graph in Graphviz' language."""
    lines = ["digraph ecslint {", "  rankdir=LR;", "  node [shape=box];"]
    for number, one in enumerate(graphs):
        names = {address: f"n{number}_{index}" for index, address in enumerate(one.nodes)}
        lines += [f"  subgraph cluster_{number} {{", f"    label={_quoted(one.name)};"]
        lines += [f"    {names[a]} [label={_quoted(a, kind)}];" for a, kind in one.nodes.items()]
        lines += [f"    {names[e.source]} -> {names[e.target]} [label={_quoted(e.key)}];" for e in one.edges]
        lines.append("  }")
    return "".join(f"{line}\n" for line in [*lines, "}"])


def _html(text: str) -> str:
    """A text as Mermaid takes it: it knows entities, and takes a quote for the end of a label."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _quoted(*lines: str) -> str:
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
