"""印章图样: a certificate is a specimen until the office has set its seal, and a seal stands only on what is in force."""

import base64
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from certification import certify, papers
from certification.stamp import stamp
from foundation import clock
from foundation.accounts.principal import Principal
from tests.factories import make_enterprise

pytestmark = pytest.mark.django_db
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


@pytest.fixture
def told(monkeypatch):
    """What is handed to the sheet."""
    seen = []
    monkeypatch.setattr(papers, "render", lambda name, data: seen.append(data) or b"")
    return seen


@pytest.fixture
def seal(tmp_path, settings):
    path = tmp_path / "seal.png"
    path.write_bytes(DOT)
    settings.CERTIFICATE_STAMP = str(path)
    return path


def title(origin="announced"):
    day = clock.today()
    return certify.issue(
        make_enterprise(),
        tier="specialised",
        first=day,
        last=certify.last_valid_day(day),
        actor=Principal.system("test"),
        origin=origin,
    )


def test_without_a_seal_a_certificate_is_a_specimen(house, told, client):
    found = title()
    papers.certificate(found)
    assert (told[0]["specimen"], told[0]["stamp"]) == (True, "")
    assert "下载证书（样张）" in client.get(f"/titles/{found.number}/").content.decode()


def test_with_a_seal_it_is_none_and_the_picture_is_on_the_sheet(house, seal, client):
    found = title()
    assert papers.certificate(found).startswith(b"%PDF")
    page = client.get(f"/titles/{found.number}/").content.decode()
    assert "下载证书" in page and "样张" not in page


def test_the_imported_stock_and_ended_titles_never_carry_it(house, seal, told):
    papers.certificate(title("imported"))
    ended = title()
    certify.run_out(ended, actor=Principal.system("test"))
    ended.refresh_from_db()
    papers.certificate(ended)
    papers.certificate(title())
    assert [bool(data["stamp"]) for data in told] == [False, False, True]
    assert {data["specimen"] for data in told} == {False}


@pytest.mark.parametrize("content", [None, b"GIF89a", b"<html></html>", DOT + b"\0" * 500_000])
def test_a_seal_that_cannot_be_used_is_found_at_the_start(tmp_path, settings, content):
    path = tmp_path / "seal"
    if content is not None:
        path.write_bytes(content)
    settings.CERTIFICATE_STAMP = str(path)
    with pytest.raises(SystemCheckError, match=re.escape("CERTIFICATE_STAMP")):
        call_command("check")


def test_an_svg_is_taken_as_it_is(tmp_path, settings):
    path = Path(tmp_path / "seal.svg")
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>', encoding="utf-8"
    )
    settings.CERTIFICATE_STAMP = str(path)
    assert stamp() == path.read_text(encoding="utf-8")
