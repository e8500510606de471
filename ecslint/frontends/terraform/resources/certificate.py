"""Certificates of ACM, and what waits for them.

Source: the AWS provider's `internal/service/acm/certificate.go` and its documentation of
`aws_acm_certificate_validation`. Where a certificate is validated by DNS, the domains of `domain_validation_options`
are those that are asked for, without a dot at the end, so that they are known before it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Typed, string
from ecslint.frontends.terraform.resources.computed import later, record, strings
from ecslint.frontends.terraform.resources.lowering import blocks, tags, text, texts
from ecslint.frontends.terraform.resources.type import looked_up, made

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared


def _options(declared: Declared, name: str) -> Typed | None:
    """`domain_validation_options`, with one entry for each domain."""
    if name != "domain_validation_options":
        return None
    given = [declared.argument(each) for each in _DOMAINS if _written(declared, each)]
    domains = [one for value in given for one in (strings(value) if value.type.sequence else (value,))]
    method = declared.get("validation_method").string
    if method != "DNS" or not domains or not all(value.whole for value in given):
        return later(declared, name, DYNAMIC)
    found = {domain.string: _option(declared, domain) for domain in domains if domain.string}
    return Typed(Elements(found.values(), "set", DYNAMIC), DYNAMIC, doubt=Doubt.NOT_NULL)


def _written(declared: Declared, name: str) -> bool:
    return name in declared.body.attributes and not declared.argument(name).null


_DOMAINS = ("domain_name", "subject_alternative_names")


def _option(declared: Declared, domain: Typed) -> Typed:
    names = ("resource_record_name", "resource_record_type", "resource_record_value")
    texts = {name: later(declared, f"{name} for {domain.string}", STRING) for name in names}
    return record({"domain_name": string((domain.string or "").removesuffix("."), domain.place), **texts})


_ATTRIBUTES = {"arn": "arn", "id": "arn"}

TYPES = {
    "aws_acm_certificate": made(
        "Certificate",
        _ATTRIBUTES,
        text("domain_name"),
        texts("subject_alternative_names"),
        text("validation_method"),
        text("certificate_authority_arn"),
        blocks("validation_option", "domainValidationOptions", text("domain_name"), text("validation_domain")),
        tags(),
        computed=_options,
    ),
    "aws_acm_certificate_validation": made("CertificateValidation", {}, text("certificate_arn")),
    "data.aws_acm_certificate": looked_up("Certificate", _ATTRIBUTES, text("domain", "domainName")),
}
