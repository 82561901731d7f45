"""The peers that the benchmarks install in an environment of its own, and what they say where it is missing."""

import re

import pytest

from tests.benchmarks.peers import wagtail
from tests.benchmarks.peers.missing import Missing


def test_environment_of_peers_is_pinned_with_hashes_and_names_no_registry():
    text = (wagtail.HERE / "requirements.txt").read_text()
    requirements = [entry for entry in re.split(r"\n(?=\w)", text) if not entry.startswith("#")]

    assert len(requirements) > 20
    assert all("==" in entry and "--hash=sha256:" in entry for entry in requirements)
    assert not re.search(r"https?://|--index-url", text)


def test_peers_are_missing_where_nobody_asked_for_them(monkeypatch, tmp_path):
    monkeypatch.delenv("BENCH_PEERS", raising=False)

    with pytest.raises(Missing, match="BENCH_PEERS=1"):
        wagtail.install(tmp_path)
