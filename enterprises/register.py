"""Register a person and an enterprise by its credit code. Whoever types first is nobody yet: pending."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from enterprises import credit_code
from enterprises.models import Enterprise, Membership
from foundation import clock
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.refusals import Problem, Refused
from foundation.regions.models import bodies

USERNAME = re.compile(r"[A-Za-z0-9._-]{4,30}")
"""No @: a colleague is invited by username or e-mail, and nobody may call himself by another's address."""

TAKEN = Problem("这个用户名不能用，请换一个", "username", hint="字母或数字，4 到 30 位，例：zhangkuaiji2026")
PASSWORD_WORDS = {
    "password_too_short": "密码不足 12 位",
    "password_too_common": "这个密码太常见，容易被猜到",
    "password_too_similar": "密码和用户名、姓名或邮箱太像",
    "password_entirely_numeric": "密码不能全是数字",
}


def register(
    *, username: str, password: str, person: str, email: str, phone: str, code: str, name: str, region_path: str
) -> Membership:
    """A pending membership. An enterprise that is known already keeps its own name and place; nothing of it is shown.

    Refused("invalid") with a problem per field.
    """
    problems = list(_problems(username, password, person, email, name, region_path))
    wrong = credit_code.problem_with(code)
    if wrong:
        problems.append(Problem(wrong, "code", credit_code.CLAUSE, f"例：{credit_code.EXAMPLE}"))
    if problems:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
    with transaction.atomic(), scoped(Principal.system("register")):
        try:
            with transaction.atomic():
                user = User.objects.create_user(username.strip(), email, password, name=person, phone=phone)
        except IntegrityError:
            # The same form sent twice: the other one was faster.
            raise Refused("invalid", "有几处需要更正，已填的都还在。", [TAKEN]) from None
        enterprise, created = Enterprise.objects.get_or_create(
            credit_code=credit_code.normalise(code),
            defaults={"name": name.strip(), "region_path": region_path, "created_at": clock.now()},
        )
        actor = Principal.of_user(user)
        if created:
            record("enterprise.register", enterprise, actor=actor, audience="applicant")
            announce("enterprise", enterprise, op="create")
        return request_membership(user, enterprise, actor=actor, role="owner" if created else "editor", founds=created)


def request_membership(
    user: User, enterprise: Enterprise, *, actor: Principal, role: str = "editor", founds: bool = False
) -> Membership:
    """Ask to act for an enterprise; decided by an identity platform, the county on a letter, or a verified colleague.

    `founds`: nothing was known of the enterprise before, so drafting may begin; any other sees nothing until verified.
    """
    membership = Membership.objects.create(
        user=user,
        enterprise=enterprise,
        region_path=enterprise.region_path,
        enterprise_name=enterprise.name,
        role=role,
        sees_data=founds,
        requested_at=clock.now(),
    )
    record("membership.request", membership, actor=actor, detail={"enterprise": enterprise.name}, audience="applicant")
    return membership


def _problems(username: str, password: str, person: str, email: str, name: str, region_path: str) -> list[Problem]:
    found = []
    if not USERNAME.fullmatch(username.strip()) or User.objects.filter(username__iexact=username.strip()).exists():
        found.append(TAKEN)
    try:
        validate_password(password, User(username=username, name=person, email=email))
    except ValidationError as error:
        said = "；".join(PASSWORD_WORDS.get(one.code or "", one.messages[0]) for one in error.error_list)
        found.append(Problem(said, "password", hint="至少 12 位，不要用常见密码或姓名"))
    if not person.strip():
        found.append(Problem("请填写您的姓名", "person"))
    if not name.strip():
        found.append(Problem("请填写企业名称，与营业执照一致", "name"))
    body = bodies().get(region_path)
    if body is None or not body.is_first_examiner:
        found.append(
            Problem("请选择企业所在的县（市、区）或开发区", "region_path", hint="按实际生产经营地选择，由它初审")
        )
    return found
