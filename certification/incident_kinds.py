"""What may be reported of an enterprise, as data with clause, mark and the ground it may lead to."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from certification.grounds import Ground, grounds
from enterprises.vocabulary import vocabulary

FILE = Path(__file__).resolve().parent / "incidents.yaml"


@dataclass(frozen=True)
class IncidentKind:
    """`ground` names a line of exits.yaml; without one a confirmed incident only leads to help.

    `fact` is what a confirmed one proves, for as long as `lasts` says: "years" (the last three) or "listed" (until it is closed).
    """

    code: str
    label: str
    clause: str
    mark: str
    ground: str
    fact: str
    lasts: str

    @property
    def is_confirmed(self) -> bool:
        return self.mark == "V"

    @property
    def exit_ground(self) -> Ground | None:
        return grounds().get(self.ground)

    @property
    def fact_words(self) -> str:
        return vocabulary().facts[self.fact].label if self.fact else ""

    @property
    def help_first(self) -> bool:
        """Help comes first everywhere but with fraud and serious accidents."""
        return self.exit_ground is None or self.exit_ground.help_first


@lru_cache(maxsize=1)
def incident_kinds() -> dict[str, IncidentKind]:
    rows = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["kinds"]
    kinds = {code: IncidentKind(code, **row) for code, row in rows.items()}
    unknown = {kind.ground for kind in kinds.values() if kind.ground} - set(grounds())
    if unknown:
        raise ValueError(f"{FILE.name}: no such grounds: {sorted(unknown)}")
    facts = vocabulary().facts
    odd = [
        kind.code for kind in kinds.values()
        if kind.fact and (kind.fact not in facts or facts[kind.fact].type != "bool" or kind.lasts not in ("years", "listed"))
    ]  # fmt: skip
    if odd:
        raise ValueError(f"{FILE.name}: prove no yes or no, or nobody says for how long: {odd}")
    return kinds
