"""The one guard of every request that we send: to public hosts only, by http and https, on their usual ports. Pure.

A name is resolved once, and every address that it has must be public.
"""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = {"http": 80, "https": 443}
#: Public by their form, and a way to hosts that are not: IPv4 written as IPv6, NAT64, 6to4 and its relays, site-local.
DETOURS = [
    ipaddress.ip_network(network)
    for network in (
        "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "192.88.99.0/24", "fec0::/10",
    )
]  # fmt: skip


class FetchRefused(ValueError):
    """The guard does not let us ask there."""


class FetchFailed(OSError):
    """We asked, and got no whole answer."""


class Target:
    """An address taken apart and checked. Raises FetchRefused, or FetchFailed where the name means nothing."""

    def __init__(self, url: str, allowed_networks: Sequence[IPNetwork]) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS[parts.scheme]
            self.host = (parts.hostname or "").encode("idna").decode()
        except KeyError as problem:
            raise FetchRefused(f"{url}: only http and https are asked for") from problem
        except ValueError as problem:
            raise FetchRefused(f"{url}: this is no address") from problem
        if "@" in parts.netloc:
            raise FetchRefused(f"{url}: an address with a user's name in it is not asked for")
        if not self.host:
            raise FetchRefused(f"{url}: there is no host in it")
        self.url, self.port, self.is_tls = url, port, parts.scheme == "https"
        self.resource = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
            "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
        )
        self.addresses = self._resolve()
        for address in self.addresses:
            if any(address in network for network in allowed_networks):
                continue
            if not _is_public(address):
                raise FetchRefused(f"{url}: {self.host} is {address}, which is not a public address")
            if port not in PORTS.values():
                raise FetchRefused(f"{url}: only the ports 80 and 443 are asked")

    def _resolve(self) -> list[IPAddress]:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError as problem:
            raise FetchFailed(f"{self.url}: the host {self.host} is not found") from problem
        # A scope (`fe80::1%eth0`) is no part of the number.
        return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return (
        address.is_global
        and not address.is_multicast
        and not any(address.version == network.version and address in network for network in DETOURS)
    )
