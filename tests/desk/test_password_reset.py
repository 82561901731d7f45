"""A forgotten password: a link by e-mail, and nothing that tells who has an account."""

import re
import threading

import pytest
from django.core import mail
from django.core.cache import cache

from interaxion.desk.account.password_reset import MAILS, QUESTIONS, THREAD
from tests.factories import make_host

pytestmark = pytest.mark.django_db

ASK, DONE = "/en/admin/password_reset/", "/en/admin/password_reset/done/"
ADDRESS = "host@show.example"
PASSWORD = "another long enough phrase"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.SENDS_MAIL = True
    settings.SITE_URL, settings.SITE_HOST = "https://show.example", "show.example"
    cache.clear()
    yield
    cache.clear()


def ask(client, email=ADDRESS, place="10.0.0.1"):
    response = client.post(ASK, {"email": email}, REMOTE_ADDR=place)
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()
    return response


def make_account(**fields):
    host = make_host(name="host")
    for name, value in ({"email": ADDRESS} | fields).items():
        setattr(host, name, value)
    host.save()
    return host


def link_in(message):
    return re.search(r"https://show\.example(/\S+/reset/\S+)", message.body)[1]


def test_link_in_the_mail_sets_a_new_password_once(client):
    account = make_account()
    assert "/en/admin/password_reset/" in client.get("/en/admin/login/").content.decode()

    response = ask(client)
    (message,) = mail.outbox
    form = client.get(link_in(message), follow=True)
    done = client.post(form.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD}, follow=True)

    assert (response.status_code, response["Location"]) == (302, DONE)
    assert message.to == [ADDRESS] and message.subject == "A new password for show.example"
    assert "Your account is called host." in message.body
    assert "/en/admin/login/" in done.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert "new_password1" not in client.get(link_in(message), follow=True).content.decode()


def test_mail_is_in_the_language_of_the_page(client):
    make_account()

    client.post("/admin/password_reset/", {"email": ADDRESS})
    ask(client, "nobody@show.example")

    assert "https://show.example/admin/reset/" in mail.outbox[0].body


@pytest.mark.parametrize("fields", [{"email": "other@show.example"}, {"is_active": False}, {"password": "!"}])
def test_answer_does_not_reveal_whether_the_account_exists(client, fields):
    make_account(**fields)

    response = ask(client)

    assert (response.status_code, response["Location"]) == (302, DONE)
    assert mail.outbox == []


def test_mails_to_one_address_have_a_rate_limit(client):
    make_account()

    answers = {ask(client, email, f"10.0.0.{n}")["Location"] for n, email in enumerate([ADDRESS, ADDRESS.upper()] * 3)}

    assert len(mail.outbox) == MAILS.most
    assert answers == {DONE}


def test_requests_from_one_ip_address_have_a_rate_limit(client):
    make_account()
    for n in range(QUESTIONS.most):
        ask(client, f"{n}@show.example")

    assert ask(client)["Location"] == DONE
    assert mail.outbox == []
    ask(client, place="10.0.0.2")
    assert len(mail.outbox) == 1


def test_link_ignores_a_forged_host_header(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_account()

    client.post(ASK, {"email": ADDRESS}, headers={"host": "evil.example"})
    ask(client, "nobody@show.example")

    assert "evil.example" not in mail.outbox[0].body and link_in(mail.outbox[0])


def test_without_a_mail_server_nobody_can_ask_for_a_link(client, settings):
    settings.SENDS_MAIL = False

    assert "password_reset" not in client.get("/en/admin/login/").content.decode()
    assert [client.get(url).status_code for url in (ASK, DONE)] == [404, 404]


def test_pages_are_not_cached(client):
    assert all("no-store" in client.get(url)["Cache-Control"] for url in (ASK, DONE, "/en/admin/reset/x/y/"))
