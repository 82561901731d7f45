"""How SQLite finds the rows of a page: by indexes, so that a page costs the same on a site with many of them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.filters import beside
from episodes.people import records
from interaxion.content.discovery.related import find_related
from interaxion.content.discovery.shared_names import MOST_SHARING_NAME
from interaxion.content.linking.mentions import neighbourhood
from interaxion.content.tags import Tag, TaggedItem
from interaxion.desk import lists, rows
from interaxion.sitewide.pages import search_filters
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker, make_user
from tests.html_pages import html_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by statistics"),
]
NOTES = "### 0:00 論文\n\n- [波の論文](https://arxiv.org/abs/2301.00001) と [例](https://example.org/a)、[前回](/1)\n"


def plans(work):
    """Return the steps of the plan of each query that `work()` asks, by its SQL."""
    with CaptureQueriesContext(connection) as queries:
        work()
    found = {}
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith(("SELECT", "WITH")):
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                found[query["sql"]] = [row[3] for row in cursor.fetchall()]
    return found


def scans(work):
    """Return the queries that read a whole table, of the site or of one kind, to find rows."""
    of_one_kind = r"\((?:content_type_id|status)=\?\)"  # by an index that nearly every row has
    # Categories, pages and courses of the navigation are few; `(` is a part of the query itself.
    whole = re.compile(
        rf"SCAN (?!content_searchindex VIRTUAL|\(|CONSTANT|posts_category|sitewide_page|courses_course)|{of_one_kind}"
    )
    return [(sql, step) for sql, steps in plans(work).items() for step in steps if whole.search(step)]


def make_site():
    speaker = make_speaker(name="岡")
    episodes = [make_episode(notes=NOTES, speakers=(speaker,), tags=("光",), live=True) for _ in range(3)]
    make_post(authors=(speaker,), tags=("光",), live=True)
    return speaker, episodes


def test_page_of_an_episode_reads_no_whole_table(client):
    _speaker, episodes = make_site()

    assert not scans(lambda: client.get(episodes[1].path))


def test_neighbours_of_an_episode_are_looked_for_from_its_date_on(client):
    _speaker, episodes = make_site()

    found = plans(lambda: client.get(episodes[1].path))

    [(sql, steps)] = [(sql, steps) for sql, steps in found.items() if "LIMIT 1) OR" in sql]
    assert steps[0] == "SEARCH episodes_episode USING INTEGER PRIMARY KEY (rowid=?)"
    assert len(re.findall(r'WHERE \(+\w+\."publish_at" [<>]= ', sql)) == 2


def test_names_of_people_are_read_without_a_term_for_each():
    speaker, _episodes = make_site()
    make_episode(speakers=(speaker, make_speaker(), make_speaker()), live=True)
    speaker.name = "岡さん"

    with CaptureQueriesContext(connection) as queries:
        speaker.save()

    terms = [query["sql"].count('"episodes_speaker"."id" = ') for query in queries]
    assert max(terms) == 1


def test_name_that_many_things_bear_relates_none_of_them():
    tag = Tag.objects.create(name="物理")
    first, second = (make_episode(notes="本文", tags=(tag.name, "光"), live=True) for _ in range(2))
    other = make_episode(notes="本文", tags=(tag.name,), live=True)
    assert [thing.path for thing in find_related(first)] == [second.path, other.path]

    unread = TaggedItem.objects.get(tag=tag, object_id=other.pk).content_type
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tag, content_type=unread, object_id=10_000 + n) for n in range(MOST_SHARING_NAME)
    )

    assert [(thing.path, [reason.label for reason in thing.reasons]) for thing in find_related(first)] == [
        (second.path, ["光"])
    ]


def test_works_are_found_by_words_of_links_without_a_join_that_multiplies(client):
    client.force_login(make_user(is_superuser=True))
    for _each in range(3):
        make_episode(notes="[波の本](https://example.org/a) と [光の本](https://example.org/a)", live=True)

    found = client.get("/en/admin/content/work/", {"q": "波の本"})

    assert [(work.url, work.link_count) for work in found.context["cl"].result_list] == [("https://example.org/a", 6)]
    joined = re.compile(r'JOIN "content_link"|COUNT\("content_link')
    asked = plans(lambda: client.get("/en/admin/content/work/?q=波"))
    assert not [sql for sql in asked if joined.search(sql) and '"content_link"."name"' not in sql]  # titles of a page


def test_pasted_address_is_found_by_its_key(client):
    make_site()

    assert not scans(lambda: client.get("/search", {"q": "https://arxiv.org/abs/2301.00001"}))


def test_lists_count_by_an_index_that_holds_all_that_they_ask(client):
    make_site()

    found = plans(lambda: client.get("/episodes/"))

    counts = [steps for sql, steps in found.items() if "COUNT(" in sql]
    assert counts and all("COVERING INDEX" in step for steps in counts for step in steps if step.startswith("SEARCH"))


def test_sitemap_reads_changes_of_episodes_from_an_index_and_works_one_by_one(client):
    make_site()

    found = plans(lambda: [client.get("/sitemap.xml"), client.get("/sitemap-works-1.xml")])

    [changes] = [steps for sql, steps in found.items() if ' AS "file"' in sql and 'FROM "episodes_episode"' in sql]
    [works] = [steps for sql, steps in found.items() if sql.startswith('SELECT "content_work"."id"')]
    assert "COVERING INDEX episodes_episode_live" in changes[0]
    assert any("content_link_work_id" in step for step in works)
    assert not any("SCAN" in step for step in works)
    [links] = [steps for sql, steps in found.items() if sql.startswith('SELECT "content_link"."content_type_id"')]
    assert links == ["SEARCH content_link USING INDEX content_link_work_id_c5b42de9 (work_id=?)"]


def test_podcast_feed_finds_its_episodes_in_indexes_alone(client):
    make_site()
    make_episode(audio_url="https://audio.example/4.mp3", live=True)

    found = plans(lambda: client.get("/feed.xml"))

    *episodes, trailers = [steps for sql, steps in found.items() if 'FROM "episodes_episode" WHERE' in sql]
    searches = [step for steps in episodes for step in steps if "episodes_episode" in step]
    assert len(episodes) == 3  # counted, read, and the last change
    assert {re.sub(" [(].*", "", step.removeprefix("SEARCH ")) for step in searches} == {
        "episodes_episode USING COVERING INDEX episodes_episode_live",
        "U0 USING COVERING INDEX episodes_episode_no_audio",
    }
    assert "INDEX episodes_episode_trailer" in trailers[0]


@pytest.mark.parametrize("end", ["", "feed.xml"])
def test_page_of_a_rare_tag_begins_with_its_uses(client, end):
    make_site()

    found = plans(lambda: client.get(f"/tags/光/{end}"))

    tagged = [step for sql, steps in found.items() if 'JOIN "content_taggeditem"' in sql for step in steps]
    assert any(step.startswith("SEARCH content_taggeditem") and "(tag_id=?" in step for step in tagged)
    assert not any(
        re.match(r"SEARCH (episodes_episode|U\d) USING COVERING INDEX episodes_episode_live", s) for s in tagged
    )


def test_page_of_a_rare_tag_shows_no_chapter_of_a_hidden_course(client):
    make_post(tags=("光",), live=True)
    make_chapter(course=make_course(), tags=("光",), title="隠れた章", live=True)

    assert "隠れた章" not in html_of(client.get("/tags/光/"))


def test_sitemap_reads_no_text(client):
    make_site()

    assert not [sql for sql in plans(lambda: client.get("/sitemap-episodes-1.xml")) if '"html"' in sql]


def test_sitemap_looks_for_works_with_a_page_by_the_index_of_their_links(client):
    make_site()

    found = plans(lambda: client.get("/sitemap.xml"))

    [works] = [steps for sql, steps in found.items() if sql.startswith("WITH") and "content_work" in sql]
    assert any("COVERING INDEX content_work_most_linked" in step for step in works)


def test_list_of_speakers_looks_at_no_list_of_what_is_live_for_each(client):
    make_site()

    found = plans(lambda: client.get("/speakers/"))

    [people] = [steps for sql, steps in found.items() if '"is_host"' in sql]
    assert not any("episodes_episode_live (status=? AND deleted_at=? AND publish_at<?)" in step for step in people)


def test_page_of_a_host_counts_their_episodes_by_an_index_alone(client):
    speaker, _episodes = make_site()

    found = plans(lambda: client.get(speaker.path))

    [record] = [steps for sql, steps in found.items() if '"as_guest"' in sql]
    assert "SEARCH episodes_appearance USING COVERING INDEX episodes_appearance_of_speaker (speaker_id=?)" in record
    assert not [sql for sql in found if "COUNT(" in sql and "JOIN" in sql and '"episodes_appearance"' in sql]


def test_first_and_last_episode_of_a_host_are_found_from_the_ends_of_the_show(client, monkeypatch):
    monkeypatch.setattr(records, "FEW", 0)
    make_site()

    found = plans(lambda: client.get("/speakers/"))

    [ends] = [steps for sql, steps in found.items() if '"last_at"' in sql]
    assert sum("COVERING INDEX episodes_episode_live" in step for step in ends) == 2
    assert not [step for step in ends if "TEMP B-TREE" in step]


def test_names_beside_somebody_in_many_episodes_are_counted_without_reading_these(client, monkeypatch):
    monkeypatch.setattr(beside, "FEW", 0)
    speaker, episodes = make_site()
    for _each in range(len(episodes)):
        make_episode(speakers=(make_speaker(),), tags=("光",), live=True)

    found = plans(lambda: client.get(speaker.path))

    among = [steps for sql, steps in found.items() if '"uses"' in sql and '"episodes_appearance"' in sql]
    assert len(among) == 2
    assert not any("episodes_episode" in step and "PRIMARY KEY" in step for steps in among for step in steps)
    assert all(any("INDEX episodes_appearance_of_speaker (speaker_id=?)" in step for step in steps) for steps in among)


def test_list_of_a_host_finds_the_other_episodes_by_one_look_at_each(client):
    speaker, _episodes = make_site()

    found = plans(lambda: client.get("/episodes/", {"speaker": speaker.slug}))

    elsewhere = [steps for sql, steps in found.items() if '"uses"' in sql and "NOT " in sql and speaker.slug in sql]
    episodes = re.compile("(SCAN|SEARCH) ([A-Z][0-9]|episodes_episode)\\b.*(publish_at|episodes_episode_live)")
    assert elsewhere and all(len(list(filter(episodes.match, steps))) == 1 for steps in elsewhere)


def test_search_with_a_filter_that_many_things_pass_names_none_of_them(client, monkeypatch):
    monkeypatch.setattr(search_filters, "FEW", 0)
    speaker = make_speaker(name="岡")
    asked = []
    for _round in range(2):
        make_episode(title="光の回", speakers=(speaker,), live=True)
        with CaptureQueriesContext(connection) as queries:
            client.get("/search", {"q": "光の回 speaker:岡"})
        asked += [re.sub("[0-9]+", "", query["sql"]) for query in queries if " MATCH " in query["sql"]]

    assert len(asked) == 2 and asked[0] == asked[1]
    assert "EXISTS" in asked[0]


def test_page_that_many_things_link_is_not_read_for_each_of_them():
    """A show's form has a link in every episode: it is left out before any of them is read."""
    episodes = [make_episode(notes="[おたより](https://forms.example.org/a)", live=True) for _each in range(9)]
    with CaptureQueriesContext(connection) as queries:
        around = neighbourhood(episodes[0])

    assert around.to_its_works == {}
    links = next(query["sql"] for query in queries if "work_is_stated" in query["sql"])
    assert "COUNT(" not in links and "OFFSET 7" in links


def test_link_that_nothing_else_has_is_not_read_around_its_text():
    notes = "[波の論文](https://arxiv.org/abs/2301.00001) [私的](https://example.org/a) [共通](https://example.org/b)"
    first, second = make_episode(notes=notes, live=True), make_episode(notes="[同じ](https://example.org/b)", live=True)

    assert [link.name for link in neighbourhood(first).own] == ["波の論文", "共通"]
    assert [link.name for link in neighbourhood(second).own] == ["同じ"]


def test_front_page_of_the_desk_reads_no_episode_that_is_live(client):
    client.force_login(make_user(is_superuser=True))
    make_site()

    found = plans(lambda: client.get("/en/admin/"))

    episodes = [steps for sql, steps in found.items() if sql.startswith('SELECT "episodes_episode"."')]
    assert episodes
    assert not [step for steps in episodes for step in steps if step == "SCAN episodes_episode"]


def test_lists_of_the_desk_offer_the_most_used_tags_and_the_chosen_one(client, monkeypatch):
    monkeypatch.setattr(lists, "MOST_CHOICES", 1)
    client.force_login(make_user(is_superuser=True))
    make_post(tags=("光", "波"), live=True)
    make_post(tags=("光",), live=True)
    wave = Tag.objects.get(name="波")

    page = client.get("/en/admin/posts/post/")
    chosen = client.get(f"/en/admin/posts/post/?tags__id__exact={wave.pk}")

    assert [label for spec in page.context["cl"].filter_specs for _pk, label in choices_of(spec)] == ["光"]
    assert sorted(label for spec in chosen.context["cl"].filter_specs for _pk, label in choices_of(spec)) == [
        "光",
        "波",
    ]


def choices_of(spec):
    return spec.lookup_choices if getattr(spec, "field_path", "") == "tags" else []


def test_people_are_typed_where_too_many_are_known(client, monkeypatch):
    client.force_login(make_user(is_superuser=True))
    episode = make_episode(speakers=(make_speaker(name="岡"), make_speaker(name="森")))
    make_speaker(name="遠くの人")
    address = f"/en/admin/episodes/episode/{episode.pk}/change/"
    assert "遠くの人" in html_of(client.get(address))

    monkeypatch.setattr(rows, "MOST_LISTED", 2)
    page = html_of(client.get(address))

    assert "admin-autocomplete" in page and "岡" in page
    assert "遠くの人" not in page
