import re

import pytest
from django.urls import reverse

from interaxion.content.publishing.shared_links import make_token, revoke
from interaxion.content.remarks.remark import Remark, say
from interaxion.content.saving.transitions import transition
from interaxion.desk.remarks.views import waiting_remarks
from interaxion.sitewide.pages.draft_remarks import OF_ADDRESS
from tests.factories import make_editor, make_episode, make_host

pytestmark = pytest.mark.django_db


def page_of(episode) -> str:
    return f"/en/admin/episodes/episode/{episode.pk}/change/remarks/"


def guest_page(episode) -> str:
    return reverse("shared_remarks", args=[make_token(episode)])


def test_guest_with_the_link_joins_in_and_sets_no_cookie(client):
    episode = make_episode(notes="### 0:00 氷の話\n\n本文\n")
    address = guest_page(episode)

    answer = client.post(address, {"name": "客", "section": "氷の話", "text": "<b>逆では</b>\nないか"})
    page = client.get(address)

    assert (answer.status_code, answer["Location"]) == (303, address)
    assert "&lt;b&gt;逆では&lt;/b&gt;" in page.content.decode() and "氷の話" in page.content.decode()
    assert page["Cache-Control"] == "no-store" and page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"  # else a browser sends `Origin: null` with the form
    assert not client.cookies
    preview = client.get(reverse("shared_preview", args=[re.search("preview/(.*)/remarks", address)[1]]))
    assert address in preview.content.decode()  # by the same token: another one is of another second


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"name": "客", "text": ""}, 422),
        ({"name": "", "text": "x"}, 422),
        ({"name": "客", "text": "x", "section": "ない見出し"}, 422),
        ({"name": "客", "text": "x" * 4001}, 422),
    ],
)
def test_wrong_remark_is_refused_and_stays_in_the_form(client, data, status):
    answer = client.post(guest_page(make_episode()), data)

    assert answer.status_code == status and not Remark.objects.exists()
    assert data["name"] in answer.content.decode()


def test_guest_without_a_valid_link_reaches_nothing(client):
    episode = make_episode()
    address = guest_page(episode)
    assert client.post(address, {"name": "客", "text": "x"}, headers={"origin": "https://evil.test"}).status_code == 403

    revoke(episode, renew=True)
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "客", "text": "x"}).status_code == 404
    live = make_episode(live=True)
    assert client.get(guest_page(live)).status_code == 404
    assert not Remark.objects.exists()


def test_guest_is_rate_limited(client):
    address = guest_page(make_episode())

    answers = [client.post(address, {"name": "客", "text": "x"}).status_code for _each in range(OF_ADDRESS.most + 1)]

    assert answers == [303] * OF_ADDRESS.most + [429]


@pytest.mark.postgres
def test_unanswered_remark_waits_on_the_front_page_until_somebody_answers_or_settles_it(client):
    host, editor = make_host(), make_editor()
    episode, other = make_episode(title="氷"), make_episode()
    say(episode, "古い", user=editor)
    say(episode, "逆では", name="客", section="氷の話")
    say(other, "ここも", user=host)
    client.force_login(editor)

    assert "客: 逆では" in client.get("/en/admin/").content.decode()
    assert [entry["who"] for entry in waiting_remarks(host)] == ["客: 逆では"]

    client.post(page_of(episode), {"text": "直しました"})
    client.post(page_of(other), {"settle": "1"})

    assert waiting_remarks(editor) == []
    assert len(waiting_remarks(host)) == 1
    assert Remark.objects.of(episode).last().user == editor


def test_talk_ends_with_publishing_and_stays_in_the_history(client):
    episode, editor = make_episode(), make_editor()
    say(episode, "逆では", name="客")
    client.force_login(editor)
    assert "Remarks (1)" in client.get(page_of(episode).replace("remarks/", "")).content.decode()

    transition(episode, to="published", user=None)
    episode.refresh_from_db()
    client.post(page_of(episode), {"text": "おそい"})

    assert not Remark.objects.present(episode).exists() and waiting_remarks(make_host()) == []
    page = client.get(page_of(episode)).content.decode()
    assert "Said before it was public" in page and "逆では" in page and "おそい" not in page
    transition(episode, to="draft", user=None, is_confirmed=True)
    episode.refresh_from_db()
    assert not Remark.objects.present(episode).exists()


def test_remarks_go_with_their_thing():
    episode = make_episode()
    say(episode, "x", name="客")

    episode.delete()

    assert not Remark.objects.exists()
