"""What was said is found down to the sentence, after the notes."""

from io import StringIO

import pytest
from django.core.management import call_command

from episodes.models import Episode
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import store
from interaxion.content.search.finding import find
from interaxion.content.search.results import read
from interaxion.content.search.rows import SearchRow
from interaxion.text.search.grams import TOKENIZER_VERSION
from interaxion.text.search.query import parse_query
from interaxion.text.search.said import PIECE, cut
from interaxion.text.transcripts.cues import Cue
from tests.factories import make_episode, make_speaker, make_transcript

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SPOKEN = (
    Cue(3, 5, "今日は量子も", "岡"),
    Cue(5, 8, "つれです。", "岡"),
    Cue(61.5, 70, "スピンの測定とSQUIDの話。", "青木"),
    Cue(4000, 4003, "量子もつれは以上です。", "岡"),
)


def found(words):
    query = parse_query(words)
    return read(find(query).matches, query)


def test_pieces_hold_whole_sentences_with_their_seconds():
    cues = [Cue(n * 10, n * 10 + 9, "あ" * 400 + "。") for n in range(9)]

    pieces = list(cut(cues))

    assert [piece.starts for piece in pieces] == [[0, 10, 20, 30], [40, 50, 60, 70], [80]]
    assert {len("".join(piece.lines)) > PIECE for piece in pieces[:2]} == {True}


def test_sentence_is_found_across_two_cues_with_its_time(client):
    make_transcript(episode=make_episode(number="57", live=True), cues=SPOKEN)

    (result,) = found("量子もつれ")

    assert [(hit.starts_at, hit.anchor) for hit in result.sentences] == [(3, "said-3"), (4000, "said-4000")]
    assert result.sentences[0].html == "今日は<mark>量子もつれ</mark>です。"
    page = client.get("/search?q=squid").content.decode()
    assert 'href="/57#said-61"' in page
    assert "1:01" in page


def test_notes_come_before_what_was_said():
    spoken, written = (make_episode(number=n, live=True) for n in ("57", "58"))
    make_transcript(episode=spoken, cues=SPOKEN)
    store(written, user=None, write_related=lambda: written.replace_sections("### 0:00 測定\n\n量子もつれ\n"))
    make_transcript(episode=written, cues=SPOKEN[:1])

    results = found("量子もつれ")

    assert [result.row.path for result in results] == ["/58", "/57"]
    assert [bool(result.hits) for result in results] == [True, False]
    (both,) = found("量子もつれ 測定")[:1]
    assert both.row.path == "/58"


def test_what_was_said_is_found_where_the_people_are_filtered(client):
    speaker = make_speaker(name="青木")
    make_transcript(episode=make_episode(number="57", live=True, speakers=(speaker,)), cues=SPOKEN)

    assert "said-61" in client.get("/search?q=SQUID+speaker:青木").content.decode()
    assert "said-61" not in client.get("/search?q=SQUID+-speaker:青木").content.decode()


def test_rows_follow_the_episode_and_the_choice_to_publish():
    episode = make_episode(number="57", live=True)
    transcript = make_transcript(episode=episode, cues=SPOKEN)
    rows = SearchRow.objects.said()
    keys = set(rows.values_list("pk", flat=True))

    episode.title = "別の題"
    store(episode, user=None)
    assert set(rows.values_list("pk", "title")) == {(pk, "57: 別の題") for pk in keys}
    derive(Episode.objects.get())
    assert set(rows.values_list("pk", flat=True)) == keys
    make_transcript(episode=episode, cues=SPOKEN, published=False)
    assert not rows.exists()
    make_transcript(episode=episode, cues=SPOKEN)
    assert rows.exists()
    transcript.delete()
    assert not rows.exists()


@pytest.mark.parametrize("is_old", [True, False])
def test_only_what_an_older_tokenizer_wrote_is_outdated(is_old):
    make_transcript(episode=make_episode(number="57", live=True), cues=SPOKEN)
    make_transcript(episode=make_episode(number="58", live=True), cues=SPOKEN, published=False)
    rows = SearchRow.objects.said()
    rows.update(tokenizer_version=TOKENIZER_VERSION - is_old)
    keys = set(rows.values_list("pk", flat=True))

    call_command("rebuild", "--outdated", stdout=StringIO())

    assert (set(rows.values_list("pk", flat=True)) == keys) is not is_old
    assert set(rows.values_list("tokenizer_version", flat=True)) == {TOKENIZER_VERSION}
