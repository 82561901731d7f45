import pytest
from django.contrib.auth.models import Group

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_permissions_of_an_account_and_a_group_are_named_in_japanese(client):
    admin = make_user(name="admin", is_superuser=True)
    client.force_login(admin)
    group = Group.objects.create(name="新しい組")

    for path in (f"/admin/auth/user/{admin.pk}/change/", f"/admin/auth/group/{group.pk}/change/"):
        page = client.get(path).content.decode()

        assert "エピソード：公開" in page and "記事：追加" in page
        assert page.count('type="checkbox" name="') > 50  # each with its name; two lists would need a mouse
        assert "Can add" not in page and "Can publish" not in page
