from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.discovery.related import find_related
from interaxion.content.linking.citing import citation_of
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import find_mentions, neighbourhood
from interaxion.content.linking.merging import merge_works, respell_works
from interaxion.content.linking.titles import MOST_NAMING, title_of, titles_of
from interaxion.content.linking.works import Work
from interaxion.content.live_details import get_live_or_404
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.purging import purge
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NOW = timezone.now()
PAPER = "https://doi.org/10.1000/paper"
#: The same paper, as somebody else spells it.
SAME_PAPER = "http://dx.doi.org/10.1000/PAPER?utm_source=feed"
ARXIV = "https://arxiv.org/abs/2301.00001"
NOTES = f"""前置き [番組](/1)

### 0:00 はじめに

- [論文の題]({PAPER})

### 1:30 つぎの話

#### その細部

- [ほか](https://example.org/b?utm_source=x)
- [上へ](#t-90) と [手紙](mailto:a@example.org)
"""


def days_ago(days: int):
    return NOW - timedelta(days=days)


def test_every_link_is_a_row_with_its_place():
    make_episode(number="57", title="題", notes=NOTES)

    rows = Link.objects.order_by("position").values_list(
        "text", "anchor", "heading", "starts_at", "own_path", "work__key"
    )
    assert list(rows) == [
        ("番組", "", "", None, "/1", None),
        ("論文の題", "t-0", "はじめに", 0, "", "doi:10.1000/paper"),
        ("ほか", "その細部", "その細部", 90, "", "url:example.org/b"),
    ]
    assert Link.objects.get(text="ほか").url == "https://example.org/b?utm_source=x"


def test_an_embedded_player_is_a_link_too():
    make_post(body="## 見る\n\n<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>\n")

    assert Link.objects.values_list("work__key", "anchor").get() == ("video:abcdefghijk", "見る")


def test_a_save_rewrites_the_links_and_keeps_the_works():
    post = make_post(body=f"[題]({PAPER})")
    post.body = "[別](https://example.org/other)"
    store(post, user=None)

    assert [link.text for link in Link.objects.all()] == ["別"]
    assert Work.objects.count() == 2


@pytest.mark.parametrize("to", ["draft", "review", "trashed"])
def test_links_follow_every_transition(to):
    post = make_post(body=f"[題]({PAPER})", live=True)
    assert Link.objects.live().exists()

    transition(post, to=to, user=None)

    assert not Link.objects.live().exists()


def test_links_follow_dates_that_a_save_changes():
    post = make_post(body=f"[題]({PAPER})", publish_at=days_ago(2))
    post.unpublish_at = days_ago(1)
    store(post, user=None)

    assert not Link.objects.live().exists()
    assert Link.objects.live(days_ago(1) - timedelta(hours=1)).exists()


def test_links_of_a_chapter_follow_its_course():
    course = make_course(live=True)
    make_chapter(course=course, source=f"[題]({PAPER})", live=True)
    assert Link.objects.live().exists()

    transition(course, to="draft", user=None)
    assert not Link.objects.live().exists()

    transition(course, to="published", user=None, at=days_ago(-3))
    assert not Link.objects.live().exists()
    assert Link.objects.live(days_ago(-4)).exists()


def test_links_of_a_chapter_that_begins_when_its_course_has_ended_are_never_live():
    course = make_course(live=True)
    course.publish_at, course.unpublish_at = days_ago(9), days_ago(5)
    store(course, user=None)
    chapter = make_chapter(course=course, source=f"[題]({PAPER})", live=True)

    assert not Link.objects.live().exists()
    assert not Link.objects.live(days_ago(7)).exists()
    assert not type(chapter).objects.live(days_ago(7)).exists()


def test_a_backlink_leads_to_the_first_place_of_each_thing():
    episode = make_episode(number="1", live=True)
    make_episode(number="2", notes="### 1:00 先\n\n[回](/1)\n\n### 2:00 後\n\n[回](/1)\n", live=True)

    assert [link.starts_at for link in neighbourhood(episode).to_itself] == [60]


def test_links_follow_the_address_of_what_they_stand_in():
    episode = make_episode(number="57", title="題", notes=NOTES)
    assert {link.path for link in Link.objects.all()} == {"/57-draft"}

    transition(episode, to="published", user=None)

    link = Link.objects.get(text="論文の題")
    assert (link.title, link.get_absolute_url()) == ("57: 題", "/57#t-0")


def test_deleting_for_good_takes_the_links_along():
    post = make_post(body=f"[題]({PAPER})")

    post.delete()

    assert not Link.objects.exists()


def test_rebuilding_writes_the_same_links():
    episode = make_episode(number="57", notes=NOTES, live=True)
    before = list(Link.objects.live().values("position", "url", "anchor", "work", "publish_at"))

    derive(episode)

    assert list(Link.objects.live().values("position", "url", "anchor", "work", "publish_at")) == before


def test_a_work_has_a_page_by_its_doi_or_by_a_second_mention():
    make_post(body=f"[題]({PAPER}) [一度](https://example.org/once) [二度](https://example.org/twice)", live=True)
    make_post(body="[二度](http://www.example.org/twice/) [下書き](https://example.org/draft)", live=True)
    make_post(body="[下書き](https://example.org/draft) [下書き](https://doi.org/10.1000/draft)")

    assert {work.key for work in Work.objects.live()} == {"doi:10.1000/paper", "url:example.org/twice"}


def test_mentions_of_all_spellings_are_found_the_newest_first():
    make_episode(number="36", notes=f"### 1:02:10 昔\n\n[古い]({SAME_PAPER})\n", publish_at=days_ago(9))
    make_episode(number="57", notes=NOTES, publish_at=days_ago(2))
    make_post(body=f"[下書き]({PAPER})")
    make_post(body=f"[あした]({PAPER})", publish_at=days_ago(-1))

    mentions = find_mentions(Work.objects.get(key="doi:10.1000/paper"))

    assert [(link.get_absolute_url(), link.starts_at) for link in mentions] == [("/57#t-0", 0), ("/36#t-3730", 3730)]


def test_the_title_of_a_work_is_never_the_words_of_a_draft():
    make_post(body=f"[ひみつの題]({PAPER})")
    make_post(body=f"[見える題]({PAPER})", live=True)
    work = Work.objects.get()

    assert title_of(work, find_mentions(work)) == "見える題"
    make_post(body=f"[もっと語る題]({PAPER})", live=True)
    assert title_of(work, find_mentions(work)) == "もっと語る題"
    work.title = "編集者の題"
    assert title_of(work, find_mentions(work)) == "編集者の題"


def test_merging_moves_the_mentions_now_and_later():
    make_post(body=f"[論文]({PAPER})", live=True)
    make_post(body="[プレプリント](https://arxiv.org/abs/2301.00001)", live=True)
    paper, preprint = Work.objects.get(kind="doi"), Work.objects.get(kind="arxiv")

    merge_works(preprint, paper)
    make_post(body="[また](https://arxiv.org/pdf/2301.00001v2)", live=True)

    assert {link.text for link in find_mentions(paper)} == {"論文", "プレプリント", "また"}
    assert preprint not in Work.objects.live()


def counts_of_links():
    return dict(Work.objects.values_list("key", "link_count"))


def test_work_knows_how_many_links_it_has():
    first = make_post(body="[a](https://example.org/a) [b](https://example.org/b)", live=True)
    second = make_post(body="[a](https://example.org/a) [wieder](https://example.org/a)")
    assert counts_of_links() == {"url:example.org/a": 3, "url:example.org/b": 1}

    second.body = "[a](https://example.org/a) [c](https://example.org/c)"
    store(second, user=None)
    assert counts_of_links() == {"url:example.org/a": 2, "url:example.org/b": 1, "url:example.org/c": 1}

    purge(first)
    assert counts_of_links() == {"url:example.org/a": 1, "url:example.org/b": 0, "url:example.org/c": 1}

    merge_works(Work.objects.get(key="url:example.org/c"), Work.objects.get(key="url:example.org/a"))
    assert counts_of_links() == {"url:example.org/a": 2, "url:example.org/b": 0, "url:example.org/c": 0}


def test_merging_twice_leads_to_the_last():
    make_post(body="[a](https://example.org/a) [b](https://example.org/b) [c](https://example.org/c)", live=True)
    a, b, c = Work.objects.order_by("key")

    merge_works(a, b)
    merge_works(b, c)
    merge_works(c, c)
    make_post(body="[a](https://example.org/a)", live=True)

    assert Link.objects.filter(work=c).count() == 4


def test_backlinks_come_from_every_spelling_of_the_address():
    episode = make_episode(number="57", live=True, publish_at=days_ago(9))
    make_post(title="一", body="[回](/57#t-90) [もう一度](/57)", publish_at=days_ago(3))
    make_episode(number="58", title="二", notes="[前回](/57-draft/)", publish_at=days_ago(2))
    make_chapter(title="三", source="[回](/en/57?t=90)", live=True)
    make_post(title="下書き", body="[回](/57)")
    make_post(title="別", body="[回](/570)", live=True)

    assert [link.title for link in neighbourhood(episode).to_itself] == ["三", "58: 二", "一"]


def test_sections_know_where_their_works_were_discussed_before_and_again():
    make_episode(number="13", notes=f"### 5:00 昔\n\n[古い]({PAPER})\n", publish_at=days_ago(20))
    make_episode(number="36", notes=f"### 1:02:10 昔\n\n[古い]({SAME_PAPER})\n", publish_at=days_ago(9))
    episode = make_episode(number="40", notes=NOTES, publish_at=days_ago(5))
    make_episode(number="57", notes=f"### 2:00 今\n\n[新しい]({PAPER})\n", publish_at=days_ago(2))
    make_episode(number="58", notes=f"### 2:00 今\n\n[下書き]({PAPER})\n")

    [seen] = neighbourhood(episode).seen_before()

    assert (seen.link.anchor, seen.work_title) == ("t-0", "論文の題")
    assert [link.get_absolute_url() for link in seen.before] == ["/36#t-3730", "/13#t-300"]
    assert [link.get_absolute_url() for link in seen.after] == ["/57#t-120"]


@pytest.mark.parametrize(
    "words",
    [
        "10.1000/paper",
        "doi:10.1000/paper",
        "DOI: 10.1000/PAPER",
        PAPER,
        "doi.org/10.1000/paper",
        "www.example.org",
        "PDF",
    ],
)
def test_a_work_that_a_link_only_numbers_is_called_by_the_words_of_other_live_links(words):
    make_post(body=f"[下書きの中だけの題]({PAPER})")
    make_episode(number="2", notes=f"### 1:30 昔\n\n[論文の長い題]({PAPER})\n", publish_at=days_ago(9))
    chapter = make_chapter(source=f"[{words}]({PAPER})", live=True)

    around = neighbourhood(chapter)

    assert [name for _work, name in around.works()] == ["論文の長い題"]
    assert [seen.work_title for seen in around.seen_before()] == ["論文の長い題"]
    assert title_of(Work.objects.get(), find_mentions(Work.objects.get())) == "論文の長い題"


def test_a_work_is_called_by_the_words_of_the_page_itself_wherever_they_stand():
    make_episode(number="2", notes=f"[ほかの題]({PAPER})", publish_at=days_ago(9))
    chapter = make_chapter(source=f"[10.1000/paper]({PAPER})\n\n## 後\n\n[ここでの題]({PAPER})\n", live=True)

    assert [name for _work, name in neighbourhood(chapter).works()] == ["ここでの題"]


def test_a_work_that_only_a_draft_names_is_a_number():
    make_post(body=f"[下書きの中だけの題]({PAPER})")
    make_post(body=f"[だれかの題]({PAPER})", publish_at=days_ago(-1))
    chapter = make_chapter(source=f"[{PAPER}]({PAPER})", live=True)

    assert [name for _work, name in neighbourhood(chapter).works()] == ["doi:10.1000/paper"]


def test_a_link_in_a_list_of_references_has_its_number():
    make_chapter(
        source=(
            f"1. [本文]({PAPER})\n\n## 7. 📚 参考文献\n\n1. 一\n2. Cooper (1956). DOI: [10.1000/paper]({PAPER})\n\n"
            "   - [別刷](https://example.org/b)\n\n### 書籍\n\n5. [本](https://example.org/c)\n\n"
            "- [番号なし](https://example.org/d)\n\n## あとがき\n\n1. [e](https://example.org/e)\n"
        )
    )

    numbers = Link.objects.order_by("position").values_list("text", "reference_number")
    assert list(numbers) == [
        ("本文", None),
        ("10.1000/paper", 2),
        ("別刷", 2),
        ("本", 5),
        ("番号なし", None),
        ("e", None),
    ]


def test_an_entry_of_a_list_of_references_names_its_work_and_is_how_to_cite_it():
    make_episode(notes=f"- [だいじな論文]({PAPER})\n", live=True)
    source = (
        '## 参考文献\n\n1. Minami, A., & Kita, B. (2021). "Waves that do not break."\n   *Waves*, 9(8), 7.\n'
        f"   DOI: [10.1000/paper]({PAPER})\n"
    )
    chapter = make_chapter(source=source, live=True)

    work = Work.objects.get(key="doi:10.1000/paper")
    mentions = find_mentions(work)
    title, citation = title_of(work, mentions), citation_of(work, mentions)

    assert title == "Waves that do not break"
    assert [name for _work, name in neighbourhood(chapter).works()] == [title]
    assert (
        citation.text
        == 'Minami, A., & Kita, B. (2021). "Waves that do not break." Waves, 9(8), 7. https://doi.org/10.1000/paper'
    )
    bibtex = citation.bibtex
    assert "  author = {Minami, A. and Kita, B.},\n" in bibtex
    assert "  year = {2021},\n" in bibtex


def test_bibtex_is_what_tex_can_print():
    make_episode(notes=f"[Waves & lines of $^{{8}}\\mathrm{{B}}$, 50% of KC_8 #1]({PAPER})", live=True)
    work = Work.objects.get(kind="doi")

    bibtex = citation_of(work, find_mentions(work)).bibtex

    assert r"  title = {Waves \& lines of \^{}8B, 50\% of KC\_8 \#1}" in bibtex


@pytest.mark.parametrize(
    ("notes", "name"),
    [
        (f"- [紙の上の波](https://example.org/waves) ([arXiv]({ARXIV}))", "紙の上の波"),
        (f"- Waves on paper [[arXiv]({ARXIV})]", "Waves on paper"),
        (f"- [arXiv 2301.00001]({ARXIV})", "arXiv:2301.00001"),
        (f"- [arXiv:2301.00001 Waves on paper]({ARXIV})", "Waves on paper"),
        (f"- 前の話\n- [arXiv 2301.00001]({ARXIV})", "arXiv:2301.00001"),
        (f"前の段落: \n\n[arXiv 2301.00001]({ARXIV})", "arXiv:2301.00001"),
    ],
)
def test_a_mere_label_is_named_by_what_stands_before_it(notes, name):
    make_episode(notes=notes, live=True)

    work = Work.objects.get(kind="arxiv")
    assert title_of(work, find_mentions(work)) == name


def test_a_draft_leads_only_to_works_that_have_a_page():
    draft = make_episode(notes=f"[だれも引かない論文]({PAPER}) [引かれた論文]({ARXIV})")
    make_post(body=f"[同じ論文]({ARXIV})", live=True)

    assert [work.kind for work, _name in neighbourhood(draft).works()] == ["arxiv"]


def test_profiles_hashtags_and_what_hides_another_address_are_links_and_no_works():
    for _ in range(2):
        make_episode(
            notes="[@minami](https://twitter.com/minami) [#波](https://x.com/hashtag/wave) <https://t.co/abcdefghij>"
        )

    assert Link.objects.count() == 6
    assert not Work.objects.exists()


def test_a_page_that_nobody_names_is_no_subject():
    for _ in range(2):
        episode = make_episode(notes="<https://example.org/x9>", live=True)

    assert neighbourhood(episode).seen_before() == []


@pytest.mark.parametrize(("others", "relates"), [(3, True), (4, False)])
def test_a_page_that_many_point_to_relates_nobody(others, relates):
    for _ in range(others + 1):
        episode = make_episode(notes="[音楽の素材](https://example.org/music)", live=True)

    assert bool(find_related(episode)) == relates


def test_the_same_in_another_language_is_not_related_and_neither_are_both():
    make_post(title="英語の自分", path="/blog/waves-en", language="en", body=f"[a]({PAPER})", live=True)
    make_post(title="仲間", path="/blog/lines", body=f"[a]({PAPER})", live=True)
    make_post(title="英語の仲間", path="/blog/lines-en", language="en", body=f"[a]({PAPER})", live=True)
    make_post(title="英語だけ", path="/blog/alone", language="en", body=f"[a]({PAPER})", live=True)
    post = make_post(title="波", path="/blog/waves", body=f"[a]({PAPER})", live=True)

    assert {related.title for related in find_related(post)} == {"仲間", "英語だけ"}


def test_a_form_that_every_episode_links_is_no_subject():
    for _ in range(9):
        episode = make_episode(notes=f"[おたより](https://forms.example/x) [論文]({PAPER})", live=True)

    around = neighbourhood(episode)

    assert {work.kind for work, _name in around.works()} == {"doi"}
    assert {seen.link.work.kind for seen in around.seen_before()} == {"doi"}


def test_related_says_why_and_the_rare_reason_counts_more():
    host, guest = make_speaker(name="みなみ"), make_speaker(name="きた")
    for number in range(5):
        make_episode(title=f"毎回{number}", speakers=(host,), live=True)
    make_episode(title="客の回", speakers=(host, guest), live=True)
    make_post(title="同じ論文", body=f"[題]({SAME_PAPER})", live=True)
    make_post(title="同じ札", tags=("超伝導",), live=True)
    make_post(title="下書き", body=f"[題]({PAPER})", tags=("超伝導",))
    episode = make_episode(title="中心", notes=NOTES, speakers=(host, guest), tags=("超伝導",), live=True)

    related = find_related(episode)

    assert [each.title.partition(": ")[2] or each.title for each in related[:3]] == [
        "同じ論文",
        "同じ札",
        "客の回",
    ]
    assert [(reason.kind, reason.label) for each in related[:2] for reason in each.reasons] == [
        ("work", "論文の題"),
        ("tag", "超伝導"),
    ]
    assert {reason.label for reason in related[2].reasons} == {"みなみ", "きた"}
    assert "下書き" not in {each.title for each in related}


def test_a_draft_without_an_address_has_no_neighbours_and_no_error():
    around = neighbourhood(make_episode(number=None, notes="本文"))

    assert (around.seen_before(), around.to_itself, around.works()) == ([], [], [])


def test_works_outlive_better_rules_for_addresses():
    old = Work.objects.create(
        kind="url", key="url:twitter.com/minami/wave", url="https://twitter.com/minami/wave", title="題"
    )
    twin = Work.objects.create(kind="url", key="url:dx.doi.org/x", url="http://dx.doi.org/10.1000/PAPER", title="紙")
    paper = Work.objects.create(kind="doi", key="doi:10.1000/paper", url=PAPER)

    respell_works()

    old.refresh_from_db(), twin.refresh_from_db(), paper.refresh_from_db()
    assert (old.key, old.title) == ("url:x.com/minami/wave", "題")
    assert twin.merged_into == paper
    assert paper.title == "紙"
    respell_works()
    assert Work.objects.filter(merged_into=None).count() == 2


def make_work(url: str, **fields) -> Work:
    """One of a time when every address was its own key."""
    return Work.objects.create(kind="url", key=f"old:{url}", url=url, **fields)


def test_what_was_merged_stays_with_what_it_is_part_of():
    same = make_work(SAME_PAPER)
    paper = make_work(PAPER)
    part = make_work("https://twitter.com/minami/wave", merged_into=paper)

    respell_works()

    assert not Work.objects.filter(merged_into__merged_into__isnull=False).exists()
    assert {work.merged_into for work in Work.objects.filter(pk__in=[paper.pk, part.pk])} == {same}


def test_a_title_is_handed_on_to_what_a_work_becomes():
    Work.objects.create(kind="doi", key="doi:10.1000/paper", url=PAPER, merged_into=make_work("https://x.com/a/b"))
    make_work(SAME_PAPER, title="編集者の題")
    kept = Work.objects.get(url="https://x.com/a/b")

    respell_works()

    kept.refresh_from_db()
    assert kept.title == "編集者の題"


def test_a_merge_that_somebody_else_has_just_done_is_not_undone():
    a, b, last = (make_work(f"https://example.org/{name}") for name in "abc")
    merge_works(Work.objects.get(pk=b.pk), last)

    merge_works(a, b)

    assert {work.merged_into for work in Work.objects.exclude(pk=last.pk)} == {last}


@pytest.mark.parametrize("count", [1, 3])
def test_neighbours_and_related_cost_two_queries(count):
    speaker = make_speaker()
    episodes = [
        make_episode(notes=NOTES + f"\n[他](/{n})", speakers=(speaker,), tags=("光",), live=True)
        for n in range(count + 1)
    ]
    episode = get_live_or_404(Episode, episodes[0].pk)  # with its tags and people

    with CaptureQueriesContext(connection) as queries:
        around = neighbourhood(episode)
        around.seen_before(), around.works(), find_related(episode, around=around)

    assert len(queries) == 2


def test_links_around_a_text_are_found_by_their_indexes():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by its statistics, which a small table does not have")
    episode = make_episode(notes=NOTES, live=True)

    with CaptureQueriesContext(connection) as queries:
        neighbourhood(episode)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"].replace("%", "%%"))
        steps = [row[3] for row in cursor.fetchall()]

    # Not by the status or the date, which nearly all links of the site have.
    assert not [step for step in steps if "SCAN" in step or "status" in step or "publish_at" in step]


def test_links_that_the_text_still_has_stay_as_they_are():
    episode = make_episode(notes="[一](https://a.example/) [二](https://b.example/)", live=True)
    first, second = Link.objects.of(episode).order_by("position")

    episode.replace_sections("[一](https://a.example/) [三](https://c.example/)")
    store(episode, user=None)

    links = Link.objects.of(episode).order_by("position")
    assert [link.url for link in links] == ["https://a.example/", "https://c.example/"]
    assert first in links and second not in links


def test_links_take_the_new_title_and_address_of_their_thing_with_one_query():
    episode = make_episode(notes="[一](https://a.example/) [二](https://b.example/)", live=True)
    before = list(Link.objects.of(episode).values_list("pk", flat=True))
    episode.title = "別の題"

    with CaptureQueriesContext(connection) as queries:
        store(episode, user=None)

    links = Link.objects.of(episode)
    assert sorted(link.pk for link in links) == sorted(before)
    assert {link.title for link in links} == {str(episode)}
    assert sum("content_link" in query["sql"] and query["sql"].startswith("UPDATE") for query in queries) == 1


def test_work_of_very_many_links_is_called_in_lists_by_one_of_the_first():
    often = "[はじめの名](https://example.org/a)\n" * MOST_NAMING
    make_episode(notes=often, publish_at=NOW - timedelta(days=1))
    make_episode(notes="[後で見つかった名](https://example.org/a)", publish_at=NOW - timedelta(days=2))
    work = Work.objects.get()

    assert titles_of([work]) == {work.pk: "はじめの名"}
    assert title_of(work, find_mentions(work)) == "後で見つかった名"
