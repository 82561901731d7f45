import ipaddress

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from interaxion.content.reasons import spell_reason
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, fetch
from interaxion.web.svg.cleaning import SvgRefused, clean_svg
from interaxion.web.xml_reading import XmlRefused, read_xml


@pytest.fixture(autouse=True)
def japanese():
    with translation.override("ja"):
        yield


def test_refusal_of_the_guard_is_told_in_the_language_of_its_reader():
    with pytest.raises(FetchRefused) as problem:
        fetch("http://127.0.0.1/feed.xml", most_bytes=10)

    assert spell_reason(problem.value) == (
        "http://127.0.0.1/feed.xml：127.0.0.1 は 127.0.0.1 を指し、公開されたアドレスではありません"
    )
    assert "127.0.0.1 is 127.0.0.1, which is not a public address" in str(problem.value)


def test_host_that_does_not_answer_is_told_with_the_words_of_the_system():
    networks = [ipaddress.ip_network("127.0.0.0/8")]
    with pytest.raises(FetchFailed) as problem:
        fetch("http://127.0.0.1:1/", most_bytes=10, allowed_networks=networks)

    assert spell_reason(problem.value).startswith("http://127.0.0.1:1/：ホストから応答がありません（")


def test_broken_xml_is_told_with_its_place():
    with pytest.raises(XmlRefused) as problem:
        read_xml(b"<rss>\n<channel></rss>")

    assert spell_reason(problem.value) == "正しい XML ではありません：2行 12列、終了タグが、直前の開始タグと合いません"


def test_refused_figure_says_why_in_one_language():
    with pytest.raises(SvgRefused) as refusal:
        clean_svg(b"<html></html>")

    assert spell_reason(refusal.value) == "最初の要素が SVG の <svg> ではありません"


def test_reasons_of_others_are_told_as_they_are():
    assert spell_reason(ValidationError(["一", "二"])) == "一 二"
    assert spell_reason(OSError("disk full")) == "disk full"
