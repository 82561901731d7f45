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
