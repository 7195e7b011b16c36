"""Which network an IP address belongs to: everybody's, one's own, or none to talk to.

Written out, since what the standard library calls private or global has changed between its
versions, and knows nothing of the addresses at which clouds tell a machine its secrets.
"""

from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address


class Reach(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    NEVER = "never"


# Clouds tell machines their keys here.
METADATA = {
    ip_address(address)
    for address in ("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254")
}
PRIVATE = [
    ip_network(net)
    for net in (
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a provider's NAT
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
]
# Of no use to a web page: this network, link-local, tests, benchmarks, examples, many receivers,
# the future. Of IPv6 all that is not given out (2000::/3), and what wraps IPv4 in it.
NEVER = [
    ip_network(net)
    for net in (
        "0.0.0.0/8",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
]
GIVEN_OUT = ip_network("2000::/3")
# Where a network without IPv4 reaches IPv4 through a translator.
NAT64 = ip_network("64:ff9b::/96")


def reach_of(text: str) -> Reach:
    """Of an address as the resolver writes it. Raises ValueError for what is none."""
    address = _plain(ip_address(text.partition("%")[0]))
    if address in METADATA or any(address in net for net in NEVER):
        return Reach.NEVER
    if any(address in net for net in PRIVATE):
        return Reach.PRIVATE
    if address.version == 6 and address not in GIVEN_OUT:
        return Reach.NEVER
    return Reach.PUBLIC


def _plain(address: Address) -> Address:
    """The IPv4 address that stands inside an IPv6 one, if one does and is what is reached by it."""
    if not isinstance(address, IPv6Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else address
