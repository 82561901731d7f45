import pytest

from episodes.people.speakers import Speaker, with_uses
from interaxion.content.tags import Tag
from tests.factories import make_episode, make_host, make_post, make_speaker, make_user

pytestmark = pytest.mark.django_db
CHOOSE, NAMES = "/en/admin/choose/", "/en/admin/names/"


@pytest.mark.postgres
def test_words_find_an_episode_down_to_a_section_and_its_time(client):
    client.force_login(make_host())
    make_episode(number=36, title="氷の回", notes="### 1:30 ペンギンの足\n\nペンギンは冷えない\n", live=True)
    make_post(title="ペンギン通信", live=True)
    make_episode(number=37, title="下書きのペンギン")

    found = client.get(CHOOSE, {"q": "ペンギン"}).json()["found"]
    episode = next(each for each in found if each["kind"] == "Episodes")

    assert {each["kind"] for each in found} == {"Episodes", "Posts"} and len(found) == 2
    assert episode["url"] == "/36"
    assert episode["places"][0]["url"] == "/36#t-90"
    assert episode["places"][0]["words"] == "1:30 ペンギンの足"


def test_nothing_is_found_for_nothing(client):
    client.force_login(make_host())
    make_episode(live=True)

    assert client.get(CHOOSE).json() == {"found": []}
    assert client.get(CHOOSE, {"q": "\x00"}).json() == {"found": []}


@pytest.mark.postgres
def test_names_come_with_their_uses_the_most_used_first(client):
    client.force_login(make_host())
    one, two = make_speaker(name="相馬"), make_speaker(name="久世")
    make_episode(tags=["氷", "Newton, Isaac"], speakers=[two])
    make_post(tags=["氷"], authors=[two])
    Tag.objects.create(name="水")

    answer = client.get(NAMES).json()

    assert [(each["typed"], each["uses"]) for each in answer["tags"]] == [("氷", 2), ('"Newton, Isaac"', 1), ("水", 0)]
    assert [(each["id"], each["uses"]) for each in answer["speakers"]] == [(two.pk, 2), (one.pk, 0)]
    assert with_uses(Speaker.objects.all()).get(pk=two.pk).uses == 2


def test_lists_show_how_often_a_name_is_used(client):
    client.force_login(make_user(is_superuser=True))
    make_episode(tags=["氷"], speakers=[make_speaker()])

    for address in ("/en/admin/content/tag/", "/en/admin/episodes/speaker/"):
        assert '<td class="field-uses">1</td>' in client.get(address).content.decode()
