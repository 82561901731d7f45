"""A transcript is saved in versions, by one door."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from episodes.models import Transcript
from episodes.parts import TRANSCRIPT
from episodes.transcripts.storing import as_rows, cues_of, store_transcript, transcript_of
from interaxion.content.changes.recording import recording
from interaxion.content.changes.taking_back import take_back
from interaxion.content.parts.reading import read_part
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import StaleVersion
from interaxion.content.search.rows import SearchRow
from interaxion.text.transcripts.cues import Cue
from tests.factories import make_editor, make_episode, make_host, make_transcript, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
CUES = (Cue(0, 2.5, "はい", "岡"), Cue(2.5, 4, "ええ"))


def test_transcript_is_kept_in_versions():
    episode, editor = make_episode(), make_editor()
    transcript = transcript_of(episode)
    transcript.cues = as_rows(CUES)

    assert store_transcript(transcript, user=editor, note="聞き直した")
    transcript.language = "en"
    assert store_transcript(transcript, user=editor)
    assert not store_transcript(transcript, user=editor)

    stored = transcript_of(episode)
    assert (tuple(cues_of(stored)), stored.version) == (CUES, 2)
    newest, first = stored.revisions.order_by("-number")
    assert (first.user, first.note, first.data["fields"]["language"]) == (editor, "聞き直した", "ja")
    assert newest.data["fields"] == {"language": "en", "is_published": False, "cues": as_rows(CUES)}


def test_transcript_saved_by_somebody_else_is_not_overwritten():
    episode = make_episode()
    first, second = transcript_of(episode), transcript_of(episode)
    first.cues, second.cues = as_rows(CUES), as_rows(CUES[:1])
    store_transcript(first, user=None)

    with pytest.raises(StaleVersion):
        store_transcript(second, user=None)

    assert second.version == 0
    assert Transcript.objects.get().cues == as_rows(CUES)


def test_transcript_without_words_is_not_published():
    transcript = transcript_of(make_episode())
    transcript.is_published = True

    with pytest.raises(ValidationError):
        store_transcript(transcript, user=None)

    assert not Transcript.objects.exists()


def test_only_editors_decide_whether_visitors_get_it():
    draft, live = make_episode(), make_episode(live=True)
    for episode in (draft, live):
        make_transcript(episode=episode, published=False)
    host = make_host()

    of_draft, of_live = transcript_of(draft), transcript_of(live)
    of_draft.is_published = of_live.is_published = True
    assert store_transcript(of_draft, user=host)
    with pytest.raises(PermissionDenied):
        store_transcript(of_live, user=host)
    with pytest.raises(PermissionDenied):
        store_transcript(of_live, user=make_user())

    assert store_transcript(of_live, user=make_editor())


def test_hosts_correct_what_is_published_if_the_team_wants_so():
    transcript = make_transcript(episode=make_episode(live=True))
    host = make_host()

    transcript.cues = as_rows(CUES)
    assert store_transcript(transcript, user=host)
    DeskSettings.objects.create(pk=1, hosts_may_edit_published=False)
    transcript.cues = as_rows(CUES[:1])
    with pytest.raises(PermissionDenied):
        store_transcript(transcript, user=host)


@pytest.mark.parametrize(
    ("live", "published", "is_seen"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_pages_are_stale_only_if_visitors_see_the_transcript(live, published, is_seen):
    episode = make_episode(live=live)
    before = SiteState.current().version

    transcript = make_transcript(episode=episode, published=published)
    assert (SiteState.current().version > before) is is_seen

    before = SiteState.current().version
    transcript.is_published = False
    store_transcript(transcript, user=None)
    assert (SiteState.current().version > before) is is_seen


def test_transcript_is_given_back_when_a_change_is_taken_back():
    episode, editor = make_episode(number="57", live=True), make_editor()
    make_transcript(episode=episode, cues=CUES)
    with recording("取り込み", user=editor) as record, record.step():
        make_transcript(episode=episode, cues=(Cue(0, 1, "別の話。"),))
    assert "別の話" in SearchRow.objects.said().get().text

    take_back(record.change, user=editor)

    transcript = transcript_of(episode)
    assert (tuple(cues_of(transcript)), transcript.version) == (CUES, 3)
    assert "別の話" not in SearchRow.objects.said().get().text
    assert "はい" in read_part(TRANSCRIPT, episode)


def test_host_takes_back_no_transcript_of_what_is_published():
    episode = make_episode(live=True)
    make_transcript(episode=episode)
    with recording("取り込み", user=None) as record, record.step():
        make_transcript(episode=episode, cues=CUES)

    with pytest.raises(PermissionDenied):
        take_back(record.change, user=make_host())
