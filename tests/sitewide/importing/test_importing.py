"""A whole site, each form of file, and what happens when it is imported again."""

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from courses.models import Chapter
from episodes.models import Episode, Podcast, Speaker
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Outcome
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.storing import store
from interaxion.sitewide.importing.plan import import_paths
from interaxion.sitewide.models import Page
from posts.models import Post
from tests.imports import (
    DATA,
    actions,
    copy_site,
    everything,
    import_all,
    import_text,
    make_animation,
    make_picture,
    messages,
    write_file,
)

pytestmark = pytest.mark.django_db


def test_site_each_file_has_its_outcome(tmp_path):
    outcomes = actions(import_all(copy_site(tmp_path)))

    skipped = {file for file, action in outcomes.items() if action == "skipped"}
    assert skipped == {"starring.md"}
    assert {action for file, action in outcomes.items() if file not in skipped} == {"created"}
    assert "README.md" not in outcomes


def test_site_published_pages_answer_with_their_titles(tmp_path, client):
    import_all(copy_site(tmp_path))

    for path, title in {
        "/1": "さざ波",
        "/1-5": "風の波",
        "/blog/counting": "Blog: 波を数える",
        "/courrier/2026-02-14": "Courrier 001: 潮位計の新記録",
        "/diary/tank-tour": "造波水槽を見てきた",
        "/how-to-listen/": "聴きかた",
        "/about/": "この番組について",
        "/keywords/wavelength": "波長",
    }.items():
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        assert title in response.content.decode(), path


@pytest.mark.parametrize("path", ["/3-draft", "/3", "/blog/unfinished"])
def test_site_drafts_are_not_found(tmp_path, client, path):
    import_all(copy_site(tmp_path))

    assert client.get(path, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/diary,tank,sea/2026/02/21/tank-tour.html", "/diary/tank-tour"),
        ("/about.html", "/about/"),
        ("/assets/orbit.png", "/media/files/"),
    ],
)
def test_site_old_addresses_redirect_for_good(tmp_path, client, old, new):
    import_all(copy_site(tmp_path))

    response = client.get(old)

    assert response.status_code == 301
    assert response["Location"].startswith(new)


def test_import_twice_changes_nothing(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    before, revisions = everything(), Revision.objects.count()

    outcomes = actions(import_all(site))

    assert set(outcomes.values()) == {"unchanged", "skipped"}
    assert everything() == before
    assert Revision.objects.count() == revisions


def test_site_config_fills_an_empty_podcast_only(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    podcast = Podcast.current()
    assert (podcast.title, podcast.former_sites) == ("波の実験室", ["https://old.example"])
    podcast.title = "名前をかえました"
    podcast.save()
    write_file(site, "_config.yml", 'title: もとの名前\nurl: "https://old.example"\n')

    outcome = import_all(site)[0]

    assert outcome.action == "skipped"
    assert Podcast.current().title == "名前をかえました"


def test_members_become_speakers_and_nothing_of_theirs_is_replaced(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    speaker = Speaker.objects.get(name="みなも")
    assert speaker.aliases == ["minamo"]
    assert speaker.links == ["https://x.com/minamo_waves"]
    assert speaker.image.name.startswith("pictures/")
    speaker.bio = "海の近くに住む。"
    speaker.save()
    text = (site / "_data/members.yml").read_text().replace("aliases: [minamo]", "bio: 別の人\n  aliases: [mina]")
    write_file(site, "_data/members.yml", text)

    import_all(site)

    speaker.refresh_from_db()
    assert speaker.bio == "海の近くに住む。"
    assert speaker.aliases == ["minamo", "mina"]


def test_member_picture_elsewhere_is_not_fetched(tmp_path):
    outcomes = {outcome.file: outcome for outcome in import_all(copy_site(tmp_path))}

    assert any("a picture on another site" in message for message in messages(outcomes["_data/members.yml"]))


def test_glossary_entries_are_posts_and_no_news(tmp_path):
    import_all(copy_site(tmp_path))

    entry = Post.objects.get(path="/keywords/wavelength/")
    assert entry.category.slug == "keywords"
    assert "[1: さざ波](/1)" in entry.body
    assert entry.publish_at < Post.objects.get(path="/blog/counting").publish_at


def test_pages_in_the_old_navigation_are_in_ours(tmp_path):
    import_all(copy_site(tmp_path))

    assert Page.objects.get(path="/how-to-listen/").in_navigation
    assert not Page.objects.get(path="/about/").in_navigation


def test_page_of_how_to_listen_says_where_the_show_can_be_heard(tmp_path):
    site = copy_site(tmp_path)
    pages = ["https://podcasts.apple.com/jp/podcast/waves/id100000001", "https://pca.st/waves123"]

    import_all(site)

    assert Podcast.current().subscribe_links == pages
    # What came so is no edit of a person: the config of the old site goes on filling the podcast.
    write_file(site, "_config.yml", 'title: 新しい名前\nurl: "https://old.example"\n')
    import_all(site)
    assert (Podcast.current().title, Podcast.current().subscribe_links) == ("新しい名前", pages)


def test_where_the_show_can_be_heard_stays_as_somebody_wrote_it(tmp_path):
    Podcast(pk=1, title="波", subscribe_links=["https://example.org/app"]).save()

    import_all(copy_site(tmp_path))

    assert Podcast.current().subscribe_links == ["https://example.org/app"]


def test_page_at_an_address_of_ours_is_skipped(tmp_path):
    outcome = import_text(tmp_path, "---\nlayout: page\ntitle: 全部\npermalink: /episodes/\n---\nここです。\n")

    assert outcome.action == "skipped"
    assert not Page.objects.exists()


def test_changed_picture_takes_the_address_over(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    html = Episode.objects.get(number=1).html
    write_file(site, "assets/orbit.png", make_picture(colour="red"))

    outcomes = actions(import_all(site))

    assert outcomes["assets/orbit.png"] == "created"
    assert outcomes["_posts/2026/2026-01-10-ep1.md"] == "updated"
    assert Episode.objects.get(number=1).html != html


def test_one_file_of_a_site_finds_its_pictures(tmp_path):
    site = copy_site(tmp_path)

    (outcome,) = import_all(site / "_posts/2026/2026-01-10-ep1.md")

    assert outcome.file == "_posts/2026/2026-01-10-ep1.md"
    assert StoredFile.objects.get().name == "orbit.png"
    assert Episode.objects.get().artwork


def test_animation_of_a_site_stays_one_and_a_still_of_it_is_told(tmp_path):
    site = copy_site(tmp_path)
    text = (site / "_posts/2026/2026-01-10-ep1.md").read_text()
    write_file(site, "_posts/2026/2026-01-10-ep1.md", text.replace("assets/orbit.png", "assets/orbit.gif"))
    write_file(site, "assets/orbit.gif", make_animation())
    write_file(site, "assets/members/minamo.png", make_animation(format="PNG"))

    outcomes = {outcome.file: outcome for outcome in import_all(site, site_url="https://old.example")}

    still = "of the animation %s only the first frame is kept: only a still picture fits there"
    said = messages(outcomes["_posts/2026/2026-01-10-ep1.md"])
    assert [message for message in said if message.endswith(still % "assets/orbit.gif")]
    assert [message for message in messages(outcomes["_data/members.yml"]) if "the first frame" in message]
    assert Episode.objects.get(number=1).artwork.name.endswith(".png")
    with Image.open(StoredFile.objects.get(name="orbit.gif").file.path) as image:
        assert (image.format, image.n_frames) == ("WEBP", 3)


def test_zip_of_a_site_is_imported_like_the_folder(tmp_path):
    site = copy_site(tmp_path)
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for file in sorted(site.rglob("*")):
            bundle.write(file, f"site-main/{file.relative_to(site)}")

    outcomes = actions(import_all(archive))

    assert "failed" not in outcomes.values()
    assert outcomes["site-main/_posts/2026/2026-01-10-ep1.md"] == "created"
    assert Episode.objects.get(number=1).artwork


def test_dry_run_says_the_same_and_writes_nothing(tmp_path, settings):
    site = copy_site(tmp_path)

    tried = actions(import_all(site, dry_run=True))

    assert not everything()
    assert not ImportedFile.objects.exists()
    assert not [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    assert tried == actions(import_all(site))


def test_interrupted_import_leaves_whole_files_and_goes_on_later(tmp_path):
    site = copy_site(tmp_path)

    def interrupt(outcome: Outcome) -> None:
        if outcome.file.endswith("ep1.md"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_paths([site], ImportInputs(), tell=interrupt)
    before = everything()
    assert sorted(before) == ["Episode /1", "Episode /3-draft"]

    outcomes = actions(import_all(site))

    assert outcomes["_posts/2026/2026-01-10-ep1.md"] == "unchanged"
    assert outcomes["_posts/2026/2026-01-24-ep1.5.md"] == "created"
    assert before.items() <= everything().items()


def test_what_a_person_wrote_stays_without_overwrite(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    post = Post.objects.get(path="/blog/counting")
    post.body = "書き直しました。\n"
    store(post, user=None)
    file = site / "_posts/2026/2026-02-07-blog.md"
    file.write_text(file.read_text() + "追伸。\n")

    (kept,) = import_all(file)
    post.refresh_from_db()
    assert "an editor is asked" in messages(kept)[0]
    assert post.body == "書き直しました。\n"
    assert WorkingCopy.objects.submitted().count() == 1

    (replaced,) = import_all(file, overwrite=True)
    post.refresh_from_db()
    assert replaced.action == "updated"
    assert "追伸。" in post.body
    assert not WorkingCopy.objects.submitted()


def test_other_inputs_import_the_same_file_anew(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)

    link_map = {"https://dead.example/abcd": ("https://alive.example/a(b)", 1), "https://dead.example/lost": ("", 2)}
    outcomes = {outcome.file: outcome for outcome in import_all(site, link_map=link_map)}

    episode = outcomes["_posts/2026/2026-01-10-ep1.md"]
    assert episode.action == "updated"
    assert any("may have led to 2 places" in message for message in messages(episode))
    body = Episode.objects.get(number=1).sections.get(starts_at=90).body
    assert '[短いリンク](https://alive.example/a%28b%29 "https://dead.example/abcd")' in body
    assert "https://dead.example/lost" in body


def test_own_links_become_links_within_the_site(tmp_path):
    import_all(copy_site(tmp_path))

    body = Episode.objects.get(number=1).sections.get(starts_at=90).body
    assert "[水面の波](/1-5#200-風の波)" in body
    assert "](/assets/orbit.png)" in body


def test_site_url_names_an_own_host(tmp_path):
    text = "---\nlayout: blog\ntitle: 題\ndate: 2026-01-01\n---\n[a](https://mine.example/3)\n"

    (outcome,) = import_all(write_file(tmp_path, "a.md", text), site_url="https://mine.example")

    assert outcome.action == "created"
    assert Post.objects.get().body == "[a](/3)\n"


def test_warnings_name_the_line_of_the_file(tmp_path):
    site = copy_site(tmp_path)
    outcomes = {outcome.file: outcome for outcome in import_all(site)}

    text = (site / "_posts/2026/2026-01-10-ep1.md").read_text().splitlines()
    (missing,) = [note for note in outcomes["_posts/2026/2026-01-10-ep1.md"].warnings if "is missing" in str(note)]
    assert "missing.png" in text[missing.line - 1]


def test_two_files_of_one_address_are_refused(tmp_path):
    text = "---\nlayout: blog\ntitle: 一つめ\npermalink: /blog/same\ndate: 2026-01-01\n---\nあ\n"
    write_file(tmp_path, "a.md", text)
    write_file(tmp_path, "b.md", text.replace("一つめ", "二つめ"))

    outcomes = import_all(tmp_path)

    assert actions(outcomes) == {"a.md": "created", "b.md": "failed"}
    assert "b.md:4: this is what a.md is already" in str(outcomes[1].problem)
    assert Post.objects.get().title == "一つめ"


def test_address_of_another_thing_is_refused(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)

    outcome = import_text(tmp_path, "---\nlayout: blog\ntitle: 別\npermalink: /1\ndate: 2026-01-01\n---\nあ\n")

    assert outcome.action == "failed"
    assert str(outcome.problem).startswith("file.md:4: ")


def test_demo_content_makes_room_unless_edited(tmp_path):
    site = copy_site(tmp_path)
    import_all(site, is_demo=True)
    edited = Post.objects.get(path="/blog/counting")
    edited.summary = "書き足した。"
    store(edited, user=None)

    real = "layout: podcast\ntitle: '1: 本物'\ndate: 2026-06-01\nstarring: [みなも]"
    import_text(tmp_path, f"---\n{real}\n---\n### 0:00 a\n")

    assert [str(episode) for episode in Episode.objects.all()] == ["1: 本物"]
    assert [post.path for post in Post.objects.all()] == ["/blog/counting"]
    assert not Page.objects.exists()


def test_demo_stays_where_the_first_real_file_fails(tmp_path):
    site = copy_site(tmp_path)
    import_all(site, is_demo=True)
    before = everything()

    import_text(tmp_path, "---\nlayout: nobody\n---\nx\n")
    import_text(tmp_path, "---\nlayout: podcast\ntitle: '9: a'\ndate: soon\n---\nx\n")

    assert everything() == before


def test_unclaimed_file_of_a_site_and_doubly_claimed_files_are_refused(tmp_path):
    write_file(tmp_path, "_config.yml", "title: x\n")
    write_file(tmp_path, "nobody.md", "ただの文です。\n")
    write_file(tmp_path, "two.md", "---\ntitle: 題\nstarring: [a]\nseries: b\n---\nx\n")

    outcomes = {outcome.file: str(outcome.problem) for outcome in import_all(tmp_path)}

    assert outcomes["nobody.md"].startswith("nobody.md:1: nothing says what kind of file this is; ")
    assert outcomes["two.md"].startswith("two.md:1: this can be read as more than one kind of file; ")


def test_course_in_two_languages_is_two_courses(tmp_path):
    outcomes = import_all(DATA / "course")

    assert {outcome.action for outcome in outcomes} == {"created"}
    assert sorted(Chapter.objects.values_list("path", flat=True)) == [
        "/courses/waves-en/chapter-1/",
        "/courses/waves/chapter-1/",
        "/courses/waves/chapter-2/",
    ]
