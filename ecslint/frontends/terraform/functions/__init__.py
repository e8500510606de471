"""Terraform's functions, loaded when a configuration calls them.

Every pure function of Terraform 1.11 is here. `timestamp`, `plantimestamp`, `uuid` and `bcrypt` stay unknown, because
their results are others at every run; what only a provider defines is unknown too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.frontends.terraform.functions.function import Function
    from ecslint.frontends.terraform.hcl.call import Call
    from ecslint.frontends.terraform.hcl.scope import Scope

_MODULES = {
    "choosing": "coalesce index matchkeys one alltrue anytrue transpose list map timestamp plantimestamp uuid bcrypt",
    "conversion": "tostring tonumber tobool toset tolist tomap sensitive nonsensitive issensitive ephemeralasnull type",
    "csv": "csvdecode",
    "dates": "formatdate timeadd timecmp",
    "encoding": "base64encode base64decode filebase64 base64gzip urlencode textencodebase64 textdecodebase64",
    "files": "basename dirname abspath pathexpand file fileexists fileset",
    "formatting": "format formatlist",
    "hashing": "md5 sha1 sha256 sha512 base64sha256 base64sha512 filemd5 filesha1 filesha256 filesha512"
    " filebase64sha256 filebase64sha512 uuidv5 rsadecrypt",
    "json": "jsonencode jsondecode",
    "lists": "element coalescelist compact distinct chunklist flatten reverse sort slice concat",
    "mappings": "keys values lookup merge zipmap",
    "network": "cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "numeric": "abs ceil floor log pow signum parseint min max sum range",
    "provider": "provider::terraform::encode_tfvars provider::terraform::decode_tfvars"
    " provider::terraform::encode_expr",
    "regex": "regex regexall",
    "searching": "length contains",
    "sets": "setunion setintersection setsubtract setproduct",
    "strings": "upper lower title strrev substr join split chomp indent trimspace trim trimprefix trimsuffix startswith"
    " endswith strcontains replace",
    "yaml": "yamlencode yamldecode",
    "templates": "templatefile",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}
_LAZY = frozenset({"try", "can", "templatestring"})

NAMES = frozenset(_HOME) | _LAZY


def find(name: str, context: Context) -> Function | None:
    """The function of a name; nothing if there is none. Raises `Failure` for one that may not be called here."""
    plain = name.removeprefix("core::")
    home = _HOME.get(plain)
    if home is None:
        return None
    from ecslint.frontends.terraform.functions.function import REGISTRY

    if plain not in REGISTRY:
        import_module(f"ecslint.frontends.terraform.functions.{home}")
    if context.template:
        from ecslint.frontends.terraform.functions.templates import forbid

        forbid(plain, context.template)
    return REGISTRY[plain]


def lazy(name: str) -> Callable[[Call, Scope], Typed] | None:
    """A function that is given its arguments as they are written; nothing if this is none."""
    plain = name.removeprefix("core::")
    if plain not in _LAZY:
        return None
    from ecslint.frontends.terraform.functions import control

    found: Callable[[Call, Scope], Typed] = getattr(control, f"{plain}_")
    return found
