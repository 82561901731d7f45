import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache

from tests.factories import make_host, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/en/admin/login/"
PASSWORD = "a long enough phrase"
REFUSAL = "Account and password do not fit."


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def log_in(client, name, password=PASSWORD, address="10.0.0.1"):
    return client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address)


@pytest.mark.parametrize("next", ["", "https://evil.example/", "//evil.example/", "javascript:x"])
def test_login_without_a_usable_next_ends_at_the_admin(client, next):
    make_host(name="host")

    answer = client.post(LOGIN, {"username": "host", "password": PASSWORD, "next": next})

    assert answer.headers["Location"] == "/en/admin/"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_login_refuses_after_ten_failures_with_the_same_words(client):
    make_host(name="host")

    refusals = [log_in(client, "host", "wrong") for _ in range(10)]
    locked = log_in(client, "HOST")

    assert {answer.status_code for answer in [*refusals, locked]} == {200}
    assert all(REFUSAL in answer.content.decode() for answer in [*refusals, locked])


def test_login_counts_by_account_and_address(client):
    make_host(name="host")
    for _ in range(10):
        log_in(client, "host", "wrong")

    assert log_in(client, "host", address="10.0.0.2").status_code == 302


def test_guesses_from_many_addresses_close_the_login_except_where_the_account_is_known(client):
    make_host(name="host")
    log_in(client, "host", address="10.0.0.2")
    client.logout()

    for n in range(100):
        log_in(client, "host", "wrong", address=f"192.0.2.{n}")

    assert REFUSAL in log_in(client, "host", address="10.0.0.3").content.decode()
    assert log_in(client, "host", address="10.0.0.2").status_code == 302


def test_addresses_of_one_ipv6_network_are_counted_together(client):
    make_host(name="host")
    for n in range(10):
        log_in(client, "host", "wrong", address=f"2001:db8::{n}")

    assert REFUSAL in log_in(client, "host", address="2001:db8::a:b:c:d").content.decode()
    assert log_in(client, "host", address="2001:db8:0:1::1").status_code == 302


def test_login_forgets_failures_after_a_success(client):
    make_host(name="host")
    for _ in range(9):
        log_in(client, "host", "wrong")
    log_in(client, "host")
    client.logout()

    assert REFUSAL in log_in(client, "host", "wrong").content.decode()
    assert log_in(client, "host").status_code == 302


def test_login_of_somebody_who_is_no_staff_is_refused_in_the_same_words(client):
    make_user(name="reader")

    assert REFUSAL in log_in(client, "reader").content.decode()


@pytest.mark.parametrize(("is_production", "status"), [(False, 302), (True, 200)])
def test_demo_account_is_refused_in_production(client, settings, is_production, status):
    settings.IS_PRODUCTION = is_production
    make_host(name="host").groups.add(Group.objects.create(name="demo"))

    assert log_in(client, "host").status_code == status
