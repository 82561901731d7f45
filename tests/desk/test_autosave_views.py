"""Autosave: typed text is kept, and shown again to its writer alone."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import KEPT_FOR, WorkingCopy, sweep
from interaxion.content.saving.transitions import transition
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADMIN = "/en/admin/episodes/episode/"
NEW = f"{ADMIN}add/"
KEY, OTHER_KEY = "a-key-of-one-form", "a-key-of-another"
TIMED = "### 0:00 はじめに\n\n本文です。\n\n### 1:30 つぎの話\n\n続きです。\n"


@pytest.fixture
def host(client):
    user = make_host(name="host")
    client.force_login(user)
    return user


def load(client, url):
    return form_of(client.get(url), "episode_form")


def keep(client, url, data, key=KEY):
    base = data.get("loaded_version", "0")
    return client.post(f"{url}autosave/", {"key": key, "base": base, "data": urlencode(data, doseq=True)})


def recover(client, url, key=KEY, **more):
    return client.post(f"{url}recover/", {"key": key, **more})


def state_of(response):
    return re.search(r'data-unsaved="(\w*)"', response.content.decode())[1]


def url_of(episode):
    return f"{ADMIN}{episode.pk}/change/"


def test_kept_text_is_offered_and_shown_and_nothing_is_saved(client, host):
    episode = make_episode(notes=TIMED, title="もとの題")
    url = url_of(episode)
    typed = load(client, url) | {"title": "打ちかけの題", "sections-1-body": "打ちかけの文"}

    answer = keep(client, url, typed).json()

    assert (answer["isClosed"], answer["version"], answer["others"]) == (False, 1, [])
    assert "What you wrote until" in client.get(url).content.decode()
    shown = recover(client, url)
    page = shown.content.decode()
    assert "This is not saved yet." in page
    assert form_of(shown, "episode_form")["title"] == "打ちかけの題"
    assert form_of(shown, "episode_form")["sections-1-body"] == "打ちかけの文"
    episode.refresh_from_db()
    assert (episode.title, episode.version, Revision.objects.count()) == ("もとの題", 1, 1)


def test_recovered_text_is_saved_and_its_copy_goes(client, host):
    episode = make_episode(notes=TIMED)
    url = url_of(episode)
    keep(client, url, load(client, url) | {"title": "打ちかけの題"})

    shown = form_of(recover(client, url), "episode_form")
    assert client.post(url, shown).status_code == 302

    assert Episode.objects.get().title == "打ちかけの題"
    assert not WorkingCopy.objects.exclude(data="").exists()
    assert "What you wrote until" not in client.get(url).content.decode()


def test_autosave_that_arrives_after_the_save_is_ignored(client, host):
    episode = make_episode(notes=TIMED)
    url = url_of(episode)
    typed = load(client, url) | {"title": "新しい題", "working_copy": KEY}
    assert client.post(url, typed).status_code == 302

    answer = keep(client, url, typed).json()

    assert answer["isClosed"]
    assert "What you wrote until" not in client.get(url).content.decode()


def test_page_tells_whether_it_holds_unsaved_text(client, host):
    episode = make_episode(notes=TIMED)
    url = url_of(episode)
    typed = load(client, url) | {"title": "打ちかけの題"}
    keep(client, url, typed)

    assert state_of(client.get(url)) == state_of(client.get(NEW)) == ""
    assert state_of(recover(client, url)) == "kept"
    assert state_of(client.post(url, typed | {"_as_document": "1"})) == "sent"
    assert state_of(client.post(url, typed | {"sections-1-starts_at": "soon"})) == "sent"
    other = Client()
    other.force_login(make_host())
    other.post(url, load(other, url) | {"sections-0-body": "ほかの人の文"})
    merged = client.post(url, typed | {"_continue": "1"}, follow=True)
    assert "Saved together with what was saved meanwhile" in merged.content.decode()
    assert state_of(merged) == ""


def test_text_that_was_taken_back_is_not_offered(client, host):
    episode = make_episode(title="もとの題")
    url = url_of(episode)
    keep(client, url, load(client, url) | {"title": "打ちかけの題"})

    client.post(f"{url}autosave/", {"key": KEY, "base": "1", "data": ""})

    assert "What you wrote until" not in client.get(url).content.decode()


def test_two_tabs_and_two_new_things_do_not_mix(client, host):
    for key, title in ((KEY, "ひとつめ"), (OTHER_KEY, "ふたつめ")):
        keep(client, NEW, load(client, NEW) | {"title": title}, key)

    page = client.get(NEW).content.decode()

    assert "ひとつめ" in page and "ふたつめ" in page
    assert form_of(recover(client, NEW, KEY), "episode_form")["title"] == "ひとつめ"
    assert form_of(recover(client, NEW, OTHER_KEY), "episode_form")["title"] == "ふたつめ"


def test_new_thing_saved_from_its_kept_text_leaves_the_other_one(client, host):
    for key, title in ((KEY, "ひとつめ"), (OTHER_KEY, "ふたつめ")):
        keep(client, NEW, load(client, NEW) | {"title": title}, key)

    assert client.post(NEW, form_of(recover(client, NEW, KEY), "episode_form")).status_code == 302

    assert Episode.objects.get().title == "ひとつめ"
    assert [copy.typed("title") for copy in WorkingCopy.objects.unsaved_by(host)] == ["ふたつめ"]


def test_kept_text_can_be_thrown_away(client, host):
    keep(client, NEW, load(client, NEW) | {"title": "いらない"})

    assert recover(client, NEW, discard="1").status_code == 302

    assert "いらない" not in client.get(NEW).content.decode()


def test_text_that_arrives_after_it_was_discarded_is_not_wanted(client, host):
    assert recover(client, NEW, discard="1").status_code == 302

    assert keep(client, NEW, load(client, NEW) | {"title": "いらない"}).json()["isClosed"]

    assert not WorkingCopy.objects.unsaved_by(host).exists()


def test_kept_text_is_private_to_its_writer(client, host):
    episode = make_episode(title="もとの題")
    url = url_of(episode)
    keep(client, url, load(client, url) | {"title": "ひみつの題"})
    client.force_login(make_editor())

    assert "ひみつの題" not in client.get(url).content.decode()
    assert recover(client, url).status_code == 404
    recover(client, url, discard="1")
    assert WorkingCopy.objects.get(key=KEY, user=host).typed("title") == "ひみつの題"


def test_key_of_somebody_else_writes_a_copy_of_ones_own(client, host):
    keep(client, NEW, load(client, NEW) | {"title": "わたしの"})
    client.force_login(make_host())

    keep(client, NEW, load(client, NEW) | {"title": "ほかの人の"})

    assert sorted(copy.typed("title") for copy in WorkingCopy.objects.all()) == ["ほかの人の", "わたしの"]


def test_key_used_for_another_thing_is_not_moved_there(client, host):
    one, two = make_episode(), make_episode()
    keep(client, url_of(one), load(client, url_of(one)) | {"title": "一の題"})

    keep(client, url_of(two), load(client, url_of(two)) | {"title": "二の題"})

    copy = WorkingCopy.objects.get()
    assert (copy.target, copy.typed("title")) == (one, "一の題")


def test_kept_text_of_an_old_version_is_put_together_on_saving(client, host):
    episode = make_episode(notes=TIMED)
    url = url_of(episode)
    typed = load(client, url)
    keep(client, url, typed | {"sections-1-body": "わたしの文"})
    assert client.post(url, typed | {"sections-0-DELETE": "on"}).status_code == 302

    shown = form_of(recover(client, url), "episode_form")
    assert "わたしの文" in shown["notes"]
    assert client.post(url, shown).status_code == 302

    assert [(s.heading, s.body) for s in episode.sections.all()] == [("つぎの話", "わたしの文")]


def test_autosave_says_who_else_has_it_open_and_that_a_newer_version_is_there(client, host):
    episode = make_episode(notes=TIMED)
    url = url_of(episode)
    other = Client()
    other.force_login(make_host(name="みなみ"))
    other.post(f"{url}autosave/", {"key": OTHER_KEY})
    other.post(url, load(other, url) | {"title": "先の題"})
    other.post(f"{url}autosave/", {"key": OTHER_KEY + "2"})

    answer = client.post(f"{url}autosave/", {"key": KEY}).json()

    assert (answer["others"], answer["version"]) == (["みなみ"], 2)
    assert "Also open at: みなみ" in client.get(url).content.decode()


def test_autosave_is_for_those_who_may_edit_the_thing(client, host):
    page, trashed, episode = make_page(), make_episode(), make_episode()
    transition(trashed, to="trashed", user=None)

    assert client.post(f"/en/admin/sitewide/page/{page.pk}/change/autosave/", {"key": KEY}).status_code == 403
    assert client.post("/en/admin/sitewide/page/add/autosave/", {"key": KEY}).status_code == 403
    assert client.post(f"{url_of(trashed)}autosave/", {"key": KEY}).status_code == 403
    assert client.post(f"{ADMIN}9999/change/autosave/", {"key": KEY}).status_code == 404
    assert client.post(f"{url_of(episode)}autosave/", {"key": "<script>"}).status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(host)
    assert strict.post(f"{url_of(episode)}autosave/", {"key": KEY}).status_code == 403
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("data", ["", "%00=%00", "title=%F0%9F%9A%80&sections-TOTAL_FORMS=x&notes_as=rows", "&&=&"])
def test_kept_nonsense_is_shown_and_not_an_internal_error(client, host, data):
    episode = make_episode(notes=TIMED)
    client.post(f"{url_of(episode)}autosave/", {"key": KEY, "base": "99", "data": data})

    assert recover(client, url_of(episode)).status_code == (404 if not data else 200)


def test_kept_text_is_never_public(client, host):
    episode = make_episode(live=True, title="公開の題")
    url = url_of(episode)
    keep(client, url, load(client, url) | {"title": "打ちかけの題"})
    client.logout()

    for address in (episode.path, "/", "/feed.xml", "/search?q=打ちかけ"):
        assert "打ちかけの題" not in client.get(address).content.decode()


def test_forgotten_working_copies_are_deleted(client, host):
    long_ago = timezone.now() - KEPT_FOR * 2
    keep(client, NEW, load(client, NEW) | {"title": "古い"})
    WorkingCopy.objects.update(seen_at=long_ago)
    keep(client, NEW, load(client, NEW) | {"title": "新しい"}, OTHER_KEY)

    assert sweep() == 1

    assert WorkingCopy.objects.get().typed("title") == "新しい"


def test_malformed_autosave_is_refused(client, host):
    url = url_of(make_episode())

    assert client.post(f"{url}autosave/", {"key": KEY, "base": "1", "data": "title=\0"}).status_code == 400
    assert client.post(f"{url}recover/", {"key": "a key\0"}).status_code == 404
