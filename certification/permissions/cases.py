"""Who may do what with a case, a call, a title, a rule: one predicate per act."""

from typing import Any

from certification import states
from certification.states import DESK_OF
from certification.tiers import is_national
from enterprises.permissions import is_verified
from foundation.accounts.principal import Principal
from foundation.regions.paths import covers
from foundation.transitions import Machine, Predicate


def is_applicant(principal: Principal, application: Any) -> bool:
    """One of the enterprise's own people, verified or not."""
    return principal.is_member and application.enterprise_id in principal.enterprise_ids


def is_verified_applicant(principal: Principal, application: Any) -> bool:
    """Submitting waits until the link between person and enterprise is verified."""
    return is_applicant(principal, application) and is_verified(principal, application.enterprise_id)


def stages_of(application: Any) -> list[str]:
    """The review stages a case goes through, by its call's route and the body it comes from."""
    route = application.call.route
    has_city = application.region_path.count("/") == 2
    stages = ["screening", "city_review", "province_review"] if has_city else ["screening", "province_review"]
    return stages[-1:] if route == "province" else stages[1:] if route == "city" and has_city else stages


def files_at(stage: str) -> Predicate:
    """A verified applicant, and the call's route begins there."""

    def may(principal: Principal, application: Any) -> bool:
        return is_verified_applicant(principal, application) and stages_of(application)[0] == stage

    return may


def sits_at_desk(principal: Principal, application: Any) -> bool:
    """A reviewer or leader whose office handles the stage the application is at, at the end of its own path."""
    if not (principal.is_official and principal.has_role("reviewer", "leader")):
        return False
    if principal.level not in DESK_OF.get(application.state, ()):
        return False
    return is_office_for_stage(principal.office_path, principal.level, application)


def is_office_for_stage(office_path: str, level: str, application: Any) -> bool:
    """The first examiner is the enterprise's own body; the city and the province are those above it."""
    if level in ("county", "zone"):
        return bool(office_path == application.region_path)
    return covers(office_path, application.region_path)


def is_desk_client(principal: Principal, application: Any) -> bool:
    """A county's or city's system with the review scope, at the stage of its own office."""
    if principal.kind != "client" or "applications:review" not in principal.scopes:
        return False
    stages = {"screening": 2, "city_review": 1}
    depth = principal.office_path.count("/")
    if application.state == "screening":
        return principal.office_path == application.region_path
    return stages.get(application.state) == depth and covers(principal.office_path, application.region_path)


def may_see_desk(principal: Principal, application: Any) -> bool:
    """Somebody who works on cases and whose reach covers this one, whichever stage it is at."""
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and principal.reaches(application.region_path)
        and application.submitted_at is not None
    )


def reviews(principal: Principal, application: Any) -> bool:
    return sits_at_desk(principal, application) or is_desk_client(principal, application)


def decides(principal: Principal, application: Any) -> bool:
    """The province's leader; a second person beside the reviewer."""
    return principal.is_official and principal.level == "province" and principal.has_role("leader")


def decides_provincial_tier(principal: Principal, application: Any) -> bool:
    return decides(principal, application) and not is_national(application.tier)


def decides_national_tier(principal: Principal, application: Any) -> bool:
    return decides(principal, application) and is_national(application.tier)


def refuses(principal: Principal, application: Any) -> bool:
    return reviews(principal, application) or (
        application.state in ("posted", "decided") and decides(principal, application)
    )


def refused_here(principal: Principal, application: Any) -> bool:
    """The office that refused, until its letter is served: the one of the stage, and the province after the review."""
    path = application.region_path
    offices = {"screening": path, "city_review": path.rpartition("/")[0]}
    return (
        principal.is_official
        and principal.has_role("reviewer", "leader")
        and principal.office_path == offices.get(application.refused_from, path.split("/")[0])
    )


def withdraws(principal: Principal, application: Any) -> bool:
    """What could not be withdrawn before a quiet refusal cannot be withdrawn after it: a door that opens would tell."""
    return is_applicant(principal, application) and application.refused_from not in ("posted", "decided")


def reopens(stage: str) -> Predicate:
    def may(principal: Principal, application: Any) -> bool:
        return application.refused_from == stage and refused_here(principal, application)

    return may


def has_city_above(principal: Principal, application: Any) -> bool:
    """A county's case goes to its city; a body directly under the province has none."""
    return reviews(principal, application) and application.region_path.count("/") == 2


def recommends_to_province(principal: Principal, application: Any) -> bool:
    if application.state == "screening":
        return reviews(principal, application) and application.region_path.count("/") == 1
    return reviews(principal, application)


def resubmits_to(stage: str) -> Predicate:
    def may(principal: Principal, application: Any) -> bool:
        return application.returned_from == stage and is_verified_applicant(principal, application)

    return may


def is_house(principal: Principal, thing: Any) -> bool:
    """The clock's own acts: the portal does them, on a date that officials have set."""
    return principal.is_system


def is_provincial_reviewer(principal: Principal, thing: Any) -> bool:
    return principal.is_official and principal.level == "province" and principal.has_role("reviewer", "leader")


def is_policy_publisher(principal: Principal, rule_text: Any) -> bool:
    """The second person: never the one who drafted it."""
    return principal.is_system or (
        principal.is_official
        and principal.level == "province"
        and principal.has_role("publisher")
        and rule_text.drafted_by_id != principal.user_id
    )


def is_house_or_leader(principal: Principal, thing: Any) -> bool:
    return principal.is_system or decides(principal, thing)


ANSWER_INTERPRETATIONS = ("leader", "policy")


def answers_interpretations(principal: Principal, thing: Any) -> bool:
    """The province speaks for all counties; whoever decides cases or writes rules may say how a clause is read."""
    return principal.is_official and principal.level == "province" and principal.has_role(*ANSWER_INTERPRETATIONS)


APPLICATION = Machine(
    states.APPLICATION,
    {
        "submit": files_at("screening"),
        "submit_to_city": files_at("city_review"),
        "submit_to_province": files_at("province_review"),
        "resubmit_screening": resubmits_to("screening"),
        "resubmit_city": resubmits_to("city_review"),
        "resubmit_province": resubmits_to("province_review"),
        "recommend_to_city": has_city_above,
        "recommend_to_province": recommends_to_province,
        "return_for_correction": reviews,
        "refuse": refuses,
        "serve_refusal": refused_here,
        **{f"reopen_{s}": reopens(s) for s in ("screening", "city_review", "province_review", "posted", "decided")},
        "post": decides_provincial_tier,
        "take_off_list": decides_provincial_tier,
        "close_posting": is_house,
        "grant": decides_provincial_tier,
        "recommend_to_ministry": decides_national_tier,
        "record_national_grant": decides_national_tier,
        "record_national_refusal": decides_national_tier,
        "withdraw": withdraws,
    },
)
CALL = Machine(states.CALL, {"publish": decides, "close": is_house_or_leader})
EXTENSION = Machine(states.EXTENSION, {"sign": decides, "dismiss": decides})
TERM_EXTENSION = Machine(states.TERM_EXTENSION, {"sign": decides, "dismiss": decides})
CERTIFICATE = Machine(
    states.CERTIFICATE,
    {
        "expire": is_house,
        "not_renew": is_house,
        "absorb": is_house,
        "renew": is_house_or_leader,
        "give_up": decides,
        "migrate": decides,
        "dissolve": decides,
        "revoke": decides,
        "reinstate": decides,
    },
)
RULE_SET = Machine(states.RULE_SET, {"publish": is_policy_publisher, "retire": is_policy_publisher})
INTERPRETATION = Machine(
    states.INTERPRETATION, {"answer": answers_interpretations, "withdraw": answers_interpretations}
)
