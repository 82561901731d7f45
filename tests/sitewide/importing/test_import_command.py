"""`manage.py import_content`: its arguments, what it prints and how it exits."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from episodes.models import Episode
from posts.models import Post
from tests.imports import DATA, copy_site, write_file

pytestmark = pytest.mark.django_db

POST = "---\nlayout: blog\ntitle: 題\npermalink: /blog/a\n---\n[x](https://dead.example/a)\n"


def run(*paths: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_content", *map(str, paths), stdout=out, **options)
    return out.getvalue()


def test_each_file_has_a_line_and_each_warning_one_below(tmp_path):
    file = write_file(tmp_path, "a.md", POST)

    assert run(file).splitlines() == [
        "created a.md → /blog/a",
        "  a.md:1: there is no date, so it stays a draft: give one with --publish-at",
        "1 created",
    ]
    assert run(file).splitlines() == ["unchanged a.md → /blog/a", "1 unchanged"]


def test_failure_has_its_line_and_exits_with_one(tmp_path):
    write_file(tmp_path, "a.md", POST)
    write_file(tmp_path, "b.md", "---\nlayout: nobody\n---\nx\n")
    out = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_content", str(tmp_path), stdout=out)

    assert end.value.code == 1
    assert "failed b.md:2: nobody knows the layout nobody; write a layout" in out.getvalue()
    assert out.getvalue().endswith("1 created, 1 failed\n")


def test_report_as_json(tmp_path):
    report = json.loads(run(copy_site(tmp_path), report="json"))

    assert report["counts"]["failed"] == 0
    assert report["counts"]["created"] > 10
    files = {file["file"]: file for file in report["files"]}
    assert files["starring.md"]["action"] == "skipped"
    assert files["starring.md"]["warnings"][0]["line"] == 2
    assert files["_posts/2026/2026-01-10-ep1.md"]["path"] == "/1"


def test_dry_run_says_so(tmp_path):
    assert run(copy_site(tmp_path), dry_run=True).splitlines()[-1].startswith("Dry run: ")
    assert not Episode.objects.exists()


@pytest.mark.parametrize(
    ("written", "instant"),
    [("2026-04-01", "2026-03-31T15:00:00+00:00"), ("2026-04-01T07:00:00Z", "2026-04-01T07:00:00+00:00")],
)
def test_publish_at_is_the_date_of_what_has_none(tmp_path, written, instant):
    run(write_file(tmp_path, "a.md", POST), f"--publish-at={written}")

    assert Post.objects.get().publish_at.isoformat() == instant


def test_link_map_repairs_dead_links(tmp_path):
    table = write_file(tmp_path, "links.tsv", "short_url\tlong_url\nhttps://dead.example/a\thttps://alive.example/\n")

    run(write_file(tmp_path, "a.md", POST), link_map=table)

    assert Post.objects.get().body == '[x](https://alive.example/ "https://dead.example/a")\n'


def test_number_and_course_are_given(tmp_path):
    run(DATA / "short-notes-1.md", "--number=19.5")
    run(write_file(tmp_path, "a.md", "# 第1章\n\n本文です。\n"), course="ropes")

    assert Episode.objects.get().path == "/19-5-draft"


@pytest.mark.parametrize("option", ["--number=many", "--publish-at=soon", "--link-map=nowhere.tsv"])
def test_bad_option_is_refused(tmp_path, option):
    file = write_file(tmp_path, "a.md", POST)

    with pytest.raises(CommandError):
        run(file, option)
    assert not Post.objects.exists()
