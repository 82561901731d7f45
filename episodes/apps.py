from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EpisodesConfig(AppConfig):
    name = "episodes"
    verbose_name = _("Episodes")

    def ready(self) -> None:
        import_module("episodes.checks")  # registers the checks before publishing
        import_module("episodes.parts")  # registers what is stored of it for lists and feeds
        import_module("episodes.audio.sound.jobs")  # registers its kind of job, and what the worker looks for
        import_module("episodes.transcripts.transcribing")  # registers its kind of job
        import_module("episodes.whole_show.audio")  # registers its kind of job
        import_module("episodes.whole_show.following")  # registers its kind of job
        import_module("episodes.identity.consequences")  # registers what follows when its identity changes
