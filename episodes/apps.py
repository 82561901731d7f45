from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EpisodesConfig(AppConfig):
    name = "episodes"
    verbose_name = _("Episodes")
    job_modules = (
        "episodes.audio.sound.jobs",
        "episodes.transcripts.transcribing",
        "episodes.whole_show.audio",
        "episodes.whole_show.following",
    )

    def ready(self) -> None:
        import_module("episodes.checks")  # registers the checks before publishing
        import_module("episodes.parts")  # registers what is stored of it for lists and feeds
        import_module("episodes.identity.consequences")  # registers what follows when its identity changes
