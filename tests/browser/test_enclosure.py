"""An enclosure opened in a tab of its own, as from a feed reader or a search result."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import path

from interaxion.serving.media_views import media
from tests.audio_files import make_mp3

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ffmpeg,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.test_enclosure"),
]

#: The test server answers for /media/ by itself, without our view.
urlpatterns = [path("enclosures/<path:name>", media, name="media")]

READY = """() => new Promise((resolve) => {
    const video = document.querySelector("video");
    const tell = () => resolve([video.readyState > 0, Math.round(video.duration), video.error?.code ?? 0]);
    if (video.readyState || video.error || video.networkState === 3) return tell();
    for (const event of ["loadedmetadata", "error"]) video.addEventListener(event, tell);
    for (const source of video.children) source.addEventListener("error", tell);
})"""


def test_enclosure_plays_in_a_tab_of_its_own(browser, live_server, wait_for_server, tmp_path):
    name = default_storage.save("audio/one.mp3", ContentFile(make_mp3(tmp_path / "one.mp3", seconds=20).read_bytes()))
    context = browser.new_context()
    complaints = []
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page = context.new_page()

    page.goto(f"{live_server.url}/enclosures/{name}")
    found = page.evaluate(READY)

    context.close()
    wait_for_server()
    assert (found, complaints) == ([True, 20, 0], [])
