import pytest

from interaxion.serving.site_names import site_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://podcasts.apple.com/jp/podcast/id1", "Apple Podcasts"),
        ("https://www.youtube.com/@someone", "YouTube"),
        ("https://www.example.org/show", "example.org"),
    ],
)
def test_site_name(url, name):
    assert site_name(url) == name
