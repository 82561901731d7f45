import ipaddress
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command

from episodes.audio.elsewhere import find_audio_problem
from tests.factories import make_episode

HERE = [ipaddress.ip_network("127.0.0.1/32")]


class Host(BaseHTTPRequestHandler):
    """Answers as the path says: `/200/audio/mpeg`."""

    def do_HEAD(self):
        _, status, *kind = self.path.split("/")
        self.send_response(int(status))
        self.send_header("Content-Type", "/".join(kind))
        self.send_header("Content-Length", "1234")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def host():
    server = HTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "length", "problem"),
    [
        ("/200/audio/mpeg", 1234, ""),
        ("/200/audio/mpeg", None, ""),
        ("/200/application/octet-stream", 1234, ""),
        ("/200/audio/mpeg", 99, "the audio has 1234 bytes, and the feed says 99"),
        ("/200/text/html", 1234, "sends text/html instead of audio"),
        ("/404/text/html", 1234, "answers 404"),
        ("/503/text/html", 1234, "answers 503"),
    ],
)
def test_problem_of_audio_elsewhere_is_named(host, path, length, problem):
    found = find_audio_problem(host + path, length=length, allowed_networks=HERE)

    assert bool(found) == bool(problem)
    assert problem in found


def test_dead_host_is_named(host):
    assert "cannot be reached" in find_audio_problem("https://[::ffff:10.0.0.1]/a.mp3", length=1)


@pytest.mark.django_db
def test_command_names_the_episode_and_keeps_the_others(capsys, client):
    make_episode(number="57", audio_url="https://127.0.0.1/a.mp3", live=True)
    make_episode(number="58", audio_url="https://127.0.0.1/b.mp3", live=True)

    with pytest.raises(SystemExit):
        call_command("check_content", audio=True)

    said = capsys.readouterr().out
    assert "/57: error: the audio cannot be reached: https://127.0.0.1/a.mp3" in said
    assert "/58: error: the audio cannot be reached" in said
    assert client.get("/feed.xml").content.count(b"<item>") == 2
