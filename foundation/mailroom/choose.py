"""A person chooses how to be told: per topic by e-mail and SMS, and the hours that stay quiet. In-app always."""

from collections.abc import Mapping

from django.db import transaction

from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.mailroom.models import Choice, QuietHours, Topic, Way
from foundation.refusals import Missing, Problem, Refused


def choose(given: Mapping[str, tuple[str, bool]], hours: tuple[str, str], *, actor: Principal) -> None:
    """Keep every topic's choice and the quiet hours. Refused("invalid") names what cannot be read, and keeps nothing."""
    if actor.user_id is None:
        raise Missing
    problems = [
        Problem(f"{topic.label}：请选择邮件方式", f"email-{topic.value}")
        for topic in Topic
        if given.get(topic.value, ("", False))[0] not in Way.values
    ]
    read = [int(hour) if hour.isdigit() and int(hour) <= 23 else None for hour in hours]
    for name, hour in zip(("begins", "ends"), read, strict=True):
        if hour is None:
            problems.append(Problem("请填 0 到 23 的整点", name, hint="例：22 表示晚上十点；两个相同表示不设"))
    if problems:
        raise Refused("invalid", f"还没有保存：有 {len(problems)} 处要改。", problems)
    with transaction.atomic():
        for code, (email, sms) in given.items():
            if code in Topic.values:
                Choice.objects.update_or_create(
                    person_id=actor.user_id, topic=code, defaults={"email": email, "sms": sms}
                )
        QuietHours.objects.update_or_create(person_id=actor.user_id, defaults={"begins": read[0], "ends": read[1]})
        record("notice.choose", User.objects.get(pk=actor.user_id), actor=actor)
