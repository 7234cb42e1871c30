"""The demo world: invented, labelled so, the same from the same seed. Loaded once into an empty database."""

import random
from collections.abc import Callable
from typing import Any

from django.db import transaction

from certification import blind, rereview, sweep
from enterprises.models import Enterprise
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.exchange import clients
from foundation.ledger import work
from incentives.models import MeasureItem
from incentives.register_channel import register_channel
from portal.demo import (
    calendar,
    cases,
    cohorts,
    consultations,
    desk,
    enterprises,
    entries,
    experts,
    handlers,
    incidents,
    letters,
    outages,
    people,
    titles,
    visits,
)

CLIENTS = (
    ("银川市工信系统（演示）", "64/6401", ["enterprises:read", "titles:read", "rules:evaluate", "applications:read", "applications:review", "changes:read"]),
    ("兴庆区企业服务平台（演示）", "64/6401/640104", ["enterprises:read", "titles:read", "rules:evaluate", "applications:read", "applications:review", "changes:read"]),
    ("石嘴山市数据平台（演示）", "64/6402", ["enterprises:read", "titles:read", "changes:read"]),
    ("自治区信用信息报送（演示）", "64", ["enterprises:read", "incidents:read", "incidents:write", "figures:read", "figures:write"]),
)  # fmt: skip
CHANNELS = (
    ("M02.4", "在“专利优先审查”窗口提交请求书，电话 0951-000 0001（演示）"),
    ("M13.5", "报名表交所在县（区）工业和信息化主管部门，电话 0951-000 0002（演示）"),
    ("M15.4", "由所在市服务专员主动联系；没有联系到的，电话 0951-000 0003（演示）"),
)


def load(keep: Callable[[dict[str, Any]], None] = lambda told: None) -> dict[str, Any] | None:
    """The accounts and clients with their secrets, or None when this database has people already.

    `keep` writes them down before the world is committed: people whose passwords nobody was told are no use to anybody.
    """
    if User.objects.exists():
        return None
    with transaction.atomic(), scoped(Principal.system("demo")):
        if Enterprise.objects.exists():
            return None
        told = furnish(random.Random(enterprises.SEED))
        keep(told)
    return told


def furnish(rng: random.Random) -> dict[str, Any]:
    accounts = people.make_officials()
    profiles = enterprises.make_profiles(rng)
    enterprises.make_facts(rng, profiles)
    titles.make_titles(rng, profiles, Principal.system("demo"))
    titles.make_past(profiles, Principal.system("demo"))
    desks: dict[str, Principal] = {}
    for user in User.objects.filter(posts__role="leader").distinct().order_by("pk"):
        principal = Principal.of_user(user)
        desks.setdefault(principal.office_path, principal)
    titles.divide_targets(desks["64"])
    cases.make_cases(rng, profiles, desks, accounts)
    desk.furnish(desks)
    letters.make_letters()
    handlers.make_handlers(accounts)
    for code, channel in CHANNELS:
        item = MeasureItem.objects.get(code=code)
        register_channel(item, channel=channel, source="演示用示例，不是真实渠道", actor=desks["64"])
    experts.make_experts(desks["64"], accounts)
    calendar.make_calendar(desks["64"], accounts)
    sweep.open_cycle()
    work.drain([rereview.KIND, blind.KIND])
    cohorts.make_cohort(desks["64"])
    incidents.make_incidents()
    entries.make_entry()
    outages.make_outages(desks["64"])
    visits.make_visits()
    consultations.make_consultations()
    return {"accounts": accounts, "api_clients": make_clients()}


def make_clients() -> list[dict[str, Any]]:
    told = []
    for name, reach, scopes in CLIENTS:
        client, secret = clients.add(name=name, reach=reach, scopes=scopes, actor=Principal.system("demo"))
        told.append(
            {"client_id": client.client_id, "client_secret": secret, "reach": reach, "scopes": scopes, "name": name}
        )
    return told
