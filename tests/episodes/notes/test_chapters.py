import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from episodes.models import Episode
from episodes.notes.chapters import FeedChapter, chapters_json, find_chapters, podlove_chapters
from interaxion.content.files.models import store_file
from interaxion.content.saving.transitions import transition
from interaxion.web.feed_xml import write
from tests.factories import make_episode
from tests.imports import make_picture

PAGE = "https://show.example/57"
PODLOVE = "{http://podlove.org/simple-chapters}"
TIMED_NOTES = "### 1:30 格子の話\n\n本文。\n\n#### 1:02:03 測り方\n\n本文。\n\n### お知らせ\n\n本文。\n"


def heading(starts_at, text="話", anchor=None):
    return {
        "level": 3,
        "html": text,
        "text": text,
        "anchor": anchor or f"t-{starts_at}",
        "starts_at": starts_at,
    }


def find(*outline, seconds=None, language="ja", html=""):
    return find_chapters(outline, page_url=PAGE, language=language, seconds=seconds, html=html)


def test_chapters_are_the_timed_headings_with_their_addresses():
    chapters = find(heading(0, "はじめに"), heading(None, "お知らせ", "x"), heading(90, "話"), seconds=300)

    assert chapters == [
        FeedChapter(0, 90, "はじめに", f"{PAGE}#t-0"),
        FeedChapter(90, 300, "話", f"{PAGE}#t-90"),
    ]


@pytest.mark.parametrize(("language", "title"), [("ja", "オープニング"), ("en", "Opening")])
def test_chapter_at_zero_is_supplied_where_the_first_starts_later(language, title):
    assert find(heading(90), language=language)[0] == FeedChapter(0, 90, title, PAGE)


def test_notes_without_times_have_no_chapters():
    assert find(heading(None, "話", "x")) == []
    assert find() == []


def test_chapters_rise_though_the_notes_do_not():
    chapters = find(heading(90, "b"), heading(0, "a"), heading(90, "c"))

    assert [(chapter.starts_at, chapter.title) for chapter in chapters] == [(0, "a"), (90, "b")]


def test_chapter_has_the_first_picture_of_its_section():
    html = (
        '<p><img src="/media/lead.png" alt=""></p>'
        '<h3 id="t-90">甲</h3><p>言葉</p><h4 id="x">小</h4><p><img alt="図" src="/media/蝶&amp;蛾.jpg">'
        '<img src="/media/second.png"></p><h3 id="t-120">乙</h3><p>なし</p>'
        '<h3 id="t-180">丙</h3><img src="https://pictures.example/c.png">'
    )

    chapters = find(heading(90), heading(None, "小", "x"), heading(120), heading(180), html=html)

    assert [chapter.picture for chapter in chapters] == [
        "https://show.example/media/lead.png",
        "https://show.example/media/%E8%9D%B6&%E8%9B%BE.jpg",
        "",
        "https://pictures.example/c.png",
    ]
    assert [chapter.get("img") for chapter in chapters_json(chapters, title="題")["chapters"]] == [
        "https://show.example/media/lead.png",
        "https://show.example/media/%E8%9D%B6&%E8%9B%BE.jpg",
        None,
        "https://pictures.example/c.png",
    ]
    assert podlove_chapters(chapters)[1].get("image") == "https://show.example/media/%E8%9D%B6&%E8%9B%BE.jpg"


def test_end_of_the_last_chapter_is_known_only_from_a_length_that_reaches_it():
    assert find(heading(0), heading(90), seconds=None)[-1].ends_at is None
    assert find(heading(0), heading(90), seconds=80)[-1].ends_at is None


@given(st.lists(st.none() | st.integers(0, 10_000)), st.none() | st.integers(0, 10_000))
def test_chapters_cover_the_time_without_gaps(starts, seconds):
    chapters = find(*map(heading, starts), seconds=seconds)

    times = [chapter.starts_at for chapter in chapters]
    assert times == sorted(set(times))
    assert set(times) == ({0, *starts} - {None} if times else set())
    assert [chapter.ends_at for chapter in chapters[:-1]] == times[1:]
    assert all(c.ends_at is None or c.ends_at > c.starts_at for c in chapters)


def test_chapters_json_is_version_1_2_with_floats():
    document = chapters_json(
        [FeedChapter(0, 90, "a", PAGE), FeedChapter(90, None, "b", f"{PAGE}#t-90")], title="57: 題"
    )

    assert document == {
        "version": "1.2.0",
        "title": "57: 題",
        "chapters": [
            {"startTime": 0.0, "endTime": 90.0, "title": "a", "url": PAGE},
            {"startTime": 90.0, "title": "b", "url": f"{PAGE}#t-90"},
        ],
    }
    assert isinstance(document["chapters"][0]["startTime"], float)


def test_podlove_chapters_spell_normal_play_time():
    root = podlove_chapters([FeedChapter(0, 3723, "a", PAGE), FeedChapter(3723, None, "<b> & c", f"{PAGE}#t-3723")])
    root.set("xmlns:psc", "http://podlove.org/simple-chapters")

    read = ElementTree.fromstring(write(root))

    assert read.tag == f"{PODLOVE}chapters"
    assert read.get("version") == "1.2"
    assert [chapter.tag for chapter in read] == [f"{PODLOVE}chapter"] * 2
    assert [dict(chapter.attrib) for chapter in read] == [
        {"start": "00:00:00.000", "title": "a", "href": PAGE},
        {"start": "01:02:03.000", "title": "<b> & c", "href": f"{PAGE}#t-3723"},
    ]


# The two addresses


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "address"), [("57", "/57"), ("19.5", "/19-5"), ("60.75", "/60-75")])
def test_chapters_of_a_live_episode_answer_beside_its_page(client, settings, number, address):
    settings.SITE_URL = "https://show.example"
    make_episode(number=number, title="題", notes=TIMED_NOTES, audio_seconds=4000, live=True)

    response = client.get(f"{address}/chapters.json")
    podlove = client.get(f"{address}/chapters.psc.xml")

    assert response["Content-Type"] == "application/json+chapters"
    assert response["Access-Control-Allow-Origin"] == podlove["Access-Control-Allow-Origin"] == "*"
    document = json.loads(response.content)
    assert document["version"] == "1.2.0"
    assert document["title"] == f"{number}: 題"
    assert document["chapters"] == [
        {"startTime": 0.0, "endTime": 90.0, "title": "オープニング", "url": f"https://show.example{address}"},
        {
            "startTime": 90.0,
            "endTime": 3723.0,
            "title": "格子の話",
            "url": f"https://show.example{address}#t-90",
        },
        {
            "startTime": 3723.0,
            "endTime": 4000.0,
            "title": "測り方",
            "url": f"https://show.example{address}#t-3723",
        },
    ]
    starts = [chapter.get("start") for chapter in ElementTree.fromstring(podlove.content)]
    assert starts == ["00:00:00.000", "00:01:30.000", "01:02:03.000"]


@pytest.mark.django_db
def test_chapters_of_a_live_episode_name_their_pictures(client, settings):
    settings.SITE_URL = "https://show.example"
    stored = store_file("蝶.png", make_picture(size=(900, 600)))
    make_episode(number="57", notes=f"### 0:00 話\n\n![図]({stored.file.url})\n\n### 1:00 次\n\n文\n", live=True)

    chapters = client.get("/57/chapters.json").json()["chapters"]
    podlove = ElementTree.fromstring(client.get("/57/chapters.psc.xml").content)

    assert [chapter.get("img") for chapter in chapters] == [f"https://show.example{stored.file.url}", None]
    assert [chapter.get("image") for chapter in podlove] == [f"https://show.example{stored.file.url}", None]


@pytest.mark.django_db
def test_chapters_of_what_is_not_live_are_404(client):
    now = timezone.now()
    make_episode(number="1", notes=TIMED_NOTES)
    transition(make_episode(number="2", notes=TIMED_NOTES), to="review", user=None)
    make_episode(number="3", notes=TIMED_NOTES, publish_at=now + timedelta(days=1))
    ended = make_episode(number="4", notes=TIMED_NOTES, publish_at=now - timedelta(days=2))
    Episode.objects.filter(pk=ended.pk).update(unpublish_at=now - timedelta(days=1))
    transition(make_episode(number="5", notes=TIMED_NOTES, live=True), to="trashed", user=None)
    make_episode(number="6", notes=TIMED_NOTES, live=True)

    def statuses(name):
        return [client.get(f"/{number}/{name}").status_code for number in range(1, 8)]

    assert statuses("chapters.json") == [404, 404, 404, 404, 404, 200, 404]
    assert statuses("chapters.psc.xml") == [404, 404, 404, 404, 404, 200, 404]


@pytest.mark.django_db
def test_chapters_of_an_episode_without_times_are_404(client):
    make_episode(number="57", notes="### 話\n\n本文。\n", live=True)

    assert client.get("/57/chapters.json").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/019-5", "/19-50", "/en/19-5"])
def test_chapters_have_one_address(client, address):
    make_episode(number="19.5", notes=TIMED_NOTES, live=True)

    assert client.get(f"{address}/chapters.json").status_code == 404
    assert client.get("/19-5/chapters.json").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["chapters.json", "chapters.psc.xml"])
@pytest.mark.parametrize("address", ["/19.5/{}", "/19-5/{}/", "/19-5-draft/{}", "/19-5//{}"])
def test_what_redirects_a_page_redirects_its_chapters(client, address, part):
    transition(make_episode(number="19.5", notes=TIMED_NOTES), to="published", user=None)

    answer = client.get(address.format(part))

    assert (answer.status_code, answer["Location"]) == (301, f"/19-5/{part}")


@pytest.mark.django_db
def test_chapters_hang_on_the_address_and_not_on_the_number(client):
    make_episode(number="6", title="一", path="/5", notes=TIMED_NOTES, live=True)
    make_episode(number="5", title="二", path="/special/", notes=TIMED_NOTES, live=True)

    assert client.get("/5/chapters.json").json()["title"] == "6: 一"
    assert client.get("/special/chapters.json").json()["title"] == "5: 二"
    assert client.get("/6/chapters.json").status_code == 404


@pytest.mark.django_db
def test_episode_without_a_number_has_chapters(client):
    make_episode(number=None, path="/予告", notes=TIMED_NOTES, live=True)

    assert client.get("/予告/chapters.json").status_code == 200


@pytest.mark.django_db
def test_old_address_of_chapters_is_404_while_nobody_may_see_them(client):
    transition(make_episode(number="57", notes=TIMED_NOTES, live=True), to="draft", user=None)

    assert [client.get(f"/{path}/chapters.json").status_code for path in ("57", "57.0", "57-draft")] == [404] * 3


@pytest.mark.django_db
def test_chapters_are_304_until_the_notes_change(client, django_assert_num_queries):
    make_episode(number="57", notes=TIMED_NOTES, live=True)
    etag = client.get("/57/chapters.json")["ETag"]

    with django_assert_num_queries(1):
        unchanged = client.get("/57/chapters.json", headers={"if-none-match": etag})
    make_episode(live=True)

    assert unchanged.status_code == 304
    assert client.get("/57/chapters.json", headers={"if-none-match": etag}).status_code == 200
