"""What belongs to an episode and has a fixed address. What hangs on the address of its page is in `sitewide`."""

from django.urls import path

from episodes.cards import views as card_views

urlpatterns = [path("cards/<int:pk>-<slug:key>.png", card_views.episode_card, name="episode_card")]
