"""Checks of an episode against the rules of feeds, before directories and apps see it."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from episodes.audio.tagging import find_stale_copy, is_stale
from episodes.feed.finders import NAMESPACES
from episodes.feed.item import add_notes, podcast_item
from episodes.feed.rules import find_item_violations
from episodes.models import Episode
from interaxion.text.problems import Problem, error, warning
from interaxion.web.feed_xml import qualify


def check_feed_item(episode: Episode) -> list[Problem]:
    """Return what breaks a rule of feeds in the item of an episode; an episode without audio has no item."""
    if not episode.audio_address:
        return []
    try:
        item = podcast_item(episode)
        add_notes(item, episode)
    except (ValueError, OSError) as problem:
        return [error(_("The episode cannot be in the feed: %(problem)s") % {"problem": problem})]
    problems = [
        Problem(
            finding.rule.level,
            f"{finding.rule.message}: {finding.quote}" if finding.quote else str(finding.rule.message),
            finding.rule.field,
            rule=finding.rule.id,
            spec=finding.rule.spec,
        )
        for finding in find_item_violations(qualify(item, NAMESPACES))
        # An address of this site is as secure as the site is.
        if not finding.quote.startswith(settings.SITE_URL + "/")
    ]
    if is_stale(episode):
        message = _("The tags in the audio file say something else than the episode does now. Write them again.")
        problems.append(warning(message, "audio_file"))
    return problems


def check_tagged_copy(episode: Episode) -> list[Problem]:
    """Check the tags of audio on another host: all we know is what was last tagged here. An uploaded file is read."""
    copy = None if episode.audio_file else find_stale_copy(episode)
    if copy is None:
        return []
    message = _(
        "The tags written into %(file)s on %(day)s say something else than the episode does now. Tag the file again."
    )
    return [
        warning(message % {"file": copy.name, "day": f"{timezone.localtime(copy.tagged_at):%Y-%m-%d}"}, "audio_url")
    ]
