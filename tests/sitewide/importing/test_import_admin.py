"""Import by upload: a job that says what would happen, then the button that queues the import."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from episodes.models import Episode
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.uploads import FOLDER
from interaxion.content.publishing.revisions import Revision
from posts.models import Post
from tests.factories import make_editor, make_host, make_user
from tests.imports import DATA, make_picture
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

POST = "---\nlayout: blog\ntitle: 題\npermalink: /blog/a\ndate: 2026-01-01\nmood: 静か\n---\n本文です。\n"


def upload(client, text: str = POST, *, name: str = "a.md", **fields: str):
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/admin/import/", {"file": file, **fields})


def run(client, response) -> str:
    """Run what the response has queued, and return the page of the job that it leads to."""
    run_jobs()
    return client.get(response.url).content.decode()


def press_import(client):
    dry_run = Job.objects.filter(kind="import_dry_run").latest("pk")
    return client.post("/admin/import/", {"job": dry_run.pk})


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def test_upload_shows_first_what_would_happen(client, editor):
    html = run(client, upload(client))

    assert "/blog/a" in html
    assert "a.md:6: " in html
    assert not Post.objects.exists() and not Revision.objects.exists()

    html = run(client, press_import(client))
    assert Post.objects.get().is_live()
    assert 'href="/blog/a"' in html


def test_upload_of_a_bad_file_says_what_is_wrong(client, editor):
    assert "a.md:2: " in run(client, upload(client, POST.replace("blog\n", "brog\n", 1)))
    assert "errorlist" in upload(client, name="a.exe").content.decode()


def test_upload_has_the_options_and_names_none_of_the_command(client, editor):
    text = POST.replace("date: 2026-01-01\nmood", "klang: https://a.example/1.mp3\nmood")

    html = run(client, upload(client, text))
    assert "--publish-at" not in html and "--map" not in html
    assert "「日付のないものの日付」" in html and "「キーの意味」" in html

    run(client, upload(client, text, publish_at="2026-02-03T04:05", key_map="klang=audio"))
    run(client, press_import(client))
    episode = Episode.objects.get()
    assert (episode.audio_url, episode.publish_at.isoformat()) == (
        "https://a.example/1.mp3", "2026-02-02T19:05:00+00:00",
    )  # fmt: skip
    assert "errorlist" in upload(client, key_map="klang").content.decode()


def test_upload_says_what_kind_it_is_and_takes_another_if_somebody_says_so(client, editor):
    export = (DATA / "wordpress/export.xml").read_text()

    assert "<p>export.xml: WordPress のエクスポート</p>" in run(client, upload(client, export, name="export.xml"))
    html = run(client, upload(client, "ただの文です。\n", name="memo.md", kind="markdown"))
    assert "/blog/memo" in html


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_pages_of_a_dry_run_can_be_looked_at(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(make_user(is_superuser=True))

    report = run(client, upload(client))
    pages = f"/admin/import/{Job.objects.get().pk}/pages/"
    assert f'href="{pages}blog/a"' in report

    page = client.get(f"{pages}blog/a")
    html = page.content.decode()
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    assert "本文です。" in html and f'href="{pages}blog/"' in html
    assert f'href="{pages}blog/a"' in client.get(pages).content.decode()
    assert client.get(f"{pages}nowhere").status_code == 404
    assert client.get("/blog/a").status_code == 404
    assert not Post.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_pictures_of_a_dry_run_can_be_looked_at(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(make_user(is_superuser=True))
    picture = make_picture(size=(1000, 700))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("site/_config.yml", "title: a\n")
        archive.writestr("site/_posts/2026-01-01-a.md", POST + "\n![絵](/assets/a.png)\n")
        archive.writestr("site/assets/a.png", picture)

    run(client, client.post("/admin/import/", {"file": SimpleUploadedFile("site.zip", stream.getvalue())}))

    pages = f"/admin/import/{Job.objects.get().pk}/pages/"
    html = client.get(f"{pages}blog/a").content.decode()
    (source,) = re.findall(rf'src="({pages}media/files/\w+\.png)"', html)
    answer = client.get(source)
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert "sandbox" in answer["Content-Security-Policy"]
    narrow = source.replace("/files/", "/renditions/").replace(".png", "-480-2.png")
    assert f'srcset="{narrow} 480w' in html
    assert b"".join(client.get(narrow).streaming_content).startswith(b"\x89PNG")
    assert client.get(source.removeprefix(pages[:-1])).status_code == 404
    assert client.get(f"{pages}media/files/none.png")["Location"] == "/media/files/none.png"
    assert client.get(f"{pages}media/../copy.sqlite3").status_code in (302, 404)


def test_hosts_do_not_import(client):
    client.force_login(make_host())

    assert client.get("/admin/import/").status_code == 403
    assert client.post("/admin/import/", {"file": SimpleUploadedFile("a.md", POST.encode())}).status_code == 403


def test_hosts_neither_see_nor_repeat_an_import(client, editor):
    page = upload(client).url
    run_jobs()
    client.force_login(make_host())

    assert {client.get(page + each).status_code for each in ("", "status/")} == {403}
    assert {client.post(page + each).status_code for each in ("stop/", "try-again/")} == {403}
    assert client.post("/admin/import/", {"job": Job.objects.get().pk}).status_code == 403


@pytest.mark.parametrize("job", ["", "0", "x", "9" * 30])
def test_button_of_no_dry_run_leads_back_to_the_form(client, editor, job):
    assert client.post("/admin/import/", {"job": job}).url == "/admin/import/"
    assert not Job.objects.exists()


def test_second_click_is_the_same_job(client, editor):
    assert upload(client).url == upload(client).url
    run_jobs()

    assert press_import(client).url == press_import(client).url
    run_jobs()

    assert Job.objects.count() == 2 and Post.objects.get().version == 1


def test_button_works_once_and_says_why(client, editor):
    run(client, upload(client))
    run(client, press_import(client))

    response = press_import(client)

    assert response.url == "/admin/import/"
    assert '<li class="error">' in client.get(response.url).content.decode()
    assert Job.objects.filter(kind="import").count() == 1


def test_import_that_was_stopped_can_be_tried_again(client, editor):
    run(client, upload(client))
    page = press_import(client).url
    client.post(page + "stop/")
    assert run_jobs() == 0 and not Post.objects.exists()

    client.post(page + "try-again/")
    run_jobs()

    assert Post.objects.get().version == 1


def test_upload_is_nobody_s_to_read(client, editor, settings):
    upload(client)
    (file,) = (settings.MEDIA_ROOT / FOLDER).glob("*/*")
    name = f"{FOLDER}/{file.parent.name}/{file.name}"

    for spelled in (name, f"files/../{name}", f"./{name}", name.replace("uploads", "UPLOADS")):
        assert client.get(f"/media/{spelled}").status_code == 404


@pytest.mark.parametrize("name", ["記" * 120 + ".md", "a" * 240 + ".zip"])
def test_upload_may_have_a_long_name(client, editor, name):
    html = run(client, upload(client, name=name))

    assert ("/blog/a" in html) is name.endswith(".md")
