"""Titles of several cohorts, as if announced over four years: some run out soon, some entered this year."""

import random
from collections import Counter
from datetime import date, timedelta

from certification import certify
from certification.models import Announcement, Certificate
from certification.permissions import CERTIFICATE
from certification.target import set_target
from certification.tiers import WORDS, Tier, is_national, label
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.transitions import move
from portal.demo.enterprises import TIERS_BY_STRENGTH, Profile

DAYS = {
    Tier.INNOVATIVE: ("2023-11-10", "2024-04-12", "2024-11-08", "2025-04-18", "2025-10-31", "2026-04-10", "2026-09-18"),
    Tier.SPECIALISED: (
        "2023-10-10",
        "2023-12-20",
        "2024-01-15",
        "2024-08-28",
        "2025-08-29",
        "2026-05-20",
        "2026-08-28",
    ),
    Tier.LITTLE_GIANT: ("2023-12-15", "2024-09-03", "2025-10-15", "2026-10-20"),
    Tier.CHAMPION: ("2025-01-10",),
}

MOST_A_YEAR = {Tier.INNOVATIVE: 88, Tier.SPECIALISED: 43, Tier.LITTLE_GIANT: 2, Tier.CHAMPION: 2}
"""So that the invented year stands somewhere near its targets, below and above."""


def make_titles(rng: random.Random, profiles: list[Profile], house: Principal) -> None:
    announcements: dict[tuple[str, str], Announcement] = {}
    taken: Counter[tuple[str, int]] = Counter()
    for tier, at_least, chance in TIERS_BY_STRENGTH:
        for profile in profiles:
            if profile.strength < at_least or rng.random() > chance:
                continue
            day = date.fromisoformat(rng.choices(DAYS[tier], weights=range(2, 2 + len(DAYS[tier])))[0])
            if day > clock.today() - timedelta(days=20) or taken[tier, day.year] >= MOST_A_YEAR[tier]:
                continue
            taken[tier, day.year] += 1
            announcement = announcements.get((tier, day.isoformat())) or announce(tier, day)
            announcements[tier, day.isoformat()] = announcement
            certify.issue(
                profile.enterprise,
                tier=tier,
                first=day,
                last=certify.last_valid_day(day),
                announcement=announcement,
                origin="national" if is_national(tier) else "imported",
                actor=house,
            )


SHARES = {
    "64/6401": (45, 22), "64/6402": (15, 8), "64/6403": (15, 8), "64/6404": (8, 3), "64/6405": (10, 5), "64/ND": (7, 4),
}  # fmt: skip


def divide_targets(director: Principal) -> None:
    """The province's hundred and fifty of the year, divided among the regions by an invented meeting."""
    for path, counts in SHARES.items():
        for tier, count in zip((Tier.INNOVATIVE, Tier.SPECIALISED), counts, strict=True):
            set_target(
                {"year": str(clock.today().year), "region_path": path, "tier": tier, "minimum": str(count),
                 "source": "年度工作部署会（演示，不是真实分解）"},
                0, actor=director,
            )  # fmt: skip


def make_past(profiles: list[Profile], house: Principal) -> None:
    """Titles of 2022 that are over: some re-reviewed in time, most run out, a few given up; for the ledger to tell."""
    first = date(2022, 8, 29)
    last = certify.last_valid_day(first)
    announcement = announce(Tier.SPECIALISED, first)
    renewed = Certificate.objects.filter(tier=Tier.SPECIALISED, valid_from=last + timedelta(days=1)).order_by("id")
    told = [(title.enterprise, "renew", last + timedelta(days=1)) for title in renewed]
    leader = Principal.of_user(User.objects.get(username="sheng-chuzhang"))
    held = set(Certificate.objects.filter(tier=Tier.SPECIALISED).values_list("enterprise_id", flat=True))
    gone = [p.enterprise for p in profiles if p.enterprise.pk not in held][-11:]
    told += [
        (firm, "give_up" if n < 2 else "expire", date(2024, 5, 20) if n < 2 else last) for n, firm in enumerate(gone)
    ]
    for firm, act, on in told:
        old = certify.issue(
            firm, tier=Tier.SPECIALISED, first=first, last=last, announcement=announcement, origin="imported", actor=house
        )  # fmt: skip
        move(
            old, act, actor=leader if act == "give_up" else house, machine=CERTIFICATE, reason="自愿放弃（演示）", ended_on=on,
            end_reason={"renew": "", "give_up": "自愿放弃", "expire": "有效期满"}[act],
        )  # fmt: skip


def announce(tier: str, day: date) -> Announcement:
    words = WORDS[tier]
    number = f"（演示）{day.year}年{words.short}第{day.month:02d}号"
    return Announcement.objects.create(
        tier=tier,
        title=f"{day.year}年{label(tier)}{'公告' if words.act == '评价' else '认定'}名单（演示）",
        document_number=number,
        batch=f"{day.year}年{'上半年' if day.month < 7 else '下半年'}",
        announced_on=day,
        is_national=is_national(tier),
        at=clock.now(),
    )
