"""Merging works: one that an editor finds twice, and those that better rules for addresses find to be the same."""

from typing import Any

from django.db import transaction

from interaxion.content.linking.works import Work, count_links
from interaxion.content.publishing.site_state import SiteState
from interaxion.text.addresses import WorkIdentity, identify


@transaction.atomic
def merge_works(work: Work, into: Work) -> None:
    """Move all mentions of `work` to `into`. Its page then redirects, and later links to it count for `into`."""
    SiteState.lock()
    for each in (work, into):
        each.refresh_from_db()  # somebody else may have merged or renamed it since it was read
    into = into.merged_into or into
    if work == into or work.merged_into_id:
        return
    rows: Any = (work.links, work.search_rows, work.merged)
    for relation in rows:
        relation.update(**{relation.field.name: into})
    into.title = into.title or work.title
    into.details = work.details | into.details
    if not into.found:  # its own registry is asked all the same
        into.found, into.found_title = work.found, work.found_title
    into.save(update_fields=["title", "details", "found", "found_title"])
    work.merged_into = into
    work.save(update_fields=["merged_into"])
    count_links([work.pk, into.pk])


def respell_works() -> None:
    """Give every work the key of its address by the present rules, and merge works that have become the same.

    So the page, title and merged works of a work survive a release with better rules for addresses. Idempotent.
    """
    for pk, key, url in list(Work.objects.order_by("pk").values_list("pk", "key", "url")):
        if _new_identity(key, url) is None:
            continue
        with transaction.atomic():
            SiteState.lock()
            work = Work.objects.get(pk=pk)
            identity = _new_identity(work.key, work.url)
            if identity is None:
                continue
            same = Work.objects.filter(key=identity.key).first()
            if same:
                merge_works(work, same)
            else:
                work.kind, work.key, work.url = identity.kind, identity.key, identity.canonical_url
                work.save(update_fields=["kind", "key", "url"])


def _new_identity(key: str, url: str) -> WorkIdentity | None:
    """Return what the address identifies by the present rules; None if the work keeps its key."""
    identity = identify(url)
    return identity if identity and identity.is_work and identity.key != key else None
