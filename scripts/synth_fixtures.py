"""Synthesize the applications of `fixtures` with the real aws-cdk-lib, at two versions a year apart.

    python scripts/synth_fixtures.py [--scratch DIR] [APP…]

Needs node, npm and the network, once: the libraries are installed into the scratch folder and kept there. The output
is committed, without what no reader may depend on: assets, the construct tree, the report of feature flags.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any, NamedTuple

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

NODE = {"old": "2.202.0", "new": "2.276.0"}
PYTHON = {"old": "2.202.0", "new": "2.275.0"}
"""The versions of aws-cdk-lib. The newest of PyPI is one behind npm's."""

HOME = "/home/dev"
"""Where the applications were synthesized, as the committed stack traces say."""

PATHS = {"aws:cdk:enable-path-metadata": True, "aws:cdk:enable-asset-metadata": True}
"""What the command line of the CDK sets unless it is told otherwise."""

ENVIRONMENT = {"account": "111122223333", "region": "eu-west-1"}
ZONES = {"availability-zones:account=111122223333:region=eu-west-1": ["eu-west-1a", "eu-west-1b", "eu-west-1c"]}
REFERENCES = "@aws-cdk/core:defaultCrossStackReferences"


class Variant(NamedTuple):
    """One synthesis: its name, the library, the context of the application, and its environment.

    `target` is the folder of its output in `fixtures`, and is empty for `cdk/<application>/out/<name>`.
    """

    name: str
    library: str
    context: dict[str, Any]
    environment: dict[str, str]
    target: str = ""


def variant(
    name: str, context: dict[str, Any] | None = None, *, paths: bool = True, debug: bool = False, target: str = ""
) -> Variant:
    return Variant(
        name,
        name.partition("-")[0],
        {**(PATHS if paths else {}), **(context or {})},
        {"CDK_DEBUG": "1"} if debug else {},
        target,
    )


BOTH = (variant("old"), variant("new"))

APPLICATIONS: dict[str, tuple[Variant, ...]] = {
    "grants": (*BOTH, variant("new-minimized", {"@aws-cdk/aws-iam:minimizePolicies": True})),
    "groups": BOTH,
    "included": BOTH,
    "lookups": BOTH,
    "nested": (*BOTH, variant("new-pathless", paths=False)),
    "pattern": BOTH,
    "pipeline": BOTH,
    "regions": BOTH,
    "secrets": BOTH,
    "shop": (
        *BOTH,
        variant("old-literal", {"environment": ENVIRONMENT, **ZONES}),
        variant("old-debug", debug=True),
        variant("new-weak", {REFERENCES: "weak"}),
        variant("new-both", {REFERENCES: "both"}),
        variant("new-literal", {"environment": ENVIRONMENT, **ZONES}),
        variant("new-pathless", paths=False),
        variant("new-debug", debug=True),
    ),
    "storefront": (
        variant("new", ZONES, target="deployments/storefront/cdk/cdk.out"),
        variant("new-mended", {"mended": True, **ZONES}, target="deployments/storefront-mended/cdk/cdk.out"),
    ),
}

SOURCES = {"storefront": "deployments/storefront/cdk"}
"""Where in `fixtures` the applications stand that are not in `cdk`."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scratch", type=Path, default=Path("/tmp/ecslint-cdk"))
    parser.add_argument("apps", nargs="*", metavar="APP", default=list(APPLICATIONS))
    found = parser.parse_args()
    for app in found.apps:
        for each in APPLICATIONS[app]:
            print(f"{app}/{each.name}", flush=True)
            synthesize(app, each, found.scratch)


def synthesize(app: str, each: Variant, scratch: Path) -> None:
    """Run one application in a copy of its folder, and take its output over."""
    work = scratch / "work" / app
    shutil.rmtree(work, ignore_errors=True)
    source = FIXTURES / SOURCES.get(app, f"cdk/{app}")
    shutil.copytree(source, work, ignore=shutil.ignore_patterns("out", "cdk.out"))
    output = scratch / "out" / app / each.name
    shutil.rmtree(output, ignore_errors=True)
    is_python = (work / "app.py").exists()
    command = python(each.library, scratch) if is_python else node(each.library, scratch, work)
    environment = {
        **os.environ,
        **each.environment,
        "CDK_OUTDIR": str(output),
        "CDK_CONTEXT_JSON": json.dumps(each.context),
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
        "TS_NODE_TRANSPILE_ONLY": "1",
        "TS_NODE_COMPILER_OPTIONS": '{"module": "commonjs", "target": "es2022", "esModuleInterop": true}',
    }
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{app}/{each.name} failed:\n{done.stdout}{done.stderr}")
    target = FIXTURES / (each.target or f"cdk/{app}/out/{each.name}")
    shutil.rmtree(target, ignore_errors=True)
    take(output, target, {str(work): f"{HOME}/{app}", str(scratch): HOME})


def node(library: str, scratch: Path, work: Path) -> list[str]:
    """The command of a TypeScript application, with its library installed."""
    folder = scratch / f"node-{library}"
    if not (folder / "node_modules" / "aws-cdk-lib").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        packages = [f"aws-cdk-lib@{NODE[library]}", "constructs@10", "typescript@5.6", "ts-node@10", "@types/node@20"]
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", *packages], cwd=folder, check=True)
    (work / "node_modules").symlink_to(folder / "node_modules")
    (program,) = (work / "bin").glob("*.ts")
    return ["node", "node_modules/.bin/ts-node", "--prefer-ts-exts", str(program)]


def python(library: str, scratch: Path) -> list[str]:
    """The command of a Python application, with its library installed."""
    folder = scratch / f"python-{library}"
    program = folder / "bin" / "python"
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([program, "-m", "pip", "install", "-q", f"aws-cdk-lib=={PYTHON[library]}"], check=True)
    return [str(program), "app.py"]


def take(source: Path, target: Path, places: dict[str, str]) -> None:
    """Copy an assembly without what is not read, and as if it had been made elsewhere."""
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        dropped = any(part.startswith("asset.") for part in relative.parts) or path.suffix == ".dot"
        if path.is_dir() or dropped or path.name in {"tree.json", "validation-report.json"}:
            continue
        text = path.read_text()
        for here, there in places.items():
            text = text.replace(here, there)
        if path.name == "manifest.json" or path.name.endswith((".assets.json", ".metadata.json")):
            text = json.dumps(pruned(json.loads(text)), indent=1)
        (target / relative).parent.mkdir(parents=True, exist_ok=True)
        (target / relative).write_text(text)


def pruned(data: dict[str, Any]) -> dict[str, Any]:
    """A file of an assembly without feature flags, files to upload but nested templates, and the stacks of warnings."""
    if "files" in data:
        data["files"] = {hash: file for hash, file in data["files"].items() if nested(file["source"]["path"])}
    for artifact in data.get("artifacts", {}).values():
        if "flags" in artifact.get("properties", {}):
            artifact["properties"]["flags"] = {}
    for entries in [data, *(artifact.get("metadata", {}) for artifact in data.get("artifacts", {}).values())]:
        for value in entries.values():
            for entry in value if isinstance(value, list) else ():
                if entry.get("type") in {"aws:cdk:warning", "aws:cdk:error"}:
                    entry.pop("trace", None)
    return data


def nested(path: str) -> bool:
    return path.endswith(".nested.template.json")


if __name__ == "__main__":
    main()
