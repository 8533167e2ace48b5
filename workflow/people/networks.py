"""Networks: what counts as one remote address wherever something is limited."""

from ipaddress import IPv6Address, ip_address, ip_network

LONGEST = 64
"""How much is kept of what is no address, in characters: a proxy may name its caller as it likes."""


def network(remote: str) -> str:
    """The address itself; of IPv6, the half that a provider hands out as a whole; of IPv4 within IPv6, the IPv4."""
    try:
        address = ip_address(remote)
    except ValueError:
        return remote[:LONGEST]
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((int(address), 64), strict=False)) if address.version == 6 else str(address)
