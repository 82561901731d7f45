"""The demo: a small fictional show, imported from the folder `site` here, and its logins."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from episodes.models import Podcast, Speaker
from interaxion.content.files.limits import ARTWORK_SIDE
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action
from interaxion.content.importing.site_files import SiteFiles
from interaxion.content.tags import Tag
from interaxion.desk.account.login import DEMO_GROUP
from interaxion.sitewide.backup.emptiness import filled_tables, mark_demo
from interaxion.sitewide.importing.plan import import_paths
from interaxion.sitewide.importing.rows import remember_row
from posts.models import Category

DEMO_FOLDER = Path(__file__).parent / "site"
ARTWORK = "assets/artwork.png"
#: Name → password. `host` and `editor` are in the groups of these names, `admin` may do everything.
DEMO_LOGINS = {"host": "host-of-the-demo", "editor": "editor-of-the-demo", "admin": "admin-of-the-demo"}


class DemoRefused(Exception):
    """A site on the public internet has no demo."""


def has_demo_logins() -> bool:
    return get_user_model().objects.filter(groups__name=DEMO_GROUP, is_active=True).exists()


@transaction.atomic
def load_demo() -> None:
    """Fill an empty database with the demo. Raises DemoRefused in production."""
    if settings.IS_PRODUCTION:
        raise DemoRefused("The demo has passwords that everybody knows: it is never loaded where SITE_URL is https.")
    was_empty = not filled_tables()
    outcomes = import_paths([DEMO_FOLDER], ImportInputs(is_demo=True))
    failed = [str(outcome.problem) for outcome in outcomes if outcome.action is Action.FAILED]
    if failed:
        raise RuntimeError("\n".join(failed))
    _complete_podcast()
    for model in (Speaker, Category, Tag, StoredFile, Podcast):
        for row in model._default_manager.all():
            remember_row(row, "demo", is_demo=True)
    _make_logins()
    if was_empty:
        mark_demo()


def _complete_podcast() -> None:
    """Fill the fields of the podcast that `_config.yml` has no keys for."""
    podcast = Podcast.current()
    podcast.author = podcast.owner_name = podcast.title
    podcast.owner_email = "hello@demo.example"
    podcast.copyright = f"© {podcast.title}"
    podcast.categories = ["Science > Physics", "Science", "Education"]
    # The show is fictional and has no pages in the apps: the front pages of the apps stand in for them.
    podcast.subscribe_links = ["https://podcasts.apple.com/", "https://open.spotify.com/", "https://www.youtube.com/"]
    files = SiteFiles([ARTWORK], lambda name: (DEMO_FOLDER / name).read_bytes())
    podcast.artwork = files.keep_picture(ARTWORK, longest_side=ARTWORK_SIDE)
    podcast.full_clean()
    podcast.save()


def _make_logins() -> None:
    users = get_user_model().objects
    demo = Group.objects.get_or_create(name=DEMO_GROUP)[0]
    for name, password in DEMO_LOGINS.items():
        if users.filter(username=name).exists():
            continue
        user = users.create_user(name, password=password, is_staff=True, is_superuser=name == "admin")
        user.groups.add(demo, *Group.objects.filter(name=name))
