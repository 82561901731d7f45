"""No page has words of the other language: with all content Japanese on Japanese pages, all Latin on English ones."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest

from episodes.podcast import Podcast
from interaxion.content.tags import Tag
from posts.models import Category
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker

pytestmark = pytest.mark.django_db

JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿々]")
LATIN_WORD = re.compile("[A-Za-z]{2,}")
#: Words that are the same in both languages. The first two lead to the page in the other language.
NAMES = re.compile(
    r"English|日本語|Spotify|YouTube|BibTeX|RIS|MP3|URL|RSS|doi:|\{\w+\}|https?://\S+|[\w.-]+\.com|10\.1000/\S+"
)
#: Elements whose text is for machines or was written by the author.
SILENT = {"script", "style", "code", "pre", "kbd", "math"}
SPOKEN = {"aria-label", "aria-description", "alt", "title", "placeholder"}
VOID = {"meta", "link", "img", "input", "br", "hr", "wbr", "source", "path", "circle", "rect", "line"}
#: Links to these are not to pages.
NO_PAGE = re.compile(r"/works\.(?:bib|ris)|/(?:admin|media|static|cards)/|\.(?:xml|json|mp3|txt)$")


class Words(HTMLParser):
    """All words of a page: its text, and the attributes that screen readers speak."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        self.texts += [values[name] for name in SPOKEN & values.keys()]
        self.texts += [
            value
            for name, value in values.items()
            if name.startswith("data-") and name != "data-frame" and " " in (value or "")
        ]
        if tag == "a":
            self.links.append(values.get("href", ""))
        if values.get("name") == "description" or values.get("property") in {"og:title", "og:description"}:
            self.texts.append(values["content"])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if data.strip() and not SILENT & set(self._open):
            self.texts.append(data.strip())


def fill(word: str, language: str) -> None:
    """Make one of everything, with every word of the content made of `word`."""

    def text(number: int) -> str:
        return f"{word}{number}"

    common: dict[str, Any] = {"language": language, "live": True}
    Podcast(
        pk=1,
        title=text(1),
        description=text(2),
        language=language,
        copyright=text(3),
        subscribe_links=["https://open.spotify.com/show/x"],
    ).save()
    people = [make_speaker(name=text(n), slug=f"p{n}", reading=text(n), bio=text(n)) for n in (4, 5)]
    for tag in (6, 7):
        Tag(name=text(tag), slug=f"t{tag}", description=text(tag)).save()
    tags = (text(6), text(7))
    cited = f"- [{text(8)}](https://doi.org/10.1000/{{}})\n"
    for number, player in enumerate(("", "spotify", "youtube"), start=1):
        make_episode(
            number=str(number),
            title=text(10 + number),
            summary=text(14),
            notes=f"{text(15)}\n\n### 0:00 {text(16)}\n\n{cited.format(1)}\n### 1:30 {text(17)}\n\n{text(18)}\n",
            speakers=tuple(people),
            tags=tags,
            season=number,
            audio_url="https://example.org/a.mp3",
            audio_bytes=1,
            audio_type="audio/mpeg",
            audio_seconds=3600,
            player_provider=player,
            player_id={"spotify": "episode/abc", "youtube": "abcdefghijk"}.get(player, ""),
            **common,
        )
    for number in (1, 2):
        body = f"## {text(21)}\n\n{text(22)}[^1]\n\n[^1]: {text(23)}\n\n{cited.format(1)}"
        make_post(
            title=text(23 + number), path=f"/blog/b{number}", body=body, authors=tuple(people), tags=tags, **common
        )
    Category.objects.update(name=text(26), description=text(27))
    make_page(title=text(28), path="/how-to-listen/", body=text(29), summary=text(30), in_navigation=True, **common)
    course = make_course(slug="c", title=text(31), subtitle=text(32), level=text(33), version_label="1.0", **common)
    for position in (1, 2):
        source = f"# {text(33 + position)}\n\n## {text(36)}\n\n{text(37)}\n\n{cited.format(2)}"
        make_chapter(course=course, position=position, title=text(33 + position), source=source, tags=tags, **common)


def crawl(client, start: str, more: tuple[str, ...]) -> Iterator[tuple[str, Words]]:
    """Yield every page that links lead to from `start` and `more` on, in the language of `start`."""
    seen, waiting = {start, *more}, [start, *more]
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        if response.status_code in (301, 302):
            continue
        assert response.status_code == 200 or address.endswith("nowhere"), address
        words = Words(response.content.decode())
        yield address, words
        for link in words.links:
            link = unquote(link.partition("#")[0])
            link = address.partition("?")[0] + link if link.startswith("?") else link
            # A list with two filters has no words that lists with one filter lack.
            is_ours = link.startswith("/") and link.startswith("/en/") == start.startswith("/en/") and "&" not in link
            if is_ours and link not in seen and not NO_PAGE.search(link):
                seen.add(link)
                waiting.append(link)


#: Pages that no link leads to, and the pages that must be found at least: one of each kind.
MORE = ("episodes/?tag=x", "blog/?month=1999-01", "search?q=x9", "feedback/thanks/", "nowhere")
KINDS = (
    "1", "episodes/", "episodes/?speaker=p4", "speakers/", "speakers/p4/", "tags/", "tags/t6/", "blog/", "blog/b1",
    "how-to-listen/", "courses/", "courses/c/", "courses/c/chapter-1/", "search", "feedback/",
)  # fmt: skip


@pytest.mark.parametrize(
    ("start", "word", "language", "foreign"), [("/", "語", "ja", LATIN_WORD), ("/en/", "Word", "en", JAPANESE)]
)
def test_no_page_says_anything_in_the_other_language(client, start, word, language, foreign):
    fill(word, language)

    pages = dict(crawl(client, start, tuple(start + address for address in (*KINDS, *MORE, f"search?q={word}"))))

    sentences = {(text, address) for address, words in pages.items() for text in words.texts}
    foreign_texts = {text: address for text, address in sentences if foreign.search(NAMES.sub("", text))}
    assert not foreign_texts, "\n".join(f"{address}: {text}" for text, address in sorted(foreign_texts.items()))
    assert any("/works/" in address for address in pages)
    assert {start + kind for kind in KINDS} <= pages.keys()


def test_a_foreign_word_is_found_wherever_it_is_said():
    html = '<p>語</p><p lang="ja">Left <b>over</b></p><button aria-label="Close"></button><a data-say="Go on">語</a>'

    assert [text for text in Words(html).texts if LATIN_WORD.search(text)] == ["Left", "over", "Close", "Go on"]
    assert Words("<code>code</code><script>let x</script>").texts == []
