"""What visitors and apps get of a published transcript."""

import pytest
from django.utils import timezone

from episodes.feed.item import podcast_item
from episodes.models import Episode
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.text.transcripts.cues import Cue
from interaxion.text.transcripts.reading import read_transcript
from tests.factories import make_editor, make_episode, make_speaker, make_transcript

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FILES = ("transcript.vtt", "transcript.srt", "transcript.json")
ADDRESSES = ("/57/transcript", *(f"/57/{name}" for name in FILES))


@pytest.fixture
def episode():
    speakers = (make_speaker(name="岡田", aliases=["岡"]), make_speaker(name="青木"))
    return make_episode(number="57", live=True, speakers=speakers, audio_url="https://a.example/57.mp3")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("transcript.vtt", "text/vtt"),
        ("transcript.srt", "application/x-subrip"),
        ("transcript.json", "application/json"),
    ],
)
def test_files_give_the_transcript_to_every_site(client, episode, name, content_type):
    cues = (Cue(0, 2, "はい。"), Cue(2, 3.25, "<ええ> & 1"))
    make_transcript(episode=episode, cues=cues)

    response = client.get(f"/57/{name}")

    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert read_transcript(response.content).cues == cues


def test_page_folds_what_was_said_below_each_section(client, episode):
    make_transcript(episode=episode)

    html = client.get("/57").content.decode()

    first, second = html.index('id="said-0"'), html.index('id="said-95"')
    assert html.index('<h3 id="t-0"') < first < html.index('<h3 id="t-90"') < second
    assert html.count('<details class="transcript">') == 2
    assert "<b>岡田</b>" in html


def test_transcript_has_a_page_of_its_own_in_both_languages(client, episode):
    make_transcript(episode=episode)

    html = client.get("/57/transcript").content.decode()

    assert 'href="/57#t-90"' in html
    assert "量子もつれの話です。" in html
    assert client.get("/en/57/transcript").status_code == 200


@pytest.mark.parametrize("why", ["unpublished", "emptied", "draft", "future", "trashed"])
def test_nobody_gets_what_is_not_published(client, episode, why):
    transcript = make_transcript(episode=episode, published=why not in {"unpublished", "emptied"})
    if why == "draft":
        transition(episode, to="draft", user=None)
    elif why == "future":
        episode.publish_at = timezone.now() + timezone.timedelta(days=1)
        store(episode, user=None)
    elif why == "trashed":
        transition(episode, to="trashed", user=None)
    elif why == "emptied":
        make_transcript(episode=episode, cues=(), published=False)

    assert [client.get(address).status_code for address in ADDRESSES] == [404] * 4
    assert "量子もつれ" not in client.get("/57").content.decode()
    assert "transcript" not in client.get("/feed.xml").content.decode()
    assert transcript.pk


def test_addresses_follow_the_page(client, episode):
    make_transcript(episode=episode)
    client.get("/57/transcript")  # what is kept must not hide the move
    episode.path = "/第57回"
    store(episode, user=make_editor(), is_confirmed=True)

    for address in ADDRESSES:
        response = client.get(address)
        assert (response.status_code, response["Location"].rpartition("/")[2]) == (301, address.rpartition("/")[2])
        assert client.get(response["Location"]).status_code == 200


def test_feed_names_every_form(client, episode):
    make_transcript(episode=episode, language="en")

    tags = [tag.attrib for tag in podcast_item(Episode.objects.get()) if tag.tag == "podcast:transcript"]

    assert [(tag["url"].rpartition("/57/")[2], tag["type"], tag.get("rel", "")) for tag in tags] == [
        ("transcript.vtt", "text/vtt", "captions"),
        ("transcript.srt", "application/x-subrip", "captions"),
        ("transcript.json", "application/json", ""),
        ("transcript", "text/html", ""),
    ]
    assert {tag["language"] for tag in tags} == {"en"}
    assert client.get("/feed.xml").content.decode().count("<podcast:transcript") == 4


def test_page_follows_a_new_transcript_and_new_sections(client, episode):
    transcript = make_transcript(episode=episode)
    client.get("/57")

    make_transcript(episode=episode, cues=(Cue(0, 1, "言い直し。"),))
    assert "言い直し。" in client.get("/57").content.decode()
    store(episode, user=None, write_related=lambda: episode.replace_sections("### 0:30 ひとつ\n\n本文。\n"))
    html = client.get("/57").content.decode()

    assert html.index("言い直し。") < html.index('id="t-30"')
    assert transcript.pk
