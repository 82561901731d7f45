"""Things that the show lacks before directories take it and people find it: a list of the front page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from episodes.models import Episode
from episodes.podcast import Podcast


def find_lacking() -> list[tuple[str, str]]:
    """Return (sentence, address of the form where it is put right), the most urgent first."""
    podcast = Podcast.current()
    form = reverse("admin:episodes_podcast_change", args=[1])
    wants = [
        (not podcast.description, _("What is the show about? The feed and the front page say so."), "id_description"),
        (not podcast.artwork, _("Directories ask for artwork: a square of 1400 to 3000 pixels."), "id_artwork"),
        (not podcast.categories, _("Directories ask for a category."), "id_categories"),
        (not podcast.owner_email, _("Directories send their code to the owner's e-mail address."), "id_owner_email"),
        (not podcast.hosts.exists(), _("Who are the hosts?"), "id_hosts"),
        (
            not podcast.subscribe_links,
            _("Where can one listen? The pages of the show in the apps."),
            "id_subscribe_links",
        ),
    ]
    lacking = [(sentence, f"{form}#{field}") for is_missing, sentence, field in wants if is_missing]
    if podcast.is_notes_only:
        lacking.append((_("The feed is hidden from directories: another host has it."), f"{form}#id_is_notes_only"))
    if not Episode.objects.live().with_audio().exists():
        lacking.append((_("The feed has no episode with audio yet."), reverse("admin:episodes_episode_add")))
    return lacking
