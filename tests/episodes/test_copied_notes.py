import pytest

from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db


def test_short_notes_beside_the_form_tell_length_and_changes(client):
    client.force_login(make_host(name="nagi"))
    episode = make_episode(number="7", notes="### 0:00 はじめに\n\n- [例](https://example.org/a)\n")
    url = f"/en/admin/episodes/episode/{episode.pk}/change/short-notes/"

    first = client.get(url).content.decode()
    client.post(url, {"profile": "spotify"})
    episode.replace_sections("### 0:00 はじめに\n\n- [別](https://example.org/b)\n")
    episode.refresh_from_db()
    from_then = client.get(url).content.decode()

    assert "/ 4,000" in first and "Not copied yet." in first and "<ins>" not in first
    assert "Copied last" in from_then and "nagi" in from_then
    copied = episode.copied_notes.get()
    assert copied.changes_to(copied.text) == []
    assert copied.changes_to(copied.text.replace("<li>", "<li>新しい")) != []
    assert client.get(url, {"profile": "nowhere"}).status_code == 404
