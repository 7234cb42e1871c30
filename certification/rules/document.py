"""Reads a pack: YAML text → checked document → compiled rule set. Every error names the file and the path."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from certification.rules.compiling import CompiledOverlay, CompiledRuleSet, compile_overlay, compile_rule_set
from certification.rules.problems import PackError
from certification.rules.schema import OverlayDocument, PackDocument, read_document
from certification.rules.sizing import SizeStandard, compile_size

POLICIES = Path(__file__).resolve().parent.parent / "policies"
Document = PackDocument | OverlayDocument


def canonical(text: str) -> str:
    """Line ends and trailing blanks do not make another rule."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n")) + "\n"


def content_hash(text: str) -> str:
    """sha256 of the canonical text, hex."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()


def parse(text: str, name: str) -> Document:
    """A checked document; PackError with the file and the path of what is wrong."""
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = False
    try:
        raw = yaml.load(text)
    except YAMLError as error:
        raise PackError(name, "", str(error).replace("\n", " ")) from error
    if not isinstance(raw, Mapping):
        raise PackError(name, "", "应为一个映射")
    return read_document(raw, name)


@dataclass
class Library:
    """Rule sets and notices by code, with the size standard they lean on."""

    texts: Mapping[str, str]
    documents: dict[str, Document] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    _compiled: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, text in self.texts.items():
            document = parse(text, name)
            if document.code in self.documents:
                raise PackError(name, "code", f"{document.code} 已有同名规则")
            self.documents[document.code] = document
            self.files[document.code] = name

    def text(self, code: str) -> str:
        return self.texts[self.files[code]]

    def codes(self) -> list[str]:
        return sorted(c for c, d in self.documents.items() if isinstance(d, PackDocument) and d.tier)

    def overlay_names(self) -> list[str]:
        return sorted(c for c, d in self.documents.items() if isinstance(d, OverlayDocument))

    @property
    def size(self) -> SizeStandard:
        if "size" not in self._compiled:
            found = next((d for d in self.documents.values() if isinstance(d, PackDocument) and d.sectors), None)
            if found is None:
                raise PackError("policies", "sectors", "没有划型标准")
            self._compiled["size"] = compile_size(found)
        size: SizeStandard = self._compiled["size"]
        return size

    def rule_set(self, code: str) -> CompiledRuleSet:
        """KeyError with the known codes when there is none."""
        document = self.documents.get(code)
        if not isinstance(document, PackDocument) or not document.tier:
            raise KeyError(f"没有规则集 {code}；现有 {'、'.join(self.codes())}")
        if code not in self._compiled:
            self._compiled[code] = compile_rule_set(document, self.size, self.files[code])
        compiled: CompiledRuleSet = self._compiled[code]
        return compiled

    def overlay(self, code: str) -> CompiledOverlay:
        document = self.documents.get(code)
        if not isinstance(document, OverlayDocument):
            raise KeyError(f"没有年度通知 {code}；现有 {'、'.join(self.overlay_names())}")
        key = f"overlay {code}"
        if key not in self._compiled:
            self._compiled[key] = compile_overlay(document, self.files[code])
        compiled: CompiledOverlay = self._compiled[key]
        return compiled


def load_all(path: Path | None = None) -> Library:
    """Every pack below `path` (default: the seed packs in `certification/policies/`)."""
    folder = path or POLICIES
    return Library(
        {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.yaml"))}
    )


@lru_cache(maxsize=1)
def seed_library() -> Library:
    """The seed packs, read once a process."""
    return load_all()


__all__ = ["CompiledOverlay", "CompiledRuleSet", "Document", "Library", "PackError", "content_hash", "date", "load_all",
           "parse", "seed_library"]  # fmt: skip
