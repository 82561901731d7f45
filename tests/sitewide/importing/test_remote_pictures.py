"""Pictures that an imported site shows from other sites: counted, found in its own folder, fetched by a job."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils.translation import override

from episodes.models import Speaker
from interaxion.content.files.models import StoredFile
from interaxion.content.files.stored_files import address_of_copy
from interaxion.content.files.video_stills import fetch_stills
from interaxion.content.importing.remote_pictures import fetch_picture, find_remote_pictures, lacking_stills
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.work import Work
from interaxion.sitewide.desk.picture_jobs import fetch_pictures, queue_pictures
from interaxion.sitewide.importing.report.summary import spell_totals, totals_of
from interaxion.text.markdown.html.providers import PROVIDERS
from posts.models import Post
from tests.factories import make_post
from tests.imports import import_all, make_picture, messages, write_file
from tests.web_server import HERE, serve

pytestmark = pytest.mark.django_db

FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4" height="3"/></svg>'


def write_post(folder, *lines: str) -> None:
    write_file(folder, "_config.yml", "title: 波\n")
    write_file(folder, "_posts/2026-01-05-a.md", "\n\n".join(["---\nlayout: post\ntitle: 潮\n---", *lines, ""]))


def test_report_counts_the_pictures_of_former_and_of_other_sites(tmp_path):
    write_file(tmp_path, "wp-content/a.png", make_picture())
    write_post(
        tmp_path,
        "![a](http://old.example/wp-content/a.png)",
        '<img src="http://old.example/wp-content/b.png">',
        "![c](https://else.example/c?w=3) [no picture](https://else.example/d.png)",
    )

    outcomes = import_all(tmp_path)

    with override("en"):
        lines = list(spell_totals(totals_of(outcomes)))
        fetching = list(spell_totals(totals_of(outcomes, fetches_pictures=True)))
        for_page = list(spell_totals(totals_of(outcomes), for_page=True))
    assert lines[-2:] == [
        "1 of 2 pictures of http://old.example are here: if that is an old address of yours, "
        "give --site-url http://old.example",
        "pictures of other sites, shown as links: 2. --fetch-pictures brings them here",
    ]
    assert fetching == lines[:-1]
    assert not [line for line in for_page if "--" in line]


def test_fetched_pictures_are_shown_and_the_text_stays_as_written(tmp_path):
    pictures = {
        "/a.png": make_picture(),
        "/b.svg": FIGURE,
        "/c.png": b"no picture",
        "/d?w=1": make_picture(colour="red"),
    }
    with serve(pictures) as site:
        lines = [f"![絵]({site.url}{name})" for name in (*pictures, "/gone.png")]
        write_post(tmp_path / "site", *lines, f'<img src="{site.url}/a.png" alt="同じ絵">')
        import_all(tmp_path / "site")
        before = Post.objects.get()
        work = Work(queue_pictures(None))

        fetch_pictures(work, allowed_networks=HERE)
        seen = len(site.seen)
        assert fetch_picture(f"{site.url}/a.png", allowed_networks=HERE).content_type == "image/png"
        fetch_pictures(Work(work.job), allowed_networks=HERE)

    post = Post.objects.get()
    assert (post.body, post.version) == (before.body, before.version)
    assert post.html.count("<img") == 4
    assert post.html.count("remote-image") == 2
    assert StoredFile.objects.count() == 3
    assert work.report["fetched"] == 3
    assert [problem["url"] for problem in work.report["problems"]] == [f"{site.url}/c.png", f"{site.url}/gone.png"]
    assert len(site.seen) == seen + 2  # only what was not there
    assert [action.action for action in import_all(tmp_path / "site")] == ["unchanged", "unchanged"]


def test_pictures_within_this_network_are_not_fetched(tmp_path):
    write_post(tmp_path, "![a](http://127.0.0.1/a.png)", "![a](http://[::1]:8000/a.png)")
    import_all(tmp_path)
    work = Work(queue_pictures(None))

    fetch_pictures(work)

    assert all("公開されたアドレスではありません" in problem["why"] for problem in work.report["problems"])
    assert len(work.report["problems"]) == 2


def test_command_leaves_the_fetching_to_a_job(tmp_path, capsys):
    write_post(tmp_path, "![a](https://old.example/a.png)")

    call_command("import_content", str(tmp_path), dry_run=True, fetch_pictures=True)
    assert not Job.objects.exists()
    call_command("import_content", str(tmp_path), fetch_pictures=True)

    assert Job.objects.get().kind == "fetch_pictures"
    assert [urls for _thing, urls in find_remote_pictures()] == [["https://old.example/a.png"]]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://A.example/x/波.png", "/elsewhere/a.example/x/波.png"),
        ("http://a.example/x/%E6%B3%A2.png#top", "/elsewhere/a.example/x/波.png"),
        ("/assets/a.png", ""),
        ("data:image/png;base64,AAAA", ""),
        ("http://[", ""),
    ],
)
def test_copy_has_the_address_of_its_picture(url, address):
    assert address_of_copy(url) == address


def test_addresses_that_differ_in_their_query_have_copies_of_their_own():
    addresses = [address_of_copy(f"https://a.example/{rest}") for rest in ("a", "a?w=1", "a?w=2", "../a", "_a", ".a")]

    assert len({*addresses}) == len(addresses)
    assert all(address.startswith("/elsewhere/a.example/") and ".." not in address for address in addresses)


def test_covers_and_portraits_of_other_sites_are_brought_into_their_fields(tmp_path):
    with serve({"/cover.png": make_picture(), "/face.png": make_picture(colour="navy")}) as server:
        site = tmp_path / "site"
        write_file(
            site, "_config.yml", f"title: 波\nactors:\n  mi: {{name: みなも, image_url: {server.url}/face.png}}\n"
        )
        text = f"---\nlayout: post\ntitle: 潮\nimage: {server.url}/cover.png\n---\n本文です。\n"
        path = write_file(site, "_posts/2026-01-05-a.md", text)
        outcomes = import_all(site)
        work = Work(queue_pictures(None, outcomes))

        fetch_pictures(work, allowed_networks=HERE)
        fetch_pictures(Work(work.job), allowed_networks=HERE)

    post = Post.objects.get()
    assert work.report == {"fetched": 2, "problems": []}
    assert Speaker.objects.get().image.name.startswith("pictures/")
    assert post.cover.name.startswith("pictures/")
    assert [path for _method, path in server.seen] == ["/face.png", "/cover.png"]
    write_file(site, "_posts/2026-01-05-a.md", text.replace("本文", "新しい本文"))
    (outcome,) = import_all(path)
    assert outcome.action == "updated"
    assert "put together" not in " ".join(messages(outcome))
    assert Post.objects.get().cover.name == post.cover.name


def test_still_of_a_video_is_fetched_after_a_save_and_shown_in_its_card(monkeypatch):
    with serve({"/dQw4w9WgXcQ.png": make_picture()}) as site:
        youtube = replace(PROVIDERS["youtube"], still=lambda id: f"{site.url}/{id}.png")
        monkeypatch.setitem(PROVIDERS, "youtube", youtube)
        post = make_post(body="https://youtu.be/dQw4w9WgXcQ\n\nhttps://youtu.be/missing0000\n", live=True)
        assert lacking_stills(post.html) == [f"{site.url}/dQw4w9WgXcQ.png", f"{site.url}/missing0000.png"]

        fetch_stills(allowed_networks=HERE)

    post.refresh_from_db()
    assert post.html.count('"><img src="/media/') == 1
    assert lacking_stills(post.html) == [f"{site.url}/missing0000.png"]
