"""A member of the team in a drill: opens the form of an episode, types, and saves."""

import re
from http.client import HTTPException
from types import SimpleNamespace
from typing import Any

from tests.admin_forms import form_of
from tests.drills.processes import Server
from tests.drills.staff import Account

LIST = "/admin/episodes/episode/"


class Writer(Account):
    """An account of the demo that works on one episode of it: the first one in the list."""

    def __init__(self, server: Server, name: str) -> None:
        super().__init__(server, name, f"{name}-of-the-demo")
        _status, page = self.ask("GET", LIST)
        self.form = re.findall(rf'href="({LIST}\d+/change/)', page)[0]

    def open(self) -> dict[str, Any]:
        """Return the fields of the form as they are stored."""
        status, page = self.ask("GET", self.form)
        assert status == 200, f"the form answers {status}"
        return form_of(SimpleNamespace(content=page.encode()), "episode_form")

    def save(self, fields: dict[str, Any]) -> tuple[int, str]:
        """Return the status and the page; 0 if there was no answer."""
        try:
            return self.ask("POST", self.form, fields)
        except (OSError, HTTPException):
            return 0, ""


def bodies(fields: dict[str, Any]) -> list[str]:
    """Return the names of the fields with the texts of the sections, in their order."""
    return sorted(name for name in fields if re.fullmatch(r"sections-\d+-body", name))
