"""Who speaks, as rows of the form; a new episode begins with the hosts of the last one."""

from typing import Any

from django import forms

from episodes.models import Appearance, Episode
from episodes.people import host_proposals
from interaxion.desk.rows import PeopleFormSet


class AppearanceForm(forms.ModelForm):
    def has_changed(self) -> bool:
        """A new row is one as soon as it names somebody, proposed or typed."""
        return super().has_changed() if self.instance.pk else bool(self["speaker"].value())


class AppearanceFormSet(PeopleFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = len(self.initial_extra or ())


def propose_hosts(last: Episode | None) -> list[dict[str, Any]]:
    """Rows of the hosts of `last`, in their order; its guests come once. Without roles: those who often speak."""
    people = list(last.appearances.all()) if last else []
    unsaid = any(not each.role for each in people)
    regulars = {each.speaker.pk for each in host_proposals.propose_hosts() if each.is_regular} if unsaid else set()
    hosts = [
        each for each in people if each.role == Appearance.Role.HOST or (not each.role and each.speaker_id in regulars)
    ]
    return [
        {"speaker": each.speaker_id, "role": each.role, "position": position}
        for position, each in enumerate(hosts, start=1)
    ]
