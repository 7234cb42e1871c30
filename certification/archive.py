"""存档: the list exactly as it was posted, as a file with its hash; and every private file of this storey, named.

Whoever keeps a copy can compare hashes with the page years later; whoever lost it can fetch it by the hash.
"""

import hashlib
from collections.abc import Iterator

from certification import papers
from certification.models import Letter, ObjectionPaper, Posting, VisitPhoto
from enterprises.attach import keep
from enterprises.reconcile import KEEPERS
from enterprises.scan import WAITING


def archive(posting: Posting, *, starts: str, ends: str, content_hash: str) -> str:
    """Write the list as PDF and return its SHA-256. The file lies on disk before a row points at it."""
    rows = [
        [str(i.place), i.enterprise_name, i.credit_code, i.region_name] for i in posting.items.order_by("place")
    ]  # fmt: skip
    content = papers.render(
        "posting",
        {
            "title": posting.title, "office": posting.office_name, "number": posting.document_number, "starts": starts,
            "ends": ends, "contact": posting.contact or "—", "disciplinary": posting.disciplinary_contact or "—",
            "rows": rows, "hash": content_hash,
        },
    )  # fmt: skip
    digest = hashlib.sha256(content).hexdigest()
    keep(content, digest)
    return digest


def kept_files() -> Iterator[str]:
    """The hashes that rows of this storey point at."""
    yield from Posting.objects.exclude(file_hash="").values_list("file_hash", flat=True)
    yield from Letter.objects.exclude(file_hash="").values_list("file_hash", flat=True)
    yield from ObjectionPaper.objects.values_list("sha256", flat=True)
    yield from VisitPhoto.objects.values_list("sha256", flat=True)


KEEPERS.append(kept_files)
WAITING.extend([ObjectionPaper.objects.all, VisitPhoto.objects.all])
