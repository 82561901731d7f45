"""The speakers of an episode as rows of its form; a new episode begins with the hosts of the last one."""

from typing import Any

from episodes.models import Appearance, Episode
from episodes.people import host_proposals
from interaxion.desk.rows import PeopleFormSet, RowForm


class AppearanceForm(RowForm):
    def has_changed(self) -> bool:
        """Whether there is something to save: for a new row, as soon as it names a speaker, proposed or typed."""
        return super().has_changed() if self.instance.pk else bool(self["speaker"].value())


class AppearanceFormSet(PeopleFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = len(self.initial_extra or ())


def propose_hosts(last: Episode | None) -> list[dict[str, Any]]:
    """Return initial rows for the hosts of `last`, in order. Where it states no roles, regular speakers are hosts."""
    people = list(last.appearances.all()) if last else []
    regulars: set[int] = set()
    if any(not person.role for person in people):
        regulars = {proposal.speaker.pk for proposal in host_proposals.propose_hosts() if proposal.is_regular}
    hosts = [
        person
        for person in people
        if person.role == Appearance.Role.HOST or (not person.role and person.speaker_id in regulars)
    ]
    return [
        {"speaker": host.speaker_id, "role": host.role, "position": position}
        for position, host in enumerate(hosts, start=1)
    ]
