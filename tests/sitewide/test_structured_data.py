"""The data of pages for search engines and other sites: JSON-LD, Open Graph, the picture to share."""

import json
import re
from datetime import UTC, datetime

import pytest
from pyld import jsonld

from episodes.cards.files import card_path
from episodes.models import Appearance, Episode
from episodes.podcast import Podcast
from interaxion.content.linking.works import Work
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker, make_user

pytestmark = pytest.mark.django_db

SITE = "https://show.example"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NOTES = """\
### 0:10 はじめに

- [ある論文](https://doi.org/10.1000/abc)

### 1:30 格子 & <電子>

- [別の論文](https://arxiv.org/abs/2101.00001v2)と[普通の頁](https://example.org/)
"""
#: The types of values by schema.org: https://schema.org/PodcastEpisode and its parts.
TYPES = {
    "datePublished": lambda text: re.fullmatch(r"\d{4}", text) or datetime.fromisoformat(text),
    "dateModified": datetime.fromisoformat,
    "duration": re.compile(r"PT(?=.)(\d+H)?(\d+M)?(\d+S)?").fullmatch,
    "url": re.compile(r"https://\S+").fullmatch,
    "image": re.compile(r"https://\S+").fullmatch,
    "@id": re.compile(r"https://\S+#\w+").fullmatch,
}


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def podcast():
    podcast = Podcast(pk=1, title="曲がり角の実験室", author="実験室", subscribe_links=["https://podcasts.example/1"])
    podcast.save()
    return podcast


def document_of(client, address):
    (block,) = BLOCK.findall(client.get(address).content.decode())
    document = json.loads(block)
    assert document["@context"] == "https://schema.org"
    return document


def described(client, address):
    """Return the one thing that the page describes, after a check that every part is well-formed."""
    document = document_of(client, address)
    thing = document["@graph"][0]
    check_parts(thing)
    check_graph(document, thing)
    return thing


def schema_org(url: str, options: object) -> dict:
    """Return the part of https://schema.org/docs/jsonldcontext.json that we use."""
    assert url == "https://schema.org"
    addresses = {name: {"@type": "@id"} for name in ("url", "sameAs", "image", "contentUrl")}
    context = {"@vocab": "https://schema.org/", **addresses}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}


def check_graph(document: dict, thing: dict) -> None:
    """Assert that PyLD reads every value as a statement, and that every address is absolute."""
    graph = jsonld.to_rdf(document, {"documentLoader": schema_org})["@default"]
    facts = {(quad["predicate"]["value"], quad["object"]["value"]) for quad in graph}
    assert all((f"https://schema.org/{name}", thing[name]) in facts for name in {"name", "headline"} & thing.keys())
    assert any(predicate.endswith("#type") and value.startswith("https://schema.org/") for predicate, value in facts)
    assert len(graph) == sum(count_statements(thing) for thing in document["@graph"])
    for quad in graph:
        for part in (quad["subject"], quad["object"]):
            assert part["type"] != "IRI" or re.match("https?://", part["value"]), part


def count_statements(part: object) -> int:
    """Return how many statements an object makes: its values, and those of nested objects, each of them once."""
    if isinstance(part, list):
        return sum(count_statements(item) for item in part)
    if not isinstance(part, dict):
        return 0
    values = [value for name, value in part.items() if name != "@id"]
    return sum(len(value) if isinstance(value, list) else 1 for value in values) + count_statements(values)


def check_parts(part):
    """Assert that every object has a type, no value is empty, and values have the form that schema.org demands."""
    if isinstance(part, list):
        assert part
        for item in part:
            check_parts(item)
    elif isinstance(part, dict):
        assert part["@type"]
        for name, value in part.items():
            assert value not in ("", None, [], {}), name
            assert name not in TYPES or TYPES[name](value), (name, value)
            check_parts(value)


@pytest.mark.parametrize(
    ("address", "stored", "told", "label"),
    [
        ("https://audio.example/a.M4A?x=.mp3", "", "audio/mp4", "M4A"),
        ("https://audio.example/a.mp4", "", "audio/mp4", "M4A"),
        ("https://audio.example/a.mp3", "", "audio/mpeg", "MP3"),
        ("https://audio.example/a", "", "audio/mpeg", "MP3"),
        ("https://audio.example/a.mp3", "audio/mp4", "audio/mp4", "M4A"),
    ],
)
def test_page_and_feed_say_the_same_of_what_the_audio_is(client, podcast, address, stored, told, label):
    episode = make_episode(number="1", audio_url=address, audio_type=stored, live=True)

    assert described(client, "/1")["associatedMedia"]["encodingFormat"] == told
    assert f'type="{told}"' in client.get("/feed.xml").content.decode()
    assert episode.media_type.label == label


def test_episode_is_described_with_all_that_it_has(client, podcast):
    host, guest = (
        make_speaker(name="岡", slug="oka", links=["https://x.com/oka"]),
        make_speaker(name="客", slug="guest"),
    )
    episode = make_episode(
        number="19.5",
        title="格子の話</script>",
        summary="電子の*話*。",
        notes=NOTES,
        tags=("超伝導",),
        season=2,
        audio_url="https://audio.example/a.mp3",
        audio_bytes=99,
        audio_type="audio/mpeg",
        audio_seconds=3723,
        publish_at=datetime(2026, 4, 1, 12, tzinfo=UTC),
    )
    unsaid = make_speaker(name="声")
    episode.replace_appearances([(host, Appearance.Role.HOST), (guest, Appearance.Role.GUEST), (unsaid, "")])

    thing = described(client, "/19-5")

    assert thing["@type"] == "PodcastEpisode"
    assert (thing["name"], thing["episodeNumber"]) == ("格子の話</script>", "19.5")
    assert thing["description"] == "電子の話。"
    assert thing["url"] == f"{SITE}/19-5"
    assert thing["datePublished"] == "2026-04-01T12:00:00+00:00"
    assert thing["duration"] == "PT1H2M3S"
    assert thing["keywords"] == ["超伝導"]
    assert thing["partOfSeries"]["@id"] == f"{SITE}/#podcast"
    assert thing["partOfSeason"]["seasonNumber"] == 2
    assert [(p["name"], p["url"], p.get("sameAs")) for p in thing["author"]] == [
        ("岡", f"{SITE}/speakers/oka/", ["https://x.com/oka"])
    ]
    assert [p["name"] for p in thing["contributor"]] == ["客"]
    assert [p["name"] for p in thing["actor"]] == ["声"]
    assert thing["associatedMedia"] == {
        "@type": "AudioObject",
        "contentUrl": "https://audio.example/a.mp3",
        "encodingFormat": "audio/mpeg",
        "contentSize": "99",
        "duration": "PT1H2M3S",
    }
    assert [(c["name"], c["startOffset"], c["endOffset"], c["url"]) for c in thing["hasPart"]] == [
        ("オープニング", 0, 10, f"{SITE}/19-5"),
        ("はじめに", 10, 90, f"{SITE}/19-5#t-10"),
        ("格子 & <電子>", 90, 3723, f"{SITE}/19-5#t-90"),
    ]
    assert [(c["@type"], c["name"], c["url"], c["identifier"]) for c in thing["citation"]] == [
        ("ScholarlyArticle", "ある論文", "https://doi.org/10.1000/abc", "doi:10.1000/abc"),
        ("ScholarlyArticle", "別の論文", "https://arxiv.org/abs/2101.00001", "arXiv:2101.00001"),
    ]


def test_citation_says_what_an_editor_typed_and_else_what_was_found(client):
    make_episode(
        number="1", notes="- [論](https://doi.org/10.1000/abc)\n- <https://arxiv.org/abs/2101.00001>\n", live=True
    )
    paper, preprint = Work.objects.get(kind="doi"), Work.objects.get(kind="arxiv")
    paper.found_title = "Waves"
    paper.found = {"authors": ["Minami, Jo", "Wave Group"], "year": "2021", "container": "Water", "form": "article"}
    preprint.title, preprint.details, preprint.found = "波", {"year": "2020"}, {"authors": ["北, 太郎"], "year": "1999"}
    paper.save()
    preprint.save()

    first, second = described(client, "/1")["citation"]

    assert (first["name"], first["datePublished"], first["isPartOf"]) == (
        "Waves", "2021", {"@type": "Periodical", "name": "Water"},
    )  # fmt: skip
    assert first["author"] == [
        {"@type": "Person", "name": "Jo Minami"}, {"@type": "Organization", "name": "Wave Group"},
    ]  # fmt: skip
    assert (second["name"], second["datePublished"]) == ("波", "2020")
    assert second["author"] == [{"@type": "Person", "name": "北太郎"}]


def test_episode_with_nothing_is_described_by_what_is_left(client):
    make_episode(number=None, title="題", notes="", path="/one", live=True)

    thing = described(client, "/one")

    assert {"author", "contributor", "hasPart", "citation", "associatedMedia", "duration", "keywords"}.isdisjoint(thing)


def test_show_is_described_on_the_front_page(client, podcast):
    host = make_speaker(name="岡", slug="oka")
    podcast.hosts.add(host)
    make_episode(speakers=(host,), live=True)

    thing = described(client, "/")

    assert thing["@type"] == "PodcastSeries"
    assert (thing["@id"], thing["name"]) == (f"{SITE}/#podcast", "曲がり角の実験室")
    assert thing["webFeed"] == f"{SITE}/feed.xml"
    assert thing["sameAs"] == ["https://podcasts.example/1"]
    assert [person["name"] for person in thing["author"]] == ["岡"]


def test_post_course_chapter_and_speaker_are_described(client, podcast):
    author = make_speaker(name="岡", slug="oka", aliases=["おか"])
    make_post(
        title="記事", path="/blog/one", body="[論文](https://doi.org/10.1000/abc)\n", authors=(author,), live=True
    )
    course = make_course(slug="lattice", title="講座", level="入門", live=True)
    make_chapter(course=course, slug="one", title="章", live=True)
    make_chapter(course=course, slug="hidden", position=2, title="隠れた章")

    post, about, chapter = (described(client, p) for p in ("/blog/one", "/courses/lattice/", "/courses/lattice/one/"))
    speaker = described(client, "/speakers/oka/")

    assert (post["@type"], post["headline"]) == ("BlogPosting", "記事")
    assert post["author"][0]["@id"] == speaker["mainEntity"]["@id"] == f"{SITE}/speakers/oka/#person"
    assert post["citation"][0]["identifier"] == "doi:10.1000/abc"
    assert about["@type"] == ["Course", "LearningResource"]
    assert [part["name"] for part in about["hasPart"]] == ["章"]
    assert about["provider"]["name"] == "実験室"
    assert about["hasPart"][0]["@id"] == chapter["@id"]
    assert chapter["isPartOf"]["@id"] == about["@id"]
    assert (chapter["position"], chapter["educationalLevel"]) == (1, "入門")
    assert speaker["mainEntity"]["alternateName"] == ["おか"]


def test_translation_of_a_chapter_is_described(client):
    for slug, language in (("waves", "ja"), ("waves-en", "en")):
        course = make_course(slug=slug, language=language, live=True)
        make_chapter(course=course, slug="one", language=language, live=True)

    (english,) = described(client, "/courses/waves/one/")["workTranslation"]
    assert (english["url"], english["inLanguage"]) == (f"{SITE}/courses/waves-en/one/", "en")
    assert english["@id"] == described(client, "/courses/waves-en/one/")["@id"]


@pytest.mark.parametrize("address", ["/episodes/", "/speakers/", "/tags/", "/courses/", "/blog/", "/about/"])
def test_list_or_plain_page_describes_nothing(client, address):
    make_post(live=True)
    make_page(path="/about/", live=True)

    assert BLOCK.findall(client.get(address).content.decode()) == []


def test_policy_allows_no_inline_script_for_it(client):
    make_episode(number="57", live=True)

    policy = client.get("/57")["Content-Security-Policy"]

    assert "script-src 'self';" in policy


def test_breadcrumbs_lead_from_the_front_page_to_the_thing(client, podcast):
    course = make_course(slug="waves", title="波", live=True)
    make_chapter(course=course, slug="one", title="第一章", live=True)

    thing, crumbs = document_of(client, "/courses/waves/one/")["@graph"]

    assert thing["name"] == "第一章"
    assert [(each["position"], each["name"], each["item"]) for each in crumbs["itemListElement"]] == [
        (1, podcast.title, f"{SITE}/"),
        (2, "コース", f"{SITE}/courses/"),
        (3, "波", f"{SITE}/courses/waves/"),
        (4, "第一章", f"{SITE}/courses/waves/one/"),
    ]


# What other sites are told


def test_page_says_its_language_its_audio_and_its_dates(client):
    at = datetime(2026, 4, 1, tzinfo=UTC)
    make_episode(number="57", audio_url="https://audio.example/57.mp3", audio_type="audio/mpeg", publish_at=at)
    make_post(path="/blog/en", language="en", publish_at=at)

    episode, post = meta(client, "/57"), meta(client, "/blog/en")

    assert episode["article:published_time"] == episode["article:modified_time"] == at.isoformat()
    assert (episode["og:audio"], episode["og:audio:type"]) == ("https://audio.example/57.mp3", "audio/mpeg")
    assert (episode["og:locale"], post["og:locale"], meta(client, "/en/tags/")["og:locale"]) == (
        "ja_JP",
        "en_US",
        "en_US",
    )


# The picture to share


def meta(client, address):
    """Return the meta properties of the page by name; fails if one comes twice."""
    html = client.get(address).content.decode()
    pairs = re.findall(r'<meta (?:property|name)="((?:og|twitter|article):[^"]*)" content="([^"]*)">', html)
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)


def test_episode_is_shared_with_its_card(client):
    make_episode(number="57", title="格子の話", summary="電子の話。", live=True)

    properties = meta(client, "/57")

    episode = Episode.objects.get()
    assert properties["og:image"] == SITE + card_path(episode, Podcast.current())
    assert properties["og:image:alt"] == f"57: 格子の話 · {Podcast.current().title}"
    assert (properties["og:image:width"], properties["og:image:height"]) == ("1200", "630")
    assert properties["twitter:card"] == "summary_large_image"
    assert properties["og:title"] == "57: 格子の話"
    assert client.get(properties["og:image"].removeprefix(SITE)).status_code == 200


def test_other_pages_are_shared_with_their_picture_or_the_artwork_or_our_mark(client, podcast):
    speaker = make_speaker(name="岡", image="pictures/oka.png")
    make_post(path="/blog/one", cover="pictures/表紙.png", cover_alt="格子の絵", authors=(speaker,), live=True)
    make_post(path="/blog/two", live=True)
    ours = meta(client, "/blog/two")
    assert ours["og:image"] == f"{SITE}/static/img/share.png"
    assert (ours["og:image:width"], ours["twitter:card"]) == ("1200", "summary_large_image")
    podcast.artwork = "pictures/artwork.png"
    podcast.save()

    assert meta(client, "/blog/one")["og:image"] == f"{SITE}/media/pictures/%E8%A1%A8%E7%B4%99.png"
    assert meta(client, "/blog/two")["og:image"] == f"{SITE}/media/pictures/artwork.png"
    alts = [meta(client, path)["og:image:alt"] for path in ("/blog/one", "/blog/two", speaker.path)]
    assert alts == ["格子の絵", podcast.title, "岡"]
    assert meta(client, "/blog/two")["twitter:card"] == "summary"


def test_draft_is_described_to_nobody(client):
    draft = make_episode(number="57", speakers=(make_speaker(),))
    client.force_login(make_user(is_superuser=True))

    html = client.get(draft.path).content.decode()

    assert BLOCK.findall(html) == []
    assert "/cards/" not in html
