import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from interaxion import environment
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.release import release_key
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.serving.public_pages import PAGES, KeptPagesMiddleware, public_page
from tests.factories import make_editor, make_episode, make_page, make_speaker

pytestmark = pytest.mark.django_db


made = []


@public_page
def page(request):
    """A feed: its readers may send If-Modified-Since."""
    made.append(request.get_full_path())
    return HttpResponse("text " * 200, content_type="application/xml")


@public_page
def web_page(request):
    return HttpResponse("<p>text")


@public_page
def page_with_a_token(request):
    return HttpResponse("a token", headers={"Cache-Control": "no-store"})


@public_page
def page_with_a_cookie(request):
    made.append("cookie")
    response = HttpResponse("text")
    response.set_cookie("visitor", "1")
    return response


@public_page
def missing_page(request):
    raise Http404


@public_page
def moved_page(request):
    return HttpResponse(status=301, headers={"Location": "/elsewhere"})


@pytest.fixture(autouse=True)
def nothing_kept():
    caches[PAGES].clear()
    made.clear()


def get(view=page, address="/somewhere", **headers):
    return KeptPagesMiddleware(view)(RequestFactory().get(address, headers=headers))


def last_change_was(seconds_ago: float) -> datetime:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    SiteState.current()
    SiteState.objects.update(changed_at=at)
    return at


def test_unchanged_page_is_304_by_etag_with_one_query(django_assert_num_queries):
    etag = get()["ETag"]

    with django_assert_num_queries(1):
        response = get(if_none_match=etag)

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == etag


def test_unchanged_page_is_304_by_date():
    at = last_change_was(seconds_ago=60)
    response = get()

    assert parse_http_date(response["Last-Modified"]) == int(at.timestamp())
    assert get(if_modified_since=response["Last-Modified"]).status_code == 304


def test_page_is_200_again_after_a_store():
    last_change_was(seconds_ago=60)
    before = get()
    make_page(live=True)

    assert get(if_none_match=before["ETag"]).status_code == 200
    assert get(if_modified_since=before["Last-Modified"]).status_code == 200


def test_page_is_200_again_when_something_scheduled_begins():
    before = get()
    moment = timezone.now() - timedelta(seconds=5)
    SiteState.objects.update(changed_at=moment - timedelta(hours=1), boundaries=[moment.isoformat()])

    after = get(if_none_match=before["ETag"])

    assert after.status_code == 200
    assert parse_http_date(after["Last-Modified"]) == int(moment.timestamp())


def test_second_of_a_change_is_no_date_to_rely_on_before_it_is_over():
    at = last_change_was(seconds_ago=-1)  # as if the clock stood within the second of the change

    response = get(if_modified_since=http_date(at.timestamp()))

    assert response.status_code == 200
    assert "Last-Modified" not in response
    assert "ETag" in response


def test_work_on_a_draft_shows_in_no_header():
    last_change_was(seconds_ago=60)
    before = get()

    draft = make_episode(tags=("new",), speakers=(make_speaker(),))
    draft.title = "another"
    store(draft, user=make_editor(), note="again")
    transition(draft, to="review", user=None)
    transition(draft, to="trashed", user=None)

    assert dict(get().headers) == dict(before.headers)


def test_passed_boundary_still_counts_after_work_on_a_draft():
    moment = timezone.now() - timedelta(seconds=5)
    SiteState.current()
    SiteState.objects.update(changed_at=moment - timedelta(hours=1), boundaries=[moment.isoformat()])
    before = get()

    make_page()

    assert dict(get().headers) == dict(before.headers)


def test_etag_tells_neither_count_nor_instant_nor_release(settings):
    at = last_change_was(seconds_ago=60)
    SiteState.objects.update(version=4711)
    etag = get()["ETag"]
    settings.SECRET_KEY = "another"

    assert all(known not in etag for known in ("4711", str(int(at.timestamp())), release_key()))
    assert get()["ETag"] != etag, "nobody without the key can compute it"


def test_another_database_at_the_same_version_has_another_etag():
    SiteState.current()
    SiteState.objects.update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    before = get()["ETag"]
    SiteState.objects.update(changed_at=datetime(2026, 1, 2, tzinfo=UTC))

    assert get()["ETag"] != before


def test_copies_are_asked_about_each_time():
    response = get()

    assert "no-cache" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert "Cache-Control" in get(if_none_match=response["ETag"])


def test_what_is_no_page_has_no_validators():
    assert "ETag" not in get(moved_page)
    with pytest.raises(Http404):
        get(missing_page)


def test_page_is_made_once_and_then_costs_one_query(django_assert_num_queries):
    first = get()

    with django_assert_num_queries(1):
        second = get()

    assert made == ["/somewhere"]
    assert second.content == first.content
    assert second.headers == first.headers


def test_kept_page_is_made_anew_after_a_store():
    get()
    make_page(live=True)

    get()

    assert made == ["/somewhere"] * 2


@pytest.mark.parametrize("query", ["page=2", "tag=x", "q=x", "month=2026-01", "in=posts", "year=2026&t=90"])
def test_addresses_with_a_query_are_not_kept(query):
    get()

    get(address=f"/somewhere?{query}")
    get(address=f"/somewhere?{query}")

    assert made == ["/somewhere", *[f"/somewhere?{query}"] * 2]


@pytest.mark.parametrize("query", ["t=90", "utm_source=x&t=1m30s", "fbclid=x"])
def test_address_with_what_no_view_reads_is_the_same_page(query):
    get()

    get(address=f"/somewhere?{query}")
    get(address=f"/somewhere?{query}&q=x")

    assert made == ["/somewhere", f"/somewhere?{query}&q=x"]


def test_asking_for_any_page_makes_sure_that_there_is_one():
    with pytest.raises(Http404):
        get(missing_page, if_none_match="*")

    assert get(if_none_match="*").status_code == 304


def test_languages_are_kept_apart():
    get(address="/en/somewhere")
    get(address="/somewhere")

    assert made == ["/en/somewhere", "/somewhere"]


def test_page_is_compressed_for_those_who_take_it():
    plain, zipped = get(), get(accept_encoding="br, gzip")

    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Content-Encoding"] == "gzip"
    assert int(zipped["Content-Length"]) == len(zipped.content) < len(plain.content)
    assert "Content-Encoding" not in plain
    assert zipped["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in get(accept_encoding="gzip;q=0")


def test_each_form_is_kept_by_itself_once_it_is_asked_for():
    counts = []
    for encoding in ("gzip", "gzip", "", ""):
        get(accept_encoding=encoding)
        counts.append(len(caches[PAGES]._cache))

    assert counts == [1, 1, 2, 2]
    assert made == ["/somewhere"]


def test_page_with_a_cookie_is_nobody_elses():
    for _visit in range(2):
        response = get(page_with_a_cookie)

    assert made == ["cookie"] * 2
    assert response.cookies


def test_web_page_has_no_date_for_a_release_changes_it_too():
    last_change_was(seconds_ago=60)

    response = get(web_page)

    assert "Last-Modified" not in response
    assert get(web_page, if_none_match=response["ETag"]).status_code == 304


def test_page_that_nobody_may_keep_passes_as_it_is():
    response = get(page_with_a_token)

    assert "ETag" not in response
    assert response["Cache-Control"] == "no-store"


def test_what_is_posted_reaches_the_view():
    page(RequestFactory().post("/somewhere"))
    page(RequestFactory().post("/somewhere"))

    assert made == ["/somewhere"] * 2


def test_debugging_keeps_nothing(settings):
    settings.DEBUG = True

    assert "ETag" not in get()
    get()
    assert len(made) == 2


@pytest.mark.redis
def test_page_is_kept_for_every_process_where_there_is_a_shared_cache(settings, redis_url):
    settings.CACHES = environment.caches(redis_url, settings.VAR_DIR)
    first = get(accept_encoding="gzip")

    second = get(accept_encoding="gzip")

    assert made == ["/somewhere"]
    assert second.content == first.content


def test_cache_that_does_not_answer_is_done_without(settings, caplog):
    settings.CACHES = environment.caches("redis://127.0.0.1:1", settings.VAR_DIR)

    assert [get().status_code, get().status_code] == [200, 200]
    assert made == ["/somewhere"]  # this process keeps its own meanwhile
    assert caplog.text.count("does not answer") == 1


def test_page_is_kept_for_each_host_by_itself(settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]

    for _visit in range(2):
        for host in settings.ALLOWED_HOSTS:
            assert get(host=host).status_code == 200

    assert made == ["/somewhere"] * 2


def test_host_that_is_not_ours_is_refused_whatever_is_kept(client, settings):
    settings.ALLOWED_HOSTS = ["a.example"]
    make_page(title="案内", path="/about", live=True)
    ours = client.get("/about", headers={"host": "a.example"})
    etag = {"if-none-match": ours["ETag"]}

    assert ours.status_code == 200
    assert client.get("/about", headers={"host": "a.example", **etag}).status_code == 304
    for path in ("/about", "/", "/search", "/atom.xml", "/healthz", "/feedback/", "/nothing", "/media/x"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400
        assert client.get(path, headers={"host": "evil.example", **etag}).status_code == 400
