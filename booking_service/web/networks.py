"""Where a request comes from, as coarse as limits need it: one address, or the network of an IPv6 household."""

from ipaddress import IPv6Address, ip_address

from flask import request

IPV6_HOUSEHOLD = 64


def network_of(address: str | None) -> str:
    """`192.0.2.7` as it is; an IPv6 address as its first 64 bits; "unknown" for what is no address."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    kept = int(found) >> IPV6_HOUSEHOLD << IPV6_HOUSEHOLD
    return f"{IPv6Address(kept)}/{IPV6_HOUSEHOLD}"


def current() -> str:
    return network_of(request.remote_addr)
