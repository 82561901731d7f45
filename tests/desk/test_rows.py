"""Rows of people: two people can swap rows, and one can take over the row of another."""

import pytest

from tests.admin_forms import form_of
from tests.factories import make_chapter, make_episode, make_host, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def host(client):
    client.force_login(make_host())


def make_chapter_of(people):
    chapter = make_chapter()
    chapter.replace_authors(list(people))
    return chapter


KINDS = [
    pytest.param(lambda people: make_episode(speakers=people), "appearances", id="episode"),
    pytest.param(lambda people: make_post(authors=people), "authorships", id="post"),
    pytest.param(make_chapter_of, "authorships", id="chapter"),
]


def save(client, thing, **typed):
    """Open the form, type, save; the answer."""
    url = f"/en/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    data = form_of(client.get(url), f"{thing._meta.model_name}_form")
    return client.post(url, data | typed)


@pytest.mark.parametrize(("make", "rows"), KINDS)
def test_two_people_exchanged_in_their_rows_are_saved(client, make, rows):
    one, two = make_speaker(), make_speaker()
    thing = make((one, two))
    kept = {row.speaker_id: row.pk for row in getattr(thing, rows).all()}

    answer = save(client, thing, **{f"{rows}-0-speaker": two.pk, f"{rows}-1-speaker": one.pk})

    assert answer.status_code == 302
    assert [row.speaker for row in getattr(thing, rows).all()] == [two, one]
    assert {row.speaker_id: row.pk for row in getattr(thing, rows).all()} == kept, "a row is that of its person"


@pytest.mark.parametrize(("make", "rows"), KINDS)
def test_row_takes_over_the_person_of_a_deleted_one(client, make, rows):
    one, two, three = make_speaker(), make_speaker(), make_speaker()
    thing = make((one, two, three))

    answer = save(client, thing, **{f"{rows}-0-speaker": two.pk, f"{rows}-1-DELETE": "on"})

    assert answer.status_code == 302
    assert [row.speaker for row in getattr(thing, rows).all()] == [two, three]


@pytest.mark.parametrize(("make", "rows"), KINDS)
def test_new_row_takes_over_the_person_of_a_deleted_one(client, make, rows):
    one, two = make_speaker(), make_speaker()
    thing = make((one, two))
    new = {f"{rows}-2-speaker": one.pk, f"{rows}-2-position": "9", f"{rows}-2-role": "guest", f"{rows}-2-id": ""}

    answer = save(client, thing, **{f"{rows}-0-DELETE": "on", f"{rows}-TOTAL_FORMS": "3"}, **new)

    assert answer.status_code == 302
    assert [row.speaker for row in getattr(thing, rows).all()] == [two, one]


@pytest.mark.parametrize(("make", "rows"), KINDS)
def test_one_person_in_two_rows_is_refused_beside_them(client, make, rows):
    one, two = make_speaker(), make_speaker()
    thing = make((one, two))

    answer = save(client, thing, **{f"{rows}-1-speaker": one.pk})

    assert answer.status_code == 200
    assert [row.speaker for row in getattr(thing, rows).all()] == [one, two]


def test_roles_go_with_their_people(client):
    one, two = make_speaker(), make_speaker()
    episode = make_episode(speakers=(one, two))

    save(
        client,
        episode,
        **{"appearances-0-speaker": two.pk, "appearances-0-role": "guest", "appearances-1-speaker": one.pk},
    )

    assert [(row.speaker, row.role) for row in episode.appearances.all()] == [(two, "guest"), (one, "host")]
