"""A running call per tier and applications in every state, made by the verbs themselves."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

from certification import announce, apply, draft_list, override, posting, put_forward, recommend, review, tell_list
from certification import call as calls
from certification.models import Application, Call, Certificate, Posting, Submission
from certification.tiers import WORDS, CaseType, Tier, label
from enterprises.models import Enterprise, Membership
from enterprises.yearly import known_values
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from portal.demo.consultations import settle
from portal.demo.decisions import demonstrate_letter, demonstrate_meeting, demonstrate_objection
from portal.demo.enterprises import Profile
from portal.demo.judging import judge_all
from portal.demo.papers import PAPERS, lay_papers
from portal.demo.people import hashed, make_password_for

ANSWERS = {
    "actual_controller": "示例某某（演示）",
    "ownership": "民营",
    "controlling_shareholder": "示例某某（演示）",
    "contact_email": "demo@example.org",
    "postcode": "750000",
    "listing": "无计划",
    "product_text": "主导产品用于装备制造，关键指标达到同类产品先进水平。以上为演示内容。",
    "overview": "本企业为演示虚构企业，长期专注一个细分市场。以上为演示内容。",
    "helper": "本企业自己填写",
    "truth": True,
    "compliance": True,
    "signed_by": "示例某某（演示）",
}

MORE_ANSWERS = {
    "registered_place": "宁夏回族自治区（演示）",
    "legal_phone": "0951-000 0002",
    "contact_fax": "0951-000 0003",
}
"""What the form asks above the first step and nobody must answer; `more_answers()` adds what differs from firm to firm."""


FIRST_DESKS = ("64/6401/640104", "64/6402/640202", "64/6401/JK", "64/ND")
"""Counties and zones with a demo account."""


def make_calls(director: Principal) -> dict[str, Call]:
    moment = clock.now()
    made = {}
    for tier in Tier.values:
        words = WORDS[tier]
        call = calls.draft(
            Call(
                tier=tier,
                case_type=CaseType.NEW,
                year=moment.year,
                batch="第二批" if tier in ("innovative", "specialised") else "年度",
                title=f"关于组织{moment.year}年{label(tier)}{words.act}申报的通知（演示）",
                document_number=f"（演示）宁示例函〔{moment.year}〕{10 + len(made)}号",
                opens_at=moment - timedelta(days=18),
                closes_at=(moment + timedelta(days=21)).replace(hour=18, minute=0, second=0, microsecond=0),
                posting_length=5,
                posting_unit="workday",
                documents=[{"kind": kind, "title": title, "required": True} for kind, title in PAPERS[tier]],
                instructions="材料以审计报告为准；本通知为演示内容。",
                contact="0951-000 0000（演示）",
                disciplinary_contact="派驻纪检监察组 0951-000 0001（演示）",
            ),
            actor=director,
        )
        made[tier] = calls.publish(call, actor=director)
    return made


def make_member(
    enterprise: Enterprise, username: str, name: str, told: list[dict[str, Any]], state: str = "verified"
) -> Principal:
    password = make_password_for(username)
    user = User.objects.create(username=username, name=name, password=hashed(password))
    Membership.objects.create(
        user=user, enterprise=enterprise, region_path=enterprise.region_path, enterprise_name=enterprise.name,
        role="owner", state=state, method="platform" if state == "verified" else "", requested_at=clock.now(),
        decided_at=clock.now() if state == "verified" else None,
    )  # fmt: skip
    told.append(
        {
            "username": username, "password": password, "role": "企业" if state == "verified" else "企业（未核实）",
            "office": None, "region": enterprise.region_path, "enterprise": enterprise.name,
        }
    )  # fmt: skip
    return Principal.of_user(user)


def quiet_member(enterprise: Enterprise, serial: int) -> Principal:
    """A member nobody signs in as: it files the background cases."""
    user = User(username=f"yanshi-{serial:03d}", name=f"演示经办{serial}")
    user.set_unusable_password()
    user.save()
    Membership.objects.create(
        user=user, enterprise=enterprise, region_path=enterprise.region_path, enterprise_name=enterprise.name,
        role="owner", state="verified", method="platform", requested_at=clock.now(), decided_at=clock.now(),
    )  # fmt: skip
    return Principal.of_user(user)


def file(application: Application, member: Principal) -> None:
    enterprise = application.enterprise
    apply.save(
        application,
        ANSWERS | more_answers(enterprise) | {"main_product": enterprise.main_product},
        seen_version=application.draft_version,
        actor=member,
    )
    apply.submit(application, actor=member)


def more_answers(enterprise: Enterprise) -> dict[str, Any]:
    """Invented answers to the optional questions; the innovative form has none of them and leaves them aside."""
    rng = random.Random(enterprise.credit_code)
    told = known_values(enterprise, clock.today())
    income = round(float(told.get("main_revenue_y0", 0)) * rng.uniform(0.7, 0.9), 2)
    return MORE_ANSWERS | {
        "main_product_revenue": str(income),
        "brand_revenue": str(round(income * rng.uniform(0.5, 0.9), 2)),
        "business_systems": rng.sample(["研发设计", "生产制造", "供应链", "财务"], 2),
        "on_cloud": rng.random() < 0.6,
        "standards_told": rng.choice(["参与行业标准 1 项（演示）", "参与团体标准 2 项（演示）", "没有"]),
        "market_share_before": str(round(rng.uniform(1, 12), 1)),
        "market_rank_before": str(rng.randint(3, 30)),
        "big_customers": "为区内示例龙头企业配套（演示），金额见合同",
    }


def advance(application: Application, goal: str, desks: dict[str, Principal], rng: random.Random) -> None:
    """Walk a filed case to its goal by the acts of the offices on its route."""
    steps = ("screening", "city_review", "province_review", "final")
    wanted = steps.index(
        {"returned": "screening", "refused": "city_review", "refused_at_province": "province_review"}.get(
            goal, goal if goal in steps else "final"
        )
    )
    while application.state in steps and steps.index(application.state) < wanted:
        desk = desk_for(application, desks)
        judge_all(application, desk)
        if application.state == "province_review":
            return
        review.recommend(application, actor=desk, opinion="材料齐全，同意推荐（演示）")
    if goal == "returned" and application.state == "screening":
        items = [{"field": "product_text", "reason": "请补充主导产品的关键指标和对比数据", "clause": "申请书 三"}]
        review.return_for_correction(application, items, actor=desk_for(application, desks))
    if goal == "refused" and application.state in ("city_review", "province_review"):
        review.refuse(
            application,
            actor=desk_for(application, desks),
            reason="主导产品与所附材料不一致（演示）",
            reason_code="evidence",
        )


def desk_for(application: Application, desks: dict[str, Principal]) -> Principal:
    if application.state == "screening":
        return desks.get(application.region_path) or office_at(application.region_path, desks)
    if application.state == "city_review":
        path = application.region_path.rpartition("/")[0]
        return desks.get(path) or office_at(path, desks)
    return desks["64"]


def office_at(path: str, desks: dict[str, Principal]) -> Principal:
    """An office without a demo account: its desk is held by a person nobody signs in as."""
    from foundation.accounts.models import Office, Post
    from foundation.regions.models import by_path

    body = by_path(path)
    office, _ = Office.objects.get_or_create(body=body, name=body.name)
    user = User(username=f"gangwei-{body.code}", name=f"{body.short_name}审核（演示）")
    user.set_unusable_password()
    user.save()
    Post.objects.bulk_create(
        Post(user=user, office=office, role=role, since="2024-01-01") for role in ("reviewer", "leader")
    )
    desks[path] = Principal.of_user(user)
    return desks[path]


def make_cases(
    rng: random.Random, profiles: list[Profile], desks: dict[str, Principal], told: list[dict[str, Any]]
) -> None:
    first_desks = Counter({path: 0 for path in desks if path in FIRST_DESKS})
    open_calls = make_calls(desks["64"])
    held: dict[int, set[str]] = {}
    for pk, tier in Certificate.objects.filter(state="valid").values_list("enterprise_id", "tier"):
        held.setdefault(pk, set()).add(tier)
    personas(profiles, held, open_calls, told)
    plan = (
        (Tier.INNOVATIVE, set(), ["draft", "screening", "screening", "city_review", "province_review", "returned", "refused", "posted", "decided", "withdrawn"] * 2 + ["granted", "listed"]),
        (Tier.SPECIALISED, {"innovative"}, ["draft", "screening", "screening", "city_review", "province_review", "province_review", "returned", "refused", "posted", "decided"] * 2 + ["refused_at_province"]),
        (Tier.LITTLE_GIANT, {"specialised"}, ["draft", "screening", "city_review", "province_review", "recommended", "recommended", "national_granted", "national_refused"]),
        (Tier.CHAMPION, {"little_giant"}, ["draft", "province_review"]),
    )  # fmt: skip
    serial, used = 0, {a.enterprise_id for a in Application.objects.all()}
    for tier, needs, goals in plan:
        call = open_calls[tier]
        fit = [
            p for p in profiles
            if needs <= held.get(p.enterprise.pk, set()) and tier not in held.get(p.enterprise.pk, set())
            and p.enterprise.pk not in used
        ]  # fmt: skip
        fit.sort(key=lambda p: -p.strength)
        waiting: dict[str, list[Application]] = {}
        for goal in goals:
            profile = next_for(goal, fit, first_desks)
            if profile is None:
                break
            fit.remove(profile)
            serial += 1
            used.add(profile.enterprise.pk)
            member = quiet_member(profile.enterprise, serial)
            drawn = goal in ("screening", "returned") and profile.enterprise.region_path in FIRST_DESKS
            lay_papers(profile.enterprise, tier, drawn=drawn)
            with scoped(Principal.system("demo")):
                application = apply.start(call, profile.enterprise, actor=member)
                if goal == "draft":
                    continue
                file(application, member)
                if goal == "withdrawn":
                    apply.withdraw(application, actor=member)
                    continue
                advance(application, goal, desks, rng)
                waiting.setdefault(goal, []).append(application)
        finish(call, waiting, desks["64"])
        if tier == Tier.INNOVATIVE:
            demonstrate_meeting(call, desks["64"])
        for refused in waiting.get("refused_at_province", []):
            if refused.state == "province_review":
                reviewer = Principal.of_user(User.objects.get(username="sheng-shenhe"))
                demonstrate_letter(refused, reviewer, desks["64"])
    backdate(rng)


def next_for(goal: str, fit: list[Profile], desks: Counter[str]) -> Profile | None:
    """The strongest firm left; what waits in a county goes in turn to the counties that have a demo desk."""
    if goal in ("screening", "returned"):
        for path in sorted(desks, key=lambda path: (desks[path], path)):
            here = [p for p in fit if p.enterprise.region_path == path]
            if here:
                desks[path] += 1
                return here[0]
    return fit[0] if fit else None


def backdate(rng: random.Random) -> None:
    """Cases did not all arrive in the second the demo was loaded: spread them over the window so far."""
    moment = clock.now()
    for application in Application.objects.exclude(submitted_at=None).order_by("id"):
        filed = moment - timedelta(days=rng.randint(6, 16), hours=rng.randint(0, 9), minutes=rng.randint(0, 59))
        since = max(filed, moment - timedelta(days=rng.randint(0, 12), hours=rng.randint(0, 9)))
        Application.objects.filter(pk=application.pk).update(submitted_at=filed, stage_since=since)
        Submission.objects.filter(application=application).update(submitted_at=filed)


NATIONAL = ("recommended", "national_granted", "national_refused")


def finish(call: Call, waiting: dict[str, list[Application]], director: Principal) -> None:
    """Postings: one that has run out, one that runs, and one that waits for a second person; national cases are recommended."""
    house = Principal.system("demo")
    reviewer = Principal.of_user(User.objects.get(username="sheng-shenhe"))
    for case in [a for goal in ("decided", "granted", "posted", "listed", *NATIONAL) for a in waiting.get(goal, [])]:
        settle(case, reviewer)
        if case.state == "province_review" and override.unsigned([case]):
            told = {"reason_code": "source_preferred", "text": "审计报告与自述不一致，按审计报告判断（演示）"}
            override.sign(override.ask(case, told, actor=reviewer), actor=director)
    ready = [a for goal in ("decided", "granted") for a in waiting.get(goal, []) if a.state == "province_review"]
    if ready:
        past = posting.start(draft_list.draft_list(call, ready, actor=reviewer), actor=director)
        tell_list.tell(past, actor=house)
        yesterday = clock.today() - timedelta(days=1)
        Posting.objects.filter(pk=past.pk).update(starts_on=yesterday - timedelta(days=6), ends_on=yesterday)
        posting.end_due(actor=house)
        if over := list(Application.objects.filter(pk__in=[a.pk for a in waiting.get("granted", [])], state="decided")):
            number = f"（演示）宁示例公告〔{clock.today().year}〕1号"
            announce.publish(announce.draft(call, over, actor=reviewer, document_number=number), actor=director)
    running = [a for a in waiting.get("posted", []) if a.state == "province_review"]
    if running:
        started = posting.start(draft_list.draft_list(call, running, actor=reviewer), actor=director)
        tell_list.tell(started, actor=house)
        demonstrate_objection(started, director)
    drafted = [a for a in waiting.get("listed", []) if a.state == "province_review"]
    if drafted:
        draft_list.draft_list(
            call, drafted, actor=director, document_number=f"（演示）宁示例公示〔{clock.today().year}〕8号"
        )
    for_ministry = [a for goal in NATIONAL for a in waiting.get(goal, []) if a.state == "province_review"]
    if for_ministry:
        made = put_forward.draft(call, for_ministry, actor=reviewer, letter_number="（演示）宁示例推〔2026〕1号")
        put_forward.send(made, actor=director)
    for case in Application.objects.filter(pk__in=[a.pk for a in for_ministry], state="recommended").order_by("id"):
        if case.pk in {a.pk for a in waiting.get("national_granted", [])}:
            recommend.record_national_grant(
                case, actor=director, document_number="（演示）国家示例公告2026年第1号", batch="第九批（演示）",
                announced_on=clock.today() - timedelta(days=2),
            )  # fmt: skip
        elif case.pk in {a.pk for a in waiting.get("national_refused", [])}:
            recommend.record_national_refusal(
                case, actor=director, document_number="（演示）国家示例公告2026年第1号", announced_on=clock.today() - timedelta(days=2)
            )  # fmt: skip


def personas(
    profiles: list[Profile],
    held: dict[int, set[str]],
    open_calls: dict[str, Call],
    told: list[dict[str, Any]],
) -> None:
    """Accounts that somebody signs in as: a titled firm, one about to apply, one unverified."""

    def pick(path: str, needs: set[str], lacks: str, floor: float) -> Profile:
        fit = [
            p for p in profiles
            if p.enterprise.region_path == path and needs <= held.get(p.enterprise.pk, set())
            and lacks not in held.get(p.enterprise.pk, set()) and p.strength >= floor
        ]  # fmt: skip
        pool = fit or [
            p
            for p in profiles
            if needs <= held.get(p.enterprise.pk, set()) and lacks not in held.get(p.enterprise.pk, set())
        ]
        return max(pool, key=lambda p: p.strength)

    titled = pick("64/6401/640104", {"specialised"}, "little_giant", 0.5)
    make_member(titled.enterprise, "qiye-zhang", "张会计（演示）", told)
    rising = pick("64/6402/640202", {"innovative"}, "specialised", 0.3)
    member = make_member(rising.enterprise, "qiye-wang", "王经办（演示）", told)
    lay_papers(rising.enterprise, Tier.SPECIALISED)
    apply.start(open_calls[Tier.SPECIALISED], rising.enterprise, actor=member)
    eastern = pick("64/ND", {"innovative"}, "specialised", 0.2)
    make_member(eastern.enterprise, "qiye-ningdong", "宁东经办（演示）", told)
    fresh = [p for p in profiles if not held.get(p.enterprise.pk)]
    make_member(fresh[0].enterprise, "qiye-xin", "新来的（演示）", told, state="pending")
