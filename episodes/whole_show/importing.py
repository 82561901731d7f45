"""Importing a whole show from a host's feed: the podcast, and an episode of every item that is none yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from episodes.host_feed.details import HostChapter
from episodes.host_feed.importing import Taking, explain, take_items
from episodes.host_feed.matching import Match
from episodes.host_feed.reading import HostFeed
from episodes.models import Episode
from episodes.podcast import Podcast
from episodes.whole_show.fetching import ShowFiles
from episodes.whole_show.filling import fill_podcast
from episodes.whole_show.making import Belongings, fill_episode, make_episode
from episodes.whole_show.notes import is_timed, write_notes
from episodes.whole_show.numbering import Numbered, are_titles_numbered, number_items
from interaxion.content.changes.recording import Recording
from interaxion.content.files.limits import FileRefused
from interaxion.content.languages import known_language
from interaxion.content.reasons import spell_reason
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused


@dataclass
class ShowImport:
    feed: HostFeed
    source: str  # the address or name of the feed
    record: Recording
    #: None fetches nothing, as in a dry run.
    files: ShowFiles | None = None
    #: GUIDs of items that a person calls new, whatever the witnesses say.
    called_new: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)

    def take_show(self, make_room: Callable[[], object] | None = None) -> list[str]:
        """Fill the empty fields of the podcast, after `make_room` in the same transaction. Returns their names."""
        show = self.feed.show
        lacks_artwork = make_room is not None or not Podcast.current().artwork
        artwork = self._picture(show.artwork_url, self.notes) if lacks_artwork else ""
        with self.record.step():
            if make_room:
                make_room()
            changed, notes = fill_podcast(Podcast.current(), show, artwork=artwork)
        self.notes += notes
        if show.new_feed_url and show.new_feed_url not in {self.source, self.feed.address}:
            message = _("the feed says that it has moved to %(address)s: give that address, if this is not the newest")
            self.notes.append(message % {"address": show.new_feed_url})
        return changed

    def take_items(self, matches: Sequence[Match], *, overwrite: bool = False) -> Iterator[Taking]:
        """Let existing episodes take what they lack, and make the others; each in its own transaction, oldest first.

        Idempotent: what has a value keeps it, and an item in doubt makes nothing.
        """
        new = [match for match in matches if match.episode is None and self._is_new(match)]
        numbers = set(Episode.objects.exclude(number=None).values_list("number", flat=True))
        numbered = {
            each.item: each
            for each in number_items(
                [match.item for match in new], numbers, by_titles=are_titles_numbered(self.feed.items)
            )
        }
        order = sorted(matches, key=lambda match: (match.item.publish_at is None, match.item.publish_at or 0))
        for match in order:
            if match.item in numbered and match.episode is None:
                yield self._make(match, numbered[match.item])
                continue
            (taking,) = take_items([match], self.source, overwrite=overwrite, record=self.record)
            if match.episode is not None and taking.action != "failed":
                self._fill(taking, match.episode)
            yield taking

    def _is_new(self, match: Match) -> bool:
        return not match.named or match.item.guid in self.called_new

    def _make(self, match: Match, numbered: Numbered) -> Taking:
        taking = Taking(match, "failed")
        taking.notes += [_(note.message) % note.params for note in (*match.item.notes, *numbered.notes)]
        if holder := Episode.objects.filter(guid=match.item.guid).first():
            message = (
                _("it is in the trash (%(path)s): take it out there")
                if holder.deleted_at
                else _("its GUID is that of %(path)s: it is no new one")
            )
            taking.action = "skipped"
            taking.notes.append(message % {"path": holder.path})
            return taking
        belongings = self._belongings(match, taking.notes)
        try:
            with self.record.step():
                episode, notes = make_episode(numbered, belongings, self.source)
        except ValidationError as refused:
            taking.notes += explain(refused)
        except DatabaseError as problem:
            taking.notes.append(str(problem))
        else:
            taking.match, taking.action = Match(match.item, episode), "created"
            taking.notes += notes
        return taking

    def _fill(self, taking: Taking, episode: Episode) -> None:
        episode.refresh_from_db()
        belongings = self._belongings(taking.match, taking.notes, of=episode)
        try:
            with self.record.step():
                changed = fill_episode(episode, taking.match.item, belongings, self.source)
        except ValidationError as refused:
            taking.notes += explain(refused)
        else:
            taking.changed += changed
            taking.action = "updated" if taking.changed else taking.action

    def _belongings(self, match: Match, notes: list[str], *, of: Episode | None = None) -> Belongings:
        """Read and fetch what the item has and the episode lacks."""
        details, show = match.item.details, self.feed.show
        lacks_notes = of is None or not of.sections.exists()
        has_picture = details.image_url not in {"", show.artwork_url} and not (of and of.artwork)
        lacks_people = of is None or not of.appearances.exists()
        hosts = tuple(person for person in show.people if person.role == "host")
        document = ""
        if lacks_notes:
            chapters = details.chapters
            document = write_notes(details.notes, chapters, seconds=match.item.audio_seconds)
            if details.chapters_url and not chapters and not is_timed(document):
                chapters = self._chapters(details.chapters_url, notes)
                document = write_notes(details.notes, chapters, seconds=match.item.audio_seconds)
        return Belongings(
            document=document,
            artwork=self._picture(details.image_url, notes) if has_picture else "",
            people=(details.people or hosts) if lacks_people else (),
            language=known_language(show.language),
        )

    def _picture(self, url: str, notes: list[str]) -> str:
        if not url or self.files is None:
            return ""
        try:
            return self.files.keep_picture(url)
        except (FetchFailed, FetchRefused, FileRefused) as problem:
            reason = _with_address(spell_reason(problem), url)
            notes.append(_("the picture is not taken: %(problem)s") % {"problem": reason})
            return ""

    def _chapters(self, url: str, notes: list[str]) -> tuple[HostChapter, ...]:
        if self.files is None:
            return ()
        try:
            return self.files.read_chapters(url)
        except (FetchFailed, FetchRefused) as problem:
            notes.append(_("the chapters are not taken: %(problem)s") % {"problem": spell_reason(problem)})
            return ()


def _with_address(reason: str, url: str) -> str:
    return reason if url in reason else f"{url}: {reason}"
