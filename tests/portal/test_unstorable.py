"""What no database can keep is refused in words, and the page after it still opens."""

import pytest
from django.test import Client

from foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_character_that_cannot_be_kept_is_refused_in_words_not_with_a_fault(world):
    """A bulk update breaks its transaction; the way back to before the act must still be open."""
    reader = Client(raise_request_exception=False)
    reader.force_login(User.objects.get(username="xingqing"))
    answer = reader.post("/messages/read/", {"message": "\x00'"})
    assert answer.status_code == 422
    assert "含有不能保存的字符" in answer.content.decode()
    assert reader.get("/messages/").status_code == 200
