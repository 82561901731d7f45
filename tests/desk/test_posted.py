import pytest
from django.http import QueryDict
from django.test import RequestFactory

from interaxion.desk.saving.posted import posted, with_values


def test_posted_data_is_put_back_even_after_an_error():
    request = RequestFactory().post("/", {"title": "before"})

    with pytest.raises(ValueError), posted(request, QueryDict("title=inside")):
        assert request.POST["title"] == "inside"
        raise ValueError

    assert request.POST["title"] == "before"


def test_posted_keeps_the_uploaded_files(tmp_path):
    upload = tmp_path / "notes.txt"
    upload.write_text("text")
    with upload.open() as file:
        request = RequestFactory().post("/", {"file": file})

    with posted(request, QueryDict("title=inside")):
        assert request.FILES["file"].read() == b"text"


def test_posted_leaves_the_method_alone():
    request = RequestFactory().get("/")

    with posted(request, QueryDict("title=inside")):
        assert request.method == "GET"

    assert not request.POST


def test_with_values_replaces_all_values_of_a_name_and_leaves_the_data_alone():
    data = QueryDict("name=1&name=2&other=3")

    changed = with_values(data, {"name": "4"})

    assert changed.urlencode() == "name=4&other=3"
    assert data.getlist("name") == ["1", "2"]
