"""Fixed addresses of episodes. Addresses below that of an episode's page are in `sitewide`."""

from django.urls import path

from episodes.cards import views as card_views

urlpatterns = [path("cards/<int:pk>-<slug:key>.png", card_views.episode_card, name="episode_card")]
