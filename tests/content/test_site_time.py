"""The time zone of the site: for entry, pages, import and export."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from episodes.models import Podcast
from interaxion.content.languages import known_language, language_choices
from interaxion.content.publishing.site_state import SiteState, known_zone
from interaxion.content.site_time import SITE_ZONE
from interaxion.serving.site_time import SiteTimeMiddleware
from posts.models import Post
from tests.factories import make_editor, make_post
from tests.imports import import_all, messages, write_file

SUMMER = datetime(2024, 7, 1, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forget_zone():
    known_zone.set(None)
    yield
    known_zone.set(None)


@pytest.mark.django_db
def test_zone_of_the_show_is_that_of_the_site():
    assert str(SITE_ZONE) == "Asia/Tokyo"

    Podcast(pk=1, title="波", time_zone="America/New_York").save()

    assert f"{SUMMER.astimezone(SITE_ZONE):%m-%d %H:%M %Z}" == "06-30 22:30 EDT"
    assert timezone.make_aware(datetime(2024, 1, 1), SITE_ZONE).utcoffset() == -timedelta(hours=5)
    assert SiteState.current().time_zone == "America/New_York"
    with pytest.raises(ValidationError):
        Podcast(pk=1, title="波", time_zone="Mars/Olympus").full_clean()


@pytest.mark.django_db
@pytest.mark.postgres
def test_pages_and_forms_speak_in_it(client):
    Podcast(pk=1, title="波", time_zone="America/New_York").save()
    post = make_post(live=True, publish_at=SUMMER)
    client.force_login(make_editor())

    assert 'datetime="2024-06-30' in client.get(post.path).content.decode()
    form = client.get(f"/admin/posts/post/{post.pk}/change/").content.decode()
    assert "22:30" in form


@pytest.mark.django_db
def test_import_takes_the_zone_over_and_warns_of_an_unknown_one(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\ntimezone: Mars/Olympus\n")
    write_file(
        tmp_path, "_posts/2021-05-01-x.md", "---\nlayout: post\ntitle: X\ndate: 2021-05-01 22:00\nlang: de_AT\n---\nx\n"
    )

    config, _post = import_all(tmp_path)
    assert messages(config) == [
        "2: the time zone Mars/Olympus is not known: dates without one are read in that of this site"
    ]
    assert Post.objects.get().publish_at == datetime(2021, 5, 1, 13, 0, tzinfo=UTC)

    write_file(tmp_path, "_config.yml", "title: 波\ntimezone: America/New_York\n")
    import_all(tmp_path)
    assert str(SITE_ZONE) == "America/New_York"
    assert (Post.objects.get().publish_at, Post.objects.get().language) == (
        datetime(2021, 5, 2, 2, 0, tzinfo=UTC), "de",
    )  # fmt: skip


def test_languages_are_known_in_the_spellings_of_people():
    spelled = {written: known_language(written) for written in ("ja", "jp", "en_US", "de-AT", "zh-TW", "pt-BR", "xx")}

    assert spelled == {
        "ja": "ja", "jp": "ja", "en_US": "en", "de-AT": "de", "zh-TW": "zh-hant", "pt-BR": "pt-br", "xx": "",
    }  # fmt: skip
    assert [code for code, _name in language_choices()][:2] == ["ja", "en"]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "is_known"), [("/en/admin/", True), ("/admin/posts/post/", True), ("/57", False)])
def test_desk_knows_the_zone_before_it_asks_for_anything(rf, path, is_known):
    """The driver of PostgreSQL asks for the offset of a value while it holds the connection, and would wait for it."""
    known = []
    SiteTimeMiddleware(lambda _request: known.append(known_zone.get()))(rf.get(path))

    assert (known[0] is not None) == is_known
