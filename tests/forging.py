"""Forged requests: a seeded generator of addresses, queries, headers, methods and bodies that no browser sends.

Each request begins as an ordinary one for a known address, and is then mutated a few times.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote, quote_from_bytes
from wsgiref.util import setup_testing_defaults

#: Stands in headers only, so that no response may hold it.
FOREIGN = "foreign.example"
HUGE = "9" * 30
#: Values that parsers, databases and calendars dislike, as bytes of a query or a path.
VALUES = [
    b"", b"x", b"0", b"-1", b"1", b"2", b"10", b"1.5", b"1e999", b"9223372036854775808", HUGE.encode(), b"0" * 5000,
    b"\0", b"a\0b", b"\xff\xfe", "\udcff".encode("utf-8", "surrogatepass"), "\ud800".encode("utf-8", "surrogatepass"),
    "１".encode(), "٣".encode(), "Ⅷ²".encode(), "\u202e".encode(), "e\u0301".encode(), "ß".encode(), "ｔ".encode(),
    b"2026-13-45", b"2026-02-30", b"0000-00", b"99999-01-01", b"1:30", b"[]", b"[0]", b"{}", b"null", b"None", b"true",
    b"' OR 1=1--", b"%", b"_", b"*", b"(((", b'"', b"<svg onload=a>", b"{{ 7 }}", b"../../etc/passwd", b"//", b"..;/",
    b"\r\nSet-Cookie: a=b", b"a" * 9000, b"tag:", b"speaker:x year:9999999999 -", b"10.1000/x", b"https://[::1/",
]  # fmt: skip
#: Names of queries that some view reads, and some that none does.
NAMES = [
    "q", "page", "p", "o", "e", "all", "t", "tag", "speaker", "season", "year", "month", "in", "episode", "format",
    "url", "maxwidth", "next", "_popup", "_to_field", "_changelist_filters", "_facets", "id", "id__exact", "id__in",
    "id__gt", "number__gt", "publish_at__year", "publish_at__month", "publish_at__day", "publish_at__gte",
    "logged_at__year", "category__id__exact", "course__id__exact", "status__exact", "language__exact", "tags__name",
    "user__password__startswith", "is_current__exact", "content_type__id__exact", "a__b__c", "__", "x", "utm_source",
]  # fmt: skip
METHODS = (
    ["GET"] * 12 + ["HEAD"] * 3 + ["POST"] * 3 + ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "\u0130"]
)
HEADERS: dict[str, Sequence[str]] = {
    "HOST": ["localhost", "testserver:80", FOREIGN, f"testserver@{FOREIGN}", "", "a b", "[::1", "testserver:x", "."],
    "SCRIPT_NAME": ["/x", "/admin", "//", "x", f"http://{FOREIGN}"],
    "X_SCRIPT_NAME": ["/x"],
    "X_FORWARDED_HOST": [FOREIGN, f"{FOREIGN}, testserver"],
    "X_FORWARDED_PROTO": ["https", "http,https", "x"],
    "X_FORWARDED_FOR": ["127.0.0.1", "1.1.1.1, ::ffff:127.0.0.1", "x" * 5000, "[::1]:80, unknown", "2001:db8::1%1"],
    "X_FORWARDED_PORT": ["0", "x"],
    "FORWARDED": [f"for=127.0.0.1;host={FOREIGN};proto=https", "for="],
    "X_ORIGINAL_URL": ["/admin/"],
    "X_REWRITE_URL": ["/admin/"],
    "X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "IF_NONE_MATCH": ["*", '"', 'W/"a", "b"', "a" * 5000],
    "IF_MODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Feb 2099 99:99:99 GMT", "x", HUGE],
    "IF_UNMODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "x"],
    "IF_MATCH": ["*", '"a"'],
    "IF_RANGE": ['"a"', "x"],
    "RANGE": ["bytes=0-", "bytes=-1", f"bytes={HUGE}-", "bytes=5-1", "bytes=" + "0-1," * 500, "lines=1", "bytes=٣-"],
    "ACCEPT_ENCODING": ["gzip", "gzip;q=0", "*;q=x", "br, gzip;q=0.000", "\xff"],
    "ACCEPT_LANGUAGE": ["en", "ja;q=x", "a" * 5000, "*"],
    "ACCEPT": ["application/json", "\xff"],
    "ORIGIN": ["null", f"https://{FOREIGN}", "http://[::1"],
    "REFERER": [f"https://{FOREIGN}/", "http://[::1", "\xff"],
    "SEC_FETCH_SITE": ["cross-site", "x"],
    "AUTHORIZATION": ["Basic \xff", "Bearer x"],
    "COOKIE": [
        "csrftoken=malformed", "sessionid=x", f"sessionid={'a' * 32}", "messages=x", 'a="', "=;=", "\xff=\xff",
        "csrftoken=" + "a" * 64, "sessionid=" + "a" * 9000, "django_language=en", "$Version=1; a=b",
    ],
    "USER_AGENT": ["", "\xff" * 300],
}  # fmt: skip
CONTENT_TYPES = [
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=a", "application/json",
    "text/plain; charset=rot13", "multipart/form-data; boundary=" + "a" * 300, "\xff", "",
]  # fmt: skip
BODIES = [
    b"", b"a=1", b"a=%00&b=%FF", b"\0\xff", b"{}",
    b"--a\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--a--",
    b"--a\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../x\"\r\n\r\n\r\n--a--", b"--a\r\n", b"&=" * 6000,
    b"body=%00&name=x&token=x", b"username=%00&password=x", b"action=x&_selected_action=x", b"to=published&version=x",
]  # fmt: skip
PARTS = [
    "chapters.json", "chapters.psc.xml", "feed.xml", "transcript", "transcript.vtt", "embed", "change/", "history/",
    "preview/", "delete/", "autosave/", "page/2/", "add/", ".", "..", "index.html",
]  # fmt: skip


@dataclass
class Forged:
    method: str
    path: bytes
    query: list[tuple[str, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def query_string(self) -> str:
        return "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in self.query)

    def environ(self) -> dict[str, Any]:
        """Return the WSGI environment as a server would make it: text is latin-1, headers are upper-case."""
        environ: dict[str, Any] = {f"HTTP_{name}": value for name, value in self.headers.items()}
        environ["HTTP_HOST"] = self.headers.get("HOST", "testserver")
        environ["REQUEST_METHOD"] = self.method
        environ["PATH_INFO"] = self.path.decode("latin-1")
        environ["QUERY_STRING"] = self.query_string
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
        environ["CONTENT_LENGTH"] = environ.pop("HTTP_CONTENT_LENGTH", str(len(self.body)))
        environ["wsgi.input"] = BytesIO(self.body)
        environ["REMOTE_ADDR"] = "127.0.0.1"
        environ["SCRIPT_NAME"] = ""  # our server takes none from a header
        setup_testing_defaults(environ)
        return environ

    def says(self, word: str) -> bool:
        """Whether the word stands in what a response may repeat, in capitals or not."""
        said = b"\n".join([self.path, *(value for _name, value in self.query)])
        return word.encode() in said.lower()


def forge(addresses: Sequence[str], words: Sequence[str], *, seed: int) -> Iterator[Forged]:
    """Yield requests for these addresses without end, among them searches for these words."""
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    values = VALUES + [word.encode() for word in words]
    while True:
        path, _mark, query = chance.choice(addresses).partition("?")
        forged = Forged(chance.choice(METHODS), path.encode())
        if query:
            forged.query.append(("q", query.partition("=")[2].encode()))
        for _ in range(chance.choice([0, 1, 1, 2, 2, 3])):
            chance.choice(MUTATIONS)(forged, chance, values)
        if forged.method not in {"GET", "HEAD"}:
            forged.body = chance.choice(BODIES)
            forged.headers["CONTENT_TYPE"] = chance.choice(CONTENT_TYPES)
        yield forged


def _change_path(forged: Forged, chance: random.Random, values: Sequence[bytes]) -> None:
    path, at = forged.path, chance.randint(0, len(forged.path))
    forged.path = chance.choice(
        [
            path + b"/", path.rstrip(b"/"), b"/" + path, path + b"//", b"/en" + path, b"/ja" + path, path.upper(),
            path[:at] + chance.choice(values)[:400] + path[at:], path[:at] + path[at + 1 :], path + b"-draft",
            path.rstrip(b"/") + b"/" + chance.choice(PARTS).encode(), path.replace(b"/", b"%2f"), path[:at],
            quote_from_bytes(path).encode(), path + b"\0", path[::-1], b"/" + chance.choice(values)[:400] + b"/",
        ]
    )  # fmt: skip


def _change_query(forged: Forged, chance: random.Random, values: Sequence[bytes]) -> None:
    forged.query += [(chance.choice(NAMES), chance.choice(values)) for _ in range(chance.randint(1, 3))]


def _change_header(forged: Forged, chance: random.Random, values: Sequence[bytes]) -> None:
    name = chance.choice([*HEADERS])
    forged.headers[name] = chance.choice(HEADERS[name])


def _change_length(forged: Forged, chance: random.Random, values: Sequence[bytes]) -> None:
    forged.headers["CONTENT_LENGTH"] = chance.choice(["", "0", "1", "9" * 15])  # a server refuses what is no number


MUTATIONS = [_change_path] * 3 + [_change_query] * 3 + [_change_header] * 5 + [_change_length]
