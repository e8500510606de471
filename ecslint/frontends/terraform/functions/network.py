"""Functions of IP networks.

Source: Terraform's `lang/funcs/cidr.go` with its own `ipaddr` package (which takes leading zeros for decimal), and
apparentlymart's `go-cidr`.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.types import NUMBER, STRING, list_of
from ecslint.frontends.terraform.cty.value import Typed, sequence, string, text_of
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.function import Parameter, function, number, text
from ecslint.frontends.terraform.functions.strings import whole_number

if TYPE_CHECKING:
    Network = IPv4Network | IPv6Network

_WORD = (1 << 64) - 1


def network(source: str) -> Network:
    """A network in CIDR notation. Raises `Failure`."""
    address, slash, bits = source.partition("/")
    try:
        if not slash or not bits.isdigit() or not bits.isascii() or len(bits) > 4:
            raise ValueError("the prefix length is missing")
        if ":" in address:
            if "%" in address:
                raise ValueError("a zone is not allowed")
            return IPv6Network((_v6(address), int(bits)), strict=False)
        octets = address.split(".")
        if not all(octet.isdigit() and octet.isascii() and len(octet) < 10 for octet in octets):
            raise ValueError("an octet is no number")
        plain = ".".join(str(int(octet)) for octet in octets)
        return IPv4Network((plain, int(bits)), strict=False)
    except ValueError as error:
        raise Failure(f"invalid CIDR expression: invalid CIDR address: {source}") from error


def _v6(address: str) -> str:
    """An IPv6 address whose last four octets may stand in decimal with leading zeros."""
    head, dot, _ = address.partition(".")
    if not dot:
        return address
    start = head.rfind(":") + 1
    return address[:start] + ".".join(str(int(octet)) for octet in address[start:].split("."))


def _mapped(found: Network) -> bool:
    """Whether a network's address is an IPv4 address inside IPv6, which Go then takes for one of IPv4."""
    return isinstance(found, IPv6Network) and found.network_address.ipv4_mapped is not None


def _written(address: IPv4Address | IPv6Address, length: int | None = None) -> str:
    """An address, or a network, as Go writes it: an IPv4 address inside IPv6 is written as that."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return _written(address.ipv4_mapped, None if length is None else max(length - 96, 0))
    return str(address) if length is None else f"{address}/{length}"


def _big(value: Typed) -> int:
    if isinstance(value.data, Real) or not isinstance(value.data, int):
        raise Failure("value must be a whole number")
    return int(value.data)


def _low(value: int) -> int:
    """Go's `Uint64` of a big number."""
    return abs(value) & _WORD


def _insert(found: Network, number: int, length: int) -> IPv4Address | IPv6Address:
    """An address with a number written over its bits that end at `length`, as `go-cidr` does it: it does not check."""
    made = abs(int(found.network_address) | (number << (found.max_prefixlen - length)))
    if made >> found.max_prefixlen:
        raise Failure("the number does not fit into the address")
    return type(found.network_address)(made)


@function("cidrhost", text("prefix"), number("hostnum"), returns=STRING)
def cidrhost(prefix: Typed, hostnum: Typed) -> Typed:
    host = _big(hostnum)
    found = network(text_of(prefix))
    most = (1 << (found.max_prefixlen - found.prefixlen)) - 1
    checked = _low(host) - (1 << 64) * (_low(host) >> 63)
    if host < 0:
        checked = -host - 1
        host = most - checked
    if checked > most:
        raise Failure(f"prefix of {found.prefixlen} does not accommodate a host numbered {host}")
    return string(_written(_insert(found, host, 32 if _mapped(found) else found.max_prefixlen)))


@function("cidrnetmask", text("prefix"), returns=STRING)
def cidrnetmask(prefix: Typed) -> Typed:
    found = network(text_of(prefix))
    if isinstance(found, IPv6Network) and not _mapped(found):
        raise Failure(f"IPv6 addresses cannot have a netmask: {text_of(prefix)}")
    return string(str(found.netmask))


@function("cidrsubnet", text("prefix"), number("newbits"), number("netnum"), returns=STRING)
def cidrsubnet(prefix: Typed, newbits: Typed, netnum: Typed) -> Typed:
    bits, index = whole_number(newbits), _big(netnum)
    found = network(text_of(prefix))
    length = found.prefixlen + bits
    if length > found.max_prefixlen:
        raise Failure(f"insufficient address space to extend prefix of {found.prefixlen} by {bits}")
    most = (1 << bits) - 1 if 0 <= bits < 64 else _WORD
    if _low(index) > most:
        raise Failure(f"prefix extension of {bits} does not accommodate a subnet numbered {index}")
    made = _insert(found, index, length)
    return string(_written(made, length) if length >= 0 else "<nil>")


@function("cidrsubnets", text("prefix"), rest=Parameter("newbits", NUMBER), returns=list_of(STRING))
def cidrsubnets(prefix: Typed, *newbits: Typed) -> Typed:
    found = network(text_of(prefix))
    after = int(found.network_address)
    end = after + (1 << (found.max_prefixlen - found.prefixlen))
    out: list[Typed] = []
    for value in newbits:
        bits = whole_number(value)
        if not 1 <= bits <= 32:
            raise Failure("must extend prefix by at least one bit and at most 32")
        length = found.prefixlen + bits
        if length > found.max_prefixlen:
            raise Failure(f"would extend prefix to {length} bits, which is too long for the address")
        if _mapped(found):
            raise Failure(f"not enough remaining address space for a subnet with a prefix of {length} bits")
        size = 1 << (found.max_prefixlen - length)
        start = -(-after // size) * size
        # A network that begins at zero counts as one that has come round to it.
        if start + size > end or not start:
            raise Failure(f"not enough remaining address space for a subnet with a prefix of {length} bits")
        out.append(string(_written(type(found.network_address)(start), length)))
        after = start + size
    return sequence(out, "list", STRING)
