"""The front matter of the themes that podcasters use."""

import pytest

from episodes.importing.documents import claims
from episodes.importing.reading import read_episode
from episodes.importing.reading.theme_keys import names_sound, renamed
from interaxion.content.importing.inputs import Claim, Place
from interaxion.text.front_matter.parsing import SourceDocument, parse_document

POST = Place(name_in_site="_posts/2024-01-11-x.md", is_in_site=True)


def make_document(front_matter: str) -> SourceDocument:
    return parse_document("_posts/2024-01-11-x.md", f"---\ntitle: '7. 潮'\n{front_matter}\n---\nText.\n".encode())


@pytest.mark.parametrize(
    ("front_matter", "audio", "seconds", "size"),
    [
        (
            "audio_file_path: https://a.example/7.mp3\naudio_file_size: 82865\nduration: '01:26:19'",
            "https://a.example/7.mp3",
            5179,
            82865,
        ),
        (
            "podcast_link: https://a.example/x\npodcast_length: 1,234\npodcast_duration: '3:04'",
            "https://a.example/x",
            184,
            1234,
        ),
        ("audio:\n  m4a: 7.m4a\n  mp3: 7.mp3\nduration: 1h 2m 3s", "7.m4a", 3723, None),
        ("enclosure: |-\n  https://a.example/7.mp3\n  1234\n  audio/mpeg", "https://a.example/7.mp3", None, 1234),
        ("enclosure: {url: https://a.example/7.mp3, length: 12}", "https://a.example/7.mp3", None, 12),
        ("layout: post\naudio: /audio/7.mp3\nseconds: 90\nbytes: 5", "/audio/7.mp3", 90, 5),
    ],
    ids=["yattecast", "podcast_link", "octopod", "wordpress", "mapping", "ours"],
)
def test_sound_of_a_theme_makes_an_episode(front_matter, audio, seconds, size):
    document = make_document(front_matter)

    source = read_episode(document)

    assert claims(document, POST) is Claim.SOUND
    assert (source.audio, source.audio_seconds, source.audio_bytes) == (audio, seconds, size)
    assert (source.number, source.title, source.extra) == (7, "潮", {})


@pytest.mark.parametrize(
    "front_matter", ["layout: post", "audio: 1234567", "audio: null", "layout: page\naudio: /a.mp3", "duration: '3:04'"]
)
def test_what_names_no_sound_is_no_episode_whatever_its_number(front_matter):
    assert claims(make_document(front_matter), POST) is Claim.NONE


def test_people_of_a_theme_have_the_role_that_the_key_states():
    source = read_episode(make_document("actor_ids: [みなも]\nhost: しぶき\nguests: [蛍, みなも]"))

    assert source.speakers == ("みなも", "しぶき", "蛍")
    assert source.roles == {"しぶき": "host", "蛍": "guest", "みなも": "guest"}


def test_length_and_size_that_cannot_be_read_are_told_and_not_taken():
    source = read_episode(make_document("audio: https://a.example/7.mp3\nduration: long\nfilesize: 79 MB"))

    assert (source.audio_seconds, source.audio_bytes) == (None, None)
    assert [f"{note.line}: {note}" for note in source.warnings] == [
        "4: the length long of the sound cannot be read: it is not taken",
        "5: the size 79 MB of the sound is no number of bytes: it is not taken",
    ]


def test_key_is_read_as_what_somebody_says_it_means():
    document = renamed(make_document("klang: https://a.example/7.mp3\naudio: x"), {"klang": "audio"})

    assert names_sound(document)
    assert document.meta["audio"] == "https://a.example/7.mp3"
    assert document.key_lines["audio"] == 3
