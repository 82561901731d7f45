"""Letters from listeners: the form without a cookie, and its protection against bots."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from episodes.letters.guard import LETTERS, SALT
from episodes.letters.letters import LONGEST_LETTER
from episodes.models import Letter
from interaxion.content import paths
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.saving.transitions import transition
from interaxion.sitewide.models import Page
from tests.factories import make_episode, make_letter, make_page, make_post
from tests.html_pages import html_of
from tests.imports import import_all, import_text, messages
from tests.sitemap_files import pages_in_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FORM = "/en/feedback/"
TEXT = "いつも聴いています。\n磁石の話をもっと。"


def make_token(*, age: float = 60, form: str = "") -> str:
    """Return the token of a form that was opened `age` seconds ago."""
    stamp = signing.b62_encode(int(time.time() - age))
    value = f"{form or signing.b62_encode(time.monotonic_ns())}:{stamp}"
    return f"{value}:{signing.TimestampSigner(salt=SALT).signature(value)}"


def send(client, *, token=None, url=FORM, headers=None, **fields):
    data = {"name": "", "episode": "", "body": TEXT, "website": "", "token": token or make_token()}
    return client.post(url, data | fields, headers=headers or {})


def is_thanked(response):
    return (response.status_code, response.headers.get("Location")) == (303, "/en/feedback/thanks/")


def error_of(response):
    return str([*response.context["form"].non_field_errors(), *response.context["form"].errors.values()])


def test_letter_is_kept_and_thanked_for(client):
    episode = make_episode(number="19.5", live=True)

    response = send(client, name="ラジオネーム", episode="１９．５", body=TEXT.replace("\n", "\r\n"))

    letter = Letter.objects.get()
    assert is_thanked(response) and not response.cookies
    assert (letter.name, letter.body, letter.about, letter.state) == ("ラジオネーム", TEXT, episode, "new")
    assert "Thank you for your letter" in html_of(client.get("/en/feedback/thanks/"))


def test_token_of_the_page_is_the_one_that_is_asked_for(client):
    token = client.get(FORM).context["token"]

    fresh = send(client, token=token)

    assert "faster than anybody writes" in error_of(fresh)
    assert token.rsplit(":", 1)[0] != fresh.context["token"].rsplit(":", 1)[0]


def test_letter_needs_no_cookie():
    assert is_thanked(send(Client(enforce_csrf_checks=True)))


def test_letter_may_be_without_name_and_episode(client):
    assert is_thanked(send(client))
    assert str(Letter.objects.get()) == "いつも聴いています。 磁石の話をもっと。"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: make_token(age=25 * 3600), "open for too long"),
        (lambda: make_token(age=0), "faster than anybody writes"),
        (lambda: make_token() + "x", "open for too long"),
        (lambda: signing.TimestampSigner(salt="other").sign("x"), "open for too long"),
        (lambda: "-", "open for too long"),
    ],
)
def test_token_that_is_no_good_keeps_the_text_and_brings_another(client, make, says):
    token = make()

    response = send(client, token=token)

    assert response.status_code == 422
    assert says in error_of(response)
    page = html_of(response)
    assert TEXT in page and response.context["token"] in page and response.context["token"] != token
    assert not Letter.objects.exists()


def test_posting_twice_is_one_letter(client):
    token = make_token()

    answers = [send(client, token=token), send(client, token=token)]

    assert all(is_thanked(answer) for answer in answers)
    assert Letter.objects.count() == 1


def test_another_text_in_a_used_form_is_not_lost(client):
    token = make_token()
    send(client, token=token)

    response = send(client, token=token, body="もうひとつ")

    assert response.status_code == 422 and "has sent a letter already" in error_of(response)
    assert "もうひとつ" in html_of(response)
    assert is_thanked(send(client, token=make_token(), body="もうひとつ"))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_letter_from_another_site_is_refused_and_kept_in_the_form(client, headers):
    response = send(client, headers=headers)

    assert response.status_code == 403
    assert "did not come from this page" in error_of(response) and TEXT in html_of(response)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://testserver"}, {"origin": "https://show.example"}, {"sec-fetch-site": "same-origin"}],
)
def test_letter_from_here_is_taken(client, settings, headers):
    settings.SITE_URL = "https://show.example"

    assert is_thanked(send(client, headers=headers))


def test_letters_of_one_address_are_limited(client):
    for _ in range(LETTERS.most):
        assert is_thanked(send(client))

    response = send(client)

    assert response.status_code == 429 and TEXT in html_of(response)
    assert Letter.objects.count() == LETTERS.most
    assert is_thanked(client.post(FORM, {"body": TEXT, "token": make_token()}, REMOTE_ADDR="10.0.0.2"))


def test_throttle_keeps_no_address_in_clear(client):
    send(client)

    assert cache._cache
    assert not [key for key in cache._cache if "127.0.0.1" in key]


def test_what_only_a_machine_fills_in_is_thanked_for_and_put_aside(client):
    assert is_thanked(send(client, website="https://spam.example/"))

    letter = Letter.objects.get()
    assert letter.state == "aside" and letter.handled_at and letter.handled_by is None


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"body": " \n "}, "body", "There is nothing in the letter yet."),
        ({"body": "あ" * (LONGEST_LETTER + 1)}, "body", "it has 4001 characters, and at most 4000 fit in"),
        ({"body": "https://a.example www.b.example HTTP://c.example http://d.example"}, "body", "At most 3 links"),
        ({"name": "あ" * 81}, "name", "at most 80 characters"),
        ({"episode": "999"}, "episode", "There is no episode of this number."),
        ({"episode": "きのうの"}, "episode", "There is no episode of this number."),
        ({"episode": "9" * 21}, "episode", "There is no episode of this number."),
    ],
)
def test_letter_that_cannot_be_taken_says_why_beside_the_field(client, fields, field, says):
    response = send(client, **fields)

    assert response.status_code == 422
    page = html_of(response)
    assert says in page and list(response.context["form"].errors) == [field]
    assert f'aria-describedby="id_{field}_helptext id_{field}_error"' in page and f'id="id_{field}_error"' in page
    assert f'id="id_{field}_helptext"' in page and "<title>Error: Letters ·" in page
    assert not Letter.objects.exists()


def test_the_first_field_that_has_to_change_is_what_the_browser_lands_at(client):
    """Browsers focus the fragment of the form's address, so only one element may have this id."""
    for fields, pattern in [
        ({"episode": "999", "body": ""}, r'<input [^>]*name="episode"[^>]* id="letter"'),
        ({"body": ""}, r'<textarea [^>]*name="body"[^>]* id="letter"'),
        ({"token": "-"}, r'<div class="letter-refusal"[^>]* id="letter" tabindex="-1"'),
    ]:
        page = send(client, **fields).content.decode()
        assert re.search(pattern, page) and page.count('id="letter"') == 1
        assert 'action="/en/feedback/#letter"' in page
    assert 'id="letter"' in html_of(client.get("/feedback/thanks/"))
    assert 'id="letter"' not in html_of(client.get(FORM))


def test_the_longest_letter_is_told_before_it_is_written(client):
    assert f"At most {LONGEST_LETTER} characters." in html_of(client.get(FORM))


def test_the_language_switch_keeps_the_episode(client):
    make_episode(number="19.5", live=True)

    for response in (client.get("/feedback/?episode=19.5"), send(client, url="/feedback/", episode="19.5", body="")):
        assert '<a href="/en/feedback/?episode=19.5" lang="en"' in html_of(response)
    assert '<a href="/en/feedback/" lang="en"' in html_of(client.get("/feedback/?episode=58"))


def test_form_about_an_episode_is_not_for_search_engines(client):
    make_episode(number="57", live=True)

    assert '<meta name="robots" content="noindex">' in html_of(client.get(FORM + "?episode=57"))


def test_longest_letter_is_counted_as_the_browser_counts(client):
    body = "行\r\n" * (LONGEST_LETTER // 2)

    assert is_thanked(send(client, body=body.removesuffix("\r\n") + "。"))


def test_browser_cuts_nothing_off_a_long_letter(client):
    [field] = re.findall(r"<textarea[^>]*>", html_of(client.get("/feedback/")))

    assert "maxlength" not in field


def test_characters_that_no_output_carries_are_left_out(client):
    send(client, body="は\x00い\x0b", name="\u202eあ")

    assert (Letter.objects.get().body, Letter.objects.get().name) == ("はい", "あ")


@pytest.mark.parametrize("hidden", ["draft", "trashed"])
def test_form_knows_live_episodes_only(client, hidden):
    episode = make_episode(number="57", title="ひみつの回", live=True)
    assert 'value="57"' in html_of(client.get(FORM + "?episode=57"))
    assert "ひみつの回" in html_of(client.get(FORM + "?episode=57"))

    transition(episode, to=hidden, user=None)

    page = html_of(client.get(FORM + "?episode=57"))
    assert "ひみつの回" not in page and 'value="57"' not in page
    assert "There is no episode of this number." in str(send(client, episode="57").context["form"].errors)


def test_form_is_kept_by_no_cache_and_sets_no_cookie(client):
    for response in (client.get(FORM), send(client, body=""), send(client)):
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")
    assert not client.get("/feedback/thanks/").cookies


def test_thanks_are_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in html_of(client.get("/feedback/thanks/"))
    assert "noindex" not in html_of(client.get("/feedback/"))


def test_form_allows_no_other_method(client):
    assert [getattr(client, method)(FORM).status_code for method in ("put", "delete", "head")] == [405, 405, 200]
    assert client.post("/feedback/thanks/").status_code == 405


def test_no_other_view_is_without_csrf_protection():
    def views(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from views(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and getattr(pattern.callback, "csrf_exempt", False):
                yield pattern.name

    exempt = [*views(get_resolver().url_patterns)]

    assert exempt == ["feedback", "shared_remarks"]  # each demands an Origin that is our own


# --- the plain page that introduces the form ---


@pytest.mark.parametrize("path", ["/feedback/", "/feedback"])
def test_plain_page_at_the_address_introduces_the_form(client, path):
    make_page(title="わたしたちへ", body="ご感想を**どうぞ**。", path=path, in_navigation=True, live=True)

    for address in {"/feedback/", path}:
        response = client.get(address)
        page = html_of(response)
        assert response.status_code == 200
        assert "わたしたちへ" in page.replace("<wbr>", "") and "<strong>どうぞ</strong>" in page
        assert 'action="/feedback/#letter"' in page and page.count("<h1") == 1
        assert response["Cache-Control"] == "no-store"


def test_plain_page_in_another_language_stands_below_our_own_heading(client):
    make_page(title="わたしたちへ", body="ご感想を**どうぞ**。", path="/feedback/", live=True)

    page = html_of(client.get(FORM))

    assert "<title>Letters ·" in page and "<h1>Letters</h1>" in page
    assert "わたしたちへ" not in page
    assert '<div class="prose" lang="ja"><p>ご感想を<strong>どうぞ</strong>' in page


@pytest.mark.parametrize("status", ["draft", "trashed"])
def test_plain_page_that_is_not_live_does_not_show(client, status):
    page = make_page(title="ひみつの頁", path="/feedback/", live=True)
    transition(page, to=status, user=None)

    html = html_of(client.get(FORM))

    assert "ひみつの頁" not in html and "Some letters are read out" in html


def test_only_a_plain_page_may_have_the_address():
    for holder in (make_post(), make_episode(), None):
        with pytest.raises(ValidationError):
            paths.validate_path("/feedback/", holder)


def test_site_map_names_the_form_once(client):
    assert {"/feedback/", "/en/feedback/"} <= pages_in_sitemap(client).keys()  # none of them twice
    make_page(path="/feedback/", live=True)

    assert {"/feedback/", "/en/feedback/"} <= pages_in_sitemap(client).keys()


def test_address_without_a_slash_leads_to_the_form(client):
    assert client.get("/en/feedback?episode=57").headers["Location"] == "/en/feedback/?episode=57"


def test_episode_leads_to_the_form(client):
    make_episode(number="19.5", live=True)

    assert 'href="/en/feedback/?episode=19.5"' in html_of(client.get("/en/19-5"))


# --- letters are not public and are deleted after a time ---


def test_letters_are_nowhere_on_the_site(client):
    episode = make_episode(number="57", live=True)
    make_letter(body="ひみつの文", name="ひみつの名", about=episode, read_in=episode, state="read")

    for url in (
        "/",
        "/57",
        "/episodes/",
        "/feed.xml",
        "/atom.xml",
        "/feedback/",
        "/feedback/thanks/",
        "/search?q=ひみつ",
    ):
        response = client.get(url)
        text = b"".join(response if response.streaming else [response.content]).decode()
        assert response.status_code == 200 and "ひみつの" not in text, url


def test_letters_are_not_exported(tmp_path):
    make_letter(body="ひみつの文")

    call_command("export_content", str(tmp_path / "site"))

    assert not [f for f in (tmp_path / "site").rglob("*") if f.is_file() and "ひみつの文".encode() in f.read_bytes()]


def test_form_asks_as_often_for_many_letters_as_for_few(client):
    make_page(path="/feedback/", live=True)
    with CaptureQueriesContext(connection) as few:
        client.get(FORM)
    for _ in range(3):
        make_letter(about=make_episode(live=True))

    with CaptureQueriesContext(connection) as many:
        client.get(FORM)

    assert len(many) == len(few)


def test_letters_put_aside_are_deleted_after_ninety_days(capsys):
    old, new = timezone.now() - timedelta(days=91), timezone.now() - timedelta(days=89)
    gone = make_letter(state="aside", handled_at=old)
    kept = [
        make_letter(state="aside", handled_at=new),
        make_letter(state="read", handled_at=old),
        make_letter(received_at=old),
    ]

    call_command("tick")
    call_command("tick")

    assert set(Letter.objects.all()) == set(kept) and gone not in kept


OLD_PAGE = """---
layout: default
title: おたより
permalink: /feedback/
---

お便りを*お待ち*しています。

<div>
<form action="https://forms.example/f/x" method="POST">
  <p>なまえの欄</p>
  <input type="text" name="name">
  <button type="submit">送信する</button>
</form>
</div>

郵便でもどうぞ。
"""


def test_page_of_an_imported_site_introduces_the_form_without_its_own(client, tmp_path):
    outcome = import_text(tmp_path, OLD_PAGE, name="feedback.md")

    assert outcome.action == "created"
    assert "10: the old form is left out: this site has one of its own here" in messages(outcome)
    page = html_of(client.get("/feedback/"))
    assert "<em>お待ち</em>" in page and "郵便でもどうぞ。" in page
    assert "なまえの欄" not in page and page.count('method="post"') == 1
    assert import_text(tmp_path, OLD_PAGE, name="feedback.md").action == "unchanged"


def test_page_of_an_imported_site_is_exported_and_comes_back_as_it_is(tmp_path):
    import_text(tmp_path, OLD_PAGE, name="feedback.md")
    before = snapshot(Page.objects.get())

    call_command("export_content", str(tmp_path / "export"))
    paths.release(Page.objects.get())
    Page.objects.all().delete()
    import_all(tmp_path / "export")

    assert snapshot(Page.objects.get()) == before


@pytest.mark.node
def test_pages_are_valid_html(client, nu_html_checker):
    make_page(path="/feedback/", live=True)
    episode = make_episode(number="57", live=True)

    documents = {
        "form": client.get(f"{FORM}?episode={episode.spelled_number}"),
        "refused": send(client, episode="999", name="あ" * 81),
        "expired": send(client, token="-"),
        "thanks": client.get("/en/feedback/thanks/"),
    }

    assert nu_html_checker(**{name: html_of(response) for name, response in documents.items()}) == []
