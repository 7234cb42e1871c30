"""An office's own administrator adds, moves and retires its people. Posts end; they are never deleted.

The administrator of an office keeps its own people; in offices below, only their administrators.
"""

from collections.abc import Collection

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation import clock
from foundation.accounts.models import Office, Post, Role, User
from foundation.accounts.principal import Principal
from foundation.audit.record import record
from foundation.exchange.announce import announce
from foundation.mailroom.models import Topic
from foundation.mailroom.posting import send
from foundation.refusals import Missing, Problem, Refused
from foundation.regions.paths import path_range

ALONE = {
    Role.AUDITOR.value: "审计员要与办理人员分开，不能兼任其他岗位",
    Role.SYSTEM.value: "系统管理员管机器、不办业务，不能兼任其他岗位",
    Role.EXPERT.value: "评审专家只看遮名材料，不能兼任其他岗位",
}
BELOW = frozenset({Role.ADMIN.value})
"""Roles that may be given in an office below one's own."""


def offices(principal: Principal) -> QuerySet[Office]:
    """One's own office and those below it; Missing for anybody who is not an administrator."""
    if not (principal.is_official and principal.has_role("admin")):
        raise Missing
    low, high = path_range(principal.office_path)
    return Office.objects.filter(body_id__gte=low, body_id__lt=high)


def open_posts(principal: Principal) -> QuerySet[Post]:
    """Posts of today in one's own office, and the administrators of those below."""
    today = clock.today()
    rows = Post.objects.filter(Q(until=None) | Q(until__gte=today), office__in=offices(principal))
    own = Q(office__body_id=principal.office_path)
    return (
        rows.filter(own | Q(role__in=BELOW)).select_related("user", "office__body").order_by("office", "user", "role")
    )


def person_of(principal: Principal, public_id: str) -> User:
    """Somebody with a post in sight; Missing otherwise."""
    found = User.objects.filter(public_id=public_id, posts__in=open_posts(principal)).distinct().first()
    if found is None:
        raise Missing
    return found


def _check_roles(actor: Principal, office: Office, roles: Collection[str]) -> list[Problem]:
    problems = []
    if not roles:
        problems.append(Problem("请至少选择一个岗位", "roles"))
    if set(roles) - set(Role.values):
        raise Missing
    problems += [Problem(why, "roles") for role, why in ALONE.items() if role in roles and len(set(roles)) > 1]
    if office.region_path != actor.office_path and set(roles) - BELOW:
        problems.append(Problem("下级单位只能设单位管理员，其他岗位由该单位自己的管理员设", "roles"))
    return problems


def add(*, username: str, name: str, email: str, office: Office, roles: Collection[str], actor: Principal) -> User:
    """A new account with its posts and no password: the person sets one by the link of `first_sign_in`."""
    if not offices(actor).filter(pk=office.pk).exists():
        raise Missing
    problems = _check_roles(actor, office, roles)
    if not (3 <= len(username.strip()) <= 60) or not username.strip().isprintable():
        problems.append(Problem("用户名为 3 至 60 个字", "username", hint="例：xingqing-zhao"))
    elif User.objects.filter(username__iexact=username.strip()).exists():
        problems.append(Problem("这个用户名已有人用，请换一个", "username"))
    if not name.strip():
        problems.append(Problem("姓名没有填写", "name"))
    try:
        if email.strip():
            validate_email(email.strip())
    except ValidationError:
        problems.append(Problem("电子邮箱的写法不对", "email", hint="例：zhao@example.gov.cn"))
    if problems:
        raise Refused("invalid", "有几处需要更正，已填的都还在。", problems)
    with transaction.atomic():
        user = User.objects.create_user(username.strip(), email.strip() or None, None, name=name.strip())
        record("user.add", user, actor=actor)
        for role in sorted(set(roles)):
            open_post(user, office, role, actor)
    return user


def change_roles(user: User, office: Office, roles: Collection[str], *, actor: Principal) -> None:
    """The person's roles in this office become exactly `roles`; takes effect with the next request."""
    problems = _check_roles(actor, office, roles)
    if problems:
        raise Refused("invalid", problems[0].message + "。", problems)
    held = {post.role: post for post in open_posts(actor).filter(user=user, office=office)}
    if not held:
        raise Missing
    _keep_an_administrator(actor, user, office, roles)
    with transaction.atomic():
        for role in sorted(set(held) - set(roles)):
            _close(held[role], actor)
        for role in sorted(set(roles) - set(held)):
            open_post(user, office, role, actor)


def transfer(user: User, here: Office, there: Office, roles: Collection[str], *, actor: Principal) -> None:
    """Move a person to another office in sight: posts here end, those there begin, nothing in between."""
    if not offices(actor).filter(pk=there.pk).exists() or here.pk == there.pk:
        raise Missing
    problems = _check_roles(actor, there, roles)
    if problems:
        raise Refused("invalid", problems[0].message + "。", problems)
    held = list(open_posts(actor).filter(user=user, office=here))
    if not held:
        raise Missing
    _keep_an_administrator(actor, user, here, ())
    with transaction.atomic():
        for post in held:
            _close(post, actor)
        for role in sorted(set(roles)):
            open_post(user, there, role, actor)


def retire(user: User, *, actor: Principal) -> None:
    """End every post in sight. Without any post left the account is closed and signed out everywhere."""
    held = list(open_posts(actor).filter(user=user))
    if not held:
        raise Missing
    for post in held:
        _keep_an_administrator(actor, user, post.office, ())
    with transaction.atomic():
        for post in held:
            _close(post, actor)
        today = clock.today()
        if not user.posts.filter(Q(until=None) | Q(until__gte=today)).exists():
            User.objects.filter(pk=user.pk).update(is_active=False)
            record("user.retire", user, actor=actor)
            sign_out_everywhere(user)


def sign_out_everywhere(user: User) -> int:
    """End the person's sessions; returns how many."""
    mine = UserSession.objects.filter(user=user)
    ended, _ = Session.objects.filter(pk__in=mine.values("session_key")).delete()
    mine.delete()
    return ended


WATCHERS = (Role.AUDITOR.value, Role.SYSTEM.value)
"""Whose way in an administrator cannot make anew: who gives posts would otherwise also read the record as they do."""


def give_link(user: User, *, actor: Principal) -> str:
    """A fresh one-time link for somebody who lost the password; recorded, and the person is told.

    Refused("conflict") for an auditor or system administrator who has a password: `manage.py sign_in_link` gives theirs.
    """
    if not open_posts(actor).filter(user=user).exists():
        raise Missing
    today = clock.today()
    watches = user.posts.filter(Q(until=None) | Q(until__gte=today), role__in=WATCHERS).exists()
    if watches and user.has_usable_password():
        raise Refused(
            "conflict",
            "审计员、系统管理员的登录链接不由单位管理员生成。请本人用邮件找回密码，或由运维人员在服务器上生成。",
        )
    with transaction.atomic():
        record("user.link", user, actor=actor)
        send(
            [user],
            subject="单位管理员为您生成了登录链接",
            body=f"{actor.name}为您的账号生成了一次性登录链接。如果不是您要的，请马上改密码并告诉审计员。",
            topic=Topic.ACCOUNT,
        )
        return first_sign_in(user)


def first_sign_in(user: User) -> str:
    """The path of a one-time link where the person sets a password; used once, or dead when the password changes."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, token = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})


def _keep_an_administrator(actor: Principal, user: User, office: Office, roles: Collection[str]) -> None:
    """An office that loses its last administrator could not mend itself."""
    if Role.ADMIN in roles:
        return
    today = clock.today()
    admins = set(
        Post.objects.filter(Q(until=None) | Q(until__gte=today), office=office, role=Role.ADMIN, user__is_active=True)
        .select_for_update()
        .values_list("user_id", flat=True)
    )
    if admins == {user.pk}:
        raise Refused(
            "invalid", "这是本单位唯一的管理员，请先设另一位管理员。", [Problem("请先设另一位管理员", "roles")]
        )


def open_post(user: User, office: Office, role: str, actor: Principal) -> None:
    """One post from today on; an account that was closed opens again with it."""
    post = Post.objects.create(user=user, office=office, role=role, since=clock.today())
    if not user.is_active:
        User.objects.filter(pk=user.pk).update(is_active=True)
    record("post.add", post, actor=actor, detail={"person": str(user), "role": post.get_role_display()})
    announce("post", post, op="create")


def _close(post: Post, actor: Principal) -> None:
    """Ended as of now: the last day of the post is yesterday, or it was a slip of today and counts for nothing."""
    post.until = clock.yesterday()
    post.save(update_fields=["until"])
    record("post.end", post, actor=actor, detail={"person": str(post.user), "role": post.get_role_display()})
    announce("post", post, fields=["until"])
