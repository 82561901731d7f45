"""Backups that somebody changed with care: the hashes fit."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from interaxion.sitewide.backup.archive import NewArchive
from interaxion.sitewide.backup.manifest import NAME, Manifest, Table, read_manifest


def rewrite(source: Path, change: Callable[[Manifest, dict[str, bytes]], None]) -> Path:
    """Write the backup again, with what `change` makes of the manifest and the files, all hashed anew."""
    target = source.with_name(f"changed-{source.name}")
    with zipfile.ZipFile(source) as file:
        files = {name: file.read(name) for name in file.namelist()}
    manifest = read_manifest(files.pop(NAME))
    change(manifest, files)
    with target.open("w+b") as stream, NewArchive(stream) as archive:
        for name, data in files.items():
            member = archive.add(name, [data])
            folder, _slash, rest = name.partition("/")
            label = rest.removesuffix(".jsonl")
            if folder == "tables" and label in manifest.tables:
                last_id = manifest.tables[label].last_id
                manifest.tables[label] = Table(member.bytes, member.sha256, data.count(b"\n"), last_id)
            elif folder == "media" and rest in manifest.media:
                manifest.media[rest] = member
        archive.finish(manifest)
    return target
