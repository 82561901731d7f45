"""WordPress eXtended RSS: what an export says of the site and of each thing in it. Parsed without entities (XXE)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import unquote, urlsplit

from interaxion.content.reasons import spell_reason
from interaxion.text.characters import drop_control_characters
from interaxion.text.source_errors import SourceError, gettext_noop
from interaxion.web.xml_reading import Element, XmlRefused, read_xml

NAMESPACE = b"wordpress.org/export/"
#: Bytes in which the namespace is declared.
HEAD = 4_000


@dataclass(frozen=True)
class WordPressItem:
    """A post, page, attachment or anything else that has a row in the table of posts."""

    number: str
    type: str
    status: str
    title: str
    path: str  # of its address; "" for `?p=7`
    slug: str
    date: str  # with its offset from UTC, if the export says it; "" for none
    author: str
    content: str
    excerpt: str
    password: str
    attachment: str  # the address of the file, of an attachment
    terms: tuple[tuple[str, str], ...]  # taxonomy, name
    meta: Mapping[str, str]
    comments: int
    old_slugs: tuple[str, ...]  # of addresses that it had before

    def terms_of(self, taxonomy: str) -> list[str]:
        return list(dict.fromkeys(name for kind, name in self.terms if kind == taxonomy))


@dataclass(frozen=True)
class WordPressExport:
    title: str
    description: str
    language: str
    address: str  # of the blog, without a slash at its end
    authors: Mapping[str, str]  # login → name
    items: tuple[WordPressItem, ...]

    @property
    def base(self) -> str:
        """The path at which the blog began."""
        return urlsplit(self.address).path.rstrip("/")


def is_wxr(data: bytes) -> bool:
    return NAMESPACE in data[:HEAD] and b"<rss" in data[:HEAD]


def read_wxr(name: str, data: bytes) -> WordPressExport:
    """Raise SourceError for XML that is broken or declares a DTD."""
    cure = gettext_noop("export it again: Tools, Export, All content")
    try:
        text, _notes = drop_control_characters(data.decode("utf-8-sig"))
        root = read_xml(text.encode())
    except (XmlRefused, UnicodeDecodeError) as problem:
        message = gettext_noop("the XML cannot be read: %(problem)s")
        raise SourceError(name, 1, message, cure, problem=spell_reason(problem)) from problem
    channel = root.find("channel")
    if channel is None:
        raise SourceError(name, 1, gettext_noop("the export holds nothing"), cure)
    names = ((_text(each, "author_login"), _text(each, "author_display_name")) for each in _all(channel, "author"))
    address = _text(channel, "base_blog_url") or _text(channel, "base_site_url") or (channel.findtext("link") or "")
    return WordPressExport(
        title=plain(channel.findtext("title") or ""),
        description=plain(channel.findtext("description") or ""),
        language=(channel.findtext("language") or "")[:2].lower(),
        address=address.strip().rstrip("/"),
        authors={login: shown for login, shown in names if shown},
        items=tuple(_item(item) for item in channel.findall("item")),
    )


def plain(html: str) -> str:
    """Return a title as its reader sees it."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())


def _item(item: Element) -> WordPressItem:
    link = urlsplit((item.findtext("link") or "").strip())
    encoded = {child.tag.partition("}")[0].rsplit("/", 2)[-2]: child.text or "" for child in _all(item, "encoded")}
    meta = {_text(each, "meta_key"): _text(each, "meta_value") for each in _all(item, "postmeta")}
    return WordPressItem(
        number=_text(item, "post_id"),
        type=_text(item, "post_type") or "post",
        status=_text(item, "status") or "publish",
        title=plain(item.findtext("title") or ""),
        path="" if link.query else unquote(link.path),
        slug=unquote(_text(item, "post_name")),
        date=_date(_text(item, "post_date"), _text(item, "post_date_gmt")),
        author=_text(item, "creator"),
        content=encoded.get("content", ""),
        excerpt=encoded.get("excerpt", ""),
        password=_text(item, "post_password"),
        attachment=_text(item, "attachment_url"),
        terms=tuple((each.get("domain", ""), plain(each.text or "")) for each in item.findall("category")),
        meta=meta,
        comments=sum(1 for _ in _all(item, "comment")),
        old_slugs=tuple(
            unquote(_text(each, "meta_value"))
            for each in _all(item, "postmeta")
            if _text(each, "meta_key") == "_wp_old_slug"
        ),
    )


def _all(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children of this name in any namespace: that of WordPress holds a version."""
    return (child for child in parent if child.tag == name or child.tag.endswith(f"}}{name}"))


def _text(parent: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in _all(parent, name)), "")


def _date(local: str, utc: str) -> str:
    """`2020-01-01 09:00:00 +0900` by the two times of the export; without one of them, the local time alone."""
    try:
        offset = datetime.fromisoformat(local) - datetime.fromisoformat(utc)
    except ValueError:
        return "" if local.startswith("0000") else local
    minutes = round(offset.total_seconds() / 60)
    return f"{local} {'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
