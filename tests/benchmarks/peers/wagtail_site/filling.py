"""Make the tables and the pages of the show: `python -m tests.benchmarks.peers.wagtail_site.filling FILE`."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import django


def main(file: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.peers.wagtail_site.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from wagtail.models import Page, Site  # noqa: PLC0415

    from tests.benchmarks.peers.wagtail_site.models import Appearance, EpisodeList, EpisodePage, Speaker  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        show = root.add_child(instance=EpisodeList(title="格子の話", slug="show"))
        Site.objects.update_or_create(is_default_site=True, defaults={"root_page": show, "hostname": "127.0.0.1"})
        for line in reversed(file.read_text(encoding="utf-8").splitlines()):
            facts = json.loads(line)
            tags, speakers = facts.pop("tags"), facts.pop("speakers")
            published = datetime.fromisoformat(facts.pop("published"))
            page = EpisodePage(slug=str(facts["number"]), published=published, **facts)
            page.tags.set(tags)
            for order, name in enumerate(speakers):
                speaker = Speaker.objects.get_or_create(name=name)[0]
                page.appearances.add(Appearance(speaker=speaker, sort_order=order))
            show.add_child(instance=page)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
