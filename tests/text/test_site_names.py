"""Which end of a title is the name of the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.site_names import without_site_name


@pytest.mark.parametrize(
    ("title", "url", "shorter"),
    [
        ("植物 - Wikipedia", "https://ja.wikipedia.org/wiki/x", "植物"),
        ("植物 - ウィキペディア", "https://ja.wikipedia.org/wiki/x", "植物"),
        ("A paper on tides - Nature", "https://www.nature.com/articles/1", "A paper on tides"),
        ("The tides of a small sea - Nature Communications", "https://www.nature.com/x", "The tides of a small sea"),
        ("Tides and the Moon - SpringerLink", "https://link.springer.com/article/1", "Tides and the Moon"),
        ("Tides | Quanta Magazine", "https://www.quantamagazine.org/tides", "Tides"),
        ("Physics - Tides Then and Now", "https://physics.aps.org/articles/1", "Tides Then and Now"),
        ("JAXA - 潮の満ち引きに関する発表について", "https://www.jaxa.jp/press/1", "潮の満ち引きに関する発表について"),
        ("潮と月｜筆者｜note", "https://note.com/writer/n/1", "潮と月｜筆者"),
        ("潮 | Science | AAAS", "https://www.science.org/doi/1", "潮"),
        ("Tides of crystals - Physical Review Letters", "https://doi.org/10.1103/PhysRevLett.1.1", "Tides of crystals"),
        ("A paper on tides of spin - Physical Review B", "https://journals.aps.org/prb/1", "A paper on tides of spin"),
        ("Tides - Nature", "https://dx.doi.org/10.1038/nature1", "Tides"),
        (
            "Tides of small seas and of large seas - Annual Review of Seas",
            "https://doi.org/10.1146/annurev-1",
            "Tides of small seas and of large seas",
        ),
        ("A tide - Progress of Theoretical Tides - Oxford Academic", "https://academic.oup.com/ptp/1", "A tide"),
        (
            "潮の満ち引きと月の引力のはなし - 東京大学 大学院理学系研究科",
            "https://www.s.u-tokyo.ac.jp/1",
            "潮の満ち引きと月の引力のはなし",
        ),
        # No end names the host.
        ("Tides - Physical Review Letters", "https://doi.org/10.9999/tides", None),
        ("Tides - Physical Reviewers of all seas", "https://journals.aps.org/prx/1", None),
        ("潮の満ち引きと月の引力のはなし - 東京大学出版会", "https://www.s.u-tokyo.ac.jp/1", None),
        ("Phys. Rev. X 12 - Tides of Altermagnets", "https://journals.aps.org/prx/1", None),
        ("汐 - 月の本 OFFICIAL WEB SITE", "https://tides.example/1", None),
        ("Tides - Nature of the ebb and the flow", "https://www.nature.com/articles/1", None),
        ("A-B", "https://a.example/1", None),
        ("潮", "https://a.example/1", None),
        ("News - 潮の話をまとめて読む", "https://news.example/1", None),
        # A front page has the name of its site for a title.
        ("Tideland - Maps of All Tides", "https://tideland.example/", None),
        ("潮 - Nature", "not an address", None),
    ],
)
def test_name_of_the_site_is_told_by_the_host(title, url, shorter):
    assert without_site_name(title, url) == (shorter or title)


@given(st.text(alphabet="Aa.- |｜:/ 光", max_size=500))
def test_any_title_is_read(title):
    assert without_site_name(title, "https://aa.example/1") in title
