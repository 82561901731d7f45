"""Look-ups of works, with registries on this machine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interaxion.content.jobs.job import Job
from interaxion.content.jobs.watching import look_around
from interaxion.content.jobs.work import Work as Progress
from interaxion.content.linking.works import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.sitewide import work_lookups
from interaxion.web.bibliography.asking import Asker
from interaxion.web.ssrf_guard import FetchFailed
from tests.factories import make_episode
from tests.html_pages import html_of
from tests.web.bibliography.records import ARXIV, CROSSREF, NDL
from tests.web_server import HERE, serve

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PAPER, PREPRINT = "https://doi.org/10.1000/waves.98.146401", "https://arxiv.org/abs/0701.00001"
BOOK = "https://www.amazon.co.jp/dp/4873119197"
NOTES = f"- [波の論文]({PAPER})\n- [プレプリント]({PREPRINT})\n- [波の本]({BOOK})\n"


@pytest.fixture
def site(settings):
    settings.WORK_LOOKUPS = True
    pages = {
        "/doi/10.1000/waves.98.146401": CROSSREF,
        "/arxiv/0701.00001": ARXIV,
        "/ndl/9784873119199": NDL,
    }
    with serve(pages) as site:
        site.types = dict.fromkeys(pages, "application/xml")
        yield site


def run(site, job=None):
    """Do what the worker does: look around, and run the job if there is one. Returns its report."""
    look_around()
    job = job or Job.objects.filter(kind="look_up_works", state="queued").first()
    if job is None:
        return None
    registries = {"doi": f"{site.url}/doi/", "arxiv": f"{site.url}/arxiv/", "isbn": f"{site.url}/ndl/"}
    work = Progress(job)
    try:
        work_lookups.look_up(work, asker=Asker("me", registries, HERE), pause=0)
    except FetchFailed:
        Job.objects.filter(pk=job.pk).update(state="failed")
        raise
    Job.objects.filter(pk=job.pk).update(state="done")
    return work.report


def found(kind):
    return Work.objects.get(kind=kind)


def test_works_of_something_live_are_looked_up_once(site, client):
    make_episode(notes=NOTES, live=True)

    assert run(site) == {"asked": 3, "found": 3}
    assert run(site) is None

    assert (found("doi").found_title, found("doi").found["container"]) == ("Waves of A & B", "Letters on Waves")
    assert found("arxiv").found["other_forms"] == [found("doi").key]
    assert (found("isbn").found_title, found("isbn").found["source"]) == ("波の本 : 海から 上", "NDL")
    assert [author.name for author in found("isbn").authors.all()] == ["みなみ, 太郎", "Noda, Kita"]
    assert "Waves of A &amp; B" in client.get(found("doi").path).content.decode()


def test_works_of_a_draft_are_nobodys_business(site):
    make_episode(notes=NOTES)

    assert run(site) is None
    assert site.seen == []


def test_nothing_is_asked_unless_it_is_switched_on(site, settings, django_assert_num_queries):
    settings.WORK_LOOKUPS = False
    make_episode(notes=NOTES, live=True)

    with django_assert_num_queries(0):
        work_lookups.look_up_what_is_new()


def test_what_an_editor_typed_stays_and_is_what_is_shown(site, client):
    make_episode(notes=NOTES, live=True)
    work = found("doi")
    work.title, work.details = "編集者の題", {"authors": ["南, 一郎"], "container": "波の雑誌"}
    work.save()

    run(site)

    work = found("doi")
    assert (work.title, work.details["container"]) == ("編集者の題", "波の雑誌")
    assert [author.name for author in work.authors.all()] == ["南, 一郎"]
    html = html_of(client.get(work.path))
    assert "南一郎（2007）「編集者の題」『波の雑誌』98(14), 146401–146404." in html


def test_found_title_is_found_by_search_and_makes_pages_stale_once(site, client):
    make_episode(notes=NOTES, live=True)
    before = SiteState.objects.get().version

    run(site)

    assert SiteState.objects.get().version == before + 1
    assert found("doi").path in client.get("/search", {"q": "waves of a"}).content.decode()


def test_one_registry_that_fails_does_not_stand_in_the_way(site):
    make_episode(notes=NOTES, live=True)
    site.pages["/doi/10.1000/waves.98.146401"] = 503

    assert run(site) == {"asked": 3, "found": 2}
    assert run(site) is None


def test_when_nobody_answers_it_is_tried_again_later(site):
    make_episode(notes=NOTES, live=True)
    site.pages = dict.fromkeys(site.pages, 503)

    with pytest.raises(FetchFailed):
        run(site)
    assert not Work.objects.exclude(looked_up_at=None).exists()
    assert run(site) is None

    Job.objects.update(queued_at=timezone.now() - timedelta(days=1))
    site.pages = dict.fromkeys(site.pages, 404)
    assert run(site) == {"asked": 3, "found": 0}


def test_registry_without_a_record_is_asked_again_after_months_with_the_next_work(site):
    make_episode(notes=f"[波の論文]({PAPER})", live=True)
    Work.objects.update(looked_up_at=timezone.now() - timedelta(days=200))
    assert run(site) is None

    make_episode(notes=f"[波の本]({BOOK})", live=True)
    assert run(site) == {"asked": 2, "found": 2}
