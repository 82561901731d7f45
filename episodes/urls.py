"""What belongs to an episode beside its page."""

from decimal import Decimal

from django.urls import path, register_converter

from episodes import card_views, chapter_views
from episodes.numbers import parse_number, path_of_number


class NumberConverter:
    """An episode's number as its address spells it: `57`, `19-5`."""

    regex = "[0-9]{1,5}(?:-[0-9]{1,2})?"

    def to_python(self, text: str) -> Decimal:
        number = parse_number(text)
        if number is None or self.to_url(number) != text:
            raise ValueError(text)  # another spelling of it: no such page
        return number

    def to_url(self, number: Decimal) -> str:
        return path_of_number(number).removeprefix("/")


register_converter(NumberConverter, "episode_number")

urlpatterns = [
    path("<episode_number:number>/chapters.json", chapter_views.chapters_as_json, name="chapters_json"),
    path("<episode_number:number>/chapters.psc.xml", chapter_views.chapters_as_podlove, name="chapters_psc"),
    path("cards/<int:pk>-<slug:key>.png", card_views.episode_card, name="episode_card"),
]
