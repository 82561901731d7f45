from datetime import UTC, datetime, timedelta

import pytest

from interaxion.content.linking.health import LinkStatus
from interaxion.web.answers import Answer, address_to_ask, archive_address, has_moved

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
GONE = Answer(404, "https://a.example/x", is_gone=True)
URL = "https://a.example/x"


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://ja.example/wiki/格子?q=振動", "https://ja.example/wiki/%E6%A0%BC%E5%AD%90?q=%E6%8C%AF%E5%8B%95"),
        ("https://ja.example/wiki/%E6%A0%BC", "https://ja.example/wiki/%E6%A0%BC"),
        ("https://日本.example/", "https://xn--wgv71a.example/"),
        ("mailto:a@example.org", ""),
        ("/57", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("https://a.example/" + "x" * 2000, ""),
        (f"https://{'x' * 70}.example/", ""),
    ],
)
def test_address_to_ask_is_what_a_server_sees(written, asked):
    assert address_to_ask(written) == asked


@pytest.mark.parametrize(
    ("url", "final", "moved"),
    [
        ("http://a.example/x", "https://www.a.example/x/", False),
        ("https://a.example/x", "https://a.example/", True),
        ("https://short.example/1", "https://a.example/x", True),
        ("https://doi.org/10.1000/x", "https://publisher.example/x", False),
    ],
)
def test_another_page_is_a_move_and_another_spelling_is_not(url, final, moved):
    assert has_moved(url, final) is moved


def test_archive_address_names_the_day():
    assert archive_address(URL, NOW) == "https://web.archive.org/web/20260304/https://a.example/x"


def take(status: LinkStatus, *answers: tuple[Answer, timedelta]) -> str:
    for answer, later in answers:
        status.take(answer, NOW + later)
    return status.state


def test_link_is_dead_when_gone_twice_a_day_apart():
    hours = [(GONE, timedelta(hours=hour)) for hour in range(24)]

    assert take(LinkStatus(url=URL), (GONE, timedelta(0))) == "unknown"
    assert take(LinkStatus(url=URL), *hours) == "unknown"
    assert take(LinkStatus(url=URL), (GONE, timedelta(0)), (GONE, timedelta(days=1))) == "dead"


@pytest.mark.parametrize("code", [0, 401, 403, 429, 500, 503, 999])
def test_refusal_and_silence_are_unknown_however_often(code):
    answers = [(Answer(code), timedelta(days=day)) for day in range(10)]

    assert take(LinkStatus(url=URL), *answers) == "unknown"


def test_page_that_comes_back_starts_over():
    status = LinkStatus(url=URL)
    fine = Answer(200, URL)

    assert take(status, (GONE, timedelta(0)), (GONE, timedelta(days=2)), (fine, timedelta(days=3))) == "ok"
    assert take(status, (GONE, timedelta(days=4))) == "unknown"


def test_moved_page_is_reported_with_its_new_url():
    status = LinkStatus(url=URL)

    assert take(status, (Answer(200, "https://b.example/y"), timedelta(0))) == "moved"
    assert status.final_url == "https://b.example/y"
