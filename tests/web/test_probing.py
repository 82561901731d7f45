import threading

import pytest

from interaxion.web.probing import probe, probe_all
from tests.web_server import HERE, serve


@pytest.fixture
def site():
    with serve({"/here": 200, "/gone": 410, "/away": "/here", "/secret": 403, "/busy": 429, "/odd": 999}) as site:
        yield site


def ask(site, path):
    return probe(site.url + path, allowed_networks=HERE)


def test_probe_is_content_with_head(site):
    answer = ask(site, "/here")

    assert (answer.code, answer.is_fine, answer.is_gone) == (200, True, False)
    assert site.seen == [("HEAD", "/here")]


def test_probe_follows_redirects_to_where_they_end(site):
    assert ask(site, "/away").final_url == f"{site.url}/here"


@pytest.mark.parametrize("path", ["/gone", "/nowhere"])
def test_only_get_decides_that_a_page_is_gone(site, path):
    answer = ask(site, path)

    assert answer.is_gone and not answer.is_fine
    assert [method for method, _path in site.seen] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_server_that_refuses_head_is_asked_by_get(site, status):
    site.refuses_head["/here"] = status

    assert ask(site, "/here").is_fine


@pytest.mark.parametrize("path", ["/secret", "/busy", "/odd"])
def test_refusal_is_neither_fine_nor_gone(site, path):
    answer = ask(site, path)

    assert not answer.is_fine and not answer.is_gone


def test_host_with_a_rate_limit_is_not_asked_again(site):
    ask(site, "/busy")

    assert site.seen == [("HEAD", "/busy")]


def test_host_without_a_name_is_gone():
    # A name that no resolver asks the network for.
    assert probe("http://no such name/x").is_gone


def test_guard_keeps_probes_from_this_machine(site):
    answer = probe(f"{site.url}/here")

    assert not answer.is_fine and not answer.is_gone
    assert site.seen == []


def test_port_that_nobody_listens_on_is_unknown():
    with serve({}) as closed:
        url = closed.url

    answer = probe(f"{url}/x", allowed_networks=HERE)

    assert (answer.code, answer.is_gone) == (0, False)


def test_pages_of_one_host_are_probed_one_after_another(site):
    urls = [f"{site.url}/{number}" for number in range(5)]
    with serve({"/x": 200}) as other:
        urls.append(f"{other.url}/x")

        answers = dict(probe_all(urls, seconds=30, pause=0, allowed_networks=HERE))

    assert set(answers) == set(urls)
    assert [path for _method, path in site.seen] == [f"/{number}" for number in range(5) for _twice in range(2)]


def test_rest_is_left_out_when_the_time_is_up(site):
    urls = [f"{site.url}/here", f"{site.url}/away"]

    answers = list(probe_all(urls, seconds=0.5, pause=60, allowed_networks=HERE))

    assert [url for url, _answer in answers] == urls[:1]


def test_caller_that_stops_reading_stops_the_requests(site):
    answers = probe_all([f"{site.url}/{n}" for n in range(50)], seconds=30, pause=60, allowed_networks=HERE)

    next(answers)
    answers.close()

    for thread in threading.enumerate():
        if thread.name.startswith("probe"):
            thread.join(5)
    assert len(site.seen) == 2
