import pytest

from interaxion.text.addresses import identify


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/minami_wave",
        "https://x.com/minami_wave/",
        "https://mobile.twitter.com/minami_wave?s=20",
        "https://twitter.com/minami_wave/media",
        "https://twitter.com/hashtag/interaxion?src=hash",
        "https://x.com/hashtag/光",
        "https://x.com/search?q=%23interaxion",
        "https://t.co/rz0mlRKZU3",
        "https://pic.twitter.com/czaOb3FZ1F",
        "https://pic.x.com/czaOb3FZ1F",
        "https://www.instagram.com/kntr/",
        "https://www.instagram.com/explore/tags/physics/",
        "https://www.facebook.com/name.of.somebody",
        "https://ja-jp.facebook.com/name",
        "https://www.facebook.com/profile.php?id=1",
        "https://www.youtube.com/channel/UC1EB8moGYdkoZQfWHjh7Ivw",
        "https://youtube.com/@simonbatzner",
        "https://www.youtube.com/@simonbatzner/videos",
        "https://www.youtube.com/c/name",
        "https://m.youtube.com/user/name",
        "https://note.com/maraky99/",
        "https://note.com/hashtag/物理",
        "https://github.com/icecube",
        "https://github.com/orgs/icecube/repositories",
        "https://bsky.app/profile/name.bsky.social",
        "https://www.threads.net/@name",
        "https://www.tiktok.com/@name",
    ],
)
def test_a_profile_a_hashtag_or_a_short_url_is_no_work(url):
    identity = identify(url)

    assert identity.kind == "furniture"
    assert not identity.is_work
    assert identify(identity.canonical_url) == identity


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/minami_wave/status/1234567890",
        "https://twitter.com/i/events/1062594861868625921",
        "https://twitter.com/minami_wave/lists/physics",
        "https://www.instagram.com/p/CKs9L_Eh85S/",
        "https://www.facebook.com/watch?v=1",
        "https://www.facebook.com/photo.php?fbid=1",
        "https://www.facebook.com/name/posts/1",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://note.com/maraky99/n/n1061d541355f",
        "https://github.com/icecube/skyllh",
        "https://gist.github.com/name/66a9e52303093df21773817ffd583146",
        "https://bsky.app/profile/name.bsky.social/post/1",
        "https://amzn.to/3abcdef",
        "https://bit.ly/3abcdef",
        "https://doi.org/10.1000/182",
        "https://mastodon.social/@name",
        "https://example.org/",
    ],
)
def test_a_post_or_a_project_is_a_work(url):
    assert identify(url).is_work


def test_a_page_of_this_site_is_no_work():
    assert not identify("/57").is_work
