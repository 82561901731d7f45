"""The fields that a browser would send from a form of the admin as it was loaded."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


def form_of(response: HttpResponse, form_id: str) -> dict[str, Any]:
    """Return the fields of the form with this id, by name, as they were loaded."""
    reader = _FormReader(form_id)
    reader.feed(response.content.decode())
    assert reader.found, f"no form {form_id}"
    return reader.fields


def save_untouched(client: Client, thing: Any, **typed: Any) -> None:
    """Open the form of a thing and save it, with nothing changed but what is `typed`."""
    url = f"/en/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    data = form_of(client.get(url), f"{thing._meta.model_name}_form")
    assert client.post(url, data | typed).status_code == 302


def is_sent(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type")
    return kind not in {"submit", "file"} and (kind not in {"checkbox", "radio"} or "checked" in attributes)


class _FormReader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.found, self.inside = form_id, False, False
        self.fields: dict[str, Any] = {}
        self.text_of = self.select = ""
        self.is_multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name = values.get("name", "")
        if tag == "form":
            self.inside = values.get("id") == self.form_id
            self.found = self.found or self.inside
        if not self.inside:
            return
        if tag == "textarea":
            self.text_of, self.fields[name] = name, ""
        elif tag == "select":
            self.select, self.is_multiple = name, "multiple" in values
            if not self.is_multiple:
                self.fields[name] = ""
        elif tag == "option" and "selected" in values:
            value = values.get("value", "")
            self.fields[self.select] = [*self.fields.get(self.select, []), value] if self.is_multiple else value
        elif tag == "input" and name and is_sent(values):
            self.fields[name] = values.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.text_of:
            self.fields[self.text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text_of:
            # As HTML requires: the first line end is not part of the text, and every other is sent as CR LF.
            text = self.fields[self.text_of].removeprefix("\n")
            self.fields[self.text_of], self.text_of = text.replace("\r\n", "\n").replace("\n", "\r\n"), ""
        elif tag == "form":
            self.inside = False
