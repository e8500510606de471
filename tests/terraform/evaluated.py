"""What our own evaluator makes of a folder and of expressions in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from support import run

from ecslint.files import Files
from ecslint.frontends.terraform.configuration import Configurations
from ecslint.frontends.terraform.deployment import Deployment
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.standalone import expression
from ecslint.frontends.terraform.projects import FRAMES
from ecslint.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.model import Project


def deployment(folder: Path, **settings: Any) -> Deployment:
    """The root module in a folder, evaluated; `settings` are the `terraform` part of a configuration."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), FRAMES))
    configurations = Configurations(Files(str(folder)))
    root = configurations.module("")
    assert root is not None
    return Deployment(configurations, root, settings, "")


def value(deployed: Deployment, text: str) -> Typed:
    """What an expression is in a root module. Raises `Failure` and `Declined`."""
    return expression(Origin.of_file(SourceFile("<expression>", text))).value(deployed.root.scope)


def project(folder: Path, **options: Any) -> Project:
    """The only project of a folder, as a whole run makes it."""
    (found,) = run(folder, **options).workspace.projects
    return found


def said(folder: Path, text: str, **options: Any) -> tuple[str, str]:
    """What `ecslint show --expr` says of an expression: the kind of answer, and the answer."""
    evaluate = project(folder, **options).evaluate
    assert evaluate is not None
    return evaluate(text)
