"""The published rules of the database as a library that judges; a process reads each text once."""

from collections.abc import Iterable
from functools import lru_cache

from certification.models import Application, Overlay, RuleSet
from certification.rules.compiling import CompiledOverlay, CompiledRuleSet
from certification.rules.document import Library, content_hash, load_all

Hashes = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def _compiled(hashes: Hashes) -> Library:
    texts = {row.code: row.text for model in (RuleSet, Overlay) for row in model.objects.filter(state="published")}
    return Library(texts)


def published() -> Library:
    """Everything published now. One query; compiled anew only when a hash has changed."""
    return _compiled(_hashes())


def _hashes() -> Hashes:
    rule_sets, notices = (
        model.objects.filter(state="published").order_by().values_list("code", "content_hash")
        for model in (RuleSet, Overlay)
    )
    return tuple(sorted(rule_sets.union(notices, all=True)))


def pinned(code: str, content: str) -> CompiledRuleSet:
    """The very text a case was filed under, retired or not."""
    return _pinned(code, content, _hashes())


def pinned_of_many(applications: Iterable[Application]) -> dict[int, CompiledRuleSet]:
    """The same by the key of each case; what is published is asked once, however many cases and standards there are."""
    cases = list(applications)
    hashes = _hashes() if cases else ()
    return {case.pk: _pinned(case.rule_set_code, case.rule_set_hash, hashes) for case in cases}


@lru_cache(maxsize=32)
def _pinned(code: str, content: str, hashes: Hashes) -> CompiledRuleSet:
    """A text once written never changes; what it refers to is what is published."""
    library = _compiled(hashes)
    row = RuleSet.objects.filter(code=code, content_hash=content).order_by("-revision").first()
    if row is None or library.documents.get(code) is None:
        raise LookupError(f"{code} {content}")
    if content_hash(row.text) == content_hash(library.texts[code]):
        return library.rule_set(code)
    return Library({**library.texts, code: row.text}).rule_set(code)


def overlays(codes: list[str]) -> list[CompiledOverlay]:
    library = published()
    return [library.overlay(code) for code in codes]


def seeds() -> Library:
    """The packs in git: the seed of the published rows."""
    return load_all()
