"""The pages of chapters and of whole courses show what is derived of their files."""

import json
import re
from html import unescape

import pytest

from courses.models import Chapter, Course, Exercise, Reference
from interaxion.content.linking.links import Link
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import store
from tests.factories import make_chapter, make_course, make_lesson, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub('<wbr>|<span class="long-phrase">', "", response.content.decode())


@pytest.fixture
def course():
    course = make_course(slug="ice", title="氷", live=True)
    make_chapter(course=course, slug="first", title="第1章：水", live=True)
    make_lesson(course=course, position=3, slug="light", title="第3章：氷の中の光")
    return course


def test_rows_are_written_with_the_chapter(course):
    exercises, references = Exercise.objects.order_by("position"), Reference.objects.order_by("position")

    assert [(row.label, row.difficulty, len(row.hints), len(row.answers)) for row in exercises] == [
        ("1", "medium", 1, 2),
        ("2", "hard", 0, 1),
        ("3", "easy", 0, 1),
    ]
    assert [(row.number, row.doi, row.arxiv, row.is_unverified, len(row.citations)) for row in references] == [
        (1, "10.1000/ice.1", "", False, 2),
        (2, "10.1000/snow.2", "", True, 1),
        (3, "", "2101.00001", False, 1),
    ]
    assert not Link.objects.filter(url__contains="snow.2").exists()


def test_rows_follow_the_text(course):
    chapter = Chapter.objects.get(slug="light")
    chapter.source = "本文だけ。\n"
    store(chapter, user=None)

    assert not Exercise.objects.exists() and not Reference.objects.exists()
    assert chapter.appendix == ""


def test_chapter_says_how_hard_and_long_it_is_and_what_to_know_before(client, course):
    html = page(client, "/courses/ice/light/")

    for words in ("初級〜中級", "第1.10版", "20–25分", "高校の物理", "CC BY-NC-SA 4.0"):
        assert words in html
    assert 'href="/courses/ice/first/">第1章</a>' in html
    assert 'rel="license" href="https://creativecommons.org/licenses/by-nc-sa/4.0/"' in html
    assert "Beginner to Intermediate" in page(client, "/en/courses/ice/light/")


def test_course_leads_to_the_courses_that_it_needs_and_is_related_to(client, course):
    for slug, language in (("snow", "ja"), ("snow-en", "en"), ("hail-stones", "ja")):
        make_chapter(course=make_course(slug=slug, title=f"題 {slug}", language=language, live=True), live=True)
    head = "---\nprerequisites: [力学, snow（推奨）]\nrelated_series: [hail-stones, nowhere]\n---\n"
    make_chapter(course=make_course(slug="new", front_matter=head, live=True), live=True)
    make_chapter(course=make_course(slug="new-en", front_matter=head, language="en", live=True), live=True)

    html, english = page(client, "/courses/new/"), page(client, "/courses/new-en/")

    assert 'href="/courses/snow/">snow（推奨）</a>' in html and ">力学</dd>" in html
    assert "snow-en" not in html and 'href="/courses/snow-en/">snow（推奨）</a>' in english
    assert '<a href="/courses/hail-stones/">題 hail-stones</a>' in html and "nowhere" not in html


def test_announced_chapters_are_listed_but_no_links(client, course):
    text = "- 第1章: 水（準備中）\n- 第5章: 雪の結晶（COMING SOON）\n- 付録（準備中）\n\n`第6章（準備中）` の話。\n"
    make_chapter(course=course, slug="outlook", position=4, source=text, live=True)

    for address in ("/courses/ice/", "/courses/ice/light/"):
        html = page(client, address)
        announced = re.findall('<li class="announced"[^>]*>(.*?) <span', html, re.DOTALL)
        assert announced == ["第5章: 雪の結晶"]


def test_links_to_pages_of_courses_that_nobody_can_see_are_words(client, course):
    other = make_course(slug="snow", title="雪", live=True)
    make_chapter(course=other, slug="deep", live=True)
    make_chapter(course=other, slug="draft", position=2)
    chapter = make_chapter(course=other, slug="before", position=3, live=True)
    chapter.path = "/courses/snow/after/"
    store(chapter, user=None)
    text = "".join(
        f"[{name}]({href})\n\n"
        for name, href in (
            ("雪", "../snow/index.md"), ("深い", "../snow/deep.md#a"), ("下書き", "../snow/draft.md"),
            ("旧", "../snow/before.md"), ("問題", "/courses/snow/exercises/"), ("雹", "../hail/"), ("次", "second.md"),
            ("図", "../hail/a.pdf"), ("よそ", "https://example.org/courses/hail/"), ("参加", "../../JOIN.md#how"),
        )
    )  # fmt: skip
    make_chapter(course=course, slug="linking", position=4, source=text, live=True)

    html = page(client, "/courses/ice/linking/").partition('class="prose chapter"')[2].partition("</div>")[0]

    linked = re.findall("<a [^>]*>([^<]*)</a>", html)
    assert linked == ["雪", "深い", "旧", "問題", "図", "よそ"]
    assert "下書き" in html and "雹" in html and "参加" in html


def test_chapters_are_named_by_the_number_in_their_titles(client, course):
    named = make_chapter(course=course, title="第7章：霜", slug="frost", position=8, live=True)
    make_chapter(course=course, front_matter="---\nprerequisites: [第7章]\n---\n", slug="dew", position=7, live=True)

    assert f'href="{named.path}">第7章</a>' in page(client, "/courses/ice/dew/")


def test_objectives_are_shown_once(client, course):
    bare = "---\nlearning_objectives:\n  - 氷を知る\n---\n"
    make_chapter(course=course, slug="bare", position=4, front_matter=bare, source="本文。\n", live=True)

    assert "objectives-heading" not in page(client, "/courses/ice/light/")
    assert "氷を知る" in page(client, "/courses/ice/bare/")


def test_chapters_of_the_course_stand_beside_the_text(client, course):
    html = page(client, "/courses/ice/light/")

    nav = html.partition('class="course-nav"')[2].partition("</nav>")[0]
    assert 'href="/courses/ice/first/"' in nav
    assert 'aria-current="page">第3章' in nav
    assert 'name="course" value="ice"' in nav


def test_search_finds_in_one_course_alone(client, course):
    other = make_course(slug="snow", title="雪", live=True)
    make_chapter(course=other, slug="light", title="雪の中の光", source="光の話。\n", live=True)

    everywhere, here = page(client, "/search?q=光"), page(client, "/search?q=光&course=ice")

    assert "/courses/snow/light/" in everywhere and "/courses/ice/light/" in everywhere
    assert "/courses/snow/light/" not in here and "/courses/ice/light/" in here
    assert "コース「氷」の中だけです。" in here
    assert "/courses/snow/light/" in page(client, "/search?q=光&course=nowhere")


def test_references_are_listed_once_with_ways_there_and_back(client, course):
    html = page(client, "/courses/ice/light/")

    assert "works-heading" not in html
    assert html.count('href="https://doi.org/10.1000/ice.1"') == 1
    assert '<a class="citation" id="cite-1-1" href="#ref-1">1</a>' in html
    assert '<a class="citation-back" href="#cite-2-1">↩</a>' in html


def test_chapter_can_be_cited(client, course):
    chapter, author = make_lesson(course=course, position=5, slug="cited"), make_speaker(name="岡")
    store(chapter, user=None, write_related=lambda: chapter.replace_authors([author]))

    html = page(client, "/courses/ice/cited/")

    assert "岡（" in html and "@incollection{courses-ice-cited," in html


def test_answers_stand_at_the_end_for_print(client, course):
    html = page(client, "/courses/ice/light/")

    appendix = html.partition('class="answers printed"')[2].partition("</section>")[0]
    assert "問題1（難易度：medium）: 解答例（水の場合）" in appendix
    assert "六角形。" in appendix and "六つ。" in appendix
    assert ' id="' not in appendix.partition("</h2>")[2]


def test_course_sums_up_its_chapters(client, course):
    html = page(client, "/courses/ice/")

    assert "20–25分" in html
    for part in ("exercises", "references", "print"):
        assert f'href="/courses/ice/{part}/"' in html


def test_exercises_of_a_course_are_on_one_page(client, course):
    every, hard = page(client, "/courses/ice/exercises/"), page(client, "/courses/ice/exercises/?difficulty=hard")

    assert "光はなぜ" in every and "結晶を描いて" in every
    assert "光はなぜ" not in hard and "結晶を描いて" in hard
    assert "光はなぜ" in page(client, "/courses/ice/exercises/?difficulty=nonsense")


def test_references_of_a_course_are_on_one_page(client, course):
    html = page(client, "/courses/ice/references/")

    assert 'href="/courses/ice/light/#ref-1"' in html and "10.1000/snow.2" in html
    assert "（未確認）" in html and "doi.org/10.1000/snow.2" not in html


def test_course_is_printed_on_one_page(client, course):
    html = page(client, "/courses/ice/print/")

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.index("第1章：水") < html.index("第3章：氷の中の光") < html.index("六角形。")
    assert 'content="noindex"' in html


def test_hidden_chapters_are_on_no_page_of_the_course(client, course):
    make_chapter(course=course, slug="draft", position=9, title="ひみつ", source="## 演習問題\n\n### 問題1\n\nひみつ\n")

    for part in ("", "exercises/", "references/", "print/"):
        assert "ひみつ" not in page(client, f"/courses/ice/{part}")


def test_pages_of_a_course_go_with_it(client, course):
    assert client.get("/courses/ice/print").headers["Location"] == "/courses/ice/print/"
    Course.objects.update(status="draft")
    SiteState.rise()

    for part in ("exercises", "references", "print"):
        assert client.get(f"/courses/ice/{part}/").status_code == 404
        assert client.get(f"/courses/nowhere/{part}/").status_code == 404


def test_chapter_may_have_the_address_of_such_a_page(client, course):
    make_chapter(course=course, slug="exercises", position=8, title="演習の章", live=True)

    assert "演習の章" in page(client, "/courses/ice/exercises/")


def test_lists_leave_out_a_course_without_a_live_chapter(client, course):
    make_course(slug="empty", title="からの講座", live=True)

    assert "からの講座" not in page(client, "/courses/") + page(client, "/")
    assert "からの講座" in page(client, "/courses/empty/")


def test_courses_stand_in_the_order_made_by_hand(client, course):
    for slug, place, level in (("second", 2, ""), ("hard", None, "advanced"), ("first", 1, ""), ("easy", None, "入門")):
        make_chapter(course=make_course(slug=slug, title=slug, position=place, level=level, live=True), live=True)

    found = re.findall(r'href="/courses/(\w+)/"', page(client, "/courses/"))

    assert list(dict.fromkeys(found)) == ["first", "second", "easy", "hard", "ice"]


def test_page_of_an_author_lists_their_courses_in_order(client, course):
    author = make_speaker(name="岡")
    for slug, level in (("hard", "advanced"), ("easy", "入門")):
        written = make_course(slug=slug, title=slug, level=level, live=True)
        make_chapter(course=written, live=True)
        store(written, user=None, write_related=lambda written=written: written.replace_authors([author]))

    found = re.findall(r'href="/courses/(\w+)/"', page(client, author.get_absolute_url()))

    assert list(dict.fromkeys(found)) == ["easy", "hard"]


def test_level_that_was_typed_counts_and_the_licence_of_the_course_is_that_of_its_chapters(client):
    file = "---\nlevel: beginner\nlicense: CC BY 4.0\n---\n"
    course = make_course(slug="snow", level="上級", front_matter=file, live=True)
    make_chapter(course=course, slug="one", live=True)
    make_course(slug="odd", level="みんな向け", live=True)

    assert "<dd>上級</dd>" in page(client, "/courses/snow/")
    assert "CC BY 4.0" in page(client, "/courses/snow/one/")
    assert "<dd>みんな向け</dd>" in page(client, "/courses/odd/")


def test_chapter_is_described_to_search_engines(client, course):
    html = page(client, "/courses/ice/light/")

    chapter, trail = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])["@graph"]
    assert chapter["educationalLevel"] == "beginner–intermediate"
    assert chapter["timeRequired"] == "PT25M"
    assert chapter["teaches"] == ["屈折の法則を図で説明できる", "氷の模型を作れる"]
    assert chapter["competencyRequired"] == ["第1章", "高校の物理"]
    assert chapter["license"].endswith("/by-nc-sa/4.0/")
    assert [unescape(step["name"]) for step in trail["itemListElement"]] == [
        "Interaxion",
        "コース",
        "氷",
        "第3章：氷の中の光",
    ]


@pytest.mark.parametrize(("said", "is_so"), [("2", True), ("1+", True), ("2-3", True), ("3", False), ("3+", False)])
def test_counts_are_compared_as_they_are_written(said, is_so):
    source = "```python\na\n```\n\n```\nb\n```\n\n```sh\nc\n```\n"
    chapter = make_chapter(front_matter=f'---\ncode_examples: "{said}"\n---\n', source=source)

    assert any("code_examples" in problem.message for problem in chapter.problems()) is not is_so


def test_front_matter_that_says_otherwise_is_reported(course):
    messages = [problem.message for problem in Chapter.objects.get(slug="light").problems()]

    assert any("exercises" in message and "5" in message and "3" in message for message in messages)
    assert not any("mermaid_diagrams" in message for message in messages)


def test_link_to_a_chapter_that_nobody_can_see_is_mere_words(client, course):
    make_chapter(course=course, slug="draft", position=7)
    source = "[下書き](draft.md) [ない](chapter-9.md#x) [光](light.md) [目次](index.md) [全部](/courses/ice/print/)\n"
    make_chapter(course=course, slug="links", position=6, source=source, live=True)

    html = page(client, "/courses/ice/links/").partition('class="prose chapter"')[2].partition("<footer")[0]

    assert "下書き ない" in html
    assert re.findall(r'href="([^"]+)"', html) == ["/courses/ice/light/", "/courses/ice/", "/courses/ice/print/"]


def test_addresses_of_authors_are_not_published(client, course):
    source = "連絡先: taro.yamada@lab.example.jp\n\n<b@c.example> と `git@host.example`\n"
    chapter = make_chapter(course=course, slug="mail", position=6, source=source, live=True)

    html = page(client, "/courses/ice/mail/")

    assert "taro.yamada" not in html + chapter.text and "…@lab.example.jp" in html
    assert "mailto:" not in html and "git@host.example" in html
    assert any("…@lab.example.jp" in problem.message for problem in chapter.problems())
