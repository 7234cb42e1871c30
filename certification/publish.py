"""Load packs as drafts and publish them: a second person's act, and from then on the text cannot change."""

from django.db import transaction

from certification.models import Overlay, RuleSet
from certification.permissions import RULE_SET
from certification.rules.document import Document, Library, content_hash
from certification.rules.schema import PackDocument
from certification.sweep import ask_after_publishing
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.transitions import begin, move


def load(library: Library, *, actor: Principal) -> list[RuleSet | Overlay]:
    """Draft rows for packs whose text is not in the database yet; the same text is never loaded twice.

    PackError with the file and the path where a text cannot be compiled: it would break at its first use instead.
    """
    drafts: list[RuleSet | Overlay] = []
    for text in library.texts.values():
        row = _draft(text, library, actor)
        if row is not None:
            drafts.append(row)
    return drafts


def _draft(text: str, library: Library, actor: Principal) -> RuleSet | Overlay | None:
    mark = content_hash(text)
    document = next(d for c, d in library.documents.items() if content_hash(library.text(c)) == mark)
    model: type[RuleSet] | type[Overlay] = RuleSet if isinstance(document, PackDocument) else Overlay
    known = model.objects.filter(code=document.code)
    if known.filter(content_hash=mark).exists():
        return None
    compiled(library, document)
    row = model(
        code=document.code,
        revision=known.count() + 1,
        title=document.title,
        text=text,
        content_hash=mark,
        drafted_by_id=actor.user_id,
    )
    if isinstance(row, RuleSet) and isinstance(document, PackDocument):
        row.tier = document.tier
        row.effective_from = document.effective.from_
        row.effective_until = document.effective.until
    return begin(row, actor=actor, machine=RULE_SET, audience="public")


def compiled(library: Library, document: Document) -> None:
    """Everything of the text that can be wrong, tried once."""
    if not isinstance(document, PackDocument):
        library.overlay(document.code)
    elif document.tier:
        library.rule_set(document.code)
    elif document.sectors:
        _ = library.size


def publish(row: RuleSet | Overlay, *, actor: Principal) -> RuleSet | Overlay:
    """The older revision of the same code is retired in the same transaction."""
    with transaction.atomic():
        for older in type(row).objects.filter(code=row.code, state="published").exclude(pk=row.pk):
            move(older, "retire", actor=actor, machine=RULE_SET, reason=f"由第 {row.revision} 版接替")
        ask_after_publishing(row.code, row.revision)
        return move(
            row, "publish", actor=actor, machine=RULE_SET, published_at=clock.now(), published_by_id=actor.user_id
        )
