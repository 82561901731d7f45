from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from interaxion.content.mail.mail_choice import MailChoice
from interaxion.content.publishing.working_copies import keep
from interaxion.desk.mail.events import announce_decision, announce_suggestion
from interaxion.sitewide.desk.letters_mail import tell_of_letters
from tests.factories import make_editor, make_episode, make_host, make_letter
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sends_mail(settings):
    settings.SENDS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def team():
    host, editor = make_host(name="yuki"), make_editor(name="edi")
    for user in (host, editor):
        user.email = f"{user.username}@example.org"
        user.save()
    return host, editor


def move(client, episode, to: str, note: str = "") -> None:
    answer = client.post(
        f"/admin/episodes/episode/{episode.pk}/change/transition/",
        {"to": to, "version": episode.version, "note": note, "is_confirmed": "1"},
    )
    assert answer.status_code == 302


def sent() -> list[tuple[list[str], str]]:
    run_jobs()
    return [(message.to, message.subject.split("] ")[1]) for message in mail.outbox]


def test_editor_hears_of_what_waits_and_host_of_what_comes_back(client, team, django_capture_on_commit_callbacks):
    host, editor = team
    episode = make_episode(title="氷", notes="### 0:00 秘密\n\n本文の言葉\n")
    client.force_login(host)
    with django_capture_on_commit_callbacks(execute=True):
        move(client, episode, "review", "見てください")

    assert sent() == [(["edi@example.org"], f"確認待ち：{episode}（yukiさんより）")]
    text = mail.outbox[0].body
    assert "見てください" in text and f"/admin/episodes/episode/{episode.pk}/change/" in text
    assert "本文の言葉" not in text and "秘密" not in text

    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        move(client, episode, "draft", "時刻がありません")
    assert sent()[1:] == [(["yuki@example.org"], f"差し戻し：{episode}（ediさんより）")]


def test_nobody_gets_a_mail_that_they_do_not_want(client, team, django_capture_on_commit_callbacks):
    host, editor = team
    client.force_login(editor)
    page = client.get("/en/admin/password_change/").content.decode()
    assert 'name="handed_over" id="id_handed_over" checked' in page.replace('type="checkbox" ', "")

    client.post("/en/admin/mails/", {"letters": "on"})
    choice = MailChoice.objects.get(user=editor)
    assert (choice.handed_over, choice.letters, choice.language) == (False, True, "en")
    client.force_login(host)
    with django_capture_on_commit_callbacks(execute=True):
        move(client, make_episode(), "review")

    assert sent() == []


def test_site_without_mail_queues_none(client, team, settings, django_capture_on_commit_callbacks):
    settings.SENDS_MAIL = False
    client.force_login(team[0])

    with django_capture_on_commit_callbacks(execute=True):
        move(client, make_episode(), "review")

    assert run_jobs() == 0


def test_suggestion_is_told_to_editors_and_its_fate_to_the_host(team, django_capture_on_commit_callbacks):
    host, editor = team
    episode = make_episode(title="氷", live=True)
    copy = keep(host, type(episode), episode.pk, "key", data="title=x", base_version=1)

    with django_capture_on_commit_callbacks(execute=True):
        announce_suggestion(episode, copy)
        announce_decision(episode, copy, by=editor)
        announce_decision(episode, copy, by=editor, answer="あとで")
        announce_decision(episode, copy, by=host)

    assert [(to[0][:4], subject[:5]) for to, subject in sent()] == [
        ("edi@", "変更の提案"),
        ("yuki", "提案が取り"),
        ("yuki", "提案は見送"),
    ]


def test_letters_are_told_in_one_line_a_day(team):
    now = timezone.now()
    make_letter(received_at=now)
    make_letter(received_at=now - timedelta(days=3))

    assert tell_of_letters(now + timedelta(minutes=1)) == 2
    assert "新しいおたより：1通" in mail.outbox[0].subject
    make_letter(received_at=now + timedelta(hours=2))
    assert tell_of_letters(now + timedelta(hours=3)) == 0
    assert tell_of_letters(now + timedelta(hours=24)) == 2
    assert tell_of_letters(now + timedelta(hours=48)) == 0
