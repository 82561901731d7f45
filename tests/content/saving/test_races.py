"""Many people save at once, and the machine stops in the middle: no text is lost, and never a mix."""

import os
import subprocess
import sys
import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connection, connections
from django.test import Client

from episodes.models import Episode
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.saving.transitions import transition
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import Tag
from tests.admin_forms import form_of
from tests.factories import make_episode, make_host

ROUNDS = int(os.environ.get("RACE_ROUNDS") or (20 if os.environ.get("CI") else 5))
WRITERS = 3
TIMED = "".join(f"### {n}:00 話{n}\n\nもとの文{n}\n\n" for n in range(WRITERS))


def run_together(*jobs):
    """Each in a thread and with a connection of its own, as near to one instant as can be."""
    barrier, answers, problems = threading.Barrier(len(jobs)), {}, []

    def run(name, job):
        close_old_connections()
        barrier.wait()
        try:
            answers[name] = job()
        except Exception as problem:  # it belongs to the test, not to the thread
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    return answers


@pytest.fixture
def writers(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time by itself; `make test` runs this on PostgreSQL")
    import_module("interaxion.sitewide.migrations.0001_first_release").write_groups(apps, None)
    clients = []
    for _ in range(WRITERS):
        client = Client()
        client.force_login(make_host())
        clients.append(client)
    return clients


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_racing_saves_of_different_sections_are_all_kept(writers):
    for _round in range(ROUNDS):
        episode = make_episode(number=None, notes=TIMED)
        url = f"/en/admin/episodes/episode/{episode.pk}/change/"
        forms = [form_of(client.get(url), "episode_form") for client in writers]

        def save(n, client, form, url=url):
            return lambda: client.post(url, form | {f"sections-{n}-body": f"文 {n} の {n}"}).status_code

        codes = run_together(
            *(save(n, client, form) for n, (client, form) in enumerate(zip(writers, forms, strict=True)))
        )

        assert set(codes.values()) == {302}
        assert [section.body for section in episode.sections.all()] == [f"文 {n} の {n}" for n in range(WRITERS)]
        assert Episode.objects.get(pk=episode.pk).version == 1 + WRITERS
        assert sorted(episode.revisions.values_list("number", flat=True)) == list(range(1, 2 + WRITERS))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_racing_saves_of_one_section_have_one_winner_and_the_others_are_asked(writers):
    for _round in range(ROUNDS):
        episode = make_episode(number=None, notes=TIMED)
        url = f"/en/admin/episodes/episode/{episode.pk}/change/"
        forms = [form_of(client.get(url), "episode_form") for client in writers]

        def save(n, client, form, url=url):
            return lambda: client.post(url, form | {"title": f"題{n}", "sections-0-body": f"文{n}"})

        answers = run_together(
            *(save(n, client, form) for n, (client, form) in enumerate(zip(writers, forms, strict=True)))
        )

        winners = [n for n, answer in answers.items() if answer.status_code == 302]
        stored = Episode.objects.get(pk=episode.pk)
        assert len(winners) == 1 and stored.version == 2
        assert (stored.title, stored.sections.first().body) == (f"題{winners[0]}", f"文{winners[0]}"), "never a mix"
        for n, answer in answers.items():
            if n != winners[0]:
                assert f"文{n}" in answer.content.decode(), "what was typed is on the page that asks"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_autosave_beside_a_save_never_fails(writers):
    episode = make_episode(number=None, notes=TIMED)
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    client = writers[0]
    for round_number in range(ROUNDS):
        key = f"a-key-of-round-{round_number}"
        form = form_of(client.get(url), "episode_form") | {"title": f"題{round_number}", "working_copy": key}
        twin = Client()
        twin.cookies = client.cookies.copy()

        answers = run_together(
            lambda form=form: client.post(url, form),
            lambda key=key, twin=twin: twin.post(f"{url}autosave/", {"key": key, "data": "title=x", "base": "1"}),
        )

        assert [answer.status_code for _n, answer in sorted(answers.items())] == [302, 200]
        page = client.get(url).content.decode()
        assert "What you wrote until" not in page, "what was saved is not offered again"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publishing_beside_a_save_and_a_merge_never_fails(writers):
    for round_number in range(ROUNDS):
        episode = make_episode(number=str(round_number + 1), notes=TIMED, tags=(f"札{round_number}",))
        tag, into = episode.tags.get(), Tag(name=f"別の札{round_number}")
        into.save()
        url = f"/en/admin/episodes/episode/{episode.pk}/change/"
        form = form_of(writers[0].get(url), "episode_form") | {"title": f"題{round_number}"}

        answers = run_together(
            lambda url=url, form=form: writers[0].post(url, form).status_code,
            lambda episode=episode: transition(Episode.objects.get(pk=episode.pk), to="published", user=None),
            lambda tag=tag, into=into: merge_named_rows([tag], into, user=None),
        )

        stored = Episode.objects.get(pk=episode.pk)
        assert answers[0] == 302
        assert (stored.title, stored.status, stored.path) == (f"題{round_number}", "published", f"/{round_number + 1}")
        assert SearchRow.objects.live().filter(path=stored.path, work=None).exists()


def test_kill_in_the_middle_of_a_save_leaves_one_whole_version_and_the_working_copy(tmp_path):
    rounds = os.environ.get("KILL_ROUNDS") or ("15" if os.environ.get("CI") else "5")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'killed.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "interaxion.settings",
        "DEBUG": "1",  # no manifest of static files is needed
    }

    ended = subprocess.run(
        [sys.executable, "-m", "tests.content.saving.killed_saves", rounds],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert ended.returncode == 0, ended.stderr
