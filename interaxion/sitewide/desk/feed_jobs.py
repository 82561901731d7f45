"""The two jobs of a show that comes from its feed: the rehearsal, which says what would happen, and the import."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.host_feed.fetching import FeedRefused, read_feed
from episodes.host_feed.importing import Taking
from episodes.podcast import Podcast
from episodes.whole_show.audio import queue_audio
from episodes.whole_show.fetching import ShowFiles
from interaxion.content.changes.recording import Recording, recording
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.uploads import forget_upload, open_upload
from interaxion.content.jobs.work import Work
from interaxion.sitewide.desk.import_jobs import may_import, rehearsal_of
from interaxion.sitewide.importing.database_copies import has_copy
from interaxion.sitewide.importing.feed_decisions import parse_decisions
from interaxion.sitewide.importing.rehearsal import rehearse
from interaxion.sitewide.importing.whole_feed import FeedOptions, make_show
from interaxion.text.problems import Level
from interaxion.text.source_errors import gettext_noop
from interaxion.web.ssrf_guard import IPNetwork

#: The field of the form that says what an item is; on the command line it is an option.
DECISIONS = _("what an item is")
ACTION_LABELS = {
    "created": _("created"),
    "updated": _("updated"),
    "unchanged": _("unchanged"),
    "skipped": _("skipped"),
    "in doubt": _("in doubt"),
    "failed": _("failed"),
}


def import_feed(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    title = gettext("Import of the feed %(feed)s") % {"feed": work.job.about}
    with recording(title, user=work.job.user) as record:
        _make(work, record, ShowFiles(allowed_networks), allowed_networks)
    if work.inputs["fetch_audio"]:
        queue_audio(_source_of(work), user=work.job.user)
    if work.inputs["upload"]:
        forget_upload(work.inputs["upload"])


def try_feed(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    work.report = {"rehearsal": rehearsal_of(work.job)}
    with rehearse(rehearsal_of(work.job)):
        _make(work, Recording(), None, allowed_networks)


def _make(work: Work, record: Recording, files: ShowFiles | None, networks: Sequence[IPNetwork]) -> None:
    lines: list[dict[str, Any]] = []
    work.report = {**(work.report or {}), "lines": lines}

    def tell(taking: Taking) -> None:
        episode, item = taking.match.episode, taking.match.item
        path = episode.path if episode else ""
        notes = [note.replace("--match", gettext("“%(field)s”") % {"field": DECISIONS}) for note in taking.notes]
        lines.append({"title": item.title, "guid": item.guid, "path": path, "action": taking.action, "notes": notes})
        work.step(STEP, title=item.title)

    with _file_of(work) as file:
        try:
            feed = read_feed(file, networks)
        except FeedRefused as refused:
            work.report["refused"] = str(refused)
            return
    work.expect(len(feed.items))
    try:
        options = FeedOptions(
            _source_of(work), decisions=parse_decisions(work.inputs["decisions"]), files=files, tell=tell
        )
        outcome = make_show(feed, options, record)
    except ValueError as refused:
        work.report["refused"] = str(refused)
        return
    work.report |= {
        "show": outcome.show,
        "show_notes": [*(gettext(note.message) % note.params for note in feed.notes), *outcome.show_notes],
        "demands": [[level == Level.ERROR, str(sentence)] for level, sentence in outcome.demands],
    }


@contextmanager
def _file_of(work: Work) -> Iterator[str]:
    """Yield the address of the feed, or the uploaded file."""
    if work.inputs["upload"]:
        with open_upload(work.inputs["upload"]) as path:
            yield str(path)
    else:
        yield work.inputs["address"]


def _source_of(work: Work) -> str:
    """Return by what the feed is remembered: its address, or the name of the file."""
    return work.inputs["address"] or work.job.about


def present_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report for the page: the counts, and each line with the label of what was done."""
    lines = report.get("lines", [])
    counts = Counter(line["action"] for line in lines)
    return {
        **report,
        "show": [str(Podcast._meta.get_field(name).verbose_name) for name in report.get("show", [])],
        "can_be_looked_at": has_copy(report.get("rehearsal", "") or "none"),
        "totals": [(str(ACTION_LABELS[action]), counts[action]) for action in ACTION_LABELS if counts[action]],
        "lines": [line | {"label": str(ACTION_LABELS.get(line["action"], line["action"]))} for line in lines],
    }


def find_feed_dry_run(pk: str) -> Job | None:
    """Return the rehearsal that has ended and says what an import would do."""
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return Job.objects.filter(pk=int(pk), kind=FEED_DRY_RUN.name, state="done").first() if is_number else None


STEP = gettext_noop("%(title)s")
_REPORT = "admin/feed_report.html"
FEED_IMPORT = register(
    JobKind("feed_import", _("Import of the feed %(about)s"), import_feed, may_import, present_report, _REPORT)
)
FEED_DRY_RUN = register(
    JobKind("feed_dry_run", _("What an import of %(about)s would do"), try_feed, may_import, present_report, _REPORT)
)
