"""The code on the printed certificate is read as a telephone reads it: it leads to the page that verifies this title."""

import pytest
import segno
from django.conf import settings
from django.urls import reverse

from certification import papers
from certification.models import Certificate
from tests.browser.qr import read, squares
from tests.certification.titled import titled


@pytest.mark.parametrize("length", [20, 30, 45, 62, 100])
def test_the_reader_reads_what_was_written_whatever_the_size(length):
    text = "http://a/" + "x" * (length - 9)
    assert read(squares(papers.qr(text))) == text
    assert squares(papers.qr(text)) == [list(row) for row in segno.make(text, error="m").matrix]


def test_the_code_on_the_sheet_leads_to_the_page_of_this_title(house, client, monkeypatch):
    printed = {}
    title = Certificate.objects.get(enterprise=titled())
    # The page first: with it every module is loaded that would otherwise keep the renderer of this test.
    address = reverse("public:verify", args=[title.number])
    page = client.get(address)
    with monkeypatch.context() as patch:
        patch.setattr(papers, "render", lambda name, told: printed.update(told) or b"")
        papers.certificate(title)
    scanned = read(squares(printed["qr"]))
    assert scanned == printed["address"] == settings.BASE_URL + address
    assert page.status_code == 200 and title.enterprise_name in page.content.decode()
    drawn = client.get(f"/titles/{title.number}/qr.svg").content.decode()
    assert read(squares(drawn)) == scanned
