"""The people of the house as fixtures; one of them has no access."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client

from foundation.accounts.models import Office, Post, User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.regions.models import by_path, forget_bodies
from foundation.workdays.counting import forget_calendar
from portal import tidying

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    forget_bodies()
    forget_calendar()
    yield


@pytest.fixture
def house(db) -> Iterator[Principal]:
    """The test's own reading and writing, with the sight of the house; requests narrow it and give it back."""
    principal = Principal.system("test")
    with scoped(principal):
        yield principal


@pytest.fixture
def private_root(tmp_path, settings):
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path


def make_official(username: str, path: str, *roles: str, second_factor: bool = True) -> User:
    """An official with posts in the office of the body at `path`; a second factor is set up, as the house requires."""
    body = by_path(path)
    office, _ = Office.objects.get_or_create(body=body, name=body.name)
    user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, name=username)
    for role in roles:
        Post.objects.create(user=user, office=office, role=role, since="2020-01-01")
    if second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not used here"})
    return user


@pytest.fixture
def county(house) -> User:
    return make_official("county", "64/6401/640104", "reviewer")


@pytest.fixture
def other_county(house) -> User:
    return make_official("other_county", "64/6402/640202", "reviewer")


@pytest.fixture
def city(house) -> User:
    return make_official("city", "64/6401", "reviewer", "leader")


@pytest.fixture
def province(house) -> User:
    return make_official("province", "64", "reviewer")


@pytest.fixture
def director(house) -> User:
    return make_official("director", "64", "leader")


@pytest.fixture
def stranger(house) -> User:
    """Somebody with an account and nothing else."""
    return User.objects.create_user("stranger", "stranger@example.org", PASSWORD, name="路人")


@pytest.fixture
def signed_in(client):
    def sign_in(user: User):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        show_factor(client, user)
        return client

    return sign_in


def show_factor(client: Client, user: User) -> None:
    """What a sign-in with the second factor leaves in the session; force_login() knows only the person."""
    if not Authenticator.objects.filter(user=user).exists():
        return
    session = client.session
    session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.save()


@pytest.fixture
def sql(house):
    def run(text: str, *values: object):
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else None

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what needs an empty house, then what needs the demo world, which is loaded once; the drills last."""

    def place(item: pytest.Item) -> tuple[bool, bool]:
        wants = getattr(item, "fixturenames", ())
        return "yard" in wants, "world" in wants

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Three thousand collected tests stay to the end as well."""
    tidying.keep_what_is_loaded()


WORLD: pytest.StashKey[ExitStack] = pytest.StashKey()


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker, tmp_path_factory, request):
    """The whole demo world, loaded once for all tests that ask for it; each test still rolls back its own writes.

    It is one open transaction. Whoever comes after the last of these tests may end it (test_drills.py).
    """
    from tests.worlds import loaded

    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stage = stack.enter_context(loaded(tmp_path_factory.mktemp("private")))
        request.config.stash[WORLD] = stack
        yield stage
