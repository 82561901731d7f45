"""A new account: its owner chooses the password, by a link that is sent or passed on."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.utils import timezone
from freezegun import freeze_time

from interaxion.desk.account.accounts_admin import LINKS
from tests.factories import make_host, make_user

pytestmark = pytest.mark.django_db

ADD = "/en/admin/auth/user/add/"
PASSWORD = "another long enough phrase"
ADDRESS = "new@show.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL, settings.SITE_HOST = "https://show.example", "show.example"


@pytest.fixture
def mail_server(settings):
    settings.SENDS_MAIL = True


@pytest.fixture
def desk(client):
    client.force_login(make_user(name="administrator", is_superuser=True))
    return client


def add(desk, **fields):
    host = Group.objects.get(name="host").pk
    typed = {"username": "new", "email": ADDRESS, "usable_password": "false", "is_staff": "on", "groups": host}
    return desk.post(ADD, typed | fields, follow=True)


def invite(desk, user, **fields):
    return desk.post(f"/en/admin/auth/user/{user.pk}/invite/", fields, follow=True)


def link_in(text: str) -> str:
    (link,) = re.findall(r"https://show\.example(/\S+/reset/[\w/-]+)", text)
    return str(link)


def choose(client, link: str) -> bool:
    """Whether the link leads to a form that takes a password."""
    form = client.get(link, follow=True)
    if not form.redirect_chain:
        return False
    client.post(form.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    return True


@pytest.mark.usefixtures("mail_server")
def test_new_account_gets_a_link_by_mail_and_chooses_its_password_once(desk, client):
    response = add(desk)

    (message,) = mail.outbox
    user = User.objects.get(username="new")
    assert (user.has_usable_password(), user.is_staff, user.groups.get().name) == (False, True, "host")
    assert "A link to choose a password was sent to new@show.example." in response.content.decode()
    assert (message.to, message.subject) == ([ADDRESS], "Choose your password for show.example")
    assert "It is called new." in message.body and "good for 7 days" in message.body
    assert message.message()["Message-ID"].endswith("@127.0.0.1>")
    desk.logout()
    assert choose(client, link_in(message.body))
    assert client.login(username="new", password=PASSWORD)
    assert not choose(client, link_in(message.body))


def test_link_is_shown_once_where_the_site_sends_no_mail(desk, client):
    page = add(desk)
    user = User.objects.get(username="new")
    assert page.redirect_chain[-1][0] == f"/en/admin/auth/user/{user.pk}/invite/"
    assert "reset/" not in page.content.decode()

    shown = invite(desk, user)

    assert "no-store" in shown["Cache-Control"]
    assert mail.outbox == []
    desk.logout()
    assert choose(client, link_in(shown.content.decode()))


def test_account_with_a_password_gets_no_link(desk):
    response = add(desk, usable_password="true", password1=PASSWORD, password2=PASSWORD)

    assert User.objects.get(username="new").check_password(PASSWORD)
    assert "/change/" in response.redirect_chain[-1][0]
    assert mail.outbox == []


@pytest.mark.parametrize(("has_password", "days"), [(False, 7), (True, 1)])
def test_link_ends_after_a_week_or_after_a_day_where_there_is_a_password_to_lose(desk, client, has_password, days):
    user = make_host(name="host")
    if not has_password:
        user.set_unusable_password()
        user.save()
    link = link_in(invite(desk, user).content.decode())
    desk.logout()

    with freeze_time(timezone.now() + timedelta(days=days, minutes=1), tz_offset=9):
        assert not choose(client, link)
    with freeze_time(timezone.now() + timedelta(days=days, minutes=-1), tz_offset=9):
        assert choose(client, link)


def test_only_an_administrator_makes_a_link_for_an_administrator(client):
    keeper = make_user(name="keeper", group="host")
    keeper.user_permissions.add(*Permission.objects.filter(content_type__app_label="auth", content_type__model="user"))
    client.force_login(keeper)

    assert invite(client, make_user(is_superuser=True)).status_code == 403
    assert invite(client, make_host(name="host")).status_code == 200


def test_nobody_who_left_gets_a_link(desk):
    user = make_host(name="host")
    user.is_active = False
    user.save()

    assert invite(desk, user).status_code == 404


@pytest.mark.usefixtures("mail_server")
def test_mails_to_one_address_and_links_of_one_administrator_are_limited(desk):
    user = make_host(name="host")
    user.email = ADDRESS
    user.save()

    told = [invite(desk, user).content.decode() for _ in range(4)]

    assert len(mail.outbox) == 3
    assert "Please wait." in told[-1]
    for _ in range(LINKS.most - 3):
        assert link_in(invite(desk, user, show="1").content.decode())
    assert "reset/" not in invite(desk, user, show="1").content.decode()


@pytest.mark.usefixtures("mail_server")
def test_mail_server_that_refuses_is_told(desk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1

    response = add(desk)

    assert "did not take the link" in response.content.decode()
    assert User.objects.filter(username="new").exists()
