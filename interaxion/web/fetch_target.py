"""The check of the SSRF guard: which URLs may be requested. Public hosts only, http and https, ports 80 and 443.

A host name is resolved once, and every IP address of it must be public.
"""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from interaxion.text.source_errors import Reasoned, gettext_noop

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = {"http": 80, "https": 443}
#: Networks that look public but lead to hosts that are not: IPv4 written as IPv6, NAT64, 6to4 and its relays,
#: site-local; and those that Python 3.11 does not know to be reserved: DS-Lite, documentation, SRv6.
#: https://www.iana.org/assignments/iana-ipv6-special-registry/
DETOURS = [
    ipaddress.ip_network(network)
    for network in (
        "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "192.88.99.0/24", "fec0::/10",
        "192.0.0.0/24", "3fff::/20", "5f00::/16",
    )
]  # fmt: skip


class FetchRefused(Reasoned, ValueError):
    """The SSRF guard does not allow this URL."""


class FetchFailed(Reasoned, OSError):
    """The request was sent, or tried, and no complete answer came."""


class Target:
    """A URL, parsed, resolved and checked.

    Raises FetchRefused for a URL that is not allowed, FetchFailed for a host name that does not resolve.
    """

    def __init__(self, url: str, allowed_networks: Sequence[IPNetwork]) -> None:
        try:
            parts = urlsplit(url)
            usual = PORTS[parts.scheme]
            port = usual if parts.port is None else parts.port
            self.host = (parts.hostname or "").encode("idna").decode()
        except KeyError as problem:
            raise FetchRefused(gettext_noop("%(url)s: only http and https are asked for"), url=url) from problem
        except ValueError as problem:
            raise FetchRefused(gettext_noop("%(url)s: this is no address"), url=url) from problem
        if "@" in parts.netloc:
            raise FetchRefused(gettext_noop("%(url)s: an address with a user's name in it is not asked for"), url=url)
        if not self.host:
            raise FetchRefused(gettext_noop("%(url)s: there is no host in it"), url=url)
        self.url, self.port, self.is_tls = url, port, parts.scheme == "https"
        self.resource = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
            "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
        )
        self.addresses = self._resolve()
        for address in self.addresses:
            if any(address in network for network in allowed_networks):
                continue
            if not _is_public(address):
                message = gettext_noop("%(url)s: %(host)s is %(address)s, which is not a public address")
                raise FetchRefused(message, url=url, host=self.host, address=address)
            if port not in PORTS.values():
                raise FetchRefused(gettext_noop("%(url)s: only the ports 80 and 443 are asked"), url=url)

    def _resolve(self) -> list[IPAddress]:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except OSError as problem:
            message = gettext_noop("%(url)s: the host %(host)s is not found")
            raise FetchFailed(message, url=self.url, host=self.host) from problem
        # The scope (`%eth0` in `fe80::1%eth0`) is not part of the address.
        return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return (
        address.is_global
        and not address.is_multicast
        and not any(address.version == network.version and address in network for network in DETOURS)
    )
