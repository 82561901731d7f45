from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories import make_host

pytestmark = pytest.mark.django_db
ACCOUNT, END = "/en/admin/password_change/", "/en/admin/sessions/end/"
LOGIN = "/en/admin/login/"


def log_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_logged_in(client: Client) -> bool:
    return client.get("/en/admin/").status_code == 200


@pytest.fixture
def host():
    return make_host()


def test_other_sessions_end_and_ones_own_and_those_of_others_stay(host):
    here, laptop, phone, colleague = log_in(host), log_in(host), log_in(host), log_in(make_host())

    page = here.post(END, follow=True).content.decode()

    assert "2 other sessions have ended." in page
    assert "This account is logged in nowhere else." in page
    assert [is_logged_in(client) for client in (here, laptop, phone, colleague)] == [True, False, False, True]


def test_account_page_counts_the_other_sessions_that_are_valid(host):
    here = log_in(host)
    assert "End all other sessions" not in here.get(ACCOUNT).content.decode()
    log_in(host)
    old = log_in(host)
    Session.objects.filter(pk=old.session.session_key).update(expire_date=timezone.now() - timedelta(days=1))

    page = here.get(ACCOUNT).content.decode()

    assert "This account is also logged in at 1 other place" in page
    assert "End all other sessions" in page


def test_page_that_was_open_elsewhere_does_not_bring_its_session_back(host):
    here, laptop = log_in(host), log_in(host)
    under_way = laptop.session
    under_way["read"] = "before the end"
    here.post(END)

    with pytest.raises(UpdateError):
        under_way.save()

    assert not is_logged_in(laptop)


def test_stranger_ends_nothing(client, host):
    laptop = log_in(host)

    assert client.post(END).headers["Location"].startswith(LOGIN)
    assert is_logged_in(laptop)
