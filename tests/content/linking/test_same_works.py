"""Works that may be one: by where their addresses lead, and by what their records state."""

import pytest
from django.utils import timezone

from interaxion.content.linking.health import LinkState, LinkStatus
from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.other_forms import OtherForm, other_forms
from interaxion.content.linking.same_works import find_same_works
from interaxion.content.linking.works import Work
from interaxion.web.answers import Answer
from tests.factories import make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SHORT, OTHER = "https://amzn.example/abc", "https://amzn.example/xyz"
BOOK, PAPER, PREPRINT = (
    "https://www.amazon.co.jp/dp/4873119197",
    "https://doi.org/10.1000/w",
    "https://arxiv.org/abs/0701.00001",
)


def leads(url, to, *, code=200):
    status = LinkStatus(url=url)
    status.take(Answer(code, to, is_gone=code == 404), timezone.now())
    status.save()


def offers():
    return [
        (each.identity.key, [work.url for work in each.works], each.into and each.into.url)
        for each in find_same_works()
    ]


def test_short_links_to_one_book_are_it():
    make_episode(notes=f"[本]({SHORT}) [同じ本]({OTHER}) [別]({'https://a.example/x'})")
    leads(SHORT, BOOK, code=503)  # the shop refuses robots, and the redirect is known all the same
    leads(OTHER, f"{BOOK}?tag=abc")
    leads("https://a.example/x", "https://a.example/x")

    assert offers() == [("isbn:9784873119199", [SHORT, OTHER], None)]

    make_episode(notes=f"[本]({BOOK})")
    assert offers() == [("isbn:9784873119199", [SHORT, OTHER], BOOK)]


def test_pages_that_lead_to_one_page_are_it():
    make_episode(notes=f"[話]({SHORT}) [同じ話]({OTHER})")
    leads(SHORT, "https://news.example/story")
    assert offers() == []

    leads(OTHER, "https://news.example/story")
    assert offers() == [("url:news.example/story", [OTHER], SHORT)]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("https://news.example/", 200),
        ("https://news.example/login?next=/x", 200),
        ("https://news.example/errors/404.html", 200),
        ("https://news.example/story", 404),
    ],
)
def test_page_for_those_who_are_not_shown_the_page_makes_nothing_one(to, code):
    make_episode(notes=f"[話]({SHORT}) [同じ話]({OTHER})")
    leads(SHORT, to, code=code)
    leads(OTHER, to, code=code)

    assert offers() == []


def test_where_a_short_link_led_stays_known_when_the_shortener_dies():
    status = LinkStatus(url=SHORT)
    status.take(Answer(200, BOOK), timezone.now())
    status.take(Answer(), timezone.now())
    status.take(Answer(404, SHORT, is_gone=True), timezone.now())

    assert (status.final_url, status.state) == (BOOK, LinkState.UNKNOWN)


def test_preprint_and_paper_are_one_where_either_record_states_it():
    make_episode(notes=f"[論文]({PAPER}) [プレプリント]({PREPRINT})", live=True)
    paper, preprint = Work.objects.get(kind="doi"), Work.objects.get(kind="arxiv")
    assert (offers(), other_forms(paper)) == ([], [])
    here = {
        work.kind: OtherForm(work.identifier, work.get_absolute_url(), work.kind == "arxiv")
        for work in (paper, preprint)
    }

    preprint.found = {"other_forms": [paper.key]}
    preprint.save()
    assert offers() == [(paper.key, [PREPRINT], PAPER)]
    assert (other_forms(paper), other_forms(preprint)) == ([here["arxiv"]], [here["doi"]])

    paper.found = {"other_forms": [preprint.key, "arxiv:9912.99999"]}
    paper.save()
    assert offers() == [(paper.key, [PREPRINT], PAPER)]
    elsewhere = OtherForm("arXiv:9912.99999", "https://arxiv.org/abs/9912.99999", is_preprint=True)
    assert other_forms(paper) == [here["arxiv"], elsewhere]

    merge_works(preprint, paper)
    assert (offers(), other_forms(paper)) == ([], [elsewhere])
