"""Where the legal representative has divided the work, nobody writes into another's part."""

from collections.abc import Mapping
from typing import Any

from certification.form import Step
from certification.models import Application
from enterprises.permissions import parts_of
from foundation.accounts.principal import Principal
from foundation.refusals import Refused


def keep_to_own_parts(application: Application, steps: list[Step], given: Mapping[str, Any], actor: Principal) -> None:
    """Refused("forbidden") with what was typed, so that it can be handed to whoever is responsible."""
    mine = parts_of(actor, application.enterprise_id)
    if mine is None:
        return
    changed = {name for name, value in given.items() if application.answers.get(name) != value}
    foreign = [step for step in steps if step.code not in mine and changed & {f.name for f in step.fields}]
    if not foreign:
        return
    names = [f.name for step in foreign for f in step.fields if f.name in changed]
    raise Refused(
        "forbidden",
        f"“{'、'.join(step.title for step in foreign)}”由其他同事负责，您填的没有保存，列在下面。"
        "请交给负责的同事，或请法定代表人改分工。",
        yours={name: given[name] for name in names},
        theirs={name: application.answers.get(name, "") for name in names},
        draft_version=application.draft_version,
    )
