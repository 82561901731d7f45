import pytest

from interaxion import environment


def test_mail_server_is_read_from_its_address():
    assert environment.mail("smtp+tls://show%40mail:p%3Aw@mail.example") == {
        "host": "mail.example",
        "port": 587,
        "username": "show@mail",
        "password": "p:w",
        "use_tls": True,
        "use_ssl": False,
    }
    assert environment.mail("smtps://mail.example:2465")["port"] == 2465
    assert environment.mail("smtps://mail.example")["use_ssl"]
    assert environment.mail("smtp://localhost")["port"] == 25
    assert environment.mail("") == {}


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        environment.mail(url)


def test_object_storage_is_read_from_its_address():
    storage = environment.media_storage("s3://key:se%2Fcret@s3.example:9000/bucket/a%20folder?region=eu-central-1")

    assert storage["OPTIONS"] == {
        "access_key": "key",
        "secret_key": "se/cret",
        "endpoint_url": "https://s3.example:9000",
        "bucket_name": "bucket",
        "location": "a folder",
        "region_name": "eu-central-1",
    }
    assert environment.media_storage("s3+http://localhost/b")["OPTIONS"]["endpoint_url"] == "http://localhost"
    assert environment.media_storage("s3://localhost/b")["OPTIONS"]["access_key"] is None
    assert "FileSystem" in environment.media_storage("")["BACKEND"]


@pytest.mark.parametrize("url", ["/srv/media", "s3:///bucket", "s3://host", "s3://host/", "http://host/bucket"])
def test_what_is_no_object_storage_is_refused(url):
    with pytest.raises(ValueError, match="MEDIA_STORAGE"):
        environment.media_storage(url)
