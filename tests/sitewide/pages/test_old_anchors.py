"""Anchors in the lists of an old site, which other sites link to: `/tags/#…` and `/starring/#…`."""

import pytest

from tests.factories import make_episode, make_speaker
from tests.html_pages import html_of
from tests.imports import copy_site, import_all, write_file

pytestmark = pytest.mark.django_db


def test_tags_of_the_list_are_where_they_were(client):
    make_episode(live=True, tags=("宇宙飛行士", "C-S-H系高圧超伝導", "two words"))

    page = html_of(client.get("/tags/"))

    for anchor in ("宇宙飛行士", "C-S-H系高圧超伝導", "two-words"):
        assert page.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize("language", ["", "/en"])
def test_starring_leads_to_the_speakers_by_every_name(client, language):
    make_episode(live=True, speakers=(make_speaker(name="あらB", aliases=["arab", "あら"]),))

    response = client.get(f"{language}/starring/", follow=True)

    assert response.redirect_chain == [(f"{language}/speakers/", 301)]
    for anchor in ("あらB", "arab", "あら"):
        assert f'id="{anchor}"' in html_of(response)


def test_absolute_links_to_the_old_site_stay_within_this_one(client, tmp_path):
    site = copy_site(tmp_path)
    write_file(
        site,
        "_posts/2026-03-01-links.md",
        "---\nlayout: blog\ntitle: 題\npermalink: /blog/links\n---\n"
        "[a](https://old.example/tags/#水面) [b](https://old.example/starring/#みなも)\n",
    )
    import_all(site)

    page = html_of(client.get("/blog/links"))

    assert 'href="/tags/#%E6%B0%B4%E9%9D%A2"' in page
    assert 'href="/starring/#%E3%81%BF%E3%81%AA%E3%82%82"' in page
    assert 'id="水面"' in html_of(client.get("/tags/"))
    assert 'id="みなも"' in html_of(client.get("/starring/", follow=True))
