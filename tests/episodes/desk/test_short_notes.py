import pytest

from tests.admin_forms import form_of
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db
NOTES = "### 0:00 はじめに\n\n- [例](https://example.org/a)\n\n長い感想。\n"


@pytest.fixture
def host(client):
    user = make_host(name="nagi")
    client.force_login(user)
    return user


def panel_of(episode):
    return f"/en/admin/episodes/episode/{episode.pk}/change/short-notes/"


def typed_in(client, episode, **changes):
    return form_of(client.get(f"/en/admin/episodes/episode/{episode.pk}/change/"), "episode_form") | changes


def test_panel_shows_what_is_typed_and_saves_nothing(client, host):
    episode = make_episode(number="7", notes=NOTES)
    data = typed_in(client, episode, **{"sections-0-body": "- [打った](https://example.org/typed)\r\n", "title": ""})

    panel = client.post(panel_of(episode), data).content.decode()

    episode.refresh_from_db()
    assert "https://example.org/typed" in panel and "https://example.org/a" not in panel
    assert "Links: 1 of 1 are kept" in panel
    assert "example.org/typed" not in episode.html and episode.version == 1


def test_panel_falls_back_to_the_last_save_where_the_form_is_not_valid(client, host):
    episode = make_episode(number="7", notes=NOTES)
    data = typed_in(client, episode, **{"sections-0-starts_at": "いつか", "short_introduction": "打った前書き"})

    panel = client.post(panel_of(episode), data).content.decode()

    assert "these are the short notes of the last save" in panel
    assert "https://example.org/a" in panel and "打った前書き" not in panel


def test_panel_of_a_get_is_that_of_the_last_save(client, host):
    panel = client.get(panel_of(make_episode(number="7", notes=NOTES))).content.decode()

    assert "/ 4,000" in panel and "Not copied yet." in panel and "last save" not in panel


def test_copied_notes_are_compared_with_what_they_would_be_now(client, host):
    episode = make_episode(number="7", notes=NOTES)
    data = typed_in(client, episode)

    said = client.post(panel_of(episode), data | {"copied": "1"}).content.decode()
    later = client.post(panel_of(episode), data | {"short_introduction": "新しい前書き"}).content.decode()

    assert "Copied." in said and "<ins>" not in said
    assert "Copied last" in later and "nagi" in later and "<ins>&lt;p&gt;新しい前書き&lt;/p&gt;</ins>" in later
    assert "新しい前書き" not in episode.copied_notes.get().text


def test_choices_of_the_form_are_shown_and_followed(client, host):
    many = "".join(f"- [話{n}](https://site.example/{n})\n" for n in range(200))
    episode = make_episode(number="7", notes=f"### 0:00 話\n\n{many}")
    choices = {"pinned_links": "http://www.site.example/199/", "dropped_links": "https://site.example/0"}

    before = client.post(panel_of(episode), typed_in(client, episode)).content.decode()
    after = client.post(panel_of(episode), typed_in(client, episode, **choices)).content.decode()

    def text_of(panel):
        return panel.partition("<textarea")[2].partition("</textarea>")[0]

    assert "https://site.example/0&quot;" in text_of(before) and "https://site.example/199" not in text_of(before)
    assert "https://site.example/0&quot;" not in text_of(after) and "https://site.example/199" in text_of(after)
    assert after.count('<option value="pin" selected>') == after.count('<option value="drop" selected>') == 1
    assert 'data-address="http://www.site.example/199' in after  # as it stands in the form


def test_version_cut_by_hand_is_shown_beside_what_the_notes_give(client, host):
    episode = make_episode(number="7", notes=NOTES, distribution_notes="## 0:00 はじめに\n\n- 手で書いた。\n")

    panel = client.post(panel_of(episode), typed_in(client, episode)).content.decode()
    without = client.post(panel_of(episode), typed_in(client, episode, distribution_notes="")).content.decode()

    beside = panel.partition("short-notes-beside")[2].partition("</div>")[0]
    by_hand, _, compiled = beside.partition("</section>")
    assert "As cut by hand." in panel and "Use the compiled one again" in panel
    assert "・<mark>手で書いた</mark>。" in by_hand and "https://example.org/a" not in by_hand
    assert "https://example.org/a" in compiled and "手で書いた" not in compiled
    assert "short-notes-beside" not in without and "As cut by hand." not in without


def test_compiled_notes_are_given_as_markdown_of_what_is_typed(client, host):
    episode = make_episode(number="7", notes=NOTES)
    data = typed_in(client, episode, short_introduction="前書き", distribution_notes="手で書いた。")

    answer = client.post(panel_of(episode), data | {"markdown": "1"})

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith("前書き\n\n[完全版のショーノート](")
    assert "手で書いた" not in answer.content.decode()


def test_what_was_cut_is_shown_by_kind(client, host):
    episode = make_episode(number="7", notes="### 0:00 話\n\n> 引用した文\n\n- [本](https://b.example/)\n")

    panel = client.get(panel_of(episode)).content.decode()

    assert "Cut: Quotations (1)" in panel and "引用した文" in panel


def test_unknown_place_is_not_found(client, host):
    assert client.get(panel_of(make_episode()), {"short_notes_for": "nowhere"}).status_code == 404
