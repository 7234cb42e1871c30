"""One honest page of paper for the demo: it says that it proves nothing."""

from io import BytesIO

import pikepdf


def one_page(words: str) -> bytes:
    """A valid one-page PDF whose title carries the words."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = words
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
