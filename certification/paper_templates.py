"""材料清单模板: the lines that a call of a tier and case usually asks for, as the drafting official finds them in the form."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from certification.tiers import CaseType, Tier

FILE = Path(__file__).resolve().parent / "paper_templates.yaml"


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return dict(YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8")))


def template(tier: str, case_type: str) -> str:
    """One paper a line, * before what everybody hands in; empty where no list is known. Source: `facts.md` §11.5."""
    return "\n".join((_file().get(tier) or {}).get(case_type, ()))


def is_untouched(text: str) -> bool:
    """Whether the list is a template as it was brought in, of whatever tier: then nobody has worked on it yet."""
    said = [line.strip() for line in text.strip().splitlines()]
    return any(said == told.splitlines() for told in (template(tier, case) for tier in Tier for case in CaseType))
