from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.works import Work
from interaxion.content.saving.transitions import transition
from tests.factories import make_chapter, make_course, make_editor, make_episode, make_host, make_post
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PAPER = "https://doi.org/10.1000/paper"


def address(key: str) -> str:
    return Work.objects.get(key=key).get_absolute_url()


def test_a_work_says_where_it_was_discussed_and_how_to_cite_it(client):
    make_episode(number="36", title="古い回", notes=f"### 1:02:10 昔の話\n\n[{{論文}} の題]({PAPER})\n", live=True)
    make_chapter(title="章", source="## 文献\n\n[別の言いかた](http://dx.doi.org/10.1000/PAPER)\n", live=True)

    html = html_of(client.get(address("doi:10.1000/paper")))

    assert 'href="/36#t-3730"' in html
    assert "1:02:10" in html
    assert "別の言いかた" in html
    assert "{論文} の題. https://doi.org/10.1000/paper" in html
    assert "title = {論文 の題}" in html
    assert "doi = {10.1000/paper}" in html


def test_a_place_in_a_list_of_references_is_told_by_its_number(client):
    source = f"## 参考文献\n\n1. 一\n2. 二\n3. [10.1000/paper]({PAPER})\n"
    chapter = make_chapter(title="ある章", source=source, live=True)
    make_post(body=f"[論文の長い題]({PAPER})", path="/blog/later", live=True)

    work, post = client.get(f"/en{address('doi:10.1000/paper')}"), client.get("/en/blog/later")

    assert "reference 3</span></a>" in html_of(work)
    assert f'href="/en{chapter.path}#参考文献">ある章 reference 3</a>' in unquote(html_of(post))


def test_a_work_is_there_while_something_live_mentions_it(client):
    post = make_post(body=f"[題]({PAPER}) [一度](https://example.org/once)", live=True)
    paper, once = address("doi:10.1000/paper"), address("url:example.org/once")

    assert (client.get(paper).status_code, client.get(once).status_code) == (200, 404)

    transition(post, to="draft", user=None)
    assert client.get(paper).status_code == 404
    assert client.get("/works/999999/").status_code == 404


def test_a_merged_work_redirects_while_the_other_is_there(client):
    make_post(body="[一](https://arxiv.org/abs/2301.00001)", live=True)
    post = make_post(body=f"[二]({PAPER})", live=True)
    old, new = Work.objects.get(kind="arxiv"), Work.objects.get(kind="doi")
    merge_works(old, new)

    response = client.get(f"/en{old.path}")
    assert (response.status_code, response["Location"]) == (301, f"/en{new.path}")

    for each in (post, type(post).objects.exclude(pk=post.pk).get()):
        transition(each, to="draft", user=None)
    assert client.get(old.path).status_code == 404


def test_pages_show_where_their_works_were_discussed_and_what_leads_to_them(client):
    make_episode(number="13", title="昔の回", notes=f"### 5:00 昔\n\n[題]({PAPER})\n", live=True)
    make_episode(number="36", title="いまの回", notes=f"### 1:30 今\n\n[題]({PAPER})、[前](/13)\n", live=True)
    make_post(title="あとの記事", body=f"[題]({PAPER})", path="/blog/later", live=True)
    chapter = make_chapter(title="ある章", source=f"[題]({PAPER})", live=True)

    old, new = (html_of(client.get(path)) for path in ("/13", "/36"))

    assert 'href="/13#t-300"' in new
    assert 'href="/36#t-90"' in old
    assert 'href="/blog/later"' in new
    assert address("doi:10.1000/paper") in new
    assert 'href="/13#t-300"' in html_of(client.get(chapter.path))
    assert 'href="/13#t-300"' in html_of(client.get("/blog/later"))


def test_a_number_that_is_all_we_know_of_a_work_is_shown_once(client):
    make_chapter(course=make_course(slug="mlp", live=True), slug="one", source=f"[10.1000/paper]({PAPER})\n", live=True)

    html = html_of(client.get("/courses/mlp/one/"))

    assert html[html.index('id="works-heading"') :].count("doi:10.1000/paper") == 1


def test_what_was_discussed_elsewhere_stands_at_the_end_of_its_section(client):
    make_episode(number="13", title="昔の回", notes=f"### 5:00 昔\n\n[題]({PAPER})\n", live=True)
    notes = f"### 0:00 頭\n\n無関係\n\n### 1:30 今\n\n[題]({PAPER})\n\n### 2:00 後\n\n無関係\n"
    make_episode(number="36", title="いまの回", notes=notes, live=True)
    make_post(body=f"[題]({PAPER})", path="/blog/without-sections", live=True)

    html, post = (html_of(client.get(path)) for path in ("/en/36", "/en/blog/without-sections"))

    now = html.partition('id="t-90"')[2].partition('id="t-120"')[0]
    assert now.count('href="/en/13#t-300"') == html.count('href="/en/13#t-300"') == 1
    assert 'id="seen-heading"' not in html
    assert 'href="/en/13#t-300"' in post.partition('id="seen-heading"')[2]


def test_the_time_of_a_mention_is_no_part_of_its_title(client):
    make_episode(number="13", title="きく", notes=f"### 0:18 昔\n\n[題]({PAPER})\n", live=True)
    make_post(body=f"[題]({PAPER})", path="/blog/later", live=True)

    for address in ("/blog/later", "/en/blog/later"):
        html = html_of(client.get(address))
        assert '#t-18">13: きく <span class="time">0:18</span></a>' in html


def test_a_draft_is_never_told_of_at_a_section(client):
    make_episode(number="58", title="ひみつの回", notes=f"### 1:30 秘\n\n[ひみつの題]({PAPER})\n")
    make_episode(number="36", notes=f"### 1:30 今\n\n[10.1000/paper]({PAPER})\n", live=True)

    assert "ひみつ" not in html_of(client.get("/36"))


def test_a_work_page_costs_the_same_queries_at_one_and_at_three(client):
    counts = []
    for number in range(3):
        make_post(body=f"[題{number}]({PAPER})", live=True)
        client.get(address("doi:10.1000/paper"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("doi:10.1000/paper"))
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_an_editor_retitles_and_merges_and_a_host_may_not(client):
    make_post(body="[一](https://arxiv.org/abs/2301.00001) [一](https://arxiv.org/abs/2301.00001)", live=True)
    make_post(body=f"[二]({PAPER})", live=True)
    preprint, paper = Work.objects.get(kind="arxiv"), Work.objects.get(kind="doi")

    client.force_login(make_host())
    assert client.get("/admin/content/work/").status_code == 403

    client.force_login(make_editor())
    client.post(f"/admin/content/work/{paper.pk}/change/", {"title": "きめた題"})
    selected = {"action": "merge_selected", "_selected_action": [preprint.pk, paper.pk]}
    assert client.post("/admin/content/work/", selected).status_code == 200
    client.post("/admin/content/work/", selected | {"into": paper.pk})

    assert "きめた題" in html_of(client.get(paper.path))
    assert client.get(preprint.path).status_code == 301
    client.get("/admin/content/work/")  # the first page after it says what was merged
    assert "2301.00001" not in html_of(client.get("/admin/content/work/"))


def test_work_leads_to_its_other_form_and_to_the_works_of_its_authors(client):
    make_post(body=f"[論文]({PAPER}) [プレプリント](https://arxiv.org/abs/2301.00001)", live=True)
    preprint, paper = Work.objects.get(kind="arxiv"), Work.objects.get(kind="doi")
    preprint.found = {"authors": ["Minami, A."], "other_forms": [paper.key]}
    preprint.save()

    html = html_of(client.get(f"/en{paper.path}"))
    assert f'Preprint:\n        <a href="/en{preprint.path}">arXiv:2301.00001</a>' in html

    html = html_of(client.get(f"/en{preprint.path}"))
    assert 'href="/en/works/?author=Minami%2C%20A."' in html
    assert f'<a href="/en{paper.path}">doi:10.1000/paper</a>' in html

    merge_works(preprint, paper)
    html = html_of(client.get(f"/en{paper.path}"))
    assert "Also known as: arXiv:2301.00001" in html and "Published paper" not in html
    paper.refresh_from_db()
    assert [author.name for author in paper.authors.all()] == paper.found["authors"] == ["Minami, A."]
    assert paper.looked_up_at is None
