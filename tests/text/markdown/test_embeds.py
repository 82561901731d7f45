import re

import pytest
from django.conf import settings

from interaxion.text.markdown import render
from interaxion.text.markdown.html.embeds import frame_hosts, frame_url, page_url, parse_embed
from interaxion.text.markdown.html.providers import PROVIDERS

KEY = "820c39143a4b4272a0e9dae11efcf361"


@pytest.mark.parametrize(
    ("url", "provider", "id"),
    [
        ("https://www.youtube.com/watch?v=abcdefghi-_", "youtube", "abcdefghi-_"),
        ("https://www.youtube.com/watch?v=abcdefghi-_&t=1m9s", "youtube", "abcdefghi-_?start=69"),
        ("https://www.youtube.com/embed/abcdefghi-_?start=69", "youtube", "abcdefghi-_?start=69"),
        (f"https://www.youtube.com/watch?v=abcdefghi-_&t={'9' * 5000}", "youtube", "abcdefghi-_"),
        ("https://youtu.be/abcdefghi-_?si=x", "youtube", "abcdefghi-_"),
        ("https://www.youtube.com/shorts/abcdefghi-_", "youtube", "abcdefghi-_"),
        ("https://www.youtube.com/live/abcdefghi-_/", "youtube", "abcdefghi-_"),
        ("https://www.youtube-nocookie.com/embed/abcdefghi-_", "youtube", "abcdefghi-_"),
        ("https://www.youtube.com/playlist?list=PLx-1", "youtube", "playlist/PLx-1"),
        ("https://www.youtube.com/embed/videoseries?list=PLx-1", "youtube", "playlist/PLx-1"),
        ("https://open.spotify.com/episode/4IbSXKb1", "spotify", "episode/4IbSXKb1"),
        ("https://open.spotify.com/embed/album/5a6tl?utm_source=x", "spotify", "album/5a6tl"),
        ("https://open.spotify.com/intl-ja/track/5a6tl", "spotify", "track/5a6tl"),
        ("https://open.spotify.com/embed-podcast/show/5a6tl", "spotify", "show/5a6tl"),
        ("https://anchor.fm/ice/embed/episodes/6-Ice-sinks-eh61b6", "spotify", "pod/ice/6-Ice-sinks-eh61b6"),
        ("https://anchor.fm/ice/embed/episodes/6-Ice-eh61b6/a-a7v", "spotify", "pod/ice/6-Ice-eh61b6"),
        ("https://anchor.fm/ice/episodes/6-Ice-eh61b6", "spotify", "pod/ice/6-Ice-eh61b6"),
        ("https://podcasters.spotify.com/pod/show/ice/embed/episodes/6-e1", "spotify", "pod/ice/6-e1"),
        ("https://creators.spotify.com/pod/profile/ice/episodes/6-e1", "spotify", "pod/ice/6-e1"),
        ("https://anchor.fm/ice/episodes/氷-e1", "spotify", "pod/ice/%E6%B0%B7-e1"),
        ("https://embed.podcasts.apple.com/jp/podcast/ice/id15?i=1000&itscg=3", "apple", "jp/15/1000"),
        ("https://podcasts.apple.com/jp/podcast/%E6%B0%B7/id15", "apple", "jp/15"),
        ("https://podcasts.apple.com/podcast/id15", "apple", "us/15"),
        ("https://audiostock.jp/embed?id=14", "audiostock", "14"),
        ("https://audiostock.jp/audio/14", "audiostock", "14"),
        ("https://note.com/embed/notes/n083b", "note", "n083b"),
        ("https://note.mu/ice_cold/n/n083b", "note", "ice_cold/n083b"),
        (f"https://speakerdeck.com/player/{KEY}", "speakerdeck", KEY),
        ("https://twitter.com/ice/status/12?s=20", "x", "ice/12"),
        ("https://x.com/ice/status/12/photo/1", "x", "ice/12"),
        ("https://www.instagram.com/p/CKs9L_E-8/?utm_source=x", "instagram", "p/CKs9L_E-8"),
        ("https://www.instagram.com/ice.cold/reel/CKs/embed/", "instagram", "reel/CKs"),
        ("https://bsky.app/profile/ice.bsky.social/post/3k", "bluesky", "ice.bsky.social/3k"),
        ("https://embed.bsky.app/embed/did:plc:x/app.bsky.feed.post/3k", "bluesky", "did:plc:x/3k"),
        ("https://mastodon.social/@ice@cold.example/12", "mastodon", "mastodon.social/@ice@cold.example/12"),
        ("https://mstdn.jp/@ice/12/embed", "mastodon", "mstdn.jp/@ice/12"),
    ],
)
def test_embed_is_known_by_its_url(url, provider, id):
    embed = parse_embed(url)

    assert embed is not None
    assert (embed.provider, embed.id) == (provider, id)


@pytest.mark.parametrize(
    ("provider", "id", "page", "frame"),
    [
        (
            "youtube",
            "abcdefghi-_?start=69",
            "https://www.youtube.com/watch?v=abcdefghi-_&t=69",
            "https://www.youtube-nocookie.com/embed/abcdefghi-_?start=69",
        ),
        (
            "youtube",
            "playlist/PLx",
            "https://www.youtube.com/playlist?list=PLx",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PLx",
        ),
        (
            "spotify",
            "episode/4Ib",
            "https://open.spotify.com/episode/4Ib",
            "https://open.spotify.com/embed/episode/4Ib",
        ),
        (
            "spotify",
            "pod/ice/6-e1",
            "https://creators.spotify.com/pod/profile/ice/episodes/6-e1",
            "https://creators.spotify.com/pod/profile/ice/embed/episodes/6-e1",
        ),
        (
            "apple",
            "jp/15/1000",
            "https://podcasts.apple.com/jp/podcast/id15?i=1000",
            "https://embed.podcasts.apple.com/jp/podcast/id15?i=1000",
        ),
        ("audiostock", "14", "https://audiostock.jp/audio/14", "https://audiostock.jp/embed?id=14"),
        ("note", "n08", "https://note.com/embed/notes/n08", "https://note.com/embed/notes/n08"),
        ("note", "ice/n08", "https://note.com/ice/n/n08", "https://note.com/embed/notes/n08"),
        ("x", "ice/12", "https://x.com/ice/status/12", "https://platform.twitter.com/embed/Tweet.html?id=12"),
        (
            "instagram",
            "p/CK",
            "https://www.instagram.com/p/CK/",
            "https://www.instagram.com/p/CK/embed/",
        ),
        (
            "bluesky",
            "did:plc:x/3k",
            "https://bsky.app/profile/did:plc:x/post/3k",
            "https://embed.bsky.app/embed/did:plc:x/app.bsky.feed.post/3k",
        ),
        (
            "mastodon",
            "mstdn.jp/@ice/12",
            "https://mstdn.jp/@ice/12",
            "https://mstdn.jp/@ice/12/embed",
        ),
    ],
)
def test_page_and_frame_are_made_from_the_id_and_lead_back_to_it(provider, id, page, frame):
    assert (page_url(provider, id), frame_url(provider, id)) == (page, frame)
    assert parse_embed(page).id == id
    assert frame.split("/")[2] in frame_hosts()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.youtube.com.evil.example/embed/abcdefghi-_",
        "https://evil.example/https://www.youtube.com/embed/abcdefghi-_",
        "https://user@www.youtube.com/embed/abcdefghi-_",
        "https://www.youtube.com@evil.example/embed/abcdefghi-_",
        "https://www.youtube.com:444/embed/abcdefghi-_",
        "https://www.youtube.com\\@evil.example/embed/abcdefghi-_",
        "https:\\\\www.youtube.com/embed/abcdefghi-_",
        "https://www.youtube.com/embed/abcde\nfghi-_",
        "https://www.youtube.com/embed/abcdefghi-_/../../evil",
        "https://www.youtube.com/embed/short",
        "https://www.youtube.com/watch?v=abcdefghi-_x",
        "https://www.youtube.com/redirect?q=https://evil.example",
        "https://evil.youtube.com/embed/abcdefghi-_",
        "//www.youtube.com/embed/abcdefghi-_",
        "http://www.youtube.com/embed/abcdefghi-_",
        "javascript://www.youtube.com/embed/abcdefghi-_",
        "data:text/html,https://www.youtube.com/embed/abcdefghi-_",
        "https://open.spotify.com/embed/evil/4Ib",
        "https://open.spotify.com/embed/episode/../../x",
        "https://x.com/ice/status/12x",
        "https://speakerdeck.com/ice/slides",
        "https://evil.example/@ice/12",
        "https://[::1/embed",
        "<iframe></iframe>",
        '<iframe src=""></iframe>',
        '<iframe srcdoc="<p>x</p>" src="https://www.youtube.com/embed/abcdefghi-_"></iframe>',
        '<p title="<iframe src=https://www.youtube.com/embed/abcdefghi-_>"></p>',
        '<iframe src="https://evil.example/"></iframe><iframe src="https://www.youtube.com/embed/abcdefghi-_">',
        '<![x[<iframe src="">',
    ],
)
def test_url_outside_the_table_is_no_embed(url):
    assert parse_embed(url) is None


def test_embed_is_found_in_a_players_html():
    html = '<iframe src="https://anchor.fm/ice/embed/episodes/19-5-Ice-e1" height="102px"></iframe>'

    assert parse_embed(html).id == "pod/ice/19-5-Ice-e1"


def test_every_provider_frames_only_its_own_hosts():
    assert frame_hosts() == tuple(sorted({host for each in PROVIDERS.values() for host in each.frame_hosts}))
    assert all(each.name for each in PROVIDERS.values())


def test_hosts_belong_to_one_provider():
    hosts = [host for provider in PROVIDERS.values() for host in provider.hosts]

    assert len(hosts) == len(set(hosts))


def test_frame_becomes_a_card():
    rendered = render(
        '<div style="text-align: center;">\n<iframe src="https://www.youtube.com/embed/abcdefghi-_" '
        'title="Ice & water"></iframe>\n</div>'
    )

    assert rendered.html.replace("\n", "") == (
        '<div class="center"><figure class="embed" data-provider="youtube" data-embed="abcdefghi-_"'
        ' data-frame="https://www.youtube-nocookie.com/embed/abcdefghi-_">'
        '<a href="https://www.youtube.com/watch?v=abcdefghi-_" rel="noopener">Ice &amp; water</a>'
        "</figure></div>"
    )
    (embed,) = rendered.outline.embeds
    assert (embed.provider, embed.id, embed.line) == ("youtube", "abcdefghi-_", 2)


@pytest.mark.parametrize("title", ["YouTube video player", "Embedded content", "Spotify", ""])
def test_player_without_a_telling_title_is_named_by_what_was_said_before(title):
    frame = f'<div>\n<iframe src="https://www.youtube.com/embed/abcdefghi-_" title="{title}"></iframe>\n</div>'

    same = "- [潮の動画](https://youtu.be/abcdefghi-_)"
    parts = [
        frame,
        "### 潮の話",
        frame,
        "- [月](https://example.org) の動画",
        frame,
        frame,
        "- [本](https://example.org)",
    ]

    html = render("\n\n".join([*parts, frame, same, frame])).html

    names = re.findall(r'<figure class="embed"[^>]*><a [^>]*>([^<]*)</a>', html)
    address = "https://www.youtube.com/watch?v=abcdefghi-_"
    assert names == [address, "潮の話", "月 の動画", "月 の動画 (2)", "潮の話 (2)", "潮の動画"]


def test_url_alone_in_a_paragraph_becomes_a_card():
    rendered = render("before\n\nhttps://youtu.be/abcdefghi-_\n\n- https://youtu.be/abcdefghi-_\n")

    assert [embed.line for embed in rendered.outline.embeds] == [3]
    assert [link.line for link in rendered.outline.links] == [5]
    assert "<p></p>" not in rendered.html


@pytest.mark.parametrize(
    ("html", "id"),
    [
        (f'<script async class="speakerdeck-embed" data-id="{KEY}" src="//x.example/e.js"></script>', KEY),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CK/">'
            '<div><a href="https://evil.example/">x</a></div></blockquote><script src="//x"></script>',
            "p/CK",
        ),
        (
            '<blockquote class="mastodon-embed" data-embed-url="https://mstdn.jp/@ice/12">x</blockquote>',
            "mstdn.jp/@ice/12",
        ),
    ],
)
def test_html_that_waits_for_a_script_becomes_a_card(html, id):
    rendered = render(html)

    assert [embed.id for embed in rendered.outline.embeds] == [id]
    assert "evil" not in rendered.html
    assert "script" not in rendered.html


def test_unknown_frame_becomes_a_link_and_a_warning():
    rendered = render('text\n\n<iframe src="https://example.org/map"></iframe>')

    assert '<a href="https://example.org/map" rel="noopener">example.org</a>' in rendered.html
    assert [(link.url, link.line) for link in rendered.outline.links] == [("https://example.org/map", 3)]
    (problem,) = rendered.warnings
    assert problem.line == 3
    assert "https://example.org/map" in problem.message


def test_frame_without_an_address_is_left_out_with_a_warning():
    rendered = render('<iframe src="" height="102px"></iframe>')

    assert rendered.html.strip() == ""
    assert len(rendered.warnings) == 1


def test_style_sheet_calls_providers_by_their_names():
    css = (settings.BASE_DIR / "static/css/parts/prose/blocks.css").read_text()
    spelled = dict(re.findall(r'embed\[data-provider="(\w+)"\]::before {\n  content: "(.+)";', css))

    assert set(re.findall(r'data-provider="(\w+)"', css)) <= PROVIDERS.keys()
    assert {key: spelled.get(key, key.capitalize()) for key in PROVIDERS if key != "note"} == {
        key: provider.name for key, provider in PROVIDERS.items() if key != "note"
    }
