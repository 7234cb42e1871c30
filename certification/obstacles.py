"""What keeps a case from the public list, from the letter to the ministry or from the title, in words, before anything is done.

One place for all doors: the desk's list, the committee's conclusions, the recommendation and the announcement ask the same
questions, and a preview shows the same sentences that a refusal would.
"""

from collections.abc import Callable, Iterable

from django.db.models import prefetch_related_objects

from certification import bar, consult, drawn_visits, gates, matters, override
from certification.models import Application, Submission, Verdict
from certification.renewable import renewable_titles
from certification.tiers import given_here
from foundation import clock
from foundation.refusals import Problem, Refused
from foundation.regions.paths import PROVINCE


def obstacles(applications: Iterable[Application], *, voted: bool = False) -> dict[int, list[str]]:
    """Sentences per case, only for those that have any. Objections are asked by the verbs themselves: they hold later acts too.

    Where a meeting has voted, its members sign for what goes against a "not met" when the vote is carried out; they have not
    ruled on what is open about the firm.
    """
    cases = list(applications)
    told: dict[int, list[str]] = {case.pk: [] for case in cases}
    left = unjudged(cases)
    titles = gates.titles_of_many(cases)
    for pk, codes in left.items():
        named = "、".join(titles[pk].get(code, code) for code in codes)
        told[pk].append(f"还有 {len(codes)} 条需要自治区判断：{named}")
    for pk, words in consult.unruled(cases).items():
        told[pk].append(f"部门意见没有办结：{words}")
    for pk, words in ({} if voted else override.unsigned(cases)).items():
        told[pk].append(f"不满足{words}，还没有第二人签字")
    for pk, visit in drawn_visits.undone(cases).items():
        told[pk].append(drawn_visits.why(visit))
    for pk, sentences in lasting(cases).items():
        told[pk] += sentences
    return {pk: words for pk, words in told.items() if words}


def lasting(applications: Iterable[Application]) -> dict[int, list[str]]:
    """What may still come up after a case was listed, and keeps it from the title as well.

    A re-review without a title to renew, something found true or begun against the firm on which nobody has ruled, a bar.
    """
    cases = list(applications)
    prefetch_related_objects(cases, "call", "enterprise")
    told: dict[int, list[str]] = {case.pk: [] for case in cases}
    found = renewable_titles((case.call, case.enterprise_id) for case in cases)
    for case in cases:
        answer = found.get((case.call_id, case.enterprise_id))
        if answer is not None and answer.title is None:
            told[case.pk].append(
                f"没有可以复核的称号，只能不予{given_here(case.tier, PROVINCE)}、或由企业撤回：{answer.why}"
            )
    for pk, names in matters.unruled(cases).items():
        told[pk].append(f"{'；'.join(names)}，还没有在案件里写明判断并由第二人签字")
    standing = bar.barred_of_many({case.enterprise_id for case in cases}, clock.today())
    for case in cases:
        if case.enterprise_id in standing:
            told[case.pk].append(f"在禁报期内：{bar.why(standing[case.enterprise_id]).rstrip('。')}")
    return {pk: words for pk, words in told.items() if words}


def unjudged(applications: Iterable[Application]) -> dict[int, list[str]]:
    """Criteria that a person must judge, or that miss their data, and nobody has judged at the stage the case is at.

    What an office below has judged informs the province; it does not replace its own judgement.
    """
    cases = list(applications)
    rows = Submission.objects.filter(application__in=cases).order_by("application_id", "-number")
    filed = {row.application_id: row for row in rows.distinct("application_id")}
    judged = set(
        Verdict.objects.filter(application__in=cases, taken_back_at=None).values_list(
            "application_id", "submission_number", "stage", "criterion"
        )
    )
    told, known = {}, gates.criteria_of_many(cases)
    for case in cases:
        last = filed.get(case.pk)
        lines = last.result.get("criteria", []) if last is not None else []
        number = last.number if last is not None else 0
        left = [
            line["code"]
            for line in lines
            if gates.waits_for_a_person(line, known[case.pk])
            and (case.pk, number, case.state, line["code"]) not in judged
        ]
        if left:
            told[case.pk] = left
    return told


def refuse_with_obstacles(applications: Iterable[Application]) -> None:
    """Refused("conflict") with every firm and everything that is left to do for it."""
    _refuse(applications, obstacles)


def refuse_with_lasting(applications: Iterable[Application]) -> None:
    """The same at the announcement, of what may have come up since the case was listed."""
    _refuse(applications, lasting)


def _refuse(applications: Iterable[Application], ask: Callable[[list[Application]], dict[int, list[str]]]) -> None:
    by_pk = {application.pk: application for application in applications}
    found = ask(list(by_pk.values()))
    if not found:
        return
    lines = [f"{by_pk[pk].enterprise_name}：{'；'.join(words)}" for pk, words in found.items()]
    raise Refused(
        "conflict", f"{'。'.join(lines)}。请先在案件里办好，或取消勾选；其余的可以照常办理。",
        [Problem(line, "applications") for line in lines],
    )  # fmt: skip
