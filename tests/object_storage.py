"""A throw-away S3-compatible server on this machine: OpenStack Swift with its `s3api`, which checks signatures.

Its packages are in an environment of their own (tests/swift/.venv, set up by `make test`): nothing of ours needs them.
"""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3

from tests.services import LOOPBACK, ServiceMissing, free_port, wait_until_open

ENVIRONMENT = Path(__file__).parent / "swift" / ".venv"
KEY, SECRET, BUCKET, REGION = "test:tester", "testing-secret", "media", "us-east-1"
_RINGS = ("account", "container", "object")
_DEFAULT = """
[DEFAULT]
bind_ip = {host}
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
devices = {folder}
mount_check = false
log_level = CRITICAL
log_address = {folder}/log
[pipeline:main]
pipeline = {pipeline}
"""
_STORE = """
[app:{kind}-server]
use = egg:swift#{kind}
"""
_PROXY = f"""
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_{KEY.replace(":", "_")} = {SECRET} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
"""


def missing() -> str:
    """Why there is no server, or nothing."""
    return "" if (ENVIRONMENT / ".ready").exists() else "tests/swift/.venv is not set up"


@contextmanager
def running() -> Iterator[str]:
    """Start the server, make a bucket, and yield its MEDIA_STORAGE. Raises ServiceMissing."""
    if reason := missing():
        raise ServiceMissing(reason)
    with (
        tempfile.TemporaryDirectory(prefix="interaxion-swift-", dir=_folder_with_xattr()) as name,
        ExitStack() as stack,
    ):
        folder = Path(name)
        (folder / "disk").mkdir()
        (folder / "swift.conf").write_text(
            "[swift-hash]\nswift_hash_path_suffix = test\n[storage-policy:0]\nname = one\ndefault = yes\n"
        )
        ports = {kind: free_port() for kind in (*_RINGS, "proxy")}
        for kind in _RINGS:
            _make_ring(folder, kind, ports[kind])
        for kind, port in ports.items():
            _write_configuration(folder, kind, port)
            log = stack.enter_context((folder / f"{kind}.log").open("wb"))
            server = subprocess.Popen(
                [str(ENVIRONMENT / "bin" / f"swift-{kind}-server"), str(folder / f"{kind}.conf")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            stack.callback(server.wait)
            stack.callback(server.terminate)
            wait_until_open(port, server)
        _make_bucket(f"http://{LOOPBACK}:{ports['proxy']}")
        yield f"s3+http://{KEY.replace(':', '%3A')}:{SECRET}@{LOOPBACK}:{ports['proxy']}/{BUCKET}/site?region={REGION}"


def _make_bucket(endpoint: str) -> None:
    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": REGION}
    boto3.client("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket=BUCKET)


def _make_ring(folder: Path, kind: str, port: int) -> None:
    builder = str(ENVIRONMENT / "bin" / "swift-ring-builder")
    file = str(folder / f"{kind}.builder")
    for arguments in (["create", "4", "1", "1"], ["add", f"r1z1-{LOOPBACK}:{port}/disk", "1"], ["rebalance"]):
        subprocess.run([builder, file, *arguments], check=True, stdout=subprocess.DEVNULL)


def _write_configuration(folder: Path, kind: str, port: int) -> None:
    pipeline = (
        "catch_errors listing_formats s3api tempauth copy slo proxy-server" if kind == "proxy" else f"{kind}-server"
    )
    user = pwd.getpwuid(os.geteuid()).pw_name
    head = _DEFAULT.format(host=LOOPBACK, port=port, user=user, folder=folder, pipeline=pipeline)
    (folder / f"{kind}.conf").write_text(head + (_PROXY if kind == "proxy" else _STORE.format(kind=kind)))


def _folder_with_xattr() -> str | None:
    """Return a folder whose file system keeps extended attributes, which Swift needs; some tmpfs do not."""
    var = Path(__file__).resolve().parent.parent / "var"
    var.mkdir(exist_ok=True)
    return str(var)
